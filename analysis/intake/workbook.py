"""XLSX to rows of text, after proving from the zip directory and the cell references that it stays small.

python-calamine lays a sheet out as a full rectangle, so two far cells would fill the memory: every sheet is therefore
walked once with expat before calamine sees it, and calamine is given a fresh archive of the checked members only.
Source: ECMA-376 part 1, 18.3.1 (worksheets) and 18.4 (shared strings); limits from RELIABILITY.md 2.8.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from analysis.problems import FileRejected, Finding

MEMBERS = 100
MEMBER_BYTES = 100_000_000
TOTAL_BYTES = 200_000_000
RATIO = 200
ROWS = 1_048_576
COLUMNS = 200
AREA_CELLS = 5_000_000
"""The rectangle from the first to the last cell of a sheet; calamine needs about 32 bytes for each cell of it."""
TEXT_CHARACTERS = 200_000_000
"""The text of all cells of a sheet, a shared string counted once for each cell that shows it."""

_HEAD_ROWS = 60
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, LookupError, RuntimeError, ValueError, EOFError, OSError)
_UNREADABLE = (CalamineError, ValueError, OverflowError, OSError)
_SPREADSHEET = "xl/workbook.xml"

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows from the top, blank ones too, as (row number, texts)."""

    name: str
    rows: Iterator[Row]


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip archive that holds an XLSX workbook."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(_member_name(info) == _SPREADSHEET for info in archive.infolist()[: MEMBERS + 1])
    except _BAD_ZIP:
        return False


def sheets(data: bytes, findings: list[Finding], *, head_only: bool = False) -> Iterator[Sheet]:
    """The work sheets in order; with `head_only` only the first rows of each, which is quicker.

    Cells with a formula error are blank and go to `findings`. Sheets are read as they are asked for.
    `FileRejected` where the archive or a sheet is over a limit or damaged.
    """
    archive = _checked_archive(data, findings, head_only)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive))
    except _UNREADABLE as error:
        raise _damaged(type(error).__name__) from None
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            yield Sheet(about.name, _rows(book, about.name))


def _rows(book: CalamineWorkbook, name: str) -> Iterator[Row]:
    try:
        for number, cells in enumerate(book.get_sheet_by_name(name).iter_rows(), start=1):
            yield number, [_AS_TEXT.get(type(cell), str)(cell) for cell in cells]
    except _UNREADABLE as error:
        raise _damaged(type(error).__name__) from None


def _number(value: float) -> str:
    """The number as Excel shows it: integers without `.0`, at most the 15 digits it keeps, large ones as 1.23E+15."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    if abs(value) >= 1e15 or len(text.lstrip("-0.").replace(".", "")) > 15:
        text = f"{value:.15g}"
    return text.upper()


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    float: _number,
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def _damaged(how: str) -> FileRejected:
    return FileRejected("xlsx_damaged", "file", "a readable XLSX workbook", how)


def _too_large(location: str, wanted: str, found: str) -> FileRejected:
    return FileRejected("xlsx_too_large", location, wanted, found)


def _member_name(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/").casefold()


def _checked_archive(data: bytes, findings: list[Finding], head_only: bool) -> bytes:
    """A plain zip of the workbook's XML members, each unpacked, measured and walked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _unpacked(archive)
    except _BAD_ZIP as error:
        raise _damaged(type(error).__name__) from None
    lengths = _shared_lengths(members)
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive:
        for name, body in members.items():
            if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
                raise _damaged("a document type declaration")
            is_sheet = b"sheetData" in body
            archive.writestr(name, _walked(name, body, lengths, findings, head_only) if is_sheet else body)
    return fresh.getvalue()


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    directory = archive.infolist()
    if len(directory) > MEMBERS:
        raise _too_large("zip directory", f"at most {MEMBERS} members", str(len(directory)))
    for info in directory:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged("a way of packing that no spreadsheet uses")
        if info.file_size > MEMBER_BYTES:
            raise _too_large("zip directory", f"members of at most {MEMBER_BYTES:,} bytes", f"{info.file_size:,}")
        if info.file_size > RATIO * max(info.compress_size, 1):
            raise _too_large("zip directory", f"members packed at most {RATIO} to 1", "a higher ratio")
    if sum(info.file_size for info in directory) > TOTAL_BYTES:
        raise _too_large("zip directory", f"at most {TOTAL_BYTES:,} bytes unpacked", "more")
    kept = {info.filename.replace("\\", "/"): info for info in directory}
    if len({name.casefold() for name in kept}) < len(directory):
        raise _damaged("two members of one name")
    return {name: archive.read(info) for name, info in kept.items() if name.casefold().endswith((".xml", ".rels"))}


