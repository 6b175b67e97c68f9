"""The text that rows came from: packed when a file is saved, cut out again by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from analysis.intake.parsed import RawPiece
from analysis.intake.x12_835 import FileOf835
from analysis.store.connection import Store
from analysis.store.queries import query_table

_CODEC = pa.Codec("zstd", compression_level=1)
_SCHEMA = pa.schema(
    [
        ("file_id", pa.int64()),
        ("first_place", pa.int32()),
        ("terminator", pa.string()),
        ("element_separator", pa.string()),
        ("packed", pa.binary()),
        ("size_bytes", pa.int64()),
    ]
)

Piece = tuple[int, int, str, str | None, bytes | memoryview]
"""File, first place, terminator, element separator and body."""


def packed_pieces(file_id: int, pieces: Sequence[RawPiece]) -> pa.Table:
    """The lines of a table or bank file, as rows of `source_text`."""
    return _packed((file_id, piece.first_place, "\n", None, piece.text.encode()) for piece in pieces)


def packed_transactions(files: Iterable[FileOf835]) -> pa.Table:
    """The segments of 835s, a piece for each transaction and each segment around them, as rows of `source_text`."""
    return _packed(_pieces_of_835s(files))


def _pieces_of_835s(files: Iterable[FileOf835]) -> Iterator[Piece]:
    for file in files:
        for one in file.frame.transactions:
            end, element = one.delimiters.segment.decode(), one.delimiters.element.decode()
            yield file.file_id, one.first_segment, end, element, one.body
        element = file.frame.transactions[0].delimiters.element.decode()
        for segment, text in file.frame.envelope:
            yield file.file_id, segment, text[-1], element, text.encode()


def _packed(pieces: Iterable[Piece]) -> pa.Table:
    columns: list[list[Any]] = [[] for _ in _SCHEMA]
    for file_id, first_place, terminator, element, body in pieces:
        row = (file_id, first_place, terminator, element, _CODEC.compress(body, asbytes=True), len(body))
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return pa.table(columns, schema=_SCHEMA)


def _unpacked(row: dict[str, Any]) -> str:
    return bytes(_CODEC.decompress(row["packed"], row["size_bytes"])).decode()


def raw_text(store: Store, file_id: int, first_place: int, last_place: int) -> list[tuple[int, str]]:
    """The file's own lines or segments from `first_place` to `last_place`, each with its number, as they stood."""
    bounds = {"file_id": file_id, "first_place": first_place, "last_place": last_place}
    found: list[tuple[int, str]] = []
    for row in query_table(store, "drilldown/raw_pieces", bounds).to_pylist():
        end = row["terminator"]
        lines = _unpacked(row).removesuffix(end).split(end)
        kept = "" if end == "\n" else end
        found.extend((row["first_place"] + n, line + kept) for n, line in enumerate(lines))
    return [(place, text) for place, text in found if first_place <= place <= last_place]


def segments_in_text(store: Store, names: Sequence[str]) -> dict[tuple[int, str], int]:
    """How often each segment stands in the kept text of each 835, by file and segment id, counted anew."""
    counts: Counter[tuple[int, str]] = Counter()
    for row in query_table(store, "verify/texts_of_835s").to_pylist():
        text = _unpacked(row)
        for name in names:
            counts[row["file_id"], name] += text.count(f"{row['terminator']}{name}{row['element_separator']}")
    return dict(counts)
