"""How fast and how right a million remittances meet a million bank lines, beside a bare DuckDB join in the same run.

python benchmarks/match_scale.py [--sizes 100000 1000000] [--rounds 1] [--folder FOLDER] [--out FILE]
python benchmarks/match_scale.py --sums [--rounds 3]

Each step is a process of its own and works on the same copy of a synthetic store, step after step, round after round.
benchmarks/README.md says what is measured and against which target.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MB = 1_000_000
SEED = 20261124
DAILY = 500
"""Remittances, and as many bank lines, that one more day brings."""

RATIO_TARGET = 10.0
PEAK_TARGET_MB = 2_000
LINEAR_TARGET = 1.3
"""Cost of a row among many over cost of a row among few."""

LUMPS, LUMP_AMOUNTS, LUMP_SECONDS_TARGET = 1_000, 50, 2.0

STEPS = {
    "bare": "bare DuckDB join on trace and amount, into a table",
    "match": "`match`, explanations stored, committed",
    "unmatched": "`unmatched`, what is open and why",
    "again": "`match` again, nothing new",
    "daily": f"`match` after {2 * DAILY:,} new facts",
}
UNAMBIGUOUS = ("exact", "vendor", "cut", "suffix", "digit", "payer", "cheque", "lump", "alone")
"""Kinds of which no confirmed link may be wrong; of twins nobody can tell."""

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


# --- steps, each in a child process ---------------------------------------------------------------------------------


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
    from benchmarks.synthetic_payments import DAYS, write

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
    from benchmarks.synthetic_payments import KINDS

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


def in_child(**asked: Any) -> dict[str, Any]:
    """The answer of a child process; its messages go to our standard error."""
    command = [sys.executable, str(Path(__file__).resolve()), "--child", json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


# --- the run --------------------------------------------------------------------------------------------------------

Run = dict[str, dict[str, Any]]
"""The steps of one round by name."""


def measure(folder: Path, sizes: list[int], rounds: int) -> tuple[dict[int, list[Run]], dict[int, dict[str, Any]]]:
    """For each size its rounds, in turn, and the scores of the last one."""
    days: dict[int, str] = {}
    for count in sizes:
        place = folder / f"made-{count}"
        place.mkdir()
        told = in_child(step="make", folder=str(place), count=count)
        days[count] = told["as_of"]
        size = sum(one.stat().st_size for one in place.iterdir()) / MB
        say(f"wrote {count:,} remittances and {count:,} bank lines in {told['seconds']:.1f} s: {size:.0f} MB")
    runs: dict[int, list[Run]] = {count: [] for count in sizes}
    scores: dict[int, dict[str, Any]] = {}
    for number in range(1, rounds + 1):
        for count in sizes:
            place = folder / f"round-{number}-{count}"
            shutil.copytree(folder / f"made-{count}", place)
            runs[count].append(one_round(place, count, days[count], number))
            scores[count] = in_child(step="score", folder=str(place))
            shutil.rmtree(place)
    return runs, scores


def one_round(place: Path, count: int, as_of: str, number: int) -> Run:
    """Every step once, in order, on the same store."""
    run: Run = {}
    for step in STEPS:
        run[step] = one = in_child(step=step, folder=str(place), as_of=as_of)
        say(
            f"round {number} {count:>9,} {step:9} {one['wall_seconds']:8.2f} s wall {one['cpu_seconds']:8.2f} s CPU "
            f"{one['peak_bytes'] / MB:6.0f} MB  {one['found']}"
        )
    return run


def median(runs: list[Run], *steps: str, figure: str, over: str | None = None) -> float:
    """The median over the rounds of a figure summed over steps, or of its ratio to another step's."""
    per_round = [
        sum(run[step][figure] for step in steps) / (run[over][figure] if over is not None else 1) for run in runs
    ]
    return float(statistics.median(per_round))


