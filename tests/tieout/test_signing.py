"""What signatures rest on: write-offs and resolutions, the account at the desk, and the facts of a re-opened day."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from analysis.exports.certificate import certificate_pdf, certificate_xlsx
from analysis.match.closed_days import MOST_DAYS_AHEAD
from analysis.match.decisions import Who, hold
from analysis.match.run import match
from analysis.match.standing import item_version
from analysis.match.unmatched import unmatched
from analysis.problems import DayAhead, DecisionRefused
from analysis.store import Store
from analysis.tieout.certificate import certificate
from analysis.tieout.closing import closing_of, prepare, reopen, review
from analysis.tieout.closing_checks import checks
from analysis.tieout.settling import approve, resolve, write_off
from analysis.tieout.variances import variances
from analysis.tieout.write_offs import settled, write_offs
from tests.files import bai2, batch_csv, loaded, remittance_835

DAY, NEXT = date(2026, 11, 2), date(2026, 11, 3)
ANA, BEN = Who("ana", DAY), Who("ben", DAY)


def keyed(store: Store, amount: str) -> None:
    """A remittance of 100.00, its deposit, and its batch keyed with that amount, as told on that day."""
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        bai2(("TRACE0001", "100.00")),
        batch_csv([("B1", amount, "ACC1", "TRACE0001", "PAYMENT", amount)]),
    )
    match(store, DAY, "rules")


@pytest.fixture
def short(store: Store) -> Store:
    """A batch keyed three dollars too high."""
    keyed(store, "103.00")
    return store


def test_a_write_off_after_preparing_is_not_signed_over(short: Store) -> None:
    """The day has changed: it is prepared anew, and the certificate lists what was written off and resolved."""
    prepare(short, DAY, "ana", "looked at")
    write_off(short, "batch B1", Decimal("-3.00"), ANA, "payer rounds")
    with pytest.raises(DecisionRefused, match="has changed since it was prepared"):
        review(short, DAY, "ben", "seen")
    prepare(short, DAY, "ana", "looked at")
    resolve(short, "batch B1", "payer_asked", ANA, "")
    with pytest.raises(DecisionRefused, match="has changed since it was prepared"):
        review(short, DAY, "ben", "seen")
    prepare(short, DAY, "ana", "looked at")
    review(short, DAY, "ben", "seen")
    one = certificate(short, DAY)
    sheet = load_workbook(io.BytesIO(certificate_xlsx(one)))["Explanations"]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ("written_off" in head) and any(-3 in row and "payer_asked" in row for row in rows)
    assert b"Written off, or resolved" in certificate_pdf(one)


def test_the_second_person_is_another_one(store: Store) -> None:
    """Not the same name with a blank or capitals."""
    keyed(store, "109.00")
    number = write_off(store, "batch B1", Decimal("-9.00"), ANA, "small")
    with pytest.raises(DecisionRefused, match="second person"):
        approve(store, number, Who(" ANA", DAY), "ok")
    approve(store, number, BEN, "ok")
    assert list(write_offs(store, DAY)["status"]) == ["approved"]


@pytest.mark.parametrize(
    ("variance_id", "amount", "words"),
    [("batch NOPE", "3.00", "no difference batch NOPE is listed"), ("batch B1", "-2.00", "the difference is -3.00")],
)
def test_only_what_is_listed_is_written_off(short: Store, variance_id: str, amount: str, words: str) -> None:
    """A difference that is none, or of another amount, is refused, and nothing is written."""
    with pytest.raises(DecisionRefused, match=words):
        write_off(short, variance_id, Decimal(amount), ANA, "why")
    with pytest.raises(DecisionRefused, match="no difference batch NOPE"):
        resolve(short, "batch NOPE", "payer_asked", ANA, "")
    assert write_offs(short, DAY).empty
    assert settled(short, DAY) == {}


def test_the_account_is_kept_with_the_signature(store: Store) -> None:
    """Also without a note; and it does not count as one."""
    keyed(store, "100.00")
    prepare(store, DAY, "ana", account="front desk")
    assert (closing_of(store, DAY) or {})["note"] == "all checks hold (signed from the account front desk)"
    with pytest.raises(DecisionRefused, match="no note"):
        review(store, DAY, "ben", " ", account="front desk")
    review(store, DAY, "ben", "seen", account="Ben")
    assert (closing_of(store, DAY) or {})["review_note"] == "seen"


def test_a_day_far_ahead_is_refused(store: Store) -> None:
    """A mistyped year would hold for a decade."""
    keyed(store, "100.00")
    loaded(store, bai2(("QQQ1", "1.00"), day="261102"))
    ahead = max(DAY, date.today()) + timedelta(days=MOST_DAYS_AHEAD + 2)
    with pytest.raises(DayAhead, match="lies far ahead"):
        match(store, ahead, "rules")
    item = str(unmatched(store, DAY).iloc[0]["item_id"])
    with pytest.raises(DayAhead):
        hold(store, item, item_version(store, item), Who("ana", ahead), "asked")
    match(store, DAY + timedelta(days=7), "rules")


def test_a_reopened_day_shows_what_was_matched_of_its_late_facts(store: Store) -> None:
    """A batch told anew after its day was closed ties as of that day once it is open again."""
    keyed(store, "1000.00")
    prepare(store, DAY, "ana", "looked at")
    review(store, DAY, "ben", "seen")
    loaded(
        store,
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
        bai2(("NEW1", "5.00"), day="261104"),
    )
    match(store, date(2026, 11, 4), "rules")
    before = variances(store, DAY)
    assert list(before["variance_id"]) == ["batch B1"]
    reopen(store, DAY, "ana", "the batch was told anew")
    assert variances(store, DAY).empty
    assert {one.name: one.holds for one in checks(store, DAY)}["matched_in_time"]
    prepare(store, DAY, "ana")


def test_what_was_matched_only_later_needs_a_note(store: Store) -> None:
    """A remittance of the day that comes two days later: on the day its deposit stands open, and the close says so."""
    loaded(store, bai2(("TRACE0001", "100.00")))
    match(store, DAY, "rules")
    loaded(store, bai2(("NEW1", "5.00"), day="261104"))
    match(store, date(2026, 11, 4), "rules")
    loaded(store, remittance_835("TRACE0001", "100.00"))
    match(store, date(2026, 11, 4), "rules")
    found = {one.name: one for one in checks(store, DAY)}["matched_in_time"]
    assert (found.holds, found.item_count, found.amount) == (False, 1, Decimal("100.00"))
    with pytest.raises(DecisionRefused, match="matched only later"):
        prepare(store, DAY, "ana")
    prepare(store, DAY, "ana", "it came on the fourth")
