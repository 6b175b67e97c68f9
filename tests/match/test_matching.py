"""Matching on the sample fortnight and on small stores: what is confirmed is right, and what is open says why."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from analysis.match.decisions import Who, confirm, decline
from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF, FOLDER
from analysis.store import Store
from analysis.store.loading import load, sources
from analysis.tieout.variances import variances
from analysis.tieout.verify import CHECKS, verify
from tests import truth
from tests.files import bai2, batch_csv, loaded, remittance_835


def linked(store: Store, left: str, right: str, status: str = "confirmed") -> set[tuple[str, str]]:
    """The references of facts that matches of this status hold together."""
    sides: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in matches(store, AS_OF).to_dict("records"):
        if row["status"] == status:
            sides[row["match_id"]][row["side"]].add(row["reference"])
    return {(one, other) for match in sides.values() for one in match[left] for other in match[right]}


def test_every_certain_link_of_the_truth_is_confirmed_and_no_other(fortnight: Store) -> None:
    """Deposit and remittance: trace, cheque number, damaged trace, payer and amount, or the only sum."""
    assert linked(fortnight, "bank", "remittance") == truth.pairs("bank", "remittance", certain=True)


def test_what_is_not_certain_is_proposed(fortnight: Store) -> None:
    """A fee, an amount that differs, a sum with two answers: the truth is among the proposals."""
    proposed = linked(fortnight, "bank", "remittance", "proposed")
    rest = truth.pairs("bank", "remittance") - truth.pairs("bank", "remittance", certain=True)
    assert rest <= proposed


def test_no_batch_is_tied_to_a_deposit_that_is_not_its_own(fortnight: Store) -> None:
    """Batches tied straight to a deposit by day, account and total."""
    found = linked(fortnight, "bank", "batch")
    assert len(found) > 15
    assert found <= truth.pairs("bank", "batch")


def test_open_and_linked_deposits_are_all_deposits(fortnight: Store) -> None:
    """No deposit is lost between the states; one with a trace waits for its remittance though a batch posted it."""
    items = unmatched(fortnight, AS_OF)
    found = set(items[(items["side"] == "bank") & (items["amount"] > 0)]["reference"].dropna())
    remitted = {bank for bank, _ in linked(fortnight, "bank", "remittance")}
    posted = {bank for bank, _ in linked(fortnight, "bank", "batch")}
    deposits = [row for row in truth.rows("bank") if row["role"] in {"deposit", "not_patient_money"}]
    named = {row["bank_reference"] for row in deposits if truth.money(row["amount"]) > 0 and row["bank_reference"]}
    assert named - remitted - posted <= found <= named - remitted


def test_day_by_day_is_the_same_as_all_at_once(fortnight: Store, store: Store) -> None:
    """Matched each day, with interim days, corrections and overlaps coming in between."""
    for day in sorted(FOLDER.iterdir()):
        list(load(store, sources([day]), "tests"))
        match(store, AS_OF, "tests")
    assert [one.failures for one in verify(store)] == [0] * len(CHECKS)
    for report, key in ((unmatched, "reference"), (variances, "reference"), (matches, "reference")):
        alone, together = report(store, AS_OF), report(fortnight, AS_OF)
        columns = [
            name for name in together.columns if not name.endswith("_id") and name not in ("place", "last_place")
        ]
        columns = [key, *(name for name in columns if name != key)]
        assert told(alone, columns) == told(together, columns)


def told(frame: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    """The rows without the ids, which depend on the order of loading."""
    return sorted(tuple(str(value) for value in row) for row in frame[columns].itertuples(index=False))


def test_a_match_ends_when_its_remittance_turns_out_a_duplicate(store: Store) -> None:
    """An envelope of an earlier day comes late: the deposit goes over to it, and nothing is counted twice."""
    later = remittance_835("TRACE0001", "100.00", control=9).replace(b"*20261102*0800*9*", b"*20261106*0800*9*")
    loaded(store, later, bai2(("TRACE0001", "100.00")))
    match(store, date(2026, 11, 9), "tests")
    loaded(store, remittance_835("TRACE0001", "100.00"))
    match(store, date(2026, 11, 9), "tests")
    assert len(matches(store, date(2026, 11, 9))) == 2
    assert "remittance_without_deposit" not in set(unmatched(store, date(2026, 11, 9))["item_type"])


def test_open_remittances_are_those_nothing_has_paid(fortnight: Store) -> None:
    """By trace: money announced, counted once, not yet tied to a deposit."""
    paid = {trace for _, trace in truth.pairs("bank", "remittance", certain=True)}
    wanted = {
        row["trace_number"]
        for row in truth.rows("remittances")
        if row["duplicate_of"] == "False" and truth.money(row["amount"]) > 0 and row["trace_number"] not in paid
    }
    items = unmatched(fortnight, AS_OF)
    assert set(items[items["item_type"] == "remittance_without_deposit"]["reference"]) == wanted


@pytest.mark.parametrize(
    "item_type",
    [
        "duplicate_remittance",
        "out_of_balance_remittance",
        "rejected_claim",
        "returned_item",
        "takeback_without_opening",
        "taken_for_other_provider",
        "forward_balance_open",
    ],
)
def test_items_of_other_kinds_are_the_truths(fortnight: Store, item_type: str) -> None:
    """Reference and amount of each planted case, and no more."""
    items = unmatched(fortnight, AS_OF)
    found = {(row.reference, row.amount) for row in items[items["item_type"] == item_type].itertuples()}
    planted = [row for row in truth.rows("unmatched") if row["item_type"] == item_type]
    assert found == {(row["reference"], truth.money(row["amount"])) for row in planted}


@pytest.mark.parametrize(
    ("claim", "next_steps"),
    [
        pytest.param("100.00", {"unposted_remittance": "post it"}, id="it adds up"),
        pytest.param(
            "90.00",
            {
                "unposted_remittance": "wait for the corrected remittance before posting",
                "out_of_balance_remittance": "ask the payer for a corrected remittance before posting",
            },
            id="it does not",
        ),
    ],
)
def test_what_does_not_add_up_is_not_to_be_posted(store: Store, claim: str, next_steps: dict[str, str]) -> None:
    """The money has come and no batch posts it: one remittance is told no two things."""
    loaded(store, remittance_835("TRACE0001", "100.00", claims=[("ACC1", claim)]), bai2(("TRACE0001", "100.00")))
    match(store, date(2026, 11, 9), "tests")
    items = unmatched(store, date(2026, 11, 9))
    assert dict(zip(items["item_type"], items["next_step"], strict=True)) == next_steps


def test_a_second_run_changes_nothing(fortnight: Store) -> None:
    """All that can be matched was."""
    before = matches(fortnight, AS_OF)
    assert all(result.groups == 0 for result in match(fortnight, AS_OF, "tests"))
    assert matches(fortnight, AS_OF).equals(before)


def test_a_dry_run_tells_and_changes_nothing(store: Store) -> None:
    """The same groups as the real run that follows."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "100.00")))
    told = match(store, date(2026, 11, 3), "tests", dry_run=True)
    assert matches(store, date(2026, 11, 3)).empty
    assert match(store, date(2026, 11, 3), "tests") == told
    assert told[0].groups == 1


