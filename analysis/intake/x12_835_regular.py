"""The transactions of an 835 that keep to the guide, read by numpy at three times oxedi's speed, by oxedi's own layout.

A transaction keeps to the guide where each segment stands in a loop that has it, and each amount, date and number has
its plain form. Of such a one oxedi has nothing to tell, and the tables made here are those that oxedi would make
(tests hold the two against each other). Every other transaction is named by its segments, for oxedi to read.
Guide: X12 005010X221A1, loops 1000A to 2110.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.intake import x12_835_layout as layout
from analysis.intake.x12_segments import Delimiters
from analysis.intake.x12_values import Array, Elements, Texts, Values, as_column

_LAYOUT = json.loads(layout.SPEC.to_json())
_LOOPS = ("transaction", "1000A", "1000B", "2000", "2100", "2110", "footer", "end")
_OPENS = {"ST": 0, "N1*PR": 1, "N1*PE": 2, "LX": 3, "CLP": 4, "SVC": 5, "PLB": 6, "SE": 7}
_FOLLOWS = np.zeros((8, 8), dtype=bool)
"""Which loop may follow which."""
for _loop, _next_ones in enumerate(("1", "2", "367", "3467", "34567", "34567", "67", "0")):
    _FOLLOWS[_loop, [int(one) for one in _next_ones]] = True
_QUALIFIED = frozenset({"N1", "NM1", "REF", "DTM", "AMT", "PER"})
"""Segments whose first element says what they are."""
_MONEY = pa.decimal64(18, 2)
_TYPES = {
    (segment, int(number)): element["type"]
    for segment, known in _LAYOUT["segments"].items()
    for number, element in known["elements"].items()
    if element.get("type", "AN") not in {"AN", "ID"}
}
_WIDTHS = {
    segment: max(int(number) for number in known["elements"]) for segment, known in _LAYOUT["segments"].items()
}
_COMPOSITES = {"SVC": (1, 6), "PLB": (3, 5, 7, 9, 11, 13)}


def _allowed() -> dict[str, Array]:
    """By segment, with its qualifier where a loop asks for one: in which of the loops it may stand."""
    allowed = {"SE": np.arange(8) == 7}
    for loop, name in enumerate(_LOOPS[:6]):
        for occurrence in _LAYOUT["loops"][name]["occurrences"].values():
            segment = occurrence["segment"]
            codes = occurrence.get("qualifier", {}).get("codes")
            at = 6 if segment == "PLB" else loop
            for key in [f"{segment}*{code}" for code in codes] if codes else [segment]:
                allowed.setdefault(key, np.zeros(8, dtype=bool))[at] = True
    return allowed


_ALLOWED = _allowed()
_NOWHERE = np.zeros(8, dtype=bool)


def _may_stand(key: str) -> Array:
    """In which loops the segment, with its qualifier where it has one, may stand."""
    return _ALLOWED.get(key, _NOWHERE) | _ALLOWED.get(key.split("*")[0], _NOWHERE)


class Irregular(Exception):
    """Some of a block's transactions do not keep to the guide: `segments` are numbers of segments in each of them."""

    def __init__(self, segments: Array) -> None:
        super().__init__("not all transactions keep to the guide")
        self.segments = segments


def read(data: bytes, delimiters: Delimiters) -> dict[str, pa.RecordBatch]:
    """oxedi's tables of the block; raises `Irregular` where it holds a transaction that does not keep to the guide."""
    return _Regular(data, delimiters).tables()


class _Group:
    """The segments of one id, and their elements, read once for all the columns that want them."""

    def __init__(self, elements: Elements, name: str, segments: Array, keys: Array, loops: Array) -> None:
        self.elements, self.name, self.segments, self.loops = elements, name, segments, loops
        self.keys = keys
        self.width = int(elements.counts[segments].max(initial=0))
        self._texts: dict[int, Texts] = {}
        self._values: dict[int, Values] = {}

    def texts(self, number: int) -> Texts:
        """The element of that number of each segment."""
        if number not in self._texts:
            self._texts[number] = self.elements.element(self.segments, number)
        return self._texts[number]

    def values(self, number: int) -> Values:
        """The same as amounts, dates or whole numbers, as the layout has it."""
        if number not in self._values:
            self._values[number] = typed(self.elements, self.texts(number), _TYPES[self.name, number])
        return self._values[number]

    def odd(self) -> Array:
        """The segments with more elements than the guide has, or with an element that is no plain value of its type."""
        is_odd = self.elements.counts[self.segments] > _WIDTHS[self.name]
        for number in range(1, min(self.width, _WIDTHS[self.name]) + 1):
            if (self.name, number) in _TYPES and self.name not in {"CAS", "PLB"}:
                is_odd |= self.values(number).is_odd
        return self.segments[is_odd]


