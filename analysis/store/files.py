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


def contents_of_file(store: Store, file_id: int) -> pd.DataFrame:
    """What the file holds. Grain: one row per kind of row and per total proved at its loading. Units: US dollars."""
    return query(store, "files/contents", {"file_id": file_id})


def findings_of_file(store: Store, file_id: int) -> pd.DataFrame:
    """The findings about the file, errors first. Grain: one row per finding. Units: US dollars it is about."""
    return query(store, "files/findings_of_file", {"file_id": file_id})
