"""Days: dates from text, business days of the Federal Reserve, ages and aging buckets.

Source of holidays: the `holidays` package, calendar FED (a Saturday holiday has no Friday substitute, as at banks).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np

EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 12, 31)

AGING_BUCKETS: tuple[tuple[str, int, int | None], ...] = (
    ("0-30", 0, 30),
    ("31-60", 31, 60),
    ("61-90", 61, 90),
    ("91-120", 91, 120),
    ("121-180", 121, 180),
    ("181-365", 181, 365),
    ("365+", 366, None),
)
"""Label, first and last age in days of each bucket, youngest first."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def day(text: str) -> date | None:
    """The date that `text` writes as `YYYY-MM-DD` or `MM/DD/YYYY`, or None where it writes no real date from 1990
    to 2100."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day_of_month = (int(part) for part in found.groups())
    elif found := _US.fullmatch(text):
        month, day_of_month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        parsed = date(year, month, day_of_month)
    except ValueError:
        return None
    return parsed if EARLIEST <= parsed <= LATEST else None


@cache
def _bank_holidays() -> holidays.HolidayBase:
    return holidays.financial_holidays("FED")


def is_business_day(on: date) -> bool:
    """Whether Federal Reserve banks are open on that day."""
    return on.weekday() < 5 and on not in _bank_holidays()


def business_days_between(start: date, end: date) -> int:
    """The number of business days after `start` up to and including `end`; negative where `end` is earlier."""
    if end < start:
        return -business_days_between(end, start)
    return sum(is_business_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


@cache
def business_numbers() -> Mapping[date, int]:
    """Every day from 1990 to 2100 with the number of business days up to and including it.

    The difference of two days' numbers is `business_days_between` them.
    """
    days = np.arange(np.datetime64(EARLIEST), np.datetime64(LATEST) + 1)
    closed = holidays.financial_holidays("FED", years=range(EARLIEST.year, LATEST.year + 1))
    is_open = np.is_busday(days, holidays=np.array(list(closed), dtype="M8[D]"))
    return dict(zip(days.tolist(), np.cumsum(is_open).tolist(), strict=True))


def aging_bucket(age_days: int) -> str:
    """The label of the bucket that an age of `age_days` whole days falls in; an age below 0 counts as 0."""
    for label, _, last in AGING_BUCKETS:
        if last is None or age_days <= last:
            return label
    raise AssertionError("the last bucket is open-ended")
