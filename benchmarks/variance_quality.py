"""How rightly variances are explained: every planted variance of generated fortnights, held against its truth.

python benchmarks/variance_quality.py [--seeds 20] [--out FILE]

Each seed is an invented hospital's fortnight with the further slips of `sample_data/hospital/further_slips.py`, loaded
into a store in memory and matched once; nobody confirms anything. benchmarks/README.md says what is measured and
against which targets. Exit code 1 where a target is missed.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.match.run import match  # noqa: E402 - run as a file, from anywhere
from analysis.sample import AS_OF  # noqa: E402
from analysis.store import Store, open_store  # noqa: E402
from analysis.store.loading import load, sources  # noqa: E402
from analysis.tieout.parts import explained  # noqa: E402
from analysis.tieout.variances import differences, frame_of_rows  # noqa: E402
from benchmarks.telling import Row, run, say, show_rows, show_targets  # noqa: E402
from sample_data.hospital import generate  # noqa: E402

KEYING = frozenset(
    {
        "transposition",
        "slide",
        "missing_line",
        "duplicate_line",
        "keyed_amount",
        "wrong_account",
        "wrong_deposit_date",
        "wrong_bank_account",
        "provider_adjustment",
        "duplicate_remittance",
    }
)
"""Causes that say somebody posted wrongly."""
MOST_EXAMPLES = 3
"""Of the planted variances of a kind that are not listed or not named, how many are shown; `--out` holds all."""


@dataclass
class Kind:
    """What became of the variances of one planted kind."""

    planted: int = 0
    listed: int = 0
    named: int = 0
    same_amount: int = 0
    """The variance is the truth's to the cent."""
    dollars: Decimal = Decimal(0)
    """Σ |variance| of the rows listed."""
    unexplained: Decimal = Decimal(0)
    examples: list[str] = field(default_factory=list)


@dataclass
class Figures:
    """Everything measured, summed over fortnights."""

    batches: dict[str, Kind] = field(default_factory=lambda: defaultdict(Kind))
    deposits: dict[str, Kind] = field(default_factory=lambda: defaultdict(Kind))
    """The truth's variances without a batch: deposits that nobody posted, items returned."""
    rows: int = 0
    does_not_add_up: int = 0
    blamed: list[str] = field(default_factory=list)
    """Batches keyed right that a keying cause is said of."""
    beyond: Counter[str] = field(default_factory=Counter)
    """Listed and no variance in the truth, by first cause: money that waits for a person to say whose it is."""
    dollars: Decimal = Decimal(0)
    unexplained: Decimal = Decimal(0)

    def add(self, seed: int) -> None:
        """One generated fortnight more."""
        with tempfile.TemporaryDirectory() as place, open_store(None) as store:
            generate(Path(place), seed, further=True)
            refused = [
                one for one in load(store, sources([Path(place) / "fortnight"]), "b") if one.status == "rejected"
            ]
            assert not refused, refused[0]
            match(store, AS_OF, "benchmark")
            self.judge(store, Path(place) / "truth", f"seed {seed}")

    def judge(self, store: Store, truth: Path, where: str) -> None:
        """The report of a matched store beside the truth in that folder."""
        found = differences(store, AS_OF)
        rows: list[Row] = frame_of_rows(found).to_dict("records")
        self.does_not_add_up += sum(explained(one.parts) != one.row["explained"] for one in found)
        listed = {row["reference"]: row for row in rows}
        batches = {row["batch_id"]: row for row in _table(truth, "batches")}
        planted = {row["batch_id"]: row for row in _table(truth, "variances")}
        for reference, row in planted.items():
            kinds = self.batches if reference in batches else self.deposits
            _count(kinds[row["planted"] or row["causes"]], row, listed.get(reference), where)
        for row in rows:
            self._add_row(row, planted.get(row["reference"]), where)

    def _add_row(self, row: Row, planted: dict[str, str] | None, where: str) -> None:
        said = row["causes"].split(";")
        self.rows += 1
        self.does_not_add_up += row["explained"] + row["unexplained"] != row["variance"]
        self.dollars += abs(row["variance"])
        self.unexplained += abs(row["unexplained"])
        true = set(planted["causes"].split(";")) if planted else set()
        if not pd.isna(row["batch_id"]) and not KEYING & true and KEYING & set(said):
            self.blamed.append(f"{where}: {row['reference']}: {row['explanation']}")
        if planted is None:
            self.beyond[said[0]] += 1


