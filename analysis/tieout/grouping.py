"""The tie-out by day, payer, batch type or bank account; and the way from deposited to posted, cause by cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, ZERO, total
from analysis.tieout.variances import Difference

GROUPS = {
    "Day": "deposit_date",
    "Payer": "payer_name",
    "Batch type": "batch_type",
    "Bank account": "bank_account",
}
"""What differences are grouped by: the word for it, and the column of the report."""
UNEXPLAINED = "unexplained"
_SUMS = ("deposited_total", "posted_total", "variance", "explained", "unexplained")


@dataclass(frozen=True, slots=True)
class Step:
    """A step from deposited to posted: its cause, by how much posted is more than deposited for it, and how many parts.

    Units: US dollars; the parts of a cause add up to minus the amount."""

    cause: str
    amount: Decimal
    count: int


def grouped(found: Iterable[Difference], column: str) -> pd.DataFrame:
    """What ties and what does not, by a column. Grain: one row per value (`group`), the largest variance first.

    Units: US dollars; `batches` counts batches and bank lines, `differing` those that do not tie.
    """
    rows: dict[str, list[Difference]] = {}
    for one in found:
        rows.setdefault(_named(one.row[column]), []).append(one)
    made: list[dict[str, Any]] = [
        {
            "group": name,
            "batches": len(some),
            "differing": sum(one.differs for one in some),
            **{sum_of: total(one.row[sum_of] for one in some) for sum_of in _SUMS},
        }
        for name, some in rows.items()
    ]
    made.sort(key=lambda row: (-abs(row["variance"]), row["group"]))
    schema = pa.schema(
        [
            ("group", pa.string()),
            ("batches", pa.int64()),
            ("differing", pa.int64()),
            *((name, MONEY) for name in _SUMS),
        ]
    )
    return pa.Table.from_pylist(made, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)


def in_group(found: Iterable[Difference], column: str, name: str) -> list[Difference]:
    """The differences whose column has that value, as `grouped` names it."""
    return [one for one in found if _named(one.row[column]) == name]


def steps(found: Sequence[Difference]) -> list[Step]:
    """The steps from deposited to posted, the largest first; what no evidence explains is the last."""
    amounts: dict[str, Decimal] = {}
    counts: Counter[str] = Counter()
    for one in found:
        for part in one.parts:
            if part.certainty != "possible" and part.amount != ZERO:
                amounts[part.cause] = amounts.get(part.cause, ZERO) - part.amount
                counts[part.cause] += 1
    made = [Step(cause, amount, counts[cause]) for cause, amount in amounts.items()]
    made.sort(key=lambda step: (-abs(step.amount), step.cause))
    left = total(one.row["unexplained"] for one in found)
    many = sum(one.row["unexplained"] != ZERO for one in found)
    return [*made, Step(UNEXPLAINED, -left, many)] if many else made


def _named(value: Any) -> str:
    return "—" if value is None else str(value)
