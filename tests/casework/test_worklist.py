"""The worklist: every open item is a case, in the order of a shown formula, and comes back when its day comes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analysis.casework.items import open_items
from analysis.casework.rejections import rejected_claims
from analysis.casework.work_settings import WEIGHTS, set_weight, work_settings
from analysis.casework.worklist import formula, mine, next_best, worklist
from analysis.credits.audit import credits
from analysis.match.decisions import Who
from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF
from analysis.store import Store, query
from analysis.tieout.radar import radar
from analysis.tieout.takebacks import takebacks
from analysis.tieout.variances import variances
from tests.casework.desks import DAY, Desk, item, later


@pytest.fixture(scope="module")
def whole(fortnight: Store) -> pd.DataFrame:
    """The worklist of the sample fortnight."""
    return worklist(fortnight, AS_OF, open_items(fortnight, AS_OF))


def test_every_open_item_of_every_room_is_a_case(fortnight: Store, whole: pd.DataFrame) -> None:
    """Nothing is left out and nothing is counted twice; what nobody touched is new and nobody's."""
    items, differences = unmatched(fortnight, AS_OF), variances(fortnight, AS_OF)
    sources = radar(fortnight, AS_OF)
    ledger = takebacks(fortnight, AS_OF)
    is_takeback = items["item_type"].isin(
        ["takeback_without_opening", "taken_for_other_provider", "forward_balance_open"]
    )
    counts = {
        "unmatched": int((~is_takeback & (items["item_type"] != "rejected_claim")).sum()),
        "rejected": len(rejected_claims(fortnight, AS_OF)),
        "takeback": int(is_takeback.sum()) + int((ledger["status"] == "refund_alone").sum()),
        "variance": len(differences),
        "credit": len(credits(fortnight, AS_OF)),
        "file": int(sources["arrival_state"].isin(["late", "silent"]).sum()),
    }
    assert dict(Counter(whole["case_kind"])) == counts
    assert set(items["item_id"]) <= set(whole["case_id"]) and whole["case_id"].is_unique
    assert set(whole["version"]) == {0} and set(whole["state"]) <= {"new", "held"} and whole["owner"].isna().all()


def test_the_worklist_names_no_patient(fortnight: Store, whole: pd.DataFrame) -> None:
    """Ids are safe in an address, and no column holds a name of the accounts."""
    owed = credits(fortnight, AS_OF)
    text = " ".join(str(value) for column in whole.columns for value in whole[column].dropna())
    assert not [name for name in owed["patient_name"].dropna() if name in text]
    ids = " ".join(whole["case_id"])
    assert not [number for number in owed["account_number"] if number in ids]


def test_the_order_is_the_formulas(store: Store) -> None:
    """The score of each is what a person works out: amount × age × priority; a small amount counts as the least one."""
    desk = Desk(store, [item("a", "500.00", 0), item("b", "200.00", 30), item("c", "1.00", 4), item("d", "500.00", 9)])
    desk.set("d", priority="low")
    desk.set("c", priority="high")
    by_hand = {
        "b": Decimal("200.00") * (1 + Decimal("0.10") * 30),
        "a": Decimal("500.00"),
        "c": Decimal("100.00") * (1 + Decimal("0.10") * 4) * 3,
        "d": Decimal("500.00") * (1 + Decimal("0.10") * 9) * Decimal("0.30"),
    }
    frame = desk.frame()
    assert dict(zip(frame["case_id"], frame["score"], strict=True)) == by_hand
    assert list(frame["case_id"]) == ["b", "a", "c", "d"]
    words = formula(desk.case("c"), work_settings(store, DAY))
    assert words == "100.00 × (1 + 0.10 × 4 days) × 3.00 high priority = 420.00"


def test_a_weight_holds_from_its_day(store: Store) -> None:
    """Another weight is another order from the day that it is set for, and not before."""
    desk = Desk(store, [item("old", "100.00", 20), item("large", "250.00", 0)])
    assert desk.order() == ["old", "large"]
    set_weight(store, "age_per_day", "0", Who("ana", later(1)), "amounts alone")
    assert (desk.order(DAY), desk.order(later(1))) == (["old", "large"], ["large", "old"])
    assert work_settings(store, DAY).weights == WEIGHTS


