"""The tables that users upload, as data: each kind's columns, and which kind a heading row belongs to.

Source: DATA.md section 1. Headings are compared without case, blanks, underscores, hyphens and dots.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.problems import FileRejected

ColumnType = Literal["text", "money", "day", "integer", "choice"]

_DROPPED = re.compile(r"[\s_\-.]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells hold, whether each row must fill it, and the words a choice allows.

    `is_identifier` marks numbers that are names (account, trace, cheque), which Excel may have damaged;
    `is_private` marks what no message may show, such as a birth date.
    """

    name: str
    type: ColumnType = "text"
    is_required: bool = False
    choices: tuple[str, ...] = ()
    is_identifier: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class TableKind:
    """One kind of table: its name in DATA.md and its columns; at least one of `any_of` must be there."""

    name: str
    columns: tuple[Column, ...]
    any_of: tuple[str, ...] = ()

    @property
    def required(self) -> frozenset[str]:
        """The names of the columns that must be there."""
        return frozenset(column.name for column in self.columns if column.is_required)

    def missing(self, names: frozenset[str]) -> list[str]:
        """What `names` lacks to be this kind, in the order of the contract; alternatives stand as one."""
        lacking = [column.name for column in self.columns if column.is_required and column.name not in names]
        if self.any_of and names.isdisjoint(self.any_of):
            lacking.append(" or ".join(self.any_of))
        return lacking


