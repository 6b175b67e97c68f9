"""Trace: whatever is known of the money is found, in the order of days, and nothing of later days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analysis.match.run import match
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.tieout.trace import trace
from tests.files import bai2, batch_csv, loaded, remittance_835

DAY = date(2026, 11, 9)


@pytest.fixture
def paid(store: Store) -> Store:
    """A remittance of 100.00 under trace 00TRACE1, its deposit, and a batch of it keyed right."""
    lines = [("B1", "100.00", "ACC1", "00TRACE1", "PAYMENT", "100.00")]
    loaded(store, remittance_835("00TRACE1", "100.00"), bai2(("TRACE1", "100.00"), day="261104"), batch_csv(lines))
    match(store, DAY, "tests")
    return store


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(
            "100.00", {"bank line", "remittance", "claim", "posted line", "posting batch", "match"}, id="amount"
        ),
        pytest.param(
            "$100.00", {"bank line", "remittance", "claim", "posted line", "posting batch", "match"}, id="dollars"
        ),
        pytest.param("TRACE1", {"bank line", "remittance", "posting batch", "match"}, id="trace without its zeros"),
        pytest.param("trace-1", {"bank line", "remittance", "posting batch", "match"}, id="trace spelled otherwise"),
        pytest.param("acc1", {"claim", "posted line", "match"}, id="account and claim"),
        pytest.param("ICNACC1", {"claim"}, id="the payer's claim number"),
        pytest.param("b1", {"posting batch", "match"}, id="batch"),
        pytest.param("test pay", {"bank line", "remittance", "match"}, id="part of a payer's name"),
        pytest.param("99.99", set(), id="an amount nobody told"),
        pytest.param("O'HARA %_", set(), id="signs that SQL knows are only text"),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_what_is_found(paid: Store, text: str, kinds: set[str]) -> None:
    """By kind of event."""
    assert set(trace(paid, text, DAY)["what"]) == kinds


def test_a_past_day_does_not_know_the_deposit(paid: Store) -> None:
    """It came on the 4th."""
    assert "bank line" not in set(trace(paid, "100.00", date(2026, 11, 3))["what"])


def test_1828_finds_the_1288_that_was_keyed_for_it(fortnight: Store) -> None:
    """The sample's best-known slip, with its batch and line."""
    found = trace(fortnight, "1828.00", AS_OF)
    words = list(found[found["what"] == "keyed"]["words"])
    assert words == ["batch E1109-001, line 2: keyed 1,288.00 for 1,828.00, digits swapped"]


def test_no_name_of_a_patient_comes_out(fortnight: Store) -> None:
    """Neither a receipt's payer, who is a patient, nor a patient's batch."""
    found = trace(fortnight, "364.48", AS_OF)
    assert "receipt" in set(found["what"])
    assert "MOCKINGHAM" not in found.to_csv() and found[found["what"] == "receipt"]["payer_name"].isna().all()


def test_a_line_that_does_not_count_says_why(fortnight: Store) -> None:
    """The returned item was told on Friday, and again in Monday's correction."""
    found = trace(fortnight, "364.48", AS_OF + timedelta(days=3))
    told = sorted(found[found["what"] == "bank line"]["words"])
    assert told == [
        "agrees in amount, sign turned",
        "agrees in amount, sign turned; does not count: corrected by the bank",
    ]


def test_events_stand_in_order_of_days(fortnight: Store) -> None:
    """Whatever kind they are."""
    days = list(trace(fortnight, "NOVERIA", AS_OF)["day"])
    assert len(days) > 50 and days == sorted(days)
