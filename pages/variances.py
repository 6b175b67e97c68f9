"""Variances: which batch or deposit does not tie, from deposited to posted, and what makes up each difference."""

import streamlit as st

from analysis import ui
from analysis.tieout.variances import frame_of_rows, tie_out

st.title("Variances")
as_of = ui.as_of()
ui.outcome()
found = ui.kept(("tie_out", as_of), lambda: tie_out(ui.store(), as_of))
whole = frame_of_rows(one for one in found if one.differs)
if whole.empty:
    ui.all_clear("Every batch ties to its deposit.", as_of)
    st.stop()
fitting = ui.filtered(whole, "variances", ("causes", "payer_name", "batch_type", "bank_account"))
if fitting.empty:
    ui.nothing_here("No variance fits these filters. Clear one to see more.")
    st.stop()
if len(fitting) < len(whole):
    kept = set(fitting["variance_id"])
    found = [one for one in found if one.row["variance_id"] in kept]
found = ui.group_picker(found)
cause = ui.waterfall(found)
st.caption(
    "Choose a bar to see its rows; a double click on the chart clears the choice. Deposited is less what was returned."
)
if cause is not None:
    ui.part_detail(cause, found, as_of)
else:
    chosen = ui.differences_shown(found, whole, as_of)
    if chosen is None:
        st.caption("Choose a row to see the parts that make up its difference.")
    else:
        with st.container(border=True, key="variance_detail"):
            ui.variance_detail(chosen, found, as_of)
            ui.settling(chosen, as_of)
with st.expander("Write-offs", icon=":material/edit_off:"):
    ui.write_off_list(as_of)
