"""A batch's money: what has not come, came in part or less a fee, and the day and bank account keyed for it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from analysis.days import business_days_between, is_business_day
from analysis.money import ZERO, show, total
from analysis.tieout.parts import Certainty, Evidence, Part, Row

FEE_RULES = frozenset({"net_of_fee", "batch_net_of_fee"})
_MOST_LAG = 3
"""Business days from the day keyed to the bank's, without a remittance: night drops, card settlements. As long, after
its first credit, the rest of a payment that comes in several is in transit."""


def against_remittances(evidence: Evidence) -> list[Part]:
    """Deposited less remitted, remittance by remittance; where a deposit is matched to the batch itself, as a whole."""
    due = [row for row in evidence.remittances if not row["is_without_deposit"]]
    direct = evidence.legs["direct_total"]
    if direct == ZERO:
        return [part for row in due for part in _of_share(row, evidence)]
    waiting = [row for row in due if row["deposited_amount"] == ZERO]
    gap = direct - total(row["remitted_amount"] for row in waiting)
    rest = [part for row in due if row not in waiting for part in _of_share(row, evidence)]
    return _difference(gap, "the batch's deposit", _direct_match(evidence), evidence) + rest


def against_total(expected: Decimal, evidence: Evidence) -> list[Part]:
    """Deposited less what the batch should bring, for one that names no remittance and whose money has come."""
    return _difference(
        evidence.legs["deposited_total"] - expected, "the batch's deposit", _direct_match(evidence), evidence
    )


def not_there(expected: Decimal, evidence: Evidence) -> list[Part]:
    """The money of a batch that names no remittance has not come under its day, bank account and total.

    The only free deposit of that amount names what was keyed wrong; of several each is possible, and so is whatever an
    open proposal would tie the batch to.
    """
    rest = -expected
    fits = [row for row in evidence.candidates if row["amount"] == expected]
    known = {("bank", str(row["bank_transaction_id"])) for row in fits}
    offered = [
        _offered(rest, row, evidence)
        for row in evidence.offers
        if (row["other_side"], row["other_fact_id"]) not in known
    ]
    if expected < ZERO and not offered:
        words = f"the batch takes {show(rest)} off again and no return of the bank fits it: {show(rest)}"
        return [Part(rest, "not_yet_deposited", words, "batch", "found")]
    if not fits and not offered:
        return [_in_transit(rest, f"no deposit of {show(expected)} yet", evidence)]
    alone = len(fits) == 1 and fits[0]["wanted_by"] == 1 and not offered
    return [*(_elsewhere(rest, row, evidence, alone) for row in fits), *offered]


def headers(evidence: Evidence) -> list[Part]:
    """The deposit day or bank account of a batch whose money is found, keyed otherwise than the bank has it: 0.00."""
    legs, deposits = evidence.legs, evidence.deposits
    if not deposits:
        return []
    found = []
    if _is_wrong_day(evidence):
        keyed, day = legs["deposit_date"], deposits[0]["posted_date"]
        words = f"the batch is keyed for {keyed}, the money came on {day}{_swapped(keyed, day)}: 0.00"
        found.append(Part(ZERO, "wrong_deposit_date", words, "bank line", "found", deposit_id=_id(deposits[0])))
    account = legs["bank_account"]
    if account is not None and not any(_is_same(account, row["bank_account"]) for row in deposits):
        words = f"the batch is keyed for account {account}, the money is in {deposits[0]['bank_account']}: 0.00"
        found.append(Part(ZERO, "wrong_bank_account", words, "bank line", "found", deposit_id=_id(deposits[0])))
    return found


def _of_share(row: Row, evidence: Evidence) -> list[Part]:
    gap = row["deposited_amount"] - row["remitted_amount"]
    if gap == ZERO:
        return []
    said = f"remittance {row['trace_number']} of {show(row['remitted_amount'])}"
    if row["deposited_amount"] == ZERO:
        return [_in_transit(gap, f"{said} has no deposit yet", evidence, row)]
    return _difference(gap, said, row, evidence, row["remittance_id"])


def _difference(
    gap: Decimal, said: str, match: Row | None, evidence: Evidence, remittance_id: int | None = None
) -> list[Part]:
    """Money that came and is another amount: a fee, settled by a person, or a part of it."""
    if gap == ZERO:
        return []
    rule = match["rule"] if match else None
    reason = match["remainder_reason"] if match else None
    waits = "; the match waits for a person" if match and match["is_proposed"] else ""
    deposit = _id(evidence.deposits[0]) if evidence.deposits else None

    def part(amount: Decimal, cause: str, words: str, certainty: Certainty) -> Part:
        return Part(amount, cause, words, "bank line", certainty, remittance_id=remittance_id, deposit_id=deposit)

    if rule in FEE_RULES:
        return [part(gap, "fee", f"{said} came less a fee{waits}: {show(gap)}", "found")]
    if reason:
        words = f"{said}: a person settled the difference, {reason}: {show(gap)}"
        return [part(gap, "settled_by_hand", words, "found")]
    if gap > ZERO:
        return [part(gap, "split_deposit", f"{said} came with more money than that{waits}: {show(gap)}", "found")]
    so_far = "" if match is None or "deposited_amount" not in match else f", {show(match['deposited_amount'])} so far"
    came = part(ZERO, "split_deposit", f"{said} came in part{so_far}{waits}: 0.00", "found")
    due = _after(min(row["posted_date"] for row in evidence.deposits), _MOST_LAG)
    if evidence.as_of <= due:
        words = f"the rest is in transit, due {due}; after that it was paid short: {show(gap)}"
        return [came, part(gap, "not_yet_deposited", words, "found")]
    words = f"the rest was due {due}: it is late, or was paid short: {show(gap)}"
    return [came, part(gap, "not_yet_deposited", words, "possible")]


def _direct_match(evidence: Evidence) -> Row | None:
    return evidence.deposits[0] if evidence.deposits else None


def _in_transit(rest: Decimal, words: str, evidence: Evidence, advice: Row | None = None) -> Part:
    keyed: date = evidence.legs["deposit_date"]
    start = advice["payment_date"] if advice and advice["payment_date"] else keyed
    due = start if advice else _after(keyed, evidence.usual_days or 0)
    while not is_business_day(due):
        due += timedelta(days=1)
    return Part(
        rest,
        "not_yet_deposited",
        f"{words} ({_timing(start, due, evidence)}): {show(rest)}",
        "remittance" if advice else "batch",
        "found",
        remittance_id=advice["remittance_id"] if advice else None,
    )


def _timing(start: date, due: date, evidence: Evidence) -> str:
    """Whether the money is late: due by the remittance's payment date, or as long as such deposits usually take."""
    late = business_days_between(due, evidence.as_of)
    if late > 0:
        return f"due {due}, {late} business {'day' if late == 1 else 'days'} late"
    closed = [start + timedelta(days=n) for n in range((due - start).days)]
    why = []
    if any(day.weekday() >= 5 for day in closed):
        why.append("a weekend lies between")
    if any(day.weekday() < 5 and not is_business_day(day) for day in closed):
        why.append("a bank holiday lies between")
    usual = evidence.usual_days
    if usual and start == evidence.legs["deposit_date"]:
        why.insert(0, f"such deposits take {usual} business {'day' if usual == 1 else 'days'}")
    return "; ".join([f"in transit, due {due}", *why])


