"""The site's trade on the screen: which one is set, setting another, and the menu that follows it."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from analysis.problems import StoreProblem
from analysis.trade import set_trade, trade_changes, trade_of
from analysis.trade_words import HOSPITAL, TRADES, speaking
from analysis.ui.decisions import simply
from analysis.ui.match_details import reason_form
from analysis.ui.opening import speak, store, who
from analysis.ui.tables import table


def menu_of_payers() -> Literal["visible", "hidden"]:
    """Whether the menu has the pages about what insurers take back and what Medicare is told: a hospital's alone.

    Called before the menu is made, so that its titles are in the words of the trade.
    """
    try:
        speak()
    except StoreProblem:
        return "visible"
    return "visible" if speaking() == HOSPITAL else "hidden"


def trade_editor() -> None:
    """Which trade the store is of, to be set otherwise with a reason; every change with who and when."""
    st.caption("Which words the pages, charts and downloads use, and whether the clocks of health care law run.")
    names = list(TRADES)
    now = names.index(trade_of(store()))
    st.radio("Trade", names, index=now, key="trade", format_func=lambda name: TRADES[name])
    reason_form("trade_reason", "Set the trade", "Why?", lambda reason: _set(st.session_state["trade"], reason))
    changes = trade_changes(store())
    if not changes.empty:
        table(changes, "trade_changes", columns=("decided_at", "set_to", "source", "decided_by"))


def _set(trade: str, reason: str) -> None:
    def done() -> str:
        set_trade(store(), trade, who(), reason)
        return "Set: every page uses its words from now on"

    simply(done)
