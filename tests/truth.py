"""The sample's truth, as tests ask it."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal

from analysis.sample import CERTAIN_EVIDENCE, TRUTH

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of one truth file."""
    with (TRUTH / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(name: str, column: str) -> dict[str, Row]:
    """The rows of a truth file by a column that is unique."""
    found = {row[column]: row for row in rows(name)}
    assert len(found) == len(rows(name)), f"{column} is not unique in {name}"
    return found


def pairs(left: str, right: str, *, certain: bool = False) -> set[tuple[str, str]]:
    """The references of facts that the truth links, one from each side; with `certain` those that need no
    person."""
    links: dict[str, list[Row]] = defaultdict(list)
    for row in rows("links"):
        links[row["link_id"]].append(row)
    return {
        (one["reference"], other["reference"])
        for sides in links.values()
        if not certain or sides[0]["evidence"] in CERTAIN_EVIDENCE
        for one in sides
        for other in sides
        if one["side"] == left and other["side"] == right
    }


def money(text: str) -> Decimal:
    """The amount a truth file writes."""
    return Decimal(text)
