"""Parked money: each cent in one place, never more moved than is there, sent on by two people with proof."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analysis.casework.parked import deposits_by_place, lots, money_places, parked_history, parked_version, proof_of
from analysis.casework.parking import Parking, Transfer, approve, give_back, park, send, withdraw
from analysis.match.decisions import Who
from analysis.match.unmatched import unmatched
from analysis.money import total
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.tieout.verify import verify
from tests.stores import fortnight_store

DAY = date(2026, 11, 13)
ANA, BEN = Who("ana", DAY), Who("ben", DAY)
AMOUNT = Decimal("1500.00")


@pytest.fixture
def fortnight() -> Iterator[Store]:
    """The sample fortnight, to be changed."""
    with fortnight_store() as store:
        yield store


def unidentified(store: Store) -> int:
    """The cheque of 1,500.00 that nobody knows."""
    found = deposits_by_place(store, DAY)
    return int(found[found["is_unidentified"] & (found["amount"] == AMOUNT)]["bank_transaction_id"].iloc[0])


def told(store: Store, number: int, day: date = DAY) -> Any:
    """The deposit as it stands."""
    return deposits_by_place(store, day).set_index("bank_transaction_id").loc[number]


def version(store: Store, number: int) -> int:
    """The version to name."""
    return parked_version(store, number)


def parked(store: Store, number: int, place: str, amount: str, out_of: int | None = None, name: str = "") -> int:
    """So much is parked by Ana."""
    known_as = "payer" if place == "unapplied" else None
    wanted = Parking(place, Decimal(amount), known_as, name)
    return park(store, number, version(store, number), wanted, ANA, "looked at", out_of)


def by_place(store: Store) -> dict[str, Decimal]:
    """The totals."""
    return {row.money_place: row.amount for row in money_places(store, DAY).itertuples()}


def test_every_cent_is_in_one_place_whatever_is_moved(fortnight: Store) -> None:
    """Suspense, a part of it unapplied, a part sent home: the sum of all places stays, and is that of each deposit."""
    number, before = unidentified(fortnight), by_place(fortnight)
    lot = parked(fortnight, number, "suspense", "1500.00")
    parked(fortnight, number, "unapplied", "900.00", lot, "ALPINE MUTUAL")
    wrong = parked(fortnight, number, "wrong_home", "250.00", lot, "LAKESIDE CLINIC")
    give_back(fortnight, number, version(fortnight, number), lot, Decimal("50.00"), ANA, "a slip")
    approve(fortnight, number, version(fortnight, number), wrong, BEN)
    send(fortnight, number, version(fortnight, number), wrong, Transfer("wire", "W-1", DAY, "w.pdf", b"proof"), ANA)
    row, after = told(fortnight, number), by_place(fortnight)
    moved = {
        "posted": "0.00",
        "unposted": "50.00",
        "suspense": "300.00",
        "unapplied": "900.00",
        "wrong_home": "0.00",
        "sent": "250.00",
    }
    assert {name: row[f"{name}_amount"] for name in moved} == {name: Decimal(said) for name, said in moved.items()}
    assert total(after.values()) == total(before.values())
    assert after["unposted"] == before["unposted"] - Decimal("1450.00")
    assert after["unapplied"] == before["unapplied"] + Decimal("900.00")
    assert [check.name for check in verify(fortnight, ("money_places", "parked_money")) if check.failures] == []
    sent = lots(fortnight, DAY, number).set_index("lot_id").loc[wrong]
    assert (sent["standing"], sent["transfer_reference"], sent["approved_by"]) == ("sent", "W-1", "ben")
    assert proof_of(fortnight, str(sent["proof_sha256"])) == ("w.pdf", b"proof")
    assert list(parked_history(fortnight, number)["action"]) == ["park", "park", "park", "park", "approve", "send"]


@pytest.mark.parametrize(
    ("place", "amount", "name", "refusal"),
    [
        pytest.param("suspense", "1500.01", "", "more than the 1,500.00", id="a cent too much"),
        pytest.param("suspense", "0.00", "", "wanted more than 0.00", id="nothing"),
        pytest.param("suspense", "-5.00", "", "wanted more than 0.00", id="below zero"),
        pytest.param("suspense", "5.00", "ALPINE", "with a name it is unapplied", id="suspense of somebody"),
        pytest.param("unapplied", "5.00", " ", "needs a name", id="unapplied of nobody"),
        pytest.param("wrong_home", "5.00", "", "name of the practice", id="a home without a name"),
        pytest.param("pocket", "5.00", "", "money is parked in", id="no such place"),
    ],
)
def test_what_cannot_be_parked(sample: Store, place: str, amount: str, name: str, refusal: str) -> None:
    """Refused in words, and nothing is written."""
    number = unidentified(sample)
    with pytest.raises(DecisionRefused, match=refusal):
        parked(sample, number, place, amount, name=name)
    assert version(sample, number) == 0


@pytest.fixture(scope="module")
def sample() -> Iterator[Store]:
    """The sample fortnight, left as it is."""
    with fortnight_store() as store:
        yield store


def test_a_lot_never_gives_more_than_it_holds(fortnight: Store) -> None:
    """Neither at once nor in two halves, nor to someone who saw an earlier version."""
    number = unidentified(fortnight)
    lot = parked(fortnight, number, "suspense", "1000.00")
    parked(fortnight, number, "unapplied", "600.00", lot, "ALPINE")
    with pytest.raises(DecisionRefused, match=r"600\.00 is more than the 400\.00"):
        parked(fortnight, number, "unapplied", "600.00", lot, "ALPINE")
    with pytest.raises(DecisionRefused, match=r"more than the 500\.00 of the deposit"):
        parked(fortnight, number, "suspense", "500.01")
    with pytest.raises(DecisionRefused, match="moved since it was shown"):
        park(fortnight, number, 1, Parking("suspense", Decimal("1.00")), ANA, "again")
    with pytest.raises(DecisionRefused, match="no reason"):
        park(fortnight, number, 2, Parking("suspense", Decimal("1.00")), ANA, " ")


def test_money_leaves_by_two_people_with_proof(fortnight: Store) -> None:
    """Not without approval, not approved by oneself, not without a reference, and not moved once approved."""
    number = unidentified(fortnight)
    lot = parked(fortnight, number, "wrong_home", "1500.00", name="LAKESIDE CLINIC")
    wire = Transfer("wire", "W-1", DAY)
    with pytest.raises(DecisionRefused, match="waits for a second person"):
        send(fortnight, number, 1, lot, wire, ANA)
    with pytest.raises(DecisionRefused, match="someone else has to approve"):
        approve(fortnight, number, 1, lot, Who(" ANA", DAY))
    approve(fortnight, number, 1, lot, BEN)
    with pytest.raises(DecisionRefused, match="withdraw the approval first"):
        parked(fortnight, number, "suspense", "1.00", lot)
    for proof, refusal in (
        (Transfer("wire", " ", DAY), "proof of the transfer is missing"),
        (Transfer("pigeon", "1", DAY), "a transfer is by"),
        (Transfer("wire", "1", date(2026, 11, 1)), "the transfer's day"),
        (Transfer("wire", "1", date(2026, 11, 14)), "the transfer's day"),
    ):
        with pytest.raises(DecisionRefused, match=refusal):
            send(fortnight, number, 2, lot, proof, ANA)
    withdraw(fortnight, number, 2, lot, BEN, "the address is wrong")
    with pytest.raises(DecisionRefused, match="waits for a second person"):
        send(fortnight, number, 3, lot, wire, ANA)
    assert number in set(open_deposits(fortnight))
    approve(fortnight, number, 3, lot, BEN)
    send(fortnight, number, 4, lot, wire, ANA)
    assert number not in set(open_deposits(fortnight))
    with pytest.raises(DecisionRefused, match="is gone"):
        parked(fortnight, number, "suspense", "1.00", lot)


def open_deposits(store: Store) -> list[int]:
    """The deposits on the list of Unmatched."""
    items = unmatched(store, DAY)
    return [int(one) for one in items[items["side"] == "bank"]["fact_id"]]


def test_what_was_sent_is_open_no_more_and_the_day_before_knows_nothing_of_it(fortnight: Store) -> None:
    """The item shows the rest; as of the day before, nothing had left."""
    number = unidentified(fortnight)
    lot = parked(fortnight, number, "wrong_home", "400.00", name="LAKESIDE CLINIC")
    approve(fortnight, number, 1, lot, BEN)
    send(fortnight, number, 2, lot, Transfer("cheque", "1001", DAY), BEN)
    items = unmatched(fortnight, DAY)
    row = items[(items["side"] == "bank") & (items["fact_id"] == str(number))].iloc[0]
    assert row["amount"] == Decimal("1100.00")
    assert told(fortnight, number, date(2026, 11, 12))["sent_amount"] == Decimal("0.00")


@pytest.mark.parametrize(
    ("column", "value", "check"),
    [
        pytest.param("amount", "9000.00", "parked_money", id="a lot that gave more than it held"),
        pytest.param("version", "7", "parked_money", id="an event that is gone"),
    ],
)
def test_verify_sees_what_no_door_lets_in(fortnight: Store, column: str, value: str, check: str) -> None:
    """Rows changed behind the guards are told."""
    number = unidentified(fortnight)
    lot = parked(fortnight, number, "suspense", "1000.00")
    parked(fortnight, number, "unapplied", "600.00", lot, "ALPINE")
    with fortnight.cursor() as cursor:
        cursor.execute(f"update parked_event set {column} = {value} where from_lot_id is not null")
    assert [one.name for one in verify(fortnight, (check,)) if one.failures] == [check]


def test_verify_sees_money_sent_without_a_second_person(fortnight: Store) -> None:
    """Sent by an approval of the one who parked it."""
    number = unidentified(fortnight)
    lot = parked(fortnight, number, "wrong_home", "1500.00", name="LAKESIDE CLINIC")
    approve(fortnight, number, 1, lot, BEN)
    send(fortnight, number, 2, lot, Transfer("wire", "W-1", DAY), ANA)
    with fortnight.cursor() as cursor:
        cursor.execute("update decision set decided_by = 'Ana ' where action = 'approve'")
    assert [one.name for one in verify(fortnight, ("parked_money",)) if one.failures] == ["parked_money"]
