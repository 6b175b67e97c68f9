"""What is known on a day: questions of the tie-out, all of them as of that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.store import Store
from analysis.store.queries import query_table


@dataclass(frozen=True, slots=True)
class Known:
    """A store as of a day."""

    store: Store
    as_of: date

    def rows(self, name: str, more: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The answer of the named query as rows by column; it may have parameters beside the day."""
        parameters = {"as_of": self.as_of, **(more or {})}
        found: list[dict[str, Any]] = query_table(self.store, f"tieout/{name}", parameters).to_pylist()
        return found
