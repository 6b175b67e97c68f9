"""Bank lines that no payer and no patient sent: sweeps, interest, fees, gifts; and one that nobody can name."""

from datetime import date

from .calendar import banking_days
from .posting import UNAPPLIED_ACCOUNT, batch, link_batch
from .records import BankItem, PostingLine
from .world import FOUNDATION, LOCKBOX, OPERATING, World

#: Day, cents, type code, description of the foundation account; both coin deposits of the 10th are real.
GIFTS = (
    (3, 25_000, "301", "GIFT SHOP DEPOSIT"),
    (4, 150_000, "174", "DONOR CHECK SPRUCE FUND"),
    (5, -4_999, "475", "CHECK 2211 PETTY CASH"),
    (6, 31_250, "301", "GIFT SHOP DEPOSIT"),
    (6, 7_500, "301", "BAKE SALE"),
    (9, 28_175, "301", "GIFT SHOP DEPOSIT"),
    (12, 500_000, "195", "GRANT WIRE"),
    (13, 26_640, "301", "GIFT SHOP DEPOSIT"),
)


def sweeps_and_fees(world: World) -> None:
    """Zero-balance sweeps from the lockbox account to the operating account, interest, a code only this bank has."""
    for day in banking_days():
        if day.weekday() in (1, 4):
            cents = world.unique_amount(500_000, 900_000)
            for account, code, sign in ((LOCKBOX, "575", -1), (OPERATING, "275", 1)):
                world.bank_item(
                    day,
                    account,
                    code,
                    sign * cents,
                    "ZBA TRANSFER",
                    f"ZBA{day:%m%d}",
                    role="internal",
                    planted="zba_sweep",
                )
    world.bank_item(
        date(2026, 11, 2), OPERATING, "354", 41_207, "INTEREST PAID OCTOBER", role="interest", planted="interest"
    )
    world.bank_item(
        date(2026, 11, 2), LOCKBOX, "354", 3_318, "INTEREST PAID OCTOBER", role="interest", planted="interest"
    )
    world.bank_item(
        date(2026, 11, 9),
        OPERATING,
        "969",
        -2_500,
        "TREASURY PORTAL SERVICE CHARGE",
        role="fee",
        planted="proprietary_code",
    )


def unidentified(world: World, copy: int) -> None:
    """Deposits that name no payer: one nobody touched, one posted to unapplied cash."""
    for day, is_posted in ((date(2026, 11, 5), False), (date(2026, 11, 10), True)):
        cents = world.unique_amount(20_000, 130_000)
        item = world.bank_item(day, LOCKBOX, "174", cents, "DEPOSIT", planted="unidentified_deposit")
        item.variance_cause = "not_remitted"
        world.is_open("unidentified_payment", item.reference, "", cents, day, "unidentified_deposit", LOCKBOX)
        if is_posted:
            made = batch(
                world,
                "MANUAL",
                day,
                day,
                "UNIDENTIFIED",
                cents,
                [PostingLine(UNAPPLIED_ACCOUNT, item.reference, "UNAPPLIED", cents)],
                LOCKBOX,
            )
            made.deposits, made.planted = [item], "unidentified_deposit"
            item.is_posted = True
            link_batch(world, made)


def gifts(world: World) -> None:
    """The foundation's own small account."""
    for day, cents, code, text in GIFTS:
        world.bank_item(
            date(2026, 11, day), FOUNDATION, code, cents, text, role="not_patient_money", planted="foundation"
        )
    for _ in range(2):
        world.bank.append(
            BankItem(
                date(2026, 11, 10),
                FOUNDATION,
                "301",
                4_000,
                "",
                "",
                "COIN DEPOSIT",
                "not_patient_money",
                "identical_lines",
            )
        )


def everyday(world: World) -> None:
    """All of them."""
    sweeps_and_fees(world)
    gifts(world)
    for copy in range(world.scale):
        unidentified(world, copy)
