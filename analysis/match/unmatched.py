"""Unmatched: everything that is open on a day, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.match.why import LATE_AFTER, why
from analysis.store import Store
from analysis.store.queries import query_table

_OF_MONEY = ("deposit_without_remittance", "unidentified_payment", "remittance_without_deposit")
"""The items that have, or lack, a partner."""


def unmatched(store: Store, as_of: date) -> pd.DataFrame:
    """What is open on that day, largest first.

    Grain: one row per open item (`item_id`). Units: US dollars, age in calendar days. The columns are DATA.md's, then
    `side` and `fact_id` of the fact behind the item, where it stands in its file, and the best of the proposals for it.
    """
    items = query_table(store, "match/open_of_day", {"as_of": as_of, "late_after": LATE_AFTER})
    untold = pc.is_null(items["why"])
    if pc.any(untold).as_py():
        told = pa.array(_told_by_misses(store, as_of, items, untold), pa.string())
        reasons = pc.replace_with_mask(items["why"].combine_chunks(), untold.combine_chunks(), told)
        items = items.set_column(items.column_names.index("why"), "why", reasons)
    return items.drop_columns(["business_days"]).to_pandas(types_mapper=pd.ArrowDtype)


def _told_by_misses(store: Store, as_of: date, items: pa.Table, untold: pa.ChunkedArray) -> list[str]:
    """The reason of each item that nothing is proposed for: its nearest miss."""
    nearest: dict[str, Mapping[str, Any]] = {}
    wanted = items.select(["item_id", "side", "fact_id"]).append_column("is_asked", untold)
    wanted = wanted.filter(pc.is_in(items["item_type"], pa.array(_OF_MONEY)))
    misses = query_table(store, "match/near_misses", {"as_of": as_of}, {"wanted_items": wanted})
    for miss in misses.to_pylist():
        nearest.setdefault(miss["item_id"], miss)
    return [why(item, nearest.get(item["item_id"])) for item in items.filter(untold).to_pylist()]
