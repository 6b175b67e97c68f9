"""Nothing exists undocumented: code has docstrings, what a user meets is in the manual, packages and views too."""

from __future__ import annotations

import argparse
import ast
import importlib
import re
from collections.abc import Iterator

import pytest

from tests.keepers.tree import ROOT, parsed, python_files, shown, text_of

PUBLIC_VIEWS = (
    "source_files",
    "remittances",
    "claim_payments",
    "service_payments",
    "adjustments",
    "provider_adjustments",
    "bank_transactions",
    "ach_entries",
    "column_mappings",
    "posting_batches",
    "posting_lines",
    "accounts",
    "account_transactions",
    "receipts",
    "match_links",
    "open_items",
    "decisions",
)
"""The views that DATA.md promises, and those that came since."""

VIEW_FACTS = ("grain", "key", "units", "source")

MANUAL = text_of("README.md", "docs/*.md")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def undocumented(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of each public module, class, function and method without a docstring."""
    if ast.get_docstring(tree) is None:
        yield 1, "the module"
    pending: list[tuple[str, ast.stmt]] = [("", node) for node in tree.body]
    while pending:
        owner, node = pending.pop(0)
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not _is_overload(node):
            yield node.lineno, owner + node.name
        if isinstance(node, ast.ClassDef):
            pending += [(f"{node.name}.", inner) for inner in node.body]


def _is_overload(node: Definition) -> bool:
    return any(ast.unparse(decorator).endswith("overload") for decorator in node.decorator_list)


def names_page(manual: str, stem: str) -> bool:
    """Whether the manual names the page on purpose: as a heading, in bold, in a table's first cell or as code."""
    title = stem.replace("_", "[ _-]")
    ways = rf"^#+ .*\b{title}\b|\*\*{title}\b[^*\n]*\*\*|^\|\s*{title}\s*\||`(?:pages/)?{stem}(?:\.py)?`"
    return re.search(ways, manual, re.IGNORECASE | re.MULTILINE) is not None


def names_code(manual: str, name: str) -> bool:
    """Whether the manual writes the name as code: in backticks, or behind `python -m analysis` (or its report)."""
    word = re.escape(name)
    return re.search(rf"`{word}(?![\w-])|-m analysis (?:report )?{word}(?![\w-])", manual) is not None


def reader_kinds() -> list[str]:
    """The kinds that the readers say they read: every `kind="…"` and `KIND = "…"` of intake, and `ParsedFile("…")`."""
    kinds: set[str] = set()
    for path in python_files("analysis/intake"):
        for node in ast.walk(parsed(path)):
            match node:
                case (
                    ast.keyword(arg="kind", value=ast.Constant(value=str(kind)))
                    | ast.Assign(targets=[ast.Name(id="KIND")], value=ast.Constant(value=str(kind)))
                    | ast.Call(func=ast.Name(id="ParsedFile"), args=[ast.Constant(value=str(kind)), *_])
                ):
                    kinds.add(kind)
    return sorted(kinds)


def command_line() -> argparse.ArgumentParser | None:
    """The parser of `python -m analysis`, or None while there is none."""
    if not (ROOT / "analysis" / "__main__.py").exists():
        return None
    maker = getattr(importlib.import_module("analysis.__main__"), "parser", None)
    return maker() if maker else None


def verbs(parser: argparse.ArgumentParser | None) -> dict[str, argparse.ArgumentParser]:
    """The verbs of the command line, each with its own parser."""
    actions = parser._actions if parser else []
    choices = [action.choices for action in actions if isinstance(action, argparse._SubParsersAction)]
    return {name: verb for group in choices for name, verb in group.items()}


def report_names(parser: argparse.ArgumentParser | None) -> list[str]:
    """The names that the verb `report` takes."""
    report = verbs(parser).get("report")
    actions = report._get_positional_actions() if report else []
    return [str(name) for action in actions for name in action.choices or ()]


def packages() -> list[str]:
    """The packages that the requirements files pin."""
    lines = text_of("requirements*.txt").splitlines()
    return sorted({found[0] for line in lines if (found := re.match(r"[A-Za-z0-9][\w.-]*", line))}, key=str.lower)


def section(page: str, name: str) -> str:
    """The text under the heading that has the name in it, up to the next heading; empty where there is none."""
    found = re.search(rf"^#+ [^\n]*\b{name}\b[^\n]*\n(.*?)(?=^#|\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def creates_views() -> bool:
    """Whether the schema makes the public views yet."""
    return re.search(r"\bcreate\s+(?:or\s+replace\s+)?view\b", text_of("analysis/**/*.sql"), re.IGNORECASE) is not None


def test_all_that_is_public_has_a_docstring():
    """What is true after a call is said where it is defined."""
    faults = [
        f"{shown(path)}, line {line}: {name}"
        for path in python_files("analysis")
        for line, name in undocumented(parsed(path))
    ]
    assert faults == []


def test_every_page_is_in_the_manual():
    """A user finds each page by its name."""
    stems = [path.stem for path in python_files("pages") if path.stem != "__init__"]
    assert [stem for stem in stems if not names_page(MANUAL, stem)] == []


def test_every_verb_and_report_is_in_the_manual():
    """What the command line takes, the manual explains."""
    parser = command_line()
    names = [*verbs(parser), *report_names(parser)]
    assert [name for name in names if not names_code(MANUAL, name)] == []


def test_every_kind_of_file_is_in_the_manual():
    """What can be loaded, the manual lists."""
    assert [kind for kind in reader_kinds() if not names_code(MANUAL, kind)] == []


def test_every_package_is_explained():
    """Each package has its row in docs/dependencies.md: why, its licence, what leaving it takes."""
    page = text_of("docs/dependencies.md").lower()
    lacking = [name for name in packages() if not re.search(rf"^\| `{re.escape(name.lower())}` \|", page, re.MULTILINE)]
    assert lacking == []


def test_no_package_is_explained_that_is_gone():
    """The page does not outlive the requirement."""
    explained = re.findall(r"^\| `([\w.-]+)` \|", text_of("docs/dependencies.md"), re.MULTILINE)
    assert {name.lower() for name in explained} <= {name.lower() for name in packages()}


def test_every_public_view_is_described():
    """Each promised view has a section with its grain, key, units and source."""
    page = text_of("docs/data_dictionary.md")
    promised = PUBLIC_VIEWS if page or creates_views() else ()
    faults = {view: [fact for fact in VIEW_FACTS if fact not in section(page, view).lower()] for view in promised}
    assert {view: lacking for view, lacking in faults.items() if lacking} == {}


@pytest.mark.parametrize(
    ("manual", "named"),
    [
        pytest.param("## Credit balances\n", True, id="heading"),
        pytest.param("Open **Credit balances** and choose a row.", True, id="bold"),
        pytest.param("| Credit balances | who is owed |", True, id="table"),
        pytest.param("see `pages/credit_balances.py`", True, id="code"),
        pytest.param("It lists credit balances.", False, id="in passing"),
    ],
)
def test_the_page_rule_itself(manual: str, named: bool):
    """A word in passing is no documentation."""
    assert names_page(manual, "credit_balances") is named


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        pytest.param('"""M."""\ndef f():\n    """F."""', [], id="all there"),
        pytest.param("def _f(): pass", ["the module"], id="private"),
        pytest.param('"""M."""\nclass C:\n    """C."""\n    def m(self): pass', ["C.m"], id="a method"),
    ],
)
def test_the_docstring_rule_itself(code: str, lacking: list[str]):
    """What is public and silent is found."""
    assert [name for _, name in undocumented(ast.parse(code))] == lacking
