"""What is said on the screen: column names, codes, amounts and days in words. No streamlit here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.money import show

_MARKS = re.compile(r"[\\`*_\[\]<>$~|]|:(?=\S)")
NOTHING = "—"
TRADE_CODE = 2
"""Capitals so short are a code of the trade (WO, L6), not a word."""


_LABELS: Mapping[str, str] = {
    "age_days": "Age, days",
    "aging_bucket": "Age bucket",
    "as_of": "As of",
    "batch_id": "Batch",
    "claim_id": "Claim",
    "control_total": "Control",
    "deadline_date": "Deadline",
    "deposited_total": "Deposited",
    "posted_total": "Posted",
    "remitted_total": "Remitted",
    "in_balance": "Balance",
    "is_duplicate": "Counted",
    "turns_negative": "Credit",
    "item_date": "Date",
    "item_type": "Type",
    "payer_claim_control_number": "Payer's claim number",
    "payer_id": "Payer id",
    "payer_name": "Payer",
    "service_lines_out_of_balance": "Lines out",
    "claims_out_of_balance": "Claims out",
    "transaction_difference": "Difference",
    "provider_adjustment_amount": "Provider adjustments",
    "claim_payment_amount": "Claim payments",
    "made_at": "Made at (UTC)",
    "run_by": "Made by",
    "run_id": "Run",
    "match_id": "Match",
    "made_count": "Made",
    "proposed_count": "Proposed",
    "ended_count": "Ended",
    "standing_count": "Still stand",
    "started_at": "When (UTC)",
    "decided_at": "When (UTC)",
    "decided_by": "Who",
    "effective_on": "Holds from",
    "undone_by_run": "Undone by run",
    "undoes_run_id": "Undoes run",
    "as_of_date": "As of",
    "did": "The run",
    "rule_name": "Rule",
    "says": "What must agree",
    "set_to": "Set to",
    "does": "Is",
    "windows": "Windows and limits",
    "new_count": "Would match",
    "new_amount": "Dollars",
    "disturbed_count": "Would disturb",
    "disturbed_amount": "Dollars disturbed",
    "unmatched_count": "Would unmatch",
    "unmatched_amount": "Dollars unmatched",
    "meaning": "Fit",
    "open_amount": "Open",
    "days_apart": "Days apart",
    "fits": "Agrees and differs",
    "known_as": "Name known",
    "others": "With",
    "why": "Why it is open",
    "words": "What happened",
    "certainty": "How sure",
    "other_batch_id": "Other batch",
    "group": "Of",
    "batches": "Count",
    "differing": "Differ",
    "written_off": "Written off",
    "write_off_id": "Number",
    "variance_id": "Variance",
    "second_person": "Second person",
    "most_amount": "Limit",
    "second_above": "Two people above",
    "written_by": "Who",
    "written_at": "When (UTC)",
    "next_step": "Next step",
    "file_name": "File",
    "primary_payer_name": "Primary payer",
    "secondary_payer_name": "Secondary payer",
    "company_name": "Sent by",
    "difference_amount": "Left over",
    "variance_amount": "Deposited − posted",
    "blocked_by": "Blocked by",
    "patient_name": "Patient",
    "account_number": "Account",
    "trace_number": "Trace",
    "running_balance": "Running balance",
    "place": "Line or segment",
    "size_bytes": "Bytes",
    "known_on": "Known on",
    "reason_code": "Reason code",
    "group_code": "Group",
    "net_open": "Net open",
    "amount_opened": "Opened",
    "amount_taken": "Taken",
    "opened_by": "Opened by",
    "last_on": "Last entry",
    "entry_count": "Entries",
    "entry_number": "Entry",
    "net_amount": "Net effect",
    "is_refund": "Refund",
    "arrival_state": "State",
    "business_days": "Business days",
    "posting_days": "Days to post",
    "source_name": "Source",
    "source_type": "What it is",
    "silent_days": "Silent for",
    "expected_on": "Expected",
    "missing_count": "Days missing",
    "missing_days": "Which days",
    "overlap_count": "Came twice",
    "overlap_amount": "Dollars twice",
    "term": "Counts as",
    "content_hash": "SHA-256 of what it rests on",
    "reopened_for": "Re-opened for",
    "review_note": "Review note",
    "fact_count": "Facts",
    "link_count": "Matches",
    "decision_count": "Decisions",
    "deposit_count": "Deposits",
    "remittance_count": "Remittances",
    "batch_count": "Batches",
    "check": "Check",
    "holds": "Standing",
    "tie_out_state": "State",
    "label": "Figure",
    "marked": "",
    "refund_status": "Refund",
    "refund_id": "Refund",
    "export_id": "List",
    "payee_name": "Payee",
    "payee_address": "Address",
    "payee_type": "Payee is",
    "other_number": "Account",
    "is_same_patient": "Same patient",
    "is_found": "Fits alone",
    "kind": "Kind",
    "written_off_amount": "Wrote off",
    "advised_paid_amount": "Remitted",
    "advised_contractual_amount": "Remitted CO",
    "advised_patient_amount": "Remitted PR",
    "acknowledged_as": "Acknowledged",
    "clock": "Clock",
    "to_account": "To",
    "insurers_paid": "Insurers paid",
    "what_to_do": "What it is, and what to do",
    "detail": "Details",
}

CODED = frozenset(
    {
        "item_type",
        "causes",
        "cause",
        "disposition",
        "status",
        "rule",
        "rule_name",
        "action",
        "certainty",
        "resolution",
        "did",
        "side",
        "severity",
        "code",
        "kind",
        "financial_class",
        "batch_type",
        "transaction_type",
        "payment_method",
        "source",
        "type",
        "arrival_state",
        "source_type",
        "term",
        "matched_by",
        "holds",
        "tie_out_state",
        "refund_status",
    }
)
"""Columns whose values are Tieout's own or the trade's codes, shown in words."""

_CODES: Mapping[str, str] = {
    "ach_nacha": "ACH (NACHA)",
    "bank_bai2": "Bank statement (BAI2)",
    "bank_csv": "Bank statement (CSV)",
    "remittance_835": "Remittance (835)",
    "ERA": "ERA",
    "ACH": "ACH",
    "CHK": "Cheque",
    "NON": "No payment",
    "FWT": "Wire",
    "BOP": "Card or payer's choice",
    "835": "835",
    "error": "✗ Error",
    "warning": "⚠ Warning",
    "info": "i Info",
    "loaded": "✓ Loaded",
    "duplicate": "= Duplicate",
    "rejected": "✗ Rejected",
    "person": "By hand",
    "rules": "Rules",
    "undo": "Undo",
    "by_hand": "By hand",
    "supersede": "Ended by a run",
    "found": "✓ Found",
    "likely": "○ Likely",
    "possible": "⚠ Possible",
    "waiting_second": "○ Waits for a second approver",
    "waiting": "○ Waits for a second person",
    "open": "○ Open",
    "proposed": "★ Proposed",
    "held": "‖ Held",
    "confirmed": "✓ Confirmed",
    "ended": "✗ Ended",
    "lapsed": "✗ Lapsed",
    "settled": "✓ Settled",
    "paired_refund": "✓ Refund acknowledged",
    "refund_alone": "⚠ Refund without its WO",
    "told_only": "= Told only",
    "taken_without_opening": "⚠ Taken without opening",
    "taken_beyond_opening": "⚠ Taken beyond opening",
    "taken_for_other_provider": "⚠ Taken for another provider",
    "forward_balance_late": "⚠ Forward balance late",
    "paired": "✓ Paired",
    "reversal_alone": "⚠ Reversal alone",
    "original_not_found": "○ Original not found",
    "on_time": "✓ On time",
    "due_today": "○ Due today, not come",
    "late": "⚠ Late",
    "silent": "✗ Silent",
    "too_few": "○ Too few to tell",
    "holds": "✓ Holds",
    "fails": "✗ Fails",
    "needs_a_note": "⚠ Needs a note",
    "reopened": "Re-opened",
}

_YES_NO: Mapping[str, tuple[str, str]] = {
    "in_balance": ("✓ in balance", "✗ out of balance"),
    "is_duplicate": ("= duplicate", "counted"),
    "turns_negative": ("◄ credit begins", ""),
    "is_refund": ("our refund", ""),
}


def label(column: str) -> str:
    """The column's name for a reader: `deposit_date` is `Deposit date`."""
    return _LABELS.get(column) or column.removesuffix("_amount").replace("_", " ").capitalize()


