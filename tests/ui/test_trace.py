"""The page Trace: one box, what it finds on the left, what happened to that money on the right."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Opens


def looked_for(app: AppTest, text: str) -> AppTest:
    """The page after that was typed."""
    return app.text_input(key="trace_text").input(text).run()


def selected(app: AppTest, table: int, row: int) -> AppTest:
    """The page after that row was chosen."""
    app.session_state[app.dataframe[table].key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return app.run()


def test_1828_finds_the_1288_and_its_time_line(sample: Opens) -> None:
    """The claim, the line keyed for it, and the money from the bank to the account."""
    app = looked_for(sample("trace"), "1,828.00")
    assert not app.exception
    hits, events = app.dataframe[0].value, app.dataframe[1].value
    assert list(hits["what"]) == ["Claim", "Posted line", "Ledger entry"]
    assert list(hits["how"]) == ["= Exact", "⚠ Digits swapped", "⚠ Digits swapped"]
    assert list(map(str, hits["amount"])) == ["1828.00", "1288.00", "-1288.00"]
    assert {"Bank line", "Match", "Remittance", "Provider adjustment", "Batch"} <= set(events["what"])


def test_a_chosen_hit_is_followed_alone_and_opens(sample: Opens) -> None:
    """A batch has more lines than the one line of the claim; its link names the batch alone."""
    app = looked_for(sample("trace"), "E1109-001")
    whole = len(app.dataframe[1].value)
    app = looked_for(app, "1828.00")
    chosen = selected(app, 0, 0)
    assert not chosen.exception
    assert len(chosen.dataframe[1].value) < whole
    event = selected(chosen, 1, 0)
    assert not event.exception


def test_what_is_typed_stays_out_of_the_address(sample: Opens) -> None:
    """It may be a patient's name."""
    app = looked_for(sample("trace"), "templatter")
    assert len(app.dataframe[0].value) > 12
    assert "Choose one on the left" in app.info[0].value
    assert "templatter" not in str(dict(app.query_params)).casefold()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "Type what you know", id="nothing typed"),
        pytest.param("no such thing 99", "Nothing up to this day", id="nothing found"),
        pytest.param("**bold** [x](http://example.org) ' %_", "Nothing up to this day", id="hostile"),
    ],
)
def test_an_empty_page_says_what_is_next(sample: Opens, text: str, says: str) -> None:
    """Words, not an empty table."""
    app = sample("trace")
    app = looked_for(app, text) if text else app
    assert not app.exception
    assert says in app.info[0].value
    assert not app.dataframe


def test_a_past_day_shows_what_was_known_then(sample: Opens) -> None:
    """Before its day nothing of that money is there."""
    app = looked_for(sample("trace", as_of="2026-11-06"), "EFT000001G83")
    assert "Nothing up to this day" in app.info[0].value
