"""What the hospital's fortnight is made of; amounts are whole cents."""

from dataclasses import dataclass, field
from datetime import date

from .payers import Payer
from .people import Person

Adjustment = tuple[str, str, int]
"""Group code, reason code, cents."""


@dataclass(eq=False)
class Entry:
    """One ledger row of a patient account; charges positive, payments negative."""

    number: int
    day: date
    type: str
    cents: int
    source: str = ""
    payer_name: str = ""
    reference: str = ""
    procedure: str = ""


@dataclass(eq=False)
class Account:
    """A patient account with its ledger; ``plan`` is the planted cause of its credit, if any."""

    number: str
    patient: Person
    financial_class: str
    primary: str
    secondary: str
    service_from: date
    service_to: date
    state: str
    facility: str
    ledger: list[Entry] = field(default_factory=list)
    plan: str = ""
    owed_to: str = ""
    hides_credit_date: bool = False


@dataclass(eq=False)
class ServiceLine:
    """An SVC loop."""

    procedure: str
    modifiers: tuple[str, ...]
    charge: int
    paid: int
    units: int
    day: date
    adjustments: list[Adjustment]
    remark: str = ""
    paid_shown_extra: int = 0
    """Planted: what SVC03 is too high by."""


@dataclass(eq=False)
class Claim:
    """A CLP loop. ``charge = paid + adjustments`` unless an error is planted."""

    account: Account | None
    shown_account: str
    status: str
    charge: int
    paid: int
    icn: str
    lines: list[ServiceLine]
    adjustments: list[Adjustment]
    original_icn: str = ""
    interest: int = 0
    is_inpatient: bool = False
    crossover_to: str = ""
    charge_shown_extra: int = 0
    """Planted: what CLP03 is too high by."""

    @property
    def all_adjustments(self) -> list[Adjustment]:
        """Claim level and line level together."""
        return self.adjustments + [row for line in self.lines for row in line.adjustments]

    def group_total(self, *groups: str) -> int:
        """Sum of the adjustments of these group codes."""
        return sum(cents for group, _, cents in self.all_adjustments if group in groups)


@dataclass(eq=False)
class ProviderAdjustment:
    """A PLB pair: positive takes money from the payment. ``opened_by``: the trace that made the debt."""

    code: str
    reference: str
    cents: int
    opened_by: str = ""


@dataclass(eq=False)
class Remittance:
    """One payment's advice: an ST of an 835, or a cheque's rows of the keyed table."""

    payer: Payer
    trace: str
    era_day: date
    money_day: date
    claims: list[Claim]
    adjustments: list[ProviderAdjustment] = field(default_factory=list)
    planted: str = ""
    shown_extra: int = 0
    """Planted: what BPR02 is too high by."""
    is_duplicate: bool = False
    file_key: str = ""
    file: str = ""
    is_posted: bool = False

    @property
    def amount(self) -> int:
        """BPR02."""
        paid = sum(claim.paid for claim in self.claims)
        return paid - sum(row.cents for row in self.adjustments) + self.shown_extra

    @property
    def in_balance(self) -> bool:
        """Line, claim and transaction all hold."""
        lines = [line for claim in self.claims for line in claim.lines]
        return not (
            self.shown_extra
            or any(claim.charge_shown_extra for claim in self.claims)
            or any(line.paid_shown_extra for line in lines)
        )


@dataclass(eq=False)
class BankItem:
    """One line of a bank account; ``cents`` negative for a debit."""

    day: date
    bank_account: str
    type_code: str
    cents: int
    reference: str
    customer_reference: str
    text: str
    role: str = "deposit"
    planted: str = ""
    payer_name: str = ""
    funds: str = "Z"
    breaks: tuple[int, ...] = ()
    """Where the text is cut into 88 records."""
    first_reported_cents: int | None = None
    """Planted: the amount of the first report, later corrected by a status 3 group."""
    variance_cause: str = "not_remitted"
    is_posted: bool = False
    is_linked: bool = False


@dataclass(eq=False)
class PostingLine:
    """A keyed line of a posting batch."""

    account_number: str
    reference: str
    type: str
    cents: int
    account: Account | None = None
    source: str = "PRIMARY"
    contractual: int = 0
    """The write-off posted to the ledger with it."""


@dataclass(eq=False)
class Batch:
    """A posting batch as keyed, and what it truly belongs to."""

    batch_id: str
    type: str
    deposit_date: date
    posting_date: date
    payer_name: str
    control: int
    lines: list[PostingLine]
    bank_account: str
    posted_by: str
    remittances: list[Remittance] = field(default_factory=list)
    deposits: list[BankItem] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    explanation: str = ""
    planted: str = ""
    header_is_wrong: bool = False

    @property
    def posted(self) -> int:
        """Sum of all lines, each with its sign."""
        return sum(line.cents for line in self.lines)

    @property
    def remitted(self) -> int:
        """Sum of BPR02 of its remittances."""
        return sum(remittance.amount for remittance in self.remittances)

    @property
    def deposited(self) -> int:
        """Sum of its bank lines."""
        return sum(item.cents for item in self.deposits)

    @property
    def ties(self) -> bool:
        """Control, posted, remitted (where there is a remittance) and deposited agree, and so does the header."""
        expected = {self.control, self.posted, self.deposited}
        if self.remittances:
            expected.add(self.remitted)
        return len(expected) == 1 and not self.header_is_wrong


@dataclass(eq=False)
class Receipt:
    """A cheque, cash or card payment taken by hand."""

    receipt_id: str
    received: date
    method: str
    payer_name: str
    cents: int
    account: Account | None
    check_number: str = ""
    routing: str = ""
    check_account: str = ""
    slip: str = ""


@dataclass(eq=False)
class Side:
    """One side of a true link."""

    side: str
    reference: str
    cents: int
    day: date


LEFT_OPEN = frozenset({"ambiguous", "amount_differs", "outside_window"})
"""Evidence that ties nothing: the sides truly belong together, and both stay open."""


@dataclass(eq=False)
class Link:
    """A true link: which bank lines, remittances and batches belong together."""

    kind: str
    evidence: str
    sides: list[Side]
    planted: str


@dataclass(eq=False)
class Open:
    """An item that truly has no partner at as-of."""

    item_type: str
    reference: str
    bank_account: str
    payer_name: str
    cents: int
    day: date
    cause: str
    off_by: int | None = None
    """Deposited minus remitted, where that is the cause."""
