"""A keyed batch that balances becomes facts: its receipts, its posted lines and its paper remittances, each a file.

The files are written and read as if they had been uploaded, in one transaction with the decision: every view, rule and
trace sees them, and `source_files` names who closed which keyed batch, and when.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from analysis.casework.cash_settings import payees
from analysis.casework.keying import Row, end, line_faults, open_batch
from analysis.casework.paper_remittance import CLAIM_FIELDS
from analysis.intake.readers import read
from analysis.intake.recognise import recognise
from analysis.match.decisions import Who, decision_day
from analysis.money import ZERO, plain, show, total
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write
from analysis.store.saving import NewFile, Saver

UNAPPLIED = "UNAPPLIED"
"""The account of what no account is known of yet; its lines are posted as unapplied."""

_RECEIPT: tuple[str, ...] = (
    "receipt_id",
    "received_date",
    "payment_method",
    "payer_name",
    "routing_number",
    "check_account",
)
_RECEIPT += ("check_number", "check_date", "amount", "account_number")
_POSTED: tuple[str, ...] = (
    "batch_id",
    "batch_type",
    "deposit_date",
    "posting_date",
    "payer_name",
    "control_total",
    "line_number",
)
_POSTED += ("account_number", "reference_number", "transaction_type", "amount", "posted_by", "bank_account")
_ADVICE = ("trace_number", "payer_name", "payment_method", "payment_date", "payment_amount", *CLAIM_FIELDS)

Rows = list[dict[str, Any]]


def close_batch(store: Store, batch: int, who: Who) -> str:
    """The batch is closed and its facts are loaded; returns the id of its posting batch.

    Raises `DecisionRefused`, and nothing is loaded, where it does not balance, a cheque is barred from the deposit, or
    a remittance does not add up to its cheque.
    """
    ours = payees(store, who.as_of)

    def work(writer: MatchWriter) -> str:
        day = decision_day(writer, who)
        told = open_batch(writer, batch)
        writer.refuse_closed(told["deposit_date"])
        asked = {"keyed_batch_id": batch}
        lines = writer.ask("keying/lines", asked)
        duplicates = writer.ask("keying/duplicates", asked)
        claims = [one for one in writer.ask("keying/claims", asked) if not one["is_void"]]
        standing = standing_lines(lines, told)
        claims = [one for one in claims if one["line_number"] in {line["line_number"] for line in standing}]
        problems = [*unbalanced(told, standing), *unadvised(standing, claims)]
        for number, found in line_faults(lines, duplicates, told["received_date"], ours).items():
            problems += [f"line {number}: {fault.words}" for fault in found if fault.bars]
        if problems:
            raise DecisionRefused("; ".join(problems))
        said = f"{len(standing)} lines, {show(told['control_total'])}"
        end(writer, batch, "closed", who, f"balances to its control total: {said}", day)
        for kind, rows in _files(told, standing, claims, who, day).items():
            _save(writer, str(told["batch_id"]), kind, rows, who)
        return str(told["batch_id"])

    return write(store, work)


def standing_lines(lines: Sequence[Row], told: Row) -> Rows:
    """The lines that count, each with its payer: its own, else the batch's."""
    return [{**one, "payer_name": one["payer_name"] or told["payer_name"]} for one in lines if not one["is_void"]]


def unbalanced(told: Row, standing: Sequence[Row]) -> Iterator[str]:
    """What of the batch does not agree with its control total and count, in words."""
    summed = total(line["amount"] for line in standing)
    if summed != told["control_total"]:
        difference = told["control_total"] - summed
        yield f"the lines add up to {show(summed)}, the control total is {show(told['control_total'])}: off by " + show(
            difference
        )
    if len(standing) != told["control_count"]:
        yield f"{len(standing)} lines are keyed, the count is {told['control_count']}"


def unadvised(standing: Sequence[Row], claims: Sequence[Row]) -> Iterator[str]:
    """Which cheques their keyed remittances do not add up to, in words."""
    for line in standing:
        own = [claim for claim in claims if claim["line_number"] == line["line_number"]]
        if not own:
            continue
        paid = total(claim["paid_amount"] for claim in own)
        if paid != line["amount"]:
            yield f"line {line['line_number']}: the remittance pays {show(paid)}, the cheque {show(line['amount'])}"
        if line["payment_method"] != "CHECK" or not line["check_number"] or not line["payer_name"]:
            yield f"line {line['line_number']}: a remittance needs its cheque's number and payer"


def _files(told: Row, standing: Rows, claims: Rows, who: Who, day: date) -> dict[str, Rows]:
    """The rows of each file, by its kind; without a remittance there is none of that kind."""
    by_line = {line["line_number"]: line for line in standing}
    receipts = [{**line, "received_date": told["received_date"]} for line in standing]
    posted = list(_posted(standing, claims))
    shared = {
        "batch_id": told["batch_id"],
        "batch_type": told["batch_type"],
        "deposit_date": told["deposit_date"],
        "posting_date": max(day, told["deposit_date"]),
        "control_total": told["control_total"],
        "posted_by": who.name,
        "bank_account": told["bank_account"],
    }
    lines = [{**shared, **row, "line_number": number} for number, row in enumerate(posted, start=1)]
    advice = [{**claim, **_payment(by_line[claim["line_number"]], told)} for claim in claims]
    files = {"receipts": receipts, "posting_batches": lines, "remittances": advice}
    return {kind: rows for kind, rows in files.items() if rows}


def _payment(line: Row, told: Row) -> dict[str, Any]:
    return {
        "trace_number": line["check_number"],
        "payer_name": line["payer_name"],
        "payment_method": "CHECK",
        "payment_date": line["check_date"] or told["received_date"],
        "payment_amount": line["amount"],
    }


def _posted(lines: Rows, claims: Rows) -> Iterator[dict[str, Any]]:
    """What is posted: what a remittance pays on each claim, else the whole line on its account."""
    for line in lines:
        reference = line["check_number"] or line["receipt_id"]
        shared = {"payer_name": line["payer_name"], "reference_number": reference}
        own = [one for one in claims if one["line_number"] == line["line_number"] and one["paid_amount"] != ZERO]
        for claim in own:
            kind = "PAYMENT" if claim["paid_amount"] > ZERO else "REVERSAL"
            told = {"account_number": claim["claim_id"], "transaction_type": kind, "amount": claim["paid_amount"]}
            yield {**shared, **told}
        if not own:
            account = line["account_number"]
            kind = "PAYMENT" if account else "UNAPPLIED"
            yield {
                **shared,
                "account_number": account or UNAPPLIED,
                "transaction_type": kind,
                "amount": line["amount"],
            }


_COLUMNS = {"receipts": _RECEIPT, "posting_batches": _POSTED, "remittances": _ADVICE}


def _save(writer: MatchWriter, batch_id: str, kind: str, rows: Rows, who: Who) -> None:
    """The rows are loaded as a file of that kind."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    columns = _COLUMNS[kind]
    table.writerow(columns)
    table.writerows([_cell(name, row.get(name)) for name in columns] for row in rows)
    data = out.getvalue().encode("utf-8")
    if recognise(data).kind != kind:
        raise AssertionError(f"what was keyed is not read as {kind}")
    new = NewFile(f"keyed {batch_id} {kind}.csv", kind, hashlib.sha256(data).hexdigest(), len(data), who.name)
    Saver(writer.cursor).save(new, read(kind, data, who.as_of))


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    return plain(value) if name.endswith(("amount", "total", "responsibility")) else str(value)
