"""The roll-forward on the screen: the equation of the day or the fortnight, its terms' rows, and what is unposted."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analysis.money import ZERO, show, total
from analysis.tieout.roll_forward import PARTS, TERMS, in_one, moved, roll_forward, unposted_parts
from analysis.ui import words
from analysis.ui.downloads import downloads
from analysis.ui.figures import line, open_name, toggle
from analysis.ui.kept import kept
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import foot, table

_DAY, _FORTNIGHT = "The day", "Two weeks"
_SIGNS = {"opening": "", "banked": "+ ", "no_payment": "− ", "returned": "+ ", "posted": "− ", "corrected": "+ "}
_COLUMNS = ("day", *(f"{term}_amount" for term in TERMS))
_ROWS = ("amount", "term", "day", "item_date", "payer_name", "reference", "line_kind", "bank_account")


def equation(as_of: date) -> None:
    """Opening, the terms, and closing, of the day or of two weeks; each term opens its rows."""
    days = kept(("roll_forward", as_of), lambda: roll_forward(store(), as_of))
    with st.container(border=True, key="roll_forward"):
        left, right = st.columns([3, 1], vertical_alignment="center")
        with right:
            picked = st.segmented_control(
                "Span",
                (_DAY, _FORTNIGHT),
                default=_DAY,
                required=True,
                key="span",
                bind="query-params",
                label_visibility="collapsed",
                width="stretch",
            )
        shown = days.tail(1) if picked != _FORTNIGHT else days
        span = in_one(shown)
        left.subheader(f"From unposted to unposted, {_span(span['first_day'], span['last_day'])}", anchor=False)
        for slot, (term, definition) in zip(st.columns(len(TERMS)), TERMS.items(), strict=True):
            with slot.container(gap=None):
                label = f"{_SIGNS.get(term, '= ')}{words.label(f'{term}_amount')}"
                st.metric(label, show(span[f"{term}_amount"]), help=f"{definition[0].upper()}{definition[1:]}.")
                if term not in ("opening", "closing"):
                    st.button("Rows", key=f"open_term_{term}", type="tertiary", on_click=toggle, args=(f"term_{term}",))
    _opened(shown, as_of)


def _opened(shown: pd.DataFrame, as_of: date) -> None:
    """The rows of the term that is open, as known on each of the days."""
    term = open_name().removeprefix("term_")
    if not open_name().startswith("term_") or term not in TERMS or term in ("opening", "closing"):
        return
    days = tuple(shown["day"])
    rows = kept(("moved", days, term), lambda: moved(store(), days, term))
    label = words.label(f"{term}_amount")
    with st.container(border=True, key="opened"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.subheader(label, anchor=False)
        with right.container(horizontal_alignment="right"):
            st.button("Close", key="close", type="tertiary", on_click=toggle, args=(open_name(),))
        st.caption(f"{TERMS[term][0].upper()}{TERMS[term][1:]}.")
        if rows.empty:
            st.info("Nothing of the kind in these days.", icon=":material/info:")
            return
        chosen = table(rows, f"rows_{term}", row_id="fact_id", columns=_ROWS, alt=label)
        left, right = st.columns([3, 1], vertical_alignment="center")
        with left:
            foot(rows, rows, "amount")
        with right:
            downloads(rows[list(_ROWS)], f"today_{term}", label, as_of, TERMS[term])
        if chosen is not None:
            way(chosen["side"], chosen["fact_id"])


def parts(as_of: date) -> None:
    """What the closing amount is made of: four parts with their count, and their sum."""
    found = kept(("parts", as_of), lambda: unposted_parts(store(), as_of)).set_index("part")
    with st.container(border=True, height="stretch", key="parts", gap="small"):
        st.subheader("What closing is made of", anchor=False)
        for part, definition in PARTS.items():
            is_there = part in found.index
            count, amount = (found.loc[part, "item_count"], found.loc[part, "amount"]) if is_there else (0, ZERO)
            with st.container(key=f"figure_part_{part}", gap=None):
                line(f"part_{part}", f"{int(count):,}", show(amount), f"{definition[0].upper()}{definition[1:]}")
        with st.container(key="figure_part_sum", gap=None):
            line("closing", "", show(total(found["amount"])), "Closing")
        st.page_link("pages/variances.py", label="Row by row on Variances", icon=":material/arrow_forward:")


def day_by_day(as_of: date) -> None:
    """The two weeks as a table: the closing of a day is the opening of the next."""
    days = kept(("roll_forward", as_of), lambda: roll_forward(store(), as_of))
    with st.expander("Day by day", icon=":material/calendar_month:"):
        table(days.iloc[::-1], "roll_forward_days", columns=_COLUMNS, alt="The roll-forward day by day")
        downloads(days, "roll_forward", "Roll-forward", as_of, TERMS["closing"])


def _span(first: date, last: date) -> str:
    return words.long_day(last) if first == last else f"{first:%B} {first.day} to {last:%B} {last.day}"
