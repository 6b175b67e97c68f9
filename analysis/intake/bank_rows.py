"""Bank lines as Arrow tables: the columns that every bank reader hands on, row keys and occurrences.

Columns are the store's (0001_facts.sql) without `file_id` and the ids made of it; a statement is named by its place.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from analysis.intake.bank_text import LineText
from analysis.intake.bank_types import LineKind
from analysis.money import MONEY, plain

_TYPES = {"whole": pa.int32(), "money": MONEY, "date": pa.date32(), "text": pa.string()}


def schema_of(columns: str) -> pa.Schema:
    """The Arrow schema that `name:type` words write; a name alone is text."""
    pairs = (word.partition(":") for word in columns.split())
    return pa.schema([(name, _TYPES[kind or "text"]) for name, _, kind in pairs])


STATEMENT = schema_of(
    "place:whole bank_account currency as_of_date:date as_of_time group_status as_of_modifier originator"
    " file_created_date:date file_created_time file_identification"
)
SUMMARY = schema_of(
    "place:whole position:whole bank_statement_place:whole type_code amount:money item_count funds_type"
)
TRANSACTION = schema_of(
    "place:whole last_place:whole bank_statement_place:whole bank_account posted_date:date value_date:date type_code"
    " line_kind amount:money funds_type bank_reference customer_reference description company_name company_id row_key"
    " occurrence:whole item_count:whole"
)
TRACE = schema_of("place:whole bank_transaction_place:whole position:whole trace_key found_in")


@dataclass(frozen=True, slots=True)
class BankLine:
    """One bank line: `amount` in US dollars, money in positive; `bank_statement_place` None where there is no 03."""

    place: int
    last_place: int
    bank_statement_place: int | None
    bank_account: str
    posted_date: date
    value_date: date | None
    type_code: str
    line_kind: LineKind
    amount: Decimal
    funds_type: str
    bank_reference: str
    customer_reference: str
    text: LineText

    def row_key(self) -> str:
        """The same 32 hex digits for the same line in another file; equal lines in one file differ by `occurrence`."""
        account = self.bank_account.upper().replace("-", "").replace(" ", "").lstrip("0")
        said = (account, self.posted_date.isoformat(), self.type_code, plain(self.amount))
        told = (self.bank_reference, self.customer_reference, self.text.description or "")
        return hashlib.sha256("|".join(said + told).encode()).hexdigest()[:32]


def transaction_table(lines: Sequence[BankLine]) -> pa.Table:
    """`bank_transaction`: a row per line, empty text as null, `occurrence` 1, 2, … among equal row keys."""
    seen: Counter[str] = Counter()
    rows: list[dict[str, object]] = []
    for line in lines:
        row_key = line.row_key()
        seen[row_key] += 1
        row = {name: getattr(line, name) for name in TRANSACTION.names if hasattr(line, name)}
        row |= {name: row[name] or None for name in ("type_code", "funds_type", "bank_reference", "customer_reference")}
        row |= {name: getattr(line.text, name) for name in ("description", "company_name", "company_id", "item_count")}
        rows.append(row | {"row_key": row_key, "occurrence": seen[row_key]})
    return pa.Table.from_pylist(rows, schema=TRANSACTION)


def trace_table(lines: Sequence[BankLine]) -> pa.Table:
    """`bank_trace`: a row per candidate, under the place of its line, `position` 1, 2, … best first."""
    rows = [
        {
            "place": line.place,
            "bank_transaction_place": line.place,
            "position": position,
            "trace_key": candidate.trace_key,
            "found_in": candidate.found_in,
        }
        for line in lines
        for position, candidate in enumerate(line.text.candidates, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=TRACE)


def totals(lines: Sequence[BankLine]) -> dict[str, Decimal]:
    """`credits` and `debits` over the lines, US dollars, both as magnitudes."""
    return {
        "credits": sum((line.amount for line in lines if line.amount > 0), Decimal("0.00")),
        "debits": sum((-line.amount for line in lines if line.amount < 0), Decimal("0.00")),
    }
