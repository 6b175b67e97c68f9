"""What a person reads of a credit: cause, disposition and who is owed, with reason and evidence; agreed to, taken back.

Each is appended, and about one credit: an account's, from the day it began. How it is worked then: `audited`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.credits.audited import Audited, audited_accounts, needs_second
from analysis.credits.causes import GENERAL_LEDGER
from analysis.credits.disposition import REFUNDS
from analysis.credits.known import Known, key_of
from analysis.credits.ledger import PATIENT
from analysis.match.decisions import Who, decision_day, needed
from analysis.match.signers import is_same_person
from analysis.money import ZERO
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write

SUBJECT = "credit_reading"
"""What the decisions about readings are about."""

CAUSES: Mapping[str, str] = {
    "duplicate_payment": "one insurer paid, or was posted, twice",
    "primary_secondary_overpayment": "insurers together paid more than is allowed",
    "patient_overpayment": "the patient paid more than the share",
    "adjustment_error": "a write-off is wrong",
    "posted_to_wrong_account": "the payment is another account's, or none's",
    "payer_recouped": "the payer took it back already",
    "unknown": "nobody knows yet",
}
"""The causes that a person can name, as the contract has them, and what they mean."""

DISPOSITIONS: Mapping[str, str] = {
    "refund_payer": "the insurer gets it back; it is named",
    "refund_patient": "the patient gets it back",
    "transfer": "it is moved to another account, which is named",
    "correct_adjustment": "the write-off or posting is corrected",
    "let_payer_recoup": "the payer takes it back itself",
    "review": "it stays in review, and nothing goes out",
}
"""What a person can say is to be done."""

_NO_REFUND = ("adjustment_error", "payer_recouped", "unknown")
"""Causes that no refund follows from."""


_INSURERS = ("duplicate_payment", "primary_secondary_overpayment")
"""Causes by which an insurer's money is too much."""


@dataclass(frozen=True, slots=True)
class PersonReading:
    """A reading as a person gives it. `credit_date` is the day the credit began that she looked at; `owed_to` the
    payer, or the account to transfer to; of a refund to the patient it is the patient."""

    account_number: str
    credit_date: date
    cause: str
    disposition: str
    owed_to: str
    reason: str
    evidence: str


def parties_of(known: Known) -> list[str]:
    """The insurers that the account knows: of its ledger, of remittances, and those it names."""
    told = [one.payer for one in known.ledger.entries if not one.is_patient]
    told += [row["payer_name"] for row in known.advice]
    told += [known.account["payer_name"], known.account["secondary_payer_name"]]
    return list(dict.fromkeys(name for name in told if name))


def parties(store: Store, as_of: date, account_number: str) -> list[str]:
    """The insurers that the account in credit knows; none where it is not in credit."""
    return [name for one in audited_accounts(store, as_of, account_number) for name in parties_of(one.known)]


def read_credit(store: Store, wanted: PersonReading, who: Who) -> int:
    """The credit is read so from the day looked at; returns the reading's number.

    Raises `DecisionRefused` where there is no such credit, where reason or evidence lack, or where what is to be done
    does not fit the cause or the account.
    """

    def work(writer: MatchWriter) -> int:
        day = decision_day(writer, who)
        reason = needed(wanted.reason, "a credit is read")
        if not wanted.evidence.strip():
            raise DecisionRefused("no evidence is given; write what shows it")
        _refuse_unknown(wanted)
        one = _credit(store, wanted, who)
        owed_to = _owed_to(wanted, one.known)
        made = writer.decide_about(SUBJECT, wanted.account_number, "read", who.name, reason, day)
        reading_id = writer.next_ids("credit_reading", 1) + 1
        row = {
            "reading_id": reading_id,
            "decision_id": made,
            "account_number": wanted.account_number,
            "credit_date": wanted.credit_date,
            "credit_balance": one.known.credit,
            "cause": wanted.cause,
            "disposition": wanted.disposition,
            "owed_to": owed_to,
            "evidence": wanted.evidence.strip(),
            "audit_cause": one.own.cause,
            "audit_disposition": one.own.disposition,
            "audit_evidence": one.own.evidence,
        }
        writer.insert("credit_reading", [row])
        return reading_id

    return write(store, work)


