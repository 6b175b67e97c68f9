"""Deposit slips on the screen: making one of what is free, taking it to the bank, and how the bank shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from analysis.casework.cash_settings import (
    bank_days,
    cash_changes,
    lockboxes,
    payees,
    set_bank_days,
    set_lockbox,
    set_payees,
)
from analysis.casework.slip_matching import BANK_STATES, slip_differences, slips
from analysis.casework.slips import (
    DENOMINATIONS,
    NewSlip,
    counted,
    deposit,
    free_receipts,
    prepare,
    slip_cash,
    slip_items,
    slip_told,
    void,
)
from analysis.exports import WORKBOOK
from analysis.exports.certificate import PDF
from analysis.exports.slip import slip_pdf, slip_xlsx
from analysis.money import ZERO, show, total
from analysis.problems import RequestRefused
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.downloads import downloads
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import foot, picked, table

_FREE: tuple[str, ...] = (
    "receipt_id",
    "received_date",
    "payment_method",
    "check_number",
    "payer_name",
    "amount",
    "batch_id",
)
_FREE += ("bank_account", "blocked_by")
_SLIPS: tuple[str, ...] = (
    "slip_number",
    "slip_date",
    "status",
    "bank_state",
    "total_amount",
    "banked_amount",
    "bank_difference",
)
_SLIPS += ("explanation", "check_count", "cash_amount", "bank_account", "prepared_by", "deposited_by", "banked_on")

Row = Mapping[str, Any]


def free_list(as_of: date) -> list[dict[str, Any]]:
    """The cheques and cash on no slip with tick boxes; the ticked ones."""
    free = free_receipts(store(), as_of)
    if free.empty:
        st.caption("Every cheque and all cash is on a slip. Key a batch, or upload a file of receipts.")
        return []
    ticked = picked(free, "free_receipts", row_id="receipt_id", columns=_FREE)
    foot(free, free, "amount")
    return ticked


def new_slip(ticked: Sequence[Row], as_of: date) -> None:
    """The slip of what is ticked: its account or lockbox, its number, its cash by denomination."""
    cash = total(row["amount"] for row in ticked if row["payment_method"] == "CASH")
    cheques = [row["amount"] for row in ticked if row["payment_method"] != "CASH"]
    st.markdown(
        f"**{words.count_of(len(cheques), 'cheque')} {show(total(cheques))} · cash {show(cash)} · "
        f"total {show(total(cheques) + cash)}**"
    )
    accounts = sorted({row["bank_account"] for row in ticked if row["bank_account"]})
    left, middle, right, last = st.columns(4)
    left.date_input("Deposit date", value=as_of, key="slip_date", format="YYYY-MM-DD")
    account = accounts[0] if len(accounts) == 1 else ""
    middle.text_input("Bank account", value=account, key=f"slip_account-{account}")
    right.selectbox("or lockbox", ["", *lockboxes(store(), as_of)], key="slip_lockbox")
    last.text_input("Slip number", key="slip_number", placeholder="the bank's, if printed")
    if cash != ZERO:
        _cash_fields(cash)
    shown = [(row["receipt_id"], row["amount"]) for row in ticked]
    st.button(
        "Prepare the slip",
        key="prepare_slip",
        type="primary",
        on_click=_prepare,
        args=(shown, f"slip_account-{account}", cash != ZERO, as_of),
    )


def _cash_fields(cash: Decimal) -> None:
    with st.container(key="slip_cash"):
        for half in (DENOMINATIONS[:6], DENOMINATIONS[6:]):
            for place, denomination in zip(st.columns(6), half, strict=True):
                place.number_input(show(denomination), min_value=0, step=1, value=0, key=f"cash_{denomination}")
    now = counted(_cash())
    sign = "✓" if now == cash else "≠"
    st.text(f"{sign} Counted {show(now)} of {show(cash)}")


def _cash() -> dict[Decimal, int]:
    return {one: int(st.session_state.get(f"cash_{one}") or 0) for one in DENOMINATIONS}


def _prepare(shown: Sequence[tuple[str, Decimal]], account: str, has_cash: bool, as_of: date) -> None:
    def done() -> str:
        new = NewSlip(
            slip_date=st.session_state["slip_date"],
            chosen=shown,
            cash=_cash() if has_cash else {},
            bank_account=st.session_state[account] if not st.session_state["slip_lockbox"] else "",
            lockbox_number=st.session_state["slip_lockbox"] or "",
            slip_number=st.session_state["slip_number"],
        )
        made = slip_told(store(), prepare(store(), new, decider(as_of)))
        number = made["slip_number"] if made else ""
        return f"Slip {number} is prepared; another person deposits it"

    simply(done)


def slip_list(as_of: date) -> Row | None:
    """The slips and how the bank shows them; the chosen one."""
    made = slips(store(), as_of)
    if made.empty:
        st.caption("No deposit slip has been made.")
        return None
    chosen = table(made, "deposit_slips", row_id="slip_number", columns=_SLIPS, alt="Deposit slips")
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(made, made, "total_amount")
    with right:
        meaning = "; ".join(f"{words.code(state)}: {means}" for state, means in BANK_STATES.items())
        downloads(made, "slips", "Deposit slips", as_of, meaning)
    return chosen


def slip_detail(slip: Row, as_of: date) -> None:
    """The slip against the bank, cheque by cheque; its PDF and workbook; its next step."""
    number = str(slip["slip_number"])
    st.subheader(f"Slip {words.unmarked(number)}", anchor=False)
    st.text(slip["explanation"] or "")
    beside = slip_differences(store(), number, as_of)
    table(beside, f"slip-{number}", alt="The slip's cheques beside the bank's")
    foot(beside, beside, "amount")
    if slip["slip_id"] is None:
        return
    slip_id = int(slip["slip_id"])
    told = slip_told(store(), slip_id)
    if told is None or told["status"] == "void":
        return
    items, cash = slip_items(store(), number, as_of), slip_cash(store(), slip_id)
    with st.container(horizontal=True, key="slip_downloads"):
        for label, content, mime in (("PDF", slip_pdf, PDF), ("XLSX", slip_xlsx, WORKBOOK)):
            st.download_button(
                f"Slip as {label}",
                data=content(told, items, cash),
                file_name=f"deposit_slip_{number}.{label.lower()}",
                mime=mime,
                key=f"slip_{label}",
                on_click="ignore",
                icon=":material/download:",
            )
        if told["status"] == "prepared":
            st.button("Deposited", key="deposit_slip", type="primary", on_click=_deposit, args=(slip_id, number, as_of))
    if told["status"] == "prepared":
        reason_form("void_slip", "Void", "Why?", lambda why: _void(slip_id, number, as_of, why))


def _deposit(slip_id: int, number: str, as_of: date) -> None:
    def done() -> str:
        deposit(store(), slip_id, decider(as_of))
        return f"Slip {number} is deposited"

    simply(done)


def _void(slip_id: int, number: str, as_of: date, reason: str) -> None:
    def done() -> str:
        void(store(), slip_id, decider(as_of), reason)
        return f"Slip {number} is void; its cheques and cash are free again"

    simply(done)


def cash_settings(as_of: date) -> None:
    """Whose cheques are ours, which account each lockbox's money goes to, within how many days the bank shows it."""
    names = "; ".join(payees(store(), as_of))
    st.text_input("Payee names, with ; between them", value=names, key=f"payees-{names}")
    reason_form(
        "payees", "Set the names", "Why?", lambda why: _set_payees(st.session_state[f"payees-{names}"], as_of, why)
    )
    told = "; ".join(f"{number} → {account}" for number, account in lockboxes(store(), as_of).items())
    st.text(f"Lockboxes: {told or 'none'}")
    left, right = st.columns(2)
    left.text_input("Lockbox number", key="lockbox_number")
    right.text_input("Its bank account", key="lockbox_account", placeholder="empty ends it")
    reason_form("lockbox", "Set the lockbox", "Why?", lambda why: _set_lockbox(as_of, why))
    days = bank_days(store(), as_of)
    st.number_input("Business days until the bank shows a deposit", 0, 60, days, key=f"bank_days-{days}")
    reason_form("bank_days", "Set the days", "Why?", lambda why: _set_days(f"bank_days-{days}", as_of, why))
    changes = cash_changes(store())
    if not changes.empty:
        table(changes, "cash_changes", columns=("name", "value", "effective_on", "source", "decided_by", "decided_at"))


def _set_payees(typed: str, as_of: date, reason: str) -> None:
    def done() -> str:
        set_payees(store(), typed.split(";"), decider(as_of), reason)
        return "The payee names are set"

    simply(done)


def _set_lockbox(as_of: date, reason: str) -> None:
    def done() -> str:
        number, account = st.session_state["lockbox_number"], st.session_state["lockbox_account"]
        set_lockbox(store(), number, account, decider(as_of), reason)
        return "The lockbox is set"

    simply(done)


def _set_days(key: str, as_of: date, reason: str) -> None:
    def done() -> str:
        days = st.session_state[key]
        if days is None:
            raise RequestRefused("say within how many business days")
        set_bank_days(store(), int(days), decider(as_of), reason)
        return "The bank's days are set"

    simply(done)
