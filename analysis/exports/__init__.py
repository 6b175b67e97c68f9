"""Exports: what leaves the house as a file."""

from analysis.exports.columns import REPORT_COLUMNS, report_frame
from analysis.exports.tables import WORKBOOK, to_csv, to_json_lines, to_one_sheet, to_sheets, to_xlsx
from analysis.exports.trade import in_trade
from analysis.exports.worklist_sheet import worklist_xlsx

__all__ = [
    "REPORT_COLUMNS",
    "WORKBOOK",
    "in_trade",
    "report_frame",
    "to_csv",
    "to_json_lines",
    "to_one_sheet",
    "to_sheets",
    "to_xlsx",
    "worklist_xlsx",
]
