"""Further causes of a variance, for the benchmark alone: they are not in the committed fortnight.

Slips in batches that no remittance speaks for, payments posted twice, adjustments left out beside one that was posted,
one credit for two batches, and payments the bank takes back.
"""

from collections.abc import Callable
from datetime import date

from .advice import ordinary, remittance
from .calendar import FIRST_DAY, banking_day
from .cents import dollars
from .claims import paid_claim
from .eft import credit, day_for, payer_for, settle
from .patient_money import MERCHANT_TEXT, patient_account, receipt, receipts_batch, returned
from .posting import Slip, batch, lines_of, link_batch, post, post_to_ledger
from .records import BankItem, Batch, PostingLine, ProviderAdjustment, Receipt
from .slips import SLIPS, Change, as_slip, transposed
from .takebacks import new_trace, pay_and_take
from .world import LOCKBOX, OPERATING, World

KEYED: dict[str, tuple[str, Change]] = {
    planted.removeprefix("slip_"): (cause, change)
    for planted, cause, change in SLIPS
    if planted not in ("slip_wrong_deposit_date", "slip_wrong_bank_account", "slip_control_total")
}
HEADERS: tuple[tuple[str, str, Change], ...] = tuple(
    (planted.removeprefix("slip_"), cause, change)
    for planted, cause, change in SLIPS
    if planted in ("slip_wrong_deposit_date", "slip_wrong_bank_account")
)


def counter_slips(world: World, copy: int) -> None:
    """A cashier's batch keyed wrong: the receipts and the deposit under their slip say what came in."""
    for number, (name, (cause, change)) in enumerate(KEYED.items()):
        made, receipts = _counter(world, day_for(copy, number))
        _bank(world, made, receipts, made.control, LOCKBOX)
        _slip(world, made, f"counter_{name}", as_slip(change, cause, world.rng))


def mail_slips(world: World, copy: int) -> None:
    """A batch of patients' cheques from the mail keyed wrong: no remittance, no receipt, only its control total."""
    for number, name in enumerate(("transposition", "slide", "wrong_sign", "duplicate_line")):
        cause, change = KEYED[name]
        day = day_for(copy, number)
        amounts = [world.unique_amount(150, 900) * 100 + 37 for _ in range(4)]
        lines = [
            PostingLine(account.number, f"{world.rng.randrange(101, 9999)}", "PAYMENT", cents, account, "PATIENT")
            for cents in amounts
            for account in [patient_account(world, day, cents)]
        ]
        made = batch(world, "PATIENT", day, day, "PATIENTS BY MAIL", sum(amounts), lines, LOCKBOX)
        _bank(world, made, [], made.control, LOCKBOX)
        _slip(world, made, f"mail_{name}", as_slip(change, cause, world.rng))


def headers_without_remittance(world: World, copy: int) -> None:
    """A cashier's batch whose lines are right and whose day, bank account or control total is keyed wrong."""
    for number, (name, cause, change) in enumerate(HEADERS):
        made, receipts = _counter(world, banking_day(FIRST_DAY, 4 + (copy + number) % 4))
        _bank(world, made, receipts, made.control, LOCKBOX)
        slip = _to_operating if name == "wrong_bank_account" else as_slip(change, cause, world.rng)
        _slip(world, made, f"counter_{name}", slip)
    made, receipts = _counter(world, day_for(copy, 3))
    _bank(world, made, receipts, made.control, LOCKBOX)
    _slip(world, made, "counter_control_total", _control_transposed)


def _to_operating(made: Batch) -> None:
    made.bank_account, made.header_is_wrong, made.causes = OPERATING, True, ["wrong_bank_account"]
    made.explanation = "the money is in the lockbox account; the batch was posted to the operating account"


def _control_transposed(made: Batch) -> None:
    was, made.control = made.control, transposed(made.control)
    made.causes = ["transposition"]
    made.explanation = f"the lines are right; the control total was keyed {dollars(made.control)} for {dollars(was)}"


def posted_twice(world: World, copy: int) -> None:
    """A payment posted in two batches; and one that the clearinghouse sent twice, each sending posted."""
    row = ordinary(world, payer_for(copy, 3), day_for(copy, 1), "posted_twice", count=3)
    settle(world, row)
    again = batch(
        world, "ERA", row.money_day, banking_day(row.money_day, 1), row.payer.name, row.amount, lines_of(row), OPERATING
    )
    again.planted, again.causes = "posted_twice", ["duplicate_line"]
    again.explanation = "every claim of the payment was posted the day before in another batch"
    post_to_ledger(world, again)

    row = ordinary(world, payer_for(copy, 2), day_for(copy, 2), "resent_and_posted", count=2)
    settle(world, row)
    day = banking_day(row.era_day, 2)
    resent = remittance(
        world, row.payer, row.money_day, row.claims, row.planted, era_day=day, file_key="RESENT", trace=row.trace
    )
    resent.is_duplicate = resent.is_posted = True
    world.is_open("duplicate_remittance", row.trace, row.payer.name, row.amount, day, "duplicate_remittance")
    again = batch(world, "ERA", row.money_day, day, row.payer.name, row.amount, lines_of(row), OPERATING)
    again.planted, again.causes = "resent_and_posted", ["duplicate_remittance"]
    again.explanation = "the payment was sent twice and each sending was posted; the money came once"
    post_to_ledger(world, again)


