"""The fee rates that card processors keep: those in force, adding one, removing one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import streamlit as st

from analysis.match.fee_rates import add_rate, fee_rates, remove_rate
from analysis.money import dollars
from analysis.problems import RequestRefused
from analysis.ui.decisions import decider, simply
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import table


def rate_editor(as_of: date) -> None:
    """The rates in force beside a rate to add or remove, with a reason."""
    left, right = st.columns([3, 2])
    with left:
        table(fee_rates(store()), "fee_rates", columns=("percent", "effective_on", "source", "decided_by"))
    with right:
        st.caption("A card settlement is proposed where it is short of its remittance by one of these rates.")
        typed = st.text_input("Rate, percent", key="rate_percent", placeholder="2.65")
        does = st.segmented_control("What to do", ("Add", "Remove"), default="Add", required=True, key="rate_does")
        is_new = does == "Add"
        label = "Add the rate" if is_new else "Remove the rate"
        reason_form("rate", label, "Why?", lambda reason: _save(typed, is_new, as_of, reason))


def _save(typed: str, is_new: bool, as_of: date, reason: str) -> None:
    def saved() -> str:
        rate = _percent(typed)
        act = add_rate if is_new else remove_rate
        act(store(), rate, as_of, decider(as_of).name, reason)
        return f"{'Added' if is_new else 'Removed'}: {rate} %"

    simply(saved)


def _percent(typed: str) -> Decimal:
    rate = dollars(typed.replace("%", ""))
    if rate is None:
        raise RequestRefused("a fee rate: wanted percent such as 2.65")
    return rate
