"""What is known of each account in credit: its ledger, what payers said of it, take-backs, other open accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from analysis.credits.aging import aged
from analysis.credits.ledger import Ledger, entry_of
from analysis.money import ZERO, total
from analysis.store import Store
from analysis.store.queries import query_table

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Known:
    """One account in credit, and all that the audit rests on. Each sequence holds rows of the query of its name."""

    account: Row
    """The row of `credits/aging`."""
    ledger: Ledger
    advice: Sequence[Row]
    traced: Sequence[Row]
    takebacks: Sequence[Row]
    open_accounts: Sequence[Row]
    unapplied: Decimal
    """Unapplied cash of the account or its patient, US dollars."""

    @property
    def number(self) -> str:
        """The account's number."""
        return str(self.account["account_number"])

    @property
    def credit(self) -> Decimal:
        """The credit, positive."""
        amount: Decimal = self.account["credit_balance"]
        return amount

    @cached_property
    def pending(self) -> Decimal:
        """What payers said they will take back and have not yet taken."""
        return total(row["pending_amount"] for row in self.takebacks)

    def traced_as(self, reference: str, kind: str) -> list[Row]:
        """What the remittance of that trace pays: rows of accounts (`claim`) or of L6 and CT (`adjustment`)."""
        return [row for row in self.traced if row["reference"] == reference and row["kind"] == kind]

    def remitted_for_this(self, reference: str) -> Decimal | None:
        """What the remittance of that trace pays on this account; None where no remittance of it is loaded."""
        rows = [row for row in self.traced if row["reference"] == reference]
        if not rows:
            return None
        own = self.number.upper().lstrip("0")
        return total(row["amount"] for row in rows if row["kind"] == "claim" and row["told_key"] == own)

    @cached_property
    def recouped(self) -> Decimal:
        """What payers took back of this account's payments and the ledger does not show yet; positive.

        Reversals of claims that are not posted, and take-backs without one; what a payer left in its payment to take it
        later (pending) is not taken.
        """
        posted = {key_of(one.reference) for one in self.ledger.entries}
        told = total(row["paid_amount"] for row in self.advice if key_of(row["trace_number"] or "") not in posted)
        opened = total(row["opened_amount"] for row in self.takebacks)
        taken = max(-told, ZERO) + total(row["taken_amount"] for row in self.takebacks) - opened
        since = min((row["opened_on"] for row in self.takebacks), default=None)
        shown = total(
            one.amount
            for one in self.ledger.entries
            if one.amount > ZERO
            and one.type in ("PAYMENT", "REFUND")
            and not one.is_patient
            and (since is not None and one.day >= since)
        )
        return max(taken - shown, ZERO)


def key_of(number: str) -> str:
    """A trace or account number as it is compared: its letters and digits, without zeros before them."""
    return "".join(sign for sign in number.upper() if sign.isalnum()).lstrip("0")


def known_accounts(store: Store, as_of: date, account_number: str | None = None) -> list[Known]:
    """Every account in credit on that day with what is known of it, largest first; or the one asked for."""
    asked = {"as_of": as_of, "account_number": account_number}
    accounts = aged(store, as_of).to_pylist()
    rows = {
        name: _by_account(query_table(store, f"credits/{name}", asked).to_pylist())
        for name in ("ledgers", "advice", "traced", "takebacks", "open_accounts", "unapplied")
    }
    return [
        _known(account, {name: told[account["account_number"]] for name, told in rows.items()})
        for account in accounts
        if account_number is None or account["account_number"] == account_number
    ]


def _known(account: Row, told: Mapping[str, Sequence[Row]]) -> Known:
    return Known(
        account,
        Ledger([entry_of(row) for row in told["ledgers"]]),
        told["advice"],
        told["traced"],
        told["takebacks"],
        told["open_accounts"],
        total(row["unapplied_amount"] for row in told["unapplied"]),
    )


def _by_account(rows: Sequence[Row]) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["account_number"]].append(row)
    return found
