"""What can go wrong, as one tree.

    TieoutError
    ├── FileRejected      the bytes cannot be loaded: where, what was wanted, what was found
    ├── StoreProblem      the store cannot do what was asked
    │   ├── StoreBusy     another process has the store open
    │   └── StoreNewer    the store was written by a newer Tieout
    └── RequestRefused    what was asked is not allowed or does not exist
        └── DecisionRefused   a decision that is not allowed, lacks its reason, or rests on what has changed since
            └── DayClosed     nothing is decided, matched or set as of a closed day

A fault in a user's data that does not stop the work is a `Finding`: a value, collected and shown, never raised.
Messages never hold patient data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Severity = Literal["info", "warning", "error"]

SHOWN_PER_CODE = 200
"""How many findings of one code a file keeps one by one; the rest are counted in one more finding."""


class TieoutError(Exception):
    """The root of every error that Tieout raises on purpose."""


class FileRejected(TieoutError):
    """The file cannot be loaded; nothing of it was stored.

    `code` names the fault for programs, `location` the place in the file ("line 3", "segment 14, CLP03"),
    `wanted` and `found` the two sides of it without patient data.
    """

    def __init__(self, code: str, location: str, wanted: str, found: str) -> None:
        self.code, self.location, self.wanted, self.found = code, location, wanted, found
        super().__init__(f"{location}: wanted {wanted}, found {found}")

    def finding(self) -> Finding:
        """The rejection as a finding of severity error."""
        return Finding("error", self.code, self.location, f"wanted {self.wanted}, found {self.found}")


class StoreProblem(TieoutError):
    """The store cannot do what was asked of it."""


class StoreBusy(StoreProblem):
    """Another process has the store open."""


class StoreNewer(StoreProblem):
    """The store was written by a newer Tieout than this one."""


class RequestRefused(TieoutError):
    """What was asked is not allowed or does not exist."""


class DecisionRefused(RequestRefused):
    """A decision that is not allowed, lacks its reason, or rests on something that has changed since it was shown."""


class DayClosed(DecisionRefused):
    """Nothing is decided, matched or set as of a closed day."""

    def __init__(self, day: date, first_open_day: date) -> None:
        super().__init__(f"{day} is closed and cannot be changed; the first open day is {first_open_day}")


class DayAhead(DecisionRefused):
    """Nothing is decided, matched or set as of a day far ahead, most likely a mistyped one."""

    def __init__(self, day: date, last: date) -> None:
        super().__init__(f"{day} lies far ahead of all that is loaded; the last day that can be worked on is {last}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth knowing about a file: how bad, which rule, where, in words, and the dollars it is about."""

    severity: Severity
    code: str
    location: str
    message: str
    amount: Decimal | None = None


def capped(findings: Sequence[Finding]) -> list[Finding]:
    """The findings with at most `SHOWN_PER_CODE` of each code, and one more that counts the rest of it."""
    kept: list[Finding] = []
    seen: dict[str, int] = {}
    worst: dict[str, Finding] = {}
    for finding in findings:
        seen[finding.code] = seen.get(finding.code, 0) + 1
        worst.setdefault(finding.code, finding)
        if seen[finding.code] <= SHOWN_PER_CODE:
            kept.append(finding)
    for code, count in seen.items():
        if count > SHOWN_PER_CODE:
            more = f"{count - SHOWN_PER_CODE} more findings of this kind"
            kept.append(Finding(worst[code].severity, code, "file", more))
    return kept
