"""What a file is, by its content and never by its name.

Only the kinds of `LOADABLE` are read; every other has a name, so that a refusal says what the file is.
Guides: X12.5 (ISA, GS, ST01), NACHA file header, BAI2 records 01 and 02, ISO 20022, SWIFT MT940, OFX 1 and 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.intake import tabular, workbook
from analysis.intake.table_kinds import KINDS, Claim, NearMiss
from analysis.problems import FileRejected

LOADABLE = (
    "remittance_835",
    "remittance_820",
    "bank_bai2",
    "ach_nacha",
    "bank_camt",
    "bank_mt940",
    "bank_ofx",
    *(kind.name for kind in KINDS),
)

_X12_NAMES = {
    "270": "eligibility inquiry",
    "271": "eligibility response",
    "276": "claim status request",
    "277": "claim status",
    "278": "prior authorisation",
    "820": "payment order and remittance advice",
    "824": "application acknowledgement",
    "834": "enrolment",
    "837": "claim",
    "997": "acknowledgement",
    "999": "acknowledgement",
    "TA1": "interchange acknowledgement",
}
_MAGIC = (
    (b"%PDF-", "pdf", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls", "an old Excel or Office file (XLS); save it as XLSX or CSV"),
    (b"\x1f\x8b", "gzip", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "a 7z archive; unpack it first"),
    (b"Rar!", "archive", "a RAR archive; unpack it first"),
    (b"\x89PNG\r\n\x1a\n", "image", "an image (PNG)"),
    (b"\xff\xd8\xff", "image", "an image (JPEG)"),
    (b"GIF8", "image", "an image (GIF)"),
    (b"II*\x00", "image", "an image (TIFF)"),
    (b"MM\x00*", "image", "an image (TIFF)"),
    (b"PAR1", "parquet", "a Parquet file"),
)
_HEAD_BYTES = 65_536
_SPACE = b" \t\r\n\x0b\x0c\x00\x1a"

_ISA = re.compile(rb"ISA(?<![A-Za-z0-9]ISA)([^A-Za-z0-9\s])[ -~]{2}\1[ -~]{0,10}?\1[ -~]{2}\1")
_BARE = re.compile(rb"\A\s*(?:GS([^A-Za-z0-9\s])[A-Z]{2}\1|ST([^A-Za-z0-9\s])\d{3}[^A-Za-z0-9])")
_LATE_ST = re.compile(
    rb"ST(?<![A-Za-z0-9 ]ST)([^A-Za-z0-9\s])\d{3}\1[A-Za-z0-9]{4,9}(?:\1[A-Z0-9]{0,35})?"
    rb"[^A-Za-z0-9 ]\s*[A-Z][A-Z0-9]{1,2}\1"
)
_ACH = re.compile(rb"\A\s*101[ 0-9A-Z][0-9 ]{8,9}")
_BAI2 = re.compile(rb"\A\s*01(?:,[^,/\r\n]*){6,}")
_BAI2_GROUP = re.compile(rb"(?:^|[\r\n/])\s*02,")
_MT94X = re.compile(rb"(?:^|\n|:|\})\s*:20:", re.MULTILINE)
_MT_BALANCE = re.compile(rb"^:(?:60[FM]|34F):", re.MULTILINE)
_CAMT = re.compile(rb"camt\.(05\d)")
_JSON = re.compile(rb"\A(?:\{\s*[\"}]|\[\s*[\[{\"\d\]])")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is: its kind for programs, `what` in words, and whether a reader takes it."""

    kind: str
    what: str
    loadable: bool


def recognise(data: bytes, aliases: Mapping[str, str] | None = None) -> Recognised:
    """What the bytes are; `aliases` are the headings of a saved column mapping. Never raises."""
    if not data:
        return _refused("empty", "an empty file (0 bytes)")
    head = data[:_HEAD_BYTES]
    if not head.strip(_SPACE) and not data.strip(_SPACE):
        return _refused("blank", "a file of white space only")
    return _by_magic(data) or _x12(data) or _bank(head) or _markup(head) or _table_or_text(data, aliases)


def _refused(kind: str, what: str) -> Recognised:
    return Recognised(kind, what, False)


def _by_magic(data: bytes) -> Recognised | None:
    for magic, kind, what in _MAGIC:
        if data.startswith(magic):
            return _refused(kind, what)
    if data.startswith(b"PK") and not workbook.is_workbook(data):
        return _refused("zip", "a zip archive that holds no XLSX workbook; unpack it first")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_utf16(data[:1000]):
        return _refused("utf16_text", "UTF-16 text; save it as UTF-8")
    return None


