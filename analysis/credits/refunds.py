"""Refunds as they stand: their queues, their history, the lists that went out, the policy of the second approver."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pandas as pd

from analysis.match.decisions import Who
from analysis.money import ZERO
from analysis.problems import RequestRefused
from analysis.store import Store, query
from analysis.store.matches import write
from analysis.store.queries import query_table

POLICY = "refund_second_above"
DEFAULT_SECOND_ABOVE = Decimal("1000.00")
SOURCE = "hospitals' refund policies: a director approves above 1,000.00; the site sets its own"

STATUSES: Mapping[str, str] = {
    "requested": "waits for another person to approve it",
    "waiting_second": "waits for a second approver",
    "approved": "can be exported",
    "exported": "is with accounts payable; the cheque's number comes next",
    "issued": "the cheque is out",
    "cleared": "the cheque was paid",
    "returned": "the cheque came back",
    "voided": "the cheque was voided",
    "declined": "was not approved",
}
"""Every status, in order, and what it means."""


def refunds(store: Store, as_of: date, account_number: str | None = None) -> pd.DataFrame:
    """The refunds known on that day, the newest first. Grain: one row per refund. Units: US dollars; age in calendar
    days since its last step."""
    return query(store, "credits/refunds", {"as_of": as_of, "account_number": account_number})


def refund_history(store: Store, refund_id: int | None = None) -> pd.DataFrame:
    """All that was done with the refund, refused attempts too; without a number of all refunds. Grain: one row per
    decision, in order."""
    subject = None if refund_id is None else str(refund_id)
    return query(store, "credits/refund_history", {"subject_id": subject})


def exports(store: Store, as_of: date) -> pd.DataFrame:
    """The lists that went out up to that day, the newest first. Grain: one row per export. Units: US dollars."""
    return query(store, "credits/exports", {"as_of": as_of})


def exported(store: Store, export_id: int) -> pd.DataFrame:
    """The list for accounts payable that one export took out. Grain: one row per refund. Units: US dollars."""
    return query(store, "credits/exported", {"export_id": export_id})


def second_above(store: Store, as_of: date) -> Decimal:
    """The amount above which two people approve on that day, US dollars."""
    found = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": POLICY}).to_pylist()
    return Decimal(json.loads(found[0]["value"])) if found else DEFAULT_SECOND_ABOVE


def set_second_above(store: Store, amount: Decimal, who: Who, reason: str) -> None:
    """Above that amount two people approve, from the day looked at. Raises `RequestRefused` below 0 or without why."""
    if amount < ZERO:
        raise RequestRefused(f"wanted 0.00 or more, found {amount}")
    if not reason.strip():
        raise RequestRefused("a changed policy needs a reason")
    write(
        store,
        lambda writer: writer.change_setting(POLICY, json.dumps(f"{amount:.2f}"), who.as_of, who.name, reason.strip()),
    )
