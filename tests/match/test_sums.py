"""Sums: every set of amounts that makes up a deposit is found once, and none that does not."""

from __future__ import annotations

from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.match.sums import COUNT_CAP, Lump, Sums, can_search, search, search_many

FEW = range(2, 5)
EVERY_SOLUTION = COUNT_CAP


def every_set(target: int, amounts: list[int], sizes: range) -> list[tuple[int, ...]]:
    """The solutions by brute force, fewest items first."""
    positions = range(len(amounts))
    return [one for size in sizes for one in combinations(positions, size) if sum(amounts[at] for at in one) == target]


@st.composite
def lumps(draw: st.DrawFn, most_amounts: int, most_items: int) -> Lump:
    """A deposit that is often the sum of some of its amounts, which often repeat."""
    cents = st.integers(1, draw(st.sampled_from([3, 30, 100_000])))
    amounts = draw(st.lists(cents, max_size=most_amounts))
    fewest = draw(st.integers(2, most_items))
    sizes = range(fewest, draw(st.integers(fewest, most_items)) + 1)
    some = draw(st.lists(st.integers(0, len(amounts) - 1), unique=True, max_size=most_items)) if amounts else []
    return Lump(sum(amounts[at] for at in some) + draw(st.sampled_from([0, 0, 0, 1])), amounts, sizes)


def agrees_with_brute_force(lump: Lump) -> None:
    """Number, solutions and sets tried are those of trying every set."""
    every = every_set(lump.target, list(lump.amounts), lump.sizes)
    found = search(lump.target, lump.amounts, lump.sizes, EVERY_SOLUTION)
    assert found.count == min(len(every), COUNT_CAP)
    assert found.is_at_least is (len(every) > COUNT_CAP)
    assert found.sets_tried == sum(comb(len(lump.amounts), size) for size in lump.sizes)
    if found.is_at_least:
        assert len(set(found.solutions)) == COUNT_CAP and set(found.solutions) <= set(every)
    else:
        assert list(found.solutions) == every


@given(lumps(most_amounts=14, most_items=4))
def test_up_to_four_items_are_all_found(lump: Lump) -> None:
    """By pairs, whatever repeats and whichever sizes are asked for."""
    agrees_with_brute_force(lump)


@given(lumps(most_amounts=12, most_items=12))
def test_up_to_twelve_items_are_all_found(lump: Lump) -> None:
    """By halves where more than four items are allowed."""
    agrees_with_brute_force(lump)


@pytest.mark.parametrize(
    ("target", "amounts", "sizes", "wanted"),
    [
        pytest.param(100, [], FEW, Sums((), 0, False, 0), id="nothing to make it of"),
        pytest.param(100, [100], FEW, Sums((), 0, False, 0), id="one amount is no set"),
        pytest.param(100, [100, 7], FEW, Sums((), 0, False, 1), id="an equal amount alone is no sum"),
        pytest.param(100, [40, 60, 7], FEW, Sums(((0, 1),), 1, False, 4), id="two of three"),
        pytest.param(100, [40, 60, 60], FEW, Sums(((0, 1), (0, 2)), 2, False, 4), id="equal amounts are two solutions"),
        pytest.param(10, [1, 2, 3, 4], FEW, Sums(((0, 1, 2, 3),), 1, False, 11), id="four found once, not thrice"),
        pytest.param(100, [40, 60, 30, 20], range(3, 4), Sums((), 0, False, 4), id="three items as the bank says"),
        pytest.param(7, [1, 2, 4, 3], range(2, 3), Sums(((2, 3),), 1, False, 6), id="two items as the bank says"),
        pytest.param(21, [1, 2, 3, 4, 5, 6], range(6, 7), Sums((tuple(range(6)),), 1, False, 1), id="all six"),
    ],
)
def test_sums(target: int, amounts: list[int], sizes: range, wanted: Sums) -> None:
    """The whole answer."""
    assert search(target, amounts, sizes) == wanted


@pytest.mark.parametrize(
    ("amounts", "sizes"),
    [
        pytest.param([25] * 60, range(4, 5), id="by pairs, more joins than fit at once"),
        pytest.param([25] * 22, range(4, 13), id="by halves"),
    ],
)
def test_counting_stops_at_the_cap(amounts: list[int], sizes: range) -> None:
    """Where nobody can tell the sets apart, the answer says "at least" and shows a few."""
    found = search(100, amounts, sizes, most_solutions=3)
    assert (found.count, found.is_at_least, len(found.solutions)) == (COUNT_CAP, True, 3)


def test_the_last_positions_of_sixty_are_found() -> None:
    """A mask has room for every position."""
    amounts = [2] * 56 + [1_000_000_001, 3_000_000_003, 5_000_000_005, 7_000_000_007]
    assert search(sum(amounts[56:]), amounts, FEW).solutions == ((56, 57, 58, 59),)


def test_many_deposits_are_answered_in_order() -> None:
    """Each with its own amounts and sizes."""
    found = search_many([Lump(3, [1, 2]), Lump(3, [1, 1, 1], range(3, 4)), Lump(3, [1, 1])])
    assert [one.solutions for one in found] == [((0, 1),), ((0, 1, 2),), ()]


@pytest.mark.parametrize(
    ("amounts", "sizes", "can"),
    [
        pytest.param(60, range(2, 5), True, id="four among sixty"),
        pytest.param(61, range(2, 5), False, id="more than a mask holds"),
        pytest.param(22, range(2, 13), True, id="twelve among twenty-two"),
        pytest.param(23, range(5, 6), False, id="five among too many"),
    ],
)
def test_what_can_be_searched(amounts: int, sizes: range, can: bool) -> None:
    """Beyond it a search is refused, never cut short in silence."""
    assert can_search(amounts, sizes) is can
    if not can:
        with pytest.raises(AssertionError):
            search(100, [1] * amounts, sizes)


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_of_zero_or_less_is_refused(amount: int) -> None:
    """It could stand in any set, or in none."""
    with pytest.raises(AssertionError):
        search(100, [50, 50, amount], FEW)
