"""The one open store of this server, and a friendly page where it cannot be had."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import streamlit as st

from analysis.problems import StoreBusy, StoreProblem
from analysis.store import Store, open_store
from analysis.trade import speak_for

ENVIRONMENT_VARIABLE = "TIEOUT_STORE"
PERSON_HEADER = "TIEOUT_PERSON_HEADER"
"""Names the request header in which a proxy with sign-in says who is at the browser, such as `X-Forwarded-Email`."""

LONGEST_NAME = 200
DEFAULT = Path("data") / "tieout.duckdb"
PAGES = Path(__file__).resolve().parents[2] / "pages"
_FRAMED = "app_has_run"


@st.cache_resource(show_spinner="Opening the store …")
def _opened(path: str) -> Store:
    return open_store(path)


def store_path() -> Path:
    """Where the store lies: what TIEOUT_STORE names, else data/tieout.duckdb."""
    return Path(os.environ.get(ENVIRONMENT_VARIABLE) or DEFAULT)


def speak() -> None:
    """The words are those of the store's trade. Raises `StoreProblem` where it cannot be opened."""
    speak_for(_opened(str(store_path().resolve())))


def framed() -> None:
    """Notes that app.py has run in this session, with its menu and all that stands before a page."""
    st.session_state[_FRAMED] = True


def store() -> Store:
    """The open store; where it cannot be opened, the page says why and ends.

    Streamlit runs a page without app.py when a page's own address is the first that a new server is asked for, until a
    script calls `st.navigation`. Such a page shows nothing: it ends that, and starts again under app.py.
    """
    if _FRAMED not in st.session_state:
        st.session_state[_FRAMED] = False
        st.navigation([st.Page(page) for page in sorted(PAGES.glob("*.py"))], position="hidden")
        st.rerun()
    if not who():
        _nameless()
    try:
        opened = _opened(str(store_path().resolve()))
        speak_for(opened)
        return opened
    except StoreBusy:
        st.title("The store is in use")
        st.warning(
            "Another program has Tieout's store open: most often a second Tieout, a notebook or the command line. "
            "Close it there, then try again.",
            icon=":material/lock:",
        )
    except StoreProblem as problem:
        st.title("The store cannot be opened")
        st.error("Nothing was changed.", icon=":material/error:")
        st.text(str(problem))
    if st.button("Try again", key="store_retry", type="primary"):
        st.rerun()
    st.stop()


def who() -> str:
    """The name that goes beside what this person does.

    It is the one signed in; where a proxy names each browser's person, the one it names, empty where it names none;
    else the one of the machine's account.
    """
    if getattr(st.user, "is_logged_in", False):
        return str(st.user.get("email") or st.user.get("name") or "signed in")
    header = os.environ.get(PERSON_HEADER)
    if header:
        return _named_by_proxy(header)
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"


def is_shared() -> bool:
    """Whether a proxy names each browser's person, so that one server serves several."""
    return bool(os.environ.get(PERSON_HEADER))


def _named_by_proxy(header: str) -> str:
    """The person of this browser's connection; empty where the header is missing, doubled, too long or not a name."""
    said = [one.strip() for one in st.context.headers.get_all(header)]
    return said[0] if len(said) == 1 and len(said[0]) <= LONGEST_NAME and said[0].isprintable() else ""


def _nameless() -> None:
    """The page says that nobody is signed in, and ends."""
    st.title("Who are you?")
    st.warning(
        "This server is shared, and the sign-in in front of it did not say who you are. Come in by the address that "
        "your site gave you. Nothing is shown until then.",
        icon=":material/badge:",
    )
    st.stop()
