"""One run of matching: what it made by rule, its matches, and undoing it as one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from analysis.match.decisions import undo_run
from analysis.match.run import match
from analysis.match.runs import run_by_rule, run_sides
from analysis.problems import RequestRefused
from analysis.tieout.today import working_day
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.details import facts
from analysis.ui.match_details import match_details, reason_form
from analysis.ui.opening import store, who
from analysis.ui.outcomes import matched_in_words
from analysis.ui.tables import foot, table

_MATCH = ("did", "match_id", "rule", "status", "side", "reference", "amount", "item_date", "payer_name", "explanation")


def run_button() -> None:
    """The rules are run over all that is loaded, as they are set now: after an undo, a changed rule, a new rate."""
    st.button(
        "Run the rules",
        key="run_rules_now",
        icon=":material/play_circle:",
        help="Over all that is loaded, as the rules are set now",
        on_click=_run,
    )


def _run() -> None:
    simply(_made)


def _made() -> str:
    day = working_day(store())
    if day is None:
        raise RequestRefused("nothing is loaded yet")
    results = match(store(), day, who())
    if not any(one.groups for one in results):
        return "No new match: nothing that is loaded fits what is open"
    return matched_in_words(results)


def run_details(run: Mapping[str, Any], as_of: date) -> None:
    """What the run made and ended; a run of the rules can be undone with a reason."""
    run_id = int(run["run_id"])
    with st.container(border=True, key="run_detail"):
        facts(run, ("run_id", "kind", "started_at", "run_by", "as_of_date", "undone_by_run", "undoes_run_id"), across=7)
        facts(run, ("reason",), across=1)
        if run["kind"] == "rules" and run["undone_by_run"] is None:
            _undo(run_id, as_of)
        made, sides = run_by_rule(store(), run_id), run_sides(store(), run_id)
        if not made.empty:
            st.caption("By rule")
            columns = ("rule", "made_count", "proposed_count", "amount", "standing_count")
            table(made, "run_rules", columns=columns)
        if sides.empty:
            st.caption("It made nothing and ended nothing.")
            return
        st.caption("Match by match: choose one to see it in full")
        rows = sides.assign(row=sides["match_id"].astype("string") + sides["did"] + sides["side"] + sides["fact_id"])
        chosen = table(rows, "run_sides", row_id="row", columns=_MATCH)
        foot(sides, sides)
    if chosen is not None:
        match_details(int(chosen["match_id"]), as_of, "run_match")


def _undo(run_id: int, as_of: date) -> None:
    def undone(reason: str) -> str:
        changed = undo_run(store(), run_id, decider(as_of), reason)
        what = words.count_of(changed, "match", "matches") if changed else "no match"
        return f"Run {run_id} is undone: {what} changed"

    def act(reason: str) -> None:
        simply(lambda: undone(reason))

    why = "Why is the run undone? What it made ends, and what it ended holds again."
    reason_form("undo_run", "Undo the run", why, act)
