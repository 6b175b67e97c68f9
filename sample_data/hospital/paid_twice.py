"""Paid twice: two credits carry the trace and the amount of one remittance."""

from .advice import ordinary
from .calendar import banking_day
from .eft import credit, day_for, payer_for
from .world import World


def plant(world: World, copy: int) -> None:
    """The payer's money comes on its day and once more on the next; the first is the remittance's."""
    row = ordinary(world, payer_for(copy, 7), day_for(copy, 3), "paid_twice", count=2)
    first, _ = credit(world, row)
    second, _ = credit(world, row, day=banking_day(row.money_day, 1))
    world.link("one_to_one", "ambiguous", [first], [row], [], "paid_twice")
    world.leave_open([first, second], [row], "ambiguous_deposits")
