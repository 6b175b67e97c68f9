"""Refunds: by two people, exported once, never twice for one credit; every refusal in words, and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from analysis.credits.refund_checks import Wanted
from analysis.credits.refund_steps import (
    acknowledge,
    approve,
    clear,
    decline,
    edit,
    export,
    hash_of,
    record_cheque,
    request,
    return_,
    void,
)
from analysis.credits.refunds import exported, exports, refund_history, refunds, set_second_above
from analysis.match.decisions import Who
from analysis.match.run import match
from analysis.problems import DayClosed, DecisionRefused
from analysis.store import Store
from analysis.tieout.closing import prepare, review
from tests.credits.test_causes import ACCOUNTS, LEDGER, TWICE, ledger_of, rows_of
from tests.files import loaded, remittance_835, table_csv

DAY = date(2026, 11, 13)
ANA, BEN, CAL = (Who(name, DAY) for name in ("ana", "ben", "cal"))
WANTED = Wanted("A1000001", "PAYER", "ALPHA", "PO BOX 1, TOWN OH 44001", Decimal("300.00"), "paid twice", "both EOBs")


@pytest.fixture
def credit(store: Store) -> Store:
    """An account in credit by 300.00, which its payer paid twice."""
    loaded(
        store,
        table_csv(ACCOUNTS, "A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,-300.00,2026-11-13"),
        table_csv(LEDGER, *ledger_of("A1000001", *TWICE)),
    )
    return store


def status(store: Store, as_of: date = DAY) -> str:
    """How the newest refund stands."""
    return str(refunds(store, as_of).iloc[0]["status"])


def refused(store: Store, act: Callable[[], Any], words: str) -> None:
    """The act is refused in those words, changes nothing, and stands in the history as refused."""
    before = rows_of(refunds(store, DAY))
    with pytest.raises(DecisionRefused, match=words):
        act()
    assert rows_of(refunds(store, DAY)) == before
    last = rows_of(refund_history(store))[-1]
    assert last["action"] == "refused"
    assert words in last["reason"]


def approved(store: Store, wanted: Wanted = WANTED) -> int:
    """A refund that one person requested and another approved."""
    number = request(store, wanted, ANA)
    approve(store, number, 1, BEN)
    return number


def test_the_whole_way(credit: Store) -> None:
    """Requested, approved, exported, written, paid, acknowledged, each by its day."""
    number = request(credit, WANTED, ANA)
    assert status(credit) == "requested"
    approve(credit, number, 1, BEN)
    assert status(credit) == "approved"
    export_id = export(credit, [(number, 1)], CAL)
    assert status(credit) == "exported"
    record_cheque(credit, number, 1, "004411", DAY, ANA)
    assert status(credit) == "issued"
    clear(credit, number, 1, DAY, ANA)
    acknowledge(credit, number, 1, "PLB 72 ICN1", DAY, ANA)
    (row,) = rows_of(refunds(credit, DAY))
    assert row["status"] == "cleared"
    assert (row["cheque_number"], row["cheque_date"], row["cleared_on"]) == ("004411", DAY, DAY)
    assert (row["approved_by"], row["export_id"], row["acknowledged_as"]) == ("ben", export_id, "PLB 72 ICN1")
    assert [one["action"] for one in rows_of(refund_history(credit, number))] == [
        "request",
        "approve",
        "export",
        "issue",
        "clear",
        "acknowledge",
    ]
    assert refunds(credit, date(2026, 11, 12)).empty


def test_the_requester_does_not_approve(credit: Store) -> None:
    """Whatever the case and blanks of the name, nor does who edited it."""
    number = request(credit, WANTED, ANA)
    for name in ("ana", " ANA "):
        refused(credit, lambda name=name: approve(credit, number, 1, Who(name, DAY)), "someone else has to approve it")
    edit(credit, number, 1, replace(WANTED, payee_address="PO BOX 2"), BEN)
    refused(credit, lambda: approve(credit, number, 2, BEN), "someone else has to approve it")
    refused(credit, lambda: approve(credit, number, 2, ANA), "someone else has to approve it")
    approve(credit, number, 2, CAL)
    assert status(credit) == "approved"


@pytest.mark.parametrize(("limit", "after_one"), [("299.99", "waiting_second"), ("300.00", "approved")])
def test_above_the_limit_two_people_approve(credit: Store, limit: str, after_one: str) -> None:
    """The limit itself needs one; nobody approves twice."""
    set_second_above(credit, Decimal(limit), ANA, "policy of the site")
    number = approved(credit)
    assert status(credit) == after_one
    if after_one == "waiting_second":
        refused(credit, lambda: export(credit, [(number, 1)], ANA), "it cannot be exported")
        refused(credit, lambda: approve(credit, number, 1, BEN), "you approved it already")
        approve(credit, number, 1, CAL)
        assert status(credit) == "approved"


@pytest.mark.parametrize(
    "change",
    [{"amount": Decimal("299.99")}, {"payee_name": "ALPHA HEALTH"}, {"payee_address": "PO BOX 9"}, {"reason": "x"}],
)
def test_an_edit_voids_the_approval(credit: Store, change: dict[str, Any]) -> None:
    """Amount, payee, address, reason: whichever; who looks at the old version is told."""
    number = approved(credit)
    edit(credit, number, 1, replace(WANTED, **change), ANA)
    assert status(credit) == "requested"
    refused(credit, lambda: export(credit, [(number, 1)], CAL), "was edited since it was shown")
    refused(credit, lambda: export(credit, [(number, 2)], CAL), "it cannot be exported")


def test_it_is_exported_once(credit: Store) -> None:
    """Not again, not edited afterwards, not approved again; the list keeps its hash."""
    number = approved(credit)
    export_id = export(credit, [(number, 1)], CAL)
    refused(credit, lambda: export(credit, [(number, 1)], CAL), f"is exported in list {export_id}")
    refused(credit, lambda: edit(credit, number, 1, WANTED, ANA), "it cannot be edited")
    refused(credit, lambda: approve(credit, number, 1, CAL), "it cannot be approved")
    rows = rows_of(exported(credit, export_id))
    (kept,) = rows_of(exports(credit, DAY))
    assert kept["content_hash"] == hash_of(rows)
    assert (rows[0]["payment_id"], rows[0]["amount"]) == ("TR0000001", Decimal("300.00"))
    assert (kept["refund_count"], kept["total_amount"], kept["exported_by"]) == (1, Decimal("300.00"), "cal")


def test_one_of_a_list_that_is_not_approved_keeps_the_list(credit: Store) -> None:
    """All or none."""
    number = approved(credit, replace(WANTED, amount=Decimal("200.00")))
    other = request(credit, replace(WANTED, amount=Decimal("100.00")), ANA)
    refused(credit, lambda: export(credit, [(number, 1), (other, 1)], CAL), "it cannot be exported")
    refused(credit, lambda: export(credit, [(number, 1), (number, 1)], CAL), "each once")
    refused(credit, lambda: export(credit, [], CAL), "choose the refunds")
    assert exports(credit, DAY).empty


def test_one_credit_is_not_refunded_twice(credit: Store) -> None:
    """Not the same again, not more than is left, also once it is exported."""
    number = approved(credit)
    refused(credit, lambda: request(credit, WANTED, BEN), "nothing is refunded twice")
    refused(credit, lambda: request(credit, replace(WANTED, payee_name=" alpha "), BEN), "nothing is refunded twice")
    refused(credit, lambda: request(credit, replace(WANTED, amount=Decimal("0.01")), BEN), "0.01 is too much")
    export(credit, [(number, 1)], CAL)
    refused(
        credit, lambda: request(credit, replace(WANTED, payee_name="ALPHA MUTUAL"), BEN), "nothing is refunded twice"
    )


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"payee_type": "PATIENT", "payee_name": "ROE JANE"}, "owed to ALPHA, not to the patient"),
        ({"payee_name": "BETA"}, "owed to ALPHA, not to BETA"),
    ],
)
def test_the_money_goes_to_whom_it_is_owed(credit: Store, other: dict[str, str], words: str) -> None:
    """At the request and at the edit; the payer's name may be spelled more fully."""
    refused(credit, lambda: request(credit, replace(WANTED, **other), ANA), words)
    number = request(credit, replace(WANTED, payee_name="Alpha, Refund Unit"), ANA)
    refused(credit, lambda: edit(credit, number, 1, replace(WANTED, **other), ANA), words)


