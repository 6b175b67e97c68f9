"""The SQL of the house: one question a file under `analysis/sql`, found by its path."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


@cache
def views_below(name: str, but: frozenset[str] = frozenset()) -> frozenset[str]:
    """The views that the named query reads, and those that these rest on; none where it reads tables alone.

    `but`: views in whose place something else stands.
    """
    return _with_below(_named(statement(name)) - but)


@cache
def with_views_below(view: str) -> frozenset[str]:
    """The view and those that it rests on."""
    return _with_below({view})


def _with_below(coming: set[str]) -> frozenset[str]:
    found: set[str] = set()
    while coming:
        found |= coming
        coming = set().union(*(_named(views()[one]) for one in coming)) - found
    return frozenset(found)


def _named(sql: str) -> set[str]:
    code = "\n".join(line.partition("--")[0] for line in sql.splitlines())
    return views().keys() & set(re.findall(r"\w+", code.lower()))


@cache
def views() -> Mapping[str, str]:
    """The SQL of each view by its name, in the order in which they are made."""
    folder = files("analysis.sql").joinpath("views")
    ordered = sorted(folder.iterdir(), key=lambda file: file.name)
    return {file.name.partition("_")[2].removesuffix(".sql"): file.read_text("utf-8") for file in ordered}
