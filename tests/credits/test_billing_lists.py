"""Instructions to billing: sent once, done or still shown by the extracts since; small balances by policy and two
people."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analysis.credits.billing_lists import (
    billing_list_rows,
    billing_lists,
    instruction_queue,
    lists_that_changed,
    send,
)
from analysis.credits.refund_checks import Wanted
from analysis.credits.refund_steps import hash_of, request
from analysis.credits.small_balances import (
    approve_list,
    decline_list,
    put_on_list,
    set_policy,
    set_state_rule,
    small_balance_lists,
    small_balances,
)
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from tests.credits.test_causes import ACCOUNTS, LEDGER, SETTLED, ledger_of, rows_of
from tests.files import loaded, table_csv

DAY, NEXT, LAST = date(2026, 11, 13), date(2026, 11, 16), date(2026, 11, 20)
ANA, BEN = Who("ana", DAY), Who("ben", DAY)
TWICE_OFF = [*SETTLED, "08-01 ADJUSTMENT PRIMARY ALPHA -125.00 CO-45"]
"""A write-off to take back."""
PATIENT_PAID = [*SETTLED, "08-01 PAYMENT PATIENT - -3.00 R2"]
"""A patient's credit of 3.00."""


def extract(day: date, *accounts: tuple[str, str, str]) -> bytes:
    """An extract of that day: account, balance, state."""
    rows = (
        f"{number},ROE {number},1980-01-01,,ALPHA,BETA,{balance},{day},{state}" for number, balance, state in accounts
    )
    return table_csv(f"{ACCOUNTS},state", *rows)


def statuses(store: Store, as_of: date) -> dict[str, tuple[str, int]]:
    """By account: the status of its instruction that was sent, and how many extracts came since."""
    rows = rows_of(instruction_queue(store, as_of))
    return {row["account_number"]: (row["status"], row["extract_count"]) for row in rows}


def refuses(act: Any, words: str, kind: type[Exception] = DecisionRefused) -> None:
    """The act is refused in those words."""
    with pytest.raises(kind, match=words):
        act()


def test_an_instruction_is_sent_once_and_ends_with_the_extract_that_shows_it_done(store: Store) -> None:
    """Done, smaller by less, unchanged in two extracts, and one without an extract since."""
    names = [f"A100000{n}" for n in range(1, 5)]
    ledgers = [row for name in names for row in ledger_of(name, *TWICE_OFF)]
    loaded(store, extract(DAY, *((name, "-125.00", "OH") for name in names)), table_csv(LEDGER, *ledgers))
    open_ = [(row["instruction_key"], row["amount"]) for row in rows_of(instruction_queue(store, DAY))]
    refuses(lambda: send(store, [], ANA), "choose the instructions")
    refuses(lambda: send(store, [open_[0], open_[0]], ANA), "each once")
    refuses(lambda: send(store, [(open_[0][0], Decimal("1.00"))], ANA), "is 125.00 by now, not 1.00")
    refuses(lambda: send(store, [*open_, ("transfer X", Decimal("1.00"))], ANA), "transfer X is not open")
    assert billing_lists(store, DAY).empty
    number = send(store, open_, ANA)
    refuses(lambda: send(store, open_[:1], BEN), "is not open: it was sent")

    taken_back = ledger_of(names[0], *TWICE_OFF, "11-15 ADJUSTMENT PRIMARY ALPHA 125.00 CO-45")
    part = ledger_of(names[1], *TWICE_OFF, "11-15 ADJUSTMENT PRIMARY ALPHA 5.00 CO-45")
    balances = ("0.00", "-120.00", "-125.00")
    after = [(name, balance, "OH") for name, balance in zip(names, balances, strict=False)]
    loaded(store, table_csv(LEDGER, *taken_back, *part), extract(NEXT, *after), extract(LAST, *after[1:]))
    assert statuses(store, LAST) == {
        names[0]: ("done", 1),
        names[1]: ("still_shown", 2),
        names[2]: ("still_shown", 2),
        names[3]: ("sent", 0),
    }
    assert set(statuses(store, DAY).values()) == {("sent", 0)}

    (made,) = rows_of(billing_lists(store, DAY))
    rows = rows_of(billing_list_rows(store, number))
    assert (made["content_hash"], made["sent_by"], made["total_amount"]) == (hash_of(rows), "ana", Decimal("500.00"))
    assert [row["instruction_number"] for row in rows][:2] == ["TI0000001", "TI0000002"]
    assert {(row["transaction_id"][-2:], row["instruction"]) for row in rows} == {
        ("-5", "take back 125.00 of the write-off")
    }
    assert lists_that_changed(store) == []
    store.write(lambda cursor: cursor.execute("update billing_instruction set amount = 1.00 where instruction_id = 1"))
    assert [one["list_id"] for one in lists_that_changed(store)] == [number]


