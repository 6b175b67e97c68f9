"""Claims: one person's for a while; of two who race exactly one wins, each of fifty times."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from analysis.casework import acts, claims, worklist
from analysis.casework.acts import act, by_id
from analysis.casework.claims import claim, release, skip
from analysis.casework.wanted import Contact, Wanted
from analysis.casework.work_settings import set_number, set_supervisors
from analysis.casework.worklist import history, next_best, skipped
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.tieout.verify import verify
from tests.casework.desks import DAY, Desk, item, later

ANA, BEN = Who("ana", DAY), Who("ben", DAY)
NOON = datetime(2026, 11, 13, 12, 0)
ROUNDS = 50
Cases = Mapping[str, Mapping[str, Any]]


@pytest.fixture
def desk(store: Store) -> Desk:
    """Two cases, one of them blocked by its age."""
    return Desk(store, [item("one", "900.00"), item("old", "1.00", 40)])


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Sets the clock to so many minutes past noon."""

    def at(minutes: int) -> None:
        for room in (acts, claims, worklist):
            monkeypatch.setattr(room, "now", lambda: NOON + timedelta(minutes=minutes))

    at(0)
    return at


def test_a_claim_ends_by_itself_and_is_taken_over(desk: Desk, clock: Callable[[int], None]) -> None:
    """Thirty minutes, extended from when it is claimed again; then another takes it over; each is kept."""
    cases = by_id(desk.frame())
    assert claim(desk.store, cases, "one", ANA) == NOON + timedelta(minutes=30)
    clock(20)
    with pytest.raises(DecisionRefused, match="claimed by ana until 2026-11-13 12:30 UTC"):
        claim(desk.store, cases, "one", BEN)
    assert claim(desk.store, cases, "one", ANA) == NOON + timedelta(minutes=50)
    clock(49)
    assert (desk.case("one")["claimed_by"], desk.case("one")["state"]) == ("ana", "in_work")
    clock(50)
    assert (desk.case("one")["claimed_by"], desk.case("one")["state"]) == (None, "new")
    claim(desk.store, cases, "one", BEN)
    with pytest.raises(DecisionRefused, match="claimed by ben"):
        release(desk.store, cases, "one", ANA)
    release(desk.store, cases, "one", BEN)
    with pytest.raises(DecisionRefused, match="not claimed"):
        release(desk.store, cases, "one", BEN)
    assert list(history(desk.store, "one")["action"]) == ["claim", "extend", "take_over", "release"]
    assert desk.case("one")["version"] == 0


def test_a_claimed_case_is_anothers_to_change_not_to_note(desk: Desk, clock: Callable[[int], None]) -> None:
    """A change is refused; a note and a call that came in are not, and the claimer's save is told of them."""
    claim(desk.store, by_id(desk.frame()), "one", ANA)
    with pytest.raises(DecisionRefused, match="claimed by ana"):
        desk.set("one", "ben", owner="ben")
    desk.do(Wanted("one", None, "note", note="the payer called back"), "ben")
    call = Contact("payer", "phone", "they pay", promised="a cheque", promised_by=later(9))
    desk.do(Wanted("one", None, "contact", contact=call), "ben")
    assert (desk.case("one")["next_on"], desk.case("one")["promised_by"]) == (None, later(9))
    with pytest.raises(DecisionRefused, match=r"a note was made \(ben"):
        desk.do(Wanted("one", 0, "set", {"owner": "ana"}), "ana")
    desk.set("one", "ana", owner="ana")
    clock(31)
    desk.set("one", "ben", owner="ben")
    assert desk.case("one")["owner"] == "ben"


def test_skip_is_for_the_day_and_not_for_what_is_too_old(desk: Desk, clock: Callable[[int], None]) -> None:
    """The next one comes and the claim ends; the blocked one can only be skipped once a supervisor lifted its limit."""
    cases = by_id(desk.frame())
    assert next_best(desk.frame(), "ana") == "one"
    claim(desk.store, cases, "one", ANA)
    skip(desk.store, cases, "one", ANA)
    assert desk.case("one")["claimed_by"] is None
    assert skipped(desk.store, "ana", DAY) == {"one"} and skipped(desk.store, "ana", later(1)) == set()
    assert next_best(desk.frame(), "ana", skipped(desk.store, "ana", DAY)) == "old"
    with pytest.raises(DecisionRefused, match="cannot be skipped"):
        skip(desk.store, cases, "old", ANA)
    set_supervisors(desk.store, "sue", BEN, "the lead")
    desk.do(Wanted("old", 0, "lift", note="agreed", lifted_until=later(1)), "sue")
    skip(desk.store, by_id(desk.frame()), "old", ANA)
    assert skipped(desk.store, "ana", DAY) == {"one", "old"}


def test_how_long_is_a_setting(desk: Desk, clock: Callable[[int], None]) -> None:
    """From the day that it is set for."""
    set_number(desk.store, "claim_minutes", 5, ANA, "short")
    assert claim(desk.store, by_id(desk.frame()), "one", ANA) == NOON + timedelta(minutes=5)


def raced(*works: Callable[[], object]) -> int:
    """How many of the works, begun at once in threads of their own, were done; the others must be refused."""
    gate, done = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        try:
            work()
        except DecisionRefused:
            done.append(0)
        else:
            done.append(1)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(works)
    return sum(done)


def claims_case(store: Store, cases: Cases, case_id: str, who: Who) -> None:
    """The case is claimed."""
    claim(store, cases, case_id, who)


def saves_case(store: Store, cases: Cases, case_id: str, who: Who) -> None:
    """The case as it was shown, untouched, gets an owner."""
    act(store, cases, Wanted(case_id, 0, "set", {"owner": who.name}), who)


@pytest.mark.parametrize(
    ("does", "rounds", "has_lock"),
    [
        pytest.param(claims_case, 5, True, id="claims, in one process"),
        pytest.param(saves_case, ROUNDS, False, id="saves, by the guard alone"),
        pytest.param(claims_case, 15, False, id="claims, by the guard alone"),
    ],
)
def test_of_two_racers_exactly_one_wins(
    store: Store, monkeypatch: pytest.MonkeyPatch, does: Callable[..., None], rounds: int, has_lock: bool
) -> None:
    """Every time; also with the process's own lock taken away, as two processes on one database would race."""
    names = [f"case-{n}" for n in range(rounds)]
    desk = Desk(store, [item(one) for one in names])
    cases = by_id(desk.frame())
    if not has_lock:
        monkeypatch.setattr(store, "_writing", NoLock())
    won = [raced(*(partial(does, store, cases, one, who) for who in (ANA, BEN))) for one in names]
    assert won == [1] * rounds
    told = [len(history(store, one)) for one in names]
    assert told == [1] * rounds
    assert [one.failures for one in verify(store, ["case_histories"])] == [0]
    with store.cursor() as cursor:
        cursor.execute("update work_case set version = 9 where case_id = 'case-0'")
    assert [one.failures for one in verify(store, ["case_histories"])] == [1]


class NoLock:
    """A lock that lets everybody in."""

    def __enter__(self) -> None:
        """Nobody waits."""

    def __exit__(self, *_: object) -> None:
        """Nobody is let in."""
