"""XLSX to text: cells as a person sees them, and workbooks that would fill the memory."""

from __future__ import annotations

import datetime
import io
import random
import resource
import time
import zipfile

import pytest
import xlsxwriter

from analysis.intake import tables, tabular
from analysis.intake.recognise import recognise
from analysis.problems import FileRejected

HEADINGS = ["account_number", "patient_name", "balance"]


def workbook(*rows_of_sheets: list[list[object]], first_row: int = 0) -> bytes:
    """An XLSX with those sheets."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    dated = book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in rows_of_sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows, start=first_row):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(number, column, cell, dated)
                else:
                    sheet.write(number, column, cell)
    book.close()
    return buffer.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The archive with those members put in or replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        bodies = {name: old.read(name) for name in old.namelist()} | changes
        for name, body in bodies.items():
            new.writestr(name, body)
    return buffer.getvalue()


def sheet_xml(cells: str) -> bytes:
    """A worksheet with that XML inside sheetData."""
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{cells}</sheetData></worksheet>"
    ).encode()


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = workbook([HEADINGS, ["A1", "N", "1.00"]])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(123456789, "123456789", id="an integer has no .0"),
        pytest.param(1234.5, "1234.5", id="a float is its shortest text"),
        pytest.param(-0.01, "-0.01", id="a cent"),
        pytest.param(9999999999999.99, "9999999999999.99", id="ten trillion"),
        pytest.param(1.005, "1.005", id="a third decimal stays to be refused"),
        pytest.param(100200300400500, "100200300400500", id="15 digits are exact"),
        pytest.param(1.23456789012345e15, "1.23456789012345E+15", id="16 digits are not, and look it"),
        pytest.param("000123", "000123", id="text stays text"),
        pytest.param(datetime.date(2026, 2, 1), "2026-02-01", id="a date"),
        pytest.param(datetime.datetime(2026, 2, 1, 3, 4), "2026-02-01 03:04:00", id="a time of day is not dropped"),
        pytest.param(True, "TRUE", id="a truth value"),
    ],
)
def test_xlsx_cells(cell: object, text: str) -> None:
    """Cells become the text a person sees."""
    assert tabular.read(workbook([HEADINGS, ["A1", cell, 1]])).columns["patient_name"] == [text]


def test_float_noise_is_shown_as_excel_shows_it() -> None:
    """A sum with noise past the 15 digits that Excel keeps is the amount that Excel shows."""
    noisy = repacked(
        PLAIN,
        {
            SHEET: sheet_xml(
                _headings_xml() + '<row r="2"><c r="A2"><v>7</v></c><c r="C2"><v>0.30000000000000004</v></c></row>'
            )
        },
    )
    assert tabular.read(noisy).columns["balance"] == ["0.3"]


def _headings_xml() -> str:
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADINGS)
    return f'<row r="1">{cells}</row>'


def test_xlsx_rows_keep_their_numbers() -> None:
    """Blank rows at the top and between are skipped, and rows keep the numbers the user sees."""
    table = tabular.read(workbook([["Report"], [], HEADINGS, [], ["A1", "N", 1], ["A2", "N", 2]], first_row=3))
    assert (table.heading_line, table.lines) == (6, [8, 9])


def test_the_first_sheet_with_known_headings_is_read() -> None:
    """A cover sheet before the data does no harm."""
    assert tabular.read(workbook([["Cover"]], [HEADINGS, ["A1", "N", 1]])).columns["account_number"] == ["A1"]


def test_a_formula_error_is_said() -> None:
    """A cell with a formula error is blank, with a warning."""
    row = '<row r="2"><c r="A2"><v>7</v></c><c r="C2" t="e"><v>#DIV/0!</v></c></row>'
    table = tabular.read(repacked(PLAIN, {SHEET: sheet_xml(_headings_xml() + row)}))
    assert (table.columns["balance"], [finding.code for finding in table.findings]) == ([""], ["formula_error"])


def _shared(text: str, cells: int) -> bytes:
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells))
    return repacked(PLAIN, {"xl/sharedStrings.xml": strings.encode(), SHEET: sheet_xml(rows)})


def _noise(size: int) -> bytes:
    return bytes(range(256)) * (size // 256)


BOMBS = {
    "two far cells": lambda: repacked(
        PLAIN,
        {
            SHEET: sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )
        },
    ),
    "two far cells written oddly": lambda: repacked(
        PLAIN, {SHEET: sheet_xml("<row ><c\nx='>' r = 'a1'/></row><row r='9'><c r='&#88;FD1048576'/></row>")}
    ),
    "cells without references": lambda: repacked(PLAIN, {SHEET: sheet_xml("<row>" + "<c/>" * 201 + "</row>")}),
    "200 columns to the last row": lambda: repacked(
        PLAIN, {SHEET: sheet_xml('<row r="1"><c r="GR1"/></row><row r="1048576"><c r="A1048576"/></row>')}
    ),
    "a gigabyte of one cell": lambda: repacked(PLAIN, {SHEET: sheet_xml("<row><c><v>" + "1" * 101_000_000)}),
    "packed 1000 to 1": lambda: repacked(PLAIN, {SHEET: sheet_xml(" " * 20_000_000)}),
    "one text in every cell": lambda: _shared("x" * 30_000, 8_000),
    "too many members": lambda: repacked(PLAIN, {f"xl/x{n}.xml": b"<x/>" for n in range(100)}),
    "billion laughs": lambda: repacked(
        PLAIN,
        {SHEET: b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + sheet_xml("<row><c><v>&b;</v></c></row>")},
    ),
    "an external entity": lambda: repacked(
        PLAIN,
        {SHEET: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet_xml("<row><c><v>&a;</v></c></row>")},
    ),
    "XML that is not well formed": lambda: repacked(PLAIN, {SHEET: sheet_xml("<row><c></row>")}),
    "a truncated archive": lambda: PLAIN[: len(PLAIN) // 2],
    "a damaged archive": lambda: PLAIN[:700] + b"\x00" * 60 + PLAIN[760:],
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_are_refused_small_and_soon(bomb: str) -> None:
    """A workbook made to fill the memory is refused before it is unfolded."""
    data = BOMBS[bomb]()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(FileRejected):
        tabular.read(data)
    assert time.monotonic() - start < 5
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mb < 50


def test_a_directory_that_lies_about_a_size_is_refused() -> None:
    """The declared size bounds what is unpacked, and a member that goes on is damaged."""
    data = repacked(PLAIN, {SHEET: sheet_xml("<row>" + "<c><v>1</v></c>" * 300_000 + "</row>")})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(SHEET).file_size
    with pytest.raises(FileRejected):
        tabular.read(data.replace(size.to_bytes(4, "little"), (5_000).to_bytes(4, "little")))


def test_damaged_workbooks_are_refused_or_read() -> None:
    """Whatever is damaged in the archive or in a member, only FileRejected is raised, and recognising never raises."""
    drawn = random.Random(20261123)
    book = workbook([["Report"], HEADINGS, *[[f"A{n}", "N", n / 4] for n in range(20)]])
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    refused = 0
    for turn in range(600):
        name = drawn.choice(sorted(members))
        damaged = bytearray(book if turn % 2 else members[name])
        for _ in range(drawn.randint(1, 4)):
            place = drawn.randrange(len(damaged))
            damaged[place : place + drawn.randint(0, 9)] = drawn.choice([b"", b"<", b"9", b"\xff", b'"', b"/>"])
        data = bytes(damaged) if turn % 2 else repacked(book, {name: bytes(damaged)})
        recognise(data)
        try:
            tables.read(data)
        except FileRejected:
            refused += 1
    assert refused > 200
