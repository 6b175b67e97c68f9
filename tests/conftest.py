"""What many tests start from: the sample fortnight, loaded and matched once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analysis import sample
from analysis.match.run import match
from analysis.store import Store
from tests.stores import empty_store


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with empty_store() as opened:
        yield opened


@pytest.fixture(scope="session")
def fortnight() -> Iterator[Store]:
    """The sample fortnight, loaded and matched; tests only read it."""
    with empty_store() as opened:
        list(sample.load_sample(opened, "tests"))
        match(opened, sample.AS_OF, "tests")
        yield opened
