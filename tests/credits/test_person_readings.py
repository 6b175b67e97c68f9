"""A person's reading of a credit: worked from then on, agreed to where it needs two, void with its credit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analysis.credits.audit import credits
from analysis.credits.audited import readings
from analysis.credits.person_readings import PersonReading, agree, read_credit, withdraw
from analysis.credits.refund_checks import Wanted
from analysis.credits.refund_steps import approve, request
from analysis.credits.roll_forward import CHECKS, by_state, credit_checks
from analysis.credits.worklists import corrections_of, instructions, recoups_of, transfers_of
from analysis.match.decisions import Who
from analysis.money import total
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.queries import query_table
from tests.credits.test_causes import ACCOUNTS, LEDGER, SETTLED, ledger_of, rows_of
from tests.files import loaded, table_csv
from tests.stores import empty_store

DAY = date(2026, 11, 13)
BEGAN = date(2026, 8, 1)
ANA, BEN = Who("ana", DAY), Who("ben", DAY)
ODD = [*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -300.01 T2"]
"""A ledger that the audit leaves in review."""
WRITE_OFF_TWICE = [*SETTLED, "08-01 ADJUSTMENT PRIMARY ALPHA -125.00 CO-45"]
"""A ledger with a posting error that the audit finds."""
READING = PersonReading("A1000001", BEGAN, "duplicate_payment", "refund_payer", "ALPHA", "paid twice", "both EOBs")
WANTED = Wanted("A1000001", "PAYER", "ALPHA", "PO BOX 1", Decimal("300.01"), "paid twice", "both EOBs")


def credit_of(store: Store, lines: list[str], balance: str, day: str = "2026-11-13") -> None:
    """The account is in credit by that much, by these lines."""
    loaded(
        store,
        table_csv(ACCOUNTS, f"A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,{balance},{day}"),
        table_csv(LEDGER, *ledger_of("A1000001", *lines)),
    )


def told(store: Store, as_of: date = DAY) -> dict[str, Any]:
    """The report's row of the account."""
    (row,) = rows_of(credits(store, as_of))
    return row


def refuses(act: Any, words: str) -> None:
    """The act is refused in those words."""
    with pytest.raises(DecisionRefused, match=words):
        act()


def test_what_is_read_is_what_the_report_says_and_a_refund_follows(store: Store) -> None:
    """Before it, nothing is refunded; the sums over dispositions and states hold on both sides of it."""
    credit_of(store, ODD, "-300.01")
    assert (told(store)["disposition"], told(store)["reading_id"]) == ("review", None)
    refuses(lambda: request(store, WANTED, ANA), "record a reading first")
    number = read_credit(store, replace(READING, owed_to=" alpha "), ANA)
    row = told(store)
    assert (row["cause"], row["disposition"], row["owed_to"]) == ("duplicate_payment", "refund_payer", "ALPHA")
    assert (row["kind"], row["reading_id"], row["reading_standing"]) == ("person", number, "in_force")
    for words in ("read by ana on 2026-11-13: paid twice (both EOBs)", "the audit itself reads unknown, review"):
        assert words in row["evidence"]
    approve(store, request(store, WANTED, ANA), 1, BEN)
    states = by_state(credits(store, DAY))
    assert states == {("refund_payer", "approved"): (1, Decimal("300.01"))}
    assert total(amount for _, amount in states.values()) == Decimal("300.01")
    assert [one.failures for one in credit_checks(store)] == [0] * len(CHECKS)


@pytest.mark.parametrize(
    ("cause", "disposition", "owed_to", "kind", "instruction"),
    [
        ("posted_to_wrong_account", "transfer", "general ledger", "transfer", "move 300.01 to GENERAL LEDGER"),
        ("adjustment_error", "correct_adjustment", "", "adjustment", "take back 300.01 of the write-off"),
        ("payer_recouped", "let_payer_recoup", "ALPHA", "recoup", "leave 300.01 for the payer"),
        ("unknown", "review", "", None, None),
    ],
)
def test_what_is_no_refund_bars_one_and_feeds_the_worklists(
    odd: Store, cause: str, disposition: str, owed_to: str, kind: str | None, instruction: str | None
) -> None:
    """With the line that brought the account into credit."""
    read_credit(odd, replace(READING, cause=cause, disposition=disposition, owed_to=owed_to), ANA)
    if kind in (None, "transfer"):
        refuses(lambda: request(odd, WANTED, ANA), "record a reading first" if kind is None else "not to be refunded")
    whole = instructions(odd, DAY)
    rows = rows_of(whole)
    assert [(row["kind"], row["instruction"]) for row in rows] == ([] if kind is None else [(kind, instruction)])
    lists = {"transfer": transfers_of(whole), "adjustment": corrections_of(whole), "recoup": recoups_of(whole)}
    assert [name for name, frame in lists.items() if not frame.empty] == ([] if kind is None else [kind])
    assert all(row["transaction_id"] == "A1000001-5" for row in rows)


