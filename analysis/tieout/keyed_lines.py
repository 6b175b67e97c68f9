"""The lines of one account or receipt held against what was paid for it, amount by amount: which of them are wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analysis.money import ZERO, total
from analysis.tieout.digits import cause_of
from analysis.tieout.parts import Row

Kind = Literal["missing", "extra", "repeated", "keyed"]


@dataclass(frozen=True, slots=True)
class Paid:
    """What a claim or a receipt was paid, US dollars."""

    amount: Decimal
    claim_payment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A posted line, US dollars."""

    amount: Decimal
    number: int | None
    line_id: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What was paid and has no line, a line that nothing was paid for, lines that repeat another (`of`), or lines keyed
    otherwise than what they stand for was paid."""

    kind: Kind
    paid: tuple[Paid, ...] = ()
    lines: tuple[Line, ...] = ()
    of: Line | None = None

    @property
    def gap(self) -> Decimal:
        """Paid less posted, US dollars."""
        return _sum(self.paid) - _sum(self.lines)


def lines_of(row: Row) -> list[Line]:
    """The posted lines of a row that lists them."""
    if not row["line_count"]:
        return []
    columns = (row["line_amounts"], row["line_numbers"], row["posting_line_ids"])
    return [Line(*values) for values in zip(*columns, strict=True)]


def slips(paid: Sequence[Paid], lines: Sequence[Line]) -> list[Slip]:
    """Why the lines are not what was paid; together the gaps are the whole difference.

    Equal amounts belong together and are right. What is left is told by the fewest faults that fit it: lines that
    repeat another, one payment without a line, one line without a payment, digits; else the rest as a whole.
    """
    owed, left = _without_equals(paid, lines)
    gap = _sum(owed) - _sum(left)
    repeats = [line for line in left if _before(line, lines)]
    if repeats and -_sum(repeats) == gap:
        return _repeated(repeats, lines)
    if not owed:
        others = [line for line in left if line not in repeats]
        return _repeated(repeats, lines) + [Slip("extra", lines=(line,)) for line in others]
    without = [one for one in owed if one.amount == gap]
    if without and len(owed) > 1:
        return [Slip("missing", (without[-1],))]
    needless = [line for line in left if -line.amount == gap]
    if needless and len(left) > 1:
        return [Slip("extra", lines=(needless[-1],))]
    return _by_digits(owed, left)


def _by_digits(owed: list[Paid], left: list[Line]) -> list[Slip]:
    """Lines that are a payment with its digits swapped, its point moved or its sign turned; then the rest."""
    found = []
    for line in list(left) if len(left) <= len(owed) else []:
        like = [one for one in owed if cause_of(line.amount, one.amount)[1] != "amount keyed"]
        if len(like) == 1:
            found.append(Slip("keyed", (like[0],), (line,)))
            owed.remove(like[0])
            left.remove(line)
    if owed and left:
        return [*found, Slip("keyed", tuple(owed), tuple(left))]
    return found + [Slip("missing", (one,)) for one in owed]


def _without_equals(paid: Sequence[Paid], lines: Sequence[Line]) -> tuple[list[Paid], list[Line]]:
    """What is left once each line has taken a payment of its amount, the first lines first; nothing of 0.00."""
    owed, left = list(paid), []
    for line in lines:
        same = next((one for one in owed if one.amount == line.amount), None)
        if same is None:
            left.append(line)
        else:
            owed.remove(same)
    owed = [one for one in owed if one.amount != ZERO]
    return owed, left if owed else [line for line in left if line.amount != ZERO]


def _repeated(repeats: Sequence[Line], lines: Sequence[Line]) -> list[Slip]:
    """The repeats of each line, as one slip."""
    of: dict[Decimal, list[Line]] = {}
    for line in repeats:
        of.setdefault(line.amount, []).append(line)
    return [Slip("repeated", lines=tuple(some), of=_before(some[0], lines)) for some in of.values()]


def _before(line: Line, lines: Sequence[Line]) -> Line | None:
    """The first line of that amount, where it stands before this one."""
    first = next(one for one in lines if one.amount == line.amount)
    return None if first is line else first


def _sum(some: Sequence[Paid] | Sequence[Line]) -> Decimal:
    return total(one.amount for one in some)
