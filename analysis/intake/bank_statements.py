"""Statements of ISO 20022, MT940 and OFX as the store's bank tables: one section a day, balances proved.

A statement may tell many days; a BAI2 section tells one. So each posting day becomes a section of its own, with the
opening balance (010) at the first and the closing one (015) at the last. Amounts are in the statement's own currency.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa

from analysis.days import EARLIEST, LATEST
from analysis.intake import bank_rows
from analysis.intake.bank_rows import BankLine
from analysis.intake.bank_text import mask_cards, read_line
from analysis.intake.bank_types import bank_type, line_kind_from_words, line_kind_of
from analysis.intake.parsed import ParsedFile, RawPiece
from analysis.money import show, total
from analysis.problems import FileRejected, Finding, capped

OPENING, CLOSING = "010", "015"
LINES_PER_PIECE = 2_000
_MOST_DOLLARS = Decimal(10) ** 16
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance at the begin or end of a statement."""

    amount: Decimal
    day: date | None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line as a statement tells it; money in positive. `words` say what kind of line it is where no code does."""

    place: int
    last_place: int
    posted: date
    value: date | None
    amount: Decimal
    parts: tuple[str, ...]
    bank_reference: str = ""
    customer_reference: str = ""
    words: str = ""
    bai_code: str = ""
    code: str = ""
    party: str = ""


@dataclass(slots=True)
class Statement:
    """One statement of one account; `created` is when the bank made it, where it says so."""

    place: int
    account: str
    currency: str
    lines: list[StatementLine] = field(default_factory=list)
    opening: Balance | None = None
    closing: Balance | None = None
    created: date | None = None
    created_time: str | None = None
    identification: str | None = None
    is_interim: bool = False

    def last_day(self) -> date | None:
        """The day that the statement is of: its closing balance's, else its last line's, else its opening balance's."""
        days = [line.posted for line in self.lines]
        if self.closing and self.closing.day:
            return max([self.closing.day, *days])
        return max(days, default=self.opening.day if self.opening else self.created)


def exact(amount: Decimal, where: str) -> Decimal:
    """The amount with two decimals; `FileRejected` where it has more, or more than 16 digits before the point."""
    if not amount.is_finite() or abs(amount) >= _MOST_DOLLARS or amount != amount.quantize(_CENT):
        raise FileRejected("statement_amount", where, "an amount of at most 16 digits and two decimals", "another")
    return amount.quantize(_CENT)


def in_range(day: date, where: str) -> date:
    """The day, which must be one that money can be of."""
    if not EARLIEST <= day <= LATEST:
        raise FileRejected("statement_date", where, f"a day from {EARLIEST.year} to {LATEST.year}", "another")
    return day


def parsed(
    kind: str, statements: Sequence[Statement], text: str, findings: Iterable[Finding], notation: str
) -> ParsedFile:
    """The statements as tables, with a finding for each whose balances do not prove its lines.

    `records` counts sections, balances and lines; `totals` adds up the lines, both as magnitudes. `notation` is what
    the file calls a statement. `FileRejected` where there is none.
    """
    if not statements:
        raise FileRejected("no_statement", "file", f"a bank statement ({notation})", "none")
    found = list(findings)
    sections: list[dict[str, object]] = []
    summaries: list[dict[str, object]] = []
    lines: list[BankLine] = []
    taken: set[int] = set()
    for statement in statements:
        found.extend(_proof(statement))
        if statement.currency not in ("", "USD"):
            message = "the account is not in US dollars; its lines are shown and not counted"
            found.append(Finding("info", "statement_currency", f"line {statement.place}", message))
        _sections(statement, sections, summaries, lines, taken)
    return ParsedFile(
        kind=kind,
        tables={
            "bank_statement": pa.Table.from_pylist(sections, schema=bank_rows.STATEMENT),
            "bank_summary": pa.Table.from_pylist(summaries, schema=bank_rows.SUMMARY),
            "bank_transaction": bank_rows.transaction_table(lines),
            "bank_trace": bank_rows.trace_table(lines),
        },
        records={"statements": len(sections), "summaries": len(summaries), "transactions": len(lines)},
        totals=bank_rows.totals(lines),
        findings=tuple(capped(found)),
        pieces=_pieces(text),
    )


