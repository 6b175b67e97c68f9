"""What people decide: each decision holds, is kept with who and why, and is refused where it rests on old knowledge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analysis.match.by_hand import Chosen
from analysis.match.decisions import Who, confirm, decline, give_back, hold, match_by_hand, release, undo_run, unmatch
from analysis.match.links import matches
from analysis.match.rule_settings import RuleSetting, changed_rules, rules_in_force, save_rule
from analysis.match.rules import RULES
from analysis.match.run import match, try_rules
from analysis.match.standing import history, match_told
from analysis.match.unmatched import unmatched
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, query
from analysis.tieout.closing_checks import checks
from analysis.tieout.verify import CHECKS, verify
from tests.files import bai2, bank_lines, batch_csv, loaded, remittance_835
from tests.match.test_order import links

DAY = date(2026, 11, 9)
ANA = Who("ana", DAY)


def found(store: Store) -> list[dict[str, Any]]:
    """The matches' sides."""
    rows: list[dict[str, Any]] = matches(store, DAY).to_dict("records")
    return rows


def items(store: Store) -> dict[str, tuple[Decimal, str]]:
    """What is open, by type: amount and status."""
    return {row.item_type: (row.amount, row.status) for row in unmatched(store, DAY).itertuples()}


def chosen(store: Store, *, amount: str | None = None) -> list[Chosen]:
    """Every open deposit and remittance, as a person ticks them."""
    rows = unmatched(store, DAY)
    rows = rows[rows["item_type"].isin(["deposit_without_remittance", "remittance_without_deposit"])]
    return [Chosen(row.side, row.fact_id, Decimal(amount) if amount else row.amount) for row in rows.itertuples()]


@pytest.fixture
def short_paid(store: Store) -> Store:
    """A remittance of 100.00 and a deposit of 87.60 under its trace: proposed, match 1."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "87.60")))
    match(store, DAY, "rules")
    return store


def test_a_proposal_confirmed_holds_and_leaves_the_rest_open(short_paid: Store) -> None:
    """The deposit is done; of the remittance 12.40 is still to come."""
    confirm(short_paid, 1, 0, ANA)
    assert {row["status"] for row in found(short_paid)} == {"confirmed"}
    assert items(short_paid)["remittance_without_deposit"] == (Decimal("12.40"), "open")
    assert "deposit_without_remittance" not in items(short_paid)
    assert match(short_paid, DAY, "rules") and {row["status"] for row in found(short_paid)} == {"confirmed"}


def test_a_proposal_declined_is_not_offered_again(short_paid: Store) -> None:
    """Nor after the next run over everything."""
    decline(short_paid, 1, 0, ANA, "another payment")
    assert found(short_paid) == []
    match(short_paid, DAY, "rules", rules=RULES[::-1])
    match(short_paid, DAY, "rules")
    assert found(short_paid) == []
    assert list(history(short_paid, "match", "1")["reason"]) == ["another payment"]


def test_what_a_person_holds_the_rules_leave_alone(store: Store) -> None:
    """Held before its deposit came; released, it is matched."""
    loaded(store, remittance_835("TRACE0001", "100.00"))
    item = unmatched(store, DAY).set_index("item_type").loc["remittance_without_deposit", "item_id"]
    hold(store, item, 0, ANA, "the payer will send it again")
    loaded(store, bai2(("TRACE0001", "100.00")))
    match(store, DAY, "rules")
    assert found(store) == []
    release(store, item, 1, ANA)
    match(store, DAY, "rules")
    assert {row["rule"] for row in found(store)} == {"exact_trace"}


def test_a_match_taken_apart_is_not_made_again(store: Store) -> None:
    """A person knows better than trace and amount."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "100.00")))
    match(store, DAY, "rules")
    unmatch(store, 1, 0, ANA, "the bank used the number twice")
    match(store, DAY, "rules")
    assert found(store) == []
    assert set(items(store)) == {"deposit_without_remittance", "remittance_without_deposit"}


