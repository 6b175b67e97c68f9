"""What a person chose for a match by hand: its sums, its difference, and what is linked where the rest stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.money import ZERO


@dataclass(frozen=True, slots=True)
class Chosen:
    """A fact that a person chose for a match: its side and id, and the US dollars that were open when it was shown."""

    side: str
    fact_id: str
    open_amount: Decimal


def posted_in_part(chosen: Sequence[Chosen]) -> Chosen | None:
    """The first deposit or remittance that a batch would post in part only, where the rest were to stay open; None
    where there is none. Its rest would be open to nobody: what a batch is tied to, it posts whole."""
    if all(one.side != "batch" for one in chosen):
        return None
    linked = {(one.side, one.fact_id): one.open_amount for one in linked_in_part(chosen)}
    parted = (one for one in chosen if one.side != "batch" and linked.get((one.side, one.fact_id)) != one.open_amount)
    return next(parted, None)


def difference_of(chosen: Sequence[Chosen]) -> Decimal:
    """Deposits less remittances in US dollars; where one of these is missing, or they agree, less batches instead."""
    first, *others = _sums(chosen).values()
    differences = [first - other for other in others] or [first]
    return next((one for one in differences if one != ZERO), differences[0])


def _sums(chosen: Sequence[Chosen]) -> dict[str, Decimal]:
    """The US dollars of each side that is there, deposits first; of nothing, no deposits."""
    there = {one.side for one in chosen} or {"bank"}
    return {side: sum((o.open_amount for o in chosen if o.side == side), ZERO) for side in _SIDES if side in there}


_SIDES = ("bank", "remittance", "batch")


def linked_in_part(chosen: Sequence[Chosen]) -> list[Chosen]:
    """Of the first two sides the larger is linked, in order, by no more than the smaller one has; batches whole."""
    sums = _sums(chosen)
    first_two = list(sums)[:2]
    left = dict.fromkeys(first_two, min(sums[side] for side in first_two))
    linked = []
    for one in chosen:
        amount = min(one.open_amount, left.get(one.side, one.open_amount))
        if one.side in left:
            left[one.side] -= amount
        if amount > ZERO:
            linked.append(Chosen(one.side, one.fact_id, amount))
    return linked
