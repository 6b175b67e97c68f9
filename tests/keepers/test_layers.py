"""Imports run one way, as DESIGN.md's table says, and each library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.keepers.tree import ROOT, parsed, python_files, shown

FLOORS: tuple[tuple[str, ...], ...] = (
    ("money", "days", "machine", "problems", "settings", "trade_words"),
    ("intake",),
    ("store",),
    ("match",),
    ("trade",),
    ("tieout",),
    ("credits",),
    ("casework",),
    ("exports", "charts"),
    ("sample", "summary"),
    ("reports",),
    ("command_output", "arguments"),
    ("demo", "map_verb", "refund_verb", "backup_verb"),
    ("credit_verb", "cases_verb", "cash_verb", "reference_verb", "letter_verb"),
    ("ui", "__main__"),
    ("pages", "app"),
)
"""The rooms from the ground up. A room imports itself and the floors below; on the ground floor also its neighbours."""

FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
GROUND = 0

HOMES: dict[str, tuple[str, ...]] = {
    "duckdb": ("analysis/store",),
    "streamlit": ("analysis/ui", "pages", "app.py"),
    "oxedi": ("analysis/intake",),
    "pyx12": ("analysis/intake",),
    "python_calamine": ("analysis/intake",),
    "lxml": ("analysis/intake",),
    "mt940": ("analysis/intake",),
    "xlsxwriter": ("analysis/exports",),
    "reportlab": ("analysis/exports",),
    "stdnum": ("analysis/intake",),
    "plotly": ("analysis/charts", "analysis/charts.py"),
    "holidays": ("analysis/days.py",),
    "simple_icd_10_cm": ("analysis/intake",),
    "docx": ("analysis/exports",),
    "openpyxl": (),
    "bai2": (),
}
"""Where each library may be imported; openpyxl and bai2 only check Tieout's own work, in the tests."""


def room_of(dotted: str) -> str | None:
    """The room a dotted name lies in (`analysis.store.queries` in store), None for what is not ours."""
    first, _, rest = dotted.partition(".")
    if first in ("pages", "app"):
        return first
    return rest.partition(".")[0] or "analysis" if first == "analysis" else None


def module_of(path: Path) -> str:
    """The dotted name of a file of ours, `analysis.store` for its `__init__.py`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of all that is imported, at any depth; an imported name counts as part of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")
                above = above[: len(above) - node.level + is_package]
                base = ".".join([*above, base] if base else above)
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "__import__"):
            yield node.lineno, ast.literal_eval(node.args[0]) if isinstance(node.args[0], ast.Constant) else "?"


def wrong_way(tree: ast.Module, module: str, is_package: bool = False) -> list[str]:
    """The imports of the module that climb, each as `line n: from room to room`."""
    here = room_of(module) or module
    faults = []
    for line, name in imports(tree, module, is_package):
        there = room_of(name)
        if there is None or there == here:
            continue
        if there not in FLOOR_OF and not (ROOT / "analysis" / there).exists():
            continue  # a plain name of the package itself, such as a version
        if here not in FLOOR_OF or there not in FLOOR_OF:
            faults.append(f"line {line}: {here} to {there}, of which one has no floor in FLOORS")
        elif not (FLOOR_OF[there] < FLOOR_OF[here] or FLOOR_OF[there] == FLOOR_OF[here] == GROUND):
            faults.append(f"line {line}: {here} may not import {there}")
    return faults


def away_from_home(tree: ast.Module, place: str) -> list[str]:
    """The imports of libraries at a place (from the root) that is not their home."""
    faults = []
    for line, name in imports(tree, "", False):
        library = name.partition(".")[0]
        if library == "?":
            faults.append(f"line {line}: an import whose name is worked out cannot be kept in its room")
        homes = HOMES.get(library)
        if homes is not None and not any(place == home or place.startswith(f"{home}/") for home in homes):
            faults.append(f"line {line}: {library} belongs in {' or '.join(homes) or 'tests'}")
    return faults


OURS = python_files("analysis", "pages", "app.py")


def test_imports_run_one_way():
    """No room knows of a room above it."""
    faults = [
        f"{shown(path)}, {fault}"
        for path in OURS
        for fault in wrong_way(parsed(path), module_of(path), path.name == "__init__.py")
    ]
    assert faults == []


def test_each_library_has_one_home():
    """What may have to be replaced one day is known in one room only."""
    faults = [f"{shown(path)}, {fault}" for path in OURS for fault in away_from_home(parsed(path), shown(path))]
    assert faults == []


def test_every_room_has_its_floor():
    """A new room must take a place in FLOORS before anything is built on it; analysis/sql holds questions, no code."""
    rooms = {room_of(module_of(path)) for path in OURS} - {"analysis", "sql"}
    assert rooms <= set(FLOOR_OF)


@pytest.mark.parametrize(
    ("module", "code", "climbs"),
    [
        pytest.param("analysis.match.tiers", "from analysis.store import queries", False, id="down one floor"),
        pytest.param("analysis.credits.aging", "import analysis.money", False, id="down to the ground"),
        pytest.param("analysis.settings", "from analysis.problems import Finding", False, id="beside, on the ground"),
        pytest.param("analysis.store.save", "from analysis.match import tiers", True, id="up one floor"),
        pytest.param("analysis.intake.bai2", "from ..store import save", True, id="up by a relative import"),
        pytest.param("analysis.exports.xlsx", "from analysis import charts", True, id="beside, above the ground"),
        pytest.param("analysis.money", "def f():\n    import analysis.intake", True, id="hidden in a function"),
        pytest.param("analysis.__main__", "from analysis.ui import table", True, id="the command line has no screen"),
        pytest.param("analysis.cellar", "from analysis.money import dollars", True, id="a room nobody placed"),
    ],
)
def test_the_rule_itself(module: str, code: str, climbs: bool):
    """The direction rule says yes and no where it should."""
    assert bool(wrong_way(ast.parse(code), module)) is climbs


@pytest.mark.parametrize(
    ("place", "code", "strays"),
    [
        pytest.param("analysis/store/engine.py", "import duckdb", False, id="at home"),
        pytest.param("pages/today.py", "import streamlit as st", False, id="a second home"),
        pytest.param("pages/today.py", "from duckdb import connect", True, id="a page that asks the engine itself"),
        pytest.param("analysis/storehouse.py", "import duckdb", True, id="a name that only begins like home"),
        pytest.param(
            "analysis/match/sums.py", "import importlib\nimportlib.import_module('duckdb')", True, id="by name"
        ),
    ],
)
def test_the_home_rule_itself(place: str, code: str, strays: bool):
    """The home rule says yes and no where it should."""
    assert bool(away_from_home(ast.parse(code), place)) is strays
