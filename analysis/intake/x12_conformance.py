"""What pyx12 says of an 835 beside the X12 guide, on request: shown beside the file, never a reason to refuse it.

pyx12 is run in this process on the file as `x12_frame` mends it and writes nothing. It checks syntax, codes and counts
(guides 005010X221A1 and 004010X091A1), no balance; its lists of remark codes end in 2014.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import oxedi
import oxedi.pyx12

from analysis.intake.x12_frame import Frame, frame
from analysis.problems import FileRejected, Finding, capped

__all__ = ["LARGEST_BYTES", "conformance"]

LARGEST_BYTES = 5_000_000
"""A file above this is not checked: pyx12 takes about 5 seconds for a megabyte."""

_LONGEST_SEGMENT = 8_000
"""pyx12 stops without a word at a segment that outgrows its buffer."""

_ENVELOPE_WORDS = {
    "001": "the control number of the trailer is not that of the ISA",
    "021": "the number of groups is not as counted",
    "023": "the interchange has no trailer",
    "024": "a group is not closed",
    "025": "the control number of an interchange stands twice in the file",
    "2": "the transaction has no trailer",
    "3": "a trailer is missing or has another control number than its header",
    "4": "a control number or a count of a trailer is not as wanted",
    "5": "the number of transactions is not as counted",
    "6": "the control number of a group stands twice in the interchange",
    "23": "the control number of a transaction stands twice in the group",
}
_SEGMENT_WORDS = {
    "1": "wanted a segment of the guide in its place, found another",
    "2": "a segment or loop that the guide does not use",
    "3": "a segment or loop that the guide demands is missing before this place",
    "4": "a loop stands more often than the guide allows",
    "5": "a segment stands more often than the guide allows",
    "6": "a segment out of its order",
    "7": "a segment out of its order",
    "8": "too many elements, or elements that the guide wants together or not at all",
}
_ELEMENT_WORDS = {
    "1": "wanted an element, found none",
    "2": "wanted an element beside another, found none",
    "3": "wanted fewer elements",
    "4": "shorter than the guide allows",
    "5": "longer than the guide allows",
    "6": "holds characters that its type does not allow",
    "7": "wanted a code of the guide's list, found another",
    "8": "wanted a date, found another text",
    "9": "wanted a time, found another text",
    "10": "wanted nothing, found an element that the guide does not use",
}
_MISSING = re.compile(r'Mandatory (segment|loop) ".*" \(([0-9A-Z]{2,6})\) missing')
_SEGMENT_ID = re.compile(r"[A-Z][A-Z0-9]{1,2}")

_CODES = {
    "BPR": (1, 3, 4, 5, 6, 8, 12, 14),
    "TRN": (1,),
    "CLP": (2, 6, 8, 9),
    "CAS": (1, 2, 5, 8, 11, 14, 17),
    "MIA": (5, 20, 21, 22, 23),
    "MOA": (3, 4, 5, 6, 7),
    "LQ": (1, 2),
    "AMT": (1,),
    "QTY": (1,),
    "DTM": (1,),
    "REF": (1,),
    "N1": (1, 3),
    "PLB": (3, 5, 7, 9, 11, 13),
}
_AMOUNTS = {
    "BPR": (2,),
    "CLP": (3, 4, 5),
    "SVC": (2, 3),
    "CAS": (3, 6, 9, 12, 15, 18),
    "AMT": (2,),
    "PLB": (4, 6, 8, 10, 12, 14),
}
_CODE = re.compile(r"[A-Z0-9]{1,5}")
_AMOUNT = re.compile(r"-?\d{0,16}\.?\d{0,4}")


@dataclass(slots=True)
class _Run:
    """Interchanges that stand together with the same delimiters, and the file's number of each of their segments."""

    opening: bytes
    parts: list[bytes] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def add(self, first: int, part: bytes) -> None:
        self.parts.append(part)
        self.numbers.extend(range(first, first + part.count(self.opening[-1:])))


