"""The matching rules in order, each a query of its own under `sql/match` and a line of settings here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its query and parameters, whether its matches are confirmed or proposed to a person, how sure of 100."""

    name: str
    query: str
    says: str
    status: Literal["confirmed", "proposed"]
    confidence: Decimal
    parameters: Mapping[str, int] = field(default_factory=dict)


RULES: tuple[Rule, ...] = (
    Rule(
        "exact_trace",
        "match/exact_trace",
        "deposit and remittance: trace and amount agree",
        "confirmed",
        Decimal(100),
    ),
    Rule(
        "batch_reference",
        "match/batch_reference",
        "batch and remittance: the batch names its trace",
        "confirmed",
        Decimal(100),
    ),
    Rule(
        "batch_deposit",
        "match/batch_deposit",
        "batch and deposit: day, account and control total agree",
        "confirmed",
        Decimal(95),
        {"days_after": 0},
    ),
    Rule(
        "batch_deposit_later",
        "match/batch_deposit",
        "batch and deposit: account and control total agree, deposited within five days",
        "confirmed",
        Decimal(90),
        {"days_after": 5},
    ),
)
"""Strongest first."""
