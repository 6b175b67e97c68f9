"""The lines of a keyed batch on the screen: ten-key pad, tape, what stands on each cheque, paper remittances."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analysis.casework import keying
from analysis.casework import paper_remittance as advice
from analysis.casework.batch_checks import lines_with_faults
from analysis.casework.ten_key import HELP, entry
from analysis.intake.micr import read_micr
from analysis.money import ZERO, plain, show
from analysis.problems import RequestRefused
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.keying_desk import Row, amount, typed_day
from analysis.ui.keying_pad import Field, Keyed, PadRow, each, pad, together
from analysis.ui.opening import store
from analysis.ui.tables import foot, table

_TAPE: tuple[str, ...] = (
    "line_number",
    "amount",
    "running_total",
    "payment_method",
    "check_number",
    "account_number",
    "payer_name",
)
_TAPE += ("claim_total", "faults", "keyed_by")
_WIDTHS = {"line_number": 95, "running_total": 110, "payment_method": 125, "check_number": 110, "faults": 330}


def key_amounts(told: Row, at: date) -> None:
    """The ten-key pad: each amount is a line."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with right, st.container(horizontal=True):
        st.toggle("Cash", key="keying_cash", help="The next amounts are cash, not cheques")
        st.toggle("Cents typed", key="keying_cents", help="12345 is 123.45, as on an adding machine")
    with left:
        batch = int(told["keyed_batch_id"])
        method = "CASH" if st.session_state["keying_cash"] else "CHECK"
        cents = bool(st.session_state["keying_cents"])

        act = together(
            lambda one: entry(one.values["amount"], typed_cents=cents),
            lambda typed: keying.carry_out_all(store(), batch, typed, decider(at), method),
        )
        pad(f"amounts_{batch}", (Field("amount", "Amount", "125.00", ten_key=True),), act, "Enter")
    st.caption(words.unmarked(f"{HELP[0].upper()}{HELP[1:]}."))


def key_cheques(told: Row, lines: pd.DataFrame, at: date) -> None:
    """What stands on each cheque, one after the other, beginning with the first of which nothing is keyed."""
    batch = int(told["keyed_batch_id"])
    standing = [row for row in lines.to_dict("records") if not row["is_void"]]
    if not standing:
        st.caption("Key the amounts first.")
        return
    fields = (
        Field("check_number", "Cheque number or MICR line", "or: cash", wide=True),
        Field("check_date", "Cheque date", "YYYY-MM-DD"),
        Field("account_number", "Account", "patient account"),
        Field("payer_name", "Payer", told["payer_name"] or "", wide=True),
    )
    rows = [_pad_row(row) for row in standing]
    act = together(
        lambda one: (one.row or 0, one.version or 0, _details(one)),
        lambda changes: keying.change_lines(store(), batch, changes, decider(at)),
    )
    pad(f"cheques_{batch}", fields, act, "Enter", rows)
    st.caption("Enter moves on, ↑ and ↓ choose another line. A MICR line is scanned or keyed as the first field.")


def _pad_row(row: Row) -> PadRow:
    told = {name: _text(row[name]) for name in ("check_number", "check_date", "account_number", "payer_name")}
    if row["payment_method"] == "CASH":
        told["check_number"] = "cash"
    is_keyed = any(told.values())
    return PadRow(
        row["line_number"], row["version"], f"Line {row['line_number']} · {show(row['amount'])}", told, is_keyed
    )


def _details(keyed: Keyed) -> Row:
    number = keyed.values["check_number"].strip()
    dated = keyed.values["check_date"].strip()
    details: dict[str, Any] = {
        "check_date": typed_day(dated) if dated else None,
        "account_number": keyed.values["account_number"],
        "payer_name": keyed.values["payer_name"],
        "payment_method": "CASH" if number.casefold() == "cash" else "CHECK",
    }
    if read_micr(number) is not None:
        details |= dict.fromkeys(("routing_number", "check_account", "check_number")) | {"micr_line": number}
    elif details["payment_method"] == "CHECK":
        details["check_number"] = number
    return details


