"""Money from patients: cheques and cash over the counter, cards, e-cheques, and what bounces."""

from datetime import date, timedelta

from .calendar import AS_OF, banking_day, banking_days
from .payers import PAYERS
from .people import routing_number
from .posting import batch, link_batch, post_to_ledger
from .records import Account, BankItem, Batch, PostingLine, Receipt
from .world import LOCKBOX, World

MERCHANT_TEXT = "MERCHANT BANKCARD DEP MID 00077{terminal} CEDAR HOLLOW"


def patient_account(world: World, day: date, owes: int) -> Account:
    """An account whose insurer has paid and whose patient owes ``owes``."""
    payer = world.rng.choice(PAYERS)
    service = day - timedelta(days=world.rng.randint(60, 120))
    account = world.account(payer, service)
    paid = world.rng.randint(8_000, 70_000)
    write_off = paid * world.rng.randint(40, 120) // 100
    settled = service + timedelta(days=30)
    trace = payer.trace(world.rng, world.next("trace"))
    world.entry(account, service, "CHARGE", paid + write_off + owes, procedure="99214")
    world.entry(account, settled, "ADJUSTMENT", -write_off, "PRIMARY", payer.name, "CO-45", "99214")
    world.entry(account, settled, "PAYMENT", -paid, "PRIMARY", payer.name, trace, "99214")
    return account


def receipt(world: World, day: date, method: str, slip: str) -> Receipt:
    """One payment over the counter on a new patient account."""
    cents = world.rng.randint(15, 400) * 100 if method == "CASH" else world.rng.randint(1_500, 62_000)
    account = patient_account(world, day, cents + world.rng.choice((0, 0, 2_500)))
    made = Receipt(f"R{world.next('receipt'):06d}", day, method, account.patient.name, cents, account, slip=slip)
    if method == "CHECK":
        made.routing = routing_number(f"0999{world.rng.randrange(10**4):04d}")
        made.check_account = f"{world.rng.randrange(10**9):09d}"
        made.check_number = f"{world.rng.randrange(101, 9999)}"
    world.receipts.append(made)
    return made


def receipts_batch(world: World, kind: str, day: date, receipts: list[Receipt]) -> Batch:
    """The batch of a cashier's day."""
    lines = [
        PostingLine(
            row.account.number if row.account else "",
            row.check_number or row.receipt_id,
            "PAYMENT",
            row.cents,
            row.account,
            "PATIENT",
        )
        for row in receipts
    ]
    return batch(world, kind, day, day, "PATIENTS", sum(row.cents for row in receipts), lines, LOCKBOX)


def bank_it(world: World, made: Batch, item: BankItem | None, words: str) -> None:
    """Tie the batch to its bank line, or say that the line is still to come."""
    if item:
        made.deposits = [item]
        item.is_posted = True
        link_batch(world, made)
    else:
        made.causes, made.explanation = ["not_yet_deposited"], words
    post_to_ledger(world, made)


def counter_day(world: World, day: date, number: int) -> list[Receipt]:
    """Cheques and cash of one cashier; in the bank on the next banking day under the deposit slip's number."""
    slip = f"{45_000 + world.next('slip'):06d}"
    methods = ["CHECK"] * world.rng.randint(3, 4) + ["CASH"] * world.rng.randint(1, 2)
    receipts = [receipt(world, day, method, slip) for method in methods]
    made = receipts_batch(world, "PATIENT", day, receipts)
    banked = banking_day(day, 1)
    item = None
    if banked <= AS_OF:
        type_code = ("174", "175", "301")[(day.day + number) % 3]
        item = world.bank_item(banked, LOCKBOX, type_code, made.posted, f"BRANCH DEPOSIT SLIP {slip}", slip)
        item.funds = "SDV0"[(day.day + number) % 4]
    bank_it(world, made, item, "in the night drop; the bank credits it on the next banking day")
    return receipts


def card_day(world: World, day: date, terminal: str, fee_rate: int) -> None:
    """A terminal's day: settled two banking days later, gross or (the clinic's terminal) less its fee."""
    receipts = [receipt(world, day, "CARD", "") for _ in range(world.rng.randint(2, 3))]
    made = receipts_batch(world, "CARD", day, receipts)
    made.planted = "card_fee" if fee_rate else ""
    settled = banking_day(day, 2)
    item = None
    fee = made.posted * fee_rate // 10_000
    if settled <= AS_OF:
        item = world.bank_item(
            settled,
            LOCKBOX,
            "147",
            made.posted - fee,
            MERCHANT_TEXT.format(terminal=terminal),
            f"{day:%m%d}{terminal}",
            planted=made.planted,
        )
    bank_it(world, made, item, "card settlements take two banking days")
    if item and fee:
        made.causes, made.explanation = ["fee"], f"the processor kept {fee_rate / 100:.2f} % of the settlement"


def returned(world: World, day: date, type_code: str, cents: int, text: str, reference: str, planted: str) -> None:
    """Money taken back by the bank and not yet reversed on the patient's account."""
    item = world.bank_item(day, LOCKBOX, type_code, -cents, text, reference, role="returned_item", planted=planted)
    item.variance_cause = "returned_item"
    world.is_open("returned_item", item.reference, "", -cents, day, planted, LOCKBOX)


def bounced_cheques(world: World, receipts: list[Receipt]) -> None:
    """A deposited cheque comes back three banking days after its deposit, with the bank's fee."""
    for row in receipts:
        day = banking_day(row.received, 4)
        returned(
            world,
            day,
            "555",
            row.cents,
            f"RETURNED DEPOSITED ITEM NSF CHECK {row.check_number}",
            row.check_number,
            "nsf_cheque",
        )
        world.bank_item(day, LOCKBOX, "567", -1_200, "RETURN ITEM FEE", role="fee", planted="nsf_fee")


def e_cheques(world: World, copy: int) -> None:
    """Web payments: a batch and its ACH settlement; one of them is returned."""
    for day, is_returned in ((date(2026, 11, 3), True), (date(2026, 11, 9), False)):
        receipts = [receipt(world, day, "CHECK", "") for _ in range(3)]
        made = receipts_batch(world, "PATIENT", day, receipts)
        item = world.bank_item(
            banking_day(day, 1), LOCKBOX, "166", made.posted, "ACH SETTLEMENT WEB PAYMENTS", f"WEB{day:%m%d}{copy:02d}"
        )
        bank_it(world, made, item, "")
        if is_returned:
            returned(
                world,
                banking_day(day, 3),
                "557",
                receipts[0].cents,
                "ACH RETURN R01 WEB PAYMENT",
                receipts[0].receipt_id,
                "ach_return",
            )


def everyday(world: World) -> None:
    """Counter and card terminals, every banking day."""
    cheques: list[Receipt] = []
    for day in banking_days():
        for number in range(world.scale):
            receipts = counter_day(world, day, number)
            if day.day == 4:
                cheques.append(next(row for row in receipts if row.method == "CHECK"))
            card_day(world, day, "123", 0)
            if day.weekday() in (0, 3):
                card_day(world, day, "456", 265)
    bounced_cheques(world, cheques)
    for copy in range(world.scale):
        e_cheques(world, copy)
