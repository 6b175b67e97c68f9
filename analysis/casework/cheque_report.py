"""The report `cheques`: everything wrong with the cheques taken, each fault with whether it bars the deposit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.cash_settings import payees
from analysis.intake.cheques import Cheque, Fault, faults
from analysis.money import MONEY
from analysis.store import Store
from analysis.store.queries import query_table

_SCHEMA = pa.schema(
    [
        ("receipt_id", pa.string()),
        ("received_date", pa.date32()),
        ("payer_name", pa.string()),
        ("amount", MONEY),
        ("fault", pa.string()),
        ("bars_deposit", pa.bool_()),
        ("words", pa.string()),
        ("deposit_slip", pa.string()),
        ("file_name", pa.string()),
        ("place", pa.int32()),
    ]
)


def cheque_report(store: Store, as_of: date) -> pd.DataFrame:
    """What is wrong with the cheques received up to that day. Grain: a row per cheque and fault. Units: US dollars."""
    ours = payees(store, as_of)
    found = [
        {**row, "fault": fault.code, "bars_deposit": fault.bars, "words": fault.words}
        for row in query_table(store, "slips/cheques", {"as_of": as_of}).to_pylist()
        for fault in faults_of(row, ours)
    ]
    rows = [{name: row[name] for name in _SCHEMA.names} for row in found]
    return pa.Table.from_pylist(rows, schema=_SCHEMA).to_pandas(types_mapper=pd.ArrowDtype)


def faults_of(row: Mapping[str, Any], ours: Sequence[str]) -> list[Fault]:
    """What is wrong with a cheque that the question `slips/cheques` tells; one told before first of all."""
    cheque = Cheque(received_on=row["received_date"], **{name: row[name] for name in _TOLD})
    before = [Fault("duplicate_cheque", "the same bank, account and cheque number was taken before")]
    return [*(before if row["is_repeated"] else []), *faults(cheque, ours)]


_TOLD: tuple[str, ...] = (
    "amount",
    "check_date",
    "routing_number",
    "check_account",
    "check_number",
    "payer_name",
    "micr_line",
)
_TOLD += ("written_amount", "payee_name", "memo")
