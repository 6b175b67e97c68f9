"""NACHA files to bank lines, with their batches, entries and addenda kept.

An entry that moves money is a bank line of the receiving account: its trace candidates come from the TRN segment in
its addenda (CCD+, CTX), as those of a BAI2 line come from its text. A return (addenda 99) is a bank line of the kind
return, under the trace of the entry that it returns. Notifications of change (98), entries without money, the
operator's advice (ADV) and entries not in US dollars are kept as entries only.
Source: NACHA file format; DOMAIN.md section 3.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa

from analysis.days import day
from analysis.intake import ach_rows, bank_rows
from analysis.intake.ach_codes import return_reason
from analysis.intake.ach_controls import amount_of, is_advice, is_credit, prove
from analysis.intake.ach_records import Batch, Entry, Record, files_of, lines_of
from analysis.intake.bank_rows import BankLine
from analysis.intake.bank_text import LineText, mask_cards, read_line
from analysis.intake.bank_types import LineKind
from analysis.intake.parsed import ParsedFile, RawPiece
from analysis.intake.traces import trace_key
from analysis.money import ZERO, from_cents
from analysis.problems import FileRejected, Finding, capped

KIND = "ach_nacha"
LINES_PER_PIECE = 2_000

_DESCRIPTION_CHARACTERS = 1_000
_FARTHEST_SETTLEMENT = timedelta(days=60)
"""A Julian day farther from the effective date than this is no settlement day: some banks fill it with anything."""


def read(text: str) -> ParsedFile:
    """The file's bank lines, batches, entries and addenda, its controls proved.

    Money is signed US dollars: credits to the receiving account positive. `records` counts batches, entries (6),
    addenda (7) and the bank lines made (transactions); `totals` adds up the entries, both as magnitudes.
    `FileRejected` where the file is cut off, out of order, holds an amount, a code or a day that is none, or its
    controls do not hold.
    """
    lines = lines_of(text)
    reading = _Reading()
    for file in files_of(lines):
        reading.findings.extend(prove(file))
        sent_on = _day_of(file.header, 24, 29, "the file's day")
        for batch in file.batches:
            reading.read_batch(batch, sent_on, file.header.cut(4, 13))
    return ParsedFile(
        kind=KIND,
        tables={
            "ach_batch": pa.Table.from_pylist(reading.batches, schema=ach_rows.BATCH),
            "ach_entry": pa.Table.from_pylist(reading.entries, schema=ach_rows.ENTRY),
            "ach_addenda": pa.Table.from_pylist(reading.addenda, schema=ach_rows.ADDENDA),
            "bank_transaction": bank_rows.transaction_table(reading.lines),
            "bank_trace": bank_rows.trace_table(reading.lines),
        },
        records={
            "batches": len(reading.batches),
            "entries": len(reading.entries),
            "addenda": len(reading.addenda),
            "transactions": len(reading.lines),
        },
        totals=ach_rows.totals(reading.entries),
        findings=tuple(capped(reading.findings)),
        pieces=_pieces(lines),
    )


def _pieces(lines: list[str]) -> tuple[RawPiece, ...]:
    starts = range(0, len(lines), LINES_PER_PIECE)
    return tuple(RawPiece(at + 1, "\n".join(lines[at : at + LINES_PER_PIECE])) for at in starts)


def _day_of(record: Record, first: int, last: int, name: str) -> date | None:
    """The day in those columns as YYMMDD; None where they are blank or zeros."""
    text = record.cut(first, last)
    if not text.strip("0"):
        return None
    found = day(f"20{text[:2]}-{text[2:4]}-{text[4:6]}") if len(text) == 6 and text.isdigit() else None
    if found is None:
        raise FileRejected("ach_date", record.where(), f"{name} as YYMMDD at {first}-{last}", "no real day")
    return found


def _settled_on(header: Record, near: date | None) -> date | None:
    """The settlement day that the operator set, as the day of the year next to the effective date."""
    text = header.cut(76, 78)
    if near is None or not text.isdigit() or not 1 <= int(text) <= 366:
        return None
    days = [date(near.year + step, 1, 1) + timedelta(days=int(text) - 1) for step in (-1, 0, 1)]
    nearest = min(days, key=lambda one: abs(one - near))
    return nearest if abs(nearest - near) <= _FARTHEST_SETTLEMENT else None


@dataclass(frozen=True, slots=True)
class _BatchSays:
    """What a batch header says of all its entries; `posted_on` is None where the file names no day at all."""

    place: int
    sec_code: str
    company_name: str
    company_id: str
    entry_description: str
    posted_on: date | None
    effective_date: date | None
    destination: str
    is_advice: bool
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class _EntrySays:
    """What an entry says: kind, signed dollars, and where it is one, what it returns."""

    kind: str
    amount: Decimal
    trace: str
    account: str
    individual_id: str
    return_code: str = ""
    change_code: str = ""
    original_trace: str = ""
    original_bank: str = ""


@dataclass(slots=True)
class _Reading:
    """What has been read so far; rows are in file order."""

    findings: list[Finding] = field(default_factory=list)
    batches: list[dict[str, object]] = field(default_factory=list)
    entries: list[dict[str, object]] = field(default_factory=list)
    addenda: list[dict[str, object]] = field(default_factory=list)
    lines: list[BankLine] = field(default_factory=list)

    def read_batch(self, batch: Batch, sent_on: date | None, destination: str) -> None:
        """Keep a batch, its entries and what moves money in it."""
        header = batch.header
        service_class, sec_code = header.cut(2, 4), header.cut(51, 53)
        if service_class not in ("200", "220", "225", "280"):
            message = "wanted service class 200, 220, 225 or 280, found another; the entries' own codes were taken"
            self.findings.append(Finding("warning", "ach_service_class", header.where(), message))
        is_iat = sec_code == "IAT" or header.cut(5, 20) == "IATCOR"
        effective = _day_of(header, 70, 75, "the effective entry date")
        settled = _settled_on(header, effective or sent_on)
        currency = header.text[66:69].strip() if is_iat else "USD"
        says = _BatchSays(
            place=header.place,
            sec_code=sec_code,
            company_name="" if is_iat else header.cut(5, 20),
            company_id=header.cut(41, 50),
            entry_description=header.cut(54, 63),
            posted_on=settled or effective or sent_on,
            effective_date=effective,
            destination=destination,
            is_advice=is_advice(batch),
            is_foreign=currency not in ("USD", ""),
        )
        if says.is_foreign:
            message = "the batch is not paid in US dollars; its entries are kept, and none is a bank line"
            self.findings.append(Finding("warning", "ach_currency", header.where(), message))
        self.batches.append(
            {
                "place": header.place,
                "batch_number": header.cut(88, 94),
                "service_class": service_class,
                "sec_code": sec_code,
                "company_name": says.company_name or None,
                "company_data": None if is_iat else header.cut(21, 40) or None,
                "company_id": says.company_id or None,
                "entry_description": says.entry_description or None,
                "effective_date": effective,
                "settled_on": settled,
                "originating_bank": header.cut(80, 87) or None,
                "currency": currency or None,
            }
        )
        for entry in batch.entries:
            self._read_entry(entry, says, is_iat=is_iat)

    def _read_entry(self, entry: Entry, batch: _BatchSays, *, is_iat: bool) -> None:
        record = entry.record
        cents = amount_of(record, is_advice=batch.is_advice)
        amount = from_cents(cents if is_credit(record) else -cents)
        says = self._entry_says(entry, batch, amount, is_iat=is_iat)
        if (record.cut(79, 79) == "1") != bool(entry.addenda):
            message = "the addenda indicator does not say whether addenda follow; those that stand there were read"
            self.findings.append(Finding("warning", "ach_addenda_indicator", record.where(), message))
        self.entries.append(
            {
                "place": record.place,
                "last_place": record.place + len(entry.addenda),
                "ach_batch_place": batch.place,
                "transaction_code": record.cut(2, 3),
                "entry_kind": says.kind,
                "receiving_bank": record.cut(4, 12) or None,
                "account": says.account or None,
                "amount": amount,
                "individual_id": says.individual_id or None,
                "receiver_name": ach_rows.receiver_name(entry, batch.sec_code, is_iat=is_iat) or None,
                "trace_number": says.trace or None,
                "trace_key": trace_key(says.trace),
                "return_code": says.return_code or None,
                "change_code": says.change_code or None,
                "original_trace": says.original_trace or None,
                "original_trace_key": trace_key(says.original_trace),
                "original_bank": says.original_bank or None,
            }
        )
        self.addenda.extend(ach_rows.addenda_rows(record.place, entry.addenda))
        self._tell(record, says)
        if says.kind in ("payment", "return") and amount != ZERO:
            self.lines.append(self._line(entry, batch, says))

    def _entry_says(self, entry: Entry, batch: _BatchSays, amount: Decimal, *, is_iat: bool) -> _EntrySays:
        record = entry.record
        account = record.cut(40, 74) if is_iat else record.cut(13, 27) if batch.is_advice else record.cut(13, 29)
        says = _EntrySays(
            kind="advice" if batch.is_advice else "foreign" if batch.is_foreign else "payment",
            amount=amount,
            trace="" if batch.is_advice else record.cut(80, 94),
            account=account,
            individual_id="" if is_iat or batch.is_advice else record.cut(40, 54),
        )
        for addenda in entry.addenda:
            if addenda.cut(2, 3) in ("98", "99"):
                return _returning(says, addenda)
        is_prenote = amount == ZERO and not batch.is_advice
        return replace(says, kind="prenote") if is_prenote else says

    def _tell(self, record: Record, says: _EntrySays) -> None:
        """A finding for a return and for a notification of change."""
        if says.return_code:
            message = f"a payment came back: {return_reason(says.return_code)}"
            self.findings.append(Finding("warning", "ach_return", record.where(), message, says.amount))
        elif says.change_code:
            message = f"notification of change {says.change_code}: correct the stored account before the next payment"
            self.findings.append(Finding("warning", "ach_change", record.where(), message))

    def _line(self, entry: Entry, batch: _BatchSays, says: _EntrySays) -> BankLine:
        record = entry.record
        if batch.posted_on is None:
            raise FileRejected("ach_date", record.where(), "a day in the batch header or the file header", "none")
        text = _text(entry, batch, says)
        return BankLine(
            place=record.place,
            last_place=record.place + len(entry.addenda),
            bank_statement_place=None,
            bank_account=batch.destination if says.kind == "return" else says.account or batch.destination,
            posted_date=batch.posted_on,
            value_date=batch.effective_date,
            type_code="",
            line_kind=_line_kind(says),
            amount=says.amount,
            funds_type="",
            bank_reference=says.trace,
            customer_reference=says.original_trace or says.individual_id,
            text=text,
        )


def _returning(says: _EntrySays, addenda: Record) -> _EntrySays:
    """The entry as a return (99) or a notification of change (98)."""
    is_return = addenda.cut(2, 3) == "99"
    return replace(
        says,
        kind="return" if is_return and says.kind == "payment" else "change" if not is_return else says.kind,
        return_code=addenda.cut(4, 6) if is_return else "",
        change_code="" if is_return else addenda.cut(4, 6),
        original_trace=addenda.cut(7, 21),
        original_bank=addenda.cut(28, 35),
    )


def _line_kind(says: _EntrySays) -> LineKind:
    if says.kind != "return":
        return "ach"
    return "refund_return" if says.amount > ZERO else "return"


def _text(entry: Entry, batch: _BatchSays, says: _EntrySays) -> LineText:
    """What company, description and payment information tell; the payer's id in the addenda goes before the batch's."""
    told = f"RETURN {says.return_code}" if says.return_code else ""
    head = " ".join(word for word in (batch.company_name, batch.entry_description, told) if word)
    found = read_line([head, payment_information(entry.addenda)], says.trace, says.original_trace or says.individual_id)
    description = (found.description or "")[:_DESCRIPTION_CHARACTERS]
    return replace(
        found,
        description=description or None,
        company_name=mask_cards(batch.company_name) or found.company_name,
        company_id=found.company_id or batch.company_id or None,
    )


def payment_information(addenda: Iterable[Record]) -> str:
    """The 80 characters of each 05 addenda in order, put together as they were before they were cut."""
    return "".join(one.text[3:83] for one in addenda if one.cut(2, 3) == "05").rstrip()
