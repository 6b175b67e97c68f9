"""Accounts in credit: each ledger really shows how its credit came about."""

from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import AS_OF, FIRST_DAY, banking_day
from .claims import new_icn, paid_claim
from .payers import BY_CODE, Payer
from .records import Account, ProviderAdjustment
from .takebacks import pay_and_take
from .world import World

#: Ages over all seven buckets and on their borders.
AGES = (
    30,
    31,
    60,
    61,
    90,
    91,
    120,
    121,
    180,
    181,
    365,
    366,
    14,
    17,
    21,
    25,
    28,
    29,
    33,
    38,
    44,
    47,
    52,
    58,
    64,
    70,
    75,
    83,
    95,
    101,
    110,
    118,
    130,
    145,
    160,
    172,
    199,
    230,
    270,
    310,
    340,
    380,
    410,
    520,
    730,
    19,
    41,
    88,
    105,
    150,
    222,
    600,
)
CAUSES = (
    "duplicate_payment",
    "primary_secondary_overpayment",
    "patient_overpayment",
    "adjustment_error",
    "posted_to_wrong_account",
    "duplicate_payment",
    "patient_overpayment",
    "payer_recouped",
    "adjustment_error",
    "primary_secondary_overpayment",
    "duplicate_payment",
    "patient_overpayment",
    "unknown",
)
PAYER_CODES = (
    "NOVERIA",
    "COPPER",
    "MAPLECAID",
    "BLUECREST",
    "IRONWOOD",
    "HARBOR",
    "JUNIPER",
    "BLUEFED",
    "WILLOW",
    "LARKSPUR",
    "STONE",
)
DISPOSITIONS = {
    "duplicate_payment": "refund_payer",
    "primary_secondary_overpayment": "refund_payer",
    "patient_overpayment": "refund_patient",
    "adjustment_error": "correct_adjustment",
    "posted_to_wrong_account": "transfer",
    "payer_recouped": "let_payer_recoup",
    "unknown": "review",
}


@dataclass
class Visit:
    """A settled visit: its account and what each party's part was."""

    account: Account
    payer: Payer
    paid: int
    patient: int
    write_off: int
    settled: date


def visit(
    world: World, payer: Payer, credit_day: date, secondary: str = "", self_pay: bool = False, adjusted: bool = True
) -> Visit:
    """Charges, write-off and the primary's payment, all before the credit; the patient's part is still open."""
    service = credit_day - timedelta(days=world.rng.randint(70, 110))
    account = world.account(payer, service, secondary=secondary, financial_class="SELF PAY" if self_pay else "")
    rng = world.rng
    made = Visit(
        account,
        payer,
        0 if self_pay else rng.randint(9_000, 160_000),
        rng.randint(2_000, 18_000),
        rng.randint(7_000, 90_000),
        service + timedelta(days=25),
    )
    half = (made.paid + made.patient + made.write_off) // 2
    world.entry(account, service, "CHARGE", half, procedure="99285")
    world.entry(account, service, "CHARGE", made.paid + made.patient + made.write_off - half, procedure="74177")
    if adjusted:
        reference = "SELF PAY DISCOUNT" if self_pay else "CO-45"
        world.entry(
            account,
            made.settled,
            "ADJUSTMENT",
            -made.write_off,
            "PRIMARY" if not self_pay else "PATIENT",
            account.primary,
            reference,
        )
    if made.paid:
        _pay(world, made, made.settled, made.paid)
    return made


def _pay(world: World, made: Visit, day: date, cents: int, source: str = "PRIMARY", payer_name: str = "") -> None:
    trace = made.payer.trace(world.rng, world.next("trace")) if source != "PATIENT" else f"R9{world.next('old'):05d}"
    name = "" if source == "PATIENT" else payer_name or made.payer.name
    world.entry(made.account, day, "PAYMENT", -cents, source, name, trace)


def _between(made: Visit) -> date:
    return made.settled + timedelta(days=14)


def duplicate_payment(world: World, payer: Payer, day: date, number: int) -> Visit:
    """The payer pays the same claim twice; sometimes part of it covers what the patient still owes."""
    made = visit(world, payer, day)
    if number % 3 or made.paid <= made.patient:
        _pay(world, made, _between(made), made.patient, "PATIENT")
    _pay(world, made, day, made.paid)
    made.account.owed_to = payer.name
    return made


def primary_secondary_overpayment(world: World, payer: Payer, day: date, number: int) -> Visit:
    """The second payer pays as if it were the first: both together exceed the allowed amount."""
    second = BY_CODE["SILVER" if number % 2 else "SUMMIT"]
    made = visit(world, payer, day, secondary=second.name)
    _pay(world, made, day, made.patient + world.rng.randint(3_000, 40_000), "SECONDARY", second.name)
    made.account.owed_to = second.name
    return made


def patient_overpayment(world: World, payer: Payer, day: date, number: int) -> Visit:
    """The patient pays the share twice, or pays it although an estimate was already paid."""
    made = visit(world, payer, day, self_pay=number % 3 == 0)
    _pay(world, made, _between(made), made.patient, "PATIENT")
    extra = made.patient if number % 2 else world.rng.randint(500, made.patient)
    _pay(world, made, day, extra, "PATIENT")
    made.account.owed_to = "PATIENT"
    return made


