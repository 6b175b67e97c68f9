"""Unmatched: everything that is open on a day, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.match.why import next_step, why
from analysis.store import Store, query
from analysis.store.queries import query_table

COLUMNS = (
    "item_id",
    "item_type",
    "reference",
    "bank_account",
    "payer_name",
    "amount",
    "item_date",
    "age_days",
    "why",
    "next_step",
    "status",
    "owner",
    "side",
    "fact_id",
    "file_id",
    "place",
    "last_place",
    "proposed_match_id",
    "proposal_count",
)


def unmatched(store: Store, as_of: date) -> pd.DataFrame:
    """What is open on that day, largest first.

    Grain: one row per open item (`item_id`). Units: US dollars, age in calendar days. The columns are DATA.md's, then
    `side` and `fact_id` of the fact behind the item, where it stands in its file, and the best of the proposals for it.
    """
    items = query_table(store, "match/open_of_day", {"as_of": as_of})
    nearest: dict[str, Mapping[str, Any]] = {}
    if any(kind in _MATCHABLE for kind in items["item_type"].unique().to_pylist()):
        for miss in query_table(store, "match/near_misses", {"as_of": as_of}).to_pylist():
            nearest.setdefault(miss["item_id"], miss)
    rows = items.to_pylist()
    said = {
        "why": [why(row, nearest.get(row["item_id"])) for row in rows],
        "next_step": [next_step(row) for row in rows],
        "owner": [None] * len(rows),
    }
    for name, texts in said.items():
        items = items.append_column(name, pa.array(texts, pa.string()))
    return items.select(COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


_MATCHABLE = frozenset({"deposit_without_remittance", "unidentified_payment", "remittance_without_deposit"})


def near_misses(store: Store, as_of: date) -> pd.DataFrame:
    """What nearly fits the open deposits and remittances of that day.

    Grain: one row per item and other fact, three an item at most, the nearest first. Units: US dollars, business days.
    """
    return query(store, "match/near_misses", {"as_of": as_of})
