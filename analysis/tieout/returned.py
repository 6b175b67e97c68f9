"""Returned items: what the bank took back, tied to the deposit and the payment that it undoes, its fee apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import show
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.parts import Part, Row

LOOK_BACK_DAYS = 60
"""How many days before the return its payment may have been posted: a payer may return an entry for up to 60 days."""
_LISTS = ("reversal_batch_ids", "reversal_line_ids")


def returned_items(store: Store, as_of: date) -> pd.DataFrame:
    """What the bank took back up to that day. Grain: one row per returned bank line and payment that it may undo (one
    row where none fits). Units: US dollars; the amount and its fee are negative. `reversal_batch_id`: its reversal."""
    asked = _asked(store, as_of)
    names = [name for name in asked.column_names if name not in _LISTS]
    schema = pa.schema([*asked.select(names).schema, ("reversal_batch_id", pa.string())])
    return pa.Table.from_pylist(_with_reversals(asked.to_pylist()), schema=schema).to_pandas(types_mapper=pd.ArrowDtype)


def returned_rows(store: Store, as_of: date) -> dict[int, list[dict[str, Any]]]:
    """The same by returned bank line."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in _with_reversals(_asked(store, as_of).to_pylist()):
        found[row["bank_transaction_id"]].append(row)
    return found


def _asked(store: Store, as_of: date) -> pa.Table:
    return query_table(store, "tieout/returned_items", {"as_of": as_of, "days": LOOK_BACK_DAYS})


def _with_reversals(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the batch that reverses each return, the same on all its rows; no reversal serves two returns.

    Those that the bank names choose first, then by day.
    """
    taken: set[int] = set()
    chosen: dict[int, str] = {}
    for row in sorted(rows, key=lambda one: (not one["by_reference"], one["posted_date"])):
        fits = zip(row["reversal_batch_ids"] or (), row["reversal_line_ids"] or (), strict=True)
        free = [(batch_id, line_id) for batch_id, line_id in fits if line_id not in taken]
        if free and row["bank_transaction_id"] not in chosen:
            chosen[row["bank_transaction_id"]] = free[0][0]
            taken.add(free[0][1])
    return [row | {"reversal_batch_id": chosen.get(row["bank_transaction_id"])} for row in rows]


def part_of(rows: list[dict[str, Any]], deposits: Mapping[str, Sequence[Row]]) -> list[Part]:
    """The one part of a returned item: its whole amount, and which payment it undoes as far as that is known.

    That the bank took it back is sure in any case; where the payment is not, the part is `likely`.

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
            "found" if _is_known(rows) else "likely",
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
