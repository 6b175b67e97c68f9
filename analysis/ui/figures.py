"""The figures of the Today page: each a count and an amount with its definition; a click opens its rows on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from analysis.money import show
from analysis.summary import morning_of
from analysis.tieout.figures import GROUPS, Figure, Group
from analysis.tieout.questions import NOT_KEPT
from analysis.tieout.roll_forward import WEEK
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.filters import link
from analysis.ui.kept import kept
from analysis.ui.opened import open_name, panel, panel_rows, toggle
from analysis.ui.opening import store
from analysis.ui.paths import way


def figures(found: Sequence[Figure], groups: Sequence[Group], as_of: date) -> None:
    """The groups' figures, side by side; under them the rows of the figure that is open, where it is one of these."""
    with st.container(key=f"groups_{groups[0]}"):
        for slot, group in zip(st.columns(len(groups)), groups, strict=True):
            with slot:
                group_of_figures(found, group)
    opened_figure(found, groups, as_of)


def group_of_figures(found: Sequence[Figure], group: Group) -> None:
    """One group: a line for each figure, and in words what is not kept yet."""
    with st.container(border=True, height="stretch", key=f"group_{group}", gap="small"):
        st.subheader(spoken(GROUPS[group]), anchor=False)
        for figure in found:
            if figure.asked.group == group:
                _figure(figure)
        for one in NOT_KEPT:
            if one.group == group:
                with st.container(key=f"none_{one.question}", gap=None):
                    st.text(spoken(one.label))
                    st.caption(spoken(f"Not kept yet: {one.why}."))


def opened_figure(found: Sequence[Figure], groups: Sequence[Group], as_of: date) -> None:
    """The rows of the figure that is open, where it is in one of the groups."""
    for figure in found:
        if figure.asked.group in groups and figure.name == open_name():
            _opened(figure, as_of)


def line(name: str, count: str, amount: str, label: str, button: Callable[[], object] | None = None) -> None:
    """One line: the label, or the button that stands for it, then count and amount, right-aligned."""
    words_slot, count_slot, amount_slot = st.columns([5.4, 1.2, 2.6], gap="small")
    with words_slot:
        if button is None:
            st.text(label)
        else:
            button()
    with count_slot.container(horizontal_alignment="right", key=f"count_{name}"):
        st.text(count)
    with amount_slot.container(horizontal_alignment="right", key=f"amount_{name}"):
        st.text(amount)


def _figure(figure: Figure) -> None:
    def button() -> None:
        st.button(
            spoken(figure.label),
            key=f"open_{figure.name}",
            type="tertiary",
            help=spoken(figure.definition),
            on_click=toggle,
            args=(figure.name,),
            icon=":material/keyboard_arrow_down:" if figure.name == open_name() else None,
        )

    is_clear = not figure.count and figure.asked.wants_zero
    amount = "" if figure.amount is None or not figure.count else show(figure.amount)
    with st.container(key=f"figure_{figure.name}", gap=None):
        line(figure.name, "✓ 0" if is_clear else f"{figure.count:,}", amount, spoken(figure.label), button)
        if figure.note and figure.count:
            st.caption(words.unmarked(spoken(figure.note[0].upper() + figure.note[1:])))


def _opened(figure: Figure, as_of: date) -> None:
    """The rows that the figure counts, its definition, how it was a week before, and the ways on."""
    asked, rows = figure.asked, figure.rows
    with panel(spoken(figure.label), spoken(f"{figure.definition} {_week_before(figure, as_of)}".rstrip())):
        if rows.empty:
            st.success("Nothing: that is how it should be." if asked.wants_zero else "Nothing.")
        else:
            row_id = None if asked.opens is None else asked.opens_by
            definition = figure.definition
            chosen = panel_rows(rows, asked.columns, figure.label, definition, as_of, row_id=row_id, money=asked.money)
            if chosen is not None and asked.opens is not None:
                way(chosen["side"] if asked.opens == "side" else asked.opens, chosen[asked.opens_by])
        if asked.page is not None:
            going = link(asked.page, **asked.chosen)
            name = spoken(asked.page.replace("_", " ").capitalize())
            st.page_link(
                f"pages/{asked.page}.py", label=f"To {name}", icon=":material/arrow_forward:", query_params=going
            )


def _week_before(figure: Figure, as_of: date) -> str:
    then = as_of - WEEK
    known = kept(("morning", then), lambda: morning_of(store(), then))
    was = next(one for one in known if one.name == figure.name)
    amount = "" if was.amount is None else f", {show(was.amount)}"
    return f"A week before: {was.count:,}{amount}."
