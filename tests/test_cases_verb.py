"""Cases on the command line: list, claim, change, contact, export, import, and the same refusals as on the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.__main__ import main
from analysis.store import open_store
from tests.files import loaded, remittance_835

Runs = Callable[..., int]


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


def listed(runs: Runs, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """The rows that `cases list` prints."""
    capsys.readouterr()
    assert runs("list", "--json", *words) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line]


def money(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the cases those of money that has not come, by trace."""
    return sorted(
        (one for one in rows if one["item_type"] == "remittance_without_deposit"), key=lambda one: one["reference"]
    )


def test_the_way_of_a_case(runs: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    """Claimed, assigned, called about, and on top on the day that was promised."""
    first, second = money(listed(runs, capsys))
    assert (first["amount"], first["version"], first["state"]) == ("900.00", 0, "new")
    case = first["case_id"]
    assert runs("claim", case, "--user", "ana") == 0
    assert runs("claim", case, "--user", "ben") == 1
    assert "claimed by ana until" in capsys.readouterr().err
    assert runs("assign", f"{case}@0", f"{second['case_id']}@0", "--to", "ana", "--user", "ana") == 0
    assert "2 of 2 done" in capsys.readouterr().err
    assert runs("release", case, "--user", "ana") == 0
    assert runs("set", f"{case}@0", "--priority", "high", "--user", "ben") == 1
    assert "owner: nobody → ana (ana" in capsys.readouterr().err
    promise = ("--promised", "the money", "--promised-by", "2026-11-04")
    assert runs("contact", second["case_id"], "--with", "payer", "--by", "phone", "--said", "yes", *promise) == 0
    assert main(["cases", "next", "--user", "ana", "--as-of", "2026-11-04", "--store", runs_store(runs)]) == 0
    assert second["case_id"] in capsys.readouterr().out
    assert runs("note", second["case_id"], "they called back") == 0
    assert runs("show", second["case_id"], "--json") == 0
    shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()[1:]]
    assert [one["action"] for one in shown[1:]] == ["set", "contact", "claim", "note"]
    assert (shown[0]["state"], shown[0]["next_on"]) == ("waiting", "2026-11-04")


def runs_store(runs: Runs) -> str:
    """The store that the words are run on."""
    (path,) = [cell.cell_contents for cell in runs.__closure__ or ()]
    return str(path)


def test_out_to_a_spreadsheet_and_back(runs: Runs, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written, worked in, taken once; a broken one ends with 1, and a file that is not there with 2."""
    file = tmp_path / "list.xlsx"
    assert runs("export", "--out", tmp_path / "list.csv") == 2
    assert runs("export", "--out", file) == 0
    book = load_workbook(file)
    sheet = book["Worklist"]
    place = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, place["owner"]).value = "cal"
    book.save(file)
    capsys.readouterr()
    assert runs("import", file, "--json", "--user", "cal") == 1
    outcome = capsys.readouterr()
    assert json.loads(outcome.out)["taken"] == 0 and "row 2" in outcome.err and "claimed by ana" in outcome.err
    assert runs("release", sheet.cell(2, place["case_id"]).value, "--user", "ana") == 0
    assert runs("import", file, "--user", "cal") == 0
    assert runs("import", file, "--user", "cal") == 0
    assert "nothing is taken" in capsys.readouterr().out
    assert [one["owner"] for one in listed(runs, capsys, "--whose", "mine", "--user", "cal")] == ["cal"]
    sheet.cell(2, place["next_on"]).value = "soon"
    book.save(file)
    assert runs("import", file) == 1
    assert "row 2, next_on" in capsys.readouterr().err
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
    """Through every door, in the same words."""
    for words in (
        ("claim", "x"),
        ("skip", "x"),
        ("note", "x", "y"),
        ("set", "x@0", "--priority", "high"),
        ("show", "x"),
    ):
        assert runs(*words) == 1
        assert "no case x is known" in capsys.readouterr().err
