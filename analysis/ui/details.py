"""One record in detail: its facts as label and value, its raw text. What came from files is never markdown here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from analysis.money import show
from analysis.store import Store
from analysis.tieout.drilldown import raw_text
from analysis.trade_words import is_of_trade, spoken
from analysis.ui import words
from analysis.ui.opening import store

_MOST_LINES = 2_000


def facts(row: Mapping[str, Any], names: Sequence[str], across: int = 4) -> None:
    """The named values of the record, those that it has, in rows of `across`."""
    there = [name for name in names if row.get(name) not in (None, "") and is_of_trade(name)]
    for first in range(0, len(there), across):
        for slot, name in zip(st.columns(across), there[first : first + across], strict=False):
            with slot.container(gap="xxsmall"):
                st.caption(words.label(name))
                st.text(words.said(name, row[name]))


def amounts(row: Mapping[str, Any], names: Sequence[str]) -> None:
    """The named amounts of the record side by side, large."""
    there = [name for name in names if row.get(name) is not None]
    for slot, name in zip(st.columns(max(len(there), 4)), there, strict=False):
        slot.metric(words.label(name), show(row[name]), border=True)


def raw(
    row: Mapping[str, Any], title: str, first: str = "place", last: str = "last_place", *, is_open: bool = False
) -> None:
    """The record as its file wrote it, every segment or line with its number."""
    if row.get("file_id") is None or row.get(first) is None:
        return
    with st.expander(spoken(title), icon=":material/code:", expanded=is_open):
        lines = _lines(store(), int(row["file_id"]), int(row[first]), int(row.get(last) or row[first]))
        st.code("\n".join(lines[:_MOST_LINES]) or "The file's text is not kept.", language=None, wrap_lines=True)
        if len(lines) > _MOST_LINES:
            st.caption(f"The first {_MOST_LINES:,} of {len(lines):,}.")


def _lines(source: Store, file_id: int, first: int, last: int) -> list[str]:
    return [f"{number:>7}  {text}" for number, text in raw_text(source, file_id, first, last)]
