"""Stores for tests, copied from ones that were made once in this process: empty, and with the sample fortnight."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from analysis.match.run import match
from analysis.sample import AS_OF, FORTNIGHT, SERVICE_COMPANY, Sample, load_sample
from analysis.store import Store, open_store


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _empty() -> Path:
    """The file of an empty store of the newest schema."""
    open_store(_folder() / "empty.duckdb").close()
    return _folder() / "empty.duckdb"


@cache
def _fortnight() -> Path:
    """The file of a store with the sample fortnight, matched."""
    return _of_sample(FORTNIGHT)


@cache
def _of_sample(sample: Sample) -> Path:
    path = _folder() / f"{sample.name}.duckdb"
    with open_store(path) as store:
        list(load_sample(store, "tests", sample))
        match(store, AS_OF, "tests")
    return path


def _in_memory(template: Path) -> Store:
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{template}' as template (read_only)")
    connection.execute("copy from database template to memory")
    connection.execute("detach template")
    return Store(connection, None)


def empty_store() -> Store:
    """A store in memory as `open_store(None)` gives it, to be used with `with`."""
    return _in_memory(_empty())


def fortnight_store() -> Store:
    """The sample fortnight, loaded and matched, in memory, to be used with `with`."""
    return _in_memory(_fortnight())


def fortnight_file(path: Path) -> Path:
    """The sample fortnight, loaded and matched, in a file of its own at `path`."""
    shutil.copy(_fortnight(), path)
    return path


def service_store() -> Store:
    """The service company's sample, loaded and matched, in memory, to be used with `with`."""
    return _in_memory(_of_sample(SERVICE_COMPANY))


def service_file(path: Path) -> Path:
    """The service company's sample, loaded and matched, in a file of its own at `path`."""
    shutil.copy(_of_sample(SERVICE_COMPANY), path)
    return path
