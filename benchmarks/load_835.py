"""How fast 835 files load, side by side with pyx12 on the same machine in the same run.

python benchmarks/load_835.py [--mb 100] [--rounds 3] [--reader-mb 10] [--walk-mb 1] [--many-kb 70] [--out FILE]

Each measurement is a process of its own, in interleaved rounds. The clock runs from an opened, empty store on disk to
closing it, checkpointed; imports do not count, and what opening a new store takes is told beside it.
benchmarks/README.md says what is measured and against which target.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.synthetic_835 import Totals, write_many, write_one  # noqa: E402 - run as a file, from anywhere

MB = 1_000_000
SPEED_TARGET = 20.0
"""MB a second on one core."""


# --- what is measured, each in a child process ---------------------------------------------------------------------


def tieout(source: Path, folder: Path) -> Callable[[], dict[str, int]]:
    """Tieout's own load: every file at `source` into typed tables of an empty store, checkpointed."""
    from analysis.store import open_store
    from analysis.store.loading import load, sources

    place = tempfile.TemporaryDirectory(dir=folder)
    opening = time.process_time()
    opened = open_store(Path(place.name) / "bench.duckdb")
    opening = time.process_time() - opening

    def work() -> dict[str, int]:
        with place, opened as store:
            outcomes = list(load(store, sources([source]), "benchmark"))
            store_bytes = sum(one.stat().st_size for one in Path(place.name).iterdir())
        told = [one for one in outcomes if one.status != "loaded" or one.findings]
        assert not told, told[0]
        names = {"transactions": "remittances", "claims": "claims", "lines": "service_lines"}
        names["adjustments"] = "adjustments"
        found = {name: sum(one.records[record] for one in outcomes) for name, record in names.items()}
        found["paid_cents"] = _cents(sum(one.totals["claim_payment_amount"] for one in outcomes))
        found["payment_cents"] = _cents(sum(one.totals["payment_amount"] for one in outcomes))
        return found | {"store_bytes": store_bytes, "opening_ms": round(opening * 1000)}

    return work


def _cents(amount: Decimal | int) -> int:
    return int(amount * 100)


def reader(source: Path, _: Path) -> Callable[[], dict[str, int]]:
    """pyx12's bare X12Reader: every segment, every value through its own `values_iterator`, nothing kept."""
    from pyx12.x12file import X12Reader

    _silence()

    def work() -> dict[str, int]:
        seen = {"BPR": 0, "CLP": 0, "SVC": 0, "CAS": 0}
        cents = {"BPR": 0, "CLP": 0}
        with X12Reader(str(source)) as segments:
            for segment in segments:
                values = [value for _, _, _, value in segment.values_iterator()]
                name = segment.get_seg_id()
                if name in seen:
                    seen[name] += 1
                if name in cents:
                    cents[name] += int(values[3 if name == "CLP" else 1].replace(".", ""))
        counts = dict(zip(("transactions", "claims", "lines", "adjustments"), seen.values(), strict=True))
        return counts | {"paid_cents": cents["CLP"], "payment_cents": cents["BPR"]}

    return work


def walk(source: Path, _: Path) -> Callable[[], dict[str, int]]:
    """pyx12's validating walk through the guide's map (x12n_document), which writes nothing here."""
    import pyx12.params
    import pyx12.x12n_document

    _silence()

    def work() -> dict[str, int]:
        is_valid = pyx12.x12n_document.x12n_document(pyx12.params.ParamsBase(), str(source), None, None, None)
        assert is_valid, "pyx12 finds a fault in the synthetic file"
        return {}

    return work


def _silence() -> None:
    import logging

    logging.disable(logging.CRITICAL)


def write(source: Path, size_bytes: int, per_file_bytes: int | None) -> dict[str, int]:
    """Writes the file or the folder of files; in a child, as a child's peak memory starts from its parent's."""
    if per_file_bytes is None:
        return asdict(write_one(source, size_bytes))
    return asdict(write_many(source, size_bytes, per_file_bytes))


WORKS = {"tieout": tieout, "reader": reader, "walk": walk}


