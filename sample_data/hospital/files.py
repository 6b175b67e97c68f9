"""Puts the fortnight's files into the folders of the days on which a specialist gets them."""

import hashlib
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from .bank_bai2 import OPENING, Group, file_text
from .calendar import AS_OF, FIRST_FRIDAY, banking_day, banking_days, ymd
from .ledger import rows as ledger_span
from .records import BankItem, Batch, Receipt, Remittance
from .remittance_835 import Writer
from .slips import transposed
from .tables import (
    ACCOUNTS,
    BANK,
    BANK_TWO_SIDED,
    LEDGER,
    POSTING,
    RECEIPTS,
    REMITTANCES,
    Money,
    Row,
    account_rows,
    bank_rows,
    bank_rows_two_sided,
    csv_bytes,
    keyed_rows,
    ledger_rows,
    posting_rows,
    receipt_rows,
    xlsx_bytes,
)
from .world import FOUNDATION, LOCKBOX, OPERATING, World

LONG_AGO = date(2000, 1, 1)
INTERIM_DAY = date(2026, 11, 5)
CORRECTED_DAY = date(2026, 11, 6)
CORRECTION_DAY = date(2026, 11, 9)


@dataclass
class WrittenFile:
    """One file and what stands in it: counts and cents by name."""

    path: str
    kind: str
    sha256: str
    counts: dict[str, int] = field(default_factory=dict)
    expected_status: str = "loaded"


