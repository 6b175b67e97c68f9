"""Saved filters: named, one's own or shared, replaced and removed by who saved them."""

from __future__ import annotations

import pytest

from analysis.casework.filters import MINE, filter_named, filters_for, fitting, remove_filter, save_filter
from analysis.problems import RequestRefused
from analysis.store import Store
from tests.casework.desks import Desk, item


def test_a_filter_is_ones_own_until_it_is_shared(store: Store) -> None:
    """Another sees it once it is shared; saving the name again replaces it; only its owner removes it."""
    save_filter(store, " Old money ", {"item_type": ["unidentified_payment"]}, MINE, "ana", is_shared=False)
    assert [one.name for one in filters_for(store, "Ana")] == ["Old money"]
    assert filters_for(store, "ben") == []
    with pytest.raises(RequestRefused, match="no saved filter"):
        filter_named(store, "Old money", "ben")
    save_filter(store, "Old money", {"state": ["new"]}, "all", "ana", is_shared=True)
    assert dict(filter_named(store, "Old money", "ben").chosen) == {"state": ["new"]}
    with pytest.raises(RequestRefused, match="only who saved"):
        remove_filter(store, "Old money", "ben")
    remove_filter(store, "Old money", "ana")
    assert filters_for(store, "ana") == []


@pytest.mark.parametrize(
    ("name", "chosen", "whose"),
    [
        pytest.param(" ", {}, "all", id="no name"),
        pytest.param("x" * 61, {}, "all", id="a long name"),
        pytest.param("x", {"patient_name": ["DOE"]}, "all", id="a column that is none"),
        pytest.param("x", {}, "yours", id="of nobody known"),
    ],
)
def test_what_is_no_filter_is_refused(store: Store, name: str, chosen: dict[str, list[str]], whose: str) -> None:
    """And nothing is saved."""
    with pytest.raises(RequestRefused):
        save_filter(store, name, chosen, whose, "ana", is_shared=True)
    assert filters_for(store, "ana") == []


def test_a_shared_filter_of_mine_is_about_whoever_uses_it(store: Store) -> None:
    """`mine` is the cases of the person who applies it, in the order of the worklist."""
    desk = Desk(store, [item("a"), item("b"), item("c", item_type="returned_item")])
    desk.set("a", owner="ana")
    desk.set("b", owner="ben")
    desk.set("c", owner="ben")
    save_filter(store, "mine", {"item_type": ["deposit_without_remittance"]}, MINE, "ana", is_shared=True)
    one = filter_named(store, "mine", "ben")
    assert [list(fitting(desk.frame(), one, name)["case_id"]) for name in ("ana", "ben")] == [["a"], ["b"]]
