"""Writes the fortnight: a folder a day, and the truth beside it."""

import csv
import io
import shutil
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from ..hospital.cents import dollars
from ..hospital.tables import POSTING
from .credits import credit_invoices
from .payments import DAYS, Book, fill, post, posted
from .records import BANK_ACCOUNT, Deposit, Invoice, Payment
from .truth import write_truth

Row = Sequence[object]

BANK = ["bank_account", "posted_date", "amount", "type_code", "bank_reference", "customer_reference", "description"]
ADVICE = (
    "trace_number payer_name payer_id payment_method payment_date payment_amount claim_id charge_amount paid_amount"
)
INVOICES = [
    "account_number",
    "patient_name",
    "facility",
    "financial_class",
    "primary_payer_name",
    "service_from",
    "service_to",
    "total_charges",
    "balance",
    "credit_date",
    "last_payment_date",
    "state",
    "extract_date",
]
LEDGER = ["account_number", "transaction_id", "transaction_date", "type", "source", "payer_name", "amount", "reference"]
FIRST_CREDIT = 29_801
EXTRACTS = (date(2026, 11, 6), date(2026, 11, 13))


def generate(out: Path, seed: int = 7) -> int:
    """Writes ``fortnight`` and ``truth`` under ``out``; gives the number of files. Same seed, same bytes."""
    book = Book(seed)
    fill(book)
    post(book)
    invoices = [*credit_invoices(FIRST_CREDIT), *book.invoices]
    for name in ("fortnight", "truth"):
        shutil.rmtree(out / name, ignore_errors=True)
    files: dict[str, bytes] = {}
    for day in DAYS:
        deposits = [one for one in book.deposits if one.day == day]
        payments = [p for one in deposits if one.planted != "no_advice" for p in one.payments]
        payments += [one for one in book.waiting if one.day == day]
        tables = {"bank": (BANK, _bank(day, deposits)), "advice": (ADVICE.split(), _advice(payments))}
        tables["posting_batches"] = (POSTING, _posting(deposits))
        if day in EXTRACTS:
            tables["invoices"] = (INVOICES, _invoices(invoices, day))
            tables["invoice_ledger"] = (LEDGER, _ledger(invoices, day))
        for name, (heading, rows) in tables.items():
            files[f"fortnight/{day}/{name}_{day:%Y%m%d}.csv"] = _csv(heading, rows)
    for path, content in files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    write_truth(out / "truth", book, invoices, files, EXTRACTS[-1])
    return len(files)


def _csv(heading: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue().encode()


def _bank(day: date, deposits: Iterable[Deposit]) -> Iterable[Row]:
    for one in deposits:
        line = (one.type_code, one.reference, one.customer_reference, one.words)
        yield (BANK_ACCOUNT, day, dollars(one.cents), *line)
    if day == DAYS[-1]:
        yield (BANK_ACCOUNT, day, "-45.00", "698", f"2611{day.day:02d}009999", "", "ACCOUNT ANALYSIS FEE")


def _advice(payments: Iterable[Payment]) -> Iterable[Row]:
    for one in payments:
        head = (one.trace, one.customer.name, one.customer.number, one.method, one.day, dollars(one.cents))
        for line in one.lines:
            yield (*head, line.invoice.number, dollars(line.invoice.cents), dollars(line.paid))


def _posting(deposits: Iterable[Deposit]) -> Iterable[Row]:
    for one in deposits:
        name = one.payments[0].customer.name if len(one.payments) == 1 else ""
        head = (one.batch, one.batch_type, one.day, one.day, name, dollars(one.cents))
        for number, (account, reference, kind, cents) in enumerate(posted(one), start=1):
            yield (*head, number, account, reference, kind, dollars(cents), "RCOLE", BANK_ACCOUNT)


def _invoices(invoices: Iterable[Invoice], day: date) -> Iterable[Row]:
    for one in invoices:
        paid = max((e.day for e in one.entries if e.type == "PAYMENT" and e.day <= day), default="")
        who = (one.number, one.customer.name, one.customer.depot, one.customer.kind, one.treasurer or one.customer.name)
        money = (dollars(one.cents), dollars(one.balance(day)))
        yield (*who, one.day, one.day, *money, one.credit_day(day) or "", paid, one.customer.state, day)


def _ledger(invoices: Iterable[Invoice], day: date) -> Iterable[Row]:
    """The entries up to the first extract, or those since."""
    since = EXTRACTS[0] if day == EXTRACTS[1] else date.min
    number = 0
    for one in invoices:
        for entry in sorted(one.entries, key=lambda entry: entry.day):
            number += 1
            if since < entry.day <= day:
                told = (f"T{number:06d}", entry.day, entry.type, entry.source, entry.payer)
                yield (one.number, *told, dollars(entry.cents), entry.reference)
