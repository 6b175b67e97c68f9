"""What a person may match to one open item: the rules' proposals that include it, and other open facts, best first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa

from analysis.match.rule_settings import rules_in_force
from analysis.match.windows import fits
from analysis.money import dollars
from analysis.store import Store, query
from analysis.store.queries import query_table

MEANINGS = ((70, "strong"), (45, "likely"), (25, "possible"), (0, "faint"))
"""From which score of 100 on a candidate is called what; what each field counts stands in `sql/match/candidates`."""


def candidates(store: Store, side: str, fact_id: str, as_of: date, find: str = "") -> pd.DataFrame:
    """The open facts that may belong to this one, or those that `find` names by amount, trace or payer.

    Grain: one row per other open fact, at most 50 of a side, those of a proposal first, then by score. Units: US
    dollars open, bank business days apart; the four `…_fit` columns are agrees, near, differs or unknown; `meaning`
    says what the score is. Empty where nothing of the fact itself is open.
    """
    words = find.strip()
    asked = {"own_side": side, "own_fact_id": fact_id, "as_of": as_of, "words": words, "amount": dollars(words)}
    found = query_table(store, "match/candidates", asked | fits(rules_in_force(store, as_of)))
    said = [meaning(score) for score in found["score"].to_pylist()]
    return found.append_column("meaning", pa.array(said, pa.string())).to_pandas(types_mapper=pd.ArrowDtype)


def posting_amount(store: Store, side: str, fact_id: str) -> Decimal | None:
    """What a batch can be tied to of the fact in US dollars: the whole; None where a batch is tied to it already."""
    rows = query_table(store, "match/open_fact", {"leg": "posting", "side": side, "fact_id": fact_id}).to_pylist()
    return rows[0]["open_amount"] if rows else None


def meaning(score: int) -> str:
    """The score in a word."""
    return next(word for least, word in MEANINGS if score >= least)


def proposals(store: Store, side: str, fact_id: str, as_of: date) -> pd.DataFrame:
    """The proposals of the rules that include the fact, the surest first; each with the version to decide on.

    Grain: one row per proposal. Units: US dollars of the other sides; remainder_amount is deposits less the rest.
    """
    return query(store, "match/proposals", {"side": side, "fact_id": fact_id, "as_of": as_of})
