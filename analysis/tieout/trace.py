"""Tracing: everything known of an amount, trace, cheque, claim, account or payer, on one time line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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

MOST_SIDES = 4
"""Of a match more sides than these are only counted."""

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
    "bank line",
    "remittance",
    "claim",
    "provider adjustment",
    "posting batch",
    "posted line",
    "keyed",
    "account entry",
    "match",
)
_NAMES: Mapping[str, str] = {"bank": "deposit", "remittance": "remittance", "batch": "batch"}
_SIDES = tuple(_NAMES)
_TOGETHER: Mapping[str, str] = {
    "bank line": "the deposit of this money",
    "remittance": "the remittance of this money",
    "claim": "paid in that remittance",
    "provider adjustment": "taken or added in that remittance",
    "posting batch": "the batch that posted it",
    "account entry": "on the patient's account",
}


def trace(store: Store, text: str, as_of: date) -> pd.DataFrame:
    """Everything that happened to the money that the text may mean, as far as it was known on that day.

    The text is read as an amount, as a trace, cheque, claim, account or batch number, and as part of a payer's or
    patient's name. What is found brings what hangs together with it: deposit, remittance, claim, posting, account.
    Grain: one row per event, in order of days; a match is one event. Units: US dollars. Names of patients are never in
    it.
    """
    amount, number = dollars(text), trace_key(text)
    words = text.strip().upper() if len(text.strip()) >= SHORTEST_NAME and amount is None else None
    asked = {"as_of": as_of, "amount": amount, "number": number, "words": words}
    hits = {(row["kind"], row["row_id"]): row for row in query_table(store, "trace/hits", asked).to_pylist()}
    if not hits:
        return _frame([])
    wanted = _wanted(((kind, row_id, _how(row)) for (kind, row_id), row in hits.items()))
    rows = query_table(store, "trace/events", {"as_of": as_of}, wanted).to_pylist()
    events = [_fact(row, hits.get((row["kind"], row["row_id"]))) for row in rows]
    events += _matches(store, as_of, events)
    events.sort(key=lambda row: (row["day"], _ORDER.index(row["what"]), row["fact_id"], row["place"] or 0))
    if len(events) > MOST_EVENTS:
        more = len(events) - MOST_EVENTS
        events = [*events[:MOST_EVENTS], {**events[MOST_EVENTS], "words": f"and {more:,} more; search for less"}]
    return _frame(events)


def _frame(events: list[dict[str, Any]]) -> pd.DataFrame:
    return pa.Table.from_pylist(events, schema=EVENTS).to_pandas(types_mapper=pd.ArrowDtype)


def _wanted(facts: Iterable[tuple[str, str, str]]) -> dict[str, pa.Table]:
    rows = [{"item_id": item_id, "side": side, "fact_id": fact_id} for side, fact_id, item_id in facts]
    return {"wanted_items": pa.Table.from_pylist(rows)}


def _how(hit: Mapping[str, Any]) -> str:
    return "name" if hit["is_by_name"] else "number"


def _event(row: Mapping[str, Any], what: str, words: str) -> dict[str, Any]:
    return {name: row.get(name) for name in EVENTS.names} | {"what": what, "words": words}


def _fact(row: Mapping[str, Any], hit: Mapping[str, Any] | None) -> dict[str, Any]:
    """A fact: why it is here, what it was keyed for, and why its money does not count."""
    what, said = row["kind"], []
    if what == "posted line":
        said.append(f"batch {row['fact_id']}, line {row['line_number']}")
        if row["paid_amount"] is not None:
            what, (_, how) = "keyed", cause_of(row["amount"], row["paid_amount"])
            said[0] += f": keyed {show(row['amount'])} for {show(row['paid_amount'])}, {how}"
    elif hit is None:
        said.append(_TOGETHER[what])
    if hit is not None and what != "keyed":
        said.append(f"agrees in {hit['field']}")
    if row["not_counted"]:
        said.append(f"does not count: {row['not_counted']}")
    return _event(row, what, "; ".join(said))


def _matches(store: Store, as_of: date, events: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each match that holds what was found, once: its sides side by side, and what it rests on in plain words."""
    facts = sorted({(row["side"], row["fact_id"]) for row in events if row["side"] in _SIDES})
    if not facts:
        return []
    wanted = _wanted((side, fact_id, f"{side}-{fact_id}") for side, fact_id in facts)
    matches: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in query_table(store, "trace/matches_of", {"as_of": as_of}, wanted).to_pylist():
        matches[row["match_id"]].append(row)
    return [_match(sorted(sides, key=lambda row: _SIDES.index(row["side"]))) for sides in matches.values()]


def _match(sides: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    names = [f"{_NAMES[row['side']]} {row['reference'] or 'without a number'}" for row in sides]
    more = f" and {len(names) - MOST_SIDES} more" if len(names) > MOST_SIDES else ""
    first = sides[0]
    made = "proposed, not confirmed" if first["status"] == "proposed" else "matched"
    together = " with ".join(names[:MOST_SIDES]) + more
    return _event(first, "match", f"{together}: {made}, as {first['explanation']}")
