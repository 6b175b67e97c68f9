"""What a person wants of a case, and whether it may be: judged by the case as it is known and as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from analysis.casework.codes import CHANNELS, PARTIES, PRIORITIES, SETTABLE, resolutions_of
from analysis.casework.guards import Row
from analysis.casework.work_settings import WorkSettings
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused

FIELDS = ("state", "owner", "priority", "due_on", "next_on", "resolution")
LONGEST = 4000
"""Characters of a note, and of each field of a contact."""

LONGEST_OWNER = 100


@dataclass(frozen=True, slots=True)
class Contact:
    """A call, letter or message: with whom, how, what was said, and what was promised by when."""

    party: str
    channel: str
    said: str
    spoke_with: str = ""
    number: str = ""
    call_reference: str = ""
    promised: str = ""
    promised_by: date | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of one case. `seen`: the version that was shown; None where it does not matter, as for a note.

    `changes` holds what is to be otherwise, of state, owner, priority, due_on, next_on and resolution; None clears.
    `letter`: the row of a letter that the contact is, kept in the same transaction.
    """

    case_id: str
    seen: int | None = None
    action: Literal["set", "note", "contact", "lift"] = "set"
    changes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    contact: Contact | None = None
    lifted_until: date | None = None
    content_key: str | None = None
    letter: Mapping[str, Any] | None = None


def values_of(told: Row | None) -> dict[str, Any]:
    """What people have set of the case; of an untouched one, what every case begins with."""
    begun: dict[str, Any] = dict.fromkeys((*FIELDS, "lifted_until")) | {"state": "new", "priority": "normal"}
    if told is None or told["state"] is None:
        return begun
    return {name: told[name] for name in begun}


def judged(wanted: Wanted, case: Row, told: Row | None, who: Who, in_force: WorkSettings) -> dict[str, Any]:
    """What will be set of the case then. Raises `DecisionRefused` in words where that may not be."""
    before = values_of(told)
    if len(wanted.note) > LONGEST:
        raise DecisionRefused(f"a note has at most {LONGEST:,} characters")
    if wanted.action == "note":
        _refuse_blank(wanted.note, "the note is empty")
        return before
    if wanted.action == "contact":
        return _after_contact(wanted.contact, before, case, who)
    if case["is_settled"]:
        raise DecisionRefused(f"{case['case_id']} is resolved by itself: its item is settled; only notes can be added")
    if wanted.action == "lift":
        return _lifted(wanted, before, case, who, in_force)
    return _set(wanted, before, case, who, in_force)


