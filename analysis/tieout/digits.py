"""How one amount could have been keyed for another: digits swapped, decimal point moved, sign turned."""

from __future__ import annotations

from decimal import Decimal


def is_transposition(keyed: Decimal, true: Decimal) -> bool:
    """Whether the one is the other with two neighbouring digits swapped (the difference of nine alone is only a
    hint)."""
    a, b = _digits(keyed), _digits(true)
    if len(a) != len(b) or a == b or (keyed < 0) != (true < 0):
        return False
    apart = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]


def is_slide(keyed: Decimal, true: Decimal) -> bool:
    """Whether the one is the other with its decimal point moved one to three places."""
    if keyed == 0 or true == 0:
        return False
    return any(keyed == true.scaleb(shift) for shift in (-3, -2, -1, 1, 2, 3))


def _digits(amount: Decimal) -> str:
    text = str(abs(int(amount.scaleb(2))))
    return text.rjust(12, "0")


def cause_of(keyed: Decimal, true: Decimal) -> tuple[str, str]:
    """The keying cause (DATA.md's name) and its words, for a line keyed `keyed` that should have been `true`."""
    if is_slide(keyed, true):
        return "slide", "decimal point moved"
    if is_transposition(keyed, true):
        return "transposition", "digits swapped"
    if keyed == -true:
        return "keyed_amount", "sign turned"
    return "keyed_amount", "amount keyed"


def is_one_digit_apart(keyed: Decimal, true: Decimal) -> bool:
    """Whether the one is the other with a single digit keyed wrong."""
    a, b = _digits(keyed), _digits(true)
    return (keyed < 0) == (true < 0) and len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def misreadings(amount: Decimal) -> dict[Decimal, str]:
    """The amounts that could have been keyed for this one, each with how, the sign left aside: every swap of two
    neighbouring digits, and the decimal point moved one to three places."""
    digits = str(abs(int(amount.scaleb(2))))
    found: dict[Decimal, str] = {}
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        found[Decimal(int(swapped)).scaleb(-2)] = "digits_swapped"
    for shift in (-3, -2, -1, 1, 2, 3):
        moved = abs(amount).scaleb(shift)
        if moved == moved.quantize(Decimal("0.01")) and len(digits) + shift <= 18:
            found[moved.quantize(Decimal("0.01"))] = "decimal_moved"
    return {one: how for one, how in found.items() if one not in (abs(amount), 0)}
