"""Keying a batch on the screen: which one, its header, how far it is, its close."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from analysis.casework import keying
from analysis.casework.batch_checks import batch_problems
from analysis.casework.keyed_close import close_batch
from analysis.days import day
from analysis.money import ZERO, dollars, plain, show
from analysis.problems import RequestRefused
from analysis.tieout.today import latest_day
from analysis.ui.decisions import decider, simply
from analysis.ui.keying_pad import Field, Keyed, each, pad
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import foot, table

BATCH = "batch"
"""The address's parameter for the batch that is keyed."""

_VIEWS = ("Amounts", "Cheques", "Remittance", "Close")
_KEYS = {"Amounts": "Alt+1", "Cheques": "Alt+2", "Remittance": "Alt+3", "Close": "Alt+4"}

Row = Mapping[str, Any]


def day_to_key() -> date:
    """The day that is looked at; in an empty store the calendar's."""
    chosen = st.session_state.get("as_of")
    return chosen if isinstance(chosen, date) else latest_day(store()) or date.today()


def chosen_batch() -> Row | None:
    """The batch that the address names, None for none or one that is not there."""
    asked = str(st.query_params.get(BATCH, ""))
    return keying.batch_told(store(), int(asked)) if asked.isascii() and asked.isdigit() else None


def new_batch(at: date) -> None:
    """The fields of a new batch's header; with the last Enter it is open."""
    st.caption("Add up the cheques and cash first: the control total and the count are what the lines must come to.")
    fields = (
        Field("control_total", "Control total", "1234.50", ten_key=True),
        Field("control_count", "Count", "how many", ten_key=True),
        Field("deposit_date", "Deposit date", value=at.isoformat()),
        Field("bank_account", "Bank account", "where it is deposited"),
        Field("payer_name", "Payer", "if all are of one", wide=True),
        Field("batch_type", "Type", value="MANUAL"),
    )
    pad("new_batch", fields, each(lambda keyed: _start(keyed, at)), "Start the batch")


def _start(keyed: Keyed, at: date) -> None:
    header = _header(keyed.values, at)
    st.query_params[BATCH] = str(keying.start_batch(store(), header, decider(at)))


def _header(typed: Mapping[str, str], at: date) -> keying.Header:
    count = typed["control_count"].strip()
    return keying.Header(
        control_total=amount(typed["control_total"]),
        control_count=int(count) if count.isascii() and count.isdigit() and len(count) < 7 else 0,
        received_date=min(at, typed_day(typed["deposit_date"])),
        deposit_date=typed_day(typed["deposit_date"]),
        batch_type=typed["batch_type"].strip().upper() or "MANUAL",
        bank_account=typed["bank_account"].strip() or None,
        payer_name=typed["payer_name"].strip() or None,
    )


def batch_list() -> None:
    """The batches keyed so far; the chosen one is opened."""
    made = keying.keyed_batches(store())
    if made.empty:
        st.caption("No batch has been keyed yet.")
        return
    columns: tuple[str, ...] = (
        "batch_id",
        "status",
        "deposit_date",
        "payer_name",
        "control_total",
        "line_total",
        "difference_amount",
    )
    columns += ("line_count", "control_count", "keyed_by", "ended_by")
    chosen = table(made, "keyed_batches", row_id="keyed_batch_id", columns=columns)
    foot(made, made, "control_total")
    if chosen is not None:
        st.button("Open it", key="open_batch", type="primary", on_click=_open, args=(int(chosen["keyed_batch_id"]),))


def _open(batch: int | None) -> None:
    if batch is None:
        st.query_params.pop(BATCH, None)
    else:
        st.query_params[BATCH] = str(batch)


