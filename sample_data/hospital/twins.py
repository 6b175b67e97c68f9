"""Twins: a payer pays the same amount twice and the bank prints no trace, so nobody can tell which money is whose."""

from .advice import ordinary
from .calendar import banking_day
from .eft import credit, day_for, payer_for
from .world import World


def plant(world: World, copy: int) -> None:
    """Two payments of one amount on the same banking day, and two on adjacent ones."""
    for step, days_apart in ((5, 0), (2, 1)):
        payer, day = payer_for(copy, step), day_for(copy, step)
        total = world.unique_amount(40_000, 180_000)
        rows = [
            ordinary(world, payer, paid_on, "twins", total, 2, era_day=day)
            for paid_on in (day, banking_day(day, days_apart))
        ]
        items = [credit(world, row, "no_trace")[0] for row in rows]
        for item, row in zip(items, rows, strict=True):
            world.link("one_to_one", "ambiguous", [item], [row], [], "twins")
        world.leave_open(items, rows, "ambiguous_twins")
