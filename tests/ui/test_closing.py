"""The page Close of day: prepared by one, refused to the same, closed by another, re-opened with a reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.sample import AS_OF
from analysis.tieout.closing import closing_of
from analysis.ui import store as opened_store
from tests.ui.conftest import Opens, opens


@pytest.fixture
def desk(sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """Opens a page on a copy of the sample fortnight."""
    path = tmp_path / "desk.duckdb"
    shutil.copy(sample_path, path)
    yield opens(path, monkeypatch)
    st.cache_resource.clear()


def signs(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """From here on that person sits at the screen."""
    monkeypatch.setattr("getpass.getuser", lambda: name)


def submitted(app: AppTest, key: str, words: str) -> AppTest:
    """The page after the form's field was filled and its button pressed."""
    app.text_input(key=f"{key}_reason").input(words)
    return app.button(key=f"{key}_button").click().run(timeout=90)


def status(app: AppTest) -> str:
    """How the day stands by the store, on a page that did not fail."""
    assert not app.exception
    found = closing_of(opened_store(), AS_OF)
    return "open" if found is None else str(found["status"])


def test_two_people_close_the_day_on_the_page(desk: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first signs, is refused the second signature, the second signs; the first re-opens with a reason."""
    signs(monkeypatch, "ana")
    app = desk("close_day")
    assert status(app) == "open"
    app = submitted(app, "prepare_day", "looked at")
    assert status(app) == "prepared"
    app = submitted(app, "review_day", "seen")
    assert status(app) == "prepared"
    assert any("ana prepared" in one.value for one in app.text)
    signs(monkeypatch, "ben")
    app = submitted(app, "review_day", " ")
    assert status(app) == "prepared"
    app = submitted(app, "review_day", "seen")
    assert status(app) == "closed"
    assert "Closed" in app.success[0].value
    app = submitted(app, "reopen_day", " ")
    assert status(app) == "closed"
    app = submitted(app, "reopen_day", "a late file")
    assert status(app) == "reopened"
