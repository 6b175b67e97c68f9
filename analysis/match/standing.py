"""How a match or an open item stands now, with the version that a decision about it must name, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.store import Store, query
from analysis.store.queries import query_table


def data_version(store: Store) -> tuple[int, ...]:
    """Another one as soon as a file, run, match, decision or setting came in."""
    return tuple(query_table(store, "store/counters")["last_id"].to_pylist())


def match_told(store: Store, match_id: int) -> Mapping[str, Any] | None:
    """The match with its status, rule, maker and `version`; None where there is none of that number."""
    found: list[dict[str, Any]] = query_table(store, "match/match_told", {"match_id": match_id}).to_pylist()
    return found[0] if found else None


def match_sides(store: Store, match_id: int) -> pd.DataFrame:
    """The match's sides, also where it has ended. Grain: one row per side. Units: US dollars linked."""
    return query(store, "match/match_sides", {"match_id": match_id})


def item_version(store: Store, item_id: str) -> int:
    """The version of an item that a decision about it must name; 0 before the first."""
    found: list[dict[str, int]] = query_table(store, "match/item_decided", {"item_id": item_id}).to_pylist()
    return found[0]["version"]


def given_back(store: Store, side: str, fact_id: str) -> list[dict[str, Any]]:
    """The items of the fact that were given back, each with reason, by whom, from which day, and its version."""
    found: list[dict[str, Any]] = query_table(store, "match/given_back", {"side": side, "fact_id": fact_id}).to_pylist()
    return found


def history(store: Store, subject_type: str, subject_id: str) -> pd.DataFrame:
    """What was decided about a match or an item. Grain: one row per decision, in order."""
    return query(store, "match/history", {"subject_type": subject_type, "subject_id": subject_id})
