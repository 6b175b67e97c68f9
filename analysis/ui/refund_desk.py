"""Refunds on the screen: asking for one from a worksheet, the queues with tick boxes, the steps, the lists that went
out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analysis.casework.payers import payer_book
from analysis.credits import refund_steps as steps
from analysis.credits.disposition import REFUNDS
from analysis.credits.payer_answers import answered_refunds
from analysis.credits.refund_checks import Wanted
from analysis.credits.refunds import (
    STATUSES,
    exported,
    exports,
    refund_history,
    second_above,
    set_second_above,
)
from analysis.money import dollars, plain, show, total
from analysis.problems import RequestRefused
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.details import facts
from analysis.ui.downloads import downloads
from analysis.ui.kept import kept
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.refund_letters import letters
from analysis.ui.tables import foot, picked, table

_COLUMNS: tuple[str, ...] = ("refund_id", "status", "payee_name", "amount", "account_number", "answer", "reason")
_COLUMNS += ("requested_by", "requested_on", "approved_by", "age_days", "export_id", "cheque_number", "cheque_date")
_COLUMNS += ("cleared_on", "answer_words", "acknowledged_as", "payee_type", "payee_address", "evidence")
_LIST: tuple[str, ...] = (
    "payment_id",
    "payee_type",
    "payee_name",
    "payee_address",
    "amount",
    "account_number",
    "reason",
)
_LIST += ("requested_by", "approved_by", "exported_on")
_FIELDS = ("payee_type", "payee_name", "payee_address", "amount", "reason", "evidence")
_WHOLE = (
    "payee_name",
    "payee_type",
    "amount",
    "account_number",
    "reason",
    "requested_by",
    "requested_on",
    "approved_by",
)
_SHOWN_WHOLE = 5
"""How many ticked refunds stand whole above what can be done with them."""

ALL = "All"


def refund_request(chosen: Mapping[str, Any], as_of: date) -> None:
    """A form that asks for a refund of the account's credit, where its audit allows one."""
    if chosen["disposition"] not in REFUNDS:
        st.caption("Nothing is refunded as it is read now. Where it is owed after all, record a reading above.")
        return
    is_patients = chosen["disposition"] == "refund_patient"
    begun = {
        "payee_type": "PATIENT" if is_patients else "PAYER",
        "payee_name": (chosen["patient_name"] if is_patients else chosen["owed_to"]) or "",
        "payee_address": "" if is_patients else _refund_address(chosen["owed_to"]),
        "amount": plain(chosen["credit_balance"]),
        "reason": words.code(chosen["cause"]) if chosen["cause"] != "unknown" else "",
        "evidence": spoken(chosen["evidence"]),
    }
    number = chosen["account_number"]
    _form(f"request-{chosen['account_id']}", "Request the refund", begun, lambda new: _request(number, new, as_of))


def _refund_address(payer_name: str | None) -> str:
    """Where refunds go to that payer, as the reference has it, in one line; empty where it has none."""
    payer = payer_book(store()).find(payer_name)
    return "" if payer is None else ", ".join((payer["refund_address"] or "").split("\n"))


def queue(as_of: date) -> pd.DataFrame:
    """The refunds in the status chosen; kept in the address."""
    whole = kept(("answered_refunds", as_of), lambda: answered_refunds(store(), as_of))
    there = [ALL, *(status for status in STATUSES if (whole["status"] == status).any())]
    asked = st.query_params.get("queue", ALL)
    chosen = st.segmented_control(
        "Queue",
        there,
        default=asked if asked in there else ALL,
        required=True,
        key=f"refund_queue-{len(there)}",
        format_func=lambda status: _queue_name(whole, status),
        label_visibility="collapsed",
    )
    return whole if chosen in (None, ALL) else whole[whole["status"] == chosen]


def _queue_name(whole: pd.DataFrame, status: str) -> str:
    rows = whole if status == ALL else whole[whole["status"] == status]
    return f"{words.code(status)} {len(rows):,} · {show(total(rows['amount']))}"


