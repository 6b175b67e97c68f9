"""BAI2 control totals and counts: what 49, 98 and 99 declare against what the file holds.

A 49 adds up every amount of its 03 and 16s as written, balances and debits included, the amounts inside funds types
not; a 98 adds up its 49s and a 99 its 98s as they declare; counts are of physical records, 88s and the trailer itself
included. They prove the transmission, not that credits equal deposits. A blank control is no mismatch.
Source: BAI2 specification; DOMAIN.md section 3.1. Units: cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.intake.bank_bai2_fields import whole
from analysis.intake.bank_bai2_records import Account, BankFile, Group, Record
from analysis.money import from_cents, show
from analysis.problems import FileRejected, Finding

_MOST_CENTS = 10**18
_PARTS = {"49": "", "98": "accounts", "99": "groups"}
_SCOPES = {"49": "account", "98": "group", "99": "file"}


@dataclass(frozen=True, slots=True)
class Control:
    """One trailer: declared (None where blank) and counted total in cents, records, and parts (accounts or groups)."""

    code: str
    where: str
    declared_total: int | None
    counted_total: int
    declared_records: int | None
    counted_records: int
    declared_parts: int | None = None
    counted_parts: int = 0


def declared(trailer: Record) -> tuple[int | None, int | None, int | None]:
    """The total in cents, the number of parts (None for a 49) and the record count that a trailer declares.

    `FileRejected` where the line breaks off before its last field, as a cut file's does.
    """
    where, wanted = trailer.where(), 2 if trailer.code == "49" else 3
    fields = trailer.fields()
    if not trailer.closed and (len(fields) < wanted or not fields[wanted - 1]):
        raise FileRejected("bai2_truncated", where, f"{wanted} fields or a closing /", "fewer")
    fields += [""] * wanted
    parts = None if trailer.code == "49" else whole(fields[1], f"the number of {_PARTS[trailer.code]}", where)
    total = whole(fields[0], "a control total", where)
    return total, parts, whole(fields[wanted - 1], "the record count", where)


def controls_of(bank_file: BankFile, account_cents: Mapping[int, int]) -> list[Control]:
    """The file's controls in file order; `account_cents` holds each account's amounts added up, by the 03's place."""
    found: list[Control] = []
    group_totals: list[int] = []
    records = bank_file.header.lines + bank_file.trailer.lines
    for group in bank_file.groups:
        control, group_controls = _group(group, account_cents)
        found += [*group_controls, control]
        group_totals.append(control.counted_total if control.declared_total is None else control.declared_total)
        records += control.counted_records
    total, groups, count = declared(bank_file.trailer)
    trailer = bank_file.trailer
    return [
        *found,
        Control("99", trailer.where(), total, sum(group_totals), count, records, groups, len(bank_file.groups)),
    ]


def _group(group: Group, account_cents: Mapping[int, int]) -> tuple[Control, list[Control]]:
    found = [_account(account, account_cents[account.header.place]) for account in group.accounts]
    counted = sum(c.counted_total if c.declared_total is None else c.declared_total for c in found)
    records = group.header.lines + group.trailer.lines + sum(control.counted_records for control in found)
    total, accounts, count = declared(group.trailer)
    where = group.trailer.where()
    return Control("98", where, total, counted, count, records, accounts, len(group.accounts)), found


def _account(account: Account, cents: int) -> Control:
    total, _, count = declared(account.trailer)
    records = account.header.lines + account.trailer.lines + sum(record.lines for record in account.details)
    return Control("49", account.trailer.where(), total, cents, count, records)


def control_findings(control: Control) -> list[Finding]:
    """A warning for each of total, records and parts that is declared and not what was counted."""
    scope, found = _SCOPES[control.code], []
    if control.declared_total is not None and control.declared_total != control.counted_total:
        wanted, counted = from_cents(control.declared_total), from_cents(control.counted_total)
        off = control.counted_total - control.declared_total
        message = f"control total: wanted {show(wanted)}, found {show(counted)}"
        amount = from_cents(off) if abs(off) < _MOST_CENTS else None
        found.append(Finding("warning", f"bai2_{scope}_total", control.where, message, amount))
    counts = (
        (_PARTS[control.code], control.declared_parts, control.counted_parts),
        ("records", control.declared_records, control.counted_records),
    )
    for name, wanted_count, counted_count in counts:
        if wanted_count is not None and wanted_count != counted_count:
            message = f"number of {name}: wanted {wanted_count}, found {counted_count}"
            found.append(Finding("warning", f"bai2_{scope}_{name}", control.where, message))
    return found
