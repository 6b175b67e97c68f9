"""Three ways of linking one store: Tieout's rules, exact trace and amount alone, a pandas merge on amount and date.

The last two are what users have today. They tell the pairs that they link, all of them as confirmed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import pandas as pd

from analysis.match.links import matches
from analysis.store import Store
from benchmarks.true_links import FoundPair, Pair, Status, pair, pairs_of

DEPOSITS = """
select bank_transaction_id, bank_reference as bank, amount, posted_date as day
from bank_transactions
where not_counted is null and amount > 0 and bank_reference is not null
order by posted_date, bank_reference
"""
REMITTANCES = """
select trace_number as remittance, trace_key, payment_amount as amount, payment_date as day
from remittances
where duplicate_of is null and not is_without_deposit
order by payment_date, trace_number
"""
TRACES = "select distinct bank_transaction_id, trace_key from bank_trace"
BATCHES = (
    "select batch_id as batch, control_total as amount, deposit_date as day from posting_batches order by batch_id"
)
NAMED = (
    "select distinct batch_id as batch, reference_key as trace_key from posting_lines where reference_key is not null"
)


def tieout(store: Store, as_of: date) -> Iterator[FoundPair]:
    """What the matches of that day link, pair by pair; a pair of several matches as its surest."""
    grouped: dict[int, list[dict[str, object]]] = defaultdict(list)
    for row in matches(store, as_of).to_dict("records"):
        grouped[row["match_id"]].append(row)
    found: dict[Pair, FoundPair] = {}
    for sides in grouped.values():
        amounts = {(str(row["side"]), str(row["reference"])): abs(Decimal(str(row["amount"]))) for row in sides}
        status: Status = "confirmed" if sides[0]["status"] == "confirmed" else "proposed"
        for one in pairs_of(amounts):
            if one not in found or status == "confirmed":
                found[one] = FoundPair(one, status, min(amounts[fact] for fact in one))
    yield from found.values()


def exact_trace(store: Store) -> Iterator[FoundPair]:
    """A trace in the bank's text and the amount, joined; a batch and the remittances that its lines name."""
    remittances = _frame(store, REMITTANCES)
    deposits = _frame(store, DEPOSITS).merge(_frame(store, TRACES), on="bank_transaction_id")
    yield from _confirmed(deposits.merge(remittances, on=["trace_key", "amount"]), "bank", "remittance")
    named = _frame(store, NAMED).merge(remittances, on="trace_key")
    yield from _confirmed(named, "batch", "remittance")


def amount_and_date(store: Store) -> Iterator[FoundPair]:
    """Deposits merged with remittances, then with batches, on amount and day; the first match wins."""
    deposits = _frame(store, DEPOSITS)
    for side, question in (("remittance", REMITTANCES), ("batch", BATCHES)):
        merged = deposits.merge(_frame(store, question), on=["amount", "day"])
        first = merged.drop_duplicates("bank").drop_duplicates(side)
        yield from _confirmed(first, "bank", side)


def _frame(store: Store, question: str) -> pd.DataFrame:
    """The answer with its money as exact decimals, never as floats."""
    with store.cursor() as cursor:
        table = cursor.sql(question).to_arrow_table()
    return pd.DataFrame({name: table[name].to_pylist() for name in table.column_names})


def _confirmed(frame: pd.DataFrame, one: str, other: str) -> Iterable[FoundPair]:
    rows = frame.drop_duplicates([one, other]).to_dict("records")
    return [FoundPair(pair((one, row[one]), (other, row[other])), "confirmed", row["amount"]) for row in rows]
