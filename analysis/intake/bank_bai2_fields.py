"""BAI2 fields: whole cents, days, the summaries of an 03 and the fields of a 16.

Amounts are whole hundredths (two decimals are assumed), signed or zero-padded. Funds types carry fields of their own:
`S` three amounts, `V` a date and a time, `D` a number n and n pairs of days and amount; `0`, `1`, `2`, `Z` and blank
none. No error message holds a field's text. Source: BAI2 specification; DOMAIN.md section 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.days import day
from analysis.intake.bank_bai2_records import Record
from analysis.problems import FileRejected

_WHOLE = re.compile(r"([+-]?)0{0,40}(\d{1,18})", re.ASCII)
_DAY = re.compile(r"(\d{2}|\d{4})(\d{2})(\d{2})", re.ASCII)
_TYPE_CODE = re.compile(r"\d{3}", re.ASCII)
_PLAIN_FUNDS = frozenset({"", "0", "1", "2", "Z"})
_NOT_A_REFERENCE = re.compile(r"[ *:]")
_FIRST_CENTURY_YEAR = 90
"""Two-digit years from 90 on are of the 1990s, the years before it of the 2000s."""


def whole(text: str, name: str, where: str) -> int | None:
    """The whole number that `text` writes, None where it is blank; `FileRejected` for other text or over 18 digits."""
    if not text:
        return None
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise FileRejected("bai2_amount", where, f"{name} as a whole number of at most 18 digits", "other text")
    return -int(found[2]) if found[1] == "-" else int(found[2])


def calendar_day(text: str, name: str, where: str) -> date | None:
    """The day that `text` writes as YYMMDD (or YYYYMMDD), None where it is blank; `FileRejected` for no real day."""
    if not text:
        return None
    parsed = None
    if found := _DAY.fullmatch(text):
        year = found[1] if len(found[1]) == 4 else f"{'19' if int(found[1]) >= _FIRST_CENTURY_YEAR else '20'}{found[1]}"
        parsed = day(f"{year}-{found[2]}-{found[3]}")
    if parsed is None:
        raise FileRejected("bai2_date", where, f"{name} as YYMMDD", "no real day")
    return parsed


@dataclass(frozen=True, slots=True)
class Summary:
    """One amount of an 03: type code, cents (None where blank), item count and funds type with its own fields."""

    type_code: str
    cents: int | None
    item_count: str
    funds_type: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A 16: cents as written (None where blank); `value_date` only for funds type V; `text` in its parts."""

    type_code: str
    cents: int | None
    funds_type: str
    value_date: date | None
    bank_reference: str
    customer_reference: str
    text: list[str]


def is_type_code(text: str) -> bool:
    """Whether the text has the form of a BAI type code: three digits."""
    return _TYPE_CODE.fullmatch(text) is not None


def is_funds_type(text: str) -> bool:
    """Whether the format knows the funds type (the first of `text`'s fields)."""
    letter = text.partition(",")[0].upper()
    return letter in _PLAIN_FUNDS or letter in ("S", "V", "D")


def _own_fields(funds: str, following: Sequence[str], where: str) -> int:
    """How many fields belong to the funds type, after it."""
    letter = funds.upper()
    if letter != "D":
        return {"S": 3, "V": 2}.get(letter, 0)
    number = whole(following[0], "the number of D distributions", where) if following else None
    if number is not None and not 0 <= number <= 99:
        raise FileRejected("bai2_funds", where, "0 to 99 distributions", "another number")
    return 1 + 2 * (number or 0)


def _value_date(funds: Sequence[str], where: str) -> date | None:
    """The day of a V funds type; the amounts of S and D are proved to be whole numbers."""
    letter = funds[0].upper()
    if letter == "V":
        return calendar_day(funds[1], "a value date", where)
    if letter in ("S", "D"):
        for text in funds[1:]:
            whole(text, "a funds amount", where)
    return None


def _items(fields: Sequence[str], where: str) -> tuple[list[list[str]], list[str]]:
    """The whole items {type, amount, count, funds type and its own fields} in order, and the fields left over."""
    items: list[list[str]] = []
    at = 0
    while len(fields) - at >= 4:
        width = 4 + _own_fields(fields[at + 3], fields[at + 4 : at + 5], where)
        if len(fields) - at < width:
            break
        items.append(list(fields[at : at + width]))
        at += width
    return items, list(fields[at:])


def _summary(item: Sequence[str], where: str) -> Summary:
    _value_date(item[3:], where)
    return Summary(item[0], whole(item[1], "a summary amount", where), item[2], ",".join(item[3:]))


def summaries(record: Record, *, without_stray_blanks: bool = False) -> list[Summary]:
    """The amounts of an 03, wherever its lines break; items without type and amount are left out.

    `without_stray_blanks` drops the single blank field that some banks leave at a line's end after whole items; read as
    it stands, it shifts every later field by one. `FileRejected` for an amount that is no whole number.
    """
    where = record.where()
    items: list[list[str]] = []
    left: list[str] = []
    for index, part in enumerate(record.parts):
        fields = [field.strip() for field in part.split(",")]
        more, left = _items(left + (fields[2:] if index == 0 else fields), where)
        items += more
        if without_stray_blanks and left == [""]:
            left = []
    if any(left):
        more, left = _items([*left, "", "", "", "", "", ""], where)
        if not more:
            raise FileRejected("bai2_funds", where, "every field of a funds type", "fewer")
        items += more[:1]
    return [_summary(item, where) for item in items if item[0] or item[1]]


def detail(record: Record) -> Detail:
    """The fields of a 16, its references and its text, wherever its lines break.

    An 88 goes on with the fields that are still missing, as the format has it, unless its first field cannot be one
    (it holds a blank, `*` or `:`): then the 16 ended early and the 88 is text. `FileRejected` for an amount that is no
    whole number, an impossible value date, and a funds type without its own fields.
    """
    where = record.where()
    fixed: list[str] = []
    text: list[str] = []
    wanted = 5
    for index, part in enumerate(record.parts):
        values = part.split(",")
        ended = index in record.loose or (len(fixed) >= 2 and index > 0 and _NOT_A_REFERENCE.search(values[0].strip()))
        if len(fixed) >= wanted or ended:
            fixed += [""] * (wanted - len(fixed))
            text.append(part)
            continue
        while values and len(fixed) < wanted:
            fixed.append(values.pop(0).strip())
            if len(fixed) in (3, 4):
                wanted = 5 + _own_fields(fixed[2], fixed[3:4], where)
        text += [",".join(values)] if values else []
    if len(fixed) < wanted - 2 and fixed[2:3] and fixed[2].upper() == "D":
        raise FileRejected("bai2_funds", where, "every field of funds type D", "fewer")
    fixed += [""] * (wanted - len(fixed))
    funds = fixed[2 : wanted - 2]
    cents = whole(fixed[1], "an amount", where)
    return Detail(fixed[0], cents, ",".join(funds), _value_date(funds, where), fixed[-2], fixed[-1], text)
