"""The worklist: every case of a day in the order in which it is best worked on, and the next one for a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.codes import TURNS_TO_WORK
from analysis.casework.items import open_items, with_limits
from analysis.casework.work_settings import WorkSettings, work_settings
from analysis.match.signers import is_same_person
from analysis.money import show
from analysis.store import Store, query
from analysis.store.matches import now
from analysis.store.queries import query_table


def worklist(store: Store, as_of: date, items: pa.Table | None = None) -> pd.DataFrame:
    """Every case of that day, next best first: due promises, then by score, then what waits, then what is settled.

    Grain: one row per case (`case_id`, `version`). Units: US dollars without sign, calendar days; claims end in UTC.
    `items`: the open items of that day, where they were asked for already.
    """
    in_force = work_settings(store, as_of)
    found = open_items(store, as_of) if items is None else items
    instead = {"case_items": with_limits(found, in_force.limits)}
    asked = {"now_at": now(), **in_force.weights}
    told = query_table(store, "casework/worklist", asked, instead, day=as_of)
    return told.to_pandas(types_mapper=pd.ArrowDtype)


def fact_version(store: Store) -> tuple[int, ...]:
    """Another one as soon as anything came in that the open items rest on; what people do with cases leaves it."""
    return tuple(query_table(store, "casework/fact_counters")["last_id"].to_pylist())


def case_count(store: Store) -> int:
    """How many cases anyone has changed."""
    found: int = query_table(store, "casework/touched_count").to_pylist()[0]["case_count"]
    return found


def history(store: Store, case_id: str) -> pd.DataFrame:
    """All that people did with the case: changes, notes, contacts and claims. Grain: one row per act, in order."""
    return query(store, "casework/history", {"case_id": case_id})


def skipped(store: Store, name: str, as_of: date) -> set[str]:
    """The cases that the person has skipped on that day."""
    found = query_table(store, "casework/skipped", {"claimed_by": name, "on_day": as_of})
    return set(found["case_id"].to_pylist())


def next_best(cases: pd.DataFrame, name: str, passed_over: Collection[str] = ()) -> str | None:
    """The case that this person is best to work on now: the first whose turn it is, that is nobody else's and that
    nobody else has claimed; None where there is none."""
    for row in cases[["case_id", "turn", "owner", "claimed_by"]].itertuples(index=False):
        if row.turn not in TURNS_TO_WORK or row.case_id in passed_over:
            continue
        if all(pd.isna(one) or is_same_person(one, name) for one in (row.owner, row.claimed_by)):
            return str(row.case_id)
    return None


def mine(cases: pd.DataFrame, name: str) -> pd.DataFrame:
    """Of the cases those that are this person's."""
    return cases[cases["owner"].map(lambda owner: not pd.isna(owner) and is_same_person(owner, name)).astype(bool)]


def formula(row: Mapping[str, Any], in_force: WorkSettings) -> str:
    """How the score of a case comes about, in figures."""
    weights = in_force.weights
    amount: Decimal = max(abs(row["amount"]), weights["least_amount"])
    parts = [show(amount), f"(1 + {weights['age_per_day']} × {row['age_days']} days)"]
    if row["is_promise_due"]:
        parts.append(f"{weights['promise_overdue']} promise due")
    if row["priority"] != "normal":
        parts.append(f"{weights[row['priority']]} {row['priority']} priority")
    return f"{' × '.join(parts)} = {show(row['score'])}"
