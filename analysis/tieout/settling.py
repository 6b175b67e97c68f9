"""What people decide about a variance: a small one written off, by one or two of them; how a difference was resolved.

Each is appended, with who, when and why; nothing of the variance itself changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from analysis.match.decisions import Who, decision_day, needed
from analysis.match.signers import is_same_person
from analysis.money import ZERO, show
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, now, write
from analysis.tieout.variances import differences
from analysis.tieout.write_offs import RESOLUTIONS, policy


def write_off(store: Store, variance_id: str, variance: Decimal, who: Who, reason: str) -> int:
    """All that is left of the variance is written off; returns the record's id.

    `variance`: as it was shown, US dollars of deposited − posted. Above the policy's second limit it waits for another
    person. Raises `DecisionRefused` above the policy's first limit, without a reason, where nothing is left, and where
    no such difference is listed.
    """
    limits = policy(store, who.as_of)

    def work(writer: MatchWriter) -> int:
        needed(reason, "a difference is written off")
        day = decision_day(writer, who)
        _listed(store, who, variance_id, variance)
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

    made: int = write(store, work)
    return made


def approve(store: Store, write_off_id: int, who: Who, reason: str) -> None:
    """The second person approves a write-off that waits. Raises `DecisionRefused` for the one who wrote it."""

    def work(writer: MatchWriter) -> None:
        told = _told(writer, write_off_id)
        if told["status"] != "waiting":
            raise DecisionRefused(f"this write-off is {told['status'].replace('_', ' ')}, it waits for nobody")
        if is_same_person(told["written_by"], who.name):
            raise DecisionRefused("a second person has to approve it: you wrote it off yourself")
        _decide(writer, "write_off", str(write_off_id), "approve", who, reason.strip() or "approved")

    write(store, work)


def withdraw(store: Store, write_off_id: int, who: Who, reason: str) -> None:
    """The write-off does not hold any more; its record stays."""

    def work(writer: MatchWriter) -> None:
        if _told(writer, write_off_id)["status"] == "withdrawn":
            raise DecisionRefused("this write-off was withdrawn already")
        _decide(writer, "write_off", str(write_off_id), "withdraw", who, needed(reason, "a write-off is withdrawn"))

    write(store, work)


def resolve(store: Store, variance_id: str, code: str, who: Who, note: str) -> None:
    """The difference was resolved in that way.

    Raises `RequestRefused` for a code that is none, `DecisionRefused` where no such difference is listed.
    """
    if code not in RESOLUTIONS:
        raise RequestRefused(f"there is no resolution code {code}")

    def work(writer: MatchWriter) -> None:
        _listed(store, who, variance_id)
        _decide(writer, "variance", variance_id, code, who, note.strip() or RESOLUTIONS[code])

    write(store, work)


def _told(writer: MatchWriter, write_off_id: int) -> Mapping[str, Any]:
    found = writer.ask("tieout/write_off_told", {"write_off_id": write_off_id})
    if not found:
        raise DecisionRefused("there is no such write-off")
    return found[0]


def _decide(writer: MatchWriter, subject_type: str, subject_id: str, action: str, who: Who, reason: str) -> None:
    writer.decide_about(subject_type, subject_id, action, who.name, reason, decision_day(writer, who))


def _listed(store: Store, who: Who, variance_id: str, variance: Decimal | None = None) -> None:
    """Raises `DecisionRefused` where no such difference is listed on that day, or not with that amount."""
    amounts = {one.row["variance_id"]: one.row["variance"] for one in differences(store, who.as_of)}
    if variance_id not in amounts:
        raise DecisionRefused(f"no difference {variance_id} is listed on {who.as_of}")
    if variance not in (None, amounts[variance_id]):
        raise DecisionRefused(f"the difference is {show(amounts[variance_id])} by now; look at it again")
