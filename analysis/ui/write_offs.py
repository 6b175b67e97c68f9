"""Deciding about a variance: how it was resolved, writing a small one off, the second person, and the policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from analysis.money import ZERO, dollars, show
from analysis.problems import RequestRefused
from analysis.tieout.settling import approve, resolve, withdraw, write_off
from analysis.tieout.write_offs import RESOLUTIONS, policy, set_policy, write_offs
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.details import facts
from analysis.ui.downloads import downloads
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import table

_COLUMNS: tuple[str, ...] = (
    "write_off_id",
    "reference",
    "amount",
    "status",
    "reason",
    "written_by",
    "written_at",
    "second_person",
)
_COLUMNS += ("effective_on", "most_amount", "second_above")


def settling(chosen: Mapping[str, Any], as_of: date) -> None:
    """What was decided about one variance, and the two things that can be decided."""
    facts(chosen, ("resolution", *(["written_off"] if chosen["written_off"] else [])), across=6)
    left, right = st.columns(2)
    with left:
        code = st.selectbox("How was it resolved?", list(RESOLUTIONS), key="resolution_code", format_func=words.code)
        reason_form("resolve", "Resolve", RESOLUTIONS[code], lambda note: _resolve(chosen, code, as_of, note))
    with right:
        limits = policy(store(), as_of)
        st.caption(
            f"Written off up to {show(limits.most)}; above {show(limits.second_person_above)} "
            f"a second person approves. Policy of {limits.effective_on.isoformat()}."
        )
        if ZERO < abs(chosen["variance"] - chosen["written_off"]) <= limits.most:
            reason_form("write_off", "Write off", "Why?", lambda reason: _write_off(chosen, as_of, reason))


def _resolve(chosen: Mapping[str, Any], code: str, as_of: date, note: str) -> None:
    def done() -> str:
        resolve(store(), chosen["variance_id"], code, decider(as_of), note)
        return f"{chosen['reference'] or chosen['variance_id']}: {words.code(code)}"

    simply(done)


def _write_off(chosen: Mapping[str, Any], as_of: date, reason: str) -> None:
    def done() -> str:
        write_off(store(), chosen["variance_id"], chosen["variance"], decider(as_of), reason)
        return f"{chosen['reference'] or chosen['variance_id']}: written off, {reason}"

    simply(done)


def write_off_list(as_of: date) -> None:
    """Every write-off as its own record; one that waits can be approved by another person, each can be withdrawn."""
    rows = write_offs(store(), as_of)
    if rows.empty:
        st.caption("Nothing has been written off.")
        return
    chosen = table(rows, "write_offs", row_id="write_off_id", columns=_COLUMNS)
    downloads(rows, "write_offs", "Write-offs", as_of, "Differences written off: US dollars of deposited − posted.")
    if chosen is None or chosen["status"] == "withdrawn":
        return
    number = int(chosen["write_off_id"])
    if chosen["status"] == "waiting":
        reason_form("approve", "Approve", "Approved by a second person", _decides(approve, number, as_of, "approved"))
    reason_form("withdraw", "Withdraw", "Why does it not hold?", _decides(withdraw, number, as_of, "withdrawn"))


def _decides(act: Callable[..., None], number: int, as_of: date, says: str) -> Callable[[str], None]:
    def done(reason: str) -> str:
        act(store(), number, decider(as_of), reason)
        return f"Write-off {number}: {says}"

    def decide(reason: str) -> None:
        simply(lambda: done(reason))

    return decide


def policy_editor(as_of: date) -> None:
    """The write-off policy in force, and a new one from the day looked at."""
    limits = policy(store(), as_of)
    st.caption(f"In force since {limits.effective_on.isoformat()}: {limits.source}.")
    left, right = st.columns(2)
    most = left.text_input("Never more than, dollars", value=f"{limits.most:.2f}", key="policy_most")
    above = right.text_input(
        "A second person above, dollars", value=f"{limits.second_person_above:.2f}", key="policy_second"
    )
    reason_form("policy", "Set the policy", "Why?", lambda reason: _set_policy(most, above, as_of, reason))


def _set_policy(most: str, above: str, as_of: date, reason: str) -> None:
    def done() -> str:
        set_policy(store(), _amount(most), _amount(above), decider(as_of), reason)
        return "The write-off policy is set"

    simply(done)


def _amount(typed: str) -> Decimal:
    amount = dollars(typed)
    if amount is None:
        raise RequestRefused("a write-off policy: wanted dollars such as 25.00")
    return amount
