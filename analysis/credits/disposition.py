"""What to do about a credit: one of its readings, or a review where the ledger does not tell, and what bars it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.credits.causes import left_over, readings
from analysis.credits.known import Known
from analysis.credits.ledger import PATIENT
from analysis.credits.reading import Reading
from analysis.money import ZERO, show

REFUNDS = ("refund_payer", "refund_patient")
"""The dispositions that send money out."""

SAME_REFUND_DAYS = 365
"""Within so many days the same amount to the same payee is the same refund."""


HOLDING = ("write_off_twice", "posted_twice", "written_off_then_paid")
"""Readings of a posting to correct: while one of them is possible, nothing is refunded."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit of one account says. `kind` is the rule of the reading that holds, none where none does."""

    cause: str
    disposition: str
    owed_to: str | None
    kind: str | None
    evidence: str
    blocked_by: str | None
    readings: Sequence[Reading]


def audit(known: Known, as_of: date) -> Audit:
    """The cause, what to do, and why.

    Where two found readings say otherwise, none of them holds; nor does a refund while a line may be posted twice.
    """
    all_of = readings(known)
    found = [one for one in all_of if one.is_found]
    if any(one.kind == "recouped" for one in found):
        found = [one for one in found if one.kind == "recouped"]
    ways = {(one.cause, one.disposition, one.owed_to) for one in found}
    if len(ways) != 1:
        return Audit("unknown", "review", None, None, _unclear(known, all_of), None, all_of)
    one = found[0]
    if one.disposition in REFUNDS and any(other.kind in HOLDING and not other.is_found for other in all_of):
        return Audit("unknown", "review", None, None, _unclear(known, all_of), None, all_of)
    if one.disposition in REFUNDS and known.pending >= known.credit:
        words = f"{one.words}; the payer said it will take {show(known.pending)} back"
        return Audit(one.cause, "let_payer_recoup", one.owed_to, one.kind, words, None, all_of)
    blocked = "; ".join(blocks(known, one, as_of)) if one.disposition in REFUNDS else ""
    return Audit(
        one.cause, one.disposition, one.owed_to, one.kind, one.words + _others(all_of, one), blocked or None, all_of
    )


def _unclear(known: Known, all_of: Sequence[Reading]) -> str:
    if not all_of:
        return left_over(known)
    told = "; or ".join(one.words for one in all_of)
    return f"{told}: which, the ledger does not tell" if len(all_of) > 1 else f"perhaps {told}; {left_over(known)}"


def _others(all_of: Sequence[Reading], chosen: Reading) -> str:
    """Readings that are possible too and would be worked another way."""
    found = [one for one in all_of if not one.is_found and one.disposition != chosen.disposition]
    return "".join(f"; also possible: {one.words}" for one in found)


def blocks(known: Known, reading: Reading, as_of: date) -> Iterator[str]:
    """What has to be settled before money goes out."""
    if known.pending > ZERO:
        yield f"a take-back of {show(known.pending)} is still to come"
    if known.recouped > ZERO:
        yield f"the payer took {show(known.recouped)} back, which is not posted"
    if known.unapplied != ZERO:
        yield f"unapplied cash of {show(known.unapplied)} is posted for it"
    if known.advice and known.advice[-1]["claim_status"] == "22":
        yield "the claim is reversed and not corrected yet"
    for row in known.open_accounts:
        if reading.owed_to == PATIENT and row["is_same_patient"]:
            yield f"the patient's account {row['other_number']} is open by {show(row['balance'])}"
    for entry in known.ledger.entries:
        is_recent = entry.day > as_of - timedelta(days=SAME_REFUND_DAYS)
        if entry.type == "REFUND" and entry.amount == known.credit and entry.payer == reading.owed_to and is_recent:
            yield f"{show(entry.amount)} was refunded to the same payee on {entry.day}"
