"""What a perfect reconciliation of the fortnight would find, in the columns of the hospital's truth."""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from ..hospital.cents import dollars
from .payments import Book, posted
from .records import Deposit, Invoice, Payment

BUCKETS = ((30, "0-30"), (60, "31-60"), (90, "61-90"), (120, "91-120"), (180, "121-180"), (365, "181-365"))
Row = dict[str, object]


def write_truth(folder: Path, book: Book, invoices: Iterable[Invoice], files: Mapping[str, bytes], as_of: date) -> None:
    """Writes each table of truth, and ``totals.json`` with their counts."""
    tables = {
        "files": [_file(path, content) for path, content in sorted(files.items())],
        "bank": [_bank(one) for one in book.deposits],
        "remittances": [_advice(one, "in_transit" if one in book.waiting else "") for one in _announced(book)],
        "links": [row for one in book.deposits for row in _links(one)],
        "batches": [_batch(one) for one in book.deposits],
        "variances": [_variance(one) for one in book.deposits if _posted(one) != one.cents],
        "unmatched": list(_unmatched(book)),
        "credits": [_credit(one, as_of) for one in invoices if one.balance(as_of) < 0],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    told = {"as_of": as_of.isoformat(), "counts": {name: len(rows) for name, rows in tables.items()}}
    (folder / "totals.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _announced(book: Book) -> list[Payment]:
    advised = [payment for one in book.deposits if one.planted != "no_advice" for payment in one.payments]
    return [*advised, *book.waiting]


def _posted(deposit: Deposit) -> int:
    return sum(cents for *_, cents in posted(deposit))


def _file(path: str, content: bytes) -> Row:
    names = {"bank": "bank_csv", "advice": "remittances", "invoices": "accounts", "posting": "posting_batches"}
    stem = path.rsplit("/", 1)[1]
    kind = "account_transactions" if stem.startswith("invoice_ledger") else names[stem.split("_")[0]]
    rows = content.count(b"\n") - 1
    return {"file": path, "kind": kind, "sha256": hashlib.sha256(content).hexdigest(), "rows": rows}


def _bank(one: Deposit) -> Row:
    told = {"bank_reference": one.reference, "bank_account": "5500731186", "date": one.day, "type_code": one.type_code}
    linked = {"role": "deposit", "is_linked": one.evidence != "none", "is_posted": True, "planted": one.planted}
    return {**told, "amount": dollars(one.cents), **linked}


def _advice(one: Payment, planted: str) -> Row:
    who = {"trace_number": one.trace, "payer_name": one.customer.name, "payer_id": one.customer.number}
    return {
        **who,
        "amount": dollars(one.cents),
        "date": one.day,
        "duplicate_of": False,
        "planted": planted or one.planted,
    }


def _links(one: Deposit) -> Iterable[Row]:
    """The deposit with what it pays, and with its batch."""
    sides = [("bank", one.reference, one.cents)]
    if one.evidence != "none":
        advice = [("remittance", payment.trace, payment.cents) for payment in one.payments]
        yield from _sides(one, f"A{one.batch}", "one_to_one" if len(advice) == 1 else "lump", [*sides, *advice])
    yield from _sides(one, f"B{one.batch}", "batch", [*sides, ("batch", one.batch, _posted(one))])


def _sides(one: Deposit, link: str, kind: str, sides: Iterable[tuple[str, str, int]]) -> Iterable[Row]:
    for side, reference, cents in sides:
        told = {"link_id": link, "kind": kind, "evidence": one.evidence, "side": side, "reference": reference}
        yield {**told, "amount": dollars(cents), "date": one.day, "planted": one.planted}


def _batch(one: Deposit) -> Row:
    total = dollars(_posted(one))
    head = {"batch_id": one.batch, "batch_type": one.batch_type, "deposit_date": one.day}
    ties = {"ties": _posted(one) == one.cents, "planted": one.planted}
    return {
        **head,
        "control_total": dollars(one.cents),
        "posted_total": total,
        "deposited_total": dollars(one.cents),
    } | ties


def _variance(one: Deposit) -> Row:
    cause = {"slip_transposition": "transposition", "deduction": "keyed_amount"}[one.planted]
    gap = dollars(one.cents - _posted(one))
    return {"batch_id": one.batch, "deposit_date": one.day, "variance": gap, "causes": cause, "planted": one.planted}


def _unmatched(book: Book) -> Iterable[Row]:
    """What stays open on the last day: a wire of nobody, and an advice whose money is still to come."""
    for one in book.deposits:
        if one.planted == "unidentified":
            yield _item("unidentified_payment", one.reference, "", one.cents, one.day, one.planted)
    for payment in book.waiting:
        named = (payment.trace, payment.customer.name, payment.cents, payment.day)
        yield _item("remittance_without_deposit", *named, "in_transit")


def _item(kind: str, reference: str, name: str, cents: int, day: date, cause: str) -> Row:
    told = {"item_type": kind, "reference": reference, "payer_name": name, "amount": dollars(cents)}
    return {**told, "item_date": day, "cause": cause}


def _credit(one: Invoice, as_of: date) -> Row:
    began = one.credit_day(as_of)
    if began is None or one.cause is None:
        raise ValueError(f"{one.number} is in credit and nobody planted it")
    age = (as_of - began).days
    bucket = next((name for most, name in BUCKETS if age <= most), "365+")
    cause, disposition, owed = one.cause
    told = {"account_number": one.number, "credit_balance": dollars(-one.balance(as_of)), "credit_date": began}
    return {
        **told,
        "age_days": age,
        "aging_bucket": bucket,
        "cause": cause,
        "disposition": disposition,
        "owed_to": owed,
    }
