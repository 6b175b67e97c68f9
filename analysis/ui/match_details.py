"""One match: its sides, who made it and when, what agrees and differs, its history, and taking it apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from analysis.match.decisions import unmatch
from analysis.match.standing import history, match_sides, match_told
from analysis.ui import words
from analysis.ui.decisions import carry_out, decider, seen_so_far
from analysis.ui.details import facts
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import row_of, table

_THINGS = {"bank": "deposit", "remittance": "remittance", "batch": "batch"}
_SIDES = ("side", "reference", "amount", "item_date", "payer_name", "bank_account")


def match_details(match_id: int, as_of: date, key: str = "match") -> None:
    """The match in full; where it is confirmed, it can be taken apart with a reason."""
    told = match_told(store(), match_id)
    if told is None:
        return
    sides = match_sides(store(), match_id)
    with st.container(border=True, key=f"{key}_detail"):
        facts(told, ("match_id", "status", "rule", "confidence", "run_by", "made_at"), across=6)
        facts(told, ("explanation", "agrees", "differs"), across=3)
        facts(told, ("remainder_amount", "remainder_reason"), across=3)
        table(sides, f"{key}_sides", columns=_SIDES)
        with st.container(horizontal=True, key=f"{key}_ways"):
            for place in range(min(len(sides), 6)):
                side = row_of(sides.iloc[[place]])
                way(
                    side["side"],
                    side["fact_id"],
                    f"Open the {_THINGS[side['side']]} {words.unmarked(side['reference'])}",
                )
        _history(match_id, key)
        if told["status"] == "confirmed":
            _taken_apart(match_id, int(told["version"]), as_of)
        elif told["status"] == "proposed":
            st.page_link(
                "pages/unmatched.py", label="Confirm or decline it under Unmatched", icon=":material/link_off:"
            )


def _history(match_id: int, key: str) -> None:
    decided = history(store(), "match", str(match_id))
    if not decided.empty:
        st.caption("What was decided about it")
        table(decided, f"{key}_history", columns=("decided_at", "action", "decided_by", "reason", "effective_on"))


def _taken_apart(match_id: int, version: int, as_of: date) -> None:
    seen = seen_so_far()

    def act(reason: str) -> None:
        says, by = f"Unmatched: match {match_id} ({reason})", decider(as_of)
        carry_out(seen, says, "match", str(match_id), lambda: unmatch(store(), match_id, version, by, reason))

    reason_form("unmatch", "Unmatch", "Why is it no match? Its money is open again, and no rule makes it again.", act)


def reason_form(key: str, label: str, why: str, act: Callable[[str], None], asks_for: str = "Reason") -> None:
    """A reason and a button; `act` gets the reason, with what it knows from when the page was drawn."""
    with st.form(f"{key}_form", border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        left.text_input(why, key=f"{key}_reason", placeholder=asks_for)
        right.form_submit_button(
            label, key=f"{key}_button", width="stretch", on_click=lambda: act(st.session_state[f"{key}_reason"].strip())
        )
