"""Take-backs: what payers take back, owe and forward, carried by payer, code and reference until it nets to 0."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Store, query


def takebacks(store: Store, as_of: date) -> pd.DataFrame:
    """The ledger as known on that day, what is open first. Grain: one row per payer, code and reference
    (`takeback_id`). Units: US dollars; `net_open` is positive where it is still owed to the payer."""
    return query(store, "tieout/takebacks", {"as_of": as_of})


def entries(store: Store, as_of: date, takeback_id: str | None = None) -> pd.DataFrame:
    """The provider adjustments behind the ledger, or behind one row of it. Grain: one row per PLB pair that counts.
    Units: US dollars, a positive amount reduces the payment; `running_balance` is owed to the payer after it."""
    return query(store, "tieout/takeback_entries", {"as_of": as_of, "takeback_id": takeback_id})


def reversals(store: Store, as_of: date) -> pd.DataFrame:
    """The reversals known on that day, each with its correction and the payment it takes back. Grain: one row per
    reversal. Units: US dollars; `net_amount` = correction + reversal."""
    return query(store, "tieout/reversals", {"as_of": as_of})
