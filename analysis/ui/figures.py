"""The figures of the Today page: each a count and an amount with its definition; a click opens its rows on the page.

Which figure is open stands in the address as `?open=late_efts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analysis.money import show
from analysis.summary import morning_of
from analysis.tieout.figures import GROUPS, Figure
from analysis.tieout.questions import NOT_KEPT
from analysis.tieout.roll_forward import WEEK
from analysis.ui import words
from analysis.ui.downloads import downloads
from analysis.ui.filters import link
from analysis.ui.kept import kept
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import foot, table

_OPEN = "open"
_ACROSS = 3


def open_name() -> str:
    """The name of the figure or term that is open; empty for none."""
    return str(st.query_params.get(_OPEN, ""))


def toggle(name: str) -> None:
    """Opens the rows of that name, or closes them."""
    if open_name() == name:
        st.query_params.pop(_OPEN, None)
    else:
        st.query_params[_OPEN] = name


def figures(found: Sequence[Figure], as_of: date) -> None:
    """The figures by group, three groups across; under a row of groups the rows of the figure that is open."""
    groups = list(GROUPS)
    for first in range(0, len(groups), _ACROSS):
        row = groups[first : first + _ACROSS]
        for slot, group in zip(st.columns(_ACROSS), row, strict=True):
            with slot.container(border=True, height="stretch", key=f"group_{group}", gap="small"):
                st.subheader(GROUPS[group], anchor=False)
                for figure in found:
                    if figure.asked.group == group:
                        _line(figure)
                for one in NOT_KEPT:
                    if one.group == group:
                        _not_kept(one.label, one.why)
        for figure in found:
            if figure.asked.group in row and figure.name == open_name():
                _opened(figure, as_of)


def _line(figure: Figure) -> None:
    is_open = figure.name == open_name()
    with st.container(horizontal=True, key=f"figure_{figure.name}"):
        st.button(
            figure.label,
            key=f"open_{figure.name}",
            type="tertiary",
            help=figure.definition,
            on_click=toggle,
            args=(figure.name,),
            icon=":material/keyboard_arrow_down:" if is_open else None,
        )
        with st.container(key=f"count_{figure.name}"):
            st.text("✓ 0" if not figure.count and figure.asked.wants_zero else f"{figure.count:,}")
        with st.container(key=f"amount_{figure.name}"):
            st.text("" if figure.amount is None or not figure.count else show(figure.amount))
    if figure.note and figure.count:
        with st.container(key=f"note_{figure.name}"):
            st.caption(words.unmarked(figure.note))


def _not_kept(label: str, why: str) -> None:
    with st.container(key=f"none_{label.lower().replace(' ', '_')}", gap="xxsmall"):
        st.text(label)
        st.caption(f"Not kept yet: {why}.")


def _opened(figure: Figure, as_of: date) -> None:
    """The rows that the figure counts, its definition, how it was a week before, and the ways on."""
    asked, rows = figure.asked, figure.rows
    with st.container(border=True, key="opened"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.subheader(figure.label, anchor=False)
        right.button(
            "Close", key="close", on_click=toggle, args=(figure.name,), icon=":material/close:", width="stretch"
        )
        st.caption(words.unmarked(f"{figure.definition} {_week_before(figure, as_of)}"))
        if rows.empty:
            st.success("Nothing: that is how it should be." if asked.wants_zero else "Nothing.")
        else:
            _rows(figure, as_of)
        if asked.page is not None:
            going = link(asked.page, **asked.chosen)
            name = asked.page.replace("_", " ").capitalize()
            st.page_link(
                f"pages/{asked.page}.py", label=f"To {name}", icon=":material/arrow_forward:", query_params=going
            )


def _rows(figure: Figure, as_of: date) -> None:
    asked, rows = figure.asked, figure.rows
    columns = [name for name in asked.columns if name in rows.columns]
    row_id = None
    if asked.opens is not None:
        row_id = asked.opens_by
    chosen = table(rows, f"rows_{figure.name}", row_id=row_id, columns=columns, alt=figure.label)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(rows, rows, *([asked.money] if asked.money else []))
    with right:
        downloads(rows[columns], f"today_{figure.name}", figure.label, as_of, figure.definition)
    if chosen is not None and asked.opens is not None:
        way(chosen["side"] if asked.opens == "side" else asked.opens, chosen[asked.opens_by])


def _week_before(figure: Figure, as_of: date) -> str:
    then = as_of - WEEK
    known = kept(("morning", then), lambda: morning_of(store(), then))
    was = next(one for one in known if one.name == figure.name)
    amount = "" if was.amount is None else f", {show(was.amount)}"
    return f"A week before: {was.count:,}{amount}."
