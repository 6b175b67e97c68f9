"""Cheques through the lockbox, virtual cards, and the deposit with two possible answers."""

from datetime import date

from .advice import claims_of, ordinary, remittance
from .calendar import AS_OF, FIRST_DAY, banking_day, banking_days
from .payers import BY_CODE, CHEQUE_PAYERS, Payer
from .posting import post
from .records import BankItem, Remittance
from .world import LOCKBOX, World

MAIL_DAYS = 2


def cheque(world: World, payer: Payer, deposit_day: date, planted: str = "", total: int | None = None) -> Remittance:
    """A cheque's advice: paper comes with the cheque, an 835 two banking days earlier."""
    issued = deposit_day if payer.is_paper else max(FIRST_DAY, banking_day(deposit_day, -MAIL_DAYS))
    row = ordinary(world, payer, deposit_day, planted, total, era_day=issued)
    row.money_day = issued
    return row


def lockbox_item(world: World, day: date, rows: list[Remittance], number: int, planted: str) -> BankItem:
    """The bank's one line for all cheques of a lockbox that day."""
    return world.bank_item(
        day,
        LOCKBOX,
        "115",
        sum(row.amount for row in rows),
        f"LOCKBOX {774_100 + number} DEPOSIT OF {len(rows)} ITEMS",
        f"LB{774_100 + number}",
        payer_name=rows[0].payer.name if len(rows) == 1 else "",
        planted=planted,
    )


def everyday(world: World) -> None:
    """Each banking day the cheques of the day's payers come as one sum; the last ones are still in the mail."""
    for day in banking_days(FIRST_DAY, banking_day(AS_OF, 2)):
        payers = [payer for payer in CHEQUE_PAYERS if str(day.weekday()) in payer.weekdays]
        for number in range(world.scale):
            if day > AS_OF:
                for payer in payers:
                    if not payer.is_paper:
                        row = cheque(world, payer, day)
                        world.is_open(
                            "remittance_without_deposit", row.trace, payer.name, row.amount, row.era_day, "in_transit"
                        )
                continue
            rows = [cheque(world, payer, day, "lockbox_sum") for payer in payers]
            item = lockbox_item(world, day, rows, number, "lockbox_sum")
            world.link("lump" if len(rows) > 1 else "one_to_one", "exact_sum", [item], rows, [], "lockbox_sum")
            post(world, rows, [item], kind="LOCKBOX", planted="lockbox_sum")


def single_cheques(world: World, copy: int) -> None:
    """A cheque deposited by itself, its number in the customer reference."""
    for step, code in enumerate(("TALLGRASS", "IRONWOOD", "BRIGHT")):
        day = banking_day(FIRST_DAY, 3 + (step + copy) % 5)
        row = cheque(world, BY_CODE[code], day, "single_cheque")
        item = world.bank_item(
            day,
            LOCKBOX,
            "175",
            row.amount,
            f"CHECK DEPOSIT {row.trace}",
            row.trace,
            payer_name=row.payer.name,
            planted="single_cheque",
        )
        world.link("one_to_one", "cheque_number", [item], [row], [], "single_cheque")
        post(world, [row], [item], kind="LOCKBOX", planted="single_cheque")


def ambiguous_lockbox(world: World, copy: int) -> None:
    """Four cheques a + b = c + d and one deposit of that sum: a and b came, c and d are in the mail."""
    day = banking_day(FIRST_DAY, 6)
    codes = ("IRONWOOD", "TALLGRASS", "BRIGHT", "IRONWOOD")
    a, b, c = (world.unique_amount(30_000, 90_000) for _ in range(3))
    d = a + b - c
    while d < 5_000 or not world.take_amount(d):
        c = world.unique_amount(30_000, 90_000)
        d = a + b - c
    rows = [
        cheque(world, BY_CODE[code], day, "ambiguous_sum", total)
        for code, total in zip(codes, (a, b, c, d), strict=True)
    ]
    item = lockbox_item(world, day, rows[:2], 50 + copy, "ambiguous_sum")
    world.link("lump", "ambiguous", [item], rows[:2], [], "ambiguous_sum")
    world.leave_open([item], rows, "ambiguous_sum")


def virtual_cards(world: World, copy: int) -> None:
    """A payer pays by card: the settlement comes two banking days later, less the processor's fee."""
    payer = BY_CODE["CANDLE"]
    for step, rate in enumerate((200, 250, 300)):
        day = banking_day(FIRST_DAY, 1 + (copy + step * 2) % 5)
        claims = claims_of(world, payer, world.unique_amount(50_000, 250_000), day, 2)
        row = remittance(world, payer, day, claims, "virtual_card_fee", era_day=day)
        fee = row.amount * rate // 10_000
        item = world.bank_item(
            banking_day(day, 2),
            LOCKBOX,
            "147",
            row.amount - fee,
            "MERCHANT SETTLEMENT CANDLEWICK HLTH VCC MID 00077123",
            payer_name=payer.name,
            planted="virtual_card_fee",
        )
        world.link("one_to_one", "net_of_fee", [item], [row], [], "virtual_card_fee")
        made = post(world, [row], [item], planted="virtual_card_fee")
        if made:
            made.causes = ["fee"]
            made.explanation = f"the card processor kept {rate / 100:.2f} % of the payment"


PLANTED = (single_cheques, ambiguous_lockbox, virtual_cards)
