"""A frame as CSV, as JSON lines and as a workbook, with exact amounts and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from analysis.exports.cells import arrow, is_money, rows, words
from analysis.money import total

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of an XLSX file."""

EXACT_IN_A_SPREADSHEET = Decimal(10) ** 13
"""From here on a spreadsheet's 15 digits lose the cents, so that such an amount is written as text."""

OPTIONS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}
"""How every workbook is written: text as text, never as a formula, link or number."""

_LONGEST_SHEET = 1_048_576 - 2
_WIDEST, _NARROWEST = 60, 9


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV with headings: amounts with two decimals, ISO dates, empty for null, formulas disarmed."""
    table = arrow(frame)
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # its line end of \r\n makes it quote a lone \r as well
    writer.writerow(table.column_names)
    writer.writerows([words(value) for value in row] for row in rows(table))
    return out.getvalue().encode("utf-8", "replace")


def to_json_lines(frame: pd.DataFrame) -> bytes:
    """The frame as one JSON object a line: amounts and dates as text, null for null."""
    table = arrow(frame)
    names = table.column_names
    lines = (json.dumps(dict(zip(names, map(_json, row), strict=True)), ensure_ascii=False) for row in rows(table))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def to_xlsx(
    frame: pd.DataFrame,
    title: str,
    as_of: date | None = None,
    definition: str = "",
    total_columns: Sequence[str] | None = None,
) -> bytes:
    """The frame as a workbook: typed cells under a frozen, filtered heading, a row of totals, and a sheet about it.

    `total_columns` are the money columns to add up; all of them where it is None. Text is written as text, never as a
    formula, link or number.
    """
    table = arrow(frame)
    if table.num_rows > _LONGEST_SHEET:
        raise ValueError(f"a sheet holds {_LONGEST_SHEET:,} rows; this report has {table.num_rows:,}: use CSV")
    money = [field.name for field in table.schema if is_money(field)]
    totals = [name for name in money if total_columns is None or name in total_columns]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        _Sheet(book, table, title, totals).write()
        _about(book, title, as_of, definition, table.num_rows)
    return out.getvalue()


def to_one_sheet(frame: pd.DataFrame, title: str) -> bytes:
    """The frame as a workbook of one sheet without a row of totals, as a letter program merges it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        _Sheet(book, arrow(frame), title, ()).write()
    return out.getvalue()


def to_sheets(about: Sequence[tuple[str, Any]], frames: Mapping[str, tuple[pd.DataFrame, Sequence[str]]]) -> bytes:
    """A workbook of a first sheet of names and values, and a sheet for each frame with the columns that add up."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        write_values(book, about[0][0], about)
        for title, (frame, totals) in frames.items():
            _Sheet(book, arrow(frame), title, totals).write()
    return out.getvalue()


class _Sheet:
    """The sheet of rows."""

    def __init__(self, book: Any, table: pa.Table, title: str, totals: Sequence[str]) -> None:
        self.table, self.totals = table, totals
        self.sheet = book.add_worksheet(_sheet_name(title))
        self.heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.money = book.add_format({"num_format": "#,##0.00"})
        self.bold = book.add_format({"bold": True, "top": 1})
        self.bold_money = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})
        self.text = book.add_format({"num_format": "@"})

    def write(self) -> None:
        """The heading, the rows and the totals stand in the sheet, in that order."""
        sheet, names = self.sheet, self.table.column_names
        for number, (field, width) in enumerate(zip(self.table.schema, self._widths(), strict=True)):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, field.name, self.heading)
        sheet.freeze_panes(1, 0)
        if names:
            sheet.autofilter(0, 0, self.table.num_rows, len(names) - 1)
        for at, row in enumerate(rows(self.table), start=1):
            for number, value in enumerate(row):
                self._cell(at, number, value)
        if self.table.num_rows and self.totals:
            self._totals(self.table.num_rows + 1)

    def _cell(self, at: int, number: int, value: Any) -> None:
        match value:
            case None:
                return
            case bool():
                self.sheet.write_boolean(at, number, value)
            case Decimal():
                if abs(value) < EXACT_IN_A_SPREADSHEET:
                    self.sheet.write_number(at, number, value, self.money)
                else:
                    self.sheet.write_string(at, number, words(value), self.text)
            case int():
                self.sheet.write_number(at, number, value)
            case datetime() | date():
                self.sheet.write_datetime(at, number, value)
            case _:
                self.sheet.write_string(at, number, str(value))

    def _totals(self, at: int) -> None:
        labelled = False
        for number, name in enumerate(self.table.column_names):
            if name in self.totals:
                column = xl_col_to_name(number)
                amount = total(self.table[name].to_pylist())
                self.sheet.write_formula(at, number, f"=SUM({column}2:{column}{at})", self.bold_money, amount)
            elif not labelled:
                self.sheet.write_string(at, number, "Total", self.bold)
                labelled = True

    def _widths(self) -> list[int]:
        head = self.table.slice(0, 200)
        longest = (
            max([len(field.name), *(len(words(value)) for value in head[field.name].to_pylist())])
            for field in self.table.schema
        )
        return [max(_NARROWEST, min(_WIDEST, length + 2)) for length in longest]


def _about(book: Any, title: str, as_of: date | None, definition: str, count: int) -> None:
    facts: tuple[tuple[str, Any], ...] = (
        ("Report", title),
        ("As of", as_of),
        ("Rows", count),
        ("Definition", definition),
        ("Units", "US dollars; calendar days"),
        ("Made by", "Tieout"),
    )
    write_values(book, "About", facts)


def write_values(book: Any, title: str, facts: Sequence[tuple[str, Any]]) -> None:
    """A sheet of names and values."""
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    for at, (name, value) in enumerate(facts):
        sheet.write_string(at, 0, name, bold)
        if isinstance(value, date):
            sheet.write_datetime(at, 1, value)
        elif isinstance(value, int):
            sheet.write_number(at, 1, value)
        elif value:
            sheet.write_string(at, 1, str(value))


def _sheet_name(title: str) -> str:
    kept = "".join(letter for letter in title if letter not in "[]:*?/\\").strip("' ")
    return kept[:31] if kept and kept.lower() != "history" else "Report"


def _json(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return words(value)
