"""The left pane of Unmatched: the open items by their state, one of them on the bench; what was decided about it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.match.standing import history
from analysis.ui import words
from analysis.ui.bench import Bench, choose
from analysis.ui.decisions import log_of_session
from analysis.ui.opening import store
from analysis.ui.picking import one_of
from analysis.ui.tables import table

ROWS = 11
ALL = "All"
STATES = (ALL, "Proposed", "Open", "Held")
_WIDTHS = {
    "amount": 95,
    "item_date": 90,
    "payer_name": 125,
    "reference": 120,
    "item_type": 120,
    "status": 80,
    "age_days": 60,
    "why": 400,
    "bank_account": 110,
}
"""The columns in their order, and how wide each is, in pixels."""


def by_state(frame: pd.DataFrame, page: str) -> pd.DataFrame:
    """The items in the state chosen; kept in the address."""
    picked = st.segmented_control(
        "State",
        STATES,
        width="stretch",
        key=f"{page}_state",
        default=ALL,
        required=True,
        bind="query-params",
        label_visibility="collapsed",
    )
    st.session_state[f"filter_of_{page}_state"] = True
    return frame if picked in (None, ALL) else frame[frame["status"] == str(picked).lower()]


def item_list(shown: pd.DataFrame, bench: Bench) -> None:
    """The items, largest first; a click or an arrow key puts another on the bench."""
    columns = [name for name in _WIDTHS if name in shown.columns]
    one_of(
        shown,
        "unmatched",
        "item_id",
        bench.item_id,
        lambda item_id: choose(bench, item_id),
        columns=columns,
        widths=_WIDTHS,
        rows=ROWS,
        alt="Open items",
    )


def decided(bench: Bench) -> None:
    """What was decided about the item so far, and what in this session."""
    about = history(store(), "item", bench.item_id)
    log = log_of_session()
    if not about.empty:
        st.caption("Decided about this item")
        table(about, "item_history", columns=("decided_at", "action", "reason", "decided_by", "effective_on"))
    if log:
        with st.expander(f"This session: {words.count_of(len(log), 'decision')}", icon=":material/history:"):
            for one in log:
                st.text(one)