@pytest.mark.parametrize(
    ("settles", "open_after", "remainder"),
    [
        pytest.param(False, {"remittance_without_deposit": (Decimal("12.40"), "open")}, None, id="the rest stays open"),
        pytest.param(True, {"unposted_remittance": (Decimal("100.00"), "open")}, Decimal("-12.40"), id="settled"),
    ],
)
def test_a_match_by_hand_with_a_difference(
    short_paid: Store, settles: bool, open_after: dict[str, tuple[Decimal, str]], remainder: Decimal | None
) -> None:
    """87.60 paid on 100.00: the difference stays open, or it is settled with a reason."""
    number = match_by_hand(short_paid, chosen(short_paid), ANA, "short paid", settles_difference=settles)
    assert open_after.items() <= items(short_paid).items()
    told = match_told(short_paid, number)
    assert told is not None and told["remainder_amount"] == remainder
    assert [one.failures for one in verify(short_paid)] == [0] * len(CHECKS)


def test_several_deposits_and_remittances_match_by_hand_to_nothing(store: Store) -> None:
    """Any set against any set."""
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        remittance_835("TRACE0002", "50.00", control=2),
        bai2(("OTHER0001", "90.00"), ("OTHER0002", "60.00")),
    )
    match_by_hand(store, chosen(store), ANA, "")
    assert sorted(row["amount"] for row in found(store)) == [Decimal(n) for n in ("50.00", "60.00", "90.00", "100.00")]
    assert not {"deposit_without_remittance", "remittance_without_deposit"} & set(items(store))


def test_a_paid_remittance_is_tied_to_its_batch_by_hand(store: Store) -> None:
    """The batch names no trace: a person knows which remittance it posts."""
    lines = [("B1", "100.00", "ACC1", "NONE", "PAYMENT", "100.00")]
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "100.00")), batch_csv(lines))
    match(store, DAY, "rules")
    (item,) = [row for row in unmatched(store, DAY).itertuples() if row.item_type == "unposted_remittance"]
    match_by_hand(store, [Chosen("remittance", item.fact_id, item.amount), Chosen("batch", "B1", item.amount)], ANA, "")
    assert "unposted_remittance" not in items(store)


def test_a_batch_posts_a_deposit_whole(store: Store) -> None:
    """The rest of a deposit that a smaller batch posts would be open to nobody: two batches post it."""
    lines = [(f"B{n}", amount, "ACC1", "NONE", "PAYMENT", amount) for n, amount in ((1, "30.00"), (2, "70.00"))]
    loaded(store, bank_lines(("301", "100.00", "REF1")), batch_csv(lines))
    (item,) = unmatched(store, DAY).itertuples()
    deposit = Chosen("bank", item.fact_id, Decimal("100.00"))
    first, second = (Chosen("batch", f"B{n}", Decimal(amount)) for n, amount in ((1, "30.00"), (2, "70.00")))
    with pytest.raises(DecisionRefused, match=r"posts a deposit whole, and of 100\.00 a part would be left"):
        match_by_hand(store, [deposit, first], ANA, "the rest comes tomorrow")
    assert found(store) == []
    match_by_hand(store, [deposit, first, second], ANA, "")
    assert not unmatched(store, DAY)["item_type"].isin(["deposit_without_remittance", "unidentified_payment"]).any()


