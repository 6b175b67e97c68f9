"""A store copied to a file of its own, proved, and put back.

A copy is written beside its place, read again and opened before it takes its name, so that nothing half written is ever
called a backup or a store.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analysis.problems import StoreBusy, StoreProblem
from analysis.store.connection import Store, is_database, open_store
from analysis.store.statements import statement


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that holds what the store held. `replaced`: where the store is now that stood in its place."""

    file: Path
    size: int
    sha256: str
    row_count: int
    replaced: Path | None = None


def backup(path: Path, target: Path) -> Copied:
    """The store at `path`, whole, in a new file.

    Raises `StoreProblem` where there is no store, or something at the target; `StoreBusy` where a process has it open.
    """
    _wanted(path)
    if target.exists():
        raise StoreProblem(f"{target.name} is there already; a backup never goes over a file")
    target.parent.mkdir(parents=True, exist_ok=True)
    with open_store(path) as store:
        store.checkpoint()
        if _log_of(path).exists() and _log_of(path).stat().st_size:
            raise StoreProblem("the store is being changed; try again")
        held = _rows(store)
        partial = _copied(path, target)
    try:
        return _proved(partial, target, held)
    except BaseException:
        _dropped(partial)
        raise


def restore(path: Path, source: Path, proof: Callable[[Store], None]) -> Copied:
    """The backup in the place of the store at `path`, which is kept beside it under a name that says when.

    `proof` looks at the copy before it takes the place and raises where it must not. Raises `StoreProblem` where the
    backup is none or damaged, `StoreNewer` where a newer Tieout wrote it, `StoreBusy` where the store is open.
    """
    _wanted(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = _copied(source, path)
    try:
        with open_store(partial) as copy:
            proof(copy)
            copy.checkpoint()
            held = _rows(copy)
        replaced = _set_aside(path)
        copied = _proved(partial, path, held)
    except BaseException:
        _dropped(partial)
        raise
    return Copied(copied.file, copied.size, copied.sha256, copied.row_count, replaced)


def _wanted(path: Path) -> None:
    """Raises `StoreProblem` where no store is at the path; looks only, as opening makes one."""
    if not path.is_file():
        raise StoreProblem(f"there is no store {path.name}")
    if not is_database(path):
        raise StoreProblem(f"{path.name} cannot be opened; is it a Tieout store, and whole?")
    try:
        with duckdb.connect(str(path), read_only=True) as found:
            found.execute(statement("store/version"))
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise StoreBusy("another process has the store open; close it there") from None
        raise StoreProblem(f"{path.name} cannot be opened; is it a Tieout store, and whole?") from None
    except duckdb.Error:
        raise StoreProblem(f"{path.name} cannot be opened; is it a Tieout store, and whole?") from None


def _copied(path: Path, target: Path) -> Path:
    partial = target.with_name(f"{target.name}.partial")
    _dropped(partial)
    before = os.umask(0o077)
    try:
        shutil.copyfile(path, partial)
    finally:
        os.umask(before)
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    if _hash_of(partial) != _hash_of(path):
        _dropped(partial)
        raise StoreProblem("the copy is not what the store is; is the disk full or failing?")
    return partial


def _proved(partial: Path, target: Path, held: int) -> Copied:
    """The copy opens and holds as many rows; then it takes its name."""
    with open_store(partial) as copy:
        found = _rows(copy)
    if found != held:
        raise StoreProblem(f"the copy holds {found:,} rows, the store {held:,}")
    os.replace(partial, target)
    return Copied(target, target.stat().st_size, _hash_of(target), held)


def _rows(store: Store) -> int:
    """How many rows the store holds."""
    with store.cursor() as cursor:
        row = cursor.execute(statement("store/row_count")).fetchone()
    return int(row[0]) if row else 0


def _set_aside(path: Path) -> Path | None:
    """Where the store that stood at the path is now; None where there was none."""
    if not path.exists():
        return None
    try:
        open_store(path).close()
    except StoreBusy:
        raise
    except StoreProblem:
        pass  # what cannot be opened is what a backup is for
    aside = path.with_name(f"{path.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    os.replace(path, aside)
    if _log_of(path).exists():
        os.replace(_log_of(path), _log_of(aside))
    return aside


def _dropped(partial: Path) -> None:
    partial.unlink(missing_ok=True)
    _log_of(partial).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
