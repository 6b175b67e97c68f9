"""Credit balances and their age: from the day an account went negative and stayed so."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Store, query


def credits(store: Store, as_of: date) -> pd.DataFrame:
    """The accounts in credit on that day, largest first.

    Grain: one row per account. Units: US dollars, the credit positive; age in calendar days. `evidence` says what
    the age
    rests on. Cause and disposition stay `unknown` and `review` until an audit says otherwise.
    """
    return query(store, "credits/aging", {"as_of": as_of})
