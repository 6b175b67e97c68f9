"""What people decide about matches and open items: each decision is appended, with who, when and why.

Every decision is taken on what the person saw: an id with its version. Where it has changed since, the decision is
refused in words and nothing is written (`DecisionRefused`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analysis.match.by_hand import Chosen, difference_of, linked_in_part, posted_in_part
from analysis.match.closed_days import refuse_ahead
from analysis.money import ZERO, show
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write

BY_HAND = "by_hand"
"""The rule of a match that a person made."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides, and the day that the decision holds from: the day that is looked at."""

    name: str
    as_of: date


def confirm(store: Store, match_id: int, version: int, who: Who, reason: str = "") -> None:
    """The proposal is confirmed; other proposals that need the same money end."""

    def work(writer: MatchWriter) -> None:
        standing = _standing(writer, match_id, version, "proposed")
        refuse_taken(writer, match_id)
        writer.decide(
            [match_id], "confirm", who.name, reason or standing["explanation"], None, decision_day(writer, who)
        )
        refuse_linked_twice(writer, match_id)
        _end_crowded_out(writer, who)

    write(store, work)


def decline(store: Store, match_id: int, version: int, who: Who, reason: str) -> None:
    """The proposal is declined and no rule offers that set again. Raises `DecisionRefused` without a reason."""

    def work(writer: MatchWriter) -> None:
        _standing(writer, match_id, version, "proposed")
        writer.decide(
            [match_id], "decline", who.name, needed(reason, "a proposal is declined"), None, decision_day(writer, who)
        )

    write(store, work)


def unmatch(store: Store, match_id: int, version: int, who: Who, reason: str) -> None:
    """The confirmed match is taken apart, its facts are open again, and no rule makes that set again."""

    def work(writer: MatchWriter) -> None:
        _standing(writer, match_id, version, "confirmed")
        writer.decide(
            [match_id], "unmatch", who.name, needed(reason, "a match is taken apart"), None, decision_day(writer, who)
        )

    write(store, work)


def match_by_hand(
    store: Store, chosen: Sequence[Chosen], who: Who, reason: str, *, settles_difference: bool = False
) -> int:
    """The chosen facts are one match, confirmed; returns its id.

    Deposits less remittances is the difference. At 0.00 all are linked by what is open of them. Else, where
    `settles_difference`, all are linked so too and the difference stands in the match as its remainder, with the
    reason; else the larger side is linked, in the order chosen, by what the smaller one has, and the rest stays open. A
    batch is linked by its total, and posts what it is tied to whole. Raises `DecisionRefused` where fewer than two
    sides are chosen, where a batch would post a deposit or remittance in part, where a fact has
    changed since it was shown, or where a difference has no reason.
    """

    def work(writer: MatchWriter) -> int:
        _refuse_lopsided(chosen)
        leg = "money" if {"bank", "remittance"} <= {one.side for one in chosen} else "posting"
        known_on = max(_unchanged(writer, one, leg)["known_on"] for one in chosen)
        difference = difference_of(chosen)
        if difference != ZERO:
            needed(reason, f"a match with a difference of {show(difference)} is made")
        if difference != ZERO and not settles_difference and (parted := posted_in_part(chosen)) is not None:
            raise DecisionRefused(
                f"a batch posts a {_THINGS[parted.side]} whole, and of {show(parted.open_amount)} a part would be left "
                "to nobody: choose what else posts it too, or settle the difference"
            )
        linked = list(chosen) if difference == ZERO or settles_difference else linked_in_part(chosen)
        if len({one.side for one in linked}) < 2:
            raise DecisionRefused(
                "one side has no money that the other could be linked to: settle the difference instead"
            )
        run_id = writer.start_run(who.name, decision_day(writer, who), kind="person", reason=reason or None)
        match_id = writer.next_ids("match", 1) + 1
        row: dict[str, Any] = {
            "match_id": match_id,
            "run_id": run_id,
            "rule": BY_HAND,
            "status": "confirmed",
            "confidence": Decimal("100.00"),
            "explanation": reason.strip() or "matched by hand, to 0.00",
            "known_on": known_on,
        }
        if settles_difference and difference != ZERO:
            row |= {"remainder_amount": difference, "remainder_reason": reason.strip()}
        writer.insert("match_group", [row])
        sides = [
            {"match_id": match_id, "side": one.side, "fact_id": one.fact_id, "amount": one.open_amount}
            for one in linked
        ]
        writer.insert("match_side", sides)
        refuse_held(writer, match_id)
        refuse_linked_twice(writer, match_id)
        _end_crowded_out(writer, who)
        return match_id

    return write(store, work)


