"""Claims: a case is one person's for a while and then free again, so that two people do not work on it at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from analysis.casework.guards import Row, case_of, holder, move_claim, refuse_claimed, told_of
from analysis.casework.work_settings import work_settings
from analysis.match.decisions import Who, decision_day
from analysis.match.signers import is_same_person
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, now, write


def claim(store: Store, cases: Mapping[str, Row], case_id: str, who: Who) -> datetime:
    """The case is this person's until the moment returned (UTC), from now on longer where it was already.

    A claim that has ended is taken over. Raises `DecisionRefused` where another person's still runs.
    """
    lasts = timedelta(minutes=work_settings(store, who.as_of).claim_minutes)

    def work(writer: MatchWriter) -> datetime:
        case = _case(cases, case_id, who)
        day, moment = decision_day(writer, who), now()
        told = told_of(writer, [case_id]).get(case_id)
        refuse_claimed(told, who.name, moment)
        _keep(writer, case, told, _kind(told, who, moment), who, day, moment, moment + lasts)
        return moment + lasts

    return write(store, work)


def release(store: Store, cases: Mapping[str, Row], case_id: str, who: Who) -> None:
    """The case is free again. Raises `DecisionRefused` where this person has not claimed it."""

    def work(writer: MatchWriter) -> None:
        case = _case(cases, case_id, who)
        day, moment = decision_day(writer, who), now()
        told = told_of(writer, [case_id]).get(case_id)
        refuse_claimed(told, who.name, moment)
        if holder(told, moment) is None:
            raise DecisionRefused(f"{case_id} is not claimed, or the claim has ended")
        _keep(writer, case, told, "release", who, day, moment, None)

    write(store, work)


def skip(store: Store, cases: Mapping[str, Row], case_id: str, who: Who) -> None:
    """The case does not come up for this person on that day again, and is free where it was claimed.

    Raises `DecisionRefused` for a case that is blocked by its age.
    """

    def work(writer: MatchWriter) -> None:
        case = _case(cases, case_id, who)
        if case["limit_state"] == "blocked":
            raise DecisionRefused(
                f"it is {case['age_days']} days old and beyond the age limit of its type, so that it cannot be skipped;"
                " a supervisor can lift the limit"
            )
        day, moment = decision_day(writer, who), now()
        told = told_of(writer, [case_id]).get(case_id)
        by = holder(told, moment)
        if by is not None and is_same_person(by, who.name):
            _keep(writer, case, told, "release", who, day, moment, None)
        _keep(writer, case, told, "skip", who, who.as_of, moment, None)

    write(store, work)


def _case(cases: Mapping[str, Row], case_id: str, who: Who) -> Row:
    case = case_of(cases, case_id, who)
    if case["is_settled"]:
        raise DecisionRefused(f"{case_id} is resolved by itself: its item is settled")
    return case


def _kind(told: Row | None, who: Who, moment: datetime) -> str:
    if told is None or told["claim_action"] in (None, "release"):
        return "claim"
    if is_same_person(told["claimed_by"], who.name):
        return "extend" if holder(told, moment) is not None else "claim"
    return "take_over"


def _keep(
    writer: MatchWriter,
    case: Row,
    told: Row | None,
    action: str,
    who: Who,
    day: date,
    moment: datetime,
    until: datetime | None,
) -> None:
    """What was done with the claim is kept, and the case's guard moves, unless it was only skipped.

    The number is taken first: two who claim a case that nobody had touched meet there.
    """
    row: dict[str, object] = {
        "claim_id": writer.next_ids("case_claim", 1) + 1,
        "case_id": case["case_id"],
        "action": action,
    }
    if action != "skip":
        row["claim_number"] = move_claim(writer, case, told)
    row |= {"claimed_by": who.name, "claimed_at": moment, "expires_at": until, "effective_on": day}
    writer.insert("case_claim", [row])
