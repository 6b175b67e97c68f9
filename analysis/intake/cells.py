"""A table's texts to amounts, days, numbers and words, column by column, with the bad cells of all columns together."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from analysis.days import LATEST, day
from analysis.intake.table_kinds import Column
from analysis.intake.tabular import Table
from analysis.money import dollars
from analysis.problems import FileRejected, Finding

BAD_CELLS_SHOWN = 20

_SHOWN_CHARACTERS = 20
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
_BIRTH_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)|(?P<m2>\d{1,2})/(?P<d2>\d{1,2})/(?P<y2>\d{4})", re.ASCII)
_EARLIEST_BIRTH_YEAR = 1890
_SCIENTIFIC = re.compile(r"\d(?:\.\d+E\+?|E\+)\d+", re.ASCII | re.IGNORECASE)
_FIGURES = re.compile(r"[\d\s.,$()+\-/:%]*(?:E[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_WANTED = {
    "money": "an amount such as 1234.50",
    "day": "a date such as 2026-01-31 or 01/31/2026",
    "integer": "a whole number",
}

Cell = str | Decimal | date | int | None
BadCell = tuple[int, int, Column, str]


def values(table: Table) -> dict[str, list[Any]]:
    """Each column of the table's kind as typed values, None for blank cells and for columns that the file lacks.

    `FileRejected` names the first bad cell, where up to 19 more are, and how many there are in all.
    """
    typed, bad, bad_count = _converted(table)
    if bad:
        bad.sort(key=lambda cell: cell[:2])
        raise _rejection(bad[:BAD_CELLS_SHOWN], bad_count)
    return typed


def tried(table: Table) -> tuple[dict[str, list[Any]], list[tuple[int, str, str]]]:
    """The typed values, None where a cell is wrong, and each of the first wrong cells: line, column, what is wanted."""
    typed, bad, _ = _converted(table)
    faults = [
        (line, column.name, _wanted(column, text)) for line, _, column, text in sorted(bad, key=lambda one: one[:2])
    ]
    return typed, faults


def _converted(table: Table) -> tuple[dict[str, list[Any]], list[BadCell], int]:
    """The values, the first wrong cells of each column, and how many there are in all."""
    bad: list[BadCell] = []
    bad_count = 0
    typed: dict[str, list[Any]] = {}
    for position, column in enumerate(table.claim.kind.columns):
        texts = table.columns.get(column.name)
        if texts is None:
            typed[column.name] = [None] * len(table.lines)
            continue
        convert = _converter(column)
        by_text: dict[str, Cell] = {text: convert(text) for text in set(texts)}
        wrong = {text for text, value in by_text.items() if value is None and (text or column.is_required)}
        if wrong:
            cells = [(line, text) for line, text in zip(table.lines, texts, strict=True) if text in wrong]
            bad_count += len(cells)
            bad.extend((line, position, column, text) for line, text in cells[:BAD_CELLS_SHOWN])
        typed[column.name] = [by_text[text] for text in texts]
    return typed, bad, bad_count


def _wanted(column: Column, text: str) -> str:
    """What should stand in the cell, in words."""
    return "a value" if not text else _WANTED.get(column.type) or f"one of {', '.join(column.choices)}"


def damaged_identifiers(table: Table) -> list[Finding]:
    """A warning for each identifier that a spreadsheet has turned into scientific notation."""
    return [
        Finding(
            "warning",
            "identifier_in_scientific_notation",
            f"line {line}, {column.name}",
            "a spreadsheet has turned this number into scientific notation; its last digits are lost",
        )
        for column in table.claim.kind.columns
        if column.is_identifier
        for line, text in zip(table.lines, table.columns.get(column.name, []), strict=False)
        if len(text) > 3 and _SCIENTIFIC.fullmatch(text)
    ]


def _converter(column: Column) -> Callable[[str], Cell]:
    """What turns a text of that column into its value, or None where it is blank or wrong."""
    if column.type == "money":
        return dollars
    if column.type == "day":
        return _birth_day if column.is_private else day
    if column.type == "integer":
        return lambda text: int(text) if _INTEGER.fullmatch(text) else None
    if column.type == "choice":
        return lambda text: word if (word := _word(text)) in column.choices else None
    if column.type == "text":
        return lambda text: text or None
    raise AssertionError(column.type)


def _birth_day(text: str) -> date | None:
    """The date, which may lie before the earliest day of money (`days.EARLIEST`)."""
    found = _BIRTH_DAY.fullmatch(text)
    if found is None:
        return day(text)
    year, month, day_of_month = (int(found[name] or found[f"{name}2"]) for name in "ymd")
    try:
        born = date(year, month, day_of_month)
    except ValueError:
        return None
    return born if _EARLIEST_BIRTH_YEAR <= year <= LATEST.year else None


def _word(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.upper())


def _rejection(bad: list[BadCell], bad_count: int) -> FileRejected:
    line, _, column, text = bad[0]
    wanted = _wanted(column, text)
    found = _described(column, text)
    if bad_count > 1:
        places = "; ".join(f"line {place}, {other.name}" for place, _, other, _ in bad[1:])
        left_out = bad_count - len(bad)
        more = f"; and {left_out} more" if left_out else ""
        found += f" ({bad_count - 1} other bad {'cell' if bad_count == 2 else 'cells'}: {places}{more})"
    return FileRejected("bad_cell", f"line {line}, {column.name}", wanted, found)


def _described(column: Column, text: str) -> str:
    """The value where it can only be an amount or a date, else its shape: 9 for a digit, A for a letter."""
    if not text:
        return "an empty cell"
    is_shown = column.type in ("money", "day") and not column.is_private and _FIGURES.fullmatch(text)
    shown = text if is_shown else re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "A", text))
    cut = "…" if len(shown) > _SHOWN_CHARACTERS else ""
    label = "" if is_shown else "text of the shape "
    return f"{label}{shown[:_SHOWN_CHARACTERS]!r}{cut}"
