"""Asking the store: money stays exact, files stay out of reach, one process at a time, no store from the future."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis.problems import RequestRefused, StoreBusy, StoreNewer, StoreProblem
from analysis.store import Store, open_store, queries, query

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as opened:
        yield opened


@pytest.mark.parametrize(
    ("column", "is_refused"),
    [
        pytest.param("1.5::double as paid_amount", True, id="a double"),
        pytest.param("1.5::float as balance", True, id="a float"),
        pytest.param("avg(2.50::decimal(18, 2)) as total_amount", True, id="an average"),
        pytest.param("2.50::decimal(18, 2) / 2 as variance", True, id="a quotient"),
        pytest.param("sum(2.50::decimal(18, 2)) as charges", False, id="a sum"),
        pytest.param("9007199254740993.01::decimal(18, 2) as amount", False, id="more digits than a double has"),
        pytest.param("1.5::double as confidence", False, id="a share that is no money"),
    ],
)
def test_money_is_never_a_double(store: Store, monkeypatch: pytest.MonkeyPatch, column: str, is_refused: bool) -> None:
    """A query whose money column came out as floating point is refused by name; decimals arrive exactly."""
    monkeypatch.setattr(queries, "statement", lambda name: f"select {column}")
    monkeypatch.setattr(queries, "views_below", lambda name, but: frozenset())
    if is_refused:
        with pytest.raises(StoreProblem, match=f"a/query: money column {column.rpartition(' ')[2]} "):
            query(store, "a/query")
        return
    frame = query(store, "a/query")
    assert all(isinstance(kind, pd.ArrowDtype) for kind in frame.dtypes)
    if "digits" in column or "9007" in column:
        assert frame["amount"].tolist() == [Decimal("9007199254740993.01")]


@pytest.mark.parametrize("name", ["no/such", "files/files.sql", "../schema/0001_facts", "", "files"])
def test_an_unknown_query_is_refused(store: Store, name: str) -> None:
    """Only the questions of the house can be asked."""
    with pytest.raises(RequestRefused):
        query(store, name)


@pytest.mark.parametrize(
    "attack",
    [
        "select * from read_csv('{file}')",
        "select * from read_text('{file}')",
        "select * from read_blob('{file}')",
        "select * from read_json('{file}')",
        "select * from '{file}'",
        "select * from glob('{folder}/*')",
        "create table t as select * from read_csv('{file}')",
        "copy (select 1) to '{folder}/out.csv'",
        "copy source_file from '{file}'",
        "attach '{folder}/other.duckdb' as other",
        "export database '{folder}/out'",
        "import database '{folder}'",
        "install httpfs",
        "load httpfs",
        "select * from read_csv('http://127.0.0.1:9/x')",
        "set enable_external_access = true",
        "set autoload_known_extensions = true",
        "set lock_configuration = false",
        "set allowed_directories = ['/']",
        "set temp_directory = '{folder}'",
    ],
)
def test_the_store_reaches_nothing_outside(tmp_path: Path, attack: str) -> None:
    """No statement reads a file, writes one, attaches a store, loads an extension or lifts the lock."""
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with open_store(tmp_path / "store.duckdb") as store, store.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(attack.format(file=file, folder=tmp_path)).fetchall()
    assert {path.name for path in tmp_path.iterdir()} <= {"secret.csv", "store.duckdb"}


def test_a_store_open_elsewhere_is_busy(tmp_path: Path) -> None:
    """While another process has the store open it is refused in plain words, and afterwards it opens."""
    file = tmp_path / "store.duckdb"
    holder = (
        "import sys; from analysis.store import open_store\n"
        "with open_store(sys.argv[1]): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(file)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline().strip() == b"open"
        with pytest.raises(StoreBusy, match="another process has the store open"):
            open_store(file)
        other.communicate(timeout=30)
    open_store(file).close()


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """A store that a newer Tieout wrote is refused, and nothing in it changes."""
    file = tmp_path / "store.duckdb"
    with open_store(file) as store:
        store.write(lambda cursor: cursor.execute("insert into schema_version values (9999)"))
    before = file.read_bytes()
    with pytest.raises(StoreNewer, match="9999"):
        open_store(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"account_number,balance\n", id="a table"),
        pytest.param(b"\x00" * 20_000, id="zeros"),
        pytest.param(b"SQLite format 3\x00" + b"\x00" * 4096, id="another database"),
    ],
)
def test_what_is_no_store_is_said_so(tmp_path: Path, data: bytes) -> None:
    """A file that is no store is refused in words, without the library's own, and is not changed."""
    file = tmp_path / "store.duckdb"
    file.write_bytes(data)
    with pytest.raises(StoreProblem, match="is it a Tieout store"):
        open_store(file)
    assert file.read_bytes() == data


def test_a_store_is_nobody_elses_to_read(tmp_path: Path) -> None:
    """The store's file is made for its owner only: it holds patients' data."""
    file = tmp_path / "folder" / "store.duckdb"
    open_store(file).close()
    assert file.stat().st_mode & 0o077 == 0
