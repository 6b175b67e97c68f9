"""OFX and QFX bank statements: OFX 1 (SGML, closing tags left out) and OFX 2 (XML) alike.

Both are read by one small tokenizer, for the packages at hand either refuse what banks send or are kept by nobody:
a tag with text behind it is a value, a tag without is a group where it is one of `_GROUPS`, and an empty value else.
There is an ending balance (LEDGERBAL) and no opening one. Source: OFX 1.0.2 and 2.1.1, sections 11.3 and 11.4.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from analysis.days import day
from analysis.intake.bank_statements import Balance, Statement, StatementLine, exact, in_range, parsed
from analysis.intake.bank_text import mask_cards
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected, Finding

KIND = "bank_ofx"
MOST_CHARACTERS = 64_000_000

_DOCUMENT_TYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TOKEN = re.compile(r"<(/?)([A-Za-z0-9.]{1,40})>([^<]*)")
_STARTS = re.compile(r"(?<=[^\n])(<(?:STMTTRN|STMTRS|CCSTMTRS)>)", re.IGNORECASE)
_LINE = re.compile(r"<STMTTRN>", re.IGNORECASE)
_STATEMENTS = ("STMTRS", "CCSTMTRS")
_GROUPS = frozenset(
    (
        *("SONRS", "STATUS", "STMTTRNRS", "CCSTMTTRNRS", "STMTRS", "CCSTMTRS", "BANKACCTFROM", "CCACCTFROM"),
        *("BANKTRANLIST", "STMTTRN", "PAYEE", "BANKACCTTO", "CCACCTTO", "CURRENCY", "ORIGCURRENCY"),
        *("LEDGERBAL", "AVAILBAL"),
    )
)
_AMOUNT = re.compile(r"([+-]?)\$?(\d{1,16}(?:,\d{3})*|\d*)(?:[.,](\d{1,8}))?")
_WORDS = {
    "INT": "interest",
    "DIV": "interest",
    "FEE": "fee",
    "SRVCHG": "service charge",
    "DEP": "deposit",
    "CASH": "cash deposit",
    "DIRECTDEP": "ACH",
    "DIRECTDEBIT": "ACH",
}


@dataclass(slots=True)
class _Group:
    """A group: its name, the line it begins on and ends on, its own values and the groups in it."""

    name: str
    place: int
    last_place: int = 0
    values: dict[str, str] = field(default_factory=dict)
    groups: list[_Group] = field(default_factory=list)

    def first(self, name: str) -> _Group | None:
        """The first group of that name directly in this one."""
        return next((one for one in self.groups if one.name == name), None)

    def walk(self, names: tuple[str, ...]) -> Iterator[_Group]:
        """Every group of these names below."""
        for one in self.groups:
            if one.name in names:
                yield one
            yield from one.walk(names)


def read(text: str) -> ParsedFile:
    """The file's statements, ending balances, lines and trace candidates.

    Money is signed in the account's currency. `FileRejected` where there is no statement (the bank's answer is then
    told), and for a line without an amount or a day.
    """
    if len(text) > MOST_CHARACTERS:
        raise FileRejected("ofx_too_large", "file", f"at most {MOST_CHARACTERS:,} characters", f"{len(text):,}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _DOCUMENT_TYPE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FileRejected("ofx_document_type", f"line {line}", "OFX without document type or entity", "one")
    text = _STARTS.sub(r"\n\1", text)
    root = _tree(text)
    findings: list[Finding] = []
    statements = [_statement(one, root, findings) for one in root.walk(_STATEMENTS)]
    if not statements:
        raise FileRejected("no_statement", "file", "a bank statement (STMTRS)", _answer(root))
    read_count, told_count = sum(len(one.lines) for one in statements), len(_LINE.findall(text))
    if read_count != told_count:
        raise FileRejected("ofx_count", "file", f"{told_count} lines (STMTTRN)", f"{read_count} in statements")
    return parsed(KIND, statements, text, findings, "STMTRS")


def _tree(text: str) -> _Group:
    """The groups of the text; a group that is not closed ends with the one around it."""
    root = _Group("OFX", 1)
    open_groups = [root]
    line, at = 1, 0
    for match in _TOKEN.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        closing, name, value = match[1], match[2].upper(), match[3].strip()
        if closing:
            _close(open_groups, name, line)
        elif name in _GROUPS and not value:
            group = _Group(name, line)
            open_groups[-1].groups.append(group)
            open_groups.append(group)
        else:
            open_groups[-1].values.setdefault(name, html.unescape(value))
    return root


def _close(open_groups: list[_Group], name: str, line: int) -> None:
    names = [one.name for one in open_groups]
    if name not in names[1:]:
        return
    while open_groups[-1].name != name:
        open_groups.pop()
    open_groups.pop().last_place = line


def _answer(root: _Group) -> str:
    """What the bank answered instead, by its own codes."""
    codes = [f"{one.values.get('CODE', '')} {one.values.get('SEVERITY', '')}".strip() for one in root.walk(("STATUS",))]
    told = ", ".join(dict.fromkeys(code[:20] for code in codes if code))
    return f"none; the bank's answer was {told}" if told else "none"


def _statement(group: _Group, root: _Group, findings: list[Finding]) -> Statement:
    where = f"line {group.place}, {group.name}"
    account = group.first("BANKACCTFROM") or group.first("CCACCTFROM")
    number = account.values.get("ACCTID", "") if account else ""
    if not number:
        raise FileRejected("ofx_account", where, "an account (ACCTID)", "none")
    if group.name == "CCSTMTRS":
        number = mask_cards(number) if mask_cards(number) != number else f"card {number[-4:]}"
        findings.append(Finding("warning", "ofx_card_account", where, "the account is a card's, not a bank's"))
    balance = group.first("LEDGERBAL")
    server = next((one.values.get("DTSERVER", "") for one in root.walk(("SONRS",))), "")
    statement = Statement(
        place=group.place,
        account=number,
        currency=(group.values.get("CURDEF") or _line_currency(group)).upper(),
        closing=_balance(balance),
        created=_day(server),
        created_time=server[8:12] or None,
    )
    statement.lines = [_line(one) for one in group.walk(("STMTTRN",))]
    return statement


def _line_currency(group: _Group) -> str:
    """The currency that lines name, where the statement names none."""
    return next((one.values.get("CURSYM", "") for one in group.walk(("CURRENCY",))), "")


def _balance(group: _Group | None) -> Balance | None:
    """The balance; None where it is left blank, as some banks do."""
    text = group.values.get("BALAMT", "") if group else ""
    if group is None or not text:
        return None
    where = f"line {group.place}, LEDGERBAL"
    return Balance(_money(text, where), _day(group.values.get("DTASOF", "")))


def _day(text: str) -> date | None:
    return day(f"{text[:4]}-{text[4:6]}-{text[6:8]}") if len(text) >= 8 and text[:8].isdigit() else None


def _money(text: str, where: str) -> Decimal:
    found = _AMOUNT.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        raise FileRejected("ofx_amount", where, "an amount such as -1234.50", "another text")
    digits = found[2].replace(",", "") or "0"
    return exact(Decimal(f"{found[1]}{digits}.{found[3] or '0'}"), where)


def _line(group: _Group) -> StatementLine:
    where = f"line {group.place}, STMTTRN"
    values = group.values
    posted = _day(values.get("DTPOSTED", ""))
    if posted is None:
        raise FileRejected("ofx_date", where, "a day (DTPOSTED) as YYYYMMDD", "none, or no real day")
    if "TRNAMT" not in values:
        raise FileRejected("ofx_amount", where, "an amount (TRNAMT)", "none")
    payee = group.first("PAYEE")
    name = values.get("NAME", "") or (payee.values.get("NAME", "") if payee else "")
    kind = values.get("TRNTYPE", "").upper()
    return StatementLine(
        place=group.place,
        last_place=max(group.last_place, group.place),
        posted=in_range(posted, where),
        value=_day(values.get("DTAVAIL", "")),
        amount=_money(values["TRNAMT"], where),
        parts=tuple(text for text in (name, values.get("MEMO", "")) if text),
        bank_reference=values.get("FITID", ""),
        customer_reference=values.get("CHECKNUM", "") or values.get("REFNUM", ""),
        words=_WORDS.get(kind, ""),
        code=kind,
        party=name,
    )