def test_what_a_match_leaves_to_nobody_is_told_before_the_day_is_closed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older store may hold a deposit that a smaller batch was tied to: the check says what is missing."""
    lines = [("B1", "30.00", "ACC1", "NONE", "PAYMENT", "30.00")]
    loaded(store, bank_lines(("301", "100.00", "REF1")), batch_csv(lines))
    assert {one.name: one.holds for one in checks(store, DAY)}["added_up"]
    (item,) = unmatched(store, DAY).itertuples()
    both = [Chosen("bank", item.fact_id, Decimal("100.00")), Chosen("batch", "B1", Decimal("30.00"))]
    monkeypatch.setattr("analysis.match.decisions.posted_in_part", lambda chosen: None)
    match_by_hand(store, both, ANA, "the rest comes tomorrow")
    check = {one.name: one for one in checks(store, DAY)}["added_up"]
    assert (check.holds, check.amount, check.standing) == (False, Decimal("70.00"), "needs_a_note")


def test_a_batch_is_not_deposited_twice(store: Store) -> None:
    """Once over its remittance and once straight, in either order; the true deposit tied both ways is no fault."""
    lines = [("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        batch_csv(lines),
        bank_lines(("301", "100.00", "REF1"), ("301", "60.00", "REF2")),
    )
    rows = [row for row in unmatched(store, DAY).itertuples() if row.side in ("bank", "remittance")]
    open_now = {(row.side, row.amount): Chosen(row.side, row.fact_id, row.amount) for row in rows}
    large, small = (open_now["bank", Decimal(amount)] for amount in ("100.00", "60.00"))
    remittance, batch = open_now["remittance", Decimal("100.00")], Chosen("batch", "B1", Decimal("100.00"))
    match_by_hand(store, [remittance, batch], ANA, "")
    number = match_by_hand(store, [large, remittance], ANA, "")
    with pytest.raises(DecisionRefused, match=r"batch B1: it is 100\.00, and deposits of 160\.00 would be tied to it"):
        match_by_hand(store, [small, batch], ANA, "its money too")
    match_by_hand(store, [large, batch], ANA, "")
    unmatch(store, number, 0, ANA, "the other order")
    with pytest.raises(DecisionRefused, match=r"deposits of 160\.00 would be tied to it, straight and over its"):
        match_by_hand(store, [small, remittance], ANA, "its money too")


REFUSALS = [
    pytest.param(lambda s: decline(s, 1, 0, ANA, " "), "no reason", id="declined in silence"),
    pytest.param(lambda s: confirm(s, 1, 7, ANA), "changed since", id="an old version"),
    pytest.param(lambda s: unmatch(s, 1, 0, ANA, "why"), "is proposed now", id="no match yet to take apart"),
    pytest.param(lambda s: confirm(s, 99, 0, ANA), "not there", id="no such match"),
    pytest.param(lambda s: match_by_hand(s, chosen(s)[:1], ANA, "x"), "two sides", id="one side only"),
    pytest.param(lambda s: match_by_hand(s, chosen(s), ANA, ""), "no reason", id="a difference in silence"),
    pytest.param(lambda s: match_by_hand(s, chosen(s, amount="1.00"), ANA, "x"), "open now", id="an old amount"),
    pytest.param(lambda s: hold(s, "bank-1-nothing", 0, ANA, "x"), "no longer open", id="no such item"),
    pytest.param(lambda s: undo_run(s, 1, ANA, ""), "no reason", id="undone in silence"),
    pytest.param(lambda s: undo_run(s, 12, ANA, "x"), "no run", id="no such run"),
]


@pytest.mark.parametrize(("act", "words"), REFUSALS)
def test_a_decision_is_refused_in_words(short_paid: Store, act: Any, words: str) -> None:
    """And changes nothing."""
    before = links(short_paid, DAY)
    with pytest.raises(DecisionRefused, match=words):
        act(short_paid)
    assert links(short_paid, DAY) == before


def test_a_proposal_whose_money_is_gone_cannot_be_confirmed(store: Store) -> None:
    """Two deposits fit one remittance; the second is refused once the first is confirmed."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "100.00"), ("TRACE0001", "100.00")))
    match(store, DAY, "rules")
    confirm(store, 1, 0, ANA)
    with pytest.raises(DecisionRefused, match="is ended now"):
        confirm(store, 2, 0, ANA)


def test_a_held_item_stays_on_the_list_with_its_reason(short_paid: Store) -> None:
    """Until it is released."""
    item = next(one for one in unmatched(short_paid, DAY)["item_id"] if one.startswith("remittance"))
    hold(short_paid, item, 0, ANA, "payer is looking")
    row = unmatched(short_paid, DAY).set_index("item_id").loc[item]
    assert (row["status"], row["why"]) == ("held", "held: payer is looking")
    with pytest.raises(DecisionRefused, match="since it was shown"):
        release(short_paid, item, 0, ANA)
    release(short_paid, item, 1, ANA)
    assert unmatched(short_paid, DAY).set_index("item_id").loc[item]["status"] == "proposed"


def test_money_given_back_is_no_longer_open_from_that_day(short_paid: Store) -> None:
    """The day before, it still was."""
    item = next(one for one in unmatched(short_paid, DAY)["item_id"] if one.startswith("bank"))
    give_back(short_paid, item, 0, ANA, "another practice's payment, sent on")
    assert item not in set(unmatched(short_paid, DAY)["item_id"])
    assert item in set(unmatched(short_paid, date(2026, 11, 8))["item_id"])
    assert [one.failures for one in verify(short_paid)] == [0] * len(CHECKS)


