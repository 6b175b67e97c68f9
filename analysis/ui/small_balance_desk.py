"""Small balances on the screen: what the policy proposes, putting them on a list, the second person, and the policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from analysis.credits.small_balances import (
    STATE_RULES,
    approve_list,
    decline_list,
    policy,
    put_on_list,
    set_policy,
    set_state_rule,
    small_balance_lists,
    small_balances,
)
from analysis.money import dollars, plain, show, total
from analysis.problems import RequestRefused
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.downloads import downloads
from analysis.ui.kept import kept
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import picked, table

_COLUMNS: tuple[str, ...] = (
    "account_number",
    "patient_name",
    "credit_balance",
    "age_days",
    "state",
    "state_rule",
    "barred_by",
)
_COLUMNS += ("dormant_on", "evidence")


def small_balance_worklist(as_of: date) -> None:
    """The credits that the policy proposes with tick boxes; the ticked ones go on a list for another person."""
    rules = policy(store(), as_of)
    if rules.below is None:
        st.caption("No policy is set, so that no small credit is proposed. Nothing is ever written off by itself.")
        return
    st.caption(spoken(f"Patients' credits below {show(rules.below)}, older than {rules.older_than_days:,} days."))
    rows = kept(("small_balances", as_of), lambda: small_balances(store(), as_of))
    if rows.empty:
        st.caption("No credit falls under the policy.")
        return
    ticked = picked(rows, "small_balances", row_id="account_id", columns=_COLUMNS)
    downloads(rows, "small_balances", "Small balances", as_of, "Credits that the policy proposes to write off.")
    if not ticked:
        return
    states = ", ".join(sorted({row["state"] or "not known" for row in ticked}))
    count = words.count_of(len(ticked), "credit")
    st.markdown(f"**{count} ticked: {show(total(row['credit_balance'] for row in ticked))}**")
    st.checkbox(f"The law of these states lets them be written off: {words.unmarked(states)}", key="small_tick")
    reason_form("small_list", "Put on a list", "Why?", lambda why: _list(ticked, as_of, why))


def _list(ticked: Sequence[Mapping[str, Any]], as_of: date, reason: str) -> None:
    def done() -> str:
        chosen = [(row["account_number"], row["credit_balance"]) for row in ticked]
        number = put_on_list(store(), chosen, bool(st.session_state["small_tick"]), decider(as_of), reason)
        return f"List {number} waits for another person to approve it"

    simply(done)


def small_lists(as_of: date) -> None:
    """The lists of small balances; those that wait are approved or declined whole."""
    rows = small_balance_lists(store(), as_of)
    if rows.empty:
        return
    table(rows, "small_balance_lists")
    waiting = sorted({int(number) for number in rows[rows["status"] == "waiting"]["list_id"]})
    if not waiting:
        return
    number = st.selectbox("List that waits", waiting, key="small_waiting")

    def approved(reason: str) -> None:
        simply(lambda: _approve(number, as_of, reason))

    def declined(reason: str) -> None:
        simply(lambda: _decline(number, as_of, reason))

    reason_form("approve_small", "Approve the list", "Why?", approved)
    reason_form("decline_small", "Decline the list", "Why?", declined)


def _approve(number: int, as_of: date, reason: str) -> str:
    approve_list(store(), number, decider(as_of), reason)
    return f"List {number} is approved; send its instructions to billing"


def _decline(number: int, as_of: date, reason: str) -> str:
    decline_list(store(), number, decider(as_of), reason)
    return f"List {number} is declined"


def small_balance_policy(as_of: date) -> None:
    """Below which amount and after how many days credits are proposed, and what holds for the credits of a state."""
    rules = policy(store(), as_of)
    left, right = st.columns(2)
    with left:
        now = "" if rules.below is None else plain(rules.below)
        st.text_input("Propose below, dollars (empty: nothing)", value=now, key="small_below")
        st.number_input("Older than, days", 0, None, rules.older_than_days, key="small_days")
        reason_form("small_policy", "Set the policy", "Its source", lambda why: _set_policy(as_of, why))
    with right:
        st.text_input("State", key="small_state", placeholder="OH", max_chars=2)
        rule = st.selectbox("What holds for it", list(STATE_RULES), key="small_rule", format_func=words.code)
        st.caption(STATE_RULES[rule])
        reason_form("small_state_rule", "Set the state's rule", "Its source", lambda why: _set_state(as_of, rule, why))


def _set_policy(as_of: date, source: str) -> None:
    def done() -> str:
        typed = st.session_state["small_below"].strip()
        below = dollars(typed) if typed else None
        if typed and below is None:
            raise RequestRefused("wanted dollars such as 5.00")
        set_policy(store(), below, int(st.session_state["small_days"]), decider(as_of), source)
        return "The policy on small balances is set"

    simply(done)


def _set_state(as_of: date, rule: str, source: str) -> None:
    def done() -> str:
        set_state_rule(store(), st.session_state["small_state"], rule, decider(as_of), source)
        return f"{st.session_state['small_state'].upper()}: {words.code(rule).lower()}"

    simply(done)
