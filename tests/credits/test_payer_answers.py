"""What goes to payees with a refund, and what payers answer: acknowledged, or taken all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from analysis.credits.letters import letter_data
from analysis.credits.payer_answers import answered_refunds, taken_twice
from analysis.credits.refund_checks import Wanted
from analysis.credits.refund_steps import approve, export, record_cheque, request
from analysis.exports import to_one_sheet
from analysis.match.decisions import Who
from analysis.problems import RequestRefused
from analysis.store import Store
from tests.credits.test_causes import LEDGER, SETTLED, TWICE, ledger_of, rows_of
from tests.files import Claim, loaded, table_csv, takeback_835
from tests.stores import empty_store
from tests.workbooks import sheets

DAY, LATER = date(2026, 11, 13), date(2026, 11, 18)
ANA, BEN = Who("ana", DAY), Who("ben", DAY)
ACCOUNTS = "account_number,patient_name,primary_payer_name,balance,extract_date,service_from,service_to,facility"
NUMBERS = ("A1000001", "A1000002", "A1000003")


def advice(trace: str, amount: str, claims: list[Claim], plb: list[tuple[str, str, str]], day: str) -> bytes:
    """An 835 of ALPHA."""
    return takeback_835(trace, amount, claims, plb, day=day, control=int(day[-2:])).replace(b"TEST PAYER", b"ALPHA")


@pytest.fixture(scope="module")
def answered() -> Iterator[Store]:
    """Three refunds to ALPHA and one to a patient, exported as one list; ALPHA acknowledges the first, takes the
    second, takes one cent less of the third."""
    with empty_store() as store:
        ledgers = [row.replace("T2", f"T2{number[-1]}") for number in NUMBERS for row in ledger_of(number, *TWICE)]
        ledgers += ledger_of("A1000004", *SETTLED, "08-01 PAYMENT PATIENT - -75.00 R2")
        row = ",ALPHA,-300.00,2026-11-13,2026-05-01,2026-05-03,MAIN"
        rows = [f"{number},ROE JANE {number[-1]}{row}" for number in NUMBERS]
        rows.append("A1000004,ROE JOHN,ALPHA,-75.00,2026-11-13,2026-05-01,2026-05-03,MAIN")
        paid = advice("T21", "300.00", [Claim("A1000001", "300.00", icn="ICN77", charge="425.00")], [], "20260801")
        loaded(store, table_csv(ACCOUNTS, *rows), table_csv(LEDGER, *ledgers), paid)
        wanted = Wanted("", "PAYER", "ALPHA", "PO BOX 1", Decimal("300.00"), "paid twice", "both EOBs")
        all_of = [replace(wanted, account_number=number) for number in NUMBERS]
        all_of.append(
            replace(
                wanted,
                account_number="A1000004",
                payee_type="PATIENT",
                payee_name="ROE JOHN",
                amount=Decimal("75.00"),
            )
        )
        made = [request(store, one, ANA) for one in all_of]
        for number in made:
            approve(store, number, 1, BEN)
        export(store, [(number, 1) for number in made], ANA)
        record_cheque(store, made[0], 1, "004411", DAY, ANA)
        loaded(
            store,
            advice("T7", "0.00", [], [("72", "A1000001", "-300.00"), ("WO", "A1000001", "300.00")], "20261117"),
            advice("T8", "300.00", [Claim("OTHER00001", "600.00")], [("WO", "A1000002", "300.00")], "20261118"),
            advice("T9", "300.01", [Claim("OTHER00002", "600.00")], [("WO", "A1000003", "299.99")], "20261118"),
        )
        yield store


def test_letters_have_a_row_per_refund_payers_and_patients_apart(answered: Store) -> None:
    """With the payer's own numbers, the days of service, and the cheque once it is known; one sheet, no totals."""
    rows = rows_of(letter_data(answered, 1, "PAYER", DAY))
    assert [row["account_number"] for row in rows] == list(NUMBERS)
    first, second = rows[0], rows[1]
    assert (first["payee_name"], first["payee_address"], first["amount"]) == ("ALPHA", "PO BOX 1", Decimal("300.00"))
    assert (first["payer_claim_number"], first["payer_payment_number"]) == ("ICN77", "T21")
    assert (first["cheque_number"], first["cheque_date"]) == ("004411", DAY)
    assert (second["payer_claim_number"], second["cheque_number"]) == (None, None)
    assert (second["service_from"], second["service_to"]) == (date(2026, 5, 1), date(2026, 5, 3))
    (patients,) = rows_of(letter_data(answered, 1, "PATIENT", DAY))
    assert (patients["payee_name"], patients["patient_name"], patients["amount"]) == ("ROE JOHN", "ROE JOHN", 75)
    assert letter_data(answered, 2, "PAYER", DAY).empty
    with pytest.raises(RequestRefused, match="not to DOCTOR"):
        letter_data(answered, 1, "DOCTOR", DAY)
    book = sheets(to_one_sheet(letter_data(answered, 1, "PAYER", DAY), "Letters"))
    assert (list(book), len(book["Letters"])) == (["Letters"], 4)


def test_an_answer_is_tied_back_to_its_refund(answered: Store) -> None:
    """Acknowledged by 72 and WO; taken all the same; a cent less is no answer, and the day before there was none."""
    told = {row["account_number"]: row for row in rows_of(answered_refunds(answered, LATER))}
    assert [told[number]["answer"] for number in (*NUMBERS, "A1000004")] == [
        "acknowledged",
        "taken_after_refunded",
        None,
        None,
    ]
    assert told["A1000001"]["answer_words"] == "72 A1000001 in T7 of 2026-11-17 acknowledges 300.00"
    assert told["A1000002"]["answer_words"] == "WO A1000002 in T8 of 2026-11-18 takes 300.00"
    assert list(taken_twice(answered_refunds(answered, LATER))["account_number"]) == ["A1000002"]
    before = answered_refunds(answered, date(2026, 11, 16))
    assert before["answer"].isna().all() and taken_twice(before).empty
