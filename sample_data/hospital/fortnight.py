"""Makes the whole fortnight: planted cases, everyday work around them, deposits hard to tell apart, files and truth."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from . import (
    cheques,
    clearinghouse_lump,
    credit_accounts,
    eft,
    further_slips,
    late_money,
    near_amounts,
    other_money,
    paid_twice,
    patient_money,
    short_paid,
    slips,
    takebacks,
    twins,
)
from .files import Files
from .ledger import keep_out_of_credit
from .truth import Truth
from .world import World


@dataclass(frozen=True)
class Summary:
    """What was written: the world it came from and the sums of its truth."""

    world: World
    totals: dict[str, object]
    files: int


def build(seed: int, scale: int, further: bool = False) -> World:
    """The invented hospital's fortnight in memory; planted cases come ``scale`` times.

    ``further``: the causes of variances in `further_slips` too, after all else, which keeps its numbers.
    """
    world = World(seed, scale)
    for copy in range(scale):
        for room in (slips, takebacks, eft, cheques, credit_accounts):
            for plant in room.PLANTED:
                plant(world, copy)
    for room in (eft, cheques, patient_money, other_money):
        room.everyday(world)
    for copy in range(scale):
        for case in (twins, short_paid, paid_twice, late_money, clearinghouse_lump, near_amounts):
            case.plant(world, copy)
        if further:
            further_slips.plant(world, copy)
    keep_out_of_credit(world)
    return world


def generate(out: Path, seed: int = 7, scale: int = 1, further: bool = False) -> Summary:
    """Write ``out/fortnight`` and ``out/truth`` anew; the same arguments give the same bytes."""
    world = build(seed, scale, further)
    for name in ("fortnight", "truth"):
        shutil.rmtree(out / name, ignore_errors=True)
    files = Files(out / "fortnight", world)
    files.write_all()
    truth = Truth(world, files.written, seed)
    truth.write(out / "truth")
    return Summary(world, truth.totals(), len(files.written))
