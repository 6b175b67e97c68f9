"""Small credits of patients: proposed by a dated policy, put on a list by one person, approved by another.

Nothing is written off by itself. Every state's law on unclaimed money asks for a person's tick until the site says
otherwise; where a state does not allow it, nothing is listed. An approved list becomes instructions to billing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.aging import aged
from analysis.credits.audit import credits
from analysis.match.decisions import Who, decision_day, needed
from analysis.match.signers import is_same_person
from analysis.money import MONEY, ZERO, show
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table

PREFIX = "small_balance."
STATE_RULES: Mapping[str, str] = {
    "tick": "a person says that its law lets the credit be written off",
    "never": "its law does not let it: the credit is refunded or reported as unclaimed",
    "free": "its law lets it, as the site's counsel said",
}
"""What holds for the credits of a state; `tick` until the site sets another."""

MOST_DAYS = 3_650
SUBJECT = "small_balance"

_COLUMNS = pa.schema(
    [
        ("account_number", pa.string()),
        ("patient_name", pa.string()),
        ("credit_balance", MONEY),
        ("age_days", pa.int64()),
        ("state", pa.string()),
        ("state_rule", pa.string()),
        ("barred_by", pa.string()),
        ("dormant_on", pa.date32()),
        ("evidence", pa.string()),
        ("credit_date", pa.date32()),
        ("account_id", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Policy:
    """Which credits are proposed: below that many US dollars (None: none are), older than so many calendar days."""

    below: Decimal | None
    older_than_days: int
    states: Mapping[str, str]

    def rule_of(self, state: str | None) -> str:
        """The rule of that state."""
        return self.states.get(state or "", "tick")


def policy(store: Store, as_of: date) -> Policy:
    """The policy in force on that day; none is until the site sets one."""
    rows = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": PREFIX}).to_pylist()
    found = {row["name"].removeprefix(PREFIX): json.loads(row["value"]) for row in rows}
    below = found.get("below")
    states = {name.removeprefix("state."): rule for name, rule in found.items() if name.startswith("state.")}
    return Policy(None if below is None else Decimal(below), int(found.get("older_than_days", 0)), states)


def set_policy(store: Store, below: Decimal | None, older_than_days: int, who: Who, source: str) -> None:
    """From the day looked at that policy holds; None proposes nothing. Raises `RequestRefused` without a source."""
    if below is not None and below <= ZERO:
        raise RequestRefused(f"wanted more than 0.00, found {show(below)}")
    if not 0 <= older_than_days <= MOST_DAYS:
        raise RequestRefused(f"wanted 0 to {MOST_DAYS} days, found {older_than_days}")
    values = {"below": None if below is None else f"{below:.2f}", "older_than_days": older_than_days}
    _set(store, values, who, source)


def set_state_rule(store: Store, state: str, rule: str, who: Who, source: str) -> None:
    """From the day looked at that rule holds for the credits of the state, by that source."""
    if len(state.strip()) != 2 or not state.strip().isalpha():
        raise RequestRefused(f"wanted a state by its two letters, found {state}")
    if rule not in STATE_RULES:
        raise RequestRefused(f"there is no rule {rule}; there are {', '.join(STATE_RULES)}")
    _set(store, {f"state.{state.strip().upper()}": rule}, who, source)


def _set(store: Store, values: Mapping[str, Any], who: Who, source: str) -> None:
    if not source.strip():
        raise RequestRefused("a policy on small balances needs its source")

    def work(writer: MatchWriter) -> None:
        for name, value in values.items():
            writer.change_setting(f"{PREFIX}{name}", json.dumps(value), who.as_of, who.name, source.strip())

    write(store, work)


def small_balances(store: Store, as_of: date) -> pd.DataFrame:
    """The credits of patients that the policy proposes, the oldest first; `barred_by` says why one cannot be listed.

    Grain: one row per account in credit that is on no list. Units: US dollars, calendar days.
    """
    rows = _proposed(store, as_of, policy(store, as_of))
    return pa.Table.from_pylist(rows, schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


def small_balance_lists(store: Store, as_of: date) -> pd.DataFrame:
    """The small credits on lists up to that day, the newest list first. Grain: one row per list and account. Units: US
    dollars."""
    return query(store, "credits/small_balances", {"as_of": as_of})


def approved_small_balances(store: Store, as_of: date) -> list[dict[str, Any]]:
    """What billing has to be told: the credits of approved lists that still stand as they were listed."""
    there = {
        (row["account_number"], row["credit_date"], row["credit_balance"]): row
        for row in aged(store, as_of).to_pylist()
    }
    found = []
    for row in query_table(store, "credits/small_balances", {"as_of": as_of}).to_pylist():
        known = there.get((row["account_number"], row["credit_date"], row["amount"]))
        if known is None or row["status"] != "approved":
            continue
        words = f"write off the small credit of {show(row['amount'])}, list {row['list_id']} of small balances"
        told = {"kind": "small_balance", "to_account": None, "instruction": words, "facility": known["facility"]}
        found.append(row | told | {"credit_balance": row["amount"]})
    return found


def put_on_list(store: Store, chosen: Sequence[tuple[str, Decimal]], is_ticked: bool, who: Who, reason: str) -> int:
    """The chosen credits (account, amount as shown) stand on one list for another person to approve; its number.

    Raises `DecisionRefused` where one is not proposed, has changed, or its state asks for the tick.
    """

    def work(writer: MatchWriter) -> int:
        day = decision_day(writer, who)
        why = needed(reason, "small credits are listed")
        if not chosen or len({number for number, _ in chosen}) < len(chosen):
            raise DecisionRefused("choose the credits to list, each once")
        rules = policy(store, who.as_of)
        there = {row["account_number"]: row for row in _proposed(store, who.as_of, rules)}
        for number, amount in chosen:
            _refuse_unfit(there.get(number), number, amount, is_ticked)
        list_id = writer.next_ids("small_balance_list", 1) + 1
        made = writer.decide_about(SUBJECT, str(list_id), "list", who.name, why, day)
        rows = [
            {
                "list_id": list_id,
                "decision_id": made,
                "account_number": number,
                "credit_date": there[number]["credit_date"],
                "amount": amount,
                "state": there[number]["state"],
                "is_ticked": is_ticked,
                "below_amount": rules.below,
                "older_than_days": rules.older_than_days,
            }
            for number, amount in chosen
        ]
        writer.insert("small_balance", rows)
        return list_id

    return write(store, work)


def approve_list(store: Store, list_id: int, who: Who, reason: str = "") -> None:
    """Another person than who listed them approves the list whole; its credits are to be written off by billing."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        rows = _waiting(writer, list_id)
        if is_same_person(rows[0]["listed_by"], who.name):
            raise DecisionRefused("someone else has to approve it: you listed them yourself")
        there, rules = _credits_by_account(store, who.as_of), policy(store, who.as_of)
        for row in rows:
            found, number = there.get(row["account_number"]), row["account_number"]
            if found is None or (found["credit_date"], found["credit_balance"]) != (row["credit_date"], row["amount"]):
                raise DecisionRefused(f"the credit of account {number} has changed; decline the list")
            if found["disposition"] != "refund_patient":
                raise DecisionRefused(f"account {number} is {found['disposition']} by now; decline the list")
            _refuse_barred(number, _barred(found, rules, who.as_of), rules.rule_of(found["state"]), row["is_ticked"])
        _step(writer, list_id, "approve", who, day, reason.strip() or "approved")

    write(store, work)


