"""The audit of credit balances: every account in credit with its cause, what to do, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.audited import Audited, audited_accounts
from analysis.credits.clocks import clock_of, clocks, marks
from analysis.credits.refunds import refunds
from analysis.money import MONEY
from analysis.store import Store

_COLUMNS = pa.schema(
    [
        ("account_number", pa.string()),
        ("patient_name", pa.string()),
        ("financial_class", pa.string()),
        ("payer_name", pa.string()),
        ("credit_balance", MONEY),
        ("credit_date", pa.date32()),
        ("age_days", pa.int64()),
        ("aging_bucket", pa.string()),
        ("cause", pa.string()),
        ("disposition", pa.string()),
        ("owed_to", pa.string()),
        ("deadline_date", pa.date32()),
        ("blocked_by", pa.string()),
        ("evidence", pa.string()),
        ("clock", pa.string()),
        ("is_warned", pa.bool_()),
        ("dormant_on", pa.date32()),
        ("kind", pa.string()),
        ("refund_status", pa.string()),
        ("facility", pa.string()),
        ("state", pa.string()),
        ("account_id", pa.int64()),
        ("reading_id", pa.int64()),
        ("reading_standing", pa.string()),
    ]
)


def credits(store: Store, as_of: date, decided_by: date | None = None) -> pd.DataFrame:
    """The accounts in credit on that day, largest first, each with its cause and what to do.

    Grain: one row per account. Units: US dollars, the credit positive; age in calendar days. `evidence` says what cause
    and age rest on, `kind` by which rule the cause is known (`person` where a person read it), `clock` which deadline
    runs and whence. `decided_by`: people's readings count up to that later day.
    """
    in_force, marked = clocks(store, as_of), marks(store, as_of)
    asked = refunds(store, as_of)
    under_way = dict(zip(asked[asked["is_live"]]["account_number"], asked[asked["is_live"]]["status"], strict=True))
    rows = []
    for one in audited_accounts(store, as_of, decided_by=decided_by):
        row, number = _row(one), one.known.number
        told = clock_of(row, marked.get((number, row["credit_date"]), {}), in_force, as_of)
        clock = {"deadline_date": told.deadline, "clock": told.words, "is_warned": told.is_warned}
        rows.append(row | clock | {"dormant_on": told.dormant_on, "refund_status": under_way.get(number)})
    return pa.Table.from_pylist(rows, schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


def _row(one: Audited) -> dict[str, Any]:
    account, told = one.known.account, one.told
    return {
        **{name: account.get(name) for name in _COLUMNS.names},
        "cause": told.cause,
        "disposition": told.disposition,
        "owed_to": told.owed_to,
        "blocked_by": told.blocked_by,
        "kind": told.kind,
        "evidence": f"{told.evidence}; aged from the {account['aged_from']}",
        "reading_id": None if one.reading is None else one.reading["reading_id"],
        "reading_standing": one.standing,
    }
