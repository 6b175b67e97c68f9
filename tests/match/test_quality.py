"""The matching on fortnights other than the sample: nothing confirmed wrongly, all found, all open items explained."""

from __future__ import annotations

import pytest

from benchmarks.match_quality import TIEOUT, Figures, targets
from benchmarks.planted_causes import WORDS
from benchmarks.true_links import Tally

SEED = 11

TARGETS = [one.name for one in targets(Tally())]


@pytest.fixture(scope="module")
def figures() -> Figures:
    """A seed other than the sample's, generated, loaded and matched."""
    made = Figures()
    made.add(SEED, scale=1)
    return made


@pytest.mark.parametrize("name", TARGETS)
def test_target(figures: Figures, name: str) -> None:
    """As benchmarks/README.md states it."""
    (target,) = [one for one in targets(figures.tallies[TIEOUT]) if one.name == name]
    assert target.is_met, target


@pytest.mark.parametrize("cause", sorted(WORDS))
def test_open_items_are_listed_and_name_their_cause(figures: Figures, cause: str) -> None:
    """Every one that was planted."""
    items = figures.items
    assert items.planted[cause] > 0
    assert (items.listed[cause], items.named[cause]) == (items.planted[cause],) * 2, items.examples.get(cause)


def test_nothing_but_planted_items_is_open(figures: Figures) -> None:
    """Beyond them only proposals, the foundation's own money and zero payments that nobody posted."""
    assert set(figures.items.beyond) <= {"unidentified_payment", "unposted_remittance"}
