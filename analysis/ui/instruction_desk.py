"""Instructions to the billing system on the screen: queues by status with tick boxes, sending, the lists that went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.credits.billing_lists import (
    STATUSES,
    billing_list_rows,
    billing_lists,
    instruction_queue,
    send,
)
from analysis.money import show, total
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.downloads import downloads
from analysis.ui.kept import kept
from analysis.ui.opening import store
from analysis.ui.tables import foot, picked, table

_COLUMNS: tuple[str, ...] = ("status", "kind", "account_number", "amount", "to_account", "instruction", "list_id")
_COLUMNS += ("sent_on", "sent_by", "extract_count", "credit_now_amount", "done_on", "transaction_id", "reference")
_COLUMNS += ("payer_name", "credit_date", "facility")
ALL = "All"


def instructions_in(as_of: date) -> pd.DataFrame:
    """The instructions in the status chosen; kept in the address."""
    whole = kept(("instruction_queue", as_of), lambda: instruction_queue(store(), as_of))
    there = [ALL, *(status for status in STATUSES if (whole["status"] == status).any())]
    asked = st.query_params.get("instructions", ALL)
    chosen = st.segmented_control(
        "Queue",
        there,
        default=asked if asked in there else ALL,
        required=True,
        key=f"instruction_queue-{len(there)}",
        format_func=lambda status: _name(whole, status),
        label_visibility="collapsed",
    )
    if chosen in STATUSES:
        st.caption(f"{words.code(chosen)}: {STATUSES[chosen]}.")
    return whole if chosen in (None, ALL) else whole[whole["status"] == chosen]


def _name(whole: pd.DataFrame, status: str) -> str:
    rows = whole if status == ALL else whole[whole["status"] == status]
    return f"{words.code(status)} {len(rows):,} · {show(total(rows['amount']))}"


def instruction_table(shown: pd.DataFrame, as_of: date) -> None:
    """The instructions with tick boxes; the ticked ones that are open go out as one list."""
    ticked = picked(shown, "instructions", row_id="instruction_key", columns=_COLUMNS)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(shown, shown, "amount")
    with right:
        downloads(shown, "instructions", "Instructions to billing", as_of, "Instructions by status: US dollars.")
    if not ticked:
        st.caption("Tick open instructions to send them to the billing system as one list; each is sent once.")
        return
    count = words.count_of(len(ticked), "instruction")
    st.markdown(f"**{count} ticked: {show(total(row['amount'] for row in ticked))}**")
    if all(row["status"] == "open" for row in ticked):
        st.button("Send as one list", key="send_instructions", type="primary", on_click=_send, args=(ticked, as_of))
    else:
        st.caption("Some of the ticked ones were sent already.")


def _send(ticked: Sequence[Mapping[str, Any]], as_of: date) -> None:
    def done() -> str:
        chosen = [(row["instruction_key"], row["amount"]) for row in ticked]
        return f"List {send(store(), chosen, decider(as_of))} is made; choose it below to download it"

    simply(done)


def sent_lists(as_of: date) -> None:
    """The lists that went out; the one that is chosen can be downloaded again, as it was."""
    made = billing_lists(store(), as_of)
    if made.empty:
        st.caption("No list has gone out.")
        return
    chosen = table(made, "billing_lists", row_id="list_id")
    if chosen is None:
        st.caption("Choose a list to see its instructions and to download it for the billing system.")
        return
    rows = billing_list_rows(store(), int(chosen["list_id"]))
    table(rows, "billing_list_rows")
    name, title = f"billing_list_{chosen['list_id']}", f"Instructions, list {chosen['list_id']}"
    downloads(rows, name, title, as_of, f"SHA-256 {chosen['content_hash']}")
