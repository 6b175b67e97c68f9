"""What an account's ledger says on a day: balance, since when it is in credit, when it was last paid."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from .records import Account, Entry
from .world import World

#: Last age in days of each bucket.
BUCKETS = ((30, "0-30"), (60, "31-60"), (90, "61-90"), (120, "91-120"), (180, "121-180"), (365, "181-365"))


@dataclass(frozen=True)
class Standing:
    """An account on a day."""

    balance: int
    charges: int
    credit_since: date | None
    last_payment: date | None


def standing(account: Account, as_of: date) -> Standing:
    """The account at the end of ``as_of``; in credit since the last day its balance went below zero."""
    moved: dict[date, int] = defaultdict(int)
    charges, last_payment = 0, None
    for entry in account.ledger:
        if entry.day > as_of:
            continue
        moved[entry.day] += entry.cents
        charges += entry.cents if entry.type == "CHARGE" else 0
        if entry.type == "PAYMENT":
            last_payment = max(last_payment or entry.day, entry.day)
    balance, since = 0, None
    for day in sorted(moved):
        balance += moved[day]
        since = (since or day) if balance < 0 else None
    return Standing(balance, charges, since, last_payment)


def bucket(age_days: int) -> str:
    """The aging bucket of an age."""
    return next((name for last, name in BUCKETS if age_days <= last), "365+")


def keep_out_of_credit(world: World) -> None:
    """Charge a further visit to accounts that slips would bring into credit without a plan."""
    for account in world.accounts:
        if account.plan:
            continue
        lowest = balance = 0
        moved: dict[date, int] = defaultdict(int)
        for entry in account.ledger:
            moved[entry.day] += entry.cents
        for day in sorted(moved):
            balance += moved[day]
            lowest = min(lowest, balance) if not _settled_history(account) else lowest
        if lowest < 0:
            world.entry(account, account.service_from, "CHARGE", -lowest, procedure="99080")


def _settled_history(account: Account) -> bool:
    """An account whose credit was ended on purpose keeps its history."""
    return any(
        entry.type in ("REFUND", "TRANSFER") or entry.reference.startswith("ADJUSTMENT ") for entry in account.ledger
    )


def rows(world: World, first: date, last: date) -> list[tuple[Account, Entry]]:
    """Ledger rows of a span of days, oldest first."""
    found = [(account, entry) for account in world.accounts for entry in account.ledger if first <= entry.day <= last]
    return sorted(found, key=lambda pair: (pair[1].day, pair[1].number))
