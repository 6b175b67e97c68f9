"""The steps of a refund: request, edit, approve, decline, export, cheque, cleared, returned, voided, acknowledged.

Each step is appended; what a refund is now is the view `refunds`. A step that is not allowed is refused in words and
kept among the decisions (action `refused`). Whoever requested or edited a refund never approves it, and an edit makes a
new version that nobody has approved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from analysis.credits.refund_checks import Wanted, audited_credit, refuse_beyond, refuse_unfilled
from analysis.credits.refunds import second_above
from analysis.match.decisions import Who, decision_day
from analysis.match.signers import is_same_person
from analysis.money import plain, total
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write

Result = TypeVar("Result")

OPEN = ("requested", "waiting_second", "approved")
"""The statuses in which a refund can still be changed."""

_AFTER: Mapping[str, tuple[str, ...]] = {
    "approve": ("requested", "waiting_second"),
    "decline": OPEN,
    "export": ("approved",),
    "issue": ("exported",),
    "clear": ("issued",),
    "return": ("issued",),
    "void": ("exported", "issued"),
    "acknowledge": ("issued", "cleared"),
}
"""Which statuses each step may follow."""


def request(store: Store, wanted: Wanted, who: Who) -> int:
    """The refund is asked for; returns its number. Raises `DecisionRefused` where audit or another refund bars it."""
    limit = second_above(store, who.as_of)

    def work(writer: MatchWriter) -> int:
        day = decision_day(writer, who)
        refuse_unfilled(wanted)
        credit = audited_credit(store, wanted, who.as_of)
        refuse_beyond(writer, wanted, credit, day, None)
        refund_id = writer.next_ids("refund", 1) + 1
        _write_version(writer, refund_id, 1, "request", wanted, who, day, credit_date=credit.began, second_above=limit)
        return refund_id

    return _refusable(store, [wanted.account_number], "request", who, work)


def edit(store: Store, refund_id: int, version: int, wanted: Wanted, who: Who) -> int:
    """The refund is another one from here on, and its approvals are void; returns its version."""
    limit = second_above(store, who.as_of)

    def work(writer: MatchWriter) -> int:
        day = decision_day(writer, who)
        told = _told(writer, refund_id, version, OPEN, "edit")
        refuse_unfilled(wanted)
        if wanted.account_number != told["account_number"]:
            raise DecisionRefused("a refund stays with its account; decline it and request another")
        credit = audited_credit(store, wanted, who.as_of)
        refuse_beyond(writer, wanted, credit, day, refund_id)
        _write_version(
            writer, refund_id, version + 1, "edit", wanted, who, day, credit_date=credit.began, second_above=limit
        )
        return version + 1

    return _refusable(store, [str(refund_id)], "edit", who, work)


def approve(store: Store, refund_id: int, version: int, who: Who, reason: str = "") -> None:
    """Another person than those who wrote it approves the refund as it was shown; above the limit a second one too."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        told = _told(writer, refund_id, version, _AFTER["approve"], "approve")
        for row in writer.ask("credits/refund_history", {"subject_id": str(refund_id)}):
            if row["action"] in ("request", "edit") and is_same_person(row["decided_by"], who.name):
                raise DecisionRefused("someone else has to approve it: you requested or edited it yourself")
            if row["action"] == "approve" and row["version"] == version and is_same_person(row["decided_by"], who.name):
                raise DecisionRefused("a second person has to approve it: you approved it already")
        _refuse_barred(store, writer, told, who, day)
        _step(writer, told, "approve", who, day, reason.strip() or "approved")

    _refusable(store, [str(refund_id)], "approve", who, work)


def decline(store: Store, refund_id: int, version: int, who: Who, reason: str) -> None:
    """The refund is not made; its record stays."""
    _simple(store, refund_id, version, "decline", who, reason)


def export(store: Store, chosen: Sequence[tuple[int, int]], who: Who) -> int:
    """The chosen refunds (number, version) go out as one list, each once; returns the export's number.

    All of them or none: raises `DecisionRefused` where one is not approved, has changed, or is barred by now.
    """

    def work(writer: MatchWriter) -> int:
        if not chosen or len(set(chosen)) < len(chosen):
            raise DecisionRefused("choose the refunds to export, each once")
        day = decision_day(writer, who)
        export_id = writer.next_ids("refund_export", 1) + 1
        for refund_id, version in chosen:
            told = _told(writer, refund_id, version, _AFTER["export"], "export")
            _refuse_barred(store, writer, told, who, day)
            _step(writer, told, "export", who, day, f"exported in list {export_id}", export_id=export_id)
        rows = writer.ask("credits/exported", {"export_id": export_id})
        made = {
            "export_id": export_id,
            "content_hash": hash_of(rows),
            "refund_count": len(rows),
            "total_amount": total(row["amount"] for row in rows),
        }
        writer.insert("refund_export", [made])
        return export_id

    return _refusable(store, [str(number) for number, _ in chosen], "export", who, work)


