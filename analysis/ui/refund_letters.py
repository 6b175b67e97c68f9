"""What stands beside refunds on the screen: the data of their letters, and what payers answered."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analysis.casework.acts import by_id
from analysis.casework.worklist import worklist
from analysis.credits.letters import PAYEES, letter_data
from analysis.credits.payer_answers import answered_refunds, taken_twice
from analysis.exports import WORKBOOK, print_letters, to_csv, to_one_sheet
from analysis.money import show, total
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.kept import kept
from analysis.ui.letter_desk import told_of_run
from analysis.ui.opening import store
from analysis.ui.tables import table

_TAKEN = ("refund_id", "payee_name", "account_number", "amount", "cheque_number", "answer_words", "status")


def letters(export_id: int, as_of: date) -> None:
    """The data of the letters to the payees of that list, payers and patients apart, as CSV and as one sheet."""
    for payee_type, whom in PAYEES.items():
        rows = letter_data(store(), export_id, payee_type, as_of)
        if not rows.empty:
            st.caption(
                f"Data of the {_letters(whom)}: {words.count_of(len(rows), 'row')}, {show(total(rows['amount']))}"
            )
            table(rows, f"letters_{payee_type}")
            _downloads(rows, whom, export_id)
            covers(rows, payee_type, export_id, as_of)


def covers(rows: pd.DataFrame, payee_type: str, export_id: int, as_of: date) -> None:
    """A button that prints a cover about each refund of the list, kept with the case of its credit; then their PDF."""
    key, kind = f"covers_{export_id}_{payee_type}", f"refund_cover_{payee_type.lower()}"
    accounts = [str(one) for one in rows["account_number"]]

    def printed() -> str:
        cases = by_id(worklist(store(), as_of))
        of_account = {row["reference"]: one for one, row in cases.items() if row["item_type"] == "credit_balance"}
        ids = list(dict.fromkeys(of_account.get(one, "of-account") for one in accounts))
        st.session_state[key] = print_letters(store(), cases, kind, ids, decider(as_of), export_id=export_id)
        said: str = st.session_state[key].words
        return said

    def act() -> None:
        simply(printed)

    st.button("Print the covers", key=f"{key}_print", icon=":material/print:", on_click=act)
    told_of_run(st.session_state.get(key), f"{kind}_list_{export_id}.pdf", key)


def _letters(whom: str) -> str:
    return spoken(f"letters to {whom}")


def _downloads(rows: pd.DataFrame, whom: str, export_id: int) -> None:
    name = f"{_letters(whom).replace(' ', '_')}_list_{export_id}"
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"{name}_downloads"):
        st.download_button(
            "CSV",
            data=lambda: to_csv(rows),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"{name}_csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "XLSX",
            data=lambda: to_one_sheet(rows, f"{_letters(whom).capitalize()}, list {export_id}"),
            file_name=f"{name}.xlsx",
            mime=WORKBOOK,
            key=f"{name}_xlsx",
            on_click="ignore",
            icon=":material/download:",
        )


def money_gone_twice(as_of: date) -> None:
    """Warns of refunds whose payer took the money all the same."""
    answered = kept(("answered_refunds", as_of), lambda: answered_refunds(store(), as_of))
    taken = taken_twice(answered)
    if taken.empty:
        return
    with st.container(border=True, key="money_gone_twice"):
        st.warning(
            spoken(
                f"{words.count_of(len(taken), 'refund')} taken after refunded: {show(total(taken['amount']))} is gone "
                "twice. Dispute it with the payer."
            ),
            icon=":material/warning:",
        )
        table(taken, "taken_twice", columns=_TAKEN)
