"""Returned items: a row of their own, tied to the payment that they undo, the bank's fee apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.match.run import match
from analysis.store import Store
from analysis.tieout.returned import returned_items
from analysis.tieout.variances import variances
from tests.files import batch_csv, loaded, table_csv

DAY = date(2026, 11, 6)
BANK = "bank_account,posted_date,amount,type_code,bank_reference,customer_reference,description"
DEPOSIT = "5678,2026-11-02,90.00,174,D1,,BRANCH DEPOSIT"
RETURN = "5678,2026-11-05,-40.00,555,X1,{number},RETURNED DEPOSITED ITEM NSF CHECK {number}"
FEE = "5678,2026-11-05,-12.00,567,X2,,RETURN ITEM FEE"


def day_of(store: Store, number: str = "901", *more: bytes) -> None:
    """A deposit of two cheques, one of them returned with a fee, matched."""
    loaded(
        store,
        table_csv(BANK, DEPOSIT, RETURN.format(number=number), FEE),
        batch_csv(
            [("B1", "90.00", "ACC1", "901", "PAYMENT", "40.00"), ("B1", "90.00", "ACC2", "902", "PAYMENT", "50.00")]
        ),
        *more,
    )
    match(store, DAY, "tests")


def test_a_returned_cheque_is_a_variance_of_its_own(store: Store) -> None:
    """Minus its amount, without the fee; the batch that it undoes still ties and is not listed."""
    day_of(store)
    (row,) = variances(store, DAY).to_dict("records")
    assert (row["reference"], row["causes"]) == ("X1", "returned_item")
    assert (row["variance"], row["explained"], row["unexplained"]) == (Decimal("-40.00"), Decimal("-40.00"), 0)
    for words in ("batch B1, line 1", "deposit D1", "fee of 12.00 is apart"):
        assert words in row["explanation"]


def test_the_item_knows_its_payment_and_its_fee(store: Store) -> None:
    """By the cheque's number, and the fee that stands next in the bank's file."""
    day_of(store)
    (row,) = returned_items(store, DAY).to_dict("records")
    assert (row["batch_id"], row["line_number"], row["posted_amount"]) == ("B1", 1, Decimal("40.00"))
    assert (row["fee_amount"], row["by_reference"]) == (Decimal("-12.00"), True)


def test_by_amount_alone_is_said_to_be_so(store: Store) -> None:
    """A number that nobody posted: the one line of that amount is named, as what it is."""
    day_of(store, "777")
    (row,) = variances(store, DAY).to_dict("records")
    assert "batch B1, line 1 of deposit D1, by amount alone" in row["explanation"]


def test_a_return_that_was_reversed_ties(store: Store) -> None:
    """The batch that takes the payment off the account is the return's own."""
    day_of(store, "901", batch_csv([("B2", "-40.00", "ACC1", "901", "REVERSAL", "-40.00")], "2026-11-05"))
    assert variances(store, DAY).empty


@pytest.mark.parametrize("day", [date(2026, 11, 3), date(2026, 11, 4)])
def test_before_the_return_nothing_is_known_of_it(store: Store, day: date) -> None:
    """As of a day before."""
    loaded(store, table_csv(BANK, DEPOSIT), table_csv(BANK, RETURN.format(number="901"), FEE))
    assert returned_items(store, day).empty
