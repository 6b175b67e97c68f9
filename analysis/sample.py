"""The sample fortnight that ships with Tieout: an invented hospital's files, with their truth beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis.store import Store
from analysis.store.loading import Outcome, load, sources

FOLDER = Path(__file__).resolve().parent.parent / "sample_data" / "fortnight"
TRUTH = FOLDER.parent / "truth"
AS_OF = date(2026, 11, 13)
"""The last day of the fortnight."""


def load_sample(store: Store, loaded_by: str) -> Iterator[Outcome]:
    """Loads the fortnight's files, and tells what became of each."""
    yield from load(store, sources([FOLDER]), loaded_by)
