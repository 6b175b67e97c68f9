"""What is known on a day: questions of the tie-out, for which the matches of that day are worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from analysis.store import Store
from analysis.store.queries import query_table


@dataclass(frozen=True, slots=True)
class Known:
    """A store as of a day; `tied`: the matches whose money counts then."""

    store: Store
    as_of: date
    tied: pa.Table

    def rows(self, name: str, more: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The answer of the named query as rows by column; it may have parameters beside the day."""
        parameters = {"as_of": self.as_of, **(more or {})}
        found: list[dict[str, Any]] = query_table(
            self.store, f"tieout/{name}", parameters, {"tied_matches": self.tied}
        ).to_pylist()
        return found


def known_on(store: Store, as_of: date) -> Known:
    """What is known at the end of that day."""
    return Known(store, as_of, query_table(store, "tieout/tied_matches", {"as_of": as_of}))