def undo_run(store: Store, run_id: int, who: Who, reason: str) -> int:
    """What the run made ends, and what it ended holds again; returns how many matches changed.

    Refused where a later run or a person has built on it: a match that it ended cannot hold again because its money is
    matched otherwise by now. The rules run again with the next load, unless they are set otherwise first.
    """

    def work(writer: MatchWriter) -> int:
        needed(reason, "a run is undone")
        if not writer.ask("run/undoable", {"run_id": run_id}):
            raise DecisionRefused(f"run {run_id}: there is no run of the rules of that number that still stands")
        blocked = writer.ask("run/undo_blocked", {"run_id": run_id})
        if blocked:
            raise DecisionRefused(
                f"run {run_id}: {len(blocked)} matches that it ended cannot hold again, "
                "as their money is matched since; undo the later run first"
            )
        made = [row["match_id"] for row in writer.ask("run/made_by_run", {"run_id": run_id})]
        ended = [row["match_id"] for row in writer.ask("run/ended_by_run", {"run_id": run_id})]
        own = writer.start_run(
            who.name, decision_day(writer, who), kind="undo", reason=reason.strip(), undoes_run_id=run_id
        )
        writer.decide(made, "undo", who.name, reason.strip(), own, decision_day(writer, who))
        writer.decide(ended, "restore", who.name, reason.strip(), own, decision_day(writer, who))
        return len(made) + len(ended)

    return write(store, work)


def hold(store: Store, item_id: str, version: int, who: Who, reason: str) -> None:
    """The item is held: it stays on the list with its reason and no rule's proposal speaks for it."""
    _decide_item(store, item_id, version, "hold", who, needed(reason, "an item is held"))


def release(store: Store, item_id: str, version: int, who: Who, reason: str = "") -> None:
    """The item that is held, or was given back, is open again."""
    _decide_item(store, item_id, version, "release", who, reason or "released")


def give_back(store: Store, item_id: str, version: int, who: Who, reason: str) -> None:
    """The item is not ours any more (returned to its sender, another practice's money): from that day it is not
    open.
    """
    _decide_item(store, item_id, version, "return", who, needed(reason, "an item is returned"))


def _decide_item(store: Store, item_id: str, version: int, action: str, who: Who, reason: str) -> None:
    def work(writer: MatchWriter) -> None:
        found = writer.ask("match/item_version", {"item_id": item_id})
        if not found:
            raise DecisionRefused("this item is no longer open: someone matched it, or its file was replaced")
        if found[0]["version"] != version:
            raise DecisionRefused("someone decided about this item since it was shown; look at it again")
        if found[0]["is_given_back"] and action != "release":
            raise DecisionRefused("this item was given back: open it again first")
        writer.decide_item(item_id, action, who.name, reason, decision_day(writer, who))

    write(store, work)


def decision_day(writer: MatchWriter, who: Who) -> date:
    """The day that a decision holds from: the one looked at, but never behind what was decided already.

    Raises `DayClosed` where that day is closed, `DayAhead` where it lies far ahead, and `DecisionRefused` where it is a
    past day and lies behind the last run or match by hand: what is decided comes after these, and would not show there.
    """
    writer.refuse_closed(who.as_of)
    loaded: date | None = writer.ask("store/latest_day")[0]["latest_day"]
    refuse_ahead(who.as_of, loaded)
    latest: date = writer.ask("run/latest_run_day")[0]["latest_day"]
    if loaded is not None and who.as_of < min(latest, loaded):
        said = f"matching has gone on to {latest}, and what is decided now holds from then"
        raise DecisionRefused(f"{said}: choose that day, then decide")
    return max(who.as_of, latest)


