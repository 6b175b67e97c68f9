"""Returned items: a row of their own, tied to the payment that they undo, the bank's fee apart."""

from __future__ import annotations

from collections.abc import Sequence
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
    assert (row["explained"], row["unexplained"]) == (Decimal("-40.00"), 0)


def test_a_return_that_was_reversed_ties(store: Store) -> None:
    """The batch that takes the payment off the account is the return's own."""
    day_of(store, "901", batch_csv([("B2", "-40.00", "ACC1", "901", "REVERSAL", "-40.00")], "2026-11-05"))
    assert variances(store, DAY).empty


PAID = [("B1", "110.00", "ACC1", "4422", "PAYMENT", "55.00"), ("B1", "110.00", "ACC2", "4433", "PAYMENT", "55.00")]
NSF = "5678,2026-11-05,-55.00,555,X{number},,{text}"


def returned(store: Store, *texts: str, reversals: Sequence[tuple[str, str, str]] = ()) -> list[dict[str, object]]:
    """The report of a deposit of two cheques of 55.00 with the bank's texts of what it took back, and with batches that
    post 55.00 back (batch, account, number)."""
    lines = [NSF.format(number=number, text=text) for number, text in enumerate(texts, start=1)]
    batches = [
        batch_csv([(batch, "-55.00", account, number, "REVERSAL", "-55.00")], "2026-11-05")
        for batch, account, number in reversals
    ]
    loaded(store, table_csv(BANK, "5678,2026-11-02,110.00,174,D1,,BRANCH DEPOSIT", *lines), batch_csv(PAID), *batches)
    match(store, DAY, "tests")
    return variances(store, DAY).to_dict("records")


@pytest.mark.parametrize("text", ["NSF CHECK 4422", "RETURNED ITEM CHK#004422/NSF", "4422"])
def test_the_number_in_the_banks_text_ties_the_payment(store: Store, text: str) -> None:
    """A short cheque number, though the bank gives it in words alone and another cheque has the amount too."""
    (row,) = returned(store, text)
    assert (row["reference"], row["unexplained"]) == ("X1", 0)
    assert "it undoes batch B1, line 1 of deposit D1, still posted" in str(row["explanation"])


@pytest.mark.parametrize("text", ["NSF CHECK 44220", "NSF CHECK", "NSF CHECK 442 2"])
def test_another_number_ties_none_of_two(store: Store, text: str) -> None:
    """A number is a whole word: what only the amount ties is one of two payments: taken back in any case."""
    (row,) = returned(store, text)
    assert "one of 2 payments, by amount alone" in str(row["explanation"])
    assert (row["causes"], row["explained"]) == ("returned_item", Decimal("-55.00"))


@pytest.mark.parametrize("text", ["NSF CHECK 4433", "NSF CHECK"])
def test_a_reversal_on_the_payments_account_and_number_clears_the_return(store: Store, text: str) -> None:
    """Whether the bank names the cheque or only its amount fits."""
    assert returned(store, text, reversals=[("B2", "ACC2", "4433")]) == []


def test_a_reversal_of_another_account_clears_nothing(store: Store) -> None:
    """The amount and the number are those of a payment, the account is not: both stay open."""
    rows = returned(store, "NSF CHECK", reversals=[("B2", "ACC7", "4433")])
    assert sorted(str(row["reference"]) for row in rows) == ["B2", "X1"]
    said = next(str(row["explanation"]) for row in rows if row["reference"] == "B2")
    assert "no return of the bank fits it" in said
    assert "in transit" not in said


@pytest.mark.parametrize(
    ("reversals", "open_returns"),
    [
        pytest.param([("B2", "ACC2", "4433")], 1, id="one reversal"),
        pytest.param([("B2", "ACC2", "4433"), ("B3", "ACC1", "4422")], 0, id="two"),
    ],
)
def test_a_reversal_clears_one_return(store: Store, reversals: list[tuple[str, str, str]], open_returns: int) -> None:
    """Two cheques of one amount came back."""
    rows = returned(store, "NSF CHECK", "NSF CHECK AGAIN", reversals=reversals)
    assert len(rows) == open_returns
    assert all(row["causes"] == "returned_item" for row in rows)


@pytest.mark.parametrize("day", [date(2026, 11, 3), date(2026, 11, 4)])
def test_before_the_return_nothing_is_known_of_it(store: Store, day: date) -> None:
    """As of a day before."""
    loaded(store, table_csv(BANK, DEPOSIT), table_csv(BANK, RETURN.format(number="901"), FEE))
    assert returned_items(store, day).empty
