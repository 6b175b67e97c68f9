"""Electronic payments: the everyday ones, and every way a trace, an amount or a partner can go missing."""

from collections.abc import Callable
from datetime import date

from .advice import claims_of, is_known, ordinary, remittance
from .bank_text import payment_text
from .calendar import AS_OF, FIRST_DAY, banking_day, banking_days
from .cents import dollars
from .claims import denied_claim
from .payers import BY_CODE, EFT_PAYERS, PAYERS, Payer
from .posting import Slip, post
from .records import BankItem, Remittance
from .world import OPERATING, World


def credit(
    world: World, row: Remittance, damage: str = "", amount: int | None = None, day: date | None = None
) -> tuple[BankItem, str]:
    """The bank line of a remittance and the evidence its text leaves."""
    text, breaks, evidence = payment_text(world.rng, row, damage)
    item = world.bank_item(
        day or row.money_day,
        OPERATING,
        row.payer.type_code,
        row.amount if amount is None else amount,
        text,
        payer_name=row.payer.name,
        planted=row.planted,
        breaks=breaks,
    )
    return item, evidence


def settle(world: World, row: Remittance, damage: str = "", slip: Slip | None = None, is_posted: bool = True) -> None:
    """Bank, link and post one electronic payment, as far as each has happened by as-of."""
    if row.money_day > AS_OF:
        world.is_open(
            "remittance_without_deposit",
            row.trace,
            row.payer.name,
            row.amount,
            row.money_day,
            row.planted or "in_transit",
        )
        return
    item, evidence = credit(world, row, damage)
    if not is_known(row):
        # The money is here and its advice is still to come: the advice is not part of the fortnight.
        _forget(world, row)
        item.planted = "era_to_come"
        world.is_open(
            "deposit_without_remittance", item.reference, row.payer.name, item.cents, item.day, "era_to_come", OPERATING
        )
        return
    world.link("one_to_one", evidence, [item], [row], [], row.planted)
    if is_posted:
        post(world, [row], [item], slip=slip, planted=row.planted)
    else:
        item.variance_cause = "unposted"
        world.is_open(
            "unposted_remittance", row.trace, row.payer.name, row.amount, row.money_day, row.planted or "unposted"
        )


def _forget(world: World, row: Remittance) -> None:
    """The advice just made does not reach the hospital in the fortnight."""
    last = world.remittances.pop()
    assert last is row


def everyday(world: World) -> None:
    """Every payer's payments on its weekdays, traces printed exactly."""
    days = banking_days(FIRST_DAY, banking_day(AS_OF, 2))
    for day in days:
        for payer in PAYERS:
            if payer.method == "CHK" or str(day.weekday()) not in payer.weekdays:
                continue
            era_day = banking_day(day, payer.era_lead)
            if era_day < FIRST_DAY or min(era_day, day) > AS_OF:
                continue
            for _ in range(world.scale * payer.groups):
                row = ordinary(world, payer, day)
                settle(world, row, slip=None)


def payer_for(copy: int, step: int, style: str = "") -> Payer:
    """A payer for a planted case: another one each time; advice the same day or before."""
    fit = [payer for payer in EFT_PAYERS if payer.era_lead <= 0 and (not style or payer.trace_style == style)]
    return fit[(copy + step) % len(fit)]


def day_for(copy: int, step: int) -> date:
    """A banking day from Wed 4 Nov to Tue 10 Nov."""
    return banking_day(FIRST_DAY, 2 + (copy + step) % 5)


#: Damage, and the trace style that can show it.
DAMAGES = (
    ("trace_zeros_lost", "zeros"),
    ("trace_zeros_lost", "zeros"),
    ("trace_cut_15", "long"),
    ("trace_cut_15", "very_long"),
    ("trace_spaces", "long"),
    ("trace_spaces", "digits"),
    ("trace_lower", "alpha"),
    ("trace_lower", "very_long"),
    ("trace_split_88", "long"),
    ("trace_split_88", "digits"),
    ("trace_split_88", "zeros"),
    ("trace_digit_wrong", "digits"),
    ("trace_digit_wrong", "alpha"),
    ("trace_suffix", "long"),
    ("trace_suffix", "digits"),
    ("vendor_pays", "digits"),
    ("vendor_pays", "alpha"),
    ("no_trace", ""),
    ("no_trace", ""),
    ("no_trace", ""),
    ("no_trace", ""),
)


