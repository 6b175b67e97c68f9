"""An X12 file cut into transactions: what oxedi refuses is mended here, and what is wrong with the envelope is named.

Mended, each with a finding: text before the ISA, a missing ISA/GS/IEA envelope, a byte order mark, cp1252 text, line
breaks around terminators, blanks and empty segments, several interchanges with delimiters of their own.
Segments are counted from 1 over the whole file, empty ones left out. Guide: X12.5 interchange control structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analysis.intake.encoding import utf8
from analysis.intake.x12_segments import Delimiters, Segments
from analysis.problems import FileRejected, Finding

_ISA = re.compile(rb"ISA(?<![A-Za-z0-9]ISA)([^A-Za-z0-9\s])\d\d\1")
_CLAIMS = re.compile(rb"(?<![A-Za-z0-9])(?:ISA|GS|ST|CLP|SVC|CAS|PLB)[^A-Za-z0-9\s]")
_BARE = re.compile(rb"(?:^|[^A-Za-z0-9])((?:GS([^A-Za-z0-9\s])[A-Z]{2}\2|ST([^A-Za-z0-9\s])(?:835|820)\3))")
_COMPONENT = re.compile(rb"SVC[^A-Za-z0-9\s][A-Z]{2}([^A-Za-z0-9\s])")
_ISA_ELEMENTS = 16
_ISA_REACH = 400
COUNTED = (b"CLP", b"SVC", b"CAS", b"PLB")


@dataclass(frozen=True, slots=True)
class Transaction:
    """One ST … SE: its bytes, where its segments stand in the file, and what the envelope around it says."""

    body: memoryview
    delimiters: Delimiters
    first_segment: int
    last_segment: int
    control_number: str
    interchange: tuple[str, ...]
    group: tuple[str, ...]


@dataclass(slots=True)
class Frame:
    """A file's transactions, the segments outside them, a count of segments by id over the bytes, and findings."""

    transactions: list[Transaction] = field(default_factory=list)
    envelope: list[tuple[int, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def note(self, severity: str, code: str, segment: int | None, message: str) -> None:
        """One more finding, at a segment or (None) about the file."""
        location = "file" if segment is None else f"segment {segment}"
        self.findings.append(Finding(severity, code, location, message))  # type: ignore[arg-type]


def frame(data: bytes, wanted: str = "835") -> Frame:
    """The file as transactions of the wanted set, an 835 or an 820.

    `FileRejected` where it is cut short, holds another transaction set or control characters.
    """
    result = Frame(counts=dict.fromkeys((name.decode() for name in COUNTED), 0))
    text, note = utf8(data)
    if note is not None:
        result.findings.append(note)
    if b"\r" in text and b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    segment = 1
    for raw, delimiters, has_envelope in _interchanges(text, result):
        _prove_delimiters(delimiters, segment)
        segments = Segments(raw, delimiters)
        segment = _Interchange(segments, has_envelope, segment, result, wanted).read()
        for name in COUNTED:
            result.counts[name.decode()] += len(segments.named(name))
    if not result.transactions:
        raise FileRejected("no_transaction", "file", f"at least one {wanted} transaction (ST)", "none")
    return result


def _interchanges(text: bytes, result: Frame) -> Iterator[tuple[bytes, Delimiters, bool]]:
    """Each interchange's bytes with its own delimiters, and whether it has an ISA.

    After the first, an ISA stands behind a terminator or a line break: an account may be called ISA too.
    """
    found = next((one for one in _ISA.finditer(text) if text[one.start() - 1 : one.start()] != one[1]), None)
    if found is None:
        yield _without_envelope(text, result)
        return
    start = found.start()
    _note_text_before(text[:start], "ISA", result)
    while start < len(text):
        delimiters = _isa_delimiters(text[start : start + _ISA_REACH])
        following = _ISA.finditer(text, start + 3)
        end = next((one.start() for one in following if _is_behind(text, one.start(), delimiters)), len(text))
        yield text[start:end], delimiters, True
        start = end


def _is_behind(text: bytes, start: int, delimiters: Delimiters) -> bool:
    """Whether what starts there stands behind a terminator or a line break."""
    before = text[max(start - 80, 0) : start].rstrip(b" \t")
    return before.endswith((b"\n", b"\r", delimiters.segment))


def _note_text_before(before: bytes, name: str, result: Frame) -> None:
    """A finding where text is left out: an error where it may hold a part of a remittance."""
    size = len(before.strip())
    if size:
        severity = "error" if _CLAIMS.search(before) else "warning"
        message = f"{size} bytes of text before the {name} were left out"
        result.note(severity, "text_before_interchange", None, message)


def _prove_delimiters(delimiters: Delimiters, segment: int) -> None:
    """`FileRejected` for separators that a text's own letters, digits or blanks could be."""
    three = (delimiters.element, delimiters.component, delimiters.segment)
    if len(set(three)) < 3 or not all(one.isascii() and not one.isalnum() and one not in b" \t" for one in three):
        wanted = "three different separators, none of them a letter, digit or blank"
        raise FileRejected("isa_incomplete", f"segment {segment}, ISA", wanted, "others")


def _isa_delimiters(head: bytes) -> Delimiters:
    """The delimiters that an ISA declares by its own text, whatever the widths of its elements."""
    element = head[3:4]
    parts = head.split(element, _ISA_ELEMENTS)
    if len(parts) <= _ISA_ELEMENTS or len(parts[_ISA_ELEMENTS]) < 2:
        raise FileRejected("isa_incomplete", "segment 1, ISA", "16 elements", str(len(parts) - 1))
    component, rest = parts[_ISA_ELEMENTS][:1], parts[_ISA_ELEMENTS][1:]
    segment = rest[:1]
    if segment in b"\r\n":
        after = rest.lstrip(b"\r\n")[:1]
        segment = after if after and not after.isalnum() else b"\n"
    if segment.isalnum() or segment == element:
        raise FileRejected("isa_incomplete", "segment 1, ISA", "a segment terminator after ISA16", "none")
    return Delimiters(element, component, segment)


def _without_envelope(text: bytes, result: Frame) -> tuple[bytes, Delimiters, bool]:
    """A file that starts at GS or ST: its delimiters read from how its segments stand."""
    found = _BARE.search(text)
    if found is None:
        raise FileRejected("no_transaction", "file", "an ISA, GS or ST segment of a remittance", "none")
    start = found.start(1)
    element = found.group(2) or found.group(3)
    following = re.search(rb"(?:BPR|ST)" + re.escape(element), text[start + 2 :])
    if following is None:
        raise FileRejected("no_transaction", "file", "a BPR segment after the ST", "none")
    before = text[start : start + 2 + following.start()].rstrip(b"\r\n \t")
    last = before[-1:]
    segment = b"\n" if last.isalnum() or last == element else last
    component = _COMPONENT.search(text, start)
    _note_text_before(text[:start], found.group(1)[:2].decode(), result)
    result.note("warning", "no_interchange_envelope", 1, "wanted an ISA, found a file that starts at GS or ST")
    return text[start:], Delimiters(element, component.group(1) if component else b":", segment), False


class _Interchange:
    """One interchange read envelope by envelope; transactions and findings go to the frame."""

    def __init__(self, segments: Segments, has_envelope: bool, first: int, result: Frame, wanted: str) -> None:
        self.segments, self.result, self.wanted = segments, result, wanted
        self.has_envelope = has_envelope
        self.first = first
        self.opens, self.closes = segments.named(b"ST"), segments.named(b"SE")
        self.isa: tuple[str, ...] = ()
        self.group: tuple[str, ...] = ()
        self.groups = 0
        self.group_transactions = 0
        self.closed = False

    def read(self) -> int:
        """Walks the envelope, from each ST straight to its SE; returns the number of the segment after the last."""
        number = 0
        while number < len(self.segments):
            elements = self.segments.elements(number)
            if elements[0] == "ST" and not self.closed:
                number = self._transaction(elements, number)
            else:
                self._envelope_segment(elements, number)
            number += 1
        after = self.first + number
        if self.has_envelope and not self.closed:
            raise FileRejected("truncated", f"segment {after - 1}", "an IEA at the end of the interchange", "the end")
        return after

    def _transaction(self, opened: tuple[str, ...], number: int) -> int:
        """Takes the transaction that opens at this segment; returns the number of its SE."""
        first = self.first + number
        kind = _at(opened, 1)
        if kind != self.wanted:
            found = f"an X12 {kind} transaction" if kind.isdigit() and len(kind) == 3 else "another one"
            raise FileRejected("other_transaction_set", f"segment {first}, ST01", self.wanted, found)
        self.group_transactions += 1
        end = len(self.segments)
        trailer = _next(self.closes, number, end)
        following = _next(self.opens, number, end)
        if trailer == end or following < trailer:
            found = "another ST" if following < trailer else "the end"
            place = self.first + min(trailer, following)
            raise FileRejected("truncated", f"segment {place}", f"an SE for the ST of segment {first}", found)
        last = self.first + trailer
        self._prove_counts(opened, self.segments.elements(trailer), first, last)
        body = memoryview(self.segments.body)[self.segments.span(number)[0] : self.segments.span(trailer)[1] + 1]
        control = _at(opened, 2)
        self.result.transactions.append(
            Transaction(body, self.segments.delimiters, first, last, control, self.isa, self.group)
        )
        return trailer

    def _prove_counts(self, opened: tuple[str, ...], closed: tuple[str, ...], first: int, last: int) -> None:
        count = last - first + 1
        if _number(_at(closed, 1)) != count:
            shown = _shown(_at(closed, 1))
            self.result.note(
                "warning", "segment_count", last, f"SE01 says {shown} segments, the transaction has {count}"
            )
        if _at(closed, 2) != _at(opened, 2):
            message = "SE02: wanted the control number of the ST, found another"
            self.result.note("warning", "transaction_control_number", last, message)

    def _envelope_segment(self, elements: tuple[str, ...], number: int) -> None:
        name, segment = elements[0], self.first + number
        start, end = self.segments.span(number)
        if self.closed:
            severity = "error" if _CLAIMS.search(self.segments.body, start, end) else "warning"
            self.result.note(severity, "text_after_interchange", segment, "a segment after the IEA was left out")
            return
        self.result.envelope.append((segment, self.segments.body[start : end + 1].decode()))
        match name:
            case "ISA":
                self.isa = elements
                if _at(elements, 15) == "T":
                    self.result.note("info", "test_interchange", segment, "ISA15 says test, not production")
            case "GS":
                self.group, self.group_transactions = elements, 0
                self.groups += 1
            case "GE":
                self._trailer("GE", segment, elements, self.group_transactions, _at(self.group, 6), "transactions")
            case "IEA":
                self._trailer("IEA", segment, elements, self.groups, _at(self.isa, 13), "groups")
                self.closed = True
            case "TA1":
                self.result.note("info", "interchange_acknowledgement", segment, "a TA1 was left out")
            case _:
                message = "wanted an envelope segment or an ST, found another segment outside any transaction"
                self.result.note("error", "segment_out_of_place", segment, message)

    def _trailer(
        self, name: str, segment: int, elements: tuple[str, ...], count: int, control: str, counted: str
    ) -> None:
        if _number(_at(elements, 1)) != count:
            message = f"{name}01 says {_shown(_at(elements, 1))} {counted}, there are {count}"
            self.result.note("warning", f"{counted[:-1]}_count", segment, message)
        found = _at(elements, 2)
        if found != control and (_number(found) is None or _number(found) != _number(control)):
            message = f"{name}02: wanted the control number of its header, found another"
            self.result.note("warning", f"{counted[:-1]}_control_number", segment, message)


def _next(numbers: np.ndarray[Any, Any], after: int, end: int) -> int:
    """The first of the numbers beyond `after`, or `end` where there is none."""
    place = int(np.searchsorted(numbers, after, side="right"))
    return int(numbers[place]) if place < len(numbers) else end


def _at(elements: tuple[str, ...], number: int) -> str:
    return elements[number].strip() if len(elements) > number else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _shown(text: str) -> str:
    return text if _number(text) is not None else "no number"
