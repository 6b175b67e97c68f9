"""One transaction's worth of saving: a file's row, its facts, its text, its totals and its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

import duckdb
import pyarrow as pa

from analysis.days import EARLIEST
from analysis.intake.parsed import ParsedFile
from analysis.intake.x12_835 import FileOf835, read_blocks
from analysis.money import MONEY, show
from analysis.problems import Finding, capped
from analysis.store.rows import insert_rows, next_id, table_columns
from analysis.store.statements import statement
from analysis.store.texts import packed_pieces, packed_transactions

_RECORDS_835 = ("remittances", "claims", "service_lines", "adjustments", "provider_adjustments")
_TOTALS_835 = ("payment_amount", "claim_charge_amount", "claim_payment_amount", "provider_adjustment_amount")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file about to be stored."""

    name: str
    kind: str
    sha256: str
    size_bytes: int
    loaded_by: str


@dataclass(frozen=True, slots=True)
class Saved835:
    """What was stored of one 835: counts, US dollars, findings."""

    records: dict[str, int]
    totals: dict[str, Decimal]
    findings: tuple[Finding, ...]


class Saver:
    """Writes into the open transaction of `cursor`; nothing is committed here."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self.cursor = cursor
        self.columns = table_columns(cursor)

    def save(self, new: NewFile, parsed: ParsedFile) -> tuple[Finding, ...]:
        """Stores a file that was read whole; returns its findings."""
        file_id = next_id(self.cursor, "file", 1)
        self._save_files([(file_id, new)])
        for name, rows in parsed.tables.items():
            self._insert(name, rows.append_column("file_id", pa.array([file_id] * rows.num_rows, pa.int64())))
        self._insert("source_text", packed_pieces(file_id, parsed.pieces))
        late = self._late_facts(file_id, file_id).get(file_id, [])
        told_before = (*self._replaced_batches(file_id, parsed.kind), *self._known_cheques(file_id, parsed.kind))
        findings = (*parsed.findings, *capped(told_before), *late)
        self._save_summary([(file_id, dict(parsed.records), dict(parsed.totals), findings)])
        return findings

    def _replaced_batches(self, file_id: int, kind: str) -> list[Finding]:
        """A finding where the file tells batches that were told before: its telling replaces the earlier one."""
        if kind != "posting_batches":
            return []
        asked = {"file_id": file_id}
        batches, lines, amount = self.cursor.execute(statement("intake/batches_told_before"), asked).fetchall()[0]
        if batches == 0:
            return []
        message = f"{batches} batches were told before, in {lines} lines of {show(amount)}; this telling replaces them"
        return [Finding("warning", "batch_replaced", "file", message, amount)]

    def _known_cheques(self, file_id: int, kind: str) -> list[Finding]:
        """A finding for each cheque that another file has told under another receipt number."""
        if kind != "receipts":
            return []
        rows = self.cursor.execute(statement("intake/cheques_told_before"), {"file_id": file_id}).fetchall()
        return [
            Finding("warning", "duplicate_cheque", f"line {place}", f"the same cheque was told by {name}", amount)
            for place, amount, name in rows
        ]

    def _late_facts(self, first: int, last: int) -> dict[int, list[Finding]]:
        """Findings about rows of days that are closed, by file: they are seen from the first open day on."""
        found: dict[int, list[Finding]] = {}
        bounds = {"first_file_id": first, "last_file_id": last}
        for file_id, day, known_from, count in self.cursor.execute(statement("intake/late_facts"), bounds).fetchall():
            message = f"{count} rows of closed day {day}; they count from the open day, {known_from}"
            found.setdefault(file_id, []).append(Finding("warning", "late_fact", "file", message))
        return found

    def save_835s(self, group: Sequence[tuple[NewFile, FileOf835]]) -> list[Saved835]:
        """Stores 835 files together, block by block; returns what each holds, in the group's order.

        What reading adds to the files' findings is taken back, so that a group may be saved again after a fault.
        """
        before = [len(file.frame.findings) for _, file in group]
        try:
            return self._save_835s(group)
        finally:
            for (_, file), count in zip(group, before, strict=True):
                del file.frame.findings[count:]

    def _save_835s(self, group: Sequence[tuple[NewFile, FileOf835]]) -> list[Saved835]:
        last = next_id(self.cursor, "file", len(group))
        first = last - len(group) + 1
        files = [file for _, file in group]
        for number, file in enumerate(files):
            file.file_id, file.segments_read = first + number, {}
        self._save_files([(file.file_id, new) for new, file in group])
        for block in read_blocks(files):
            for name, rows in block.items():
                self._insert(name, rows)
        self._insert("source_text", packed_transactions(files))
        balances, late = self._balance_findings(first, last), self._late_facts(first, last)
        totals = self._totals_835(first, last)
        saved = []
        for file in files:
            own = [*file.frame.findings, *file.completeness(), *balances.get(file.file_id, [])]
            own += late.get(file.file_id, [])
            records, amounts = totals[file.file_id]
            saved.append(Saved835(records, amounts, tuple(capped(own))))
        self._save_summary(
            [(file.file_id, one.records, one.totals, one.findings) for file, one in zip(files, saved, strict=True)]
        )
        return saved

    def _insert(self, name: str, rows: pa.Table) -> None:
        insert_rows(self.cursor, self.columns, name, rows)

    def _save_files(self, files: Sequence[tuple[int, NewFile]]) -> None:
        now = datetime.now(UTC).replace(tzinfo=None)
        first_open: date = self.cursor.execute(statement("closing/first_open_day")).fetchall()[0][0]
        known_from = None if first_open <= EARLIEST else first_open
        rows = [
            {
                "file_id": file_id,
                "file_name": PurePath(new.name).name,
                "kind": new.kind,
                "sha256": new.sha256,
                "size_bytes": new.size_bytes,
                "loaded_at": now,
                "loaded_by": new.loaded_by,
                "known_from": known_from,
            }
            for file_id, new in files
        ]
        self._insert("source_file", pa.Table.from_pylist(rows))

    def _save_summary(
        self, files: Sequence[tuple[int, dict[str, int], dict[str, Decimal], tuple[Finding, ...]]]
    ) -> None:
        records: list[dict[str, Any]] = []
        totals: list[dict[str, Any]] = []
        findings: list[dict[str, Any]] = []
        for file_id, counts, amounts, found in files:
            records += [{"file_id": file_id, "record_name": name, "record_count": n} for name, n in counts.items()]
            totals += [{"file_id": file_id, "total_name": name, "amount": n} for name, n in amounts.items()]
            findings += [
                {
                    "file_id": file_id,
                    "finding_number": number,
                    "severity": one.severity,
                    "code": one.code,
                    "location": one.location,
                    "message": one.message,
                    "amount": one.amount,
                }
                for number, one in enumerate(found, start=1)
            ]
        for name, rows in (("file_record", records), ("file_total", totals), ("file_finding", findings)):
            if rows:
                self._insert(name, _table(rows))

    def _balance_findings(self, first: int, last: int) -> dict[int, list[Finding]]:
        """The statements that do not balance, by file, in words."""
        found: dict[int, list[Finding]] = {}
        bounds = {"first_file_id": first, "last_file_id": last}
        for name, segment in (("line", "SVC"), ("claim", "CLP")):
            rows = self.cursor.execute(statement(f"intake/{name}_balance"), bounds).fetchall()
            for file_id, place, charge, adjusted, paid, difference in rows:
                message = _balance_message(charge, adjusted, paid, difference)
                one = Finding("warning", f"{name}_out_of_balance", f"segment {place}, {segment}", message, difference)
                found.setdefault(file_id, []).append(one)
        rows = self.cursor.execute(statement("intake/transaction_balance"), bounds).fetchall()
        for file_id, place, payment, claimed, withheld, difference in rows:
            message = (
                f"claim payments {show(claimed)} less provider adjustments {show(withheld)} is "
                f"{show(claimed - withheld)}, BPR02 says {show(payment)}: off by {show(difference)}"
            )
            one = Finding("warning", "transaction_out_of_balance", f"segment {place}, ST", message, difference)
            found.setdefault(file_id, []).append(one)
        return found

    def _totals_835(self, first: int, last: int) -> dict[int, tuple[dict[str, int], dict[str, Decimal]]]:
        bounds = {"first_file_id": first, "last_file_id": last}
        rows = self.cursor.execute(statement("intake/remittance_totals"), bounds).fetchall()
        middle = 1 + len(_RECORDS_835)
        return {
            row[0]: (
                dict(zip(_RECORDS_835, row[1:middle], strict=True)),
                dict(zip(_TOTALS_835, row[middle:], strict=True)),
            )
            for row in rows
        }


def _balance_message(charge: Decimal | None, adjusted: Decimal, paid: Decimal | None, difference: Decimal) -> str:
    if charge is None or paid is None:
        missing = (
            "neither charge nor paid amount"
            if charge is None and paid is None
            else "no charge"
            if charge is None
            else "no paid amount"
        )
        return f"the balance cannot be proved: there is {missing}"
    return (
        f"charge {show(charge)} less adjustments {show(adjusted)} is {show(charge - adjusted)}, "
        f"paid says {show(paid)}: off by {show(difference)}"
    )


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as Arrow, money as the store's money."""
    table = pa.Table.from_pylist(rows)
    if "amount" not in table.column_names:
        return table
    place = table.column_names.index("amount")
    return table.set_column(place, "amount", table["amount"].cast(MONEY))
