"""Tables whose chosen rows are known by id alone: the id is kept, and the table is told where it stands now.

What a user clicks comes back as a position in the table that was shown; it is turned into an id there and then, with
the ids as they were shown. A row that comes in above moves the mark with its record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.ui import words
from analysis.ui.tables import HEADING_HEIGHT, ROW_HEIGHT, column_of, digest, in_words

Pick = Callable[[str], None]
Ticks = Callable[[dict[str, bool]], None]


def one_of(
    frame: pd.DataFrame,
    key: str,
    row_id: str,
    chosen: str,
    pick: Pick,
    *,
    columns: Sequence[str],
    rows: int,
    alt: str,
    widths: Mapping[str, int] | None = None,
) -> None:
    """Shows the rows with the chosen one marked; `pick` gets the id of another that is clicked or reached by arrows."""
    ids = [str(one) for one in frame[row_id]]
    full_key, place = f"{key}-{digest(frame[row_id])}", ids.index(chosen)
    st.session_state[full_key] = {"selection": {"rows": [place], "columns": [], "cells": [(place, columns[0])]}}
    _draw(
        frame,
        full_key,
        columns,
        rows,
        alt,
        widths=widths,
        on_select=lambda: _picked(full_key, ids, place, pick),
        selection_mode=["single-row-required", "single-cell"],
    )


def _picked(key: str, ids: list[str], place: int, pick: Pick) -> None:
    chosen = st.session_state[key]["selection"]
    rows = [row for row in chosen["rows"] if row != place] or [cell[0] for cell in chosen["cells"] if cell[0] != place]
    if rows and rows[0] < len(ids):
        pick(ids[rows[0]])


def some_of(
    frame: pd.DataFrame,
    key: str,
    row_id: str,
    ticked: Sequence[str],
    tick: Ticks,
    *,
    columns: Sequence[str],
    rows: int,
    alt: str,
    marks: Callable[[pd.DataFrame], Any] | None = None,
    widths: Mapping[str, int] | None = None,
) -> None:
    """Shows the rows with tick boxes; `tick` gets, for every id shown, whether it is ticked now."""
    ids = [str(one) for one in frame[row_id]]
    full_key = f"{key}-{digest(frame[row_id])}"
    places = [place for place, one in enumerate(ids) if one in ticked]
    cells = st.session_state.get(full_key, {}).get("selection", {}).get("cells", [])
    st.session_state[full_key] = {"selection": {"rows": places, "columns": [], "cells": cells}}
    _draw(
        frame,
        full_key,
        columns,
        rows,
        alt,
        on_select=lambda: tick(_ticked(full_key, ids)),
        selection_mode=["multi-row", "single-cell"],
        marks=marks,
        widths=widths,
    )


def _ticked(key: str, ids: list[str]) -> dict[str, bool]:
    there = set(st.session_state[key]["selection"]["rows"])
    return {one: place in there for place, one in enumerate(ids)}


def _draw(
    frame: pd.DataFrame,
    key: str,
    columns: Sequence[str],
    rows: int,
    alt: str,
    marks: Callable[[pd.DataFrame], Any] | None = None,
    widths: Mapping[str, int] | None = None,
    **options: Any,
) -> None:
    shown = frame.reset_index(drop=True)
    said = in_words(shown[list(columns)])
    st.dataframe(
        said if marks is None else said.style.apply(lambda _: marks(shown)[list(columns)], axis=None),
        key=key,
        hide_index=True,
        column_order=columns,
        column_config={name: column_of(shown[name], name, (widths or {}).get(name)) for name in columns},
        height=HEADING_HEIGHT + ROW_HEIGHT * rows + 2,
        placeholder="",
        alt=f"{alt}: {words.count_of(len(shown), 'row')}",
        **options,
    )
