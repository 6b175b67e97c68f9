"""The roll-forward on the screen: the equation of the day or the fortnight, its terms' rows, and what is unposted."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.money import ZERO, show, total
from analysis.tieout.roll_forward import PARTS, TERMS, in_one, moved, roll_forward, unposted_parts
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.downloads import downloads
from analysis.ui.figures import line
from analysis.ui.kept import kept
from analysis.ui.opened import open_name, panel, panel_rows, sentence, toggle
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import table
from analysis.ui.tie_out import span_name

_SIGNS = {"opening": "", "banked": "+ ", "no_payment": "− ", "returned": "+ ", "posted": "− ", "corrected": "+ "}
_COLUMNS = ("day", *(f"{term}_amount" for term in TERMS))
_ROWS = ("amount", "term", "day", "item_date", "payer_name", "reference", "line_kind", "bank_account")


def equation(as_of: date, is_fortnight: bool) -> None:
    """Opening, the terms, and closing, of the day or of two weeks; each term opens its rows."""
    days = kept(("roll_forward", as_of), lambda: roll_forward(store(), as_of))
    shown = days if is_fortnight else days.tail(1)
    span = in_one(shown)
    with st.container(border=True, key="roll_forward"):
        title = f"Roll-forward of unposted money, {span_name(span['first_day'], span['last_day'])}"
        st.subheader(title, anchor=False)
        for slot, (term, definition) in zip(st.columns(len(TERMS)), TERMS.items(), strict=True):
            with slot.container(gap=None):
                label = f"{_SIGNS.get(term, '= ')}{words.label(f'{term}_amount')}"
                st.metric(label, show(span[f"{term}_amount"]), help=spoken(sentence(definition)))
                if term not in ("opening", "closing"):
                    st.button("Rows", key=f"open_term_{term}", type="tertiary", on_click=toggle, args=(f"term_{term}",))
    term = open_name().removeprefix("term_")
    if open_name() == f"term_{term}" and term in TERMS and term not in ("opening", "closing"):
        _opened(term, tuple(shown["day"]), as_of)


def _opened(term: str, days: tuple[date, ...], as_of: date) -> None:
    """The rows of the term that is open, as known on each of the days."""
    title = words.label(f"{term}_amount")
    with panel(title, spoken(sentence(TERMS[term]))):
        rows = kept(("moved", days, term), lambda: moved(store(), days, term))
        if rows.empty:
            st.info("Nothing of the kind in these days.", icon=":material/info:")
            return
        chosen = panel_rows(rows, _ROWS, title, TERMS[term], as_of)
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
                line(f"part_{part}", f"{int(count):,}", show(amount), spoken(sentence(definition)).rstrip("."))
        with st.container(key="figure_part_sum", gap=None):
            line("closing", "", show(total(found["amount"])), "Closing")
        st.page_link("pages/variances.py", label="Row by row on Variances", icon=":material/arrow_forward:")


def day_by_day(as_of: date) -> None:
    """The two weeks as a table: the closing of a day is the opening of the next."""
    days = kept(("roll_forward", as_of), lambda: roll_forward(store(), as_of))
    with st.expander("Day by day", icon=":material/calendar_month:"):
        table(days.iloc[::-1], "roll_forward_days", columns=_COLUMNS, alt="The roll-forward day by day")
        downloads(days, "roll_forward", "Roll-forward", as_of, TERMS["closing"])
