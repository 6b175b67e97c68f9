"""BAI2 lines to records: which lines make one record, which records make one account, group and file.

A record is a line that begins with a two-digit code and a comma; `/` at the end of a line closes its fields; an 88
continues the record before it, whatever that was. Source: BAI2 specification; DOMAIN.md section 3.1.

`place` counts lines from 1. Where a line holds several records (`…/16,…`) each begins a line of its own for this count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.problems import FileRejected, Finding

_LINE_END = re.compile(r"\r\n|\n|\r")
_RECORD = re.compile(r"(01|02|03|16|49|88|98|99),(.*)", re.ASCII | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SHARED_LINE = re.compile(
    r"""/[ \t]*(?=
        01,[^,/]*,[^,/]*,\d{6},
        |02,[^,/]*,[^,/]*,[1-4]?,\d{6},
        |03,(?=[^,/]*\d)[^,/]+,(?:[A-Z]{3})?[,/]
        |16,\d{3},[+-]?\d+(?:/|,[012SVDZ]?,)
        |49,[+-]?\d*,\d+[ \t]*(?:/|$)
        |9[89],[+-]?\d*,\d+,\d+[ \t]*(?:/|$)
        |(?<![ /-]\d/)(?<![ /-]\d\d/)88,
    )""",
    re.ASCII | re.VERBOSE,
)
"""A `/` that closes a record inside a line: what follows looks like a whole record; `06/88,` is a date."""


@dataclass(slots=True)
class Record:
    """One record with its 88s: `parts` is the text after the code of each line, without the closing `/`.

    `lines` counts the physical records (the record and its 88s); a line that is no record adds a part but no count.
    `loose` holds the indexes of such parts; `closed` says whether the last line ended with `/`.
    """

    code: str
    place: int
    last_place: int
    parts: list[str]
    closed: bool
    lines: int = 1
    loose: set[int] = field(default_factory=set)

    def where(self) -> str:
        """The record's place in words, for findings and rejections."""
        return f"line {self.place}, record {self.code}"

    def fields(self) -> list[str]:
        """The record's fields in order, a line's end being a field's end."""
        return [value.strip() for part in self.parts for value in part.split(",")]


@dataclass(slots=True)
class Account:
    """An account section: 03, its 16s, 49."""

    header: Record
    trailer: Record
    details: list[Record] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """A group of accounts of one day: 02, its accounts, 98."""

    header: Record
    trailer: Record
    accounts: list[Account] = field(default_factory=list)


@dataclass(slots=True)
class BankFile:
    """One file: 01, its groups, 99."""

    header: Record
    trailer: Record
    groups: list[Group] = field(default_factory=list)


def lines_of(text: str) -> tuple[list[str], list[Finding]]:
    """The text's lines with each record beginning its own, and a finding where lines were shared.

    `FileRejected` for a control character; a byte order mark and an old end-of-file mark at the end are dropped.
    """
    text = text.removeprefix("\ufeff").rstrip("\x1a \t\r\n")
    lines: list[str] = []
    shared = 0
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if bad := _CONTROL.search(line):
            found = f"control character 0x{ord(bad[0]):02X}"
            raise FileRejected("bai2_control_character", f"line {number}", "text", found)
        pieces = _SHARED_LINE.split(line) if "/" in line else [line]
        shared += len(pieces) > 1
        lines.extend(f"{piece}/" for piece in pieces[:-1])
        lines.append(pieces[-1])
    if not shared:
        return lines, []
    message = f"{shared} lines hold several records; lines are counted as if each record began one"
    return lines, [Finding("info", "bai2_shared_line", "file", message)]


def records_of(lines: list[str]) -> tuple[list[Record], list[Finding]]:
    """The records in order, each with its continuations, and a finding for each line that is no record.

    Such a line is text that a bank broke without an 88, and goes to the 16 before it; anywhere else `FileRejected`.
    """
    records: list[Record] = []
    findings: list[Finding] = []
    for place, line in enumerate(lines, start=1):
        stripped = line.strip(" \t")
        if not stripped:
            continue
        closed = stripped.endswith("/")
        found = _RECORD.fullmatch(stripped.removesuffix("/"))
        if found is not None and found[1] != "88":
            records.append(Record(found[1], place, place, [found[2]], closed))
            continue
        wanted = "record 01 (file header)" if not records else "a record (01, 02, 03, 16, 49, 88, 98, 99)"
        if not records or (found is None and records[-1].code != "16"):
            fault = "bai2_no_record" if records else "bai2_no_header"
            raise FileRejected(fault, f"line {place}", wanted, "other text")
        last = records[-1]
        if found is None:
            last.loose.add(len(last.parts))
            message = "a line that is no record was read on as the text of the record before it"
            findings.append(Finding("warning", "bai2_no_record", f"line {place}, record 16", message))
        else:
            last.lines += 1
        last.parts.append(stripped.removesuffix("/") if found is None else found[2])
        last.last_place, last.closed = place, closed
    return records, findings


class _Cursor:
    """The records, taken one by one in the order that the format wants."""

    def __init__(self, records: list[Record]) -> None:
        self._records, self._next = records, 0

    def code(self) -> str:
        """The next record's code, or nothing at the end."""
        return self._records[self._next].code if self._next < len(self._records) else ""

    def take(self, code: str, name: str) -> Record:
        """The next record, which must have that code."""
        found = self.code()
        if found == code:
            self._next += 1
            return self._records[self._next - 1]
        if not found:
            place = self._records[-1].last_place if self._records else 1
            fault = "bai2_truncated" if self._records else "bai2_no_header"
            raise FileRejected(fault, f"line {place}", f"record {code} ({name})", "the end of the file")
        fault = {"01": "bai2_no_header"}.get(code, "bai2_truncated" if found in _SECTION_CODES else "bai2_structure")
        fault = "bai2_outside_account" if found == "16" else fault
        raise FileRejected(fault, self._records[self._next].where(), f"record {code} ({name})", f"record {found}")


_SECTION_CODES = frozenset({"01", "02", "03", "98", "99"})
"""Found where a trailer is wanted, these say that the trailer is missing."""


def files_of(records: list[Record]) -> list[BankFile]:
    """The files with their groups and accounts, every section opened and closed.

    `FileRejected` for a missing 01, 49, 98 or 99 and for a 16 outside an account.
    """
    cursor = _Cursor(records)
    files: list[BankFile] = []
    while cursor.code() or not files:
        header = cursor.take("01", "file header")
        groups: list[Group] = []
        while cursor.code() == "02":
            groups.append(_group(cursor))
        files.append(BankFile(header, cursor.take("99", "file trailer"), groups))
    return files


def _group(cursor: _Cursor) -> Group:
    header = cursor.take("02", "group header")
    accounts: list[Account] = []
    while cursor.code() == "03":
        account = cursor.take("03", "account")
        details: list[Record] = []
        while cursor.code() == "16":
            details.append(cursor.take("16", "transaction"))
        accounts.append(Account(account, cursor.take("49", "account trailer"), details))
    return Group(header, cursor.take("98", "group trailer"), accounts)
