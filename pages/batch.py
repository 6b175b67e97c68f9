"""One posting batch: its posted lines, and the pieces of its variance down to 0.00 unexplained."""

import streamlit as st

from analysis import ui
from analysis.tieout.drilldown import batch_lines
from analysis.tieout.variances import pieces, variances

ui.back("variances", "Variances")
st.title("Batch")
as_of = ui.as_of()
batch_id = ui.asked("batch")
lines = batch_lines(ui.store(), as_of, batch_id)
if lines.empty:
    ui.lost("batch")
ui.facts(ui.row_of(lines), ("batch_id", "payer_name", "reference_number", "posted_by", "file_name"), across=5)

variance = ui.with_id(variances(ui.store(), as_of), "batch_id", batch_id)
if variance is None:
    ui.all_clear("This batch ties: control, posted, remitted and deposited agree.")
else:
    ui.amounts(
        variance, ("control_total", "remitted_total", "posted_total", "deposited_total", "variance", "unexplained")
    )
    st.subheader("What makes up the difference")
    parts = pieces(ui.store(), as_of, batch_id)
    ui.table(parts, "pieces", columns=("amount", "cause", "line_number", "words"))
    ui.foot(parts, parts, "amount")

st.subheader("Posted lines")
columns = ("line_number", "account_number", "transaction_type", "reference_number", "amount", "posted_by", "place")
chosen = ui.table(lines, "batch_lines", row_id="posting_line_id", columns=columns)
ui.foot(lines, lines, "amount")
if chosen is not None:
    ui.raw(chosen, "The line as its file wrote it")
