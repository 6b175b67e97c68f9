"""What the store knows for a letter about a case: its fields in words, as a reader of the letter sees them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.guards import Row
from analysis.casework.letter_kinds import LetterKind
from analysis.casework.payers import PayerBook, name_key, offered_book, payer_book
from analysis.credits.letters import letter_data
from analysis.credits.refunds import refunds
from analysis.money import ZERO, show
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.takebacks import entries

_METHODS = {"ACH": "ACH", "CHK": "cheque", "FWT": "wire", "BOP": "card or the payer's choice", "NON": "no payment"}
LOOKED_FOR = "_looked_for"
"""Why a letter has no payer: whom the reference does not know, or who is there and waits to be filled in."""

_BY_AMOUNT = "none, please find it by its amount and day"
"""What stands for the reference and the text of a bank line that has none: amount and day are in every such letter."""

_OUT = ("exported", "issued", "cleared")


class LetterFacts:
    """Asks the store for the fields of letters as of a day; what many letters need is asked once.

    `export_id`: only refunds of that list are covered; without it each account's newest.
    """

    def __init__(self, store: Store, as_of: date, export_id: int | None = None) -> None:
        self.store, self.as_of, self.export_id = store, as_of, export_id
        self.book = payer_book(store)

    def fields(self, kind: LetterKind, case: Row, head: Mapping[str, str], typed_address: str = "") -> dict[str, str]:
        """The fields of that letter about that case, those that are known; what the letterhead tells is among them.

        Raises `DecisionRefused` for the cover of a refund that has not gone out.
        """
        told = _BY_SOURCE[kind.source](self, case, kind)
        if kind.party == "bank":
            told |= {"addressee": head.get("bank_name"), "address": head.get("bank_address")}
        elif kind.party == "payer" and kind.source != "refund":
            told |= self._to_payer(told)
        elif kind.party == "patient":
            told["addressee"] = told.get("addressee") or told.get("patient_name")
            told |= {name: _person(told.get(name)) for name in ("addressee", "patient_name")}
            told["address"] = typed_address.strip() or told.get("address")
        told["service_days"] = _service_days(told.get("service_from"), told.get("service_to"))
        words = {name: _words(value) for name, value in told.items()}
        return {name: value for name, value in words.items() if value} | dict(head)

    def _to_payer(self, told: Mapping[str, Any]) -> dict[str, Any]:
        names = [told.get(name) for name in ("_payer", "_payer_id", "_trace_payer_id", "company_name", "company_id")]
        payer = self.book.find(*names)
        if payer is None:
            return {LOOKED_FOR: self._not_kept([name for name in names if name])}
        name = payer["payer_name"]
        return {"payer_name": name, "addressee": name, "address": payer["address"]}

    def _not_kept(self, names: list[str]) -> str | None:
        """What is missing of the payer whom none of the names tells in the reference as it was saved."""
        row = self._offered.find(*names)
        if row is None:
            return f"no payer of the reference is known as {names[0]}" if names else None
        name = row["payer_name"]
        also = "" if name_key(names[0]) == name else f", known as {names[0]},"
        if self.book.find(name) is not None:
            return f"add {names[0]} to the aliases of {name} under Reference"
        if row["address"]:
            return f"save {name}{also} under Reference, with the address that it is offered with"
        return f"fill in {name}{also} under Reference: address"

    def _deposit(self, case: Row, _: LetterKind) -> dict[str, Any]:
        if case["opens"] != "bank":
            return {}
        row = self._row("letters/deposit", case["opens_id"])
        if row:
            row |= {name: row[name] or _BY_AMOUNT for name in ("bank_reference", "bank_text")}
        return {"_payer": case["payer_name"], **row}

    def _remittance(self, case: Row, _: LetterKind) -> dict[str, Any]:
        if case["opens"] != "remittance":
            return {}
        row = self._row("letters/remittance", case["opens_id"])
        method = row.get("payment_method")
        payer = {f"_{name}": row.get(name) for name in ("payer_id", "trace_payer_id")} | {
            "_payer": row.get("payer_name")
        }
        row.pop("payer_name", None)
        return row | payer | {"payment_method": _METHODS.get(str(method), method)}

    def _takeback(self, case: Row, kind: LetterKind) -> dict[str, Any]:
        told = self._remittance(case, kind)
        if not told:
            return told
        of_payment = self._entries["remittance_id"] == told["remittance_id"]
        found = _rows(self._entries[of_payment & (self._entries["reference"] == case["reference"])])
        if not found:
            return told | {"takeback_reference": case["reference"], "takeback_amount": case["amount"]}
        amount = sum((row["amount"] for row in found), ZERO)
        return told | {
            "takeback_code": found[0]["code"],
            "takeback_reference": found[0]["reference"],
            "takeback_amount": abs(amount),
        }

    def _refund(self, case: Row, kind: LetterKind) -> dict[str, Any]:
        """The letter data of the account's newest refund that went out to that kind of payee."""
        payee = kind.party.upper()
        every = self._refunds
        gone = every[(every["account_number"] == case["reference"]) & (every["payee_type"] == payee)]
        gone = gone[gone["status"].isin(_OUT) & gone["export_id"].notna()]
        if gone.empty:
            raise DecisionRefused(
                f"the letter lacks a refund of this account that went out to a {kind.party} "
                "(refund_number, under Refunds)"
            )
        refund = _rows(gone.sort_values("refund_id").tail(1))[0]
        data = letter_data(self.store, int(refund["export_id"]), payee, self.as_of)
        row = _rows(data[data["payment_id"] == f"TR{refund['refund_id']:07d}"])[0]
        as_told = {
            "refund_number": row["payment_id"],
            "refund_amount": row["amount"],
            "refund_reason": row["reason"],
            "refund_evidence": row["evidence"],
            "addressee": row["payee_name"],
            "address": row["payee_address"],
            "payer_name": row["payee_name"],
        }
        return row | as_told

    def _account(self, case: Row, _: LetterKind) -> dict[str, Any]:
        asked = {"account_number": case["reference"], "as_of": self.as_of}
        rows = query_table(self.store, "letters/account", asked).to_pylist()
        if not rows:
            return {"account_number": case["reference"]}
        row: dict[str, Any] = rows[0]
        balance = row["balance"]
        if row["ledger_total"] != balance:
            row |= dict.fromkeys(("charges", "insurers_paid", "adjustments", "patient_paid", "refunded"))
        return row | {"balance_words": None if balance is None else _balance_words(balance)}

    def _row(self, name: str, fact_id: Any) -> dict[str, Any]:
        rows = query_table(self.store, name, {"fact_id": int(fact_id)}).to_pylist()
        return dict(rows[0]) if rows else {}

    @cached_property
    def _offered(self) -> PayerBook:
        return offered_book(self.store)

    @cached_property
    def _entries(self) -> pd.DataFrame:
        return entries(self.store, self.as_of)

    @cached_property
    def _refunds(self) -> pd.DataFrame:
        every = refunds(self.store, self.as_of)
        return every if self.export_id is None else every[(every["export_id"] == self.export_id).fillna(False)]


_BY_SOURCE = {
    "deposit": LetterFacts._deposit,
    "remittance": LetterFacts._remittance,
    "takeback": LetterFacts._takeback,
    "refund": LetterFacts._refund,
    "account": LetterFacts._account,
}


def _service_days(first: date | None, last: date | None) -> str | None:
    """`on August 31, 2025`, or from one day to another."""
    if first is None or last is None:
        return None
    return f"on {_words(first)}" if first == last else f"from {_words(first)} to {_words(last)}"


def _balance_words(balance: Decimal) -> str:
    if balance < ZERO:
        return f"Your account has been paid for more than was owed, by {_words(-balance)}."
    return "Nothing is owed." if balance == ZERO else f"{_words(balance)} is still owed."


def _person(name: str | None) -> str | None:
    """`DOE, JANE` as she is written to: `JANE DOE`."""
    parts = [part.strip() for part in (name or "").split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else name


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return found


def _words(value: Any) -> str:
    """A value as a letter tells it: dollars with their sign, a day in words."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"-${show(-value)}" if value < ZERO else f"${show(value)}"
        case date():
            return f"{value:%B} {value.day}, {value.year}"
        case _:
            return str(value).strip()
