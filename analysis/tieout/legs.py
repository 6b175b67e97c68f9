"""The two legs that have lists of their own: bank lines and posting batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, total
from analysis.store import Store, query
from analysis.tieout.known import Known
from analysis.tieout.parts import Row
from analysis.tieout.returned import returned_rows

_LEGS = pa.schema(
    [
        *((name, pa.string()) for name in ("batch_id", "batch_type")),
        ("deposit_date", pa.date32()),
        *((name, pa.string()) for name in ("payer_name", "bank_account", "posted_by")),
        ("line_count", pa.int64()),
        *((name, MONEY) for name in ("control_total", "posted_total", "remitted_total", "deposited_total")),
        ("remittance_count", pa.int64()),
    ]
)


def bank_lines(store: Store, as_of: date) -> pd.DataFrame:
    """The bank lines known on that day, newest first, each with what accounts for it or why it does not count.

    Grain: one row per bank line as it came. Units: US dollars, money in positive.
    """
    return query(store, "tieout/bank_lines", {"as_of": as_of})


def batches(store: Store, as_of: date) -> pd.DataFrame:
    """The posting batches known on that day with their legs. Grain: one row per batch. Units: US dollars."""
    known = Known(store, as_of)
    found = batch_legs(known, batch_remittances(known), returned_rows(store, as_of))
    return pa.Table.from_pylist(found, schema=_LEGS).to_pandas(types_mapper=pd.ArrowDtype)


def batch_legs(known: Known, remittances: Sequence[Row], returns: Mapping[int, Sequence[Row]]) -> list[dict[str, Any]]:
    """The same as rows: what was posted, what the batch's remittances say was paid for it, what was deposited of
    that. `direct_total` is deposited for the batch itself, less what the bank took back and the batch reverses."""
    shares: dict[str, list[Row]] = defaultdict(list)
    for share in remittances:
        shares[share["batch_id"]].append(share)
    taken_back: dict[str, list[Decimal]] = defaultdict(list)
    for rows in returns.values():
        if rows[0]["reversal_batch_id"] is not None:
            taken_back[rows[0]["reversal_batch_id"]].append(rows[0]["amount"])
    found = []
    for row in known.rows("batch_legs"):
        own = shares[row["batch_id"]]
        row["direct_total"] += total(taken_back[row["batch_id"]])
        row["remittance_count"] = len(own)
        row["remitted_total"] = total(share["remitted_amount"] for share in own)
        row["deposited_total"] = row["direct_total"] + total(share["deposited_amount"] for share in own)
        found.append(row)
    return found


def batch_remittances(known: Known) -> list[dict[str, Any]]:
    """What of each remittance belongs to each batch that names it: a row per batch and remittance, US dollars."""
    return known.rows("remittances_of_batches")
