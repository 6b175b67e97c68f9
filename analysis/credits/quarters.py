"""Quarters by name and by their last day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from analysis.problems import RequestRefused

_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.ASCII | re.IGNORECASE)


def quarter_end(text: str) -> date:
    """The last day of a quarter such as `2026Q3`. Raises `RequestRefused` for what is none."""
    found = _QUARTER.fullmatch(text.strip())
    if found is None or not 1990 <= int(found[1]) <= 2100:
        raise RequestRefused(f"wanted a quarter such as 2026Q3, found {text}")
    year, quarter = int(found[1]), int(found[2])
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1) - timedelta(days=1)


def quarter_name(end: date) -> str:
    """`2026Q3` for its last day."""
    return f"{end.year}Q{(end.month + 2) // 3}"


def last_quarter_end(day: date) -> date:
    """The end of the last quarter that was over by that day."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    end_of_this = quarter_end(quarter_name(day))
    return day if day == end_of_this else first - timedelta(days=1)
