"""Exports: what leaves the house as a file."""

from analysis.exports.columns import REPORT_COLUMNS, report_frame
from analysis.exports.letter import DOCX, letter_docx
from analysis.exports.letter_run import print_letters
from analysis.exports.tables import WORKBOOK, to_csv, to_json_lines, to_one_sheet, to_sheets, to_xlsx
from analysis.exports.trade import in_trade
from analysis.exports.worklist_sheet import worklist_xlsx

__all__ = [
    "DOCX",
    "REPORT_COLUMNS",
    "WORKBOOK",
    "in_trade",
    "letter_docx",
    "print_letters",
    "report_frame",
    "to_csv",
    "to_json_lines",
    "to_one_sheet",
    "to_sheets",
    "to_xlsx",
    "worklist_xlsx",
]
