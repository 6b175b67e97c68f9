"""What every reader hands on: Arrow tables ready for the store, control totals, findings, and the raw text behind them.

A reader is pure: bytes in, `ParsedFile` out, `FileRejected` where they cannot be read. No store, no screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa

from analysis.problems import Finding

PLACES_PER_FILE = 1_000_000_000
"""A row's id is file_id × this + place, so that an id alone names the file and the line or segment."""


@dataclass(frozen=True, slots=True)
class RawPiece:
    """A run of a file's text: the place (line or segment number, from 1) of its first row, and the text as it stood."""

    first_place: int
    text: str


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One file, read whole.

    `tables` holds, by the store's table name, Arrow tables with that table's columns but `file_id` and the ids
    made of it;
    each has `place` (int32: line or segment number, from 1). Money is decimal128(18, 2), dates date32, codes and
    ids text.
    `records` counts and `totals` sums (US dollars) what the file holds, over the file, by the names of
    DATA.md section 2.
    """

    kind: str
    tables: Mapping[str, pa.Table]
    records: Mapping[str, int]
    totals: Mapping[str, Decimal]
    findings: tuple[Finding, ...] = ()
    pieces: tuple[RawPiece, ...] = field(default=())
