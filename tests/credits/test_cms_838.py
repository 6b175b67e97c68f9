"""CMS-838: what is owed to Medicare at a quarter's end, told once unless it changes, certified by a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.credits.cms_838 import certification, certify, cms_838, reports_that_changed
from analysis.credits.person_readings import PersonReading, read_credit, withdraw
from analysis.credits.quarters import last_quarter_end, quarter_end, quarter_name
from analysis.exports.cms_838 import cms_838_xlsx
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from tests.credits.test_causes import LEDGER, SETTLED, TWICE, ledger_of, rows_of
from tests.files import Claim, loaded, table_csv, takeback_835
from tests.workbooks import sheets

ACCOUNTS = (
    "account_number,patient_name,financial_class,primary_payer_name,balance,extract_date,service_from,service_to,"
    "facility"
)
Q2, Q3 = date(2026, 6, 30), date(2026, 9, 30)
ANA = Who("ana", date(2026, 10, 5))


@pytest.mark.parametrize(
    ("text", "end", "before"),
    [
        ("2026Q1", date(2026, 3, 31), date(2025, 12, 31)),
        ("2026-q2", Q2, date(2026, 3, 31)),
        ("2026Q3", Q3, Q2),
        ("2026Q4", date(2026, 12, 31), Q3),
    ],
)
def test_quarters(text: str, end: date, before: date) -> None:
    """By name, and the last one that is over on a day."""
    assert quarter_end(text) == end
    assert quarter_name(end) == text.upper().replace("-", "")
    assert last_quarter_end(end) == end
    assert last_quarter_end(date(end.year, end.month - 2, 1)) == before


@pytest.mark.parametrize("text", ["", "2026", "2026Q5", "Q3", "1226Q3"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    """In words."""
    with pytest.raises(RequestRefused, match="wanted a quarter such as 2026Q3"):
        quarter_end(text)


def accounts(day: str, *rows: str) -> bytes:
    """An extract of that day; each row as number, name, class, payer, balance."""
    return table_csv(ACCOUNTS, *(f"{row},{day},2026-05-01,2026-05-03,MAIN" for row in rows))


def test_a_quarter_is_certified_and_tells_a_credit_once(store: Store) -> None:
    """Medicare's duplicate is told; an advantage plan's, another payer's and a posting error are not; what is in review
    is counted apart. A quarter later only what changed is told."""
    lines = [line.replace("ALPHA", "MEDICARE") for line in TWICE]
    ledgers = [
        *ledger_of("A1000001", *lines),
        *ledger_of("A1000002", *TWICE),
        *ledger_of("A1000003", *TWICE),
        *ledger_of("A1000004", *SETTLED, "08-01 ADJUSTMENT PRIMARY ALPHA -125.00 CO-45"),
        *ledger_of("A1000005", *SETTLED, "08-01 PAYMENT PRIMARY ALPHA -300.01 T7"),
        *ledger_of("A1000006", *[line.replace("T2", "T5") for line in lines]),
    ]
    rows = (
        '"ROE VAN, JANE",MEDICARE,MEDICARE,-300.00',
        "ROE JOHN,COMMERCIAL,ALPHA,-300.00",
        "ROE MARY,MEDICARE,ALPHA MEDICARE ADVANTAGE,-300.00",
        "ROE ADAM,MEDICARE,ALPHA,-125.00",
        "ROE EVE,MEDICARE,ALPHA,-300.01",
        "ROE RUTH,MEDICARE,MEDICARE,-300.00",
    )
    named = [f"A100000{n},{row}" for n, row in enumerate(rows, start=1)]
    paid = Claim("A1000001", "300.00", icn="ICN77", charge="425.00")
    advice = takeback_835("T2", "300.00", [paid], [], day="20260801").replace(b"TEST PAYER", b"MEDICARE")
    loaded(store, accounts("2026-09-29", *named), table_csv(LEDGER, *ledgers), advice)
    nothing = cms_838(store, Q2, ANA.as_of)
    assert (len(nothing.detail), nothing.extract_on) == (0, None)
    with pytest.raises(DecisionRefused, match="no extract of accounts up to 2026-06-30"):
        certify(store, Q2, ANA, "nil")
    report = cms_838(store, Q3, ANA.as_of)
    assert (report.due_on, report.day, report.standing) == (date(2026, 10, 30), Q3, "draft: not certified")
    first, second = rows_of(report.detail)
    assert (first["beneficiary_name"], first["beneficiary_identifier"]) == ("TEST P", "ZZZ000001")
    assert (first["claim_control_number"], first["type_of_bill"]) == ("ICN77", "111")
    assert (first["beneficiary_identifier"], first["paid_date"]) == ("ZZZ000001", date(2026, 8, 1))
    assert (second["beneficiary_name"], second["admission_date"]) == ("ROE R", date(2026, 5, 1))
    assert (second["credit_amount"], second["outstanding_amount"], second["reason_code"]) == (300, 300, "1")
    assert (report.credit_amount, report.in_review) == (Decimal("600.00"), (1, Decimal("300.01")))
    with pytest.raises(DecisionRefused, match="no reason is given"):
        certify(store, Q3, ANA, "")
    with pytest.raises(DecisionRefused, match="ends on 2026-12-31"):
        certify(store, date(2026, 12, 31), ANA, "early")
    wanted = PersonReading("A1000005", date(2026, 8, 1), "duplicate_payment", "refund_payer", "ALPHA", "twice", "EOBs")
    number = read_credit(store, wanted, ANA)
    report = cms_838(store, Q3, ANA.as_of)
    assert (len(report.detail), report.credit_amount, report.in_review) == (3, Decimal("900.01"), (0, 0))
    certify(store, Q3, ANA, "seen")
    with pytest.raises(DecisionRefused, match="2026Q3 is certified already"):
        certify(store, Q3, ANA, "again")
    assert cms_838(store, Q3, ANA.as_of).standing == "certified by ana on 2026-10-05"
    withdraw(store, number, Who("ana", date(2026, 10, 6)), "not twice")
    assert cms_838(store, Q3, date(2026, 10, 6)).standing == "certified by ana on 2026-10-05"
    assert reports_that_changed(store) == []

    later = date(2026, 12, 31)
    corrected = [line.replace("T2", "T5") for line in lines]
    more = ledger_of("A1000006", *corrected, "12-01 CHARGE - - 50.00 -")
    less = named[5].replace("-300.00", "-250.00")
    loaded(store, accounts("2026-12-30", *named[:5], less), table_csv(LEDGER, *more))
    report = cms_838(store, later, later)
    assert [row["account_number"] for row in rows_of(report.detail)] == ["A1000006"]
    assert report.told_before == (1, Decimal("300.00"))

    book = sheets(cms_838_xlsx(report))
    assert list(book) == ["CMS-838 certification", "Detail"]
    assert ("Column 9, credit balances", "250.00") in [row[:2] for row in book["CMS-838 certification"]]
    said = dict(certification(report))
    assert said["Standing"] == "draft: not certified"
    assert said["Empty on the detail page"].startswith(
        "columns 2 beneficiary identifier (1 of 1), 3 claim control number"
    )
    assert 250 in book["Detail"][1]
