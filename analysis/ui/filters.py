"""Filters whose state lives in the address, so that a view can be bookmarked and sent.

A filter of the page `unmatched` on the column `item_type` is `?unmatched_item_type=…`, once for each value, in the
words of the screen. Text that may name a patient (`private_search`) stays out of the address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.money import dollars
from analysis.ui import words
from analysis.ui.codes import CODED

OLDER_THAN = ("over 7 days", "over 30 days", "over 60 days", "over 90 days", "over 180 days", "over 365 days")
_AGE = "age"
_SEARCH = "find"
_WORDS = re.compile(r"[\w ;()✓✗=⚠★○‖●▲▼-]{1,80}")


def link(page: str, **chosen: Sequence[Any]) -> dict[str, list[str]]:
    """The address's parameters that open the page with those codes chosen."""
    return {f"{page}_{column}": [_option(column, value) for value in values] for column, values in chosen.items()}


def forget() -> None:
    """No page has a filter set any more; what an address names still holds. For the page whose links must be exact."""
    for key in [key for key in st.session_state if str(key).startswith("filter_of_")]:
        st.session_state.pop(str(key).removeprefix("filter_of_"), None)
        st.session_state.pop(key, None)


def filtered(frame: pd.DataFrame, page: str, columns: Sequence[str], *, private_search: bool = False) -> pd.DataFrame:
    """The rows that the user's choices leave: one choice a column, an age where there is one, and a search.

    The search takes words found anywhere in a row, or an amount (found with either sign).
    """
    has_age = "age_days" in frame.columns
    shelf = st.container(key=f"filters_{page}")
    slots = shelf.columns([*([3] * len(columns)), *([2] * has_age), 3], vertical_alignment="bottom")
    for slot, column in zip(slots, columns, strict=False):
        with slot:
            frame = _chosen(frame, page, column)
    if has_age:
        with slots[-2]:
            frame = _older(frame, page)
    with slots[-1]:
        return _found(frame, page, private_search)


def _option(column: str, value: Any) -> str:
    return words.NOTHING if pd.isna(value) else words.said(column, value)


def _chosen(frame: pd.DataFrame, page: str, column: str) -> pd.DataFrame:
    said = frame[column].map(lambda value: _option(column, value)).astype(object)
    options = sorted(set(said))
    key = _key(page, column)
    asked = st.session_state[key] if key in st.session_state else st.query_params.get_all(key)
    others = sorted(set(asked or ()) - set(options))
    if _is_known(asked, column):
        options += others
    elif others:
        told = f"The filter {words.label(column)} asked for what no row has; that is left out."
        st.toast(told, icon=":material/filter_alt_off:", duration=8)
    picked = st.multiselect(words.label(column), options, key=key, bind="query-params", placeholder="All")
    return frame[said.isin(picked)] if picked else frame


def _is_known(asked: Any, column: str) -> bool:
    """Whether the choice may stand although no row has it today: then the table is empty and says so."""
    return isinstance(asked, list) and column in CODED and len(asked) <= 20 and all(map(_WORDS.fullmatch, asked))


def _older(frame: pd.DataFrame, page: str) -> pd.DataFrame:
    key = _key(page, _AGE)
    picked = st.selectbox("Age", OLDER_THAN, index=None, key=key, bind="query-params", placeholder="Any")
    return frame if picked is None else frame[frame["age_days"] > int(picked.split()[1])]


def _found(frame: pd.DataFrame, page: str, private: bool) -> pd.DataFrame:
    typed = st.text_input(
        "Find",
        key=_key(page, _SEARCH),
        bind=None if private else "query-params",
        placeholder="Text or amount",
        icon=":material/search:",
        help="Words in any column, or an amount such as 1,234.50.",
    )
    text = (typed or "").strip()
    return frame if not text else frame[matching(frame, text)]


def matching(frame: pd.DataFrame, text: str) -> pd.Series:
    """Which rows hold the text in any text column, or the amount that it writes in any amount column."""
    amount = dollars(text)
    wanted = text.casefold()
    hits = pd.Series(False, index=frame.index)
    for name in frame.columns:
        kind = _kind(frame[name])
        if amount is not None and pa.types.is_decimal(kind):
            hits |= frame[name].map(lambda value: not pd.isna(value) and abs(value) == abs(amount)).astype(bool)
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
            hits |= frame[name].map(lambda value: not pd.isna(value) and wanted in value.casefold()).astype(bool)
    return hits


def _kind(column: pd.Series) -> pa.DataType:
    return getattr(column.dtype, "pyarrow_dtype", pa.null())


def _key(page: str, name: str) -> str:
    key = f"{page}_{name}"
    st.session_state[f"filter_of_{key}"] = True
    return key
