"""The readers' tables as the store's: each row with its file and its place in it, text as text, money as money."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.days import LATEST
from analysis.intake import x12_835_layout as layout
from analysis.intake.traces import trace_key
from analysis.intake.x12_frame import Frame, Transaction
from analysis.money import MONEY
from analysis.problems import FileRejected, Finding, Severity

_LIMIT = Decimal(10) ** 16
_EARLIEST_DATE = date(1900, 1, 1)


@dataclass(slots=True)
class FileOf835:
    """An 835 being read: its id in the store, its frame, and the segments that became rows so far, by segment id."""

    file_id: int
    frame: Frame
    segments_read: dict[str, int] = field(default_factory=dict)

    def completeness(self) -> list[Finding]:
        """A finding for each segment id of which fewer became rows than stand in the bytes."""
        return [
            Finding("error", "segments_not_read", "file", f"{wanted} {name} segments in the file, {read} were read")
            for name, wanted in self.frame.counts.items()
            if (read := self.segments_read.get(name, 0)) != wanted
        ]


@dataclass(frozen=True, slots=True)
class Placed:
    """A transaction in a block: its file and the number of the block's segment at which it starts."""

    file: FileOf835
    transaction: Transaction
    start: int


class Block:
    """Where a block's segments stand: from the number of a segment to its transaction, file and place in the file."""

    def __init__(self, placed: list[Placed]) -> None:
        self.placed = placed
        self.starts = np.array([one.start for one in placed], dtype=np.int64)
        self.first = np.array([one.transaction.first_segment for one in placed], dtype=np.int64)
        self.file_ids = np.array([one.file.file_id for one in placed], dtype=np.int64)
        self._places: dict[str, pa.Array] = {}

    def transaction(self, segments: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The number in the block of the transaction that holds each segment; segments stand in the file's order."""
        bounds = np.searchsorted(segments, self.starts)
        return np.repeat(np.arange(len(self.starts)), np.diff(bounds, append=len(segments)))

    def place(self, segments: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The segment's number in its file, from 1."""
        transaction = self.transaction(segments)
        return np.asarray(segments - self.starts[transaction] + self.first[transaction], dtype=np.int32)

    def places_of(self, name: str, table: pa.RecordBatch) -> pa.Array:
        """The places of oxedi's table of that name, worked out once."""
        if name not in self._places:
            self._places[name] = pa.array(self.place(_segments(table)))
        return self._places[name]

    def note(self, severity: Severity, code: str, segment: int, name: str, message: str) -> None:
        """One more finding of the file that holds the block's segment."""
        number = np.array([segment])
        frame = self.placed[int(self.transaction(number)[0])].file.frame
        frame.findings.append(Finding(severity, code, f"segment {self.place(number)[0]}, {name}", message))


def tables(source: Mapping[str, pa.RecordBatch], block: Block) -> dict[str, pa.Table]:
    """The store's tables of one block, by name; raises `FileRejected` for an amount too large for the store."""
    return {
        "remittance": _remittances(source["payments"], block),
        "claim_payment": _claims(source["claims"], block),
        "service_payment": _services(source, block),
        "claim_adjustment": _adjustments(source, block),
        "provider_adjustment": _provider_adjustments(source["provider_adjustments"], block),
        "service_remark": _remarks(source, block),
    }


def _segments(table: pa.RecordBatch) -> np.ndarray[Any, Any]:
    return np.asarray(table["segment"].to_numpy(zero_copy_only=False))


def _column(table: pa.RecordBatch, name: str) -> pa.Array:
    """A column as the store's type: text for oxedi's bytes, decimal(18, 2) for its amounts."""
    column = table[name]
    kind = column.type
    if kind in (pa.string_view(), pa.decimal64(18, 2)):
        return column
    if column.null_count == len(column):
        empty = MONEY if pa.types.is_decimal(kind) else pa.string() if pa.types.is_binary(kind) else kind
        return pa.nulls(len(column), empty)
    if pa.types.is_binary(kind):
        return _text(column)
    if pa.types.is_integer(kind):
        return column.cast(pa.string())
    if pa.types.is_date(kind):
        return _real_dates(column)
    return column.cast(MONEY)


def _text(column: pa.Array) -> pa.Array:
    """Bytes as text, the empty ones as null. The bytes are UTF-8: `utf8` proved the file, and separators are ASCII."""
    texts = column.view(pa.string())
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    has_empty = int(np.count_nonzero(offsets[1:] == offsets[:-1])) > column.null_count
    return _without_empty(texts) if has_empty else texts


def _real_dates(column: pa.Array) -> pa.Array:
    """The dates from 1900 to 2100; others (a year of 0001 or 9999) are no dates of a payment and become null."""
    low, high = pa.scalar(_EARLIEST_DATE), pa.scalar(LATEST)
    bounds = pc.min_max(column)
    if bounds["min"].as_py() >= low.as_py() and bounds["max"].as_py() <= high.as_py():
        return column
    inside = pc.and_(pc.greater_equal(column, low), pc.less_equal(column, high))
    return pc.if_else(inside, column, pa.scalar(None, column.type))


def _columns(table: pa.RecordBatch, wanted: Mapping[str, layout.Definition], block: Block) -> dict[str, Any]:
    sources = {name: where if isinstance(where, str) else name for name, where in wanted.items()}
    try:
        columns = {name: _column(table, source) for name, source in sources.items()}
    except pa.ArrowInvalid:
        raise _too_large(table, block) from None
    for name, source in sources.items():
        if columns[name].null_count > table[source].null_count and pa.types.is_date(columns[name].type):
            is_dropped = np.asarray(pc.and_(columns[name].is_null(), table[source].is_valid()))
            for segment in _segments(table)[is_dropped].tolist():
                message = "wanted a date from 1900 to 2100, found another; left empty"
                block.note("error", "date_out_of_range", segment, name, message)
    return columns


def _too_large(table: pa.RecordBatch, block: Block) -> FileRejected:
    """Which amount does not fit the store."""
    for name in table.column_names:
        if pa.types.is_decimal(table[name].type):
            for segment, amount in zip(table["segment"].to_pylist(), table[name].to_pylist(), strict=True):
                if amount is not None and abs(amount) >= _LIMIT:
                    wanted = "an amount below 10,000,000,000,000,000.00"
                    place = block.place(np.array([segment]))[0]
                    return FileRejected("amount_too_large", f"segment {place}, {name}", wanted, "a larger one")
    return FileRejected("amount_too_large", "file", "amounts of at most two decimals", "others")


def _placed_columns(table: pa.RecordBatch, block: Block) -> dict[str, Any]:
    """file_id, place and remittance_place of each row."""
    segments = _segments(table)
    transaction = block.transaction(segments)
    return {
        "file_id": block.file_ids[transaction],
        "place": (segments - block.starts[transaction] + block.first[transaction]).astype(np.int32),
        "remittance_place": block.first[transaction].astype(np.int32),
    }


def _parent_place(rows: pa.RecordBatch, column: str, source: Mapping[str, pa.RecordBatch], block: Block) -> pa.Array:
    """The place of the claim or service line that each row's column points to; null where it points nowhere."""
    name = f"{column}s"
    return block.places_of(name, source[name]).take(rows[column])


def _position(segments: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """1, 2, 3 … for rows of one segment, which stand together."""
    if len(segments) == 0:
        return segments.astype(np.int32)
    is_first = np.empty(len(segments), dtype=bool)
    is_first[0] = True
    np.not_equal(segments[1:], segments[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    index = np.arange(len(segments))
    return np.asarray(index - starts[np.cumsum(is_first) - 1] + 1, dtype=np.int32)


def _remittances(payments: pa.RecordBatch, block: Block) -> pa.Table:
    columns = _placed_columns(payments, block)
    del columns["remittance_place"]
    placed = [block.placed[number] for number in block.transaction(_segments(payments))]
    columns |= _columns(payments, layout.REMITTANCE, block)
    envelope = [_envelope(one.transaction) for one in placed]
    for name in envelope[0] if envelope else ():
        columns[name] = pa.array([one[name] for one in envelope])
    traces = columns["trace_number"].to_pylist()
    keys = [trace_key(trace) for trace in traces]
    columns["trace_key"] = pa.array(keys, pa.string())
    amounts = columns["payment_amount"].to_pylist()
    columns["content_key"] = pa.array(
        [
            "" if key is not None and amount is not None and amount != 0 else _content_key(one.transaction)
            for one, key, amount in zip(placed, keys, amounts, strict=True)
        ]
    )
    return pa.table(columns)


def _envelope(transaction: Transaction) -> dict[str, Any]:
    """What the envelope and the bytes say of one transaction."""
    isa, group = transaction.interchange, transaction.group
    return {
        "last_place": transaction.last_segment,
        "source": "835",
        "interchange_control_number": _element(isa, 13),
        "interchange_sender_id": _element(isa, 6),
        "interchange_date": _short_date(_element(isa, 9)),
        "usage_indicator": _element(isa, 15),
        "group_control_number": _element(group, 6),
        "group_date": _short_date(_element(group, 4)),
        "transaction_control_number": transaction.control_number or None,
        "version": _element(group, 8),
    }


def _element(elements: tuple[str, ...], number: int) -> str | None:
    return (elements[number].strip() or None) if len(elements) > number else None


def _short_date(text: str | None) -> date | None:
    """CCYYMMDD or YYMMDD as a date; None for anything else."""
    if text is None or not text.isdigit() or len(text) not in {6, 8}:
        return None
    full = text if len(text) == 8 else f"20{text}"
    try:
        return date(int(full[:4]), int(full[4:6]), int(full[6:]))
    except ValueError:
        return None


def _content_key(transaction: Transaction) -> str:
    """A hash of all between ST and SE, alike for the same content in another envelope or with other delimiters.

    It tells apart payments of nothing and payments without a trace, which share their other keys.
    """
    end, element, component = (
        transaction.delimiters.segment,
        transaction.delimiters.element,
        transaction.delimiters.component,
    )
    body = bytes(transaction.body)
    inner = body[body.index(end) + 1 : body.rindex(end + b"SE" + element) + 1]
    if (end, element, component) != (b"~", b"*", b":"):
        inner = inner.translate(bytes.maketrans(end + element + component, b"~*:"))
    return hashlib.blake2b(inner, digest_size=16).hexdigest()


def _claims(claims: pa.RecordBatch, block: Block) -> pa.Table:
    columns = _placed_columns(claims, block) | _columns(claims, layout.CLAIM, block)
    columns["inpatient_remarks"] = _joined(claims, layout.INPATIENT_REMARKS)
    columns["outpatient_remarks"] = _joined(claims, layout.OUTPATIENT_REMARKS)
    return pa.table(columns)


def _joined(table: pa.RecordBatch, names: Iterable[str]) -> Any:
    """The columns' codes in one text, by spaces, in their order; null where there are none."""
    columns = [table[name] for name in names if table[name].null_count < len(table)]
    if not columns:
        return pa.nulls(len(table), pa.string())
    joined, *rest = (_text(column.cast(pa.binary())) for column in columns)
    for text in rest:
        joined = pc.coalesce(pc.binary_join_element_wise(joined, text, " "), joined, text)
    return joined


def _without_empty(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _services(source: Mapping[str, pa.RecordBatch], block: Block) -> pa.Table:
    services = source["services"]
    columns = _placed_columns(services, block) | _columns(services, layout.SERVICE, block)
    columns["claim_payment_place"] = _parent_place(services, "claim", source, block)
    columns["modifiers"] = _joined(services, layout.MODIFIERS)
    return pa.table(columns)


def _adjustments(source: Mapping[str, pa.RecordBatch], block: Block) -> pa.Table:
    adjustments = source["adjustments"]
    columns = _placed_columns(adjustments, block) | _columns(adjustments, layout.ADJUSTMENT, block)
    columns["position"] = _position(_segments(adjustments))
    columns["claim_payment_place"] = _parent_place(adjustments, "claim", source, block)
    columns["service_payment_place"] = _parent_place(adjustments, "service", source, block)
    return pa.table(columns)


def _provider_adjustments(adjustments: pa.RecordBatch, block: Block) -> pa.Table:
    columns = _placed_columns(adjustments, block) | _columns(adjustments, layout.PROVIDER_ADJUSTMENT, block)
    columns["position"] = _position(_segments(adjustments))
    return pa.table(columns)


def _remarks(source: Mapping[str, pa.RecordBatch], block: Block) -> pa.Table:
    remarks = source["remarks"]
    columns = _placed_columns(remarks, block) | _columns(remarks, layout.REMARK, block)
    columns["service_payment_place"] = _parent_place(remarks, "service", source, block)
    return pa.table(columns)
