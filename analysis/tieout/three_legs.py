"""The one tie-out: deposited, remitted, posted. Every deposit, remittance and batch with its money by state.

Source of the states: the matrix of which leg is there (D deposit, R remittance, P posted batch), and what is set aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.match.late_after import late_after
from analysis.money import MONEY, ZERO
from analysis.store import Store
from analysis.store.queries import query_table

STATES: Mapping[str, str] = {
    "tied": "deposited, remitted and posted, to the cent: nothing to do",
    "differs": "deposited, remitted and posted, not the same amount: see Variances",
    "unposted": "deposited and remitted, not posted: post it",
    "posted_without_remittance": "deposited and posted, no remittance: attach the explanation of benefits",
    "deposit_alone": "deposited only: find its remittance, or whose it is",
    "posted_without_deposit": "remitted and posted, no deposit: trace the money",
    "remittance_alone": "remitted only, and the money is late: chase the payer",
    "not_due": "remitted only, and the money may still come: wait",
    "batch_alone": "posted only: reverse it, or find its deposit",
    "no_deposit_wanted": "a remittance of no money, or one that announces none: to be posted only",
    "other_currency": "remitted in another currency, so no dollars are counted: look for it on that currency's account",
    "duplicate": "the same remittance again: not counted",
    "no_partner_wanted": "interest, sweeps and adjustments of the bank: no remittance is to come",
    "money_out": "money that left the account: returns and fees",
    "not_counted": "a bank line that the bank took back or told twice",
}
"""Every state, what it means and what to do, in the order of the page."""

SIDES = ("bank", "remittance", "batch")

_TOTALS = pa.schema(
    [
        ("tie_out_state", pa.string()),
        *((name, pa.int64()) for name in ("deposit_count", "remittance_count", "batch_count")),
        *((name, MONEY) for name in ("deposited_amount", "remitted_amount", "posted_amount")),
        ("what_to_do", pa.string()),
    ]
)
_COLUMNS = {
    "bank": ("deposit_count", "deposited_amount"),
    "remittance": ("remittance_count", "remitted_amount"),
    "batch": ("batch_count", "posted_amount"),
}


def states(store: Store, as_of: date) -> pd.DataFrame:
    """Every fact known on that day with its money by state. Grain: one row per fact and state.

    Units: US dollars, but in `other_currency` whatever the remittance names.

    A fact of which only a part is tied stands in several rows, whose `amount` add up to its `item_amount`.
    """
    return _states(store, as_of).to_pandas(types_mapper=pd.ArrowDtype)


def state_totals(store: Store, as_of: date) -> pd.DataFrame:
    """The three legs by state. Grain: one row per `tie_out_state` in which anything is. Units: US dollars.

    The columns add up to all bank lines, all remittances and all posted lines known on that day.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in _states(store, as_of).to_pylist():
        count, amount = _COLUMNS[row["side"]]
        own = found.setdefault(row["state"], _nothing(row["state"]))
        own[count] += 1
        own[amount] += row["amount"]
    rows = [found[name] for name in STATES if name in found]
    return pa.Table.from_pylist(rows, schema=_TOTALS).to_pandas(types_mapper=pd.ArrowDtype)


def _nothing(state: str) -> dict[str, int | Decimal | str]:
    counts = dict.fromkeys((count for count, _ in _COLUMNS.values()), 0)
    amounts = dict.fromkeys((amount for _, amount in _COLUMNS.values()), ZERO)
    return {"tie_out_state": state, **counts, **amounts, "what_to_do": STATES[state]}


def _states(store: Store, as_of: date) -> pa.Table:
    known = {"as_of": as_of, "late_after": late_after(store, as_of)}
    return query_table(store, "tieout/states", known)