def test_a_promise_for_tomorrow_is_on_top_tomorrow(store: Store) -> None:
    """However small: today it waits, tomorrow it is first; the next contact answers it."""
    desk = Desk(store, [item("large", "9000.00", 4), item("small", "1.00")])
    desk.call("small", promised_by=later(1))
    today = desk.case("small")
    assert (today["state"], today["turn"], today["next_on"]) == ("waiting", "later", later(1))
    assert desk.order() == ["large", "small"]
    assert desk.order(later(1)) == ["small", "large"]
    assert desk.case("small", later(1))["turn"] == "promise"
    desk.call("small", on=later(1), next_on=later(3))
    assert desk.case("small", later(1))["turn"] == "later"
    assert desk.case("small", later(3))["turn"] == "now"


def test_a_resolved_case_comes_back_while_its_item_is_open(store: Store) -> None:
    """On its next date it is in work again, with its owner; the settled one is resolved by itself and says so."""
    desk = Desk(store, [item("twice", item_type="duplicate_remittance"), item("gone")])
    desk.set("twice", owner="ana", state="resolved", resolution="duplicate_confirmed", next_on=later(2))
    desk.set("gone", owner="ben")
    there = desk.case("twice", later(1))
    assert (there["state"], there["turn"], there["resolution"]) == ("resolved", "later", "duplicate_confirmed")
    back = desk.case("twice", later(2))
    assert (back["state"], back["turn"], back["owner"], back["has_come_back"]) == ("in_work", "now", "ana", True)
    desk.items = [one for one in desk.items if one["case_id"] != "gone"]
    settled = desk.case("gone")
    assert (settled["state"], settled["turn"], settled["resolution"]) == ("resolved", "done", "settled_by_itself")
    assert settled["amount"] == Decimal("100.00")


@pytest.mark.parametrize(
    ("room", "limit", "turn"),
    [
        pytest.param({"item_state": "held"}, "in_time", "later", id="held under Unmatched"),
        pytest.param({"item_state": "resolved", "item_resolution_id": 9}, "in_time", "later", id="resolved there"),
        pytest.param({"age_days": 5}, "warned", "now", id="the last day before it blocks warns"),
        pytest.param({"age_days": 29}, "warned", "now", id="still warned"),
        pytest.param({"age_days": 30}, "blocked", "now", id="blocked from its day on"),
        pytest.param({"age_days": 4}, "in_time", "now", id="a day before the warning"),
    ],
)
def test_the_items_own_room_speaks_first(store: Store, room: dict[str, object], limit: str, turn: str) -> None:
    """An item held or resolved where it belongs is so here; its age warns, and then blocks."""
    case = Desk(store, [item("one") | room]).case("one")
    assert (case["limit_state"], case["turn"]) == (limit, turn)


def test_next_is_mine_or_nobodys(store: Store) -> None:
    """Another's cases are left out, so is what was passed over; the own come by score."""
    desk = Desk(store, [item("bens", "900.00"), item("free", "500.00"), item("anas", "300.00")])
    desk.set("bens", owner="Ben")
    desk.set("anas", owner="ana")
    frame = desk.frame()
    assert next_best(frame, "ana") == "free"
    assert next_best(frame, "ana", {"free"}) == "anas"
    assert next_best(frame, "ben") == "bens"
    assert next_best(frame, "ana", {"free", "anas"}) is None
    assert list(mine(frame, "ANA ")["case_id"]) == ["anas"]


def test_a_past_day_knows_nothing_of_what_came_later(store: Store) -> None:
    """The owner of the day after is not there the day before; the report of open items names the owner."""
    desk = Desk(store, [item("one")])
    desk.set("one", on=later(2), owner="ana")
    assert (desk.case("one", later(1))["owner"], desk.case("one", later(2))["owner"]) == (None, "ana")
    told = query(store, "match/open_of_day", {"as_of": date(2026, 11, 13), "late_after": 3})
    assert "owner" in told.columns