def batch_strip(told: Row) -> None:
    """Control total, tape and count, and on top of all the difference between them."""
    with st.container(border=True, key="batch_strip"):
        difference, control, tape, count = st.columns(4)
        ties = told["difference_amount"] == ZERO and told["line_count"] == told["control_count"]
        with difference, st.container(key="difference_ties" if ties else "difference_open"):
            st.metric(
                "Difference",
                show(told["difference_amount"]),
                "✓ ties" if ties else "control less tape",
                delta_arrow="off",
            )
        control.metric("Control total", show(told["control_total"]))
        tape.metric("Tape", show(told["line_total"]))
        count.metric("Count", f"{told['line_count']:,} of {told['control_count']:,}")
        told_of = (told["batch_id"], told["status"], f"deposit of {told['deposit_date']}", told["payer_name"])
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.text(" · ".join(str(one) for one in told_of if one))
        right.button("All batches", key="all_batches", on_click=_open, args=(None,), type="tertiary")


def keying_view() -> str:
    """Which part of the batch is keyed now: Amounts, Cheques, Remittance or Close; each has its key."""
    st.session_state.setdefault("keying_view", _VIEWS[0])
    with st.container(horizontal=True, key="keying_views"):
        for name in _VIEWS:
            kind: Any = "primary" if st.session_state["keying_view"] == name else "secondary"
            st.button(
                name, key=f"keying_{name}", shortcut=_KEYS[name], type=kind, on_click=_view, args=(name,), width=170
            )
    return str(st.session_state["keying_view"])


def _view(name: str) -> None:
    st.session_state["keying_view"] = name


def close_view(told: Row, at: date) -> None:
    """What keeps the batch from being closed; where nothing does, the way to close it."""
    batch = int(told["keyed_batch_id"])
    problems = batch_problems(store(), batch, at)
    for problem in problems:
        st.text(f"≠ {problem}")
    if not problems:
        st.success("The batch balances to its control total and count.", icon=":material/check_circle:")
    st.button(
        "Close the batch",
        key="close_batch",
        type="primary",
        shortcut="Alt+S",
        disabled=bool(problems),
        on_click=_close,
        args=(batch, at),
    )
    with st.expander("Correct the control total", icon=":material/edit:"):
        _control_form(told, at)
    with st.expander("Discard the batch", icon=":material/delete:"):
        reason_form("discard_batch", "Discard", "Why?", lambda why: _discard(batch, at, why))


def _close(batch: int, at: date) -> None:
    def done() -> str:
        made = close_batch(store(), batch, decider(at))
        return f"Batch {made} is closed: its receipts and lines are in, make its deposit slip under Deposits"

    simply(done)


def _control_form(told: Row, at: date) -> None:
    key = f"control-{told['keyed_batch_id']}-{told['version']}"
    with st.form(f"{key}_form", border=False):
        left, right = st.columns(2)
        left.text_input("Control total", value=plain(told["control_total"]), key=f"{key}_total")
        right.text_input("Count", value=str(told["control_count"]), key=f"{key}_count")
        st.form_submit_button("Correct it", on_click=lambda: _correct(told, key, at))


def _correct(told: Row, key: str, at: date) -> None:
    def done() -> str:
        typed = {name: str(told[name] or "") for name in ("deposit_date", "bank_account", "payer_name", "batch_type")}
        typed |= {"control_total": st.session_state[f"{key}_total"], "control_count": st.session_state[f"{key}_count"]}
        batch, version = int(told["keyed_batch_id"]), int(told["version"])
        keying.change_header(store(), batch, version, _header(typed, told["received_date"]), decider(at))
        return "The control total is corrected"

    simply(done)


def _discard(batch: int, at: date, reason: str) -> None:
    def done() -> str:
        keying.discard(store(), batch, decider(at), reason)
        return "The batch is discarded"

    simply(done)


def amount(typed: str) -> Decimal:
    """The dollars that were typed. Raises `RequestRefused` for none."""
    found = dollars(typed)
    if found is None:
        raise RequestRefused("wanted dollars such as 125.00")
    return found


def typed_day(typed: str) -> date:
    """The date that was typed. Raises `RequestRefused` for none."""
    found = day(typed.strip())
    if found is None:
        raise RequestRefused("wanted a date such as 2026-11-13")
    return found
