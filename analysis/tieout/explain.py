"""What makes up a batch's difference: named parts, each with its amount, that add up to the variance or say what
is left.

A part's amount is its share of deposited minus posted. Competing readings are never forced: what no evidence names
stays
unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis.money import ZERO, show, total
from analysis.tieout.digits import cause_of

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a variance: US dollars of deposited minus posted, the cause by DATA.md's name, and words."""

    amount: Decimal
    cause: str
    words: str
    line_number: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one batch: its legs, and where its lines and its remittances differ."""

    legs: Row
    accounts: Sequence[Row]
    provider: Sequence[Row]
    remittances: Sequence[Row]
    lines: Sequence[Row]
    same_amount_deposits: Sequence[Row]


def parts(evidence: Evidence) -> list[Part]:
    """The parts of the batch's variance that evidence names, keying first."""
    if evidence.legs["remittance_count"]:
        found = [*_keyed(evidence.accounts), *_provider(evidence.provider), *_deposits(evidence)]
    else:
        found = _without_remittance(evidence)
    return [part for part in found if part.amount != ZERO] or _control_keyed(evidence.legs)


def _control_keyed(legs: Row) -> list[Part]:
    """A batch whose lines are right and whose control total alone was keyed wrong: a part of 0.00 that says so."""
    control, posted = legs["control_total"], legs["posted_total"]
    if control == posted or posted != legs["deposited_total"]:
        return []
    cause, how = cause_of(control, posted)
    return [Part(ZERO, cause, f"the control total was keyed {show(control)}, the lines are {show(posted)} ({how})")]


def _keyed(accounts: Iterable[Row]) -> list[Part]:
    """Lines that were keyed otherwise than their claims were paid."""
    return [_keyed_line(row) for row in accounts]


def _keyed_line(row: Row) -> Part:
    paid = _or_zero(row["paid_amount"])
    posted = _or_zero(row["posted_amount"])
    gap = paid - posted
    line = row["first_line"]
    at = f"line {line}" if line is not None else "a line"
    if row["line_count"] == 0:
        return Part(gap, "missing_line", f"a claim paid {show(paid)} has no line: {show(gap)}")
    if row["claim_count"] == 0 and row["is_posted_elsewhere"]:
        words = f"{at} posts {show(posted)} that another batch has posted too: {show(gap)}"
        return Part(gap, "duplicate_line", words, line)
    if row["claim_count"] == 0:
        return Part(gap, "keyed_amount", f"{at} posts {show(posted)} to an account no claim pays: {show(gap)}", line)
    if row["line_count"] == 2 * row["claim_count"] and row["amount_count"] == row["claim_count"] and posted == 2 * paid:
        words = f"line {row['last_line']} repeats {at}, {show(paid)}: {show(gap)}"
        return Part(gap, "duplicate_line", words, row["last_line"])
    cause, how = cause_of(posted, paid)
    return Part(gap, cause, f"{at} was keyed {show(posted)}, remitted {show(paid)} ({how}): {show(gap)}", line)


def _or_zero(amount: Decimal | None) -> Decimal:
    return ZERO if amount is None else amount


def _provider(rows: Iterable[Row]) -> list[Part]:
    """Provider adjustments that were remitted but not posted, or posted but not remitted."""
    remitted = {row["reason_code"]: row["amount"] for row in rows if row["reason_code"] != "posted"}
    posted = total(row["amount"] for row in rows if row["reason_code"] == "posted")
    gap = total(remitted.values()) - posted
    if gap == ZERO:
        return []
    if posted == ZERO:
        return [
            Part(amount, "provider_adjustment", f"provider adjustment {code} {show(amount)} was not posted")
            for code, amount in sorted(remitted.items())
        ]
    alone = [code for code, amount in remitted.items() if amount == gap]
    which = alone[0] if len(alone) == 1 else "/".join(sorted(remitted)) or "none"
    words = (
        f"provider adjustment {which}: remitted {show(total(remitted.values()))}, posted {show(posted)}: {show(gap)}"
    )
    return [Part(gap, "provider_adjustment", words)]


def _deposits(evidence: Evidence) -> list[Part]:
    """Remittances of the batch whose money is not there, or not all of it; deposits beyond them."""
    found: list[Part] = []
    for row in evidence.remittances:
        gap = row["deposited_amount"] - row["remitted_amount"]
        if row["is_without_deposit"] or gap == ZERO:
            continue
        trace = row["trace_number"]
        if row["deposited_amount"] == ZERO:
            words = f"remittance {trace} of {show(row['remitted_amount'])} has no deposit yet: {show(gap)}"
            found.append(Part(gap, "not_yet_deposited", words))
        else:
            words = f"remittance {trace} of {show(row['remitted_amount'])} came as {show(row['deposited_amount'])}"
            found.append(Part(gap, "fee" if gap < 0 else "split_deposit", f"{words}: {show(gap)}"))
    return found


def _without_remittance(evidence: Evidence) -> list[Part]:
    """A batch that names no remittance: only its own control total and deposits speak."""
    legs = evidence.legs
    found: list[Part] = []
    control_gap = legs["control_total"] - legs["posted_total"]
    if control_gap != ZERO:
        found += _against_control(control_gap, evidence.lines)
    rest = legs["deposited_total"] - legs["control_total"]
    if legs["deposited_total"] == ZERO and rest != ZERO:
        found.append(_not_deposited(rest, evidence))
    return found


def _against_control(gap: Decimal, lines: Sequence[Row]) -> list[Part]:
    """The one line that can have made the batch miss its own control total; nothing where none or several can."""
    repeated = [row for row in lines if -row["amount"] == gap and _is_repeated(row, lines)]
    if repeated:
        line = repeated[-1]["line_number"]
        return [Part(gap, "duplicate_line", f"line {line} is there twice: {show(gap)}", line)]
    turned = [row for row in lines if -2 * row["amount"] == gap]
    if len(turned) == 1:
        line = turned[0]["line_number"]
        return [Part(gap, "keyed_amount", f"line {line} looks keyed with its sign turned: {show(gap)}", line)]
    readings = [
        (row, cause)
        for row in lines
        for cause, _ in [cause_of(row["amount"], row["amount"] + gap)]
        if cause != "keyed_amount"
    ]
    if len(readings) == 1:
        row, cause = readings[0]
        how = {"transposition": "digits swapped", "slide": "decimal point moved"}[cause]
        words = f"line {row['line_number']} could be {show(row['amount'] + gap)} ({how}): {show(gap)}"
        return [Part(gap, cause, words, row["line_number"])]
    return []


def _is_repeated(row: Row, lines: Sequence[Row]) -> bool:
    alike = [one for one in lines if (one["account_number"], one["amount"]) == (row["account_number"], row["amount"])]
    return len(alike) > 1


def _not_deposited(rest: Decimal, evidence: Evidence) -> Part:
    candidates = evidence.same_amount_deposits
    if len(candidates) == 1:
        posted_date = candidates[0]["posted_date"]
        words = f"the only free deposit of {show(-rest)} is of {posted_date}: {show(rest)}"
        return Part(rest, "wrong_deposit_date", words)
    return Part(rest, "not_yet_deposited", f"no deposit of {show(-rest)} yet: {show(rest)}")
