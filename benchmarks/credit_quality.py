"""How rightly credits are audited: every account in credit of generated fortnights, held against its truth.

python benchmarks/credit_quality.py [--seeds 20] [--out FILE]

Each seed is an invented hospital's fortnight, loaded into a store in memory; nothing is matched and nobody decides
anything. benchmarks/README.md says what is measured and against which targets. Exit code 1 where a target is missed.
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

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.credits.audit import credits  # noqa: E402 - run as a file, from anywhere
from analysis.sample import AS_OF  # noqa: E402
from analysis.store import Store, open_store  # noqa: E402
from analysis.store.loading import load, sources  # noqa: E402
from benchmarks.telling import Row, run, say, show_rows, show_targets  # noqa: E402
from sample_data.hospital import generate  # noqa: E402

POSTED_WRONG = frozenset({"adjustment_error", "posted_to_wrong_account", "payer_recouped"})
"""Causes of which a refund would be money lost."""
REFUNDS = frozenset({"refund_payer", "refund_patient"})
SAME = ("credit_balance", "credit_date", "age_days", "aging_bucket")
"""What must be the truth's to the cent and the day."""
MOST_EXAMPLES = 3
"""Of the credits of a cause that are read otherwise, how many are shown; `--out` holds all."""


@dataclass
class Cause:
    """What became of the credits of one planted cause."""

    planted: int = 0
    listed: int = 0
    same: int = 0
    named: int = 0
    disposed: int = 0
    """Cause, disposition and who is owed are the truth's."""
    said: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


@dataclass
class Figures:
    """Everything measured, summed over fortnights."""

    causes: dict[str, Cause] = field(default_factory=lambda: defaultdict(Cause))
    beyond: int = 0
    """Accounts that are listed and not in credit by the truth."""
    refunds_of_errors: int = 0

    def add(self, seed: int) -> None:
        """One generated fortnight more."""
        with tempfile.TemporaryDirectory() as place, open_store(None) as store:
            generate(Path(place), seed)
            refused = [
                one for one in load(store, sources([Path(place) / "fortnight"]), "b") if one.status == "rejected"
            ]
            assert not refused, refused[0]
            self.judge(store, Path(place) / "truth", f"seed {seed}")

    def judge(self, store: Store, truth: Path, where: str) -> None:
        """The report of a loaded store beside the truth in that folder."""
        rows = pa.Table.from_pandas(credits(store, AS_OF), preserve_index=False).to_pylist()
        listed = {row["account_number"]: row for row in rows}
        with (truth / "credits.csv").open(encoding="utf-8", newline="") as file:
            planted = {row["account_number"]: row for row in csv.DictReader(file)}
        self.beyond += len(set(listed) - set(planted))
        for number, wanted in planted.items():
            self._count(wanted, listed.get(number), where)

    def _count(self, wanted: dict[str, str], row: Row | None, where: str) -> None:
        cause = self.causes[wanted["cause"]]
        cause.planted += 1
        cause.said["not listed" if row is None else row["cause"]] += 1
        if row is None:
            cause.examples.append(f"{where}: {wanted['account_number']} is not listed")
            return
        cause.listed += 1
        cause.same += all(str(row[name]) == wanted[name] for name in SAME)
        cause.named += row["cause"] == wanted["cause"]
        is_same = all((row[name] or "") == wanted[name] for name in ("cause", "disposition", "owed_to"))
        cause.disposed += is_same
        self.refunds_of_errors += wanted["cause"] in POSTED_WRONG and row["disposition"] in REFUNDS
        if not is_same:
            cause.examples.append(f"{where}: {wanted['account_number']} {wanted['cause']}: {row['evidence']}")


# --- what is told --------------------------------------------------------------------------------------------------


def targets(figures: Figures) -> list[tuple[str, str, str, bool]]:
    """Name, what is wanted, what was found, whether it is met."""
    causes = figures.causes.values()
    planted, listed = sum(one.planted for one in causes), sum(one.listed for one in causes)
    same, named = sum(one.same for one in causes), sum(one.named for one in causes)
    share = Decimal(named) / planted if planted else Decimal(1)
    return [
        ("credits listed", str(planted), str(listed), listed == planted),
        ("their amount, day, age and bucket right", str(planted), str(same), same == planted),
        ("their cause right", "0.95", f"{share:.4f}", share >= Decimal("0.95")),
        (
            "refunds where the truth is a posting error",
            "0",
            str(figures.refunds_of_errors),
            not figures.refunds_of_errors,
        ),
        ("accounts listed that are not in credit", "0", str(figures.beyond), not figures.beyond),
    ]


def by_cause(figures: Figures) -> list[Row]:
    """A row for each planted cause."""
    return [
        {
            "planted as": name,
            "planted": one.planted,
            "listed": one.listed,
            "same amount and day": one.same,
            "cause right": one.named,
            "all right": one.disposed,
            "said": ", ".join(f"{said} {count}" for said, count in one.said.most_common()),
        }
        for name, one in sorted(figures.causes.items())
    ]


def as_json(figures: Figures) -> dict[str, Any]:
    """All figures, for `--out`."""
    return {
        "targets": {
            name: {"wanted": wanted, "found": found, "met": met} for name, wanted, found, met in targets(figures)
        },
        "causes": by_cause(figures),
        "examples": [words for one in figures.causes.values() for words in one.examples],
    }


def tell(figures: Figures) -> None:
    """The figures as tables on standard output."""
    show_rows(by_cause(figures))
    for one in figures.causes.values():
        for example in one.examples[:MOST_EXAMPLES]:
            say(f"  {example}")
    show_targets(targets(figures))


if __name__ == "__main__":
    sys.exit(run(__doc__, Figures(), tell, as_json, targets))