class Files:
    """Writes below ``folder`` and remembers what it wrote."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self.world = world
        self.written: list[WrittenFile] = []

    def write_all(self) -> None:
        """Every file of the fortnight."""
        self._remittances()
        self._bank()
        self._foundation()
        self._by_day()
        self._accounts()
        self._again("noveria_20261104.835", date(2026, 11, 4), date(2026, 11, 6), "download (2).835")
        self._again("bank_20261105_previous_day.bai", date(2026, 11, 5), date(2026, 11, 9), "bank_resent.bai")

    def _put(self, day: date, name: str, kind: str, content: bytes, counts: dict[str, int]) -> str:
        path = self.folder / day.isoformat() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        relative = f"{day.isoformat()}/{name}"
        self.written.append(WrittenFile(relative, kind, hashlib.sha256(content).hexdigest(), counts))
        return relative

    def _again(self, name: str, day: date, later: date, other_name: str) -> None:
        """The same bytes under another name."""
        first = next(row for row in self.written if row.path == f"{day.isoformat()}/{name}")
        content = (self.folder / first.path).read_bytes()
        self._put(later, other_name, first.kind, content, first.counts)
        self.written[-1].expected_status = "duplicate"

    def _remittances(self) -> None:
        grouped: dict[tuple[date, str], list[Remittance]] = defaultdict(list)
        for row in self.world.remittances:
            if not row.payer.is_paper:
                grouped[row.era_day, row.file_key].append(row)
        for number, ((day, key), rows) in enumerate(sorted(grouped.items(), key=lambda pair: pair[0]), 1):
            writer = Writer(day, 1_000 + number * 20)
            if key == "RESENT":
                writer = Writer(day, 500_000 + number * 20, delimiters="*:^~")
            content = writer.interchanges(rows).encode("ascii")
            path = self._put(day, f"{key.lower()}_{ymd(day)}.835", "remittance_835", content, asdict(writer.counts))
            for row in rows:
                row.file = path

    def _bank(self) -> None:
        by_day: dict[tuple[date, str], list[BankItem]] = defaultdict(list)
        for item in self.world.bank:
            by_day[item.day, item.bank_account].append(item)
        corrected = next(
            item
            for item in by_day[CORRECTED_DAY, LOCKBOX]
            if item.type_code in ("174", "175", "301") and not item.planted
        )
        corrected.first_reported_cents = transposed(corrected.cents)
        corrected.planted = "corrected_by_bank"
        balances = dict(OPENING)
        corrections: list[Group] = []
        for day in banking_days():
            opening = dict(balances)
            items = {account: by_day[day, account] for account in (OPERATING, LOCKBOX)}
            group = Group(
                day,
                "1",
                "2",
                tuple(
                    (account, opening[account], _reported(items[account], first=True))
                    for account in (OPERATING, LOCKBOX)
                ),
            )
            if day == CORRECTED_DAY:
                corrections = [Group(day, "3", "2", ((LOCKBOX, opening[LOCKBOX], _reported(items[LOCKBOX])),))]
            groups = [group, *(corrections if day == CORRECTION_DAY else [])]
            if day == INTERIM_DAY:
                some = items[OPERATING][: len(items[OPERATING]) // 2]
                interim = Group(day, "1", "3", ((OPERATING, opening[OPERATING], _reported(some)),))
                self._put_bank(day, f"bank_{ymd(day)}_same_day_1400.bai", [interim], day, "1400", 1)
            self._put_bank(day, f"bank_{ymd(day)}_previous_day.bai", groups, banking_day(day, 1), "0600", 1)
            for account, some in items.items():
                balances[account] += sum(item.cents for item in some)

    def _put_bank(self, day: date, name: str, groups: list[Group], created: date, time: str, file_id: int) -> None:
        amounts = [cents for group in groups for _, _, items in group.accounts for _, cents in items]
        counts = {
            "transactions": len(amounts),
            "credits": sum(cents for cents in amounts if cents > 0),
            "debits": -sum(cents for cents in amounts if cents < 0),
        }
        self._put(day, name, "bank_bai2", file_text(groups, created, time, file_id).encode("ascii"), counts)

    def _foundation(self) -> None:
        items = sorted((item for item in self.world.bank if item.bank_account == FOUNDATION), key=lambda row: row.day)
        first = [item for item in items if item.day <= FIRST_FRIDAY]
        second = [item for item in items if item.day >= FIRST_FRIDAY]
        for day, some, content in (
            (FIRST_FRIDAY, first, csv_bytes(BANK, bank_rows(first))),
            (AS_OF, second, csv_bytes(BANK_TWO_SIDED, bank_rows_two_sided(second), delimiter=";")),
        ):
            counts = {"rows": len(some), "amount": sum(item.cents for item in some)}
            self._put(day, f"foundation_{ymd(day)}.csv", "bank_csv", content, counts)

    def _by_day(self) -> None:
        batches: dict[date, list[Batch]] = defaultdict(list)
        receipts: dict[date, list[Receipt]] = defaultdict(list)
        papers: dict[date, list[Remittance]] = defaultdict(list)
        for made in self.world.batches:
            batches[made.posting_date].append(made)
        for receipt in self.world.receipts:
            receipts[receipt.received].append(receipt)
        for row in self.world.remittances:
            if row.payer.is_paper:
                papers[row.era_day].append(row)
                row.file = f"{row.era_day.isoformat()}/paper_eobs_{ymd(row.era_day)}.csv"
        for day, some in sorted(batches.items()):
            self._table(day, f"posting_batches_{ymd(day)}.csv", "posting_batches", POSTING, posting_rows(some), 10)
        for day, made_by_hand in sorted(receipts.items()):
            self._table(day, f"receipts_{ymd(day)}.csv", "receipts", RECEIPTS, receipt_rows(made_by_hand), 8)
        for day, rows in sorted(papers.items()):
            self._table(day, f"paper_eobs_{ymd(day)}.csv", "remittances", REMITTANCES, keyed_rows(rows), 9)

    def _accounts(self) -> None:
        world = self.world
        known = [account for account in world.accounts if any(entry.day <= FIRST_FRIDAY for entry in account.ledger)]
        self._table(
            FIRST_FRIDAY,
            f"accounts_{ymd(FIRST_FRIDAY)}.csv",
            "accounts",
            ACCOUNTS,
            account_rows(known, FIRST_FRIDAY),
            10,
            brackets=True,
        )
        self._table(AS_OF, f"accounts_{ymd(AS_OF)}.xlsx", "accounts", ACCOUNTS, account_rows(world.accounts, AS_OF), 10)
        for first, day, ending in ((LONG_AGO, FIRST_FRIDAY, "xlsx"), (FIRST_FRIDAY, AS_OF, "csv")):
            rows = ledger_span(world, first if first == LONG_AGO else date(2026, 11, 7), day)
            self._table(
                day, f"account_transactions_{ymd(day)}.{ending}", "account_transactions", LEDGER, ledger_rows(rows), 6
            )

    def _table(
        self,
        day: date,
        name: str,
        kind: str,
        header: tuple[str, ...],
        rows: list[Row],
        money_column: int,
        brackets: bool = False,
    ) -> None:
        total = sum(value for row in rows if isinstance(value := row[money_column], Money))
        content = (
            xlsx_bytes(header, rows, kind) if name.endswith("xlsx") else csv_bytes(header, rows, brackets=brackets)
        )
        self._put(day, name, kind, content, {"rows": len(rows), "amount": int(total)})


def _reported(items: list[BankItem], first: bool = False) -> tuple[tuple[BankItem, int], ...]:
    """Items with the amount reported: the first report of a later corrected item has the wrong one."""
    return tuple(
        (item, item.first_reported_cents if first and item.first_reported_cents is not None else item.cents)
        for item in items
    )
