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
def names_a_view(name: str) -> bool:
    """Whether the named query reads any view, and not tables alone."""
    code = "\n".join(line.partition("--")[0] for line in statement(name).splitlines())
    return not views().keys().isdisjoint(re.findall(r"\w+", code.lower()))


@cache
def views() -> Mapping[str, str]:
    """The SQL of each view by its name, in the order in which they are made."""
    folder = files("analysis.sql").joinpath("views")
    ordered = sorted(folder.iterdir(), key=lambda file: file.name)
    return {file.name.partition("_")[2].removesuffix(".sql"): file.read_text("utf-8") for file in ordered}
