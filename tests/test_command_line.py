"""The command line: the whole main job without a browser."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from analysis.__main__ import main
from analysis.sample import FOLDER
from analysis.trade_words import HOSPITAL, speak
from tests.files import bai2, remittance_835


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """A folder with a remittance and the bank day that pays it."""
    folder = tmp_path / "day"
    folder.mkdir()
    (folder / "one.835").write_bytes(remittance_835("TRACE0001", "100.00"))
    (folder / "bank.txt").write_bytes(bai2(("TRACE0001", "100.00")))
    return folder


def run(*words: object) -> int:
    """The exit code of the command."""
    return main([str(word) for word in words])


def test_load_match_report(day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Load of a folder, then match, then report."""
    store = tmp_path / "t.duckdb"
    assert run("load", day, "--json", "--store", store) == 0
    told = {Path(one["file"]).name: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert told["one.835"]["records"] == {
        "remittances": 1,
        "claims": 1,
        "service_lines": 1,
        "adjustments": 0,
        "provider_adjustments": 0,
    }
    assert told["one.835"]["totals"]["payment_amount"] == "100.00"
    assert told["bank.txt"]["totals"] == {"credits": "100.00", "debits": "0.00"}
    assert run("match", "--json", "--store", store) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0]) == {
        "rule": "exact_trace",
        "groups": 1,
        "amount": "100.00",
        "as_of": "2026-11-02",
    }
    assert run("report", "matches", "--format", "csv", "--store", store) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["side"] for row in rows] == ["bank", "remittance"]
    assert run("verify", "--store", store) == 0


