"""Credits from extract to extract, their states, the worklists, and the checks of `verify`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.credits.audit import credits
from analysis.credits.person_readings import PersonReading, read_credit
from analysis.credits.refund_checks import Wanted
from analysis.credits.refund_steps import approve, export, request
from analysis.credits.roll_forward import by_state, credit_checks, credit_roll_forward
from analysis.credits.worklists import corrections, transfers
from analysis.match.decisions import Who
from analysis.money import total
from analysis.sample import AS_OF
from analysis.store import Store
from tests import truth
from tests.credits.test_causes import ACCOUNTS, LEDGER, rows_of
from tests.files import loaded, table_csv

TERMS = ("opening_amount", "new_amount", "refunded_amount", "transferred_amount", "corrected_amount", "closing_amount")


def extract(*accounts: tuple[str, str], day: str) -> bytes:
    """An extract of that day: account, balance."""
    return table_csv(ACCOUNTS, *(f"{number},X,1980-01-01,,ALPHA,,{balance},{day}" for number, balance in accounts))


@pytest.mark.parametrize(
    ("after", "entries", "wanted"),
    [
        pytest.param("-50.00", [], "100.00 0.00 0.00 0.00 50.00 50.00", id="corrected"),
        pytest.param("0.00", ["REFUND 100.00"], "100.00 0.00 100.00 0.00 0.00 0.00", id="refunded"),
        pytest.param("0.00", ["TRANSFER 100.00"], "100.00 0.00 0.00 100.00 0.00 0.00", id="transferred"),
        pytest.param(
            "20.00",
            ["REFUND 30.00", "TRANSFER 40.00", "ADJUSTMENT 50.00"],
            "100.00 0.00 30.00 40.00 30.00 0.00",
            id="each",
        ),
        pytest.param("-130.00", ["PAYMENT -30.00"], "100.00 30.00 0.00 0.00 0.00 130.00", id="new"),
        pytest.param("-100.00", [], "100.00 0.00 0.00 0.00 0.00 100.00", id="nothing"),
    ],
)
def test_terms_of_a_day(store: Store, after: str, entries: list[str], wanted: str) -> None:
    """opening, new, refunded, transferred, corrected, closing."""
    rows = [f"A1,{n},2026-11-09,{e.split()[0]},PRIMARY,ALPHA,{e.split()[1]},R" for n, e in enumerate(entries)]
    rows.append("A1,before,2026-11-06,REFUND,PRIMARY,ALPHA,7.00,R")
    loaded(
        store,
        extract(("A1", "-100.00"), ("A2", "5.00"), day="2026-11-06"),
        extract(("A1", after), ("A2", "5.00"), day="2026-11-13"),
        table_csv(LEDGER, *rows),
    )
    last = rows_of(credit_roll_forward(store, AS_OF))[-1]
    assert " ".join(str(last[name]) for name in TERMS) == wanted
    assert all(not one.failures for one in credit_checks(store))


def test_an_extract_of_other_accounts_leaves_the_rest_in_credit(store: Store) -> None:
    """Each account is what its own newest extract says."""
    loaded(store, extract(("A1", "-100.00"), day="2026-11-06"), extract(("A2", "-20.00"), day="2026-11-13"))
    last = rows_of(credit_roll_forward(store, AS_OF))[-1]
    assert (last["opening_amount"], last["new_amount"], last["closing_amount"]) == (100, 20, 120)


def test_the_samples_credits_roll_and_add_up(fortnight: Store) -> None:
    """The closing is the truth's total, and so is the sum over dispositions and states."""
    wanted = total(truth.money(row["credit_balance"]) for row in truth.rows("credits"))
    rows = rows_of(credit_roll_forward(fortnight, AS_OF))
    assert [row["closing_amount"] for row in rows][-1] == wanted
    states = by_state(credits(fortnight, AS_OF))
    assert total(amount for _, amount in states.values()) == wanted
    assert [(one.name, one.failures) for one in credit_checks(fortnight)] == [
        ("credit_states", 0),
        ("credit_roll_forward", 0),
        ("refund_faults", 0),
        ("refund_lists", 0),
        ("reading_faults", 0),
        ("billing_lists", 0),
        ("cms_838", 0),
    ]


def test_worklists_are_the_credits_that_are_posted_wrongly(fortnight: Store) -> None:
    """Transfers name the other account, corrections the write-off."""
    planted = truth.rows("credits")
    moved = {
        (row["account_number"], row["to_account"], str(row["amount"])) for row in rows_of(transfers(fortnight, AS_OF))
    }
    assert moved == {
        (row["account_number"], row["owed_to"], row["credit_balance"])
        for row in planted
        if row["disposition"] == "transfer"
    }
    corrected = rows_of(corrections(fortnight, AS_OF))
    assert {row["account_number"] for row in corrected} == {
        row["account_number"] for row in planted if row["disposition"] == "correct_adjustment"
    }
    assert {row["kind"] for row in corrected} == {"adjustment"}
    assert all(row["transaction_id"] and row["instruction"].startswith("take back") for row in corrected)


def test_an_instruction_ends_with_the_extract_that_shows_it_done(store: Store) -> None:
    """A write-off that stands twice, then taken back."""
    lines = ["A1,1,2026-06-01,CHARGE,,,100.00,", "A1,2,2026-07-01,PAYMENT,PRIMARY,ALPHA,-60.00,T1"]
    lines += [f"A1,{n},2026-0{n + 4}-01,ADJUSTMENT,PRIMARY,ALPHA,-40.00,CO-45" for n in (3, 4)]
    loaded(store, extract(("A1", "-40.00"), day="2026-11-06"), table_csv(LEDGER, *lines))
    (row,) = rows_of(corrections(store, date(2026, 11, 6)))
    assert (row["transaction_id"], row["amount"]) == ("4", Decimal("40.00"))
    loaded(
        store,
        extract(("A1", "0.00"), day="2026-11-13"),
        table_csv(LEDGER, "A1,5,2026-11-10,ADJUSTMENT,PRIMARY,ALPHA,40.00,CO-45"),
    )
    assert corrections(store, AS_OF).empty
    assert len(corrections(store, date(2026, 11, 12))) == 1


@pytest.mark.parametrize(
    ("change", "fails"),
    [
        ("update decision set decided_by = 'ana ' where action = 'approve'", "refund_faults"),
        ("update refund set amount = 90.00", "refund_lists"),
        ("update refund set second_above = 1.00", "refund_faults"),
    ],
)
def test_a_store_that_was_tampered_with_fails(store: Store, change: str, fails: str) -> None:
    """The check of that rule says so."""
    loaded(store, extract(("A1", "-100.00"), day="2026-11-13"))
    who = [Who(name, AS_OF) for name in ("ana", "ben")]
    read_credit(
        store, PersonReading("A1", AS_OF, "duplicate_payment", "refund_payer", "ALPHA", "twice", "EOBs"), who[0]
    )
    number = request(store, Wanted("A1", "PAYER", "ALPHA", "PO BOX 1", Decimal("100.00"), "why", "seen"), who[0])
    approve(store, number, 1, who[1])
    export(store, [(number, 1)], who[0])
    assert all(not one.failures for one in credit_checks(store))
    store.write(lambda cursor: cursor.execute(change))
    assert fails in [one.name for one in credit_checks(store) if one.failures]
