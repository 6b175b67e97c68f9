"""The payments that matching is measured on are mixed as said, and their truth adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from analysis.store import Store
from benchmarks.synthetic_mix import KINDS, MIX
from benchmarks.synthetic_payments import World, write
from tests.stores import empty_store

COUNT = 2_000

Row = dict[str, object]


@pytest.fixture(scope="module")
def written() -> Iterator[tuple[Store, World]]:
    """A small world in a store in memory."""
    with empty_store() as store:
        yield store, write(store, COUNT, seed=1)


def rows(store: Store, table: str, columns: str) -> list[Row]:
    """Rows of a table."""
    with store.cursor() as cursor:
        return cursor.sql(f"select {columns} from {table}").to_arrow_table().to_pylist()


def truth(world: World) -> Iterator[tuple[int, int, str]]:
    """Each remittance, its deposit (-1 for none) and its kind."""
    kinds = [KINDS[number] for number in world.kinds]
    yield from zip(world.remittance_ids.tolist(), world.bank_ids.tolist(), kinds, strict=True)


def test_as_many_bank_lines_as_remittances_in_the_mix_said(written: tuple[Store, World]) -> None:
    """Of each kind its share of a hundred."""
    store, world = written
    kinds = Counter(KINDS[number] for number in world.kinds)
    assert sum(MIX.values()) == 100
    assert kinds == {kind: COUNT * share // 100 for kind, share in MIX.items()}
    assert len(rows(store, "bank_transaction", "amount")) == len(rows(store, "remittance", "payment_amount")) == COUNT


def test_a_deposit_is_the_sum_of_the_remittances_it_pays(written: tuple[Store, World]) -> None:
    """To the cent; what is alone has none."""
    store, world = written
    payments = {one["remittance_id"]: one["payment_amount"] for one in rows(store, "remittance", "*")}
    deposits = {one["bank_transaction_id"]: one["amount"] for one in rows(store, "bank_transaction", "*")}
    paid: Counter[int] = Counter()
    for remittance_id, bank_id, kind in truth(world):
        assert (bank_id == -1) is (kind == "alone")
        if bank_id != -1:
            paid[bank_id] += payments[remittance_id]
    assert all(deposits[bank_id] == amount for bank_id, amount in paid.items())


def test_what_the_bank_keeps_of_a_trace_is_what_its_kind_says(written: tuple[Store, World]) -> None:
    """Equal, cut, a suffix, one digit wrong, or nothing."""
    store, world = written
    traces = {one["remittance_id"]: str(one["trace_key"]) for one in rows(store, "remittance", "*")}
    keys = "bank_transaction_id, trace_key"
    kept = {
        one["bank_transaction_id"]: str(one["trace_key"]) for one in rows(store, "bank_trace where position = 1", keys)
    }
    for remittance_id, bank_id, kind in truth(world):
        trace, found = traces[remittance_id], kept.get(bank_id)
        if kind in ("exact", "vendor", "cheque"):
            assert found == trace
        elif kind == "cut":
            assert found == trace[:15] != trace
        elif kind == "suffix":
            assert found is not None and trace.endswith(found) and found != trace
        elif kind == "digit":
            assert found is not None and len(found) == len(trace)
            assert sum(mine != theirs for mine, theirs in zip(found, trace, strict=True)) == 1
        else:
            assert found is None


def test_facts_count_and_balance(written: tuple[Store, World]) -> None:
    """Nothing is a duplicate, void or out of balance, so that only the matching is measured."""
    store, _ = written
    assert not [one for one in rows(store, "remittances", "*") if one["duplicate_of"] or one["is_without_deposit"]]
    assert not [one for one in rows(store, "bank_transactions", "*") if one["not_counted"]]
    assert all(one["in_balance"] for one in rows(store, "remittance_balances", "*"))
