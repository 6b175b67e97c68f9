"""Doing what a person wants of cases: one, or many at once, each whole or refused in words, in short transactions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.guards import (
    QUICKER,
    Row,
    case_of,
    move_guards,
    other_holder,
    refuse_changed,
    refuse_claimed,
    told_of,
)
from analysis.casework.items import variance_of
from analysis.casework.wanted import Contact, Wanted, changed_words, judged, values_of
from analysis.casework.work_settings import WorkSettings, work_settings
from analysis.match.decisions import Who, decision_day
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, now, write

AT_ONCE = 50
"""How many cases one transaction changes, so that other people's work waits a part of a second only."""

_SAYS = {"note": "a note was made", "contact": "a contact was logged", "lift": "the age limit was lifted"}


@dataclass(slots=True)
class Outcome:
    """What became of what was wanted: the cases done, and of the others why not."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """`3 of 5 done`."""
        return f"{len(self.done):,} of {len(self.done) + len(self.refused):,} done"


def by_id(cases: pd.DataFrame) -> dict[str, Row]:
    """The rows of the worklist by their case."""
    rows = pa.Table.from_pandas(cases, preserve_index=False).to_pylist()
    return {row["case_id"]: row for row in rows}


def act(store: Store, cases: Mapping[str, Row], wanted: Wanted, who: Who) -> None:
    """It is done with one case. `cases`: the worklist by id, as it was shown. Raises `DecisionRefused` in words."""
    outcome = act_on(store, cases, [wanted], who)
    if outcome.refused:
        raise DecisionRefused(outcome.refused[0][1])


def act_on(store: Store, cases: Mapping[str, Row], wanted: Sequence[Wanted], who: Who) -> Outcome:
    """It is done with each case that allows it; the others are told with why not.

    Some at a time in one transaction, each case whole: what was done stays done, whatever stops the rest.
    """
    in_force = work_settings(store, who.as_of)
    outcome = Outcome()
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        one = write(store, lambda writer, some=some: _some(writer, cases, some, who, in_force))  # type: ignore[misc]
        outcome.done += one.done
        outcome.refused += one.refused
    return outcome


def _some(
    writer: MatchWriter, cases: Mapping[str, Row], some: Sequence[Wanted], who: Who, in_force: WorkSettings
) -> Outcome:
    day, moment, outcome = decision_day(writer, who), now(), Outcome()
    told = told_of(writer, {one.case_id for one in some})
    allowed: dict[str, tuple[Wanted, dict[str, Any]]] = {}
    for one in some:
        try:
            if one.case_id in allowed:
                raise DecisionRefused(f"{one.case_id} is named twice; the first time counts")
            after = _after(writer, cases, one, told.get(one.case_id), who, moment, in_force)
        except RequestRefused as refusal:
            outcome.refused.append((one.case_id, str(refusal)))
        else:
            allowed[one.case_id] = one, after
    if not allowed:
        return outcome
    first = writer.next_ids("decision", len(allowed)) + 1  # before the guards: two who begin a case at once meet here
    moved = move_guards(writer, [(cases[one], told.get(one)) for one in allowed], by_claim=False)
    outcome.refused += [(one, QUICKER) for one in allowed if one not in moved]
    done = [pair for one, pair in allowed.items() if one in moved]
    made = {"decided_by": who.name, "decided_at": moment, "effective_on": day}
    events = [
        made | {"decision_id": number} | _event(one, told.get(one.case_id), after)
        for number, (one, after) in enumerate(done, start=first)
    ]
    writer.insert("case_event", events)
    contacts = zip(done, events, strict=True)
    rows = [_contact_row(one.contact, event) for (one, _), event in contacts if one.contact is not None]
    writer.insert("case_contact", rows)
    about = [{name: event[name] for name in ("decision_id", "case_id")} for event in events]
    letters = zip((one.letter for one, _ in done), about, strict=True)
    writer.insert("letter", [{**letter, **kept_with} for letter, kept_with in letters if letter is not None])
    for one, after in done:
        outcome.done.append(one.case_id)
        if cases[one.case_id]["case_kind"] == "variance" and one.changes.get("state") == "resolved":
            words = "resolved in the worklist"
            writer.decide_about("variance", variance_of(one.case_id), after["resolution"], who.name, words, day)
    return outcome


def _after(
    writer: MatchWriter,
    cases: Mapping[str, Row],
    wanted: Wanted,
    told: Row | None,
    who: Who,
    moment: datetime,
    in_force: WorkSettings,
) -> dict[str, Any]:
    """What will be set of the case. Raises `RequestRefused` where it may not be done; nothing is written yet."""
    case = case_of(cases, wanted.case_id, who)
    if wanted.seen is not None:
        refuse_changed(writer, wanted.case_id, told, wanted.seen)
    if wanted.action in ("set", "lift"):
        refuse_claimed(told, who.name, moment)
    after = judged(wanted, case, told, who, in_force)
    is_others = other_holder(told, who.name, moment) is not None
    return values_of(told) if wanted.action == "contact" and is_others else after


def _event(wanted: Wanted, told: Row | None, after: Mapping[str, Any]) -> dict[str, Any]:
    told_words = (_SAYS.get(wanted.action), changed_words(values_of(told), after), _noted(wanted))
    return {
        "case_id": wanted.case_id,
        "version": (told["version"] if told else 0) + 1,
        "action": wanted.action,
        "changed": "; ".join(words for words in told_words if words),
        **after,
        "note": wanted.note.strip() or None,
        "content_key": wanted.content_key,
    }


def _noted(wanted: Wanted) -> str | None:
    return "a note was made" if wanted.action == "set" and wanted.note.strip() else None


def _contact_row(contact: Contact, event: Mapping[str, Any]) -> dict[str, Any]:
    texts = ("said", "spoke_with", "number", "call_reference", "promised")
    return {
        "decision_id": event["decision_id"],
        "case_id": event["case_id"],
        "party": contact.party,
        "channel": contact.channel,
        "promised_by": contact.promised_by,
        **{name: getattr(contact, name).strip() or None for name in texts},
    }
