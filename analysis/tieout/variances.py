"""Variances: which batch does not tie to its deposit, which deposit is not fully posted, and what makes up the
difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, ZERO, show, total
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.explain import Evidence, Part, Row, parts
from analysis.tieout.legs import batch_legs, batch_remittances

_COLUMNS = pa.schema(
    [
        ("batch_id", pa.string()),
        ("deposit_date", pa.date32()),
        ("payer_name", pa.string()),
        ("control_total", MONEY),
        ("posted_total", MONEY),
        ("remitted_total", MONEY),
        ("deposited_total", MONEY),
        ("variance", MONEY),
        ("explained", MONEY),
        ("unexplained", MONEY),
        ("causes", pa.string()),
        ("explanation", pa.string()),
        ("bank_account", pa.string()),
        ("batch_type", pa.string()),
        ("bank_transaction_id", pa.int64()),
        ("reference", pa.string()),
    ]
)
_PARTS = pa.schema([("amount", MONEY), ("cause", pa.string()), ("words", pa.string()), ("line_number", pa.int32())])


def variances(store: Store, as_of: date) -> pd.DataFrame:
    """Batches that do not tie and deposits not posted, as known on that day, largest variance first.

    Grain: one row per batch (`batch_id`), or per deposit of which nothing is posted (`bank_transaction_id`, no batch).
    Units: US dollars; variance = deposited − posted = explained + unexplained.
    """
    rows = [_batch_row(evidence) for evidence in _evidence(store, as_of) if not _ties(evidence.legs)]
    rows += [_deposit_row(row) for row in query_table(store, "tieout/unposted_deposits", {"as_of": as_of}).to_pylist()]
    rows.sort(key=lambda row: (-abs(row["variance"]), row["deposit_date"], row["batch_id"] or row["reference"] or ""))
    return pa.Table.from_pylist(rows, schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


def pieces(store: Store, as_of: date, batch_id: str) -> pd.DataFrame:
    """The parts of one batch's variance. Grain: one row per part. Units: US dollars of deposited − posted."""
    found = [part for one in _evidence(store, as_of) if one.legs["batch_id"] == batch_id for part in parts(one)]
    rows = [
        {"amount": part.amount, "cause": part.cause, "words": part.words, "line_number": part.line_number}
        for part in found
    ]
    return pa.Table.from_pylist(rows, schema=_PARTS).to_pandas(types_mapper=pd.ArrowDtype)


def _ties(legs: Row) -> bool:
    """Whether control, posted and deposited total are one, and the remittances' too where the batch names any."""
    amounts = {legs["control_total"], legs["posted_total"], legs["deposited_total"]}
    if legs["remittance_count"]:
        amounts.add(legs["remitted_total"])
    return len(amounts) == 1


def _evidence(store: Store, as_of: date) -> list[Evidence]:
    """What is known of every batch that does not tie."""
    known = {"as_of": as_of}
    seen = {"reporting_day": pa.table({"day": [as_of]})}
    shares = batch_remittances(store, as_of)
    legs = [row for row in batch_legs(store, as_of, shares) if not _ties(row)]
    accounts = _by_batch(query_table(store, "tieout/account_differences", known).to_pylist())
    provider = _by_batch(query_table(store, "tieout/provider_differences", known).to_pylist())
    remittances = _by_batch(shares)
    lines = _by_batch(query_table(store, "tieout/batch_lines", {"batch_id": None}, seen).to_pylist())
    free: dict[Decimal, list[Row]] = defaultdict(list)
    for row in query_table(store, "tieout/free_deposits", known).to_pylist():
        free[row["amount"]].append(row)
    return [
        Evidence(
            legs=row,
            accounts=accounts[row["batch_id"]],
            provider=provider[row["batch_id"]],
            remittances=remittances[row["batch_id"]],
            lines=lines[row["batch_id"]],
            same_amount_deposits=_near(free[row["control_total"]], row),
        )
        for row in legs
    ]


def _near(deposits: Iterable[Row], legs: Row) -> list[Row]:
    """The deposits within five days of the batch's."""
    return [row for row in deposits if abs((row["posted_date"] - legs["deposit_date"]).days) <= 5]


def _by_batch(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["batch_id"]].append(row)
    return grouped


def _batch_row(evidence: Evidence) -> dict[str, Any]:
    legs = evidence.legs
    variance = legs["deposited_total"] - legs["posted_total"]
    found = parts(evidence)
    explained = total(part.amount for part in found)
    unexplained = variance - explained
    return {name: legs[name] for name in ("batch_id", "deposit_date", "payer_name", "bank_account", "batch_type")} | {
        "control_total": legs["control_total"],
        "posted_total": legs["posted_total"],
        "remitted_total": legs["remitted_total"],
        "deposited_total": legs["deposited_total"],
        "variance": variance,
        "explained": explained,
        "unexplained": unexplained,
        "causes": ";".join(dict.fromkeys(part.cause for part in found)),
        "explanation": _words(found, legs, unexplained),
        "bank_transaction_id": None,
        "reference": legs["batch_id"],
    }


def _words(found: list[Part], legs: Row, unexplained: Decimal) -> str:
    said = [part.words for part in found]
    if not said and legs["control_total"] != legs["posted_total"]:
        said = [f"control total {show(legs['control_total'])}, posted {show(legs['posted_total'])}"]
    return "; ".join([*said, f"unexplained {show(unexplained)}"])


def _deposit_row(row: Row) -> dict[str, Any]:
    amount = row["deposited_total"]
    return {
        "batch_id": None,
        "deposit_date": row["deposit_date"],
        "payer_name": row["payer_name"],
        "bank_account": row["bank_account"],
        "batch_type": None,
        "control_total": ZERO,
        "posted_total": ZERO,
        "remitted_total": row["remitted_total"],
        "deposited_total": amount,
        "variance": amount,
        "explained": amount,
        "unexplained": ZERO,
        "causes": "unposted",
        "explanation": f"no posting batch holds this deposit: {show(amount)}; unexplained 0.00",
        "bank_transaction_id": row["bank_transaction_id"],
        "reference": row["bank_reference"],
    }
