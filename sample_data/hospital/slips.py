"""Keying slips: each batch here was remitted and banked rightly and keyed wrongly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .advice import remittance
from .calendar import FIRST_DAY, banking_day
from .cents import dollars
from .cheques import cheque
from .claims import paid_claim, reversal_and_correction
from .eft import payer_for, settle
from .payers import BY_CODE
from .posting import Slip, post
from .records import Batch, PostingLine, ProviderAdjustment
from .takebacks import new_trace, pay_and_take
from .world import LOCKBOX, World

Change = Callable[[Batch, PostingLine, Random], str]


def transposed(cents: int) -> int:
    """The amount with its first two neighbouring digits that differ swapped, from the second digit on."""
    digits = str(cents)
    for place in range(1, len(digits) - 1):
        if digits[place] != digits[place + 1]:
            return int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
    return cents


def _transpose(made: Batch, line: PostingLine, rng: Random) -> str:
    line = next(one for one in [line, *made.lines] if transposed(one.cents) != one.cents)
    was, line.cents = line.cents, transposed(line.cents)
    return f"remitted {dollars(was)}, keyed {dollars(line.cents)}: two digits swapped"


def _slide(made: Batch, line: PostingLine, rng: Random) -> str:
    was, line.cents = line.cents, line.cents * 10 if rng.random() < 0.5 or line.cents % 10 else line.cents // 10
    return f"remitted {dollars(was)}, keyed {dollars(line.cents)}: the decimal point moved"


def _wrong_digit(made: Batch, line: PostingLine, rng: Random) -> str:
    was, line.cents = line.cents, line.cents + (300 if line.cents // 100 % 10 < 7 else -300)
    return f"remitted {dollars(was)}, keyed {dollars(line.cents)}: one digit wrong"


def _wrong_sign(made: Batch, line: PostingLine, rng: Random) -> str:
    was, line.cents = line.cents, -line.cents
    return f"remitted {dollars(was)}, keyed {dollars(line.cents)}: wrong sign"


def _drop(made: Batch, line: PostingLine, rng: Random) -> str:
    made.lines.remove(line)
    return f"the line of {dollars(line.cents)} was not keyed"


def _double(made: Batch, line: PostingLine, rng: Random) -> str:
    made.lines.append(replace(line, contractual=0))
    return f"the line of {dollars(line.cents)} was keyed twice"


def _month_and_day_swapped(made: Batch, line: PostingLine, rng: Random) -> str:
    was, made.header_is_wrong = made.deposit_date, True
    made.deposit_date = date(was.year, was.day, was.month) if was.day <= 12 else was - timedelta(days=365)
    return f"deposited {was}, keyed {made.deposit_date}"


def _a_week_early(made: Batch, line: PostingLine, rng: Random) -> str:
    was, made.header_is_wrong = made.deposit_date, True
    made.deposit_date = was - timedelta(days=7)
    return f"deposited {was}, keyed {made.deposit_date}"


def _other_account(made: Batch, line: PostingLine, rng: Random) -> str:
    made.bank_account, made.header_is_wrong = LOCKBOX, True
    return "the money is in the operating account; the batch was posted to the lockbox account"


def _control_total(made: Batch, line: PostingLine, rng: Random) -> str:
    was, made.control = made.control, transposed(made.control)
    return f"the lines are right; the control total was keyed {dollars(made.control)} for {dollars(was)}"


#: Planted code, the cause's name in the report, what the poster did.
SLIPS: tuple[tuple[str, str, Change], ...] = (
    ("slip_transposition", "transposition", _transpose),
    ("slip_slide", "slide", _slide),
    ("slip_keyed_amount", "keyed_amount", _wrong_digit),
    ("slip_wrong_sign", "keyed_amount", _wrong_sign),
    ("slip_missing_line", "missing_line", _drop),
    ("slip_duplicate_line", "duplicate_line", _double),
    ("slip_wrong_deposit_date", "wrong_deposit_date", _month_and_day_swapped),
    ("slip_wrong_deposit_date", "wrong_deposit_date", _a_week_early),
    ("slip_wrong_bank_account", "wrong_bank_account", _other_account),
    ("slip_control_total", "transposition", _control_total),
    ("slip_transposition", "transposition", _transpose),
    ("slip_missing_line", "missing_line", _drop),
)


def as_slip(change: Change, cause: str, rng: Random) -> Slip:
    """Do the change to the batch's second line and write down why."""

    def slip(made: Batch) -> None:
        made.explanation = change(made, made.lines[1], rng)
        made.causes = [cause]

    return slip


