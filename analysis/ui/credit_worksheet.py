"""Credit balances on the screen: the aging chart whose bars filter, one account's worksheet, and its clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts import aging_chart, credit_trend
from analysis.credits.clocks import MARKS, record
from analysis.credits.roll_forward import credit_roll_forward
from analysis.credits.worklists import corrections_of, instructions, recoups_of, transfers_of
from analysis.credits.worksheet import worksheet
from analysis.trade_words import label_of_trade, spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.details import amounts, facts
from analysis.ui.downloads import downloads
from analysis.ui.kept import kept
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import digest, foot, table

_TOTALS = ("charges", "written_off", "allowed", "insurers_paid", "patient_paid", "ledger_balance")
_FACTS = ("account_number", "patient_name", "credit_balance", "age_days", "cause", "disposition")
_WORK = ("account_number", "kind", "amount", "to_account", "instruction", "transaction_id", "reference", "payer_name")
_STACKS = {"financial_class": "Financial class", "cause": "Cause", "payer_name": "Payer", "facility": "Facility"}
_MORE = ("owed_to", "deadline_date", "refund_status", "payer_name", "facility", "state")


def _stack(name: str) -> str:
    return label_of_trade(name) or _STACKS[name]


def aging(shown: pd.DataFrame) -> pd.DataFrame:
    """Draws the credits by age, stacked as is chosen; gives those of the bar that is chosen, all where none is."""
    by = st.segmented_control(
        "Stacked by",
        list(_STACKS),
        default="financial_class",
        required=True,
        key="aging_by",
        format_func=_stack,
        label_visibility="collapsed",
    )
    event: Any = st.plotly_chart(
        aging_chart(shown, by or "financial_class"),
        key=f"aging-{by}-{digest(shown['account_id'])}",
        on_select="rerun",
        selection_mode="points",
        alt=f"Credit balances by age and {_stack(by or 'financial_class').lower()}",
    )
    points = event.selection.points
    st.caption("Choose a bar to see the credits of that age; a double click on the chart clears the choice.")
    return shown[shown["aging_bucket"] == points[0]["x"]] if points else shown


def credit_worksheet(chosen: Mapping[str, Any], as_of: date) -> None:
    """Why the account is in credit, with the ledger's lines that make it, and all that the audit rests on."""
    facts(chosen, _FACTS, across=6)
    facts(chosen, _MORE, across=6)
    facts(chosen, ("evidence",), across=1)
    facts(chosen, ("blocked_by", "clock"), across=2)
    found = worksheet(store(), as_of, chosen["account_number"])
    if found is None:
        return
    amounts(found.totals, _TOTALS)
    table(found.entries, "worksheet_ledger")
    left, right = st.columns(2)
    with left:
        st.caption("What each party paid and wrote off, and what remittances say")
        parties = found.parties
        named = parties["payer_name"].map(lambda name: words.said("owed_to", name)).astype(object)
        table(parties.assign(payer_name=named), "worksheet_parties")
    with right:
        st.caption("Ways to read it")
        table(found.readings, "worksheet_readings")
    if not found.open_accounts.empty:
        st.caption(spoken("Other accounts that are open"))
        table(found.open_accounts, "worksheet_others")
    if not found.takebacks.empty:
        st.caption(spoken("What the payer takes back"))
        table(found.takebacks, "worksheet_takebacks")
    way("account", chosen["account_id"], "Open the account and its ledger")


def credit_marks(chosen: Mapping[str, Any], as_of: date) -> None:
    """A day that a person records about the credit: identified, investigated, determined."""
    left, right = st.columns([2, 1])
    mark = left.selectbox("What is recorded?", list(MARKS), key="credit_mark", format_func=words.code)
    right.date_input("On", value=as_of, max_value=as_of, key="credit_mark_on", format="YYYY-MM-DD")
    st.caption(spoken(MARKS[mark]))
    reason_form("credit_mark", "Record it", "What shows it?", lambda why: _record(chosen, as_of, why))


def _record(chosen: Mapping[str, Any], as_of: date, reason: str) -> None:
    mark, on_date = st.session_state["credit_mark"], st.session_state["credit_mark_on"]

    def done() -> str:
        record(store(), chosen["account_number"], chosen["credit_date"], mark, on_date, decider(as_of), reason)
        return f"Recorded: {words.code(mark).lower()} {on_date.isoformat()}"

    simply(done)


def credit_worklists(as_of: date) -> None:
    """What the billing system has to be told, each list with its downloads, and how the credits rolled."""
    told = kept(("instructions", as_of), lambda: instructions(store(), as_of))
    lists = (
        ("transfers", "Transfers", transfers_of(told), "Payments to move to another account."),
        ("corrections", "Corrections", corrections_of(told), "Write-offs and postings to correct."),
        ("recoups", "Left to the payer", recoups_of(told), "Take-backs to post, or to wait for."),
    )
    for name, title, rows, definition in lists:
        st.subheader(spoken(title))
        table(rows, name, columns=_WORK)
        foot(rows, rows, "amount")
        downloads(rows, name, title, as_of, definition)
    st.page_link("pages/instructions.py", label="Send them to the billing system", icon=":material/send:")
    st.subheader("Roll-forward")
    rolled = kept(("credit_roll_forward", as_of), lambda: credit_roll_forward(store(), as_of))
    table(rolled, "credit_roll_forward")
    downloads(rolled, "credit_roll_forward", "Roll-forward of credits", as_of)


def trend(as_of: date) -> None:
    """Draws how the credits went from extract to extract."""
    rolled = kept(("credit_roll_forward", as_of), lambda: credit_roll_forward(store(), as_of))
    st.plotly_chart(credit_trend(rolled), key="credit_trend", alt="Credits over the days: new, gone and closing")
