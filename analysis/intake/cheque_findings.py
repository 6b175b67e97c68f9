"""What is wrong with the cheques of a table of receipts, as findings that name the line and no number in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from analysis.intake.cheques import Cheque, ChequeKey, cheque_key, faults
from analysis.problems import Finding


def cheque_findings(lines: Sequence[int], typed: Mapping[str, list[Any]]) -> Iterator[Finding]:
    """A warning for each fault of each row that is a cheque; the same cheque on an earlier row of the file is one."""
    seen: dict[ChequeKey, tuple[int, str]] = {}
    for row, line in enumerate(lines):
        cheque = _cheque(row, typed)
        if cheque is None:
            continue
        for fault in faults(cheque):
            yield Finding("warning", fault.code, f"line {line}", fault.words, cheque.amount)
        key = cheque_key(cheque.routing_number, cheque.check_account, cheque.check_number)
        if key is None:
            continue
        first, receipt = seen.setdefault(key, (line, typed["receipt_id"][row]))
        if receipt != typed["receipt_id"][row]:
            message = f"the same bank, account and cheque number is on line {first}"
            yield Finding("warning", "duplicate_cheque", f"line {line}", message, cheque.amount)


def _cheque(row: int, typed: Mapping[str, list[Any]]) -> Cheque | None:
    """The row as a cheque; None for cash and cards."""
    if typed["payment_method"][row] not in (None, "CHECK"):
        return None
    return Cheque(
        amount=typed["amount"][row],
        received_on=typed["received_date"][row],
        check_date=typed["check_date"][row],
        routing_number=typed["routing_number"][row],
        check_account=typed["check_account"][row],
        check_number=typed["check_number"][row],
        payer_name=typed["payer_name"][row],
    )
