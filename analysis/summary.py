"""The figures of a day and of the days before it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pyarrow as pa

from analysis.credits.aging import credits
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


def by_day(store: Store, as_of: date) -> pd.DataFrame:
    """Deposited, remitted and posted by day, the last 31 days. Grain: one row per day. Units: US dollars."""
    return query(store, "tieout/by_day", {"as_of": as_of})


def morning_of(store: Store, as_of: date) -> list[Figure]:
    """The fifteen questions of the morning, answered for that day."""
    return morning(facts(store, as_of, credits(store, as_of), findings(store)))


def morning_report(store: Store, as_of: date) -> pd.DataFrame:
    """The same as a report. Grain: one row per figure. Units: US dollars."""
    return morning_frame(morning_of(store, as_of))
