"""Tables: money exact and right-aligned, codes in words, a chosen row known by its id and never by its position.

A keyed Streamlit table keeps the selected position when rows change under it. Here the key holds a digest of the ids in
their order, so that other rows make another table, with nothing selected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.column_config import Column, DateColumn, DatetimeColumn, NumberColumn, TextColumn

from analysis.money import show, total
from analysis.trade_words import is_of_trade
from analysis.ui import words
from analysis.ui.codes import CODED, NAMING, TOLD

ROWS_SHOWN = 14
ROW_HEIGHT, HEADING_HEIGHT = 35, 38
LINE_HEIGHT, LINES_PADDING, LEAST_WRAPPED = 20, 14, 65
"""In pixels; Streamlit breaks a text into lines only in a row higher than four rem."""
_WIDE = frozenset(
    {"set_to", "reason", "why", "explanation", "next_step", "words", "message", "evidence", "totals", "records"}
)
_WIDTHS: Mapping[str, int] = {
    "age_days": 82,
    "payer_name": 185,
    "item_type": 185,
    "causes": 165,
    "reference": 145,
    "severity": 95,
    "marked": 150,
    "owed_to": 185,
    "disposition": 140,
    "line_number": 95,
    "certainty": 130,
    "cause": 165,
    "evidence": 120,
    "group": 240,
    "trace_number": 175,
    "meaning": 84,
    "fits": 170,
    "known_as": 175,
    "others": 230,
    "open_amount": 82,
    "status": 98,
    "order": 62,
    "does": 105,
    "says": 490,
    "windows": 330,
    "rule_name": 150,
    "run_id": 60,
    "made_count": 70,
    "proposed_count": 85,
    "ended_count": 70,
    "standing_count": 85,
    "business_days": 112,
    "rhythm": 215,
    "arrival_state": 165,
    "source_name": 250,
    "missing_count": 105,
    "to_account": 120,
    "overlap_count": 100,
}
_AMOUNT, _SIGN, _DAY = 102, 8, 105
_HIDDEN = frozenset(
    {
        "account_id",
        "bank_statement_id",
        "bank_transaction_id",
        "claim_payment_id",
        "content_key",
        "duplicate_of",
        "fact_id",
        "file_id",
        "item_id",
        "last_place",
        "payer_key",
        "place",
        "remittance_id",
        "row_key",
        "service_payment_id",
        "side",
        "trace_key",
        "takeback_id",
        "instruction_key",
        "instruction_id",
        "variance_id",
        "part_id",
    }
)


def table(
    frame: pd.DataFrame,
    key: str,
    *,
    row_id: str | None = None,
    columns: Sequence[str] | None = None,
    alt: str | None = None,
    rows_shown: int | None = None,
    widths: Mapping[str, int] | None = None,
    lines: int = 1,
) -> dict[str, Any] | None:
    """Shows the rows; gives the chosen one where `row_id` names the column that knows it, else None.

    Without `columns` all are shown but those that only Tieout needs; `rows_shown`: how many without scrolling;
    `widths`: of columns that are not as wide as elsewhere, in pixels; `lines`: in how many lines a text may stand.
    """
    names = [name for name in columns or frame.columns if name in frame.columns and (columns or name not in _HIDDEN)]
    names = [name for name in names if is_of_trade(name)]
    shown = frame.reset_index(drop=True)
    height = ROW_HEIGHT if lines == 1 else max(LEAST_WRAPPED, LINE_HEIGHT * lines + LINES_PADDING)
    options: dict[str, Any] = {
        "hide_index": True,
        "column_order": names,
        "column_config": {name: column_of(shown[name], name, (widths or {}).get(name)) for name in names},
        "height": HEADING_HEIGHT + height * max(1, min(len(shown), rows_shown or ROWS_SHOWN)),
        "row_height": height,
        "placeholder": "",
        "alt": alt or f"Table of {words.count_of(len(shown), 'row')}",
    }
    if row_id is None:
        st.dataframe(in_words(shown[names]), key=key, **options)
        return None
    event = st.dataframe(
        in_words(shown[names]),
        key=f"{key}-{digest(shown[row_id])}",
        on_select="rerun",
        selection_mode="single-row",
        **options,
    )
    chosen = event.selection.rows
    if not chosen or chosen[0] >= len(shown):
        return None
    return row_of(shown.iloc[[chosen[0]]])


def picked(frame: pd.DataFrame, key: str, *, row_id: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Shows the rows with tick boxes; gives the ticked ones, known by `row_id`, in their order."""
    shown = frame.reset_index(drop=True)
    names = [name for name in columns if name in shown.columns]
    event = st.dataframe(
        in_words(shown[names]),
        key=f"{key}-{digest(shown[row_id])}",
        on_select="rerun",
        selection_mode="multi-row",
        hide_index=True,
        column_order=names,
        column_config={name: column_of(shown[name], name) for name in names},
        height=HEADING_HEIGHT + ROW_HEIGHT * max(1, min(len(shown), ROWS_SHOWN)),
        placeholder="",
        alt=f"Table of {words.count_of(len(shown), 'row')} with tick boxes",
    )
    return [row_of(shown.iloc[[place]]) for place in sorted(event.selection.rows) if place < len(shown)]


