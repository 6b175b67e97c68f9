"""X12 835 remittance advice to tables: payments, claims, service lines, adjustments, remarks.

Transactions that keep to the guide are read by `x12_835_regular`, all others by oxedi, both to the same tables.
They are read in blocks of about 8 MB: a large file is cut at its ST segments, so memory stays bounded, and small files
are gathered, so that a file does not cost a fixed price. Beside both stands `x12_frame`'s own count of segments.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import oxedi
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake import x12_835_layout as layout
from analysis.intake import x12_835_regular as regular
from analysis.intake.x12_835_rows import Block, FileOf835, Placed, tables
from analysis.intake.x12_segments import Delimiters
from analysis.machine import cores
from analysis.money import MONEY, ZERO
from analysis.problems import Finding

__all__ = ["BLOCK_BYTES", "KIND", "FileOf835", "read_blocks"]

KIND = "remittance_835"
BLOCK_BYTES = 8_000_000
_COUNTED_TABLES = {
    "CLP": "claim_payment",
    "SVC": "service_payment",
    "CAS": "claim_adjustment",
    "PLB": "provider_adjustment",
}
_AMOUNTS_NEEDED = {
    "remittance": ("payment_amount", "BPR02"),
    "claim_adjustment": ("amount", "CAS"),
    "provider_adjustment": ("amount", "PLB"),
}

Tables = Mapping[str, pa.Table]


class Reading(NamedTuple):
    """A block read: its tables as oxedi has them, and what oxedi had to say where it read them."""

    placed: list[Placed]
    delimiters: Delimiters
    tables: Mapping[str, pa.RecordBatch]
    diagnostics: Iterable[Any] | None


def read_blocks(files: Sequence[FileOf835], block_bytes: int = BLOCK_BYTES) -> Iterator[Tables]:
    """The files' rows, block by block, by the store's table names, each row with its `file_id`.

    Adds to each file's findings and `segments_read`. Raises `FileRejected` for an amount too large for the store.
    """
    for read in _read_ahead(files, block_bytes):
        yield from map(_rows, read)


def _read_ahead(files: Sequence[FileOf835], block_bytes: int) -> Iterator[list[Reading]]:
    """Each block read, while the one before is stored where there is a core for that; two threads only hinder each
    other on one."""
    if cores() == 1:
        yield from (_parse(placed, delimiters) for delimiters, placed in _blocks(files, block_bytes))
        return
    waiting: deque[Future[list[Reading]]] = deque()
    with ThreadPoolExecutor(max_workers=1) as ahead:
        for delimiters, placed in _blocks(files, block_bytes):
            waiting.append(ahead.submit(_parse, placed, delimiters))
            if len(waiting) > 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _blocks(files: Iterable[FileOf835], block_bytes: int) -> Iterator[tuple[Delimiters, list[Placed]]]:
    """Transactions gathered by delimiters until a block is full."""
    waiting: dict[Delimiters, list[Placed]] = {}
    sizes: dict[Delimiters, int] = {}
    starts: dict[Delimiters, int] = {}
    for file in files:
        for transaction in file.frame.transactions:
            key = transaction.delimiters
            start = starts.get(key, 0)
            waiting.setdefault(key, []).append(Placed(file, transaction, start))
            starts[key] = start + transaction.last_segment - transaction.first_segment + 1
            sizes[key] = sizes.get(key, 0) + len(transaction.body)
            if sizes[key] >= block_bytes:
                yield key, waiting.pop(key)
                sizes[key] = starts[key] = 0
    yield from waiting.items()


def _parse(placed: list[Placed], delimiters: Delimiters) -> list[Reading]:
    """A block's transactions, those that keep to the guide and the others apart."""
    data = b"".join(one.transaction.body for one in placed)
    try:
        return [Reading(placed, delimiters, regular.read(data, delimiters), None)]
    except regular.Irregular as found:
        starts = [one.start for one in placed]
        odd = set((np.searchsorted(starts, found.segments, side="right") - 1).tolist())
    kept = _renumbered(one for number, one in enumerate(placed) if number not in odd)
    others = _renumbered(one for number, one in enumerate(placed) if number in odd)
    return [*(_parse(kept, delimiters) if kept else ()), _parse_by_oxedi(others, delimiters)]


def _parse_by_oxedi(placed: list[Placed], delimiters: Delimiters) -> Reading:
    data = b"".join(one.transaction.body for one in placed)
    separators = oxedi.Delimiters(delimiters.element, delimiters.component, delimiters.segment)
    result = oxedi.parse(data, spec=layout.SPEC, delimiters=separators)
    source = {name: pa.record_batch(result.tables[name]) for name in result.tables}
    return Reading(placed, delimiters, source, result.diagnostics)


def _renumbered(placed: Iterable[Placed]) -> list[Placed]:
    """The transactions as a block of their own."""
    found, start = [], 0
    for one in placed:
        found.append(Placed(one.file, one.transaction, start))
        start += one.transaction.last_segment - one.transaction.first_segment + 1
    return found


