"""One variance with its parts, and one part down to the keyed line, the claim's segments or the bank's line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.tieout.drilldown import batch_lines, claim, deposit
from analysis.tieout.grouping import UNEXPLAINED
from analysis.tieout.variances import Difference, frame_of_parts, frame_of_rows
from analysis.trade_words import spoken
from analysis.ui.details import amounts, facts, raw
from analysis.ui.downloads import downloads
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import foot, row_of, table, with_id
from analysis.ui.words import code

_PARTS = ("amount", "cause", "certainty", "line_number", "words", "evidence")
_PARTS_OF_ALL = ("reference", "amount", "words", "certainty", "line_number", "deposit_date", "payer_name", "evidence")
_ROWS: tuple[str, ...] = (
    "reference",
    "deposit_date",
    "payer_name",
    "variance",
    "unexplained",
    "explanation",
    "deposited_total",
)
_ROWS += ("posted_total", "causes", "resolution", "written_off", "remitted_total", "control_total", "batch_type")
_ROWS += ("bank_account",)
_ROW_WIDTHS = {"reference": 120, "deposit_date": 92, "payer_name": 150, "variance": 88, "unexplained": 92}
_ROW_WIDTHS |= {"explanation": 520}
PART_WIDTHS = {"amount": 88, "cause": 140, "certainty": 105, "line_number": 92, "words": 500, "evidence": 118}
"""The parts of a variance, in pixels: what happened stands in view."""

_TOTALS = ("control_total", "remitted_total", "posted_total", "deposited_total", "variance", "unexplained")
_FACTS = ("reference", "batch_type", "payer_name", "deposit_date", "bank_account", "causes")
DEFINITION = "Batches that do not tie and deposits not fully posted. Variance is deposited minus posted."


def differences_shown(found: Sequence[Difference], whole: pd.DataFrame, as_of: date) -> dict[str, Any] | None:
    """The table of what differs; the row that is chosen, if any."""
    shown = frame_of_rows(one for one in found if one.differs)
    chosen = table(shown, "variances", row_id="variance_id", columns=_ROWS, widths=_ROW_WIDTHS)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(shown, whole, "variance", "unexplained")
    with right:
        downloads(shown, "variances", "Variances", as_of, DEFINITION)
    return chosen


def variance_detail(chosen: Mapping[str, Any], found: Sequence[Difference], as_of: date) -> None:
    """The legs of one variance and the parts that make it up; a part that is chosen opens below them."""
    amounts(chosen, _TOTALS)
    facts(chosen, _FACTS, across=6)
    parts = frame_of_parts(one for one in found if one.row["variance_id"] == chosen["variance_id"])
    part = table(parts, "pieces", row_id="part_id", columns=_PARTS, widths=PART_WIDTHS)
    foot(parts, parts, "amount")
    if part is not None:
        _evidence(part, as_of)
    elif chosen["batch_id"] is None:
        way("bank", chosen["bank_transaction_id"])
    else:
        way("batch", chosen["batch_id"])


def part_detail(cause: str, found: Sequence[Difference], as_of: date) -> None:
    """The rows behind a bar of the waterfall; the one that is chosen opens down to its files."""
    st.subheader(code(cause))
    if cause == UNEXPLAINED:
        left_over = frame_of_rows(one for one in found if one.row["unexplained"])
        row = table(left_over, "unexplained_rows", row_id="variance_id", columns=_ROWS, widths=_ROW_WIDTHS)
        foot(left_over, left_over, "unexplained")
        if row is not None:
            variance_detail(row, found, as_of)
        return
    parts = frame_of_parts(found)
    parts = parts[(parts["cause"] == cause) & (parts["certainty"] != "possible")]
    part = table(parts, f"parts_{cause}", row_id="part_id", columns=_PARTS_OF_ALL)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(parts, parts, "amount")
    with right:
        downloads(parts, "explanations", "Explanations", as_of, "Parts of variances: US dollars of deposited − posted.")
    if part is None:
        st.caption(
            spoken("Choose a row to see the keyed line and the claim, receipt or bank line that it is held against.")
        )
    else:
        with st.container(border=True, key="part_detail"):
            _evidence(part, as_of)


def _evidence(part: Mapping[str, Any], as_of: date) -> None:
    """What was keyed on the left, what says otherwise on the right, each as its file wrote it."""
    st.text(spoken(part["words"]))
    keyed, said = st.columns(2)
    with keyed:
        if part["posting_line_id"] is not None:
            batch = part["batch_id"] or part["other_batch_id"]
            line = with_id(batch_lines(store(), as_of, batch), "posting_line_id", part["posting_line_id"])
            raw(line or {}, "The posted line as its file wrote it", is_open=True)
        way("batch", part["batch_id"])
        way("batch", part["other_batch_id"], "Open the other batch")
    with said:
        if part["claim_payment_id"] is not None:
            raw(row_of(claim(store(), part["claim_payment_id"])), "Raw segments of the claim", is_open=True)
        elif part["deposit_id"] is not None:
            raw(row_of(deposit(store(), part["deposit_id"])), "The bank line as its file wrote it", is_open=True)
        else:
            raw(part, "As the file wrote it", last="place", is_open=True)
        way("claim", part["claim_payment_id"])
        way("remittance", part["remittance_id"])
        way("bank", part["deposit_id"])
