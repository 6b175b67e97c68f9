"""The manual explains every finding that the code can make, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain

import pytest

from tests.keepers.tree import ROOT, parsed, python_files, text_of

PAGE = text_of("docs/manual.md")
CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
CODE_AT = {"FileRejected": 0, "Finding": 1, "note": 1, "_repeated": 1}
"""Which argument of a call is a finding's code."""

SPELT_OUT = {
    "{}_out_of_balance": ["line_out_of_balance", "claim_out_of_balance"],
    "{}_count": ["transaction_count", "group_count"],
    "{}_control_number": ["transaction_control_number", "group_control_number"],
    "bai2_{}_total": ["bai2_account_total", "bai2_group_total", "bai2_file_total"],
    "bai2_{}_{}": [
        "bai2_account_records",
        "bai2_group_accounts",
        "bai2_group_records",
        "bai2_file_groups",
        "bai2_file_records",
    ],
    "x12_{}": [],  # pyx12's own codes, explained together
}
"""The codes that code puts together, by how it does."""


def spoken(node: ast.expr, function: ast.AST) -> Iterator[str]:
    """The codes that an argument can be: itself, its pattern, or what its name is given in the same function."""
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.JoinedStr(values=parts):
            pattern = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in parts)
            yield from SPELT_OUT[pattern]
        case ast.Name(id=name):
            for given in ast.walk(function):
                if isinstance(given, ast.Assign) and any(ast.unparse(target) == name for target in given.targets):
                    yield from given_codes(given.value, function)


def given_codes(value: ast.expr, function: ast.AST) -> Iterator[str]:
    """The codes in the value that a name is given, whichever branch is taken."""
    if isinstance(value, ast.JoinedStr):
        yield from spoken(value, function)
        return
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "_" in node.value:
            yield node.value


def codes_made() -> set[str]:
    """Every finding code that intake and the store can make."""
    found: set[str] = set()
    for path in python_files("analysis/intake", "analysis/store"):
        for function in ast.walk(parsed(path)):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if not isinstance(call, ast.Call):
                    continue
                name = ast.unparse(call.func).rpartition(".")[2]
                if name in CODE_AT and len(call.args) > CODE_AT[name]:
                    found.update(spoken(call.args[CODE_AT[name]], function))
    return {code for code in found if CODE.fullmatch(code)}


def codes_explained() -> set[str]:
    """The codes that stand in the first cell of a table under Findings; a cell may hold several."""
    findings = PAGE[PAGE.index("## Findings") :]
    cells = re.findall(r"^\| (`[^|]+`) \|", findings, re.MULTILINE)
    return set(chain.from_iterable(re.findall(r"`([^`]+)`", cell) for cell in cells))


def test_every_finding_is_explained() -> None:
    """What a user reads beside a file stands in the manual."""
    made = codes_made()
    assert len(made) > 60
    assert made - codes_explained() == set()


def test_no_finding_is_explained_that_is_gone() -> None:
    """The manual does not outlive the code."""
    assert codes_explained() - codes_made() - {"x12_…"} == set()


@pytest.mark.parametrize("page", [path.stem for path in (ROOT / "pages").glob("*.py")])
def test_every_page_has_its_question(page: str) -> None:
    """A row in the table of pages."""
    title = page.replace("_", " ").replace("takebacks", "take-backs").replace("close", "close of")
    assert re.search(rf"^\| \*\*[^|]*\b{title}\b[^|]*\*\* \|", PAGE, re.MULTILINE | re.IGNORECASE)


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        pytest.param("FileRejected('truncated', 'x', 'y', 'z')", ["truncated"], id="a constant"),
        pytest.param(
            "Finding('warning', f'{n}_out_of_balance', 'x')", SPELT_OUT["{}_out_of_balance"], id="put together"
        ),
        pytest.param("Finding('warning', fault)", ["a_b", "c_d"], id="given by name"),
    ],
)
def test_the_rule_itself(code: str, codes: list[str]) -> None:
    """Constants, patterns and names are all followed."""
    function = ast.parse(f"def f():\n    fault = 'a_b' if x else 'c_d'\n    {code}")
    call = next(node for node in ast.walk(function) if isinstance(node, ast.Call))
    assert list(spoken(call.args[CODE_AT[ast.unparse(call.func)]], function)) == codes