@pytest.mark.parametrize(
    ("bank", "rules"),
    [
        pytest.param([("TRACE0001", "100.00")], {("exact_trace", "confirmed")}, id="trace and amount agree"),
        pytest.param([("trace 0001", "100.00")], {("exact_trace", "confirmed")}, id="blanks and case do not matter"),
        pytest.param([("TRACE0001", "100.01")], {("trace_short", "proposed")}, id="one cent more is another amount"),
        pytest.param([("TRACE0021", "100.00")], {("damaged_trace", "confirmed")}, id="one digit wrong, payer agrees"),
        pytest.param([("TRACE0002", "100.00")], {("damaged_trace_again", "proposed")}, id="perhaps the next trace"),
        pytest.param([("TRACE0099", "100.00")], set(), id="another trace is another payment"),
        pytest.param(
            [("TRACE0001", "100.00"), ("TRACE0001", "100.00")],
            {("exact_trace", "proposed")},
            id="a tie confirms nothing",
        ),
    ],
)
def test_one_deposit(store: Store, bank: list[tuple[str, str]], rules: set[tuple[str, str]]) -> None:
    """One remittance of 100.00 under TRACE0001, and what the bank says."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(*bank))
    match(store, date(2026, 11, 3), "tests")
    found = matches(store, date(2026, 11, 3))
    assert set(zip(found["rule"], found["status"], strict=True)) == rules


def test_a_duplicate_remittance_takes_no_deposit_and_is_an_item(store: Store) -> None:
    """The same payment in two envelopes is paid once."""
    first = remittance_835("TRACE0001", "100.00")
    again = remittance_835("TRACE0001", "100.00", control=77)
    loaded(store, first, again, bai2(("TRACE0001", "100.00")))
    match(store, date(2026, 11, 3), "tests")
    assert len(matches(store, date(2026, 11, 3))) == 2
    items = unmatched(store, date(2026, 11, 3))
    assert set(items["item_type"]) == {"unposted_remittance", "duplicate_remittance"}


def test_later_facts_are_not_yet_known(store: Store) -> None:
    """As of the day before the deposit, the remittance still waits for it."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "100.00"), day="261105"))
    match(store, date(2026, 11, 5), "tests")
    waiting = unmatched(store, date(2026, 11, 4))
    assert list(waiting["item_type"]) == ["remittance_without_deposit"]
    assert "remittance_without_deposit" not in set(unmatched(store, date(2026, 11, 5))["item_type"])


