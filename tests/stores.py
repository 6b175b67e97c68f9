"""Empty stores for tests, copied from one that was opened once, for opening makes every view anew."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from analysis.store import Store, open_store


@cache
def _template() -> Path:
    """The file of an empty store of the newest schema, made once in this process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_store(folder / "empty.duckdb").close()
    return folder / "empty.duckdb"


def empty_store() -> Store:
    """A store in memory as `open_store(None)` gives it, to be used with `with`."""
    connection = duckdb.connect(":memory:")
    connection.execute(f"attach '{_template()}' as template (read_only)")
    connection.execute("copy from database template to memory")
    connection.execute("detach template")
    return Store(connection, None)
