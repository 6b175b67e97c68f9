"""Cells that are not what their column holds refuse the file, with their place and without patient data."""

from __future__ import annotations

import datetime

import pytest

from analysis.intake import tables
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected

POSTING = """batch_id,batch_type,deposit_date,control_total,line_number,account_number,reference_number,\
transaction_type,amount
B1,ERA,2026-11-20,150.00,1,A1,00-123,PAYMENT,100.00
B1,ERA,11/20/2026,150.00,2,A2,00-123,payment,50.00
B2,manual,2026-11-21,"1,000.25",1,A3,,Provider Adjustment,"$1,000.25"
"""
ACCOUNTS = """account_number,patient_name,date_of_birth,service_from,balance,credit_date
A1,DOE JANE,1950-01-02,2026-10-01,(25.50),2026-11-02
A2,ROE RICHARD,01/31/1990,2026-10-05,"1,200.00",
"""


def read(text: str) -> ParsedFile:
    """The text as an uploaded table."""
    return tables.read(text.encode())


@pytest.mark.parametrize(
    "amount",
    ["NaN", "inf", "1e5", "1E+5", "１２.5", "٣.٤", "1.005", "1,23.00", "1_000", "0x1F", "--1", "(1", "-(1)",
     "12345678901234567", "1.2.3", "$", "-", "1 2", "ten", "1/0", "", "=1+1"],
)  # fmt: skip
def test_amounts_refused(amount: str) -> None:
    """Nothing is rounded or guessed: a cell that is no exact amount refuses the file."""
    with pytest.raises(FileRejected) as caught:
        read(f'account_number,balance\nA0,1\nA1,"{amount}"\n')
    assert (caught.value.code, caught.value.location) == ("bad_cell", "line 3, balance")


@pytest.mark.parametrize(
    "day", ["99999999", "20260230", "2026-02-30", "0001-01-01", "01/02/26", "13/01/2026", "2026-1-2", "46000", "today"]
)
def test_days_refused(day: str) -> None:
    """A day must be real, from 1990 to 2100, with a four-digit year."""
    with pytest.raises(FileRejected) as caught:
        read(POSTING.replace("2026-11-21", day))
    assert (caught.value.code, caught.value.location) == ("bad_cell", "line 4, deposit_date")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            POSTING.replace("A2,00-123,payment,", "A2,00-123,paymnt,"),
            "line 3, transaction_type: wanted one of PAYMENT, REVERSAL, PROVIDER_ADJUSTMENT, UNAPPLIED, REFUND, "
            "found text of the shape 'AAAAAA'",
            id="a word that is none of the choices",
        ),
        pytest.param(
            POSTING.replace("150.00,1,", "150.00,1.5,"),
            "line 2, line_number: wanted a whole number, found text of the shape '9.9'",
            id="a line number with a fraction",
        ),
        pytest.param(
            POSTING.replace("150.00,1,A1", "150.00,1,"),
            "line 2, account_number: wanted a value, found an empty cell",
            id="a required cell left empty",
        ),
        pytest.param(
            POSTING.replace(",100.00\n", ",100.005\n").replace("11/20/2026", "20.11.2026"),
            "line 2, amount: wanted an amount such as 1234.50, found '100.005' "
            "(1 other bad cell: line 3, deposit_date)",
            id="two bad cells, first by line",
        ),
        pytest.param(
            ACCOUNTS.replace("1950-01-02", "02.01.1950"),
            "line 2, date_of_birth: wanted a date such as 2026-01-31 or 01/31/2026, "
            "found text of the shape '99.99.9999'",
            id="a birth date is not shown",
        ),
        pytest.param(
            ACCOUNTS.replace("(25.50)", "DOE JANE"),
            "line 2, balance: wanted an amount such as 1234.50, found text of the shape 'AAA AAAA'",
            id="a name in the amount column is not shown",
        ),
        pytest.param(
            "account_number,balance\n" + "A,x\n" * 50,
            None,
            id="fifty bad cells are counted",
        ),
    ],
)  # fmt: skip
def test_bad_cells(text: str, message: str | None) -> None:
    """The first bad cell with its place and shape, the next ones by place, the rest counted."""
    with pytest.raises(FileRejected) as caught:
        read(text)
    if message is None:
        assert "(49 other bad cells: line 3, balance;" in caught.value.found
        assert caught.value.found.endswith("line 21, balance; and 30 more)")
    else:
        assert str(caught.value) == message


@pytest.mark.parametrize("birth_day", ["1890-01-01", "02/29/1948", "2026-11-01", ""])
def test_birth_days(birth_day: str) -> None:
    """Patients may be born long before the first day that money can have."""
    born = read(ACCOUNTS.replace("1950-01-02", birth_day)).tables["account"]["date_of_birth"][0].as_py()
    year = int(birth_day[:4] if "-" in birth_day else birth_day[-4:]) if birth_day else None
    assert (born and born.year) == year
    assert born is None or isinstance(born, datetime.date)


@pytest.mark.parametrize("birth_day", ["1889-12-31", "02/29/1949", "0001-01-01", "01/02/50", "19500102"])
def test_birth_days_refused(birth_day: str) -> None:
    """A birth day must be a real date with a four-digit year."""
    with pytest.raises(FileRejected, match="date_of_birth"):
        read(ACCOUNTS.replace("1950-01-02", birth_day))
