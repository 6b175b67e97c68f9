"""Deposits and remittances that are sums of several: the only set that fits is found, by elimination and chance.

Rules `lump_sum` (one deposit, several remittances) and `split_sum` (one remittance, several deposits). A set is sole
where nothing else adds up, where no other sum wants its parts, and where so few sets were tried that a hit by chance is
unlikely. What sole sets take is out of the others' reach, so the search goes on until a round finds none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from math import comb, gcd
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.match.sums import MOST_AMOUNTS_OF_MANY_ITEMS, MOST_ITEMS, can_search, search
from analysis.money import MONEY, show

MOST_CHANCE_COUNTED, MOST_CHANCE = 0.01, 0.0001
"""A set is sole only where fewer than so many would be expected to add up by chance: where the bank says how many items
a deposit has, and where nothing but the sum speaks for it."""

FEW_AT_ONCE, GROUPS_AT_ONCE = 8, 20_000
"""Groups of up to so many parts, and so many of them, are tried at once before any is searched."""

MOST_PARTS = 12
MOST_SHOWN = 3
"""How many of several sets are proposed."""

SIDES = pa.schema(
    [
        ("set_number", pa.int64()),
        ("is_sole", pa.bool_()),
        ("side", pa.string()),
        ("fact_id", pa.string()),
        ("amount", MONEY),
        ("known_on", pa.date32()),
        ("explanation", pa.string()),
        ("agrees", pa.string()),
        ("differs", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A set that adds up to `whole`; `count` sets do, more where `is_at_least`; `is_certain` where chance is out.

    `whole` is the row of its candidates' table at which the fact that may be a sum stands, `parts` the rows of the
    parts. `singles`: the rows of facts that are the whole amount each by itself.
    """

    whole: int
    parts: tuple[int, ...]
    count: int
    is_at_least: bool
    is_certain: bool
    singles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """How a candidates query names the fact that may be a sum, its US dollars, and the day it became known."""

    whole: str
    amount: str
    known_on: str


LUMP = Columns("deposit_fact_id", "deposit_amount", "deposit_known_on")
SPLIT = Columns("remittance_fact_id", "remittance_amount", "remittance_known_on")


