"""One way to read a credit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the credit. `kind` is its rule, `cause` and `disposition` the contract's words for it."""

    kind: str
    cause: str
    disposition: str
    owed_to: str | None
    is_found: bool
    words: str
    entries: tuple[int, ...]
    """The ledger entries that make it, by id."""