def _count(kind: Kind, planted: dict[str, str], row: Row | None, where: str) -> None:
    """One planted variance and the row that is listed for it, if any."""
    kind.planted += 1
    is_named = row is not None and row["causes"].split(";")[0] == planted["causes"].split(";")[0]
    kind.named += is_named
    if row is not None:
        kind.listed += 1
        kind.same_amount += row["variance"] == Decimal(planted["variance"])
        kind.dollars += abs(row["variance"])
        kind.unexplained += abs(row["unexplained"])
    if not is_named or row["unexplained"]:
        said = "not listed" if row is None else f"{row['causes']}: {row['explanation']}"
        kind.examples.append(f"{where}: {planted['batch_id']} {planted['causes']} ({planted['explanation']}): {said}")


def _table(truth: Path, name: str) -> list[dict[str, str]]:
    with (truth / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- what is told --------------------------------------------------------------------------------------------------


def targets(figures: Figures) -> list[tuple[str, str, str, bool]]:
    """Name, what is wanted, what was found, whether it is met."""
    kinds = figures.batches.values()
    planted, listed = sum(kind.planted for kind in kinds), sum(kind.listed for kind in kinds)
    named = sum(kind.named for kind in kinds)
    explained = 1 - figures.unexplained / figures.dollars if figures.dollars else Decimal(1)
    return [
        ("planted batch variances listed", str(planted), str(listed), listed == planted),
        ("their planted cause named first", str(planted), str(named), named == planted),
        ("batches keyed right that are blamed", "0", str(len(figures.blamed)), not figures.blamed),
        (
            "rows where explained + unexplained is not the variance",
            "0",
            str(figures.does_not_add_up),
            not figures.does_not_add_up,
        ),
        ("variance dollars explained", "0.98", f"{explained:.4f}", explained >= Decimal("0.98")),
    ]


def by_kind(kinds: dict[str, Kind]) -> list[Row]:
    """A row for each planted kind."""
    return [
        {
            "planted as": name,
            "planted": kind.planted,
            "listed": kind.listed,
            "named first": kind.named,
            "same amount": kind.same_amount,
            "dollars": f"{kind.dollars:.2f}",
            "unexplained": f"{kind.unexplained:.2f}",
        }
        for name, kind in sorted(kinds.items())
    ]


def as_json(figures: Figures) -> dict[str, Any]:
    """All figures, for `--out`."""
    kinds = {"batches": figures.batches, "deposits": figures.deposits}
    return {
        "targets": {
            name: {"wanted": wanted, "found": found, "met": met} for name, wanted, found, met in targets(figures)
        },
        **{name: by_kind(some) for name, some in kinds.items()},
        "examples": {
            name: [words for kind in some.values() for words in kind.examples] for name, some in kinds.items()
        },
        "blamed": figures.blamed,
        "beyond": dict(figures.beyond),
    }


def tell(figures: Figures) -> None:
    """The figures as tables on standard output."""
    for title, kinds in (("Batches", figures.batches), ("Deposits", figures.deposits)):
        say(title)
        show_rows(by_kind(kinds))
        for kind in kinds.values():
            for example in kind.examples[:MOST_EXAMPLES]:
                say(f"  {example}")
    for words in figures.blamed[:MOST_EXAMPLES]:
        say(f"  blamed: {words}")
    say(f"listed beyond the truth's variances, by first cause: {dict(sorted(figures.beyond.items()))}")
    show_targets(targets(figures))


if __name__ == "__main__":
    sys.exit(run(__doc__, Figures(), tell, as_json, targets))