def _rows(reading: Reading) -> Tables:
    block = Block(reading.placed)
    if reading.diagnostics is not None:
        _note_diagnostics(reading.diagnostics, block)
        _note_amounts_without_reason(reading.placed, reading.delimiters)
    rows = tables(reading.tables, block)
    for segment_id, name in _COUNTED_TABLES.items():
        _count_read(rows[name], segment_id, reading.placed)
    _note_missing_amounts(rows, reading.placed)
    _note_payments_below_zero(rows["remittance"], reading.placed)
    return rows


def _note_amounts_without_reason(placed: Sequence[Placed], delimiters: Delimiters) -> None:
    """A finding for each CAS and PLB with an amount whose reason code is empty, which oxedi leaves out."""
    element, end = re.escape(delimiters.element), re.escape(delimiters.segment)
    other = rb"[^" + element + end + rb"]"
    any_one, some = element + other + rb"*+", element + other + rb"++"
    triplets = rb"CAS" + any_one + rb"(?:" + some + any_one * 2 + rb")*+" + element
    pairs = rb"PLB" + any_one * 2 + rb"(?:" + some + any_one + rb")*+" + element
    in_claims = re.compile(end + triplets + element + other)
    behind_them = re.compile(end + pairs + element + other)
    for piece in placed:
        body, place, seen = piece.transaction.body, piece.transaction.first_segment, 0
        footer = bytes(body).rfind(delimiters.segment + b"SVC" + delimiters.element)
        for found in chain(in_claims.finditer(body), behind_them.finditer(body, max(footer, 0))):
            place += bytes(body[seen : found.start() + 1]).count(delimiters.segment)
            seen = found.start() + 1
            location = f"segment {place}, {found[0][1:4].decode()}"
            message = "wanted a reason code for each amount, found an amount without one; that amount was not read"
            piece.file.frame.findings.append(Finding("error", "reason_missing", location, message))


def _note_missing_amounts(rows: Tables, placed: Sequence[Placed]) -> None:
    """A finding for each payment, adjustment and provider adjustment without an amount, where none tells of it yet.

    A claim or line without one is told by the balances, which cannot be proved without it.
    """
    files = {one.file.file_id: one.file.frame for one in placed}
    told = {
        (file_id, one.location.rstrip("0123456789"))
        for file_id, read in files.items()
        for one in read.findings
        if one.code == "value_unreadable"
    }
    for name, (column, element) in _AMOUNTS_NEEDED.items():
        is_missing = pc.is_null(rows[name][column])
        if name == "claim_adjustment":
            is_missing = pc.and_(is_missing, pc.is_valid(rows[name]["reason_code"]))
        table = rows[name].select(["file_id", "place"]).filter(is_missing)
        for file_id, place in zip(table["file_id"].to_pylist(), table["place"].to_pylist(), strict=True):
            location = f"segment {place + (element == 'BPR02')}, {element}"
            if (file_id, location.rstrip("0123456789")) not in told:
                message = "wanted an amount, found none; counted as nothing"
                files[file_id].findings.append(Finding("error", "amount_missing", location, message))


def _note_payments_below_zero(remittances: pa.Table, placed: Sequence[Placed]) -> None:
    """A finding for each payment below zero: the guide has what a payer is owed carried forward by a PLB."""
    files = {one.file.file_id: one.file.frame for one in placed}
    is_below = pc.less(remittances["payment_amount"], pa.scalar(ZERO, MONEY))
    below = remittances.select(["file_id", "place", "payment_amount"]).filter(is_below)
    for file_id, place, amount in zip(*(column.to_pylist() for column in below.columns), strict=True):
        message = "wanted a payment of zero or more, found one below zero; what the payer is owed belongs in a PLB"
        finding = Finding("warning", "payment_below_zero", f"segment {place + 1}, BPR02", message, amount)
        files[file_id].findings.append(finding)


def _count_read(table: pa.Table, segment_id: str, placed: Sequence[Placed]) -> None:
    """Adds to each file's count the segments of this id that became rows."""
    file_ids = table["file_id"].to_numpy()
    if "position" in table.column_names:
        file_ids = file_ids[table["position"].to_numpy() == 1]
    for file in {id(one.file): one.file for one in placed}.values():
        first, last = np.searchsorted(file_ids, (file.file_id, file.file_id + 1))
        file.segments_read[segment_id] = file.segments_read.get(segment_id, 0) + int(last - first)


def _note_diagnostics(diagnostics: Iterable[Any], block: Block) -> None:
    """oxedi's findings that say that something was not read: an amount or date that is none, a segment it had no
    home for."""
    for found in diagnostics:
        if found.kind not in {"TypeMismatch", "UnknownSegment"} or found.segment is None:
            continue
        number = int(block.transaction(np.array([found.segment]))[0])
        one = block.placed[number]
        place = found.segment - one.start + one.transaction.first_segment
        if found.kind == "UnknownSegment":
            message = "a segment that belongs to no part of an 835; kept as text only"
            finding = Finding("warning", "segment_out_of_place", f"segment {place}", message)
        else:
            name = found.rule.split()[1]
            message = f"wanted {_wanted(found.rule)}, found another text; left empty"
            finding = Finding("error", "value_unreadable", f"segment {place}, {name}", message)
        one.file.frame.findings.append(finding)


def _wanted(rule: str) -> str:
    if "decimal" in rule:
        return "an amount of at most two decimals"
    if "date" in rule:
        return "a date"
    return "a whole number" if "integer" in rule else "a value of its type"
