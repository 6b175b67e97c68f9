"""One deposit: the bank line, the remittances and batches matched to it, and the line as the bank wrote it."""

import streamlit as st

from analysis import ui
from analysis.tieout.drilldown import deposit, deposit_batches, deposit_remittances

ui.back("unmatched", "Unmatched")
st.title("Deposit")
deposit_id = ui.asked_number("deposit")
found = deposit(ui.store(), deposit_id)
if found.empty:
    ui.lost("deposit")
line = ui.row_of(found)
ui.given_back("bank", deposit_id, ui.as_of())
ui.amounts(line, ("amount",))
ui.facts(
    line,
    ("posted_date", "value_date", "bank_account", "bank_reference", "customer_reference", "company_name"),
    across=6,
)
ui.facts(line, ("type_code", "line_kind", "not_counted", "file_name", "description"), across=5)

st.subheader("Remittances")
advice = deposit_remittances(ui.store(), deposit_id)
if advice.empty:
    ui.nothing_here("No remittance is matched to this deposit.", "pages/remittances.py", "Look through the remittances")
else:
    chosen = ui.table(advice, "deposit_remittances", row_id="remittance_id")
    ui.foot(advice, advice, "linked_amount")
    if chosen is not None:
        ui.way("remittance", chosen["remittance_id"])

st.subheader("Posting batches")
batches = deposit_batches(ui.store(), deposit_id)
if batches.empty:
    ui.nothing_here("No posting batch is matched to this deposit: it is not posted yet, or to another day.")
else:
    columns = ("batch_id", "batch_type", "deposit_date", "payer_name", "control_total", "posted_total", "line_count")
    chosen = ui.table(batches, "deposit_batches", row_id="batch_id", columns=columns)
    ui.foot(batches, batches, "posted_total")
    if chosen is not None:
        ui.way("batch", chosen["batch_id"])
ui.raw(line, "As the bank wrote it")