def row_of(frame: pd.DataFrame) -> dict[str, Any]:
    """The first row as a mapping of Python values, None for null."""
    first: dict[str, Any] = pa.Table.from_pandas(frame.head(1), preserve_index=False).to_pylist()[0]
    return first


def with_id(frame: pd.DataFrame, row_id: str, wanted: Any) -> dict[str, Any] | None:
    """The row of that id (compared as text), or None where there is none."""
    hits = frame[frame[row_id].astype("string") == str(wanted)]
    return None if hits.empty else row_of(hits)


def foot(
    frame: pd.DataFrame,
    whole: pd.DataFrame,
    *amounts: str,
    counts: Callable[[pd.DataFrame], pd.Series] | None = None,
) -> None:
    """The line under a table: how many rows of how many, and the exact sums of the amount columns.

    `counts`: which rows the sums are of, where some are in no total; how many these are is said.
    """
    is_part = len(frame) < len(whole)
    parts = [f"{len(frame):,} of {words.count_of(len(whole), 'row')}" if is_part else words.count_of(len(frame), "row")]
    if counts is not None:
        every = len(frame)
        frame, whole = frame[counts(frame)], whole[counts(whole)]
        parts += [f"{every - len(frame):,} in no total"] if every > len(frame) else []
    for column in amounts:
        shown, all_rows = total(frame[column].dropna()), total(whole[column].dropna())
        of = f" of {show(all_rows)}" if is_part else ""
        parts.append(f"{words.label(column)} {show(shown)}{of}")
    st.caption(" · ".join(parts))


def digest(ids: pd.Series) -> str:
    """A short text that is another one as soon as the ids, or their order, are."""
    text = "\x1f".join("" if pd.isna(one) else str(one) for one in ids)
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _kind(column: pd.Series) -> pa.DataType:
    return getattr(column.dtype, "pyarrow_dtype", pa.string())


def column_of(column: pd.Series, name: str, wide: int | None = None) -> Any:
    """How a column of that kind and name is drawn."""
    kind, label = _kind(column), words.label(name)
    if pa.types.is_decimal(kind):
        return NumberColumn(
            label,
            format="%,.2f" if kind.scale == 2 else "plain",
            alignment="right",
            width=wide or max(_WIDTHS.get(name, _AMOUNT), _wanted(column)),
        )
    if pa.types.is_timestamp(kind):
        return DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
    if pa.types.is_date(kind):
        return DateColumn(label, format="YYYY-MM-DD", width=wide or _WIDTHS.get(name, _DAY))
    if pa.types.is_integer(kind):
        return NumberColumn(label, format="%,d", width=wide or _WIDTHS.get(name, 90))
    if pa.types.is_boolean(kind):
        return Column(label, width="small")
    return TextColumn(label, width=wide or ("large" if name in _WIDE else _WIDTHS.get(name)))


def _wanted(amounts: pd.Series) -> int:
    """The pixels that the longest amount of the column needs."""
    return _SIGN * (
        3 + max((len(show(amount)) for amount in (amounts.min(), amounts.max()) if not pd.isna(amount)), default=0)
    )


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its codes and truths in words; amounts and dates untouched."""
    said: Mapping[str, pd.Series] = {
        name: frame[name]
        .map(lambda value, name=name: None if pd.isna(value) else words.said(name, value))
        .astype(object)
        for name in frame.columns
        if name in CODED or name in NAMING or name in TOLD or pa.types.is_boolean(_kind(frame[name]))
    }
    return frame.assign(**said)
