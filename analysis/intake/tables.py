"""Tables that users upload to Arrow tables, with control totals and what does not add up.

A table loads whole or not at all; `place` is the line of the row. Source: DATA.md section 1.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from analysis.intake import table_kinds as kinds
from analysis.intake.advice_table import remittances
from analysis.intake.cells import damaged_identifiers, values
from analysis.intake.cheque_findings import cheque_findings
from analysis.intake.parsed import ParsedFile
from analysis.intake.tabular import Table
from analysis.intake.tabular import read as read_table
from analysis.intake.traces import trace_key
from analysis.money import MONEY, plain, total
from analysis.problems import FileRejected, Finding, capped

_ARROW = {"text": pa.string(), "choice": pa.string(), "money": MONEY, "day": pa.date32(), "integer": pa.int32()}
_LARGEST_TOTAL = Decimal(10) ** 16

Values = Mapping[str, list[Any]]


def read(data: bytes, aliases: Mapping[str, str] | None = None, today: date | None = None) -> ParsedFile:
    """The table, read whole; `aliases` maps a saved column mapping's headings to columns.

    `today` dates an extract of accounts that says no date of its own. Amounts are US dollars.
    `FileRejected` where the bytes are no table of a known kind, or a cell is not what its column holds.
    """
    return of_table(read_table(data, aliases), today)


def of_table(table: Table, today: date | None = None) -> ParsedFile:
    """The same of a table that is read already."""
    if table.claim.kind is kinds.BANK_CSV:
        reader = importlib.import_module("analysis.intake.bank_csv")
        parsed: ParsedFile = reader.read_rows(table.rows)
        found = parsed.findings
    else:
        parsed = _READERS[table.claim.kind.name](table, values(table), today or date.today())
        found = tuple(capped(parsed.findings))
    findings = (*table.findings, *capped(damaged_identifiers(table)), *found)
    for name, amount in parsed.totals.items():
        if abs(amount) >= _LARGEST_TOTAL:
            raise FileRejected("total_too_large", "file", "totals of at most 16 digits of dollars", f"a larger {name}")
    return replace(parsed, findings=findings, pieces=table.pieces)


def _arrow(table: Table, typed: Values, **more: pa.Array) -> pa.Table:
    """The kind's columns as Arrow, `place` first."""
    columns = {"place": pa.array(table.lines, pa.int32())}
    columns |= {column.name: pa.array(typed[column.name], _ARROW[column.type]) for column in table.claim.kind.columns}
    return pa.table(columns | more)


def _keys(texts: Iterable[str | None]) -> pa.Array:
    return pa.array([trace_key(text) for text in texts], pa.string())


def _posting_batches(table: Table, typed: Values, _: date) -> ParsedFile:
    batches: dict[str, list[int]] = {}
    for row, batch in enumerate(typed["batch_id"]):
        batches.setdefault(batch, []).append(row)
    findings: list[Finding] = []
    for batch, rows in batches.items():
        findings.extend(_batch_findings(batch, rows, table.lines, typed))
    totals = {
        "control_total": total(typed["control_total"][rows[0]] for rows in batches.values()),
        "posted_amount": total(typed["amount"]),
    }
    lines = _arrow(table, typed, reference_key=_keys(typed["reference_number"]))
    records = {"posting_batches": len(batches), "posting_lines": len(table.lines)}
    return ParsedFile(table.claim.kind.name, {"posting_line": lines}, records, totals, tuple(findings))


def _batch_findings(batch: str, rows: Sequence[int], lines: Sequence[int], typed: Values) -> Iterable[Finding]:
    """What does not agree within one batch: its header, its line numbers, its sum."""
    first = rows[0]
    control, posted = typed["control_total"][first], total(typed["amount"][row] for row in rows)
    for name in ("control_total", "deposit_date"):
        differing = next((row for row in rows if typed[name][row] != typed[name][first]), None)
        if differing is not None:
            message = f"{name} differs from the one on line {lines[first]}, the batch's first"
            yield Finding("error", "batch_header_differs", f"batch {batch}, line {lines[differing]}", message)
    if posted != control:
        message = f"the lines add up to {plain(posted)}, the control total is {plain(control)}"
        place = f"batch {batch}, line {lines[first]}"
        yield Finding("warning", "batch_total", place, message, control - posted)
    seen: dict[int, int] = {}
    for row in rows:
        number = typed["line_number"][row]
        if number is not None and number in seen:
            message = f"line_number {number} is also on line {seen[number]}"
            yield Finding("warning", "duplicate_line_number", f"batch {batch}, line {lines[row]}", message)
        elif number is not None:
            seen[number] = lines[row]


def _repeated(name: str, code: str, table: Table, typed: Values) -> Iterable[Finding]:
    """A warning for each row whose `name` stands on an earlier row; without the value, which may name a patient."""
    seen: dict[str, int] = {}
    for value, line in zip(typed[name], table.lines, strict=True):
        first = seen.setdefault(value, line)
        if value is not None and first != line:
            yield Finding("warning", code, f"line {line}", f"the same {name} is on line {first}")


def _accounts(table: Table, typed: Values, today: date) -> ParsedFile:
    findings = list(_repeated("account_number", "duplicate_account", table, typed))
    if None in typed["extract_date"]:
        named = ("credit_date", "last_payment_date", "service_to", "service_from")
        assumed = max((day for name in named for day in typed[name] if day is not None), default=today)
        typed = {**typed, "extract_date": [day or assumed for day in typed["extract_date"]]}
        severity, later = ("warning", ", which is after today") if assumed > today else ("info", "")
        message = f"no extract_date: taken as {assumed.isoformat()}, the latest date in the file{later}"
        findings.append(Finding(severity, "extract_date_assumed", "file", message))  # type: ignore[arg-type]
    totals = {
        "balance": total(typed["balance"]),
        "credit_balance": -total(balance for balance in typed["balance"] if balance < 0) or Decimal("0.00"),
    }
    records = {"accounts": len(table.lines)}
    return ParsedFile(table.claim.kind.name, {"account": _arrow(table, typed)}, records, totals, tuple(findings))


def _account_transactions(table: Table, typed: Values, _: date) -> ParsedFile:
    findings = tuple(_repeated("transaction_id", "duplicate_transaction", table, typed))
    rows = {"account_transaction": _arrow(table, typed)}
    totals = {"amount": total(typed["amount"])}
    return ParsedFile(table.claim.kind.name, rows, {"account_transactions": len(table.lines)}, totals, findings)


def _receipts(table: Table, typed: Values, _: date) -> ParsedFile:
    findings = (*_repeated("receipt_id", "duplicate_receipt", table, typed), *cheque_findings(table.lines, typed))
    rows = {"receipt": _arrow(table, typed, check_key=_keys(typed["check_number"]))}
    totals = {"amount": total(typed["amount"])}
    return ParsedFile(table.claim.kind.name, rows, {"receipts": len(table.lines)}, totals, findings)


def _remittances(table: Table, typed: Values, _: date) -> ParsedFile:
    return remittances(table.lines, typed)


_READERS: dict[str, Callable[[Table, Values, date], ParsedFile]] = {
    "posting_batches": _posting_batches,
    "accounts": _accounts,
    "account_transactions": _account_transactions,
    "remittances": _remittances,
    "receipts": _receipts,
}
