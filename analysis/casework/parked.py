"""Where the money of deposits is: posted, unposted, suspense, unapplied, wrong home, sent; and all done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.store import Store, query
from analysis.store.queries import query_table

MONEY_PLACES: Mapping[str, str] = {
    "posted": "on accounts and ledgers, by posting batches",
    "unposted": "in the bank, and neither posted nor set aside",
    "suspense": "set aside: nobody knows whose it is",
    "unapplied": "whose it is is known, the account or claim is not; set aside here or posted so by a batch",
    "wrong_home": "another practice's money, still here",
    "sent": "another practice's money, sent on with proof",
}
"""The places of money in order, and what each means: every cent of every deposit is in exactly one."""


def money_places(store: Store, as_of: date) -> pd.DataFrame:
    """All money that came up to that day by place. Grain: one row per place (`money_place`). Units: US dollars.

    The amounts add up to all deposits. Credit balances are none of them: they are accounts' money, told apart.
    """
    return query(store, "parked/totals", {"as_of": as_of}).drop(columns=["in_order"])


def deposits_by_place(store: Store, as_of: date) -> pd.DataFrame:
    """The deposits not posted whole, unidentified ones first. Grain: one row per deposit. Units: US dollars."""
    return query(store, "parked/deposits", {"as_of": as_of})


def lots(store: Store, as_of: date, bank_transaction_id: int | None = None) -> pd.DataFrame:
    """Parked money lot by lot, of one deposit or of all. Grain: one row per lot. Units: US dollars, calendar days."""
    return query(store, "parked/lots", {"as_of": as_of, "bank_transaction_id": bank_transaction_id})


def parked_report(store: Store, as_of: date) -> pd.DataFrame:
    """The lots that still hold money, and those sent on, without names. Grain: one row per lot. Units: US dollars."""
    found = lots(store, as_of)
    return found[found["left_amount"] > 0].drop(columns=["bank_transaction_id", "known_name", "reason", "proof_sha256"])


def parked_version(store: Store, bank_transaction_id: int) -> int:
    """The version of the deposit's parked money that a decision about it must name; 0 before the first."""
    found = query_table(store, "parked/version", {"bank_transaction_id": bank_transaction_id}).to_pylist()
    return int(found[0]["version"]) if found else 0


def parked_history(store: Store, bank_transaction_id: int) -> pd.DataFrame:
    """All that was done with the deposit's money and to trace it. Grain: one row per act, in order."""
    return query(store, "parked/history", {"bank_transaction_id": bank_transaction_id})


def proof_of(store: Store, sha256: str) -> tuple[str, bytes] | None:
    """The name and bytes of a file kept as proof; None where there is none."""
    found = query_table(store, "parked/proof", {"sha256": sha256}).to_pylist()
    return (found[0]["file_name"], bytes(found[0]["content"])) if found else None
