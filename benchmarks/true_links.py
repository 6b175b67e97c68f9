"""The sample's true links, and what somebody's links are worth beside them.

A fact is a side and its reference; links are held against the truth pair by pair: deposit and remittance, deposit and
batch, remittance and batch. A payment that was sent twice counts as one, as its trace is the same.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Literal

Row = dict[str, str]
Fact = tuple[str, str]
Pair = tuple[Fact, Fact]
Status = Literal["confirmed", "proposed"]
Kind = tuple[str, str]
"""What sort of link, and what evidence the files hold for it, in the truth's words."""

SIDES = ("bank", "remittance", "batch")
NOT_TO_CONFIRM = frozenset({"ambiguous", "amount_differs"})
"""Evidence on which nobody may confirm: a pair confirmed on it is wrong, even where luck makes it true."""
TRACE_OR_ONE_SUM = frozenset({"exact_trace", "trace_damaged", "cheque_number", "exact_sum"})
"""Evidence by a trace, whole or damaged, or by a sum that has one solution."""
AMBIGUOUS_CAUSES = frozenset({"ambiguous_sum", "ambiguous_twins", "ambiguous_deposits"})
LOOKALIKES = frozenset(
    {
        "lookalike_two_payers",
        "lookalike_two_days",
        "lookalike_no_trace",
        "lookalike_other_payer",
        "near_amount_other_payer",
    }
)
"""Planted codes and causes of payments that look like others and can be told apart all the same."""
UNLINKED: Kind = ("none", "no true link")
_SIDE_OF_ITEM = {
    "deposit_without_remittance": "bank",
    "unidentified_payment": "bank",
    "remittance_without_deposit": "remittance",
}


def pair(one: Fact, other: Fact) -> Pair:
    """The two facts in the order of SIDES."""
    first, second = sorted((one, other), key=lambda fact: SIDES.index(fact[0]))
    return first, second


