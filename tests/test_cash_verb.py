"""The verb `cash`: faults of a cheque and of a file, and a slip from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.__main__ import main

HEAD = "receipt_id,received_date,payment_method,routing_number,check_account,check_number,amount\n"


def test_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Exit 1 where anything bars the deposit; a file's faults name the line and no number."""
    store = ["--store", str(tmp_path / "t.duckdb")]
    good = "T021000021T 123456789O 77"
    assert main(["cash", "check", "--micr", good, "--amount", "12", "--words", "Twelve and no/100", *store]) == 0
    assert main(["cash", "check", "--micr", good, "--amount", "12", "--memo", "paid in full", *store]) == 0
    assert main(["cash", "check", "--micr", good.replace("021T", "012T"), "--json", *store]) == 1
    *_, told = capsys.readouterr().out.strip().split("\n")
    assert (json.loads(told)["code"], json.loads(told)["bars_deposit"]) == ("routing_checksum", True)
    file = tmp_path / "receipts.csv"
    file.write_text(HEAD + "R1,2026-11-13,CHECK,021000012,55,66,1.00\n")
    assert main(["cash", "check", str(file), *store]) == 1
    out = capsys.readouterr().out
    assert "line 2: routing_checksum, bars the deposit" in out and "021000012" not in out
    assert not (tmp_path / "t.duckdb").exists()


def test_slip(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Prepared, refused to the same person, deposited by another, printed, reported."""
    file, pdf = tmp_path / "receipts.csv", tmp_path / "slip.pdf"
    file.write_text(HEAD + "R1,2026-11-13,CHECK,021000021,55,66,10.00\nR2,2026-11-13,CASH,,,,21.00\n")
    store = ["--store", str(tmp_path / "t.duckdb")]
    assert main(["load", str(file), *store]) == 0
    prepared = ["cash", "slip", "prepare", "all", "--account", "111", "--user", "amy", *store]
    assert main([*prepared, "--cash", "20=1"]) == 1
    assert "off by -1.00" in capsys.readouterr().err
    assert main([*prepared, "--cash", "20=1", "1=1"]) == 0
    assert "D000001  prepared  31.00" in capsys.readouterr().out
    assert main(["cash", "slip", "deposit", "D000001", "--user", "AMY", *store]) == 1
    assert main(["cash", "slip", "deposit", "D000001", "--user", "ben", *store]) == 0
    assert main(["cash", "slip", "print", "D000001", "--out", str(pdf), *store]) == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    capsys.readouterr()
    assert main(["report", "slips", "--format", "csv", *store]) == 0
    assert "D000001,2026-11-13,111,,deposited,amy,ben,1,10.00,21.00,31.00,in_transit" in capsys.readouterr().out