def conformance(data: bytes) -> tuple[Finding, ...]:
    """pyx12's findings about an 835, none of them an error, their places numbered as the rows' are.

    Codes are `x12_` and pyx12's own code; messages hold no value of the file but codes and amounts. A file that is too
    large, has no ISA or cannot be read gets one finding of severity info that says so.
    """
    if len(data) > LARGEST_BYTES:
        return (_unchecked("file", f"the file is larger than the {LARGEST_BYTES:,} bytes that are checked on request"),)
    try:
        read = frame(data)
    except FileRejected as error:
        return (_unchecked(error.location, f"wanted {error.wanted}, found {error.found}"),)
    found: list[Finding] = []
    runs = list(_runs(read))
    if not runs:
        found.append(_unchecked("file", "there is no ISA, which names the guide to check against"))
    for run in runs:
        found.extend(_checked(run))
    return tuple(capped(found))


def _unchecked(location: str, why: str) -> Finding:
    return Finding("info", "x12_not_checked", location, f"not checked against the guide: {why}")


def _runs(read: Frame) -> Iterator[_Run]:
    """The file's interchanges, those with the same delimiters side by side taken together: a run has a fixed price."""
    pieces = [(number, text.encode()) for number, text in read.envelope]
    pieces += [(one.first_segment, bytes(one.body)) for one in read.transactions]
    run: _Run | None = None
    for number, part in sorted(pieces):
        if part.startswith(b"ISA"):
            opening = part[:4] + part[-2:]
            if run is None or run.opening != opening:
                if run is not None:
                    yield run
                run = _Run(opening)
        if run is not None:
            run.add(number, part)
    if run is not None:
        yield run


def _checked(run: _Run) -> Iterator[Finding]:
    text = b"".join(run.parts)
    segments = text.split(run.opening[-1:])
    for number, segment in zip(run.numbers, segments, strict=False):
        if len(segment) > _LONGEST_SEGMENT:
            yield _unchecked(f"segment {number}", f"a segment longer than {_LONGEST_SEGMENT:,} bytes")
            return
    _silence()
    try:
        reported = oxedi.pyx12.validate(text)
    except Exception as error:  # a third party's fault in a check that decides nothing
        yield _unchecked(f"segment {run.numbers[0]}", f"pyx12 failed with {type(error).__name__}")
        return
    element_separator = run.opening[3:4]
    for one in reported:
        number = run.numbers[one.segment if one.segment is not None else 0]
        name = segments[one.segment or 0].split(element_separator, 1)[0].decode("ascii", "replace")
        yield _finding(one, number, name if _SEGMENT_ID.fullmatch(name) else "another segment")


def _silence() -> None:
    """pyx12 writes every value it dislikes to its log; nothing of a file may stand in a log."""
    log = logging.getLogger("pyx12")
    log.propagate = False
    log.setLevel(logging.CRITICAL + 1)
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def _finding(reported: Any, number: int, name: str) -> Finding:
    place = f"segment {number}, {name}"
    if reported.code is None:
        return _unchecked(place, "pyx12 could not read on from here")
    code = f"x12_{reported.code}"
    if reported.level == 1:
        words = _ENVELOPE_WORDS.get(reported.code, "the envelope is not as the guide wants it")
        return Finding("warning", code, _element_place(place, reported), words)
    if reported.element is None:
        missing = _MISSING.match(reported.rule)
        words = _SEGMENT_WORDS.get(reported.code, "a segment is not as the guide wants it")
        if missing is not None:
            words = f"wanted {missing[1]} {missing[2]}, which the guide demands, before this place"
        return Finding("warning", code, place, words)
    words = _ELEMENT_WORDS.get(reported.code, "an element is not as the guide wants it")
    shown = _shown(name, reported.element, bytes(reported.datum or b"").decode("latin-1"))
    severity = "info" if reported.code == "7" else "warning"
    return Finding(severity, code, _element_place(place, reported), words + shown)  # type: ignore[arg-type]


def _element_place(place: str, reported: Any) -> str:
    if reported.element is None:
        return place
    component = "" if reported.component is None else f"-{reported.component}"
    return f"{place}{reported.element:02}{component}"


def _shown(name: str, element: int, value: str) -> str:
    """The value, where the element is a code or an amount and the value looks like one; else nothing."""
    shows_code = element in _CODES.get(name, ()) and _CODE.fullmatch(value) is not None
    shows_money = element in _AMOUNTS.get(name, ()) and _AMOUNT.fullmatch(value) is not None
    return f": {value}" if value != "" and (shows_code or shows_money) else ""