def decline_list(store: Store, list_id: int, who: Who, reason: str) -> None:
    """The list is not written off; its credits are proposed again."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        _waiting(writer, list_id)
        _step(writer, list_id, "decline", who, day, needed(reason, "a list is declined"))

    write(store, work)


def _credits_by_account(store: Store, as_of: date) -> dict[str, dict[str, Any]]:
    rows = pa.Table.from_pandas(credits(store, as_of), preserve_index=False).to_pylist()
    return {row["account_number"]: row for row in rows}


def _proposed(store: Store, as_of: date, rules: Policy) -> list[dict[str, Any]]:
    if rules.below is None:
        return []
    listed = {
        (row["account_number"], row["credit_date"])
        for row in query_table(store, "credits/small_balances", {"as_of": as_of}).to_pylist()
        if row["status"] != "declined"
    }
    fitting = [
        {name: row.get(name) for name in _COLUMNS.names}
        | {"state_rule": rules.rule_of(row["state"]), "barred_by": _barred(row, rules, as_of)}
        for row in _credits_by_account(store, as_of).values()
        if row["disposition"] == "refund_patient"
        and row["credit_balance"] < rules.below
        and row["age_days"] > rules.older_than_days
        and (row["account_number"], row["credit_date"]) not in listed
    ]
    return sorted(fitting, key=lambda row: (-row["age_days"], row["account_number"]))


def _barred(row: Mapping[str, Any], rules: Policy, as_of: date) -> str | None:
    if rules.rule_of(row["state"]) == "never":
        return f"{row['state']} does not let it be written off: refund it, or report it as unclaimed"
    if row["dormant_on"] is not None and row["dormant_on"] <= as_of:
        return f"it counts as unclaimed since {row['dormant_on']}: report it to {row['state']}"
    if row["refund_status"] is not None:
        return f"its refund is {row['refund_status'].replace('_', ' ')}"
    return None


def _refuse_unfit(row: Mapping[str, Any] | None, number: str, amount: Decimal, is_ticked: bool) -> None:
    if row is None:
        raise DecisionRefused(f"account {number} is not proposed: by the policy, or as it is on a list already")
    if row["credit_balance"] != amount:
        raise DecisionRefused(f"account {number} is in credit by {show(row['credit_balance'])} by now")
    _refuse_barred(number, row["barred_by"], row["state_rule"], is_ticked)


def _refuse_barred(number: str, barred_by: str | None, rule: str, is_ticked: bool) -> None:
    if barred_by:
        raise DecisionRefused(f"account {number}: {barred_by}")
    if rule == "tick" and not is_ticked:
        raise DecisionRefused(f"account {number}: tick that the law of its state lets it be written off, or leave it")


def _waiting(writer: MatchWriter, list_id: int) -> list[dict[str, Any]]:
    rows = writer.ask("credits/small_balance_list", {"list_id": list_id})
    if not rows:
        raise DecisionRefused(f"there is no list {list_id} of small balances")
    if rows[0]["step"] is not None:
        done = {"approve": "approved", "decline": "declined"}[rows[0]["step"]]
        raise DecisionRefused(f"list {list_id} of small balances is {done} already")
    return rows


def _step(writer: MatchWriter, list_id: int, step: str, who: Who, day: date, reason: str) -> None:
    made = writer.decide_about(SUBJECT, str(list_id), step, who.name, reason, day)
    writer.insert("small_balance_step", [{"decision_id": made, "list_id": list_id, "step": step}])
