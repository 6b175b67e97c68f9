"""The reference on the command line: payers filled in, lists loaded or refused, codes looked up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis.store import open_store
from tests.files import loaded, remittance_835


def test_payers_and_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A payer of a remittance is offered, filled in and told with its version; a list loads, a bad one exits with 1."""
    path = tmp_path / "t.duckdb"
    with open_store(path) as store:
        loaded(store, remittance_835("TRACE1", "900.00"))

    def runs(*words: object) -> int:
        return main(["reference", *map(str, words), "--store", str(path)])

    assert runs("payers", "--json") == 0
    offered = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["payer_standing"] for one in offered] == ["to_fill_in"]
    name = offered[0]["payer_name"]
    assert runs("payer", name) == 0
    assert (
        runs("payer", name, "--set", "refund_address=PO Box 1\\nTown, MA 02000", "--set", "timely_filing_days=90") == 0
    )
    told = capsys.readouterr().out
    assert "PO Box 1\nTown" in told and "version            1" in told
    assert runs("payer", "NOBODY") == 1
    (tmp_path / "carc.csv").write_text("code,description\n45,own words\n")
    assert runs("load", tmp_path / "carc.csv", "--list", "CARC") == 0
    assert runs("load", tmp_path / "no.csv", "--list", "CARC") == 2
    (tmp_path / "bad.csv").write_text("code,description\nnot a code,own words\n")
    assert runs("load", tmp_path / "bad.csv", "--list", "CARC") == 1
    assert "line 2" in capsys.readouterr().err
    assert runs("code", "45", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["description"] == "own words"
    assert runs("lists") == 0
