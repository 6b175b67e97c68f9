"""ISO 20022 statements: camt.053 (end of day), camt.052 (within the day) and camt.054 (notices of single payments).

An entry (Ntry) is a bank line; what its payments (TxDtls) say makes its text. Only booked entries count as lines.
The bytes come from outside: no entity, no document type and no network; a file of more than 64 MB is refused before
it is parsed. Beside the parser the entries are counted in the text itself. Source: ISO 20022 message definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from analysis.days import day
from analysis.intake.bank_statements import Balance, Statement, StatementLine, exact, in_range, parsed
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected, Finding

KIND = "bank_camt"
MOST_BYTES = 64_000_000

_DOCUMENT_TYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_STARTS = re.compile(r"(?<=[^\n])(<(?:\w+:)?(?:Stmt|Rpt|Ntfctn|Ntry)[ >])")
_PLACED = re.compile(r"<(?:\w+:)?(Stmt|Rpt|Ntfctn|Ntry)[ >\r\n\t]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SECTIONS = ("Stmt", "Rpt", "Ntfctn")
_BALANCES = {"OPBD": "opening", "PRCD": "opening", "CLBD": "closing"}
_PENDING = ("PDNG", "INFO", "FUTR")
_REFERENCES = ("EndToEndId", "InstrId", "TxId", "ChqNb", "PmtInfId", "MsgId")
_NO_REFERENCE = frozenset({"NOTPROVIDED", "NONREF", "NOTAVAILABLE"})

Element = Any
"""An XML element: lxml ships no types."""


def read(text: str) -> ParsedFile:
    """The file's statements, balances, booked entries and trace candidates, its balances proved.

    Money is signed in the account's currency. `FileRejected` for what is no well-formed XML, for a document type or an
    entity, for a file too large, and for an entry without an amount, a direction or a day.
    """
    if len(text) > MOST_BYTES:
        raise FileRejected("camt_too_large", "file", f"at most {MOST_BYTES:,} characters", f"{len(text):,}")
    if found := _DOCUMENT_TYPE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FileRejected("camt_document_type", f"line {line}", "XML without document type or entity", "one")
    text = _STARTS.sub(r"\n\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    root = _root(text)
    places = _Places(text)
    findings: list[Finding] = []
    statements = [_statement(one, places, findings) for one in root.iter() if _name(one) in _SECTIONS]
    places.prove()
    return parsed(KIND, statements, text, findings, "Stmt, Rpt or Ntfctn")


def _root(text: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise FileRejected("camt_xml", f"line {line}", "well-formed XML", "a fault in it") from None


class _Places:
    """The lines on which statements and entries begin, in the order of the text."""

    def __init__(self, text: str) -> None:
        self._found: dict[str, list[int]] = {"Ntry": [], "section": []}
        line, at = 1, 0
        for match in _PLACED.finditer(text):
            line, at = line + text.count("\n", at, match.start()), match.start()
            self._found["Ntry" if match[1] == "Ntry" else "section"].append(line)
        self._last = text.count("\n") + 1
        self._next = {"Ntry": 0, "section": 0}

    def take(self, what: str) -> int:
        """The line of the next one; `FileRejected` where the text has fewer than the parser found."""
        number = self._next[what]
        if number >= len(self._found[what]):
            self._refuse(what)
        self._next[what] = number + 1
        return self._found[what][number]

    def prove(self) -> None:
        """Raises `FileRejected` where the text has more statements or entries than the parser found."""
        for what, number in self._next.items():
            if number != len(self._found[what]):
                self._refuse(what)

    def _refuse(self, what: str) -> None:
        found = f"{self._next[what]} in statements"
        raise FileRejected("camt_count", "file", f"{len(self._found[what])} ({what}), as the text has them", found)


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (one for one in element if _name(one) == name) if element is not None else iter(())


def _child(element: Element | None, *path: str) -> Element | None:
    """The first element down that path of local names."""
    for name in path:
        element = next(_children(element, name), None)
    return element


def _text(element: Element | None, *path: str) -> str:
    found = _child(element, *path)
    return " ".join((found.text or "").split()) if found is not None else ""


def _all(element: Element, name: str) -> Iterator[str]:
    """The text of every element of that local name below, in order."""
    for one in element.iter():
        if _name(one) == name and one.text and one.text.strip():
            yield " ".join(one.text.split())


def _statement(element: Element, places: _Places, findings: list[Finding]) -> Statement:
    place = places.take("section")
    where = f"line {place}, {_name(element)}"
    account = _text(element, "Acct", "Id", "IBAN") or _text(element, "Acct", "Id", "Othr", "Id")
    account = account or next(_all(element, "PrtryAcct"), "")
    if not account:
        raise FileRejected("camt_account", where, "an account (Acct/Id)", "none")
    created = _text(element, "CreDtTm")
    statement = Statement(
        place=place,
        account=account,
        currency=_text(element, "Acct", "Ccy").upper(),
        created=_day(created),
        created_time=created[11:16].replace(":", "") or None,
        identification=_text(element, "Id") or None,
        is_interim=_name(element) != "Stmt",
    )
    for balance in _children(element, "Bal"):
        _take_balance(statement, balance, where)
    pending = 0
    for entry in _children(element, "Ntry"):
        at = places.take("Ntry")
        if (_text(entry, "Sts") or _text(entry, "Sts", "Cd")) in _PENDING:
            pending += 1
            continue
        statement.lines.append(_entry(entry, at, statement))
        statement.currency = statement.currency or _currency(entry)
    if pending:
        message = f"entries not booked yet, left out until they are: {pending}"
        findings.append(Finding("info", "camt_pending", where, message))
    return statement


def _take_balance(statement: Statement, balance: Element, where: str) -> None:
    name = _BALANCES.get(_text(balance, "Tp", "CdOrPrtry", "Cd"))
    if name is None or (name == "opening" and statement.opening is not None):
        return
    statement.currency = statement.currency or _currency(balance)
    found = Balance(_money(balance, where), _day(_text(balance, "Dt", "Dt") or _text(balance, "Dt", "DtTm")))
    setattr(statement, name, found)


def _currency(element: Element) -> str:
    amount = _child(element, "Amt")
    return str(amount.get("Ccy", "")).upper() if amount is not None else ""


def _day(text: str) -> date | None:
    return day(text[:10])


def _money(element: Element, where: str) -> Decimal:
    """The amount, signed by its direction."""
    direction = _text(element, "CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        raise FileRejected("camt_direction", where, "CRDT or DBIT", "another text" if direction else "nothing")
    try:
        amount = Decimal(_text(element, "Amt"))
    except InvalidOperation:
        raise FileRejected("camt_amount", where, "an amount (Amt)", "another text") from None
    return exact(amount if direction == "CRDT" else -amount, where)


def _entry(entry: Element, place: int, statement: Statement) -> StatementLine:
    where = f"line {place}, Ntry"
    posted = _day(_text(entry, "BookgDt", "Dt") or _text(entry, "BookgDt", "DtTm"))
    value = _day(_text(entry, "ValDt", "Dt") or _text(entry, "ValDt", "DtTm"))
    closing = statement.closing.day if statement.closing else None
    posted = posted or value or closing or statement.created
    if posted is None:
        raise FileRejected("camt_date", where, "a day (BookgDt)", "none")
    amount = _money(entry, where)
    references = [text for name in _REFERENCES for text in _all(entry, name) if text.upper() not in _NO_REFERENCE]
    bai_code, code = _codes(entry)
    is_return = next(_all(entry, "RtrInf"), None) is not None or any(_name(one) == "RtrInf" for one in entry.iter())
    return StatementLine(
        place=place,
        last_place=place + etree.tostring(entry, with_tail=False).count(b"\n"),
        posted=in_range(posted, where),
        value=value,
        amount=amount,
        parts=_parts(entry, references),
        bank_reference=_text(entry, "AcctSvcrRef") or _text(entry, "NtryRef"),
        customer_reference=references[0] if references else "",
        words="returned" if is_return else "",
        bai_code=bai_code,
        code=code,
        party=_party(entry, amount),
    )


def _codes(entry: Element) -> tuple[str, str]:
    """The BAI code where the bank names one (issuer BAI), and the bank's own or ISO code."""
    own = _child(entry, "BkTxCd", "Prtry")
    code = _text(own, "Cd")
    if code and _text(own, "Issr").upper().startswith("BAI") and len(code) == 3:
        return code, code
    domain = _child(entry, "BkTxCd", "Domn")
    iso = (_text(domain, "Cd"), _text(domain, "Fmly", "Cd"), _text(domain, "Fmly", "SubFmlyCd"))
    return "", code or "-".join(text for text in iso if text)


def _parts(entry: Element, references: list[str]) -> tuple[str, ...]:
    """What the entry and its payments say, each piece once."""
    names = ("AddtlNtryInf", "Ustrd", "AddtlTxInf", "AddtlInf")
    said = [text for name in names for text in _all(entry, name)]
    remitted = [text for one in entry.iter() if _name(one) == "CdtrRefInf" for text in _all(one, "Ref")]
    return tuple(dict.fromkeys(said + [f"REF: {text}" for text in [*references[1:], *remitted]]))


def _party(entry: Element, amount: Decimal) -> str:
    """Who stands on the other side of a single payment."""
    details = [one for one in entry.iter() if _name(one) == "TxDtls"]
    if len(details) != 1:
        return ""
    side = "Dbtr" if amount > 0 else "Cdtr"
    parties = _child(details[0], "RltdPties", side)
    return _text(parties, "Nm") or _text(parties, "Pty", "Nm")
