"""The fortnight's payments: most are plain, and each planted case stands once."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from .credits import OVERPAID
from .customers import CUSTOMERS
from .records import UNAPPLIED, Customer, Deposit, Entry, Invoice, Line, Payment

#: The fortnight's banking days; Wednesday 2026-11-11 is a bank holiday.
DAYS = [date(2026, 11, day) for day in (2, 3, 4, 5, 6, 9, 10, 12, 13)]


class Book:
    """Invoices and deposits as they are made."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.invoices: list[Invoice] = []
        self.deposits: list[Deposit] = []
        self.waiting: list[Payment] = []
        self.batches = 0

    def invoice(self, customer: Customer, cents: int | None = None) -> Invoice:
        """A new invoice of some weeks ago."""
        billed = date(2026, 9, 14) + timedelta(days=self.rng.randrange(30))
        cents = cents or self.rng.randrange(18_000, 960_000)
        entries = [Entry(billed, "CHARGE", cents, "SERVICE", source="")]
        self.invoices.append(Invoice(f"INV-{30_101 + len(self.invoices)}", customer, cents, billed, entries))
        return self.invoices[-1]

    def payment(
        self, day: date, customer: Customer, lines: list[Line], method: str = "EFT", planted: str = ""
    ) -> Payment:
        """An advice for those lines, under a number of its own."""
        digits = self.rng.randrange(10_000, 90_000)
        trace = f"{digits}" if method == "CHECK" else f"ACH{customer.number[1:]}{digits}"
        return Payment(customer, trace, method, day, lines, planted)

    def deposit(
        self, day: date, payments: list[Payment], planted: str = "", *, is_advised: bool = True, cents: int = 0
    ) -> Deposit:
        """The bank's line that brings the payments, and the batch that posts it."""
        self.batches += 1
        number = f"{2611:04d}{day.day:02d}{4400 + len(self.deposits):06d}"
        batch = f"P{day:%m%d}-{self.batches:03d}"
        first = payments[0] if payments else None
        if first is None:
            made = Deposit(day, "195", "WIRE RECEIVED", number, "", cents, [], batch, "MANUAL", "none", planted)
        elif first.method == "CHECK":
            words = f"LOCKBOX 7741 DEPOSIT {len(payments)} ITEMS"
            made = Deposit(day, "115", words, number, "", 0, payments, batch, "LOCKBOX", "exact_sum", planted)
        else:
            words = f"{first.customer.name} ACH PAYMENT"
            trace = first.trace if is_advised else ""
            evidence = "exact_trace" if is_advised else "none"
            made = Deposit(day, "142", words, number, trace, 0, payments, batch, "MANUAL", evidence, planted)
        made.cents = made.cents or sum(one.cents for one in payments)
        self.deposits.append(made)
        return made


def fill(book: Book) -> None:
    """Every day's payments, then the planted ones; invoices that nobody has paid yet last."""
    for number, day in enumerate(DAYS):
        for turn in range(2):
            customer = CUSTOMERS[(2 * number + turn) % len(CUSTOMERS)]
            lines = [_in_full(book.invoice(customer)) for _ in range(1 + (number + turn) % 3)]
            book.deposit(day, [book.payment(day, customer, lines)])
    for day in (DAYS[2], DAYS[7]):
        cheques = [
            book.payment(day, CUSTOMERS[at], [_in_full(book.invoice(CUSTOMERS[at]))], "CHECK") for at in (6, 7, 9)
        ]
        book.deposit(day, cheques)
    for planted in (_swapped, _deduction, _paid_twice, _unidentified, _no_advice):
        planted(book)
    waits = CUSTOMERS[8]
    paid = [_in_full(book.invoice(waits, 412_080))]
    book.waiting.append(book.payment(date(2026, 11, 13), waits, paid, planted="in_transit"))
    for customer in CUSTOMERS:
        book.invoice(customer)


def _in_full(invoice: Invoice) -> Line:
    return Line(invoice, invoice.cents, invoice.cents)


def _swapped(book: Book) -> None:
    """3,684.00 is keyed as 3,648.00."""
    customer = CUSTOMERS[0]
    wrong = Line(book.invoice(customer, 368_400), 368_400, 364_800)
    lines = [wrong, _in_full(book.invoice(customer, 129_550))]
    book.deposit(DAYS[4], [book.payment(DAYS[4], customer, lines, planted="slip_transposition")], "slip_transposition")


def _deduction(book: Book) -> None:
    """The customer deducts 312.50 for a seal that failed; the invoice is posted as if paid in full."""
    customer = CUSTOMERS[5]
    line = Line(book.invoice(customer, 500_000), 468_750, 500_000)
    book.deposit(DAYS[5], [book.payment(DAYS[5], customer, [line], planted="deduction")], "deduction")


def _paid_twice(book: Book) -> None:
    """One invoice is paid on two days, under two numbers: the second payment is a credit."""
    customer = CUSTOMERS[10]
    invoice = book.invoice(customer, 186_420)
    invoice.cause = OVERPAID
    for day in (DAYS[3], DAYS[7]):
        book.deposit(day, [book.payment(day, customer, [_in_full(invoice)], planted="paid_twice")], "paid_twice")


def _unidentified(book: Book) -> None:
    """A wire that names nobody, kept on the ledger account of unapplied cash."""
    book.deposit(DAYS[6], [], "unidentified", cents=94_000)


def _no_advice(book: Book) -> None:
    """The money came and is posted; its advice never did, the bank's line names the customer."""
    customer = CUSTOMERS[11]
    paid = book.payment(DAYS[8], customer, [_in_full(book.invoice(customer, 257_315))])
    book.deposit(DAYS[8], [paid], "no_advice", is_advised=False)


def posted(deposit: Deposit) -> Iterator[tuple[str, str, str, int]]:
    """The lines of the deposit's batch: account, reference, transaction type, cents."""
    for payment in deposit.payments:
        for line in payment.lines:
            yield line.invoice.number, payment.trace, "PAYMENT", line.keyed
    if not deposit.payments:
        yield UNAPPLIED, deposit.reference, "UNAPPLIED", deposit.cents


def post(book: Book) -> None:
    """What the batches posted stands in the ledgers too."""
    for deposit in book.deposits:
        for payment in deposit.payments:
            for line in payment.lines:
                line.invoice.entries.append(Entry(deposit.day, "PAYMENT", -line.keyed, payment.trace))
