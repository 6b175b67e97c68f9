"""Upload: drop the day's files and see what became of each."""

from datetime import date

import streamlit as st

from analysis import ui
from analysis.match.run import match
from analysis.store.loading import Source, load
from analysis.tieout.today import working_day

st.title("Upload")
ui.outcome()
st.caption(
    "Files are recognised by what is in them, whatever their name. Each loads whole or not at all, "
    "and the same bytes are never counted twice."
)
state = st.session_state
with st.container(horizontal=True, gap="large"):
    is_folder = st.toggle("A whole folder", key="upload_folder", help="Choose a folder instead of single files.")
    matches_too = st.toggle("Match after loading", value=True, key="upload_match")
dropped = st.file_uploader(
    ui.spoken(
        "835 and 820 remittances, bank statements (BAI2, camt, MT940, OFX, CSV), ACH files, posting batches, accounts, "
        "ledgers, receipts, keyed remittances; a table of your own is mapped once"
    ),
    accept_multiple_files="directory" if is_folder else True,
    key=f"upload_files_{state.get('upload_round', 0)}",
)
wanted = st.button(
    f"Load {len(dropped):,} files" if dropped else "Load files",
    type="primary",
    key="upload_load",
    disabled=not dropped,
    icon=":material/database_upload:",
)
if wanted:
    sources = [Source(file.name, file.getvalue) for file in dropped]
    outcomes, bar = [], st.progress(0.0)
    with st.status(f"Loading {len(sources):,} files …") as status:
        for outcome in load(ui.store(), sources, ui.who()):
            outcomes.append(outcome)
            bar.progress(len(outcomes) / len(sources), f"{len(outcomes):,} of {len(sources):,}")
        latest = working_day(ui.store())
        results = None
        if matches_too and latest is not None:
            status.update(label="Matching …")
            results = match(ui.store(), latest, ui.who())
        status.update(label="Done", state="complete")
    state["upload_outcomes"], state["upload_results"] = outcomes, results
    ui.remember_unknown(sources, outcomes)
    state["upload_round"] = state.get("upload_round", 0) + 1
    st.rerun()

if state.get("upload_outcomes"):
    st.subheader("This load")
    ui.show_outcomes(state["upload_outcomes"])
    ui.map_unknown()
    latest = working_day(ui.store())
    if state.get("upload_results") is not None:
        ui.show_matched(state["upload_results"])
        st.page_link("pages/today.py", label="See the day", icon=":material/arrow_forward:")
    elif latest is not None and st.button("Match now", key="upload_match_now", type="primary", icon=":material/link:"):
        state["upload_results"] = match(ui.store(), latest, ui.who())
        st.rerun()

ui.mapping_list()
st.subheader("Files loaded so far")
ui.loaded_files(working_day(ui.store()) or date.today())
