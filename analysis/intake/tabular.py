"""Bytes to a table of text: CSV (comma, semicolon, tab or bar) and XLSX alike, whole or not at all.

The heading row is the first that a kind of `table_kinds` claims, with at most ten title lines before it.
Source: DATA.md section 1; RFC 4180 for quotes.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.intake.encoding import utf8
from analysis.intake.parsed import RawPiece
from analysis.intake.table_kinds import Claim, NearMiss, claimed
from analysis.intake.workbook import Row, is_workbook, sheets
from analysis.problems import FileRejected, Finding

TITLE_LINES = 10
DELIMITERS = ",;\t|"

_HEAD_CHARACTERS = 100_000
_LINES_PER_PIECE = 1_000
_SHOWN_HEADINGS = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CELL_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Table:
    """A claimed table: for each column of its kind that the file has, the stripped texts, and each row's line.

    `lines` are physical lines in a CSV (where the row starts) and row numbers in an XLSX, from 1.
    """

    claim: Claim
    heading_line: int
    lines: list[int]
    columns: dict[str, list[str]]
    findings: tuple[Finding, ...]
    pieces: tuple[RawPiece, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as the file writes them."""
        return self.claim.headings

    @property
    def rows(self) -> list[tuple[int, dict[str, str]]]:
        """Each row as its line and the text by column."""
        names = list(self.columns)
        return [
            (line, dict(zip(names, cells, strict=True)))
            for line, cells in zip(self.lines, zip(*self.columns.values(), strict=True), strict=True)
        ]


Claiming = Callable[[Sequence[str], int], Claim | NearMiss | None]
"""What a row of cells at a line is as a heading row."""


def by_name(aliases: Mapping[str, str] | None) -> Claiming:
    """Rows claimed by the kinds' own column names, and by aliases of them."""
    return lambda cells, line: claimed(cells, line, aliases)


def read(data: bytes, aliases: Mapping[str, str] | None = None) -> Table:
    """The table that the bytes hold.

    `aliases` maps headings to columns. `FileRejected` where no kind claims a heading row,
    a row is wider or narrower than the headings, or the bytes are no readable CSV or XLSX.
    """
    return read_claimed(data, by_name(aliases))


def read_claimed(data: bytes, claiming: Claiming) -> Table:
    """The same, with heading rows claimed as told."""
    return _read_workbook(data, claiming) if is_workbook(data) else _read_csv(data, claiming)


def heading(data: bytes, aliases: Mapping[str, str] | None = None) -> Claim | NearMiss | None:
    """What the first rows say the table is, read leniently and without the rest of the file.

    `FileRejected` where several kinds claim the headings, or a heading stands twice.
    """
    return heading_claimed(data, by_name(aliases))


def heading_claimed(data: bytes, claiming: Claiming) -> Claim | NearMiss | None:
    """The same, with heading rows claimed as told."""
    found: Found | None = None
    if is_workbook(data):
        for sheet in sheets(data, [], head_only=True):
            found = _better(found, _heading(sheet.rows, claiming))
    else:
        found = _csv_heading(head_text(data), claiming)[0]
    return found[1] if found else None


def head_text(data: bytes) -> str:
    """The first characters of a text, read leniently."""
    return _unified(data[:_HEAD_CHARACTERS].decode("utf-8-sig", errors="replace"))


def head_rows(text: str, delimiter: str) -> Iterator[Row]:
    """The first rows under a delimiter, ending quietly where quotes no longer make sense."""
    try:
        yield from _csv_rows(text, delimiter)
    except FileRejected:
        return


Found = tuple[int, Claim | NearMiss]


def _heading(rows: Iterable[Row], claiming: Claiming) -> Found | None:
    """The line and claim of the first claimed row among the first rows that are not blank, else of the nearest miss."""
    best: Found | None = None
    filled = ((line, cells) for line, cells in rows if any(map(str.strip, cells)))
    for line, cells in itertools.islice(filled, TITLE_LINES + 1):
        claim = claiming(cells, line)
        if isinstance(claim, Claim):
            return line, claim
        best = _better(best, (line, claim) if claim else None)
    return best


def _better(one: Found | None, other: Found | None) -> Found | None:
    """The claimed one, else the nearer miss; the first of two alike."""
    if one is None or other is None:
        return one or other
    if isinstance(one[1], Claim) or isinstance(other[1], Claim):
        return one if isinstance(one[1], Claim) else other
    return other if other[1].share > one[1].share else one


