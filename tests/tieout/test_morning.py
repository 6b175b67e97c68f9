"""The fifteen questions of the morning: every figure is the count and sum of its rows, and says what the truth says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from analysis.match.late_after import DEFAULT, late_after, set_late_after
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.money import total
from analysis.problems import RequestRefused
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.summary import morning_of, morning_report
from analysis.tieout.figures import GROUPS, Figure
from analysis.tieout.questions import NOT_KEPT, QUESTIONS
from analysis.tieout.variances import variances
from tests import truth
from tests.files import bai2, batch_csv, loaded, lockbox_bai2, remittance_835

MONDAY = date(2026, 11, 2)
DAYS = [date(2026, 11, day) for day in (2, 6, 11)] + [AS_OF]


@pytest.fixture(scope="module")
def figures(fortnight: Store) -> Mapping[str, Figure]:
    """The sample's figures on its last day, by name."""
    return {figure.name: figure for figure in morning_of(fortnight, AS_OF)}


def figure(store: Store, name: str, as_of: date = MONDAY) -> tuple[int, str | None]:
    """Count and amount of one figure."""
    found = next(one for one in morning_of(store, as_of) if one.name == name)
    return found.count, None if found.amount is None else str(found.amount)


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_every_figure_is_the_count_and_the_sum_of_its_rows(fortnight: Store, as_of: date) -> None:
    """On any day; and each has a definition, a group, and the columns that it shows."""
    found = morning_of(fortnight, as_of)
    assert [one.name for one in found] == [asked.name for asked in QUESTIONS]
    for one in found:
        assert one.count == len(one.rows)
        assert one.definition.endswith(".") and "{" not in one.label + one.definition
        assert set(one.asked.columns) <= set(one.rows.columns), one.name
        if one.asked.money is not None:
            assert one.amount == sum((amount for amount in one.rows[one.asked.money].dropna()), Decimal(0))
        if one.asked.opens is not None:
            assert one.asked.opens_by in one.rows.columns


def test_the_fifteen_questions_are_all_there() -> None:
    """Answered, or named as not kept yet; in the order of the groups."""
    assert {one.question for one in (*QUESTIONS, *NOT_KEPT)} == set(range(1, 16))
    order = [list(GROUPS).index(one.group) for one in QUESTIONS]
    assert order == sorted(order)


def test_the_report_holds_every_figure_and_what_is_not_kept(fortnight: Store) -> None:
    """What is not kept has no number: nothing is made up."""
    frame = morning_report(fortnight, AS_OF)
    assert len(frame) == len(QUESTIONS) + len(NOT_KEPT)
    missing = frame[frame["name"] == "not_kept"]
    assert missing["item_count"].isna().all() and missing["amount"].isna().all()


def test_what_landed_is_the_truth_of_the_last_day(figures: Mapping[str, Figure]) -> None:
    """Every bank credit of Friday that somebody paid."""
    paid = [row for row in truth.rows("bank") if row["role"] in ("deposit", "not_patient_money")]
    friday = [truth.money(row["amount"]) for row in paid if row["date"] == AS_OF.isoformat()]
    friday = [amount for amount in friday if amount > 0]
    assert (figures["landed"].count, figures["landed"].amount) == (len(friday), total(friday))
    assert figures["landed"].label == "Landed on Fri 11-13"


def test_what_was_taken_back_is_in_the_truth(figures: Mapping[str, Figure]) -> None:
    """Every provider adjustment above zero, once, and every reversal of the truth's sign."""
    wanted = [truth.money(row["amount"]) for row in truth.rows("takebacks")]
    rows = figures["takebacks"].rows
    mine = rows[rows["kind"] == "provider_adjustment"]
    assert sorted(mine["amount"]) == sorted(amount for amount in wanted if amount > 0)


@pytest.mark.parametrize(
    ("name", "item_type"),
    [
        ("out_of_balance", "out_of_balance_remittance"),
        ("cannot_post", "rejected_claim"),
        ("returned", "returned_item"),
    ],
)
def test_planted_faults_are_counted(figures: Mapping[str, Figure], name: str, item_type: str) -> None:
    """As many, and as much, as the truth planted."""
    planted = [truth.money(row["amount"]) for row in truth.rows("unmatched") if row["item_type"] == item_type]
    assert (figures[name].count, figures[name].amount) == (len(planted), total(planted))


def test_unposted_money_is_what_its_link_opens(fortnight: Store, figures: Mapping[str, Figure]) -> None:
    """Deposits alone, no item taken back; the filters of the link leave the same rows of Variances."""
    chosen = figures["unposted"].asked.chosen
    rows = variances(fortnight, AS_OF)
    opened = rows[rows["causes"].isin(chosen["causes"]) & rows["batch_type"].isna()]
    assert (figures["unposted"].count, figures["unposted"].amount) == (27, total(opened["variance"]))
    assert set(figures["unposted"].rows["variance_id"]) == set(opened["variance_id"])
    assert (figures["unposted"].rows["variance"] > 0).all()


def test_credits_are_those_of_the_truth(figures: Mapping[str, Figure]) -> None:
    """All of them, and those that began within a week."""
    rows = truth.rows("credits")
    assert figures["credits"].amount == total(truth.money(row["credit_balance"]) for row in rows)
    fresh = [row for row in rows if int(row["age_days"]) < 7]
    assert figures["new_credits"].count == len(fresh)


