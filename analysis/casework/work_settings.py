"""The dated settings of casework: weights of the score, how long a claim lasts, age limits by type, who supervises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.match.decisions import Who, needed
from analysis.match.signers import is_same_person
from analysis.problems import RequestRefused
from analysis.store import Store
from analysis.store.matches import write
from analysis.store.queries import query_table

PREFIX = "case_"
SOURCE = "Tieout's own; the site sets its own"

WEIGHTS: Mapping[str, Decimal] = {
    "age_per_day": Decimal("0.10"),
    "promise_overdue": Decimal("10.00"),
    "high": Decimal("3.00"),
    "low": Decimal("0.30"),
    "least_amount": Decimal("100.00"),
}
"""What a day of age adds to 1, the factors of a due promise and of priorities, the least dollars a case counts as."""

MOST_WEIGHT = Decimal(1000)

NUMBERS: Mapping[str, tuple[int, int, int]] = {"claim_minutes": (30, 1, 480), "recheck_days": (30, 1, 366)}
"""Of each: what holds until it is set, the least and the most. recheck_days: when a resolved case whose item is still
open comes back, unless another date was given."""

Limit = tuple[int | None, int | None]

LIMITS: Mapping[str, Limit] = {
    "deposit_without_remittance": (5, 30),
    "unidentified_payment": (5, 30),
    "remittance_without_deposit": (7, 30),
    "duplicate_remittance": (30, 90),
    "out_of_balance_remittance": (5, 30),
    "returned_item": (3, 15),
    "rejected_claim": (10, 45),
    "unposted_remittance": (3, 15),
    "takeback_without_opening": (15, 60),
    "taken_for_other_provider": (15, 60),
    "forward_balance_open": (15, 60),
    "refund_alone": (15, 60),
    "variance_of_batch": (5, 30),
    "variance_of_deposit": (5, 30),
    "credit_balance": (30, 120),
    "missing_file": (2, 10),
}
"""Of each type of item the age in calendar days that warns, and the one that blocks; None for never."""

_MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """What is in force on a day. `limits`: by type of item, the days that warn and that block."""

    weights: Mapping[str, Decimal]
    claim_minutes: int
    recheck_days: int
    limits: Mapping[str, Limit]
    supervisors: tuple[str, ...]

    def supervises(self, name: str) -> bool:
        """Whether that person may lift an age limit."""
        return any(is_same_person(name, one) for one in self.supervisors)


def work_settings(store: Store, as_of: date) -> WorkSettings:
    """The settings in force on that day, Tieout's own where the site has set none."""
    rows = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": PREFIX}).to_pylist()
    told = {row["name"].removeprefix(PREFIX): json.loads(row["value"]) for row in rows}
    limits = {
        name: (told[f"limit.{name}"]["warn"], told[f"limit.{name}"]["block"]) if f"limit.{name}" in told else own
        for name, own in LIMITS.items()
    }
    return WorkSettings(
        {name: Decimal(told.get(f"weight.{name}", own)) for name, own in WEIGHTS.items()},
        claim_minutes=int(told.get("claim_minutes", NUMBERS["claim_minutes"][0])),
        recheck_days=int(told.get("recheck_days", NUMBERS["recheck_days"][0])),
        limits=limits,
        supervisors=tuple(told.get("supervisors", ())),
    )


def set_weight(store: Store, name: str, value: str, who: Who, reason: str) -> None:
    """The weight holds from the day looked at. Raises `RequestRefused` for one that is none."""
    try:
        weight = Decimal(value.strip())
    except InvalidOperation:
        raise RequestRefused(f"{name}: wanted a number such as 0.10") from None
    if name not in WEIGHTS:
        raise RequestRefused(f"there is no weight {name}")
    if not weight.is_finite() or not 0 <= weight <= MOST_WEIGHT or weight != weight.quantize(Decimal("0.01")):
        raise RequestRefused(f"{name}: wanted 0 to {MOST_WEIGHT} with two decimals, found {value}")
    _save(store, f"weight.{name}", f"{weight:.2f}", who, reason)


def set_number(store: Store, name: str, value: int, who: Who, reason: str) -> None:
    """How long a claim lasts, or when a resolved case is looked at again, from the day looked at."""
    if name not in NUMBERS:
        raise RequestRefused(f"there is no setting {name}")
    _, least, most = NUMBERS[name]
    if not least <= value <= most:
        raise RequestRefused(f"{name}: wanted {least} to {most}, found {value}")
    _save(store, name, value, who, reason)


def set_limit(store: Store, item_type: str, warn: int | None, block: int | None, who: Who, reason: str) -> None:
    """Cases of that type warn and block from these ages on; None for never."""
    if item_type not in LIMITS:
        raise RequestRefused(f"there is no type of item {item_type}")
    for days in (warn, block):
        if days is not None and not 0 <= days <= _MOST_DAYS:
            raise RequestRefused(f"an age limit: wanted 0 to {_MOST_DAYS} days, found {days}")
    if warn is not None and block is not None and block < warn:
        raise RequestRefused("an age limit warns first and blocks then: the days that block are fewer")
    _save(store, f"limit.{item_type}", {"warn": warn, "block": block}, who, reason)


def set_supervisors(store: Store, names: str, who: Who, reason: str) -> None:
    """These people, by semicolons, may lift an age limit from the day looked at."""
    told = [name.strip() for name in names.split(";") if name.strip()]
    _save(store, "supervisors", told, who, reason)


def _save(store: Store, name: str, value: Any, who: Who, reason: str) -> None:
    words = needed(reason, "a setting is changed")
    write(store, lambda writer: writer.change_setting(PREFIX + name, json.dumps(value), who.as_of, who.name, words))