@pytest.fixture
def small(store: Store) -> Store:
    """Four patients' credits of 3.00 for 104 days: in Ohio, Texas, Delaware, and no known state."""
    names = [("A1000001", "OH"), ("A1000002", "TX"), ("A1000003", "DE"), ("A1000004", "")]
    ledgers = [row for name, _ in names for row in ledger_of(name, *PATIENT_PAID)]
    loaded(store, extract(DAY, *((name, "-3.00", state) for name, state in names)), table_csv(LEDGER, *ledgers))
    return store


def test_small_balances_are_proposed_by_policy_ticked_listed_and_approved_by_another(small: Store) -> None:
    """Nothing without a policy; a state that forbids it, or whose rule asks for the tick, is left out; then a refund is
    barred, and billing is told."""
    refuses(lambda: set_policy(small, Decimal("5.00"), 90, ANA, " "), "needs its source", RequestRefused)
    refuses(lambda: set_policy(small, Decimal("0.00"), 90, ANA, "policy"), "more than 0.00", RequestRefused)
    for below, days in ((None, 90), (Decimal("3.00"), 90), (Decimal("3.01"), 104)):
        set_policy(small, below, days, ANA, "policy 7")
        assert small_balances(small, DAY).empty, "none is set; below means below, older means older"
    set_policy(small, Decimal("3.01"), 103, ANA, "policy 7")
    refuses(lambda: set_state_rule(small, "Ohio", "free", ANA, "counsel"), "two letters", RequestRefused)
    refuses(lambda: set_state_rule(small, "OH", "maybe", ANA, "counsel"), "there is no rule", RequestRefused)
    set_state_rule(small, "oh", "free", ANA, "counsel")
    set_state_rule(small, "TX", "never", ANA, "statute")
    rows = {row["account_number"]: row for row in rows_of(small_balances(small, DAY))}
    assert {number: row["state_rule"] for number, row in rows.items()} == {
        "A1000001": "free",
        "A1000002": "never",
        "A1000003": "tick",
        "A1000004": "tick",
    }
    three = Decimal("3.00")
    for number, is_ticked, words in (
        ("A1000002", True, "TX does not let it be written off"),
        ("A1000003", False, "tick that the law of its state"),
    ):
        refuses(lambda n=number, t=is_ticked: put_on_list(small, [(n, three)], t, ANA, "small"), words)
    refuses(lambda: put_on_list(small, [("A1000001", three)], True, ANA, ""), "no reason is given")
    first = put_on_list(small, [("A1000001", three)], False, ANA, "small")
    second = put_on_list(small, [("A1000003", three)], True, ANA, "small")
    refuses(lambda: approve_list(small, first, Who("ANA", DAY)), "someone else has to approve it")
    approve_list(small, first, BEN)
    decline_list(small, second, BEN, "refund it")
    refuses(lambda: approve_list(small, second, BEN), "is declined already")
    refuses(lambda: approve_list(small, 9, BEN), "there is no list 9")
    assert {row["list_id"]: row["status"] for row in rows_of(small_balance_lists(small, DAY))} == {
        first: "approved",
        second: "declined",
    }
    (told,) = rows_of(instruction_queue(small, DAY))
    assert (told["kind"], told["account_number"], told["amount"]) == ("small_balance", "A1000001", three)
    wanted = Wanted("A1000001", "PATIENT", "ROE JANE", "1 WAY", three, "why", "seen")
    refuses(lambda: request(small, wanted, BEN), "it is on list 1 of small balances, approved")
    send(small, [(told["instruction_key"], three)], ANA)
    assert [row["status"] for row in rows_of(instruction_queue(small, DAY))] == ["sent"]


def test_what_counts_as_unclaimed_is_reported_not_written_off(store: Store) -> None:
    """Ohio has no dormancy of its own in the store, Texas three years."""
    lines = [
        f"A1000001,{n},2023-0{n}-01,{what}" for n, what in ((1, "CHARGE,,,10.00,"), (2, "PAYMENT,PATIENT,,-13.00,R"))
    ]
    loaded(store, extract(DAY, ("A1000001", "-3.00", "TX")), table_csv(LEDGER, *lines))
    set_policy(store, Decimal("5.00"), 90, ANA, "policy")
    (row,) = rows_of(small_balances(store, DAY))
    assert row["barred_by"] == "it counts as unclaimed since 2026-02-01: report it to TX"
    refuses(lambda: put_on_list(store, [("A1000001", Decimal("3.00"))], True, ANA, "small"), "counts as unclaimed")
