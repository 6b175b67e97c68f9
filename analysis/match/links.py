"""Matches: what is linked to what on a day, by which rule, and how sure that is."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Store, query


def matches(store: Store, as_of: date) -> pd.DataFrame:
    """The matches that hold on that day. Grain: one row per side of a match. Units: US dollars linked."""
    return query(store, "match/matches", {"as_of": as_of})
