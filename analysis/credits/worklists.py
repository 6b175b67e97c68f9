"""What the billing system has to be told: transfers, corrections of write-offs and postings, take-backs to post.

An instruction stands as long as the account is in credit for that cause: the next extract that shows it done ends it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.audited import POSTINGS, audited_accounts
from analysis.credits.disposition import Audit
from analysis.credits.known import Known
from analysis.money import MONEY, show
from analysis.store import Store

_COLUMNS = pa.schema(
    [
        ("account_number", pa.string()),
        ("kind", pa.string()),
        ("amount", MONEY),
        ("to_account", pa.string()),
        ("transaction_id", pa.string()),
        ("transaction_date", pa.date32()),
        ("payer_name", pa.string()),
        ("reference", pa.string()),
        ("instruction", pa.string()),
        ("evidence", pa.string()),
        ("credit_date", pa.date32()),
        ("facility", pa.string()),
        ("account_id", pa.int64()),
    ]
)


def instructions(store: Store, as_of: date) -> pd.DataFrame:
    """Everything to be told, largest first; `kind` is transfer, adjustment, posting or recoup. Grain: one row per
    account in credit. Units: US dollars."""
    audited = audited_accounts(store, as_of)
    rows = [_row(one.known, one.told, kind) for one in audited if (kind := _kind(one.told)) is not None]
    return pa.Table.from_pylist(rows, schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


def transfers(store: Store, as_of: date) -> pd.DataFrame:
    """The payments to move to another account, or to the general ledger."""
    return transfers_of(instructions(store, as_of))


def corrections(store: Store, as_of: date) -> pd.DataFrame:
    """The write-offs and postings to correct."""
    return corrections_of(instructions(store, as_of))


def transfers_of(told: pd.DataFrame) -> pd.DataFrame:
    """Of all instructions the transfers."""
    return told[told["kind"] == "transfer"]


def corrections_of(told: pd.DataFrame) -> pd.DataFrame:
    """Of all instructions the corrections."""
    return told[told["kind"].isin(["adjustment", "posting"])]


def recoups_of(told: pd.DataFrame) -> pd.DataFrame:
    """Of all instructions those to post what a payer took back, or to wait until it does."""
    return told[told["kind"] == "recoup"]


def _kind(told: Audit) -> str | None:
    if told.disposition == "transfer":
        return "transfer"
    if told.disposition == "correct_adjustment":
        return "adjustment"
    if told.disposition == "let_payer_recoup":
        return "recoup"
    return "posting" if told.kind in POSTINGS else None


def _row(known: Known, told: Audit, kind: str) -> dict[str, Any]:
    (reading,) = [one for one in told.readings if one.kind == told.kind and one.owed_to == told.owed_to][:1]
    last = next((one for one in known.ledger.entries if one.entry_id in reading.entries[-1:]), None)
    return {
        "account_number": known.number,
        "kind": kind,
        "amount": known.credit,
        "to_account": told.owed_to if kind == "transfer" else None,
        "transaction_id": None if last is None else last.transaction_id,
        "transaction_date": None if last is None else last.day,
        "payer_name": told.owed_to if kind == "recoup" else None if last is None or last.is_patient else last.payer,
        "reference": None if last is None else last.reference,
        "instruction": _instruction(known, told, kind),
        "evidence": told.evidence,
        "credit_date": known.account["credit_date"],
        "facility": known.account["facility"],
        "account_id": known.account["account_id"],
    }


def _instruction(known: Known, told: Audit, kind: str) -> str:
    if kind == "transfer":
        return f"move {show(known.credit)} to {told.owed_to}"
    if kind == "adjustment":
        return f"take back {show(known.credit)} of the write-off"
    if kind == "recoup":
        taken = known.recouped >= known.credit
        return f"post the take-back of {show(known.credit)}" if taken else f"leave {show(known.credit)} for the payer"
    return f"take back {show(known.credit)} of the posting"
