"""People decide on the pages: confirm, decline, by hand, unmatch, undo, hold, return; refused where it changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.match.candidates import proposals
from analysis.match.decisions import Who, confirm, hold, unmatch
from analysis.match.fee_rates import fee_rates
from analysis.match.links import matches
from analysis.match.rule_settings import rules_in_force
from analysis.match.run import match
from analysis.match.runs import runs
from analysis.match.standing import history, item_version, match_told
from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF
from analysis.store import Store, open_store
from analysis.ui import store as opened_store
from tests.files import loaded, lockbox_bai2, remittance_835
from tests.ui.conftest import Opens, button, opens

CHEQUES = ("412.10", "388.25", "501.40", "623.77", "420.15")
DECOYS = ("390.25", "410.10")
"""Together as much as the first two cheques, so that no rule can tell which five make the deposit."""

DEPOSIT = "2345.67"
SOMEONE = Who("someone else", AS_OF)


@pytest.fixture
def desk(sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """Opens a page on a copy of the sample fortnight with a lockbox deposit of five cheques, two of them ambiguous."""
    path = tmp_path / "desk.duckdb"
    shutil.copy(sample_path, path)
    with open_store(path) as store:
        files = [
            remittance_835(f"55000{n}", amount, control=n, method="CHK")
            for n, amount in enumerate((*CHEQUES, *DECOYS), start=1)
        ]
        loaded(store, lockbox_bai2(DEPOSIT, day="261104"), *files)
        match(store, AS_OF, "tests")
    yield opens(path, monkeypatch)
    st.cache_resource.clear()


def item(store: Store, **wanted: object) -> dict[str, object]:
    """The first open item with those values."""
    frame = unmatched(store, AS_OF)
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    return frame.iloc[0].to_dict()


def pressed(app: AppTest, key: str) -> AppTest:
    """The page after the button was pressed."""
    return button(app, key).click().run()


def reasoned(app: AppTest, key: str, reason: str) -> AppTest:
    """The page after the button was pressed and the dialog was given its reason."""
    pressed(app, key)
    app.text_input(key="reason_words").input(reason)
    return pressed(app, "reason_done")


def told(app: AppTest) -> str:
    """What toasts, errors and texts of the page say."""
    return "\n".join(one.value for one in (*app.toast, *app.error, *app.text))


def on_bench(app: AppTest) -> str:
    """The item that the address names."""
    named = app.query_params["item"]
    return named if isinstance(named, str) else named[0]


def metric(app: AppTest, label: str) -> str:
    """The figure under that label."""
    return next(one.value for one in app.metric if one.label.startswith(label))


def tick(app: AppTest, *references: str) -> AppTest:
    """Ticks those candidates, as the browser would: what is ticked is kept by id."""
    table = app.dataframe[-1]
    references_shown = list(table.value["reference"])
    ids = st_ids(app, references_shown, references)
    app.session_state["ticked_for"] = {**getattr(app.session_state, "ticked_for", {}), **ids}
    return app.run()


def st_ids(app: AppTest, shown: list[str], references: tuple[str, ...]) -> dict[str, dict[str, dict[str, object]]]:
    """The ticks of the item on the bench for those references."""
    assert set(references) <= set(shown)
    frame = unmatched(opened_store(), AS_OF)
    rows = frame[frame["reference"].isin(references)].to_dict("records")
    ticks = {
        f"{row['side']}:{row['fact_id']}": {
            "side": row["side"],
            "fact_id": row["fact_id"],
            "open_amount": row["amount"],
            "reference": row["reference"],
            "payer_name": row["payer_name"],
        }
        for row in rows
    }
    return {on_bench(app): ticks}


def test_a_proposal_is_confirmed_and_taken_back(desk: Opens):
    """One key confirms what is shown and goes on to the next item; one more takes it back."""
    app = desk("unmatched", unmatched_state="Proposed")
    store = opened_store()
    first = on_bench(app)
    offered = proposals(store, *side_of(store, first), AS_OF).iloc[0]
    pressed(app, "work_confirm")
    assert "Confirmed: " in told(app)
    assert match_told(store, int(offered["match_id"]))["status"] == "confirmed"
    assert on_bench(app) != first
    pressed(app, "undo_last")
    assert "Taken back: Confirmed" in told(app)
    assert match_told(store, int(offered["match_id"]))["status"] == "proposed"
    assert on_bench(app) == first


def side_of(store: Store, item_id: str) -> tuple[str, str]:
    """The side and id of the fact behind an item."""
    row = item(store, item_id=item_id)
    return str(row["side"]), str(row["fact_id"])


def test_a_proposal_that_changed_is_refused_in_words(desk: Opens):
    """What someone else decided while the page was open is not decided again."""
    app = desk("unmatched", unmatched_state="Proposed")
    store = opened_store()
    offered = proposals(store, *side_of(store, on_bench(app)), AS_OF).iloc[0]
    confirm(store, int(offered["match_id"]), 0, SOMEONE)
    before = len(history(store, "match", str(offered["match_id"])))
    pressed(app, "work_confirm")
    assert "Not done" in app.error[0].value
    assert "changed since it was shown" in told(app)
    assert len(history(store, "match", str(offered["match_id"]))) == before


def test_a_decline_needs_a_reason_and_is_remembered(desk: Opens):
    """Without a reason nothing happens; with one the set is not offered again, also not by the next run."""
    store_item = {"reference": "2611120700066"}
    app = desk("unmatched")
    store = opened_store()
    app.query_params["item"] = str(item(store, **store_item)["item_id"])
    app.run()
    reasoned(app, "work_decline", " ")
    assert "Not done" in app.error[0].value
    app.text_input(key="reason_words").input("another month's payment")
    pressed(app, "reason_done")
    assert "Declined: " in told(app)
    loaded(store, remittance_835("777", "1.00", control=77))
    match(store, AS_OF, "tests")
    assert item(store, **store_item)["status"] == "open"


def test_five_cheques_are_matched_by_hand_to_nothing(desk: Opens):
    """The running difference reaches 0.00 and says that it ties; then one key makes the match."""
    app = desk("unmatched")
    store = opened_store()
    app.query_params["item"] = str(item(store, amount=Decimal(DEPOSIT))["item_id"])
    app.run()
    assert metric(app, "Difference") == "—"
    assert button(app, "work_match").disabled
    tick(app, "550001", "550002")
    assert (metric(app, "Ticked"), metric(app, "Difference")) == ("800.35", "1,545.32")
    tick(app, *(f"55000{n}" for n in range(1, 6)))
    assert (metric(app, "Ticked · 5"), metric(app, "Difference")) == (f"{Decimal(DEPOSIT):,}", "0.00")
    pressed(app, "work_match")
    assert "Matched by hand" in told(app)
    made = matches(store, AS_OF)
    assert len(made[made["rule"] == "by_hand"]) == 6
    pressed(app, "undo_last")
    assert item(store, amount=Decimal(DEPOSIT))["side"] == "bank"


@pytest.mark.parametrize(
    ("how", "left"),
    [
        pytest.param("The rest stays open", Decimal("11.10"), id="the rest stays open"),
        pytest.param("The difference is settled", None, id="settled with its reason"),
    ],
)
def test_a_difference_is_kept_or_settled(desk: Opens, how: str, left: Decimal | None):
    """A match with a difference says which of the two it is, and why."""
    app = desk("unmatched")
    store = opened_store()
    loaded(store, lockbox_bai2("1011.10", day="261105"), remittance_835("900001", "1000.00", control=90, method="CHK"))
    app.query_params["item"] = str(item(store, amount=Decimal("1011.10"))["item_id"])
    app.run()
    tick(app, "900001")
    pressed(app, "work_match")
    app.radio(key="difference_how").set_value(how).run()
    app.text_input(key="reason_words").input("interest paid by the payer")
    pressed(app, "reason_done")
    assert "Matched by hand" in told(app)
    open_now = unmatched(store, AS_OF)
    found = list(open_now[open_now["reference"] == "BR261105001"]["amount"])
    assert found == ([] if left is None else [left])


def test_hold_release_and_return(desk: Opens):
    """A held item stays on the list with its reason; a returned one leaves it; all are taken back, one by one."""
    app = desk("unmatched")
    store = opened_store()
    item_id = str(item(store, item_type="unidentified_payment")["item_id"])
    app.query_params["item"] = item_id
    app.run()
    reasoned(app, "work_hold", "asked the bank")
    assert item(store, item_id=item_id)["why"] == "held: asked the bank"
    app.query_params["item"] = item_id
    pressed(app.run(), "work_release")
    assert item(store, item_id=item_id)["status"] == "open"
    reasoned(app, "work_return", "not patient money")
    assert item_id not in set(unmatched(store, AS_OF)["item_id"])
    stood = []
    for _ in range(3):
        pressed(app, "undo_last")
        assert "Not done" not in told(app)
        stood.append(item(store, item_id=item_id)["status"])
    assert stood == ["open", "held", "open"]
    assert button(app, "undo_last").disabled


def test_an_item_that_someone_held_meanwhile_is_refused(desk: Opens):
    """The dialog was opened on what was shown; what changed since is not overruled."""
    app = desk("unmatched")
    store = opened_store()
    item_id = on_bench(app)
    pressed(app, "work_hold")
    hold(store, item_id, item_version(store, item_id), SOMEONE, "mine")
    app.text_input(key="reason_words").input("mine too")
    pressed(app, "reason_done")
    assert "someone decided about this item since it was shown" in told(app)
    assert len(history(store, "item", item_id)) == 1


def test_the_search_finds_among_all_that_is_open(desk: Opens):
    """An amount, a trace, a payer's name."""
    app = desk("unmatched")
    for typed in ("412.10", "550001", "test payer"):
        app.text_input(key="candidates_find").input(typed).run()
        assert "550001" in set(app.dataframe[-1].value["reference"])


