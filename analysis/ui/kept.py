"""Answers kept for this session until anything in the store changes, so that a key press does not ask all anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from analysis.match.standing import data_version
from analysis.ui.opening import store, store_path

Answer = TypeVar("Answer")

_KEPT, _MOST = "kept_answers", 60


def kept(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer as the store stands now; asked anew where a file, run, decision or setting came since."""
    version = (str(store_path()), *data_version(store()))
    known, answers = st.session_state.get(_KEPT, (None, {}))
    if known != version or len(answers) > _MOST:
        answers = {}
        st.session_state[_KEPT] = (version, answers)
    if question not in answers:
        answers[question] = ask()
    found: Answer = answers[question]
    return found