def _pieces(text: str) -> tuple[RawPiece, ...]:
    lines = text.split("\n")
    starts = range(0, len(lines), LINES_PER_PIECE)
    return tuple(RawPiece(at + 1, mask_cards("\n".join(lines[at : at + LINES_PER_PIECE]))) for at in starts)


def _proof(statement: Statement) -> list[Finding]:
    """A finding where opening balance and lines do not make the closing one, or where a balance is missing."""
    where = f"line {statement.place}, statement"
    if statement.is_interim:
        return []
    if statement.opening is None or statement.closing is None:
        missing = " and ".join(
            name for name, one in (("opening", statement.opening), ("closing", statement.closing)) if one is None
        )
        message = f"the lines cannot be proved: the statement tells no {missing} balance"
        return [Finding("info", "statement_balance_missing", where, message)]
    moved = total(line.amount for line in statement.lines)
    off = statement.closing.amount - statement.opening.amount - moved
    if off == 0:
        return []
    message = (
        f"opening balance {show(statement.opening.amount)} and lines of {show(moved)} make "
        f"{show(statement.opening.amount + moved)}, the closing balance says {show(statement.closing.amount)}: "
        f"off by {show(off)}"
    )
    return [Finding("warning", "statement_balance", where, message, off)]


def _sections(
    statement: Statement,
    sections: list[dict[str, object]],
    summaries: list[dict[str, object]],
    lines: list[BankLine],
    taken: set[int],
) -> None:
    """Adds a section for each posting day of the statement, its balances, and its lines."""
    last = statement.last_day()
    days = sorted({line.posted for line in statement.lines} | ({last} if last else set()))
    by_day: dict[date, list[StatementLine]] = {day: [] for day in days}
    for line in statement.lines:
        by_day[line.posted].append(line)
    for day, of_day in by_day.items():
        place = next(
            one for one in (statement.place, *(line.place for line in of_day), *_beyond(taken)) if one not in taken
        )
        taken.add(place)
        sections.append(_section(statement, place, day, last or day))
        ends = ((OPENING, statement.opening, day == days[0]), (CLOSING, statement.closing, day == days[-1]))
        for position, (code, balance, is_there) in enumerate(ends, start=1):
            if balance is not None and is_there:
                summaries.append(_summary(place, position, code, balance))
        lines.extend(_line(line, place, statement.account) for line in of_day)


def _beyond(taken: set[int]) -> Iterable[int]:
    return (max(taken, default=0) + 1,)


def _section(statement: Statement, place: int, day: date, last: date) -> dict[str, object]:
    """A section's row; a bank that does not say when it made the statement has made it the morning after."""
    return {
        "place": place,
        "bank_account": statement.account,
        "currency": statement.currency or None,
        "as_of_date": day,
        "as_of_modifier": "1" if statement.is_interim else "2",
        "file_created_date": statement.created or last + timedelta(days=1),
        "file_created_time": statement.created_time,
        "file_identification": statement.identification,
    }


def _summary(place: int, position: int, code: str, balance: Balance) -> dict[str, object]:
    return {
        "place": place,
        "position": position,
        "bank_statement_place": place,
        "type_code": code,
        "amount": balance.amount,
    }


def _line(line: StatementLine, place: int, account: str) -> BankLine:
    known = bank_type(line.bai_code)
    text = read_line(line.parts, line.bank_reference, line.customer_reference)
    words = f"{line.words} {text.description or ''}"
    return BankLine(
        place=line.place,
        last_place=line.last_place,
        bank_statement_place=place,
        bank_account=account,
        posted_date=line.posted,
        value_date=line.value,
        type_code=line.bai_code or line.code,
        line_kind=line_kind_of(known, line.amount, words)
        if known.line_kind
        else line_kind_from_words(words, line.amount),
        amount=line.amount,
        funds_type="",
        bank_reference=line.bank_reference,
        customer_reference=line.customer_reference,
        text=replace(text, company_name=mask_cards(line.party)) if line.party and not text.company_name else text,
    )
