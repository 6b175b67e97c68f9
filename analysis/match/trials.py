"""A trial of rules in figures: what would be matched, disturbed, and open again, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.match.run import Trial
from analysis.money import MONEY, ZERO

Row = Mapping[str, Any]

SCHEMA = pa.schema(
    [
        ("rule", pa.string()),
        ("new_count", pa.int64()),
        ("new_amount", MONEY),
        ("proposed_count", pa.int64()),
        ("disturbed_count", pa.int64()),
        ("disturbed_amount", MONEY),
        ("unmatched_count", pa.int64()),
        ("unmatched_amount", MONEY),
    ]
)


def trial_by_rule(trial: Trial) -> pd.DataFrame:
    """Grain: one row per rule that something changes for. Units: matches, US dollars on the side first by name.

    New: would be matched or proposed. Disturbed: ends, and every side of it is matched otherwise. Unmatched: ends, and
    some side of it is open again.
    """
    news, ends = _rows(trial.would_match), _rows(trial.would_end)
    taken = {(row["side"], row["fact_id"]) for row in news}
    found: dict[str, dict[str, Any]] = {}
    for group in _groups(news, "found_number"):
        line = _line(found, group)
        line["new_count"] += 1
        line["new_amount"] += _amount(group)
        line["proposed_count"] += group[0]["status"] == "proposed"
    for group in _groups(ends, "match_id"):
        what = "disturbed" if all((row["side"], row["fact_id"]) in taken for row in group) else "unmatched"
        line = _line(found, group)
        line[f"{what}_count"] += 1
        line[f"{what}_amount"] += _amount(group)
    return pa.Table.from_pylist(list(found.values()), schema=SCHEMA).to_pandas(types_mapper=pd.ArrowDtype)


def _rows(frame: pd.DataFrame) -> list[Row]:
    found: list[Row] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return found


def _groups(rows: Iterable[Row], number: str) -> Iterable[list[Row]]:
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[number], []).append(row)
    return groups.values()


def _line(found: dict[str, dict[str, Any]], group: list[Row]) -> dict[str, Any]:
    nothing = {name: ZERO if pa.types.is_decimal(SCHEMA.field(name).type) else 0 for name in SCHEMA.names[1:]}
    rule = str(group[0]["rule"])
    return found.setdefault(rule, {"rule": rule, **nothing})


def _amount(group: list[Row]) -> Decimal:
    first = min(row["side"] for row in group)
    return sum((row["amount"] for row in group if row["side"] == first), ZERO)
