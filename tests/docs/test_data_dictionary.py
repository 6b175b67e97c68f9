"""The data dictionary describes the views as they are: every column, in order, with its type and a meaning."""

from __future__ import annotations

import re

import pytest

from analysis.store import Store
from tests.keepers.test_docs import PUBLIC_VIEWS, section
from tests.keepers.tree import text_of

PAGE = text_of("docs/data_dictionary.md")
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)


def described(view: str) -> list[tuple[str, str]]:
    """Column and type of each row of the view's table; every row has a meaning."""
    return [(column, kind) for column, kind, _ in ROW.findall(section(PAGE, view))]


def columns_of(store: Store, view: str) -> list[tuple[str, str]]:
    """Column and type of each column that the view has."""
    with store.cursor() as cursor:
        found = cursor.execute("describe " + view).fetchall()
    return [(name, kind) for name, kind, *_ in found]


@pytest.mark.parametrize("view", PUBLIC_VIEWS)
def test_the_columns_described_are_the_views_columns(store: Store, view: str) -> None:
    """No column is missing, none is invented, and the types are true."""
    assert described(view) == columns_of(store, view)


@pytest.mark.parametrize("view", PUBLIC_VIEWS)
def test_every_row_of_a_view_says_where_it_comes_from(view: str) -> None:
    """What was parsed names its file and place."""
    names = {column for column, _ in described(view)}
    if view not in ("source_files", "match_links", "decisions", "column_mappings"):
        assert {"file_id", "place"} <= names


def test_no_view_is_described_that_is_not_promised() -> None:
    """The page has a section for each public view and no other."""
    assert re.findall(r"^## (\w+)$", PAGE, re.MULTILINE) == list(PUBLIC_VIEWS)
