"""Download buttons: what is on the screen, as CSV and as a workbook, made only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analysis.exports import WORKBOOK, report_frame, to_csv, to_xlsx
from analysis.trade_words import spoken


def downloads(
    frame: pd.DataFrame,
    report: str,
    title: str,
    as_of: date,
    definition: str = "",
    total_columns: Sequence[str] | None = None,
) -> None:
    """Two buttons that give the rows of the frame, named `unmatched_2026-11-13.csv` and `.xlsx`.

    `total_columns`: the money columns that the workbook adds up, all of them where it is None.
    """
    going = report_frame(frame, report)
    name = f"{report}_{as_of.isoformat()}"
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"{report}_downloads"):
        st.download_button(
            "CSV",
            data=lambda: to_csv(going),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"{report}_csv",
            on_click="ignore",
            icon=":material/download:",
            disabled=going.empty,
            help="The rows shown, as CSV",
        )
        st.download_button(
            "XLSX",
            data=lambda: to_xlsx(going, spoken(title), as_of, spoken(definition), total_columns),
            file_name=f"{name}.xlsx",
            mime=WORKBOOK,
            key=f"{report}_xlsx",
            on_click="ignore",
            icon=":material/download:",
            disabled=going.empty,
            help="The rows shown, as a workbook with totals",
        )
