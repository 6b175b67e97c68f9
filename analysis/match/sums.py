"""Which sets of amounts add up to a deposit exactly, how many such sets there are, and how many were tried.

Two ways, both over integer cents and both complete. Up to four items: every pair, joined with every empty set, single
item or pair that stands wholly behind it, so that no set is found twice. More items, among few: every subset of the
first half of the amounts, joined with every subset of the second half. A set is a bit mask of positions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

MOST_AMOUNTS = 60
"""A set of positions must fit a mask of 64 bits."""

MOST_ITEMS = 4
"""Items of a set among up to `MOST_AMOUNTS` amounts."""

MOST_AMOUNTS_OF_MANY_ITEMS = 22
"""Up to so many amounts, sets of more than `MOST_ITEMS` items are searched too."""

COUNT_CAP = 50
"""Solutions are counted so far; beyond, their number says nothing but that nobody can tell."""

_JOINS_AT_ONCE = 1 << 14
_BEYOND_ALL = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Lump:
    """A deposit of `target` cents, what it may be made of (cents, each above zero), and of how many items."""

    target: int
    amounts: Sequence[int]
    sizes: range = range(2, MOST_ITEMS + 1)


@dataclass(frozen=True, slots=True)
class Sums:
    """The sets that add up: some of them, their number, and how many sets of the sizes asked for there are at all.

    A solution is the positions of its amounts, ascending; equal amounts at two positions make two solutions. Those with
    fewer items come first. Where `is_at_least`, there are more than `count` (then `COUNT_CAP`) of them.
    """

    solutions: tuple[tuple[int, ...], ...]
    count: int
    is_at_least: bool
    sets_tried: int


class _Sets(NamedTuple):
    """Sets of positions: what each adds up to in cents, and its mask."""

    sums: Integers
    masks: Integers


def can_search(amounts: int, sizes: range) -> bool:
    """Whether sets of these sizes can be searched completely among so many amounts."""
    return amounts <= (MOST_AMOUNTS if sizes.stop <= MOST_ITEMS + 1 else MOST_AMOUNTS_OF_MANY_ITEMS)


def search(target: int, amounts: Sequence[int], sizes: range, most_solutions: int = 5) -> Sums:
    """Every set of `sizes` items (two or more) that adds up to `target`; all in cents, amounts above zero.

    `can_search` says beforehand whether there are too many amounts for the sizes, which is an error here.
    """
    cents = np.asarray(amounts, np.int64)
    assert sizes.start >= 2 and sizes.step == 1, f"sizes of sets: {sizes}"
    assert can_search(len(cents), sizes), f"{len(cents)} amounts are too many for sets of {sizes}"
    assert bool((cents > 0).all()), "an amount that may be part of a deposit is above zero"
    tried = sum(comb(len(cents), size) for size in sizes)
    if tried == 0:
        return Sums((), 0, False, 0)
    left, right = _by_pairs(cents, sizes) if sizes.stop <= MOST_ITEMS + 1 else _by_halves(cents)
    found = _found(target, left, right, sizes)
    shown = sorted((_positions(mask) for mask in found[:COUNT_CAP].tolist()), key=lambda one: (len(one), one))
    return Sums(tuple(shown[:most_solutions]), min(len(found), COUNT_CAP), len(found) > COUNT_CAP, tried)


def search_many(lumps: Iterable[Lump], most_solutions: int = 5) -> list[Sums]:
    """`search` for each deposit, in order."""
    return [search(lump.target, lump.amounts, lump.sizes, most_solutions) for lump in lumps]


def _by_pairs(cents: Integers, sizes: range) -> tuple[_Sets, _Sets]:
    """Every pair, and every set that makes a pair into one of the sizes: none, one item, another pair."""
    pairs = _pairs(cents)
    parts = {0: _Sets(np.zeros(1, np.int64), np.zeros(1, np.int64)), 1: _Sets(cents, _bits(len(cents))), 2: pairs}
    added = [parts[size - 2] for size in sizes]
    return pairs, _Sets(np.concatenate([one.sums for one in added]), np.concatenate([one.masks for one in added]))


def _pairs(cents: Integers) -> _Sets:
    first, second, masks = _pair_positions(len(cents))
    return _Sets(cents[first] + cents[second], masks)


@lru_cache(maxsize=MOST_AMOUNTS)
def _pair_positions(amounts: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Integers]:
    first, second = np.triu_indices(amounts, 1)
    bits = _bits(amounts)
    return first, second, bits[first] | bits[second]


def _bits(amounts: int) -> Integers:
    return np.left_shift(np.int64(1), np.arange(amounts, dtype=np.int64))


def _by_halves(cents: Integers) -> tuple[_Sets, _Sets]:
    """Every subset of the first half of the amounts, and every subset of the second."""
    middle = len(cents) // 2
    return _subsets(cents[:middle], 0), _subsets(cents[middle:], middle)


def _subsets(cents: Integers, first_position: int) -> _Sets:
    sums = np.zeros(1, np.int64)
    for amount in cents:
        sums = np.concatenate([sums, sums + amount])
    return _Sets(sums, np.arange(len(sums), dtype=np.int64) << first_position)


def _found(target: int, left: _Sets, right: _Sets, sizes: range) -> Integers:
    """The masks of the sets of one of `sizes`, each once; all of them, or some more than `COUNT_CAP`."""
    found: list[Integers] = []
    for left_masks, right_masks in _joins(target, left, right):
        masks = left_masks | right_masks
        items = np.bitwise_count(masks)
        is_solution = (left_masks < _lowest_bit(right_masks)) & (items >= sizes.start) & (items < sizes.stop)
        found.append(masks[is_solution])
        if sum(map(len, found)) > COUNT_CAP:
            break
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _joins(target: int, left: _Sets, right: _Sets) -> Iterator[tuple[Integers, Integers]]:
    """Left and right masks that add up to `target` together, a manageable number at a time."""
    order = np.argsort(right.sums)
    ordered_sums, ordered_masks = right.sums[order], right.masks[order]
    wanted = target - left.sums
    begins = np.searchsorted(ordered_sums, wanted)
    partners = np.searchsorted(ordered_sums, wanted, "right") - begins
    ends = np.cumsum(partners)
    for start in range(0, int(ends[-1]), _JOINS_AT_ONCE):
        numbers = np.arange(start, min(start + _JOINS_AT_ONCE, int(ends[-1])))
        own = np.searchsorted(ends, numbers, "right")
        within = numbers - (ends[own] - partners[own])
        yield left.masks[own], ordered_masks[begins[own] + within]


def _lowest_bit(masks: Integers) -> Integers:
    """The bit of the first position in each set; beyond all positions for the empty set."""
    return np.where(masks == 0, _BEYOND_ALL, masks & -masks)


def _positions(mask: int) -> tuple[int, ...]:
    return tuple(position for position in range(mask.bit_length()) if mask >> position & 1)
