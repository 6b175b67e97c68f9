"""Trace: whatever is known of the money is found, in the order of days, and nothing of later days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

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


ALL = {"bank line", "remittance", "claim", "posted line", "posting batch", "match"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("100.00", ALL, id="amount"),
        pytest.param("$100.00", ALL, id="dollars"),
        pytest.param("TRACE1", ALL, id="trace without its zeros"),
        pytest.param("trace-1", ALL, id="trace spelled otherwise"),
        pytest.param("acc1", ALL, id="account and claim"),
        pytest.param("ICNACC1", ALL, id="the payer's claim number"),
        pytest.param("b1", ALL, id="batch"),
        pytest.param("test pay", {"bank line", "remittance", "posting batch", "match"}, id="part of a payer's name"),
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


@pytest.mark.parametrize(
    ("text", "claim", "words"),
    [
        ("1828.00", "1828.00", "batch E1109-001, line 2: keyed 1,288.00 for 1,828.00, digits swapped"),
        ("1288.00", "1828.00", "batch E1109-001, line 2: keyed 1,288.00 for 1,828.00, digits swapped"),
        ("5390.00", "539.00", "batch E1106-001, line 2: keyed 5,390.00 for 539.00, decimal point moved"),
        ("982.00", "928.00", "batch M1105-003, line 2: keyed 982.00 for 928.00, digits swapped"),
    ],
)
def test_a_slip_is_found_from_either_amount(fortnight: Store, text: str, claim: str, words: str) -> None:
    """What was paid and what was keyed for it, with batch and line, from deposit to account; each match once."""
    found = trace(fortnight, text, AS_OF)
    assert list(found[found["what"] == "keyed"]["words"]) == [words]
    assert Decimal(claim) in set(found[found["what"] == "claim"]["amount"])
    assert {"bank line", "remittance", "posting batch", "account entry"} <= set(found["what"])
    matches = found[found["what"] == "match"]["words"]
    assert len(matches) == len(set(matches)) == 2 and not matches.str.contains("batch_reference").any()


@pytest.mark.parametrize("text", ["72.40", "BLU26000000013", "blu-26000000013"])
def test_a_provider_adjustment_is_found(fortnight: Store, text: str) -> None:
    """By its amount and by its reference, with the remittance that told it."""
    found = trace(fortnight, text, AS_OF)
    taken = found[found["what"] == "provider adjustment"]
    assert [str(amount) for amount in taken["amount"]] == ["-72.40"]
    assert list(taken["reference"]) == ["BLU26000000013"]
    assert "EFT000001G83" in set(found[found["what"] == "remittance"]["reference"])


def test_other_claims_of_the_remittance_stay_out(fortnight: Store) -> None:
    """A claim is traced up to its deposit, not down again to its neighbours; the trace number brings them all."""
    assert list(trace(fortnight, "1828.00", AS_OF)["what"]).count("claim") == 1
    assert list(trace(fortnight, "EFT000001G83", AS_OF)["what"]).count("claim") == 4


def test_no_name_of_a_patient_comes_out(fortnight: Store) -> None:
    """Neither a receipt's payer, who is a patient, nor a patient's batch."""
    found = trace(fortnight, "364.48", AS_OF)
    assert "receipt" in set(found["what"])
    assert "MOCKINGHAM" not in found.to_csv() and found[found["what"] == "receipt"]["payer_name"].isna().all()


def test_a_line_that_does_not_count_says_why(fortnight: Store) -> None:
    """The returned item was told on Friday, and again in Monday's correction."""
    found = trace(fortnight, "364.48", AS_OF + timedelta(days=3))
    told = sorted(found[(found["what"] == "bank line") & (found["amount"] < 0)]["words"])
    assert told == [
        "agrees in amount, sign turned",
        "agrees in amount, sign turned; does not count: corrected by the bank",
    ]


def test_events_stand_in_order_of_days(fortnight: Store) -> None:
    """Whatever kind they are."""
    days = list(trace(fortnight, "NOVERIA", AS_OF)["day"])
    assert len(days) > 50 and days == sorted(days)
