"""Lines held against claims and receipts, amount by amount: the line that is right is never blamed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from analysis.match.run import match
from analysis.store import Store
from analysis.tieout.keyed_lines import Line, Paid, slips
from analysis.tieout.variances import explanations, variances
from tests.files import bai2, batch_csv, loaded, remittance_835, table_csv

DAY = date(2026, 11, 3)
Keyed = Sequence[tuple[str, str]]


def explained(store: Store, claims: Keyed, lines: Keyed) -> list[tuple[str, Decimal, str, str]]:
    """Cause, amount, certainty and words of each part of a batch that posts the lines for those claims."""
    whole = str(sum(Decimal(paid) for _, paid in claims))
    keyed = [("B1", whole, account, "TRACE0001", "PAYMENT", amount) for account, amount in lines]
    loaded(store, remittance_835("TRACE0001", whole, claims=claims), bai2(("TRACE0001", whole)), batch_csv(keyed))
    match(store, DAY, "tests")
    found = explanations(store, DAY)
    assert sum(found["amount"]) == Decimal(whole) - sum(Decimal(amount) for _, amount in lines)
    return list(found[["cause", "amount", "certainty", "words"]].itertuples(index=False, name=None))


def test_one_of_two_equal_claims_left_out_is_a_missing_line(store: Store) -> None:
    """Two claims of 100.00 for one account and one line: the line is right, a claim has none."""
    found = explained(store, [("ACC1", "100.00"), ("ACC1", "100.00")], [("ACC1", "100.00")])
    assert found == [("missing_line", Decimal("100.00"), "found", "a claim paid 100.00 has no line: 100.00")]


@pytest.mark.parametrize(
    ("times", "amount", "words"),
    [
        pytest.param(2, "-100.00", "line 2 repeats line 1, 100.00: -100.00", id="twice"),
        pytest.param(3, "-200.00", "lines 2 and 3 repeat line 1, 100.00 each: -200.00", id="three times"),
        pytest.param(4, "-300.00", "lines 2, 3 and 4 repeat line 1, 100.00 each: -300.00", id="four times"),
    ],
)
def test_a_line_keyed_many_times_is_repeated(store: Store, times: int, amount: str, words: str) -> None:
    """One part for all its repeats, on the first line too many."""
    found = explained(store, [("ACC1", "100.00")], [("ACC1", "100.00")] * times)
    assert found == [("duplicate_line", Decimal(amount), "found", words)]


def test_a_line_on_another_account_is_one_part_that_moves_no_money(store: Store) -> None:
    """The right amount on the wrong account: both accounts are named, the variance is 0.00 and listed."""
    found = explained(store, [("ACC1", "100.00"), ("ACC2", "200.00")], [("ACC1", "100.00"), ("ACC9", "200.00")])
    words = "line 2 is on account ACC9, where the remittance has account ACC2 for 200.00: 0.00"
    assert found == [("wrong_account", 0, "found", words)]
    (row,) = variances(store, DAY).to_dict("records")
    assert (row["variance"], row["unexplained"]) == (0, 0)


def test_two_lines_on_other_accounts_leave_open_which_is_which(store: Store) -> None:
    """Both accounts are named for each, and each is possible."""
    found = explained(store, [("ACC1", "200.00"), ("ACC2", "200.00")], [("ACC8", "200.00"), ("ACC9", "200.00")])
    assert [(cause, certainty) for cause, _, certainty, _ in found] == [("wrong_account", "possible")] * 2
    assert all("account ACC1 or ACC2 for 200.00" in words for *_, words in found)


def test_a_line_on_a_claims_account_for_the_claim_of_another(store: Store) -> None:
    """Account ACC1 has its own claim and, beside it, the money of ACC2."""
    found = explained(store, [("ACC1", "100.00"), ("ACC2", "200.00")], [("ACC1", "100.00"), ("ACC1", "200.00")])
    assert [part[0] for part in found] == ["wrong_account"]
    assert "line 2 is on account ACC1" in found[0][3]


def test_an_amount_keyed_wrong_on_another_account_is_not_paired(store: Store) -> None:
    """One cent beside it: a claim without a line, and a line that no claim pays."""
    found = explained(store, [("ACC1", "100.00"), ("ACC2", "200.00")], [("ACC1", "100.00"), ("ACC9", "200.01")])
    assert [(cause, amount) for cause, amount, *_ in found] == [
        ("keyed_amount", Decimal("-200.01")),
        ("missing_line", Decimal("200.00")),
    ]


def test_a_receipt_posted_three_times_is_repeated(store: Store) -> None:
    """The receipt of 40.00 stands beside three lines."""
    rows = [("B1", "40.00", "ACC1", "R1", "PAYMENT", "40.00")] * 3
    receipts = table_csv(
        "receipt_id,received_date,payment_method,amount,account_number,deposit_slip,check_number",
        "R1,2026-11-02,CASH,40.00,ACC1,S1,",
    )
    loaded(store, bai2(("X", "40.00")), batch_csv(rows), receipts)
    match(store, DAY, "tests")
    (part,) = explanations(store, DAY).to_dict("records")
    assert (part["cause"], part["amount"], part["receipt_id"]) == ("duplicate_line", Decimal("-80.00"), "R1")


@pytest.mark.parametrize(
    ("paid", "posted", "expected"),
    [
        pytest.param("100 200", "100 200", [], id="right"),
        pytest.param("100 200", "10.00 200", [("keyed", "90")], id="a slide beside a right line"),
        pytest.param("100 200", "10", [("keyed", "90"), ("missing", "200")], id="one keyed wrong, one left out"),
        pytest.param("100 200 50", "300", [("missing", "50")], id="two claims in one line, one left out"),
        pytest.param("300", "100 200 45", [("extra", "-45")], id="a claim in two lines, one line too many"),
        pytest.param("100", "60 40 60 40", [("repeated", "-60"), ("repeated", "-40")], id="two lines, both again"),
        pytest.param("300", "100 150", [("keyed", "50")], id="two lines for a claim"),
        pytest.param("100 200", "110 230", [("keyed", "-40")], id="nothing that pairs: as a whole"),
        pytest.param("50", "-50", [("keyed", "100")], id="a sign turned"),
        pytest.param("-100 120", "-100 120 120", [("repeated", "-120")], id="a correction twice"),
        pytest.param("100 0", "", [("missing", "100")], id="a claim of nothing needs no line"),
        pytest.param("100", "0", [("keyed", "100")], id="a line of nothing"),
        pytest.param("", "20 20", [("repeated", "-20"), ("extra", "-20")], id="nothing paid"),
    ],
)
def test_slips(paid: str, posted: str, expected: list[tuple[str, str]]) -> None:
    """The fewest faults that fit, and together they are the whole difference."""
    owed = [Paid(Decimal(one), number) for number, one in enumerate(paid.split())]
    lines = [Line(Decimal(one), number, number) for number, one in enumerate(posted.split())]
    found = slips(owed, lines)
    assert [(slip.kind, slip.gap) for slip in found] == [(kind, Decimal(gap)) for kind, gap in expected]
    assert sum(slip.gap for slip in found) == sum(one.amount for one in owed) - sum(one.amount for one in lines)
