"""Cases on the command line: list, claim, change, contact, export, import, and the same refusals as on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analysis.__main__ import main
from analysis.store import open_store
from tests.files import loaded, remittance_835

Runs = Callable[..., int]
KIND = "remittance_without_deposit"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two remittances whose money has not come; each test goes on where the one before ended."""
    path = tmp_path_factory.mktemp("cases") / "t.duckdb"
    with open_store(path) as store:
        loaded(store, remittance_835("TRACE1", "900.00"), remittance_835("TRACE2", "100.00", control=2))
    return path


@pytest.fixture
def runs(path: Path) -> Runs:
    """Runs `cases` with those words; gives the exit code."""
    return lambda *words: main(["cases", *map(str, words), "--store", str(path), "--as-of", "2026-11-03"])


def test_the_way_of_a_case(runs: Runs, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Listed, claimed, assigned, called about, and shown with all of it; refused in the words of the page."""
    assert runs("list", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    first, second = sorted((one for one in rows if one["item_type"] == KIND), key=lambda one: one["reference"])
    assert (first["amount"], first["version"], first["state"]) == ("900.00", 0, "new")
    case, other = first["case_id"], second["case_id"]
    assert runs("claim", case, "--user", "ana") == 0
    assert runs("assign", f"{case}@0", f"{other}@0", "--to", "ben", "--user", "ben") == 1
    told = capsys.readouterr().err
    assert "claimed by ana until" in told and "1 of 2 done" in told
    promise = ("--promised", "the money", "--promised-by", "2026-11-04")
    assert runs("contact", other, "--with", "payer", "--by", "phone", "--said", "yes", *promise, "--user", "ben") == 0
    assert runs("set", f"{other}@1", "--priority", "high", "--user", "ana") == 1
    assert "a contact was logged" in capsys.readouterr().err
    assert main(["cases", "show", other, "--json", "--as-of", "2026-11-04", "--store", str(path)]) == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (shown[0]["turn"], shown[0]["state"], shown[0]["owner"]) == ("promise", "waiting", "ben")
    assert [one["action"] for one in shown[1:]] == ["set", "contact"]


def test_out_to_a_spreadsheet_and_back(runs: Runs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written, worked in, and taken as far as it may be; a file that is not there ends with 2."""
    file = tmp_path / "list.xlsx"
    assert runs("export", "--out", tmp_path / "list.csv") == 2
    assert runs("export", "--out", file) == 0
    book = load_workbook(file)
    sheet = book["Worklist"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for row in (2, 3):
        sheet.cell(row, place["owner"]).value = "cal"
    book.save(file)
    capsys.readouterr()
    assert runs("import", file, "--json", "--user", "cal") == 1
    outcome = capsys.readouterr()
    assert (json.loads(outcome.out)["taken"], json.loads(outcome.out)["not_taken"]) == (1, 1)
    assert "row 2" in outcome.err and "claimed by ana" in outcome.err
    assert runs("import", tmp_path / "none.xlsx") == 2


@pytest.mark.parametrize(
    "words", [("set", "a"), ("assign", "a@x", "--to", "b"), ("contact", "a"), ("list", "--whose", "x")]
)
def test_wrong_usage_ends_with_2(runs: Runs, words: tuple[str, ...]) -> None:
    """A case without its version, a version that is none, a contact without its parts."""
    with pytest.raises(SystemExit) as ended:
        runs(*words)
    assert ended.value.code == 2


def test_a_case_that_is_none_ends_with_1(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """In words."""
    assert runs("note", "x", "y") == 1
    assert "no case x is known" in capsys.readouterr().err