def hash_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 over the rows of an exported list, in their order."""
    told = [{name: plain(v) if name == "amount" else str(v) for name, v in row.items()} for row in rows]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def record_cheque(store: Store, refund_id: int, version: int, number: str, on_date: date, who: Who) -> None:
    """Accounts payable wrote the cheque, or sent the money under that number."""
    _simple(store, refund_id, version, "issue", who, "the cheque is written", number, on_date)


def clear(store: Store, refund_id: int, version: int, on_date: date, who: Who) -> None:
    """The bank paid the cheque."""
    _simple(store, refund_id, version, "clear", who, "paid by the bank", on_date=on_date)


def return_(store: Store, refund_id: int, version: int, who: Who, reason: str) -> None:
    """The cheque came back; the credit is open again."""
    _simple(store, refund_id, version, "return", who, reason)


def void(store: Store, refund_id: int, version: int, who: Who, reason: str) -> None:
    """The payment was stopped before it was paid; the credit is open again."""
    _simple(store, refund_id, version, "void", who, reason)


def acknowledge(store: Store, refund_id: int, version: int, reference: str, on_date: date, who: Who) -> None:
    """The payer says that it has the refund: by its letter, or a PLB 72 of that reference."""
    _simple(store, refund_id, version, "acknowledge", who, "acknowledged by the payee", reference, on_date)


def _simple(
    store: Store,
    refund_id: int,
    version: int,
    step: str,
    who: Who,
    reason: str,
    reference: str | None = None,
    on_date: date | None = None,
) -> None:
    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        if not reason.strip():
            raise DecisionRefused("no reason is given; write one")
        if reference is not None and not reference.strip():
            raise DecisionRefused(f"the number is missing under which it is {_DONE[step]}")
        if on_date is not None and on_date > day:
            raise DecisionRefused(f"{on_date} has not come yet; {day} is looked at")
        told = _told(writer, refund_id, version, _AFTER[step], step)
        number = None if reference is None else reference.strip()
        _refuse_out_of_order(writer, told, step, number, on_date)
        _step(writer, told, step, who, day, reason.strip(), reference=number, on_date=on_date)

    _refusable(store, [str(refund_id)], step, who, work)


def _refuse_barred(store: Store, writer: MatchWriter, told: Mapping[str, Any], who: Who, day: date) -> None:
    """What barred a request may have come since it was made."""
    wanted = Wanted(**{name: told[name] for name in Wanted.__slots__ if name in told}, evidence="")
    credit = audited_credit(store, wanted, who.as_of)
    refuse_beyond(writer, wanted, credit, day, told["refund_id"])


def _told(writer: MatchWriter, refund_id: int, version: int, allowed: Sequence[str], step: str) -> Mapping[str, Any]:
    found = writer.ask("credits/refund_told", {"refund_id": refund_id})
    if not found:
        raise DecisionRefused(f"there is no refund {refund_id}")
    if found[0]["version"] != version:
        raise DecisionRefused(f"refund {refund_id} was edited since it was shown; look at it again")
    if found[0]["status"] not in allowed:
        status = found[0]["status"].replace("_", " ")
        exported = f" in list {found[0]['export_id']}" if found[0]["export_id"] else ""
        raise DecisionRefused(f"refund {refund_id} is {status}{exported}: it cannot be {_DONE[step]}")
    return found[0]


def _refuse_out_of_order(
    writer: MatchWriter, told: Mapping[str, Any], step: str, number: str | None, on_date: date | None
) -> None:
    """Raises `DecisionRefused` for a day before the step it follows, or a cheque that pays another refund."""
    before = {"issue": told["exported_on"], "clear": told["cheque_date"], "acknowledge": told["cheque_date"]}.get(step)
    if on_date is not None and before is not None and on_date < before:
        what = "it was exported" if step == "issue" else "its cheque is dated"
        raise DecisionRefused(f"{on_date} is before {before}, the day {what}")
    if step == "issue":
        taken = [row["refund_id"] for row in writer.ask("credits/cheque_taken", {"cheque_number": number})]
        if taken:
            raise DecisionRefused(f"cheque {number} is refund {taken[0]}'s already")


_DONE: Mapping[str, str] = {
    "edit": "edited",
    "approve": "approved",
    "decline": "declined",
    "export": "exported",
    "issue": "given a cheque",
    "clear": "cleared",
    "return": "returned",
    "void": "voided",
    "acknowledge": "acknowledged",
}


def _write_version(
    writer: MatchWriter,
    refund_id: int,
    version: int,
    action: str,
    wanted: Wanted,
    who: Who,
    day: date,
    **kept: Any,
) -> None:
    made = writer.decide_about("refund", str(refund_id), action, who.name, wanted.reason.strip(), day)
    told = {name: getattr(wanted, name) for name in Wanted.__slots__}
    row = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    writer.insert("refund", [{"refund_id": refund_id, "version": version, "decision_id": made, **row, **kept}])


def _step(
    writer: MatchWriter, told: Mapping[str, Any], step: str, who: Who, day: date, reason: str, **kept: Any
) -> None:
    made = writer.decide_about("refund", str(told["refund_id"]), step, who.name, reason, day)
    row = {"decision_id": made, "refund_id": told["refund_id"], "version": told["version"], "step": step, **kept}
    writer.insert("refund_step", [row])


def _refusable(
    store: Store, subjects: Sequence[str], action: str, who: Who, work: Callable[[MatchWriter], Result]
) -> Result:
    """The work, in one transaction; where it is refused, the attempt is kept of each subject with why."""
    try:
        return write(store, work)
    except DecisionRefused as refused:
        words = f"{action}: {refused}"
        write(store, lambda writer: _keep_refusals(writer, subjects, who, words))
        raise


def _keep_refusals(writer: MatchWriter, subjects: Sequence[str], who: Who, words: str) -> None:
    first: date = writer.ask("closing/first_open_day")[0]["first_open_day"]
    for subject in subjects:
        writer.decide_about("refund", subject, "refused", who.name, words, max(who.as_of, first))
