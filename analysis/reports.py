"""The reports, by the names the command line and the pages use for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.casework.cheque_report import cheque_report
from analysis.casework.parked import money_places, parked_report
from analysis.casework.rejections import rejected_claims
from analysis.casework.slip_matching import slips
from analysis.casework.worklist import worklist
from analysis.credits.audit import credits
from analysis.credits.audited import readings
from analysis.credits.billing_lists import instruction_queue
from analysis.credits.cms_838 import cms_838_detail
from analysis.credits.payer_answers import answered_refunds
from analysis.credits.roll_forward import credit_roll_forward
from analysis.credits.small_balances import small_balance_lists, small_balances
from analysis.credits.worklists import corrections, transfers
from analysis.match.links import matches
from analysis.match.unmatched import unmatched
from analysis.store import Store
from analysis.store.files import findings
from analysis.summary import morning_report, summary
from analysis.tieout.radar import radar
from analysis.tieout.remittances import remittances
from analysis.tieout.roll_forward import roll_forward
from analysis.tieout.takebacks import takebacks
from analysis.tieout.three_legs import state_totals
from analysis.tieout.variances import explanations, variances
from analysis.tieout.write_offs import write_offs

CMS_838 = "cms-838"
"""The report that is of a quarter."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its title, what a row is, its columns that add up, and the function that makes it."""

    title: str
    a_row_is: str
    adds_up: tuple[str, ...]
    make: Callable[[Store, date], pd.DataFrame]


REPORTS: dict[str, Report] = {
    "unmatched": Report("Unmatched", "an open item", ("amount",), unmatched),
    "variances": Report(
        "Variances",
        "a posting batch that does not tie, or a deposit not posted",
        ("control_total", "posted_total", "remitted_total", "deposited_total", "variance", "explained", "unexplained"),
        variances,
    ),
    "explanations": Report(
        "Explanations",
        "a part of a variance: amount, cause, evidence and place",
        ("amount",),
        explanations,
    ),
    "write_offs": Report("Write-offs", "a difference written off, with its policy", ("amount",), write_offs),
    "worklist": Report("Worklist", "a case, next best first", ("amount",), worklist),
    "money_places": Report("Money by place", "a place that money of deposits is in", ("amount",), money_places),
    "suspense": Report(
        "Suspense", "a lot of parked money: suspense, unapplied, wrong home", ("left_amount",), parked_report
    ),
    "rejected_claims": Report("Rejected claims", "a claim that cannot be posted", ("amount",), rejected_claims),
    "credits": Report("Credit balances", "an account in credit", ("credit_balance",), credits),
    "refunds": Report("Refunds", "a refund: how it stands, to whom, by whom", ("amount",), answered_refunds),
    "credit_readings": Report("Readings of credits", "what a person read of a credit", (), readings),
    "instructions": Report(
        "Instructions to billing", "an instruction: open, sent, done or still shown", ("amount",), instruction_queue
    ),
    "small_balances": Report("Small balances", "a small credit to write off", ("credit_balance",), small_balances),
    "small_balance_lists": Report(
        "Lists of small balances", "a small credit on a list", ("amount",), small_balance_lists
    ),
    CMS_838: Report(
        "CMS-838 detail",
        "a credit owed to Medicare at the end of the last quarter that is over",
        ("credit_amount", "repaid_amount", "outstanding_amount"),
        cms_838_detail,
    ),
    "transfers": Report("Transfers", "a payment to move to another account", ("amount",), transfers),
    "corrections": Report("Corrections", "a write-off or posting to correct", ("amount",), corrections),
    "credit_roll_forward": Report("Roll-forward of credits", "a day of an extract", (), credit_roll_forward),
    "matches": Report("Matches", "a side of a match", (), matches),
    "remittances": Report(
        "Remittances",
        "a remittance",
        ("payment_amount", "charge_amount", "claim_payment_amount", "provider_adjustment_amount"),
        remittances,
    ),
    "takebacks": Report(
        "Take-backs",
        "a payer, code and reference of the take-back ledger",
        ("amount_opened", "amount_taken", "net_open"),
        takebacks,
    ),
    "tie_out": Report(
        "Tie-out",
        "a state, with the money of each leg in it",
        ("deposited_amount", "remitted_amount", "posted_amount"),
        state_totals,
    ),
    "slips": Report(
        "Deposit slips",
        "a deposit slip, and how the bank shows it",
        ("check_amount", "cash_amount", "total_amount", "banked_amount", "bank_difference"),
        slips,
    ),
    "cheques": Report("Cheques", "a fault of a cheque, and whether it bars the deposit", (), cheque_report),
    "findings": Report("Findings", "a finding about a file", (), findings),
    "summary": Report("Summary", "a figure of the day", (), summary),
    "morning": Report("Morning", "a figure of the morning's questions", (), morning_report),
    "roll_forward": Report("Roll-forward", "a day on which money moved", (), roll_forward),
    "radar": Report("What came", "a source of files", (), radar),
}
"""Every report; DATA.md section 3 holds the columns."""
