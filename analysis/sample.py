"""The sample fortnight that ships with Tieout: an invented hospital's files, with their truth beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from analysis.money import total
from analysis.store import Store
from analysis.store.loading import Outcome, load, sources

FOLDER = Path(__file__).resolve().parent.parent / "sample_data" / "fortnight"
TRUTH = FOLDER.parent / "truth"
AS_OF = date(2026, 11, 13)
"""The last day of the fortnight."""

CERTAIN_EVIDENCE = frozenset({"exact_trace", "cheque_number", "trace_damaged", "payer_amount", "exact_sum"})
"""The evidence, in the truth's words, on which a deposit and its remittances are tied without asking anyone."""


def load_sample(store: Store, loaded_by: str) -> Iterator[Outcome]:
    """Loads the fortnight's files, and tells what became of each."""
    yield from load(store, sources([FOLDER]), loaded_by)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the sample's truth says of one figure: how many, and US dollars."""

    label: str
    count: int
    amount: Decimal


def truth() -> dict[str, Truth]:
    """The figures of the sample's truth, by name, for what matching can be certain of.

    `matched`: deposits tied to remittances; `deposited`, `remitted`, `posted`: the three legs; `credits`: accounts
    in credit.
    Raises FileNotFoundError where the sample was not generated.
    """
    links = _rows("links.csv")
    tied = [row for row in links if row["kind"] != "batch" and row["evidence"] in CERTAIN_EVIDENCE]
    certain = [row for row in tied if row["side"] == "bank"]
    credited = [row for row in _rows("bank.csv") if Decimal(row["amount"]) > 0]
    bank = [row for row in credited if row["role"] in {"deposit", "not_patient_money"}]
    advice = [row for row in _rows("remittances.csv") if row["duplicate_of"] == "False" and Decimal(row["amount"]) > 0]
    return {
        "deposited": _figure("deposited", bank, "amount"),
        "remitted": _figure("remitted", advice, "amount"),
        "posted": _figure("posted", _rows("batches.csv"), "posted_total"),
        "matched": _figure("matched with certainty", certain, "amount"),
        "credits": _figure("credit balances", _rows("credits.csv"), "credit_balance"),
    }


def _figure(label: str, rows: list[dict[str, str]], column: str) -> Truth:
    return Truth(label, len(rows), total(Decimal(row[column]) for row in rows))


def _rows(name: str) -> list[dict[str, str]]:
    with (TRUTH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
