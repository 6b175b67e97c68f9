"""The audit as it holds: what a person read of a credit goes before what the audit reads of its ledger by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.disposition import REFUNDS, Audit, audit, blocks
from analysis.credits.known import Known, known_accounts
from analysis.credits.reading import Reading
from analysis.match.signers import is_same_person
from analysis.money import show
from analysis.store import Store, query
from analysis.store.queries import query_table

PERSON = "person"
"""The kind of an audit that a person's reading makes."""

POSTINGS = ("posted_twice", "posted_beyond_advice", "not_on_advice")
"""Rules that find a posting to correct, though the disposition is a review."""

STANDINGS: Mapping[str, str] = {
    "in_force": "the credit is worked by it",
    "waiting": "it refunds what the audit bars, owes to somebody else or found posted wrongly: a second person agrees",
    "void": "the credit that it was about is gone, or began anew",
    "withdrawn": "it was taken back",
    "replaced": "the credit was read again",
}
"""How a reading stands, and what that means."""

_ERRORS = ("correct_adjustment", "transfer", "let_payer_recoup")
"""Dispositions of which a refund would be money lost."""


@dataclass(frozen=True, slots=True)
class Audited:
    """One account in credit: the audit that holds, the audit's own, and the account's newest reading with its
    standing."""

    known: Known
    told: Audit
    own: Audit
    reading: Mapping[str, Any] | None
    standing: str | None


def audited_accounts(
    store: Store, as_of: date, account_number: str | None = None, decided_by: date | None = None
) -> list[Audited]:
    """Every account in credit on that day as it is to be worked, largest first; or the one asked for.

    What people decided counts up to that day, or up to `decided_by`: a quarter's credits are read after its end.
    """
    asked = {"as_of": decided_by or as_of, "account_number": account_number}
    rows = query_table(store, "credits/readings", asked).to_pylist()
    newest = {row["account_number"]: row for row in rows if row["newness"] == 1}
    listed = {
        row["account_number"]: row
        for row in query_table(store, "credits/small_balances", {"as_of": decided_by or as_of}).to_pylist()
        if row["status"] in ("waiting", "approved")
    }
    return [
        _audited(known, newest.get(known.number), listed.get(known.number), as_of)
        for known in known_accounts(store, as_of, account_number)
    ]


def readings(store: Store, as_of: date) -> pd.DataFrame:
    """Everything that people read of credits up to that day, the newest first, each with its `standing`.

    Grain: one row per reading. Units: US dollars that were in credit then.
    """
    standing = {
        one.reading["reading_id"]: one.standing for one in audited_accounts(store, as_of) if one.reading is not None
    }
    frame = query(store, "credits/readings", {"as_of": as_of, "account_number": None})
    told = [standing.get(row["reading_id"]) or _ended(row) for row in frame.to_dict("records")]
    return frame.drop(columns="newness").assign(standing=pd.array(told, dtype=pd.ArrowDtype(pa.string())))


def needs_second(disposition: str, owed_to: str | None, own: Audit) -> bool:
    """Whether it sends money out that the audit by itself bars, owes to somebody else, or found posted wrongly."""
    if disposition not in REFUNDS:
        return False
    is_other = own.disposition in REFUNDS and (own.disposition, own.owed_to) != (disposition, owed_to)
    is_wrong = any(one.is_found and (one.disposition in _ERRORS or one.kind in POSTINGS) for one in own.readings)
    return is_other or is_wrong or own.blocked_by is not None


def _ended(row: Mapping[str, Any]) -> str:
    if not pd.isna(row["withdrawn_by"]):
        return "withdrawn"
    return "void" if row["newness"] == 1 else "replaced"


def _audited(known: Known, reading: Mapping[str, Any] | None, listed: Mapping[str, Any] | None, as_of: date) -> Audited:
    own = audit(known, as_of)
    standing = None if reading is None else _standing(reading, known, own)
    told = own if reading is None else _TELLS[str(standing)](reading, known, own, as_of)
    if listed is not None and listed["credit_date"] == known.account["credit_date"]:
        words = f"it is on list {listed['list_id']} of small balances, {listed['status']}"
        told = replace(told, blocked_by="; ".join(part for part in (told.blocked_by, words) if part))
    return Audited(known, told, own, reading, standing)


def _standing(reading: Mapping[str, Any], known: Known, own: Audit) -> str:
    if reading["withdrawn_by"] is not None:
        return "withdrawn"
    if reading["credit_date"] != known.account["credit_date"]:
        return "void"
    others = [
        name
        for name in (reading["agreed_by"] or "").split("; ")
        if name and not is_same_person(name, reading["read_by"])
    ]
    return "waiting" if needs_second(reading["disposition"], reading["owed_to"], own) and not others else "in_force"


def _in_force(reading: Mapping[str, Any], known: Known, own: Audit, as_of: date) -> Audit:
    agreed = f", and {reading['agreed_by']} agreed" if reading["agreed_by"] else ""
    words = (
        f"read by {reading['read_by']} on {reading['read_on']}{agreed}: {reading['reason']} ({reading['evidence']}); "
        f"the audit itself reads {own.cause}, {own.disposition}: {own.evidence}"
    )
    disposition, owed_to = reading["disposition"], reading["owed_to"]
    one = Reading(PERSON, reading["cause"], disposition, owed_to, True, words, _entries(known, own, disposition))
    barred = list(blocks(known, one, as_of)) if disposition in REFUNDS else []
    if disposition in REFUNDS and own.blocked_by is not None and own.blocked_by not in barred:
        barred.append(own.blocked_by)
    if disposition in REFUNDS and known.credit > reading["credit_balance"]:
        barred.append(f"the credit was {show(reading['credit_balance'])} when it was read: read it again")
    whole: Sequence[Reading] = [*own.readings, one]
    return Audit(one.cause, disposition, owed_to, PERSON, words, "; ".join(barred) or None, whole)


def _entries(known: Known, own: Audit, disposition: str) -> tuple[int, ...]:
    """The ledger's lines that the audit names for that disposition, else the one that brought the account into
    credit."""
    named = next((one.entries for one in own.readings if one.disposition == disposition and one.entries), ())
    turning = known.ledger.turning
    return named or (() if turning is None else (turning.entry_id,))


def _waiting(reading: Mapping[str, Any], known: Known, own: Audit, as_of: date) -> Audit:
    return replace(
        own,
        evidence=f"{own.evidence}; {reading['read_by']} reads {reading['cause']}, {reading['disposition']} "
        f"({reading['reason']}): that waits for a second person to agree",
    )


def _void(reading: Mapping[str, Any], known: Known, own: Audit, as_of: date) -> Audit:
    return replace(
        own,
        evidence=f"{own.evidence}; the reading of {reading['read_by']} on {reading['read_on']} "
        f"({reading['cause']}, {reading['disposition']}) is void: the credit began anew on "
        f"{known.account['credit_date']}",
    )


def _withdrawn(reading: Mapping[str, Any], known: Known, own: Audit, as_of: date) -> Audit:
    return own


_TELLS = {"in_force": _in_force, "waiting": _waiting, "void": _void, "withdrawn": _withdrawn}
