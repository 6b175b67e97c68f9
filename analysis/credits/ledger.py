"""The ledger of an account in credit, as the audit reads it: what stands after what was undone, and what turned it.

Units: US dollars; charges positive, payments and adjustments negative, as the ledger writes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from analysis.money import ZERO, total

PATIENT = "PATIENT"
CONTRACTUAL = re.compile(r"\bCO\b|\bCO[- ]?45\b|\bOA[- ]?23\b|CONTRACT", re.IGNORECASE)
"""How a ledger names the write-off to the payer's allowed amount."""

GIVEN_UP = re.compile(r"BAD[ _-]?DEBT|CHARITY|HARDSHIP|COLLECTION|UNCOLLECT|WRITE[ _-]?OFF", re.IGNORECASE)
"""How a ledger names what the hospital gave up; a discount is a price, and stands."""

_ORDER = ("PRIMARY", "SECONDARY", "TERTIARY")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `payer` is the insurer, or PATIENT; `running` the balance after it."""

    entry_id: int
    transaction_id: str
    day: date
    type: str
    source: str
    payer: str
    amount: Decimal
    reference: str
    running: Decimal

    @property
    def is_patient(self) -> bool:
        """Whether the money is the patient's."""
        return self.payer == PATIENT

    @property
    def size(self) -> Decimal:
        """The amount without its sign."""
        return abs(self.amount)

    @property
    def is_contractual(self) -> bool:
        """Whether it is a write-off under a payer's contract."""
        return self.type == "ADJUSTMENT" and CONTRACTUAL.search(self.reference) is not None

    @property
    def is_given_up(self) -> bool:
        """Whether the hospital gave the amount up, so that a payment after it takes that back."""
        return self.type == "ADJUSTMENT" and not self.is_contractual and GIVEN_UP.search(self.reference) is not None

    def is_like(self, other: Entry) -> bool:
        """Whether both say the same of the same party: type, source, party and amount."""
        return (self.type, self.source, self.payer, self.amount) == (
            other.type,
            other.source,
            other.payer,
            other.amount,
        )


def entry_of(row: Mapping[str, Any]) -> Entry:
    """A row of `credits/ledgers` as an entry."""
    source = row["source"] or ""
    return Entry(
        row["account_transaction_id"],
        row["transaction_id"],
        row["transaction_date"],
        row["type"],
        source,
        PATIENT if source == PATIENT else (row["payer_name"] or "").strip(),
        row["amount"],
        (row["reference"] or "").strip(),
        row["running_balance"],
    )


@dataclass(frozen=True)
class Ledger:
    """All entries of one account in their order."""

    entries: Sequence[Entry]

    @cached_property
    def balance(self) -> Decimal:
        """What the entries add up to."""
        return total(one.amount for one in self.entries)

    @cached_property
    def turning(self) -> Entry | None:
        """The entry that brought the account into its present run below zero."""
        turned = None
        for one in self.entries:
            if one.running >= ZERO:
                turned = None
            elif turned is None:
                turned = one
        return turned

    @cached_property
    def standing(self) -> Sequence[Entry]:
        """The payments and adjustments that nothing undid.

        A refund, reversal or transfer of the same size undoes the latest payment of that party before it (where it
        names no party, the latest of anyone); a positive adjustment the latest adjustment.
        """
        left: list[Entry] = []
        for one in self.entries:
            if one.amount < ZERO and one.type != "CHARGE":
                left.append(one)
            elif one.amount > ZERO and one.type != "CHARGE":
                undone = next((other for other in reversed(left) if _undoes(one, other)), None)
                if undone is not None:
                    left.remove(undone)
        return left

    @cached_property
    def payments(self) -> Sequence[Entry]:
        """Of what stands, the payments."""
        return [one for one in self.standing if one.type == "PAYMENT"]

    @cached_property
    def adjustments(self) -> Sequence[Entry]:
        """Of what stands, the write-offs."""
        return [one for one in self.standing if one.type == "ADJUSTMENT"]

    @cached_property
    def charges(self) -> Decimal:
        """All charges, less those taken back."""
        return self._sum(lambda one: one.type == "CHARGE")

    @cached_property
    def allowed(self) -> Decimal:
        """Charges less all adjustments: what payers and patient together have to pay."""
        return self.charges + self._sum(lambda one: one.type == "ADJUSTMENT")

    @cached_property
    def insurers(self) -> Mapping[str, Decimal]:
        """What each insurer paid and did not get back, positive, in the order of liability."""
        parties = {one.payer: one.source for one in self.entries if self._is_insurers(one)}
        placed = sorted(parties, key=lambda payer: _ORDER.index(parties[payer]) if parties[payer] in _ORDER else 3)
        paid = {payer: -self._sum(lambda one, p=payer: self._is_insurers(one) and one.payer == p) for payer in placed}  # type: ignore[misc]
        return {payer: amount for payer, amount in paid.items() if amount > ZERO}

    @cached_property
    def insurers_paid(self) -> Decimal:
        """What all insurers paid and did not get back, positive."""
        return total(self.insurers.values())

    @cached_property
    def patient_paid(self) -> Decimal:
        """What the patient paid and did not get back, positive."""
        return -self._sum(lambda one: one.type not in ("CHARGE", "ADJUSTMENT") and one.is_patient)

    def sources_of(self, payer: str) -> set[str]:
        """As what the payer paid: PRIMARY, SECONDARY, TERTIARY."""
        return {one.source for one in self.payments if one.payer == payer}

    def written_off_by(self, payer: str) -> Decimal:
        """What stands as written off under the payer's contract, positive."""
        return total(one.size for one in self.adjustments if one.payer == payer and one.is_contractual)

    def _is_insurers(self, one: Entry) -> bool:
        return one.type in ("PAYMENT", "REFUND", "TRANSFER") and not one.is_patient and bool(one.payer)

    def _sum(self, counts: Callable[[Entry], bool]) -> Decimal:
        return total(one.amount for one in self.entries if counts(one))


def repeats(
    entries: Iterable[Entry], alike: Callable[[Entry, Entry], bool] = Entry.is_like
) -> list[tuple[Entry, Entry]]:
    """Each entry that says the same as one before it, with that one."""
    seen: list[Entry] = []
    found = []
    for one in entries:
        first = next((other for other in seen if alike(one, other)), None)
        if first is not None:
            found.append((first, one))
        seen.append(one)
    return found


def _undoes(one: Entry, other: Entry) -> bool:
    if one.amount != -other.amount:
        return False
    if one.type == "ADJUSTMENT" or other.type == "ADJUSTMENT":
        return one.type == other.type
    return one.payer in ("", other.payer)
