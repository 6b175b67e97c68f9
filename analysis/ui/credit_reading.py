"""A person's reading of a credit on the screen: the form, who agrees, taking it back, and what was read before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from analysis.credits.audited import STANDINGS, readings
from analysis.credits.causes import GENERAL_LEDGER
from analysis.credits.person_readings import (
    CAUSES,
    DISPOSITIONS,
    PersonReading,
    agree,
    parties,
    read_credit,
    withdraw,
)
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.kept import kept
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import table

_COLUMNS: tuple[str, ...] = ("reading_id", "standing", "cause", "disposition", "owed_to", "reason", "evidence")
_COLUMNS += ("read_by", "read_on", "agreed_by", "withdrawn_by", "withdrawn_because", "audit_cause")
_COLUMNS += ("audit_disposition", "audit_evidence")


def credit_reading(chosen: Mapping[str, Any], as_of: date) -> None:
    """What people read of the account's credit so far, what can be done with it, and a form that reads it (anew)."""
    whole = kept(("readings", as_of), lambda: readings(store(), as_of))
    own = whole[whole["account_number"] == chosen["account_number"]]
    if not own.empty:
        table(own, "credit_readings", columns=_COLUMNS)
    if chosen["reading_standing"] in ("in_force", "waiting"):
        _steps(chosen, as_of)
    _form(chosen, as_of)


def _steps(chosen: Mapping[str, Any], as_of: date) -> None:
    number, standing = int(chosen["reading_id"]), chosen["reading_standing"]
    st.caption(f"Reading {number}: {STANDINGS[standing]}.")
    if standing == "waiting":

        def agreed(reason: str) -> None:
            simply(lambda: _done(f"Reading {number} is agreed to", agree, number, as_of, reason))

        reason_form("agree_reading", "Agree", "Do you read it so too? Why?", agreed)

    def withdrawn(reason: str) -> None:
        simply(lambda: _done(f"Reading {number} is taken back", withdraw, number, as_of, reason))

    reason_form("withdraw_reading", "Take it back", "Why does it hold no more?", withdrawn)


def _done(says: str, act: Any, number: int, as_of: date, reason: str) -> str:
    act(store(), number, decider(as_of), reason)
    return says


def _form(chosen: Mapping[str, Any], as_of: date) -> None:
    key = f"reading-{chosen['account_id']}"
    cause, disposition = st.columns(2)
    causes, ways = list(CAUSES), list(DISPOSITIONS)
    found = cause.selectbox(
        "Cause", causes, index=causes.index(chosen["cause"]), key=f"{key}_cause", format_func=words.code
    )
    way = disposition.selectbox(
        "What to do", ways, index=ways.index(chosen["disposition"]), key=f"{key}_disposition", format_func=words.code
    )
    cause.caption(words.unmarked(spoken(CAUSES[found])))
    disposition.caption(words.unmarked(spoken(DISPOSITIONS[way])))
    with st.form(f"{key}_form", border=False):
        if way in ("refund_payer", "let_payer_recoup"):
            number = chosen["account_number"]
            names = kept(("parties", as_of, number), lambda: parties(store(), as_of, number))
            at = names.index(chosen["owed_to"]) if chosen["owed_to"] in names else 0
            st.selectbox(spoken("Payer"), names, index=at if names else None, key=f"{key}_owed_to")
        elif way == "transfer":
            st.text_input(spoken(f"Account it belongs to, or {GENERAL_LEDGER}"), key=f"{key}_owed_to")
        st.text_input("Why do you read it so?", key=f"{key}_reason", placeholder="Reason")
        st.text_input("What shows it?", key=f"{key}_evidence", placeholder="both remittances, a call, the contract")
        st.form_submit_button(
            "Record the reading", key=f"{key}_button", on_click=lambda: _read(chosen, found, way, key, as_of)
        )


def _read(chosen: Mapping[str, Any], cause: str, disposition: str, key: str, as_of: date) -> None:
    given = {name: st.session_state.get(f"{key}_{name}") or "" for name in ("owed_to", "reason", "evidence")}

    def done() -> str:
        wanted = PersonReading(chosen["account_number"], chosen["credit_date"], cause, disposition, **given)
        number = read_credit(store(), wanted, decider(as_of))
        return f"Reading {number} is recorded"

    simply(done)
