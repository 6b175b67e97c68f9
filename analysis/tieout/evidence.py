"""Everything known of every posting batch that bears on whether it ties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from analysis.days import business_days_between
from analysis.money import ZERO
from analysis.tieout.known import Known
from analysis.tieout.legs import batch_legs, batch_remittances
from analysis.tieout.parts import Evidence, Row

_MOST_DAYS = 400
"""How far the day keyed may lie from a free deposit's: a year, keyed wrong by one."""


def gathered(known: Known, returns: Mapping[int, Sequence[Row]]) -> list[Evidence]:
    """The evidence of every batch known on that day, by deposit date and batch. `returns`: what the bank took back."""
    shares = batch_remittances(known)
    legs = batch_legs(known, shares, returns)
    accounts = _by_batch(known.rows("account_differences"))
    provider = _by_batch(known.rows("provider_differences"))
    receipts = _by_batch(known.rows("receipt_differences"))
    remittances = _by_batch(shares)
    lines = _by_batch(known.rows("batch_lines", {"batch_id": None}))
    deposits = _by_batch(known.rows("batch_deposits"))
    candidates = _candidates(legs, remittances, known.rows("free_deposits"))
    offers = _by_batch(known.rows("offers"))
    usual = _usual_days(legs, deposits, remittances)
    return [
        Evidence(
            legs=row,
            accounts=accounts[row["batch_id"]],
            provider=provider[row["batch_id"]],
            receipts=receipts[row["batch_id"]],
            remittances=remittances[row["batch_id"]],
            lines=lines[row["batch_id"]],
            deposits=deposits[row["batch_id"]],
            candidates=candidates[row["batch_id"]],
            offers=offers[row["batch_id"]],
            usual_days=usual.get((row["batch_type"], row["bank_account"])),
            as_of=known.as_of,
        )
        for row in legs
    ]


def _candidates(
    legs: Iterable[Row], remittances: Mapping[str, list[Row]], free: Iterable[Row]
) -> Mapping[str, list[Row]]:
    """The free deposits of the amount of a batch that has no money and names no remittance, each with how many such
    batches it fits."""
    by_amount: dict[Decimal, list[Row]] = defaultdict(list)
    for row in free:
        by_amount[row["amount"]].append(row)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    wanted: Counter[int] = Counter()
    for batch in legs:
        if batch["deposited_total"] != ZERO or remittances[batch["batch_id"]]:
            continue
        for amount in {batch["control_total"], batch["posted_total"]}:
            near = [
                one for one in by_amount[amount] if abs((one["posted_date"] - batch["deposit_date"]).days) <= _MOST_DAYS
            ]
            found[batch["batch_id"]] += [dict(one) for one in near]
            wanted.update(one["bank_transaction_id"] for one in near)
    for rows in found.values():
        for row in rows:
            row["wanted_by"] = wanted[row["bank_transaction_id"]]
    return found  # type: ignore[return-value]


def _usual_days(
    legs: Iterable[Row], deposits: Mapping[str, list[Row]], remittances: Mapping[str, list[Row]]
) -> dict[tuple[str | None, str | None], int]:
    """The business days that deposits of a type of batch most often take into a bank account."""
    seen: dict[tuple[str | None, str | None], Counter[int]] = defaultdict(Counter)
    for batch in legs:
        if not remittances[batch["batch_id"]]:
            for row in deposits[batch["batch_id"]]:
                days = business_days_between(batch["deposit_date"], row["posted_date"])
                seen[batch["batch_type"], batch["bank_account"]][days] += 1
    return {key: max(sorted(days), key=days.__getitem__) for key, days in seen.items()}


def _by_batch(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["batch_id"]].append(row)
    return grouped
