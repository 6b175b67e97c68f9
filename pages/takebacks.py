"""Take-backs: what payers take back, owe and forward, until each amount nets to 0; reversals and corrections."""

import streamlit as st

from analysis import ui
from analysis.tieout.takebacks import entries, reversals, takebacks

DEFINITION = "Provider adjustments by payer, code and reference. Net open is positive where it is owed to the payer."
WIDTHS = {"payer_name": 155, "code": 50, "reference": 140, "status": 165, "net_open": 80, "age_days": 75}
WIDTHS |= {"next_step": 400, "amount_opened": 80, "amount_taken": 80}

st.title(ui.spoken("Take-backs"))
as_of = ui.as_of()
whole = takebacks(ui.store(), as_of)
if whole.empty:
    ui.nothing_here("No provider adjustment is known up to this day.", "pages/upload.py", "Upload 835 files")
else:
    shown = ui.filtered(whole, "takebacks", ("status", "code", "payer_name"), private_search=True)
    if shown.empty:
        ui.nothing_here("No take-back fits these filters. Clear one to see more.")
    else:
        columns = ("payer_name", "code", "reference", "status", "net_open", "age_days", "next_step", "amount_opened")
        columns += ("amount_taken", "opened_on", "opened_by", "last_on", "account_number", "entry_count")
        chosen = ui.table(shown, "takebacks", row_id="takeback_id", columns=columns, widths=WIDTHS)
        left, right = st.columns([3, 1], vertical_alignment="center")
        with left:
            ui.foot(shown, whole, "net_open", "amount_opened", "amount_taken")
        with right:
            ui.downloads(shown, "takebacks", "Take-backs", as_of, DEFINITION)
        if chosen is None:
            st.caption("Choose a row to see its entries, each with the remittance that it came in.")
        else:
            with st.container(border=True, key="takeback_detail"):
                ui.amounts(chosen, ("amount_opened", "amount_taken", "net_open"))
                names = ("payer_name", "code", "reference", "status", "account_number", "next_step")
                ui.facts(chosen, names, across=6)
                lines = entries(ui.store(), as_of, chosen["takeback_id"])
                columns = (
                    "known_on",
                    "payment_date",
                    "trace_number",
                    "reference",
                    "amount",
                    "running_balance",
                    "is_refund",
                )
                entry = ui.table(lines, "takeback_entries", row_id="row_key", columns=columns)
                ui.foot(lines, lines, "amount")
                if entry is None:
                    ui.way("claim", chosen["claim_payment_id"], "Open the claim that its reference names")
                else:
                    ui.way("remittance", entry["remittance_id"])
                    ui.raw(entry, "As the file wrote it", last="place")

st.subheader("Reversals and corrections")
pairs = reversals(ui.store(), as_of)
if pairs.empty:
    st.caption(ui.spoken("None: no payer has reversed a claim up to this day."))
else:
    columns = ("status", "payer_name", "claim_id", "known_on", "reversal_amount", "correction_amount", "net_amount")
    columns += ("original_amount", "trace_number", "correction_trace", "original_trace", "payer_claim_control_number")
    widths = {"status": 150}
    pair = ui.table(pairs, "reversals", row_id="claim_payment_id", columns=columns, widths=widths)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        ui.foot(pairs, pairs, "reversal_amount", "correction_amount", "net_amount")
    with right:
        ui.downloads(pairs, "reversals", "Reversals", as_of, "Reversals with their corrections and originals.")
    if pair is not None:
        ui.way("claim", pair["claim_payment_id"], "Open the reversal")
        ui.way("claim", pair["correction_id"], "Open the correction")
        ui.way("claim", pair["original_id"], "Open the original payment")
