"""The samples that ship with Tieout: two weeks of an invented hospital and of an invented service company, each with
its truth."""

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
from analysis.trade import set_trade, trade_of
from analysis.trade_words import HOSPITAL, SERVICE

_ROOT = Path(__file__).resolve().parent.parent / "sample_data"
AS_OF = date(2026, 11, 13)
"""The last day of both fortnights."""

CERTAIN_EVIDENCE = frozenset({"exact_trace", "cheque_number", "trace_damaged", "payer_amount", "exact_sum"})
"""The evidence, in the truth's words, on which a deposit and its remittances are tied without asking anyone."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample: the files of its days, its truth, and the trade whose words a store that holds it speaks."""

    name: str
    title: str
    folder: Path
    truth_folder: Path
    trade: str


FORTNIGHT = Sample("hospital", "sample fortnight", _ROOT / "fortnight", _ROOT / "truth", HOSPITAL)
SERVICE_COMPANY = Sample(
    "service", "sample of a service company", _ROOT / "service" / "fortnight", _ROOT / "service" / "truth", SERVICE
)
SAMPLES = {one.name: one for one in (FORTNIGHT, SERVICE_COMPANY)}
"""Both samples, by name."""

FOLDER, TRUTH = FORTNIGHT.folder, FORTNIGHT.truth_folder


def load_sample(store: Store, loaded_by: str, sample: Sample = FORTNIGHT) -> Iterator[Outcome]:
    """Loads the sample's files, and tells what became of each; the store then speaks the words of its trade."""
    if trade_of(store) != sample.trade:
        set_trade(store, sample.trade, loaded_by, f"the {sample.title} was loaded")
    yield from load(store, sources([sample.folder]), loaded_by)


@dataclass(frozen=True, slots=True)
class Truth:
    """What the sample's truth says of one figure: how many, and US dollars."""

    label: str
    count: int
    amount: Decimal


def truth(sample: Sample = FORTNIGHT) -> dict[str, Truth]:
    """The figures of the sample's truth, by name, for what matching can be certain of.

    `matched`: deposits tied to remittances; `deposited`, `remitted`, `posted`: the three legs; `credits`: accounts
    in credit.
    Raises FileNotFoundError where the sample was not generated.
    """
    links = _rows(sample, "links.csv")
    tied = [row for row in links if row["kind"] != "batch" and row["evidence"] in CERTAIN_EVIDENCE]
    certain = [row for row in tied if row["side"] == "bank"]
    credited = [row for row in _rows(sample, "bank.csv") if Decimal(row["amount"]) > 0]
    bank = [row for row in credited if row["role"] in {"deposit", "not_patient_money"}]
    advice = [
        row for row in _rows(sample, "remittances.csv") if row["duplicate_of"] == "False" and Decimal(row["amount"]) > 0
    ]
    return {
        "deposited": _figure("deposited", bank, "amount"),
        "remitted": _figure("remitted", advice, "amount"),
        "posted": _figure("posted", _rows(sample, "batches.csv"), "posted_total"),
        "matched": _figure("matched with certainty", certain, "amount"),
        "credits": _figure("credit balances", _rows(sample, "credits.csv"), "credit_balance"),
    }


def _figure(label: str, rows: list[dict[str, str]], column: str) -> Truth:
    return Truth(label, len(rows), total(Decimal(row[column]) for row in rows))


def _rows(sample: Sample, name: str) -> list[dict[str, str]]:
    with (sample.truth_folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
