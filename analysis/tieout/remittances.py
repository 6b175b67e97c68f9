"""Remittances: each payment advice with its claims, provider adjustments and three balances."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Store, query


def remittances(store: Store, as_of: date) -> pd.DataFrame:
    """The remittances known on that day, duplicates marked. Grain: one row per remittance as it came. Units: US
    dollars."""
    return query(store, "tieout/remittances", {"as_of": as_of})
