"""BAI2 bank statements: accounts, balances and lines, with every control proved and every doubt a finding.

Tolerant where banks differ (88s anywhere, lines without `/`, unknown type codes, several groups and files, text broken
without an 88), strict where money is at stake: whole cents, real days, nothing missing at the end.
Source: Cash Management Balance Reporting Specifications, version 2 (BAI2); DOMAIN.md section 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from analysis.intake import bank_rows
from analysis.intake.bank_bai2_controls import control_findings, controls_of, declared
from analysis.intake.bank_bai2_fields import (
    Detail,
    Summary,
    calendar_day,
    detail,
    is_funds_type,
    is_type_code,
    summaries,
)
from analysis.intake.bank_bai2_records import Account, BankFile, Group, Record, files_of, lines_of, records_of
from analysis.intake.bank_rows import BankLine
from analysis.intake.bank_text import mask_cards, read_line
from analysis.intake.bank_types import BankType, bank_type, line_kind_of
from analysis.intake.parsed import ParsedFile, RawPiece
from analysis.money import from_cents, show
from analysis.problems import FileRejected, Finding, Severity, capped

KIND = "bank_bai2"
LINES_PER_PIECE = 2_000

_BEGINS = re.compile(
    r"""\ufeff?\s*(?:
        01,[^,\n]*,[^,\n]*,\d{6}
        |01,[^\n]*[\r\n]+\s*02,[^,\n]*,[^,\n]*,[1-4]?,
        |02,[^,\n]*,[^,\n]*,[1-4]?,\d{6},
    )""",
    re.ASCII | re.VERBOSE,
)
_OTHER_DECIMALS = {
    0: ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
    3: ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"),
}
_GROUP_STATUSES = {"2": "deletion", "3": "correction", "4": "test"}
_CLOSING = frozenset({"01", "02", "03", "49", "98", "99"})


def recognises(text: str) -> bool:
    """Whether the text begins as a BAI2 file does: an 01 with its day, an 01 before an 02, or an 02 without its 01."""
    return _BEGINS.match(text) is not None


def read(text: str) -> ParsedFile:
    """The file's statements, balances, lines and trace candidates, with its control totals proved.

    Money is signed US dollars: credits positive, debits negative. `records` counts statements (03), summaries (amounts
    of 03s) and transactions (16); `totals` adds up the 16s, both as magnitudes. `FileRejected` where the file is cut
    off, out of order, or holds an amount or a day that is none.
    """
    lines, findings = lines_of(text)
    records, loose = records_of(lines)
    reading = _Reading(findings=[*findings, *loose])
    for record in records:
        if record.code in _CLOSING and not record.closed:
            reading.note("info", "bai2_unclosed_record", record, "the line does not end with /")
    for bank_file in files_of(records):
        reading.read_file(bank_file)
    totals = bank_rows.totals(reading.lines)
    if max(totals.values()) >= 10**16:
        raise FileRejected("bai2_amount", "file", "credits and debits of at most 16 digits before the point", "more")
    return ParsedFile(
        kind=KIND,
        tables={
            "bank_statement": pa.Table.from_pylist(reading.statements, schema=bank_rows.STATEMENT),
            "bank_summary": pa.Table.from_pylist(reading.summaries, schema=bank_rows.SUMMARY),
            "bank_transaction": bank_rows.transaction_table(reading.lines),
            "bank_trace": bank_rows.trace_table(reading.lines),
        },
        records={
            "statements": len(reading.statements),
            "summaries": len(reading.summaries),
            "transactions": len(reading.lines),
        },
        totals=totals,
        findings=tuple(capped(reading.findings)),
        pieces=_pieces(lines),
    )


def _pieces(lines: Sequence[str]) -> tuple[RawPiece, ...]:
    """The text as it stood in runs of lines, card numbers masked."""
    starts = range(0, len(lines), LINES_PER_PIECE)
    return tuple(RawPiece(at + 1, mask_cards("\n".join(lines[at : at + LINES_PER_PIECE]))) for at in starts)


@dataclass(frozen=True, slots=True)
class _Day:
    """What a group says of all its accounts."""

    as_of: date
    columns: dict[str, object]
    currency: str


@dataclass(slots=True)
class _Reading:
    """What has been read so far; rows are in file order."""

    statements: list[dict[str, object]] = field(default_factory=list)
    summaries: list[dict[str, object]] = field(default_factory=list)
    lines: list[BankLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    account_cents: dict[int, int] = field(default_factory=dict)

    def note(self, severity: Severity, code: str, record: Record, message: str) -> None:
        """Keep one finding about a record."""
        self.findings.append(Finding(severity, code, record.where(), message))

    def read_file(self, bank_file: BankFile) -> None:
        """Read an 01 to 99, and prove its controls."""
        values = [*bank_file.header.fields(), *[""] * 8]
        created: dict[str, object] = {
            "file_created_date": calendar_day(values[2], "the file's day", bank_file.header.where()),
            "file_created_time": values[3] or None,
            "file_identification": values[4] or None,
        }
        if values[7] not in ("", "2"):
            self.note("warning", "bai2_version", bank_file.header, "wanted version 2; read as version 2")
        for group in bank_file.groups:
            self._read_group(group, created)
        for control in controls_of(bank_file, self.account_cents):
            self.findings.extend(control_findings(control))

    def _read_group(self, group: Group, created: dict[str, object]) -> None:
        values = [*group.header.fields(), *[""] * 7]
        as_of = calendar_day(values[3], "the as-of day", group.header.where())
        if as_of is None:
            raise FileRejected("bai2_date", group.header.where(), "the as-of day as YYMMDD", "nothing")
        if status := _GROUP_STATUSES.get(values[2]):
            self.note("warning", "bai2_group_status", group.header, f"the group is a {status}, not an update")
        elif values[2] not in ("", "1"):
            self.note("warning", "bai2_group_status", group.header, "wanted group status 1 to 4, found another")
        columns: dict[str, object] = {
            "as_of_date": as_of,
            "as_of_time": values[4] or None,
            "group_status": values[2] or None,
            "as_of_modifier": values[6] or None,
            "originator": values[1] or None,
        }
        for account in group.accounts:
            self._read_account(account, _Day(as_of, columns | created, values[5]))

    def _read_account(self, account: Account, day: _Day) -> None:
        header = account.header
        number, currency = [*header.fields(), ""][:2]
        if not number:
            raise FileRejected("bai2_account", header.where(), "an account number", "nothing")
        currency = currency or day.currency
        self._check_currency(header, currency.upper())
        row = {"place": header.place, "bank_account": number, "currency": currency or None}
        self.statements.append(row | day.columns)
        details = [self._read_line(record, header.place, number, day.as_of) for record in account.details]
        items = self._choose_summaries(account, sum(details))
        for position, item in enumerate(items, start=1):
            self.summaries.append(
                {
                    "place": header.place,
                    "position": position,
                    "bank_statement_place": header.place,
                    "type_code": item.type_code or None,
                    "amount": None if item.cents is None else from_cents(item.cents),
                    "item_count": item.item_count or None,
                    "funds_type": item.funds_type or None,
                }
            )
        self.account_cents[header.place] = sum(details) + _cents(items)

    def _check_currency(self, header: Record, currency: str) -> None:
        decimals = next((number for number, names in _OTHER_DECIMALS.items() if currency in names), 2)
        if decimals != 2:
            message = f"amounts were read with 2 decimals, the currency has {decimals}"
            self.note("warning", "bai2_currency_decimals", header, message)
        elif currency not in ("", "USD"):
            self.note("info", "bai2_currency", header, "the account is not in US dollars; its amounts stay as they are")

    def _choose_summaries(self, account: Account, detail_cents: int) -> list[Summary]:
        """The 03's amounts as they stand, or without stray blank fields where only so they make sense and tie."""
        refused: FileRejected | None = None
        try:
            items = summaries(account.header)
        except FileRejected as problem:
            items, refused = [], problem
        if refused is None and all(map(_is_straight, items)):
            return items
        total = declared(account.trailer)[0]
        try:
            trimmed = summaries(account.header, without_stray_blanks=True)
        except FileRejected:
            trimmed = []
        if trimmed and all(map(_is_straight, trimmed)) and total in (None, _cents(trimmed) + detail_cents):
            message = "a blank field at the end of a line was left out, so that type codes and the control total hold"
            self.note("info", "bai2_summary_realigned", account.header, message)
            if refused is None and total not in (None, _cents(items) + detail_cents):
                self._note_total_as_it_stands(account.trailer, total, _cents(items) + detail_cents)
            return trimmed
        if refused is not None:
            raise refused
        self.note("warning", "bai2_summary_fields", account.header, "balances do not line up with their type codes")
        return items

    def _note_total_as_it_stands(self, trailer: Record, declared_cents: int, found_cents: int) -> None:
        """The control total that the 03 line breaks as written, though it holds once read as meant."""
        wanted, found = from_cents(declared_cents), from_cents(found_cents)
        message = (
            f"control total: wanted {show(wanted)}, found {show(found)} as the 03 line stands; it holds as realigned"
        )
        self.findings.append(Finding("warning", "bai2_account_total", trailer.where(), message, wanted - found))

    def _read_line(self, record: Record, statement_place: int, account: str, as_of: date) -> int:
        """Keep a 16 as a bank line, and give its cents as written, for the control total."""
        said = detail(record)
        known = bank_type(said.type_code)
        cents = said.cents or 0
        amount = from_cents(-cents if known.direction == "debit" else cents)
        self._doubt_line(record, said, known)
        self.lines.append(
            BankLine(
                place=record.place,
                last_place=record.last_place,
                bank_statement_place=statement_place,
                bank_account=account,
                posted_date=as_of,
                value_date=said.value_date,
                type_code=said.type_code,
                line_kind=line_kind_of(known, amount, " ".join(said.text)),
                amount=amount,
                funds_type=said.funds_type,
                bank_reference=said.bank_reference,
                customer_reference=said.customer_reference,
                text=read_line(said.text, said.bank_reference, said.customer_reference),
            )
        )
        return cents

    def _doubt_line(self, record: Record, said: Detail, known: BankType) -> None:
        """Note what a 16 leaves open; `known` is what its type code says."""
        cents = said.cents or 0
        if said.cents is None and said.type_code != "890":
            self.note("warning", "bai2_blank_amount", record, "the amount is blank and was read as 0.00")
        if cents < 0:
            self.note("warning", "bai2_signed_amount", record, "the amount has a minus, against its type code")
        if known.direction == "either" and cents:
            message = "the type code does not say whether money came in or went out; the amount's sign was taken"
            self.note("warning", "bai2_unknown_direction", record, message)
        if said.type_code >= "920" and known.direction != "either":
            message = f"the type code is the bank's own; by its range it was taken as a {known.direction}"
            self.note("info", "bai2_own_type_code", record, message)
        if known.level in ("summary", "status"):
            message = "the type code is that of a summary or balance; its money may be told by other lines too"
            self.note("warning", "bai2_summary_as_detail", record, message)
        if not is_funds_type(said.funds_type):
            self.note("warning", "bai2_funds_type", record, "wanted funds type 0, 1, 2, S, V, D or Z, found another")


def _cents(items: Sequence[Summary]) -> int:
    return sum(item.cents or 0 for item in items)


def _is_straight(item: Summary) -> bool:
    return is_type_code(item.type_code) and is_funds_type(item.funds_type)
