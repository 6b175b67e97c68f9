"""Remittances: a payment's claims put together, the money it brings, and its cheque or trace."""

from datetime import date

from .calendar import AS_OF, FIRST_DAY, banking_day
from .cents import split
from .claims import denied_claim, inpatient_claim, paid_claim, secondary_claim
from .payers import BY_CODE, Payer
from .records import Claim, ProviderAdjustment, Remittance
from .world import World


def era_day_of(payer: Payer, money_day: date) -> date:
    """When this payer's advice comes for money of that day."""
    return banking_day(money_day, payer.era_lead)


def remittance(
    world: World,
    payer: Payer,
    money_day: date,
    claims: list[Claim],
    planted: str = "",
    era_day: date | None = None,
    adjustments: list[ProviderAdjustment] | None = None,
    file_key: str = "",
    trace: str = "",
) -> Remittance:
    """Record a payment's advice; it may come before, with or after its money."""
    row = Remittance(
        payer=payer,
        trace=trace or payer.trace(world.rng, world.next("trace")),
        era_day=max(era_day or era_day_of(payer, money_day), FIRST_DAY),
        money_day=money_day,
        claims=claims,
        adjustments=adjustments or [],
        planted=planted,
        file_key=file_key or payer.bundle or payer.code,
    )
    world.remittances.append(row)
    return row


def claims_of(world: World, payer: Payer, total: int, money_day: date, count: int) -> list[Claim]:
    """``count`` claims that pay ``total`` together, now and then a denial, a stay or a secondary claim among them."""
    claims: list[Claim] = []
    for share in split(world.rng, total, count):
        chance = world.rng.random()
        if share > 250_000 and chance < 0.8:
            claims.append(inpatient_claim(world, payer, share, money_day))
        elif payer.code == "SILVER":
            claims.append(secondary_claim(world, payer, BY_CODE["NOVERIA"], share, money_day))
        elif chance < 0.04:
            claims.append(secondary_claim(world, payer, BY_CODE["BLUECREST"], share, money_day))
        else:
            claims.append(paid_claim(world, payer, share, money_day))
    if world.rng.random() < 0.22:
        claims.append(denied_claim(world, payer, money_day))
    return claims


def ordinary(
    world: World,
    payer: Payer,
    money_day: date,
    planted: str = "",
    total: int | None = None,
    count: int | None = None,
    era_day: date | None = None,
    file_key: str = "",
) -> Remittance:
    """An everyday payment of this payer; its amount is nobody else's unless ``total`` says so."""
    count = count or world.rng.randint(*payer.claims)
    if total is None:
        high = 520_000 if payer.code in ("NOVERIA", "BLUECREST", "GRANDOAK") and world.rng.random() < 0.4 else 62_000
        total = world.unique_amount(count * 6_000, count * high)
    claims = claims_of(world, payer, total, money_day, count)
    return remittance(world, payer, money_day, claims, planted, era_day, file_key=file_key)


def is_known(row: Remittance) -> bool:
    """Whether the advice has come by as-of."""
    return row.era_day <= AS_OF
