"""Provider adjustments, reversals and corrections: what payers take back, owe and forward."""

from .advice import remittance
from .calendar import FIRST_DAY, banking_day
from .claims import new_icn, paid_claim, reversal_and_correction
from .eft import payer_for, settle
from .payers import BY_CODE, Payer
from .posting import Slip, post
from .records import Claim, ProviderAdjustment, Remittance
from .world import World

#: Codes whose amounts net to 0 under their reference; the others are told once.
CARRIED = ("WO", "FB", "CS")


def new_trace(world: World, payer: Payer) -> str:
    """A trace known before its remittance, for a provider adjustment that refers to itself."""
    return payer.trace(world.rng, world.next("trace"))


def pay_and_take(
    world: World,
    payer: Payer,
    step: int,
    claims: list[Claim],
    plbs: list[ProviderAdjustment],
    planted: str,
    trace: str = "",
    slip: Slip | None = None,
) -> Remittance:
    """A remittance on the fortnight's banking day number ``step``, advice on the day of the money, posted."""
    day = banking_day(FIRST_DAY, step)
    row = remittance(world, payer, day, claims, planted, era_day=day, adjustments=plbs, trace=trace)
    world.take_amount(row.amount)
    for plb in plbs:
        if plb.code in CARRIED and plb.cents > 0 and not plb.opened_by:
            world.is_open(
                "takeback_without_opening", plb.reference, payer.name, plb.cents, row.money_day, "no_opening_entry"
            )
    if row.amount:
        settle(world, row, slip=slip)
        return row
    world.link("zero_pay", "none", [], [row], [], planted)
    post(world, [row], [], planted=planted)
    return row


def _paid(world: World, payer: Payer, step: int, cents: int) -> Claim:
    return paid_claim(world, payer, cents, banking_day(FIRST_DAY, step), whole_line=True)


def _extra(world: World, copy: int) -> int:
    """Nothing at the first copy, so that the rule book's round numbers appear once; then some cents."""
    return 0 if copy == 0 else world.rng.randint(101, 99_999)


def forwarding_chain(world: World, copy: int) -> None:
    """FB-A owes 200, FB-B pays 50 of it and forwards 150, FB-C pays the rest."""
    payer, extra = BY_CODE["NOVERIA"], _extra(world, copy)
    pair = reversal_and_correction(world, payer, 80_000 + extra, 60_000 + extra, banking_day(FIRST_DAY, 1))
    first, second = new_trace(world, payer), new_trace(world, payer)
    pay_and_take(world, payer, 1, list(pair), [ProviderAdjustment("FB", first, -20_000, first)], "fb_a", first)
    pay_and_take(
        world,
        payer,
        4,
        [_paid(world, payer, 4, 5_000)],
        [ProviderAdjustment("FB", first, 20_000, first), ProviderAdjustment("FB", second, -15_000, second)],
        "fb_b",
        second,
    )
    pay_and_take(
        world,
        payer,
        7,
        [_paid(world, payer, 7, 40_000 + extra)],
        [ProviderAdjustment("FB", second, 15_000, second)],
        "fb_c",
    )


def deferred_pair(world: World, copy: int) -> None:
    """WO-A corrects a claim from 100 to 60 and leaves the money; WO-B takes the 40."""
    payer, extra, trace = BY_CODE["BLUECREST"], _extra(world, copy), new_trace(world, BY_CODE["BLUECREST"])
    pair = reversal_and_correction(world, payer, 10_000, 6_000, banking_day(FIRST_DAY, 2))
    icn = pair[0].original_icn
    pay_and_take(
        world,
        payer,
        2,
        [_paid(world, payer, 2, 50_000 + extra), *pair],
        [ProviderAdjustment("WO", icn, -4_000, trace)],
        "wo_a",
        trace,
    )
    pay_and_take(
        world, payer, 7, [_paid(world, payer, 7, 30_000 + extra)], [ProviderAdjustment("WO", icn, 4_000, trace)], "wo_b"
    )


def refund_acknowledged(world: World, copy: int) -> None:
    """72 −40 with WO +40: the payer has our refund, and takes nothing."""
    payer, trace = BY_CODE["COPPER"], new_trace(world, BY_CODE["COPPER"])
    icn = new_icn(world, payer)
    pay_and_take(
        world,
        payer,
        5,
        [_paid(world, payer, 5, 30_000 + _extra(world, copy))],
        [ProviderAdjustment("72", icn, -4_000, trace), ProviderAdjustment("WO", icn, 4_000, trace)],
        "refund_72",
        trace,
    )


def late_interest(world: World, copy: int) -> None:
    """A claim of 100 paid late: AMT*I 5, PLB L6 −5, payment 105."""
    payer, trace = BY_CODE["LARKSPUR"], new_trace(world, BY_CODE["LARKSPUR"])
    claim = _paid(world, payer, 3, 10_000 + _extra(world, copy))
    claim.interest = 500
    pay_and_take(world, payer, 3, [claim], [ProviderAdjustment("L6", claim.icn, -500, trace)], "interest_l6", trace)


def other_codes(world: World, copy: int) -> None:
    """CS both ways, a transmission fee, a capitation payment, a levy."""
    cases = (
        ("COPPER", 3, "CS", 3_000),
        ("PINNACLE", 5, "CS", -2_500),
        ("HARBOR", 4, "AH", 150),
        ("WILLOW", 6, "CT", -88_000),
        ("SUMMIT", 7, "LE", 6_125),
    )
    for number, (code, step, reason, cents) in enumerate(cases):
        payer = BY_CODE[code]
        trace = new_trace(world, payer)
        claims = [_paid(world, payer, step, world.unique_amount(40_000, 150_000)) for _ in range(2)]
        plb = ProviderAdjustment(reason, f"{reason}-26-{copy:03d}{number}", cents, trace if cents < 0 else "")
        pay_and_take(world, payer, step, claims, [plb], f"plb_{reason.lower()}", trace)


def taken_now(world: World, copy: int) -> None:
    """Reversal and correction with the money missing at once; and a reversal that nothing corrects."""
    for step, has_correction in ((2, True), (5, True), (6, False)):
        payer = payer_for(copy, step)
        reversal, correction = reversal_and_correction(
            world, payer, 42_000 + step * 111, 30_500, banking_day(FIRST_DAY, step)
        )
        others = [_paid(world, payer, step, world.unique_amount(60_000, 190_000)) for _ in range(2)]
        claims = [others[0], reversal, *([correction] if has_correction else []), others[1]]
        planted = "reversal_correction" if has_correction else "reversal_alone"
        row = pay_and_take(world, payer, step, claims, [], planted)
        if not has_correction:
            world.is_open("rejected_claim", reversal.shown_account, payer.name, reversal.paid, row.money_day, planted)


def letter_route(world: World, copy: int) -> None:
    """A recovery announced by letter before the fortnight: WO + without anything that opened it."""
    for step, code in ((4, "STONE"), (6, "MAPLECAID")):
        payer = BY_CODE[code]
        claims = [_paid(world, payer, step, world.unique_amount(60_000, 190_000)) for _ in range(2)]
        plb = ProviderAdjustment("WO", new_icn(world, payer), 12_345 + step * 1_000)
        pay_and_take(world, payer, step, claims, [plb], "wo_letter")


PLANTED = (forwarding_chain, deferred_pair, refund_acknowledged, late_interest, other_codes, taken_now, letter_route)