def _after(day: date, business_days: int) -> date:
    while business_days > 0:
        day += timedelta(days=1)
        business_days -= is_business_day(day)
    return day


def _elsewhere(rest: Decimal, deposit: Row, evidence: Evidence, alone: bool) -> Part:
    keyed, account = evidence.legs["deposit_date"], evidence.legs["bank_account"]
    day, there = deposit["posted_date"], deposit["bank_account"]
    which = "the only free deposit" if alone else "a free deposit"
    if account is not None and not _is_same(account, there):
        cause, words = "wrong_bank_account", f"{which} of {show(-rest)} is in account {there}, keyed {account}"
    elif 0 <= business_days_between(keyed, day) <= _MOST_LAG:
        cause, words = "not_yet_deposited", f"{which} of {show(-rest)} is of {day} and not matched yet"
    else:
        cause, words = (
            "wrong_deposit_date",
            f"{which} of {show(-rest)} is of {day}{_swapped(keyed, day)}, keyed {keyed}",
        )
    return Part(
        rest,
        cause,
        f"{words}: {show(rest)}",
        "bank line",
        "found" if alone else "possible",
        deposit_id=_id(deposit),
    )


def _offered(rest: Decimal, offer: Row, evidence: Evidence) -> Part:
    """The money may be there under a remittance or deposit that a proposal would tie the batch to."""
    is_advice = offer["other_side"] == "remittance"
    what = f"{'remittance' if is_advice else 'deposit'} {offer['reference'] or 'without a number'}"
    named = {row["reference_number"] for row in evidence.lines if row["reference_number"]}
    keyed = f" (its lines name {named.pop()})" if is_advice and len(named) == 1 else ""
    words = (
        f"no deposit of {show(-rest)} is tied to it; "
        f"a proposal would tie it to {what}{keyed}: decide it in Unmatched: {show(rest)}"
    )
    remittance = int(offer["other_fact_id"]) if is_advice else None
    return Part(rest, "not_yet_deposited", words, "proposal", "possible", remittance_id=remittance)


def _is_wrong_day(evidence: Evidence) -> bool:
    keyed: date = evidence.legs["deposit_date"]
    days = [row["posted_date"] for row in evidence.deposits]
    lags = [business_days_between(keyed, day) for day in days]
    if keyed in days or any(row["payment_date"] == keyed for row in evidence.remittances):
        return False
    most = 1 if evidence.remittances else max(_MOST_LAG, evidence.usual_days or 0)
    return not any(day > keyed and 0 <= lag <= most for day, lag in zip(days, lags, strict=True))


def _swapped(keyed: date, day: date) -> str:
    return " (month and day swapped)" if (keyed.month, keyed.day) == (day.day, day.month) and keyed != day else ""


def _is_same(one: str, other: str) -> bool:
    """Whether two account numbers are one, also where one of them shows its last digits alone."""
    return one == other or (min(len(one), len(other)) >= 4 and (one.endswith(other) or other.endswith(one)))


def _id(deposit: Row) -> int:
    found: int = deposit["bank_transaction_id"]
    return found