def slips(world: World, copy: int) -> None:
    """One batch for each slip; the last ones are cheques keyed by hand."""
    for number, (planted, cause, change) in enumerate(SLIPS):
        slip = as_slip(change, cause, world.rng)
        day = banking_day(FIRST_DAY, 3 + (number + copy) % 5)
        total = world.unique_amount(150, 900) * 100
        amounts = [total, world.rng.randint(220, 980) * 100, world.unique_amount(9_000, 60_000)]
        if number >= 10:
            _by_hand(world, planted, day, slip, amounts)
            continue
        payer = payer_for(copy, number)
        claims = [paid_claim(world, payer, cents, day) for cents in amounts]
        row = remittance(world, payer, day, claims, planted, era_day=day)
        settle(world, row, slip=slip)


def _by_hand(world: World, planted: str, day: date, slip: Slip, amounts: list[int]) -> None:
    payer = BY_CODE["IRONWOOD"]
    row = cheque(world, payer, day, planted, sum(amounts))
    row.claims = [paid_claim(world, payer, cents, day) for cents in amounts]
    item = world.bank_item(
        day, LOCKBOX, "175", row.amount, f"CHECK DEPOSIT {row.trace}", row.trace, payer_name=payer.name, planted=planted
    )
    world.link("one_to_one", "cheque_number", [item], [row], [], planted)
    post(world, [row], [item], kind="MANUAL", slip=slip, planted=planted)


def adjustment_not_posted(world: World, copy: int) -> None:
    """The payer took back money and the poster keyed the claims alone."""
    payer = BY_CODE["HARBOR"]
    trace = new_trace(world, payer)
    claims = [
        paid_claim(world, payer, world.unique_amount(30_000, 90_000), banking_day(FIRST_DAY, 6)) for _ in range(3)
    ]
    plb = ProviderAdjustment("WO", f"{claims[0].shown_account}{claims[0].icn}", 15_075)

    def slip(made: Batch) -> None:
        made.lines = [line for line in made.lines if line.type != "PROVIDER_ADJUSTMENT"]
        made.causes = ["provider_adjustment"]
        made.explanation = "WO 150.75 was taken from the payment and not posted: posted is 150.75 more than deposited"

    pay_and_take(world, payer, 6, claims, [plb], "slip_adjustment_not_posted", trace, slip)


def the_612_40(world: World, copy: int) -> None:
    """1828.00 keyed as 1288.00 (540.00 short) and WO −72.40 not posted (72.40 short): variance 612.40."""
    if copy:
        return
    payer = BY_CODE["BLUECREST"]
    trace = new_trace(world, payer)
    day = banking_day(FIRST_DAY, 5)
    reversal, correction = reversal_and_correction(world, payer, 22_240, 15_000, day)
    claims = [paid_claim(world, payer, 41_215, day), paid_claim(world, payer, 182_800, day), reversal, correction]
    plb = ProviderAdjustment("WO", reversal.original_icn, -7_240, trace)

    def slip(made: Batch) -> None:
        line = next(line for line in made.lines if line.cents == 182_800)
        line.cents = 128_800
        made.lines = [line for line in made.lines if line.type != "PROVIDER_ADJUSTMENT"]
        made.causes = ["transposition", "provider_adjustment"]
        made.explanation = (
            "remitted 1828.00, keyed 1288.00: posted 540.00 short; PLB WO -72.40 (the payer left "
            "72.40 in this payment to take later) not posted: 72.40 short; deposited - posted = 612.40"
        )

    pay_and_take(world, payer, 5, claims, [plb], "the_612_40", trace, slip)


PLANTED = (the_612_40, slips, adjustment_not_posted)