def needed(reason: str, what: str) -> str:
    """The reason without blanks around it. Raises `DecisionRefused` where there is none."""
    if not reason.strip():
        raise DecisionRefused(f"no reason is given; write why {what}")
    return reason.strip()


def _standing(writer: MatchWriter, match_id: int, version: int, status: str) -> Mapping[str, Any]:
    """The match as it stands, unless it has changed since it was shown."""
    found = writer.ask("match/match_told", {"match_id": match_id})
    if not found:
        raise DecisionRefused(f"match {match_id} is not there")
    if found[0]["version"] != version or found[0]["status"] != status:
        raise DecisionRefused(
            f"match {match_id} is {found[0]['status']} now, it changed since it was shown; look at it again"
        )
    return found[0]


def refuse_taken(writer: MatchWriter, match_id: int) -> None:
    """A proposal whose money is matched otherwise by now, or held, cannot be confirmed."""
    refuse_held(writer, match_id)
    for side in writer.ask("match/sides_beyond_open", {"match_id": match_id}):
        raise DecisionRefused(
            f"{_THINGS[side['side']]} {side['reference']}: only {show(side['open_amount'])} of it is still open, "
            f"the proposal needs {show(side['amount'])}"
        )


def refuse_held(writer: MatchWriter, match_id: int) -> None:
    """What a person holds, or has given back, is in no match until it is released."""
    for side in writer.ask("match/held_sides", {"match_id": match_id}):
        raise DecisionRefused(f"{_THINGS[side['side']]} {side['reference']} is {side['standing']}: release it first")


def refuse_linked_twice(writer: MatchWriter, match_id: int) -> None:
    """A deposit is posted once, and a batch deposited once: what is linked between them is never more than they are.

    Nor does a batch get the money of one deposit over its remittances and of another straight, beyond its total.
    """
    for batch in writer.ask("match/deposited_twice", {"match_id": match_id}):
        raise DecisionRefused(
            f"batch {batch['batch_id']}: it is {show(batch['amount'])}, and deposits of {show(batch['linked_amount'])} "
            "would be tied to it, straight and over its remittances; take its other match apart first"
        )
    for side in writer.ask("match/linked_beyond", {"match_id": match_id}):
        raise DecisionRefused(
            f"{_THINGS[side['side']]} {side['reference']}: it is {show(side['amount'])}, and would be linked for "
            f"{show(side['linked_amount'])}; take its other match apart first"
        )


def _end_crowded_out(writer: MatchWriter, who: Who) -> None:
    """Proposals for money that is matched by now end; a run may propose them again should it come free."""
    crowded_out = [row["match_id"] for row in writer.ask("match/crowded_out")]
    writer.decide(crowded_out, "supersede", who.name, "its money is matched otherwise", None, decision_day(writer, who))


_THINGS = {"bank": "deposit", "remittance": "remittance", "batch": "batch"}


def _refuse_lopsided(chosen: Sequence[Chosen]) -> None:
    if len({one.side for one in chosen}) < 2:
        raise DecisionRefused("a match has two sides at least: choose a deposit and what it pays")
    if len({(one.side, one.fact_id) for one in chosen}) < len(chosen):
        raise DecisionRefused("the same item is chosen twice")


def _unchanged(writer: MatchWriter, one: Chosen, leg: str) -> Mapping[str, Any]:
    found = writer.ask("match/open_fact", {"leg": leg, "side": one.side, "fact_id": one.fact_id})
    if not found:
        for other in writer.ask("match/other_currency", {"side": one.side, "fact_id": one.fact_id}):
            raise DecisionRefused(
                f"remittance {other['reference']} is in {other['currency']}: only US dollars are matched here"
            )
        raise DecisionRefused(
            f"the {_THINGS.get(one.side, one.side)} is no longer open: someone matched it since it was shown"
        )
    if found[0]["open_amount"] != one.open_amount:
        raise DecisionRefused(
            f"{_THINGS[one.side]} {found[0]['reference']}: {show(found[0]['open_amount'])} of it is open now, "
            f"{show(one.open_amount)} when it was shown"
        )
    return found[0]