def changed_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What is otherwise, in words without private text: `owner: nobody → ana; state: new → waiting`."""
    told = [
        f"{name.replace('_', ' ')}: {_said(name, before[name])} → {_said(name, after[name])}"
        for name in before
        if before[name] != after[name]
    ]
    return "; ".join(told)


def _said(name: str, value: Any) -> str:
    return ("nobody" if name == "owner" else "none") if value is None else str(value).replace("_", " ")


def _set(wanted: Wanted, before: dict[str, Any], case: Row, who: Who, in_force: WorkSettings) -> dict[str, Any]:
    changes = {name: _plain(value) for name, value in wanted.changes.items()}
    after = before | changes
    if after == before and not wanted.note.strip():
        raise DecisionRefused("nothing is changed: it is set so already")
    if "state" in changes and case["item_state"] == "held":
        raise DecisionRefused("its item is held under Unmatched; release it there")
    _refuse_unknown(changes)
    for name in ("next_on", "due_on"):
        if changes.get(name) is not None and changes[name] < who.as_of:
            raise DecisionRefused(f"the date {changes[name]} has passed; {who.as_of} is looked at")
    if after["owner"] is not None and len(after["owner"]) > LONGEST_OWNER:
        raise DecisionRefused(f"an owner's name has at most {LONGEST_OWNER} characters")
    if changes.get("state") == "resolved":
        return _resolved(after, case, who, in_force)
    after["resolution"] = None if "state" in changes else after["resolution"]
    if changes.get("state") == "waiting" and (after["next_on"] is None or after["next_on"] <= who.as_of):
        raise DecisionRefused("a case that waits needs a next date that is still to come")
    if changes.get("state") == "held":
        _refuse_blank(wanted.note, "no reason is given why it is held; write a note")
    if changes.get("state") == "in_work" and "next_on" not in changes:
        after["next_on"] = None
    _refuse_blocked(changes, before, case, who)
    return after


def _resolved(after: dict[str, Any], case: Row, who: Who, in_force: WorkSettings) -> dict[str, Any]:
    allowed = resolutions_of(case["case_kind"], case["item_type"])
    if not allowed:
        raise DecisionRefused(
            "its item is settled in its own place (matched, returned, posted, refunded), and the case is resolved by "
            "itself then; set it waiting until that is done"
        )
    if after["resolution"] not in allowed:
        raise DecisionRefused(f"a resolution is one of {', '.join(allowed)}")
    if after["next_on"] is None or after["next_on"] <= who.as_of:
        after["next_on"] = who.as_of + timedelta(days=in_force.recheck_days)
    return after


def _refuse_unknown(changes: Mapping[str, Any]) -> None:
    for name, allowed in (("state", SETTABLE), ("priority", PRIORITIES)):
        if name in changes and changes[name] not in allowed:
            raise DecisionRefused(f"the {name} is one of {', '.join(allowed)}")
    if changes.get("resolution") is not None and changes.get("state") != "resolved":
        raise DecisionRefused("a resolution goes with the state resolved")


def _refuse_blocked(changes: Mapping[str, Any], before: Mapping[str, Any], case: Row, who: Who) -> None:
    """A case beyond its age limit is not put off: neither by a next date nor by a later due date."""
    if case["limit_state"] not in ("blocked", "lifted"):
        return
    until = before["lifted_until"] or who.as_of
    if case["limit_state"] == "blocked":
        until = who.as_of
    is_later = changes.get("next_on") is not None and changes["next_on"] > until
    due = changes.get("due_on")
    if is_later or (due is not None and due > until and (before["due_on"] is None or due > before["due_on"])):
        raise DecisionRefused(
            f"it is {case['age_days']} days old and beyond the age limit of its type, so that it cannot be put off "
            f"beyond {until}; a supervisor can lift the limit"
        )


def _after_contact(contact: Contact | None, before: dict[str, Any], case: Row, who: Who) -> dict[str, Any]:
    if contact is None or contact.party not in PARTIES or contact.channel not in CHANNELS:
        raise DecisionRefused(f"a contact is with {', '.join(PARTIES)}, by {', '.join(CHANNELS)}")
    _refuse_blank(contact.said, "what was said is missing")
    told = (contact.said, contact.promised, contact.spoke_with, contact.number, contact.call_reference)
    if max(map(len, told)) > LONGEST:
        raise DecisionRefused(f"each field has at most {LONGEST:,} characters")
    if (contact.promised_by is None) != (not contact.promised.strip()):
        raise DecisionRefused("a promise needs both: what was promised, and by when")
    for on in (contact.promised_by, contact.next_on):
        if on is not None and on < who.as_of:
            raise DecisionRefused(f"the date {on} has passed; {who.as_of} is looked at")
    comes_up = contact.next_on or contact.promised_by
    if case["is_settled"] or before["state"] == "resolved":
        return before
    if comes_up is not None and comes_up > who.as_of and case["limit_state"] != "blocked":
        return before | {"state": "waiting", "next_on": comes_up}
    return before | {"state": "in_work" if before["state"] == "new" else before["state"]}


def _lifted(wanted: Wanted, before: dict[str, Any], case: Row, who: Who, in_force: WorkSettings) -> dict[str, Any]:
    if not in_force.supervises(who.name):
        named = ", ".join(in_force.supervisors) or "nobody yet: they are named under Settings"
        raise DecisionRefused(f"only a supervisor lifts an age limit; supervisors are {named}")
    _refuse_blank(wanted.note, "no reason is given why the age limit is lifted; write a note")
    if wanted.lifted_until is None or wanted.lifted_until <= who.as_of:
        raise DecisionRefused("an age limit is lifted until a day that is still to come")
    if case["limit_state"] not in ("blocked", "lifted"):
        raise DecisionRefused("it is not beyond its age limit")
    return before | {"lifted_until": wanted.lifted_until}


def _refuse_blank(text: str, words: str) -> None:
    if not text.strip():
        raise DecisionRefused(words)


def _plain(value: Any) -> Any:
    return (value.strip() or None) if isinstance(value, str) else value
