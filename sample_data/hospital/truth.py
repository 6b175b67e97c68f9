"""The truth beside the files, as CSV: what a perfect reconciliation would find."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from .calendar import AS_OF
from .cents import dollars
from .credit_accounts import DISPOSITIONS
from .files import WrittenFile
from .ledger import bucket, standing
from .records import LEFT_OPEN, BankItem
from .tables import Money, csv_bytes
from .world import FOUNDATION, World

Rows = list[Sequence[object]]

COUNTS = ("remittances", "claims", "service_lines", "adjustments", "provider_adjustments", "transactions", "rows")
AMOUNTS = (
    "payment_amount",
    "claim_charge_amount",
    "claim_payment_amount",
    "provider_adjustment_amount",
    "credits",
    "debits",
    "amount",
)


class Truth:
    """Gathers the tables of truth, writes them, and sums them up."""

    def __init__(self, world: World, files: list[WrittenFile], seed: int) -> None:
        self.world = world
        self.files = files
        self.seed = seed
        self.tables: dict[str, tuple[tuple[str, ...], Rows]] = {}
        self._gather()

    def _gather(self) -> None:
        self._add("files", ("file", "kind", "sha256", "expected_status", *COUNTS, *AMOUNTS), self._files())
        self._add(
            "remittances",
            (
                "trace_number",
                "payer_name",
                "payer_id",
                "amount",
                "date",
                "era_date",
                "file",
                "duplicate_of",
                "in_balance",
                "planted",
            ),
            self._remittances(),
        )
        self._add(
            "links", ("link_id", "kind", "evidence", "side", "reference", "amount", "date", "planted"), self._links()
        )
        self._add(
            "unmatched",
            ("item_type", "reference", "bank_account", "payer_name", "amount", "item_date", "cause", "off_by"),
            [
                (
                    row.item_type,
                    row.reference,
                    row.bank_account,
                    row.payer_name,
                    Money(row.cents),
                    row.day,
                    row.cause,
                    None if row.off_by is None else Money(row.off_by),
                )
                for row in self.world.open
            ],
        )
        self._add(
            "variances",
            (
                "batch_id",
                "deposit_date",
                "payer_name",
                "control_total",
                "posted_total",
                "remitted_total",
                "deposited_total",
                "variance",
                "causes",
                "explanation",
                "planted",
            ),
            self._variances(),
        )
        self._add(
            "batches",
            (
                "batch_id",
                "batch_type",
                "deposit_date",
                "control_total",
                "posted_total",
                "remitted_total",
                "deposited_total",
                "ties",
                "planted",
            ),
            self._batches(),
        )
        self._add(
            "credits",
            (
                "account_number",
                "credit_balance",
                "credit_date",
                "age_days",
                "aging_bucket",
                "cause",
                "disposition",
                "owed_to",
            ),
            self._credits(),
        )
        self._add(
            "takebacks",
            ("payer_name", "code", "reference", "amount", "trace_number", "opened_by", "net_open"),
            self._takebacks(),
        )
        self._add(
            "bank",
            (
                "bank_reference",
                "bank_account",
                "date",
                "type_code",
                "amount",
                "role",
                "is_linked",
                "is_posted",
                "planted",
            ),
            [
                (
                    row.reference,
                    row.bank_account,
                    row.day,
                    row.type_code,
                    Money(row.cents),
                    row.role,
                    row.is_linked,
                    row.is_posted,
                    row.planted,
                )
                for row in self.world.bank
            ],
        )
        self._add(
            "account_numbers",
            ("file", "trace_number", "clp01", "account_number", "damage"),
            [
                (row.file, row.trace, shown, number, damage)
                for row, shown, number, damage in self.world.damaged_accounts
            ],
        )

    def _add(self, name: str, header: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
        self.tables[name] = (header, list(rows))

    def write(self, folder: Path) -> None:
        """One CSV per table and ``totals.json``."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, (header, rows) in self.tables.items():
            (folder / f"{name}.csv").write_bytes(csv_bytes(header, rows))
        (folder / "totals.json").write_text(json.dumps(self.totals(), indent=2) + "\n", encoding="utf-8")

    def _files(self) -> Rows:
        return [
            (
                f"fortnight/{row.path}",
                row.kind,
                row.sha256,
                row.expected_status,
                *[row.counts.get(name) for name in COUNTS],
                *[Money(row.counts[name]) if name in row.counts else None for name in AMOUNTS],
            )
            for row in sorted(self.files, key=lambda row: row.path)
        ]

    def _remittances(self) -> Rows:
        return [
            (
                row.trace,
                row.payer.name,
                row.payer.payer_id,
                Money(row.amount),
                row.money_day,
                row.era_day,
                f"fortnight/{row.file}",
                row.is_duplicate,
                row.in_balance,
                row.planted,
            )
            for row in self.world.remittances
        ]

    def _links(self) -> Rows:
        return [
            (
                f"L{number:06d}",
                link.kind,
                link.evidence,
                side.side,
                side.reference,
                Money(side.cents),
                side.day,
                link.planted,
            )
            for number, link in enumerate(self.world.links, 1)
            for side in link.sides
        ]

    def _batches(self) -> Rows:
        return [
            (
                row.batch_id,
                row.type,
                row.deposit_date,
                Money(row.control),
                Money(row.posted),
                Money(row.remitted),
                Money(row.deposited),
                row.ties,
                row.planted,
            )
            for row in self.world.batches
        ]

    def _variances(self) -> Rows:
        rows: Rows = []
        for made in self.world.batches:
            if not made.ties:
                assert made.explanation, made.batch_id
                rows.append(
                    (
                        made.batch_id,
                        made.deposit_date,
                        made.payer_name,
                        Money(made.control),
                        Money(made.posted),
                        Money(made.remitted),
                        Money(made.deposited),
                        Money(made.deposited - made.posted),
                        ";".join(made.causes),
                        made.explanation,
                        made.planted,
                    )
                )
        remitted = self._remitted_by_deposit()
        for item in self.world.bank:
            if item.bank_account != FOUNDATION and item.role in ("deposit", "returned_item") and not item.is_posted:
                rows.append(
                    (
                        item.reference,
                        item.day,
                        item.payer_name,
                        Money(0),
                        Money(0),
                        Money(remitted.get(item.reference, 0)),
                        Money(item.cents),
                        Money(item.cents),
                        item.variance_cause,
                        WORDS[item.variance_cause],
                        item.planted,
                    )
                )
        return rows

    def _remitted_by_deposit(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for link in self.world.links:
            if link.kind == "batch" or link.evidence in LEFT_OPEN:
                continue
            for bank in (side for side in link.sides if side.side == "bank"):
                found[bank.reference] += sum(side.cents for side in link.sides if side.side == "remittance")
        return found

    def _credits(self) -> Rows:
        rows: Rows = []
        for account in self.world.accounts:
            now = standing(account, AS_OF)
            if now.credit_since is None:
                assert not account.plan, account.number
                continue
            age = (AS_OF - now.credit_since).days
            rows.append(
                (
                    account.number,
                    Money(-now.balance),
                    now.credit_since,
                    age,
                    bucket(age),
                    account.plan,
                    DISPOSITIONS[account.plan],
                    account.owed_to,
                )
            )
        return rows

    def _takebacks(self) -> Rows:
        net: dict[tuple[str, str, str], int] = defaultdict(int)
        once = [row for row in self.world.remittances if not row.is_duplicate]
        for row in once:
            for plb in row.adjustments:
                net[row.payer.name, plb.code, plb.reference] -= plb.cents
        return [
            (
                row.payer.name,
                plb.code,
                plb.reference,
                Money(plb.cents),
                row.trace,
                plb.opened_by,
                Money(net[row.payer.name, plb.code, plb.reference]),
            )
            for row in once
            for plb in row.adjustments
        ]

    def totals(self) -> dict[str, object]:
        """Counts and sums of every table."""
        once = [row for row in self.world.remittances if not row.is_duplicate]
        return {
            "as_of": AS_OF.isoformat(),
            "seed": self.seed,
            "scale": self.world.scale,
            "counts": {name: len(rows) for name, (_, rows) in self.tables.items()},
            "accounts": len(self.world.accounts),
            "claims": sum(len(row.claims) for row in once),
            "deposits_by_bank_account": _sums((item.bank_account, item.cents) for item in _deposits(self.world)),
            "deposits_linked_to_remittances": dollars(
                sum(item.cents for item in _deposits(self.world) if item.is_linked)
            ),
            "remitted_counted_once": dollars(sum(row.amount for row in once)),
            "posted": dollars(sum(made.posted for made in self.world.batches)),
            "posted_by_batch_type": _sums((made.type, made.posted) for made in self.world.batches),
            "credit_balances": self._sum("credits", 1),
            "credits_by_cause": self._by("credits", 5, 1),
            "credits_by_bucket": self._by("credits", 4, 1),
            "unmatched_by_type": self._by("unmatched", 0, 4),
            "variance": self._sum("variances", 7),
            "links_by_kind_and_evidence": self._link_counts(),
            "takebacks_by_code": self._by("takebacks", 1, 3),
        }

    def _sum(self, table: str, column: int) -> str:
        return dollars(sum(_money(row[column]) for row in self.tables[table][1]))

    def _by(self, table: str, key: int, column: int) -> dict[str, dict[str, object]]:
        rows = self.tables[table][1]
        names = sorted({str(row[key]) for row in rows})
        return {
            name: {
                "count": sum(str(row[key]) == name for row in rows),
                "amount": dollars(sum(_money(row[column]) for row in rows if str(row[key]) == name)),
            }
            for name in names
        }

    def _link_counts(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for link in self.world.links:
            found[f"{link.kind} {link.evidence}"] += 1
        return dict(sorted(found.items()))


WORDS = {
    "unposted": "the money is in the bank, a remittance for it has come, and nobody posted it",
    "not_remitted": "the money is in the bank and no remittance has come for it",
    "returned_item": "the bank took back a patient's payment that is still posted",
}


def _deposits(world: World) -> list[BankItem]:
    return [item for item in world.bank if item.role == "deposit"]


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, str]:
    found: dict[str, int] = defaultdict(int)
    for name, cents in pairs:
        found[name] += cents
    return {name: dollars(cents) for name, cents in sorted(found.items())}


def _money(value: object) -> int:
    assert isinstance(value, Money)
    return int(value)
