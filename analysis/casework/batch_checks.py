"""An open keyed batch as it stands: its tape with the faults of its cheques, and what keeps it from being closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.cash_settings import payees
from analysis.casework.keyed_close import standing_lines, unadvised, unbalanced
from analysis.casework.keying import batch_told, keyed_lines, line_faults
from analysis.intake.cheques import Fault
from analysis.money import MONEY, ZERO
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.queries import query_table


def lines_with_faults(store: Store, batch: int, as_of: date) -> pd.DataFrame:
    """The lines in their order with the running total, and in `faults` what is wrong with each cheque.

    Grain: one row per line, void ones too. Units: US dollars.
    """
    lines = keyed_lines(store, batch)
    rows = query_table(store, "keying/lines", {"keyed_batch_id": batch}).to_pylist()
    found = _faults(store, batch, rows, as_of)
    running, sums = ZERO, []
    for row in rows:
        running += ZERO if row["is_void"] else row["amount"]
        sums.append(running)
    said = [in_words(found.get(row["line_number"], [])) for row in rows]
    return lines.assign(
        running_total=pd.array(sums, dtype=pd.ArrowDtype(MONEY)),
        faults=pd.array(said, dtype=pd.ArrowDtype(pa.string())),
    )


def batch_problems(store: Store, batch: int, as_of: date) -> list[str]:
    """What keeps the batch from being closed, in words; nothing for one that can be. Raises `DecisionRefused` where
    there is no such batch."""
    told = batch_told(store, batch)
    if told is None:
        raise DecisionRefused(f"there is no keyed batch {batch}")
    rows = query_table(store, "keying/lines", {"keyed_batch_id": batch}).to_pylist()
    claims = query_table(store, "keying/claims", {"keyed_batch_id": batch}).to_pylist()
    standing = standing_lines(rows, told)
    problems = [*unbalanced(told, standing), *unadvised(standing, [one for one in claims if not one["is_void"]])]
    for number, found in _faults(store, batch, rows, as_of).items():
        problems += [f"line {number}: {fault.words}" for fault in found if fault.bars]
    return problems


def in_words(found: Sequence[Fault]) -> str | None:
    """The faults in one text, what bars the deposit marked; None for none."""
    return "; ".join(("✗ " if fault.bars else "? ") + fault.words for fault in found) or None


def _faults(store: Store, batch: int, rows: list[dict[str, Any]], as_of: date) -> dict[int, list[Fault]]:
    told = batch_told(store, batch)
    received = told["received_date"] if told else as_of
    twice = query_table(store, "keying/duplicates", {"keyed_batch_id": batch}).to_pylist()
    return line_faults(rows, twice, received, payees(store, as_of))
