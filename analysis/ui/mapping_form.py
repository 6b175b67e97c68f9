"""The form that says which columns of an unknown table are which, and the list of the mappings in force."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.intake.column_mapping import ColumnMapping, DateOrder, mapping_of
from analysis.intake.mapping_guess import ROWS_LOOKED_AT, Guess, Head, guess, head_of, preview
from analysis.intake.table_kinds import KINDS
from analysis.money import MONEY
from analysis.problems import RequestRefused
from analysis.store.loading import Outcome, Source, load
from analysis.store.mappings import MAPPABLE, mappings, save_mapping, withdraw_mapping
from analysis.ui import words
from analysis.ui.decisions import simply
from analysis.ui.opening import store, who
from analysis.ui.tables import table

LEFT_OUT = "(left out)"
_ORDERS: dict[str, DateOrder] = {
    "month first (03/04 is 4 March)": "month_first",
    "day first (03/04 is 3 April)": "day_first",
}
_ROWS_SHOWN = 20


def remember_unknown(sources: Sequence[Source], outcomes: Sequence[Outcome]) -> None:
    """The unknown tables of a load wait for their mapping, until another load."""
    st.session_state["upload_unknown"] = unmapped(sources, outcomes)


def map_unknown() -> None:
    """The form for the first table that waits; once it is saved, every waiting table is tried again."""
    waiting: list[tuple[str, bytes]] = st.session_state.get("upload_unknown", [])
    if not waiting or not mapping_form(*waiting[0]):
        return
    sources = [Source(name, lambda data=data: data) for name, data in waiting]  # type: ignore[misc]
    outcomes = list(load(store(), sources, who()))
    earlier = [one for one in st.session_state.get("upload_outcomes", []) if one.file not in dict(waiting)]
    st.session_state["upload_outcomes"], st.session_state["upload_results"] = [*earlier, *outcomes], None
    remember_unknown(sources, outcomes)
    st.rerun()


def unmapped(sources: Sequence[Source], outcomes: Sequence[Outcome]) -> list[tuple[str, bytes]]:
    """The rejected files that are tables under headings nobody has mapped yet: name and bytes."""
    refused = {one.file for one in outcomes if one.status == "rejected" and one.kind in MAPPABLE}
    found = ((one.name, one.content()) for one in sources if one.name in refused)
    return [(name, data) for name, data in found if head_of(data) is not None]


def mapping_form(name: str, data: bytes) -> bool:
    """The form for one table, with its first rows as they would load; whether its mapping has just been saved."""
    head = head_of(data)
    if head is None:
        return False
    with st.container(border=True, key="mapping"):
        st.subheader("Which columns are which?")
        st.text(
            f"{PurePath(name).name} is a table whose headings are new. Say once what its columns are; every later file "
            "with the same headings loads by itself."
        )
        kinds = [kind.name for kind in KINDS]
        first = guess(head)
        kind = st.selectbox(
            "It holds", kinds, index=kinds.index(first.kind), key="mapping_kind", format_func=words.code, width=400
        )
        guessed = first if kind == first.kind else guess(head, kind)
        columns = _columns(head, guessed)
        flips = st.radio("Amounts", ("as they are", "with the other sign"), key="mapping_sign", horizontal=True)
        order = _order(guessed)
        try:
            mapping = mapping_of(head.headings, kind, columns, flips_sign=flips != "as they are", date_order=order)
        except RequestRefused as refused:
            st.warning(words.unmarked(str(refused)), icon=":material/rule:")
            return False
        _preview(head, mapping)
        if not st.button("Save and load", type="primary", key="mapping_save", icon=":material/save:"):
            return False
        save_mapping(store(), data, head.headings, mapping, who())
        return True


def _columns(head: Head, guessed: Guess) -> dict[str, str]:
    """For each column of the kind the heading that is chosen; those that must be there are marked."""
    kind = next(one for one in KINDS if one.name == guessed.kind)
    headings = [LEFT_OUT, *dict.fromkeys(text for text in head.headings if text)]
    by_column = {column: heading for heading, column in guessed.columns.items()}
    chosen: dict[str, str] = {}
    slots = st.columns(3)
    for number, column in enumerate(kind.columns):
        needed = column.is_required or column.name in kind.any_of
        heading = slots[number % 3].selectbox(
            f"{words.label(column.name)}{' *' if needed else ''}",
            headings,
            index=headings.index(by_column.get(column.name, LEFT_OUT)),
            key=f"mapping_{kind.name}_{column.name}",
        )
        if heading != LEFT_OUT:
            if heading in chosen:
                st.warning(words.unmarked(f"{heading} is chosen twice; the last choice counts."))
            chosen[heading] = column.name
    if kind.any_of:
        st.caption(f"\\* must be there; of {', '.join(map(words.label, kind.any_of))} one is enough.")
    return chosen


def _order(guessed: Guess) -> DateOrder:
    """How days are read; asked only where the first rows leave it open."""
    if guessed.date_order is not None:
        return guessed.date_order
    return _ORDERS[str(st.radio("Days are written", tuple(_ORDERS), key="mapping_order", horizontal=True))]


def _preview(head: Head, mapping: ColumnMapping) -> None:
    """The first rows as they would load, and what would be refused."""
    found = preview(head, mapping)
    st.caption(
        f"The first {min(len(found.lines), _ROWS_SHOWN)} rows as they would load; only the first {ROWS_LOOKED_AT} were "
        "looked at."
    )
    kind = next(one for one in KINDS if one.name == mapping.kind)
    types = {column.name: MONEY if column.type == "money" else None for column in kind.columns}
    arrays = {name: pa.array(values[:_ROWS_SHOWN], types[name]) for name, values in found.columns.items()}
    frame = pa.table({"line": pa.array(found.lines[:_ROWS_SHOWN], pa.int32()), **arrays})
    table(frame.to_pandas(types_mapper=pd.ArrowDtype), "mapping_preview")
    if found.faults:
        st.error(f"{words.count_of(len(found.faults), 'cell')} of these rows would be refused, and the file with them.")
        lines, columns, wanted = (list(one) for one in zip(*found.faults, strict=True))
        told = pa.table({"line": lines, "column": columns, "wanted": wanted})
        table(told.to_pandas(types_mapper=pd.ArrowDtype), "mapping_faults")


def mapping_list() -> None:
    """The mappings in force, each to be withdrawn."""
    found = mappings(store())
    if found.empty:
        return
    with st.expander(f"{words.count_of(len(found), 'column mapping')} in force", icon=":material/table_chart:"):
        table(found, "mappings")
        numbers = [int(number) for number in found["mapping_id"]]
        chosen = st.selectbox("Mapping", numbers, key="mapping_chosen", width=200)
        st.button(
            "Withdraw",
            key="mapping_withdraw",
            icon=":material/undo:",
            on_click=_withdraw,
            args=(int(chosen),),
        )


def _withdraw(number: int) -> None:
    def withdrawn() -> str:
        withdraw_mapping(store(), number, who())
        return f"Mapping {number} is withdrawn; what was loaded through it stays"

    simply(withdrawn)