def _claim(found: Found | None) -> tuple[int, Claim]:
    if found is None:
        wanted = "the heading row of a known table"
        raise FileRejected("unknown_table", "line 1", wanted, f"none in the first {TITLE_LINES + 1} rows")
    line, claim = found
    if isinstance(claim, NearMiss):
        raise claim.rejection(line)
    return line, claim


def _unified(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_csv(data: bytes, claiming: Claiming) -> Table:
    body, cp1252 = utf8(data)
    text = _unified(body.decode("utf-8")).removesuffix("\x1a")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FileRejected("control_character", f"line {line}", "text", f"control character 0x{ord(found[0]):02X}")
    place, delimiter = _csv_heading(text[:_HEAD_CHARACTERS], claiming)
    heading_line, claim = _claim(place)
    rows = (row for row in _csv_rows(text, delimiter) if row[0] > heading_line)
    findings = [cp1252] if cp1252 else []
    if text and not text.endswith("\n"):
        line = text.count("\n") + 1
        message = "wanted a line break at the end, found none: the file may be cut short"
        findings.append(Finding("warning", "no_final_line_break", f"line {line}", message))
    return _table(claim, heading_line, rows, findings, tuple(_pieces(text.split("\n"))))


def _csv_heading(text: str, claiming: Claiming) -> tuple[Found | None, str]:
    """The heading row under the delimiter that claims it, else under the one of the nearest miss."""
    best: Found | None = None
    best_delimiter = DELIMITERS[0]
    for delimiter in DELIMITERS:
        found = _heading(head_rows(text, delimiter), claiming)
        if found is not None and found is _better(best, found):
            best, best_delimiter = found, delimiter
    return best, best_delimiter


def _csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        found = "a cell of more than 131,072 characters" if "limit" in str(error) else "a quote out of place"
        raise FileRejected("csv_quotes", f"line {line}", "cells with quotes in pairs", found) from None


def _pieces(lines: list[str]) -> Iterator[RawPiece]:
    for first in range(0, len(lines), _LINES_PER_PIECE):
        yield RawPiece(first + 1, "\n".join(lines[first : first + _LINES_PER_PIECE]))


def _read_workbook(data: bytes, claiming: Claiming) -> Table:
    """The first sheet with a heading row that a kind claims."""
    best: Found | None = None
    findings: list[Finding] = []
    for sheet in sheets(data, findings):
        first = list(itertools.islice(sheet.rows, _HEAD_CHARACTERS // 1_000))
        best = _better(best, found := _heading(first, claiming))
        if found is not None and isinstance(found[1], Claim):
            heading_line, claim = found[0], found[1]
            rows = first + list(sheet.rows)
            _refuse_control_characters(rows)
            texts = ["\t".join(cells).replace("\r", " ").replace("\n", " ").rstrip("\t") for _, cells in rows]
            below = (row for row in rows if row[0] > heading_line)
            return _table(claim, heading_line, below, findings, tuple(_pieces(texts)))
    _claim(best)
    raise AssertionError("a claimed sheet was returned above")


def _refuse_control_characters(rows: Iterable[Row]) -> None:
    for line, cells in rows:
        if found := _CELL_CONTROL.search("".join(cells)):
            raise FileRejected("control_character", f"line {line}", "text", f"control character 0x{ord(found[0]):02X}")


def _table(
    claim: Claim, heading_line: int, rows: Iterable[Row], findings: list[Finding], pieces: tuple[RawPiece, ...]
) -> Table:
    width = len(claim.headings)
    lines: list[int] = []
    kept: list[list[str]] = []
    for line, cells in rows:
        if not any(cells) or not "".join(cells).strip():
            continue
        if len(cells) != width:
            _refuse_width(cells, width, line)
        lines.append(line)
        kept.append(cells[:width])
    by_position = list(zip(*kept, strict=True)) if kept else [()] * width
    columns = {
        name: list(map(str.strip, cells)) for name, cells in zip(claim.columns, by_position, strict=True) if name
    }
    if claim.unknown:
        shown = ", ".join(text[:40] for text in claim.unknown[:_SHOWN_HEADINGS])
        message = f"columns that {claim.kind.name} does not know were left out: {shown}"
        findings.append(Finding("info", "unknown_columns", f"line {heading_line}", message))
    if not kept:
        findings.append(Finding("warning", "no_rows", f"line {heading_line}", "headings without a row below them"))
    return Table(claim, heading_line, lines, columns, tuple(findings), pieces)


def _refuse_width(cells: list[str], width: int, line: int) -> None:
    """Refuse a row that is not as wide as the headings, empty cells at its end aside."""
    if len(cells) < width or any(map(str.strip, cells[width:])):
        raise FileRejected("row_width", f"line {line}", f"{width} cells", f"{len(cells)}")
