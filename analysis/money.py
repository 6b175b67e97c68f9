"""Exact dollars: text to Decimal and back, never through float.

Units: US dollars with two decimals, at most 16 digits before the point (DECIMAL(18, 2) in the store).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa

MONEY = pa.decimal128(18, 2)
"""The Arrow type of every money column."""

ZERO = Decimal("0.00")

_DOLLARS = re.compile(
    r"""\s*
    (?P<open>\()?
    (?P<lead>-)?\s*\$?\s*(?P<inner>-)?
    (?P<whole>\d{1,3}(?:,\d{3})+|\d+)?
    (?:\.(?P<cents>\d{0,2})0*)?
    \s*(?P<trail>-)?
    (?P<close>\))?
    \s*""",
    re.VERBOSE | re.ASCII,
)


def dollars(text: str) -> Decimal | None:
    """The exact amount that `text` writes, or None where it writes none.

    Takes `1234.50`, `1,234.50`, `$1,234.50`, `(1,234.50)` and `1,234.50-`; refuses exponents, a third decimal
    that is not zero, two signs, thousands marks out of place and more than 16 digits before the point.
    """
    found = _DOLLARS.fullmatch(text)
    if found is None or not (found["whole"] or found["cents"]):
        return None
    if (found["open"] is None) != (found["close"] is None):
        return None
    signs = [found[name] for name in ("open", "lead", "inner", "trail") if found[name]]
    whole = (found["whole"] or "0").replace(",", "")
    if len(signs) > 1 or len(whole.lstrip("0")) > 16:
        return None
    amount = Decimal(f"{whole}.{(found['cents'] or '').ljust(2, '0')}")
    return -amount if signs and amount != ZERO else amount


def from_cents(cents: int) -> Decimal:
    """The dollars that `cents` hundredths make."""
    return Decimal(cents).scaleb(-2)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The exact sum of the amounts that are there; 0.00 for none."""
    return sum((amount for amount in amounts if amount is not None), ZERO)


def show(amount: Decimal) -> str:
    """The amount for reading: `1,234.50`, with a leading minus when negative."""
    return f"{amount:,.2f}"


def plain(amount: Decimal) -> str:
    """The amount for files: `1234.50`, with a leading minus when negative."""
    return f"{amount:.2f}"
