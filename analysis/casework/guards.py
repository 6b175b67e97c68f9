"""What keeps two people from working against each other: the numbers that guard a case, and the words of a refusal.

Whoever changes or claims a case moves its guard from what was read to one more, in the same transaction. Of two who
read the same, one finds it moved, and is refused with what the other did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from analysis.match.decisions import Who
from analysis.match.signers import is_same_person
from analysis.problems import DecisionRefused
from analysis.store.matches import MatchWriter

Row = Mapping[str, Any]
_ABOUT = ("case_id", "case_kind", "item_type", "reference", "payer_name", "amount", "item_date")


def case_of(cases: Mapping[str, Row], case_id: str, who: Who) -> Row:
    """The case as the worklist knows it. Raises `DecisionRefused` where it does not."""
    if case_id not in cases:
        raise DecisionRefused(f"no case {case_id} is known on {who.as_of}: its item is settled, or the id is not one")
    return cases[case_id]


def told_of(writer: MatchWriter, case_ids: Iterable[str]) -> dict[str, Row]:
    """The cases as they stand in the open transaction, by id; those that nobody touched are not there."""
    return {row["case_id"]: row for row in writer.ask("casework/told", {"case_ids": "\n".join(case_ids)})}


def move_guard(writer: MatchWriter, case: Row, told: Row | None, *, by_claim: bool) -> int:
    """The guard of the case is one up from what was read; returns the version then.

    Raises `DecisionRefused` where another was quicker.
    """
    if told is None:
        begun = {name: case[name] for name in _ABOUT}
        writer.insert("work_case", [{**begun, "version": int(not by_claim), "claim_number": int(by_claim)}])
        return int(not by_claim)
    asked = {name: told[name] for name in ("case_id", "version", "claim_number")}
    moved = writer.ask("casework/bump", asked | {"version_step": int(not by_claim), "claim_step": int(by_claim)})
    if not moved:
        raise DecisionRefused("someone else was quicker with this case; look at it again")
    version: int = moved[0]["version"]
    return version


def refuse_changed(writer: MatchWriter, case_id: str, told: Row | None, seen: int) -> None:
    """Raises `DecisionRefused`, with what changed, by whom and when, where the case is past the version seen."""
    version = told["version"] if told else 0
    if version == seen:
        return
    changes = writer.ask("casework/since", {"case_id": case_id, "version": seen})
    if not changes:
        raise DecisionRefused(f"{case_id} has no version {seen}; look at it again")
    raise DecisionRefused(f"{case_id} changed since it was shown: {said_of(changes)}; look at it again")


def said_of(changes: Sequence[Row]) -> str:
    """The changes in words: what, by whom and when."""
    return "; ".join(f"{row['changed']} ({row['decided_by']}, {at(row['decided_at'])})" for row in changes)


def holder(told: Row | None, moment: datetime) -> str | None:
    """Who has the case claimed at that moment; None for nobody."""
    if told is None or told["claim_action"] in (None, "release") or told["expires_at"] <= moment:
        return None
    name: str = told["claimed_by"]
    return name


def refuse_claimed(told: Row | None, name: str, moment: datetime) -> None:
    """Raises `DecisionRefused` where another person has the case claimed."""
    by = holder(told, moment)
    if told is not None and by is not None and not is_same_person(by, name):
        raise DecisionRefused(
            f"{told['case_id']} is claimed by {by} until {at(told['expires_at'])}; ask them to release it, or wait"
        )


def at(moment: datetime) -> str:
    """`2026-11-13 14:05 UTC`."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
