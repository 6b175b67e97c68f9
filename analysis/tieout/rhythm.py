"""The rhythm of a source: how often and on which weekdays it comes, when it should come next, which days it left out.

Gaps are counted in business days of the Federal Reserve, so that a weekend or a holiday is no silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_high
from typing import Literal

from analysis.days import business_numbers, is_business_day

LEAST_ARRIVALS = 3
"""Fewer days than these have no rhythm to judge by."""

_USUAL_SHARE = 0.6
"""A weekday is usual where it brought something in this share of its weeks."""

_COVERED_SHARE = 0.75
"""Usual weekdays are the rhythm where they account for this share of all arrivals."""

_MOST_DAYS_SHARE = 0.7
"""What comes on this share of all business days has no weekdays of its own."""

EVERY_DAY_SHARE = 0.9
"""What comes on this share of all business days is wanted on each of them."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

State = Literal["on_time", "due_today", "late", "silent", "too_few"]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a source comes. `weekdays`: the usual ones, 0 for Monday; empty where it comes by gap alone."""

    usual_gap: int
    longest_gap: int
    weekdays: tuple[int, ...]
    is_daily: bool

    @property
    def in_words(self) -> str:
        """`usually Tue and Fri`, `every business day`, `about every 3 business days`."""
        if self.is_daily:
            return "every business day"
        if self.weekdays:
            return "usually " + _listed([_WEEKDAYS[one] for one in self.weekdays])
        if self.usual_gap <= 1:
            return "most business days"
        return f"about every {self.usual_gap} business days"


def rhythm_of(days: Iterable[date], every_day_share: float = EVERY_DAY_SHARE) -> Rhythm | None:
    """The rhythm of the days on which a source came; None where they are too few to tell."""
    came = sorted({_business_day(day) for day in days})
    if len(came) < LEAST_ARRIVALS:
        return None
    gaps = [business_days(one, other) for one, other in pairwise(came)]
    possible = list(_business_days(came[0], came[-1]))
    is_daily = len(came) >= every_day_share * len(possible)
    weekdays = () if len(came) >= _MOST_DAYS_SHARE * len(possible) else _usual_weekdays(came, possible)
    return Rhythm(median_high(gaps), max(gaps), weekdays, is_daily)


def expected_next(rhythm: Rhythm, last: date) -> date:
    """The day after `last` on which the source should come again: a business day."""
    last = _business_day(last)
    if rhythm.weekdays:
        on = last + timedelta(days=1)
        while on.weekday() not in rhythm.weekdays:
            on += timedelta(days=1)
        return _next_business_day(on)
    on = last
    for _ in range(1 if rhythm.is_daily else rhythm.usual_gap):
        on = _next_business_day(on + timedelta(days=1))
    return on


def state_of(rhythm: Rhythm | None, last: date, as_of: date) -> State:
    """On time before the expected day, due at its end, late after it; silent once it is away
    longer than ever, and a usual gap past due."""
    if rhythm is None:
        return "too_few"
    due = expected_next(rhythm, last)
    if as_of <= due:
        return "on_time" if as_of < due else "due_today"
    silent = business_days(last, as_of)
    return "silent" if silent > rhythm.longest_gap and business_days(due, as_of) >= rhythm.usual_gap else "late"


def missing_days(rhythm: Rhythm | None, days: Iterable[date], until: date) -> list[date]:
    """The business days before `until` on which it should have come and did not.

    Only where the rhythm names days: every business day, or weekdays. What falls on a holiday may come a day later.
    """
    if rhythm is None or not (rhythm.is_daily or rhythm.weekdays):
        return []
    came = sorted({_business_day(day) for day in days})
    there = set(came)
    missing = []
    for on in _all_days(came[0], until):
        wanted = is_business_day(on) if rhythm.is_daily else on.weekday() in rhythm.weekdays
        due = _next_business_day(on)
        if wanted and due not in there and due < until and due > came[0]:
            missing.append(due)
    return sorted(set(missing))


def uncovered(spans: Iterable[tuple[date, date]]) -> list[date]:
    """The business days between spans of days that no span tells of."""
    found: list[date] = []
    end: date | None = None
    for first, last in sorted(spans):
        if end is not None:
            found += [on for on in _all_days(end + timedelta(days=1), first - timedelta(days=1)) if is_business_day(on)]
        end = last if end is None else max(end, last)
    return found


def business_days(start: date, end: date) -> int:
    """The business days after `start` up to and including `end`, by the calendar in one look-up."""
    numbers = business_numbers()
    return numbers[end] - numbers[start]


def _usual_weekdays(came: Sequence[date], possible: Sequence[date]) -> tuple[int, ...]:
    chances = Counter(day.weekday() for day in possible)
    hits = Counter(day.weekday() for day in came)
    usual = tuple(sorted(one for one, count in hits.items() if count >= max(2, _USUAL_SHARE * chances[one])))
    covered = sum(hits[one] for one in usual)
    return usual if len(usual) < 5 and covered >= _COVERED_SHARE * len(came) else ()


def _business_day(on: date) -> date:
    """The day itself, or the business day before it where banks are closed: what comes on a Saturday is Friday's."""
    while not is_business_day(on):
        on -= timedelta(days=1)
    return on


def _next_business_day(on: date) -> date:
    while not is_business_day(on):
        on += timedelta(days=1)
    return on


def _business_days(first: date, last: date) -> Iterable[date]:
    return (on for on in _all_days(first, last) if is_business_day(on))


def _all_days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=one) for one in range((last - first).days + 1))


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
