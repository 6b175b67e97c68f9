"""Letters on the command line: letterhead and texts set, printed, refused by the field's name, written again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.casework.worklist import worklist
from analysis.sample import AS_OF
from analysis.store import open_store
from tests.files import loaded, remittance_835


def test_the_way_of_a_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused with exit 1 and no file; once letterhead and payer are there, printed, listed and written again."""
    path, out = tmp_path / "t.duckdb", tmp_path / "letters.pdf"
    with open_store(path) as store:
        loaded(store, remittance_835("TRACE1", "900.00"))
        cases = worklist(store, AS_OF)
        case = cases[cases["item_type"] == "remittance_without_deposit"]["case_id"].iloc[0]

    def runs(verb: str, *words: object) -> int:
        return main([verb, *map(str, words), "--store", str(path), "--user", "ana"])

    day = ("--as-of", AS_OF)
    assert runs("letter", "print", "missing_payment", case, "--out", out, *day) == 1
    assert "addressee, under Reference" in capsys.readouterr().err and not out.exists()
    assert runs("letter", "print", "missing_payment", case, "--out", tmp_path / "x.txt", *day) == 2
    assert runs("reference", "payer", "TEST PAYER", "--set", "address=PO Box 7\\nTown") == 0
    head = ("site_name=Cedar Hollow", "site_address=1 Hill\\nTown", "signed_by=Ana Lopez")
    assert runs("letter", "head", *head, "--reason", "ours", *day) == 0
    (tmp_path / "bad.txt").write_text("Subject\n\n{no_field}\n")
    assert runs("letter", "text", "missing_payment", "--set", tmp_path / "bad.txt", "--reason", "x", *day) == 1
    assert "{no_field} is no field" in capsys.readouterr().err
    assert runs("letter", "print", "missing_payment", case, "none", "--out", out, "--json", *day) == 1
    told = capsys.readouterr()
    letter = json.loads(told.out)
    assert letter["case"] == case and "1 of 2 letters printed" in told.err and "none" in told.err
    assert runs("letter", "list", case, "--json") == 0
    assert json.loads(capsys.readouterr().out)["letter_number"] == letter["letter"]
    assert runs("letter", "get", letter["letter"], "--out", tmp_path / "again.pdf") == 0
    assert (tmp_path / "again.pdf").read_bytes() == out.read_bytes()
    assert runs("letter", "get", letter["letter"], "--out", tmp_path / "again.docx") == 0
    assert runs("letter", "get", "L0000099", "--out", tmp_path / "no.pdf") == 1
