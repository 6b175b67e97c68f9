"""How a candidate's fields agree with what is known of a payment: exactly, nearly and how, or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analysis.tieout.digits import is_slide, is_transposition

Row = Mapping[str, Any]
Judged = tuple[str, str]

WEIGHTS: Mapping[str, int] = {
    "number": 45,
    "claim": 40,
    "payer_claim": 40,
    "member": 30,
    "amount": 30,
    "charge": 20,
    "last_name": 15,
    "born": 15,
    "service_day": 15,
    "payer": 15,
}
"""What a field that agrees counts, of 100; one that nearly agrees counts half."""

DAYS_NEAR = 3
SHORTEST = 6


@dataclass(frozen=True, slots=True)
class Fit:
    """One field: `fit` is exact, near or not; `how` says it in words that name no patient."""

    name: str
    fit: str
    how: str


def fits_of(clues: Any, row: Row) -> tuple[Fit, ...]:
    """The fields that both sides know, each with its fit; what either lacks is left out."""
    judged = []
    for name, judge in _JUDGES.items():
        known = getattr(clues, name)
        found = None if known is None else judge(known, row)
        if found is not None:
            judged.append(Fit(name, *found))
    return tuple(judged)


def score_of(fits: Sequence[Fit]) -> int:
    """The sum of what agrees, half of what nearly does, at most 100."""
    worth = {"exact": 2, "near": 1, "not": 0}
    return min(100, sum(WEIGHTS[one.name] * worth[one.fit] for one in fits) // 2)


def _text(name: str) -> Callable[[Any, Row], Judged | None]:
    def judge(known: str, row: Row) -> Judged | None:
        theirs = row[name]
        if not theirs:
            return None
        if theirs == known:
            return "exact", "the same"
        short, long = sorted((known, theirs), key=len)
        if len(short) >= SHORTEST and long.endswith(short):
            return "near", "cut at its start"
        apart = sum(one != other for one, other in zip(known, theirs, strict=False))
        if len(known) == len(theirs) and apart == 1:
            return "near", "one character differs"
        return "not", "another one"

    return judge


def _payer(known: str, row: Row) -> Judged | None:
    theirs = (row["payer_name"] or "").upper()
    if not theirs:
        return None
    if theirs == known:
        return "exact", "the same name"
    return ("near", "part of the name") if known in theirs or theirs in known else ("not", "another name")


def _amount(known: Decimal, row: Row) -> Judged:
    if known == row["open_amount"]:
        return "exact", "all that is open of it" if row["kind"] != "claim" else "all that is open of its remittance"
    if known == row["amount"]:
        return ("exact", "its amount") if row["kind"] == "claim" else ("near", "its amount, a part of it is matched")
    if is_slide(known, row["amount"]):
        return "near", "decimal point moved"
    if is_transposition(known, row["amount"]):
        return "near", "digits swapped"
    return "not", "another amount"


def _charge(known: Decimal, row: Row) -> Judged | None:
    theirs = row["charge"]
    if theirs is None:
        return None
    return ("exact", "to the cent") if theirs == known else ("not", "another charge")


def _service_day(known: date, row: Row) -> Judged | None:
    first, last = row["service_from"], row["service_to"]
    if first is None:
        return None
    if first <= known <= last:
        return "exact", "within its days of service"
    near = timedelta(days=DAYS_NEAR)
    inside = first - near <= known <= last + near
    return ("near", f"within {DAYS_NEAR} days") if inside else ("not", "other days")


def _born(known: date, row: Row) -> Judged | None:
    if row["born"] is None:
        return None
    return ("exact", "the same day") if row["born"] == known else ("not", "another day")


_JUDGES: Mapping[str, Callable[[Any, Row], Judged | None]] = {
    "number": _text("number"),
    "claim": _text("claim"),
    "payer_claim": _text("payer_claim"),
    "member": _text("member"),
    "last_name": _text("last_name"),
    "born": _born,
    "service_day": _service_day,
    "charge": _charge,
    "payer": _payer,
    "amount": _amount,
}
