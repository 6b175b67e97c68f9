"""The steps that `match_scale.py` measures, each done in a process of its own."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

SEED = 20261124
DAILY = 500
"""Remittances, and as many bank lines, that one more day brings."""

LUMPS, LUMP_AMOUNTS = 1_000, 50

BARE = """
create temp table bare as
with traced as materialized (
    select bank_trace.trace_key, line.amount, line.bank_transaction_id
    from bank_trace
    inner join bank_transaction as line on bank_trace.bank_transaction_id = line.bank_transaction_id
)
select remittance.remittance_id, traced.bank_transaction_id, traced.amount
from remittance
inner join traced on remittance.trace_key = traced.trace_key and remittance.payment_amount = traced.amount
"""
"""The order of joins is given: left to itself, DuckDB may join on the amount first and take four times as long."""

SCORES = """
with links as (
    select distinct
        cast(advice.fact_id as bigint) as remittance_id,
        cast(bank.fact_id as bigint) as bank_id,
        match_group.status
    from match_group
    inner join match_side as advice on match_group.match_id = advice.match_id and advice.side = 'remittance'
    inner join match_side as bank on match_group.match_id = bank.match_id and bank.side = 'bank'
)
select
    truth.kind,
    count(distinct truth.remittance_id) as remittances,
    count(case when links.status = 'confirmed' and links.bank_id = truth.bank_id then 1 end) as confirmed,
    count(case when links.status = 'confirmed' and links.bank_id <> truth.bank_id then 1 end) as confirmed_wrong,
    count(case when links.status = 'proposed' and links.bank_id = truth.bank_id then 1 end) as proposed,
    count(case when links.status = 'proposed' and links.bank_id <> truth.bank_id then 1 end) as proposed_wrong
from truth
left join links on truth.remittance_id = links.remittance_id
group by truth.kind
"""


def make(folder: Path, count: int) -> dict[str, Any]:
    """The store and its truth are written; returns how long that took and the day to match on."""
    import numpy as np

    from analysis.store import open_store
    from benchmarks.synthetic_payments import write

    began = time.perf_counter()
    with open_store(folder / "bench.duckdb") as store:
        world = write(store, count, SEED)
    np.savez(folder / "truth.npz", remittance_ids=world.remittance_ids, bank_ids=world.bank_ids, kinds=world.kinds)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "as_of": (world.last_date + timedelta(days=14)).isoformat()}


def bare(store: Any, _: date) -> Callable[[], dict[str, Any]]:
    """What a database alone needs to join the same facts on what is exactly equal."""

    def work() -> dict[str, Any]:
        with store.cursor() as cursor:
            cursor.execute(BARE)
            return {"pairs": cursor.execute("select count(*) from bare").fetchall()[0][0]}

    return work


def match(store: Any, as_of: date) -> Callable[[], dict[str, Any]]:
    """The engine's own run."""
    from analysis.match.run import match as run_rules

    def work() -> dict[str, Any]:
        results = run_rules(store, as_of, "benchmark")
        return {"groups": {one.rule: one.groups for one in results}}

    return work


def unmatched(store: Any, as_of: date) -> Callable[[], dict[str, Any]]:
    """The open items with their explanations, as the page asks for them."""
    from analysis.match.unmatched import unmatched as open_items

    def work() -> dict[str, Any]:
        frame = open_items(store, as_of)
        return {"items": {str(kind): int(count) for kind, count in frame["item_type"].value_counts().items()}}

    return work


def daily(store: Any, as_of: date) -> Callable[[], dict[str, Any]]:
    """The engine's run after one more day, which is written before the clock starts."""
    from benchmarks.synthetic_mix import DAYS
    from benchmarks.synthetic_payments import write

    write(store, DAILY, SEED + 1, first_day=DAYS, days=1, first_number=500_000_000)
    return match(store, as_of)


WORKS: dict[str, Callable[[Any, date], Callable[[], dict[str, Any]]]] = {
    "bare": bare,
    "match": match,
    "unmatched": unmatched,
    "again": match,
    "daily": daily,
}


def sums() -> Callable[[], dict[str, Any]]:
    """The engine's search for the sets of two to four amounts that make up a deposit, each deposit planted."""
    import numpy as np

    from analysis.match.sums import MOST_ITEMS, Lump, search_many

    rng = np.random.default_rng(SEED)
    lumps, planted = [], []
    for _ in range(LUMPS):
        amounts = rng.integers(500, 500_000, LUMP_AMOUNTS)
        items = sorted(rng.choice(LUMP_AMOUNTS, rng.integers(2, MOST_ITEMS + 1), replace=False).tolist())
        lumps.append(Lump(int(amounts[items].sum()), amounts.tolist()))
        planted.append(tuple(items))

    def work() -> dict[str, Any]:
        found = search_many(lumps, most_solutions=50)
        return {
            "deposits": len(found),
            "planted_found": sum(own in one.solutions for own, one in zip(planted, found, strict=True)),
            "with_one_solution": sum(one.count == 1 for one in found),
            "solutions": sum(one.count for one in found),
        }

    return work


def score(folder: Path) -> dict[str, dict[str, int]]:
    """For each kind of remittance: how many, and its links confirmed and proposed, right and wrong."""
    import numpy as np
    import pyarrow as pa

    from analysis.store import open_store
    from benchmarks.synthetic_mix import KINDS

    with np.load(folder / "truth.npz") as truth, open_store(folder / "bench.duckdb") as store, store.cursor() as cursor:
        names = pa.array(KINDS).take(pa.array(truth["kinds"]))
        rows = {"remittance_id": truth["remittance_ids"], "bank_id": truth["bank_ids"], "kind": names}
        cursor.register("truth", pa.table(rows))
        found = cursor.execute(SCORES)
        columns = [one[0] for one in found.description]
        scores = {row[0]: dict(zip(columns[1:], row[1:], strict=True)) for row in found.fetchall()}
    return {kind: scores[kind] for kind in KINDS if kind in scores}


def child(asked: dict[str, Any]) -> dict[str, Any]:
    """One step done in this process; what it took and found. The clock runs over the step alone, with its commit."""
    if asked["step"] == "sums":
        return timed(sums())
    folder = Path(asked["folder"])
    if asked["step"] == "make":
        return make(folder, asked["count"])
    if asked["step"] == "score":
        return score(folder)
    from analysis.store import open_store

    with open_store(folder / "bench.duckdb") as store:
        return timed(WORKS[asked["step"]](store, date.fromisoformat(asked["as_of"])))


def timed(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Seconds of wall and of all cores, the process's peak memory in bytes, and what was found."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    took = {"wall_seconds": time.perf_counter() - wall, "cpu_seconds": time.process_time() - cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KiB
    return took | {"peak_bytes": peak, "found": found}
