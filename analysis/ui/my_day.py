"""What is mine today: the cases of the person signed in, and the promises that are due, each with its way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import streamlit as st

from analysis.casework.codes import TURNS_TO_WORK
from analysis.casework.filters import MINE
from analysis.casework.worklist import case_count, mine
from analysis.money import show, total
from analysis.ui import words
from analysis.ui.filters import link
from analysis.ui.opening import store, who
from analysis.ui.worklist_bench import WHOSE_KEY, all_cases, words_of


def my_day(as_of: date) -> None:
    """One line under the day: what is mine to work on, my due promises, and those of all."""
    with st.container(border=True, key="my_day", horizontal=True, vertical_alignment="center"):
        st.text(f"{who()} today:")
        if case_count(store()) == 0:
            st.text("nothing is assigned, and nobody has promised anything")
            st.page_link("pages/worklist.py", label="To the worklist", icon=":material/arrow_forward:")
            return
        cases = all_cases(as_of)
        own = mine(cases, who())
        now = own[own["turn"].isin(TURNS_TO_WORK)]
        mine_only = {WHOSE_KEY: [words_of(MINE)]}
        _way(now, "Mine", mine_only | link("worklist", turn=list(TURNS_TO_WORK)), is_summed=True)
        _way(own[own["turn"] == "promise"], "My promises due", mine_only | link("worklist", turn=["promise"]))
        _way(cases[cases["turn"] == "promise"], "Promises due to anyone", link("worklist", turn=["promise"]))


def _way(rows: pd.DataFrame, label: str, to: Mapping[str, list[str]], *, is_summed: bool = False) -> None:
    amount = f", {show(total(rows['amount']))}" if is_summed and len(rows) else ""
    if rows.empty:
        st.text(f"{label}: 0")
        return
    st.page_link("pages/worklist.py", label=words.unmarked(f"{label}: {len(rows):,}{amount}"), query_params=dict(to))
