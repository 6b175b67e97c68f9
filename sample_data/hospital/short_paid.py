"""Short paid: trace and payer are right, and the bank credit is less than the remittance says."""

from .advice import ordinary
from .eft import credit, day_for, payer_for
from .world import World

FIRST_SHORT_BY = 1_240


def plant(world: World, copy: int) -> None:
    """One payment 12.40 short; further copies are short by other amounts."""
    short_by = world.rng.randint(101, 9_999) if copy else FIRST_SHORT_BY
    row = ordinary(world, payer_for(copy, 6), day_for(copy, 1), "short_paid", count=2)
    while not world.take_amount(row.amount - short_by):
        short_by += 1
    item, _ = credit(world, row, amount=row.amount - short_by)
    world.link("one_to_one", "amount_differs", [item], [row], [], "short_paid")
    world.leave_open([item], [row], "amount_off", off_by=-short_by)