def _shared_lengths(members: dict[str, bytes]) -> list[int]:
    """The length in characters of each shared string."""
    lengths: list[int] = []

    def start(name: str, _: object) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    for name, body in members.items():
        if name.casefold() == "xl/sharedstrings.xml":
            parser = expat.ParserCreate("utf-8")
            parser.buffer_text = True
            parser.StartElementHandler, parser.CharacterDataHandler = start, text
            _parse(parser, body)
    return lengths


def _parse(parser: expat.XMLParserType, body: bytes) -> None:
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise _damaged("XML that is not well formed") from None


class _HeadRead(Exception):
    """The rows that the head needs have been walked."""


@dataclass(slots=True)
class _Walk:
    """Follows the cells of one sheet as they are placed, and refuses it at the first one over a limit."""

    member: str
    lengths: list[int]
    parser: expat.XMLParserType
    row_limit: int | None
    row: int = 0
    column: int = 0
    rows_seen: int = 0
    rows: int = 0
    columns: int = 0
    characters: int = 0
    error_cells: int = 0
    error_row: int = 0
    row_text: str = ""
    index: str = ""
    letters: dict[str, int] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name if name in ("c", "v") else name.rpartition(":")[2]
        if local == "c":
            self._cell(attributes)
        elif local == "row":
            self._next_row(attributes.get("r"))
        elif local in ("worksheet", "sheetData"):
            self.open.append(name)

    def _next_row(self, number: str | None) -> None:
        self.rows_seen += 1
        if self.row_limit is not None and self.rows_seen > self.row_limit:
            raise _HeadRead
        self.column = 0
        self._at_row(number if number is not None else str(self.row + 1))

    def _at_row(self, number: str) -> None:
        if number != self.row_text:
            if not (number.isascii() and number.isdigit() and len(number) <= 8):
                raise _damaged("a row number that is none")
            self.row_text, self.row = number, int(number)
            if self.row > self.rows:
                self._grow(self.row, self.columns)

    def _grow(self, rows: int, columns: int) -> None:
        """The sheet reaches that far; refused where it is too far."""
        self.rows, self.columns = rows, columns
        if columns > COLUMNS or rows > ROWS or rows * columns > AREA_CELLS:
            wanted = f"at most {ROWS:,} rows, {COLUMNS} columns and {AREA_CELLS:,} cells"
            raise _too_large(self.member[-60:], wanted, f"{rows:,} rows by {columns:,} columns")

    def _cell(self, attributes: dict[str, str]) -> None:
        if self.index:
            self._count_text()
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            letters = reference.rstrip("0123456789")
            self._at_row(reference[len(letters) :])
            self.column = self.letters.get(letters) or self._column_number(letters)
        if self.column > self.columns:
            self._grow(self.rows, self.column)
        kind = attributes.get("t")
        self.parser.CharacterDataHandler = self._text if kind == "s" else None
        if kind == "e":
            self.error_cells += 1
            self.error_row = self.error_row or self.row

    def _column_number(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise _damaged("a cell reference that is none")
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        self.letters[letters] = number
        return number

    def _text(self, characters: str) -> None:
        self.index += characters

    def _count_text(self) -> None:
        """Add the shared string of the cell before."""
        text, self.index = self.index.strip(), ""
        if text.isascii() and text.isdigit() and len(text) < 9 and int(text) < len(self.lengths):
            self.characters += self.lengths[int(text)]
        if self.characters > TEXT_CHARACTERS:
            raise _too_large(self.member[-60:], f"at most {TEXT_CHARACTERS:,} characters", "more")


def _walked(member: str, body: bytes, lengths: list[int], findings: list[Finding], head_only: bool) -> bytes:
    """The sheet as it stood, within the limits; for the head cut off after its first rows."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    walk = _Walk(member, lengths, parser, _HEAD_ROWS if head_only else None)
    parser.StartElementHandler = walk.start
    try:
        _parse(parser, body)
    except _HeadRead:
        closing = "".join(f"</{name}>" for name in reversed(walk.open))
        return body[: parser.CurrentByteIndex] + closing.encode()
    if walk.error_cells:
        message = f"{walk.error_cells} cells hold a formula error and are read as blank"
        findings.append(Finding("warning", "formula_error", f"row {walk.error_row}", message))
    return body