def refund_table(shown: pd.DataFrame, as_of: date) -> list[dict[str, Any]]:
    """The refunds with tick boxes; the ticked ones, whose total stands below."""
    ticked = picked(shown, "refunds", row_id="refund_id", columns=_COLUMNS)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(shown, shown, "amount")
        st.markdown(f"**{words.count_of(len(ticked), 'refund')} ticked: {show(total(r['amount'] for r in ticked))}**")
    with right:
        downloads(shown, "refunds", "Refunds", as_of, "Refunds by status: US dollars.")
    return ticked


def refund_actions(ticked: Sequence[Mapping[str, Any]], as_of: date) -> None:
    """What can be done with the ticked refunds: approve, decline, export; of a single one each further step."""
    for row in ticked[:_SHOWN_WHOLE]:
        with st.container(border=True, key=f"refund_{row['refund_id']}"):
            facts(row, _WHOLE, across=4)
            facts(row, ("payee_address", "evidence"), across=1)
    statuses = {row["status"] for row in ticked}
    named = [(int(row["refund_id"]), int(row["version"])) for row in ticked]
    if statuses <= {"requested", "waiting_second"}:
        reason_form("approve_refunds", "Approve", "Why is it approved?", _each("Approved", steps.approve, named, as_of))
    if statuses == {"approved"}:
        st.button("Export as one list", key="export_refunds", type="primary", on_click=_export, args=(named, as_of))
    if statuses <= set(steps.OPEN):
        reason_form("decline_refunds", "Decline", "Why is it declined?", _each("Declined", steps.decline, named, as_of))
    if len(ticked) == 1:
        _one(ticked[0], named[0], as_of)


def _one(row: Mapping[str, Any], named: tuple[int, int], as_of: date) -> None:
    status = row["status"]
    if status == "exported":
        _dated("cheque", "Record the cheque", "Cheque number", steps.record_cheque, named, as_of)
    if status == "issued":
        st.date_input("Cleared on", value=as_of, max_value=as_of, key="cleared_on", format="YYYY-MM-DD")
        st.button("Cleared", key="clear_refund", on_click=_cleared, args=(named, as_of))
        reason_form("return_refund", "Returned", "Why?", _each("Returned", steps.return_, [named], as_of))
    if status in ("exported", "issued"):
        reason_form("void_refund", "Void", "Why?", _each("Voided", steps.void, [named], as_of))
    if status in ("issued", "cleared"):
        _dated("acknowledge", "Acknowledged", "Letter or PLB reference", steps.acknowledge, named, as_of)
    if status in steps.OPEN:
        with st.expander("Edit: its approvals are void then", icon=":material/edit:"):
            begun = {name: plain(row[name]) if name == "amount" else row[name] for name in _FIELDS}
            key = f"edit-{named[0]}-{named[1]}"
            _form(key, "Save the edit", begun, lambda new: _edit(named, row["account_number"], new, as_of))
    with st.expander("History, refused attempts too", icon=":material/history:"):
        columns = ("decided_at", "action", "decided_by", "reason", "version", "reference", "on_date", "effective_on")
        table(refund_history(store(), named[0]), "refund_history", columns=columns)


def refund_lists(as_of: date) -> None:
    """The lists that went out; the one that is chosen can be downloaded again, as it was."""
    made = exports(store(), as_of)
    if made.empty:
        st.caption("No list has gone out.")
        return
    chosen = table(made, "refund_lists", row_id="export_id")
    if chosen is None:
        st.caption("Choose a list to see its refunds and to download it for accounts payable.")
        return
    rows = exported(store(), int(chosen["export_id"]))
    table(rows, "refund_list_rows", columns=_LIST)
    title = f"Refunds, list {chosen['export_id']}"
    downloads(rows, f"refund_list_{chosen['export_id']}", title, as_of, f"SHA-256 {chosen['content_hash']}")
    letters(int(chosen["export_id"]), as_of)


