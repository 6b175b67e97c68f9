"""Lines that were keyed otherwise than their claims were paid or their receipts taken, and adjustments left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from analysis.money import ZERO, show, total
from analysis.tieout.digits import cause_of
from analysis.tieout.parts import Evidence, Part, Row, or_zero

_KINDS_OF_ADJUSTMENT = {"L6": "L6 (interest)"}
"""Own short words beside a code; others stand bare, as the licensed lists are not ours."""


def against_claims(evidence: Evidence) -> list[Part]:
    """What the remittances paid less what was posted, line by line, adjustments last. Together they are the whole
    difference of the two."""
    imbalance = total(row["imbalance_amount"] for row in evidence.remittances)
    rows, imbalance = _without_unapplied(evidence.accounts, imbalance)
    found = [_claim_part(row) for row in rows] + _adjustments(evidence.provider)
    if imbalance != ZERO:
        words = f"the remittance pays {show(imbalance)} more than its claims and adjustments add up to"
        first = next(row for row in evidence.remittances if row["imbalance_amount"] != ZERO)
        found.append(
            Part(imbalance, "out_of_balance", words, "remittance", "found", remittance_id=first["remittance_id"])
        )
    return found


def against_receipts(rows: Iterable[Row]) -> list[Part]:
    """What was taken by hand less what was posted of it, line by line."""
    return [_receipt_part(row) for row in rows]


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


def _claim_part(row: Row) -> Part:
    paid, posted = or_zero(row["paid_amount"]), or_zero(row["posted_amount"])
    gap, at = paid - posted, _at(row)
    if row["line_count"] == 0:
        words = f"a claim paid {show(paid)} has no line: {show(gap)}"
        return Part(gap, "missing_line", words, "claim", "found", claim_payment_id=row["claim_payment_id"])
    if row["claim_count"] == 0 and row["other_batch_id"] is not None:
        return _posted_again(row, gap)
    if row["claim_count"] == 0:
        words = f"{at} posts {show(posted)} to an account no claim pays: {show(gap)}"
        return _of_line(row, gap, "keyed_amount", words, "remittance")
    if _is_repeated(row, paid, posted):
        words = f"line {row['last_line']} repeats {at}, {show(paid)}: {show(gap)}"
        return _of_line(row, gap, "duplicate_line", words, "claim", is_last=True)
    cause, how = cause_of(posted, paid)
    words = f"{at} was keyed {show(posted)}, remitted {show(paid)} ({how}): {show(gap)}"
    return _of_line(row, gap, cause, words, "claim")


def _posted_again(row: Row, gap: Decimal) -> Part:
    posted = show(row["posted_amount"])
    if row["is_sent_twice"]:
        words = (
            f"{_at(row)} posts {posted} again: the remittance was sent twice and batch {row['other_batch_id']} has it"
        )
        return _of_line(row, gap, "duplicate_remittance", f"{words}: {show(gap)}", "claim")
    words = f"{_at(row)} posts {posted} that batch {row['other_batch_id']} has posted too: {show(gap)}"
    return _of_line(row, gap, "duplicate_line", words, "claim")


def _receipt_part(row: Row) -> Part:
    paid, posted = row["paid_amount"], or_zero(row["posted_amount"])
    gap, at, receipt = paid - posted, _at(row), f"receipt {row['receipt_id']}"
    if row["line_count"] == 0:
        words = f"{receipt} of {show(paid)} has no line: {show(gap)}"
        return Part(gap, "missing_line", words, receipt, "found", receipt_id=row["receipt_id"], **_place(row))
    if _is_repeated(row, paid, posted):
        words = f"line {row['last_line']} repeats {at}, {show(paid)}: {show(gap)}"
        return _of_line(row, gap, "duplicate_line", words, receipt, is_last=True)
    cause, how = cause_of(posted, paid)
    words = f"{at} was keyed {show(posted)}, {receipt} is {show(paid)} ({how}): {show(gap)}"
    return _of_line(row, gap, cause, words, receipt)


def _of_line(row: Row, gap: Decimal, cause: str, words: str, evidence: str, *, is_last: bool = False) -> Part:
    end = "last" if is_last else "first"
    return Part(
        gap,
        cause,
        words,
        evidence,
        "found",
        line_number=row[f"{end}_line"],
        posting_line_id=row[f"{end}_line_id"],
        claim_payment_id=row.get("claim_payment_id"),
        receipt_id=row.get("receipt_id"),
        other_batch_id=row.get("other_batch_id"),
        **_place(row),
    )


def _place(row: Row) -> dict[str, Any]:
    """Where the receipt stands; a claim is known by its id."""
    return {"file_id": row.get("file_id"), "place": row.get("place")}


def _at(row: Row) -> str:
    return f"line {row['first_line']}" if row["first_line"] is not None else "a line"


def _is_repeated(row: Row, paid: Decimal, posted: Decimal) -> bool:
    return bool(
        row["line_count"] == 2 * row["claim_count"] and row["amount_count"] == row["claim_count"] and posted == 2 * paid
    )


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