def test_undoing_a_run_restores_what_stood_before(store: Store) -> None:
    """A rule is switched off, the run after it is undone: the links are those of before, and a second run is no
    news.
    """
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0021", "100.00")))
    match(store, DAY, "rules")
    before = links(store, DAY)
    assert {rule for rule, *_ in before} == {"damaged_trace"}
    save_rule(store, "damaged_trace_again", RuleSetting(False, "proposed", {}), DAY, "ana", "not wanted")
    save_rule(store, "damaged_trace", RuleSetting(False, "confirmed", {}), DAY, "ana", "too bold for us")
    assert [one.rule for one in match(store, DAY, "rules") if one.groups] == []
    assert links(store, DAY) == set()
    (last,) = query(store, "run/last_run")["run_id"]
    assert undo_run(store, last, ANA, "wrong rule") == 1
    assert links(store, DAY) == before
    with pytest.raises(DecisionRefused, match="no run"):
        undo_run(store, last, ANA, "again")


def test_trying_rules_changes_nothing_and_tells_the_difference(store: Store) -> None:
    """Without the rules for damaged traces one match would end."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0021", "100.00")))
    match(store, DAY, "rules")
    before = links(store, DAY)
    fewer = changed_rules(RULES, "damaged_trace", RuleSetting(False, "confirmed", {}))
    fewer = changed_rules(fewer, "damaged_trace_again", RuleSetting(False, "proposed", {}))
    trial = try_rules(store, DAY, fewer, 30)
    assert (len(trial.would_match), len(trial.would_end)) == (0, 2)
    assert links(store, DAY) == before


@pytest.mark.parametrize(
    ("name", "setting", "words"),
    [
        pytest.param("nonsense", RuleSetting(True, "confirmed", {}), "no matching rule", id="no such rule"),
        pytest.param("net_of_fee", RuleSetting(True, "confirmed", {}), "only ever proposes", id="confirming a guess"),
        pytest.param("exact_trace", RuleSetting(True, "confirmed", {"day": 1}), "no setting day", id="no such setting"),
        pytest.param("exact_trace", RuleSetting(True, "confirmed", {"days_after": -1}), "wanted 0 to", id="below 0"),
    ],
)
def test_a_rule_is_not_set_to_nonsense(store: Store, name: str, setting: RuleSetting, words: str) -> None:
    """Refused in words, and the rules stay."""
    with pytest.raises(RequestRefused, match=words):
        save_rule(store, name, setting, DAY, "ana", "why")
    assert rules_in_force(store, DAY) == RULES


def test_a_match_of_the_other_leg_does_not_stop_the_undoing_of_a_run(store: Store) -> None:
    """A batch was tied to the deposit by hand; a second remittance makes the first one's match a tie, in a run."""
    named = ("142", "500.17", "TEST PAYER DES:HCCLAIMPMT CO ID:1999999999 CCD")
    lines = [("B1", "500.17", "ACC1", "", "PAYMENT", "500.17")]
    loaded(store, batch_csv(lines, batch_type="MANUAL", payer_name="X"), bank_lines(named))
    loaded(store, remittance_835("EFT7000001", "500.17"))
    match(store, DAY, "rules")
    deposit = next(row["fact_id"] for row in found(store) if row["side"] == "bank")
    both = [Chosen("bank", deposit, Decimal("500.17")), Chosen("batch", "B1", Decimal("500.17"))]
    match_by_hand(store, both, ANA, "they are one")
    match(store, DAY, "rules")
    before = links(store, DAY)
    loaded(store, remittance_835("EFT7000002", "500.17", control=2))
    match(store, DAY, "rules")
    assert links(store, DAY) != before
    newest = max(query(store, "match/runs", {})["run_id"])
    undo_run(store, int(newest), ANA, "wrong file")
    assert links(store, DAY) == before


def test_on_a_day_before_the_last_run_a_decision_is_refused_in_words(short_paid: Store) -> None:
    """It could only hold from that run on, and the day looked at, a past one, would go on to show the proposal."""
    loaded(short_paid, bai2(("EFT7000009", "1.00"), day="261109"))
    early = Who("ana", date(2026, 11, 4))
    said = "matching has gone on to 2026-11-09, and what is decided now holds from then: choose that day, then decide"
    with pytest.raises(DecisionRefused, match=said):
        confirm(short_paid, 1, 0, early)
    assert history(short_paid, "match", "1").empty
    confirm(short_paid, 1, 0, ANA)
    assert {row["status"] for row in found(short_paid)} == {"confirmed"}
