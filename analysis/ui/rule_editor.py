"""One matching rule: its settings as they would be, a trial of them, and saving them with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.match.rule_settings import (
    RuleSetting,
    changed_rules,
    does_in_words,
    in_words,
    may_confirm,
    save_rule,
    setting_of,
    windows_in_words,
)
from analysis.match.rules import Mode, Rule
from analysis.match.run import Trial, try_rules
from analysis.match.trials import trial_by_rule
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.states import nothing_here
from analysis.ui.tables import foot, table

_TRIED = "rule_tried"
_MODES = {"confirmed": "Confirms", "proposed": "Proposes"}
_SIDE = ("rule", "status", "side", "reference", "amount", "item_date", "payer_name", "explanation")


def rule_frame(rules: tuple[Rule, ...]) -> pd.DataFrame:
    """The rules in their order, in words. Grain: one row per rule."""
    rows = [
        {
            "order": place,
            "rule_name": rule.name,
            "does": does_in_words(setting_of(rule)),
            "says": rule.says,
            "windows": windows_in_words(setting_of(rule)),
        }
        for place, rule in enumerate(rules, start=1)
    ]
    text = [(name, pa.string()) for name in ("rule_name", "does", "says", "windows")]
    told = pa.Table.from_pylist(rows, schema=pa.schema([("order", pa.int64()), *text]))
    return told.to_pandas(types_mapper=pd.ArrowDtype)


def rule_editor(rules: tuple[Rule, ...], name: str, as_of: date) -> None:
    """The rule can be set otherwise, tried on the last days, and saved with a reason; it holds once it is saved."""
    rule = next(one for one in rules if one.name == name)
    with st.container(border=True, key="rule_detail"):
        st.text(f"{words.code(rule.name)}: {rule.says}")
        wanted = _wanted(rule)
        with st.container(horizontal=True, vertical_alignment="bottom", key="rule_try"):
            days = st.number_input("On the last days", 1, 3660, 30, key="rule_days", width=150)
            pressed = st.button(
                "Try it", key="rule_try_it", icon=":material/science:", disabled=wanted == setting_of(rule)
            )
        if pressed:
            with st.spinner("Trying, without changing anything …"):
                simply(lambda: _try(rules, name, wanted, as_of, int(days)))
        _tried(name, wanted)
        if wanted == setting_of(rule):
            st.caption("Change something above to try it or to save it.")
            return
        st.caption(f"As it would be from {as_of.isoformat()} on: {in_words(wanted)}")
        reason_form(
            "rule", "Save the rule", "Why is the rule changed?", lambda reason: _save(name, wanted, as_of, reason)
        )


_MODE_OF: Mapping[str, Mode] = {"confirmed": "confirmed", "proposed": "proposed"}


def _wanted(rule: Rule) -> RuleSetting:
    """The settings that the widgets show."""
    slots = st.columns(2 + max(len(rule.parameters), 2), vertical_alignment="bottom")
    is_on = slots[0].toggle("On", rule.is_on, key=f"rule_on_{rule.name}")
    modes = list(_MODES) if may_confirm(rule) else ["proposed"]
    with slots[1]:
        mode = st.selectbox(
            "What it finds",
            modes,
            index=modes.index(rule.mode),
            format_func=_MODES.__getitem__,
            key=f"rule_mode_{rule.name}",
            help="Only what is certain may be confirmed without a person.",
        )
    parameters: dict[str, int | bool] = {}
    for slot, (one, value) in zip(slots[2:], rule.parameters.items(), strict=False):
        key, label = f"rule_{rule.name}_{one}", words.label(one)
        if isinstance(value, bool):
            parameters[one] = slot.toggle(label, value, key=key)
        else:
            parameters[one] = int(slot.number_input(label, 0, 400, value, key=key))
    return RuleSetting(is_on, _MODE_OF[mode], parameters)


def _try(rules: tuple[Rule, ...], name: str, wanted: RuleSetting, as_of: date, days: int) -> str:
    trial = try_rules(store(), as_of, changed_rules(rules, name, wanted), days)
    st.session_state[_TRIED] = (name, wanted, days, trial)
    return "Tried; nothing was changed"


def _save(name: str, wanted: RuleSetting, as_of: date, reason: str) -> None:
    def saved() -> str:
        save_rule(store(), name, wanted, as_of, decider(as_of).name, reason)
        st.session_state.pop(_TRIED, None)
        return f"Saved: {words.code(name)} is {in_words(wanted)}. It holds with the next run."

    simply(saved)


def _tried(name: str, wanted: RuleSetting) -> None:
    """The last trial, while it is of these settings."""
    tried = st.session_state.get(_TRIED)
    if tried is None or tried[:2] != (name, wanted):
        return
    days, trial = tried[2], tried[3]
    _figures(trial, days)


def _figures(trial: Trial, days: int) -> None:
    by_rule = trial_by_rule(trial)
    if by_rule.empty:
        nothing_here(f"Nothing of the last {days} days would change.")
        return
    counts = {"Would match": "new_count", "Would disturb": "disturbed_count", "Would unmatch": "unmatched_count"}
    for slot, (label, column) in zip(st.columns(3), counts.items(), strict=True):
        slot.metric(label, f"{int(by_rule[column].sum()):,}", border=True, help=_HELP[column])
    table(by_rule, "trial_rules")
    for label, frame, key in (("Would match", trial.would_match, "new"), ("Would end", trial.would_end, "end")):
        if not frame.empty:
            with st.expander(f"{label}: {words.count_of(len(frame), 'side')}", expanded=len(frame) <= 40):
                table(frame, f"trial_{key}", columns=_SIDE)
                foot(frame, frame)


_HELP = {
    "new_count": "Matches and proposals that are not there now",
    "disturbed_count": "Matches that end because every side of them is matched otherwise",
    "unmatched_count": "Matches that end, and some side of them is open again",
}