def test_the_overdue_are_open_items_past_their_days(fortnight: Store, figures: Mapping[str, Figure]) -> None:
    """Together they are what is open, without a partner and older than three business days; none is counted twice."""
    items = unmatched(fortnight, AS_OF)
    kinds = ("deposit_without_remittance", "unidentified_payment", "remittance_without_deposit")
    late = items[items["item_type"].isin(kinds) & (items["business_days"] > DEFAULT)]
    names = ("late_efts", "late_money", "late_remittances")
    assert sum(figures[name].count for name in names) == len(late) > 20
    assert total(figures[name].amount for name in names) == total(late["amount"])


@pytest.mark.parametrize(
    ("as_of", "count"),
    [
        pytest.param(date(2026, 11, 5), 0, id="three business days: in time"),
        pytest.param(date(2026, 11, 6), 1, id="the fourth: overdue"),
    ],
)
@pytest.mark.parametrize(
    ("name", "file"),
    [
        pytest.param("late_efts", bai2(("TRACE000001", "10.00")), id="EFT without remittance"),
        pytest.param("late_money", lockbox_bai2("10.00"), id="lockbox without remittance"),
        pytest.param("late_remittances", remittance_835("TRACE000001", "10.00"), id="remittance without money"),
        pytest.param(
            "posted_no_money",
            batch_csv([("B1", "10.00", "ACC1", "T1", "PAYMENT", "10.00")]),
            id="posted without money",
        ),
    ],
)
def test_overdue_is_counted_in_business_days(store: Store, name: str, file: bytes, as_of: date, count: int) -> None:
    """Monday's is in time until Thursday is over."""
    loaded(store, file)
    assert figure(store, name, as_of) == (count, "10.00" if count else "0.00")


def test_a_holiday_is_no_day_to_be_late_on(store: Store) -> None:
    """Friday's EFT: Monday, Tuesday, Thursday after Veterans Day are three; on Friday it is overdue."""
    loaded(store, bai2(("TRACE000001", "10.00"), day="261106"))
    assert figure(store, "late_efts", date(2026, 11, 12))[0] == 0
    assert figure(store, "late_efts", date(2026, 11, 13))[0] == 1


def test_the_days_are_a_dated_setting(store: Store) -> None:
    """Three by default; what the site sets holds from its day on, in the figures and in the reasons."""
    loaded(store, bai2(("TRACE000001", "10.00")), remittance_835("TRACE000009", "20.00", control=2))
    set_late_after(store, 1, date(2026, 11, 5), "ana", "our lead's rule")
    assert [late_after(store, date(2026, 11, day)) for day in (4, 5)] == [3, 1]
    assert figure(store, "late_efts", date(2026, 11, 4))[0] == 0
    assert figure(store, "late_efts", date(2026, 11, 5))[0] == 1
    reasons = unmatched(store, date(2026, 11, 5)).set_index("item_type")["why"]
    assert reasons["remittance_without_deposit"].startswith("late: 3 business days")


def test_a_claim_paid_again_and_a_line_posted_twice_are_duplicates(store: Store) -> None:
    """The same payer, claim and amount in another payment; the same line once more in a batch."""
    line = ("B1", "20.00", "ACC1", "T1", "PAYMENT", "10.00")
    loaded(
        store,
        remittance_835("TRACE000001", "10.00"),
        remittance_835("TRACE000002", "10.00", control=2),
        batch_csv([line, line]),
    )
    found = next(one for one in morning_of(store, MONDAY) if one.name == "duplicates")
    assert found.rows["kind"].tolist() == ["claim_payment", "posting_line"]
    assert (found.count, found.amount, found.note) == (2, Decimal("20.00"), "claim payment: 1, posting line: 1")


def test_matched_and_posted_are_told_by_who_and_how_soon(store: Store) -> None:
    """A deposit tied by a rule and posted on its day; another is not matched."""
    loaded(
        store,
        bai2(("TRACE000001", "10.00"), ("TRACE000005", "5.00")),
        remittance_835("TRACE000001", "10.00"),
        batch_csv([("B1", "10.00", "ACC1", "TRACE000001", "PAYMENT", "10.00")]),
    )
    match(store, MONDAY, "tests")
    found = {one.name: one for one in morning_of(store, MONDAY)}
    assert (found["by_rule"].count, found["by_rule"].note) == (1, "50 % of 2 deposits")
    assert (found["days_to_post"].amount, found["by_hand"].count) == (Decimal("10.00"), 0)
    assert found["days_to_post"].note == "nine in ten by the day they came"


def test_an_empty_store_has_figures_of_nothing(store: Store) -> None:
    """No figure fails where nothing is loaded."""
    assert {one.count for one in morning_of(store, MONDAY)} == {0}


@pytest.mark.parametrize(
    ("days", "reason", "words"),
    [
        pytest.param(-1, "why", "wanted 0 to 30 business days, found -1", id="below"),
        pytest.param(31, "why", "wanted 0 to 30 business days, found 31", id="above"),
        pytest.param(5, " ", "needs a reason", id="no reason"),
    ],
)
def test_late_after_refuses(store: Store, days: int, reason: str, words: str) -> None:
    """And what was in force stays."""
    with pytest.raises(RequestRefused, match=words):
        set_late_after(store, days, AS_OF, "ana", reason)
    assert late_after(store, AS_OF) == DEFAULT