def key_remittance(told: Row, lines: pd.DataFrame, at: date) -> None:
    """The paper remittances that came with the cheques, line by line, each to 0.00 against its cheque."""
    batch = int(told["keyed_batch_id"])
    fields = (
        Field("line_number", "Of line", "1", keeps=True),
        Field("claim_id", "Account or claim", keeps=False),
        Field("charge_amount", "Charged", "0.00", ten_key=False),
        Field("paid_amount", "Paid", "0.00"),
        Field("patient_responsibility", "Patient owes", "0.00"),
        Field("payer_claim_control_number", "Payer's claim number"),
    )
    pad(f"claims_{batch}", fields, each(lambda keyed: _claim(batch, keyed, at)), "Enter")
    claims = advice.keyed_claims(store(), batch)
    shown = claims[~claims["is_void"]] if len(claims) else claims
    for row in lines.to_dict("records"):
        if not row["is_void"] and row["claim_count"]:
            rest = row["amount"] - row["claim_total"]
            sign = "✓" if rest == ZERO else "≠"
            st.text(
                f"{sign} Line {row['line_number']}: cheque {show(row['amount'])}, remitted "
                f"{show(row['claim_total'])}, left {show(rest)}"
            )
    if shown.empty:
        st.caption("No paper remittance is keyed. A line without one is posted on its account, else as unapplied.")
        return
    named = shown.assign(claim_key=shown["line_number"].astype(str) + "-" + shown["claim_number"].astype(str))
    chosen = table(named, "keyed_claims", row_id="claim_key", columns=("line_number", *advice.CLAIM_FIELDS))
    foot(shown, shown, "paid_amount")
    if chosen is not None:
        named_by = tuple(int(chosen[name]) for name in ("line_number", "claim_number", "version"))
        st.button("Void the remittance line", key="void_claim", on_click=_void_claim, args=(batch, *named_by, at))


def _claim(batch: int, keyed: Keyed, at: date) -> None:
    typed = {name: value.strip() for name, value in keyed.values.items()}
    if not (typed["line_number"].isascii() and typed["line_number"].isdigit()):
        raise RequestRefused("say which line of the tape the remittance came with")
    money = ("charge_amount", "paid_amount", "patient_responsibility")
    claim: dict[str, Any] = {
        name: amount(typed[name]) if name in money and typed[name] else typed[name] or None
        for name in advice.CLAIM_FIELDS
    }
    advice.add_claim(store(), batch, int(typed["line_number"]), claim, decider(at))


def _void_claim(batch: int, line: int, claim: int, version: int, at: date) -> None:
    def done() -> str:
        advice.void_claim(store(), batch, line, claim, version, decider(at))
        return "The remittance line is void"

    simply(done)


def tape(told: Row, at: date) -> tuple[pd.DataFrame, Row | None]:
    """The lines with their running total, the newest on top; gives them and the one that is chosen."""
    lines = lines_with_faults(store(), int(told["keyed_batch_id"]), at)
    if lines.empty:
        return lines, None
    shown = lines[~lines["is_void"]].iloc[::-1]
    chosen = table(
        shown, "tape", row_id="line_number", columns=_TAPE, widths=_WIDTHS, alt="Tape, the newest line on top"
    )
    foot(shown, shown, "amount")
    return lines, chosen


def line_detail(told: Row, line: Row, at: date) -> None:
    """What else stands on the chosen cheque, for its checks; and the way to void the line."""
    batch, number, version = int(told["keyed_batch_id"]), int(line["line_number"]), int(line["version"])
    key = f"line-{batch}-{number}-{version}"
    names = {"written_amount": "Amount in words", "payee_name": "Payable to", "memo": "Memo or endorsement"}
    with st.form(f"{key}_form", border=True):
        st.text(f"Line {number}: {show(line['amount'])}")
        for name, label in names.items():
            st.text_input(label, value=line[name] or "", key=f"{key}_{name}")
        with st.container(horizontal=True):
            st.form_submit_button("Save and check", on_click=lambda: _save_line(batch, number, version, key, names, at))
            st.form_submit_button("Void the line", on_click=lambda: _void_line(batch, number, at))


def _save_line(batch: int, number: int, version: int, key: str, names: Mapping[str, str], at: date) -> None:
    def done() -> str:
        details = {name: st.session_state[f"{key}_{name}"] for name in names}
        keying.change_line(store(), batch, number, version, details, decider(at))
        return f"Line {number} is saved"

    simply(done)


def _void_line(batch: int, number: int, at: date) -> None:
    def done() -> str:
        keying.carry_out(store(), batch, entry(f"/{number}"), decider(at))
        return f"Line {number} is void"

    simply(done)


def _text(value: Any) -> str:
    if value is None or value is pd.NaT or (not isinstance(value, str) and pd.isna(value)):
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)
