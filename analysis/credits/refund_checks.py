"""What keeps a refund from going out: the audit, the credit that is left, and the same refund made before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analysis.credits.audited import audited_accounts
from analysis.credits.disposition import REFUNDS, SAME_REFUND_DAYS, Audit
from analysis.credits.known import Known
from analysis.credits.ledger import PATIENT
from analysis.money import ZERO, show, total
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter
from analysis.tieout.today import latest_day

GONE = ("declined", "returned", "voided")
"""How a refund ended that did not reach its payee."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A refund as a person asks for it. `payee_type` is PAYER or PATIENT; `amount` in US dollars."""

    account_number: str
    payee_type: str
    payee_name: str
    payee_address: str
    amount: Decimal
    reason: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Credit:
    """The credit that a refund is asked of, as its audit stands."""

    balance: Decimal
    began: date


def refuse_unfilled(wanted: Wanted) -> None:
    """Raises `DecisionRefused` where anything that a cheque needs is missing."""
    lacking = [
        name
        for name in ("account_number", "payee_name", "payee_address", "reason", "evidence")
        if not str(getattr(wanted, name)).strip()
    ]
    if lacking:
        raise DecisionRefused(f"the refund lacks its {', '.join(lacking).replace('_', ' ')}")
    if wanted.payee_type not in ("PAYER", "PATIENT"):
        raise DecisionRefused("a refund goes to a PAYER or to the PATIENT")
    if wanted.amount <= ZERO or wanted.amount != wanted.amount.quantize(Decimal("0.01")):
        raise DecisionRefused("a refund is a positive amount of dollars and cents")


def audited_credit(store: Store, wanted: Wanted, as_of: date) -> Credit:
    """The credit that is asked for.

    Raises `DecisionRefused` where there is none, where its audit bars a refund, or owes it to somebody else.
    """
    account_number = wanted.account_number
    _refuse_past(store, as_of)
    found = audited_accounts(store, as_of, account_number)
    if not found:
        raise DecisionRefused(f"account {account_number} is not in credit")
    known, told = found[0].known, found[0].told
    if told.blocked_by:
        raise DecisionRefused(f"account {account_number}: {told.blocked_by}; settle that first")
    if told.disposition == "review":
        raise DecisionRefused(f"account {account_number}: record a reading first, as the audit leaves it open")
    if told.disposition not in REFUNDS:
        raise DecisionRefused(f"account {account_number} is not to be refunded: {told.evidence}")
    _refuse_other_payee(wanted, told)
    _refuse_refunded(wanted, known, as_of)
    return Credit(known.credit, known.account["credit_date"])


def _refuse_past(store: Store, as_of: date) -> None:
    latest = latest_day(store)
    if latest is not None and as_of < latest:
        raise DecisionRefused(f"{as_of} is past: money goes out by what is known on {latest}, the latest day loaded")


def _refuse_refunded(wanted: Wanted, known: Known, as_of: date) -> None:
    """Raises `DecisionRefused` where the ledger shows that refund within a year, made here or elsewhere."""
    for entry in known.ledger.entries:
        is_recent = entry.day > as_of - timedelta(days=SAME_REFUND_DAYS)
        is_payees = entry.is_patient == (wanted.payee_type == "PATIENT")
        if entry.type == "REFUND" and entry.amount == wanted.amount and is_payees and is_recent:
            raise DecisionRefused(f"{show(entry.amount)} was refunded on {entry.day}, as the ledger shows")


def _refuse_other_payee(wanted: Wanted, told: Audit) -> None:
    if told.disposition not in REFUNDS or told.owed_to is None:
        return
    owed_type = "PATIENT" if told.owed_to == PATIENT else "PAYER"
    is_same_payer = owed_type == "PATIENT" or _key(wanted.payee_name).startswith(_key(told.owed_to))
    if wanted.payee_type != owed_type or not is_same_payer:
        owed = "the patient" if told.owed_to == PATIENT else told.owed_to
        raise DecisionRefused(f"the money is owed to {owed}, not to {_whom(wanted)}: {told.evidence}")


def _whom(wanted: Wanted) -> str:
    """The payee in words that name no patient."""
    return "the patient" if wanted.payee_type == "PATIENT" else wanted.payee_name.strip()


def _key(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def refuse_beyond(writer: MatchWriter, wanted: Wanted, credit: Credit, day: date, refund_id: int | None) -> None:
    """Raises `DecisionRefused` where the account's other refunds leave less, or one of the last year is the same."""
    others = [
        row
        for row in writer.ask("credits/refunds_of_account", {"account_number": wanted.account_number})
        if row["refund_id"] != refund_id
    ]
    for row in others:
        if _is_same(row, wanted) and row["requested_on"] > day - timedelta(days=SAME_REFUND_DAYS):
            raise DecisionRefused(
                f"{show(wanted.amount)} to the {row['payee_type'].lower()} is refund {row['refund_id']} of "
                f"{row['requested_on']}, {row['status'].replace('_', ' ')}: nothing is refunded twice"
            )
    asked = total(row["amount"] for row in others if row["is_live"])
    if wanted.amount > credit.balance - asked:
        under_way = f", of which {show(asked)} is being refunded" if asked > ZERO else ""
        raise DecisionRefused(f"the credit is {show(credit.balance)}{under_way}: {show(wanted.amount)} is too much")


def _is_same(row: Mapping[str, Any], wanted: Wanted) -> bool:
    """Whether it is the same refund: a payee may be spelled in many ways, so that its type and the amount tell."""
    return row["payee_type"] == wanted.payee_type and row["amount"] == wanted.amount and row["status"] not in GONE
