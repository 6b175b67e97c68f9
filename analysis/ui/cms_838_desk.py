"""CMS-838 on the screen: the quarter, its certification page, its detail page, and certifying it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.credits.cms_838 import DETAIL, Report838, certification, certify, cms_838
from analysis.credits.quarters import last_quarter_end, quarter_end, quarter_name
from analysis.exports import WORKBOOK, to_csv
from analysis.exports.cms_838 import ADDS_UP, cms_838_xlsx
from analysis.ui.decisions import decider, simply
from analysis.ui.details import facts
from analysis.ui.kept import kept
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.tables import foot, table

_BEFORE = 6
"""How many quarters back can be chosen."""


_SIGNED_BY_HAND = 2
"""The last lines of the certification page are left for the signature."""


def quarter(as_of: date) -> date:
    """The quarter that is chosen, by its last day: the running one, or one of those before it."""
    running = quarter_end(quarter_name(as_of))
    ends = [running]
    while len(ends) <= _BEFORE:
        ends.append(last_quarter_end(date(ends[-1].year, ends[-1].month - 2, 1)))
    chosen = st.segmented_control(
        "Quarter", ends, default=running, required=True, key="cms_838_quarter", format_func=quarter_name
    )
    return chosen or running


def report_838(end: date, as_of: date) -> None:
    """The detail page of that quarter, its downloads, and what its certification says."""
    report = kept(("cms_838", end, as_of), lambda: cms_838(store(), end, as_of))
    table(report.detail, "cms_838_detail", columns=DETAIL.names, rows_shown=8)
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        foot(report.detail, report.detail, *ADDS_UP)
    with right:
        _downloads(report)
    st.subheader("Certification")
    told = certification(report)[:-_SIGNED_BY_HAND]
    st.caption(told[0][1])
    facts(dict(told[1:]), [name for name, _ in told[1:]])
    if end <= as_of and report.standing.startswith("draft"):
        reason_form(
            "certify_838",
            "Certify as it stands",
            "Who looked, and why is it right?",
            lambda why: _certify(end, as_of, why),
        )


def _downloads(report: Report838) -> None:
    name = f"cms_838_{quarter_name(report.quarter_end)}"
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key="cms_838_downloads"):
        st.download_button(
            "CSV",
            data=lambda: to_csv(report.detail),
            file_name=f"{name}.csv",
            mime="text/csv",
            key="cms_838_csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "XLSX",
            data=lambda: cms_838_xlsx(report),
            file_name=f"{name}.xlsx",
            mime=WORKBOOK,
            key="cms_838_xlsx",
            on_click="ignore",
            icon=":material/download:",
        )


def _certify(end: date, as_of: date, reason: str) -> None:
    def done() -> str:
        certify(store(), end, decider(as_of), reason)
        return f"The CMS-838 of {quarter_name(end)} is certified"

    simply(done)
