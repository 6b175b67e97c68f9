"""Credit balances and their age: from the day an account went negative and stayed so."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from analysis.store import Store
from analysis.store.queries import query_table


def aged(store: Store, as_of: date) -> pa.Table:
    """The accounts in credit on that day, largest first.

    Grain: one row per account. Units: US dollars, the credit positive; age in calendar days. `aged_from` says what the
    age rests on.
    """
    return query_table(store, "credits/aging", {"as_of": as_of})
