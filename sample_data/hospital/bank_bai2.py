"""Bank files in BAI2: control totals and record counts as the standard counts them.

A 49 total is the plain sum of every amount in its 03 and 16 records (debits are not negated); 98 sums its 49s,
99 its 98s. Record counts count physical lines, 88s and the header and trailer themselves included.
"""

from dataclasses import dataclass
from datetime import date

from .calendar import banking_day, yymmdd
from .records import BankItem
from .world import HOSPITAL_ROUTING, LOCKBOX, OPERATING

OPENING = {OPERATING: 184_220_415, LOCKBOX: 61_077_730}


@dataclass(frozen=True)
class Group:
    """A 02 group: status 1 update or 3 correction; modifier 2 final previous day or 3 interim same day."""

    as_of: date
    status: str
    modifier: str
    accounts: tuple[tuple[str, int, tuple[tuple[BankItem, int], ...]], ...]
    """Account, opening balance, its items with the amounts reported."""


@dataclass
class Section:
    """Lines with the sum their trailer states."""

    lines: list[str]
    total: int


def file_text(groups: list[Group], created: date, time: str, file_id: int) -> str:
    """A whole BAI2 file."""
    sections = [_group(group) for group in groups]
    lines = [f"01,{HOSPITAL_ROUTING},CEDARHOLLOW,{yymmdd(created)},{time},{file_id},,,2/"]
    lines += [line for section in sections for line in section.lines]
    total = sum(section.total for section in sections)
    lines.append(f"99,{total},{len(groups)},{len(lines) + 1}/")
    return "\n".join(lines) + "\n"


def _group(group: Group) -> Section:
    sections = [_account(*account, as_of=group.as_of) for account in group.accounts]
    time = "2400" if group.modifier == "2" else "1400"
    lines = [f"02,CEDARHOLLOW,{HOSPITAL_ROUTING},{group.status},{yymmdd(group.as_of)},{time},USD,{group.modifier}/"]
    lines += [line for section in sections for line in section.lines]
    total = sum(section.total for section in sections)
    lines.append(f"98,{total},{len(group.accounts)},{len(lines) + 1}/")
    return Section(lines, total)


def _account(account: str, opening: int, items: tuple[tuple[BankItem, int], ...], as_of: date) -> Section:
    credits = [cents for _, cents in items if cents > 0]
    debits = [-cents for _, cents in items if cents < 0]
    closing = opening + sum(credits) - sum(debits)
    lines = [
        f"03,{account},USD,010,{opening},,,015,{closing},,/",
        f"88,100,{sum(credits)},{len(credits)},,400,{sum(debits)},{len(debits)},/",
    ]
    total = opening + closing + 2 * (sum(credits) + sum(debits))
    for item, cents in items:
        lines += _item(item, abs(cents), as_of)
    lines.append(f"49,{total},{len(lines) + 1}/")
    return Section(lines, total)


def _item(item: BankItem, cents: int, as_of: date) -> list[str]:
    """A 16 record and its 88s; the lockbox account's texts end with a slash, the operating account's do not."""
    head = f"16,{item.type_code},{cents},{_funds(item.funds, cents, as_of)},{item.reference},{item.customer_reference},"
    chunks, start = [], 0
    for wanted in item.breaks:
        # No line ends in a space that an editor would strip.
        cut = len(item.text[:wanted].rstrip(" "))
        chunks.append(item.text[start:cut])
        start = cut
    chunks.append(item.text[start:])
    end = "/" if item.bank_account == LOCKBOX else ""
    lines = [head + chunks[0], *["88," + chunk for chunk in chunks[1:]]]
    lines[-1] += end
    return lines


def _funds(kind: str, cents: int, as_of: date) -> str:
    """Funds type with its sub-fields; their amounts are not part of any control total."""
    today = cents * 6 // 10
    if kind == "S":
        return f"S,{today},{cents - today},0"
    if kind == "V":
        return f"V,{yymmdd(banking_day(as_of, 1))},0900"
    if kind == "D":
        return f"D,2,0,{today},1,{cents - today}"
    return kind