def test_a_patients_money_does_not_go_to_a_payer(store: Store) -> None:
    """The patient paid 75.00 twice."""
    lines = [*TWICE[:-1], "08-01 PAYMENT PATIENT - -75.00 R2"]
    loaded(
        store,
        table_csv(ACCOUNTS, "A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,-75.00,2026-11-13"),
        table_csv(LEDGER, *ledger_of("A1000001", *lines)),
    )
    asked = replace(WANTED, amount=Decimal("75.00"))
    refused(store, lambda: request(store, asked, ANA), "owed to the patient, not to ALPHA")
    assert request(store, replace(asked, payee_type="PATIENT", payee_name="JANE ROE"), ANA) == 1


def test_not_a_cent_more_than_the_credit(credit: Store) -> None:
    """300.01 of 300.00."""
    refused(credit, lambda: request(credit, replace(WANTED, amount=Decimal("300.01")), ANA), "300.01 is too much")


@pytest.mark.parametrize(("step", "after"), [("decline", "declined"), ("void", "voided"), ("return", "returned")])
def test_what_did_not_reach_its_payee_can_be_asked_for_again(credit: Store, step: str, after: str) -> None:
    """Declined, voided or returned: the credit is open again."""
    number = approved(credit)
    if step == "decline":
        refused(credit, lambda: decline(credit, number, 1, BEN, " "), "no reason is given")
        decline(credit, number, 1, BEN, "wrong payee")
    else:
        export(credit, [(number, 1)], CAL)
        record_cheque(credit, number, 1, "004411", DAY, ANA)
        (void if step == "void" else return_)(credit, number, 1, ANA, "came back")
    assert status(credit) == after
    assert request(credit, WANTED, ANA) == number + 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"payee_address": " "}, "lacks its payee address"),
        ({"evidence": ""}, "lacks its evidence"),
        ({"amount": Decimal("0.00")}, "positive amount"),
        ({"amount": Decimal("1.001")}, "positive amount"),
        ({"payee_type": "DOCTOR"}, "PAYER or to the PATIENT"),
        ({"account_number": "A2"}, "not in credit"),
    ],
)
def test_a_refund_that_lacks_something_is_refused(credit: Store, change: dict[str, Any], words: str) -> None:
    """Before anybody has to look at it."""
    refused(credit, lambda: request(credit, replace(WANTED, **change), ANA), words)


