"""How an 835's segments stand in loops, and what each element is: read out of the layout that oxedi reads by.

Guide: X12 005010X221A1, loops 1000A to 2110.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.intake import x12_835_layout as layout

LAYOUT = json.loads(layout.SPEC.to_json())
LOOPS = ("transaction", "1000A", "1000B", "2000", "2100", "2110", "footer", "end")
OPENS = {"ST": 0, "N1*PR": 1, "N1*PE": 2, "LX": 3, "CLP": 4, "SVC": 5, "PLB": 6, "SE": 7}
_FOLLOWING = ("1", "2", "367", "3467", "34567", "34567", "67", "0")
"""Which loops may follow each."""
FOLLOWS = np.array([[str(loop) in following for loop in range(8)] for following in _FOLLOWING])
QUALIFIED = frozenset({"N1", "NM1", "REF", "DTM", "AMT", "PER"})
"""Segments whose first element says what they are."""
MONEY = pa.decimal64(18, 2)
ARROW = {"R": MONEY, "DT": pa.date32(), "N0": pa.int64(), "AN": pa.string_view()}
TYPES = {
    (segment, int(number)): element["type"]
    for segment, known in LAYOUT["segments"].items()
    for number, element in known["elements"].items()
    if element.get("type", "AN") not in {"AN", "ID"}
}
WIDTHS = {segment: max(map(int, known["elements"])) for segment, known in LAYOUT["segments"].items()}
COMPOSITES = {"SVC": (1, 6), "PLB": (3, 5, 7, 9, 11, 13)}


def _codes(loop: str, occurrence: dict[str, Any]) -> list[str]:
    """The qualifiers of which a segment must have one to be this one of the loop; none where any will do."""
    trigger = LAYOUT["loops"][loop]["trigger"]
    triggers = trigger.get("where", {}) if occurrence["segment"] == trigger["segment"] else {}
    return [*occurrence.get("qualifier", {}).get("codes", ()), *triggers.values()]


def _allowed() -> frozenset[tuple[str, int]]:
    """The segments, with their qualifiers where a loop asks for them, and the loops in which each may stand."""
    allowed = {("SE", 7)}
    for loop, name in enumerate(LOOPS[:6]):
        for occurrence in LAYOUT["loops"][name]["occurrences"].values():
            segment, codes = occurrence["segment"], _codes(name, occurrence)
            at = 6 if segment == "PLB" else loop
            allowed |= {(f"{segment}*{code}", at) for code in codes} if codes else {(segment, at)}
    return frozenset(allowed)


ALLOWED = _allowed()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a column stands: the segment with its qualifier, its loop, element, component and type."""

    key: str
    loop: int
    element: int
    component: int | None
    kind: str


def _wanted(definition: dict[str, Any], own_loop: str) -> Wanted:
    """A column of the layout, looked up in its loop."""
    loop = definition.get("loop", own_loop)
    occurrence = LAYOUT["loops"][loop]["occurrences"].get(definition.get("occurrence"), definition)
    name = occurrence["segment"]
    key = "*".join([name, *_codes(loop, occurrence), *definition.get("where", {}).values()])
    element = definition["element"]
    return Wanted(key, LOOPS.index(loop), element, definition.get("component"), TYPES.get((name, element), "AN"))


OF_LOOPS = {
    table: (
        LOOPS.index(loop),
        {name: _wanted(found, loop) for name, found in LAYOUT["tables"][table]["columns"].items()},
    )
    for table, loop in (("payments", "transaction"), ("claims", "2100"), ("services", "2110"))
}
"""The tables with a row for each time that a loop was opened: the loop and where each column stands."""
