"""ACH controls: what 8 and 9 declare against what the file holds.

The hash adds up the first eight digits of the receiving banks' numbers, its last ten digits kept; counts are of entries
and addenda; amounts are in cents. An operator takes no file whose controls do not hold, so neither do we: it was cut,
mended by hand, or is not the bank's (decision 0013). The count of blocks proves no money, and is only told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.intake.ach_codes import CREDITS, DEBITS
from analysis.intake.ach_records import BLOCK, AchFile, Batch, Record
from analysis.money import from_cents, show
from analysis.problems import FileRejected, Finding

_HASH = 10**10


@dataclass(frozen=True, slots=True)
class Sums:
    """Entries and addenda counted, the hash, and debits and credits in cents."""

    count: int
    hashed: int
    debits: int
    credits: int


def amount_of(record: Record, *, is_advice: bool) -> int:
    """The cents of an entry, as a magnitude; an advice entry (ADV) has its amount in columns of its own."""
    return record.number(28, 39, "the amount") if is_advice else record.number(30, 39, "the amount")


def is_credit(record: Record) -> bool:
    """Whether the entry's money goes to the receiving account; `FileRejected` for a code that says neither."""
    code = record.cut(2, 3)
    if code not in CREDITS | DEBITS:
        raise FileRejected("ach_transaction_code", record.where(), "a transaction code at 2-3", "another text")
    return code in CREDITS


def is_advice(batch: Batch) -> bool:
    """Whether the batch holds the operator's advice of what it settled (class ADV, service class 280)."""
    return batch.header.cut(51, 53) == "ADV"


def _counted(batch: Batch) -> Sums:
    count = hashed = 0
    cents = {True: 0, False: 0}
    for entry in batch.entries:
        count += 1 + len(entry.addenda)
        hashed += entry.record.number(4, 11, "the receiving bank")
        cents[is_credit(entry.record)] += amount_of(entry.record, is_advice=is_advice(batch))
    return Sums(count, hashed % _HASH, cents[False], cents[True])


def _declared(control: Record, *, of_advice: bool) -> Sums:
    count, hashed = control.number(5, 10, "the count"), control.number(11, 20, "the hash")
    if of_advice:
        return Sums(count, hashed, control.number(21, 40, "the debits"), control.number(41, 60, "the credits"))
    return Sums(count, hashed, control.number(21, 32, "the debits"), control.number(33, 44, "the credits"))


def _declared_of_file(control: Record, *, of_advice: bool) -> Sums:
    count, hashed = control.number(14, 21, "the count"), control.number(22, 31, "the hash")
    if of_advice:
        return Sums(count, hashed, control.number(32, 51, "the debits"), control.number(52, 71, "the credits"))
    return Sums(count, hashed, control.number(32, 43, "the debits"), control.number(44, 55, "the credits"))


def prove(file: AchFile) -> list[Finding]:
    """What the controls prove, in one finding, and one more where the blocks are miscounted or a batch misnumbered.

    `FileRejected` at the control record whose count, hash, debits or credits are not what the file holds.
    """
    findings: list[Finding] = []
    found: list[Sums] = []
    for batch in file.batches:
        found.append(_counted(batch))
        _hold(batch.control, _declared(batch.control, of_advice=is_advice(batch)), found[-1])
        if batch.control.cut(88, 94) != batch.header.cut(88, 94):
            message = "the batch control bears another number than its batch header"
            findings.append(Finding("warning", "ach_batch_number", batch.control.where(), message))
    whole = _added(found)
    of_advice = bool(file.batches) and all(is_advice(batch) for batch in file.batches)
    _agree(file.control, "number of batches", file.control.number(2, 7, "the batches"), len(file.batches))
    _hold(file.control, _declared_of_file(file.control, of_advice=of_advice), whole)
    blocks = file.control.number(8, 13, "the blocks")
    counted = -(-file.record_count // BLOCK)
    if blocks != counted:
        message = f"number of blocks: wanted {blocks}, found {counted}"
        findings.append(Finding("info", "ach_blocks", file.control.where(), message))
    message = (
        f"{len(file.batches)} batches, {whole.count} entries and addenda, entry hash {whole.hashed}, debits "
        f"{show(from_cents(whole.debits))} and credits {show(from_cents(whole.credits))} are as declared"
    )
    return [*findings, Finding("info", "ach_controls_hold", file.control.where(), message)]


def _added(sums: Iterable[Sums]) -> Sums:
    parts = list(sums)
    return Sums(
        sum(part.count for part in parts),
        sum(part.hashed for part in parts) % _HASH,
        sum(part.debits for part in parts),
        sum(part.credits for part in parts),
    )


def _hold(control: Record, declared: Sums, counted: Sums) -> None:
    _agree(control, "number of entries and addenda", declared.count, counted.count)
    _agree(control, "entry hash", declared.hashed, counted.hashed)
    for name, wanted, found in (
        ("debits", declared.debits, counted.debits),
        ("credits", declared.credits, counted.credits),
    ):
        if wanted != found:
            raise FileRejected(
                "ach_total", control.where(), f"{name} of {show(from_cents(wanted))}", show(from_cents(found))
            )


def _agree(control: Record, name: str, declared: int, counted: int) -> None:
    if declared != counted:
        raise FileRejected("ach_count", control.where(), f"{name} {declared}", str(counted))
