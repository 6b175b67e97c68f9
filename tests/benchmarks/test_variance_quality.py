"""The variances of fortnights other than the sample, with the further slips: all listed, all named, none blamed."""

from __future__ import annotations

import pytest

from benchmarks.variance_quality import Figures, targets

SEED = 12
TARGETS = [name for name, *_ in targets(Figures())]


@pytest.fixture(scope="module")
def figures() -> Figures:
    """A seed other than the sample's, generated, loaded, matched and judged."""
    made = Figures()
    made.add(SEED)
    return made


@pytest.mark.parametrize("name", TARGETS)
def test_target(figures: Figures, name: str) -> None:
    """As benchmarks/README.md states it."""
    (target,) = [one for one in targets(figures) if one[0] == name]
    assert target[3], target


def test_every_deposit_that_differs_is_listed_with_its_cause_first(figures: Figures) -> None:
    """Also what the bank took back."""
    assert {"nsf_cheque", "payer_return", "missing_era", "twins"} <= set(figures.deposits)
    for name, kind in figures.deposits.items():
        assert (kind.listed, kind.named) == (kind.planted, kind.planted), (name, kind.examples)


def test_slips_of_every_kind_are_planted(figures: Figures) -> None:
    """With a remittance, with receipts, with the control total alone."""
    names = set(figures.batches)
    for start in ("slip_", "counter_", "mail_"):
        assert len([name for name in names if name.startswith(start)]) >= 4, start