def test_the_steps_have_their_order_and_their_facts(credit: Store) -> None:
    """No cheque before the export, none without a number or of a day to come, none cleared before it is written."""
    number = approved(credit)
    refused(credit, lambda: record_cheque(credit, number, 1, "1", DAY, ANA), "cannot be given a cheque")
    export(credit, [(number, 1)], CAL)
    refused(credit, lambda: clear(credit, number, 1, DAY, ANA), "cannot be cleared")
    refused(credit, lambda: record_cheque(credit, number, 1, " ", DAY, ANA), "the number is missing")
    refused(credit, lambda: record_cheque(credit, number, 1, "1", date(2026, 11, 14), ANA), "has not come yet")
    refused(credit, lambda: record_cheque(credit, 99, 1, "1", DAY, ANA), "there is no refund 99")


def test_what_comes_after_the_request_bars_it_too(credit: Store) -> None:
    """The payer takes the money back before the refund is approved, or before it goes out."""
    number = request(credit, WANTED, ANA)
    advice = remittance_835("T8", "600.00", claims=[("OTHER", "900.00")], plb=[("WO", "300.00")])
    loaded(credit, advice.replace(b"REFWO", b"A1000001X"))
    refused(credit, lambda: approve(credit, number, 1, BEN), "took 300.00 back")


def test_a_posting_error_is_not_refunded(store: Store) -> None:
    """The write-off stands twice."""
    lines = [*TWICE[:4], "08-01 ADJUSTMENT PRIMARY ALPHA -125.00 CO-45"]
    loaded(
        store,
        table_csv(ACCOUNTS, "A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,-125.00,2026-11-13"),
        table_csv(LEDGER, *ledger_of("A1000001", *lines)),
    )
    refused(store, lambda: request(store, replace(WANTED, amount=Decimal("125.00")), ANA), "is not to be refunded")