def pairs_of(facts: Iterable[Fact]) -> Iterator[Pair]:
    """All pairs of facts on different sides."""
    return (pair(one, other) for one, other in combinations(facts, 2) if one[0] != other[0])


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A pair that somebody linked; the smaller of its two amounts is the money at stake, in US dollars."""

    pair: Pair
    status: Status
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TrueLink:
    """A group of the truth as its pairs."""

    kind: Kind
    pairs: frozenset[Pair]


@dataclass
class Truth:
    """The true links of one generated fortnight, and its open items as `unmatched.csv` tells them."""

    links: list[TrueLink]
    items: list[Row]
    right: set[Pair]
    """Pairs that belong together, also where only a third fact says so."""
    not_to_confirm: set[Pair]
    kind_of: dict[Fact, Kind]
    undecided: set[Fact]
    """Facts that fit more than one other: each may be proposed to each."""
    lookalikes: set[Fact]


def read_truth(folder: Path) -> Truth:
    """The truth that `sample_data/generate.py` wrote into the folder."""
    items = _rows(folder, "unmatched")
    once = [row["trace_number"] for row in _rows(folder, "remittances") if row["duplicate_of"] == "False"]
    assert len(once) == len(set(once)), "two payments share a trace: the reference does not name one"
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(folder, "links"):
        grouped[row["link_id"]].append(row)
    truth = Truth([], items, set(), set(), {}, set(), set())
    for sides in grouped.values():
        _take_link(truth, sides)
    truth.right |= set(chained(truth.right, "bank"))
    for row in items:
        fact = (_SIDE_OF_ITEM.get(row["item_type"], ""), row["reference"])
        if row["cause"] in AMBIGUOUS_CAUSES:
            truth.undecided.add(fact)
        if row["cause"] in LOOKALIKES:
            truth.lookalikes.add(fact)
    return truth


def _take_link(truth: Truth, sides: list[Row]) -> None:
    facts = [(row["side"], row["reference"]) for row in sides]
    kind = (sides[0]["kind"], sides[0]["evidence"])
    link = TrueLink(kind, frozenset(pairs_of(facts)))
    if link.pairs:
        truth.links.append(link)
    truth.right |= link.pairs
    for fact in facts:
        truth.kind_of.setdefault(fact, kind)
    if kind[1] in NOT_TO_CONFIRM:
        truth.not_to_confirm |= link.pairs
    if sides[0]["planted"] in LOOKALIKES:
        truth.lookalikes.update(facts)


def _rows(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def chained(pairs: Iterable[Pair], through: str) -> Iterator[Pair]:
    """Pairs that follow from two that share a fact of this side: through a remittance, its deposit and its batch."""
    partners: dict[Fact, set[Fact]] = defaultdict(set)
    for one, other in pairs:
        partners[one].add(other)
        partners[other].add(one)
    for fact, facts in partners.items():
        if fact[0] == through:
            yield from pairs_of(sorted(facts))


@dataclass
class Tally:
    """What one way of linking is worth, summed over fortnights; counts by kind of link."""

    links: Counter[Kind] = field(default_factory=Counter)
    confirmed: Counter[Kind] = field(default_factory=Counter)
    proposed: Counter[Kind] = field(default_factory=Counter)
    wrong_confirmed: Counter[Kind] = field(default_factory=Counter)
    wrong_proposed: Counter[Kind] = field(default_factory=Counter)
    wrong_amount: dict[Kind, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    pairs_confirmed: int = 0
    lookalikes_wrong: int = 0
    """Wrong pairs, confirmed or proposed, of payments that only look like others."""
    examples: list[str] = field(default_factory=list)
    """Every wrong pair and every missed link in words, for whoever looks into it."""

    def add(self, truth: Truth, found: Iterable[FoundPair], where: str = "") -> None:
        """One fortnight more; `where` names it in the examples."""
        found = list(found)
        sure = {one.pair for one in found if one.status == "confirmed"}
        told = sure | {one.pair for one in found}
        sure |= set(chained(sure, "remittance"))
        told |= set(chained(told, "remittance"))
        for link in truth.links:
            self.links[link.kind] += 1
            if link.pairs <= sure:
                self.confirmed[link.kind] += 1
            elif link.pairs <= told:
                self.proposed[link.kind] += 1
            else:
                self.examples.append(f"{where}: missed: {' '.join(link.kind)}: {_words(*min(link.pairs - told))}")
        for one in found:
            self._judge(truth, one, where)

    def _judge(self, truth: Truth, one: FoundPair, where: str) -> None:
        """Count the pair, and where it is wrong under the kind of link that its deposit truly has."""
        is_confirmed = one.status == "confirmed"
        self.pairs_confirmed += is_confirmed
        if is_confirmed:
            is_wrong = one.pair not in truth.right or one.pair in truth.not_to_confirm
        else:
            is_wrong = one.pair not in truth.right and not truth.undecided.issuperset(one.pair)
        if not is_wrong:
            return
        kind = next((truth.kind_of[fact] for fact in one.pair if fact in truth.kind_of), UNLINKED)
        self.examples.append(f"{where}: {one.status} wrongly: {_words(*one.pair)}, {one.amount}")
        self.lookalikes_wrong += not truth.lookalikes.isdisjoint(one.pair)
        if is_confirmed:
            self.wrong_confirmed[kind] += 1
            self.wrong_amount[kind] += one.amount
        else:
            self.wrong_proposed[kind] += 1

    @property
    def precision(self) -> float:
        """Of the pairs confirmed the share that is right; 1 where none was confirmed."""
        return _share(self.pairs_confirmed - self.wrong_confirmed.total(), self.pairs_confirmed)

    def recall(self, *counts: Mapping[Kind, int], evidence: frozenset[str] | None = None) -> float:
        """Of the true links (of this evidence) the share that the counts hold."""
        kinds = [kind for kind in self.links if evidence is None or kind[1] in evidence]
        return _share(sum(count[kind] for count in counts for kind in kinds), sum(self.links[kind] for kind in kinds))

    @property
    def sums_missed(self) -> int:
        """Deposits of several remittances, and remittances of several deposits, of one solution, found in no way."""
        kinds = [("lump", "exact_sum"), ("split", "exact_sum")]
        return sum(self.links[kind] - self.confirmed[kind] - self.proposed[kind] for kind in kinds)


def _words(one: Fact, other: Fact) -> str:
    return f"{' '.join(one)} with {' '.join(other)}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
