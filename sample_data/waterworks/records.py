"""What the company's fortnight is made of. Money is whole cents."""

from dataclasses import dataclass, field
from datetime import date

BANK_ACCOUNT = "5500731186"
#: The ledger account of money that is nobody's yet.
UNAPPLIED = "GL-2190-UNAPPLIED"


@dataclass(frozen=True)
class Customer:
    """Who is invoiced, of what kind, from which depot, in which state."""

    name: str
    number: str
    kind: str
    depot: str
    state: str


@dataclass
class Entry:
    """A line of an invoice's ledger: charges positive, payments and adjustments negative."""

    day: date
    type: str
    cents: int
    reference: str = ""
    source: str = "PATIENT"
    payer: str = ""


@dataclass
class Invoice:
    """An invoice with its ledger; its balance is the sum of its entries."""

    number: str
    customer: Customer
    cents: int
    day: date
    entries: list[Entry] = field(default_factory=list)
    treasurer: str = ""
    cause: tuple[str, str, str] | None = None
    """Of a credit: cause, disposition and whom it is owed to, in the words of the data contract."""

    def balance(self, until: date) -> int:
        """What is open (negative: in credit) at the end of that day."""
        return sum(one.cents for one in self.entries if one.day <= until)

    def credit_day(self, until: date) -> date | None:
        """The day on which the present run below zero began."""
        began, running = None, 0
        for one in sorted((one for one in self.entries if one.day <= until), key=lambda one: one.day):
            running += one.cents
            began = None if running >= 0 else began or one.day
        return began


@dataclass(frozen=True)
class Line:
    """One invoice in a remittance advice and in the posting: what was billed, paid, and keyed."""

    invoice: Invoice
    paid: int
    keyed: int


@dataclass
class Payment:
    """What a customer announces: its advice, by one trace."""

    customer: Customer
    trace: str
    method: str
    day: date
    lines: list[Line]
    planted: str = ""

    @property
    def cents(self) -> int:
        """What the advice pays."""
        return sum(line.paid for line in self.lines)


@dataclass
class Deposit:
    """A credit of the bank: the payments it brings, how the bank tells it, and the batch that posts it."""

    day: date
    type_code: str
    words: str
    reference: str
    customer_reference: str
    cents: int
    payments: list[Payment]
    batch: str
    batch_type: str
    evidence: str
    planted: str = ""
