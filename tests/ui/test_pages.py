"""Every page stands on an empty store and on a full one, and says what the functions say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.credits.audit import credits
from analysis.match.unmatched import unmatched
from analysis.money import show, total
from analysis.problems import StoreBusy
from analysis.sample import AS_OF, FOLDER
from analysis.tieout.remittances import remittances
from analysis.tieout.takebacks import takebacks
from analysis.tieout.variances import variances
from analysis.ui import store as opened_store
from tests.ui.conftest import Opens

LISTS = [
    "today",
    "upload",
    "close_day",
    "unmatched",
    "variances",
    "credit_balances",
    "refunds",
    "instructions",
    "cms_838",
    "takebacks",
    "trace",
    "remittances",
    "bank_lines",
    "posting_batches",
    "matches",
    "runs",
    "settings",
    "what_came",
    "unidentified",
    "rejected_claims",
]
TITLES = {
    "unidentified": "unidentified money",
    "runs": "matching runs",
    "takebacks": "take-backs",
    "close_day": "close of day",
}
DETAILS = ["deposit", "remittance", "claim", "batch", "account"]
WORKLISTS = {
    "unmatched": (unmatched, "amount"),
    "variances": (variances, "variance"),
    "credit_balances": (credits, "credit_balance"),
    "remittances": (remittances, "payment_amount"),
    "takebacks": (takebacks, "net_open"),
}


def captions(app: AppTest) -> str:
    """All captions of the page."""
    return "\n".join(caption.value for caption in app.caption)


def frame_of(page: str) -> pd.DataFrame:
    """What the page's function gives for the sample's last day."""
    return WORKLISTS[page][0](opened_store(), AS_OF)


@pytest.mark.parametrize("page", LISTS)
def test_an_empty_store_offers_the_sample(empty: Opens, page: str):
    """A newcomer is never before a blank page."""
    app = empty(page)
    assert not app.exception
    assert [button.key for button in app.button if button.key == "load_sample"] == ["load_sample"]


def test_one_click_loads_and_matches_the_sample(empty: Opens):
    """The first click shows a whole day."""
    app = empty("today").button(key="load_sample").click().run(timeout=60)
    assert not app.exception
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["= Closing"] == "10,377.39"
    assert "25,504.93" in [text.value for text in app.text]


@pytest.mark.parametrize("page", LISTS)
def test_every_list_stands_on_the_sample(sample: Opens, page: str):
    """No page fails on a full store."""
    app = sample(page)
    assert not app.exception
    assert app.title[0].value.lower() == TITLES.get(page, page.replace("_", " "))


@pytest.mark.parametrize("page", DETAILS)
@pytest.mark.parametrize(
    "asked", [pytest.param(None, id="nothing"), pytest.param("12", id="unknown"), pytest.param("<script>", id="noise")]
)
def test_a_detail_that_is_not_there_says_so(sample: Opens, page: str, asked: str | None):
    """An address from elsewhere gets words, not an error."""
    app = sample(page, **({page: asked} if asked else {}))
    assert not app.exception
    assert len(app.info) == 1


@pytest.mark.parametrize("page", WORKLISTS)
def test_the_line_under_a_worklist_is_exact(sample: Opens, page: str):
    """Count and sum are those of the function, to the cent."""
    app = sample(page)
    frame, amount = frame_of(page), WORKLISTS[page][1]
    counted = frame[~frame["is_duplicate"]] if page == "remittances" else frame
    assert f"{len(frame):,} rows" in captions(app)
    assert show(total(counted[amount].dropna())) in captions(app)
    assert ("2 in no total" in captions(app)) == (page == "remittances")
    assert len(app.dataframe[0].value) == len(frame)


def test_a_takeback_leads_to_its_entries(sample: Opens):
    """The forwarding chain: its two entries with what is owed after each, and on to the remittance."""
    app = sample("takebacks")
    shown = app.dataframe[0]
    place = list(shown.value["reference"]).index("8261102000001817948495")
    app.session_state[shown.key] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    lines = app.dataframe[1]
    assert list(lines.value["running_balance"]) == [Decimal("200.00"), Decimal("0.00")]
    app.session_state[lines.key] = {"selection": {"rows": [1], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    assert "Reversals and corrections" in [one.value for one in app.subheader]


def test_a_filter_in_the_address_is_restored(sample: Opens):
    """A view that was bookmarked or sent opens as it was."""
    app = sample("unmatched", unmatched_item_type="Unidentified payment")
    frame = frame_of("unmatched")
    kept = frame[frame["item_type"] == "unidentified_payment"]
    assert app.multiselect(key="unmatched_item_type").value == ["Unidentified payment"]
    assert f"{len(kept)} of {len(frame)} rows" in captions(app)
    assert f"{show(total(kept['amount']))} of {show(total(frame['amount']))}" in captions(app)


def test_noise_in_the_address_filters_nothing(sample: Opens):
    """A payer that is not there, an age that is no choice, a day that is none: the page stands and says so."""
    app = sample("unmatched", unmatched_payer_name="NOBODY", unmatched_age="old", as_of="yesterday")
    assert not app.exception
    assert len(app.dataframe[0].value) == len(frame_of("unmatched"))
    assert any("Payer asked for what no row has" in one.value for one in app.toast)


@pytest.mark.parametrize(
    "typed",
    [pytest.param("5000.00", id="plain"), pytest.param("$5,000.00", id="as written"), pytest.param("-5000", id="-")],
)
def test_the_search_takes_an_amount(sample: Opens, typed: str):
    """Typing an amount finds its row, whichever way it is written."""
    app = sample("unmatched").text_input(key="unmatched_find").input(typed).run()
    assert set(app.dataframe[0].value["amount"]) == {Decimal("5000.00")}


def test_filters_that_leave_nothing_say_so(sample: Opens):
    """An empty table names the next step."""
    app = sample("unmatched").text_input(key="unmatched_find").input("no such thing").run()
    assert "Clear one" in app.info[0].value
    assert not app.dataframe


def test_a_past_day_shows_what_was_known_then(sample: Opens):
    """Every page is as of the day in the address."""
    app = sample("unmatched", as_of="2026-11-05")
    then = unmatched(opened_store(), date(2026, 11, 5))
    assert f"{len(then)} rows" in captions(app)
    assert "A past view" in sample("today", as_of="2026-11-05").sidebar.caption[0].value


@pytest.mark.parametrize("page", ["unmatched", "variances", "credit_balances", "unidentified", "worklist"])
def test_a_day_before_all_that_is_loaded_is_not_called_clear(sample: Opens, page: str):
    """Nothing was known then: that is said, and not that all ties."""
    app = sample(page, as_of="2026-10-01")
    assert "what is known begins on 2026-11-0" in app.info[0].value
    assert not app.success


def test_a_store_in_use_is_told_kindly(empty: Opens, monkeypatch: pytest.MonkeyPatch):
    """Two programs cannot have the store; the second is told what to do."""

    def busy(_: object) -> None:
        raise StoreBusy("another process has the store open")

    monkeypatch.setattr("analysis.ui.opening.open_store", busy)
    app = empty("today")
    assert not app.exception
    assert app.title[0].value == "The store is in use"


def uploads(*paths: Path) -> list[tuple[str, bytes, str]]:
    """Files as the uploader gives them."""
    return [(path.name, path.read_bytes(), "application/octet-stream") for path in paths]


def test_upload_tells_what_became_of_each_file(empty: Opens):
    """Loaded, duplicate and rejected stand side by side, with words; what fits is matched."""
    day = FOLDER / "2026-11-02"
    files = uploads(*sorted(day.iterdir()))
    noise = [("notes.txt", b"Dear colleague, [x](http://example.org) no payment here", "text/plain")]
    app = empty("upload")
    app.file_uploader[0].set_value([*files, files[0], *noise]).run()
    app.button(key="upload_load").click().run(timeout=60)
    assert not app.exception
    counts = {metric.label: metric.value for metric in app.metric}
    assert counts == {"✓ Loaded": str(len(files)), "= Duplicate": "1", "✗ Rejected": "1"}
    assert "1 file rejected" in app.error[0].value
    assert "match" in app.success[0].value
    again = app.file_uploader[0].set_value(files[:2]).run().button(key="upload_load").click().run(timeout=60)
    assert {metric.label: metric.value for metric in again.metric}["= Duplicate"] == "2"


def test_trace_finds_what_was_keyed_for_an_amount(sample: Opens):
    """1,828.00 typed in the one box; the text does not go into the address."""
    app = sample("trace")
    app.text_input(key="trace_text").set_value("1828.00").run()
    assert not app.exception
    assert "keyed 1,288.00 for 1,828.00" in " ".join(app.dataframe[0].value["words"])
    assert "trace_text" not in app.query_params


def test_codes_of_the_trade_stay_in_capitals(sample: Opens):
    """WO, CS, L6 and FB are no words; what to do stands before the sums."""
    app = sample("takebacks")
    codes = set(app.dataframe[0].value["code"])
    assert {"WO", "CS", "L6"} <= codes and all(code == code.upper() for code in codes)
