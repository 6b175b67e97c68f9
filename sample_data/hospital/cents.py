"""Whole cents, the only money in this package, and their written forms."""

from random import Random


def dollars(cents: int) -> str:
    """``-1234`` becomes ``-12.34``: two decimals, no symbol, no thousands separator."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def x12_number(cents: int, plain: bool) -> str:
    """An X12 R number: with two decimals, or (``plain``) without a needless fraction: ``100``, ``100.5``."""
    text = dollars(cents)
    return text.rstrip("0").rstrip(".") if plain else text


def split(rng: Random, total: int, parts: int) -> list[int]:
    """``total`` cents cut into ``parts`` positive amounts of uneven size that sum to it exactly."""
    weights = [rng.randint(2, 9) for _ in range(parts)]
    shares = [max(1, total * weight // sum(weights)) for weight in weights[:-1]]
    return [*shares, total - sum(shares)]