def test_a_refund_against_a_found_posting_error_needs_a_second_person(store: Store) -> None:
    """Until then the audit's own reading holds; the second is not the first, whatever the case of the name."""
    credit_of(store, WRITE_OFF_TWICE, "-125.00")
    wanted = replace(READING, cause="patient_overpayment", disposition="refund_patient")
    number = read_credit(store, wanted, ANA)
    row = told(store)
    assert (row["disposition"], row["kind"], row["reading_standing"]) == (
        "correct_adjustment",
        "write_off_twice",
        "waiting",
    )
    assert "waits for a second person to agree" in row["evidence"]
    refund = replace(WANTED, payee_type="PATIENT", payee_name="ROE JANE", amount=Decimal("125.00"))
    refuses(lambda: request(store, refund, ANA), "not to be refunded")
    refuses(lambda: agree(store, number, Who(" ANA ", DAY)), "someone else has to agree")
    agree(store, number, BEN, "seen")
    row = told(store)
    assert (row["disposition"], row["owed_to"], row["kind"]) == ("refund_patient", "PATIENT", "person")
    assert "ben agreed" in row["evidence"]
    refuses(lambda: agree(store, number, Who("cal", DAY)), "holds already")
    assert query_table(store, "verify/reading_faults").num_rows == 0
    store.write(lambda cursor: cursor.execute("update decision set decided_by = 'Ana' where action = 'agree'"))
    assert query_table(store, "verify/reading_faults").num_rows == 1


def test_a_posting_error_that_is_found_later_asks_for_the_second_person_then(store: Store) -> None:
    """The reading of one person was in force, and waits from then on."""
    credit_of(store, ODD, "-300.01")
    read_credit(store, READING, ANA)
    other = "A2000002,ROE JANE,1980-01-01,,ALPHA,,300.01,2026-11-13"
    loaded(store, table_csv(ACCOUNTS, other))
    row = told(store)
    assert (row["disposition"], row["owed_to"], row["reading_standing"]) == ("transfer", "A2000002", "waiting")


def test_a_reading_is_void_when_the_credit_begins_anew(store: Store) -> None:
    """And the report says so."""
    credit_of(store, ODD, "-300.01")
    number = read_credit(store, READING, ANA)
    again = ["11-14 REFUND PRIMARY ALPHA 300.01 -", "11-16 PAYMENT PRIMARY ALPHA -20.02 T3"]
    credit_of(store, [*ODD, *again], "-20.02", "2026-11-20")
    row = told(store, date(2026, 11, 20))
    assert (row["credit_date"], row["kind"], row["reading_standing"]) == (date(2026, 11, 16), None, "void")
    assert "the reading of ana on 2026-11-13 (duplicate_payment, refund_payer) is void" in row["evidence"]
    (kept,) = rows_of(readings(store, date(2026, 11, 20)))
    assert (kept["reading_id"], kept["standing"]) == (number, "void")
    later = Who("ana", date(2026, 11, 20))
    refuses(lambda: read_credit(store, READING, later), "began on 2026-11-16; look at it again")


def test_a_credit_that_has_grown_is_read_again_before_money_goes_out(store: Store) -> None:
    """What was read was the smaller credit."""
    credit_of(store, ODD, "-300.01")
    read_credit(store, READING, ANA)
    credit_of(store, [*ODD, "11-16 PAYMENT PRIMARY ALPHA -20.02 T3"], "-320.03", "2026-11-20")
    assert "the credit was 300.01 when it was read" in told(store, date(2026, 11, 20))["blocked_by"]


def test_a_reading_is_taken_back_and_replaced(store: Store) -> None:
    """The newest counts; taken back, the audit's own reading holds, also of the one before."""
    credit_of(store, ODD, "-300.01")
    first = read_credit(store, READING, ANA)
    second = read_credit(store, replace(READING, disposition="let_payer_recoup"), BEN)
    refuses(lambda: withdraw(store, first, ANA, "wrong"), f"reading {second} counts")
    refuses(lambda: withdraw(store, second, ANA, " "), "no reason is given")
    withdraw(store, second, ANA, "wrong")
    assert (told(store)["disposition"], told(store)["kind"]) == ("review", None)
    refuses(lambda: withdraw(store, second, ANA, "again"), "was taken back already")
    refuses(lambda: withdraw(store, 99, ANA, "why"), "there is no reading 99")
    assert [row["standing"] for row in rows_of(readings(store, DAY))] == ["withdrawn", "replaced"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, "no reason is given"),
        ({"evidence": ""}, "no evidence is given"),
        ({"cause": "magic"}, "there is no cause magic"),
        ({"disposition": "burn"}, "nothing is called burn"),
        ({"cause": "adjustment_error"}, "no refund follows from adjustment error"),
        ({"cause": "unknown"}, "no refund follows from unknown"),
        ({"owed_to": ""}, "name the payer"),
        ({"owed_to": "GAMMA"}, "the account knows no payer GAMMA; it knows ALPHA, BETA"),
        ({"disposition": "transfer", "owed_to": ""}, "names the account"),
        ({"disposition": "transfer", "owed_to": "a1000001"}, "goes to another account"),
        ({"account_number": "A7"}, "account A7 is not in credit"),
        ({"credit_date": DAY}, "began on 2026-08-01"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(odd: Store, change: dict[str, Any], words: str) -> None:
    """In words, and no half of it stays."""
    asked = {"as_of": DAY, "account_number": None}
    before = query_table(odd, "credits/readings", asked).num_rows
    refuses(lambda: read_credit(odd, replace(READING, **change), ANA), words)
    assert query_table(odd, "credits/readings", asked).num_rows == before


@pytest.fixture(scope="module")
def odd() -> Any:
    """A credit in review, which is read again and again."""
    with empty_store() as opened:
        credit_of(opened, ODD, "-300.01")
        yield opened
