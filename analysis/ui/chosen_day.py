"""The day that all pages ask about: chosen once in the sidebar, kept in the address as `?as_of=2026-11-13`."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from analysis.days import day
from analysis.match.closed_days import first_open_day
from analysis.tieout.today import latest_day
from analysis.ui import states
from analysis.ui.opening import framed, is_shared, store, who
from analysis.ui.style import calm, ways_and_keys

KEY = "as_of"
_LATEST = "as_of_latest"


def sidebar() -> None:
    """The day can be chosen, stepped and put back to the latest one; it follows the latest day until it is chosen."""
    framed()
    calm()
    ways_and_keys()
    latest = latest_day(store())
    if is_shared():
        st.sidebar.text(f"You are {who()}")
    if latest is None:
        return
    if KEY not in st.session_state:
        st.session_state[KEY] = _asked_for() or latest
    elif st.session_state[KEY] in (None, st.session_state.get(_LATEST)):
        st.session_state[KEY] = latest
    st.session_state[_LATEST] = latest
    with st.sidebar:
        st.date_input("As of", key=KEY, format="YYYY-MM-DD", help="Every page shows that day's end.")
        at: date = st.session_state[KEY] or latest
        with st.container(horizontal=True, gap="small", key="as_of_steps"):
            _step("Previous day", ":material/chevron_left:", at - timedelta(days=1), "as_of_previous")
            _step("Next day", ":material/chevron_right:", at + timedelta(days=1), "as_of_next")
            st.button(
                "Latest",
                key="as_of_latest_button",
                on_click=_go,
                args=(latest,),
                disabled=at == latest,
                help=f"The newest day with data: {latest.isoformat()}",
            )
        if at == latest:
            st.query_params.pop(KEY, None)
        else:
            st.query_params[KEY] = at.isoformat()
            says = "A past view" if at < latest else "A day to come"
            st.caption(f"⚠ {says}. The latest day is {latest.isoformat()}.")
        first_open = first_open_day(store())
        if at < first_open:
            st.caption(f"🔒 Closed. Nothing of it can be changed; the first open day is {first_open.isoformat()}.")


def _asked_for() -> date | None:
    """The day that the address names; says so where what it names is none."""
    asked = st.query_params.get(KEY)
    found = day(asked or "")
    if asked and found is None:
        st.toast("The address names no day; the latest one is shown.", icon=":material/event_busy:", duration=8)
    return found


def _step(words: str, icon: str, to: date, key: str) -> None:
    st.button(icon, key=key, help=words, on_click=_go, args=(to,))


def _go(to: date) -> None:
    st.session_state[KEY] = to


def as_of() -> date:
    """The day the user asks about; on an empty store the page shows the way in and ends."""
    latest = latest_day(store())
    if latest is None:
        states.welcome()
        st.stop()
    chosen = st.session_state.get(KEY)
    return chosen if isinstance(chosen, date) else latest
