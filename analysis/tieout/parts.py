"""A part of a variance, and the evidence that parts are drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from analysis.money import total

Row = Mapping[str, Any]
Certainty = Literal["found", "likely", "possible"]
"""How sure a part is: shown by another document; the one reading of the batch's own total; one reading of several,
or of which the words leave two open.

A possible part explains nothing: its amount stays unexplained until a person chooses. So each part says it for itself.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a variance: US dollars of deposited minus posted, the cause by its name, words, evidence and place.

    A part of 0.00 is a slip that moves no money: a control total, a day or a bank account keyed wrong.
    """

    amount: Decimal
    cause: str
    words: str
    evidence: str
    certainty: Certainty
    code: str | None = None
    """The provider adjustment's code."""
    line_number: int | None = None
    posting_line_id: int | None = None
    claim_payment_id: int | None = None
    remittance_id: int | None = None
    deposit_id: int | None = None
    """The bank line that the part is about."""
    receipt_id: str | None = None
    other_batch_id: str | None = None
    file_id: int | None = None
    place: int | None = None
    """The segment or line of `file_id` that shows it, where that is no claim, posted line or bank line."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one batch: its legs, where its lines differ from claims and receipts, and its money."""

    legs: Row
    accounts: Sequence[Row] = ()
    provider: Sequence[Row] = ()
    receipts: Sequence[Row] = ()
    remittances: Sequence[Row] = ()
    lines: Sequence[Row] = ()
    deposits: Sequence[Row] = ()
    candidates: Sequence[Row] = ()
    """Free deposits of the batch's control or posted total."""
    offers: Sequence[Row] = ()
    """Open proposals that would tie the batch to a remittance or a deposit."""
    usual_days: int | None = None
    """Business days that deposits of such batches usually take, where any came."""
    as_of: date = date.max


def explained(parts: Sequence[Part]) -> Decimal:
    """What the parts explain, in US dollars; possible ones nothing."""
    return total(part.amount for part in parts if part.certainty != "possible")