def adjustment_error(world: World, payer: Payer, day: date, number: int) -> Visit:
    """The write-off is posted a second time: payments alone do not exceed the charges."""
    made = visit(world, payer, day, self_pay=number % 4 == 0)
    _pay(world, made, _between(made), made.patient, "PATIENT")
    reference = "SELF PAY DISCOUNT" if not made.account.primary else "CO-45"
    world.entry(
        made.account,
        day,
        "ADJUSTMENT",
        -made.write_off,
        "PRIMARY" if made.account.primary else "PATIENT",
        made.account.primary,
        reference,
    )
    return made


def posted_to_wrong_account(world: World, payer: Payer, day: date, number: int) -> Visit:
    """The payment belongs to the same patient's other account, which is open by exactly that amount."""
    made = visit(world, payer, day)
    _pay(world, made, _between(made), made.patient, "PATIENT")
    sibling = world.account(payer, day - timedelta(days=40), patient=made.account.patient)
    cents, write_off = world.rng.randint(5_000, 80_000), world.rng.randint(2_000, 30_000)
    world.entry(sibling, sibling.service_from, "CHARGE", cents + write_off, procedure="71046")
    world.entry(sibling, day, "ADJUSTMENT", -write_off, "PRIMARY", payer.name, "CO-45")
    _pay(world, made, day, cents)
    made.account.owed_to = sibling.number
    return made


def payer_recouped(world: World, payer: Payer, day: date, number: int) -> Visit:
    """Paid twice, and the payer took the second payment back in a remittance of this fortnight."""
    made = visit(world, payer, day)
    _pay(world, made, _between(made), made.patient, "PATIENT")
    _pay(world, made, day, made.paid)
    step = 3 + number % 5
    cents = made.paid + world.unique_amount(40_000, 150_000)
    claim = paid_claim(world, payer, cents, banking_day(FIRST_DAY, step))
    plb = ProviderAdjustment("WO", f"{made.account.number}{new_icn(world, payer)}", made.paid)
    pay_and_take(world, payer, step, [claim], [plb], "wo_recoups_credit")
    made.account.owed_to = payer.name
    return made


def unknown(world: World, payer: Payer, day: date, number: int) -> Visit:
    """A payer's odd sum that nothing in the ledger explains."""
    made = visit(world, payer, day)
    _pay(world, made, _between(made), made.patient, "PATIENT")
    _pay(world, made, day, world.rng.randint(211, 7_900))
    return made


MAKERS = {
    maker.__name__: maker
    for maker in (
        duplicate_payment,
        primary_secondary_overpayment,
        patient_overpayment,
        adjustment_error,
        posted_to_wrong_account,
        payer_recouped,
        unknown,
    )
}


def in_credit(world: World, copy: int) -> None:
    """One account for each age; two causes apart from the list come and go first."""
    for number, age in enumerate(AGES):
        cause = CAUSES[number % len(CAUSES)]
        codes = [code for code in PAYER_CODES if cause != "payer_recouped" or BY_CODE[code].method == "ACH"]
        payer = BY_CODE[codes[(number + copy) % len(codes)]]
        made = MAKERS[cause](world, payer, AS_OF - timedelta(days=age), number)
        made.account.plan = cause
        made.account.hides_credit_date = number % 9 == 4
    for number, age in enumerate((35, 75, 140)):
        _came_and_went(world, BY_CODE[PAYER_CODES[number]], AS_OF - timedelta(days=age))
    _partly_refunded(world, BY_CODE["BLUECREST"], AS_OF - timedelta(days=100))


def _came_and_went(world: World, payer: Payer, day: date) -> None:
    """In credit earlier, refunded, and in credit again since ``day``."""
    made = duplicate_payment(world, payer, day, 1)
    earlier = _between(made) + timedelta(days=3)
    _pay(world, made, earlier, made.patient, "PATIENT")
    world.entry(made.account, earlier + timedelta(days=9), "REFUND", made.patient, "PATIENT", "", "REFUND CHECK")
    made.account.plan, made.account.hides_credit_date = "duplicate_payment", True


def _partly_refunded(world: World, payer: Payer, day: date) -> None:
    """A partial refund does not make the credit younger."""
    made = duplicate_payment(world, payer, day, 1)
    world.entry(made.account, day + timedelta(days=30), "REFUND", made.paid // 3, "PRIMARY", payer.name, "REFUND CHECK")
    made.account.plan = "duplicate_payment"


def no_longer_in_credit(world: World, copy: int) -> None:
    """Once in credit; a refund, a transfer or a corrected write-off has ended it."""
    for number in range(18):
        cause = ("duplicate_payment", "patient_overpayment", "adjustment_error")[number % 3]
        day = AS_OF - timedelta(days=60 + 11 * number)
        payer = BY_CODE[PAYER_CODES[number % len(PAYER_CODES)]]
        made = MAKERS[cause](world, payer, day, 1)
        credit = -sum(entry.cents for entry in made.account.ledger)
        kind = ("REFUND", "TRANSFER", "ADJUSTMENT")[number % 3]
        world.entry(made.account, day + timedelta(days=20 + number), kind, credit, "PRIMARY", "", f"{kind} {cause}")
        made.account.owed_to = ""


PLANTED = (in_credit, no_longer_in_credit)
