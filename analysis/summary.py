"""The figures of a day and of the days before it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa

from analysis.credits.audit import credits
from analysis.credits.refunds import refunds
from analysis.money import MONEY, total
from analysis.store import Store, query
from analysis.store.files import findings
from analysis.store.queries import query_table
from analysis.tieout.figures import Figure
from analysis.tieout.morning import morning, morning_frame
from analysis.tieout.morning_facts import facts
from analysis.tieout.variances import variances


def summary(store: Store, as_of: date) -> pd.DataFrame:
    """The figures of that day, each with its definition. Grain: one row per figure (`name`). Units: US dollars."""
    rows = query_table(store, "tieout/summary", {"as_of": as_of}).drop_columns(["position"]).to_pylist()
    differences = variances(store, as_of)
    owed = credits(store, as_of)
    rows += [
        {
            "name": "variances",
            "label": "Variances, net",
            "item_count": len(differences),
            "amount": total(differences["variance"]),
            "definition": "batches that do not tie and deposits not posted; deposited − posted, netted",
        },
        {
            "name": "unexplained",
            "label": "Unexplained",
            "item_count": int((differences["unexplained"] != 0).sum()),
            "amount": total(differences["unexplained"]),
            "definition": "what of the variances no evidence explains",
        },
        {
            "name": "credits",
            "label": "Credit balances",
            "item_count": len(owed),
            "amount": total(owed["credit_balance"]),
            "definition": "accounts below zero in their newest extract",
        },
    ]
    schema = pa.schema(
        [
            ("name", pa.string()),
            ("label", pa.string()),
            ("item_count", pa.int64()),
            ("amount", MONEY),
            ("definition", pa.string()),
        ]
    )
    return pa.Table.from_pylist(rows, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)


LEGS: dict[str, str] = {
    "deposited": "what came to the bank on these days, without interest, sweeps between own accounts and adjustments",
    "remitted": "what remittances of these days announce as paid in US dollars, those sent again left out",
    "posted": "what batches posted of the deposits of these days",
    "variance": "deposited − posted: below zero, more was posted than came",
}
"""The legs of the tie-out and the variance, each with its definition."""


def by_day(store: Store, as_of: date) -> pd.DataFrame:
    """Deposited, remitted and posted by day, the last 31 days. Grain: one row per day. Units: US dollars."""
    return query(store, "tieout/by_day", {"as_of": as_of})


def in_span(days: pd.DataFrame, first: date) -> dict[str, Decimal]:
    """The legs of `by_day` from that day on, and the variance, summed. Units: US dollars."""
    span = days[days["day"] >= first]
    return {leg: total(span[f"{leg}_amount"]) for leg in LEGS}


def legs_of_days(store: Store, first: date, as_of: date, leg: str) -> pd.DataFrame:
    """The rows behind a leg on the days from `first` to `as_of`, as known on the last of them.

    Grain: one row per deposit, remittance or batch. Units: US dollars.
    """
    return query(store, "tieout/legs_of_days", {"as_of": as_of, "since": first, "leg": leg})


def morning_of(store: Store, as_of: date) -> list[Figure]:
    """The fifteen questions of the morning, answered for that day."""
    return morning(facts(store, as_of, credits(store, as_of), refunds(store, as_of), findings(store, as_of)))


def morning_report(store: Store, as_of: date) -> pd.DataFrame:
    """The same as a report. Grain: one row per figure. Units: US dollars."""
    return morning_frame(morning_of(store, as_of))
