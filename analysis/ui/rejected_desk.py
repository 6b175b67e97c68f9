"""Working on rejected claims: the list by code, what was done with one, and the next step of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.casework import rejections
from analysis.casework.rejections import CODES, open_amounts, rejected_history, rejected_version
from analysis.money import show
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.details import facts, raw
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import foot, table

_COLUMNS = ("codes", "amount", "claim_id", "standing", "payer_name", "age_days", "why", "next_step")
_FACTS = ("claim_id", "amount", "charge_amount", "payer_name", "trace_number", "item_date", "standing", "codes")
_DONE = ("account_number", "home_name", "reference", "on_date", "decided_by")
_ACTS = ("decided_at", "decided_by", "action", "account_number", "home_name", "reference", "on_date", "reason")
_WIDTHS = {"codes": 90, "standing": 150, "payer_name": 185, "why": 300, "next_step": 330}


def rejected_list(whole: pd.DataFrame, as_of: date) -> dict[str, Any] | None:
    """The claims of a code, or all that are open; the one chosen."""
    is_open = ~whole["is_settled"].astype(bool)
    to_post, to_take_back = open_amounts(whole)
    back = f", {show(to_take_back)} to take back" if to_take_back else ""
    st.text(spoken(f"{words.count_of(int(is_open.sum()), 'claim')} open: {show(to_post)} to post{back}"))
    codes = sorted({code for row in whole["codes"] for code in row.split("; ")})
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    code = left.pills("Code", codes, key="rejected_code", help="Why it cannot be posted; none chosen shows all")
    with_settled = right.toggle("Settled too", key="rejected_settled")
    shown = whole if with_settled else whole[is_open]
    if code:
        st.caption(f"{code}: {CODES[code].says}. Next: {CODES[code].next_step}.")
        shown = shown[shown["codes"].map(lambda told: code in told.split("; ")).astype(bool)]
    chosen = table(shown, "rejected_claims", row_id="case_id", columns=_COLUMNS, widths=_WIDTHS)
    foot(shown, whole, "amount")
    return chosen


def rejected_detail(chosen: Mapping[str, Any], as_of: date) -> None:
    """Why it cannot be posted, what was done, and the steps that may follow."""
    facts(chosen, _FACTS, across=4)
    facts(chosen, _DONE, across=4)
    for code in str(chosen["codes"]).split("; "):
        st.markdown(f"**{code}** {CODES[code].says} · next: {CODES[code].next_step}")
    number = int(chosen["claim_payment_id"])
    way("claim", number)
    version = rejected_version(store(), number)
    key = f"rejected-{number}-{version}"
    match chosen["standing"]:
        case "open" | "assigned":
            _work_forms(chosen, number, version, key, as_of)
        case "waiting_second":
            _decide("Approve", "Approved by a second person: the money is another home's", number, version, key, as_of)
            _reopen(number, version, key, as_of)
        case _:
            _reopen(number, version, key, as_of)
    done = rejected_history(store(), number)
    if not done.empty:
        st.caption("What was done with it")
        table(done, f"{key}_history", columns=[name for name in _ACTS if done[name].notna().any()])
    raw(chosen, "As the file wrote it", last="place")


def _work_forms(chosen: Mapping[str, Any], number: int, version: int, key: str, as_of: date) -> None:
    assign, post, send = st.tabs(["Assign to an account", "Posted by hand", "Send to its home"], key="rejected_tabs")
    with assign, st.form(f"{key}_assign", border=False):
        left, middle, right = st.columns([1, 2, 1], vertical_alignment="bottom")
        left.text_input("Account", key=f"{key}_account")
        middle.text_input("How is it known?", key=f"{key}_assign_why")
        right.form_submit_button("Assign", key=f"{key}_do_assign", on_click=_assign, args=(number, version, key, as_of))
    with post, st.form(f"{key}_post", border=False):
        first, second, third, last = st.columns([1, 1, 2, 1], vertical_alignment="bottom")
        first.text_input("Posting's reference", key=f"{key}_post_reference")
        second.date_input("Posted on", value=as_of, key=f"{key}_post_on", format="YYYY-MM-DD")
        third.text_input("What was posted?", key=f"{key}_post_why")
        last.form_submit_button("Record it", key=f"{key}_do_post", on_click=_post, args=(number, version, key, as_of))
    with send, st.form(f"{key}_send", border=False):
        first, second, third, fourth, last = st.columns([2, 1, 1, 2, 1], vertical_alignment="bottom")
        first.text_input("Whose is it?", key=f"{key}_home")
        second.text_input("Reference", key=f"{key}_send_reference")
        third.date_input("Sent on", value=as_of, key=f"{key}_send_on", format="YYYY-MM-DD")
        fourth.text_input("Why is it theirs?", key=f"{key}_send_why")
        last.form_submit_button("Send", key=f"{key}_do_send", on_click=_send, args=(number, version, key, as_of))
        if chosen["amount"] != 0:
            st.caption(
                "It was paid, so that another person has to approve it. Its money is sent under Unidentified money."
            )


def _assign(number: int, version: int, key: str, as_of: date) -> None:
    told = st.session_state

    def done() -> str:
        rejections.assign(store(), number, version, told[f"{key}_account"], decider(as_of), told[f"{key}_assign_why"])
        return "The claim is assigned"

    simply(done)


def _post(number: int, version: int, key: str, as_of: date) -> None:
    told = st.session_state

    def done() -> str:
        reference, on_date, why = (told[f"{key}_post_{name}"] for name in ("reference", "on", "why"))
        rejections.post_by_hand(store(), number, version, reference, on_date, decider(as_of), why)
        return "The claim is posted by hand"

    simply(done)


def _send(number: int, version: int, key: str, as_of: date) -> None:
    told = st.session_state

    def done() -> str:
        reference, on_date, why = (told[f"{key}_send_{name}"] for name in ("reference", "on", "why"))
        home = told[f"{key}_home"]
        rejections.send_home(store(), number, version, home, reference, on_date, decider(as_of), why)
        return "The claim is sent to its home"

    simply(done)


def _decide(label: str, why: str, number: int, version: int, key: str, as_of: date) -> None:
    def act(reason: str) -> None:
        simply(lambda: done(reason))

    def done(reason: str) -> str:
        rejections.approve_sent(store(), number, version, decider(as_of), reason)
        return "Approved: the claim is another home's"

    reason_form(f"{key}_approve", label, why, act)


def _reopen(number: int, version: int, key: str, as_of: date) -> None:
    def act(reason: str) -> None:
        simply(lambda: done(reason))

    def done(reason: str) -> str:
        rejections.reopen(store(), number, version, decider(as_of), reason)
        return "The claim is open again"

    reason_form(f"{key}_reopen", "Open it again", "Why does it not hold?", act)
