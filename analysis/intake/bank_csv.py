"""Bank lines from a table (CSV or XLSX): one row per line, under the columns of DATA.md section 1.

An amount is `amount` (money in positive) or `credit` or `debit` (with or without a minus); where both ways are filled
they must agree. There is no statement: balances and control totals are not in such files. Units: US dollars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from analysis.days import day
from analysis.intake import bank_rows
from analysis.intake.bank_rows import BankLine
from analysis.intake.bank_text import read_line
from analysis.intake.bank_types import bank_type, line_kind_from_words, line_kind_of
from analysis.intake.parsed import ParsedFile
from analysis.money import ZERO, dollars
from analysis.problems import FileRejected, Finding, capped

KIND = "bank_csv"
REQUIRED = ("bank_account", "posted_date")
AMOUNTS = ("amount", "credit", "debit")
"""At least one of these columns must be there, and each row must fill one."""
OPTIONAL = (*AMOUNTS, "type_code", "bank_reference", "customer_reference", "description")


def read_rows(rows: Sequence[tuple[int, Mapping[str, str]]]) -> ParsedFile:
    """The rows as bank lines and trace candidates; each row is its line number and its texts by column, blank as ''.

    `totals` adds up money in (`credits`) and out (`debits`), both as magnitudes. `FileRejected` at "line N, column" for
    a blank account, a day that is none, money that is none, and a row without an amount.
    """
    findings: list[Finding] = []
    lines = [_line(number, row, findings) for number, row in rows]
    totals = bank_rows.totals(lines)
    if max(totals.values()) >= 10**16:
        raise FileRejected("bank_csv_amount", "file", "credits and debits of at most 16 digits", "more")
    return ParsedFile(
        kind=KIND,
        tables={
            "bank_transaction": bank_rows.transaction_table(lines),
            "bank_trace": bank_rows.trace_table(lines),
        },
        records={"transactions": len(lines)},
        totals=totals,
        findings=tuple(capped(findings)),
    )


def _line(number: int, row: Mapping[str, str], findings: list[Finding]) -> BankLine:
    text = {name: row.get(name, "").strip() for name in (*REQUIRED, *OPTIONAL)}
    if not text["bank_account"]:
        raise FileRejected("bank_csv_account", f"line {number}, bank_account", "an account", "nothing")
    amount = _amount(number, text)
    code = text["type_code"]
    known = bank_type(code)
    if known.direction == ("debit" if amount > ZERO else "credit") and amount != ZERO:
        message = f"the amount's sign says money {'in' if amount > ZERO else 'out'}, the type code the other way"
        findings.append(Finding("warning", "bank_csv_direction", f"line {number}, amount", message, amount))
    words = f"{code} {text['description']}"
    return BankLine(
        place=number,
        last_place=number,
        bank_statement_place=None,
        bank_account=text["bank_account"],
        posted_date=_posted_date(number, text["posted_date"]),
        value_date=None,
        type_code=code,
        line_kind=line_kind_of(known, amount, words) if known.line_kind else line_kind_from_words(words, amount),
        amount=amount,
        funds_type="",
        bank_reference=text["bank_reference"],
        customer_reference=text["customer_reference"],
        text=read_line([text["description"]], text["bank_reference"], text["customer_reference"]),
    )


def _posted_date(number: int, text: str) -> date:
    posted = day(text)
    if posted is None:
        found = "another text" if text else "nothing"
        raise FileRejected("bank_csv_date", f"line {number}, posted_date", "YYYY-MM-DD or MM/DD/YYYY", found)
    return posted


def _money(number: int, name: str, text: str) -> Decimal | None:
    """The money in a cell, None where it is blank."""
    if not text:
        return None
    found = dollars(text)
    if found is None:
        raise FileRejected("bank_csv_amount", f"line {number}, {name}", "an amount such as 1234.50", "another text")
    return found


def _amount(number: int, text: Mapping[str, str]) -> Decimal:
    """The row's amount, money in positive; a 0.00 beside another filled cell counts as blank."""
    amount, credit, debit = (_money(number, name, text[name]) for name in AMOUNTS)
    if amount is None and credit is None and debit is None:
        raise FileRejected("bank_csv_amount", f"line {number}, amount", "an amount, a credit or a debit", "none")
    money_in = ZERO if credit is None else credit
    money_out = ZERO if debit is None else abs(debit)
    if ZERO not in (money_in, money_out):
        raise FileRejected("bank_csv_amount", f"line {number}, debit", "either a credit or a debit", "both")
    net = money_in - money_out
    if amount is None:
        return net
    if net != ZERO and abs(amount) != abs(net):
        raise FileRejected("bank_csv_amount", f"line {number}, amount", "the amount of the credit or debit", "another")
    return amount if net == ZERO else net
