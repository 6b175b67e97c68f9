"""Answers kept for this session until anything in the store changes, so that a key press does not ask all anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from analysis.casework.worklist import fact_version
from analysis.match.standing import data_version
from analysis.ui.opening import store, store_path

Answer = TypeVar("Answer")

_KEPT, _KEPT_ITEMS, _MOST = "kept_answers", "kept_items", 60


def kept(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer as the store stands now; asked anew where a file, run, decision or setting came since."""
    return _kept(question, ask, _KEPT, data_version(store()))


def kept_items(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The same for what rests on facts and decisions alone: what people do with cases does not ask it anew."""
    return _kept(question, ask, _KEPT_ITEMS, fact_version(store()))


def _kept(question: Hashable, ask: Callable[[], Answer], where: str, of_store: tuple[int, ...]) -> Answer:
    version = (str(store_path()), *of_store)
    known, answers = st.session_state.get(where, (None, {}))
    if known != version or len(answers) > _MOST:
        answers = {}
        st.session_state[where] = (version, answers)
    if question not in answers:
        answers[question] = ask()
    found: Answer = answers[question]
    return found