def test_a_closed_day_refunds_nothing(credit: Store) -> None:
    """And says so; the attempt is kept under the first open day."""
    number = request(credit, WANTED, ANA)
    match(credit, DAY, "ana")
    prepare(credit, DAY, "ana", "seen")
    review(credit, DAY, "ben", "seen")
    with pytest.raises(DayClosed):
        approve(credit, number, 1, BEN)
    last = rows_of(refund_history(credit, number))[-1]
    assert (last["action"], last["effective_on"]) == ("refused", date(2026, 11, 14))


def test_a_refund_that_the_ledger_shows_is_not_counted_twice(credit: Store) -> None:
    """The next extract shows it; what is in credit by then is another credit."""
    number = approved(credit, replace(WANTED, amount=Decimal("200.00")))
    export(credit, [(number, 1)], CAL)
    loaded(
        credit,
        table_csv(ACCOUNTS, "A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,-100.00,2026-11-20"),
        table_csv(LEDGER, "A1000001,A1000001-9,2026-11-19,REFUND,PRIMARY,ALPHA,200.00,TR0000001"),
    )
    (row,) = rows_of(refunds(credit, date(2026, 11, 20)))
    assert (row["is_posted"], row["is_live"]) == (True, False)
    later = Who("ana", date(2026, 11, 20))
    assert request(credit, replace(WANTED, amount=Decimal("100.00")), later) == number + 1


def test_columns_of_the_list_are_exact(credit: Store) -> None:
    """Amounts stay decimals on their way to accounts payable."""
    export_id = export(credit, [(approved(credit), 1)], CAL)
    assert str(exported(credit, export_id)["amount"].dtype) == "decimal128(18, 2)[pyarrow]"
    assert isinstance(exported(credit, export_id), pd.DataFrame)


def test_a_past_day_refunds_nothing(credit: Store) -> None:
    """The credit stood then; what came since is what counts."""
    loaded(credit, table_csv(ACCOUNTS, "A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,0.00,2026-11-16"))
    with pytest.raises(DecisionRefused, match="2026-11-13 is past"):
        request(credit, WANTED, ANA)


def test_all_that_is_asked_of_one_credit_counts_for_the_second_approver(credit: Store) -> None:
    """300.00 in two requests, above the limit of 200.00 together only."""
    set_second_above(credit, Decimal("200.00"), CAL, "policy")
    request(credit, replace(WANTED, amount=Decimal("180.00")), ANA)
    approve(credit, 1, 1, BEN)
    assert status(credit) == "approved"
    request(credit, replace(WANTED, amount=Decimal("120.00")), ANA)
    approve(credit, 2, 1, BEN)
    assert set(refunds(credit, DAY)["status"]) == {"waiting_second"}
    approve(credit, 2, 1, CAL)
    assert status(credit) == "approved"


def test_a_refund_that_the_ledger_shows_is_not_made_again(store: Store) -> None:
    """Of 300.00, made outside Tieout, while the credit is larger."""
    lines = [*TWICE, "08-15 PAYMENT PRIMARY ALPHA -300.00 T3", "09-01 REFUND PRIMARY ALPHA 300.00 R9"]
    loaded(
        store,
        table_csv(ACCOUNTS, "A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,-300.00,2026-11-13"),
        table_csv(LEDGER, *ledger_of("A1000001", *lines)),
    )
    with pytest.raises(DecisionRefused, match=r"300\.00 was refunded"):
        request(store, WANTED, ANA)


def test_steps_keep_the_order_of_days(credit: Store) -> None:
    """No cheque before the export, none cleared before its date, no cheque for two refunds."""
    number = approved(credit)
    export(credit, [(number, 1)], CAL)
    refused(credit, lambda: record_cheque(credit, number, 1, "4411", date(2020, 1, 1), ANA), "the day it was exported")
    record_cheque(credit, number, 1, "4411", DAY, ANA)
    refused(credit, lambda: clear(credit, number, 1, date(2026, 11, 12), ANA), "the day its cheque is dated")


@pytest.mark.parametrize("name", ["\u0430na", "An\u00e1.", "A-N-A"])
def test_a_look_alike_name_is_the_same_person(credit: Store, name: str) -> None:
    """A Cyrillic letter, an accent, marks."""
    number = request(credit, WANTED, ANA)
    refused(credit, lambda: approve(credit, number, 1, Who(name, DAY)), "someone else has to approve it")