def adjustments_left_out(world: World, copy: int) -> None:
    """Interest paid and not posted beside a withheld amount that was; and two withheld amounts, neither posted."""
    for step, codes in ((5, ("L6", "WO")), (6, ("CS", "WO"))):
        payer = payer_for(copy, step)
        claims = [paid_claim(world, payer, world.unique_amount(30_000, 90_000), day_for(copy, step)) for _ in range(3)]
        cents = [world.rng.randint(500, 2_900) * (-1 if code == "L6" else 1) for code in codes]
        plbs = [
            ProviderAdjustment(code, f"{claims[0].shown_account}{number}", amount)
            for number, (code, amount) in enumerate(zip(codes, cents, strict=True))
        ]
        left_out = [-amount for amount in cents if codes[0] != "L6" or amount == cents[0]]

        def slip(made: Batch, left_out: list[int] = left_out, codes: tuple[str, ...] = codes) -> None:
            made.lines = [
                line for line in made.lines if line.type != "PROVIDER_ADJUSTMENT" or line.cents not in left_out
            ]
            made.causes = ["provider_adjustment"]
            made.explanation = f"not posted: {' and '.join(codes[: len(left_out)])}, {dollars(sum(left_out))}"

        planted = "interest_not_posted" if codes[0] == "L6" else "two_adjustments_not_posted"
        pay_and_take(world, payer, 3 + (copy + step) % 5, claims, plbs, planted, new_trace(world, payer), slip)


def two_slips(world: World, copy: int) -> None:
    """One batch with a swapped amount and a claim left out."""
    payer, day = payer_for(copy, 4), day_for(copy, 4)
    amounts = [world.unique_amount(150, 900) * 100 + 43 for _ in range(4)]
    row = remittance(world, payer, day, [paid_claim(world, payer, one, day) for one in amounts], "two_slips", day)

    def slip(made: Batch) -> None:
        line = made.lines[0]
        was, line.cents = line.cents, transposed(line.cents)
        left_out = made.lines.pop(2)
        made.causes = ["transposition", "missing_line"]
        made.explanation = f"{dollars(was)} keyed {dollars(line.cents)}; {dollars(left_out.cents)} was not keyed"

    settle(world, row, slip=slip)


def one_credit_two_batches(world: World, copy: int) -> None:
    """Two remittances of one credit, a batch for each: the one keyed wrong differs, the other ties."""
    payer, day = payer_for(copy, 1), day_for(copy, 2)
    rows = [ordinary(world, payer, day, "lump_of_two_batches", count=3) for _ in range(2)]
    item = world.bank_item(
        day,
        LOCKBOX,
        "115",
        sum(row.amount for row in rows),
        "LOCKBOX 774990 DEPOSIT OF 2 ITEMS",
        f"LB774990{copy:02d}",
        payer_name=payer.name,
        planted="lump_of_two_batches",
    )
    world.link("lump", "exact_sum", [item], rows, [], "lump_of_two_batches")
    cause, change = KEYED["keyed_amount"]
    for row, slip in zip(rows, (None, as_slip(change, cause, world.rng)), strict=True):
        share = _share_of(item, row.amount)
        made = post(world, [row], [share], kind="LOCKBOX", slip=slip, planted="lump_of_two_batches", link=False)
        assert made is not None
        world.link("batch", "reference", [item], [], [made], "lump_of_two_batches")
    item.is_posted = True


def _share_of(item: BankItem, cents: int) -> BankItem:
    """A part of a bank line, for the sums of a batch; it is in no file."""
    return BankItem(item.day, item.bank_account, item.type_code, cents, item.reference, item.customer_reference, "")


