"""The matching rules in order, each a query of its own under `sql/rules` and a line here.

A rule takes only what no stronger rule has taken or left undecided. Whether it is on, whether it confirms or
proposes, and how far apart in time the sides may be, are settings (`analysis.match.rule_settings`); here stand their
defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Shape = Literal["pair", "set", "lump", "split"]
Mode = Literal["confirmed", "proposed"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its query and parameters, what it looks for in words, whether its matches are confirmed, how sure of 100.

    `shape`: a query of pairs between two sides, of whole sets, or of candidates whose sum is searched for. `takes`: the
    sides that weaker rules no longer see once this rule has found them, alone or tied. Where a rule is not
    exclusive, a fact may stand in several of its pairs.
    """

    name: str
    query: str
    says: str
    mode: Mode
    confidence: Decimal
    parameters: Mapping[str, int | bool] = field(default_factory=dict)
    shape: Shape = "pair"
    sides: tuple[str, str] = ("bank", "remittance")
    takes: tuple[str, ...] = ("bank", "remittance")
    is_exclusive: bool = True
    is_on: bool = True

    @property
    def needs_batches(self) -> bool:
        """Whether the rule has nothing to look at where no posting batch is loaded."""
        return "batch" in self.sides or self.name == "lump_by_batch"


RULES: tuple[Rule, ...] = (
    Rule(
        "exact_trace",
        "rules/exact_trace",
        "deposit and remittance: trace or cheque number, payer's id and amount agree",
        "confirmed",
        Decimal(100),
        {
            "payer_must_agree": True,
            "shortest_of_another": 8,
            "days_before": 10,
            "days_after": 10,
            "cheque_days_after": 130,
        },
    ),
    Rule(
        "trace_amount",
        "rules/exact_trace",
        "deposit and remittance: trace or cheque number and amount agree, no payer's id, or a long trace and another",
        "confirmed",
        Decimal(98),
        {
            "payer_must_agree": False,
            "shortest_of_another": 8,
            "days_before": 10,
            "days_after": 10,
            "cheque_days_after": 130,
        },
    ),
    Rule(
        "batch_reference",
        "rules/batch_reference",
        "batch and remittance: the batch names its trace",
        "confirmed",
        Decimal(100),
        sides=("batch", "remittance"),
        takes=(),
        is_exclusive=False,
    ),
    Rule(
        "lump_by_batch",
        "rules/lump_by_batch",
        "deposit and remittances: the sum of those that one batch of its day and account names",
        "confirmed",
        Decimal(97),
        {"days_after": 3},
        shape="set",
    ),
    Rule(
        "damaged_trace",
        "rules/damaged_trace",
        "deposit and remittance: payer's id and a rare amount agree, the trace is cut or one character off",
        "confirmed",
        Decimal(96),
        {"days_before": 10, "days_after": 10, "shortest": 6, "rare_days": 30},
    ),
    Rule(
        "damaged_trace_again",
        "rules/damaged_trace",
        "deposit and remittance: payer's id and amount agree, the trace is nearly the same, and may be another",
        "proposed",
        Decimal(65),
        {"days_before": 10, "days_after": 10, "shortest": 6, "rare_days": 0},
    ),
    Rule(
        "payer_amount",
        "rules/payer_amount",
        "deposit and remittance: payer's id, amount and days agree, and the payer sent that amount only once",
        "confirmed",
        Decimal(92),
        {"days_before": 1, "days_after": 3, "rare_days": 30, "route_must_agree": True},
    ),
    Rule(
        "batch_deposit",
        "rules/batch_deposit",
        "batch and deposit: day, account and control total agree, and the bank names no other sender",
        "confirmed",
        Decimal(95),
        {"days_after": 0, "payer_must_agree": True},
        sides=("batch", "bank"),
        takes=("batch",),
    ),
    Rule(
        "batch_deposit_later",
        "rules/batch_deposit",
        "batch and deposit: account and control total agree, deposited within five days, no other sender",
        "confirmed",
        Decimal(90),
        {"days_after": 5, "payer_must_agree": True},
        sides=("batch", "bank"),
        takes=("batch",),
    ),
    Rule(
        "batches_of_a_day",
        "rules/batches_of_a_day",
        "batches and deposit: the sum of all batches of an account and day",
        "confirmed",
        Decimal(90),
        {"days_after": 1},
        shape="set",
        sides=("batch", "bank"),
        takes=("batch",),
    ),
    Rule(
        "split_by_trace",
        "rules/split_by_trace",
        "deposits and remittance: several credits carry its trace and add up to it",
        "confirmed",
        Decimal(97),
        {"shortest_of_another": 8, "days_before": 10, "days_after": 10},
        shape="set",
    ),
    Rule(
        "payer_day_sum",
        "rules/payer_day_sum",
        "deposit and remittances: the sum of all that one payer announced for one day",
        "confirmed",
        Decimal(94),
        {"days_before": 1, "days_after": 3, "cheque_days_after": 10},
        shape="set",
    ),
    Rule(
        "lump_sum",
        "rules/lump_candidates",
        "deposit and remittances: the only set that adds up to it, among too few for chance",
        "confirmed",
        Decimal(93),
        {"days_before": 1, "days_after": 3, "cheque_days_after": 10, "most_candidates": 60},
        shape="lump",
    ),
    Rule(
        "split_sum",
        "rules/split_candidates",
        "deposits and remittance: the payer's only credits that add up to it, among too few for chance",
        "confirmed",
        Decimal(91),
        {"days_before": 1, "days_after": 5, "most_candidates": 40},
        shape="split",
    ),
    Rule(
        "net_of_fee",
        "rules/net_of_fee",
        "deposit and remittance: a card settlement less a fee at a usual rate",
        "proposed",
        Decimal(80),
        {"days_before": 0, "days_after": 5},
    ),
    Rule(
        "batch_net_of_fee",
        "rules/batch_net_of_fee",
        "batch and deposit: a card settlement less a fee at a usual rate",
        "proposed",
        Decimal(80),
        {"days_after": 5},
        sides=("batch", "bank"),
        takes=("batch", "bank"),
    ),
    Rule(
        "batch_deposit_unsure",
        "rules/batch_deposit",
        "batch and deposit: account and control total agree, but the bank names another sender",
        "proposed",
        Decimal(60),
        {"days_after": 5, "payer_must_agree": False},
        sides=("batch", "bank"),
        takes=("batch",),
    ),
    Rule(
        "short_trace_amount",
        "rules/exact_trace",
        "deposit and remittance: a short trace and the amount agree, the payer's id is another",
        "proposed",
        Decimal(75),
        {
            "payer_must_agree": False,
            "shortest_of_another": 0,
            "days_before": 10,
            "days_after": 10,
            "cheque_days_after": 130,
        },
    ),
    Rule(
        "trace_short",
        "rules/trace_short",
        "deposit and remittance: the trace agrees, the amount does not",
        "proposed",
        Decimal(70),
        {"days_before": 10, "days_after": 30},
    ),
    Rule(
        "payer_amount_again",
        "rules/payer_amount",
        "deposit and remittance: payer's id, amount and days agree, and the payer sends that amount often",
        "proposed",
        Decimal(60),
        {"days_before": 1, "days_after": 3, "rare_days": 0, "route_must_agree": True},
    ),
    Rule(
        "payer_amount_late",
        "rules/payer_amount",
        "deposit and remittance: payer's id and amount agree, the days, the bank account or the payment method do not",
        "proposed",
        Decimal(55),
        {"days_before": 10, "days_after": 20, "rare_days": 0, "route_must_agree": False},
    ),
    Rule(
        "payer_name_amount",
        "rules/payer_name_amount",
        "deposit and remittance: amount agrees and the bank's name stood for the payer before",
        "proposed",
        Decimal(50),
        {"days_before": 1, "days_after": 5},
    ),
    Rule(
        "batch_payer_amount",
        "rules/batch_payer_amount",
        "batch and remittance: payer and total agree, the batch names no trace",
        "proposed",
        Decimal(60),
        {"days": 5},
        sides=("batch", "remittance"),
        takes=(),
    ),
)
"""Strongest first."""
