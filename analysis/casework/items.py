"""The open items of every room as cases: what, how much, how old, and what the item's own room says of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from hashlib import blake2s
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.codes import TAKEBACK_TYPES
from analysis.casework.rejections import rejected_claims
from analysis.casework.work_settings import Limit
from analysis.credits.audit import credits
from analysis.match.unmatched import unmatched
from analysis.money import MONEY, ZERO
from analysis.store import Store
from analysis.tieout.radar import radar
from analysis.tieout.takebacks import takebacks
from analysis.tieout.variances import variances
from analysis.tieout.write_offs import settled

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("case_id", "case_kind", "item_type", "reference", "payer_name")),
        ("amount", MONEY),
        ("item_date", pa.date32()),
        ("age_days", pa.int64()),
        *((name, pa.string()) for name in ("item_state", "item_resolution", "why", "next_step", "opens", "opens_id")),
        ("item_resolution_id", pa.int64()),
    ]
)

Row = dict[str, Any]
_AWAY = ("late", "silent")


def open_items(store: Store, as_of: date) -> pa.Table:
    """Every item of every room that is open on that day. Grain: one row per item (`case_id`). Units: US dollars
    without sign; age in calendar days.

    A case's id names its item and holds no account number. A patient's name is in no column.
    """
    of_matching, rejected = unmatched(store, as_of), rejected_claims(store, as_of)
    held = set(of_matching[of_matching["status"] == "held"]["item_id"])
    told = set(rejected["case_id"])
    rows = [
        *_of_matching(of_matching[~of_matching["item_id"].isin(told)]),
        *_of_rejected(rejected, held),
        *_of_variances(variances(store, as_of), settled(store, as_of), as_of),
        *_of_takebacks(takebacks(store, as_of)),
        *_of_credits(credits(store, as_of)),
        *_of_sources(radar(store, as_of), as_of),
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def with_limits(items: pa.Table, limits: Mapping[str, Limit]) -> pa.Table:
    """The items with the days that warn and that block, by their type."""
    found = [limits.get(one, (None, None)) for one in items["item_type"].to_pylist()]
    warn, block = ([one[place] for one in found] for place in (0, 1))
    whole = items.append_column("warn_days", pa.array(warn, pa.int32()))
    return whole.append_column("block_days", pa.array(block, pa.int32()))


def _of_rejected(frame: pd.DataFrame, held: Collection[str]) -> Iterable[Row]:
    """The claims that cannot be posted, each with its code; those of them that Unmatched lists too are told here."""
    for row in _rows(frame[~frame["is_settled"].astype(bool)]):
        yield {
            "case_id": row["case_id"],
            "case_kind": "rejected",
            "item_type": "rejected_claim",
            "reference": row["claim_id"],
            "payer_name": row["payer_name"],
            "amount": abs(row["amount"]),
            "item_date": row["item_date"],
            "age_days": row["age_days"],
            "item_state": "held" if row["case_id"] in held else "open",
            "why": f"{row['codes']}: {row['why']}",
            "next_step": row["next_step"],
            "opens": "claim",
            "opens_id": str(row["claim_payment_id"]),
        }


def _of_matching(frame: pd.DataFrame) -> Iterable[Row]:
    for row in _rows(frame):
        yield {
            "case_id": row["item_id"],
            "case_kind": "takeback" if row["item_type"] in TAKEBACK_TYPES else "unmatched",
            "item_type": row["item_type"],
            "reference": row["reference"],
            "payer_name": row["payer_name"],
            "amount": abs(row["amount"]),
            "item_date": row["item_date"],
            "age_days": row["age_days"],
            "item_state": "held" if row["status"] == "held" else "open",
            "why": row["why"],
            "next_step": row["next_step"],
            "opens": row["side"],
            "opens_id": row["fact_id"],
        }


def _of_variances(frame: pd.DataFrame, decided: Mapping[str, Mapping[str, Any]], as_of: date) -> Iterable[Row]:
    for row in _rows(frame):
        left: Decimal = row["variance"] - row["written_off"]
        if left == ZERO and row["variance"] != ZERO:
            continue  # written off in full: nothing of it is open
        is_batch = row["batch_id"] is not None
        yield {
            "case_id": variance_case(row["variance_id"]),
            "case_kind": "variance",
            "item_type": "variance_of_batch" if is_batch else "variance_of_deposit",
            "reference": row["reference"],
            "payer_name": row["payer_name"],
            "amount": abs(left),
            "item_date": row["deposit_date"],
            "age_days": _age(row["deposit_date"], as_of),
            "item_state": "open" if row["resolution"] is None else "resolved",
            "item_resolution": row["resolution"],
            "item_resolution_id": decided.get(row["variance_id"], {}).get("resolution_id"),
            "why": row["explanation"],
            "next_step": "see what makes up the difference, and correct, write off or resolve it",
            "opens": "batch" if is_batch else "bank",
            "opens_id": str(row["batch_id"] if is_batch else row["bank_transaction_id"]),
        }


def variance_case(variance_id: str) -> str:
    """The id of the case of that variance."""
    return f"variance-{variance_id.replace(' ', '-', 1)}"


def variance_of(case_id: str) -> str:
    """The id of the variance of that case."""
    return case_id.removeprefix("variance-").replace("-", " ", 1)


def _of_takebacks(frame: pd.DataFrame) -> Iterable[Row]:
    """What of the ledger is no open item of matching: a refund acknowledged without its take-back."""
    for row in _rows(frame[frame["status"] == "refund_alone"]):
        yield {
            "case_id": f"takeback-{_digest(row['takeback_id'])}",
            "case_kind": "takeback",
            "item_type": "refund_alone",
            "reference": row["reference"],
            "payer_name": row["payer_name"],
            "amount": abs(row["net_open"]),
            "item_date": row["opened_on"],
            "age_days": row["age_days"],
            "item_state": "open",
            "why": "the payer acknowledges our refund (72) and its WO has not come",
            "next_step": row["next_step"],
            "opens": "remittance",
            "opens_id": str(row["remittance_id"]),
        }


def _of_credits(frame: pd.DataFrame) -> Iterable[Row]:
    for row in _rows(frame):
        yield {
            "case_id": f"credit-{_digest(row['account_number'], row['credit_date'])}",
            "case_kind": "credit",
            "item_type": "credit_balance",
            "reference": row["account_number"],
            "payer_name": row["payer_name"],
            "amount": row["credit_balance"],
            "item_date": row["credit_date"],
            "age_days": row["age_days"],
            "item_state": "open",
            "why": f"{_words(row['cause'])}: {row['evidence']}",
            "next_step": _words(row["disposition"])
            if row["refund_status"] is None
            else f"its refund is {_words(row['refund_status'])}",
            "opens": "account",
            "opens_id": str(row["account_id"]),
        }


def _of_sources(frame: pd.DataFrame, as_of: date) -> Iterable[Row]:
    """The sources that are late or silent: each absence is a case of its own."""
    for row in _rows(frame[frame["arrival_state"].isin(_AWAY)]):
        yield {
            "case_id": f"file-{_digest(row['source_type'], row['source_id'], row['last_came'])}",
            "case_kind": "file",
            "item_type": "missing_file",
            "reference": None,
            "payer_name": row["source_name"],
            "amount": ZERO,
            "item_date": row["expected_on"] or row["last_came"],
            "age_days": _age(row["expected_on"] or row["last_came"], as_of),
            "item_state": "open",
            "why": f"{row['arrival_state']}: comes {row['rhythm']}, last on {row['last_came']}",
            "next_step": "ask the sender for the file",
        }


def _rows(frame: pd.DataFrame) -> list[Row]:
    found: list[Row] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return found


def _digest(*parts: object) -> str:
    return blake2s("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=5).hexdigest()


def _age(since: date | None, as_of: date) -> int:
    return 0 if since is None else max((as_of - since).days, 0)


def _words(code: str) -> str:
    return code.replace("_", " ")
