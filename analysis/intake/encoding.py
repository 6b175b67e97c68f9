"""Bytes to UTF-8: a byte order mark dropped, cp1252 turned, everything else refused with its place."""

from __future__ import annotations

import numpy as np

from analysis.problems import FileRejected, Finding

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(range(0x09)) + b"\x0b\x0c" + bytes(range(0x0E, 0x1A)) + b"\x1b\x7f"
"""Control characters that no text file holds; 0x1C to 0x1F and 0x1A are left, as X12 separators and an old end of
file."""

_FIRST_PRINTABLE, _LAST_PRINTABLE = 0x20, 0x7E


def utf8(data: bytes) -> tuple[bytes, Finding | None]:
    """The same text as UTF-8 without byte order mark, and a finding where it was cp1252.

    `FileRejected` for UTF-16, control characters and bytes that neither encoding knows.
    """
    if data.startswith(_UTF16):
        raise FileRejected("encoding", "byte 1", "UTF-8 or cp1252 text", "UTF-16")
    data = data.removeprefix(_BYTE_ORDER_MARK)
    if _is_plain(data):
        return data, None
    if len(data.translate(None, _CONTROL)) != len(data):
        place = next(n for n, byte in enumerate(data) if byte in _CONTROL)
        raise FileRejected("control_character", f"byte {place + 1}", "text", f"control character 0x{data[place]:02X}")
    if data.isascii():
        return data, None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _from_cp1252(data)
    return data, None


def _is_plain(data: bytes) -> bool:
    """Whether all bytes are printable ASCII, as in most large files: told without a copy."""
    if not data:
        return True
    values = np.frombuffer(data, dtype=np.uint8)
    return bool(values.min() >= _FIRST_PRINTABLE and values.max() <= _LAST_PRINTABLE)


def _from_cp1252(data: bytes) -> tuple[bytes, Finding]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        found = f"byte 0x{data[error.start]:02X}"
        raise FileRejected("encoding", f"byte {error.start + 1}", "UTF-8 or cp1252 text", found) from None
    return text.encode("utf-8"), Finding("info", "encoding_cp1252", "file", "read as cp1252, not UTF-8")
