"""The missing-file radar: a day left out is flagged; a weekend, a bank holiday and a source's own rhythm are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from analysis.days import is_business_day
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.radar import arrivals, radar, strip
from analysis.tieout.rhythm import business_days, expected_next, missing_days, rhythm_of, state_of
from tests.files import bai2, batch_csv, loaded, remittance_835, table_csv

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 30)
MONTH = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
BUSINESS = [day for day in MONTH if is_business_day(day)]
TUESDAYS_AND_FRIDAYS = [day for day in MONTH if day.weekday() in (1, 4)]
VETERANS, THANKSGIVING = date(2026, 11, 11), date(2026, 11, 26)


def bank_days(*days: date) -> list[bytes]:
    """A bank file of each day, one deposit in it."""
    return [bai2((f"TRACE{day:%m%d}01", "10.00"), day=f"{day:%y%m%d}") for day in days]


def advice(day: date, number: int, payer: str = "1999999999") -> bytes:
    """An 835 that was sent on that day."""
    made = remittance_835(f"TR{day:%m%d}{number:04d}", "10.00", control=number, payer=payer)
    return made.replace(b"20261102*0800", f"{day:%Y%m%d}*0800".encode())


def source(store: Store, as_of: date = LAST) -> dict[str, Any]:
    """The one source there is, as a row."""
    frame = radar(store, as_of)
    assert len(frame) == 1
    return {name: frame[name].iloc[0] for name in frame.columns}


def without(days: Sequence[date], *gone: date) -> list[date]:
    """The days but those."""
    return [day for day in days if day not in gone]


@pytest.mark.parametrize(
    "gone", [pytest.param(day, id=f"{day:%a %m-%d}") for day in (date(2026, 11, 3), date(2026, 11, 12), BUSINESS[-2])]
)
def test_a_day_removed_from_a_month_of_bank_files_is_flagged(store: Store, gone: date) -> None:
    """That day and no other: no weekend, neither bank holiday."""
    loaded(store, *bank_days(*without(BUSINESS, gone)))
    found = source(store)
    assert (found["missing_count"], found["missing_days"]) == (1, gone.isoformat())
    assert (found["arrival_state"], found["rhythm"]) == ("on_time", "every business day")


def test_a_whole_month_of_bank_files_lacks_nothing(store: Store) -> None:
    """Veterans Day and Thanksgiving have no file, and are not missed."""
    assert VETERANS not in BUSINESS and THANKSGIVING not in BUSINESS
    loaded(store, *bank_days(*BUSINESS))
    found = source(store)
    assert (found["missing_count"], found["silent_days"], found["arrival_state"]) == (0, 0, "on_time")
    marks = strip(arrivals(store, LAST), LAST)
    assert set(marks["mark"]) == {"came", "expected"}
    assert len(marks) == len(BUSINESS) + 1


def test_a_day_missing_in_the_sample_is_flagged(fortnight: Store) -> None:
    """Both accounts with a daily statement came on each business day, Veterans Day not among them."""
    frame = radar(fortnight, AS_OF).set_index("source_id")
    for account in ("8800412075", "8800412083"):
        assert frame.loc[account, "missing_count"] == 0
        assert frame.loc[account, "rhythm"] == "every business day"
        assert frame.loc[account, "expected_on"] == date(2026, 11, 16)
    came = {key: without_day(rows) for key, rows in arrivals(fortnight, AS_OF).items()}
    flagged = radar(fortnight, AS_OF, came).set_index("source_id")
    assert flagged.loc["8800412075", "missing_days"] == "2026-11-05"


def without_day(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The arrivals but those of one Thursday."""
    return [row for row in rows if row["day"] != date(2026, 11, 5)]


def test_a_payer_of_tuesdays_and_fridays_is_on_time(store: Store) -> None:
    """Its own rhythm, in words; a file sent twice counts as an overlap, not as a day."""
    files = [advice(day, number) for number, day in enumerate(TUESDAYS_AND_FRIDAYS, start=1)]
    again = advice(TUESDAYS_AND_FRIDAYS[0], 1).replace(b"000000001", b"000000099")
    loaded(store, *files, again)
    found = source(store)
    assert (found["rhythm"], found["arrival_state"], found["missing_count"]) == ("usually Tue and Fri", "on_time", 0)
    assert found["expected_on"] == date(2026, 12, 1)
    assert (found["overlap_count"], str(found["overlap_amount"])) == (1, "10.00")


@pytest.mark.parametrize(
    ("as_of", "state", "silent"),
    [
        pytest.param(date(2026, 11, 27), "on_time", 0, id="on its Friday"),
        pytest.param(date(2026, 11, 30), "on_time", 1, id="before its Tuesday"),
        pytest.param(date(2026, 12, 1), "due_today", 2, id="by the end of its Tuesday"),
        pytest.param(date(2026, 12, 2), "late", 3, id="late on Wednesday"),
        pytest.param(date(2026, 12, 8), "silent", 7, id="silent a week later"),
    ],
)
def test_silence_is_counted_in_business_days(as_of: date, state: str, silent: int) -> None:
    """Due on the expected day, late once it is over; silent once it is away longer than ever."""
    rhythm = rhythm_of(TUESDAYS_AND_FRIDAYS)
    assert rhythm is not None
    assert state_of(rhythm, TUESDAYS_AND_FRIDAYS[-1], as_of) == state
    assert business_days(TUESDAYS_AND_FRIDAYS[-1], as_of) == silent


def test_a_tuesday_left_out_is_missing() -> None:
    """A weekday rhythm misses its own days, and no other."""
    gone = date(2026, 11, 17)
    days = without(TUESDAYS_AND_FRIDAYS, gone)
    assert missing_days(rhythm_of(days), days, LAST) == [gone]


