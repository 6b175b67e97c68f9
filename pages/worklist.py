"""Worklist: every open item as a case, next best first; who works on which, what was said, promised and decided."""

import streamlit as st

from analysis import ui

DEFINITION = "Open items of every kind as cases: due promises first, then by score; US dollars without sign."

left, right = st.columns([3, 2], vertical_alignment="center")
left.title("Worklist")
as_of = ui.as_of()
ui.outcome()
whole = ui.all_cases(as_of)
if whole.empty:
    ui.all_clear("Nothing is open: there is no case to work on.", as_of)
    st.stop()
with right.container(horizontal=True, vertical_alignment="center"):
    of_whom = ui.whose_cases(whole)
    ui.saved_filters(whole)
if of_whom.empty:
    ui.nothing_here("No case is here: choose All to see everybody's, and give ticked cases an owner.")
    st.stop()
is_worked = ui.is_worked(of_whom)
if is_worked:
    ui.all_clear("Nothing is left to do today: what is open waits for its date.")
shown = ui.filtered(of_whom, "worklist", ui.CASE_FILTERS, private_search=True)
if shown.empty:
    if not is_worked:
        ui.nothing_here("No case fits these filters. Clear one to see more.")
    st.stop()

bench = ui.case_bench(shown, whole, as_of)
ui.case_strip(bench)
if st.toggle("Tick several", key="worklist_several", help="One change for all ticked cases"):
    ui.bulk(bench)
else:
    ui.case_list(bench)
foot, leaves = st.columns([3, 1], vertical_alignment="center")
with foot:
    ui.foot(shown, whole, "amount")
with leaves:
    ui.downloads(shown, "worklist", "Worklist", as_of, DEFINITION)
with st.container(border=True, key="worklist_detail"):
    ui.case_detail(bench)
with st.expander("Work in a spreadsheet", icon=":material/table:"):
    ui.worklist_sheet(bench)
