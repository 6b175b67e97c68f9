"""A batch that no remittance and no receipt speaks for: what its own control total can say, which is a hint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.money import ZERO, show
from analysis.tieout.digits import cause_of
from analysis.tieout.parts import Part, Row

_HOW = {"transposition": "digits swapped", "slide": "decimal point moved", "keyed_amount": "sign turned"}
_NINE_CENTS = Decimal("0.09")


def against_control(gap: Decimal, lines: Sequence[Row]) -> list[Part]:
    """Every line that can alone have made the batch miss its control total by `gap` dollars.

    A line that is there twice to the letter is the likely one and others stay possible; else a single reading is
    likely, and of several each is possible and none explains. Where none can, a gap divisible by nine is a hint.
    """
    twice = [_repeated(row, gap) for row in lines if -row["amount"] == gap and _is_there_before(row, lines)]
    others = [part for row in lines for part in _readings(row, gap)]
    if len(twice) == 1 or (not twice and len(others) == 1):
        first, *rest = twice + others
        return [first, *(replace(part, certainty="possible") for part in rest)]
    if not twice and not others:
        return _hint(gap)
    return [replace(part, certainty="possible") for part in twice + others]


def _hint(gap: Decimal) -> list[Part]:
    """Two digits swapped make a difference divisible by nine, and so does one in nine that has another cause."""
    if gap % _NINE_CENTS != ZERO:
        return []
    words = f"the difference is divisible by nine, digits may be swapped in a line or the total: {show(gap)}"
    return [Part(gap, "transposition", words, "control total", "possible")]


def control_keyed(control: Decimal, true: Decimal, amount: Decimal = ZERO, more: str = "") -> Part:
    """The lines are right and the control total alone was keyed wrong: a part of 0.00, or of the money that waits for
    it."""
    cause, how = cause_of(control, true)
    words = f"the control total was keyed {show(control)}, the lines are {show(true)} ({how}){more}"
    return Part(amount, cause, words, "control total", "found")


def _readings(row: Row, gap: Decimal) -> list[Part]:
    true = row["amount"] + gap
    cause, _ = cause_of(row["amount"], true)
    if cause == "keyed_amount" and row["amount"] != -true:
        return []
    words = f"line {row['line_number']} could be {show(true)} ({_HOW[cause]}): {show(gap)}"
    return [_part(row, gap, cause, words)]


def _repeated(row: Row, gap: Decimal) -> Part:
    return _part(row, gap, "duplicate_line", f"line {row['line_number']} is there twice: {show(gap)}")


def _part(row: Row, gap: Decimal, cause: str, words: str) -> Part:
    return Part(
        gap,
        cause,
        words,
        "control total",
        "likely",
        line_number=row["line_number"],
        posting_line_id=row["posting_line_id"],
    )


def _is_there_before(row: Row, lines: Sequence[Row]) -> bool:
    same = ("account_number", "reference_number", "amount")
    return any(
        one["posting_line_id"] < row["posting_line_id"] and all(one[name] == row[name] for name in same)
        for one in lines
    )
