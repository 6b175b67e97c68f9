"""Small things that add up: no machine's paths, no floats, no SQL in Python, nothing grown past its room."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.keepers.tree import own_files, parsed, python_files, shown

PAGE_LINES = 110
ANALYSIS_LINES = 320
READ_BYTES = 2_000_000

# Put together from parts, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(rf"(?<![\w.~-])/(?:{'|'.join(('work', 'root', 'farm', 'home', 'Users'))})/\w")
REGISTRY = re.compile(
    rf"{'pypi'}\.org|{'python'}hosted|--(?:extra-)?{'index'}-url|--{'find'}-links|/opt/{'pypi'}", re.I
)

# Prose that only begins like SQL ("Select a row from the table") has an article where SQL has a column.
SQL = re.compile(
    r"""\bselect\s+(?!(?:an?|the|your|one|some|all|any|rows|files)\b).+?\bfrom\b
    |\binsert\s+into\b
    |\bupdate\s+[\w.{}"]+\s+set\b
    |\bdelete\s+from\b
    |\bmerge\s+into\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
MONEY_NAME = re.compile(r"(?:^|_)(?:amount|total|balance|variance)$")

Fault = tuple[int, str]


def lone_strings(tree: ast.Module) -> set[ast.Constant]:
    """The docstrings of the module, its classes and its functions, and strings that stand alone after a name."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def sql_strings(tree: ast.Module) -> Iterator[Fault]:
    """String literals, f-strings among them, that hold a statement; docstrings may speak of SQL."""
    docstrings = lone_strings(tree)
    pieces = {piece for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings | pieces:
            text = node.value
        else:
            continue
        if found := SQL.search(text):
            yield node.lineno, f"SQL in a string: {' '.join(found[0].split())[:40]}"


def floats(tree: ast.Module) -> Iterator[Fault]:
    """Conversions to float."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called == "float":
            yield node.lineno, "float("
        elif called.endswith(".astype") and any("float" in ast.unparse(argument) for argument in node.args):
            yield node.lineno, "astype to float"


def prints(tree: ast.Module) -> Iterator[Fault]:
    """Calls of print."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
            yield node.lineno, "print("


def truths(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that a node takes as true or false."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.Assert(test=test):
            yield test
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BoolOp(values=values):
            yield from values
        case ast.comprehension(ifs=ifs):
            yield from ifs
        case ast.Call(func=ast.Name(id="bool"), args=arguments):
            yield from arguments


def money_truths(tree: ast.Module) -> Iterator[Fault]:
    """Amounts taken as true or false, where zero and nothing look the same."""
    for node in ast.walk(tree):
        for tested in truths(node):
            match tested:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
                    if MONEY_NAME.search(name):
                        yield tested.lineno, f"{name} as true or false: compare it with ZERO or None"


def faults(rule: Callable[[ast.Module], Iterator[Fault]], paths: list[Path]) -> list[str]:
    """What the rule finds in the files, each with its place."""
    return [f"{shown(path)}, line {line}: {words}" for path in paths for line, words in rule(parsed(path))]


def long_files(paths: list[Path], most: int) -> list[str]:
    """The files with more lines than that."""
    counts = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    return [f"{shown(path)}: {count} lines, at most {most}" for path, count in counts if count > most]


ANALYSIS = python_files("analysis")
PAGES = python_files("pages", "app.py")
CHARTS = python_files("analysis/charts.py", "analysis/charts")
COMMAND_LINE = python_files("analysis/__main__.py", "analysis/cli.py", "analysis/cli")


@pytest.mark.parametrize(
    "pattern", [pytest.param(MACHINE_PATH, id="machine paths"), pytest.param(REGISTRY, id="registry addresses")]
)
def test_nothing_names_this_machine(pattern: re.Pattern[str]):
    """The tree works wherever it is cloned, with whatever registry pip is set to."""
    found = []
    for path in own_files():
        data = path.read_bytes()[:READ_BYTES]
        if b"\0" not in data:
            lines = data.decode("utf-8", "replace").splitlines()
            found += [f"{shown(path)}, line {n}" for n, line in enumerate(lines, 1) if pattern.search(line)]
    assert found == []


def test_money_never_meets_float():
    """Only a chart, which draws and does not count, may convert to float."""
    assert faults(floats, [path for path in ANALYSIS if path not in CHARTS]) == []


def test_only_the_command_line_prints():
    """What a room has to say, it returns."""
    assert faults(prints, [path for path in ANALYSIS if path not in COMMAND_LINE]) == []


def test_sql_lives_in_files():
    """A query has a path, a header and a test; a string has none."""
    assert faults(sql_strings, ANALYSIS + PAGES) == []


def test_an_amount_is_never_true_or_false():
    """Zero dollars is an answer; nothing is another."""
    assert faults(money_truths, ANALYSIS + PAGES) == []


def test_files_stay_small():
    """A page fits a screen or two, a room's file one sitting."""
    assert long_files(PAGES, PAGE_LINES) + long_files(ANALYSIS, ANALYSIS_LINES) == []


@pytest.mark.parametrize(
    ("rule", "code", "found"),
    [
        pytest.param(sql_strings, 'x = "select payer from b"', 1, id="a query"),
        pytest.param(sql_strings, 'x = f"insert into {t} values (1)"', 1, id="a query made of parts"),
        pytest.param(sql_strings, 'x = "with a as (select b from c) " "select d from a"', 1, id="over two literals"),
        pytest.param(sql_strings, 'def f():\n    """Select rows from."""', 0, id="a docstring"),
        pytest.param(sql_strings, 'x = "Select a row from the table."', 0, id="prose"),
        pytest.param(floats, "x = float(y)", 1, id="float"),
        pytest.param(floats, "x = frame.astype('float64')", 1, id="a whole column"),
        pytest.param(floats, "def f(x: float) -> float: return x", 0, id="a type"),
        pytest.param(money_truths, "if row.paid_amount: pass", 1, id="if"),
        pytest.param(money_truths, "x = total or ZERO", 1, id="or"),
        pytest.param(money_truths, "x = [r for r in rows if not r['balance']]", 1, id="not, in a comprehension"),
        pytest.param(money_truths, "x = variance != ZERO and variance is not None", 0, id="compared"),
        pytest.param(money_truths, "if subtotals: pass", 0, id="a list of totals"),
        pytest.param(prints, "print(1)", 1, id="print"),
    ],
)
def test_the_rules_themselves(rule: Callable[[ast.Module], Iterator[Fault]], code: str, found: int):
    """Each rule finds what it is for and nothing else."""
    assert len(list(rule(ast.parse(code)))) == found
