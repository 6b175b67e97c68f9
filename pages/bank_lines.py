"""Bank lines: everything the bank told, and what accounts for it."""

import streamlit as st

from analysis import ui
from analysis.tieout.legs import bank_lines

DEFINITION = "One row for each bank line as it came; money out is negative. Standing says what accounts for it."

st.title("Bank lines")
as_of = ui.as_of()
whole = bank_lines(ui.store(), as_of)
if whole.empty:
    ui.nothing_here("No bank line up to this day.", "pages/upload.py", "Upload a bank file")
    st.stop()
shown = ui.filtered(whole, "bank_lines", ("standing", "line_kind", "bank_account"))
if shown.empty:
    ui.nothing_here("No bank line fits these filters. Clear one to see more.")
    st.stop()
columns = ("posted_date", "bank_account", "amount", "standing", "line_kind", "payer_name", "bank_reference")
columns += ("customer_reference", "description", "file")
chosen = ui.table(shown, "bank_lines", row_id="bank_transaction_id", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "amount", counts=lambda rows: rows["is_counted"])
with right:
    ui.downloads(shown, "bank_lines", "Bank lines", as_of, DEFINITION)

if chosen is None:
    st.caption("Choose a row to see what the bank wrote.")
else:
    with st.container(border=True, key="bank_line_detail"):
        ui.facts(chosen, ("description", "bank_reference", "customer_reference", "type_code"))
        ui.way("bank", chosen["bank_transaction_id"])
