"""The files that speed is measured on hold what their totals say, and balance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import oxedi
import pyarrow as pa
import pytest

from benchmarks.synthetic_835 import Totals, write_many, write_one

Row = dict[str, Any]
SIZE_BYTES = 200_000


def read(path: Path) -> dict[str, list[Row]]:
    """oxedi's rows by table; it must find nothing to say of the file."""
    result = oxedi.parse(path.read_bytes())
    assert list(result.diagnostics) == []
    return {name: pa.table(result.tables[name]).to_pylist() for name in result.tables}


def counted(tables: dict[str, list[Row]]) -> Totals:
    """What the rows of one file add up to."""
    return Totals(
        transactions=len(tables["payments"]),
        claims=len(tables["claims"]),
        lines=len(tables["services"]),
        adjustments=len(tables["adjustments"]),
        paid_cents=int(100 * sum(row["payment_amount"] for row in tables["claims"])),
        payment_cents=int(100 * sum(row["total_payment_amount"] for row in tables["payments"])),
    )


def summed(rows: Iterable[Row], key: str, column: str) -> dict[object, Decimal]:
    """A money column by whose it is."""
    found: dict[object, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row[key]] += row[column]
    return found


def out_of_balance(tables: dict[str, list[Row]]) -> list[str]:
    """The lines, claims and transactions that do not add up."""
    by_line = summed(tables["adjustments"], "service", "amount")
    by_claim = summed(tables["adjustments"], "claim", "amount")
    paid = summed(tables["claims"], "payment", "payment_amount")
    withheld = summed(tables["provider_adjustments"], "payment", "amount")
    faults = [
        f"{name} {row['row']}"
        for name, adjusted in (("services", by_line), ("claims", by_claim))
        for row in tables[name]
        if row["charge_amount"] - adjusted[row["row"]] != row["payment_amount"]
    ]
    for row in tables["payments"]:
        if row["total_payment_amount"] != paid[row["row"]] - withheld[row["row"]]:
            faults.append(f"payments {row['row']}")
    return faults


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_totals_are_true_and_everything_balances(seed: int, tmp_path: Path) -> None:
    """By another reader than the one that is measured against them, and another sum."""
    path = tmp_path / "one.835"
    totals = write_one(path, SIZE_BYTES, seed)
    tables = read(path)
    found = counted(tables)
    found.size_bytes = path.stat().st_size
    assert found == totals
    assert out_of_balance(tables) == []
    withheld = sum(row["amount"] for row in tables["provider_adjustments"])
    assert totals.paid_cents - totals.payment_cents == int(100 * withheld)


def test_provider_adjustments_are_among_them(tmp_path: Path) -> None:
    """The third balance is not proved on nothing."""
    write_one(tmp_path / "one.835", SIZE_BYTES, seed=2)
    assert read(tmp_path / "one.835")["provider_adjustments"]


def test_many_files_hold_together_what_their_totals_say(tmp_path: Path) -> None:
    """Whole files, each about as large as asked for, no two of the same bytes."""
    totals = write_many(tmp_path / "many", SIZE_BYTES, per_file_bytes=20_000)
    paths = sorted((tmp_path / "many").iterdir())
    assert len(paths) > 4
    assert len({path.read_bytes() for path in paths}) == len(paths)
    found = Totals()
    for path in paths:
        tables = read(path)
        assert out_of_balance(tables) == []
        one = counted(tables)
        for name in ("transactions", "claims", "lines", "adjustments", "paid_cents", "payment_cents"):
            setattr(found, name, getattr(found, name) + getattr(one, name))
        found.size_bytes += path.stat().st_size
    assert found == totals
    assert max(path.stat().st_size for path in paths) < 60_000


def test_same_seed_same_bytes_and_a_small_file_opens_a_large_one(tmp_path: Path) -> None:
    """So that what a slower reader gets is a slice of what the faster one gets."""
    for name, size in (("small", 50_000), ("again", 50_000), ("large", SIZE_BYTES)):
        write_one(tmp_path / name, size, seed=1)
    small, again, large = ((tmp_path / name).read_bytes() for name in ("small", "again", "large"))
    assert small == again
    transactions = small[small.index(b"ST*835*") : small.rindex(b"GE*")]
    assert transactions in large
