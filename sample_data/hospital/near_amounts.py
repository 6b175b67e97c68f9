"""Near amounts: two payers owe the same amount on the same day, and only one of them has paid."""

from .advice import ordinary
from .eft import credit, day_for, payer_for
from .posting import post
from .world import World


def plant(world: World, copy: int) -> None:
    """The deposit names its payer without a trace; the other payer's remittance waits for money."""
    day, total = day_for(copy, 2), world.unique_amount(40_000, 180_000)
    paid, waiting = (
        ordinary(world, payer_for(copy, step), day, "near_amount_other_payer", total, 2) for step in (8, 2)
    )
    item, evidence = credit(world, paid, "no_trace")
    world.link("one_to_one", evidence, [item], [paid], [], paid.planted)
    post(world, [paid], [item], planted=paid.planted)
    world.leave_open([], [waiting], "lookalike_other_payer")