def test_a_match_is_taken_apart_with_a_reason(desk: Opens):
    """Its money is open again, and its history says who did it and why."""
    app = desk("matches")
    store = opened_store()
    chosen = app.dataframe[0]
    match_id = int(chosen.value["match_id"].iloc[0])
    app.session_state[chosen.key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    app.text_input(key="unmatch_reason").input("posted to another month")
    pressed(app, "unmatch_button")
    assert "Unmatched: match" in told(app)
    assert match_told(store, match_id)["status"] == "ended"
    assert list(history(store, "match", str(match_id))["reason"]) == ["posted to another month"]
    pressed(app, "undo_last")
    assert match_told(store, match_id)["status"] == "confirmed"


def test_a_match_that_was_taken_apart_meanwhile_is_refused(desk: Opens):
    """The version is the one that was shown."""
    app = desk("matches")
    store = opened_store()
    chosen = app.dataframe[0]
    match_id = int(chosen.value["match_id"].iloc[0])
    app.session_state[chosen.key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    unmatch(store, match_id, 0, SOMEONE, "mine")
    app.text_input(key="unmatch_reason").input("mine too")
    pressed(app, "unmatch_button")
    assert "changed since it was shown" in told(app)


def test_a_run_is_undone_as_one(desk: Opens):
    """What it made ends; the list says which run undid it; a second time is refused."""
    app = desk("runs")
    store = opened_store()
    newest = int(runs(store)["run_id"].iloc[0])
    choose_run(app, newest)
    app.text_input(key="undo_run_reason").input("loaded a day too early")
    pressed(app, "undo_run_button")
    assert f"Run {newest} is undone" in told(app)
    listed = runs(store)
    assert list(listed[listed["run_id"] == newest]["standing_count"]) == [0]
    assert listed["kind"].iloc[0] == "undo"


def choose_run(app: AppTest, run_id: int) -> None:
    """Chooses the run in the table of the page."""
    shown = app.dataframe[0]
    place = list(shown.value["run_id"]).index(run_id)
    app.session_state[shown.key] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    app.run()


def choose_rule(app: AppTest, name: str) -> None:
    """Chooses the rule in the table of the page."""
    place = [rule.name for rule in rules_in_force(opened_store(), AS_OF)].index(name)
    app.session_state[app.dataframe[0].key] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    app.run()


def test_a_rule_is_tried_and_then_saved(desk: Opens):
    """A trial tells what would change and changes nothing; saved with a reason, it holds with the next run."""
    app = desk("settings")
    store = opened_store()
    before = len(matches(store, AS_OF))
    choose_rule(app, "damaged_trace")
    app.toggle(key="rule_on_damaged_trace").set_value(False).run()
    pressed(app, "rule_try_it")
    assert int(metric(app, "Would unmatch")) + int(metric(app, "Would disturb")) > 0
    assert len(matches(store, AS_OF)) == before
    pressed(app, "rule_button")
    assert "needs a reason" in told(app)
    app.text_input(key="rule_reason").input("too many wrong")
    pressed(app, "rule_button")
    assert "Saved: Damaged trace is off" in told(app)
    match(store, AS_OF, "tests")
    assert "damaged_trace" not in set(matches(store, AS_OF)["rule"])


def test_a_rule_that_only_proposes_cannot_be_set_to_confirm(desk: Opens):
    """The choice is not there."""
    app = desk("settings")
    choose_rule(app, "net_of_fee")
    assert app.selectbox(key="rule_mode_net_of_fee").options == ["Proposes"]


@pytest.mark.parametrize(
    ("typed", "does", "says"),
    [
        pytest.param("2.35", "Add", "Added: 2.35 %", id="added"),
        pytest.param("2.65", "Add", "in force already", id="there already"),
        pytest.param("2.65", "Remove", "Removed: 2.65 %", id="removed"),
        pytest.param("x", "Add", "wanted percent", id="no number"),
        pytest.param("99", "Add", "found 99", id="too much"),
    ],
)
def test_fee_rates(desk: Opens, typed: str, does: str, says: str):
    """Added and removed with a reason; what is none is refused in words."""
    app = desk("settings")
    app.text_input(key="rate_percent").input(typed)
    app.segmented_control(key="rate_does").set_value(does).run()
    app.text_input(key="rate_reason").input("the processor's new contract")
    pressed(app, "rate_button")
    assert says in told(app)
    rates = set(fee_rates(opened_store())["percent"])
    assert (Decimal("2.35") in rates) == (says == "Added: 2.35 %")
    assert (Decimal("2.65") in rates) == (says != "Removed: 2.65 %")
