"""Posting batches: what was posted, beside what was remitted and deposited for it."""

import streamlit as st

from analysis import ui
from analysis.tieout.legs import batches

DEFINITION = "One row for each posting batch; deposited counts what is linked to the batch or to its remittances."

st.title("Posting batches")
as_of = ui.as_of()
whole = batches(ui.store(), as_of)
if whole.empty:
    ui.nothing_here("No posting batch up to this day.", "pages/upload.py", "Upload posting batches")
    st.stop()
shown = ui.filtered(whole, "posting_batches", ("batch_type", "payer_name", "bank_account", "posted_by"))
if shown.empty:
    ui.nothing_here("No batch fits these filters. Clear one to see more.")
    st.stop()
columns = ("batch_id", "batch_type", "deposit_date", "payer_name", "control_total", "remitted_total")
columns += ("posted_total", "deposited_total", "line_count", "posted_by", "bank_account")
chosen = ui.table(shown, "posting_batches", row_id="batch_id", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "posted_total", "deposited_total")
with right:
    ui.downloads(shown, "posting_batches", "Posting batches", as_of, DEFINITION)

if chosen is None:
    st.caption("Choose a row to open the batch.")
else:
    ui.way("batch", chosen["batch_id"])
