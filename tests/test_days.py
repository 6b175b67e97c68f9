"""Business days as the store counts them."""

from __future__ import annotations

from itertools import pairwise

from analysis.days import EARLIEST, LATEST, business_numbers, is_business_day


def test_the_numbers_count_the_business_days_one_by_one() -> None:
    numbers = business_numbers()
    assert (min(numbers), max(numbers)) == (EARLIEST, LATEST)
    assert numbers[EARLIEST] == is_business_day(EARLIEST)
    assert all(numbers[after] - numbers[before] == is_business_day(after) for before, after in pairwise(numbers))