def refund_policy(as_of: date) -> None:
    """Above which amount two people approve, and another one from the day looked at."""
    now = plain(second_above(store(), as_of))
    st.text_input("Two people approve above, dollars", value=now, key="refund_second_above")
    reason_form(
        "refund_policy", "Set it", "Why?", lambda why: _set_policy(st.session_state["refund_second_above"], as_of, why)
    )


def _form(key: str, label: str, begun: Mapping[str, Any], act: Callable[[Mapping[str, Any]], None]) -> None:
    with st.form(f"{key}_form", border=False):
        first, second, third = st.columns([1, 3, 1])
        kinds = ("PAYER", "PATIENT")
        first.selectbox(
            "Payee is the",
            kinds,
            index=kinds.index(begun["payee_type"]),
            key=f"{key}_payee_type",
            format_func=words.code,
        )
        second.text_input("Payee", value=begun["payee_name"], key=f"{key}_payee_name")
        third.text_input("Amount, dollars", value=begun["amount"], key=f"{key}_amount")
        st.text_input("Address", value=begun["payee_address"], key=f"{key}_payee_address")
        st.text_input("Reason", value=begun["reason"], key=f"{key}_reason")
        st.text_input("Evidence", value=begun["evidence"], key=f"{key}_evidence")
        st.form_submit_button(
            label, key=f"{key}_button", on_click=lambda: act({n: st.session_state[f"{key}_{n}"] for n in _FIELDS})
        )


def _wanted(account_number: str, new: Mapping[str, Any]) -> Wanted:
    return Wanted(account_number=account_number, **{**new, "amount": _amount(new["amount"])})


def _amount(typed: str) -> Decimal:
    amount = dollars(typed)
    if amount is None:
        raise RequestRefused("wanted dollars such as 25.00")
    return amount


def _request(account_number: str, new: Mapping[str, Any], as_of: date) -> None:
    def done() -> str:
        number = steps.request(store(), _wanted(account_number, new), decider(as_of))
        return f"Refund {number} is requested; another person approves it under Refunds"

    simply(done)


def _edit(named: tuple[int, int], account_number: str, new: Mapping[str, Any], as_of: date) -> None:
    def done() -> str:
        steps.edit(store(), *named, _wanted(account_number, new), decider(as_of))
        return f"Refund {named[0]} is edited; nobody has approved it yet"

    simply(done)


def _each(says: str, act: Callable[..., None], named: Sequence[tuple[int, int]], as_of: date) -> Callable[[str], None]:
    """Does it with one after the other; where one is refused, that is told and those after it are not touched."""

    def done(number: int, version: int, reason: str) -> str:
        act(store(), number, version, decider(as_of), reason)
        return f"{says}: refund {number}"

    def do(reason: str) -> None:
        all(simply(lambda n=number, v=version: done(n, v, reason)) for number, version in named)  # type: ignore[misc]

    return do


def _export(named: Sequence[tuple[int, int]], as_of: date) -> None:
    def done() -> str:
        export_id = steps.export(store(), named, decider(as_of))
        return f"List {export_id} is made; choose it below to download it"

    simply(done)


def _dated(key: str, label: str, what: str, act: Callable[..., None], named: tuple[int, int], as_of: date) -> None:
    st.date_input("On", value=as_of, max_value=as_of, key=f"{key}_on", format="YYYY-MM-DD")

    def done(number: str) -> str:
        act(store(), *named, number, st.session_state[f"{key}_on"], decider(as_of))
        return f"Refund {named[0]}: {number}"

    def do(number: str) -> None:
        simply(lambda: done(number))

    reason_form(key, label, what, do, what)


def _cleared(named: tuple[int, int], as_of: date) -> None:
    def done() -> str:
        steps.clear(store(), *named, st.session_state["cleared_on"], decider(as_of))
        return f"Refund {named[0]} is cleared"

    simply(done)


def _set_policy(typed: str, as_of: date, reason: str) -> None:
    def done() -> str:
        set_second_above(store(), _amount(typed), decider(as_of), reason)
        return "The refund policy is set"

    simply(done)
