"""The list of cases, one at a time by click or arrow key, and the saved filters."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.casework.filters import Filter, filters_for, remove_filter, save_filter
from analysis.match.signers import is_same_person
from analysis.ui import words
from analysis.ui.decisions import simply
from analysis.ui.opening import store, who
from analysis.ui.picking import one_of
from analysis.ui.worklist_bench import WHOSE_KEY, CaseBench, choose_case, whose_chosen, words_of

CASE_FILTERS = ("turn", "case_kind", "item_type", "case_state", "limit_state")
_ROWS = 11
CASE_WIDTHS = {
    "turn": 115,
    "score": 105,
    "amount": 90,
    "payer_name": 170,
    "item_type": 150,
    "case_state": 100,
    "owner": 80,
    "age_days": 65,
    "next_on": 95,
    "due_on": 95,
    "limit_state": 115,
    "claimed_by": 90,
    "reference": 130,
    "why": 380,
}


def case_list(bench: CaseBench) -> None:
    """The cases, best first; a click or an arrow key puts another on the bench."""
    columns = list(CASE_WIDTHS)
    one_of(
        bench.shown,
        "worklist",
        "case_id",
        bench.case_id,
        lambda case_id: choose_case(bench, case_id),
        columns=columns,
        widths=CASE_WIDTHS,
        rows=_ROWS,
        alt="Cases",
    )


def saved_filters(whole: pd.DataFrame) -> None:
    """The filters that this user saved or that others share, to be applied, saved and removed."""
    there = filters_for(store(), who())
    label = "Saved filters" + (f": {len(there)}" if there else "")
    with st.popover(label, icon=":material/filter_alt:"):
        for place, one in enumerate(there):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(_titled(one), key=f"filter_apply_{place}", on_click=_apply, args=(one,))
                if is_same_person(one.saved_by, who()):
                    st.button("Remove", key=f"filter_remove_{place}", type="tertiary", on_click=_remove, args=(one,))
        with st.form("worklist_filter", border=False):
            st.text_input(
                "Save what is chosen now as",
                key="filter_name",
                placeholder="Old money of Alpha",
                help="Turn, kind, type, state, age limit and whose; not the age and not what is sought.",
            )
            st.checkbox("Others see it too", key="filter_shared")
            st.form_submit_button("Save the filter", key="filter_save", on_click=_save, args=(whole,))


def _titled(one: Filter) -> str:
    by = "" if is_same_person(one.saved_by, who()) else f" (of {one.saved_by})"
    return words.unmarked(f"{one.name}{by}{', shared' if one.is_shared and not by else ''}")


def _apply(one: Filter) -> None:
    for column in CASE_FILTERS:
        codes = one.chosen.get("state" if column == "case_state" else column, ())
        st.session_state[f"worklist_{column}"] = [words.said(column, _shown_code(column, code)) for code in codes]
    st.session_state[WHOSE_KEY] = words_of(one.whose)


def _save(whole: pd.DataFrame) -> None:
    chosen = {}
    for column in CASE_FILTERS:
        codes = {said: code for code, said in _said(whole, column).items()}
        picked_words = st.session_state.get(f"worklist_{column}") or []
        own = "state" if column == "case_state" else column
        chosen[own] = [codes[said].removeprefix("case_") for said in picked_words if said in codes]

    def done() -> str:
        name, is_shared = st.session_state["filter_name"], st.session_state["filter_shared"]
        save_filter(store(), name, chosen, whose_chosen(st.session_state.get(WHOSE_KEY)), who(), is_shared=is_shared)
        return f"Filter saved: {name.strip()}"

    simply(done)


def _remove(one: Filter) -> None:
    def done() -> str:
        remove_filter(store(), one.name, who())
        return f"Filter removed: {one.name}"

    simply(done)


def _said(whole: pd.DataFrame, column: str) -> dict[str, str]:
    return {code: words.said(column, code) for code in whole[column].dropna().unique()}


def _shown_code(column: str, code: str) -> str:
    return f"case_{code}" if column == "case_state" else code