def damaged_traces(world: World, copy: int) -> None:
    """One payment for each kind of damage."""
    for step, (damage, style) in enumerate(DAMAGES):
        payer = payer_for(copy, step, style=style)
        settle(world, ordinary(world, payer, day_for(copy, step), damage, count=2), damage)


def lookalikes(world: World, copy: int) -> None:
    """The same amount from two payers on one day, and from one payer on two days."""
    day = day_for(copy, 0)
    for planted, damage in (("lookalike_two_payers", ""), ("lookalike_no_trace", "lookalike_no_trace")):
        total = world.unique_amount(40_000, 180_000)
        for step in (0, 1):
            settle(world, ordinary(world, payer_for(copy, step + 3), day, planted, total, 2), damage)
    total = world.unique_amount(40_000, 180_000)
    for steps in (0, 1):
        settle(world, ordinary(world, BY_CODE["COPPER"], banking_day(day, steps), "lookalike_two_days", total, 2))


def splits(world: World, copy: int) -> None:
    """One remittance paid by two credits; and one of which only the first credit has come."""
    payer = payer_for(copy, 1)
    row = ordinary(world, payer, day_for(copy, 1), "split_two_credits", count=3)
    first = row.amount * 6 // 10
    one, _ = credit(world, row, "no_trace", first)
    two, _ = credit(world, row, "no_trace", row.amount - first, banking_day(row.money_day, 1))
    world.link("split", "exact_sum", [one, two], [row], [], row.planted)
    post(world, [row], [one, two], planted=row.planted)

    row = ordinary(
        world, payer_for(copy, 2), banking_day(AS_OF, -1), "split_half_to_come", count=3, era_day=banking_day(AS_OF, -1)
    )
    first = row.amount // 2
    one, _ = credit(world, row, "", first)
    rest = row.amount - first
    world.link("split", "none", [one], [row], [], row.planted, amount=first)
    world.is_open("remittance_without_deposit", row.trace, row.payer.name, rest, row.money_day, row.planted)
    made = post(world, [row], [one], planted=row.planted)
    if made:
        made.causes = ["split_deposit", "not_yet_deposited"]
        made.explanation = f"the payer sent the money in two credits; {dollars(rest)} is still to come"


def missing(world: World, copy: int) -> None:
    """Money without advice, advice without money (old and fresh), and a payment posted that never came."""
    for step in range(4):
        payer, day = payer_for(copy, step), day_for(copy, step - 2)
        row = ordinary(world, payer, day, "missing_era", count=2)
        _forget(world, row)
        item, _ = credit(world, row, "no_trace" if step == 3 else "")
        world.is_open(
            "deposit_without_remittance", item.reference, payer.name, item.cents, day, "missing_era", OPERATING
        )
    for step in range(3):
        row = ordinary(world, payer_for(copy, step + 2), banking_day(FIRST_DAY, step + 1), "missing_money", count=2)
        world.is_open(
            "remittance_without_deposit", row.trace, row.payer.name, row.amount, row.money_day, "missing_money"
        )
        if step == 0:
            _post_without_money(world, row, "the remittance was posted and its money never came")
    row = ordinary(world, BY_CODE["BLUECREST"], banking_day(AS_OF, 1), "in_transit_posted", count=2, era_day=AS_OF)
    world.is_open("remittance_without_deposit", row.trace, row.payer.name, row.amount, row.money_day, row.planted)
    _post_without_money(world, row, "posted when the remittance came; the money is due on the next banking day")


def _post_without_money(world: World, row: Remittance, words: str) -> None:
    made = post(world, [row], [], planted=row.planted)
    assert made is not None
    made.causes, made.explanation = ["not_yet_deposited"], words


def over_the_holiday(world: World, copy: int) -> None:
    """Advice that comes on the bank holiday and on a Saturday, for money of the next banking day."""
    for era_day in (date(2026, 11, 11), date(2026, 11, 7)):
        payer = payer_for(copy, era_day.day)
        row = ordinary(world, payer, banking_day(era_day, 1), "era_on_closed_day", count=2, era_day=era_day)
        settle(world, row)