class Candidates:
    """A candidates query's answer: rows of a fact that may be a sum stand together, one for each part that it may
    have.
    """

    def __init__(self, table: pa.Table, columns: Columns) -> None:
        self.table, self.columns = table, columns
        self.part_codes, self.parts = _encoded(table["fact_id"])
        self.whole_codes, _ = _encoded(table[columns.whole])
        self.cents = _cents(table["open_amount"])
        self.whole_cents = _cents(table[columns.amount])
        ways = (
            _encoded(table["gathered_by"])[0] if "gathered_by" in table.column_names else np.zeros_like(self.part_codes)
        )
        is_new = np.ones(len(ways), bool)
        is_new[1:] = (self.whole_codes[1:] != self.whole_codes[:-1]) | (ways[1:] != ways[:-1])
        self.starts = np.flatnonzero(is_new)
        self.ends = np.append(self.starts[1:], len(ways))
        counts = table["item_count"] if "item_count" in table.column_names else pa.nulls(len(ways), pa.int64())
        self.item_counts = counts.take(pa.array(self.starts)).to_pylist()

    def groups_without_answer(self) -> NDArray[np.bool_]:
        """For each group whether surely no set of its parts adds up: all sets of all small groups are tried at once."""
        sizes = self.ends - self.starts
        hopeless = np.zeros(len(sizes), bool)
        for size in range(1, FEW_AT_ONCE + 1):
            groups = np.flatnonzero(sizes == size)
            sets = np.array([one for one in product((0, 1), repeat=size) if sum(one) > 1], np.int64).reshape(-1, size)
            for chunk in np.array_split(groups, len(groups) // GROUPS_AT_ONCE + 1):
                cents = self.cents[self.starts[chunk][:, None] + np.arange(size)]
                hits = cents @ sets.T == self.whole_cents[self.starts[chunk]][:, None]
                hopeless[chunk] = ~hits.any(axis=1)
        return hopeless


def _encoded(column: pa.ChunkedArray) -> tuple[NDArray[np.int64], pa.Array]:
    """Each text as a number, and the texts by number."""
    coded = column.combine_chunks().dictionary_encode()
    return np.asarray(coded.indices, np.int64), coded.dictionary


def _cents(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Dollars as whole cents."""
    hundredfold = pc.multiply(column, pa.scalar(Decimal(100)))
    return np.asarray(hundredfold.cast(pa.decimal128(38, 0)).cast(pa.int64()), np.int64)


def lumps(table: pa.Table, columns: Columns, whole_side: str, part_side: str) -> pa.Table:
    """The sets that add up, sole ones first; grain: one row per side of a set, as the set rules' queries give it."""
    if table.num_rows == 0:
        return SIDES.empty_table()
    candidates = Candidates(table, columns)
    search = _Search(candidates)
    sole: list[Answer] = []
    while found := search.sole_answers():
        sole += found
        search.take(found)
    tied = [answer for answers in search.answers.values() for answer in _shown(answers)]
    rows: list[dict[str, Any]] = []
    for number, (answer, is_sole) in enumerate([(one, True) for one in sole] + [(one, False) for one in tied], start=1):
        rows += _rows(number, answer, is_sole, candidates, (whole_side, part_side))
    return pa.Table.from_pylist(rows, schema=SIDES)


def _shown(answers: Sequence[Answer]) -> list[Answer]:
    """A few of the sets, and a few of the facts that are the whole amount alone."""
    alone = [replace(answers[0], parts=(row,)) for row in answers[0].singles[:MOST_SHOWN]]
    return [*answers[:MOST_SHOWN], *alone]


class _Search:
    """The answers for each fact that may be a sum; those whose parts were taken are looked for anew."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.taken = np.zeros(len(candidates.parts), bool)
        self.groups: dict[int, list[int]] = {}
        for group, whole in enumerate(candidates.whole_codes[candidates.starts].tolist()):
            self.groups.setdefault(whole, []).append(group)
        self.wholes_of: dict[int, set[int]] = {}
        self.done: set[int] = set()
        self.answers: dict[int, list[Answer]] = {}
        hopeless = candidates.groups_without_answer()
        for whole, groups in self.groups.items():
            if not all(hopeless[group] for group in groups):
                self._look_for(whole)

    def _look_for(self, whole: int) -> None:
        """The answers for one fact, whichever way its parts were gathered, among what is not taken."""
        found = [answer for group in self.groups[whole] for answer in self._answers(group)]
        self.answers.pop(whole, None)
        if found:
            self.answers[whole] = self._counted_together(found)
            for part in self._codes(found):
                self.wholes_of.setdefault(part, set()).add(whole)

    def _answers(self, group: int) -> list[Answer]:
        own = self.candidates
        start, end = own.starts[group], own.ends[group]
        rows = start + np.flatnonzero(~self.taken[own.part_codes[start:end]])
        target, item_count = int(own.whole_cents[start]), own.item_counts[group]
        singles = tuple(rows[own.cents[rows] == target].tolist()) if item_count is None else ()
        rows = rows[own.cents[rows] < target]
        cents = own.cents[rows].tolist()
        sizes = _sizes(len(cents), item_count)
        if len(cents) < sizes.start or not can_search(len(cents), sizes):
            return []
        result = search(target, cents, sizes)
        most = MOST_CHANCE if item_count is None else MOST_CHANCE_COUNTED
        return [
            Answer(
                int(start),
                tuple(rows[list(positions)].tolist()),
                result.count,
                result.is_at_least,
                not singles and chance(cents, positions, sizes) <= most,
                singles,
            )
            for positions in result.solutions
        ]

    def _codes(self, answers: Sequence[Answer]) -> set[int]:
        return {int(self.candidates.part_codes[row]) for answer in answers for row in answer.parts}

    def _counted_together(self, answers: list[Answer]) -> list[Answer]:
        """The same set gathered two ways is one; different sets count against each other."""
        unique = {frozenset(self._codes([answer])): answer for answer in answers}
        count = max(len(unique), *(answer.count for answer in unique.values()))
        singles = max((answer.singles for answer in answers), key=len)
        is_certain = all(answer.is_certain for answer in answers)
        return [replace(one, count=count, singles=singles, is_certain=is_certain) for one in unique.values()]

    def sole_answers(self) -> list[Answer]:
        """The answers that nothing contests, among what is not taken yet."""
        alone = [answers[0] for answers in self.answers.values() if len(answers) == 1 and _is_certain(answers[0])]
        wanted = Counter(code for answer in alone for code in self._codes([answer]))
        return [answer for answer in alone if all(wanted[code] == 1 for code in self._codes([answer]))]

    def take(self, found: Sequence[Answer]) -> None:
        """The facts of these answers are out of the others' reach."""
        wholes = {int(self.candidates.whole_codes[answer.whole]) for answer in found}
        parts = self._codes(found)
        self.taken[list(parts)] = True
        self.done |= wholes
        for whole in wholes:
            self.answers.pop(whole)
        for whole in set().union(*(self.wholes_of[part] for part in parts)) - self.done:
            self._look_for(whole)


def _is_certain(answer: Answer) -> bool:
    return answer.count == 1 and not answer.is_at_least and answer.is_certain


def _sizes(candidates: int, item_count: int | None) -> range:
    """Of how many parts a sum may be: as many as the bank says, else up to what can be searched completely."""
    if item_count is not None:
        return range(max(item_count, 2), max(item_count, 2) + 1)
    most = MOST_PARTS if candidates <= MOST_AMOUNTS_OF_MANY_ITEMS else MOST_ITEMS
    return range(2, min(most, max(candidates, 2)) + 1)


ROUND_CENTS = (1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)
"""Amounts come in whole nickels, dollars, tens and hundreds of dollars more often than chance would have it."""


def chance(cents: Sequence[int], parts: Sequence[int], sizes: range) -> float:
    """How many sets of these sizes would hit by chance what the bank paid, where it is the sum of `parts` (positions).

    The set itself is one of them: two amounts of whole hundreds have a sum that many a deposit has. Were all sums up to
    the largest equally likely, it would be the sets by the sums. But round amounts make round sums: for each roundness,
    only the parts that are round could be other round ones, and their sums so much fewer. The worst of these counts.
    """
    ordered = sorted(cents)
    return max(
        _chance_at(unit, ordered, [cents[part] for part in parts], sizes) for unit in (gcd(*cents), *ROUND_CENTS)
    )


def _chance_at(unit: int, ordered: Sequence[int], parts: Sequence[int], sizes: range) -> float:
    """The same where only parts that are multiples of `unit` cents, and as many more or fewer, could be others; where
    some parts are none, these say what the sum is, and the set itself is no chance."""
    round_ones = [amount for amount in ordered if amount % unit == 0]
    odd_parts = sum(1 for amount in parts if amount % unit)
    round_parts = len(parts) - odd_parts
    if round_parts == 0:
        return 0.0
    expected = 0.0
    for size in range(max(sizes.start - odd_parts, 1), sizes.stop - odd_parts):
        if size > len(round_ones):
            break
        others = comb(len(round_ones), size) - (1 if odd_parts and size == round_parts else 0)
        expected += others / max(sum(round_ones[-size:]) // unit, 1)
    return expected


def _rows(
    number: int, answer: Answer, is_sole: bool, candidates: Candidates, sides: tuple[str, str]
) -> list[dict[str, Any]]:
    table, columns = candidates.table, candidates.columns
    amount = table[columns.amount][answer.whole].as_py()
    said = {
        "set_number": number,
        "is_sole": is_sole,
        "explanation": _words(answer, amount, is_sole, sides[1]),
        "agrees": "sum",
        "differs": "trace",
    }
    whole = {
        "side": sides[0],
        "fact_id": table[columns.whole][answer.whole].as_py(),
        "amount": amount,
        "known_on": table[columns.known_on][answer.whole].as_py(),
    }
    parts = [
        {
            "side": sides[1],
            "fact_id": table["fact_id"][row].as_py(),
            "amount": table["open_amount"][row].as_py(),
            "known_on": table["known_on"][row].as_py(),
        }
        for row in answer.parts
    ]
    return [{**said, **side} for side in (whole, *parts)]


def _words(answer: Answer, amount: Decimal, is_sole: bool, part_side: str) -> str:
    things = {"remittance": "remittances", "bank": "deposits"}[part_side]
    if len(answer.parts) == 1:
        return f"one of the {things} is {show(amount)} alone, but others add up to it too"
    words = f"{len(answer.parts)} {things} add up to {show(amount)}"
    if is_sole:
        return f"{words}, and no other set of them does"
    if answer.singles:
        return f"{words}, but so does one of them alone"
    if answer.is_at_least:
        return f"{words}, as do more than {answer.count} other sets"
    if answer.count > 1:
        return f"{words}, and {answer.count} different sets do"
    return f"{words}, but the sum alone is not certain: it may be chance, or another sum wants one of them"
