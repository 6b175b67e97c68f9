"""Deposits and remittances that are sums of several: the only set that fits is found, by elimination and with its chance.

Rules `lump_sum` (one deposit, several remittances) and `split_sum` (one remittance, several deposits). A set is sole where
nothing else adds up, where no other sum wants its parts, and where so few sets were tried that a hit by chance is unlikely.
What sole sets take is out of the others' reach, so the search goes on until a round finds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import comb, gcd
from typing import Any

import pyarrow as pa

from analysis.match.sums import MOST_AMOUNTS_OF_MANY_ITEMS, MOST_ITEMS, can_search, search
from analysis.money import MONEY, show

MOST_CHANCE = 0.01
"""A set is sole only where fewer than so many would be expected to add up by chance."""

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
class Part:
    """A fact that may be part of a sum: its side's id, US dollars, and the day it became known."""

    fact_id: str
    amount: Decimal
    known_on: date


@dataclass(frozen=True, slots=True)
class Sum:
    """A fact that may be a sum, and what it may be the sum of, gathered one way; `item_count` as the bank's text says."""

    whole: Part
    parts: tuple[Part, ...]
    item_count: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A set that adds up to `whole`; `count` sets do, more where `is_at_least`; `chance` were expected to by chance."""

    whole: Part
    parts: tuple[Part, ...]
    count: int
    is_at_least: bool
    chance: float


def gathered(rows: Sequence[Mapping[str, Any]], whole: str, known_on: str, amount: str) -> list[Sum]:
    """The rows of a candidates query, which stand in order, by the fact that may be a sum."""
    sums = []
    for _, group in groupby(rows, key=lambda row: (row[whole], row.get("gathered_by"))):
        members = list(group)
        first = members[0]
        parts = tuple(Part(row["fact_id"], row["open_amount"], row["known_on"]) for row in members)
        sums.append(Sum(Part(first[whole], first[amount], first[known_on]), parts, first.get("item_count")))
    return sums


def lumps(sums: Sequence[Sum], whole_side: str, part_side: str) -> pa.Table:
    """The sets that add up, sole ones first; grain: one row per side of a set, as the set rules' queries give it."""
    taken: set[str] = set()
    sole: list[Answer] = []
    while found := _sole_answers(sums, taken):
        sole += found
        taken.update(part.fact_id for answer in found for part in (answer.whole, *answer.parts))
    tied = [answer for answers in _by_whole(sums, taken).values() for answer in answers[:MOST_SHOWN]]
    rows: list[dict[str, Any]] = []
    for number, (answer, is_sole) in enumerate([(one, True) for one in sole] + [(one, False) for one in tied], start=1):
        rows += _rows(number, answer, is_sole, whole_side, part_side)
    return pa.Table.from_pylist(rows, schema=SIDES)


def _sole_answers(sums: Sequence[Sum], taken: set[str]) -> list[Answer]:
    """The answers that nothing contests, among what is not taken yet."""
    alone = [answers[0] for answers in _by_whole(sums, taken).values() if len(answers) == 1 and _is_certain(answers[0])]
    wanted: dict[str, int] = {}
    for answer in alone:
        for part in answer.parts:
            wanted[part.fact_id] = wanted.get(part.fact_id, 0) + 1
    return [answer for answer in alone if all(wanted[part.fact_id] == 1 for part in answer.parts)]


def _is_certain(answer: Answer) -> bool:
    return answer.count == 1 and not answer.is_at_least and answer.chance <= MOST_CHANCE


def _by_whole(sums: Iterable[Sum], taken: set[str]) -> dict[str, list[Answer]]:
    """Every answer for each fact that may be a sum and is not taken, whichever way its parts were gathered."""
    found: dict[str, list[Answer]] = {}
    for one in sums:
        if one.whole.fact_id not in taken:
            found.setdefault(one.whole.fact_id, []).extend(_answers(one, taken))
    return {fact_id: _counted_together(answers) for fact_id, answers in found.items() if answers}


def _counted_together(answers: list[Answer]) -> list[Answer]:
    """The same set gathered two ways is one; different sets count against each other."""
    unique = {frozenset(part.fact_id for part in answer.parts): answer for answer in answers}
    count = max(len(unique), *(answer.count for answer in unique.values()))
    return [Answer(one.whole, one.parts, count, one.is_at_least, one.chance) for one in unique.values()]


def _answers(one: Sum, taken: set[str]) -> list[Answer]:
    parts = [part for part in one.parts if part.fact_id not in taken and part.amount < one.whole.amount]
    sizes = _sizes(len(parts), one.item_count)
    if len(parts) < sizes.start or not can_search(len(parts), sizes):
        return []
    cents = [int(part.amount * 100) for part in parts]
    result = search(int(one.whole.amount * 100), cents, sizes)
    chance = _chance(cents, sizes)
    return [
        Answer(one.whole, tuple(parts[n] for n in positions), result.count, result.is_at_least, chance)
        for positions in result.solutions
    ]


def _sizes(candidates: int, item_count: int | None) -> range:
    """Of how many parts a sum may be: as many as the bank says, else up to what can be searched completely."""
    if item_count is not None:
        return range(max(item_count, 2), max(item_count, 2) + 1)
    most = MOST_PARTS if candidates <= MOST_AMOUNTS_OF_MANY_ITEMS else MOST_ITEMS
    return range(2, min(most, max(candidates, 2)) + 1)


def _chance(cents: Sequence[int], sizes: range) -> float:
    """How many sets of these sizes would hit one given sum by chance, were all sums up to the largest equally likely."""
    ordered, unit = sorted(cents), gcd(*cents)
    expected = 0.0
    for size in sizes:
        if size > len(ordered):
            break
        expected += comb(len(ordered), size) / (sum(ordered[-size:]) // unit)
    return expected


def _rows(number: int, answer: Answer, is_sole: bool, whole_side: str, part_side: str) -> list[dict[str, Any]]:
    said = {
        "set_number": number,
        "is_sole": is_sole,
        "explanation": _words(answer, is_sole, part_side),
        "agrees": "sum",
        "differs": "trace",
    }
    sides = [(whole_side, answer.whole), *((part_side, part) for part in answer.parts)]
    return [
        {**said, "side": side, "fact_id": part.fact_id, "amount": part.amount, "known_on": part.known_on}
        for side, part in sides
    ]


def _words(answer: Answer, is_sole: bool, part_side: str) -> str:
    things = {"remittance": "remittances", "bank": "deposits"}[part_side]
    words = f"{len(answer.parts)} {things} add up to {show(answer.whole.amount)}"
    if is_sole:
        return f"{words}, and no other set of them does"
    if answer.is_at_least:
        return f"{words}, as do more than {answer.count} other sets"
    if answer.count > 1:
        return f"{words}, and {answer.count} different sets do"
    return f"{words}, but among so many that it may be chance, or another sum wants one of them"
