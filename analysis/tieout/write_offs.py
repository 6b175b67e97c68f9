"""What people decide about a variance: small differences written off by a dated policy, and how a difference was
resolved. Each is appended, with who, when and why; nothing of the variance itself changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.match.decisions import Who, decision_day
from analysis.money import ZERO, show
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, now
from analysis.store.queries import query_table

POLICY = "write_off_policy"
RESOLUTIONS: Mapping[str, str] = {
    "corrected_in_billing": "the batch was corrected in the billing system",
    "reposted": "the money was posted, or posted again rightly",
    "reversed": "what was posted twice or taken back was reversed",
    "bank_asked": "the bank was asked about it",
    "payer_asked": "the payer was asked about it",
    "clears_by_itself": "the money is on its way; it clears by itself",
    "fee_booked": "the fee was booked as an expense",
    "not_ours": "the money is not the hospital's, or no patient's",
}
"""How a difference was resolved: the code, and what it means."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The write-off policy of a day, US dollars without sign: never more than `most`; above the other, two people."""

    most: Decimal
    second_person_above: Decimal
    effective_on: date
    source: str


def policy(store: Store, as_of: date) -> Policy:
    """The policy in force on that day."""
    found = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": POLICY}).to_pylist()
    if not found:
        raise RequestRefused("no write-off policy is in force on that day")
    told = json.loads(found[0]["value"])
    return Policy(
        Decimal(told["most"]), Decimal(told["second_person_above"]), found[0]["effective_on"], found[0]["source"]
    )


def set_policy(store: Store, most: Decimal, second_person_above: Decimal, who: Who, reason: str) -> None:
    """The policy holds from the day looked at. Raises `RequestRefused` for amounts that are none."""
    if not ZERO <= second_person_above <= most:
        raise RequestRefused("a write-off policy: wanted 0.00 or more, the second person's limit not above the other")
    _needed(reason, "a policy is changed")
    value = json.dumps({"most": f"{most:.2f}", "second_person_above": f"{second_person_above:.2f}"})

    def work(cursor: Any) -> None:
        MatchWriter(cursor).change_setting(POLICY, value, who.as_of, who.name, reason.strip())

    store.write(work)


def write_offs(store: Store, as_of: date) -> pd.DataFrame:
    """What was written off up to that day, the newest first. Grain: one row per write-off. Units: US dollars."""
    return query(store, "tieout/write_offs", {"as_of": as_of})


def settled(store: Store, as_of: date) -> dict[str, Mapping[str, Any]]:
    """By `variance_id`: `written_off` and `waiting_amount` in US dollars, and the last `resolution` with its reason."""
    rows = query_table(store, "tieout/settled_variances", {"as_of": as_of}).to_pylist()
    return {row["variance_id"]: row for row in rows}


def write_off(store: Store, variance_id: str, variance: Decimal, who: Who, reason: str) -> int:
    """All that is left of the variance is written off; returns the record's id.

    `variance`: as it was shown, US dollars of deposited − posted. Above the policy's second limit it waits for another
    person. Raises `DecisionRefused` above the policy's first limit, without a reason, or where nothing is left.
    """
    limits = policy(store, who.as_of)

    def work(writer: MatchWriter) -> int:
        _needed(reason, "a difference is written off")
        day = decision_day(writer, who)
        told = writer.ask("tieout/settled_variances", {"as_of": day})
        gone = sum(
            (row["written_off"] + row["waiting_amount"] for row in told if row["variance_id"] == variance_id), ZERO
        )
        left = variance - gone
        if left == ZERO:
            raise DecisionRefused("nothing of this difference is left to write off")
        if abs(left) > limits.most:
            raise DecisionRefused(
                f"{show(abs(left))} is above the policy's limit of {show(limits.most)}: it has to be resolved"
            )
        made = writer.next_ids("write_off", 1) + 1
        row = {
            "write_off_id": made,
            "variance_id": variance_id,
            "amount": left,
            "reason": reason.strip(),
            "written_by": who.name,
            "written_at": now(),
            "effective_on": day,
            "most_amount": limits.most,
            "second_above": limits.second_person_above,
        }
        writer.insert("write_off", [row])
        return made

    made: int = store.write(lambda cursor: work(MatchWriter(cursor)))
    return made


def approve(store: Store, write_off_id: int, who: Who, reason: str) -> None:
    """The second person approves a write-off that waits. Raises `DecisionRefused` for the one who wrote it."""

    def work(writer: MatchWriter) -> None:
        told = _told(writer, write_off_id)
        if told["status"] != "waiting":
            raise DecisionRefused(f"this write-off is {told['status'].replace('_', ' ')}, it waits for nobody")
        if told["written_by"] == who.name:
            raise DecisionRefused("a second person has to approve it: you wrote it off yourself")
        _decide(writer, "write_off", str(write_off_id), "approve", who, reason.strip() or "approved")

    store.write(lambda cursor: work(MatchWriter(cursor)))


def withdraw(store: Store, write_off_id: int, who: Who, reason: str) -> None:
    """The write-off does not hold any more; its record stays."""

    def work(writer: MatchWriter) -> None:
        if _told(writer, write_off_id)["status"] == "withdrawn":
            raise DecisionRefused("this write-off was withdrawn already")
        _decide(writer, "write_off", str(write_off_id), "withdraw", who, _needed(reason, "a write-off is withdrawn"))

    store.write(lambda cursor: work(MatchWriter(cursor)))


def resolve(store: Store, variance_id: str, code: str, who: Who, note: str) -> None:
    """The difference was resolved in that way. Raises `RequestRefused` for a code that is none."""
    if code not in RESOLUTIONS:
        raise RequestRefused(f"there is no resolution code {code}")
    store.write(
        lambda cursor: _decide(
            MatchWriter(cursor), "variance", variance_id, code, who, note.strip() or RESOLUTIONS[code]
        )
    )


def _told(writer: MatchWriter, write_off_id: int) -> Mapping[str, Any]:
    found = writer.ask("tieout/write_off_told", {"write_off_id": write_off_id})
    if not found:
        raise DecisionRefused("there is no such write-off")
    return found[0]


def _decide(writer: MatchWriter, subject_type: str, subject_id: str, action: str, who: Who, reason: str) -> None:
    writer.decide_about(subject_type, subject_id, action, who.name, reason, decision_day(writer, who))


def _needed(reason: str, what: str) -> str:
    if not reason.strip():
        raise DecisionRefused(f"no reason is given, and none means that {what} in silence; write one")
    return reason.strip()
