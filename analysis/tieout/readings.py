"""What a text that somebody looks for can be: an amount, a number of something, words of a name. Often several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.traces import trace_key
from analysis.money import dollars, show

LONGEST = 200
"""Characters of the text that are looked at."""

SHORTEST_BEGINNING = 4
"""So long must a number be to find others that begin with it."""

MOST_WORDS = 4

_NEVER = LONGEST + 1
_CENTS = re.compile(r"\.\d\d\)?-?$|[$,(]")
_PARTS = re.compile(r"[^\s,;]+")


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one text; None or empty for what it cannot be.

    amount: US dollars. key: the number as it is compared. shortest: how long a number must be to be a beginning.
    """

    text: str
    amount: Decimal | None
    key: str | None
    shortest: int
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """The readings in words."""
        parts = [] if self.amount is None else [f"the amount {show(self.amount)}"]
        parts += ["a trace, cheque, claim, account, batch or reference number"] if self.key else []
        parts += ["a name"] if self.words else []
        return ", ".join(parts) or "nothing that can be looked for"


def read(text: str) -> Readings:
    """All that the text can be. What is written with cents or a dollar sign is no beginning of a number; what begins
    with a zero and has no point is no amount."""
    text = " ".join(text.replace("\0", " ").split())[:LONGEST]
    has_lost_zeros = len(text) > 1 and text.isdigit() and text.startswith("0")
    amount = None if has_lost_zeros else dollars(text)
    written_as_amount = amount is not None and _CENTS.search(text) is not None
    words = tuple(_PARTS.findall(text.upper())[:MOST_WORDS]) if any(sign.isalpha() for sign in text) else ()
    return Readings(
        text=text,
        amount=amount,
        key=trace_key(text),
        shortest=_NEVER if written_as_amount else SHORTEST_BEGINNING,
        words=words if all(len(word) > 1 for word in words) else (),
    )
