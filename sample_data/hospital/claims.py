"""Adjudicated claims, built backwards from what is paid so that every level balances by construction."""

from dataclasses import replace
from datetime import date, timedelta

from .cents import split
from .payers import Payer
from .records import Account, Adjustment, Claim, ServiceLine
from .world import World

PROCEDURES = (
    ("99213", ("25",)),
    ("99214", ()),
    ("99284", ("25",)),
    ("80053", ()),
    ("85025", ()),
    ("71046", ("26",)),
    ("70450", ("TC",)),
    ("36415", ()),
    ("93005", ()),
    ("97110", ("GP",)),
    ("J1885", ()),
    ("96372", ("59",)),
    ("G0283", ("GP", "59")),
    ("45378", ("PT",)),
    ("74177", ()),
    ("99203", ()),
)
DENIALS = (("CO", "197"), ("CO", "50"), ("CO", "29"), ("CO", "16"), ("PR", "204"), ("CO", "97"))


def new_icn(world: World, payer: Payer) -> str:
    """The payer's own claim number."""
    return f"{payer.code[:3]}26{world.next('icn') * 13 + world.rng.randrange(13):09d}"


def _line(world: World, payer: Payer, paid: int, day: date) -> ServiceLine:
    rng = world.rng
    procedure, modifiers = rng.choice(PROCEDURES)
    adjustments: list[Adjustment] = []
    has_share = payer.financial_class not in ("MEDICAID", "WORKERS COMP")
    patient = paid * rng.choice((0, 0, 12, 20, 25)) // 100 if has_share else 0
    if patient:
        adjustments.append(("PR", rng.choice(("1", "2", "3")), patient))
    sequestration = paid * 2 // 98 if payer.financial_class == "MEDICARE" else 0
    if sequestration:
        adjustments.insert(0, ("CO", "253", sequestration))
    write_off = paid * rng.randint(30, 140) // 100 + 1
    adjustments.insert(0, ("CO", "45", write_off))
    if rng.random() < 0.05:
        adjustments.append(("PI", "131", 250))
    charge = paid + sum(cents for _, _, cents in adjustments)
    return ServiceLine(
        procedure,
        modifiers,
        charge,
        paid,
        rng.choice((1, 1, 1, 2, 3)),
        day,
        adjustments,
        remark=rng.choice(("", "", "N130", "M15", "N800")),
    )


def _claim(world: World, payer: Payer, account: Account, lines: list[ServiceLine], status: str = "1") -> Claim:
    return Claim(
        account,
        account.number,
        status,
        sum(line.charge for line in lines),
        sum(line.paid for line in lines),
        new_icn(world, payer),
        lines,
        [],
    )


def paid_claim(world: World, payer: Payer, paid: int, money_day: date, whole_line: bool = False) -> Claim:
    """A paid outpatient claim on a new account; ``whole_line`` keeps it to one service line."""
    day = money_day - timedelta(days=world.rng.randint(18, 55))
    account = world.account(payer, day)
    parts = 1 if whole_line or paid < 2000 else world.rng.choice((1, 1, 2, 2, 3, 4))
    lines = [_line(world, payer, share, day) for share in split(world.rng, paid, parts)]
    claim = _claim(world, payer, account, lines)
    _decorate(world, claim)
    charge_account(world, claim)
    return claim


def _decorate(world: World, claim: Claim) -> None:
    """Now and then: a claim-level adjustment beside lines, a payment over charges, a crossover."""
    chance = world.rng.random()
    if chance < 0.04 and claim.paid > 9000:
        # Σ SVC03 − Σ CAS(2100) = CLP04: the claim-level part is on top of what the lines paid.
        line = claim.lines[0]
        line.paid += 1500
        line.charge += 1500
        claim.charge += 1500
        claim.adjustments.append(("CO", "131", 1500))
    elif chance < 0.06:
        claim.lines[0].adjustments = [("OA", "94", -1000), *claim.lines[0].adjustments]
        claim.lines[0].charge -= 1000
        claim.charge -= 1000
    elif chance < 0.10:
        claim.status, claim.crossover_to = "19", "SILVERLEAF SUPPLEMENTAL"


