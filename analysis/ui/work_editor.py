"""The settings of casework on the screen: the weights of the score, claims, age limits and who supervises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from analysis.casework.work_settings import (
    LIMITS,
    NUMBERS,
    WEIGHTS,
    Limit,
    WorkSettings,
    set_limit,
    set_number,
    set_supervisors,
    set_weight,
    work_settings,
)
from analysis.problems import RequestRefused
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store


def work_editor(as_of: date) -> None:
    """What is in force on that day, each to be set otherwise with a reason."""
    in_force = work_settings(store(), as_of)
    st.caption(
        words.unmarked(
            spoken(
                "Score = amount (at least least_amount) × (1 + age_per_day × days) × promise_overdue where a promise "
                "is due × high or low by priority. Claims end after claim_minutes; a resolved case whose item is still "
                "open comes back after recheck_days."
            )
        )
    )
    weights, limits, people = st.columns(3)
    with weights:
        _weights(in_force, as_of)
    with limits:
        _limits(in_force, as_of)
    with people:
        st.text_input("Supervisors, by semicolons", value="; ".join(in_force.supervisors), key="work_supervisors")
        save = _saving(lambda why: set_supervisors(store(), st.session_state["work_supervisors"], decider(as_of), why))
        reason_form("work_people", "Save the names", "Why?", save)


def _weights(in_force: WorkSettings, as_of: date) -> None:
    names = (*WEIGHTS, *NUMBERS)
    name = st.selectbox("Setting", names, key="work_setting", format_func=spoken)
    now = f"{in_force.weights[name]}" if name in WEIGHTS else str(getattr(in_force, name))
    st.text_input("Is", value=now, key=f"work_value_{name}")

    def change(why: str) -> None:
        typed = st.session_state[f"work_value_{name}"].strip()
        if name in WEIGHTS:
            set_weight(store(), name, typed, decider(as_of), why)
        else:
            set_number(store(), name, _whole(typed), decider(as_of), why)

    reason_form("work_setting", "Save it", "Why?", _saving(change))


def _limits(in_force: WorkSettings, as_of: date) -> None:
    kind = st.selectbox("Age limit of", tuple(LIMITS), key="work_limit", format_func=words.code)
    warn, block = (_text(one) for one in in_force.limits[kind])
    st.text_input("Warns from, days (empty for never)", value=warn, key=f"work_warn_{kind}")
    st.text_input("Blocks from, days (empty for never)", value=block, key=f"work_block_{kind}")

    def change(why: str) -> None:
        told: Limit = (_days(st.session_state[f"work_warn_{kind}"]), _days(st.session_state[f"work_block_{kind}"]))
        set_limit(store(), kind, *told, decider(as_of), why)

    reason_form("work_limits", "Save the limit", "Why?", _saving(change))


def _saving(change: Callable[[str], None]) -> Callable[[str], None]:
    def done(why: str) -> str:
        change(why)
        return "Saved: it holds from the day looked at"

    def act(why: str) -> None:
        simply(lambda: done(why))

    return act


def _text(days: int | None) -> str:
    return "" if days is None else str(days)


def _days(typed: str) -> int | None:
    return _whole(typed.strip()) if typed.strip() else None


def _whole(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        raise RequestRefused("wanted a whole number such as 30")
    return int(typed)