def short_money(world: World, copy: int) -> None:
    """A remittance posted whole of which the bank has less: the rest is still to come."""
    row = ordinary(world, payer_for(copy, 0), day_for(copy, 4), "short_money", count=3)
    item, evidence = credit(world, row, amount=row.amount - 4_321)
    world.link("one_to_one", "amount_differs", [item], [row], [], "short_money")
    world.is_open("remittance_without_deposit", row.trace, row.payer.name, 4_321, row.money_day, "amount_off")
    world.open[-1].off_by = -4_321
    made = post(world, [row], [item], planted="short_money")
    assert made is not None and evidence
    made.causes = ["split_deposit", "not_yet_deposited"]
    made.explanation = "43.21 of the remittance has not come"


def taken_back(world: World, copy: int) -> None:
    """A payer's credit that the bank takes back; and a patient's cheque that bounces, with the reversal posted."""
    row = ordinary(world, payer_for(copy, 5), day_for(copy, 0), "payer_return", count=2)
    settle(world, row)
    item = world.bank_item(
        banking_day(row.money_day, 2),
        OPERATING,
        "557",
        -row.amount,
        f"ACH RETURN R10 TRN*1*{row.trace}*{row.payer.payer_id}\\",
        row.trace,
        payer_name=row.payer.name,
        role="returned_item",
        planted="payer_return",
    )
    item.variance_cause = "returned_item"
    world.is_open("returned_item", item.reference, row.payer.name, item.cents, item.day, "ach_return", OPERATING)

    made, receipts = _counter(world, day_for(copy, 1))
    _bank(world, made, receipts, made.control, LOCKBOX)
    post_to_ledger(world, made)
    cheque = next(one for one in receipts if one.method == "CHECK")
    day = banking_day(cheque.received, 3)
    text = f"RETURNED DEPOSITED ITEM NSF CHECK {cheque.check_number}"
    returned(world, day, "555", cheque.cents, text, cheque.check_number, "return_reversed")
    undone = world.bank[-1]
    world.bank_item(day, LOCKBOX, "567", -1_200, "RETURN ITEM FEE", role="fee", planted="nsf_fee")
    line = next(one for one in made.lines if one.reference == cheque.check_number)
    back = PostingLine(line.account_number, line.reference, "REVERSAL", -line.cents, line.account, "PATIENT")
    reversal = batch(world, "PATIENT", day, day, "PATIENTS", -cheque.cents, [back], LOCKBOX)
    reversal.deposits, reversal.planted, undone.is_posted = [undone], "return_reversed", True
    post_to_ledger(world, reversal)


def card_fee_keyed_wrong(world: World, copy: int) -> None:
    """A card batch settled less its fee, with a line keyed wrong as well."""
    day = banking_day(FIRST_DAY, 3 + copy % 4)
    receipts = [receipt(world, day, "CARD", "") for _ in range(4)]
    made = receipts_batch(world, "CARD", day, receipts)
    fee = made.control * 265 // 10_000
    item = world.bank_item(
        banking_day(day, 2),
        LOCKBOX,
        "147",
        made.control - fee,
        MERCHANT_TEXT.format(terminal="789"),
        planted="card_fee",
    )
    made.deposits, item.is_posted = [item], True
    world.link("batch", "net_of_fee", [item], [], [made], "card_fee")
    cause, change = KEYED["transposition"]
    _slip(world, made, "card_fee_and_slip", as_slip(change, cause, world.rng))
    made.causes.append("fee")
    made.explanation += f"; the processor kept {dollars(fee)}"


def _counter(world: World, day: date) -> tuple[Batch, list[Receipt]]:
    """A cashier's batch of five receipts, keyed right so far."""
    number = f"{60_000 + world.next('further slip'):06d}"
    receipts = [receipt(world, day, method, number) for method in ("CHECK", "CHECK", "CASH", "CHECK", "CASH")]
    return receipts_batch(world, "PATIENT", day, receipts), receipts


def _bank(world: World, made: Batch, receipts: list[Receipt], cents: int, account: str) -> None:
    """The batch's deposit on its own day, under the slip's number where there are receipts."""
    slip = receipts[0].slip if receipts else ""
    text = f"BRANCH DEPOSIT SLIP {slip}" if slip else "BRANCH DEPOSIT"
    item = world.bank_item(made.deposit_date, account, "175" if slip else "174", cents, text, slip)
    made.deposits, item.is_posted = [item], True
    link_batch(world, made)


def _slip(world: World, made: Batch, planted: str, slip: Slip) -> None:
    made.planted = planted
    slip(made)
    post_to_ledger(world, made)


Case = Callable[[World, int], None]
CASES: tuple[Case, ...] = (
    counter_slips,
    mail_slips,
    headers_without_remittance,
    posted_twice,
    adjustments_left_out,
    two_slips,
    one_credit_two_batches,
    short_money,
    taken_back,
    card_fee_keyed_wrong,
)


def plant(world: World, copy: int) -> None:
    """All of them once."""
    for case in CASES:
        case(world, copy)
