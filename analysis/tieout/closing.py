"""Close of day: one prepares, another reviews, and then nothing changes the day but re-opening it with a reason.

What a closed day rests on is kept with it: its figures and the hash of its content. Who signed is a decision, appended.
As of a closed day nothing is decided, matched or set (`DayClosed`); a file that comes late counts from the first open
day (`sql/views/00_first_open_day.sql`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.match.signers import is_same_person
from analysis.money import total
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table
from analysis.tieout.closing_checks import checks
from analysis.tieout.three_legs import SIDES, state_totals
from analysis.tieout.today import latest_day
from analysis.tieout.variances import variances

Row = Mapping[str, Any]

_LEGS = {"bank": ("deposited", "deposit"), "remittance": ("remitted", "remittance"), "batch": ("posted", "batch")}


@dataclass(frozen=True, slots=True)
class Content:
    """What a day rests on: SHA-256 over facts, links and decisions by content, and how many of each there are."""

    content_hash: str
    fact_count: int
    link_count: int
    decision_count: int


def content_of(store: Store, day: date) -> Content:
    """The content as of that day, by content and never by ids, so that the same files elsewhere give the same hash."""
    digest, counts = hashlib.sha256(day.isoformat().encode()), []
    for name in ("facts", "links", "decided"):
        rows = sorted(query_table(store, f"closing/{name}", {"as_of": day})["content"].to_pylist())
        digest.update("".join(f"\n{row}" for row in rows).encode())
        counts.append(len(rows))
    return Content(digest.hexdigest(), *counts)


def figures_of(store: Store, day: date) -> list[dict[str, Any]]:
    """The figures of the day as the reports have them now: name, label, count, US dollars and definition."""
    summary = query_table(store, "tieout/summary", {"as_of": day}).drop_columns(["position"])
    rows: list[dict[str, Any]] = summary.to_pylist()
    rows += query_table(store, "closing/identity", {"as_of": day}).to_pylist()
    differences = variances(store, day)
    for name, label, column, says in _VARIANCES:
        kept = differences[differences[column] != 0] if name == "unexplained" else differences
        rows.append(_figure(name, label, len(kept), total(kept[column]), says))
    for row in state_totals(store, day).to_dict("records"):
        rows += [_state_figure(row, side) for side in SIDES if row[f"{_LEGS[side][1]}_count"]]
    return rows


_VARIANCES = (
    ("variances", "Variances, net", "variance", "deposited − posted, netted"),
    ("explained", "Explained, net", "explained", "what of the variances evidence explains"),
    ("unexplained", "Unexplained", "unexplained", "what of the variances no evidence explains"),
)


def _figure(name: str, label: str, count: int, amount: object, definition: str) -> dict[str, Any]:
    return {"name": name, "label": label, "item_count": count, "amount": amount, "definition": definition}


def _state_figure(row: Mapping[Any, Any], side: str) -> dict[str, Any]:
    leg, count = _LEGS[side]
    state = str(row["tie_out_state"])
    label = f"{state.replace('_', ' ').capitalize()}: {leg}"
    return _figure(f"{state}_{side}", label, row[f"{count}_count"], row[f"{leg}_amount"], row["what_to_do"])


def closings(store: Store, day: date | None = None) -> pd.DataFrame:
    """Every preparation of that day, or of any, the newest first, with who signed and whether it is closed now."""
    return query(store, "closing/closings", {"day": day})


def closing_of(store: Store, day: date) -> dict[str, Any] | None:
    """The newest preparation of the day as it stands now; None where it never was prepared."""
    found: list[dict[str, Any]] = query_table(store, "closing/closings", {"day": day}).to_pylist()
    return found[0] if found else None


def totals_of(store: Store, closing_id: int) -> pd.DataFrame:
    """The figures as they were prepared. Grain: one row per figure. Units: US dollars."""
    return query(store, "closing/totals", {"closing_id": closing_id})


def prepare(store: Store, day: date, who: str, note: str = "", *, account: str = "") -> int:
    """The day is prepared for closing as it stands, by that person; returns the id of the closing.

    `account` of the computer is kept with the signature where it has another name.

    Raises `DecisionRefused` where the day is closed, lies ahead of all that is loaded, or a check fails that no note
    can do for; and where one fails that needs a note, without one.
    """
    _named(who)

    def work(writer: MatchWriter) -> int:
        writer.refuse_closed(day)
        latest = latest_day(store)
        if latest is None or day > latest:
            raise DecisionRefused(f"{day} lies ahead: nothing is loaded that is of it or of a later day")
        failing = [one for one in checks(store, day) if not one.holds]
        for one in failing:
            if one.is_needed:
                raise DecisionRefused(f"{day} cannot be closed: not so that {_lower(one.says)} ({one.detail})")
        if failing and not note.strip():
            words = "; ".join(f"not so that {_lower(one.says)} ({one.detail})" for one in failing)
            raise DecisionRefused(f"{words}: write a note that says why the day is closed so")
        said = _from_account(note.strip() or "all checks hold", who, account)
        closing_id = writer.decide_day(day, "prepare", who.strip(), said)
        row = {"closing_id": closing_id, "day": day, **asdict(content_of(store, day))}
        writer.insert("closed_day", [row])
        figures = [
            {"closing_id": closing_id, "position": position, **figure}
            for position, figure in enumerate(figures_of(store, day), start=1)
        ]
        writer.insert("closed_total", figures)
        return closing_id

    return write(store, work)


def review(store: Store, day: date, who: str, note: str, closing_id: int | None = None, *, account: str = "") -> None:
    """The prepared day is closed by a second person, whose note is kept: from now on nothing changes it.

    `closing_id` is the preparation that was looked at; `account` as for `prepare`. Raises `DecisionRefused` where it is
    not prepared or was prepared anew since, where the preparer would review, without a note, and where the day has
    changed since.
    """
    _named(who)
    if not note.strip():
        raise DecisionRefused("no note is given; write what was reviewed")

    def work(writer: MatchWriter) -> None:
        writer.refuse_closed(day)
        prepared = closing_of(store, day)
        if prepared is None or prepared["status"] != "prepared":
            raise DecisionRefused(f"{day} is not prepared for closing; one person prepares it, another reviews")
        if closing_id not in (None, prepared["closing_id"]):
            raise DecisionRefused(
                f"{day} was prepared anew by {prepared['prepared_by']} since it was shown; look at it again"
            )
        if is_same_person(prepared["prepared_by"], who):
            raise DecisionRefused(f"{prepared['prepared_by']} prepared {day}; someone else has to review it")
        if content_of(store, day) != _kept(prepared):
            raise DecisionRefused(f"{day} has changed since it was prepared; look at it again and prepare it anew")
        writer.decide_day(day, "review", who.strip(), _from_account(note.strip(), who, account))

    write(store, work)


def reopen(store: Store, day: date, who: str, reason: str) -> None:
    """The closed day is open again, and facts that came late count from their own day on; what was closed is kept.

    Raises `DecisionRefused` without a reason, where the day is not closed, and where a later day is.
    """
    _named(who)
    if not reason.strip():
        raise DecisionRefused("no reason is given; write why the day is re-opened")

    def work(writer: MatchWriter) -> None:
        standing = closing_of(store, day)
        if standing is None or standing["status"] != "closed":
            raise DecisionRefused(f"{day} is not closed")
        later = [one for one in _closed_days(store) if one > day]
        if later:
            raise DecisionRefused(f"{max(later)} is closed and rests on {day}; re-open the later day first")
        writer.decide_day(day, "reopen", who.strip(), reason.strip())
        writer.do("closing/release_files")
        writer.do("closing/show_released")

    write(store, work)


def is_unchanged(store: Store, closing: Row) -> bool:
    """Whether the day still rests on what it was prepared on: its content hashed now gives the kept hash."""
    return content_of(store, closing["day"]) == _kept(closing)


def _kept(closing: Row) -> Content:
    return Content(*(closing[name] for name in ("content_hash", "fact_count", "link_count", "decision_count")))


def _closed_days(store: Store) -> Sequence[date]:
    rows = query_table(store, "closing/closings", {"day": None}).to_pylist()
    return [row["day"] for row in rows if row["status"] == "closed"]


def _named(who: str) -> None:
    if not who.strip():
        raise DecisionRefused("a signature needs a name")


def _from_account(note: str, who: str, account: str) -> str:
    return note if not account or is_same_person(account, who) else f"{note} (signed from the account {account})"


def _lower(says: str) -> str:
    return says[0].lower() + says[1:]
