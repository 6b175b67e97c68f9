"""Variances: deposited minus posted, what it is made of, and nothing left over in silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from analysis.match.run import match
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.tieout.digits import is_slide, is_transposition
from analysis.tieout.variances import pieces, variances
from tests import truth
from tests.files import bai2, batch_csv, loaded, remittance_835

KEYING = {"transposition", "slide", "keyed_amount", "missing_line", "duplicate_line", "provider_adjustment"}


def test_explained_and_unexplained_are_the_variance_on_every_row(fortnight: Store) -> None:
    """To the cent, for batches and deposits alike."""
    frame = variances(fortnight, AS_OF)
    assert len(frame) > 30
    for row in frame.itertuples():
        assert row.explained + row.unexplained == row.variance
        assert row.deposited_total - row.posted_total == row.variance


def test_every_planted_keying_slip_is_listed_with_its_cause_and_amount(fortnight: Store) -> None:
    """Cause, dollars and legs as the truth has them, for every batch whose deposit first matching can find."""
    found = variances(fortnight, AS_OF).set_index("reference")
    planted = [row for row in truth.rows("variances") if set(row["causes"].split(";")) & KEYING]
    assert len(planted) >= 10
    for row in planted:
        mine = found.loc[row["batch_id"]]
        assert mine["causes"] == row["causes"], row["batch_id"]
        assert mine["variance"] == truth.money(row["variance"])
        for leg in ("control_total", "posted_total", "remitted_total", "deposited_total"):
            assert mine[leg] == truth.money(row[leg])
        assert mine["unexplained"] == 0


def test_no_batch_that_ties_in_truth_and_whose_money_is_found_is_listed(fortnight: Store) -> None:
    """None is blamed that was keyed right: what is listed beyond the truth only waits for its deposit."""
    planted = {row["batch_id"] for row in truth.rows("variances")}
    found = variances(fortnight, AS_OF)
    beyond = found[found["batch_id"].notna() & ~found["reference"].isin(planted)]
    assert set(beyond["causes"]) <= {"not_yet_deposited"}


def test_every_planted_batch_is_listed_with_its_planted_cause_first(fortnight: Store) -> None:
    """Money causes too, and slips that move no money: a day or an account keyed wrong."""
    found = variances(fortnight, AS_OF).set_index("reference")
    for row in truth.rows("variances"):
        mine = found.loc[row["batch_id"]]
        assert mine["causes"].split(";")[0] == row["causes"].split(";")[0], row["batch_id"]
        assert mine["variance"] == truth.money(row["variance"]), row["batch_id"]


def test_the_612_40_reads_as_promised(fortnight: Store) -> None:
    """A swapped 540.00 and a provider adjustment of 72.40, and nothing else."""
    found = variances(fortnight, AS_OF)
    row = found[found["variance"] == Decimal("612.40")].iloc[0]
    assert row["explanation"] == (
        "line 2 was keyed 1,288.00, remitted 1,828.00 (digits swapped): 540.00; "
        "provider adjustment WO 72.40 was not posted; unexplained 0.00"
    )
    parts = pieces(fortnight, AS_OF, row["batch_id"])
    assert list(parts["amount"]) == [Decimal("540.00"), Decimal("72.40")]
    assert list(parts["cause"]) == ["transposition", "provider_adjustment"]


CLAIMS = [("ACC1", "1828.00"), ("ACC2", "50.00")]


@pytest.mark.parametrize(
    ("lines", "variance", "causes"),
    [
        pytest.param([("ACC1", "1828.00"), ("ACC2", "50.00")], None, None, id="keyed right: not listed"),
        pytest.param([("ACC1", "1288.00"), ("ACC2", "50.00")], "540.00", "transposition", id="digits swapped"),
        pytest.param([("ACC1", "182.80"), ("ACC2", "50.00")], "1645.20", "slide", id="decimal point moved"),
        pytest.param([("ACC1", "1828.00"), ("ACC2", "-50.00")], "100.00", "keyed_amount", id="sign turned"),
        pytest.param([("ACC1", "1828.00"), ("ACC2", "51.00")], "-1.00", "keyed_amount", id="one digit wrong"),
        pytest.param([("ACC1", "1828.00")], "50.00", "missing_line", id="line missing"),
        pytest.param(
            [("ACC1", "1828.00"), ("ACC2", "50.00"), ("ACC2", "50.00")], "-50.00", "duplicate_line", id="line twice"
        ),
        pytest.param(
            [("ACC1", "1288.00"), ("ACC2", "-50.00")], "640.00", "transposition;keyed_amount", id="two slips at once"
        ),
    ],
)
def test_keying_causes(
    store: Store, lines: Sequence[tuple[str, str]], variance: str | None, causes: str | None
) -> None:
    """A batch of two claims, 1,878.00 deposited and remitted, keyed one way or another."""
    keyed = [("B1", "1878.00", account, "TRACE0001", "PAYMENT", amount) for account, amount in lines]
    loaded(
        store, remittance_835("TRACE0001", "1878.00", claims=CLAIMS), bai2(("TRACE0001", "1878.00")), batch_csv(keyed)
    )
    match(store, date(2026, 11, 3), "tests")
    frame = variances(store, date(2026, 11, 3))
    if variance is None:
        assert frame.empty
    else:
        assert list(frame["variance"]) == [Decimal(variance)]
        assert list(frame["causes"]) == [causes]
        assert list(frame["unexplained"]) == [0]


@pytest.mark.parametrize(("advice", "cause"), [(True, "unposted"), (False, "not_remitted")])
def test_a_deposit_nobody_posted_is_listed(store: Store, advice: bool, cause: str) -> None:
    """A side that is missing is a row, never a row less; the cause says whether a remittance has come."""
    loaded(store, bai2(("TRACE0001", "100.00")), *([remittance_835("TRACE0001", "100.00")] if advice else []))
    match(store, date(2026, 11, 3), "tests")
    frame = variances(store, date(2026, 11, 3))
    assert (frame.iloc[0]["causes"], frame.iloc[0]["variance"]) == (cause, Decimal("100.00"))


def test_a_batch_nobody_paid_is_listed_as_not_yet_deposited(store: Store) -> None:
    """Posted, no money: deposited minus posted is all of it."""
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
    )
    match(store, date(2026, 11, 3), "tests")
    frame = variances(store, date(2026, 11, 3))
    assert (frame.iloc[0]["causes"], frame.iloc[0]["variance"]) == ("not_yet_deposited", Decimal("-100.00"))


@pytest.mark.parametrize(
    ("keyed", "true", "expected"),
    [
        pytest.param("1288.00", "1828.00", True, id="neighbours swapped"),
        pytest.param("1828.00", "1288.00", True, id="and back"),
        pytest.param("100.09", "100.00", False, id="a difference of nine cents alone is no swap"),
        pytest.param("8128.00", "1828.00", True, id="the first two"),
        pytest.param("2188.00", "1828.00", False, id="digits that are not neighbours"),
        pytest.param("-1288.00", "1828.00", False, id="another sign"),
        pytest.param("1828.00", "1828.00", False, id="the same amount"),
    ],
)
def test_transposition(keyed: str, true: str, expected: bool) -> None:
    """Only a real swap of two neighbouring digits."""
    assert is_transposition(Decimal(keyed), Decimal(true)) is expected


@pytest.mark.parametrize(
    ("keyed", "true", "expected"),
    [
        pytest.param("182.80", "1828.00", True, id="one place"),
        pytest.param("1828.00", "18.28", True, id="two places"),
        pytest.param("0.00", "1828.00", False, id="nothing is no slide"),
        pytest.param("182.81", "1828.00", False, id="a cent more is none"),
    ],
)
def test_slide(keyed: str, true: str, expected: bool) -> None:
    """The decimal point moved, all digits kept."""
    assert is_slide(Decimal(keyed), Decimal(true)) is expected


def test_a_remittance_posted_twice_is_a_variance(store: Store) -> None:
    """One payment, one deposit, posted whole in two batches: the second has nothing beside it."""
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        bai2(("TRACE0001", "100.00")),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
        batch_csv([("B2", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
    )
    match(store, date(2026, 11, 3), "tests")
    frame = variances(store, date(2026, 11, 3))
    assert list(frame["batch_id"]) == ["B2"]
    assert (frame.iloc[0]["variance"], frame.iloc[0]["causes"]) == (Decimal("-100.00"), "duplicate_line")
    assert frame.iloc[0]["unexplained"] == 0


def test_a_remittance_posted_over_two_batches_ties(store: Store) -> None:
    """Each batch has its own claims; the payment is shared out, not counted for each."""
    loaded(
        store,
        remittance_835("TRACE0001", "300.00", claims=[("ACC1", "100.00"), ("ACC2", "200.00")]),
        bai2(("TRACE0001", "300.00")),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
        batch_csv([("B2", "200.00", "ACC2", "TRACE0001", "PAYMENT", "200.00")]),
    )
    match(store, date(2026, 11, 3), "tests")
    assert variances(store, date(2026, 11, 3)).empty


def test_what_no_evidence_names_stays_unexplained(store: Store) -> None:
    """A batch without remittance, 50.00 short of its control total: nothing says which line."""
    loaded(
        store,
        bai2(("DEPOSIT01", "300.00")),
        batch_csv(
            [("B1", "300.00", "ACC1", "", "PAYMENT", "137.00"), ("B1", "300.00", "ACC2", "", "PAYMENT", "113.00")]
        ),
    )
    match(store, date(2026, 11, 3), "tests")
    row = variances(store, date(2026, 11, 3)).set_index("batch_id").loc["B1"]
    assert (row["variance"], row["explained"], row["unexplained"]) == (Decimal("50.00"), 0, Decimal("50.00"))


def test_a_batch_told_anew_is_matched_anew(store: Store) -> None:
    """A corrected extract of the batch ends the match that rested on the old one."""
    loaded(
        store,
        bai2(("DEPOSIT01", "300.00"), ("DEPOSIT02", "250.00")),
        batch_csv([("B1", "300.00", "ACC1", "", "PAYMENT", "300.00")]),
    )
    match(store, date(2026, 11, 3), "tests")
    assert set(variances(store, date(2026, 11, 3))["deposited_total"]) == {Decimal("250.00")}
    loaded(store, batch_csv([("B1", "250.00", "ACC1", "", "PAYMENT", "250.00")]))
    match(store, date(2026, 11, 3), "tests")
    assert set(variances(store, date(2026, 11, 3))["deposited_total"]) == {Decimal("300.00")}
