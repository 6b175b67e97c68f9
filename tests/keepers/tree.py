"""The tree as the keepers read it: its files, their text and their syntax."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OURS_THOUGH_HIDDEN = {".ci", ".streamlit"}


def is_ours(folder: Path) -> bool:
    """Whether the folder is the project's own: no repository, environment, cache or store."""
    if folder.name.startswith("."):
        return folder.name in OURS_THOUGH_HIDDEN
    return folder.name != "__pycache__" and folder not in (ROOT / "data", ROOT / "venv")


def shown(path: Path) -> str:
    """The path as a reader of a failure knows it, from the root with forward slashes."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


def python_files(*places: str) -> list[Path]:
    """Every Python file at the places named (files or folders, from the root) that are there, in order."""
    found: list[Path] = []
    for place in (ROOT / name for name in places):
        found += [place] if place.is_file() else place.rglob("*.py")
    return sorted(found)


def own_files() -> Iterator[Path]:
    """Every file of the project: no environment, store, cache or repository."""
    pending = [ROOT]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            if path.is_file():
                yield path
            elif path.is_dir() and is_ours(path):
                pending.append(path)


@cache
def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=shown(path))


def text_of(*patterns: str) -> str:
    """The text of every file that matches a pattern from the root, one after the other; empty where none does."""
    paths = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)
