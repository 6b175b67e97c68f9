"""How sure a part is: what leaves a choice open is possible and explains nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.match.by_hand import Chosen
from analysis.match.decisions import Who, match_by_hand
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.store import Store
from analysis.tieout.variances import explanations, variances
from tests.files import bai2, batch_csv, loaded, remittance_835

DAY = date(2026, 11, 3)
KEYED = [("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]


@pytest.mark.parametrize(
    ("as_of", "certainty", "unexplained", "words"),
    [
        (
            date(2026, 11, 5),
            "found",
            "0.00",
            "the rest is in transit, due 2026-11-05; after that it was paid short: -40.00",
        ),
        (date(2026, 11, 6), "possible", "-40.00", "the rest was due 2026-11-05: it is late, or was paid short: -40.00"),
    ],
)
def test_a_rest_is_in_transit_until_it_is_due(
    store: Store, as_of: date, certainty: str, unexplained: str, words: str
) -> None:
    """60.00 of 100.00 came: three business days the rest may come; then nobody knows whether it was paid short."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "60.00")), batch_csv(KEYED))
    match(store, DAY, "tests")
    (row,) = variances(store, as_of).to_dict("records")
    assert (row["variance"], row["unexplained"]) == (Decimal("-40.00"), Decimal(unexplained))
    assert words in row["explanation"]
    parts = explanations(store, as_of)
    assert list(zip(parts["cause"], parts["certainty"], strict=True)) == [
        ("split_deposit", "found"),
        ("not_yet_deposited", certainty),
    ]


@pytest.mark.parametrize("reason", ["settled over coffee", "the bank kept a fee"])
def test_what_a_person_writes_is_told_and_is_no_cause(store: Store, reason: str) -> None:
    """Free text is quoted; only a rule calls a difference a fee."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("OTHER0009", "97.00")), batch_csv(KEYED))
    match(store, DAY, "tests")
    items = unmatched(store, DAY).to_dict("records")
    chosen = [Chosen(one["side"], one["fact_id"], one["amount"]) for one in items if one["side"] != "batch"]
    assert len(chosen) == 2
    match_by_hand(store, chosen, Who("tests", DAY), reason, settles_difference=True)
    (row,) = variances(store, DAY).to_dict("records")
    assert (row["causes"], row["variance"], row["unexplained"]) == ("settled_by_hand", Decimal("-3.00"), 0)
    assert reason in row["explanation"]


def test_a_trace_keyed_wrong_that_a_proposal_would_tie_is_decided_by_a_person(store: Store) -> None:
    """Batch and deposit both name the proposal between them, and neither is said to be missing money or posting."""
    loaded(
        store,
        remittance_835("TR1000018", "777.77"),
        bai2(("TR1000018", "777.77")),
        batch_csv([("B1", "777.77", "ACC1", "TR1000081", "PAYMENT", "777.77")], payer_name="TEST PAYER"),
    )
    match(store, DAY, "tests")
    rows = {one["reference"]: one for one in variances(store, DAY).to_dict("records")}
    parts = explanations(store, DAY)
    assert len(rows) == 2
    assert set(parts["certainty"]) == {"possible"}
    assert all(one["explained"] == 0 for one in rows.values())
    said = "a proposal would tie it to remittance TR1000018 (its lines name TR1000081): decide it in Unmatched"
    assert said in rows["B1"]["explanation"]
    assert "a proposal would tie it to batch B1: decide it in Unmatched" in rows["BR261102001"]["explanation"]


def test_without_a_proposal_the_money_is_in_transit(store: Store) -> None:
    """The same trace keyed wrong for another payer: nothing ties the two, and nothing is said of it."""
    loaded(
        store,
        remittance_835("TR1000018", "777.77"),
        bai2(("TR1000018", "777.77")),
        batch_csv([("B1", "777.77", "ACC1", "TR1000081", "PAYMENT", "777.77")], payer_name="OTHER PAYER"),
    )
    match(store, DAY, "tests")
    parts = explanations(store, DAY)
    assert list(parts["certainty"]) == ["found", "found"]
    assert sorted(parts["cause"]) == ["not_yet_deposited", "unposted"]