def unposted(world: World, copy: int) -> None:
    """Matched money that nobody posted."""
    for step in (0, 3):
        settle(world, ordinary(world, payer_for(copy, step), day_for(copy, step), "unposted", count=2), is_posted=False)


def zero_pays(world: World, copy: int) -> None:
    """H/NON remittances: denials only; no money is to come."""
    for code in ("COPPER", "NOVERIA", "MAPLECAID"):
        payer = BY_CODE[code]
        day = day_for(copy, len(code))
        claims = [denied_claim(world, payer, day) for _ in range(2)]
        if code == "MAPLECAID":
            claims.append(denied_claim(world, payer, day, status="4"))
        row = remittance(world, payer, day, claims, "zero_pay", era_day=day)
        world.link("zero_pay", "none", [], [row], [], "zero_pay")
        row.is_posted = True
        for claim in claims:
            if claim.status == "4":
                world.is_open("rejected_claim", claim.shown_account, payer.name, 0, day, "clp02_4")


def out_of_balance(world: World, copy: int) -> None:
    """Advice that does not add up: at a line (twice), a claim (twice), the transaction (once)."""
    for step, level in enumerate(("line", "claim", "transaction", "line", "claim")):
        day = day_for(copy, step)
        payer = payer_for(copy, step + 1)
        row = remittance(
            world,
            payer,
            day,
            claims_of(world, payer, world.unique_amount(60_000, 200_000), day, 3),
            f"out_of_balance_{level}",
        )
        claim = next(claim for claim in row.claims if claim.lines)
        if level == "line":
            claim.lines[0].paid_shown_extra = 1000
        elif level == "claim":
            claim.charge_shown_extra = 2500
        else:
            row.shown_extra = 1800
        world.is_open("out_of_balance_remittance", row.trace, payer.name, row.amount, day, row.planted)
        settle(world, row)


def damaged_account_numbers(world: World, copy: int) -> None:
    """CLP01 as payers damage it: lower case, leading zeros lost; and one that is nobody's."""
    shapes: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("lower_case", str.lower),
        ("zeros_lost", lambda number: number.lstrip("0")),
    )
    for step, (damage, shape) in enumerate(shapes):
        row = ordinary(world, payer_for(copy, step), day_for(copy, step + 3), f"clp01_{damage}", count=4)
        for claim in row.claims:
            assert claim.account is not None
            shown = shape(claim.account.number)
            if shown != claim.shown_account:
                world.damaged_accounts.append((row, shown, claim.account.number, damage))
                claim.shown_account = shown
        settle(world, row)
    row = ordinary(world, payer_for(copy, 5), day_for(copy, 4), "clp01_unknown", count=3)
    claim = row.claims[-1] if row.claims[-1].paid else row.claims[0]
    assert claim.account is not None
    world.accounts.remove(claim.account)
    claim.account, claim.shown_account = None, f"NOSUCH{copy:04d}"
    world.is_open("rejected_claim", claim.shown_account, row.payer.name, claim.paid, row.money_day, "clp01_unknown")
    settle(world, row)


def duplicate_remittances(world: World, copy: int) -> None:
    """The same payment sent again by the clearinghouse in an envelope of its own, two days later."""
    for step in (1, 4):
        row = ordinary(world, payer_for(copy, step), day_for(copy, step), "duplicate_remittance", count=2)
        settle(world, row)
        again = remittance(
            world,
            row.payer,
            row.money_day,
            row.claims,
            "duplicate_remittance",
            era_day=banking_day(row.era_day, 2),
            file_key="RESENT",
            trace=row.trace,
        )
        again.is_duplicate = again.is_posted = True
        world.is_open(
            "duplicate_remittance", row.trace, row.payer.name, row.amount, again.era_day, "duplicate_remittance"
        )


PLANTED = (
    damaged_traces,
    lookalikes,
    splits,
    missing,
    over_the_holiday,
    unposted,
    zero_pays,
    out_of_balance,
    damaged_account_numbers,
    duplicate_remittances,
)
