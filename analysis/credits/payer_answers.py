"""What payers answer to refunds: acknowledged in a remittance, or the money taken all the same, gone twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.refunds import refunds
from analysis.money import show
from analysis.store import Store
from analysis.store.queries import query_table

TAKEN, ACKNOWLEDGED = "taken_after_refunded", "acknowledged"
ANSWERS: Mapping[str, str] = {
    TAKEN: "the payer took what was refunded: the money is gone twice, dispute it",
    ACKNOWLEDGED: "the payer tells the refund as a PLB 72 with its WO",
}
"""What a payer's remittance says of a refund, the worst first, and what it means."""


def answered_refunds(store: Store, as_of: date) -> pd.DataFrame:
    """The refunds as the report has them, each with what the payer's remittances say of it.

    Grain: one row per refund. Units: US dollars. `answer` is one of `ANSWERS` or null; `answer_words` names the
    adjustment, its remittance and day.
    """
    told: dict[int, list[dict[str, Any]]] = {}
    for row in query_table(store, "credits/payer_answers", {"as_of": as_of}).to_pylist():
        told.setdefault(row["refund_id"], []).append(row)
    frame = refunds(store, as_of)
    frame = frame.reset_index(drop=True)
    found = [told.get(int(number), []) for number in frame["refund_id"]]
    return frame.assign(
        answer=_texts(_worst(rows) for rows in found),
        answer_words=_texts("; ".join(map(_words, rows)) or None for rows in found),
    )


def taken_twice(answered: pd.DataFrame) -> pd.DataFrame:
    """Of the answered refunds those whose payer took the money all the same."""
    return answered[(answered["answer"] == TAKEN).fillna(False)]


def _worst(rows: Sequence[Mapping[str, Any]]) -> str | None:
    there = {row["answer"] for row in rows}
    return next((answer for answer in ANSWERS if answer in there), None)


def _words(row: Mapping[str, Any]) -> str:
    did = "takes" if row["answer"] == TAKEN else "acknowledges"
    return (
        f"{row['code']} {row['reference']} in {row['trace_number']} of {row['answered_on']} {did} {show(row['amount'])}"
    )


def _texts(values: Iterable[str | None]) -> pd.Series:
    return pd.Series(list(values), dtype=pd.ArrowDtype(pa.string()))
