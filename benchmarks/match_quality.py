"""How right the matching is: every link and every open item of generated fortnights, held against their truth.

python benchmarks/match_quality.py [--seeds 20] [--scale 1,3] [--out FILE]

Each seed is an invented hospital's fortnight (`sample_data/`), loaded into a store in memory and matched once.
benchmarks/README.md says what is measured and against which targets. Exit code 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.match.run import match  # noqa: E402 - run as a file, from anywhere
from analysis.match.unmatched import unmatched  # noqa: E402
from analysis.sample import AS_OF  # noqa: E402
from analysis.store import Store, open_store  # noqa: E402
from analysis.store.loading import load, sources  # noqa: E402
from benchmarks import link_finders  # noqa: E402
from benchmarks.planted_causes import names_cause  # noqa: E402
from benchmarks.telling import say  # noqa: E402
from benchmarks.true_links import TRACE_OR_ONE_SUM, FoundPair, Tally, Truth, read_truth  # noqa: E402
from sample_data.hospital import generate  # noqa: E402

TIEOUT = "Tieout"
FINDERS = (TIEOUT, "exact trace and amount", "pandas merge on amount and date")
MOST_PAIRS = 20
"""Of Tieout's wrong pairs and missed links, how many are shown; `--out` holds all."""
MOST_EXAMPLES = 3
"""Of the items of a cause that are not listed, or whose words do not name it, how many are shown."""


@dataclass
class Items:
    """What became of the truth's open items, summed over fortnights; counts by planted cause."""

    planted: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    beyond: Counter[str] = field(default_factory=Counter)
    """By type: listed as open without a proposal, and no open item of the truth."""
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, truth: Truth, rows: list[dict[str, Any]], where: str) -> None:
        """One fortnight more: the report's rows beside the truth's items."""
        listed = {(row["item_type"], row["reference"]): row for row in rows}
        for item in truth.items:
            cause, row = item["cause"], listed.pop((item["item_type"], item["reference"]), None)
            is_named = row is not None and names_cause(row["why"], cause, item["off_by"])
            self.planted[cause] += 1
            self.listed[cause] += row is not None
            self.named[cause] += is_named
            if not is_named:
                said = "not listed" if row is None else row["why"]
                self._keep_example(cause, f"{where}: {item['item_type']} {item['reference']}: {said}")
        self.beyond.update(row["item_type"] for row in listed.values() if row["status"] != "proposed")

    def _keep_example(self, cause: str, words: str) -> None:
        examples = self.examples.setdefault(cause, [])
        if len(examples) < MOST_EXAMPLES:
            examples.append(words)


@dataclass
class Figures:
    """Everything measured: a tally for each way of linking, and the open items of Tieout's."""

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FINDERS})
    items: Items = field(default_factory=Items)

    def add(self, seed: int, scale: int) -> None:
        """One generated fortnight more, loaded, matched and held against its truth."""
        where = f"seed {seed}, scale {scale}"
        with tempfile.TemporaryDirectory() as place, open_store(None) as store:
            generate(Path(place), seed, scale)
            truth = read_truth(Path(place) / "truth")
            _load(store, Path(place) / "fortnight")
            match(store, AS_OF, "benchmark")
            for name, found in zip(FINDERS, _found(store), strict=True):
                self.tallies[name].add(truth, found, where)
            self.items.add(truth, unmatched(store, AS_OF).to_dict("records"), where)


def _load(store: Store, folder: Path) -> None:
    refused = [one for one in load(store, sources([folder]), "benchmark") if one.status == "rejected"]
    assert not refused, refused[0]


