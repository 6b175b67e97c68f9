"""A column mapping: under which headings a table of someone else's holds the columns of one of our kinds.

Headings are known by their fingerprint: all of them, as they are compared, in any order. A mapping may turn the sign of
amounts (a billing system that writes payments positive) and says how days such as 03/04/2026 are to be read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from analysis.intake import tabular
from analysis.intake.parsed import ParsedFile
from analysis.intake.table_kinds import KINDS, Claim, TableKind, normalised
from analysis.intake.tables import of_table
from analysis.money import dollars, plain
from analysis.problems import FileRejected, Finding, RequestRefused

DateOrder = Literal["month_first", "day_first"]
DATE_ORDERS: tuple[DateOrder, ...] = ("month_first", "day_first")

SIGNED: Mapping[str, tuple[str, ...]] = {
    "posting_batches": ("control_total", "amount"),
    "accounts": ("balance",),
    "account_transactions": ("amount",),
    "remittances": ("payment_amount", "paid_amount"),
    "receipts": ("amount",),
    "bank_csv": ("amount",),
}
"""The columns of each kind whose sign says which way money went."""

_PARTS = re.compile(r"(\d{1,4})[/.\- ](\d{1,2}|[A-Za-z]{3})[/.\- ](\d{2,4})", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Whose columns are ours: `columns` maps headings as they are compared to the kind's columns."""

    fingerprint: str
    kind: str
    columns: Mapping[str, str]
    flips_sign: bool = False
    date_order: DateOrder = "month_first"


def trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings of a row, without blanks around them and blank ones at the end."""
    headings = tuple(cell.strip() for cell in cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    return headings


def fingerprint(headings: Sequence[str]) -> str:
    """The same 32 hex digits for the same headings in any order and spelling of case, blanks and signs."""
    said = "\n".join(sorted(map(normalised, trimmed(headings))))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def kind_named(name: str) -> TableKind:
    """The kind of table of that name; `RequestRefused` where there is none."""
    found = next((kind for kind in KINDS if kind.name == name), None)
    if found is None:
        raise RequestRefused(f"there is no kind of table named {name}: wanted {', '.join(kind.name for kind in KINDS)}")
    return found


def mapping_of(
    headings: Sequence[str],
    kind: str,
    columns: Mapping[str, str],
    *,
    flips_sign: bool = False,
    date_order: DateOrder = "month_first",
) -> ColumnMapping:
    """The mapping of those headings; `columns` maps headings of the table to the kind's columns.

    `RequestRefused` where a heading or a column is not there, a column is named twice, or one that the kind needs is
    named by none.
    """
    wanted = kind_named(kind)
    own, keys = {column.name for column in wanted.columns}, set(map(normalised, headings))
    told = {normalised(heading): column for heading, column in columns.items()}
    for heading, column in columns.items():
        if normalised(heading) not in keys:
            raise RequestRefused(f"the table has no column {heading[:40]}")
        if column not in own:
            raise RequestRefused(f"{kind} has no column {column[:40]}: wanted one of {', '.join(sorted(own))}")
    named = list(told.values())
    twice = sorted({column for column in named if named.count(column) > 1})
    if twice:
        raise RequestRefused(f"only one column of the table can be {twice[0]}")
    if lacking := wanted.missing(frozenset(named)):
        raise RequestRefused(f"{kind} needs {', '.join(lacking)}: say which column of the table it is")
    if date_order not in DATE_ORDERS:
        raise RequestRefused(f"days are read {' or '.join(DATE_ORDERS)}")
    return ColumnMapping(fingerprint(headings), kind, told, flips_sign, date_order)


def claiming(mappings: Mapping[str, ColumnMapping]) -> tabular.Claiming:
    """Rows claimed by the mappings, each by its fingerprint."""

    def claim(cells: Sequence[str], line: int) -> Claim | None:
        headings = trimmed(cells)
        mapping = mappings.get(fingerprint(headings)) if headings else None
        return None if mapping is None else claim_of(mapping, headings)

    return claim


def claim_of(mapping: ColumnMapping, headings: tuple[str, ...]) -> Claim:
    """The headings as the mapping reads them; of two alike the first counts."""
    free = dict(mapping.columns)
    return Claim(kind_named(mapping.kind), headings, tuple(free.pop(normalised(text), None) for text in headings))


def mapping_for(data: bytes, mappings: Mapping[str, ColumnMapping]) -> ColumnMapping | None:
    """The saved mapping that the table's headings name, by its first rows."""
    if not mappings:
        return None
    try:
        found = tabular.heading_claimed(data, claiming(mappings))
    except FileRejected:
        return None
    return mappings[fingerprint(found.headings)] if isinstance(found, Claim) else None


def read_mapped(data: bytes, mapping: ColumnMapping, today: date | None = None) -> ParsedFile:
    """The table, read whole through the mapping, as `tables.read` reads one of ours; a finding says so."""
    table = tabular.read_claimed(data, claiming({mapping.fingerprint: mapping}))
    said = ", ".join(
        f"{heading} = {column}" for heading, column in zip(table.headings, table.claim.columns, strict=True) if column
    )
    how = "; signs turned" if mapping.flips_sign else ""
    note = Finding("info", "column_mapping", f"line {table.heading_line}", f"read through a saved mapping: {said}{how}")
    parsed = of_table(turned(table, mapping), today)
    return replace(parsed, findings=(note, *parsed.findings))


def turned(table: tabular.Table, mapping: ColumnMapping) -> tabular.Table:
    """The table with days as we write them and amounts with the sign that we give them."""
    columns = dict(table.columns)
    for column in table.claim.kind.columns:
        if column.name not in columns:
            continue
        if column.type == "day":
            columns[column.name] = [iso_day(text, mapping.date_order) for text in columns[column.name]]
        elif mapping.flips_sign and column.name in SIGNED[mapping.kind]:
            columns[column.name] = [_flipped(text) for text in columns[column.name]]
    return replace(table, columns=columns)


def _flipped(text: str) -> str:
    """The amount with the other sign; what is no amount stays, to be refused by name."""
    found = dollars(text)
    return text if found is None else plain(-found)


def day_parts(text: str) -> tuple[int, int, int] | None:
    """The three numbers of a day that begins with month or day, as they stand; None for every other text."""
    found = _PARTS.fullmatch(_TIME.sub("", text.strip()))
    if found is None or len(found[1]) > 2 or not found[2].isdigit():
        return None
    return int(found[1]), int(found[2]), int(found[3])


def iso_day(text: str, order: DateOrder) -> str:
    """The day as YYYY-MM-DD where the text writes one; every other text as it is, to be refused by name."""
    bare = _TIME.sub("", text.strip())
    if run := _RUN.fullmatch(bare):
        return "-".join(run.groups())
    found = _PARTS.fullmatch(bare)
    if found is None:
        return text
    first, middle, last = found.groups()
    if len(first) == 4:
        year, month, of_month = first, _month(middle), last
    elif not middle.isdigit():
        year, month, of_month = last, _month(middle), first
    else:
        year = last
        month, of_month = (first, middle) if order == "month_first" else (middle, first)
    year = f"20{year}" if len(year) == 2 else year
    return f"{year}-{month:0>2}-{of_month:0>2}" if len(year) == 4 and len(of_month) <= 2 else text


def _month(text: str) -> str:
    return text if text.isdigit() else str(_MONTHS.get(text.casefold(), text))
