"""What is loaded: the files and what was found in them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store.connection import Store
from analysis.store.queries import query


def files(store: Store) -> pd.DataFrame:
    """The loaded files. Grain: one row per file. Units: bytes; times in UTC."""
    return query(store, "files/files")


def findings(store: Store, as_of: date) -> pd.DataFrame:
    """The findings about the files known by that day. Grain: one row per finding. Units: US dollars it is about."""
    return query(store, "files/findings", {"as_of": as_of})
