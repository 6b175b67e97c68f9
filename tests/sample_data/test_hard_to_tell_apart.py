"""Payments that are hard to tell apart: what the truth says of each planted case."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests import truth


@pytest.mark.parametrize(
    ("planted", "kind", "evidence", "links"),
    [
        pytest.param("twins", "one_to_one", "ambiguous", 4, id="two pairs of twins"),
        pytest.param("short_paid", "one_to_one", "amount_differs", 1, id="a credit too low"),
        pytest.param("paid_twice", "one_to_one", "ambiguous", 1, id="the second credit is linked to nothing"),
        pytest.param("late_money", "one_to_one", "outside_window", 1, id="money too late for payer and amount"),
        pytest.param("clearinghouse_lump", "lump", "exact_sum", 1, id="one credit for a bundle"),
        pytest.param("near_amount_other_payer", "one_to_one", "payer_amount", 1, id="the payer that is named"),
    ],
)
def test_what_belongs_together(planted: str, kind: str, evidence: str, links: int) -> None:
    """Deposits and remittances, by the evidence that the files hold."""
    rows = [row for row in truth.rows("links") if row["planted"] == planted and row["kind"] != "batch"]
    assert {(row["kind"], row["evidence"]) for row in rows} == {(kind, evidence)}
    assert len({row["link_id"] for row in rows}) == links


@pytest.mark.parametrize(
    ("cause", "remittances", "deposits", "unposted"),
    [
        pytest.param("ambiguous_twins", 4, 4, 4, id="twins"),
        pytest.param("amount_off", 1, 1, 1, id="short paid"),
        pytest.param("ambiguous_deposits", 1, 2, 2, id="paid twice"),
        pytest.param("outside_window", 1, 1, 1, id="late money"),
        pytest.param("lookalike_other_payer", 1, 0, 0, id="the other payer's money is missing"),
        pytest.param("ambiguous_sum", 4, 1, 1, id="four cheques and a deposit of two of them"),
    ],
)
def test_what_stays_open(cause: str, remittances: int, deposits: int, unposted: int) -> None:
    """No side is posted; a deposit that is open is a variance of its whole amount, with no remittance beside it."""
    items = [row for row in truth.rows("unmatched") if row["cause"] == cause]
    by_type = [row["item_type"] for row in items]
    assert by_type.count("remittance_without_deposit") == remittances
    assert by_type.count("deposit_without_remittance") == deposits == len(items) - remittances
    open_now = {row["reference"]: row["amount"] for row in items}
    found = [row for row in truth.rows("variances") if row["batch_id"] in open_now]
    assert len(found) == unposted
    for row in found:
        assert (row["variance"], row["remitted_total"]) == (open_now[row["batch_id"]], "0.00")


def test_a_short_payment_is_off_by_12_40() -> None:
    """On both sides, deposited less remitted."""
    items = {row["item_type"]: row for row in truth.rows("unmatched") if row["cause"] == "amount_off"}
    assert {row["off_by"] for row in items.values()} == {"-12.40"}
    amounts = {kind: truth.money(row["amount"]) for kind, row in items.items()}
    gap = amounts["deposit_without_remittance"] - amounts["remittance_without_deposit"]
    assert gap == Decimal("-12.40")


@pytest.mark.parametrize("planted", ["clearinghouse_lump", "near_amount_other_payer"])
def test_what_is_linked_is_posted_and_ties(planted: str) -> None:
    """One batch each."""
    assert [row["ties"] for row in truth.rows("batches") if row["planted"] == planted] == ["True"]
