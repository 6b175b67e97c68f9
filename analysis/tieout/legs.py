"""The two legs that have lists of their own: bank lines and posting batches."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Store, query


def bank_lines(store: Store, as_of: date) -> pd.DataFrame:
    """The bank lines known on that day, newest first, each with what accounts for it or why it does not count.

    Grain: one row per bank line as it came. Units: US dollars, money in positive.
    """
    return query(store, "tieout/bank_lines", {"as_of": as_of})


def batches(store: Store, as_of: date) -> pd.DataFrame:
    """The posting batches known on that day with their legs. Grain: one row per batch. Units: US dollars."""
    return query(store, "tieout/batch_legs", {"as_of": as_of})
