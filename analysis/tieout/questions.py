"""The fifteen questions of the morning as data: what each figure asks, counts, adds up and opens.

Source: the morning questions of hospital payment posting, DOMAIN.md section 8; the numbers are theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.tieout.figures import Asked, NotKept

_ITEM = ("amount", "payer_name", "business_days", "item_date", "reference", "bank_account", "why", "next_step")
_VARIANCE = ("variance", "payer_name", "deposit_date", "batch_id", "control_total", "posted_total", "deposited_total")
_DEPOSIT = ("amount", "payer_name", "deposit_date", "rule", "matched_on", "posting_days", "line_kind", "reference")
_CREDIT = (
    "credit_balance",
    "account_number",
    "financial_class",
    "payer_name",
    "aging_bucket",
    "age_days",
    "credit_date",
)
_EXPECTED = ("last_came", "silent_days", "expected_on", "missing_days")
_SOURCE = ("arrival_state", "source_name", "source_type", "rhythm", *_EXPECTED)
_BY_BATCH: Mapping[str, Any] = {"opens": "batch", "opens_by": "batch_id"}
_BY_LINE: Mapping[str, Any] = {"opens": "bank", "opens_by": "bank_transaction_id"}
_BY_ITEM: Mapping[str, Any] = {"columns": _ITEM, "page": "unmatched", "opens": "side"}
_BY_ACCOUNT: Mapping[str, Any] = {
    "columns": _CREDIT,
    "money": "credit_balance",
    "page": "credit_balances",
    "opens": "account",
    "opens_by": "account_id",
}
UNPOSTED_CAUSES = ("unposted", "not_remitted", "unposted;not_remitted")
"""The causes of a deposit that no batch holds: its remittance has come, or not, or for a part of it."""

_WITHOUT_REMITTANCE = {"item_type": ["deposit_without_remittance", "unidentified_payment"]}

QUESTIONS: tuple[Asked, ...] = (
    Asked(
        "landed",
        1,
        "tie",
        "Landed{on}",
        "Bank credits of the newest day that a bank told of, without interest, sweeps between own accounts and bank "
        "adjustments.",
        ("amount", "line_kind", "payer_name", "reference", "bank_account", "posted_date"),
        page="bank_lines",
        chosen={"standing": ["open", "matched to a remittance", "matched to a batch"]},
        wants_zero=False,
        **_BY_LINE,
    ),
    Asked(
        "unposted",
        2,
        "tie",
        "In the bank, not posted",
        "Deposits that no batch holds and what of a deposit its batches leave; with their age in business days. One "
        "whose batch is only proposed stands with that batch, and under Unposted below until somebody confirms.",
        ("variance", "payer_name", "business_days", "deposit_date", "reference", "bank_account"),
        "variance",
        page="variances",
        chosen={"causes": list(UNPOSTED_CAUSES), "batch_type": [None]},
        **_BY_LINE,
    ),
    Asked(
        "batches_off",
        5,
        "tie",
        "Batches that do not tie",
        "Posting batches whose control, posted, remitted and deposited totals are not one; deposited − posted.",
        (*_VARIANCE, "causes", "explanation"),
        "variance",
        page="variances",
        **_BY_BATCH,
    ),
    Asked(
        "unexplained",
        5,
        "tie",
        "Unexplained",
        "What of the variances no evidence explains.",
        ("unexplained", *_VARIANCE, "explanation"),
        "unexplained",
        page="variances",
        **_BY_BATCH,
    ),
    Asked(
        "late_efts",
        3,
        "overdue",
        "EFTs, no remittance",
        "ACH deposits that no remittance accounts for, more than {late} business days after they came.",
        chosen=_WITHOUT_REMITTANCE,
        **_BY_ITEM,
    ),
    Asked(
        "late_money",
        3,
        "overdue",
        "Other money, no remittance",
        "Cheque, lockbox, card and wire deposits that neither a remittance nor a batch accounts for, more than {late} "
        "business days after they came.",
        chosen=_WITHOUT_REMITTANCE,
        **_BY_ITEM,
    ),
    Asked(
        "late_remittances",
        4,
        "overdue",
        "Remittances, no money",
        "Payments announced that no deposit has brought, more than {late} business days after the payment date.",
        chosen={"item_type": ["remittance_without_deposit"]},
        **_BY_ITEM,
    ),
    Asked(
        "posted_no_money",
        4,
        "overdue",
        "Posted, no money",
        "Batches posted for which no deposit is found, more than {late} business days after their deposit date.",
        ("posted_total", "payer_name", "business_days", "deposit_date", "batch_id", "batch_type", "explanation"),
        "posted_total",
        page="variances",
        chosen={"causes": ["not_yet_deposited"]},
        **_BY_BATCH,
    ),
    Asked(
        "away",
        1,
        "came",
        "Late or silent",
        "Payers, bank accounts and the posting that have not come as they usually do: by their own rhythm of the last "
        "half year, in business days.",
        _SOURCE,
        None,
        page="what_came",
        chosen={"arrival_state": ["late", "silent"]},
    ),
    Asked(
        "gaps",
        1,
        "came",
        "With days missing",
        "Sources that left out a day on which they always come.",
        ("source_name", "source_type", "missing_days", "rhythm", "last_came"),
        None,
        page="what_came",
    ),
    Asked(
        "duplicates",
        10,
        "came",
        "Came or posted twice",
        "Remittances sent again, bank lines that two files tell, claims that a payer paid again, posting lines "
        "repeated in a batch.",
        ("amount", "kind", "payer_name", "reference", "day"),
        opens="side",
        opens_by="opens",
    ),
    Asked(
        "findings",
        6,
        "came",
        "Findings in the files",
        "Errors and warnings about the files known by that day.",
        ("severity", "file", "code", "location", "message", "amount"),
        None,
        page="upload",
    ),
    Asked(
        "out_of_balance",
        6,
        "post",
        "Remittances out of balance",
        "Remittances whose lines, claims or total do not add up.",
        chosen={"item_type": ["out_of_balance_remittance"]},
        **_BY_ITEM,
    ),
    Asked(
        "cannot_post",
        7,
        "post",
        "Claims that cannot post",
        "Claims that no account takes, by reason: not recognised, not ours, reversed without a correction, no account.",
        chosen={"item_type": ["rejected_claim"]},
        **_BY_ITEM,
    ),
    Asked(
        "remittances_unposted",
        7,
        "post",
        "Remittances not posted",
        "Remittances whose money came, or needs none, and that no batch names.",
        chosen={"item_type": ["unposted_remittance"]},
        **_BY_ITEM,
    ),
    Asked(
        "unidentified",
        8,
        "unclear",
        "Unidentified money",
        "Deposits whose sender the bank's text does not name.",
        chosen={"item_type": ["unidentified_payment"]},
        **_BY_ITEM,
    ),
    Asked(
        "unapplied",
        8,
        "unclear",
        "Unapplied money",
        "Posted on no patient's account, because nobody knows whose it is.",
        ("amount", "payer_name", "item_date", "age_days", "reference", "batch_id"),
        **_BY_BATCH,
    ),
    Asked(
        "takebacks",
        9,
        "unclear",
        "Taken back by payers",
        "Provider adjustments that reduced a payment, and reversed claims, in remittances of the last two weeks.",
        ("amount", "kind", "reason_code", "payer_name", "reference", "day", "trace_number"),
        opens="remittance",
        opens_by="remittance_id",
    ),
    Asked(
        "returned",
        11,
        "unclear",
        "Returned items",
        "Items that the bank took back, until the payment that each undoes is reversed.",
        chosen={"item_type": ["returned_item"]},
        **_BY_ITEM,
    ),
    Asked(
        "credits",
        12,
        "owed",
        "Credit balances",
        "Accounts below zero in their newest extract, aged from the day the present run below zero began.",
        **_BY_ACCOUNT,
    ),
    Asked(
        "new_credits",
        12,
        "owed",
        "New in the last 7 days",
        "Credit balances whose run below zero began in the last 7 days.",
        **_BY_ACCOUNT,
    ),
    Asked(
        "near_deadline",
        13,
        "owed",
        "Credits near a deadline",
        "Credits whose deadline comes within five days or has passed, and government credits that nobody touched for "
        "30 days or more.",
        ("deadline_date", "clock", *_CREDIT),
        money="credit_balance",
        page="credit_balances",
        opens="account",
        opens_by="account_id",
    ),
    Asked(
        "refunds_waiting",
        14,
        "owed",
        "Refunds waiting for approval",
        "Refunds that were requested and wait for another person, or for the second approver.",
        ("status", "payee_name", "amount", "account_number", "requested_by", "age_days"),
        page="refunds",
    ),
    Asked(
        "by_rule",
        15,
        "pace",
        "Matched by rules",
        "Deposits of the last two weeks that a rule tied to a remittance or a batch.",
        _DEPOSIT,
        page="matches",
        wants_zero=False,
        **_BY_LINE,
    ),
    Asked(
        "by_hand",
        15,
        "pace",
        "Matched by hand",
        "Deposits of the last two weeks that a person tied, or confirmed.",
        _DEPOSIT,
        page="matches",
        wants_zero=False,
        **_BY_LINE,
    ),
    Asked(
        "days_to_post",
        15,
        "pace",
        "Posted",
        "Deposits of the last two weeks that a batch has posted, with the business days from deposit to posting.",
        _DEPOSIT,
        page="posting_batches",
        wants_zero=False,
        **_BY_LINE,
    ),
)
"""Every figure, group by group."""

NOT_KEPT: tuple[NotKept, ...] = (
    NotKept(15, "pace", "Opened and closed by each person", "needs items assigned to people"),
)
"""What the store cannot answer yet: said in words, never guessed."""