def _is_utf16(head: bytes) -> bool:
    """Whether every second byte is NUL and no other."""
    even, odd = head[::2], head[1::2]
    return len(head) > 3 and sorted([even.count(0) / len(even), odd.count(0) / len(odd)])[1] > 0.9 > 2 * (
        min(even.count(0), odd.count(0)) / len(odd)
    )


def _x12(data: bytes) -> Recognised | None:
    """An X12 file by the codes of its transaction sets, with or without envelope."""
    text = data.removeprefix(b"\xef\xbb\xbf")
    opening = _ISA.search(text[:_HEAD_BYTES]) or _BARE.match(text[:_HEAD_BYTES]) or _LATE_ST.search(text[:_HEAD_BYTES])
    if opening is None:
        return None
    separators = {found[1] for found in _ISA.finditer(text)}
    separators.add(next(filter(None, opening.groups())))
    codes = dict.fromkeys(code for separator in sorted(separators) for code in _set_codes(text, separator))
    names = [f"X12 {code} {_X12_NAMES.get(code, '')}".rstrip() for code in codes if code != "835"]
    if list(codes) == ["835"]:
        return Recognised("remittance_835", "X12 835 remittance advice", True)
    if list(codes) == ["820"]:
        return Recognised("remittance_820", "X12 820 payment order and remittance advice", True)
    if "835" in codes:
        others = " and ".join(names)
        return _refused("x12_mixed", f"X12 835 remittance advice together with {others} in one file; split it first")
    if not codes:
        return _refused("x12", "an X12 file without a transaction set")
    return _refused(f"x12_{next(iter(codes)).lower()}", " and ".join(names))


def _set_codes(text: bytes, separator: bytes) -> list[str]:
    """ST01 of every transaction set with that element separator; TA1 where there is no set but an acknowledgement."""
    codes = []
    for found in re.finditer(rb"ST" + re.escape(separator) + rb"(\d{3})(?![A-Za-z0-9])", text):
        before = text[max(found.start() - 4, 0) : found.start()].rstrip(b" \t")[-1:]
        if not (before.isalnum() or before == separator):
            codes.append(found[1].decode())
    if not codes and re.search(rb"[^A-Za-z0-9]TA1" + re.escape(separator), text):
        codes.append("TA1")
    return codes


def _bank(head: bytes) -> Recognised | None:
    """The formats of banks: BAI2, NACHA, MT940 and MT942, OFX."""
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _BAI2.match(text) and _BAI2_GROUP.search(text):
        return Recognised("bank_bai2", "BAI2 bank file", True)
    if _ACH.match(text):
        return Recognised("ach_nacha", "NACHA ACH file", True)
    if _MT94X.search(text) and (_MT_BALANCE.search(text) or b":25:" in text):
        is_interim = b":34F:" in text or b"{2:O942" in text or b"{2:I942" in text
        return Recognised("bank_mt940", "SWIFT MT942" if is_interim else "SWIFT MT940", True)
    if b"OFXHEADER" in text[:2000] or b"<OFX>" in text[:4000].upper():
        return Recognised("bank_ofx", "OFX or QFX bank file", True)
    return None


def _markup(head: bytes) -> Recognised | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        if found := _CAMT.search(text):
            number = found[1].decode()
            kind = "bank_camt" if number in ("052", "053", "054") else "camt"
            return Recognised(kind, f"ISO 20022 camt.{number} XML", kind == "bank_camt")
        if re.match(rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|table|head|body)", text, re.IGNORECASE | re.DOTALL):
            return _refused("html", "an HTML page")
        return _refused("xml", "an XML file")
    if _JSON.match(text):
        return _refused("json", "a JSON file")
    return None


def _table_or_text(data: bytes, aliases: Mapping[str, str] | None) -> Recognised:
    try:
        found = tabular.heading(data, aliases)
    except FileRejected as problem:
        return _refused("unknown_table", f"a table that cannot be told: {problem}")
    if isinstance(found, Claim):
        return Recognised(found.kind.name, f"a table of {found.kind.name.replace('_', ' ')}", True)
    if isinstance(found, NearMiss):
        name = found.kind.name.replace("_", " ")
        return _refused(
            "unknown_table", f"a table like {name}, but without {', '.join(found.missing)}; it can be mapped"
        )
    if workbook.is_workbook(data):
        return _refused("unknown_table", "an XLSX workbook without a sheet whose headings are known")
    head = data[:_HEAD_BYTES]
    if b"\x00" in head or sum(byte < 9 for byte in head) > len(head) // 20:
        return _refused("binary", "a binary file")
    return _refused("unknown_text", "plain text or a table whose headings are not known; a table can be mapped")
