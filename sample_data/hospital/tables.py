"""The fortnight's tables: posting batches, accounts, ledger, keyed remittances, receipts, a bank's CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import xlsxwriter

from .cents import dollars
from .ledger import standing
from .records import Account, BankItem, Batch, Entry, Receipt, Remittance

Row = Sequence[object]

POSTING = (
    "batch_id",
    "batch_type",
    "deposit_date",
    "posting_date",
    "payer_name",
    "control_total",
    "line_number",
    "account_number",
    "reference_number",
    "transaction_type",
    "amount",
    "posted_by",
    "bank_account",
)
ACCOUNTS = (
    "account_number",
    "patient_name",
    "date_of_birth",
    "facility",
    "financial_class",
    "primary_payer_name",
    "secondary_payer_name",
    "service_from",
    "service_to",
    "total_charges",
    "balance",
    "credit_date",
    "last_payment_date",
    "state",
    "extract_date",
)
LEDGER = (
    "account_number",
    "transaction_id",
    "transaction_date",
    "type",
    "source",
    "payer_name",
    "amount",
    "reference",
    "procedure_code",
)
REMITTANCES = (
    "trace_number",
    "payer_name",
    "payer_id",
    "payment_method",
    "payment_date",
    "payment_amount",
    "claim_id",
    "claim_status",
    "charge_amount",
    "paid_amount",
    "patient_responsibility",
    "payer_claim_control_number",
    "patient_name",
    "service_date",
)
RECEIPTS = (
    "receipt_id",
    "received_date",
    "payment_method",
    "payer_name",
    "routing_number",
    "check_account",
    "check_number",
    "check_date",
    "amount",
    "account_number",
    "deposit_slip",
)
BANK = ("bank_account", "posted_date", "amount", "type_code", "bank_reference", "customer_reference", "description")
BANK_TWO_SIDED = (
    "bank_account",
    "posted_date",
    "credit",
    "debit",
    "type_code",
    "bank_reference",
    "customer_reference",
    "description",
)


class Money(int):
    """Cents in a table cell."""


def csv_bytes(header: Sequence[str], rows: Iterable[Row], delimiter: str = ",", brackets: bool = False) -> bytes:
    """A CSV file; ``brackets`` writes negative money as (1,234.50)."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n" if brackets else "\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value, brackets) for value in row])
    return text.getvalue().encode()


def _cell(value: object, brackets: bool) -> str:
    if isinstance(value, Money):
        if brackets and value < 0:
            return f"({-value // 100:,}.{-value % 100:02d})"
        return dollars(value)
    return "" if value is None else str(value)


def xlsx_bytes(header: Sequence[str], rows: Iterable[Row], sheet: str) -> bytes:
    """An XLSX file with date and number cells; its dates of creation are fixed, so its bytes are."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"constant_memory": True})
    book.set_properties({"created": datetime(2026, 11, 13, 18, 0), "author": "Cedar Hollow (invented)"})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    money = book.add_format({"num_format": "0.00"})
    page.write_row(0, 0, header)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, Money):
                # A spreadsheet has no exact decimals: the nearest double is what a billing system writes too.
                page.write_number(number, column, value / 100, money)
            elif isinstance(value, date):
                page.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
            elif value not in (None, ""):
                page.write_string(number, column, str(value))
    book.close()
    return made.getvalue()


def posting_rows(batches: list[Batch]) -> list[Row]:
    """One row per posted line."""
    return [
        (
            made.batch_id,
            made.type,
            made.deposit_date,
            made.posting_date,
            made.payer_name,
            Money(made.control),
            number,
            line.account_number,
            line.reference,
            line.type,
            Money(line.cents),
            made.posted_by,
            made.bank_account,
        )
        for made in batches
        for number, line in enumerate(made.lines, 1)
    ]


def account_rows(accounts: list[Account], as_of: date) -> list[Row]:
    """One row per account that has any ledger row by then; some extracts do not carry the credit's date."""
    found: list[Row] = []
    for account in accounts:
        now = standing(account, as_of)
        since = None if account.hides_credit_date else now.credit_since
        found.append(
            (
                account.number,
                account.patient.name,
                account.patient.born,
                account.facility,
                account.financial_class,
                account.primary,
                account.secondary,
                account.service_from,
                account.service_to,
                Money(now.charges),
                Money(now.balance),
                since,
                now.last_payment,
                account.state,
                as_of,
            )
        )
    return found


def ledger_rows(rows: list[tuple[Account, Entry]]) -> list[Row]:
    """One row per ledger entry."""
    return [
        (
            account.number,
            f"T{entry.number:08d}",
            entry.day,
            entry.type,
            entry.source,
            entry.payer_name,
            Money(entry.cents),
            entry.reference,
            entry.procedure,
        )
        for account, entry in rows
    ]


def keyed_rows(rows: list[Remittance]) -> list[Row]:
    """One row per claim of a cheque's paper advice."""
    found: list[Row] = []
    for row in rows:
        for claim in row.claims:
            assert claim.account is not None
            found.append(
                (
                    row.trace,
                    row.payer.name,
                    row.payer.payer_id,
                    "CHK",
                    row.money_day,
                    Money(row.amount),
                    claim.shown_account,
                    claim.status,
                    Money(claim.charge),
                    Money(claim.paid),
                    Money(claim.group_total("PR")),
                    claim.icn,
                    claim.account.patient.name,
                    claim.account.service_from,
                )
            )
    return found


def receipt_rows(rows: list[Receipt]) -> list[Row]:
    """One row per receipt."""
    return [
        (
            row.receipt_id,
            row.received,
            row.method,
            row.payer_name,
            row.routing,
            row.check_account,
            row.check_number,
            row.received if row.method == "CHECK" else None,
            Money(row.cents),
            row.account.number if row.account else "",
            row.slip,
        )
        for row in rows
    ]


def bank_rows(items: list[BankItem]) -> list[Row]:
    """One row per bank line, credit positive."""
    return [
        (
            item.bank_account,
            item.day,
            Money(item.cents),
            item.type_code,
            item.reference,
            item.customer_reference,
            item.text,
        )
        for item in items
    ]


def bank_rows_two_sided(items: list[BankItem]) -> list[Row]:
    """One row per bank line, credits and debits in columns of their own, dates as MM/DD/YYYY."""
    return [
        (
            item.bank_account,
            f"{item.day:%m/%d/%Y}",
            Money(item.cents) if item.cents > 0 else None,
            Money(-item.cents) if item.cents < 0 else None,
            item.type_code,
            item.reference,
            item.customer_reference,
            item.text,
        )
        for item in items
    ]
