"""Runs of matching: what each made and ended, by rule and match by match."""

from __future__ import annotations

import pandas as pd

from analysis.store import Store, query


def runs(store: Store) -> pd.DataFrame:
    """Every run, the newest first: of the rules, by hand, and undos. Grain: one row per run. Units: US dollars."""
    return query(store, "match/runs")


def run_by_rule(store: Store, run_id: int) -> pd.DataFrame:
    """What the run made. Grain: one row per rule. Units: US dollars confirmed."""
    return query(store, "match/run_by_rule", {"run_id": run_id})


def run_sides(store: Store, run_id: int) -> pd.DataFrame:
    """What the run made, ended or restored. Grain: one row per side of a match. Units: US dollars linked."""
    return query(store, "match/run_sides", {"run_id": run_id})
