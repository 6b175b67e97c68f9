"""Lines that were keyed otherwise than their claims were paid or their receipts taken, and adjustments left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from analysis.money import ZERO, show, total
from analysis.tieout.digits import cause_of
from analysis.tieout.keyed_lines import Line, Paid, Slip, lines_of, slips
from analysis.tieout.parts import Evidence, Part, Row

_KINDS_OF_ADJUSTMENT = {"L6": "L6 (interest)"}
"""Own short words beside a code; others stand bare, as the licensed lists are not ours."""
AS_A_WHOLE = ("keyed_amount", "amount keyed")
"""The cause where several lines stand for what was paid: their sum has no digits that anybody keyed."""
Placed = tuple[Row, Slip]
"""A slip and the account that it is on."""


def against_claims(evidence: Evidence) -> list[Part]:
    """What the remittances paid less what was posted, line by line, adjustments last. Together they are the whole
    difference of the two."""
    imbalance = total(row["imbalance_amount"] for row in evidence.remittances)
    rows, imbalance = _without_unapplied(evidence.accounts, imbalance)
    found = _claim_parts(rows) + _adjustments(evidence.provider)
    if imbalance != ZERO:
        words = f"the remittance pays {show(imbalance)} more than its claims and adjustments add up to"
        first = next(row for row in evidence.remittances if row["imbalance_amount"] != ZERO)
        found.append(
            Part(imbalance, "out_of_balance", words, "remittance", "found", remittance_id=first["remittance_id"])
        )
    return found


def against_receipts(rows: Iterable[Row]) -> list[Part]:
    """What was taken by hand less what was posted of it, line by line."""
    return [_receipt_part(row, slip) for row in rows for slip in slips([Paid(row["paid_amount"])], lines_of(row))]


def _without_unapplied(accounts: Sequence[Row], imbalance: Decimal) -> tuple[list[Row], Decimal]:
    """The rows but for money put on no account that is just a claim without an account or the remittance's own
    imbalance: posted rightly. And what is left of the imbalance."""
    rows = list(accounts)
    for row in [one for one in rows if one["is_unapplied"] and not one["claim_count"]]:
        posted = row["posted_amount"]
        waiting = [one for one in rows if not one["line_count"] and one["paid_amount"] == posted]
        if waiting:
            rows.remove(waiting[0])
        elif posted == imbalance:
            imbalance = ZERO
        else:
            continue
        rows.remove(row)
    return rows, imbalance


def _claim_parts(rows: Sequence[Row]) -> list[Part]:
    """A part for each slip; a line and a claim of one amount on two accounts are one part of 0.00."""
    again = [row for row in rows if not row["claim_count"] and row["other_batch_id"] is not None]
    slipped = [(row, slip) for row in rows if row not in again for slip in slips(_claims_of(row), lines_of(row))]
    missing = [one for one in slipped if one[1].kind == "missing"]
    extra = [one for one in slipped if one[1].kind == "extra"]
    parts: list[Part] = []
    placed: list[Placed] = []
    for row, slip in slipped:
        there = [one for one in missing if one[1].gap == -slip.gap] if slip.kind == "extra" else []
        free = [one for one in there if one not in placed]
        rivals = sum(other.gap == slip.gap for _, other in extra)
        if free:
            placed.append(free[0])
            parts.append(_on_other_account(row, slip, there, free[0], len(there) == rivals == 1))
        elif slip.kind != "missing":
            parts.append(_claim_part(row, slip))
    parts += [_claim_part(*one) for one in missing if one not in placed]
    return parts + [_posted_again(row) for row in again]


def _claims_of(row: Row) -> list[Paid]:
    if not row["claim_count"]:
        return []
    return [Paid(*values) for values in zip(row["paid_amounts"], row["claim_payment_ids"], strict=True)]


def _on_other_account(row: Row, slip: Slip, there: Sequence[Placed], claim: Placed, alone: bool) -> Part:
    """A line on another account than its claim; where several of the amount are, each is possible."""
    accounts = " or ".join(dict.fromkeys(str(one["account_number"]) for one, _ in there))
    words = (
        f"{_named(slip.lines)} is on account {row['account_number']}, "
        f"where the remittance has account {accounts} for {show(-slip.gap)}: 0.00"
    )
    return Part(
        ZERO,
        "wrong_account",
        words,
        "claim",
        "found" if alone else "possible",
        line_number=slip.lines[0].number,
        posting_line_id=slip.lines[0].line_id,
        claim_payment_id=claim[1].paid[0].claim_payment_id,
    )


def _claim_part(row: Row, slip: Slip) -> Part:
    if slip.kind == "missing":
        words = f"a claim paid {show(slip.gap)} has no line: {show(slip.gap)}"
        claim = slip.paid[0].claim_payment_id
        return Part(slip.gap, "missing_line", words, "claim", "found", claim_payment_id=claim)
    if slip.kind == "extra":
        where = "to an account no claim pays" if not row["claim_count"] else "that no claim of its account pays"
        words = f"{_named(slip.lines)} posts {show(-slip.gap)} {where}: {show(slip.gap)}"
        return _of_slip(row, slip, "keyed_amount", words, "remittance")
    many = f" in {len(slip.paid)} claims" if len(slip.paid) > 1 else ""
    return _line_part(row, slip, "claim", f"remitted {{}}{many}")


def _posted_again(row: Row) -> Part:
    lines = lines_of(row)
    slip = Slip("extra", lines=tuple(lines))
    at, posted, other = _named(lines), show(-slip.gap), row["other_batch_id"]
    if row["is_sent_twice"]:
        words = f"{at} posts {posted} again: the remittance was sent twice and batch {other} has it"
        return _of_slip(row, slip, "duplicate_remittance", f"{words}: {show(slip.gap)}", "claim")
    words = f"{at} posts {posted} that batch {other} has posted too: {show(slip.gap)}"
    return _of_slip(row, slip, "duplicate_line", words, "claim")


def _receipt_part(row: Row, slip: Slip) -> Part:
    receipt = f"receipt {row['receipt_id']}"
    if slip.kind == "missing":
        words = f"{receipt} of {show(slip.gap)} has no line: {show(slip.gap)}"
        return Part(slip.gap, "missing_line", words, receipt, "found", receipt_id=row["receipt_id"], **_place(row))
    if slip.kind == "extra":
        words = f"{_named(slip.lines)} posts {show(-slip.gap)} more than {receipt}: {show(slip.gap)}"
        return _of_slip(row, slip, "keyed_amount", words, receipt)
    return _line_part(row, slip, receipt, f"{receipt} is {{}}")


def _line_part(row: Row, slip: Slip, evidence: str, said: str) -> Part:
    """Lines that repeat another, or were keyed otherwise than what was paid for them."""
    if slip.of is not None:
        one = len(slip.lines) == 1
        words = (
            f"{_named(slip.lines)} {'repeats' if one else 'repeat'} {_named([slip.of])}, {show(slip.of.amount)}"
            f"{'' if one else ' each'}: {show(slip.gap)}"
        )
        return _of_slip(row, slip, "duplicate_line", words, evidence)
    posted, paid = total(line.amount for line in slip.lines), total(one.amount for one in slip.paid)
    cause, how = cause_of(posted, paid) if len(slip.lines) == 1 else AS_A_WHOLE
    were = "was" if len(slip.lines) == 1 else "were"
    words = f"{_named(slip.lines)} {were} keyed {show(posted)}, {said.format(show(paid))} ({how}): {show(slip.gap)}"
    return _of_slip(row, slip, cause, words, evidence)


def _of_slip(row: Row, slip: Slip, cause: str, words: str, evidence: str) -> Part:
    claim = slip.paid[0].claim_payment_id if slip.paid else row.get("claim_payment_id")
    return Part(
        slip.gap,
        cause,
        words,
        evidence,
        "found",
        line_number=slip.lines[0].number,
        posting_line_id=slip.lines[0].line_id,
        claim_payment_id=claim,
        receipt_id=row.get("receipt_id"),
        other_batch_id=row.get("other_batch_id"),
        **_place(row),
    )


def _place(row: Row) -> dict[str, Any]:
    """Where the receipt stands; a claim is known by its id."""
    return {"file_id": row.get("file_id"), "place": row.get("place")}


def _named(lines: Sequence[Line]) -> str:
    """The lines by their numbers, as far as they have any."""
    numbers = [str(line.number) for line in lines if line.number is not None]
    if not numbers:
        return "a line"
    *others, last = numbers
    return f"lines {', '.join(others)} and {last}" if others else f"line {last}"


def _adjustments(rows: Iterable[Row]) -> list[Part]:
    """Provider adjustments remitted and not posted, posted and not remitted, or posted by another amount."""
    remitted = [row for row in rows if not row["is_posted"]]
    posted = [row for row in rows if row["is_posted"]]
    if total(row["amount"] for row in remitted) == total(row["amount"] for row in posted):
        return []
    for line in list(posted):
        same = next((row for row in remitted if row["amount"] == line["amount"]), None)
        if same is not None:
            remitted.remove(same)
            posted.remove(line)
    if len(remitted) == 1 and len(posted) == 1:
        return [_adjustment_keyed(remitted[0], posted[0])]
    return [_adjustment_left_out(row) for row in remitted] + [_adjustment_of_none(row) for row in posted]


def _adjustment_keyed(remitted: Row, posted: Row) -> Part:
    gap, (_, how) = remitted["amount"] - posted["amount"], cause_of(posted["amount"], remitted["amount"])
    words = (
        f"line {posted['line_number']} posts provider adjustment {_code(remitted)} as {show(posted['amount'])}, "
        f"remitted {show(remitted['amount'])} ({how}): {show(gap)}"
    )
    return Part(
        gap,
        "provider_adjustment",
        words,
        "remittance",
        "found",
        code=remitted["reason_code"],
        line_number=posted["line_number"],
        posting_line_id=posted["posting_line_id"],
        remittance_id=remitted["remittance_id"],
        file_id=remitted["file_id"],
        place=remitted["place"],
    )


def _adjustment_left_out(row: Row) -> Part:
    words = f"provider adjustment {_code(row)} {show(row['amount'])} was not posted"
    return Part(
        row["amount"],
        "provider_adjustment",
        words,
        "remittance",
        "found",
        code=row["reason_code"],
        remittance_id=row["remittance_id"],
        file_id=row["file_id"],
        place=row["place"],
    )


def _adjustment_of_none(row: Row) -> Part:
    gap = -row["amount"]
    words = f"line {row['line_number']} posts a provider adjustment of {show(row['amount'])} that no remittance holds"
    return Part(
        gap,
        "provider_adjustment",
        f"{words}: {show(gap)}",
        "remittance",
        "found",
        line_number=row["line_number"],
        posting_line_id=row["posting_line_id"],
    )


def _code(row: Row) -> str:
    code: str = row["reason_code"]
    return _KINDS_OF_ADJUSTMENT.get(code, code)
