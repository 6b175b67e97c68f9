"""Tracing: everything known of an amount, trace, cheque, claim, account or payer, on one time line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.intake.traces import trace_key
from analysis.money import MONEY, dollars, show
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.digits import cause_of

SHORTEST_NAME = 4
MOST_EVENTS = 500
"""More than so many are cut, the oldest first kept; the last row says so."""

EVENTS = pa.schema(
    [
        ("day", pa.date32()),
        ("what", pa.string()),
        ("words", pa.string()),
        ("amount", MONEY),
        ("reference", pa.string()),
        ("payer_name", pa.string()),
        ("side", pa.string()),
        ("fact_id", pa.string()),
        ("file_id", pa.int64()),
        ("place", pa.int64()),
    ]
)

_ORDER = (
    "receipt",
    "remittance",
    "claim",
    "bank line",
    "match",
    "posting batch",
    "posted line",
    "keyed",
    "account entry",
)


def trace(store: Store, text: str, as_of: date) -> pd.DataFrame:
    """Everything that the text may mean, as far as it was known on that day.

    The text is read as an amount, as a trace, cheque, claim, account or batch number, and as part of a payer's or
    patient's name. Grain: one row per event, in order of days. Units: US dollars. Names of patients are never in it.
    """
    amount, number = dollars(text), trace_key(text)
    words = text.strip().upper() if len(text.strip()) >= SHORTEST_NAME and amount is None else None
    asked = {"as_of": as_of, "amount": amount, "number": number, "words": words}
    hits = query_table(store, "trace/hits", asked).to_pylist()
    keyed = (
        [] if amount is None else query_table(store, "trace/keyed_for", {"as_of": as_of, "amount": amount}).to_pylist()
    )
    events = [_hit(row) for row in hits] + [_keyed(row) for row in keyed]
    events += _matches(store, as_of, events)
    events.sort(key=lambda row: (row["day"], _ORDER.index(row["what"]), row["side"], row["fact_id"]))
    if len(events) > MOST_EVENTS:
        more = len(events) - MOST_EVENTS
        events = [*events[:MOST_EVENTS], {**events[MOST_EVENTS], "words": f"and {more:,} more; search for less"}]
    return pa.Table.from_pylist(events, schema=EVENTS).to_pandas(types_mapper=pd.ArrowDtype)


def _event(row: Mapping[str, Any], what: str, words: str) -> dict[str, Any]:
    return {name: row.get(name) for name in EVENTS.names} | {"what": what, "words": words}


def _hit(row: Mapping[str, Any]) -> dict[str, Any]:
    left_out = f"; does not count: {row['not_counted']}" if row["not_counted"] else ""
    return _event(row, row["kind"], f"agrees in {row['field']}{left_out}")


def _keyed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line that was keyed for the amount asked for, with another one."""
    _, how = cause_of(row["amount"], row["paid_amount"])
    slip = f"keyed {show(row['amount'])} for {show(row['paid_amount'])}, {how}"
    words = f"batch {row['batch_id']}, line {row['line_number']}: {slip}"
    return _event({**row, "side": "batch", "fact_id": row["batch_id"]}, "keyed", words)


def _matches(store: Store, as_of: date, events: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for each side of each match that holds what was found."""
    facts = sorted({(row["side"], row["fact_id"]) for row in events if row["side"] in ("bank", "remittance", "batch")})
    if not facts:
        return []
    wanted = pa.table(
        {
            "item_id": [f"{side}-{fact_id}" for side, fact_id in facts],
            "side": [side for side, _ in facts],
            "fact_id": [fact_id for _, fact_id in facts],
        }
    )
    rows = query_table(store, "trace/matches_of", {"as_of": as_of}, {"wanted_items": wanted}).to_pylist()
    return [
        _event(row, "match", f"match {row['match_id']}, {row['status']} by {row['rule']}: {row['explanation']}")
        for row in rows
    ]
