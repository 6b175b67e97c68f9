"""How credits roll from day to day, and the checks of credits and refunds that `verify` adds to its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.credits.audit import credits
from analysis.credits.billing_lists import lists_that_changed
from analysis.credits.cms_838 import reports_that_changed
from analysis.credits.refund_steps import hash_of
from analysis.credits.refunds import exports
from analysis.money import ZERO, total
from analysis.store import Store, query
from analysis.store.queries import query_table
from analysis.tieout.today import latest_day
from analysis.tieout.verify import CheckResult

CHECKS: Mapping[str, str] = {
    "credit_states": "the credits by disposition and state of their refund add up to all accounts in credit",
    "credit_roll_forward": "credits roll from extract to extract, and the closing is what the accounts add up to",
    "refund_faults": "no refund was approved by who wrote it, exported twice or without its approvals",
    "refund_lists": "every list of refunds that went out has the hash and the total that it had",
    "reading_faults": "what needs two people had two: readings against a posting error, lists of small balances",
    "billing_lists": "every list of instructions to billing has the hash and the total that it had",
    "cms_838": "every certified CMS-838 has the credits that it told Medicare of",
}


def credit_roll_forward(store: Store, as_of: date) -> pd.DataFrame:
    """How the credits of one extract's day became those of the next. Grain: one row per day of an extract. Units: US
    dollars; opening + new − refunded − transferred − corrected = closing."""
    return query(store, "credits/roll_forward", {"as_of": as_of})


def by_state(frame: pd.DataFrame) -> dict[tuple[str, str], tuple[int, Decimal]]:
    """Count and US dollars of the report `credits` by disposition and state of the refund (empty where none is)."""
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for row in frame[["disposition", "refund_status", "credit_balance"]].itertuples(index=False):
        found[row.disposition, "" if pd.isna(row.refund_status) else row.refund_status].append(row.credit_balance)
    return {state: (len(amounts), total(amounts)) for state, amounts in found.items()}


def credit_checks(store: Store) -> list[CheckResult]:
    """The result of every check; all is well where none has failures."""
    results = []
    for name, find in _FINDS.items():
        rows = find(store)
        first = ", ".join(f"{key} {value}" for key, value in rows[0].items()) if rows else ""
        results.append(CheckResult(name, CHECKS[name], len(rows), first))
    return results


def _states_that_do_not_add_up(store: Store) -> list[dict[str, Any]]:
    day = latest_day(store)
    if day is None:
        return []
    states = by_state(credits(store, day)).values()
    count, amount = sum(one for one, _ in states), total(amount for _, amount in states)
    (all_of,) = query_table(store, "verify/credit_total", {"as_of": day}).to_pylist()
    wanted = (all_of["account_count"], all_of["credit_balance"])
    return [] if (count, amount) == wanted else [{"day": day, "states": f"{count}, {amount}", "accounts": wanted}]


def _days_that_do_not_roll(store: Store) -> list[dict[str, Any]]:
    day = latest_day(store)
    if day is None:
        return []
    faults, before = [], ZERO
    for row in query_table(store, "credits/roll_forward", {"as_of": day}).to_pylist():
        terms = row["new_amount"] - row["refunded_amount"] - row["transferred_amount"] - row["corrected_amount"]
        (all_of,) = query_table(store, "verify/credit_total", {"as_of": row["day"]}).to_pylist()
        if row["opening_amount"] != before or before + terms != row["closing_amount"]:
            faults.append({"day": row["day"], "opening": row["opening_amount"], "closing": row["closing_amount"]})
        elif all_of["credit_balance"] != row["closing_amount"]:
            faults.append({"day": row["day"], "closing": row["closing_amount"], "accounts": all_of["credit_balance"]})
        before = row["closing_amount"]
    return faults


def _refunds_at_fault(store: Store) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = query_table(store, "verify/refund_faults").to_pylist()
    return found


def _readings_at_fault(store: Store) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = query_table(store, "verify/reading_faults").to_pylist()
    return found


def _lists_that_changed(store: Store) -> list[dict[str, Any]]:
    faults = []
    for made in exports(store, date.max).to_dict("records"):
        rows = query_table(store, "credits/exported", {"export_id": made["export_id"]}).to_pylist()
        told = (hash_of(rows), total(row["amount"] for row in rows))
        if told != (made["content_hash"], made["total_amount"]):
            faults.append({"export_id": made["export_id"], "total": told[1]})
    return faults


_FINDS: Mapping[str, Callable[[Store], list[dict[str, Any]]]] = {
    "credit_states": _states_that_do_not_add_up,
    "credit_roll_forward": _days_that_do_not_roll,
    "refund_faults": _refunds_at_fault,
    "refund_lists": _lists_that_changed,
    "reading_faults": _readings_at_fault,
    "billing_lists": lists_that_changed,
    "cms_838": reports_that_changed,
}
