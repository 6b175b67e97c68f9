"""A day's questions share a picture of the day: the answers are those of the views, and never older than the store."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from analysis.exports import to_csv
from analysis.match.unmatched import unmatched
from analysis.problems import StoreProblem
from analysis.reports import REPORTS
from analysis.store import Store, facts, open_store
from analysis.store.connection import MEMORY_VARIABLE
from analysis.store.queries import query_table
from analysis.store.statements import with_views_below
from tests.files import bai2, loaded
from tests.stores import fortnight_file, fortnight_store

DAY = date(2026, 11, 9)
LINES = with_views_below("bank_transactions")


def reported(store: Store) -> dict[str, bytes]:
    """Every report of the day, to the letter."""
    return {name: to_csv(report.make(store, DAY)) for name, report in REPORTS.items()}


def test_reports_are_those_of_the_views_themselves(fortnight: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same fortnight taken for a large store, of which only the links are copied."""
    by_pictures = reported(fortnight)
    monkeypatch.setattr(facts, "MOST_FACTS", 0)
    with fortnight_store() as large:
        assert reported(large) == by_pictures


def test_what_comes_in_is_seen_at_once(store: Store) -> None:
    """Asked before, between and after two loads."""
    counts = [len(unmatched(store, DAY))]
    for number, trace in enumerate(("AAA1", "BBB2")):
        loaded(store, bai2((trace, f"{number + 1}00.00"), day="261109"))
        counts.append(len(unmatched(store, DAY)))
    assert counts == [0, 1, 2]


def lines_seen(cursor: DuckDBPyConnection) -> tuple[int, int]:
    """How many bank lines the picture's copy has, and how many the store."""
    copied, stored = (
        cursor.table(name).count("1").fetchall()[0][0] for name in ("bank_transactions", "bank_transaction")
    )
    return copied, stored


@pytest.mark.parametrize("changes", [1, 5])
def test_what_changed_under_a_question_is_asked_again(store: Store, changes: int) -> None:
    """Each time it is asked a file comes in: the answer is of one moment, also where the changes do not stop."""
    seen = []

    def question(cursor: DuckDBPyConnection) -> tuple[int, int]:
        copied = lines_seen(cursor)[0]
        if len(seen) < changes:
            loaded(store, bai2((f"AAA{len(seen)}", "100.00"), day="261109"))
        seen.append((copied, lines_seen(cursor)[1]))
        return seen[-1]

    copied, stored = store.pictures.ask(DAY, question, LINES)
    assert copied == stored == min(changes, 3)
    assert seen[0] == (0, 1)
    assert store.pictures.ask(DAY, lines_seen, LINES) == (changes if changes == 1 else 4,) * 2


def test_threads_ask_at_once(fortnight: Store) -> None:
    """Eight of them, two days: each gets its own day's answer."""
    days = [DAY, date(2026, 11, 4)]
    wanted = {day: query_table(fortnight, "match/open_of_day", {"as_of": day, "late_after": 3}) for day in days}
    found: list[bool] = []

    def ask(day: date) -> None:
        answer = query_table(fortnight, "match/open_of_day", {"as_of": day, "late_after": 3})
        found.append(answer.equals(wanted[day]))

    threads = [threading.Thread(target=ask, args=(days[number % 2],)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [True] * 8


def test_views_are_made_anew_only_when_their_text_changed(tmp_path: Path) -> None:
    """A store that an older Tieout made gets the views of this one."""
    path = tmp_path / "tieout.duckdb"
    with open_store(path) as store, store.cursor() as cursor:
        cursor.execute("create or replace view open_items as from source_file")
    with open_store(path) as store, store.cursor() as cursor:
        assert cursor.view("open_items").columns == cursor.table("source_file").columns
        cursor.execute("update view_text set text_hash = 'older'")
    with open_store(path) as store, store.cursor() as cursor:
        assert "item_id" in cursor.view("open_items").columns


@pytest.mark.parametrize("named", ["much", ""])
def test_an_amount_of_memory_that_is_none_is_refused(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words that name the variable; an empty one counts as not set."""
    monkeypatch.setenv(MEMORY_VARIABLE, named)
    if named:
        with pytest.raises(StoreProblem, match=MEMORY_VARIABLE):
            open_store(None)
    else:
        open_store(None).close()


def test_too_little_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be answered within it names the variable, and nothing of the data."""
    path = fortnight_file(tmp_path / "tieout.duckdb")
    monkeypatch.setenv(MEMORY_VARIABLE, "6MB")
    with open_store(path) as store, pytest.raises(StoreProblem, match=MEMORY_VARIABLE):
        unmatched(store, DAY)


def test_what_does_not_fit_waits_in_a_private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the store, emptied of what a killed process left, and gone when the store is closed."""
    path, folder = tmp_path / "tieout.duckdb", tmp_path / "tieout.duckdb.tmp"
    folder.mkdir()
    (folder / "left_behind.tmp").write_text("of a process that was killed")
    monkeypatch.setenv(MEMORY_VARIABLE, "60MB")
    with open_store(path) as store, store.cursor() as cursor:
        assert list(folder.iterdir()) == []
        assert folder.stat().st_mode & 0o777 == 0o700
        cursor.execute(
            "create temp table many as select n, repeat(n::varchar, 20) as words from range(2_000_000) as r(n)"
        )
        assert list(folder.iterdir()) != []
    assert not folder.exists()