def against_targets(runs: dict[int, list[Run]], scores: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Each target beside the figure by CPU, of which all but the first must stay below the goal."""
    few, many = min(runs), max(runs)
    own, figure = runs[many], "cpu_seconds"
    wrong = sum(scores[many][kind]["confirmed_wrong"] for kind in UNAMBIGUOUS if kind in scores[many])
    peak = max(run[step]["peak_bytes"] for run in own for step in ("match", "unmatched")) / MB
    changed = sum(groups for run in own for groups in run["again"]["found"]["groups"].values())
    wanted = [
        ("wrong confirmed links where somebody can tell", 0.0, float(wrong)),
        ("groups that a second run adds", 0.0, float(changed)),
        ("match / bare join", RATIO_TARGET, median(own, "match", figure=figure, over="bare")),
        (
            "match and unmatched / bare join",
            RATIO_TARGET,
            median(own, "match", "unmatched", figure=figure, over="bare"),
        ),
        ("peak MB of match and of unmatched", float(PEAK_TARGET_MB), peak),
    ]
    if few != many:
        costs = {count: median(runs[count], "match", "unmatched", figure=figure) / count for count in (few, many)}
        wanted.append((f"cost of a row, {many:,} / {few:,}", LINEAR_TARGET, costs[many] / costs[few]))
    return [{"target": says, "at_most": goal, "found": found, "met": found <= goal} for says, goal, found in wanted]


def show(runs: dict[int, list[Run]], scores: dict[int, dict[str, Any]], targets: list[dict[str, Any]]) -> None:
    """The three tables, medians over the rounds, in Markdown so that they can be kept as they are."""
    print("| rows a side | step | wall s | CPU s | CPU / bare | peak MB |\n|---|---|---|---|---|---|")
    for count, own in runs.items():
        for step, says in STEPS.items():
            figures = [f"{median(own, step, figure=name):.2f}" for name in ("wall_seconds", "cpu_seconds")]
            figures.append(f"{median(own, step, figure='cpu_seconds', over='bare'):.1f}")
            figures.append(f"{median(own, step, figure='peak_bytes') / MB:.0f}")
            print(f"| {count:,} | {says} | {' | '.join(figures)} |")
    print("\n| kind | remittances | confirmed | wrong | proposed | wrong | found |\n|---|---|---|---|---|---|---|")
    for kind, one in scores[max(scores)].items():
        found = (one["confirmed"] + one["proposed"]) / one["remittances"]
        print(f"| {kind} | {' | '.join(f'{value:,}' for value in one.values())} | {found:.1%} |")
    print("\n| target | at most | found | met |\n|---|---|---|---|")
    for one in targets:
        print(f"| {one['target']} | {one['at_most']:g} | {one['found']:.3g} | {'yes' if one['met'] else 'no'} |")


def sums_only(rounds: int, out: Path | None) -> int:
    """The search for sums alone; 1 where it is too slow or misses what was planted."""
    runs = [in_child(step="sums") for _ in range(rounds)]
    seconds = float(statistics.median(run["cpu_seconds"] for run in runs))
    found = runs[0]["found"]
    print("| deposits | amounts each | CPU s | peak MB | planted sets found | with one solution | solutions |")
    print("|---|---|---|---|---|---|---|")
    told = [found["planted_found"], found["with_one_solution"], found["solutions"]]
    peak = max(run["peak_bytes"] for run in runs) / MB
    print(f"| {LUMPS:,} | {LUMP_AMOUNTS} | {seconds:.2f} | {peak:.0f} | {' | '.join(f'{one:,}' for one in told)} |")
    if out is not None:
        out.write_text(json.dumps({"runs": runs}, indent=2) + "\n", encoding="utf-8")
    return int(seconds > LUMP_SECONDS_TARGET or found["planted_found"] < LUMPS)


def say(message: str) -> None:
    """A message on standard error, beside the tables."""
    print(message, file=sys.stderr, flush=True)


def main() -> int:
    """Writes the stores, measures, shows; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000], help="remittances in each store")
    parser.add_argument("--rounds", type=int, default=1, help="how often each is measured; medians are shown")
    parser.add_argument("--sums", action="store_true", help="only the search for the sums of lump deposits")
    parser.add_argument("--folder", type=Path, help="where the stores go for the run (a temporary folder)")
    parser.add_argument("--out", type=Path, help="write every figure there as JSON")
    parser.add_argument("--child", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child is not None:
        print(json.dumps(child(asked.child)))
        return 0
    if asked.sums:
        return sums_only(asked.rounds, asked.out)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        runs, scores = measure(Path(folder), asked.sizes, asked.rounds)
    targets = against_targets(runs, scores)
    show(runs, scores, targets)
    if asked.out is not None:
        from benchmarks.load_835 import machine

        whole = {"machine": machine(), "runs": runs, "scores": scores, "targets": targets}
        asked.out.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return int(any(not one["met"] for one in targets))


if __name__ == "__main__":
    sys.exit(main())
