"""How fast and how right a million remittances meet a million bank lines, beside a bare DuckDB join in the same run.

python benchmarks/match_scale.py [--sizes 100000 1000000] [--rounds 1] [--folder FOLDER] [--out FILE]
python benchmarks/match_scale.py --sums [--rounds 3]

Each step is a process of its own and works on the same copy of a synthetic store, step after step, round after round.
benchmarks/README.md says what is measured and against which target.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.match_scale_steps import DAILY, LUMP_AMOUNTS, LUMPS, child  # noqa: E402 - run as a file, from anywhere

MB = 1_000_000
RATIO_TARGET = 10.0
PEAK_TARGET_MB = 2_000
LINEAR_TARGET = 1.3
"""Cost of a row among many over cost of a row among few."""

LUMP_SECONDS_TARGET = 2.0

STEPS = {
    "bare": "bare DuckDB join on trace and amount, into a table",
    "match": "`match`, explanations stored, committed",
    "unmatched": "`unmatched`, what is open and why",
    "again": "`match` again, nothing new",
    "daily": f"`match` after {2 * DAILY:,} new facts",
}
UNAMBIGUOUS = ("exact", "vendor", "cut", "suffix", "digit", "payer", "cheque", "lump", "alone")
"""Kinds of which no confirmed link may be wrong; of twins nobody can tell."""


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
