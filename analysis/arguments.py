"""What the options of the command line write: days and dollars."""

from __future__ import annotations

import argparse
from datetime import date
from decimal import Decimal

from analysis.days import EARLIEST, LATEST, day
from analysis.money import dollars


def day_of(text: str) -> date:
    """The day that an option writes. Raises `ArgumentTypeError` for none."""
    found = day(text)
    if found is None:
        raise argparse.ArgumentTypeError(
            f"wanted a date YYYY-MM-DD from {EARLIEST.year} to {LATEST.year}, found {text!r}"
        )
    return found


def amount_of(text: str) -> Decimal:
    """The dollars that an option writes. Raises `ArgumentTypeError` for none."""
    found = dollars(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"wanted dollars such as 25.00, found {text!r}")
    return found