def code(value: str) -> str:
    """A code for a reader: `not_yet_deposited` is `Not yet deposited`; a list by semicolons stays one."""
    parts = [part.strip() for part in value.split(";")]
    said = [_CODES.get(part) or _plain(part) for part in parts if part]
    return "; ".join(said)


def _plain(part: str) -> str:
    if len(part) <= TRADE_CODE and part.isupper():
        return part
    return part.replace("_", " ").lower().capitalize() if part.isupper() or "_" in part or part.islower() else part


def yes_no(column: str, value: bool) -> str:
    """A truth for a reader, with a sign beside the word."""
    said = _YES_NO.get(column, ("yes", "no"))
    return said[0] if value else said[1]


def said(column: str, value: Any) -> str:
    """Any value of a column as a reader sees it; a dash for nothing."""
    match value:
        case bool():
            return yes_no(column, value)
        case Decimal():
            return show(value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case str():
            return code(value) if column in CODED else value
        case int():
            return f"{value:,}" if not column.endswith("_id") else str(value)
        case _:
            return NOTHING if value is None or pd.isna(value) else str(value)


def long_day(day: date) -> str:
    """`Friday, November 13, 2026`."""
    return f"{day:%A}, {day:%B} {day.day}, {day.year}"


def count_of(count: int, one: str, many: str | None = None) -> str:
    """`1 row`, `41 rows`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def unmarked(text: str) -> str:
    """The text for where markdown is read, such that none of it is taken for markdown."""
    return _MARKS.sub(r"\\\g<0>", text)
