"""Backups on the command line: proved, never over a file, and put back with the replaced store kept."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.store import open_store
from tests.files import loaded, remittance_835

Runs = Callable[..., int]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one remittance."""
    with open_store(tmp_path / "t.duckdb") as store:
        loaded(store, remittance_835("TRACE0001", "100.00"))
    return tmp_path / "t.duckdb"


@pytest.fixture
def runs(path: Path) -> Runs:
    """Runs the verb on that store; gives the exit code."""
    return lambda *words: main([*map(str, words), "--store", str(path)])


def reported(runs: Runs, capsys: pytest.CaptureFixture[str]) -> str:
    """The report of remittances, as CSV."""
    capsys.readouterr()
    assert runs("report", "remittances", "--format", "csv") == 0
    return capsys.readouterr().out


def test_there_and_back(runs: Runs, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was loaded after the backup is gone from the store, and stands in the one that was replaced."""
    before = reported(runs, capsys)
    assert runs("backup", tmp_path / "safe" / "b.duckdb", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == "b.duckdb" and told["rows"] > 0
    assert told["sha256"] == hashlib.sha256((tmp_path / "safe" / "b.duckdb").read_bytes()).hexdigest()
    with open_store(path) as store:
        loaded(store, remittance_835("TRACE0002", "50.00", control=2))
    after = reported(runs, capsys)
    assert "TRACE0002" in after
    assert runs("restore", tmp_path / "safe" / "b.duckdb") == 0
    assert reported(runs, capsys) == before
    (aside,) = tmp_path.glob("t.duckdb.replaced-*")
    assert main(["report", "remittances", "--format", "csv", "--store", str(aside)]) == 0
    assert capsys.readouterr().out == after
    assert not list(tmp_path.rglob("*.partial*"))


def test_a_backup_never_goes_over_a_file(runs: Runs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is one made of a store that is not there."""
    (tmp_path / "b.duckdb").write_bytes(b"mine")
    assert runs("backup", tmp_path / "b.duckdb") == 1
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "b.duckdb").read_bytes() == b"mine"
    assert main(["backup", str(tmp_path / "c.duckdb"), "--store", str(tmp_path / "none.duckdb")]) == 1
    assert not (tmp_path / "none.duckdb").exists() and not (tmp_path / "c.duckdb").exists()


@pytest.mark.parametrize("content", [b"", b"not a store", None])
def test_what_is_no_backup_replaces_nothing(
    runs: Runs, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    """An empty file, another file, a backup cut in half."""
    assert runs("backup", tmp_path / "b.duckdb") == 0
    whole = (tmp_path / "b.duckdb").read_bytes()
    (tmp_path / "b.duckdb").write_bytes(whole[: len(whole) // 2] if content is None else content)
    before = reported(runs, capsys)
    assert runs("restore", tmp_path / "b.duckdb") == 1
    assert capsys.readouterr().err.startswith("tieout: ")
    assert reported(runs, capsys) == before
    assert [one.name for one in tmp_path.glob("t.duckdb*")] == [path.name]


def test_a_damaged_store_is_replaced_and_kept(
    runs: Runs, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a backup is for."""
    before = reported(runs, capsys)
    assert runs("backup", tmp_path / "b.duckdb") == 0
    path.write_bytes(b"x" * 5_000)
    assert runs("restore", tmp_path / "b.duckdb") == 0
    assert reported(runs, capsys) == before
    (aside,) = tmp_path.glob("t.duckdb.replaced-*")
    assert aside.read_bytes() == b"x" * 5_000


def test_a_store_that_is_open_elsewhere_is_not_replaced(
    runs: Runs, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A backup of it is refused too."""
    assert runs("backup", tmp_path / "b.duckdb") == 0
    code = "import duckdb, sys; one = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command, pipe = [sys.executable, "-c", code, str(path)], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as held:
        assert held.stdout is not None and held.stdin is not None
        assert held.stdout.readline() == b"open\n"
        assert runs("restore", tmp_path / "b.duckdb") == 1
        assert runs("backup", tmp_path / "c.duckdb") == 1
        held.stdin.close()
    assert capsys.readouterr().err.count("another process has the store open") == 2
    assert not list(tmp_path.glob("*.replaced-*"))
