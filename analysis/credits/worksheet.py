"""The audit worksheet of one account in credit: charges, what each payer allowed, paid and wrote off, the readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.audited import audited_accounts
from analysis.credits.known import Known
from analysis.money import MONEY, total
from analysis.store import Store

_ENTRIES = pa.schema(
    [
        ("marked", pa.string()),
        ("transaction_date", pa.date32()),
        ("type", pa.string()),
        ("source", pa.string()),
        ("payer_name", pa.string()),
        ("amount", MONEY),
        ("running_balance", MONEY),
        ("reference", pa.string()),
        ("transaction_id", pa.string()),
    ]
)
_PARTIES = pa.schema(
    [
        ("payer_name", pa.string()),
        ("paid_amount", MONEY),
        ("written_off_amount", MONEY),
        ("advised_paid_amount", MONEY),
        ("advised_contractual_amount", MONEY),
        ("advised_patient_amount", MONEY),
    ]
)
_READINGS = pa.schema(
    [
        ("is_found", pa.bool_()),
        ("kind", pa.string()),
        ("cause", pa.string()),
        ("disposition", pa.string()),
        ("owed_to", pa.string()),
        ("words", pa.string()),
    ]
)
_TAKEBACKS = pa.schema(
    [
        ("payer_name", pa.string()),
        ("code", pa.string()),
        ("reference", pa.string()),
        ("opened_on", pa.date32()),
        ("last_on", pa.date32()),
        ("taken_amount", MONEY),
        ("pending_amount", MONEY),
    ]
)
_OTHERS = pa.schema(
    [
        ("other_number", pa.string()),
        ("is_same_patient", pa.bool_()),
        ("balance", MONEY),
        ("payer_name", pa.string()),
        ("facility", pa.string()),
        ("other_id", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One account in credit, in US dollars as the ledger writes them. `totals` are positive but the balance."""

    totals: Mapping[str, Decimal]
    entries: pd.DataFrame
    """A row per ledger entry; `marked` says where the credit begins and which lines make it."""
    parties: pd.DataFrame
    """A row per payer and for the patient: what the ledger shows and what remittances that are loaded say."""
    readings: pd.DataFrame
    """A row per way to read the credit; found, or possible only."""
    takebacks: pd.DataFrame
    open_accounts: pd.DataFrame


def worksheet(store: Store, as_of: date, account_number: str) -> Worksheet | None:
    """The worksheet of that account on that day; None where it is not in credit."""
    found = audited_accounts(store, as_of, account_number)
    if not found:
        return None
    known, told = found[0].known, found[0].told
    blamed = {entry for one in told.readings if one.kind == told.kind for entry in one.entries}
    return Worksheet(
        _totals(known),
        _frame((_entry(known, number, blamed) for number in range(len(known.ledger.entries))), _ENTRIES),
        _frame(_parties(known), _PARTIES),
        _frame(({name: getattr(one, name) for name in _READINGS.names} for one in told.readings), _READINGS),
        _frame(known.takebacks, _TAKEBACKS),
        _frame(known.open_accounts, _OTHERS),
    )


def _totals(known: Known) -> Mapping[str, Decimal]:
    ledger = known.ledger
    return {
        "charges": ledger.charges,
        "written_off": ledger.charges - ledger.allowed,
        "allowed": ledger.allowed,
        "insurers_paid": ledger.insurers_paid,
        "patient_paid": ledger.patient_paid,
        "ledger_balance": ledger.balance,
    }


def _entry(known: Known, number: int, blamed: set[int]) -> dict[str, Any]:
    one = known.ledger.entries[number]
    begins = one is known.ledger.turning
    marks = ["credit begins"] * begins + ["makes the credit"] * (one.entry_id in blamed)
    return {
        "marked": f"◄ {', '.join(marks)}" if marks else "",
        "transaction_date": one.day,
        "type": one.type,
        "source": one.source or None,
        "payer_name": None if one.is_patient else one.payer or None,
        "amount": one.amount,
        "running_balance": one.running,
        "reference": one.reference or None,
        "transaction_id": one.transaction_id,
    }


def _parties(known: Known) -> Sequence[dict[str, Any]]:
    ledger = known.ledger
    names = dict.fromkeys(one.payer for one in ledger.entries if one.payer) | dict.fromkeys(
        row["payer_name"] for row in known.advice if row["payer_name"]
    )
    rows = []
    for name in names:
        told = [row for row in known.advice if row["payer_name"] == name]
        paid = -total(o.amount for o in ledger.entries if o.payer == name and o.type not in ("CHARGE", "ADJUSTMENT"))
        off = -total(one.amount for one in ledger.entries if one.payer == name and one.type == "ADJUSTMENT")
        row = {"payer_name": name, "paid_amount": paid, "written_off_amount": off}
        if told:
            row |= {
                "advised_paid_amount": total(one["paid_amount"] for one in told),
                "advised_contractual_amount": total(one["contractual_amount"] for one in told),
                "advised_patient_amount": total(one["patient_amount"] for one in told),
            }
        rows.append(row)
    return rows


def _frame(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pd.DataFrame:
    told = [{name: row.get(name) for name in schema.names} for row in rows]
    return pa.Table.from_pylist(told, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)
