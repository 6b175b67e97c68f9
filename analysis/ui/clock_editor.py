"""The clocks of credits: those in force with their source, and another value from the day looked at."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.credits.clocks import clocks_in_force, set_clock
from analysis.problems import RequestRefused
from analysis.trade_words import heard, spoken
from analysis.ui.decisions import decider, simply
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import table


def clock_editor(as_of: date) -> None:
    """The clocks that run on that day beside one to set, with its source; no value switches it off."""
    left, right = st.columns([3, 2])
    with left:
        shown = clocks_in_force(store(), as_of)
        shown = shown.assign(name=shown["name"].map(spoken))
        table(shown, "clocks", columns=("name", "value", "effective_on", "source"))
    with right:
        st.caption(
            spoken(
                "Days, or years of dormancy. By state: patient_days.TX; by contract: payer_days. and the payer's name."
            )
        )
        st.text_input("Clock", key="clock_name", placeholder=spoken("payer_days.ALPHA"))
        st.number_input("Value", 0, None, 0, key="clock_value", help="0 switches it off", width=200)
        reason_form("clock", "Set the clock", "Its source: law, rule or contract", lambda source: _set(as_of, source))


def _set(as_of: date, source: str) -> None:
    name, value = heard(st.session_state["clock_name"].strip()), int(st.session_state["clock_value"])

    def done() -> str:
        if not name:
            raise RequestRefused("name the clock to set")
        set_clock(store(), name, value or None, decider(as_of), source)
        return f"{spoken(name)} is set"

    simply(done)
