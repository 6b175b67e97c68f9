"""Unmatched: everything that is open on a day, and why."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.match.late_after import late_after
from analysis.match.rule_settings import rules_in_force
from analysis.match.why import why
from analysis.match.windows import widest
from analysis.store import Store
from analysis.store.queries import query_table

_OF_MONEY = ("deposit_without_remittance", "unidentified_payment", "remittance_without_deposit")
"""The items that have, or lack, a partner."""


def unmatched(store: Store, as_of: date, late_days: int | None = None) -> pd.DataFrame:
    """What is open on that day, largest first.

    Grain: one row per open item (`item_id`). Units: US dollars, age in calendar days. The columns are DATA.md's, then
    `side` and `fact_id` of the fact behind the item, where it stands in its file, the best of the proposals for it, its
    age in business days, and the detail: for a deposit what kind of line it is. `late_days`: the setting,
    where it was asked for already.
    """
    late = late_after(store, as_of) if late_days is None else late_days
    asked = {"as_of": as_of, "late_after": late}
    items = query_table(store, "match/open_of_day", asked, copied=("items_of_day",))
    untold = pc.is_null(items["why"])
    if pc.any(untold).as_py():
        told = pa.array(_told_by_misses(store, as_of, items, untold, late), pa.string())
        reasons = pc.replace_with_mask(items["why"].combine_chunks(), untold.combine_chunks(), told)
        items = items.set_column(items.column_names.index("why"), "why", reasons)
    return items.to_pandas(types_mapper=pd.ArrowDtype)


def _told_by_misses(store: Store, as_of: date, items: pa.Table, untold: pa.ChunkedArray, late: int) -> list[str]:
    """The reason of each item that nothing is proposed for: its nearest miss. A slice of the items at a time becomes
    Python objects, for there may be a million."""
    wanted = items.select(["item_id", "side", "fact_id"]).append_column("is_asked", untold)
    wanted = wanted.filter(pc.is_in(items["item_type"], pa.array(_OF_MONEY)))
    misses = query_table(store, "match/near_misses", {"as_of": as_of}, {"wanted_items": wanted})
    asked = items.filter(untold).select(["item_id", "item_type", "item_date", "business_days"])
    misses = misses.take(pc.index_in(asked["item_id"], misses["item_id"]))
    within = widest(rules_in_force(store, as_of))
    told: list[str] = []
    for start in range(0, asked.num_rows, _AT_ONCE):
        pairs = zip(asked.slice(start, _AT_ONCE).to_pylist(), misses.slice(start, _AT_ONCE).to_pylist(), strict=True)
        told += [why(item, miss if miss["miss"] else None, late, within) for item, miss in pairs]
    return told


_AT_ONCE = 20_000
