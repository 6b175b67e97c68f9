"""The SQL of the house: one question a file under `analysis/sql`, found by its path."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from analysis.problems import RequestRefused


@cache
def statement(name: str) -> str:
    """The SQL of the named query; `RequestRefused` where there is none."""
    file = files("analysis.sql").joinpath(f"{name}.sql")
    if not file.is_file():
        raise RequestRefused(f"there is no query named {name}")
    return file.read_text("utf-8")
