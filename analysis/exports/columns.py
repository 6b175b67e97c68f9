"""Which columns leave the house in each report, in their order; internal ids stay inside.

Source: the data contract, section 3. Columns may be added at the end; names hold.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

REPORT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "matches": (
        "match_id",
        "status",
        "rule",
        "confidence",
        "side",
        "reference",
        "amount",
        "date",
        "payer_name",
        "explanation",
    ),
    "unmatched": (
        "item_id",
        "item_type",
        "reference",
        "bank_account",
        "payer_name",
        "amount",
        "item_date",
        "age_days",
        "why",
        "next_step",
        "status",
        "owner",
    ),
    "variances": (
        "batch_id",
        "deposit_date",
        "payer_name",
        "control_total",
        "posted_total",
        "remitted_total",
        "deposited_total",
        "variance",
        "explained",
        "unexplained",
        "causes",
        "explanation",
        "bank_account",
        "batch_type",
        "reference",
        "written_off",
        "resolution",
    ),
    "explanations": (
        "reference",
        "deposit_date",
        "payer_name",
        "bank_account",
        "amount",
        "cause",
        "code",
        "certainty",
        "words",
        "evidence",
        "line_number",
        "other_batch_id",
    ),
    "credits": (
        "account_number",
        "patient_name",
        "financial_class",
        "payer_name",
        "credit_balance",
        "credit_date",
        "age_days",
        "aging_bucket",
        "cause",
        "disposition",
        "owed_to",
        "deadline_date",
        "blocked_by",
        "evidence",
        "facility",
        "state",
    ),
    "remittances": (
        "file",
        "trace_number",
        "payer_name",
        "payer_id",
        "payment_method",
        "payment_date",
        "payment_amount",
        "claims",
        "charge_amount",
        "claim_payment_amount",
        "provider_adjustment_amount",
        "service_lines_out_of_balance",
        "claims_out_of_balance",
        "transaction_difference",
        "in_balance",
    ),
    "takebacks": (
        "payer_name",
        "code",
        "reference",
        "status",
        "opened_on",
        "opened_by",
        "last_on",
        "amount_opened",
        "amount_taken",
        "net_open",
        "age_days",
        "account_number",
        "entry_count",
        "next_step",
    ),
}


def report_frame(frame: pd.DataFrame, report: str) -> pd.DataFrame:
    """The frame with the report's columns in order; those the frame lacks are left out, unknown reports stay whole."""
    columns = REPORT_COLUMNS.get(report)
    return frame if columns is None else frame[[name for name in columns if name in frame.columns]]
