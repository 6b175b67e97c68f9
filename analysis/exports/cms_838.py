"""A quarter's CMS-838 as a workbook: the certification page, then the detail page with its totals."""

from __future__ import annotations

from analysis.credits.cms_838 import Report838, certification
from analysis.exports.tables import to_sheets

ADDS_UP = ("credit_amount", "repaid_amount", "outstanding_amount")
"""Columns 9, 10 and 12 of the detail page."""


def cms_838_xlsx(report: Report838) -> bytes:
    """The certification page and the detail page, typed, as two sheets."""
    return to_sheets(certification(report), {"Detail": (report.detail, ADDS_UP)})
