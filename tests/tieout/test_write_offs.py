"""Write-offs: small differences, by a dated policy, with a reason and above a limit a second person, as their own
record; and how a difference was resolved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.match.decisions import Who
from analysis.match.run import match
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from analysis.tieout.settling import approve, resolve, withdraw, write_off
from analysis.tieout.variances import variances
from analysis.tieout.write_offs import policy, set_policy, write_offs
from tests.files import bai2, batch_csv, loaded, remittance_835

DAY = date(2026, 11, 3)
ANN, BEN = Who("ann", DAY), Who("ben", DAY)


def short_by(store: Store, cents: int) -> Decimal:
    """A batch keyed too high by some cents is listed; its variance."""
    keyed = f"{100 + cents / 100:.2f}"
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        bai2(("TRACE0001", "100.00")),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", keyed)]),
    )
    match(store, DAY, "tests")
    found: Decimal = variances(store, DAY).iloc[0]["variance"]
    assert found == Decimal(-cents) / 100
    return found


def test_a_small_difference_is_written_off_by_one_person(store: Store) -> None:
    """Its record holds amount, reason, who, the day and the policy; the variance stays listed, with what was written
    off."""
    variance = short_by(store, 300)
    write_off(store, "batch B1", variance, ANN, "payer rounds")
    (row,) = write_offs(store, DAY).to_dict("records")
    assert (row["status"], row["amount"], row["reason"]) == ("written_off", Decimal("-3.00"), "payer rounds")
    assert (row["written_by"], row["most_amount"], row["effective_on"]) == ("ann", Decimal("25.00"), DAY)
    listed = variances(store, DAY).iloc[0]
    assert (listed["variance"], listed["written_off"]) == (variance, Decimal("-3.00"))


def test_above_the_limit_a_second_person_approves(store: Store) -> None:
    """Until then it waits and nothing counts as written off; the first person cannot be the second."""
    variance = short_by(store, 1200)
    number = write_off(store, "batch B1", variance, ANN, "payer rounds")
    assert list(write_offs(store, DAY)["status"]) == ["waiting"]
    assert variances(store, DAY).iloc[0]["written_off"] == 0
    with pytest.raises(DecisionRefused, match="second person"):
        approve(store, number, ANN, "")
    approve(store, number, BEN, "seen")
    (row,) = write_offs(store, DAY).to_dict("records")
    assert (row["status"], row["second_person"]) == ("approved", "ben")
    assert variances(store, DAY).iloc[0]["written_off"] == Decimal("-12.00")


@pytest.mark.parametrize(
    ("cents", "reason", "words"),
    [
        pytest.param(2600, "big", "above the policy's limit of 25.00", id="above the policy"),
        pytest.param(300, " ", "no reason", id="without a reason"),
    ],
)
def test_what_is_refused_leaves_nothing(store: Store, cents: int, reason: str, words: str) -> None:
    """No record, no decision."""
    variance = short_by(store, cents)
    with pytest.raises(DecisionRefused, match=words):
        write_off(store, "batch B1", variance, ANN, reason)
    assert write_offs(store, DAY).empty


def test_nothing_is_written_off_twice_unless_the_first_is_withdrawn(store: Store) -> None:
    """A write-off that waits counts as taken; one that was withdrawn does not, and its record stays."""
    variance = short_by(store, 1200)
    number = write_off(store, "batch B1", variance, ANN, "one")
    with pytest.raises(DecisionRefused, match="nothing of this difference is left"):
        write_off(store, "batch B1", variance, BEN, "two")
    withdraw(store, number, ANN, "found the claim")
    with pytest.raises(DecisionRefused, match="withdrawn already"):
        withdraw(store, number, ANN, "again")
    write_off(store, "batch B1", variance, BEN, "two")
    assert sorted(write_offs(store, DAY)["status"]) == ["waiting", "withdrawn"]


def test_the_policy_is_dated(store: Store) -> None:
    """A new policy holds from its day; the day before keeps the old one."""
    set_policy(store, Decimal("10.00"), Decimal("1.00"), ANN, "the board decided")
    assert policy(store, DAY).most == Decimal("10.00")
    assert policy(store, date(2026, 11, 2)).most == Decimal("25.00")
    with pytest.raises(RequestRefused, match="not above the other"):
        set_policy(store, Decimal("1.00"), Decimal("10.00"), ANN, "turned round")


def test_a_write_off_is_known_from_its_day_on(store: Store) -> None:
    """As of the day before there is none."""
    write_off(store, "batch B1", short_by(store, 300), ANN, "payer rounds")
    assert write_offs(store, date(2026, 11, 2)).empty


def test_a_resolution_is_told_beside_the_variance(store: Store) -> None:
    """The last one holds; a code that is none is refused."""
    short_by(store, 300)
    resolve(store, "batch B1", "payer_asked", ANN, "called")
    resolve(store, "batch B1", "reposted", BEN, "")
    assert list(variances(store, DAY)["resolution"]) == ["reposted"]
    with pytest.raises(RequestRefused, match="no resolution code"):
        resolve(store, "batch B1", "lost", ANN, "")
