"""What the letters with refunds say: a sheet for payers and one for patients, from each exported list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.problems import RequestRefused
from analysis.store import Store, query

PAYEES: Mapping[str, str] = {"PAYER": "payers", "PATIENT": "patients"}
"""Whom a sheet is for; a letter to a patient never stands beside one to a payer."""


def letter_data(store: Store, export_id: int, payee_type: str, as_of: date) -> pd.DataFrame:
    """The sheet of that list, by payee. Grain: one row per refund. Units: US dollars.

    The cheque's number stands there once it is recorded. Raises `RequestRefused` for another kind of payee.
    """
    if payee_type not in PAYEES:
        raise RequestRefused(f"letters go to a {' or '.join(PAYEES)}, not to {payee_type}")
    return query(store, "credits/letters", {"export_id": export_id, "payee_type": payee_type, "as_of": as_of})
