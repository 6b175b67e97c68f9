"""Rejected claims: each with its code, worked step by step until nothing is open of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from analysis.casework.items import open_items
from analysis.casework.rejections import (
    approve_sent,
    assign,
    post_by_hand,
    rejected_claims,
    rejected_history,
    rejected_version,
    reopen,
    send_home,
)
from analysis.match.decisions import Who
from analysis.match.unmatched import unmatched
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.tieout.verify import verify
from tests.stores import fortnight_store

DAY = date(2026, 11, 13)
ANA, BEN = Who("ana", DAY), Who("ben", DAY)


@pytest.fixture(scope="module")
def fortnight() -> Iterator[Store]:
    """The sample fortnight; each test works on a claim of its own."""
    with fortnight_store() as store:
        yield store


def claim_of(store: Store, code: str) -> int:
    """The first claim with that code."""
    found = rejected_claims(store, DAY)
    return int(found[found["reject_code"] == code]["claim_payment_id"].iloc[0])


def test_the_fortnights_claims_have_their_codes(fortnight: Store) -> None:
    """What each seeded fault makes, and no claim that can be posted."""
    found = rejected_claims(fortnight, DAY)
    assert dict(Counter(found["codes"])) == {"C01": 1, "C03": 2, "C04": 1, "C06": 1, "L04": 2, "T01": 3}
    cases = open_items(fortnight, DAY)
    assert cases["item_type"].to_pylist().count("rejected_claim") == len(found)
    assert len(set(cases["case_id"].to_pylist())) == cases.num_rows


def test_a_claim_is_assigned_and_posted_by_hand(fortnight: Store) -> None:
    """It leaves the open ones with the posting's reference, and comes back when that does not hold."""
    number = claim_of(fortnight, "C01")
    with pytest.raises(DecisionRefused, match="no account of that number"):
        assign(fortnight, number, 0, "NOSUCH0000", ANA, "asked registration")
    assign(fortnight, number, 0, "48214065", ANA, "asked registration")
    with pytest.raises(DecisionRefused, match="since it was shown"):
        post_by_hand(fortnight, number, 0, "M1113-009", DAY, ANA, "posted")
    with pytest.raises(DecisionRefused, match="reference is missing"):
        post_by_hand(fortnight, number, 1, " ", DAY, ANA, "posted")
    with pytest.raises(DecisionRefused, match="has not come yet"):
        post_by_hand(fortnight, number, 1, "M1113-009", date(2026, 11, 14), ANA, "posted")
    post_by_hand(fortnight, number, 1, "M1113-009", DAY, ANA, "posted")
    row = rejected_claims(fortnight, DAY).set_index("claim_payment_id").loc[number]
    assert (row["standing"], row["account_number"], row["reference"]) == ("posted", "0048214065", "M1113-009")
    assert f"claim-{number}" not in set(unmatched(fortnight, DAY)["item_id"])
    assert f"claim-{number}" in set(unmatched(fortnight, date(2026, 11, 12))["item_id"])
    reopen(fortnight, number, 2, BEN, "posted twice")
    assert f"claim-{number}" in set(unmatched(fortnight, DAY)["item_id"])
    assert list(rejected_history(fortnight, number)["action"]) == ["assign", "post", "reopen"]


def test_money_of_another_home_needs_a_second_person(fortnight: Store) -> None:
    """The claim stays open until someone else agrees; one without money does not wait."""
    number = claim_of(fortnight, "C03")
    send_home(fortnight, number, 0, "LAKESIDE CLINIC", "fax 12", DAY, ANA, "their claim")
    assert rejected_claims(fortnight, DAY).set_index("claim_payment_id").loc[number]["standing"] == "waiting_second"
    with pytest.raises(DecisionRefused, match="someone else has to approve"):
        approve_sent(fortnight, number, 1, Who("Ana ", DAY))
    approve_sent(fortnight, number, 1, BEN)
    row = rejected_claims(fortnight, DAY).set_index("claim_payment_id").loc[number]
    assert (row["standing"], row["home_name"], row["is_settled"]) == ("sent", "LAKESIDE CLINIC", True)
    free = claim_of(fortnight, "C04")
    send_home(fortnight, free, 0, "LAKESIDE CLINIC", "fax 13", DAY, ANA, "their claim")
    assert rejected_claims(fortnight, DAY).set_index("claim_payment_id").loc[free]["standing"] == "sent"
    assert [one.name for one in verify(fortnight, ("rejected_claims",)) if one.failures] == []
    with fortnight.cursor() as cursor:
        cursor.execute(
            "update decision set decided_by = 'ANA' where action = 'approve' and subject_type = 'rejected_claim'"
        )
    assert [one.name for one in verify(fortnight, ("rejected_claims",)) if one.failures] == ["rejected_claims"]


def test_what_cannot_follow_is_refused(fortnight: Store) -> None:
    """A settled claim is not posted again, an open one not approved, and no step goes without a reason."""
    number = claim_of(fortnight, "L04")
    with pytest.raises(DecisionRefused, match="cannot follow"):
        approve_sent(fortnight, number, rejected_version(fortnight, number), BEN)
    with pytest.raises(DecisionRefused, match="no reason"):
        send_home(fortnight, number, 0, "X", "1", DAY, ANA, " ")
    post_by_hand(fortnight, number, 0, "M1", DAY, ANA, "posted")
    with pytest.raises(DecisionRefused, match="cannot follow"):
        post_by_hand(fortnight, number, 1, "M2", DAY, ANA, "posted")
    assert rejected_claims(fortnight, DAY).set_index("claim_payment_id").loc[number]["amount"] > Decimal("0.00")
