"""The MICR line at the foot of a cheque, as scanners write it: routing number, account, cheque number, amount.

Source: ANSI X9.100-160, fields of E-13B: auxiliary on-us (business cheques, before the transit field), transit
between two transit symbols, on-us after it, amount between two amount symbols once the cheque is encoded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.money import from_cents

TRANSIT, AMOUNT, ON_US, DASH = "T", "A", "O", "D"

_SIGNS = str.maketrans({"⑆": TRANSIT, "⑇": AMOUNT, "⑈": ON_US, "⑉": DASH, "-": DASH})
_CODES = str.maketrans({":": TRANSIT, ";": AMOUNT, "<": ON_US, "=": DASH})
_LETTERS = str.maketrans({"A": TRANSIT, "B": AMOUNT, "C": ON_US, "D": DASH})
_OTHERS = str.maketrans({"U": ON_US, "$": AMOUNT})
_KNOWN = re.compile(rf"[0-9{TRANSIT}{AMOUNT}{ON_US}{DASH} ]*")
_TRANSIT = re.compile(rf"{TRANSIT}\s*([0-9{DASH} ]+?)\s*{TRANSIT}")
_AMOUNT = re.compile(rf"{AMOUNT}\s*(\d{{3,10}})\s*{AMOUNT}")
CANADIAN = re.compile(r"[0-9]{5}-[0-9]{3}")
"""How a Canadian transit number is written, branch and institution: the only dash that tells a foreign bank."""
_SHORT_NUMBER = 6
"""A cheque number that stands before the account, within the on-us field, is no longer than this."""


@dataclass(frozen=True, slots=True)
class Micr:
    """What a MICR line says, digits only; None for a field that is not there. `amount` in US dollars."""

    routing_number: str
    check_account: str | None
    check_number: str | None
    amount: Decimal | None
    is_foreign: bool


def read_micr(line: str) -> Micr | None:
    """The fields of the line, in whichever signs the scanner writes it; None where it cannot be read.

    Signs: `⑆ ⑇ ⑈ ⑉`, their codes `: ; < =`, the letters of E-13B fonts `A B C D`, and `T`, `$` or `A`, `O` or `U`, `-`.
    """
    text = _plain(line)
    if _KNOWN.fullmatch(text) is None or len(found := _TRANSIT.findall(text)) != 1:
        return None
    before, after = _TRANSIT.split(text)[0], _TRANSIT.split(text)[2]
    amounts = _AMOUNT.findall(after)
    on_us = _AMOUNT.sub(" ", after)
    if AMOUNT in before + on_us or TRANSIT in before + on_us or len(amounts) > 1:
        return None
    account, number = _on_us(on_us)
    auxiliary = _digits(before)
    routing = found[0].replace(" ", "")
    return Micr(
        routing_number=routing.replace(DASH, ""),
        check_account=account,
        check_number=auxiliary or number,
        amount=from_cents(int(amounts[0])) if amounts else None,
        is_foreign=CANADIAN.fullmatch(routing.replace(DASH, "-")) is not None,
    )


def _plain(line: str) -> str:
    """The line with one letter for each sign, whichever way it was written."""
    text = line.strip().upper()
    if any(sign in text for sign in ":;<="):
        return text.translate(_CODES)
    if TRANSIT not in text and "⑆" not in text and "A" in text:
        return text.translate(_LETTERS)
    return text.translate(_SIGNS).translate(_OTHERS)


def _on_us(field: str) -> tuple[str | None, str | None]:
    """Account and cheque number of the on-us field: the number behind its sign, or short before the account."""
    parts = [part.strip() for part in field.split(ON_US) if _digits(part)]
    if not parts:
        return None, None
    if len(parts) > 1:
        return _digits(parts[0]), _digits(parts[1])
    groups = parts[0].split()
    if len(groups) > 1 and len(_digits(groups[0]) or "") <= _SHORT_NUMBER:
        return _digits("".join(groups[1:])), _digits(groups[0])
    return _digits(parts[0]), None


def _digits(text: str) -> str | None:
    return re.sub(r"\D", "", text) or None
