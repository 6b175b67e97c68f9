"""What many tests start from: the sample fortnight, loaded and matched once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analysis.store import Store
from tests.stores import empty_store, fortnight_store


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with empty_store() as opened:
        yield opened


@pytest.fixture(scope="session")
def fortnight() -> Iterator[Store]:
    """The sample fortnight, loaded and matched; tests only read it."""
    with fortnight_store() as opened:
        yield opened
