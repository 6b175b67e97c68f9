"""Opening the store, one connection a process and one cursor a piece of work, and transactions that are whole or
nothing."""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import duckdb

from analysis.machine import cores
from analysis.problems import StoreBusy, StoreProblem
from analysis.store.facts import Facts
from analysis.store.migrations import migrate
from analysis.store.pictures import Pictures

STORAGE_VERSION = "v1.4.0"
"""Files are written so that the long-supported 1.4 line can still read them."""

MEMORY_VARIABLE = "TIEOUT_MEMORY"
"""Names how much memory DuckDB may take beside Python's, such as 4GB."""
_LEAST_MEMORY, _TIMES_STORE = 1_250_000_000, 5
"""Bytes that it may take where nothing is named: the least, or so many times the store's own. What does not fit waits
in a folder beside the store."""

_LOCKED_DOWN = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
_ATTEMPTS = 12

Result = TypeVar("Result")


class Store:
    """An open store. Threads share it; each takes a `cursor` of its own for a piece of work."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
        self._connection = connection
        self.path = path
        self._writing = threading.Lock()
        self.facts = Facts()
        self.pictures = Pictures(connection.cursor, self.facts)

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for one piece of reading."""
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def write(self, work: Callable[[duckdb.DuckDBPyConnection], Result]) -> Result:
        """Runs `work` in one transaction: committed whole, or rolled back whatever stopped it.

        One writer at a time in this process; a conflict is tried again, so `work` may run more than once.
        """
        with self._writing:
            for attempt in range(_ATTEMPTS):
                try:
                    return self._attempt(work)
                except duckdb.TransactionException:
                    if attempt == _ATTEMPTS - 1:
                        raise StoreProblem("the store was busy with other changes; try again") from None
                    time.sleep(random.uniform(0, 0.004 * (attempt + 1)))
            raise AssertionError("the last attempt returns or raises")

    def _attempt(self, work: Callable[[duckdb.DuckDBPyConnection], Result]) -> Result:
        cursor = self._connection.cursor()
        try:
            cursor.execute("begin transaction")
            result = work(cursor)
            with self.pictures.changing():
                cursor.execute("commit")
            return result
        except BaseException:
            _roll_back(cursor)
            raise
        finally:
            cursor.close()

    def checkpoint(self) -> None:
        """Everything committed is in the file itself; called after loads and migrations.

        Where questions are being answered all the while, it stays in the log beside the file until the next time.
        """
        with self._writing, self.cursor() as cursor:
            for attempt in range(_ATTEMPTS):
                try:
                    cursor.execute("checkpoint")
                    return
                except duckdb.TransactionException:
                    time.sleep(0.01 * (attempt + 1))

    def close(self) -> None:
        """The store is closed and its file free for another process."""
        self.pictures.forget()
        self._connection.close()
        if self.path is not None:
            shutil.rmtree(_spilled(self.path), ignore_errors=True)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("rollback")
    except duckdb.Error:
        return  # a failed commit has already ended the transaction


def open_store(path: Path | str | None) -> Store:
    """The store at `path`, made where there is none and brought to the newest schema; in memory for None.

    `StoreBusy` where another process has it open, `StoreNewer` where a newer Tieout wrote it.
    """
    file = Path(path) if path is not None else None
    if file is None:
        connection = duckdb.connect(":memory:")
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        connection = _connect(file)
    try:
        if file is not None:
            _make_private(_spilled(file))
        connection.execute(f"set threads = {cores()}")
        _limit_memory(connection, file)
        for setting in _LOCKED_DOWN:
            connection.execute(setting)
        store = Store(connection, file)
        migrate(store)
    except BaseException:
        connection.close()
        raise
    return store


def _limit_memory(connection: duckdb.DuckDBPyConnection, file: Path | None) -> None:
    named = os.environ.get(MEMORY_VARIABLE)
    size = 0 if file is None else file.stat().st_size
    try:
        connection.execute("set memory_limit = ?", [named or f"{max(_LEAST_MEMORY, _TIMES_STORE * size)}B"])
    except duckdb.Error:
        raise StoreProblem(f"{MEMORY_VARIABLE}: wanted an amount of memory such as 4GB, found another text") from None


def _spilled(file: Path) -> Path:
    """Where DuckDB writes what does not fit into memory."""
    return file.with_name(f"{file.name}.tmp")


def _make_private(folder: Path) -> None:
    """The folder is the user's own and empty: what a killed process has left there is gone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)


def is_database(file: Path) -> bool:
    """Whether the file begins as DuckDB's do; a table of data it would open as a database in memory."""
    with file.open("rb") as opened:
        return opened.read(12)[8:] == b"DUCK"


def _connect(file: Path) -> duckdb.DuckDBPyConnection:
    is_new = not file.exists()
    if file.is_file() and not is_database(file):
        raise StoreProblem("the store's file cannot be opened; is it a Tieout store, and whole?")
    previous = os.umask(0o077)
    try:
        if is_new:
            maker = duckdb.connect(":memory:")
            maker.execute(
                "attach '" + str(file).replace("'", "''") + f"' as made (storage_version '{STORAGE_VERSION}')"
            )
            maker.close()
        return duckdb.connect(str(file))
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise StoreBusy("another process has the store open; close it there, or work in that one") from None
        raise StoreProblem("the store's file cannot be opened; is it a Tieout store, and whole?") from None
    except duckdb.Error:
        raise StoreProblem("the store's file cannot be opened; is it a Tieout store, and whole?") from None
    finally:
        os.umask(previous)
