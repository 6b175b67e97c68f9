"""People decide on small stores: a batch beside a deposit matched in part, what is unposted, what was given back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.match.by_hand import Chosen
from analysis.match.candidates import candidates
from analysis.match.decisions import Who, give_back, match_by_hand
from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.store import Store, open_store
from analysis.ui import store as opened_store
from tests.files import bank_lines, batch_csv, loaded, remittance_835
from tests.ui.conftest import Opens, button, opens

DAY = date(2026, 11, 9)
ANA = Who("ana", DAY)
NAMED = ("142", "100.00", "BLUE CREST DES:HCCLAIMPMT INDN:CEDAR HOLLOW CO ID:1333333333 CCD")
BATCH = batch_csv([("B1", "100.00", "ACC1", "", "PAYMENT", "100.00")], payer_name="X")

Desk = Callable[[Callable[[Store], None]], Opens]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Opens pages on a store that the test fills."""

    def made(fill: Callable[[Store], None]) -> Opens:
        with open_store(tmp_path / "small.duckdb") as store:
            fill(store)
        return opens(tmp_path / "small.duckdb", monkeypatch)

    yield made
    st.cache_resource.clear()


def open_items(store: Store) -> dict[str, dict[str, object]]:
    """What is open, by type."""
    return {row["item_type"]: row for row in unmatched(store, DAY).to_dict("records")}


def ticked(app: AppTest, side: str) -> AppTest:
    """Ticks the best candidate of that side, as the browser would."""
    item_id = app.query_params["item"] if isinstance(app.query_params["item"], str) else app.query_params["item"][0]
    own_side, fact_id = item_id.split("-")[:2]
    found = candidates(opened_store(), own_side, fact_id, DAY)
    row = found[found["side"] == side].iloc[0].to_dict()
    app.session_state["ticked_for"] = {item_id: {f"{side}:{row['fact_id']}": row}}
    return app.run()


def difference(app: AppTest) -> str:
    """The running difference."""
    return next(one.value for one in app.metric if one.label == "Difference")


def half_matched(store: Store) -> None:
    """60.00 of a deposit of 100.00 are matched to a remittance; a batch posts the 100.00."""
    loaded(store, bank_lines(NAMED), remittance_835("EFT7000001", "60.00", payer="1222222222"), BATCH)
    items = open_items(store)
    deposit, advice = items["deposit_without_remittance"], items["remittance_without_deposit"]
    money = [Chosen(str(one["side"]), str(one["fact_id"]), Decimal(str(one["amount"]))) for one in (deposit, advice)]
    match_by_hand(store, money, ANA, "the rest is to come")


def test_a_deposit_matched_in_part_is_tied_to_the_batch_that_posts_it_whole(desk: Desk):
    """40.00 are open to remittances, 100.00 to the batch."""
    app = desk(half_matched)("unmatched", as_of=DAY.isoformat(), item="")
    app.query_params["item"] = str(open_items(opened_store())["deposit_without_remittance"]["item_id"])
    ticked(app.run(), "batch")
    assert difference(app) == "0.00"
    button(app, "work_match").click().run()
    assert not app.error
    rows = matches(opened_store(), DAY).to_dict("records")
    assert sorted((row["side"], str(row["amount"])) for row in rows if row["reference"] in ("B1", "BR261102001")) == [
        ("bank", "100.00"),
        ("bank", "60.00"),
        ("batch", "100.00"),
    ]


def test_an_unposted_remittance_is_matched_to_its_batch(desk: Desk):
    """Its money has come; the batch names no trace."""

    def paid(store: Store) -> None:
        text = "TEST PAYER HCCLAIMPMT TRN*1*EFT7000001*1999999999~"
        loaded(store, bank_lines(("142", "100.00", text)), remittance_835("EFT7000001", "100.00"))
        match(store, DAY, "tests")
        loaded(store, batch_csv([("B7", "100.00", "ACC1", "", "PAYMENT", "100.00")], deposit_date="2026-10-01"))

    app = desk(paid)("unmatched", as_of=DAY.isoformat())
    app.query_params["item"] = str(open_items(opened_store())["unposted_remittance"]["item_id"])
    ticked(app.run(), "batch")
    assert difference(app) == "0.00"
    button(app, "work_match").click().run()
    assert not app.error
    assert "unposted_remittance" not in open_items(opened_store())


def test_what_was_given_back_is_opened_again_on_its_own_page(desk: Desk):
    """In another session than the one that gave it back."""

    def returned(store: Store) -> None:
        loaded(store, bank_lines(NAMED))
        give_back(store, str(open_items(store)["deposit_without_remittance"]["item_id"]), 0, ANA, "not ours")

    app = desk(returned)("deposit", as_of=DAY.isoformat())
    with opened_store().cursor() as cursor:
        (number,) = cursor.execute("select bank_transaction_id from bank_transaction").fetchone() or (0,)
    app.query_params["deposit"] = str(number)
    app.run()
    assert "It was given back" in app.warning[0].value
    app.button(key="open_again_0").click().run()
    assert not app.error and not app.warning
    assert list(open_items(opened_store())) == ["deposit_without_remittance"]


def test_on_an_earlier_days_page_a_proposal_is_not_confirmed_in_vain(desk: Desk):
    """It is refused in words, not said to be done; on the last run's day it is done."""

    def short(store: Store) -> None:
        text = "TEST PAYER HCCLAIMPMT TRN*1*EFT7000001*1999999999~"
        loaded(store, bank_lines(("142", "90.00", text)), remittance_835("EFT7000001", "100.00"))
        loaded(store, bank_lines(("142", "1.00", "SOMEBODY"), day="261109"))
        match(store, DAY, "tests")

    opened = desk(short)
    app = opened("unmatched", as_of="2026-11-04")
    button(app, "work_confirm").click().run()
    assert "Not done" in app.error[0].value and [one.value[:8] for one in app.toast] == ["Not done"]
    assert any("matching has gone on to 2026-11-09" in one.value for one in app.text)
    app = opened("unmatched", as_of=DAY.isoformat())
    button(app, "work_confirm").click().run()
    assert not app.error
    assert set(matches(opened_store(), DAY)["status"]) == {"confirmed"}
