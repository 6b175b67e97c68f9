"""The tie-out on the screen: what was deposited, remitted and posted in a day or two weeks; each opens its rows."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from analysis.money import show
from analysis.summary import LEGS, by_day, in_span, legs_of_days
from analysis.tieout.roll_forward import FORTNIGHT_DAYS
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.kept import kept
from analysis.ui.opened import open_name, panel, panel_rows, sentence, toggle
from analysis.ui.opening import store
from analysis.ui.paths import way

DAY, FORTNIGHT = "The day", "Two weeks"
_ROWS = ("amount", "day", "payer_name", "reference")


def span_name(first: date, last: date) -> str:
    """`Friday, November 13, 2026`, or `November 2 to November 13`."""
    return words.long_day(last) if first == last else f"{first:%B} {first.day} to {last:%B} {last.day}"


def tie_out(as_of: date) -> bool:
    """The three legs and the variance; whether two weeks are asked for, here and in the roll-forward."""
    with st.container(border=True, key="tie_out"):
        left, right = st.columns([3, 1], vertical_alignment="center")
        with right:
            picked = st.segmented_control(
                "Span",
                (DAY, FORTNIGHT),
                default=DAY,
                required=True,
                key="span",
                bind="query-params",
                label_visibility="collapsed",
                width="stretch",
            )
        is_fortnight = picked == FORTNIGHT
        first = as_of - timedelta(days=FORTNIGHT_DAYS - 1) if is_fortnight else as_of
        left.subheader(f"Tie-out, {span_name(first, as_of)}", anchor=False)
        st.caption("By the day that money is of. The roll-forward below goes by the day on which it became known.")
        sums = in_span(kept(("by_day", as_of), lambda: by_day(store(), as_of)), first)
        for slot, (leg, definition) in zip(st.columns(len(LEGS)), LEGS.items(), strict=True):
            with slot.container(gap=None):
                st.metric(words.label(f"{leg}_amount"), show(sums[leg]), help=spoken(sentence(definition)))
                if leg != "variance":
                    st.button("Rows", key=f"open_leg_{leg}", type="tertiary", on_click=toggle, args=(f"leg_{leg}",))
    leg = open_name().removeprefix("leg_")
    if open_name() == f"leg_{leg}" and leg in LEGS and leg != "variance":
        _opened(leg, first, as_of)
    return is_fortnight


def _opened(leg: str, first: date, as_of: date) -> None:
    title = words.label(f"{leg}_amount")
    with panel(title, spoken(sentence(LEGS[leg]))):
        rows = kept(("leg", leg, first, as_of), lambda: legs_of_days(store(), first, as_of, leg))
        if rows.empty:
            st.info("Nothing of the kind in these days.", icon=":material/info:")
            return
        chosen = panel_rows(rows, _ROWS, title, LEGS[leg], as_of)
        if chosen is not None:
            way(chosen["side"], chosen["fact_id"])
