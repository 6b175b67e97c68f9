"""What the quality benchmarks share: tables on standard output, and a run over seeds held against its targets."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

Row = dict[str, Any]
Target = tuple[str, Any, Any, bool]
"""A figure's name, what is wanted, what was found, and whether that is met."""


class OfSeeds(Protocol):
    """Figures that grow seed by seed."""

    def add(self, seed: int) -> None:
        """The fortnight of that seed is generated, measured and added."""


Figures = TypeVar("Figures", bound=OfSeeds)


def say(text: str) -> None:
    """A line on standard output, at once."""
    print(text, flush=True)


def show_rows(rows: Sequence[Row]) -> None:
    """The rows as a table with a heading, columns as wide as they need; nothing for none."""
    if not rows:
        return
    widths = {name: max(len(name), *(len(str(row[name])) for row in rows)) for name in rows[0]}
    for row in [{name: name for name in widths}, *rows]:
        say("  ".join(str(row[name]).ljust(width) for name, width in widths.items()).rstrip())


def show_targets(targets: Iterable[Target]) -> None:
    """Each figure with what is wanted and what was found."""
    show_rows([dict(zip(("figure", "wanted", "found"), one[:3], strict=True)) for one in targets])


def run(
    description: str | None,
    figures: Figures,
    tell: Callable[[Figures], None],
    as_json: Callable[[Figures], Any],
    targets: Callable[[Figures], Iterable[Target]],
) -> int:
    """Measures the seeds asked for, tells the figures, and returns 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20, help="seeds 1 to this number")
    parser.add_argument("--out", type=Path, help="write the figures here as JSON")
    asked = parser.parse_args()
    for seed in range(1, asked.seeds + 1):
        figures.add(seed)
    tell(figures)
    if asked.out:
        asked.out.write_text(json.dumps(as_json(figures), indent=2) + "\n", encoding="utf-8")
    missed = [one for one in targets(figures) if not one[3]]
    for name, wanted, found, _ in missed:
        say(f"missed: {name}: wanted {wanted}, found {found}")
    return 1 if missed else 0
