"""After how many business days money and remittance are overdue: the number in force, and setting another."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.match.late_after import MOST_DAYS, late_after, set_late_after
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store


def late_editor(as_of: date) -> None:
    """The business days in force on that day, to be set otherwise with a reason."""
    st.caption("Business days that money and remittance may come apart; what is older counts as overdue.")
    now = late_after(store(), as_of)
    days = st.number_input("Business days", 0, MOST_DAYS, now, key="late_days", width=200)
    reason_form("late", "Save the days", "Why?", lambda reason: _save(int(days), as_of, reason))


def _save(days: int, as_of: date, reason: str) -> None:
    def saved() -> str:
        set_late_after(store(), days, as_of, decider(as_of).name, reason)
        return f"Saved: overdue after {words.count_of(days, 'business day')}"

    simply(saved)
