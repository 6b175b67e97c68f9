"""A figure: a count and an amount with their definition, made from the very rows that it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from analysis.money import total

Group = Literal["tie", "overdue", "came", "post", "unclear", "owed", "pace"]

GROUPS: Mapping[Group, str] = {
    "tie": "Does it tie?",
    "overdue": "What is overdue?",
    "came": "What came, what is missing?",
    "post": "What cannot be posted?",
    "unclear": "What is unclear, or taken back?",
    "owed": "Who is owed?",
    "pace": "How does it go?",
}
"""What each group of figures asks, in their order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure asks. `question`: its number of the fifteen; label and definition may hold `{late}`, `{on}`."""

    name: str
    question: int
    group: Group
    label: str
    definition: str
    columns: tuple[str, ...]
    money: str | None = "amount"
    """The column that adds up to the amount; None for a figure that only counts."""

    page: str | None = None
    chosen: Mapping[str, list[Any]] = field(default_factory=dict)
    """The page and filters that show these rows, or all of their kind."""

    opens: str | None = None
    """The kind of fact that a row leads to (`side`: as its own column says), its id in the column `opens_by`."""

    opens_by: str = "fact_id"
    wants_zero: bool = True
    """Whether nothing is the good answer."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One answer: what was asked, its words filled in, and the rows. `note`: what else is to be seen at a glance."""

    asked: Asked
    label: str
    definition: str
    rows: pd.DataFrame
    note: str = ""

    @property
    def name(self) -> str:
        """The name of what was asked."""
        return self.asked.name

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.rows)

    @property
    def amount(self) -> Decimal | None:
        """Their exact sum in US dollars; None for a figure that only counts."""
        return None if self.asked.money is None else total(self.rows[self.asked.money].dropna())


@dataclass(frozen=True, slots=True)
class NotKept:
    """A question that the store cannot answer yet, and what it would need."""

    question: int
    group: Group
    label: str
    why: str
