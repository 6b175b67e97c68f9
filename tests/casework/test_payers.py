"""The payers of the reference: begun from the remittances, saved by version, told by one name or id each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from analysis.casework.payers import KEPT, TO_FILL_IN, payer_book, payer_history, payers, save_payer
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from tests.stores import empty_store, fortnight_store


@pytest.fixture
def empty() -> Iterator[Store]:
    """A store that holds nothing."""
    with empty_store() as store:
        yield store


def test_the_list_begins_with_what_came() -> None:
    """Every payer of the remittances is offered with its ids and the bank's name for it; one that is saved is kept."""
    with fortnight_store() as store:
        offered = payers(store)
        assert len(offered) == 20 and set(offered["payer_standing"]) == {TO_FILL_IN}
        larkspur = offered[offered["payer_name"] == "LARKSPUR HEALTH PLAN"].iloc[0]
        assert (larkspur["payer_ids"], larkspur["aliases"]) == ("1890000088", "LARKSPUR HLTH PL")
        told = {"payer_name": "Larkspur Health Plan", "payer_ids": "1890000088", "aliases": "LARKSPUR HLTH PL"}
        save_payer(store, told | {"refund_address": "PO Box 1\nMapleton, MA 02000"}, "ana")
        after = payers(store)
        assert len(after) == 20
        first = after.iloc[0]
        assert (first["payer_name"], first["payer_standing"], first["recorded_by"]) == (
            "Larkspur Health Plan",
            KEPT,
            "ana",
        )
        assert first["remittance_count"] == larkspur["remittance_count"]
        found = payer_book(store).find(None, "larkspur  hlth pl")
        assert found is not None and found["refund_address"].startswith("PO Box 1")


def test_every_version_is_kept_and_a_stale_one_refused(empty: Store) -> None:
    """Who saves over what someone else saved is told by whom; nothing is written."""
    number = save_payer(empty, {"payer_name": "ALPHA", "phone": "1"}, "ana")
    save_payer(empty, {"payer_name": "ALPHA", "phone": "2"}, "ben", number, 1)
    with pytest.raises(DecisionRefused, match="ben has saved this payer since, as version 2"):
        save_payer(empty, {"payer_name": "ALPHA", "phone": "3"}, "ana", number, 1)
    told = payer_history(empty, number)
    assert list(zip(told["version"], told["recorded_by"], told["phone"], strict=True)) == [
        (2, "ben", "2"),
        (1, "ana", "1"),
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"payer_name": " "}, "name is missing", id="no name"),
        pytest.param({"payer_name": "BETA", "aliases": "x; alpha"}, "ALPHA tells ALPHA already", id="another's name"),
        pytest.param({"payer_name": "BETA", "payer_ids": "77"}, "77 tells ALPHA", id="another's id"),
        pytest.param({"payer_name": "BETA", "timely_filing_days": 0}, "1 to 3660 days", id="days that are none"),
        pytest.param({"payer_name": "BETA", "eft_enrolment": "maybe"}, "is one of enrolled", id="a code that is none"),
        pytest.param({"payer_name": "BETA", "colour": "red"}, "a payer has no colour", id="a field that is none"),
    ],
)
def test_what_cannot_be_is_refused(empty: Store, fields: dict[str, Any], words: str) -> None:
    """In words, and nothing is written."""
    save_payer(empty, {"payer_name": "ALPHA", "payer_ids": "55; 77"}, "ana")
    with pytest.raises(RequestRefused, match=words):
        save_payer(empty, fields, "ana")
    assert len(payers(empty)) == 1
