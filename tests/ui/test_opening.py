"""Who is at the browser: the machine's account, or whom the proxy names; without a name nothing is shown."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.runtime.context import StreamlitHeaders

from analysis.ui import who
from analysis.ui.opening import PERSON_HEADER
from tests.ui.conftest import Opens, texts

HEADER = "X-Person"


def named(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """The browser's connection says these names under the header."""
    monkeypatch.setenv(PERSON_HEADER, HEADER)
    told = StreamlitHeaders([(HEADER.lower(), name) for name in names])
    monkeypatch.setattr(type(st.context), "headers", property(lambda _: told))


@pytest.mark.parametrize(
    ("names", "known"),
    [
        pytest.param(("ana@site.example",), "ana@site.example", id="one name is taken"),
        pytest.param(("  ana ",), "ana", id="without the blanks around it"),
        pytest.param((), "", id="no name is nobody"),
        pytest.param(("",), "", id="an empty one is nobody"),
        pytest.param(("ana", "ben"), "", id="two names are nobody: one of them came past the proxy"),
        pytest.param(("a" * 201,), "", id="a name too long to be one"),
        pytest.param(("ana\x07",), "", id="control characters are in no name"),
    ],
)
def test_the_proxy_names_the_person(monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], known: str) -> None:
    """The header of the connection counts, and nothing else."""
    named(monkeypatch, *names)
    assert who() == known


def test_a_page_without_a_name_shows_nothing(sample: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes past the proxy sees no figure and no menu of days."""
    monkeypatch.setenv(PERSON_HEADER, HEADER)
    app = sample("worklist")
    assert [one.value for one in app.title] == ["Who are you?"]
    assert not app.button and not app.dataframe and not app.date_input


def test_the_sidebar_says_who_is_there(sample: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a shared server everyone sees under which name they work; on one's own it goes without saying."""
    assert "You are" not in texts(sample())
    named(monkeypatch, "ana")
    assert "You are ana" in texts(sample())
