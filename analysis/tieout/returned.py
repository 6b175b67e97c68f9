"""Returned items: what the bank took back, tied to the deposit and the payment that it undoes, its fee apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.money import show
from analysis.store import Store, query
from analysis.store.queries import query_table
from analysis.tieout.parts import Part, Row

LOOK_BACK_DAYS = 60
"""How many days before the return its payment may have been posted: a payer may return an entry for up to 60 days."""


def returned_items(store: Store, as_of: date) -> pd.DataFrame:
    """What the bank took back up to that day. Grain: one row per returned bank line and payment that it may undo (one
    row where none fits). Units: US dollars; the amount and its fee are negative."""
    return query(store, "tieout/returned_items", _parameters(as_of))


def returned_rows(store: Store, as_of: date) -> dict[int, list[dict[str, Any]]]:
    """The same by returned bank line."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in query_table(store, "tieout/returned_items", _parameters(as_of)).to_pylist():
        found[row["bank_transaction_id"]].append(row)
    return found


def _parameters(as_of: date) -> dict[str, Any]:
    return {"as_of": as_of, "days": LOOK_BACK_DAYS}


def part_of(rows: list[dict[str, Any]], deposits: Mapping[str, Sequence[Row]]) -> list[Part]:
    """The one part of a returned item: its whole amount, and which payment it undoes as far as that is known.

    `deposits`: those of each batch.
    """
    first = rows[0]
    amount = first["amount"]
    what = f"the bank took {show(-amount)} back: {_undone(rows, deposits)}"
    fee = f"; its fee of {show(-first['fee_amount'])} is apart" if first["fee_amount"] is not None else ""
    alone = first if len(rows) == 1 else {}
    return [
        Part(
            amount,
            "returned_item",
            f"{what}{fee}: {show(amount)}",
            "bank line",
            "found" if _is_known(rows) else "possible",
            line_number=alone.get("line_number"),
            posting_line_id=alone.get("posting_line_id"),
            remittance_id=alone.get("remittance_id"),
            deposit_id=first["bank_transaction_id"],
            other_batch_id=alone.get("batch_id"),
        )
    ]


def _is_known(rows: list[dict[str, Any]]) -> bool:
    """Whether the bank names the one payment that it undoes, or none is there to choose."""
    return len(rows) == 1 and (rows[0]["by_reference"] or rows[0]["posted_amount"] is None)


def _undone(rows: list[dict[str, Any]], deposits: Mapping[str, Sequence[Row]]) -> str:
    first: Row = rows[0]
    if len(rows) > 1:
        how = "by its number" if first["by_reference"] else "by amount alone"
        return f"it undoes one of {len(rows)} payments, {how}"
    if first["posted_amount"] is None:
        return "no posted payment fits it"
    where = "a remittance not posted" if first["batch_id"] is None else f"batch {first['batch_id']}"
    where += f", line {first['line_number']}" if first["line_number"] is not None else ""
    came_in = " and ".join(row["bank_reference"] or "" for row in deposits.get(first["batch_id"], ()))
    where += f" of deposit {came_in}" if came_in else ""
    return f"it undoes {where}" + ("" if first["by_reference"] else ", by amount alone") + ", still posted"
