"""One case in full: changing it, logging a contact, lifting its age limit, and all that was done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from analysis.casework.acts import act
from analysis.casework.codes import CHANNELS, PARTIES, PRIORITIES, SETTABLE, resolutions_of
from analysis.casework.wanted import Contact, Wanted
from analysis.casework.worklist import history
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.details import facts
from analysis.ui.letter_desk import case_letters
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import table
from analysis.ui.worklist_bench import DAYS_PUT_OFF, CaseBench

_FACTS = ("case_kind", "item_type", "priority", "owner", "due_on", "next_on", "promised_by", "changed_by")
_ACTS: tuple[str, ...] = ("decided_at", "decided_by", "action", "changed", "note", "said", "promised", "promised_by")
_ACTS += ("party", "channel", "spoke_with", "contact_number", "call_reference", "effective_on")
_CONTACT = ("party", "channel", "said", "spoke_with", "number", "call_reference", "promised", "promised_by", "next_on")
_UNSAVED = "worklist_unsaved_note"
"""The session's note that was refused with its save, by case: the form of the newer version shows it again."""


def case_detail(bench: CaseBench) -> None:
    """The forms and the history of the case; what is saved names the version that was shown."""
    case = bench.case
    facts(case, _FACTS, across=8)
    if case["opens"] is not None:
        way(case["opens"], case["opens_id"])
    change, contact, letter, done = st.tabs(
        ["Change", "Contact", "Letter", "History"], key="case_tabs", on_change="rerun"
    )
    key = f"case-{bench.case_id}-{bench.version}"
    with change:
        _change_form(bench, key)
        if case["limit_state"] in ("blocked", "lifted"):
            _lift_form(bench, key)
    with contact:
        _contact_form(bench, key)
    if letter.open:
        with letter:
            case_letters(bench, key)
    with done:
        _history(bench)


def _history(bench: CaseBench) -> None:
    acts = history(store(), bench.case_id)
    if acts.empty:
        st.caption("Nobody has touched this case yet.")
        return
    columns = [name for name in _ACTS if acts[name].notna().any()]
    table(acts, "case_history", columns=columns)


def _change_form(bench: CaseBench, key: str) -> None:
    case = bench.case
    with st.form(f"{key}_change", border=False):
        first, second, third, fourth, fifth = st.columns(5)
        now = case["state"] if case["state"] in SETTABLE else None
        place = None if now is None else SETTABLE.index(now)
        first.selectbox(
            "State", SETTABLE, index=place, key=f"{key}_state", format_func=lambda one: words.code(f"case_{one}")
        )
        second.text_input("Owner", value=case["owner"] or "", key=f"{key}_owner")
        third.selectbox(
            "Priority",
            PRIORITIES,
            index=PRIORITIES.index(case["priority"]),
            key=f"{key}_priority",
            format_func=words.code,
        )
        fourth.date_input("Due", value=case["due_on"], key=f"{key}_due_on", format="YYYY-MM-DD")
        fifth.date_input("Next date", value=case["next_on"], key=f"{key}_next_on", format="YYYY-MM-DD")
        codes = resolutions_of(case["case_kind"], case["item_type"])
        if codes:
            st.selectbox("Resolved how", codes, index=None, key=f"{key}_resolution", format_func=words.code)
        unsaved = st.session_state.get(_UNSAVED, {}).get(bench.case_id, "")
        st.text_area("Note", unsaved, key=f"{key}_note", height=80, help="Shown with the case, and nowhere else")
        st.form_submit_button("Save", key=f"{key}_save", type="primary", on_click=_save, args=(bench, key))


def _save(bench: CaseBench, key: str) -> None:
    def value(name: str) -> Any:
        return st.session_state.get(f"{key}_{name}")

    told = {name: value(name) for name in ("state", "priority", "due_on", "next_on")}
    told["owner"] = (value("owner") or "").strip() or None
    changes = {name: one for name, one in told.items() if one != bench.case[name] and not (name == "state" and not one)}
    if value("resolution") and changes.get("state") == "resolved":
        changes["resolution"] = value("resolution")
    note = value("note") or ""
    if not changes and note.strip():
        is_done = _carry(Wanted(bench.case_id, None, "note", note=note), bench, "The note is kept")
    else:
        is_done = _carry(Wanted(bench.case_id, bench.version, "set", changes, note), bench, "Saved")
    st.session_state[_UNSAVED] = {} if is_done else {bench.case_id: note}


def _contact_form(bench: CaseBench, key: str) -> None:
    with st.form(f"{key}_contact", border=False):
        first, second, third, fourth, fifth = st.columns(5)
        first.selectbox("With", PARTIES, key=f"{key}_party", format_func=words.code)
        second.selectbox("By", CHANNELS, key=f"{key}_channel", format_func=words.code)
        third.text_input("Spoke with", key=f"{key}_spoke_with")
        fourth.text_input("Number", key=f"{key}_number")
        fifth.text_input("Call reference", key=f"{key}_call_reference")
        st.text_area("What was said", key=f"{key}_said", height=80)
        first, second, third = st.columns([3, 1, 1])
        first.text_input("What was promised", key=f"{key}_promised")
        second.date_input("By when", value=None, key=f"{key}_promised_by", format="YYYY-MM-DD")
        third.date_input("Next date", value=None, key=f"{key}_next_on_contact", format="YYYY-MM-DD")
        st.form_submit_button("Log the contact", key=f"{key}_log", type="primary", on_click=_log, args=(bench, key))


def _log(bench: CaseBench, key: str) -> None:
    told = {name: st.session_state[f"{key}_{name}"] for name in _CONTACT if name != "next_on"}
    contact = Contact(**told, next_on=st.session_state[f"{key}_next_on_contact"])
    _carry(Wanted(bench.case_id, None, "contact", contact=contact), bench, "The contact is logged")


def _lift_form(bench: CaseBench, key: str) -> None:
    with st.form(f"{key}_lift", border=False):
        st.caption(
            "Beyond the age limit of its type, it can neither be put off nor skipped, unless a supervisor lifts it."
        )
        first, second, third = st.columns([1, 3, 1], vertical_alignment="bottom")
        until = bench.as_of + timedelta(days=DAYS_PUT_OFF)
        first.date_input("Until", value=until, key=f"{key}_until", format="YYYY-MM-DD")
        second.text_input("Why?", key=f"{key}_why")
        third.form_submit_button("Lift the limit", key=f"{key}_do_lift", on_click=_lift, args=(bench, key))


def _lift(bench: CaseBench, key: str) -> None:
    until, why = st.session_state[f"{key}_until"], st.session_state[f"{key}_why"]
    wanted = Wanted(bench.case_id, bench.version, "lift", note=why, lifted_until=until)
    _carry(wanted, bench, f"The age limit is lifted until {until}")


def _carry(wanted: Wanted, bench: CaseBench, says: str) -> bool:
    return simply(lambda: _acted(wanted, bench, says))


def _acted(wanted: Wanted, bench: CaseBench, says: str) -> str:
    act(store(), bench.cases, wanted, decider(bench.as_of))
    return says