def test_the_nearest_miss_is_in_words(store: Store) -> None:
    """Trace right, amount off by 12.40: the item says so."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "112.40")))
    items = unmatched(store, date(2026, 11, 3)).set_index("item_type")
    assert items.loc["deposit_without_remittance", "why"] == (
        "remittance TRACE0001 has its trace, but the amount is off by 12.40 (deposit over)"
    )
    assert items.loc["deposit_without_remittance", "age_days"] == 1
    assert items.loc["deposit_without_remittance", "amount"] == Decimal("112.40")


@pytest.mark.parametrize(
    ("bank", "advice", "item_type", "why"),
    [
        pytest.param(
            [("TRACE0001", "60.00")],
            [("TRACE0002", "60.00")],
            "deposit_without_remittance",
            "remittance TRACE0002 would fit, but was declined by ana: another payment",
            id="declined",
        ),
        pytest.param(
            [("TRACE0001", "60.00"), ("OTHER0009", "60.00")],
            [("TRACE0001", "60.00")],
            "deposit_without_remittance",
            "remittance TRACE0001 has its amount, but is matched already to another deposit",
            id="taken",
        ),
        pytest.param(
            [("TRACE0001", "60.00"), ("TRACE0001", "60.00"), ("OTHER0009", "60.00")],
            [("TRACE0001", "60.00")],
            "deposit_without_remittance",
            "remittance TRACE0001 has its payer and amount, but another trace",
            id="only proposed to others",
        ),
    ],
)
def test_the_reason_is_true(
    store: Store, bank: list[tuple[str, str]], advice: list[tuple[str, str]], item_type: str, why: str
) -> None:
    """Of the item that nothing is proposed for; a proposal is declined first."""
    loaded(store, bai2(*bank), *[remittance_835(*one, control=n) for n, one in enumerate(advice, start=1)])
    match(store, AS_OF, "tests")
    rows = matches(store, AS_OF)
    if "declined" in why:
        decline(store, int(rows["match_id"].iloc[0]), 0, Who("ana", AS_OF), "another payment")
    items = unmatched(store, AS_OF)
    assert list(items[(items["item_type"] == item_type) & (items["status"] == "open")]["why"]) == [why]


def test_the_nearest_miss_is_of_what_is_still_open(store: Store) -> None:
    """Of 100.00 remitted 87.60 is paid: a deposit of 12.40 has the amount that is open."""
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "87.60")))
    match(store, AS_OF, "tests")
    confirm(store, 1, 0, Who("ana", AS_OF))
    loaded(store, bai2(("OTHER0009", "12.40"), day="261104"))
    items = unmatched(store, AS_OF).set_index("item_type")
    assert items.loc["deposit_without_remittance", "why"] == (
        "remittance TRACE0001 has its payer and amount, but another trace"
    )


def test_a_batch_is_tied_to_the_remittance_that_its_lines_name(store: Store) -> None:
    """Even where it was keyed wrong: that is a variance, not a missing match."""
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "99.00")]),
    )
    match(store, date(2026, 11, 3), "tests")
    found = matches(store, date(2026, 11, 3)).set_index("side")
    assert found.loc["batch", "amount"] == Decimal("99.00")
    assert found.loc["remittance", "amount"] == Decimal("100.00")
