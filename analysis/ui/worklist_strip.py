"""What stands above the worklist: the case that is worked on, why it is where it is, and a key for every step."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.casework.claims import claim, release, skip
from analysis.casework.guards import at
from analysis.casework.work_settings import work_settings
from analysis.casework.worklist import formula, next_best, skipped
from analysis.match.decisions import Who
from analysis.match.signers import is_same_person
from analysis.money import show
from analysis.store import Store
from analysis.trade_words import SERVICE, speaking, spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.opening import store, who
from analysis.ui.worklist_bench import CaseBench, choose_case

_HELP = {
    "Next": "Claims the best one below that is yours or nobody's, and frees this one",
    "Claim": "Keeps it from others for a while; again for longer",
    "Release": "Others can take it",
    "Skip": "Not today; the next one comes",
    "Up": "The case above",
    "Down": "The case below",
}


def case_strip(bench: CaseBench) -> None:
    """The case, its amount and score with the formula in figures, who has it, and the buttons with their keys."""
    case = bench.case
    with st.container(border=True, key="work_strip", gap="small"):
        own, amount, score = st.columns([6, 2, 2])
        with own:
            _which(bench)
        amount.metric("Amount", show(case["amount"]))
        score.metric("Score", show(case["score"]))
        st.caption(words.unmarked(f"Score: {formula(case, work_settings(store(), bench.as_of))}"))
        with st.container(key="work_why"):
            why, next_step = st.columns([7, 5])
            why.text(f"Why: {spoken(case['why'] or words.NOTHING)}")
            next_step.text(f"Next step: {spoken(case['next_step'] or words.NOTHING)}")
        _buttons(bench)


def _which(bench: CaseBench) -> None:
    case = bench.case
    told = [words.said(name, case[name]) for name in ("turn", "item_type", "case_state", "limit_state")]
    if case["has_come_back"]:
        told.append("came back: resolved, and its item is still open")
    if case["resolution"]:
        told.append(words.code(case["resolution"]))
    with st.container(gap="xxsmall"):
        st.caption(words.unmarked(" · ".join([*told, f"{words.count_of(case['age_days'], 'day')} old"])))
        with st.container(key="work_whose"):
            st.text(case["payer_name"] or "Payer not known")
        st.text(" · ".join(str(one) for one in (case["reference"], case["item_date"]) if one))
        st.text(spoken(" · ".join(_hands(bench))))


def _hands(bench: CaseBench) -> list[str]:
    """Whose it is and who has it just now."""
    case = bench.case
    told = [f"Owner: {case['owner'] or 'nobody'}"]
    if case["promised_by"] is not None:
        told.append(f"promised by {case['promised_by']} ({words.said('promised_from', case['promised_from'])})")
    if case["claimed_by"] is not None:
        told.append(f"claimed by {case['claimed_by']} until {at(case['claimed_until'])}")
    return told


def is_mine(bench: CaseBench) -> bool:
    """Whether this user has the case claimed."""
    by = bench.case["claimed_by"]
    return by is not None and is_same_person(by, who())


def _buttons(bench: CaseBench) -> None:
    is_open = not bench.case["is_settled"]
    with st.container(horizontal=True, gap="small", key="work_buttons", vertical_alignment="center"):
        _button("Next", "N", _next, bench, is_primary=True)
        _button("Claim", "T", _claim, bench, is_off=not is_open)
        _button("Release", "F", _release, bench, is_off=not is_mine(bench))
        _button("Skip", "K", _skip, bench, is_off=not is_open)
        _button("Up", "Up", lambda one: choose_case(one, one.before), bench)
        _button("Down", "Down", lambda one: choose_case(one, one.after), bench)


def _button(
    label: str,
    key: str,
    act: Callable[[CaseBench], None],
    bench: CaseBench,
    is_off: bool = False,
    is_primary: bool = False,
) -> None:
    st.button(
        "Hold" if label == "Claim" and speaking() == SERVICE else label,
        key=f"case_{label.lower()}",
        shortcut=key,
        type="primary" if is_primary else "secondary",
        disabled=is_off,
        help=spoken(_HELP[label]),
        on_click=act,
        args=(bench,),
    )


def _carry(bench: CaseBench, work: Callable[[Store, Who], str]) -> None:
    """The work is done whole: it asks for nothing of the session's any more, where a press may be cut short."""
    opened, by = store(), decider(bench.as_of)
    simply(lambda: work(opened, by))


def _claim(bench: CaseBench) -> None:
    _carry(bench, lambda opened, by: f"Claimed until {at(claim(opened, bench.cases, bench.case_id, by))}")


def _release(bench: CaseBench) -> None:
    def done(opened: Store, by: Who) -> str:
        release(opened, bench.cases, bench.case_id, by)
        return "Released: others can take it"

    _carry(bench, done)


def _next(bench: CaseBench) -> None:
    """The best case among those shown is claimed; the present one is free again where this user had it."""
    found, has_present = _best(bench), is_mine(bench)

    def done(opened: Store, by: Who) -> str:
        if found is None:
            return "Nothing else on this list is to be worked on now"
        until = claim(opened, bench.cases, found, by)
        if has_present:
            release(opened, bench.cases, bench.case_id, by)
        choose_case(bench, found)
        return f"Next best, claimed until {at(until)}"

    _carry(bench, done)


def _skip(bench: CaseBench) -> None:
    best = _best(bench)

    def done(opened: Store, by: Who) -> str:
        skip(opened, bench.cases, bench.case_id, by)
        choose_case(bench, best or bench.after)
        return "Skipped for today"

    _carry(bench, done)


def _best(bench: CaseBench) -> str | None:
    """The best case below the present one on the list, else the best above it."""
    at_present = list(bench.shown["case_id"]).index(bench.case_id)
    in_order = pd.concat([bench.shown.iloc[at_present + 1 :], bench.shown.iloc[:at_present]])
    return next_best(in_order, who(), skipped(store(), who(), bench.as_of))
