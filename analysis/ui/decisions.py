"""Carrying out what a person decides: said in a toast, kept in the session's log, taken back by one button.

The work is prepared with the ids and versions that were on the screen, so that it is refused where they changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from analysis.match.decisions import Who
from analysis.match.standing import item_version, match_told
from analysis.match.taking_back import take_back_item, take_back_match
from analysis.problems import TieoutError
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.opening import store, who

ITEM = "item"
"""The address's parameter for the item that is worked on."""

_LOG, _SAID, _REFUSED = "decisions_of_session", "decision_said", "decision_refused"


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was carried out: in words, on which subject, its version then, and the item it began from."""

    says: str
    kind: str
    subject: str
    version: int
    item_id: str | None


def decider(as_of: date) -> Who:
    """Who decides here, from the day that is looked at."""
    return Who(who(), as_of)


def carry_out(
    says: str, kind: str, subject: str, work: Callable[[], int | None], goes_on_to: str | None = None
) -> bool:
    """Whether the work was done; then it can be taken back, and the next item is chosen. Else why not is shown.

    `kind` is match or item; the work gives the id of a match that it made.
    """
    item_id = st.query_params.get(ITEM)
    if not _tried(lambda: _log(says, kind, subject, work, item_id)):
        return False
    _say(f"{says} · U takes it back")
    if goes_on_to is not None:
        st.query_params[ITEM] = goes_on_to
    return True


def _log(says: str, kind: str, subject: str, work: Callable[[], int | None], item_id: str | None) -> None:
    made = work()
    known = subject if made is None else str(made)
    st.session_state.setdefault(_LOG, []).append(Done(says, kind, known, _version(kind, known), item_id))


def simply(work: Callable[[], str]) -> bool:
    """Whether the work was done; what it says then stands in a toast, else why it was refused on the page."""
    return _tried(lambda: _say(work()))


def _say(words_of_it: str) -> None:
    """Said with the next run of the page that is drawn; decisions that come faster than pages wait in a row."""
    st.session_state.setdefault(_SAID, []).append(spoken(words_of_it))


def _tried(work: Callable[[], object]) -> bool:
    try:
        work()
    except TieoutError as refusal:
        st.session_state[_REFUSED] = str(refusal)
        return False
    return True


def _version(kind: str, subject: str) -> int:
    if kind == "item":
        return item_version(store(), subject)
    told = match_told(store(), int(subject))
    return 0 if told is None else int(told["version"])


def outcome() -> None:
    """What was just done, in a toast; what was just refused, in words on the page."""
    for said in st.session_state.pop(_SAID, []):
        st.toast(words.unmarked(said), icon=":material/check_circle:", duration=8)
    refusal()


def refusal() -> None:
    """What was just refused, in words."""
    if refused := st.session_state.pop(_REFUSED, None):
        with st.container(border=True, key="refused"):
            st.error("Not done. Nothing was changed.", icon=":material/block:")
            st.text(spoken(refused))


def undo_button(as_of: date, *, disabled: bool = False) -> None:
    """The last decision of this session can be taken back; the button says which it is."""
    log: list[Done] = st.session_state.get(_LOG, [])
    last = log[-1] if log else None
    st.button(
        "Undo last",
        key="undo_last",
        shortcut="U",
        disabled=disabled or last is None,
        help=f"Takes back: {words.unmarked(last.says)}" if last else "Nothing was decided in this session yet",
        on_click=_undo,
        args=(last, as_of),
    )


def _undo(last: Done, as_of: date) -> None:
    done = _tried(lambda: _take_back(last, decider(as_of)))
    log: list[Done] = st.session_state.get(_LOG, [])
    if log and log[-1] == last:
        log.pop()
    if done:
        _say(f"Taken back: {last.says}")
        if last.item_id is not None:
            st.query_params[ITEM] = last.item_id


def _take_back(last: Done, by: Who) -> None:
    if last.kind == "item":
        take_back_item(store(), last.subject, last.version, by)
    else:
        take_back_match(store(), int(last.subject), last.version, by)


def log_of_session() -> list[str]:
    """What was decided in this session and still stands, the newest first."""
    return [done.says for done in reversed(st.session_state.get(_LOG, []))]
