"""Money by place: the strip that adds up, the deposits to work on, and parking, moving and sending the money of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.casework import parking
from analysis.casework.parked import MONEY_PLACES, lots, money_places, parked_history, parked_version, proof_of
from analysis.casework.parking import KNOWN_AS, METHODS, PLACES, Parking, Transfer
from analysis.credits.audit import credits
from analysis.money import dollars, show, total
from analysis.problems import RequestRefused
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.details import facts, raw
from analysis.ui.kept import kept
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import foot, table
from analysis.ui.trace_bench import trace_bench

_AMOUNTS = tuple(f"{place}_amount" for place in MONEY_PLACES)
_COLUMNS: tuple[str, ...] = ("reference", "item_date", "age_days", "amount", *_AMOUNTS, "payer_name")
_LOTS: tuple[str, ...] = ("lot_id", "parked_place", "left_amount", "standing", "known_as", "known_name", "owner")
_LOTS += ("age_days", "parked_on", "parked_by", "reason", "approved_by", "sent_on", "transfer_reference")
_ACTS: tuple[str, ...] = ("decided_at", "decided_by", "action", "parked_place", "lot_id", "amount", "trace_step")
_ACTS += ("outcome", "transfer_method", "transfer_reference", "reason", "effective_on")
_WIDTHS = {"reference": 125, "item_date": 92, "age_days": 70} | dict.fromkeys(("amount", *_AMOUNTS), 84)
_FILTERS = ("unidentified", "suspense", "unapplied", "wrong_home", "sent", "unposted")


def money_strip(as_of: date) -> None:
    """All money that came by place, adding up to the cent; credit balances beside it, as they are none of it."""
    places = kept(("money_places", as_of), lambda: money_places(store(), as_of))
    with st.container(horizontal=True, key="money_strip"):
        for row in places.itertuples():
            is_old = not pd.isna(row.oldest_days) and row.money_place not in ("posted", "sent")
            oldest = (
                f"{row.deposit_count:,}, up to {words.count_of(int(row.oldest_days or 0), 'day')}" if is_old else ""
            )
            st.metric(
                words.code(f"place_{row.money_place}"),
                show(row.amount),
                help=f"{spoken(MONEY_PLACES[row.money_place])}; of how many deposits, and how old the oldest is",
                delta=oldest or words.count_of(int(row.deposit_count), "deposit"),
                delta_color="off",
                delta_arrow="off",
                border=True,
                width=152,
            )
    owed = kept(("credits", as_of), lambda: credits(store(), as_of))
    st.text(
        f"Together {show(total(places['amount']))}: all that came and wants a partner. Apart from it: "
        f"{words.count_of(len(owed), 'credit balance')} of {show(total(owed['credit_balance']))}, money on accounts."
    )


def place_list(whole: pd.DataFrame) -> dict[str, Any] | None:
    """The deposits whose money is in a place, or that nobody knows; the one chosen."""
    wanted = st.segmented_control(
        "Show",
        _FILTERS,
        default=_FILTERS[0],
        key="unidentified_place",
        format_func=lambda one: words.code("unidentified" if one == "unidentified" else f"place_{one}"),
    )
    shown = whole
    if wanted == "unidentified":
        shown = whole[whole["is_unidentified"].astype(bool)]
    elif wanted:
        shown = whole[whole[f"{wanted}_amount"] != 0]
    chosen = table(shown, "unidentified", row_id="bank_transaction_id", columns=_COLUMNS, widths=_WIDTHS)
    foot(shown, whole, "amount")
    return chosen


def money_detail(chosen: Mapping[str, Any], as_of: date) -> None:
    """One deposit: its money by place, the bench of tracing, the lots, and all that was done."""
    number = int(chosen["bank_transaction_id"])
    places = [name for name in _AMOUNTS if chosen[name] != 0]
    facts(chosen, ("reference", "amount", "item_date", "bank_account", "payer_name", *places), across=4)
    if chosen["overtaken_amount"] != 0:
        st.warning(
            f"{show(chosen['overtaken_amount'])} of what was parked is posted by now.", icon=":material/warning:"
        )
    way("bank", number)
    version = parked_version(store(), number)
    trace, move, done = st.tabs(["Trace", "Park and move", "History"], key="unidentified_tabs")
    with trace:
        trace_bench(chosen, as_of)
    with move:
        _move(chosen, number, version, as_of)
    with done:
        acts = parked_history(store(), number)
        if acts.empty:
            st.caption("Nothing was done with this deposit yet.")
        else:
            table(acts, f"parked_history_{number}", columns=[name for name in _ACTS if acts[name].notna().any()])
    raw(chosen, "As the file wrote it")


def _move(chosen: Mapping[str, Any], number: int, version: int, as_of: date) -> None:
    there = lots(store(), as_of, number)
    lot = None
    if not there.empty:
        columns = [name for name in _LOTS if there[name].notna().any()]
        lot = table(there, f"lots_{number}_{version}", row_id="lot_id", columns=columns)
        st.caption("Choose a lot to move it or to send it on; with none chosen, money comes out of the deposit.")
    key = f"park-{number}-{version}-{lot['lot_id'] if lot else 'deposit'}"
    if lot is None or (lot["left_amount"] > 0 and lot["standing"] in ("parked", "waiting_second")):
        _park_form(chosen, lot, number, version, key, as_of)
    if lot is not None:
        _lot_steps(lot, number, version, key, as_of)


def _park_form(
    chosen: Mapping[str, Any], lot: Mapping[str, Any] | None, number: int, version: int, key: str, as_of: date
) -> None:
    there = chosen["free_amount"] if lot is None else lot["left_amount"]
    if there <= 0:
        st.caption("All of this deposit is posted or parked.")
        return
    where = "neither posted nor parked" if lot is None else f"left in lot {lot['lot_id']}"
    targets = tuple(PLACES) if lot is None else (*(one for one in PLACES if one != lot["parked_place"]), "unposted")
    with st.form(f"{key}_form", border=False):
        st.caption(f"{show(there)} {where}")
        first, second, third, fourth = st.columns(4)
        first.selectbox("To", targets, key=f"{key}_to", format_func=lambda one: words.code(f"place_{one}"))
        second.text_input("Amount", value=f"{there:.2f}", key=f"{key}_amount")
        third.selectbox("Known as", KNOWN_AS, index=None, key=f"{key}_known_as", format_func=words.code)
        fourth.text_input(
            "Whose", key=f"{key}_whose", help=spoken("Payer, customer, the patient's account, or the practice")
        )
        first, second, third = st.columns([1, 2, 1], vertical_alignment="bottom")
        first.text_input("Owner", key=f"{key}_owner", placeholder="you")
        second.text_input("Why?", key=f"{key}_why")
        args = (lot, number, version, key, as_of)
        third.form_submit_button("Move it", key=f"{key}_do", type="primary", width="stretch", on_click=_park, args=args)


def _park(lot: Mapping[str, Any] | None, number: int, version: int, key: str, as_of: date) -> None:
    told, out_of = st.session_state, None if lot is None else int(lot["lot_id"])

    def done() -> str:
        amount = dollars(told[f"{key}_amount"])
        if amount is None:
            raise RequestRefused("an amount: wanted dollars such as 250.00")
        place, why = told[f"{key}_to"], told[f"{key}_why"]
        if place == "unposted" and out_of is not None:
            parking.give_back(store(), number, version, out_of, amount, decider(as_of), why)
        else:
            known_as = told[f"{key}_known_as"] if place == "unapplied" else None
            wanted = Parking(place, amount, known_as, told[f"{key}_whose"], told[f"{key}_owner"])
            parking.park(store(), number, version, wanted, decider(as_of), why, out_of)
        return f"{show(amount)}: {words.code(f'place_{place}')}"

    simply(done)


def _lot_steps(lot: Mapping[str, Any], number: int, version: int, key: str, as_of: date) -> None:
    lot_id = int(lot["lot_id"])
    match lot["standing"]:
        case "waiting_second":
            step = _reason_step(parking.approve, number, version, lot_id, as_of, "Approved: it can be sent on")
            reason_form(f"{key}_approve", "Approve", "Approved by a second person", step)
        case "approved":
            _send_form(number, version, lot_id, key, as_of)
            step = _reason_step(parking.withdraw, number, version, lot_id, as_of, "The approval is withdrawn")
            reason_form(f"{key}_withdraw", "Withdraw the approval", "Why does it not hold?", step)
        case "sent":
            facts(lot, ("transfer_method", "transfer_reference", "sent_on", "sent_by", "approved_by", "proof_name"), 6)
            found = None if lot["proof_sha256"] is None else proof_of(store(), lot["proof_sha256"])
            if found is not None:
                st.download_button("Proof of transfer", found[1], file_name=found[0], key=f"{key}_proof")
        case _:
            return


def _reason_step(
    act: Callable[..., None], number: int, version: int, lot_id: int, as_of: date, says: str
) -> Callable[[str], None]:
    def done(reason: str) -> str:
        act(store(), number, version, lot_id, decider(as_of), reason)
        return says

    return lambda reason: (simply(lambda: done(reason)), None)[1]


def _send_form(number: int, version: int, lot_id: int, key: str, as_of: date) -> None:
    with st.form(f"{key}_send", border=False):
        st.caption("Proof of the transfer")
        first, second, third, last = st.columns([1, 1, 1, 1], vertical_alignment="bottom")
        first.selectbox("Sent by", METHODS, key=f"{key}_method", format_func=words.code)
        second.text_input("Reference", key=f"{key}_reference")
        third.date_input("On", value=as_of, key=f"{key}_on", format="YYYY-MM-DD")
        args = (number, version, lot_id, key, as_of)
        last.form_submit_button("Record it as sent", key=f"{key}_do_send", type="primary", on_click=_send, args=args)
        st.file_uploader("A file to keep as proof, if there is one", key=f"{key}_file", max_upload_size=5)


def _send(number: int, version: int, lot_id: int, key: str, as_of: date) -> None:
    told = st.session_state

    def done() -> str:
        file = told.get(f"{key}_file")
        name, proof = ("", b"") if file is None else (file.name, file.getvalue())
        sent = Transfer(told[f"{key}_method"], told[f"{key}_reference"], told[f"{key}_on"], name, proof)
        parking.send(store(), number, version, lot_id, sent, decider(as_of))
        return "Sent on, with its proof"

    simply(done)
