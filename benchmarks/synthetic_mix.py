"""Who pays what, and when, in the payments that matching is measured on: the mix of kinds, as numbers only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic_columns import Numbers

MIX = {
    "exact": 50,  # trace, payer's company id and amount
    "vendor": 10,  # trace and amount; the company id is a vendor's
    "cut": 4,  # the trace's first 15 characters, company id, amount
    "suffix": 4,  # its last 8 to 11 characters, company id, amount
    "digit": 4,  # one digit wrong, company id, amount
    "payer": 13,  # no trace; company id, amount, one business day before to three after
    "cheque": 3,  # the cheque's number as customer reference, amount
    "twins": 2,  # no trace, and another payment with the same payer, amount and days
    "lump": 5,  # two to four cheques of a payer's day in one lockbox deposit
    "alone": 5,  # nothing: the money has not come
}
"""Remittances of each kind in a hundred. Bank lines of no remittance fill up to as many lines as remittances."""

KINDS = tuple(MIX)
CHEQUES = ("cheque", "lump")
UNTRACED = ("payer", "twins", "lump")
PAYERS = 200
DAYS = 500
"""Business days that the payments are spread over."""

COMMON_SHARE = 0.2
COMMON_AMOUNTS = 5_000
LEAST_CENTS, MOST_CENTS = 500, 500_000


@dataclass(frozen=True, slots=True)
class Payments:
    """The remittances, column by column; `leader` is the first payment of a twin's or lump's group, else itself."""

    kinds: Numbers
    leader: Numbers
    payers: Numbers
    cents: Numbers
    days: Numbers
    sent_days: Numbers
    numbers: Numbers

    def are(self, *kinds: str) -> NDArray[np.bool_]:
        """Which of them are of one of these kinds."""
        return np.isin(self.kinds, [KINDS.index(kind) for kind in kinds])


@dataclass(frozen=True, slots=True)
class Deposits:
    """The bank lines, column by column; `pays` is the position of the (first) remittance paid, -1 for none."""

    pays: Numbers
    payers: Numbers
    cents: Numbers
    days: Numbers
    items: Numbers


def payments_of(rng: np.random.Generator, count: int, first_day: int, days: int, first_number: int) -> Payments:
    """`count` remittances of the mix, paid on `days` business days from `first_day`."""
    kinds = _kinds(count)
    leader = _leaders(rng, kinds)
    payers = rng.integers(PAYERS, size=count)[leader]
    paid_days = rng.integers(first_day, first_day + days, count)[leader]
    cents = _amounts(rng, count)
    cents = np.where(kinds == KINDS.index("twins"), cents[leader], cents)
    cents = np.where(kinds == KINDS.index("alone"), cents | 1, cents)
    sent_days = paid_days - rng.integers(0, 3, count)
    return Payments(kinds, leader, payers, cents, paid_days, sent_days, first_number + np.arange(count))


def _kinds(count: int) -> Numbers:
    """Each remittance's kind, kind after kind; what rounding leaves over is exact, and twins come in pairs."""
    counts = {kind: count * share // 100 // 2 * 2 for kind, share in MIX.items()}
    counts["exact"] += count - sum(counts.values())
    return np.repeat(np.arange(len(KINDS)), list(counts.values()))


def _leaders(rng: np.random.Generator, kinds: Numbers) -> Numbers:
    leader = np.arange(len(kinds))
    twins = np.flatnonzero(kinds == KINDS.index("twins"))
    leader[twins] = np.repeat(twins[::2], 2)
    lumps = np.flatnonzero(kinds == KINDS.index("lump"))
    if len(lumps):
        sizes = rng.integers(2, 5, len(lumps))
        begins = np.concatenate([[0], np.cumsum(sizes)])
        begins = begins[begins <= len(lumps) - 2]
        leader[lumps] = np.repeat(lumps[begins], np.diff(np.append(begins, len(lumps))))
    return leader


def _amounts(rng: np.random.Generator, count: int) -> Numbers:
    common = rng.integers(LEAST_CENTS, MOST_CENTS, COMMON_AMOUNTS)
    own = rng.integers(LEAST_CENTS, MOST_CENTS, count)
    return np.where(rng.random(count) < COMMON_SHARE, rng.choice(common, count), own)


def deposits_of(rng: np.random.Generator, payments: Payments, first_day: int, days: int) -> Deposits:
    """A line for each payment that came, one for each lump, and lines of none, with even cents (`alone` odd)."""
    count = len(payments.kinds)
    positions = np.arange(count)
    is_paid = ~payments.are("alone") & (~payments.are("lump") | (payments.leader == positions))
    pays = positions[is_paid]
    items = np.where(payments.are("lump"), np.bincount(payments.leader, minlength=count), 1)
    sums = np.zeros(count, np.int64)
    np.add.at(sums, payments.leader, payments.cents)
    cents = np.where(payments.are("lump"), sums, payments.cents)
    lags = np.where(payments.are("payer", "twins"), rng.integers(-1, 4, count), rng.integers(0, 3, count))
    lags = np.where(payments.are(*CHEQUES), rng.integers(1, 5, count), lags)
    arrived = payments.days + lags[payments.leader]
    more = count - len(pays)
    return Deposits(
        np.concatenate([pays, np.full(more, -1)]),
        np.concatenate([payments.payers[pays], rng.integers(PAYERS, size=more)]),
        np.concatenate([cents[pays], _amounts(rng, more) & ~1]),
        np.concatenate([arrived[pays], rng.integers(first_day, first_day + days, more)]),
        np.concatenate([items[pays], np.ones(more, np.int64)]),
    )
