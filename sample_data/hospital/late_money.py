"""Late money: payer and amount say whose it is, and it comes two banking days after money may still come."""

from .advice import ordinary
from .calendar import FIRST_DAY, banking_day
from .eft import credit, payer_for
from .world import World

WINDOW_DAYS = 3
"""Banking days after BPR16 within which payer and amount alone are evidence."""
DAYS_TOO_LATE = 2


def plant(world: World, copy: int) -> None:
    """One payment without a trace in the bank's text, five banking days after its date."""
    row = ordinary(world, payer_for(copy, 3), banking_day(FIRST_DAY, copy % 3), "late_money", count=2)
    item, _ = credit(world, row, "no_trace", day=banking_day(row.money_day, WINDOW_DAYS + DAYS_TOO_LATE))
    world.link("one_to_one", "outside_window", [item], [row], [], "late_money")
    world.leave_open([item], [row], "outside_window")
