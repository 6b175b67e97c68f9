"""Which reader reads what: a file's bytes to a `ParsedFile`, for every kind but the 835, which is read in blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from analysis.intake import ach_nacha, bank_bai2, bank_camt, bank_mt940, bank_ofx, tables, x12_820
from analysis.intake.encoding import utf8
from analysis.intake.parsed import ParsedFile
from analysis.intake.recognise import Recognised
from analysis.problems import FileRejected, capped

LOADABLE = "an 835 or 820, a bank file or one of our tables"

_SWIFT_CONTROLS = b"\x01\x03"
"""Start and end of a message, as SWIFT's own network writes them around an MT940."""

_TEXT_READERS: Mapping[str, Callable[[str], ParsedFile]] = {
    ach_nacha.KIND: ach_nacha.read,
    bank_bai2.KIND: bank_bai2.read,
    bank_camt.KIND: bank_camt.read,
    bank_mt940.KIND: bank_mt940.read,
    bank_ofx.KIND: bank_ofx.read,
}


def refuse_other_kinds(found: Recognised) -> None:
    """Nothing where the file is of a kind we load; `FileRejected` naming what it is otherwise."""
    if not found.loadable:
        raise FileRejected("not_one_of_ours", "file", LOADABLE, found.what)


def read(kind: str, data: bytes, today: date) -> ParsedFile:
    """The file of that kind, read whole; `today` dates an extract that has no date of its own.

    `FileRejected` where it cannot be read.
    """
    if kind == x12_820.KIND:
        return x12_820.read(data)
    reader = _TEXT_READERS.get(kind)
    if reader is None:
        return tables.read(data, today=today)
    text, note = utf8(data.translate(None, _SWIFT_CONTROLS) if kind == bank_mt940.KIND else data)
    parsed = reader(text.decode("utf-8"))
    notes = () if note is None else (note,)
    return replace(parsed, findings=tuple(capped(notes + parsed.findings)))
