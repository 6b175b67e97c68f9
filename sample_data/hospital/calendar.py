"""The fortnight's days: banking days of the Federal Reserve, the holiday in the middle, the folders."""

from datetime import date, timedelta

FIRST_DAY = date(2026, 11, 2)
AS_OF = date(2026, 11, 13)
FIRST_FRIDAY = date(2026, 11, 6)
#: Federal Reserve holidays near the period: no bank file and no settlement.
HOLIDAYS = frozenset({date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26)})


def is_banking_day(day: date) -> bool:
    """Monday to Friday and no Federal Reserve holiday."""
    return day.weekday() < 5 and day not in HOLIDAYS


def banking_day(day: date, steps: int) -> date:
    """The banking day ``steps`` after ``day`` (before it when negative)."""
    step = timedelta(days=1 if steps > 0 else -1)
    for _ in range(abs(steps)):
        day += step
        while not is_banking_day(day):
            day += step
    return day


def banking_days(first: date = FIRST_DAY, last: date = AS_OF) -> list[date]:
    """Every banking day from ``first`` to ``last``, both included."""
    length = (last - first).days + 1
    return [day for day in (first + timedelta(days=n) for n in range(length)) if is_banking_day(day)]


def ymd(day: date) -> str:
    """``20261102``."""
    return day.strftime("%Y%m%d")


def yymmdd(day: date) -> str:
    """``261102``."""
    return day.strftime("%y%m%d")
