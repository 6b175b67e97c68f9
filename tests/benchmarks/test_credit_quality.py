"""The credits of a fortnight other than the sample: all listed, their causes right, no posting error refunded."""

from __future__ import annotations

import pytest

from benchmarks.credit_quality import Figures, targets
from sample_data.hospital.credit_accounts import DISPOSITIONS

SEED = 12
TARGETS = [name for name, *_ in targets(Figures())]


@pytest.fixture(scope="module")
def figures() -> Figures:
    """A seed other than the sample's, generated, loaded and judged."""
    made = Figures()
    made.add(SEED)
    return made


@pytest.mark.parametrize("name", TARGETS)
def test_target(figures: Figures, name: str) -> None:
    """As benchmarks/README.md states it."""
    (target,) = [one for one in targets(figures) if one[0] == name]
    assert target[3], target


def test_credits_of_every_cause_are_planted(figures: Figures) -> None:
    """Else a target would be met by absence."""
    assert set(figures.causes) == set(DISPOSITIONS)
