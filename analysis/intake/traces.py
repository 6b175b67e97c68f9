"""Trace keys: one spelling for a trace, cheque number or reference, for comparison only.

Upper case, without blanks, `-`, `/` and `.`, without leading zeros. Never a number: traces are alphanumeric and long.
"""

from __future__ import annotations

import re

_DROPPED = str.maketrans("", "", " -/.\t\r\n")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.ASCII)


def trace_key(text: str | None) -> str | None:
    """The trace as it is compared, or None where there is nothing to compare (empty, all zeros, or `1.23E+15`)."""
    if not text:
        return None
    if _SCIENTIFIC.fullmatch(text.strip().upper()):
        return None
    return text.upper().translate(_DROPPED).lstrip("0") or None
