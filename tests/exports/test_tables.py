"""What leaves the house is exact, typed, and never runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from analysis.exports import report_frame, to_csv, to_json_lines, to_xlsx
from analysis.money import MONEY

AS_OF = date(2026, 11, 13)
SCHEMA = pa.schema(
    [
        ("reference", pa.string()),
        ("amount", MONEY),
        ("item_date", pa.date32()),
        ("age_days", pa.int64()),
        ("in_balance", pa.bool_()),
        ("confidence", pa.decimal128(5, 2)),
    ]
)


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    """A frame as the queries give it."""
    dicts = [dict(zip(SCHEMA.names, row, strict=True)) for row in rows]
    return pa.Table.from_pylist(dicts, schema=SCHEMA).to_pandas(types_mapper=pd.ArrowDtype)


ROWS = (
    ("0048211692", Decimal("1234.50"), date(2026, 11, 2), 11, True, Decimal("100.00")),
    ("1E5", Decimal("-0.10"), None, 0, False, Decimal("99.50")),
    (None, None, date(2026, 11, 13), None, None, None),
    ('Smith, "Ann"\nB', Decimal("0.00"), None, 3, True, None),
)


def test_csv_is_plain_and_exact():
    """Two decimals, ISO dates, nothing for null, no mark before the heading."""
    written = to_csv(frame(*ROWS))
    assert written.startswith(b"reference,amount,item_date,age_days,in_balance,confidence\r\n")
    assert list(csv.reader(io.StringIO(written.decode("utf-8"), newline="")))[1:] == [
        ["0048211692", "1234.50", "2026-11-02", "11", "true", "100.00"],
        ["1E5", "-0.10", "", "0", "false", "99.50"],
        ["", "", "2026-11-13", "", "", ""],
        ['Smith, "Ann"\nB', "0.00", "", "3", "true", ""],
    ]


def test_a_frame_without_rows_keeps_its_headings():
    """An empty worklist is a file with headings only."""
    assert to_csv(frame()) == b"reference,amount,item_date,age_days,in_balance,confidence\r\n"
    assert CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(frame(), "Empty"))).sheet_names == ["Empty", "About"]
    assert to_json_lines(frame()) == b""


PAYLOADS = [
    pytest.param("=1+1", True, id="equals"),
    pytest.param('=HYPERLINK("http://x","y")', True, id="link"),
    pytest.param("+1+1", True, id="plus"),
    pytest.param("-1+1", True, id="minus and more"),
    pytest.param("-cmd|'/c calc'!A0", True, id="minus and a word"),
    pytest.param("@SUM(A1)", True, id="at"),
    pytest.param("\t=1+1", True, id="tab"),
    pytest.param("\r=1+1", True, id="carriage return"),
    pytest.param("\n=1+1", True, id="line break"),
    pytest.param("＝1+1", True, id="full-width equals"),
    pytest.param("＋1", True, id="full-width plus"),
    pytest.param("＠x", True, id="full-width at"),
    pytest.param("－x", True, id="full-width minus"),
    pytest.param("-12.50", False, id="a negative number"),
    pytest.param("-1,200", False, id="a negative number with a mark"),
    pytest.param("ACME = CO", False, id="equals inside"),
    pytest.param("", False, id="nothing"),
]


@pytest.mark.parametrize(("text", "is_disarmed"), PAYLOADS)
def test_no_csv_cell_is_a_formula(text: str, is_disarmed: bool):
    """What a spreadsheet would run gets an apostrophe; all else stays as it is."""
    written = to_csv(frame((text, *ROWS[0][1:])))
    cell = list(csv.reader(io.StringIO(written.decode("utf-8"), newline="")))[1][0]
    assert cell == (f"'{text}" if is_disarmed else text)


@pytest.mark.parametrize(("text", "_"), PAYLOADS[:-1])
def test_no_workbook_cell_is_a_formula(text: str, _: bool):
    """In a workbook the text stays to the letter, and stays text."""
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(frame((text, *ROWS[0][1:])), "Rows"))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.replace("_x000D_", "\r") == text
    assert sheet["A2"].hyperlink is None


def test_workbook_cells_have_their_types():
    """Money is a number in dollars, a date a date, an id text; the heading stays in sight and can be filtered."""
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(frame(*ROWS), "Rows", AS_OF))).worksheets[0]
    assert [cell.value for cell in sheet[1]] == SCHEMA.names
    assert (sheet["A2"].value, sheet["A3"].value) == ("0048211692", "1E5")
    assert (sheet["B2"].value, sheet["B2"].number_format) == (1234.5, "#,##0.00")
    assert sheet["C2"].is_date and sheet["C2"].value.date() == date(2026, 11, 2)
    assert (sheet["D2"].value, sheet["E2"].value, sheet["B4"].value) == (11, True, None)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:F5")


def test_totals_are_formulas_with_their_exact_value():
    """Money columns are added up, confidence is not; a reader that does not calculate sees the sum all the same."""
    data = to_xlsx(frame(*ROWS), "Rows")
    formulas = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    assert [cell.value for cell in formulas[6]] == ["Total", "=SUM(B2:B5)", None, None, None, None]
    assert Decimal(str(values["B6"].value)) == Decimal("1234.40")


def test_calamine_reads_the_same_cells():
    """A second reader agrees."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(frame(*ROWS), "Rows"))).get_sheet_by_index(0).to_python()
    assert rows[1] == ["0048211692", 1234.5, date(2026, 11, 2), 11.0, True, 100.0]
    assert rows[5][:2] == ["Total", 1234.4]


@pytest.mark.parametrize(
    ("amount", "kept"),
    [
        pytest.param("9999999999999.99", 9999999999999.99, id="the last that a spreadsheet keeps"),
        pytest.param("10000000000000.01", "10000000000000.01", id="cents that it would lose are text"),
        pytest.param("-9007199254740993.01", "-9007199254740993.01", id="and negative ones"),
    ],
)
def test_no_cent_is_lost_in_a_workbook(amount: str, kept: object):
    """Fifteen digits are all that a spreadsheet holds."""
    data = to_xlsx(frame(("x", Decimal(amount), None, None, None, None)), "Rows")
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["B2"].value == kept


def test_the_about_sheet_says_what_it_is():
    """A file that was mailed on explains itself."""
    data = to_xlsx(frame(*ROWS), "Unmatched", AS_OF, "What has no partner.")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("About").to_python()
    assert {row[0]: row[1] for row in rows} == {
        "Report": "Unmatched",
        "As of": AS_OF,
        "Rows": 4.0,
        "Definition": "What has no partner.",
        "Units": "US dollars; calendar days",
        "Made by": "Tieout",
    }


def test_json_lines_keep_amounts_as_text():
    """A reader in any language gets the exact amount."""
    lines = [json.loads(line) for line in to_json_lines(frame(*ROWS)).decode("utf-8").splitlines()]
    assert lines[0]["amount"] == "1234.50"
    assert (lines[0]["item_date"], lines[0]["age_days"], lines[0]["in_balance"]) == ("2026-11-02", 11, True)
    assert lines[2]["amount"] is None


def test_a_report_leaves_without_inner_ids():
    """The contract's columns in the contract's order; unknown reports stay whole."""
    rows = frame(*ROWS).assign(item_id="a", fact_id="7")
    assert list(report_frame(rows, "unmatched").columns) == ["item_id", "reference", "amount", "item_date", "age_days"]
    assert list(report_frame(rows, "other").columns) == list(rows.columns)
