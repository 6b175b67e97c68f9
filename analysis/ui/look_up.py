"""The box of the page Trace. What is typed may name a patient: it stays in the session, out of the address."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analysis.tieout.trace import More
from analysis.ui import words

BOX, _KEPT = "trace_text", "trace_text_kept"
_EXAMPLES = "An amount, trace, cheque, claim, account, batch, bank reference, payer or patient"


def look_for() -> str:
    """The box; gives what is typed, also after another page was opened in between."""
    if BOX not in st.session_state:
        st.session_state[BOX] = st.session_state.get(_KEPT, "")
    typed = st.text_input("Look for", key=BOX, placeholder=_EXAMPLES, icon=":material/search:", max_chars=200)
    st.session_state[_KEPT] = typed or ""
    return (typed or "").strip()


def left_out(more: Iterable[More]) -> None:
    """What was found beyond the limits, by kind."""
    parts = [f"{one.count:,} more: {words.code(one.what).lower()}" for one in more]
    if parts:
        st.caption(" · ".join([*parts, "look for something narrower to see them"]))
