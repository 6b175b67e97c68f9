"""Everything that exists in the fortnight so far, and the counters that keep references unique."""

from datetime import date, timedelta
from random import Random

from .calendar import yymmdd
from .payers import Payer
from .people import Person, npi, person, routing_number
from .records import (
    LEFT_OPEN,
    Account,
    BankItem,
    Batch,
    Entry,
    Link,
    Open,
    Receipt,
    Remittance,
    Side,
)

HOSPITAL = "CEDAR HOLLOW REGIONAL HOSPITAL"
HOSPITAL_TIN = "894410027"
HOSPITAL_NPI = npi("199999401")
DOCTOR_NPI = npi("199999872")
OPERATING = "8800412075"
LOCKBOX = "8800412083"
FOUNDATION = "8800419910"
HOSPITAL_ROUTING = routing_number("09990001")
STATES = ("OH", "OH", "OH", "PA", "KY", "TX", "FL")


class World:
    """The invented hospital: people, accounts, advice, bank lines, batches and the truth about them."""

    def __init__(self, seed: int, scale: int) -> None:
        self.rng = Random(seed)
        self.scale = scale
        self.accounts: list[Account] = []
        self.remittances: list[Remittance] = []
        self.bank: list[BankItem] = []
        self.batches: list[Batch] = []
        self.receipts: list[Receipt] = []
        self.links: list[Link] = []
        self.open: list[Open] = []
        self.damaged_accounts: list[tuple[Remittance, str, str, str]] = []
        self._counters: dict[str, int] = {}
        self._amounts: set[int] = set()

    def next(self, name: str) -> int:
        """The next number of a named series, from 1."""
        self._counters[name] = self._counters.get(name, 0) + 1
        return self._counters[name]

    def unique_amount(self, low: int, high: int) -> int:
        """Cents between the bounds that no other payment of the fortnight has."""
        while True:
            amount = self.rng.randint(low, high + 100 * self.scale)
            if self.take_amount(amount):
                return amount

    def take_amount(self, amount: int) -> bool:
        """Reserve an amount; false when it is already taken."""
        if amount in self._amounts:
            return False
        self._amounts.add(amount)
        return True

    # -- accounts ---------------------------------------------------------------------------

    def account(
        self,
        payer: Payer,
        service_from: date,
        days: int = 0,
        secondary: str = "",
        patient: Person | None = None,
        financial_class: str = "",
    ) -> Account:
        """A new patient account; numbers of the main house have leading zeros, the clinic's have letters."""
        number = self.next("account")
        is_main = self.rng.random() < 0.6
        step = number * 7 + self.rng.randrange(7)
        account = Account(
            number=f"00{48_210_000 + step}" if is_main else f"CHE{1_044_000 + step}",
            patient=patient or person(self.rng),
            financial_class=financial_class or payer.financial_class,
            primary="" if financial_class == "SELF PAY" else payer.name,
            secondary=secondary,
            service_from=service_from,
            service_to=service_from + timedelta(days=days),
            state=payer.state if self.rng.random() < 0.7 else self.rng.choice(STATES),
            facility="MAIN" if is_main else "EAST CLINIC",
        )
        self.accounts.append(account)
        return account

    def entry(
        self,
        account: Account,
        day: date,
        kind: str,
        cents: int,
        source: str = "",
        payer_name: str = "",
        reference: str = "",
        procedure: str = "",
    ) -> None:
        """Write one ledger row."""
        number = self.next("entry")
        account.ledger.append(Entry(number, day, kind, cents, source, payer_name, reference, procedure))

    # -- bank -------------------------------------------------------------------------------

    def bank_item(
        self,
        day: date,
        bank_account: str,
        type_code: str,
        cents: int,
        text: str,
        customer_reference: str = "",
        payer_name: str = "",
        role: str = "deposit",
        planted: str = "",
        breaks: tuple[int, ...] = (),
    ) -> BankItem:
        """A new bank line with a reference no other line has."""
        number = self.next(f"bank {day}")
        item = BankItem(
            day,
            bank_account,
            type_code,
            cents,
            f"{yymmdd(day)}{700_000 + number * 11:07d}",
            customer_reference,
            text,
            role,
            planted,
            payer_name,
            breaks=breaks,
        )
        self.bank.append(item)
        return item

    # -- truth ------------------------------------------------------------------------------

    def link(
        self,
        kind: str,
        evidence: str,
        bank: list[BankItem],
        remittances: list[Remittance],
        batches: list[Batch],
        planted: str = "",
        amount: int | None = None,
    ) -> None:
        """Record what truly belongs together; ``amount`` overrides the remittance side (a part of it)."""
        sides = [Side("bank", item.reference, item.cents, item.day) for item in bank]
        sides += [
            Side("remittance", row.trace, row.amount if amount is None else amount, row.era_day) for row in remittances
        ]
        sides += [Side("batch", row.batch_id, row.posted, row.deposit_date) for row in batches]
        self.links.append(Link(kind, evidence, sides, planted))
        for item in bank:
            item.is_linked = item.is_linked or (kind != "batch" and evidence not in LEFT_OPEN)

    def is_open(
        self, item_type: str, reference: str, payer_name: str, cents: int, day: date, cause: str, bank_account: str = ""
    ) -> None:
        """Record an item without a partner."""
        self.open.append(Open(item_type, reference, bank_account, payer_name, cents, day, cause))

    def leave_open(
        self, bank: list[BankItem], remittances: list[Remittance], cause: str, off_by: int | None = None
    ) -> None:
        """Record that no evidence ties these: each waits for a partner, and nobody has posted it."""
        for row in remittances:
            self.is_open("remittance_without_deposit", row.trace, row.payer.name, row.amount, row.money_day, cause)
            self.open[-1].off_by = off_by
        for item in bank:
            item.variance_cause = "unposted"
            self.is_open(
                "deposit_without_remittance",
                item.reference,
                item.payer_name,
                item.cents,
                item.day,
                cause,
                item.bank_account,
            )
            self.open[-1].off_by = off_by
