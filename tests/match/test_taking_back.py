"""Taking back: a decision stands as if it had not been made, unless someone decided since."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.match.by_hand import Chosen
from analysis.match.decisions import Who, confirm, decline, give_back, hold, match_by_hand, release, unmatch
from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.standing import given_back, history, item_version, match_told
from analysis.match.taking_back import take_back_item, take_back_match
from analysis.match.unmatched import unmatched
from analysis.problems import DecisionRefused
from analysis.sample import AS_OF
from analysis.store import Store
from tests.files import AchEntry, ach, bai2, bank_lines, loaded, remittance_835

WHO = Who("tests", AS_OF)


@pytest.fixture
def proposed(store: Store) -> int:
    """A deposit of half its remittance, proposed by its trace; the id of the proposal."""
    loaded(store, bai2(("T1", "100.00")), remittance_835("T1", "200.00"))
    match(store, AS_OF, "tests")
    return int(unmatched(store, AS_OF)["proposed_match_id"].dropna().iloc[0])


def version(store: Store, match_id: int) -> int:
    """The version of a match as it stands."""
    told = match_told(store, match_id)
    assert told is not None
    return int(told["version"])


@pytest.mark.parametrize("decide", [confirm, decline])
def test_a_decided_proposal_is_proposed_again(store: Store, proposed: int, decide) -> None:
    """Confirmed or declined; nothing is remembered, so that the next run still offers it."""
    decide(store, proposed, 0, WHO, "a slip")
    take_back_match(store, proposed, version(store, proposed), WHO)
    assert match_told(store, proposed)["status"] == "proposed"
    loaded(store, remittance_835("T9", "1.00", control=9))
    match(store, AS_OF, "tests")
    assert "proposed" in set(unmatched(store, AS_OF)["status"])


def test_a_match_taken_apart_holds_again(store: Store, proposed: int) -> None:
    """Also one that a person had confirmed."""
    confirm(store, proposed, 0, WHO)
    unmatch(store, proposed, version(store, proposed), WHO, "a slip")
    take_back_match(store, proposed, version(store, proposed), WHO)
    assert match_told(store, proposed)["status"] == "confirmed"


def test_a_match_by_hand_ends(store: Store, proposed: int) -> None:
    """Its facts are open again by all that was open."""
    rows = unmatched(store, AS_OF).to_dict("records")
    chosen = [Chosen(row["side"], row["fact_id"], row["amount"]) for row in rows]
    made = match_by_hand(store, chosen, WHO, "short pay", settles_difference=True)
    assert set(unmatched(store, AS_OF)["item_type"]) == {"unposted_remittance"}
    take_back_match(store, made, version(store, made), WHO)
    assert set(unmatched(store, AS_OF)["amount"]) == {Decimal("100.00"), Decimal("200.00")}
    assert "unposted_remittance" not in set(unmatched(store, AS_OF)["item_type"])


def test_what_someone_decided_since_is_not_taken_back(store: Store, proposed: int) -> None:
    """The version is the one of the decision to take back."""
    confirm(store, proposed, 0, WHO)
    before = version(store, proposed)
    unmatch(store, proposed, before, WHO, "mine")
    with pytest.raises(DecisionRefused, match="changed since"):
        take_back_match(store, proposed, before, WHO)


def test_what_rules_made_is_not_a_persons_to_take_back(store: Store, proposed: int) -> None:
    """It is declined or unmatched instead."""
    with pytest.raises(DecisionRefused, match="no decision of a person"):
        take_back_match(store, proposed, 0, WHO)


def test_a_release_taken_back_holds_for_the_same_reason(store: Store, proposed: int) -> None:
    """And a hold taken back is open."""
    item_id = str(unmatched(store, AS_OF)["item_id"].iloc[0])
    hold(store, item_id, 0, WHO, "asked the bank")
    release(store, item_id, item_version(store, item_id), WHO)
    take_back_item(store, item_id, item_version(store, item_id), WHO)
    assert "held: asked the bank" in set(unmatched(store, AS_OF)["why"])
    take_back_item(store, item_id, item_version(store, item_id), WHO)
    assert "held" not in set(unmatched(store, AS_OF)["status"])


def test_an_item_stands_as_it_did_before(store: Store) -> None:
    """A return taken back is held again where it was held; opened again and taken back, it is given back again."""
    loaded(store, bai2(("T1", "100.00")))
    item_id = str(unmatched(store, AS_OF)["item_id"].iloc[0])
    hold(store, item_id, 0, WHO, "asked the lead")
    give_back(store, item_id, item_version(store, item_id), WHO, "bank error")
    take_back_item(store, item_id, item_version(store, item_id), WHO)
    assert list(unmatched(store, AS_OF)["why"]) == ["held: asked the lead"]
    give_back(store, item_id, item_version(store, item_id), WHO, "not ours")
    release(store, item_id, item_version(store, item_id), WHO, "it was ours")
    take_back_item(store, item_id, item_version(store, item_id), WHO)
    assert unmatched(store, AS_OF).empty
    assert [row["reason"] for row in given_back(store, "bank", item_id.split("-")[1])] == ["not ours"]


def test_what_was_given_back_is_opened_again_on_a_later_day(store: Store) -> None:
    """Not only in the session that gave it back; to hold it first is refused in words that are true."""
    loaded(store, bai2(("T1", "100.00")))
    (item,) = unmatched(store, AS_OF).to_dict("records")
    give_back(store, item["item_id"], 0, WHO, "not ours")
    assert unmatched(store, AS_OF).empty
    (told,) = given_back(store, "bank", item["fact_id"])
    assert (told["reason"], told["item_id"]) == ("not ours", item["item_id"])
    with pytest.raises(DecisionRefused, match="this item was given back: open it again first"):
        hold(store, item["item_id"], told["version"], WHO, "asked")
    release(store, item["item_id"], told["version"], WHO, "it was ours")
    assert list(unmatched(store, AS_OF)["item_id"]) == [item["item_id"]]
    assert given_back(store, "bank", item["fact_id"]) == []


@pytest.mark.parametrize("decide", [hold, give_back])
def test_what_was_decided_of_unidentified_money_is_taken_back_under_its_new_name(store: Store, decide) -> None:
    """Held or given back while nobody knew its sender; then an ACH file tells it, and the item bears another id."""
    loaded(store, bank_lines(("142", "100.07", "ACH CREDIT")))
    (before,) = unmatched(store, AS_OF).to_dict("records")
    decide(store, before["item_id"], 0, WHO, "the bank is asked")
    loaded(store, ach(AchEntry("100.07", trn="EFT7000155")), remittance_835("EFT7000155", "100.07"))
    match(store, AS_OF, "tests")
    after = before["item_id"].replace("unidentified_payment", "deposit_without_remittance")
    statuses = {row["item_id"]: row["status"] for row in unmatched(store, AS_OF).to_dict("records")}
    assert statuses.get(after) == ("held" if decide is hold else None)
    release(store, after, item_version(store, after), WHO, "the bank has answered")
    assert list(history(store, "item", after)["action"]) == [decide.__name__.replace("give_back", "return"), "release"]
    match(store, AS_OF, "tests")
    assert set(matches(store, AS_OF)["rule"]) == {"exact_trace"}
    take_back_item(store, after, item_version(store, after), WHO)
    assert item_version(store, before["item_id"]) == item_version(store, after)
