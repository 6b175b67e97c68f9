"""Unmatched: everything that is open on a day, and why."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Store, query


def unmatched(store: Store, as_of: date) -> pd.DataFrame:
    """What is open on that day, largest first.

    Grain: one row per open item (`item_id`). Units: US dollars, age in calendar days. The columns are DATA.md's, then
    `side` and `fact_id` of the fact behind the item and where it stands in its file.
    """
    return query(store, "match/unmatched", {"as_of": as_of})
