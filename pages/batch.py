"""One posting batch: its posted lines, and the pieces of its variance down to 0.00 unexplained."""

import streamlit as st

from analysis import ui
from analysis.tieout.drilldown import batch_lines
from analysis.tieout.variances import frame_of_parts, frame_of_rows, tie_out

ui.back("variances", "Variances")
st.title("Batch")
as_of = ui.as_of()
batch_id = ui.asked("batch")
lines = batch_lines(ui.store(), as_of, batch_id)
if lines.empty:
    ui.lost("batch")
ui.facts(ui.row_of(lines), ("batch_id", "payer_name", "reference_number", "posted_by", "file_name"), across=5)

found = ui.kept(("tie_out", as_of), lambda: tie_out(ui.store(), as_of))
own = [one for one in found if one.differs and one.row["batch_id"] == batch_id]
if not own:
    ui.all_clear("This batch ties: control, posted, remitted and deposited agree.")
else:
    ui.amounts(
        ui.row_of(frame_of_rows(own)),
        ("control_total", "remitted_total", "posted_total", "deposited_total", "variance", "unexplained"),
    )
    st.subheader("What makes up the difference")
    parts = frame_of_parts(own)
    columns = ("amount", "cause", "certainty", "line_number", "words", "evidence")
    ui.table(parts, "pieces", columns=columns, widths=ui.PART_WIDTHS, lines=2)
    ui.foot(parts, parts, "amount")

st.subheader("Posted lines")
columns = ("line_number", "account_number", "transaction_type", "reference_number", "amount", "posted_by", "place")
chosen = ui.table(lines, "batch_lines", row_id="posting_line_id", columns=columns)
ui.foot(lines, lines, "amount")
if chosen is not None:
    ui.raw(chosen, "The line as its file wrote it")
