"""Carrying out what a person decides: said in a toast, kept in the session's log, taken back by one button.

The work is prepared with the ids and versions that were on the screen, so that it is refused where they changed.
Streamlit ends a run wherever it asks for the session's state or the address, or draws, as soon as the next press has
come; and a press whose run was ended so may count as done. So what the session has been told (`Seen`) is taken while
the page is drawn, and a press asks for nothing more until its work is done and told. The same press again, before its
page is drawn anew, is an echo: it decides nothing, and is not refused either (decision 0023).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from analysis.match.decisions import Who
from analysis.match.standing import item_version, match_told
from analysis.match.taking_back import take_back_item, take_back_match
from analysis.problems import TieoutError
from analysis.store import Store
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.opening import store, who

ITEM = "item"
"""The address's parameter for the item that is worked on."""

_TOLD = "told_of_decisions"


@dataclass(frozen=True, slots=True)
class Done:
    """A decision that was carried out: in words, on which subject, its version then and as it stands since later ones
    were taken back, and the item it began from."""

    says: str
    kind: str
    subject: str
    version: int
    version_now: int
    item_id: str | None


@dataclass(slots=True)
class Told:
    """What a session has been told: its decisions that stand, what is still to be said, how much of that the page that
    is being drawn has said, what was refused, what comes next, as the address names it, and what a reason is asked for.
    """

    log: list[Done] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    drawn: int = 0
    refused: str | None = None
    goes_on_to: tuple[str, str] | None = None
    asking: Any = None

    @property
    def last(self) -> Done | None:
        """The last decision of the session that stands."""
        return self.log[-1] if self.log else None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a session is told, and which of its decisions was the last when the page was drawn."""

    told: Told
    last: Done | None

    def is_echo_of(self, says: str) -> bool:
        """Whether the press that decided this, in these words, came from the same drawing of the page."""
        last = self.told.last
        return last is not None and last is not self.last and last.says == says

    def choose(self, parameter: str, subject: str) -> None:
        """From the next drawing of the page on the address's parameter names that subject."""
        self.told.goes_on_to = (parameter, subject)


def seen_so_far() -> Seen:
    """What this session has been told and decided, to be taken while a page is drawn."""
    told = _told()
    return Seen(told, told.last)


def _told() -> Told:
    told: Told = st.session_state.setdefault(_TOLD, Told())
    return told


def decider(as_of: date) -> Who:
    """Who decides here, from the day that is looked at."""
    return Who(who(), as_of)


def carry_out(
    seen: Seen,
    says: str,
    kind: str,
    subject: str,
    work: Callable[[], int | None],
    item_id: str | None = None,
    goes_on_to: str | None = None,
) -> bool:
    """Whether the work was done, now or by the press before; then it can be taken back, and the next item is chosen.
    Else why not is shown.

    `seen` was taken while the page was drawn; `kind` is match or item; the work gives the id of a match that it made;
    `item_id`: the item that it began from, which is worked on again once it is taken back.
    """
    told = seen.told
    if seen.is_echo_of(says):
        return True
    opened = store()

    def done() -> None:
        made = work()
        known = subject if made is None else str(made)
        version = _version(opened, kind, known)
        told.log.append(Done(says, kind, known, version, version, item_id))
        told.said.append(f"{says} · U takes it back")
        if goes_on_to is not None:
            seen.choose(ITEM, goes_on_to)

    return _tried(told, done)


def simply(work: Callable[[], str]) -> bool:
    """Whether the work was done; what it says then stands in a toast, else why it was refused on the page."""
    told = _told()
    return _tried(told, lambda: told.said.append(work()))


def _tried(told: Told, work: Callable[[], object]) -> bool:
    try:
        work()
    except TieoutError as refusal:
        told.refused = str(refusal)
        return False
    return True


def _version(opened: Store, kind: str, subject: str) -> int:
    if kind == "item":
        return item_version(opened, subject)
    told = match_told(opened, int(subject))
    return 0 if told is None else int(told["version"])


def outcome() -> None:
    """What was just done, in a toast, and what comes next; what was just refused, in words on the page and a toast."""
    told = _told()
    if told.goes_on_to is not None:
        parameter, subject = told.goes_on_to
        st.query_params[parameter] = subject
        told.goes_on_to = None
    for said in told.said:
        st.toast(words.unmarked(spoken(said)), icon=":material/check_circle:", duration=8)
    told.drawn = len(told.said)
    if told.refused is not None:
        st.toast("Not done. The page says why, at its top.", icon=":material/block:", duration=8)
    refusal()


def refusal() -> None:
    """What was just refused, in words; its place is kept, so that what is open below stays open."""
    told, place = _told(), st.empty()
    if told.refused is not None:
        with place.container(border=True, key="refused"):
            st.error("Not done. Nothing was changed.", icon=":material/block:")
            st.text(spoken(told.refused))
        told.refused = None


def draw(page: Callable[[], None]) -> None:
    """The page is drawn; what it said is not said again, unless the next press cut it short."""
    told, is_cut = _told(), False
    try:
        page()
    except RerunException:
        is_cut = True
        raise
    finally:
        if not is_cut:
            del told.said[: told.drawn]
        told.drawn = 0


def undo_button(as_of: date, *, disabled: bool = False) -> None:
    """The last decision of this session can be taken back; the button says which it is."""
    told = _told()
    last = told.last
    st.button(
        "Undo last",
        key="undo_last",
        shortcut="U",
        disabled=disabled or last is None,
        help=f"Takes back: {words.unmarked(last.says)}" if last else "Nothing was decided in this session yet",
        on_click=_undo,
        args=(told, last, as_of),
    )


def _undo(told: Told, last: Done, as_of: date) -> None:
    if told.last is not last:
        return
    opened, by = store(), decider(as_of)
    done = _tried(told, lambda: _take_back(opened, last, by))
    told.log.pop()
    if done:
        told.log[:] = [_as_it_stands(opened, one, last) for one in told.log]
        told.said.append(f"Taken back: {last.says}")
        told.goes_on_to = None if last.item_id is None else (ITEM, last.item_id)


def _take_back(opened: Store, last: Done, by: Who) -> None:
    if last.kind == "item":
        take_back_item(opened, last.subject, last.version_now, by, last.version)
    else:
        take_back_match(opened, int(last.subject), last.version_now, by)


def _as_it_stands(opened: Store, one: Done, taken_back: Done) -> Done:
    """An earlier decision of the session; where it was about the same, it can be taken back next."""
    if (one.kind, one.subject) != (taken_back.kind, taken_back.subject):
        return one
    return replace(one, version_now=_version(opened, one.kind, one.subject))


def log_of_session() -> list[str]:
    """What was decided in this session and still stands, the newest first."""
    return [done.says for done in reversed(_told().log)]
