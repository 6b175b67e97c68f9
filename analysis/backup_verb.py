"""The verbs `backup` and `restore` of the command line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from analysis import command_output as output
from analysis.credits.roll_forward import credit_checks
from analysis.problems import StoreProblem
from analysis.store import Store
from analysis.store.backup import Copied, backup, restore
from analysis.tieout.verify import verify


def add_backup(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Both verbs stand among the verbs."""
    one = verbs.add_parser("backup", parents=[shared], help="copy the store to a new file, and prove the copy")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(verb=_backup)
    one = verbs.add_parser("restore", parents=[shared], help="put a backup in the place of the store, which is kept")
    one.add_argument("file", type=Path, metavar="FILE")
    one.set_defaults(verb=_restore)


def _backup(asked: argparse.Namespace) -> int:
    _tell(backup(asked.store, asked.file), as_json=asked.json)
    return 0


def _restore(asked: argparse.Namespace) -> int:
    copied = restore(asked.store, asked.file, _holds)
    _tell(copied, as_json=asked.json)
    if copied.replaced is not None:
        output.say(f"tieout: the store that stood there is now {copied.replaced.name}")
    return 0


def _holds(copy: Store) -> None:
    failing = [result.name for result in (*verify(copy), *credit_checks(copy)) if result.failures]
    if failing:
        raise StoreProblem(f"the backup does not hold: {', '.join(failing)}; nothing was replaced")


def _tell(copied: Copied, *, as_json: bool) -> None:
    if as_json:
        told = {"file": copied.file.name, "bytes": copied.size, "sha256": copied.sha256, "rows": copied.row_count}
        output.put(json.dumps(told))
    else:
        output.put(f"{copied.file.name}: {copied.size:,} bytes, {copied.row_count:,} rows, SHA-256 {copied.sha256}")
