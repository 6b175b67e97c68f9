"""Fee rates: what card processors keep of a payment; a site adds and removes its own, each change dated and kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pandas as pd

from analysis.problems import RequestRefused
from analysis.store import Store, query
from analysis.store.matches import write

PREFIX = "fee_rate."
MOST_PERCENT = Decimal(15)
_CENT = Decimal("0.01")


def fee_rates(store: Store) -> pd.DataFrame:
    """The rates in force, smallest first. Grain: one row per rate. Units: percent of the payment."""
    return query(store, "match/fee_rates")


def add_rate(store: Store, percent: Decimal, effective_on: date, decided_by: str, reason: str) -> None:
    """The rate is in force. Raises `RequestRefused` for a rate that is none, or that is there already."""
    rate = _rate(percent)
    if rate in _in_force(store):
        raise RequestRefused(f"{rate} % is in force already")
    _save(store, rate, str(rate), effective_on, decided_by, reason)


def remove_rate(store: Store, percent: Decimal, effective_on: date, decided_by: str, reason: str) -> None:
    """The rate is no longer used. Raises `RequestRefused` where it was not."""
    rate = _rate(percent)
    if rate not in _in_force(store):
        raise RequestRefused(f"{rate} % is not in force")
    _save(store, rate, "null", effective_on, decided_by, reason)


def _in_force(store: Store) -> set[Decimal]:
    return set(fee_rates(store)["percent"])


def _rate(percent: Decimal) -> Decimal:
    if not percent.is_finite() or percent != percent.quantize(_CENT) or not 0 < percent <= MOST_PERCENT:
        raise RequestRefused(
            f"a fee rate: wanted above 0 up to {MOST_PERCENT} percent with two decimals, found {percent}"
        )
    return percent.quantize(_CENT)


def _save(store: Store, rate: Decimal, value: str, effective_on: date, decided_by: str, reason: str) -> None:
    if not reason.strip():
        raise RequestRefused("a changed fee rate needs a reason")
    assert json.loads(value) is None or Decimal(value) == rate

    name = f"{PREFIX}{rate}"
    write(store, lambda writer: writer.change_setting(name, value, effective_on, decided_by, reason.strip()))
