"""What keeps two people from working against each other: the numbers that guard a case, and the words of a refusal.

Whoever changes or claims a case moves its guard from what was read to one more, in the same transaction. Of two who
read the same, one finds it moved, and is refused with what the other did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from analysis.match.decisions import Who
from analysis.match.signers import is_same_person
from analysis.money import MONEY
from analysis.problems import DecisionRefused
from analysis.store.matches import MatchWriter

Row = Mapping[str, Any]
_GUARDED = pa.schema(
    [
        *((name, pa.string()) for name in ("case_id", "case_kind", "item_type", "reference", "payer_name")),
        ("amount", MONEY),
        ("item_date", pa.date32()),
        ("version", pa.int32()),
        ("claim_number", pa.int32()),
    ]
)
_GUARDS = ("version", "claim_number")
_ABOUT = tuple(name for name in _GUARDED.names if name not in _GUARDS)

QUICKER = "someone else was quicker with this case; look at it again"


def case_of(cases: Mapping[str, Row], case_id: str, who: Who) -> Row:
    """The case as the worklist knows it. Raises `DecisionRefused` where it does not."""
    if case_id not in cases:
        raise DecisionRefused(f"no case {case_id} is known on {who.as_of}: its item is settled, or the id is not one")
    return cases[case_id]


def told_of(writer: MatchWriter, case_ids: Iterable[str]) -> dict[str, Row]:
    """The cases as they stand in the open transaction, by id; those that nobody touched are not there."""
    return {row["case_id"]: row for row in writer.ask("casework/told", {"case_ids": "\n".join(case_ids)})}


def move_guards(writer: MatchWriter, cases: Sequence[tuple[Row, Row | None]], *, by_claim: bool) -> set[str]:
    """The guards of the cases, each with what was told of it, are one up from what was read; those that another was
    quicker with are not among the ids returned."""
    writer.do("casework/make_guarded")
    rows = [
        {name: case[name] for name in _ABOUT} | {name: told[name] if told else None for name in _GUARDS}
        for case, told in cases
    ]
    writer.gather_rows(pa.Table.from_pylist(rows, schema=_GUARDED), "guarded_case")
    steps = {"version_step": int(not by_claim), "claim_step": int(by_claim)}
    moved = writer.ask("casework/bump", steps) + writer.ask("casework/begin", steps)
    return {row["case_id"] for row in moved}


def move_claim(writer: MatchWriter, case: Row, told: Row | None) -> int:
    """The guard of one case moves for a claim; its number then. Raises `DecisionRefused` where another was quicker."""
    if not move_guards(writer, [(case, told)], by_claim=True):
        raise DecisionRefused(QUICKER)
    return (told["claim_number"] if told else 0) + 1


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


def other_holder(told: Row | None, name: str, moment: datetime) -> str | None:
    """Who else than that person has the case claimed at that moment; None for nobody else."""
    by = holder(told, moment)
    return None if by is None or is_same_person(by, name) else by


def refuse_claimed(told: Row | None, name: str, moment: datetime) -> None:
    """Raises `DecisionRefused` where another person has the case claimed."""
    by = other_holder(told, name, moment)
    if told is not None and by is not None:
        raise DecisionRefused(
            f"{told['case_id']} is claimed by {by} until {at(told['expires_at'])}; ask them to release it, or wait"
        )


def at(moment: datetime) -> str:
    """`2026-11-13 14:05 UTC`."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"
