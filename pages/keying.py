"""Key a batch: cheques and cash from the ten-key pad, to the control total."""

import streamlit as st

from analysis import ui

st.title("Key a batch")
at = ui.day_to_key()
ui.outcome()
told = ui.chosen_batch()
if told is None:
    with st.container(border=True, key="new_batch_box"):
        ui.new_batch(at)
    st.subheader("Batches")
    ui.batch_list()
    st.stop()
ui.batch_strip(told)
if told["status"] == "open":
    view = ui.keying_view()
    with st.container(border=True, key="keying_box"):
        below = st.container()
        with st.container():
            lines, line = ui.tape(told, at)
        with below:
            if view == "Amounts":
                ui.key_amounts(told, at)
            elif view == "Cheques":
                ui.key_cheques(told, lines, at)
            elif view == "Remittance":
                ui.key_remittance(told, lines, at)
            else:
                ui.close_view(told, at)
    if line is not None:
        ui.line_detail(told, line, at)
else:
    ui.tape(told, at)
    st.page_link("pages/deposits.py", label="To deposits", icon=":material/savings:")
