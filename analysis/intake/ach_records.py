"""NACHA lines to records: which lines make one entry, one batch and one file.

A record is a line of 94 characters. `place` counts records from 1: lines, or runs of 94 characters where the file has
no line ends. A file is 1, its batches (5, entries 6 with addenda 7, 8) and 9; lines of nines fill its last block.
Source: NACHA file format; DOMAIN.md section 3.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.problems import FileRejected

WIDTH = 94
BLOCK = 10

_LINE_END = re.compile(r"\r\n|\n|\r")
_NAMES = {
    "1": "file header",
    "5": "batch header",
    "6": "entry",
    "7": "addenda",
    "8": "batch control",
    "9": "file control",
}
_SHORTEST = {"1": 40, "9": 55}
"""How far records must reach whose last fields may be blank, where blanks at a line's end were cut off."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its first character, its place, and its 94 characters."""

    code: str
    place: int
    text: str

    def where(self) -> str:
        """The record's place in words, for findings and rejections."""
        return f"line {self.place}, record {self.code}"

    def cut(self, first: int, last: int) -> str:
        """The text in those columns, counted from 1 as the format does, without blanks at its ends."""
        return self.text[first - 1 : last].strip()

    def number(self, first: int, last: int, name: str) -> int:
        """The whole number in those columns, blank as 0; `FileRejected` for other text."""
        text = self.cut(first, last)
        if not text:
            return 0
        if not (text.isascii() and text.isdigit()):
            raise FileRejected("ach_number", self.where(), f"{name} in digits at {first}-{last}", "other text")
        return int(text)


@dataclass(slots=True)
class Entry:
    """An entry and its addenda."""

    record: Record
    addenda: list[Record] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """A batch: 5, its entries, 8."""

    header: Record
    control: Record
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class AchFile:
    """One file: 1, its batches, 9, and how many records it takes with its filling."""

    header: Record
    control: Record
    batches: list[Batch]
    record_count: int


def lines_of(text: str) -> list[str]:
    """The records' lines, each cut out or filled to 94 characters; blank lines at the end left out.

    `FileRejected` where a line is too long, or too short to be told from one that was cut off.
    """
    lines: list[str] = []
    for line in _LINE_END.split(text.rstrip("\x1a \t\r\n")):
        if len(line) > WIDTH and len(line.rstrip()) > WIDTH:
            lines += [line[at : at + WIDTH] for at in range(0, len(line), WIDTH)]
        else:
            lines.append(line[:WIDTH])
    return [_filled(line, place) for place, line in enumerate(lines, start=1)]


def _filled(line: str, place: int) -> str:
    shortest = _SHORTEST.get(line[:1], WIDTH)
    if len(line) < shortest:
        raise FileRejected("ach_line_length", f"line {place}", f"a record of {WIDTH} characters", f"one of {len(line)}")
    return line.ljust(WIDTH)


def files_of(lines: list[str]) -> list[AchFile]:
    """The files with their batches, every section opened and closed.

    `FileRejected` for a record that is missing, out of place or none.
    """
    reading = _Cursor(lines)
    files = [_file(reading)]
    while reading.code() == "1":
        files.append(_file(reading))
    if reading.code():
        reading.refuse("the end of the file or another file header")
    return files


class _Cursor:
    """The records, taken one by one in the order that the format wants."""

    def __init__(self, lines: list[str]) -> None:
        self._lines, self.next = lines, 0

    def code(self) -> str:
        """The first character of the next record, or nothing at the end."""
        return self._lines[self.next][:1] if self.next < len(self._lines) else ""

    def is_filling(self) -> bool:
        """Whether the next record only fills a block."""
        return self.code() == "9" and not self._lines[self.next].strip("9")

    def take(self, code: str) -> Record:
        """The next record, which must begin with that character."""
        if self.code() != code or (code == "9" and self.is_filling()):
            self.refuse(f"record {code} ({_NAMES[code]})")
        self.next += 1
        return Record(code, self.next, self._lines[self.next - 1])

    def refuse(self, wanted: str) -> None:
        """Raises `FileRejected` at the next record."""
        code = self.code()
        if not code:
            raise FileRejected("ach_truncated", f"line {max(self.next, 1)}", wanted, "the end of the file")
        found = f"record {code} ({_NAMES[code]})" if code in _NAMES else "another text"
        raise FileRejected("ach_structure", f"line {self.next + 1}", wanted, found)


def _file(reading: _Cursor) -> AchFile:
    first = reading.next
    header = reading.take("1")
    if header.cut(35, 37) != "094":
        raise FileRejected("ach_header", header.where(), "094, the record size, at 35-37", "another text")
    batches = list(_batches(reading))
    control = reading.take("9")
    while reading.is_filling():
        reading.next += 1
    return AchFile(header, control, batches, reading.next - first)


def _batches(reading: _Cursor) -> Iterator[Batch]:
    while reading.code() == "5":
        header = reading.take("5")
        entries: list[Entry] = []
        while reading.code() == "6":
            entry = Entry(reading.take("6"))
            while reading.code() == "7":
                entry.addenda.append(reading.take("7"))
            entries.append(entry)
        yield Batch(header, reading.take("8"), entries)
