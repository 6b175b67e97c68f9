"""The screen: the only home of streamlit beside app.py and pages/."""

from analysis.trade_words import spoken
from analysis.ui.arrivals import source_details
from analysis.ui.bench import bench
from analysis.ui.candidates import candidate_pane
from analysis.ui.chosen_day import as_of, sidebar
from analysis.ui.claims import claim_details
from analysis.ui.clock_editor import clock_editor
from analysis.ui.closing import certificate_downloads, closing_state, sign
from analysis.ui.cms_838_desk import quarter, report_838
from analysis.ui.credit_reading import credit_reading
from analysis.ui.credit_worksheet import aging, credit_marks, credit_worklists, credit_worksheet, trend
from analysis.ui.decisions import draw, outcome, undo_button
from analysis.ui.details import amounts, facts, raw
from analysis.ui.downloads import downloads
from analysis.ui.figures import figures, group_of_figures, opened_figure
from analysis.ui.file_details import loaded_files
from analysis.ui.filters import filtered, forget
from analysis.ui.given_back import given_back
from analysis.ui.instruction_desk import instruction_table, instructions_in, sent_lists
from analysis.ui.item_list import by_state, decided, item_list
from analysis.ui.kept import kept
from analysis.ui.keying_deposits import cash_settings, free_list, new_slip, slip_detail, slip_list
from analysis.ui.keying_desk import (
    batch_list,
    batch_strip,
    chosen_batch,
    close_view,
    day_to_key,
    keying_view,
    new_batch,
)
from analysis.ui.keying_lines import key_amounts, key_cheques, key_remittance, line_detail, tape
from analysis.ui.late_editor import late_editor
from analysis.ui.letter_editor import letter_editor
from analysis.ui.mapping_form import map_unknown, mapping_list, remember_unknown
from analysis.ui.match_details import match_details
from analysis.ui.money_desk import money_detail, money_strip, place_list
from analysis.ui.my_day import my_day
from analysis.ui.opening import store, who
from analysis.ui.outcomes import show_matched, show_outcomes
from analysis.ui.paths import asked, asked_number, back, lost, to_today, way
from analysis.ui.rate_editor import rate_editor
from analysis.ui.reference_codes import reference_codes, reference_lists
from analysis.ui.reference_payers import reference_payers
from analysis.ui.refund_desk import (
    queue,
    refund_actions,
    refund_lists,
    refund_policy,
    refund_request,
    refund_table,
)
from analysis.ui.refund_letters import money_gone_twice
from analysis.ui.rejected_desk import rejected_detail, rejected_list
from analysis.ui.roll_forward import day_by_day, equation, parts
from analysis.ui.rule_editor import rule_editor, rule_frame
from analysis.ui.run_details import run_button, run_details
from analysis.ui.small_balance_desk import small_balance_policy, small_balance_worklist, small_lists
from analysis.ui.states import all_clear, nothing_here, welcome
from analysis.ui.tables import foot, row_of, table, with_id
from analysis.ui.tie_out import tie_out
from analysis.ui.trade_editor import menu_of_payers, trade_editor
from analysis.ui.variance_details import PART_WIDTHS, differences_shown, part_detail, variance_detail
from analysis.ui.waterfall import group_picker, waterfall
from analysis.ui.words import label, long_day, said
from analysis.ui.work_editor import work_editor
from analysis.ui.work_strip import work_strip
from analysis.ui.worklist_bench import all_cases, case_bench, is_worked, whose_cases
from analysis.ui.worklist_bulk import bulk
from analysis.ui.worklist_detail import case_detail
from analysis.ui.worklist_list import CASE_FILTERS, case_list, saved_filters
from analysis.ui.worklist_sheet import worklist_sheet
from analysis.ui.worklist_strip import case_strip
from analysis.ui.write_offs import policy_editor, settling, write_off_list

__all__ = [
    "CASE_FILTERS",
    "PART_WIDTHS",
    "aging",
    "all_cases",
    "all_clear",
    "amounts",
    "as_of",
    "asked",
    "asked_number",
    "back",
    "batch_list",
    "batch_strip",
    "bench",
    "bulk",
    "by_state",
    "candidate_pane",
    "case_bench",
    "case_detail",
    "case_list",
    "case_strip",
    "cash_settings",
    "certificate_downloads",
    "chosen_batch",
    "claim_details",
    "clock_editor",
    "close_view",
    "closing_state",
    "credit_marks",
    "credit_reading",
    "credit_worklists",
    "credit_worksheet",
    "day_by_day",
    "day_to_key",
    "decided",
    "differences_shown",
    "downloads",
    "draw",
    "equation",
    "facts",
    "figures",
    "filtered",
    "foot",
    "forget",
    "free_list",
    "given_back",
    "group_of_figures",
    "group_picker",
    "instruction_table",
    "instructions_in",
    "is_worked",
    "item_list",
    "kept",
    "key_amounts",
    "key_cheques",
    "key_remittance",
    "keying_view",
    "label",
    "late_editor",
    "letter_editor",
    "line_detail",
    "loaded_files",
    "long_day",
    "lost",
    "map_unknown",
    "mapping_list",
    "match_details",
    "menu_of_payers",
    "money_detail",
    "money_gone_twice",
    "money_strip",
    "my_day",
    "new_batch",
    "new_slip",
    "nothing_here",
    "opened_figure",
    "outcome",
    "part_detail",
    "parts",
    "place_list",
    "policy_editor",
    "quarter",
    "queue",
    "rate_editor",
    "raw",
    "reference_codes",
    "reference_lists",
    "reference_payers",
    "refund_actions",
    "refund_lists",
    "refund_policy",
    "refund_request",
    "refund_table",
    "rejected_detail",
    "rejected_list",
    "remember_unknown",
    "report_838",
    "row_of",
    "rule_editor",
    "rule_frame",
    "run_button",
    "run_details",
    "said",
    "saved_filters",
    "sent_lists",
    "settling",
    "show_matched",
    "show_outcomes",
    "sidebar",
    "sign",
    "slip_detail",
    "slip_list",
    "small_balance_policy",
    "small_balance_worklist",
    "small_lists",
    "source_details",
    "spoken",
    "store",
    "table",
    "tape",
    "tie_out",
    "to_today",
    "trade_editor",
    "trend",
    "undo_button",
    "variance_detail",
    "waterfall",
    "way",
    "welcome",
    "who",
    "whose_cases",
    "with_id",
    "work_editor",
    "work_strip",
    "worklist_sheet",
    "write_off_list",
]
