"""Cheques: each planted fault is named, a valid cheque has none, and no message holds a number in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analysis.intake.cheques import BARS, Cheque, cheque_key, faults, months_after
from analysis.intake.micr import Micr, read_micr
from analysis.intake.tables import read
from analysis.intake.written_amounts import written_amount

OURS = ("EXEMPLAR GENERAL HOSPITAL", "EXEMPLAR PHYSICIANS", "CEDAR MED CTR & CLINIC")
GOOD = Cheque(
    amount=Decimal("120.50"),
    received_on=date(2026, 11, 13),
    check_date=date(2026, 11, 2),
    routing_number="021000021",
    check_account="123456789",
    check_number="0101",
    payer_name="NOVERIA MUTUAL",
    micr_line="⑆021000021⑆ 123456789⑈ 0101 ⑇0000012050⑇",
    written_amount="One hundred twenty and 50/100 dollars",
    payee_name="Exemplar General Hospital, Inc.",
    memo="claim 4711",
)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({}, id="as it is"),
        pytest.param({"micr_line": None, "written_amount": None, "payee_name": None}, id="only numbers keyed"),
        pytest.param({"routing_number": None, "check_account": None, "check_number": None}, id="only scanned"),
        pytest.param({"micr_line": "O000101O T021000021T 123456789O"}, id="a business cheque"),
        pytest.param({"routing_number": "011000015", "micr_line": None}, id="prefix 01"),
        pytest.param({"check_date": date(2026, 5, 13)}, id="six months to the day"),
        pytest.param({"check_date": date(2026, 11, 13)}, id="dated today"),
        pytest.param(
            {"routing_number": "000000518", "micr_line": None, "check_date": date(2025, 11, 13)},
            id="a Treasury cheque of a year",
        ),
        *(
            pytest.param({"currency": told}, id=f"US dollars named {told}")
            for told in (
                "USD",
                "USD ",
                "US Dollars",
                "U.S. Dollars",
                "dollars",
                "US$",
                "$",
                "US dollar",
                "usd",
                "US-Dollar",
            )
        ),
        *(
            pytest.param({"payee_name": told}, id=told)
            for told in (
                "HOSPITAL, EXEMPLAR GENERAL",
                "EXEMPLAR GEN HOSP",
                "Exemplar Gen'l Hosp., LLP",
                "EXEMPLAR PHYS PLLC",
                "EXEMPLAR PHYSICIANS L.P.",
                "Exemplar & General Hospital",
                "CEDAR MEDICAL CENTER & CLINIC, INCORPORATED",
                "CEDAR MED CTR AND CLINIC",
            )
        ),
        pytest.param({"memo": "paid by Noveria for account 12"}, id="paid, but not in full"),
        pytest.param({"memo": "payment plan final payment"}, id="the last of a plan"),
        pytest.param({"memo": "final pmt, installment 12 of 12"}, id="the last instalment"),
        pytest.param({"memo": "pipette, piffle"}, id="letters within a word"),
        pytest.param({"micr_line": "T0210-00021T 123456789O 0101"}, id="a dash in the routing number scanned"),
        pytest.param({"routing_number": "0210-00021"}, id="a dash in the routing number keyed"),
        *(
            pytest.param(
                {"payer_name": told, "routing_number": None, "micr_line": None, "check_date": date(2025, 11, 13)},
                id=told,
            )
            for told in (
                "US TREASURY",
                "U.S. Treasury",
                "UNITED STATES TREAS",
                "UNITED STATES TREASURY",
                "DEPT OF THE TREASURY",
                "Department of the Treasury",
                "US DEPT OF TREASURY",
                "US TREASURY 310",
            )
        ),
        pytest.param(
            {"routing_number": None, "check_account": None, "micr_line": None}, id="nothing known of the bank"
        ),
    ],
)
def test_a_valid_cheque_has_no_fault(changed: dict):
    """However much or little is known of it."""
    assert faults(replace(GOOD, **changed), OURS) == []


BARE = {"micr_line": None}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"routing_number": "02100002", **BARE}, "routing_digits", id="eight digits"),
        pytest.param({"routing_number": "0210O0021", **BARE}, "routing_digits", id="a letter"),
        pytest.param({"routing_number": "021000012", **BARE}, "routing_checksum", id="two digits swapped"),
        pytest.param({"routing_number": "500000005", **BARE}, "routing_prefix", id="holds, but no district is 50"),
        pytest.param({"routing_number": "400000008", **BARE}, "routing_prefix", id="no such prefix"),
        pytest.param({"routing_number": "000000000", **BARE}, "routing_prefix", id="all zeros"),
        pytest.param({"routing_number": "12345-678", **BARE}, "foreign_bank", id="a Canadian transit"),
        pytest.param(
            {"routing_number": None, "check_account": None, "micr_line": "T12345-678T 1234O 101"},
            "foreign_bank",
            id="Canadian, scanned",
        ),
        pytest.param({"micr_line": "O0101O 021000021 123456789O"}, "micr_unreadable", id="no transit sign"),
        pytest.param({"check_number": "0102"}, "micr_differs", id="another number than scanned"),
        pytest.param({"check_account": "123456798"}, "micr_differs", id="another account than scanned"),
        pytest.param({"amount": Decimal("120.51"), "written_amount": None}, "micr_amount", id="encoded one cent off"),
        pytest.param({"check_date": date(2026, 5, 12)}, "stale_cheque", id="six months and a day"),
        pytest.param(
            {"routing_number": "000000518", "check_date": date(2025, 11, 12), **BARE}, "stale_cheque", id="Treasury"
        ),
        pytest.param(
            {
                "payer_name": "UNITED STATES TREASURY",
                "routing_number": None,
                "check_date": date(2025, 11, 12),
                **BARE,
            },
            "stale_cheque",
            id="by name",
        ),
        *(
            pytest.param(
                {"payer_name": told, "routing_number": None, "check_date": date(2026, 5, 12), **BARE},
                "stale_cheque",
                id=f"no Treasury cheque: {told}",
            )
            for told in (
                "TREASURY WINE ESTATES",
                "US TREASURY WINE ESTATES",
                "OHIO STATE TREASURY",
                "OHIO DEPT OF THE TREASURY",
                "TREASURY MANAGEMENT OF NOVERIA",
            )
        ),
        pytest.param(
            {"payer_name": "US TREASURY", "check_date": date(2026, 5, 12)}, "stale_cheque", id="of another bank"
        ),
        pytest.param({"routing_number": "0210-00012", **BARE}, "routing_checksum", id="a dash, and digits swapped"),
        pytest.param(
            {"routing_number": None, "check_account": None, "micr_line": "T0210-00012T 1234O 101"},
            "routing_checksum",
            id="scanned with a dash, digits swapped",
        ),
        pytest.param({"routing_number": "1234-5678", **BARE}, "routing_digits", id="a dash, but not Canadian"),
        pytest.param({"check_date": date(2026, 11, 14)}, "post_dated", id="tomorrow's"),
        pytest.param({"written_amount": "One hundred twenty-one and 50/100"}, "words_differ", id="words and figures"),
        pytest.param({"written_amount": "one hundrd twenty"}, "words_unreadable", id="misspelt"),
        pytest.param({"written_amount": "One hundred twenty Canadian dollars"}, "foreign_currency", id="in words"),
        *(
            pytest.param({"currency": told}, "foreign_currency", id=f"currency named {told}")
            for told in ("CAD", "Canadian dollars", "C$", "A$", "€", "AU dollars")
        ),
        *(
            pytest.param({"payee_name": told}, "payee_not_ours", id=f"a third party's: {told}")
            for told in (
                "ROLAND EXEMPLARI",
                "EXEMPLAR",
                "EXEMPLAR GENERAL STORE",
                "OTHER GEN HOSP",
                "GENERAL HOSPITAL OF X",
            )
        ),
        *(
            pytest.param({"payee_name": told}, "payee_near_ours", id=f"near ours: {told}")
            for told in (
                "EXEMPLAR GENRAL HOSPITAL",
                "HOSPITEL EXEMPLER GENERAL",
                "EXEMPLAR GENERAL",
                "EXEMPLAR GENERAL HOSPITAL FOUNDATION",
            )
        ),
        pytest.param({"memo": "PAID IN FULL"}, "restrictive_endorsement", id="paid in full"),
        *(
            pytest.param({"memo": told}, "restrictive_endorsement", id=told)
            for told in (
                "full and final settlement",
                "full & final payment",
                "paid-in-full",
                "Pd in full",
                "Pd. in full",
                "PIF",
                "acct 12 P.I.F.",
                "Balance in full",
                "final payment",
                "payment plan: paid in full",
            )
        ),
    ],
)
def test_each_planted_fault_is_named(changed: dict, code: str):
    """That fault and no other, with whether it bars, and without any number of the cheque."""
    cheque = replace(GOOD, **changed)
    (found,) = faults(cheque, OURS)
    assert (found.code, found.bars) == (code, BARS[code])
    for number in (cheque.routing_number, cheque.check_account, cheque.check_number):
        assert number is None or number not in found.words


def test_a_cheque_taken_before_is_barred():
    """The same bank, account and number, however they were written; another number is another cheque."""
    known = {cheque_key("21000021", "0123456789", "101")}
    assert [one.code for one in faults(GOOD, OURS, known)] == ["duplicate_cheque"]
    assert faults(replace(GOOD, check_number="0102", micr_line=None), OURS, known) == []
    assert cheque_key("021000021", None, "101") is None


def test_what_bars_comes_first():
    """A warning never hides what bars the deposit."""
    found = faults(replace(GOOD, memo="paid in full", check_date=date(2026, 1, 2)), OURS)
    assert [one.bars for one in found] == [True, False]


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        pytest.param(date(2026, 8, 31), 6, date(2027, 2, 28), id="no such day"),
        pytest.param(date(2023, 8, 31), 6, date(2024, 2, 29), id="a leap year"),
        pytest.param(date(2026, 6, 30), 6, date(2026, 12, 30), id="the last of June is not the last of December"),
    ],
)
def test_calendar_months(day: date, months: int, last: date):
    """Six months are calendar months, never 180 days."""
    assert months_after(day, months) == last


READ = Micr("021000021", "123456789", "001234", Decimal("120.50"), False)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("⑈001234⑈ ⑆021000021⑆ 123456789⑈ ⑇0000012050⑇", id="signs"),
        pytest.param("<001234< :021000021: 123456789< ;0000012050;", id="codes"),
        pytest.param("C001234C A021000021A 123456789C B0000012050B", id="letters of the font"),
        pytest.param("O001234O T021000021T 123456789O $0000012050$", id="T, O and $"),
        pytest.param("u001234u t021000021t 123456789u a0000012050a", id="lower case, U and A"),
        pytest.param("T021000021T 123456789O 001234 A0000012050A", id="a personal cheque"),
        pytest.param("T021000021T 001234 123-456-789O A0000012050A", id="number first, account with dashes"),
    ],
)
def test_micr(line: str):
    """However the scanner writes the signs and the bank orders its field."""
    assert read_micr(line) == READ


@pytest.mark.parametrize("line", ["", "T021000021T T021000021T", "T021000021 12O", "hello", "A12A T021000021T 1O 2A"])
def test_what_is_no_micr_line(line: str):
    """It is told, not guessed at."""
    assert read_micr(line) is None


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("One hundred twenty and 50/100", "120.50"),
        ("***Ninety-nine and 05/100***", "99.05"),
        ("Twelve hundred and no/100 dollars", "1200.00"),
        ("one thousand two hundred thirty-four dollars and fifty-six cents", "1234.56"),
        ("Three million one and xx/100", "3000001.00"),
        ("1,204 and 05/100", "1204.05"),
        ("Fifty cents", "0.50"),
        ("Four thousand only", "4000.00"),
        ("One hundred & 00/100", "100.00"),
        ("Ten and 50/100s", "10.50"),
        ("Ten and 50/100ths dollars", "10.50"),
        ("TWENTYONE AND 00/100", "21.00"),
        ("ONEHUNDREDANDFIVE AND 00/100", "105.00"),
        ("Ninty-nine and 00/100", "99.00"),
        ("Ninty dollars", "90.00"),
        ("No dollars and 50/100", "0.50"),
        ("Zero dollars and 50 cents", "0.50"),
        ("ONE HUNDRED DOLLARS AND NO CENTS", "100.00"),
        ("PAY EXACTLY 1,234 DOLLARS AND 50 CENTS", "1234.50"),
        ("1,234 DOLLARS AND 50 CENTS", "1234.50"),
        ("The sum of $1,234 dollars 05 cts", "1234.05"),
        ("Twenty–one and 50⁄100", "21.50"),
        ("Ten U.S. dollars and 05/100", "10.05"),
        ("no hundred and 00/100", None),
        ("one hundred no and 00/100", None),
        ("twentyeleven and 00/100", None),
        ("onetwenty and 00/100", None),
        ("twentyish and 00/100", None),
        ("1,000 and 100/100", None),
        ("pay exactly", None),
        ("five six and 00/100", None),
        ("one hundred hundred", None),
        ("one hundred and 100/100", None),
        ("about ten dollars", None),
        ("", None),
    ],
)
def test_written_amount(words: str, amount: str | None):
    """Exact, or not at all."""
    assert written_amount(words) == (None if amount is None else Decimal(amount))


HEAD = "receipt_id,received_date,payment_method,routing_number,check_account,check_number,check_date,amount\n"


def test_a_file_of_receipts_tells_its_faults_by_line():
    """Cash has none; a cheque's fault names the line, and the same cheque twice names the first."""
    rows = [
        "R1,2026-11-13,CHECK,021000021,123456789,101,2026-11-02,10.00",
        "R2,2026-11-13,CHECK,021000012,123456789,102,2026-11-02,11.00",
        "R3,2026-11-13,CHECK,021000021,123456789,103,2026-01-02,12.00",
        "R4,2026-11-13,CASH,,,,,13.00",
        "R5,2026-11-13,CHECK,021000021,123456789,0101,2026-11-02,10.00",
    ]
    found = read((HEAD + "\n".join(rows) + "\n").encode()).findings
    assert [(one.code, one.location, one.amount) for one in found] == [
        ("routing_checksum", "line 3", Decimal("11.00")),
        ("stale_cheque", "line 4", Decimal("12.00")),
        ("duplicate_cheque", "line 6", Decimal("10.00")),
    ]
    assert "line 2" in found[-1].message
    assert not any("123456789" in one.message or "0210000" in one.message for one in found)
