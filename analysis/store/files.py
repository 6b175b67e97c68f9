"""What is loaded: the files and what was found in them."""

from __future__ import annotations

import pandas as pd

from analysis.store.connection import Store
from analysis.store.queries import query


def files(store: Store) -> pd.DataFrame:
    """The loaded files. Grain: one row per file. Units: bytes; times in UTC."""
    return query(store, "files/files")


def findings(store: Store) -> pd.DataFrame:
    """The findings about them. Grain: one row per finding. Units: US dollars the finding is about."""
    return query(store, "files/findings")