def child(asked: dict[str, Any]) -> dict[str, Any]:
    """One piece of work done in this process; what it took, or for `write` what the files hold."""
    source = Path(asked["source"])
    if asked["work"] == "write":
        return write(source, asked["size_bytes"], asked["per_file_bytes"])
    if asked["core"] is not None:
        os.sched_setaffinity(0, {asked["core"]})
    work = WORKS[asked["work"]](source, source.parent)
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    took = {"wall_seconds": time.perf_counter() - wall, "cpu_seconds": time.process_time() - cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KiB
    return took | {"peak_bytes": peak, "found": found}


def in_child(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer of a child process; its messages go to our standard error."""
    command = [sys.executable, str(Path(__file__).resolve()), "--child", json.dumps(asked)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


# --- the run -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """One thing measured: its letter, what it is in words, its work, its files, and whether it keeps to one core."""

    name: str
    says: str
    work: str
    source: Path
    totals: Totals
    is_pinned: bool = True


def cases(folder: Path, asked: argparse.Namespace) -> list[Case]:
    """The cases, their files written."""

    def made(name: str, size: float, per_file_bytes: int | None = None) -> tuple[Path, Totals]:
        source = folder / name
        order = {"work": "write", "source": str(source), "size_bytes": int(size), "per_file_bytes": per_file_bytes}
        totals = Totals(**in_child(order))
        say(f"wrote {name}: {totals.size_bytes / MB:.1f} MB, {totals.transactions:,} ST, {totals.claims:,} claims")
        return source, totals

    one = made("one.835", asked.mb * MB)
    slice_ = made("reader.835", asked.reader_mb * MB) if asked.reader_mb < asked.mb else one
    walked = made("walk.835", asked.walk_mb * MB)
    many = made("many", asked.mb * MB, asked.many_kb * 1000)
    count = sum(1 for _ in many[0].iterdir())
    sizes = [f"{totals.size_bytes / MB:.1f} MB" for _, totals in (slice_, walked)]
    return [
        Case("a", "Tieout, one file, one core", "tieout", *one),
        Case("a2", "Tieout, one file, all cores", "tieout", *one, is_pinned=False),
        Case("b", f"pyx12 X12Reader, first {sizes[0]}", "reader", *slice_),
        Case("c", f"pyx12 validating walk, first {sizes[1]}", "walk", *walked),
        Case("d", f"Tieout, {count:,} files of {asked.many_kb} KB, one core", "tieout", *many),
    ]


def measure(all_cases: list[Case], rounds: int, core: int) -> dict[str, list[dict[str, Any]]]:
    """Every case once a round, in turn, so that what else the machine does falls on all of them alike."""
    runs: dict[str, list[dict[str, Any]]] = {case.name: [] for case in all_cases}
    for number in range(1, rounds + 1):
        for case in all_cases:
            order = {"work": case.work, "source": str(case.source), "core": core if case.is_pinned else None}
            run = in_child(order)
            wrong = {
                name: (value, getattr(case.totals, name))
                for name, value in run["found"].items()
                if hasattr(case.totals, name) and value != getattr(case.totals, name)
            }
            if wrong:
                sys.exit(f"({case.name}) found other totals than the generator wrote: {wrong}")
            size = case.totals.size_bytes / MB
            run |= {"mb_per_second": size / run["wall_seconds"], "mb_per_cpu_second": size / run["cpu_seconds"]}
            runs[case.name].append(run)
            say(f"round {number} ({case.name}) {run['wall_seconds']:.2f} s wall, {run['cpu_seconds']:.2f} s CPU")
    return runs


def median(runs: list[dict[str, Any]], name: str) -> float:
    """The median over the rounds."""
    return float(statistics.median(run[name] for run in runs))


def best(runs: list[dict[str, Any]], name: str) -> float:
    """The highest speed over the rounds: the round that the machine's other work disturbed least."""
    return float(max(run[name] for run in runs))


def against_targets(runs: dict[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Each target beside the figure by wall and by CPU; a ratio is the median of the rounds' ratios."""

    def ratio(over: str, under: str, name: str) -> float:
        pairs = zip(runs[over], runs[under], strict=True)
        return float(statistics.median(one[name] / other[name] for one, other in pairs))

    wall, cpu = "mb_per_second", "mb_per_cpu_second"
    wanted = [("a, MB/s on one core", SPEED_TARGET, median(runs["a"], wall), median(runs["a"], cpu))]
    ratios = (
        ("a/b, against pyx12's reader", "a", "b", 6.0),
        ("a/c, against pyx12's walk", "a", "c", 100.0),
        ("d/a, many small files", "d", "a", 0.5),
    )
    wanted += [(says, goal, ratio(one, other, wall), ratio(one, other, cpu)) for says, one, other, goal in ratios]
    return [
        {"target": says, "goal": goal, "by_wall": by_wall, "by_cpu": by_cpu, "met": by_wall >= goal}
        for says, goal, by_wall, by_cpu in wanted
    ]


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "load_average": [round(one, 2) for one in os.getloadavg()],
        "python": platform.python_version(),
        "packages": {name: version(name) for name in ("duckdb", "oxedi", "pyarrow", "pyx12")},
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def show(all_cases: list[Case], runs: dict[str, list[dict[str, Any]]], targets: list[dict[str, Any]]) -> None:
    """The two tables, in Markdown so that they can be kept as they are: medians over the rounds, the best speed too."""
    print("| | what | MB | wall s | CPU s | MB/s wall | MB/s CPU | best MB/s wall | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for case in all_cases:
        own = runs[case.name]
        figures = [f"{case.totals.size_bytes / MB:.1f}"]
        figures += [f"{median(own, name):.2f}" for name in ("wall_seconds", "cpu_seconds")]
        figures += [f"{median(own, name):.3g}" for name in ("mb_per_second", "mb_per_cpu_second")]
        figures.append(f"{best(own, 'mb_per_second'):.3g}")
        figures.append(f"{median(own, 'peak_bytes') / MB:.0f}")
        print(f"| {case.name} | {case.says} | {' | '.join(figures)} |")
    openings = [run["found"]["opening_ms"] / 1000 for run in runs["a"]]
    print(f"\nOpening a new store, once, in none of these: {statistics.median(openings):.2f} s CPU.")
    print("\n| target | wanted | by wall | by CPU | met |\n|---|---|---|---|---|")
    for one in targets:
        met = "yes" if one["met"] else "by CPU only" if one["by_cpu"] >= one["goal"] else "no"
        print(f"| {one['target']} | {one['goal']:g} | {one['by_wall']:.3g} | {one['by_cpu']:.3g} | {met} |")


def say(message: str) -> None:
    """A message on standard error, beside the tables."""
    print(message, file=sys.stderr, flush=True)


def main() -> int:
    """Writes the files, measures, shows; 1 where a target is missed by wall and by CPU."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=float, default=100, help="size of the one file, and of the many together")
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often each is measured; medians and the best are shown"
    )
    parser.add_argument("--reader-mb", type=float, default=10, help="how much of the file pyx12's reader gets")
    parser.add_argument("--walk-mb", type=float, default=1, help="how much of the file pyx12's walk gets")
    parser.add_argument("--many-kb", type=int, default=70, help="size of each of the many files")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="the core to keep to")
    parser.add_argument("--folder", type=Path, help="where the files and stores go for the run (a temporary folder)")
    parser.add_argument("--out", type=Path, help="write every figure there as JSON")
    parser.add_argument("--child", type=json.loads, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child is not None:
        print(json.dumps(child(asked.child)))
        return 0
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        all_cases = cases(Path(folder), asked)
        runs = measure(all_cases, asked.rounds, asked.core)
    targets = against_targets(runs)
    show(all_cases, runs, targets)
    if asked.out is not None:
        told = [{"name": case.name, "says": case.says, "totals": asdict(case.totals)} for case in all_cases]
        whole = {"machine": machine(), "cases": told, "runs": runs, "targets": targets}
        asked.out.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return int(any(one["by_wall"] < one["goal"] and one["by_cpu"] < one["goal"] for one in targets))


if __name__ == "__main__":
    sys.exit(main())
