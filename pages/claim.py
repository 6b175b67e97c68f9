"""One claim: what was charged, adjusted and paid, line by line, with its segments."""

import streamlit as st

from analysis import ui
from analysis.tieout.drilldown import claim

ui.back("unmatched", "Unmatched")
st.title(ui.spoken("Claim"))
found = claim(ui.store(), ui.asked_number("claim"))
if found.empty:
    ui.lost("claim")
chosen = ui.row_of(found)
ui.way("remittance", chosen["remittance_id"], "Its remittance")
ui.claim_details(chosen)
