"""The list of cases: one at a time by click or arrow key, or several ticked for one change; and the saved filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.casework.acts import Outcome, act_on
from analysis.casework.codes import PRIORITIES, SETTABLE
from analysis.casework.filters import (
    COLUMNS,
    Filter,
    filters_for,
    remove_filter,
    save_filter,
)
from analysis.casework.wanted import Wanted
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.letter_desk import bulk_letters
from analysis.ui.opening import store, who
from analysis.ui.picking import one_of
from analysis.ui.tables import picked
from analysis.ui.worklist_bench import WHOSE_KEY, CaseBench, choose_case, whose_chosen, words_of

CASE_FILTERS = ("turn", "case_kind", "item_type", "case_state", "limit_state")
_ROWS = 11
_WIDTHS = {
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
_OUTCOME = "worklist_bulk_outcome"


def case_list(bench: CaseBench) -> None:
    """The cases, best first; a click or an arrow key puts another on the bench."""
    columns = list(_WIDTHS)
    one_of(
        bench.shown,
        "worklist",
        "case_id",
        bench.case_id,
        choose_case,
        columns=columns,
        widths=_WIDTHS,
        rows=_ROWS,
        alt="Cases",
    )


def bulk(bench: CaseBench) -> None:
    """Ticked cases get an owner, dates or a state at once; which were not changed is told with why."""
    ticked = picked(bench.shown, "worklist_ticks", row_id="case_id", columns=list(_WIDTHS))
    with st.form("worklist_bulk", border=False):
        owner, due, upcoming, state, priority = st.columns(5)
        owner.text_input("Owner", key="bulk_owner", placeholder="Unchanged")
        due.date_input("Due", value=None, key="bulk_due_on", format="YYYY-MM-DD")
        upcoming.date_input("Next date", value=None, key="bulk_next_on", format="YYYY-MM-DD")
        state.selectbox("State", SETTABLE[:-1], index=None, key="bulk_state", format_func=_state_words)
        priority.selectbox("Priority", PRIORITIES, index=None, key="bulk_priority", format_func=words.code)
        st.text_input("Note, for each", key="bulk_note")
        st.form_submit_button(
            f"Change {words.count_of(len(ticked), 'ticked case')}",
            key="bulk_do",
            disabled=not ticked,
            on_click=_change_all,
            args=(ticked, bench),
        )
    _tell(st.session_state.pop(_OUTCOME, None))
    bulk_letters(ticked, bench)


def _state_words(state: str) -> str:
    return words.code(f"case_{state}")


def _change_all(ticked: Sequence[Mapping[str, Any]], bench: CaseBench) -> None:
    told = {name: st.session_state[f"bulk_{name}"] for name in ("owner", "due_on", "next_on", "state", "priority")}
    changes = {name: value for name, value in told.items() if value not in (None, "")}
    note = st.session_state["bulk_note"]
    wanted = [Wanted(row["case_id"], int(row["version"]), "set", changes, note) for row in ticked]

    def done() -> str:
        outcome = act_on(store(), bench.cases, wanted, decider(bench.as_of))
        st.session_state[_OUTCOME] = outcome
        return outcome.words

    simply(done)


def _tell(outcome: Outcome | None) -> None:
    if outcome is None:
        return
    (st.warning if outcome.refused else st.success)(outcome.words)
    for case_id, why in outcome.refused:
        st.text(f"{case_id}: {why}")


def saved_filters(whole: pd.DataFrame) -> None:
    """The filters that this user saved or that others share, to be applied, saved and removed."""
    there = filters_for(store(), who())
    label = "Saved filters" + (f": {len(there)}" if there else "")
    with st.popover(label, icon=":material/filter_alt:"):
        for place, one in enumerate(there):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(_titled(one), key=f"filter_apply_{place}", on_click=_apply, args=(one, whole))
                if one.saved_by == who():
                    st.button("Remove", key=f"filter_remove_{place}", type="tertiary", on_click=_remove, args=(one,))
        with st.form("worklist_filter", border=False):
            st.text_input("Save what is chosen now as", key="filter_name", placeholder="Old money of Alpha")
            st.checkbox("Others see it too", key="filter_shared")
            st.form_submit_button("Save the filter", key="filter_save", on_click=_save, args=(whole,))


def _titled(one: Filter) -> str:
    by = "" if one.saved_by == who() else f" (of {one.saved_by})"
    return words.unmarked(f"{one.name}{by}{', shared' if one.is_shared and not by else ''}")


def _apply(one: Filter, whole: pd.DataFrame) -> None:
    for column in CASE_FILTERS:
        codes = one.chosen.get("state" if column == "case_state" else column, ())
        there = set(_said(whole, column).values())
        chosen = [words.said(column, _shown_code(column, code)) for code in codes]
        st.session_state[f"worklist_{column}"] = [said for said in chosen if said in there]
    st.session_state[WHOSE_KEY] = words_of(one.whose)


def _save(whole: pd.DataFrame) -> None:
    chosen = {}
    for column in CASE_FILTERS:
        codes = {said: code for code, said in _said(whole, column).items()}
        picked_words = st.session_state.get(f"worklist_{column}") or []
        own = "state" if column == "case_state" else column
        chosen[own] = [codes[said].removeprefix("case_") for said in picked_words if said in codes]
    assert set(chosen) <= set(COLUMNS)

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
