"""Credits on the command line: read, agreed to, taken back, sent to billing, told to Medicare."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.store import open_store
from tests.credits.test_causes import ACCOUNTS, LEDGER, SETTLED, ledger_of
from tests.files import loaded, table_csv
from tests.workbooks import sheets

READ = (
    "read",
    "A1000001",
    "--cause",
    "patient_overpayment",
    "--disposition",
    "refund_patient",
    "--reason",
    "she called",
)


def test_the_verb_credit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A refund against a write-off that stands twice waits for a second person; taken back, the write-off is sent."""
    path = tmp_path / "t.duckdb"
    with open_store(path) as store:
        lines = ledger_of("A1000001", *SETTLED, "08-01 ADJUSTMENT PRIMARY ALPHA -125.00 CO-45")
        row = "A1000001,ROE JANE,1980-01-01,MEDICARE,ALPHA,BETA,-125.00,2026-11-13"
        loaded(store, table_csv(ACCOUNTS, row), table_csv(LEDGER, *lines))

    def runs(*words: str) -> int:
        return main([*words, "--store", str(path)])

    assert runs("credit", *READ, "--user", "ana", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"reading": 1, "standing": "waiting"}
    assert runs("credit", "agree", "1", "--user", "Ana") == 1
    assert "someone else has to agree" in capsys.readouterr().err
    assert runs("credit", "agree", "1", "--user", "ben") == 0
    assert runs("credit", "withdraw", "1", "--reason", "wrong", "--user", "ben") == 0
    assert capsys.readouterr().out.splitlines() == ["reading 1  in force", "reading 1  withdrawn"]
    assert runs("credit", "send", "adjustment", "--out", str(tmp_path / "list.xlsx"), "--user", "ana") == 0
    assert 125 in sheets((tmp_path / "list.xlsx").read_bytes())["Instructions, list 1"][1]
    assert runs("credit", "send", "adjustment", "--out", str(tmp_path / "again.csv")) == 1
    assert not (tmp_path / "again.csv").exists()
    capsys.readouterr()
    assert runs("report", "cms-838", "--quarter", "2026Q4", "--format", "table") == 0
    assert "draft: the quarter ends on 2026-12-31" in capsys.readouterr().out
    assert runs("credit", "certify", "2026Q4", "--reason", "seen") == 1
    assert runs("report", "credits", "--quarter", "2026Q4") == 2
