"""The roll-forward: how the unposted money of one day's end became that of the next, each term named.

closing = opening + banked − no payment + returned − posted + corrected. Every day is asked as known at its own end, so
what a bank takes back later, and a batch that is told anew, is a term of the day it became known: corrected.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, total
from analysis.store import Store
from analysis.store.queries import query_table

FORTNIGHT_DAYS = 14
WEEK = timedelta(days=7)

TERMS: dict[str, str] = {
    "opening": "in the bank and not posted at the end of the day before; below zero: more was posted than came",
    "banked": "everything on the statements of the day but items returned: money in less money out",
    "no_payment": "of it, what nobody paid for care: interest, sweeps between own accounts, fees, adjustments",
    "returned": "items that the bank took back",
    "posted": "the lines of all batches posted that day, reversals and provider adjustments with their sign",
    "corrected": "what earlier days count otherwise now: the bank corrected or repeated a day, a batch was told anew",
    "closing": "opening + banked − no payment + returned − posted + corrected",
}
"""The terms in their order, each with its definition."""

PARTS: dict[str, str] = {
    "unposted": "deposits to which no confirmed match ties a batch, those with a proposed one too",
    "no_money": "posted, and no deposit is tied to it",
    "difference": "deposited less posted where batch and deposit are tied",
    "returned": "returned items, until the account is reversed",
}
"""What closing is made of, each with its definition."""

_SCHEMA = pa.schema([("day", pa.date32()), *((f"{term}_amount", MONEY) for term in TERMS)])
_MOVED = ("side", "fact_id", "term", "item_date", "reference", "payer_name", "line_kind", "bank_account", "amount")

Row = dict[str, Any]


def roll_forward(store: Store, as_of: date, days: int = FORTNIGHT_DAYS) -> pd.DataFrame:
    """The terms of each of the days up to that one on which anything moved, and of that one itself.

    Grain: one row per day, oldest first. Units: US dollars, signed as the identity adds them up.
    """
    first = as_of - timedelta(days=days - 1)
    rows = []
    opening = _position(store, first - timedelta(days=1))["closing_amount"]
    for day in _days(store, first, as_of):
        at = _position(store, day)
        moved = {name: at[f"{name}_amount"] for name in ("banked", "no_payment", "returned", "posted")}
        row = {
            "opening": opening,
            **moved,
            "corrected": at["earlier_amount"] - opening,
            "closing": at["closing_amount"],
        }
        rows.append({"day": day} | {f"{name}_amount": amount for name, amount in row.items()})
        opening = at["closing_amount"]
    return pa.Table.from_pylist(rows, schema=_SCHEMA).to_pandas(types_mapper=pd.ArrowDtype)


def in_one(frame: pd.DataFrame) -> Row:
    """The days as one span: opening of the first, closing of the last, every other term summed. Units: US dollars."""
    rows = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    summed = {name: total(row[name] for row in rows) for name in _SCHEMA.names if name != "day"}
    ends = {"opening_amount": rows[0]["opening_amount"], "closing_amount": rows[-1]["closing_amount"]}
    return {"first_day": rows[0]["day"], "last_day": rows[-1]["day"], **summed, **ends}


def moved(store: Store, days: Sequence[date], term: str) -> pd.DataFrame:
    """The rows behind a term (banked, no_payment, returned, posted, corrected) on those days, as each was known then.

    Grain: one row per day and bank line or batch; for corrected, each that counts otherwise than before.
    Units: US dollars, adding up to the term.
    """
    rows: list[Row] = []
    for day in days:
        if term == "corrected":
            rows += _corrected(store, day)
            continue
        terms = {"banked": ("deposited", "no_payment")}.get(term, (term,))
        rows += [row | {"day": day} for row in _counted(store, day, day, day) if row["term"] in terms]
    kept = [{"day": row["day"]} | {name: row[name] for name in _MOVED} for row in rows]
    return pa.Table.from_pylist(kept, schema=_moved_schema()).to_pandas(types_mapper=pd.ArrowDtype)


def unposted_parts(store: Store, as_of: date) -> pd.DataFrame:
    """What the closing amount of that day is made of. Grain: one row per part. Units: US dollars that add up to it."""
    return query_table(store, "tieout/unposted_parts", {"as_of": as_of}).to_pandas(types_mapper=pd.ArrowDtype)


def faults(store: Store, as_of: date, days: int = 31) -> list[Row]:
    """The days of that span on which the roll-forward does not hold, in either of two ways.

    The terms must lead from opening to closing, and the closing must be what the parts, asked another way, add up to.
    """
    found = []
    opening = None
    for row in pa.Table.from_pandas(roll_forward(store, as_of, days), preserve_index=False).to_pylist():
        parts = total(unposted_parts(store, row["day"])["amount"])
        rolled = row["opening_amount"] + row["banked_amount"] - row["no_payment_amount"] + row["returned_amount"]
        rolled += row["corrected_amount"] - row["posted_amount"]
        breaks = opening is not None and opening != row["opening_amount"]
        if breaks or rolled != row["closing_amount"] or parts != row["closing_amount"]:
            found.append({"day": row["day"], "rolled": rolled, "closing": row["closing_amount"], "parts": parts})
        opening = row["closing_amount"]
    return found


def _days(store: Store, first: date, as_of: date) -> list[date]:
    """The days on which anything moved, and the last one; nothing can change on another."""
    moving = query_table(store, "tieout/moving_days", {"as_of": as_of, "since": first})["day"].to_pylist()
    return sorted({*moving, as_of})


def _position(store: Store, day: date) -> Row:
    found: Row = query_table(store, "tieout/position", {"as_of": day}).to_pylist()[0]
    return found


def _counted(store: Store, as_of: date, since: date, known_by: date) -> list[Row]:
    asked = {"as_of": as_of, "since": since, "known_by": known_by}
    rows: list[Row] = query_table(store, "tieout/counted", asked).to_pylist()
    return rows


def _corrected(store: Store, day: date) -> list[Row]:
    """What of earlier days counts otherwise at the end of that day than at the end of the day before."""
    before = day - timedelta(days=1)
    was, now = (_by_fact(_counted(store, at, date.min, before)) for at in (before, day))
    rows = []
    for key in sorted(was.keys() | now.keys()):
        change = _effect(now.get(key)) - _effect(was.get(key))
        if change != 0:
            rows.append({**(now.get(key) or was[key]), "day": day, "amount": change})
    return rows


def _by_fact(rows: list[Row]) -> dict[tuple[str, str, date], Row]:
    return {(row["side"], row["fact_id"], row["known_on"]): row for row in rows}


def _effect(row: Row | None) -> Any:
    """By how much the row changes the unposted money."""
    if row is None or row["term"] == "no_payment":
        return total(())
    return -row["amount"] if row["term"] == "posted" else row["amount"]


def _moved_schema() -> pa.Schema:
    dates = {"item_date": pa.date32(), "amount": MONEY}
    return pa.schema([("day", pa.date32()), *((name, dates.get(name, pa.string())) for name in _MOVED)])
