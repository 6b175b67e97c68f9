"""What a ten-key pad types: an amount, `+`, `-`, and line numbers for what was keyed wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analysis.money import ZERO, dollars, from_cents
from analysis.problems import RequestRefused

_VOID = re.compile(r"/\s*(\d{1,6})")
_CORRECT = re.compile(r"(\d{1,6})\s*\*\s*(.+)")

HELP = "an amount adds a line; amount− takes its newest line back, − the last; /7 voids line 7; 7*130.00 corrects it"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed: add an amount, void a line (of that number or amount, else the last), or correct one."""

    does: Literal["add", "void", "correct"]
    amount: Decimal | None = None
    line_number: int | None = None


def entry(typed: str, *, typed_cents: bool = False) -> Entry:
    """The entry that was typed; where `typed_cents`, digits without a point are cents, as on an adding machine.

    `RequestRefused` where it is none.
    """
    text = typed.strip().replace("−", "-")
    if found := _VOID.fullmatch(text):
        return Entry("void", line_number=int(found[1]))
    if text == "-":
        return Entry("void")
    if found := _CORRECT.fullmatch(text):
        return Entry("correct", _amount(found[2], typed_cents), int(found[1]))
    if text.endswith("-"):
        return Entry("void", _amount(text[:-1], typed_cents))
    return Entry("add", _amount(text.removesuffix("+"), typed_cents))


def _amount(text: str, typed_cents: bool) -> Decimal:
    plain = text.strip()
    amount = from_cents(int(plain)) if typed_cents and re.fullmatch(r"[0-9]{1,12}", plain) else dollars(plain)
    if amount is None or amount <= ZERO:
        raise RequestRefused(f"wanted an amount such as 125.00 above zero, found {typed_shown(plain)}")
    return amount


def typed_shown(text: str) -> str:
    """What was typed, for a message: cut short."""
    return repr(text[:20]) if text else "nothing"
