"""What may be done with a case: refused in words where not, whole where it may, several at once with n of m."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from analysis.casework.wanted import Contact, Wanted
from analysis.casework.work_settings import set_limit, set_supervisors
from analysis.casework.worklist import case_count, history
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, query
from tests.casework.desks import DAY, Desk, item, later
from tests.stores import empty_store


def five_cases() -> list[dict[str, Any]]:
    """Money, a duplicate, a variance, one that is blocked by its age, one held under Unmatched."""
    return [
        item("money"),
        item("twice", item_type="duplicate_remittance"),
        item("variance-batch-B1", case_kind="variance", item_type="variance_of_batch"),
        item("old", age_days=40),
        item("held", item_state="held"),
    ]


@pytest.fixture
def desk(store: Store) -> Desk:
    """The five cases, to be worked on."""
    return Desk(store, five_cases())


@pytest.fixture(scope="module")
def untouched() -> Iterator[Desk]:
    """The five cases, of which a refusal leaves nothing behind."""
    with empty_store() as store:
        yield Desk(store, five_cases())


@pytest.mark.parametrize(
    ("case_id", "changes", "note", "words"),
    [
        pytest.param("money", {"state": "waiting"}, "", "needs a next date", id="waits for ever"),
        pytest.param("money", {"state": "waiting", "next_on": DAY}, "", "still to come", id="waits until today"),
        pytest.param("money", {"state": "held"}, "", "no reason is given", id="held without a reason"),
        pytest.param("money", {"state": "new"}, "", "nothing is changed", id="made new"),
        pytest.param("money", {"priority": "urgent"}, "", "the priority is one of", id="an unknown priority"),
        pytest.param("money", {"due_on": later(-1)}, "", "has passed", id="due yesterday"),
        pytest.param("money", {"state": "resolved"}, "", "set it waiting", id="money resolved by a code"),
        pytest.param("money", {"priority": "normal"}, "", "nothing is changed", id="as it is"),
        pytest.param("money", {"owner": "x" * 101}, "", "at most 100", id="a long name"),
        pytest.param("twice", {"state": "resolved"}, "", "one of duplicate_confirmed", id="resolved without a code"),
        pytest.param("twice", {"resolution": "duplicate_confirmed"}, "", "goes with", id="a code alone"),
        pytest.param(
            "variance-batch-B1", {"state": "resolved", "resolution": "lost"}, "", "reposted", id="no such code"
        ),
        pytest.param("old", {"next_on": later(1)}, "", "cannot be put off", id="blocked: a next date"),
        pytest.param("old", {"due_on": later(1)}, "", "cannot be put off", id="blocked: a due date"),
        pytest.param("held", {"state": "in_work"}, "", "held under Unmatched", id="held in its own room"),
        pytest.param("nobody", {"owner": "ana"}, "", "no case nobody is known", id="no case"),
    ],
)
def test_what_is_refused(untouched: Desk, case_id: str, changes: dict[str, Any], note: str, words: str) -> None:
    """In words, and nothing is left behind."""
    with pytest.raises(RequestRefused, match=words):
        untouched.do(Wanted(case_id, 0, "set", changes, note))
    assert case_count(untouched.store) == 0
    assert query(untouched.store, "casework/told", {"case_ids": case_id}).empty


def test_saving_over_anothers_change_is_refused_with_what_they_did(desk: Desk) -> None:
    """What changed, by whom and when; with the version as it is now, it is saved."""
    desk.set("money", "ben", owner="ben", next_on=later(2), state="waiting")
    with pytest.raises(DecisionRefused, match=r"owner: nobody → ben.*\(ben, 20\d\d-\d\d-\d\d \d\d:\d\d UTC\)"):
        desk.do(Wanted("money", 0, "set", {"owner": "ana"}))
    assert desk.case("money")["owner"] == "ben"
    desk.do(Wanted("money", 1, "set", {"owner": "ana"}))
    assert (desk.case("money")["owner"], desk.case("money")["version"]) == ("ana", 2)
    with pytest.raises(DecisionRefused, match="no version 7"):
        desk.do(Wanted("money", 7, "set", {"owner": "ana"}))


def test_several_at_once_say_n_of_m_and_why_not(desk: Desk) -> None:
    """Each whole or not at all: one is stale, one blocked, one named twice; the others are done."""
    desk.set("twice", "ben", owner="ben")
    changes = {"next_on": later(3)}
    wanted = [Wanted(one, 0, "set", changes) for one in ("money", "twice", "old", "variance-batch-B1", "money")]
    outcome = desk.do_all(wanted)
    assert outcome.words == "2 of 5 done"
    assert outcome.done == ["money", "variance-batch-B1"]
    why = dict(outcome.refused)
    assert "owner: nobody → ben" in why["twice"] and "put off" in why["old"] and "named twice" in why["money"]
    assert desk.case("old")["version"] == 0


def test_a_supervisor_lifts_an_age_limit_until_a_day(desk: Desk) -> None:
    """Only one, only with a reason; then it is put off as far as that, and blocked again after it."""
    lift = Wanted("old", 0, "lift", note="the payer confirmed in writing", lifted_until=later(5))
    with pytest.raises(DecisionRefused, match="only a supervisor"):
        desk.do(lift, "sue")
    set_supervisors(desk.store, "sue; tom", Who("sue", DAY), "the leads")
    with pytest.raises(DecisionRefused, match="no reason"):
        desk.do(Wanted("old", 0, "lift", lifted_until=later(5)), "sue")
    desk.do(lift, "Sue")
    assert desk.case("old")["limit_state"] == "lifted"
    with pytest.raises(DecisionRefused, match="beyond 2026-11-18"):
        desk.set("old", next_on=later(6))
    desk.set("old", next_on=later(5))
    assert (desk.case("old")["turn"], desk.case("old", later(6))["limit_state"]) == ("later", "blocked")
    assert "the payer confirmed" in str(list(history(desk.store, "old")["note"]))


def test_another_limit_holds_from_its_day(desk: Desk) -> None:
    """A type whose limit is taken away is not blocked any more."""
    set_limit(desk.store, "deposit_without_remittance", 60, None, Who("sue", DAY), "trial")
    assert desk.case("old")["limit_state"] == "in_time"
    with pytest.raises(RequestRefused, match="warns first"):
        set_limit(desk.store, "deposit_without_remittance", 9, 8, Who("sue", DAY), "trial")


def test_a_resolved_variance_is_resolved_in_its_own_room_too(desk: Desk) -> None:
    """The decision of the page Variances is made with it; without a next date it comes back after thirty days."""
    desk.set("variance-batch-B1", state="resolved", resolution="reposted")
    told = query(desk.store, "tieout/settled_variances", {"as_of": DAY}).to_dict("records")
    assert [(row["variance_id"], row["resolution"]) for row in told] == [("batch B1", "reposted")]
    assert desk.case("variance-batch-B1")["next_on"] == later(30)
    resolved = {"item_state": "resolved", "item_resolution": "reposted", "item_resolution_id": told[0]["resolution_id"]}
    desk.items = [one | resolved for one in desk.items if one["case_id"] == "variance-batch-B1"]
    states = [desk.case("variance-batch-B1", later(days))["state"] for days in (0, 29, 30)]
    assert states == ["resolved", "resolved", "in_work"]
    desk.set("variance-batch-B1", on=later(30), owner="ana", state="in_work")
    assert desk.case("variance-batch-B1", later(30))["state"] == "in_work"


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        pytest.param(Contact("payer", "phone", " "), "what was said", id="silence"),
        pytest.param(Contact("lawyer", "phone", "yes"), "a contact is with", id="with whom"),
        pytest.param(Contact("payer", "pigeon", "yes"), "a contact is with", id="how"),
        pytest.param(Contact("payer", "phone", "yes", promised="money"), "a promise needs both", id="by when"),
        pytest.param(Contact("payer", "phone", "yes", promised_by=later(1)), "a promise needs both", id="what"),
        pytest.param(Contact("payer", "fax", "yes", promised="x", promised_by=later(-1)), "has passed", id="yesterday"),
    ],
)
def test_a_contact_without_its_parts_is_refused(untouched: Desk, contact: Contact, words: str) -> None:
    """Nothing is logged then."""
    with pytest.raises(DecisionRefused, match=words):
        untouched.do(Wanted("money", None, "contact", contact=contact))
    assert case_count(untouched.store) == 0


def test_a_promise_does_not_put_a_blocked_case_off(desk: Desk) -> None:
    """The call is logged, the case stays where it is, and on the promised day it is on top."""
    desk.call("old", promised_by=later(4))
    assert (desk.case("old")["turn"], desk.case("old")["next_on"]) == ("now", None)
    assert desk.case("old", later(4))["turn"] == "promise"


def test_what_people_write_stays_with_the_case(desk: Desk) -> None:
    """The public view tells that a note or contact was made, never its text; the history has all of it."""
    desk.do(Wanted("money", None, "note", note="JOHN DOE called"))
    desk.call("money", promised_by=later(1))
    desk.set("money", note="JANE ROE paid", priority="high")
    with desk.store.cursor() as cursor:
        rows = cursor.execute("from decisions").fetchall()
        ids = cursor.execute("select count(*), count(distinct decision_id) from decisions").fetchone()
    assert ids == (3, 3)
    text = str(rows)
    assert "DOE" not in text and "ROE" not in text and "the money" not in text
    assert text.count("a note was made") == 2 and "a contact was logged" in text and "priority: normal → high" in text
    acts = history(desk.store, "money").to_dict("records")
    assert [row["action"] for row in acts] == ["note", "contact", "set"]
    assert (acts[0]["note"], acts[1]["said"], acts[1]["promised"]) == (
        "JOHN DOE called",
        "spoke to JOHN DOE",
        "the money",
    )


def test_a_settled_case_takes_notes_and_contacts_alone(desk: Desk) -> None:
    """Its item is settled: it is resolved by itself."""
    desk.set("money", owner="ana")
    desk.items = desk.items[1:]
    with pytest.raises(DecisionRefused, match="resolved by itself"):
        desk.set("money", owner="ben")
    desk.do(Wanted("money", None, "note", note="thanked them"))
    desk.call("money")
    assert (desk.case("money")["turn"], desk.case("money")["version"]) == ("done", 3)
