"""Answers kept until anything in the store changes, for everyone at this server: a key press does not ask all anew.

What is kept is shared by all sessions, so whoever asks must leave it as it is, and a question names all that its answer
depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import streamlit as st

from analysis.casework.worklist import fact_version
from analysis.match.standing import data_version
from analysis.ui.opening import store, store_path

Answer = TypeVar("Answer")
Version = tuple[int, ...]

_ALL, _ITEMS = "all", "items"
_MOST = 60
"""How many answers are kept of each sort; the oldest goes first."""


def kept(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer as the store stands now; asked anew where a file, run, decision or setting came since."""
    return _kept(question, ask, _ALL, data_version(store()))


def kept_items(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The same for what rests on facts and decisions alone: what people do with cases does not ask it anew."""
    return _kept(question, ask, _ITEMS, fact_version(store()))


@st.cache_resource(show_spinner=False)
def _shelf(path: str) -> dict[str, tuple[Version, dict[Hashable, Any]]]:
    """Of the store at that path: for each sort of answers the version that they are of, and the answers."""
    return {}


def _kept(question: Hashable, ask: Callable[[], Answer], sort: str, version: Version) -> Answer:
    shelf = _shelf(str(store_path().resolve()))
    known, answers = shelf.get(sort, ((), {}))
    if known != version:
        answers = {}
        shelf[sort] = (version, answers)
    try:
        found: Answer = answers[question]
        return found
    except KeyError:
        pass
    asked = ask()  # never older than the version, which was read before
    if len(answers) >= _MOST:
        answers.pop(next(iter(answers)), None)
    answers[question] = asked
    return asked
