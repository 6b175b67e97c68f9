"""Lists of codes to code and description: public files of CDC and CMS, and any table with these two columns.

Read: `icd10cm_order_YYYY.txt` of CDC and CMS (order number, code, header flag, short and long description at columns 1,
7, 15, 17 and 78) and their `icd10cm_codes_YYYY.txt` (code, blanks, description); CMS's HCPCS `HCPCYYYY_…_ANWEB.txt` of
320 characters a line (code 1-5, sequence 6-10, record 11, long description 12-91; records 4 and 8 go on the line
before); CSV and XLSX with `code` and `description`, also under the headings of CMS's HCPCS workbook (`HCPC`,
`LONG DESCRIPTION`).
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version

from analysis.intake.encoding import utf8
from analysis.intake.table_kinds import Claim, Column, TableKind, named_columns
from analysis.intake.tabular import read_claimed
from analysis.intake.workbook import is_workbook
from analysis.problems import FileRejected

LISTS: Mapping[str, re.Pattern[str]] = {
    "CARC": re.compile(r"[A-Z]?\d{1,3}"),
    "RARC": re.compile(r"[A-Z]{1,2}\d{1,4}"),
    "PLB": re.compile(r"[A-Z0-9]{2}"),
    "CLAIM_STATUS": re.compile(r"\d{1,2}"),
    "CPT": re.compile(r"\d{4}[0-9A-Z]"),
    "HCPCS": re.compile(r"[A-Z]\d{4}|[A-Z0-9]{2}"),
    "ICD10CM": re.compile(r"[A-Z]\d[0-9A-Z]{1,5}"),
}
"""The lists, and what a code of each looks like, upper case and without dots."""

PACKAGED = "ICD10CM"
"""The list that comes with Tieout, as CDC and CMS publish it, in the package simple-icd-10-cm."""

Entry = tuple[int, str, str]

_ORDER = re.compile(r"\d{5} ([A-Z][0-9A-Z]{2,6}) *[01] .{60} (\S.*)")
_CODES = re.compile(r"([A-Z]\d[0-9A-Z]{1,5}) +(\S.*)")
_HCPCS_BEGINS, _HCPCS_GOES_ON = "37", "48"
_LONGEST = 2_000
_TABLE = TableKind("code_list", (Column("code", is_required=True), Column("description", is_required=True)))
_THEIRS = {"hcpc": "code", "long description": "description"}


def code_key(code: str) -> str:
    """The code as it is compared: upper case, without blanks and dots."""
    return code.upper().replace(".", "").replace(" ", "")


def read_code_list(list_name: str, data: bytes) -> dict[str, str]:
    """Description by code, in the file's order. Raises `FileRejected`: a list is read whole or not at all."""
    if list_name not in LISTS:
        raise FileRejected("unknown_code_list", "the list's name", ", ".join(LISTS), "another name")
    return _checked(list_name, _entries(list_name, data))


def packaged_list() -> tuple[str, dict[str, str]]:
    """Whence, and description by code, of the ICD-10-CM categories and codes of the package."""
    book = importlib.import_module("simple_icd_10_cm")
    named = ((code_key(one), one) for one in book.get_all_codes(True))
    found = {key: book.get_description(one) for key, one in named if LISTS[PACKAGED].fullmatch(key)}
    return f"package simple-icd-10-cm {version('simple-icd-10-cm')}", found


def _entries(list_name: str, data: bytes) -> Iterable[Entry]:
    if is_workbook(data):
        return _of_table(data)
    lines = utf8(data)[0].decode("utf-8").splitlines()
    first = next((line for line in lines if line.strip()), "")
    if list_name == "HCPCS" and len(first) > 100 and first[10] in _HCPCS_BEGINS + _HCPCS_GOES_ON:
        return _of_hcpcs(lines)
    if list_name == "ICD10CM":
        for pattern in (_ORDER, _CODES):
            if pattern.fullmatch(first.rstrip()):
                return _of_lines(lines, pattern)
    return _of_table(data)


def _of_lines(lines: Sequence[str], pattern: re.Pattern[str]) -> Iterator[Entry]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = pattern.fullmatch(line.rstrip())
            if found is None:
                raise FileRejected("bad_code_line", f"line {number}", "a code and its description", "another line")
            yield number, found[1], found[2]


def _of_hcpcs(lines: Sequence[str]) -> Iterator[Entry]:
    number, code, parts = 0, "", [""]
    for at, line in enumerate(lines, start=1):
        if not line.strip("\x1a \t"):
            continue
        mark, own = line[10:11], line[:5].strip()
        if mark and mark in _HCPCS_BEGINS:
            if code:
                yield number, code, " ".join(parts)
            number, code, parts = at, own, [line[11:91].strip()]
        elif mark and mark in _HCPCS_GOES_ON and own == code:
            parts.append(line[11:91].strip())
        else:
            raise FileRejected("bad_code_line", f"line {at}", "a record 3, 4, 7 or 8 of a code", "another line")
    if code:
        yield number, code, " ".join(parts)


def _of_table(data: bytes) -> Iterator[Entry]:
    table = read_claimed(data, _claiming)
    yield from zip(table.lines, table.columns["code"], table.columns["description"], strict=True)


def _claiming(cells: Sequence[str], _: int) -> Claim | None:
    headings = tuple(cell.strip() for cell in cells)
    for aliases in (None, _THEIRS):
        columns = named_columns(_TABLE, headings, aliases)
        if sorted(name for name in columns if name) == ["code", "description"]:
            return Claim(_TABLE, headings, columns)
    return None


def _checked(list_name: str, entries: Iterable[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, code, text in entries:
        key, description = code_key(code), " ".join(text.split())
        if not LISTS[list_name].fullmatch(key):
            raise FileRejected(
                "bad_code", f"line {line}", f"a code of {list_name}", f"a text of {len(key)} characters that is none"
            )
        if not description or len(description) > _LONGEST:
            raise FileRejected(
                "bad_code_line", f"line {line}", f"1 to {_LONGEST:,} characters", f"{len(description):,}"
            )
        if found.setdefault(key, description) != description:
            raise FileRejected("code_twice", f"line {line}", "each code once", "a code with two descriptions")
    if not found:
        raise FileRejected("no_codes", "file", f"codes of {list_name}", "none")
    return found
