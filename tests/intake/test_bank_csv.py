"""Bank lines from a table: amounts either way, traces, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake import bank_csv, bank_rows
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected

BASE = {"bank_account": "000123", "posted_date": "2026-03-01", "description": "AETNA HCCLAIMPMT"}


def read(**cells: str) -> ParsedFile:
    return bank_csv.read_rows([(2, BASE | cells)])


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        pytest.param({"amount": "1,234.50"}, "1234.50", id="an amount coming in"),
        pytest.param({"amount": "(1,234.50)"}, "-1234.50", id="an amount in brackets goes out"),
        pytest.param({"amount": "12.00-"}, "-12.00", id="a minus at the end"),
        pytest.param({"amount": "0.00"}, "0.00", id="a zero is an amount"),
        pytest.param({"credit": "$5.00"}, "5.00", id="a credit"),
        pytest.param({"debit": "5.00"}, "-5.00", id="a debit"),
        pytest.param({"debit": "-5.00"}, "-5.00", id="a debit with a minus"),
        pytest.param({"credit": "0.00", "debit": "5.00"}, "-5.00", id="a zero credit beside a debit"),
        pytest.param({"credit": "0.00"}, "0.00", id="a zero credit alone"),
        pytest.param({"amount": "5.00", "credit": "0.00", "debit": "0.00"}, "5.00", id="zeros beside an amount"),
        pytest.param({"amount": "5.00", "debit": "5.00"}, "-5.00", id="an unsigned amount beside a debit"),
    ],
)
def test_the_amount_of_a_row(cells: dict[str, str], amount: str) -> None:
    """Signed dollars, money in positive; totals are magnitudes."""
    found = read(**cells)
    line = found.tables["bank_transaction"].to_pylist()[0]
    assert line["amount"] == Decimal(amount)
    totals = {"credits": max(Decimal(amount), Decimal(0)), "debits": max(-Decimal(amount), Decimal(0))}
    assert found.totals == totals
    assert found.records == {"transactions": 1}


@pytest.mark.parametrize(
    ("cells", "code", "location"),
    [
        pytest.param({}, "bank_csv_amount", "line 2, amount", id="no amount at all"),
        pytest.param({"amount": "1.005"}, "bank_csv_amount", "line 2, amount", id="half a cent"),
        pytest.param({"amount": "1e3"}, "bank_csv_amount", "line 2, amount", id="an exponent"),
        pytest.param({"credit": "five"}, "bank_csv_amount", "line 2, credit", id="words for a credit"),
        pytest.param({"debit": "NaN"}, "bank_csv_amount", "line 2, debit", id="not a number"),
        pytest.param({"credit": "1.00", "debit": "1.00"}, "bank_csv_amount", "line 2, debit", id="both ways at once"),
        pytest.param({"amount": "2.00", "credit": "1.00"}, "bank_csv_amount", "line 2, amount", id="two amounts"),
        pytest.param({"amount": "1.00", "posted_date": ""}, "bank_csv_date", "line 2, posted_date", id="no day"),
        pytest.param(
            {"amount": "1.00", "posted_date": "2026-02-30"}, "bank_csv_date", "line 2, posted_date", id="30 February"
        ),
        pytest.param({"amount": "1.00", "bank_account": ""}, "bank_csv_account", "line 2, bank_account", id="no name"),
    ],
)
def test_a_bad_cell_refuses_the_file(cells: dict[str, str], code: str, location: str) -> None:
    """With its line and column, and without what the cell says."""
    with pytest.raises(FileRejected) as refusal:
        read(**cells)
    assert (refusal.value.code, refusal.value.location) == (code, location)
    assert not any(word in str(refusal.value) for word in ("000123", "AETNA", "five", "1.005"))


def test_a_row_is_read_whole() -> None:
    """References, traces, company and kind, with no statement behind it."""
    told = read(
        amount="10.00", type_code="165", bank_reference="BR9", customer_reference="C77",
        description="AETNA HCCLAIMPMT TRN*1*0099*1066033492~",
    )  # fmt: skip
    line = told.tables["bank_transaction"].to_pylist()[0]
    assert line["bank_statement_place"] is None
    assert (line["place"], line["posted_date"]) == (2, date(2026, 3, 1))
    assert (line["type_code"], line["line_kind"], line["company_id"]) == ("165", "ach", "1066033492")
    traces = [(row["trace_key"], row["found_in"]) for row in told.tables["bank_trace"].to_pylist()]
    assert traces == [("99", "trn_segment"), ("C77", "customer_reference"), ("BR9", "bank_reference")]
    assert told.tables["bank_transaction"].schema == bank_rows.TRANSACTION
    assert told.tables["bank_trace"].schema == bank_rows.TRACE


def test_a_sign_against_the_type_code_is_a_finding() -> None:
    """The amount is taken at its word."""
    found = read(amount="5.00", type_code="455")
    assert [finding.code for finding in found.findings] == ["bank_csv_direction"]
    assert found.totals["credits"] == Decimal("5.00")


def test_equal_rows_are_numbered() -> None:
    """Two equal rows are two payments."""
    row = BASE | {"amount": "5.00"}
    lines = bank_csv.read_rows([(2, row), (3, row)]).tables["bank_transaction"].to_pylist()
    assert [line["occurrence"] for line in lines] == [1, 2]


def test_no_rows_are_no_lines() -> None:
    """An empty table still has its columns."""
    found = bank_csv.read_rows([])
    assert found.tables["bank_transaction"].schema == bank_rows.TRANSACTION
    assert found.totals == {"credits": Decimal("0.00"), "debits": Decimal("0.00")}


@given(st.lists(st.integers(-(10**12), 10**12), max_size=20))
def test_totals_in_equal_totals_out(cents: list[int]) -> None:
    """Every cent that goes in as text comes out."""
    rows = [(n, BASE | {"amount": f"{Decimal(value) / 100:.2f}"}) for n, value in enumerate(cents, start=2)]
    found = bank_csv.read_rows(rows)
    assert found.totals["credits"] - found.totals["debits"] == Decimal(sum(cents)) / 100
