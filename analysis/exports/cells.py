"""Cells on their way out: a frame's values as Python values, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

_NUMBER = re.compile(r"[-－](?:\d[\d,]*(?:\.\d*)?|\.\d+)", re.ASCII)
_STARTS = "=+@\t\r\n＝＋＠"
_MINUS = "-－"


def safe_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula.

    That is text that starts with `=`, `+`, `@`, a tab, a line break, their full-width forms, or a minus that no plain
    number follows.
    """
    if text[:1] and text[0] in _STARTS:
        return f"'{text}"
    if text[:1] and text[0] in _MINUS and _NUMBER.fullmatch(text) is None:
        return f"'{text}"
    return text


def arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame as an Arrow table: decimals stay decimals, dates stay dates."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def is_money(field: pa.Field) -> bool:
    """Whether the column holds dollars: exact decimals of cents, as wide as the store keeps money."""
    return bool(pa.types.is_decimal(field.type) and field.type.scale == 2 and field.type.precision >= 18)


def rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows as tuples of Python values, batch by batch."""
    for batch in table.to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def words(value: Any) -> str:
    """A value for a text file: amounts `1234.50`, dates `2026-11-13`, true or false, nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:.2f}" if value == value.quantize(Decimal("0.01")) else f"{value:f}"
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case str():
            return safe_text(value)
        case _:
            return str(value)
