"""Refunds on the command line: the whole way, and the same refusals as on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analysis.__main__ import main
from analysis.credits.refunds import refund_history
from analysis.store import open_store
from tests.credits.test_causes import ACCOUNTS, LEDGER, TWICE, ledger_of
from tests.files import loaded, table_csv

Runs = Callable[..., int]
FIELDS = ("--amount", "300.00", "--payee-type", "PAYER", "--payee", "ALPHA", "--address", "PO BOX 1")
FIELDS += ("--reason", "paid twice", "--evidence", "both EOBs")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with an account in credit by 300.00, which its payer paid twice."""
    with open_store(tmp_path / "t.duckdb") as store:
        loaded(
            store,
            table_csv(ACCOUNTS, "A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,-300.00,2026-11-13"),
            table_csv(LEDGER, *ledger_of("A1000001", *TWICE)),
        )
    return tmp_path / "t.duckdb"


@pytest.fixture
def runs(path: Path) -> Runs:
    """Runs `refund` with those words; gives the exit code."""
    return lambda *words: main(["refund", *map(str, words), "--store", str(path)])


def test_the_whole_way(runs: Runs, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The workbook's amount is a number, its account text."""
    assert runs("request", "A1000001", *FIELDS, "--user", "ana", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"refund": "1.1", "status": "requested"}
    assert runs("edit", "1.1", "--address", "PO BOX 2", "--user", "ana") == 0
    assert runs("approve", "1.2", "--user", "ben") == 0
    assert runs("export", "1.2", "--out", tmp_path / "ap.xlsx", "--user", "ben") == 0
    assert runs("cheque", "1.2", "--number", "4411", "--date", "2026-11-13", "--user", "ana") == 0
    assert runs("clear", "1.2", "--date", "2026-11-13", "--user", "ana") == 0
    assert runs("acknowledge", "1.2", "--number", "letter", "--date", "2026-11-13", "--user", "ana") == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == ["1.2", "cleared"]
    about = dict(load_workbook(tmp_path / "ap.xlsx")["About"].iter_rows(values_only=True))
    assert len(about["Definition"].removeprefix("SHA-256 ")) == 64
    cells = [cell.value for row in load_workbook(tmp_path / "ap.xlsx").active.iter_rows() for cell in row]
    assert 300 in cells and "TR0000001" in cells and "PO BOX 2" in cells
    assert main(["report", "refunds", "--format", "csv", "--store", str(path)]) == 0
    assert str(Decimal("300.00")) in capsys.readouterr().out


def test_a_list_that_cannot_be_written_does_not_go_out(
    runs: Runs, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused before anything is exported; a list that went out is written again as it was."""
    assert runs("request", "A1000001", *FIELDS, "--user", "ana") == 0
    assert runs("approve", "1.1", "--user", "ben") == 0
    assert runs("export", "1.1", "--out", tmp_path / "none" / "ap.csv", "--user", "ben") == 1
    assert "cannot be written" in capsys.readouterr().err
    assert runs("export", "1.1", "--out", tmp_path / "ap.csv", "--user", "ben") == 0
    assert runs("list", "1", "--out", tmp_path / "again.csv", "--user", "ben") == 0
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "ap.csv").read_bytes()
    assert runs("list", "2", "--out", tmp_path / "other.csv", "--user", "ben") == 1


def test_refusals_end_with_1_and_are_kept(
    runs: Runs, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Self-approval, a second export, an edit after it, the same refund again: each is kept."""
    assert runs("request", "A1000001", *FIELDS, "--user", "ana") == 0
    assert runs("approve", "1.1", "--user", "ana") == 1
    assert "someone else has to approve it" in capsys.readouterr().err
    assert runs("approve", "1.1", "--user", "ben") == 0
    assert runs("export", "1.1", "--out", tmp_path / "ap.csv", "--user", "ana") == 0
    assert runs("export", "1.1", "--out", tmp_path / "again.csv", "--user", "ana") == 1
    assert not (tmp_path / "again.csv").exists()
    assert runs("edit", "1.1", "--amount", "299.00", "--user", "ana") == 1
    assert runs("edit", "7.1", "--amount", "299.00", "--user", "ana") == 1
    assert runs("request", "A1000001", *FIELDS, "--user", "cal") == 1
    with open_store(path) as store:
        actions = list(refund_history(store)["action"])
    assert actions == ["request", "refused", "approve", "export", "refused", "refused", "refused", "refused"]


@pytest.mark.parametrize("words", [("approve", "1"), ("clear", "1.1", "--date", "soon"), ("export", "1.1"), ()])
def test_wrong_usage_ends_with_2(runs: Runs, words: tuple[str, ...]) -> None:
    """A refund without its version, a date that is none, no file, no step."""
    with pytest.raises(SystemExit) as ended:
        runs(*words)
    assert ended.value.code == 2
