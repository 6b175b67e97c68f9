"""Close of day: two people sign, no door changes the day after, and its certificate says what the reports say."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from analysis.casework.parking import Parking, Transfer, approve, park, send
from analysis.casework.rejections import post_by_hand
from analysis.casework.tracing import Clues, keep_try
from analysis.exports import to_csv
from analysis.exports.certificate import certificate_pdf, certificate_xlsx
from analysis.match.by_hand import Chosen
from analysis.match.closed_days import first_open_day
from analysis.match.decisions import Who, confirm, decline, give_back, hold, match_by_hand, undo_run, unmatch
from analysis.match.fee_rates import add_rate
from analysis.match.rule_settings import RuleSetting, save_rule
from analysis.match.run import match
from analysis.match.runs import runs
from analysis.match.unmatched import unmatched
from analysis.money import show, total
from analysis.problems import DayClosed, DecisionRefused, RequestRefused
from analysis.reports import REPORTS
from analysis.sample import FOLDER
from analysis.store import Store, open_store, query
from analysis.store.loading import load, sources
from analysis.summary import summary
from analysis.tieout.certificate import certificate
from analysis.tieout.closing import (
    closing_of,
    content_of,
    is_unchanged,
    prepare,
    reopen,
    review,
    totals_of,
)
from analysis.tieout.closing_checks import checks
from analysis.tieout.today import latest_day, working_day
from analysis.tieout.variances import variances
from analysis.tieout.verify import verify
from tests.files import bai2, batch_csv, loaded, remittance_835, table_csv

DAY, NEXT = date(2026, 11, 2), date(2026, 11, 3)


def reported(store: Store, day: date = DAY) -> dict[str, bytes]:
    """Every report as of that day, to the letter."""
    return {name: to_csv(REPORTS[name].make(store, day)) for name in REPORTS}


def a_day(store: Store) -> None:
    """A deposit that ties, one that is alone, a remittance that is late, and its batches; matched."""
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        remittance_835("TRACE0003", "70.00", control=3),
        bai2(("TRACE0001", "100.00"), ("TRACE0002", "55.00")),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
        table_csv("account_number,balance,credit_date,extract_date", "ACC1,-5.00,2026-10-01,2026-11-02"),
    )
    match(store, DAY, "rules")


def closed(store: Store, day: date = DAY) -> None:
    """The day is signed by two people."""
    prepare(store, day, "ana", "looked at")
    review(store, day, "ben", "seen")


@pytest.fixture
def signed(store: Store) -> Store:
    """The small day, closed."""
    a_day(store)
    closed(store)
    return store


def test_a_day_is_closed_by_two_people(store: Store) -> None:
    """The preparer cannot review, under any spelling; the other can, once."""
    a_day(store)
    prepare(store, DAY, "ana", "")
    for same in ("ana", " ANA ", "Ａna"):
        with pytest.raises(DecisionRefused, match="someone else has to review"):
            review(store, DAY, same, "seen")
    assert first_open_day(store) < DAY
    review(store, DAY, "ben", "seen")
    found = closing_of(store, DAY) or {}
    assert (found["status"], found["prepared_by"], found["reviewed_by"]) == ("closed", "ana", "ben")
    assert (found["note"], found["review_note"]) == ("all checks hold", "seen")
    assert first_open_day(store) == NEXT
    actions = query(store, "match/history", {"subject_type": "day", "subject_id": DAY.isoformat()})
    assert list(actions["action"]) == ["prepare", "review"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        pytest.param(lambda store: review(store, DAY, "ben", "seen"), "not prepared", id="review first"),
        pytest.param(lambda store: review(store, DAY, "ben", " "), "no note", id="review without a note"),
        pytest.param(lambda store: prepare(store, date(2026, 11, 9), "ana"), "lies ahead", id="a day ahead"),
        pytest.param(lambda store: prepare(store, DAY, "  "), "needs a name", id="nobody"),
        pytest.param(lambda store: reopen(store, DAY, "ana", "why"), "not closed", id="re-open an open day"),
    ],
)
def test_what_cannot_be_signed_is_refused(store: Store, step: Callable[[Store], object], words: str) -> None:
    """In words, and nothing is written."""
    a_day(store)
    with pytest.raises(DecisionRefused, match=words):
        step(store)
    assert closing_of(store, DAY) is None


def test_a_check_that_fails_stops_the_close(store: Store) -> None:
    """Files that no rule has looked at: match first, no note can do instead."""
    a_day(store)
    loaded(store, remittance_835("TRACE0009", "9.00", control=9))
    assert [one.name for one in checks(store, DAY) if not one.holds] == ["matched"]
    with pytest.raises(DecisionRefused, match="1 files came since the rules ran"):
        prepare(store, DAY, "ana", "never mind")


def test_what_is_unexplained_needs_a_note(store: Store) -> None:
    """One cent that no evidence explains is acknowledged in words, or the day stays open."""
    loaded(
        store,
        bai2(("TRACE0001", "100.00")),
        remittance_835("TRACE0001", "100.00"),
        batch_csv([("B1", "100.00", "ACC1", "", "PAYMENT", "100.01")]),
    )
    match(store, DAY, "rules")
    assert {one.name: one.item_count for one in checks(store, DAY)}["explained"] == 1
    with pytest.raises(DecisionRefused, match="write a note"):
        prepare(store, DAY, "ana")
    prepare(store, DAY, "ana", "a cent, asked the bank")
    assert (closing_of(store, DAY) or {})["note"] == "a cent, asked the bank"


def test_a_reviewer_signs_what_was_shown(store: Store) -> None:
    """Prepared anew in between: refused, and looked at again."""
    a_day(store)
    shown = prepare(store, DAY, "ana", "")
    again = prepare(store, DAY, "cleo", "once more")
    with pytest.raises(DecisionRefused, match="prepared anew by cleo"):
        review(store, DAY, "ben", "seen", shown)
    review(store, DAY, "ben", "seen", again)


def test_a_day_that_changed_since_it_was_prepared_is_not_reviewed(store: Store) -> None:
    """The reviewer signs what the preparer signed."""
    a_day(store)
    prepare(store, DAY, "ana")
    loaded(store, remittance_835("TRACE0009", "9.00", control=9))
    with pytest.raises(DecisionRefused, match="has changed since it was prepared"):
        review(store, DAY, "ben", "seen")
    match(store, DAY, "rules")
    closed(store)


def _holds(store: Store) -> None:
    item = unmatched(store, NEXT).iloc[0]
    hold(store, item["item_id"], 0, Who("eve", NEXT), "later")


def _unmatches(store: Store) -> None:
    unmatch(store, 1, 0, Who("eve", NEXT), "no match")


def _matches(store: Store) -> None:
    loaded(store, bai2(("TRACE0003", "70.00"), day="261101"))
    match(store, NEXT, "eve")


def _loads(store: Store) -> None:
    told = loaded(
        store,
        remittance_835("TRACE0002", "55.00", control=7),
        remittance_835("TRACE0001", "100.00", control=8),
        bai2(("TRACE0003", "70.00"), ("TRACE0001", "100.00")),
        batch_csv([("B1", "90.00", "ACC1", "TRACE0001", "PAYMENT", "90.00")]),
        table_csv("account_number,balance,credit_date,extract_date", "ACC1,-9.00,2026-10-01,2026-11-02"),
    )
    late = [one for outcome in told for one in outcome.findings if one.code == "late_fact"]
    assert {one.message.partition(" ")[2] for one in late} == {
        "rows of closed day 2026-11-02; they count from the open day, 2026-11-03"
    }
    assert len(late) == 5


def _undoes(store: Store) -> None:
    undo_run(store, int(runs(store)["run_id"].max()), Who("eve", NEXT), "wrong")


def _sets(store: Store) -> None:
    save_rule(store, "exact_trace", RuleSetting(False, "confirmed", {}), NEXT, "eve", "off")
    add_rate(store, Decimal("7.77"), NEXT, "eve", "new")
    match(store, NEXT, "eve")


def _parks(store: Store) -> None:
    later = Who("eve", NEXT)
    lot = park(store, _alone(store), 0, Parking("wrong_home", Decimal("55.00"), None, "LAKESIDE"), later, "theirs")
    approve(store, _alone(store), 1, lot, Who("ben", NEXT))
    send(store, _alone(store), 2, lot, Transfer("wire", "W1", NEXT), later)
    post_by_hand(store, _claim(store), 0, "M1", NEXT, later, "posted")


def _prepares(store: Store) -> None:
    with pytest.raises(DecisionRefused, match=CLOSED):
        prepare(store, DAY, "eve", "again")


CLOSED = "2026-11-02 is closed and cannot be changed; the first open day is 2026-11-03"
DOORS = [_holds, _unmatches, _matches, _loads, _undoes, _sets, _parks, _prepares]


@pytest.mark.parametrize("door", [pytest.param(one, id=one.__name__.strip("_")) for one in DOORS])
def test_a_closed_day_cannot_be_changed_through(
    signed: Store, said_at_closing: dict[str, bytes], door: Callable[[Store], None]
) -> None:
    """Reports as of the day and its hash stay; what was done holds from the open day."""
    closing = closing_of(signed, DAY)
    door(signed)
    assert reported(signed) == said_at_closing
    assert closing is not None and is_unchanged(signed, closing)
    decided = query(signed, "closing/decided", {"as_of": DAY})
    assert not any("eve" in content for content in decided["content"])


AT = Who("eve", DAY)
REFUSED: dict[str, Callable[[Store], object]] = {
    "match": lambda store: match(store, DAY, "eve"),
    "confirm": lambda store: confirm(store, _proposal(store), 0, AT),
    "decline": lambda store: decline(store, _proposal(store), 0, AT, "no"),
    "match by hand": lambda store: match_by_hand(store, _open_two(store), AT, "settled", settles_difference=True),
    "unmatch": lambda store: unmatch(store, 1, 0, AT, "no match"),
    "hold": lambda store: hold(store, _item(store), 0, AT, "later"),
    "give back": lambda store: give_back(store, _item(store), 0, AT, "not ours"),
    "park": lambda store: park(store, _alone(store), 0, Parking("suspense", Decimal("5.00")), AT, "whose"),
    "trace": lambda store: keep_try(store, _alone(store), "claim", Clues(), (), AT, note="none"),
    "post a claim": lambda store: post_by_hand(store, _claim(store), 0, "M1", DAY, AT, "posted"),
    "undo a run": lambda store: undo_run(store, 1, AT, "wrong"),
    "set a rule": lambda store: save_rule(store, "exact_trace", RuleSetting(False, "confirmed", {}), DAY, "eve", "off"),
    "set a rate": lambda store: add_rate(store, Decimal("7.77"), DAY, "eve", "new"),
    "prepare": lambda store: prepare(store, DAY, "eve", "again"),
    "review": lambda store: review(store, DAY, "eve", "again"),
}


def _alone(store: Store) -> int:
    """The deposit that no remittance has."""
    return int(query(store, "parked/deposits", {"as_of": NEXT})["bank_transaction_id"].iloc[0])


def _claim(store: Store) -> int:
    """A claim of a remittance."""
    with store.cursor() as cursor:
        return int(cursor.execute("select min(claim_payment_id) from claim_payments").fetchall()[0][0])


def _item(store: Store) -> str:
    return str(unmatched(store, DAY).iloc[0]["item_id"])


def _proposal(store: Store) -> int:
    found = unmatched(store, DAY)["proposed_match_id"].dropna()
    return int(found.iloc[0])


def _open_two(store: Store) -> list[Chosen]:
    items = unmatched(store, DAY)
    by_side = {row["side"]: row for row in items.to_dict("records")}
    return [Chosen(side, by_side[side]["fact_id"], by_side[side]["amount"]) for side in ("bank", "remittance")]


@pytest.fixture(scope="module")
def shut() -> Iterator[Store]:
    """The small day with a short payment that is proposed, closed; nothing that tests try changes it."""
    with open_store(None) as store:
        a_day(store)
        loaded(store, remittance_835("TRACE0004", "88.00", control=4), bai2(("TRACE0004", "44.00"), account="5679"))
        match(store, DAY, "rules")
        closed(store)
        yield store


@pytest.mark.parametrize("door", [pytest.param(act, id=name) for name, act in REFUSED.items()])
def test_as_of_a_closed_day_nothing_is_done(shut: Store, door: Callable[[Store], object]) -> None:
    """Each is refused in words, and nothing is written."""
    before = _row_counts(shut)
    with pytest.raises(DayClosed, match=CLOSED):
        door(shut)
    assert _row_counts(shut) == before


def _row_counts(store: Store) -> dict[str, int]:
    with store.cursor() as cursor:
        tables = [name for (name,) in cursor.execute("from (select table_name from duckdb_tables())").fetchall()]
        return {name: cursor.execute(f"select count(*) from {name}").fetchall()[0][0] for name in tables}


def test_the_working_day_is_the_first_open_one(signed: Store) -> None:
    """Where the latest day is closed; a late file then is of that day and says so."""
    assert (latest_day(signed), working_day(signed)) == (DAY, NEXT)
    _loads(signed)
    assert latest_day(signed) == NEXT
    late = unmatched(signed, NEXT)
    assert len(late) != len(unmatched(signed, DAY))


@pytest.fixture(scope="module")
def said_at_closing() -> dict[str, bytes]:
    """What the reports said of the small day when it was closed."""
    with open_store(None) as store:
        a_day(store)
        closed(store)
        return reported(store)


def test_all_doors_one_after_another_change_nothing(signed: Store) -> None:
    """And the open day sees what came."""
    before = reported(signed)
    for door in (_holds, _unmatches, _loads, _matches, _sets):
        door(signed)
    assert reported(signed) == before
    assert reported(signed, NEXT) != before
    assert [one.name for one in verify(signed) if one.failures] == []


def test_a_day_reopened_takes_what_came_late_and_closes_again(signed: Store) -> None:
    """With a reason; what was signed before is kept beside the new signatures."""
    first = closing_of(signed, DAY) or {}
    _loads(signed)
    with pytest.raises(DecisionRefused, match="reason"):
        reopen(signed, DAY, "ana", " ")
    before = len(REPORTS["remittances"].make(signed, DAY))
    reopen(signed, DAY, "ana", "the payer sent it late")
    assert (closing_of(signed, DAY) or {})["reopened_for"] == "the payer sent it late"
    assert len(REPORTS["remittances"].make(signed, DAY)) == before + 2
    with pytest.raises(RequestRefused, match="re-opened"):
        certificate(signed, DAY)
    match(signed, DAY, "rules")
    closed(signed)
    again = closing_of(signed, DAY) or {}
    assert again["status"] == "closed" and again["content_hash"] != first["content_hash"]
    signed_first, signed_again = (totals_of(signed, one["closing_id"])["amount"] for one in (first, again))
    assert list(signed_first) != list(signed_again)


def test_days_are_reopened_from_the_last_one(signed: Store) -> None:
    """A closed day rests on those before it."""
    loaded(signed, bai2(("TRACE0008", "8.00"), day="261103"))
    match(signed, NEXT, "rules")
    closed(signed, NEXT)
    with pytest.raises(DecisionRefused, match="re-open the later day first"):
        reopen(signed, DAY, "ana", "why")
    reopen(signed, NEXT, "ana", "why")
    reopen(signed, DAY, "ana", "why")
    assert first_open_day(signed) < DAY


def test_the_same_files_elsewhere_give_the_same_hash(signed: Store) -> None:
    """Content, not ids: loaded in another order, after other files."""
    with open_store(None) as other:
        later = remittance_835("OTHER", "1.00", control=99).replace(b"261102", b"261120")
        loaded(other, later, bai2(("TRACE0001", "100.00"), ("TRACE0002", "55.00")))
        a_day_again = [
            table_csv("account_number,balance,credit_date,extract_date", "ACC1,-5.00,2026-10-01,2026-11-02"),
            batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
            remittance_835("TRACE0003", "70.00", control=3),
            remittance_835("TRACE0001", "100.00"),
        ]
        loaded(other, *a_day_again)
        match(other, DAY, "someone")
        assert content_of(other, DAY) == content_of(signed, DAY)


TOLD_AGAIN = [
    pytest.param("100.00", True, id="to the same dollars"),
    pytest.param("90.00", False, id="otherwise: the figures follow the later, its facts are the same"),
]


@pytest.mark.parametrize(("amount", "is_same"), TOLD_AGAIN)
def test_a_batch_told_again_gives_the_same_facts_in_either_order(amount: str, is_same: bool) -> None:
    """The hash of the facts looks at every telling, so that no order of loading makes it another one."""
    first = batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")])
    again = batch_csv(
        [("B1", amount, "ACC1", "TRACE0001", "PAYMENT", amount), ("B2", "1.00", "ACC2", "", "PAYMENT", "1.00")]
    )
    found = []
    for tellings in ((first, again), (again, first)):
        with open_store(None) as store:
            loaded(store, bai2(("TRACE0001", "100.00")), remittance_835("TRACE0001", "100.00"), *tellings)
            match(store, DAY, "rules")
            facts = list(query(store, "closing/facts", {"as_of": DAY})["content"])
            found.append((facts, content_of(store, DAY).content_hash))
    assert found[0][0] == found[1][0]
    assert (found[0][1] == found[1][1]) is is_same


def test_why_an_item_is_held_is_not_in_the_certificate(store: Store) -> None:
    """What people write may name a patient."""
    a_day(store)
    hold(store, _item(store), 0, Who("ana", DAY), "Mrs Miller calls back")
    prepare(store, DAY, "ana", "looked at")
    one = certificate(store, DAY)
    assert "held" in set(one.open_items["why"])
    book = load_workbook(io.BytesIO(certificate_xlsx(one)))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in cells if "Miller" in cell]
    assert b"Miller" not in certificate_pdf(one)


@dataclass(frozen=True)
class Replayed:
    """The first days of the sample, each loaded, matched and closed in turn, with what reports said at each closing."""

    store: Store
    said: dict[date, dict[str, bytes]]


@pytest.fixture(scope="module")
def replayed() -> Iterator[Replayed]:
    """Six days; among them a file that comes on the last one and tells of three that were closed before."""
    with open_store(None) as store:
        said = {}
        for folder in sorted(FOLDER.iterdir())[:6]:
            day = date.fromisoformat(folder.name)
            list(load(store, sources([folder]), "tests"))
            match(store, day, "rules")
            closed(store, day)
            said[day] = reported(store, day)
        yield Replayed(store, said)


def test_every_closed_day_stays_as_it_was_signed(replayed: Replayed) -> None:
    """Day by day: reports as of each closed day are those of its evening, though days and late files followed."""
    late = query(replayed.store, "files/findings", {"as_of": date(2027, 1, 1)})
    assert (late["code"] == "late_fact").sum() >= 3
    for day, said in replayed.said.items():
        assert reported(replayed.store, day) == said, day
        closing = closing_of(replayed.store, day)
        assert closing is not None and closing["status"] == "closed" and is_unchanged(replayed.store, closing)


def test_the_certificate_says_what_the_reports_say(replayed: Replayed) -> None:
    """Workbook and PDF, to the cent."""
    store, day = replayed.store, date(2026, 11, 4)
    one = certificate(store, day)
    book = load_workbook(io.BytesIO(certificate_xlsx(one)))
    rows = list(book["Totals"].iter_rows(min_row=2, values_only=True))
    told = {row[0]: (row[2], Decimal(str(row[3])).quantize(Decimal("0.01"))) for row in rows}
    for row in summary(store, day).to_dict("records"):
        if row["name"] != "credits":
            assert told[row["name"]] == (row["item_count"], row["amount"]), row["name"]
    differences, items = variances(store, day), unmatched(store, day)
    assert book["Explanations"].max_row == len(differences) + 2
    assert book["Open items"].max_row == len(items) + 2
    said = {row[0]: row[1] for row in book["Certificate"].iter_rows(values_only=True)}
    assert (said["SHA-256"], said["Standing"]) == (one.content_hash, "Closed")
    assert said["Reviewed by"].startswith("ben, ") and said["Review note"] == "seen"
    pdf = certificate_pdf(one)
    assert pdf == certificate_pdf(one)
    for amount in (*one.totals["amount"], total(items["amount"]), total(differences["unexplained"])):
        assert f"({show(amount)})".encode() in pdf
    assert one.content_hash.encode() in pdf


def test_no_account_and_no_patient_is_in_the_certificate(replayed: Replayed) -> None:
    """Neither in the workbook's texts nor in the PDF."""
    store, day = replayed.store, date(2026, 11, 7)
    one = certificate(store, day)
    book = load_workbook(io.BytesIO(certificate_xlsx(one)))
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    text = "\n".join(cells) + certificate_pdf(one).decode("latin-1")
    with store.cursor() as cursor:
        known = cursor.execute("from (select distinct account_number, patient_name from accounts)").fetchall()
        claims = cursor.execute("from (select distinct claim_id, patient_last_name from claim_payments)").fetchall()
    assert len(known) > 50
    assert [number for number, _ in (*known, *claims) if number and number in text] == []
    assert [name for _, name in known if name and name.upper() in text.upper()] == []