def _found(store: Store) -> Iterator[Iterator[FoundPair]]:
    """The pairs of each way of linking, in the order of FINDERS."""
    yield link_finders.tieout(store, AS_OF)
    yield link_finders.exact_trace(store)
    yield link_finders.amount_and_date(store)


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, what is wanted of it, and whether it is met."""

    name: str
    wanted: str
    found: str
    is_met: bool


def targets(tally: Tally) -> list[Target]:
    """Each target beside its figure."""
    wrong = sum(tally.wrong_amount.values())
    told = (tally.confirmed, tally.proposed)
    return [
        _at_least("precision of confirmed pairs", tally.precision, 1.0),
        Target("money confirmed wrongly", "0.00", f"{wrong:.2f}", wrong == 0),
        _at_least(
            "confirmed, of links by a trace or the only sum",
            tally.recall(tally.confirmed, evidence=TRACE_OR_ONE_SUM),
            0.97,
        ),
        _at_least("confirmed, of all links", tally.recall(tally.confirmed), 0.90),
        _at_least("confirmed or proposed, of all links", tally.recall(*told), 0.99),
        Target("only sums not found", "0", str(tally.sums_missed), tally.sums_missed == 0),
        Target("look-alikes linked wrongly", "0", str(tally.lookalikes_wrong), tally.lookalikes_wrong == 0),
    ]


def _at_least(name: str, share: float, least: float) -> Target:
    return Target(name, f"{least:.2f}", f"{share:.4f}", share >= least)


# --- what is told --------------------------------------------------------------------------------------------------


def by_kind(tally: Tally) -> list[dict[str, Any]]:
    """A row for each kind of link and its evidence."""
    return [
        {
            "kind": kind[0],
            "evidence": kind[1],
            "links": tally.links[kind],
            "confirmed": tally.confirmed[kind],
            "proposed": tally.proposed[kind],
            "missed": tally.links[kind] - tally.confirmed[kind] - tally.proposed[kind],
            "wrong_confirmed": tally.wrong_confirmed[kind],
            "wrong_amount": f"{tally.wrong_amount.get(kind, 0):.2f}",
            "wrong_proposed": tally.wrong_proposed[kind],
        }
        for kind in sorted({*tally.links, *tally.wrong_confirmed, *tally.wrong_proposed})
    ]


def by_cause(items: Items) -> list[dict[str, Any]]:
    """A row for each planted cause of an open item."""
    return [
        {
            "cause": cause,
            "items": count,
            "listed": items.listed[cause],
            "named": items.named[cause],
            "examples": items.examples.get(cause, []),
        }
        for cause, count in sorted(items.planted.items())
    ]


def as_json(figures: Figures) -> dict[str, Any]:
    """All figures, for `--out`."""
    ways = {
        name: {
            "by_kind": by_kind(tally),
            "figures": {one.name: one.found for one in targets(tally)},
            "examples": tally.examples if name == TIEOUT else [],
        }
        for name, tally in figures.tallies.items()
    }
    met = {one.name: {"wanted": one.wanted, "found": one.found, "met": one.is_met} for one in _of_tieout(figures)}
    return {"ways": ways, "targets": met, "items": by_cause(figures.items), "beyond": dict(figures.items.beyond)}


def _of_tieout(figures: Figures) -> list[Target]:
    return targets(figures.tallies[TIEOUT])


def tell(figures: Figures) -> None:
    """The figures as tables on standard output."""
    _table(by_kind(figures.tallies[TIEOUT]))
    for example in figures.tallies[TIEOUT].examples[:MOST_PAIRS]:
        say(f"  {example}")
    say("")
    columns = [targets(tally) for tally in figures.tallies.values()]
    _table(
        [
            {
                "figure": row[0].name,
                "wanted": row[0].wanted,
                **dict(zip(FINDERS, (one.found for one in row), strict=True)),
            }
            for row in zip(*columns, strict=True)
        ]
    )
    say("")
    causes = by_cause(figures.items)
    _table([{name: value for name, value in row.items() if name != "examples"} for row in causes])
    for row in causes:
        for example in row["examples"]:
            say(f"  {row['cause']}, {example}")
    say(f"open beyond the truth's items, without a proposal: {dict(sorted(figures.items.beyond.items()))}")


def _table(rows: list[dict[str, Any]]) -> None:
    columns = {name: max(len(name), *(len(str(row[name])) for row in rows)) for name in rows[0]}
    for row in [{name: name for name in columns}, *rows]:
        cells = [
            str(row[name]).ljust(width) if isinstance(rows[0][name], str) else str(row[name]).rjust(width)
            for name, width in columns.items()
        ]
        say("  ".join(cells).rstrip())


def main() -> int:
    """Measures, tells, and says whether every target is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="seeds 1 to this number")
    parser.add_argument("--scale", default="1", help="scales, with commas between them")
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    asked = parser.parse_args()
    figures = Figures()
    for scale in map(int, asked.scale.split(",")):
        for seed in range(1, asked.seeds + 1):
            figures.add(seed, scale)
    tell(figures)
    if asked.out:
        asked.out.write_text(json.dumps(as_json(figures), indent=2) + "\n", encoding="utf-8")
    missed = [one for one in _of_tieout(figures) if not one.is_met]
    for one in missed:
        say(f"missed: {one.name}: wanted {one.wanted}, found {one.found}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
