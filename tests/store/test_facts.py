"""The views that are lent to cursors rest on facts alone, so that what is kept of them holds until the next load."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analysis.match.decisions import Who, hold
from analysis.match.standing import item_version
from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.store import facts as facts_of_stores
from analysis.store.facts import LENT, Facts
from analysis.store.statements import views, with_views_below
from tests.files import bai2, loaded
from tests.keepers.tree import ROOT
from tests.stores import fortnight_store

OF_LOADS = {"ach_batch", "ach_entry", "bank_trace", "bank_day"}
"""Tables without a file's id of their own that only a load writes, and the calendar."""


@pytest.fixture(scope="module")
def tables_of_facts(fortnight: Store) -> dict[str, bool]:
    """Of each table whether only loads write it."""
    with fortnight.cursor() as cursor:
        names = [name for (name,) in cursor.execute("select table_name from duckdb_tables()").fetchall()]
        return {name: "file_id" in cursor.table(name).columns or name in OF_LOADS for name in names}


@pytest.mark.parametrize("view", LENT)
def test_a_lent_view_rests_on_facts_alone(view: str, tables_of_facts: dict[str, bool]) -> None:
    """Every table below it is written by loads, and every lent view below it comes before it."""
    below = with_views_below(view)
    words = {word for one in below for word in re.findall(r"\w+", re.sub("--.*", "", views()[one]))}
    tables = (words & tables_of_facts.keys()) - views().keys()
    assert tables and all(tables_of_facts[one] for one in tables), tables
    before = LENT[: LENT.index(view)]
    assert below & set(LENT) <= {view, *before}


def test_facts_are_altered_by_one_statement_alone(tables_of_facts: dict[str, bool]) -> None:
    """No other SQL of ours updates or deletes from a table of facts; that one is told by the facts' version."""
    altered = set()
    for path in (ROOT / "analysis" / "sql").rglob("*.sql"):
        for table in re.findall(r"^(?:update|delete from)\s+(\w+)", path.read_text("utf-8"), re.MULTILINE):
            if tables_of_facts.get(table):
                altered.add((path.stem, table))
    assert altered == {("release_files", "source_file")}


def test_what_is_kept_is_what_the_views_tell() -> None:
    """Before and after a decision and a load, on the first question and the next."""
    with fortnight_store() as store:
        assert_as_the_views_tell(store)
        first = unmatched(store, AS_OF).iloc[0]["item_id"]
        hold(store, first, item_version(store, first), Who("ana", AS_OF), "asked")
        assert_as_the_views_tell(store)
        loaded(store, bai2(("AAA1", "100.00"), day="261109"))
        assert_as_the_views_tell(store)


def assert_as_the_views_tell(store: Store) -> None:
    """Lent twice, each view has the rows that it has on a cursor to which nothing was lent."""
    with store.cursor() as cursor:
        wanted = {view: sorted(map(repr, cursor.view(view).fetchall())) for view in LENT}
    for _ in range(2):
        with store.cursor() as cursor:
            store.facts.lend(cursor, date.max, set(LENT), set())
            assert {view: sorted(map(repr, cursor.view(view).fetchall())) for view in LENT} == wanted


def test_what_straddles_a_load_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that comes in between two views of one question: the next question sees it in all of them."""
    facts = Facts()
    loaded(store, bai2(("AAA1", "100.00"), day="261109"))
    found = facts_of_stores._rows

    def straddled(cursor, view: str):
        if view == "bank_transactions":
            loaded(store, bai2(("BBB2", "200.00"), day="261109"))
        return found(cursor, view)

    for asked in (straddled, found):
        monkeypatch.setattr(facts_of_stores, "_rows", asked)
        with store.cursor() as cursor:
            facts.lend(cursor, date.max, set(LENT), set())
            counts = [len(cursor.view(view).fetchall()) for view in ("bank_tellings", "bank_transactions")]
        assert counts == ([1, 1] if asked is straddled else [2, 2])
