"""What came, on the screen: one source in words, and the ways to its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.ui import words
from analysis.ui.details import facts
from analysis.ui.filters import link

_PAGES = {"payer": "remittances", "bank_account": "bank_lines", "posting_batches": "posting_batches"}
_FILTERS = {"payer": "payer_name", "bank_account": "bank_account"}


def source_details(source: Mapping[str, Any]) -> None:
    """How the source usually comes, where it stands, what it left out and what came twice."""
    with st.container(border=True, key="source_detail"):
        st.text(f"{source['source_name']}: {in_words(source)}")
        names = ("rhythm", "last_came", "silent_days", "expected_on", "overlap_count", "overlap_amount", "arrivals")
        facts(source, names, across=7)
        facts(source, ("missing_days",), across=1)
        page, column = _PAGES[source["source_type"]], _FILTERS.get(source["source_type"])
        going = link(page, **{column: [source["source_name"]]}) if column else {}
        st.page_link(
            f"pages/{page}.py",
            label=f"To {page.replace('_', ' ').capitalize()}",
            icon=":material/arrow_forward:",
            query_params=going,
        )


def in_words(source: Mapping[str, Any]) -> str:
    """`usually Tue and Fri, silent for 9 business days, expected on 2026-11-10`."""
    said = [source["rhythm"]]
    if source["silent_days"] > 0:
        said.append(f"silent for {words.count_of(source['silent_days'], 'business day')}")
    if source["expected_on"] is not None:
        said.append(f"expected on {source['expected_on'].isoformat()}")
    return ", ".join(said)