@dataclass(frozen=True, slots=True)
class Claim:
    """A heading row that one kind claims: the kind, and for each heading the column it names (None where unknown)."""

    kind: TableKind
    headings: tuple[str, ...]
    columns: tuple[str | None, ...]

    @property
    def unknown(self) -> list[str]:
        """The headings that name no column of the kind."""
        return [text or "(blank)" for text, name in zip(self.headings, self.columns, strict=True) if name is None]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A heading row that is almost a kind: it has `share` of the required columns and lacks `missing`."""

    kind: TableKind
    missing: tuple[str, ...]
    share: float

    def rejection(self, line: int) -> FileRejected:
        """The refusal that names the missing columns."""
        wanted = f"{self.kind.name} with the columns {', '.join(self.missing)}"
        return FileRejected("missing_columns", f"line {line}", wanted, "a heading row without them")


def _text(name: str, *, required: bool = False, identifier: bool = False) -> Column:
    return Column(name, "text", required, is_identifier=identifier)


def _money(name: str, *, required: bool = False) -> Column:
    return Column(name, "money", required)


def _day(name: str, *, required: bool = False, private: bool = False) -> Column:
    return Column(name, "day", required, is_private=private)


def _choice(name: str, words: str, *, required: bool = False) -> Column:
    return Column(name, "choice", required, tuple(words.split()))


POSTING_BATCHES = TableKind(
    "posting_batches",
    (
        _text("batch_id", required=True, identifier=True),
        _choice("batch_type", "ERA LOCKBOX MANUAL PATIENT CARD"),
        _day("deposit_date", required=True),
        _day("posting_date"),
        _text("payer_name"),
        _money("control_total", required=True),
        Column("line_number", "integer"),
        _text("account_number", required=True, identifier=True),
        _text("reference_number", identifier=True),
        _choice("transaction_type", "PAYMENT REVERSAL PROVIDER_ADJUSTMENT UNAPPLIED REFUND", required=True),
        _money("amount", required=True),
        _text("posted_by"),
        _text("bank_account", identifier=True),
    ),
)

ACCOUNTS = TableKind(
    "accounts",
    (
        _text("account_number", required=True, identifier=True),
        _day("extract_date"),
        _text("patient_name"),
        _day("date_of_birth", private=True),
        _text("facility"),
        _text("financial_class"),
        _text("primary_payer_name"),
        _text("secondary_payer_name"),
        _day("service_from"),
        _day("service_to"),
        _money("total_charges"),
        _money("balance", required=True),
        _day("credit_date"),
        _day("last_payment_date"),
        _text("state"),
    ),
)

ACCOUNT_TRANSACTIONS = TableKind(
    "account_transactions",
    (
        _text("account_number", required=True, identifier=True),
        _text("transaction_id", required=True, identifier=True),
        _day("transaction_date", required=True),
        _choice("type", "CHARGE PAYMENT ADJUSTMENT REFUND TRANSFER", required=True),
        _choice("source", "PRIMARY SECONDARY TERTIARY PATIENT"),
        _text("payer_name"),
        _money("amount", required=True),
        _text("reference", identifier=True),
        _text("procedure_code", identifier=True),
    ),
)

REMITTANCES = TableKind(
    "remittances",
    (
        _text("trace_number", required=True, identifier=True),
        _text("payer_name", required=True),
        _text("payer_id", identifier=True),
        _text("payment_method"),
        _day("payment_date", required=True),
        _money("payment_amount", required=True),
        _text("claim_id", required=True, identifier=True),
        _text("claim_status"),
        _money("charge_amount"),
        _money("paid_amount", required=True),
        _money("patient_responsibility"),
        _text("payer_claim_control_number", identifier=True),
        _text("patient_name"),
        _day("service_date"),
    ),
)

RECEIPTS = TableKind(
    "receipts",
    (
        _text("receipt_id", required=True, identifier=True),
        _day("received_date", required=True),
        _choice("payment_method", "CHECK CASH CARD"),
        _text("payer_name"),
        _text("routing_number", identifier=True),
        _text("check_account", identifier=True),
        _text("check_number", identifier=True),
        _day("check_date"),
        _money("amount", required=True),
        _text("account_number", identifier=True),
        _text("deposit_slip", identifier=True),
    ),
)

BANK_CSV = TableKind(
    "bank_csv",
    (
        _text("bank_account", required=True, identifier=True),
        _day("posted_date", required=True),
        _money("amount"),
        _money("credit"),
        _money("debit"),
        _text("type_code"),
        _text("bank_reference", identifier=True),
        _text("customer_reference", identifier=True),
        _text("description"),
    ),
    any_of=("amount", "credit", "debit"),
)

KINDS = (POSTING_BATCHES, ACCOUNTS, ACCOUNT_TRANSACTIONS, REMITTANCES, RECEIPTS, BANK_CSV)


def normalised(heading: str) -> str:
    """The heading as it is compared: without case, blanks, underscores, hyphens and dots."""
    return _DROPPED.sub("", heading).casefold()


def named_columns(
    kind: TableKind, headings: Sequence[str], aliases: Mapping[str, str] | None = None
) -> tuple[str | None, ...]:
    """For each heading the column of `kind` that it names, by alias first; None where it names none."""
    own = {normalised(column.name): column.name for column in kind.columns}
    names = set(own.values())
    mapped = {normalised(heading): name for heading, name in (aliases or {}).items() if name in names}
    return tuple(mapped.get(key) or own.get(key) for key in map(normalised, headings))


def claimed(cells: Sequence[str], line: int, aliases: Mapping[str, str] | None = None) -> Claim | NearMiss | None:
    """What the row at `line` is as a heading row: claimed by one kind, almost a kind, or None for neither.

    `FileRejected` where several kinds claim it alike, or where two of its headings are the same.
    """
    headings = tuple(cell.strip() for cell in cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    claims: list[Claim] = []
    misses: list[NearMiss] = []
    for kind in KINDS:
        columns = named_columns(kind, headings, aliases)
        lacking = kind.missing(frozenset(name for name in columns if name))
        wanted = len(kind.required) + bool(kind.any_of)
        if not lacking:
            claims.append(Claim(kind, headings, columns))
        elif 2 * (wanted - len(lacking)) >= wanted:
            misses.append(NearMiss(kind, tuple(lacking), (wanted - len(lacking)) / wanted))
    if claims:
        claim = _the_one(claims, line)
        _refuse_doubles(claim, line)
        return claim
    return max(misses, key=lambda miss: (miss.share, len(miss.kind.required)), default=None)


def _the_one(claims: list[Claim], line: int) -> Claim:
    """The only claim, or the one that matches most columns and strictly more required ones than every other."""
    if len(claims) == 1:
        return claims[0]
    first, *others = sorted(claims, key=lambda claim: len(claim.unknown))
    clear = all(
        len(first.unknown) < len(other.unknown) and len(first.kind.required) > len(other.kind.required)
        for other in others
    )
    if not clear:
        found = "the columns of " + " and of ".join(claim.kind.name for claim in claims)
        raise FileRejected("ambiguous_headings", f"line {line}", "the columns of one kind of table", found)
    return first


def _refuse_doubles(claim: Claim, line: int) -> None:
    seen: set[str] = set()
    for heading, column in zip(claim.headings, claim.columns, strict=True):
        key = column or normalised(heading)
        if key and key in seen:
            found = f"more than one {heading[:40]}"
            raise FileRejected("duplicate_heading", f"line {line}", "each heading once", found)
        seen.add(key)