def inpatient_claim(world: World, payer: Payer, paid: int, money_day: date) -> Claim:
    """A stay paid by case rate: adjustments at claim level and no SVC loop."""
    first = money_day - timedelta(days=world.rng.randint(25, 50))
    account = world.account(payer, first, days=world.rng.randint(2, 9))
    adjustments: list[Adjustment] = [("CO", "45", paid * world.rng.randint(60, 190) // 100), ("PR", "1", 163200)]
    if payer.financial_class == "MEDICARE":
        adjustments.append(("CO", "253", paid * 2 // 98))
    charge = paid + sum(cents for _, _, cents in adjustments)
    claim = Claim(account, account.number, "1", charge, paid, new_icn(world, payer), [], adjustments, is_inpatient=True)
    charge_account(world, claim)
    return claim


def denied_claim(world: World, payer: Payer, money_day: date, status: str = "1") -> Claim:
    """Nothing paid: usually status 1 with a full adjustment; status 4 when the patient is not known."""
    day = money_day - timedelta(days=world.rng.randint(20, 60))
    account = world.account(payer, day)
    charge = world.rng.randint(9000, 90000)
    group, reason = ("CO", "31") if status == "4" else world.rng.choice(DENIALS)
    procedure, modifiers = world.rng.choice(PROCEDURES)
    line = ServiceLine(procedure, modifiers, charge, 0, 1, day, [(group, reason, charge)], remark="N115")
    claim = _claim(world, payer, account, [line], status)
    charge_account(world, claim)
    return claim


def secondary_claim(world: World, payer: Payer, primary: Payer, paid: int, money_day: date) -> Claim:
    """The second payer re-reports the whole charge; what the first did comes as OA-23."""
    day = money_day - timedelta(days=world.rng.randint(40, 80))
    account = world.account(primary, day, secondary=payer.name)
    left = world.rng.choice((0, 500, 1250))
    primary_paid, write_off = paid * 4, paid * 3
    charge = paid + left + primary_paid + write_off
    adjustments: list[Adjustment] = [("OA", "23", primary_paid + write_off)]
    if left:
        adjustments.append(("PR", "3", left))
    line = ServiceLine("99214", (), charge, paid, 1, day, adjustments)
    claim = _claim(world, payer, account, [line], "2")
    charge_account(world, claim)
    earlier = day + timedelta(days=21)
    world.entry(account, earlier, "ADJUSTMENT", -write_off, "PRIMARY", primary.name, "CO-45", "99214")
    world.entry(
        account,
        earlier,
        "PAYMENT",
        -primary_paid,
        "PRIMARY",
        primary.name,
        primary.trace(world.rng, world.next("trace")),
        "99214",
    )
    return claim


def reversal_and_correction(
    world: World, payer: Payer, original_paid: int, corrected_paid: int, money_day: date
) -> tuple[Claim, Claim]:
    """Status 22 with every sign flipped, and the claim decided anew; the first posting is in the ledger."""
    day = money_day - timedelta(days=world.rng.randint(60, 90))
    account = world.account(payer, day)
    original = _claim(world, payer, account, [_line(world, payer, original_paid, day)])
    charge_account(world, original)
    first_posted = day + timedelta(days=20)
    _post_history(world, payer, original, first_posted)
    line = original.lines[0]
    flipped = [(group, reason, -cents) for group, reason, cents in line.adjustments]
    reversal = Claim(
        account,
        account.number,
        "22",
        -original.charge,
        -original.paid,
        new_icn(world, payer),
        [ServiceLine(line.procedure, line.modifiers, -line.charge, -line.paid, line.units, day, flipped)],
        [],
        original_icn=original.icn,
    )
    patient = original.group_total("PR")
    fixed: list[Adjustment] = [("CO", "45", original.charge - corrected_paid - patient)]
    if patient:
        fixed.append(("PR", "2", patient))
    correction = Claim(
        account,
        account.number,
        "1",
        original.charge,
        corrected_paid,
        new_icn(world, payer),
        [replace(line, paid=corrected_paid, adjustments=fixed, remark="")],
        [],
        original_icn=original.icn,
    )
    return reversal, correction


def _post_history(world: World, payer: Payer, claim: Claim, day: date) -> None:
    assert claim.account is not None
    world.entry(claim.account, day, "ADJUSTMENT", -claim.group_total("CO", "PI"), "PRIMARY", payer.name, "CO-45")
    world.entry(
        claim.account, day, "PAYMENT", -claim.paid, "PRIMARY", payer.name, payer.trace(world.rng, world.next("trace"))
    )


def charge_account(world: World, claim: Claim) -> None:
    """Write the claim's charges to its account's ledger."""
    account = claim.account
    assert account is not None
    if not claim.lines:
        world.entry(account, account.service_to, "CHARGE", claim.charge, procedure="0120")
    for line in claim.lines:
        world.entry(account, line.day, "CHARGE", line.charge, procedure=line.procedure)
