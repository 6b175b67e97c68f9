"""Several cases of the worklist ticked for one change, one lifted age limit or one letter each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from analysis.casework.acts import Outcome, act_on
from analysis.casework.codes import PRIORITIES, SETTABLE, WITHOUT_CODE, resolutions_of
from analysis.casework.wanted import Wanted
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.letter_desk import bulk_letters
from analysis.ui.opening import store
from analysis.ui.tables import picked
from analysis.ui.worklist_bench import DAYS_PUT_OFF, CaseBench
from analysis.ui.worklist_list import CASE_WIDTHS

_OUTCOME = "worklist_bulk_outcome"
_Ticked = Sequence[Mapping[str, Any]]


def bulk(bench: CaseBench) -> None:
    """Ticked cases get an owner, dates or a state at once; which were not changed is told with why."""
    ticked = picked(bench.shown, "worklist_ticks", row_id="case_id", columns=list(CASE_WIDTHS))
    codes = list(dict.fromkeys(code for row in ticked for code in resolutions_of(row["case_kind"], row["item_type"])))
    with st.form("worklist_bulk", border=False):
        owner, due, upcoming, state, priority = st.columns(5)
        owner.text_input("Owner", key="bulk_owner", placeholder="Unchanged")
        due.date_input("Due", value=None, key="bulk_due_on", format="YYYY-MM-DD")
        upcoming.date_input("Next date", value=None, key="bulk_next_on", format="YYYY-MM-DD")
        states = SETTABLE if codes else WITHOUT_CODE
        state.selectbox("State", states, index=None, key="bulk_state", format_func=_state_words)
        priority.selectbox("Priority", PRIORITIES, index=None, key="bulk_priority", format_func=words.code)
        if codes:
            st.selectbox("Resolved how", codes, index=None, key="bulk_resolution", format_func=words.code)
        st.text_input("Note, for each", key="bulk_note")
        st.form_submit_button(
            f"Change {words.count_of(len(ticked), 'ticked case')}",
            key="bulk_do",
            disabled=not ticked,
            on_click=_change_all,
            args=(ticked, bench),
        )
    blocked = [row for row in ticked if row["limit_state"] in ("blocked", "lifted")]
    if blocked:
        _lift_form(blocked, bench)
    _tell(st.session_state.pop(_OUTCOME, None))
    bulk_letters(ticked, bench)


def _state_words(state: str) -> str:
    return words.code(f"case_{state}")


def _change_all(ticked: _Ticked, bench: CaseBench) -> None:
    asked = ("owner", "due_on", "next_on", "state", "priority", "resolution")
    told = {name: st.session_state.get(f"bulk_{name}") for name in asked}
    changes = {name: value for name, value in told.items() if value not in (None, "")}
    note = st.session_state["bulk_note"]
    _carry([Wanted(row["case_id"], int(row["version"]), "set", changes, note) for row in ticked], bench)


def _lift_form(blocked: _Ticked, bench: CaseBench) -> None:
    with st.form("worklist_bulk_lift", border=False):
        until, why, does = st.columns([1, 3, 1], vertical_alignment="bottom")
        until.date_input(
            "Lift the limit until",
            value=bench.as_of + timedelta(days=DAYS_PUT_OFF),
            key="bulk_lifted_until",
            format="YYYY-MM-DD",
        )
        why.text_input("Why?", key="bulk_lift_why", placeholder="A supervisor's reason, kept with each case")
        does.form_submit_button(
            f"Lift {words.count_of(len(blocked), 'limit')}", key="bulk_lift", on_click=_lift_all, args=(blocked, bench)
        )


def _lift_all(blocked: _Ticked, bench: CaseBench) -> None:
    until, why = st.session_state["bulk_lifted_until"], st.session_state["bulk_lift_why"]
    lifts = [Wanted(row["case_id"], int(row["version"]), "lift", note=why, lifted_until=until) for row in blocked]
    _carry(lifts, bench)


def _carry(wanted: Sequence[Wanted], bench: CaseBench) -> None:
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