def test_the_same_bytes_again_are_a_duplicate(day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0: nothing was refused."""
    store = tmp_path / "t.duckdb"
    run("load", day, "--store", store)
    capsys.readouterr()
    assert run("load", day, "--json", "--store", store) == 0
    assert {json.loads(line)["status"] for line in capsys.readouterr().out.splitlines()} == {"duplicate"}


def test_a_file_that_cannot_be_read_is_rejected_and_leaves_nothing(
    day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, where and why; the other files load."""
    (day / "bad.835").write_bytes(remittance_835("T2", "5.00")[:300])
    (day / "letter.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert run("load", day, "--json", "--store", tmp_path / "t.duckdb") == 1
    told = {Path(one["file"]).name: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert {name: one["status"] for name, one in told.items()} == {
        "bad.835": "rejected",
        "letter.pdf": "rejected",
        "one.835": "loaded",
        "bank.txt": "loaded",
    }
    assert told["bad.835"]["findings"][0]["code"] == "truncated"
    assert "PDF" in told["letter.pdf"]["findings"][0]["message"]
    assert run("verify", "--store", tmp_path / "t.duckdb") == 0


def test_a_table_is_no_store(day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """DuckDB would open it as a database in memory, and what is loaded there would be gone."""
    table = tmp_path / "table.csv"
    table.write_text("foo,bar\n1,2\n")
    for words in (("load", day), ("verify",), ("report", "summary")):
        assert run(*words, "--store", table) == 1
        assert "is it a Tieout store, and whole?" in capsys.readouterr().err
    assert table.read_text() == "foo,bar\n1,2\n"


def test_a_verb_that_reads_says_that_no_store_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the path does not pass for an empty store, and makes none; nothing is proved by it."""
    for words, code in ((("verify",), 1), (("verify",), 1), (("trace", "1.00"), 0), (("report", "summary"), 0)):
        assert run(*words, "--store", tmp_path / "slip.duckdb") == code
        assert "there is no store at" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_without_files_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is loaded, and that is said."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("load", empty, "--store", tmp_path / "t.duckdb") == 0
    assert f"there is no file in {empty}" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["missing/x.csv", "."])
def test_a_report_that_cannot_be_written_is_told(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, exit 2."""
    assert run("report", "summary", "--store", tmp_path / "t.duckdb", "--out", tmp_path / place) == 2
    assert "cannot be read or written" in capsys.readouterr().err


def test_a_bad_file_twice_is_rejected_twice(day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second copy is no duplicate: the first was never loaded."""
    for name in ("bad.835", "copy.835"):
        (day / name).write_bytes(remittance_835("T2", "5.00")[:300])
    assert run("load", day, "--json", "--store", tmp_path / "t.duckdb") == 1
    told = {Path(one["file"]).name: one["status"] for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (told["bad.835"], told["copy.835"]) == ("rejected", "rejected")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["load", "no/such/folder"], id="a path that is not there"),
        pytest.param(["report", "nonsense"], id="an unknown report"),
        pytest.param(["report", "unmatched", "--as-of", "2026-02-30"], id="no real day"),
        pytest.param([], id="no verb"),
        pytest.param(["report", "unmatched", "--format", "xlsx"], id="a workbook without a file"),
    ],
)
def test_wrong_usage_is_exit_2(words: list[str], tmp_path: Path) -> None:
    """Whether argparse or we refuse it."""
    store = ["--store", str(tmp_path / "t.duckdb")] if words else []
    try:
        assert run(*words, *store) == 2
    except SystemExit as stopped:
        assert stopped.code == 2


@pytest.mark.parametrize(
    "name",
    [
        "unmatched",
        "variances",
        "credits",
        "matches",
        "remittances",
        "findings",
        "summary",
        "tie_out",
        "morning",
        "radar",
    ],
)
@pytest.mark.parametrize("form", ["table", "csv", "json", "xlsx"])
def test_every_report_in_every_form(
    name: str, form: str, sample_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same rows in each."""
    out = tmp_path / f"report.{form}"
    assert run("report", name, "--format", form, "--out", out, "--store", sample_store) == 0
    rows = int(capsys.readouterr().err.split()[1].replace(",", ""))
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))) == rows
    elif form == "json":
        assert len([json.loads(line) for line in out.read_text("utf-8").splitlines()]) == rows
    elif form == "xlsx":
        assert load_workbook(out).worksheets[0].max_row >= rows + 1
    else:
        assert len(out.read_text("utf-8").splitlines()) == rows + 1


@pytest.fixture(scope="module")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the first days of the sample, matched."""
    store = tmp_path_factory.mktemp("store") / "sample.duckdb"
    assert run("load", *sorted(FOLDER.iterdir())[:3], "--store", store) == 0
    assert run("match", "--store", store) == 0
    return store


def test_the_demo_ends_equal_to_the_truth(capsys: pytest.CaptureFixture[str]) -> None:
    """Every figure beside the truth's."""
    assert run("demo", "--json") == 0
    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    held = {one["figure"]: one["equal"] for one in figures if "figure" in one}
    assert held == dict.fromkeys(["deposited", "remitted", "posted", "matched", "credits"], True)
    views = {one["view"]: one["rows"] for one in figures if "view" in one}
    assert set(views) == {"unmatched", "variances", "credits"}


def test_the_other_sample_ends_equal_to_its_truth(capsys: pytest.CaptureFixture[str]) -> None:
    """A service company's fortnight, in its own words; the store of the demo is in memory."""
    assert run("demo", "--sample", "service") == 0
    told = capsys.readouterr().out
    speak(HOSPITAL)
    assert told.count("  equal") == 5
    assert not re.search("patient|claim|835|medicare|insur", told.partition("Unmatched")[2], re.IGNORECASE)


def test_without_an_option_the_store_is_the_environments(
    day: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What one command loads, the next one finds."""
    monkeypatch.setenv("TIEOUT_STORE", str(tmp_path / "kept.duckdb"))
    assert run("load", day) == 0
    assert (tmp_path / "kept.duckdb").exists()
    capsys.readouterr()
    assert run("match", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["groups"] == 1


def test_the_demo_wants_a_fresh_store(sample_store: Path) -> None:
    """It never mixes its files with a user's."""
    assert run("demo", "--store", sample_store) == 1


def test_a_day_is_closed_by_two_users_and_certified(
    day: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Checks, both signatures, the certificate in both forms, and re-opening; what is not allowed is exit 1."""
    store, closing = tmp_path / "t.duckdb", ("close", "2026-11-02")
    run("load", day, "--store", store)
    assert run(*closing, "--store", store) == 1  # not matched yet
    run("match", "--store", store)
    assert run(*closing, "--store", store) == 0
    assert run(*closing, "--prepare", "--note", "seen", "--user", "ana", "--store", store) == 0
    assert run(*closing, "--review", "--note", "seen", "--user", "Ana ", "--store", store) == 1
    assert run(*closing, "--review", "--user", "ben", "--store", store) == 1  # no note
    capsys.readouterr()
    second = ("--review", "--note", "seen", "--user", "ben")
    written = [tmp_path / "certificate.pdf", tmp_path / "certificate.xlsx"]
    assert run(*closing, *second, "--certificate", written[0], "--json", "--store", store) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["prepared_by"], told["reviewed_by"]) == ("closed", "ana", "ben")
    assert told["review_note"].startswith("seen (signed from the account ")
    assert run("match", "--as-of", "2026-11-02", "--store", store) == 1
    assert "2026-11-02 is closed and cannot be changed" in capsys.readouterr().err
    assert run("match", "--store", store) == 0
    assert run(*closing, "--certificate", written[1], "--store", store) == 0
    assert written[0].read_bytes().startswith(b"%PDF-") and load_workbook(written[1])["Certificate"].max_row > 5
    assert run(*closing, "--certificate", tmp_path / "certificate.txt", "--store", store) == 2
    assert run(*closing, "--reopen", " ", "--store", store) == 1
    assert run(*closing, "--reopen", "a late file", "--user", "ana", "--store", store) == 0