def agree(store: Store, reading_id: int, who: Who, reason: str = "") -> None:
    """A second person agrees with the reading. Raises `DecisionRefused` for who read it, or where it holds no more."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        told = _told(writer, reading_id)
        if is_same_person(told["read_by"], who.name):
            raise DecisionRefused("someone else has to agree: you read it yourself")
        found = audited_accounts(store, who.as_of, told["account_number"])
        if not found or found[0].known.account["credit_date"] != told["credit_date"]:
            raise DecisionRefused(f"reading {reading_id} is void: its credit is gone or began anew")
        if not needs_second(told["disposition"], told["owed_to"], found[0].own) or found[0].standing != "waiting":
            raise DecisionRefused(f"reading {reading_id} holds already and needs nobody to agree")
        _step(writer, told, "agree", who, day, reason.strip() or "agreed")

    write(store, work)


def withdraw(store: Store, reading_id: int, who: Who, reason: str) -> None:
    """The reading holds no more, and the credit is worked as the audit reads it."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        told = _told(writer, reading_id)
        _step(writer, told, "withdraw", who, day, needed(reason, "a reading is taken back"))

    write(store, work)


def _credit(store: Store, wanted: PersonReading, who: Who) -> Audited:
    found = audited_accounts(store, who.as_of, wanted.account_number)
    if not found:
        raise DecisionRefused(f"account {wanted.account_number} is not in credit")
    began = found[0].known.account["credit_date"]
    if began != wanted.credit_date:
        raise DecisionRefused(f"the credit of account {wanted.account_number} began on {began}; look at it again")
    return found[0]


def _refuse_unknown(wanted: PersonReading) -> None:
    if wanted.cause not in CAUSES:
        raise DecisionRefused(f"there is no cause {wanted.cause}; there are {', '.join(CAUSES)}")
    if wanted.disposition not in DISPOSITIONS:
        raise DecisionRefused(f"nothing is called {wanted.disposition}; there are {', '.join(DISPOSITIONS)}")
    if wanted.disposition in REFUNDS and wanted.cause in _NO_REFUND:
        raise DecisionRefused(f"no refund follows from {wanted.cause.replace('_', ' ')}; name the cause it is owed for")
    other = {"refund_patient": _INSURERS, "refund_payer": ("patient_overpayment",)}.get(wanted.disposition, ())
    if wanted.cause in other:
        raise DecisionRefused(f"{wanted.disposition} does not follow from {wanted.cause}: name whose money it is")


def _owed_to(wanted: PersonReading, known: Known) -> str | None:
    """Who is owed, as the account writes it. Raises `DecisionRefused` where disposition and party do not fit."""
    named = wanted.owed_to.strip()
    if wanted.disposition == "refund_patient":
        if known.ledger.patient_paid <= ZERO:
            raise DecisionRefused(
                "the patient has paid nothing on this account: there is nothing to refund to the patient"
            )
        return PATIENT
    if wanted.disposition == "transfer":
        return _account_to(named, known)
    if wanted.disposition in ("refund_payer", "let_payer_recoup"):
        return _payer(named, parties_of(known))
    return None


def _account_to(named: str, known: Known) -> str:
    if not named:
        raise DecisionRefused(f"a transfer names the account that the money goes to, or {GENERAL_LEDGER}")
    if key_of(named) == key_of(known.number):
        raise DecisionRefused("a transfer goes to another account")
    return GENERAL_LEDGER if named.upper() == GENERAL_LEDGER else named


def _payer(named: str, names: list[str]) -> str:
    if not named:
        raise DecisionRefused("name the payer that is owed the money")
    hits = [name for name in names if is_same_person(name, named)]
    if not hits:
        raise DecisionRefused(f"the account knows no payer {named}; it knows {', '.join(names) or 'none'}")
    return hits[0]


def _told(writer: MatchWriter, reading_id: int) -> Mapping[str, Any]:
    found = writer.ask("credits/reading_told", {"reading_id": reading_id})
    if not found:
        raise DecisionRefused(f"there is no reading {reading_id}")
    if found[0]["withdrawal_id"] is not None:
        raise DecisionRefused(f"reading {reading_id} was taken back already")
    if found[0]["newest_id"] != reading_id:
        raise DecisionRefused(f"the credit was read again: reading {found[0]['newest_id']} counts")
    return found[0]


def _step(writer: MatchWriter, told: Mapping[str, Any], step: str, who: Who, day: date, reason: str) -> None:
    made = writer.decide_about(SUBJECT, told["account_number"], step, who.name, reason, day)
    writer.insert("credit_reading_step", [{"decision_id": made, "reading_id": told["reading_id"], "step": step}])
