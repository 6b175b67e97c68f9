"""What was given back, on the page of the deposit or remittance: why, by whom, and a button that opens it again."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.match.decisions import release
from analysis.match.standing import given_back as items_given_back
from analysis.ui import words
from analysis.ui.decisions import Seen, carry_out, decider, outcome, seen_so_far
from analysis.ui.details import facts
from analysis.ui.opening import store


def given_back(side: str, fact_id: int, as_of: date) -> None:
    """A box for each item of the fact that was given back, with a button that opens it again; else nothing."""
    outcome()
    seen = seen_so_far()
    for number, item in enumerate(items_given_back(store(), side, str(fact_id))):
        with st.container(border=True, key=f"given_back_{number}"):
            st.warning("It was given back, and is not on the list of open items.", icon=":material/undo:")
            facts(item, ("reason", "decided_by", "effective_on"), across=3)
            st.button("Open it again", key=f"open_again_{number}", on_click=_open_again, args=(seen, item, as_of))


def _open_again(seen: Seen, item: dict[str, object], as_of: date) -> None:
    item_id, version, by = str(item["item_id"]), int(str(item["version"])), decider(as_of)
    says = f"Opened again: {words.unmarked(str(item['reason']))}"
    carry_out(seen, says, "item", item_id, lambda: release(store(), item_id, version, by, "opened again"))
