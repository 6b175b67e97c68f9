"""The time line of money: what happened to it day by day, from the bank to the account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.trace import More

MOST = 200
"""Events that are shown of one kind; the rest are counted."""

STEPS = ("follow_claims", "follow_money", "follow_parts", "follow_lines", "follow_entries")
"""The queries that follow the money, each from all that those before it reached."""

ORDER = (
    "remittance",
    "claim",
    "provider_adjustment",
    "receipt",
    "bank_line",
    "match",
    "batch",
    "posted_line",
    "ledger_entry",
    "account",
    "decision",
)
"""The kinds of event as they stand within a day."""

_EVENTS = pa.schema(
    [
        ("day", pa.date32()),
        ("what", pa.string()),
        ("words", pa.string()),
        ("amount", MONEY),
        ("reference", pa.string()),
        ("payer_name", pa.string()),
        ("side", pa.string()),
        ("fact_id", pa.string()),
        ("file_name", pa.string()),
        ("file_id", pa.int64()),
        ("place", pa.int32()),
        ("event_id", pa.string()),
    ]
)

Known = dict[tuple[str, str], bool]
"""The facts that are followed, by kind and id, each with whether all that belongs to it is followed too."""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What happened. events: one row per event (`event_id`), the oldest first. Units: US dollars as files sign them."""

    events: pd.DataFrame
    more: tuple[More, ...]


def time_line(store: Store, facts: Iterable[tuple[str, str]], as_of: date) -> TimeLine:
    """All that was known by that day's end to have happened to the money of these facts (kind and id of a hit)."""
    known: Known = dict.fromkeys(facts, True)
    if not known:
        return TimeLine(_frame([]), ())
    for step in STEPS:
        for row in query_table(store, f"trace/{step}", {"as_of": as_of}, {"traced_facts": _table(known)}).to_pylist():
            fact = (row["what"], row["seed_id"])
            known[fact] = known.get(fact, False) or row["is_whole"]
    asked, instead = {"as_of": as_of, "most": MOST}, {"traced_facts": _table(known)}
    told = query_table(store, "trace/facts", asked, instead).to_pylist()
    matched = [_match(row) for row in query_table(store, "trace/matches", asked, instead).to_pylist()]
    decided = [_decision(row) for row in query_table(store, "trace/decisions", asked, instead).to_pylist()]
    rows = [{**row, "event_id": f"{row['what']}-{row['seed_id']}"} for row in told] + matched + decided
    rows.sort(key=_place)
    return TimeLine(_frame(rows), tuple(_more(rows)))


def money_of(store: Store, hits: pd.DataFrame, as_of: date) -> TimeLine:
    """The time line of the hits of a search."""
    return time_line(store, zip(hits["what"], hits["seed_id"], strict=True), as_of)


def _table(known: Known) -> pa.Table:
    rows = [{"what": what, "seed_id": seed_id, "is_whole": whole} for (what, seed_id), whole in known.items()]
    schema = pa.schema([("what", pa.string()), ("seed_id", pa.string()), ("is_whole", pa.bool_())])
    return pa.Table.from_pylist(rows, schema=schema)


def _match(row: Mapping[str, Any]) -> dict[str, Any]:
    words = f"{row['status']} by {_rule(row['rule'])} between {row['side_count']} facts: {row['explanation']}"
    made = f"run {row['run_id']}, {row['run_by']}, {row['made_at']:%Y-%m-%d %H:%M} UTC"
    return {
        "day": row["day"],
        "what": "match",
        "words": f"{words} ({made})",
        "amount": row["amount"],
        "reference": f"match {row['match_id']}",
        "event_id": f"match-{row['match_id']}",
        "found_count": row["found_count"],
    }


def _rule(rule: str) -> str:
    return "hand" if rule == "by_hand" else f"the rule {rule.replace('_', ' ')}"


def _decision(row: Mapping[str, Any]) -> dict[str, Any]:
    why = f": {row['reason']}" if row["reason"] else ""
    return {
        "day": row["day"],
        "what": "decision",
        "words": f"{row['action']} by {row['decided_by']}, {row['decided_at']:%Y-%m-%d %H:%M} UTC{why}",
        "reference": f"{row['subject_type']} {row['subject_id']}",
        "event_id": f"decision-{row['decision_id']}",
        "found_count": row["found_count"],
    }


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["day"], ORDER.index(row["what"]), row.get("file_id") or 0, row.get("place") or 0, row["event_id"]


def _more(rows: Iterable[Mapping[str, Any]]) -> Iterator[More]:
    """What the limits left out, by kind."""
    shown: dict[str, int] = {}
    found: dict[str, int] = {}
    for row in rows:
        shown[row["what"]] = shown.get(row["what"], 0) + 1
        found[row["what"]] = row["found_count"]
    for what in ORDER:
        if found.get(what, 0) > shown.get(what, 0):
            yield More(what, found[what] - shown[what])


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pa.Table.from_pylist(rows, schema=_EVENTS).to_pandas(types_mapper=pd.ArrowDtype)
