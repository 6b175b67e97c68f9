"""ACH batches, entries and addenda as Arrow tables.

Columns are those of 0011_ach.sql without `file_id` and the ids made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from analysis.intake.ach_records import Entry, Record
from analysis.intake.bank_rows import schema_of
from analysis.money import ZERO, total

BATCH = schema_of(
    "place:whole batch_number service_class sec_code company_name company_data company_id entry_description"
    " effective_date:date settled_on:date originating_bank currency"
)
ENTRY = schema_of(
    "place:whole last_place:whole ach_batch_place:whole transaction_code entry_kind receiving_bank account amount:money"
    " individual_id receiver_name trace_number trace_key return_code change_code original_trace original_trace_key"
    " original_bank"
)
ADDENDA = schema_of("place:whole ach_entry_place:whole addenda_type sequence_number:whole text")


def addenda_rows(entry_place: int, addenda: Sequence[Record]) -> Iterable[dict[str, object]]:
    """A row per addenda record; `text` is all that stands after the type, blanks at its end left out."""
    for one in addenda:
        kind, number = one.cut(2, 3), one.cut(84, 87)
        is_numbered = kind in ("05", "17", "18") and number.isascii() and number.isdigit()
        yield {
            "place": one.place,
            "ach_entry_place": entry_place,
            "addenda_type": kind,
            "sequence_number": int(number) if is_numbered else None,
            "text": (one.text[3:83] if is_numbered else one.text[3:]).rstrip(),
        }


def receiver_name(entry: Entry, sec_code: str, *, is_iat: bool) -> str:
    """Who the account is of: of an international entry in its first addenda (10), of a CTX after a count of addenda."""
    if is_iat:
        return next((one.cut(47, 81) for one in entry.addenda if one.cut(2, 3) == "10"), "")
    return entry.record.cut(59, 74) if sec_code in ("CTX", "ENR") else entry.record.cut(55, 76)


def totals(entries: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """`credits` and `debits` over the entries, US dollars, both as magnitudes."""
    amounts = [entry["amount"] for entry in entries]
    return {
        "credits": total(amount for amount in amounts if amount > ZERO),
        "debits": total(-amount for amount in amounts if amount < ZERO),
    }
