"""Variances: which batch or deposit does not tie, and what makes up the difference."""

import streamlit as st

from analysis import ui
from analysis.tieout.variances import pieces, variances

DEFINITION = "Batches that do not tie and deposits not fully posted. Variance is deposited minus posted."

st.title("Variances")
as_of = ui.as_of()
whole = variances(ui.store(), as_of)
if whole.empty:
    ui.all_clear("Every batch ties to its deposit.")
    st.stop()
shown = ui.filtered(whole, "variances", ("causes", "payer_name", "batch_type", "bank_account"))
if shown.empty:
    ui.nothing_here("No variance fits these filters. Clear one to see more.")
    st.stop()
columns = ("reference", "deposit_date", "payer_name", "deposited_total", "posted_total", "variance", "unexplained")
columns += ("causes", "explanation", "remitted_total", "control_total", "batch_type", "bank_account")
chosen = ui.table(shown, "variances", row_id="reference", columns=columns)
left, right = st.columns([3, 1], vertical_alignment="center")
with left:
    ui.foot(shown, whole, "variance", "unexplained")
with right:
    ui.downloads(shown, "variances", "Variances", as_of, DEFINITION)

if chosen is None:
    st.caption("Choose a row to see the parts that make up its difference.")
else:
    with st.container(border=True, key="variance_detail"):
        ui.amounts(
            chosen, ("control_total", "remitted_total", "posted_total", "deposited_total", "variance", "unexplained")
        )
        ui.facts(chosen, ("reference", "batch_type", "payer_name", "deposit_date", "bank_account", "causes"), across=6)
        if chosen["batch_id"] is None:
            ui.facts(chosen, ("explanation",), across=1)
            ui.way("bank", chosen["bank_transaction_id"])
        else:
            parts = pieces(ui.store(), as_of, chosen["batch_id"])
            ui.table(parts, "pieces", columns=("amount", "cause", "line_number", "words"))
            ui.foot(parts, parts, "amount")
            ui.way("batch", chosen["batch_id"])
