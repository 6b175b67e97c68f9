"""Small differences written off: the dated policy, what was written off, and how differences were resolved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.match.decisions import Who, needed
from analysis.money import ZERO
from analysis.problems import RequestRefused
from analysis.store import Store, query
from analysis.store.matches import write
from analysis.store.queries import query_table

POLICY = "write_off_policy"
RESOLUTIONS: Mapping[str, str] = {
    "corrected_in_billing": "the batch was corrected in the billing system",
    "reposted": "the money was posted, or posted again rightly",
    "reversed": "what was posted twice or taken back was reversed",
    "bank_asked": "the bank was asked about it",
    "payer_asked": "the payer was asked about it",
    "clears_by_itself": "the money is on its way; it clears by itself",
    "fee_booked": "the fee was booked as an expense",
    "not_ours": "the money is not the hospital's, or no patient's",
}
"""How a difference was resolved: the code, and what it means."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The write-off policy of a day, US dollars without sign: never more than `most`; above the other, two people."""

    most: Decimal
    second_person_above: Decimal
    effective_on: date
    source: str


def policy(store: Store, as_of: date) -> Policy:
    """The policy in force on that day."""
    found = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": POLICY}).to_pylist()
    if not found:
        raise RequestRefused("no write-off policy is in force on that day")
    told = json.loads(found[0]["value"])
    return Policy(
        Decimal(told["most"]), Decimal(told["second_person_above"]), found[0]["effective_on"], found[0]["source"]
    )


def set_policy(store: Store, most: Decimal, second_person_above: Decimal, who: Who, reason: str) -> None:
    """The policy holds from the day looked at. Raises `RequestRefused` for amounts that are none."""
    if not ZERO <= second_person_above <= most:
        raise RequestRefused("a write-off policy: wanted 0.00 or more, the second person's limit not above the other")
    needed(reason, "a policy is changed")
    value = json.dumps({"most": f"{most:.2f}", "second_person_above": f"{second_person_above:.2f}"})

    write(store, lambda writer: writer.change_setting(POLICY, value, who.as_of, who.name, reason.strip()))


def write_offs(store: Store, as_of: date) -> pd.DataFrame:
    """What was written off up to that day, the newest first. Grain: one row per write-off. Units: US dollars."""
    return query(store, "tieout/write_offs", {"as_of": as_of})


def settled(store: Store, as_of: date) -> dict[str, Mapping[str, Any]]:
    """By `variance_id`: `written_off` and `waiting_amount` in US dollars, and the last `resolution` with its reason."""
    rows = query_table(store, "tieout/settled_variances", {"as_of": as_of}).to_pylist()
    return {row["variance_id"]: row for row in rows}
