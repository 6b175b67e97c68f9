"""The roll-forward: the unposted money of one day's end leads to that of the next, to the cent, every term by name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from analysis.match.run import match
from analysis.money import total
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.tieout.roll_forward import TERMS, faults, in_one, moved, roll_forward, unposted_parts
from analysis.tieout.verify import verify
from tests import truth
from tests.files import bai2, batch_csv, loaded, remittance_835, table_csv

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
MOVING = ("banked", "no_payment", "returned", "posted", "corrected")
BANK_TABLE = "posted_date,description,amount,bank_account"


def terms(store: Store, day: date) -> dict[str, str]:
    """The terms of that day that are not zero, as a reader sees them."""
    row = pa.Table.from_pandas(roll_forward(store, day).tail(1), preserve_index=False).to_pylist()[0]
    return {term: str(row[f"{term}_amount"]) for term in TERMS if row[f"{term}_amount"] != 0}


def posted(amount: str, day: str = "2026-11-02") -> bytes:
    """A batch of one payment."""
    return batch_csv([("B1", amount, "ACC1", "TRACE000001", "PAYMENT", amount)], day)


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        pytest.param([bai2(("TRACE000001", "10.00"))], {"banked": "10.00", "closing": "10.00"}, id="not posted yet"),
        pytest.param(
            [bai2(("TRACE000001", "10.00")), posted("10.00")], {"banked": "10.00", "posted": "10.00"}, id="posted"
        ),
        pytest.param(
            [bai2(("TRACE000001", "10.00")), posted("9.99")],
            {"banked": "10.00", "posted": "9.99", "closing": "0.01"},
            id="one cent shows",
        ),
        pytest.param([posted("10.00")], {"posted": "10.00", "closing": "-10.00"}, id="posted without money"),
        pytest.param([remittance_835("TRACE000001", "10.00")], {}, id="a remittance alone moves nothing"),
        pytest.param(
            [bai2(("TRACE000001", "10.00")), bai2(("TRACE000002", "10.00"), day="261103")],
            {"banked": "10.00", "closing": "10.00"},
            id="tomorrow's deposit is unknown",
        ),
    ],
)
def test_the_terms_of_a_day(store: Store, files: list[bytes], wanted: dict[str, str]) -> None:
    """Each term is what came, was posted, or is neither."""
    loaded(store, *files)
    assert terms(store, MONDAY) == wanted
    assert faults(store, MONDAY) == []


def test_the_closing_of_a_day_is_the_opening_of_the_next(store: Store) -> None:
    """Also over a weekend in which nothing moves."""
    loaded(store, bai2(("TRACE000001", "10.00")), bai2(("TRACE000002", "5.00"), day="261109"))
    assert terms(store, date(2026, 11, 9)) == {"opening": "10.00", "banked": "5.00", "closing": "15.00"}
    assert terms(store, date(2026, 11, 8)) == {"opening": "10.00", "closing": "10.00"}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        pytest.param("INTEREST PAID,12.34", {"banked": "12.34", "no_payment": "12.34"}, id="interest is no payment"),
        pytest.param("SERVICE FEE,-3.00", {"banked": "-3.00", "no_payment": "-3.00"}, id="nor is a fee"),
    ],
)
def test_what_nobody_paid_for_care_is_named_and_leaves_nothing(store: Store, line: str, wanted: dict[str, str]) -> None:
    """Every cent of the statement is in the roll-forward; what is no payment takes itself off again."""
    loaded(store, table_csv(BANK_TABLE, f"11/02/2026,{line},5678"))
    assert terms(store, MONDAY) == wanted


def test_a_correction_by_the_bank_is_a_term_of_its_day(store: Store) -> None:
    """What was told on Monday stays Monday's; that it counts no longer is told on Tuesday, with its rows."""
    first = bai2(("TRACE000001", "10.00"))
    told_anew = bai2(("TRACE000001", "7.00")).replace(b",1,261102,2359", b",3,261102,2359")
    told_anew = told_anew.replace(b"01,BANK,HOSP,261102", b"01,BANK,HOSP,261104")
    loaded(store, first, told_anew)
    assert terms(store, MONDAY) == {"banked": "10.00", "closing": "10.00"}
    assert terms(store, TUESDAY) == {"opening": "10.00", "banked": "7.00", "corrected": "-10.00", "closing": "7.00"}
    assert [str(one) for one in moved(store, [TUESDAY], "corrected")["amount"]] == ["-10.00"]


def test_every_term_of_the_sample_is_the_sum_of_its_rows(fortnight: Store) -> None:
    """Day by day and over the fortnight."""
    days = roll_forward(fortnight, AS_OF)
    for term in MOVING:
        for day, amount in zip(days["day"], days[f"{term}_amount"], strict=True):
            assert total(moved(fortnight, [day], term)["amount"]) == amount, (day, term)
        assert total(moved(fortnight, list(days["day"]), term)["amount"]) == in_one(days)[f"{term}_amount"]


def test_the_fortnight_ends_where_the_truth_does(fortnight: Store) -> None:
    """Deposits and returned items as the bank has them in the end, less what the batches posted."""
    bank, batches = truth.rows("bank"), truth.rows("batches")
    counted = [row for row in bank if row["role"] in ("deposit", "not_patient_money", "returned_item")]
    money = [truth.money(row["amount"]) for row in counted]
    closing = in_one(roll_forward(fortnight, AS_OF))["closing_amount"]
    credits_and_returns = [one for one, row in zip(money, counted, strict=True) if one > 0 or row["role"][0] == "r"]
    assert closing == total(credits_and_returns) - total(truth.money(row["posted_total"]) for row in batches)
    assert closing == Decimal("10377.39")


def test_the_parts_of_the_closing_add_up_to_it(fortnight: Store) -> None:
    """By what is tied to what, asked without the roll-forward."""
    days = roll_forward(fortnight, AS_OF)
    for day, closing in zip(days["day"], days["closing_amount"], strict=True):
        assert total(unposted_parts(fortnight, day)["amount"]) == closing


def test_verify_proves_that_it_rolls(fortnight: Store, store: Store) -> None:
    """On the sample, on an empty store, and with a match of the day's batch."""
    loaded(store, bai2(("TRACE000001", "10.00")), remittance_835("TRACE000001", "10.00"), posted("10.00"))
    match(store, MONDAY, "tests")
    for one in (fortnight, store):
        found = {result.name: result.failures for result in verify(one)}
        assert found["roll_forward"] == 0
    assert unposted_parts(store, MONDAY)["part"].tolist() == ["difference"]


def test_a_day_that_does_not_roll_is_named(fortnight: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check has teeth: a cent more on one side fails it."""
    monkeypatch.setattr("analysis.tieout.roll_forward.unposted_parts", lambda *_: {"amount": [Decimal("10377.40")]})
    assert {row["day"] for row in faults(fortnight, AS_OF, 1)} == {AS_OF}


def test_nothing_loaded_rolls_nothing(store: Store) -> None:
    """An empty store has one day, of zeroes."""
    assert terms(store, MONDAY) == {}
    assert len(roll_forward(store, MONDAY)) == 1
