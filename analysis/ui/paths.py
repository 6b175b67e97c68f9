"""The ways from one page to another: by id in the address, never by a name or an account number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.trade_words import spoken
from analysis.ui import states

_PAGES: Mapping[str, tuple[str, str]] = {
    "bank": ("deposit", "Open the deposit"),
    "remittance": ("remittance", "Open the remittance"),
    "claim": ("claim", "Open the claim"),
    "batch": ("batch", "Open the batch"),
    "account": ("account", "Open the account"),
}
"""By the side that a fact is on: its page, which is also the address's parameter, and what the link says."""


def way(side: str, fact_id: Any, label: str | None = None) -> None:
    """A link to the page of that fact; nothing where it has none."""
    if side in _PAGES and fact_id is not None:
        page, words = _PAGES[side]
        st.page_link(
            f"pages/{page}.py",
            label=spoken(label or words),
            icon=":material/open_in_full:",
            query_params={page: str(fact_id)},
        )


def to_today() -> None:
    """The page of the address `/today`: Today, whose own address is `/`."""
    st.switch_page("pages/today.py", query_params=dict(st.query_params))


def back(page: str, label: str) -> None:
    """A link back to a list."""
    st.page_link(f"pages/{page}.py", label=spoken(label), icon=":material/arrow_back:")


def asked(name: str) -> str:
    """The id that the address asks for; where it asks for none, the page says so and ends."""
    found = st.query_params.get(name)
    if not found:
        states.nothing_here(f"No {name} is named in the address. Open one from a list.", "pages/today.py", "To Today")
        st.stop()
    return found


def asked_number(name: str) -> int:
    """The same for ids that are numbers."""
    found = asked(name)
    if not (found.isascii() and found.isdigit() and len(found) <= 18):
        lost(name)
    return int(found)


def lost(name: str) -> None:
    """The page says that the store has no such record, and ends."""
    states.nothing_here(f"The store has no such {name}. It may have been opened from another store.")
    st.stop()
