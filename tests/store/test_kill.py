"""Loads killed at any moment: the store opens, holds whole files only, and the next load completes it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from analysis.store import Store, open_store
from analysis.store.loading import load, sources
from analysis.tieout.verify import verify

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data" / "fortnight"
ROUNDS = 20
ERAS = 60

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known there")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty small 835s with a bank file and the tables of some days."""
    place = tmp_path_factory.mktemp("files")
    others = [path for path in sorted(SAMPLE.glob("2026-11-0[23]/*")) if path.suffix != ".835"]
    for path in [*sorted(SAMPLE.glob("*/*.835"))[:ERAS], *others]:
        shutil.copy(path, place / path.name)
    assert len(list(place.iterdir())) > ERAS
    return place


def _loading(store: Path, folder: Path) -> subprocess.Popen[str]:
    """A load that tells of each file as soon as it is in the store."""
    command = [sys.executable, "-u", "-m", "analysis", "load", str(folder), "--store", str(store), "--json"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _contents(opened: Store) -> dict[str, Any]:
    """Rows and dollars by file and by table, as far as they do not hang on the order of loading."""
    assert [(one.name, one.first) for one in verify(opened) if one.failures] == []
    with opened.cursor() as cursor:
        held = {
            name: cursor.execute(
                f"select file_name, {columns} from {name} join source_file using (file_id) order by all"
            ).fetchall()
            for name, columns in {
                "file_record": "record_name, record_count",
                "file_total": "total_name, amount",
                "file_finding": "finding_number, code, location, message, amount",
                "claim_payment": "place, claim_id, paid_amount",
                "bank_transaction": "place, amount, row_key",
                "posting_line": "place, amount",
            }.items()
        }
        held["files"] = cursor.execute("select file_name, sha256, kind from source_file order by all").fetchall()
        return held


def _of_files(contents: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    """What of it is those files'."""
    return {name: [row for row in rows if row[0] in kept] for name, rows in contents.items()}


def _told_until(process: subprocess.Popen[str], seconds: float, number: int, lot: random.Random) -> list[str]:
    """What a load tells until a moment of it: of its whole time in every second round, of its writing in the others."""
    assert process.stdout is not None
    if number % 2 == 0:
        time.sleep(seconds * (number + lot.random()) / ROUNDS)
        return []
    lines = [process.stdout.readline() for _ in range(number // 2 + 1)]
    time.sleep(0.05 * lot.random())
    return lines


def test_a_killed_load_is_completed_by_the_next(tmp_path: Path, folder: Path) -> None:
    """Twenty loads killed with SIGKILL at seeded moments spread over a load's time, each then completed."""
    started = time.monotonic()
    calm = _loading(tmp_path / "calm.duckdb", folder)
    output, _ = calm.communicate(timeout=120)
    seconds = time.monotonic() - started
    assert calm.returncode == 0
    resent = [json.loads(line)["status"] for line in output.splitlines()].count("duplicate")
    with open_store(tmp_path / "calm.duckdb") as opened:
        wanted = _contents(opened)
    names = {row[0] for row in wanted["files"]}
    lot = random.Random(9)
    killed, partial = 0, 0
    for number in range(ROUNDS):
        store = tmp_path / f"{number}.duckdb"
        process = _loading(store, folder)
        lines = _told_until(process, seconds, number, lot)
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines() if process.stdout else []
        killed += process.wait(timeout=60) == -signal.SIGKILL
        told = [json.loads(line) for line in lines if line.endswith("}\n")]
        with open_store(store) as opened:
            held = _contents(opened)
            kept = {row[0] for row in held["files"]}
            assert held == _of_files(wanted, kept)
            assert {Path(one["file"]).name for one in told if one["status"] == "loaded"} <= kept <= names
            if number % 4 == 3 or 0 < len(kept) < len(names):
                partial += 0 < len(kept) < len(names)
                statuses = [one.status for one in load(opened, sources([folder]), "again")]
                assert "rejected" not in statuses
                assert statuses.count("duplicate") == len(kept) + resent
                assert _contents(opened) == wanted
        for path in tmp_path.glob(f"{number}.duckdb*"):
            os.remove(path)
    assert killed >= ROUNDS // 2 and partial >= ROUNDS // 5