def typed(elements: Elements, texts: Texts, kind: str) -> Values:
    """Texts as values of an X12 type; all that are there are odd for a type that no column has."""
    if kind == "R":
        return elements.amounts(texts)
    if kind == "DT":
        return elements.dates(texts)
    if kind == "N0":
        return elements.whole_numbers(texts)
    is_there = texts.end > texts.start
    return Values(np.zeros(len(is_there), dtype=np.int64), is_there, is_there)


def _column(elements: Elements, values: Values, kind: str) -> pa.Array:
    if kind == "R":
        return as_column(values.numbers, values.is_there, _MONEY)
    return as_column(values.numbers, values.is_there, pa.date32() if kind == "DT" else pa.int64())


class _Regular:
    """One block being read."""

    def __init__(self, data: bytes, delimiters: Delimiters) -> None:
        self.elements = Elements(data, delimiters)
        self.separator = delimiters.element
        self._find_loops()
        odd = [group.odd() for group in self.groups.values()]
        odd.append(self._components_outside())
        _refuse(odd)

    def _find_loops(self) -> None:
        """Each segment's loop, by the last segment that opened one."""
        elements = self.elements
        names = pa.array(elements.names()).dictionary_encode()
        known = [_text(key) for key in names.dictionary.to_pylist()]
        code = np.asarray(names.indices)
        keys, spelled = code, list(known)
        qualified = np.flatnonzero(np.isin(code, [n for n, name in enumerate(known) if name in _QUALIFIED]))
        first = elements.element(qualified, 1)
        found = pa.array(elements.keys(Texts(elements.starts[qualified], first.end))).dictionary_encode()
        keys = code.copy()
        keys[qualified] = np.asarray(found.indices) + len(known)
        spelled += [_text(key).replace(self.separator.decode(), "*") for key in found.dictionary.to_pylist()]
        opens = np.array([_OPENS.get(key, -1) for key in spelled])[keys]
        openers = np.flatnonzero(opens >= 0)
        kinds = opens[openers]
        if not len(kinds) or openers[0] != 0 or kinds[0] != 0:
            raise Irregular(np.arange(len(keys)))
        loops = np.repeat(kinds, np.diff(openers, append=len(keys)))
        allowed = np.array([_may_stand(key) for key in spelled])
        _refuse([openers[1:][~_FOLLOWS[kinds[:-1], kinds[1:]]], np.flatnonzero(~allowed[keys, loops])])
        self.opened = {_LOOPS[loop]: openers[kinds == loop] for loop in range(6)}
        order = np.argsort(code, kind="stable")
        bounds = np.concatenate(([0], np.cumsum(np.bincount(code, minlength=len(known)))))
        self.spelled = {key: number for number, key in enumerate(spelled)}
        self.groups = {}
        for number, name in enumerate(known):
            segments = order[bounds[number] : bounds[number + 1]]
            self.groups[name] = _Group(elements, name, segments, keys[segments], loops[segments])

    def _components_outside(self) -> Array:
        composites = [
            self.groups[name].texts(number)
            for name, numbers in _COMPOSITES.items()
            if name in self.groups
            for number in numbers
            if number <= self.groups[name].width
        ]
        return self.elements.segments_with_components_outside(composites)

    def tables(self) -> dict[str, pa.RecordBatch]:
        """oxedi's tables of the block."""
        made = {
            name: self._of_loop(name, loop)
            for name, loop in (("payments", "transaction"), ("claims", "2100"), ("services", "2110"))
        }
        made["adjustments"] = self._repeated("adjustments", "CAS", 2, 3)
        made["provider_adjustments"] = self._repeated("provider_adjustments", "PLB", 3, 2)
        made["remarks"] = self._remarks()
        return made

    def _of_loop(self, table: str, loop: str) -> pa.RecordBatch:
        """A table with a row for each time that the loop was opened."""
        segments = self.opened[loop]
        columns: dict[str, Any] = {"segment": segments}
        if loop == "2110":
            columns["claim"] = _inside(self.opened["2100"], segments)
        for name, definition in _LAYOUT["tables"][table]["columns"].items():
            columns[name] = self._found(definition, loop, segments)
        return pa.record_batch(columns)

    def _found(self, definition: dict[str, Any], own_loop: str, rows: Array) -> pa.Array:
        """The column of that definition: of each row's segments the first that it asks for."""
        loop = definition.get("loop", own_loop)
        occurrence = _LAYOUT["loops"][loop]["occurrences"].get(definition.get("occurrence"), definition)
        codes = occurrence.get("qualifier", {}).get("codes") or list(definition.get("where", {}).values())
        name, number, component = occurrence["segment"], definition["element"], definition.get("component")
        kind = _TYPES.get((name, number), "AN")
        group = self.groups.get(name)
        if group is None or number > group.width:
            return _nothing(len(rows), kind)
        at = group.loops == _LOOPS.index(loop)
        if codes:
            at &= np.isin(group.keys, [self.spelled.get(f"{name}*{code}", -1) for code in codes])
        which = np.flatnonzero(at)
        owners = _inside(self.opened[own_loop], group.segments[which])
        if loop == "2000":
            which = which[_inside(group.segments, rows)]
            owners = np.arange(len(rows))
        elif len(owners) > 1:
            is_first = np.concatenate(([True], owners[1:] != owners[:-1]))
            which, owners = which[is_first], owners[is_first]
        if not len(which):
            return _nothing(len(rows), kind)
        if kind == "AN":
            texts = group.texts(number).take(which)
            if component is not None:
                texts = self.elements.component(texts, component)
            return self.elements.texts(Texts(*(_spread(one, owners, len(rows)) for one in texts)))
        values = group.values(number)
        numbers, is_there = (_spread(one[which], owners, len(rows)) for one in (values.numbers, values.is_there))
        return _column(self.elements, Values(numbers, is_there, is_there), kind)

    def _repeated(self, table: str, name: str, first: int, step: int) -> pa.RecordBatch:
        """A table with a row for each reason and amount of a CAS or PLB, whose elements repeat."""
        group = self.groups.get(name)
        segments = group.segments if group is not None else np.zeros(0, dtype=np.int64)
        counts = np.maximum(-((first - 1 - self.elements.counts[segments]) // step), 0)
        rows = np.repeat(segments, counts)
        number = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
        at = first + step * number
        is_told = _length(self.elements.element(rows, at)) > 0
        is_amount = _length(self.elements.element(rows, at + 1)) > 0
        values = {}
        odd = [rows[is_told != is_amount], segments[counts == 0]]
        for offset in range(1, step):
            values[offset] = self.elements.amounts(self.elements.element(rows, at + offset))
            odd.append(rows[values[offset].is_odd])
        if group is not None and name == "PLB":
            odd.append(group.segments[group.values(2).is_odd])
        _refuse(odd)
        kept = slice(None) if is_told.all() else is_told
        rows, at = rows[kept], at[kept]
        columns: dict[str, Any] = {"segment": rows}
        if name == "CAS":
            columns |= self._owners(rows, group)
        for column, definition in _LAYOUT["tables"][table]["columns"].items():
            offset = definition.get("group_element")
            if offset:
                columns[column] = as_column(values[offset].numbers[kept], values[offset].is_there[kept], _MONEY)
                continue
            texts = self.elements.element(rows, definition["element"] if offset is None else at)
            if "component" in definition:
                texts = self.elements.component(texts, definition["component"])
            if _TYPES.get((name, definition.get("element"))) == "DT":
                columns[column] = _column(self.elements, self.elements.dates(texts), "DT")
            else:
                columns[column] = self.elements.texts(texts)
        return pa.record_batch(columns)

    def _owners(self, rows: Array, group: _Group | None) -> dict[str, pa.Array]:
        """The claim of each row, and its service line where it stands in one."""
        service = _inside(self.opened["2110"], rows)
        if group is None:
            return {"claim": rows, "service": rows}
        is_in_claim = np.repeat(group.loops == _LOOPS.index("2100"), np.bincount(_inside(group.segments, rows)))
        return {"claim": _inside(self.opened["2100"], rows), "service": pa.array(service, mask=is_in_claim)}

    def _remarks(self) -> pa.RecordBatch:
        """A row for each LQ."""
        group = self.groups.get("LQ")
        segments = group.segments if group is not None else np.zeros(0, dtype=np.int64)
        columns: dict[str, Any] = {"segment": segments, "service": _inside(self.opened["2110"], segments)}
        for name, definition in _LAYOUT["tables"]["remarks"]["columns"].items():
            columns[name] = self.elements.texts(self.elements.element(segments, definition["element"]))
        return pa.record_batch(columns)


def _refuse(odd: Iterable[Array]) -> None:
    found = np.concatenate(list(odd))
    if len(found):
        raise Irregular(found)


def _text(key: int) -> str:
    return key.to_bytes(8, "little").rstrip(b"\0").decode("latin-1")


def _inside(openers: Array, segments: Array) -> Array:
    """Which of the openers stands before each segment."""
    return np.asarray(np.searchsorted(openers, segments, side="right") - 1)


def _length(texts: Texts) -> Array:
    return texts.end - texts.start


def _spread(values: Array, owners: Array, how_many: int) -> Array:
    """The values at their owners' rows, nothing elsewhere."""
    if len(owners) == how_many:
        return values
    spread = np.zeros(how_many, dtype=values.dtype)
    spread[owners] = values
    return spread


def _nothing(how_many: int, kind: str) -> pa.Array:
    types = {"R": _MONEY, "DT": pa.date32(), "N0": pa.int64()}
    return pa.nulls(how_many, types.get(kind, pa.string_view()))
