"""The app as AppTest runs it, on an empty store and on one with the sample fortnight."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.keepers.tree import ROOT
from tests.stores import fortnight_file

Opens = Callable[..., AppTest]


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample fortnight, matched."""
    return fortnight_file(tmp_path_factory.mktemp("ui") / "sample.duckdb")


def opens(path: Path, monkeypatch: pytest.MonkeyPatch) -> Opens:
    """Opens pages on the store at that path."""
    monkeypatch.setenv("TIEOUT_STORE", str(path))
    monkeypatch.chdir(ROOT)

    def opened(page: str = "today", **asked: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in asked.items():
            app.query_params[name] = value
        if page == "today" or "as_of" in asked:
            app.run()  # with the menu and the day; a page run first stands alone, which is quicker
        return app if page == "today" else app.switch_page(f"pages/{page}.py").run()

    return opened


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """Opens a page on a store that holds nothing."""
    yield opens(tmp_path / "empty.duckdb", monkeypatch)
    st.cache_resource.clear()


@pytest.fixture
def sample(sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opens:
    """Opens a page on the sample fortnight."""
    return opens(sample_path, monkeypatch)


@pytest.fixture(scope="module")
def desk_path(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample fortnight; each test of the file goes on where the one before ended."""
    return Path(shutil.copy(sample_path, tmp_path_factory.mktemp("desk") / "desk.duckdb"))


@pytest.fixture
def desk(desk_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """Opens a page on that copy, with ana at the screen."""
    signs(monkeypatch, "ana")
    yield opens(desk_path, monkeypatch)
    st.cache_resource.clear()


def signs(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """From here on that person sits at the screen."""
    monkeypatch.setattr("getpass.getuser", lambda: name)


def button(app: AppTest, name: str) -> Any:
    """The button of that name; one that decides at once bears the item's name too."""
    (found,) = [one for one in app.button if one.key == name or (one.key or "").startswith(f"{name}_")]
    return found


def tick(app: AppTest, table: str, *rows: int) -> AppTest:
    """The page with those rows of that table chosen."""
    (shown,) = [one for one in app.dataframe if (one.key or "").startswith(f"{table}-")]
    app.session_state[shown.key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return app.run(timeout=60)


def press(app: AppTest, key: str, **fields: str) -> AppTest:
    """The page after the fields were filled and the button pressed; no page fails."""
    for name, words in fields.items():
        app.text_input(key=name).input(words)
    app = app.button(key=key).click().run(timeout=60)
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    """All plain text of the page."""
    return "\n".join(one.value for one in app.text)
