"""A clearinghouse's lump: it pays several payers' remittances as one ACH credit, and only their sum says which."""

from datetime import date

from .advice import ordinary
from .bank_text import CLEARINGHOUSE
from .eft import day_for
from .payers import PAYERS
from .posting import post
from .records import Remittance
from .world import OPERATING, World

BUNDLE = "CLEARWELL"
PLANTED = "clearinghouse_lump"


def plant(world: World, copy: int) -> None:
    """Three remittances of the bundle in one credit; every other copy two."""
    day = day_for(copy, 0)
    payers = [payer for payer in PAYERS if payer.bundle == BUNDLE][: 2 + (copy + 1) % 2]
    amounts = _amounts_of_one_sum(world, day, len(payers))
    rows = [ordinary(world, payer, day, PLANTED, cents, 2) for payer, cents in zip(payers, amounts, strict=True)]
    company, company_id = CLEARINGHOUSE
    text = f"{company} DES:HCCLAIMPMT INDN:CEDAR HOLLOW RGNL CO ID:{company_id} CCD"
    item = world.bank_item(day, OPERATING, "142", sum(amounts), text, payer_name=company, planted=PLANTED)
    world.link("lump", "exact_sum", [item], rows, [], PLANTED)
    post(world, rows, [item], planted=PLANTED)


def _amounts_of_one_sum(world: World, day: date, count: int) -> list[int]:
    """New amounts that alone make their sum, among what the bundle announced for the day and the bank does not name."""
    others = [row.amount for row in world.remittances if row.money_day == day and _is_untraced(row)]
    while True:
        amounts = [world.unique_amount(20_000, 120_000) for _ in range(count)]
        if _ways([*others, *amounts], sum(amounts)) == 1 and world.take_amount(sum(amounts)):
            return amounts


def _is_untraced(row: Remittance) -> bool:
    return row.payer.bundle == BUNDLE and row.planted in (PLANTED, "no_trace")


def _ways(amounts: list[int], total: int) -> int:
    """How many twos and threes of the amounts make the total."""
    ways = 0
    for place, one in enumerate(amounts):
        between: set[int] = set()
        for other in amounts[place + 1 :]:
            rest = total - one - other
            ways += rest == 0 or rest in between
            between.add(other)
    return ways