def test_what_a_holiday_keeps_may_come_the_day_after() -> None:
    """A payer of Wednesdays and Thursdays: Veterans Day's came with Thursday's, Thanksgiving's on Friday."""
    days = [day for day in MONTH if day.weekday() in (2, 3) and is_business_day(day)] + [date(2026, 11, 27)]
    assert missing_days(rhythm_of(days), days, LAST) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [
        pytest.param(BUSINESS, "every business day", id="daily"),
        pytest.param(without(BUSINESS, *BUSINESS[::5]), "most business days", id="four of five"),
        pytest.param([day for day in MONTH if day.weekday() == 3], "usually Thu", id="weekly"),
        pytest.param([BUSINESS[0], BUSINESS[3], BUSINESS[6]], "about every 3 business days", id="every third"),
        pytest.param(BUSINESS[:2], None, id="two days tell nothing"),
        pytest.param([FIRST, date(2026, 11, 7), date(2026, 11, 8)], None, id="a weekend is one Friday"),
    ],
)
def test_the_rhythm_in_words(days: list[date], words: str | None) -> None:
    """Three business days at least; weekdays where they hold, else the usual gap."""
    found = rhythm_of(days)
    assert (found.in_words if found else None) == words


def test_the_next_day_is_never_one_on_which_banks_are_closed() -> None:
    """After Tuesday before Veterans Day comes Thursday; a Thursday payer's Thanksgiving is its Friday."""
    daily = rhythm_of(BUSINESS)
    weekly = rhythm_of([day for day in MONTH if day.weekday() == 3])
    assert daily is not None and weekly is not None
    assert expected_next(daily, date(2026, 11, 10)) == date(2026, 11, 12)
    assert expected_next(weekly, date(2026, 11, 19)) == date(2026, 11, 27)


def test_too_few_to_judge_says_so(store: Store) -> None:
    """Two days are no rhythm: no state, nothing expected, nothing missing."""
    loaded(store, *bank_days(FIRST, BUSINESS[5]))
    found = source(store)
    assert (found["arrival_state"], found["missing_count"]) == ("too_few", 0)
    assert found["rhythm"] == "2 days so far; 3 tell a rhythm"


def test_what_came_later_is_not_known_yet(store: Store) -> None:
    """As of a day in the middle of the month, the rest has not come and is not missed."""
    loaded(store, *bank_days(*BUSINESS))
    found = source(store, date(2026, 11, 13))
    assert (found["last_came"], found["expected_on"]) == (date(2026, 11, 13), date(2026, 11, 16))


def test_days_between_two_tables_of_an_account_are_a_gap(store: Store) -> None:
    """A table tells each day from its first line to its last, also days without a line."""
    head = "bank_account,posted_date,description,amount"
    one = table_csv(head, "5678,11/02/2026,DEPOSIT,10.00", "5678,11/05/2026,DEPOSIT,11.00")
    other = table_csv(head, "5678,11/10/2026,DEPOSIT,12.00", "5678,11/12/2026,DEPOSIT,13.00")
    loaded(store, one, other)
    assert source(store)["missing_days"] == "2026-11-06, 2026-11-09"


def test_posting_is_a_source_of_its_own(store: Store) -> None:
    """Batches come by their posting days; a batch told anew in another file is an overlap."""
    batches = [
        batch_csv([(f"B{number}", "10.00", "ACC1", "T", "PAYMENT", "10.00")], day.isoformat())
        for number, day in enumerate(without(BUSINESS, date(2026, 11, 19)))
    ]
    anew = batch_csv([("B0", "9.00", "ACC1", "T", "PAYMENT", "9.00")], FIRST.isoformat())
    loaded(store, *batches, anew)
    found = source(store)
    assert (found["source_name"], found["missing_days"]) == ("Posting batches", "2026-11-19")
    assert (found["overlap_count"], str(found["overlap_amount"])) == (1, "10.00")


def test_who_did_not_come_on_the_day_is_due(fortnight: Store) -> None:
    """By the end of Friday three payers of that day have not come: no alarm yet, and not on time."""
    frame = radar(fortnight, AS_OF)
    due = frame[frame["arrival_state"] == "due_today"]
    assert set(due["source_name"]) == {
        "JUNIPER COMMERCIAL HEALTH",
        "MAPLELAND STATE MEDICAID",
        "STONEBRIDGE EMPLOYERS HEALTH",
    }
    assert (due["expected_on"] == AS_OF).all()
    assert (frame[frame["arrival_state"] == "on_time"]["expected_on"] > AS_OF).all()


def test_marks_and_count_of_missing_days_agree(fortnight: Store) -> None:
    """A payer that comes by its gap alone is overdue, and no day of it is missing."""
    frame = radar(fortnight, AS_OF).set_index("source_name")
    marks = strip(arrivals(fortnight, AS_OF), AS_OF)
    missing = marks[marks["mark"] == "missing"].groupby("source_name").size()
    assert {name: int(missing.get(name, 0)) for name in frame.index} == frame["missing_count"].to_dict()
    candlewick = marks[marks["source_name"] == "CANDLEWICK HEALTH PARTNERS"]
    assert list(candlewick[candlewick["day"] == date(2026, 11, 12)]["mark"]) == ["overdue"]


def test_overlaps_of_the_sample_are_all_that_came_twice(fortnight: Store) -> None:
    """Counts and dollars add up to the duplicates and overlaps that the views mark."""
    frame = radar(fortnight, AS_OF)
    marked = query_table(fortnight, "morning/duplicates", {"as_of": AS_OF}).to_pylist()
    twice = [row for row in marked if row["kind"] in ("remittance", "bank_line")]
    assert frame["overlap_count"].sum() == len(twice)
    assert frame["overlap_amount"].sum() == sum(row["amount"] for row in twice)
