"""What is open on Today: one name in the address (`?open=late_efts`), and the panel that shows its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.ui import words
from analysis.ui.downloads import downloads
from analysis.ui.tables import foot, table

_OPEN = "open"


def open_name() -> str:
    """The name of the figure or term that is open; empty for none."""
    return str(st.query_params.get(_OPEN, ""))


def toggle(name: str) -> None:
    """Opens the rows of that name, or closes them."""
    if open_name() == name:
        st.query_params.pop(_OPEN, None)
    else:
        st.query_params[_OPEN] = name


@contextmanager
def panel(title: str, definition: str) -> Iterator[None]:
    """The frame of what is open: its title and definition, and the way to close it."""
    with st.container(border=True, key="opened"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.subheader(title, anchor=False)
        with right.container(horizontal_alignment="right"):
            st.button("Close", key="close", type="tertiary", on_click=toggle, args=(open_name(),))
        st.caption(words.unmarked(definition))
        yield


def panel_rows(
    rows: pd.DataFrame,
    columns: Sequence[str],
    title: str,
    definition: str,
    as_of: date,
    row_id: str | None = "fact_id",
    money: str | None = "amount",
) -> Mapping[str, Any] | None:
    """The rows of what is open, their count and sum, their downloads; the row that is chosen, or None."""
    shown = [name for name in columns if name in rows.columns]
    chosen = table(rows, f"rows_{open_name()}", row_id=row_id, columns=shown, alt=title)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(rows, rows, *([money] if money else []))
    with right:
        downloads(rows[shown], f"today_{open_name()}", title, as_of, definition)
    return chosen


def sentence(definition: str) -> str:
    """The definition as a sentence of its own."""
    return f"{definition[0].upper()}{definition[1:]}."
