"""The transactions of an 835 that keep to the guide, read by numpy at twice oxedi's speed, by its layout.

A transaction keeps to the guide where each segment stands in a loop that has it, and each amount, date and number has
its plain form. Of such a one oxedi has nothing to tell, and the tables made here are those that oxedi would make
(tests hold the two against each other). Every other transaction is named by its segments, for oxedi to read.
Guide: X12 005010X221A1, loops 1000A to 2110.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.intake import x12_835_loops as loops
from analysis.intake.x12_segments import Delimiters
from analysis.intake.x12_values import Array, Components, Elements, Texts, Values, as_column, spread

_MOST_KEYS = 1000
"""Segment ids and qualifiers in a block: more than the guide has by far, and few enough to be numbered in 16 bits."""


class Irregular(Exception):
    """Some of a block's transactions do not keep to the guide: `segments` are numbers of segments in each of them."""

    def __init__(self, segments: Array) -> None:
        super().__init__("not all transactions keep to the guide")
        self.segments = segments


def read(data: bytes, delimiters: Delimiters) -> dict[str, pa.RecordBatch]:
    """oxedi's tables of the block; raises `Irregular` where it holds a transaction that does not keep to the guide."""
    return _Regular(data, delimiters).tables()


class _Group:
    """The segments of one id and qualifier in one loop; what is read of them is kept for the next column."""

    def __init__(self, elements: Elements, name: str, segments: Array) -> None:
        self.elements, self.name, self.segments = elements, name, segments
        self.first, self.counts = elements.first[segments], elements.counts[segments]
        self.width = int(self.counts.max(initial=0))
        self._separators: dict[int, Array] = {}
        self._components: dict[int, Components] = {}
        self._values: dict[int, Values] = {}
        self._owners: dict[int, tuple[Array, Array | None]] = {}

    def _separator(self, number: int) -> Array:
        if number not in self._separators:
            self._separators[number] = self.elements.separators(self.first, self.counts, number)
        return self._separators[number]

    def texts(self, number: int) -> Texts:
        """The element of that number of each segment."""
        end = self._separator(number)
        return Texts(np.minimum(self._separator(number - 1) + 1, end), end)

    def owners(self, loop: int, number_in: Callable[[int], Array]) -> tuple[Array, Array | None]:
        """The loop's rows that the segments belong to, and which segments are the first of their row, None for all."""
        if loop not in self._owners:
            owners = number_in(loop)[self.segments]
            is_first = np.diff(owners, prepend=-1) > 0
            self._owners[loop] = (owners, None) if is_first.all() else (owners[is_first], is_first)
        return self._owners[loop]

    def components(self, number: int) -> Components:
        """The component separators in it."""
        if number not in self._components:
            self._components[number] = self.elements.components(self.texts(number))
        return self._components[number]

    def values(self, number: int) -> Values:
        """The element as amounts, dates or whole numbers, as the layout has it."""
        if number not in self._values:
            self._values[number] = _values(self.elements, self.texts(number), loops.TYPES[self.name, number])
        return self._values[number]

    def odd(self) -> Array:
        """The segments with more elements than the guide has, or with an element that is no plain value of its type."""
        is_odd = self.counts > loops.WIDTHS[self.name]
        for number in range(1, min(self.width, loops.WIDTHS[self.name]) + 1):
            if (self.name, number) in loops.TYPES and self.name not in {"CAS", "PLB"}:
                is_odd |= self.values(number).is_odd
        return self.segments[is_odd]


def _values(elements: Elements, texts: Texts, kind: str) -> Values:
    """Texts as values of an X12 type; all that are there are odd for a type that no column has."""
    if kind == "R":
        return elements.amounts(texts)
    if kind == "DT":
        return elements.dates(texts)
    if kind == "N0":
        return elements.whole_numbers(texts)
    is_there = texts.end > texts.start
    return Values(np.zeros(len(is_there), dtype=np.int64), is_there, is_there)


class _Regular:
    """One block being read."""

    def __init__(self, data: bytes, delimiters: Delimiters) -> None:
        self.elements = Elements(data, delimiters)
        self._separator = delimiters.element.decode()
        self._find_groups()
        _refuse([*(group.odd() for group in self.groups.values()), self._with_components_outside()])

    def _find_groups(self) -> None:
        """The segments by id, qualifier and loop; a segment's loop is told by the last one that opened a loop."""
        keys, spelled = self._keys()
        opens = np.array([loops.OPENS.get(key, -1) for key in spelled], dtype=np.int8)[keys]
        openers = np.flatnonzero(opens >= 0)
        kinds = opens[openers]
        if not len(kinds) or openers[0] != 0 or kinds[0] != 0:
            raise Irregular(np.arange(len(keys)))
        _refuse([openers[1:][~loops.FOLLOWS[kinds[:-1], kinds[1:]]]])
        self.loops = np.repeat(kinds, np.diff(openers, append=len(keys)))
        self.opened = [openers[kinds == loop] for loop in range(6)]
        self._numbers: dict[int, Array] = {}
        self.groups: dict[tuple[str, int], _Group] = {}
        together = keys * np.int16(8) + self.loops
        counts = np.bincount(together)
        in_order = np.split(np.argsort(together, stable=True), np.cumsum(counts))
        odd = []
        for found in np.flatnonzero(counts).tolist():
            key, loop, segments = spelled[found // 8], found % 8, in_order[found]
            name = key.partition("*")[0]
            if (key, loop) in loops.ALLOWED or (name, loop) in loops.ALLOWED:
                self.groups[key, loop] = _Group(self.elements, name, segments)
            else:
                odd.append(segments)
        _refuse(odd)

    def number_in(self, loop: int) -> Array:
        """For each segment the number of the last that opened the loop, -1 before the first."""
        if loop not in self._numbers:
            opened = self.opened[loop]
            bounds = np.diff(opened, prepend=0, append=len(self.loops))
            self._numbers[loop] = np.repeat(np.arange(-1, len(opened)), bounds)
        return self._numbers[loop]

    def _keys(self) -> tuple[Array, list[str]]:
        """For each segment which it is, and what these are in words: `CLP`, or with its qualifier `REF*EA`."""
        elements = self.elements
        ids = elements.keys(slice(None), elements.separators(elements.first, elements.counts, 0))
        names = pa.array(ids).dictionary_encode()
        spelled = [_spelled(key) for key in names.dictionary.to_pylist()]
        code = np.asarray(names.indices)
        is_qualified = np.array([name in loops.QUALIFIED for name in spelled])
        qualified = np.flatnonzero(is_qualified[code])
        found = pa.array(elements.keys(qualified, elements.element(qualified, 1).end)).dictionary_encode()
        if len(spelled) + len(found.dictionary) > _MOST_KEYS:
            raise Irregular(np.arange(len(code)))
        keys = code.astype(np.int16)
        keys[qualified] = np.asarray(found.indices).astype(np.int16) + np.int16(len(spelled))
        spelled += [_spelled(key).replace(self._separator, "*") for key in found.dictionary.to_pylist()]
        return keys, spelled

    def _with_components_outside(self) -> Array:
        composites = [
            group.components(number)
            for group in self.groups.values()
            for number in loops.COMPOSITES.get(group.name, ())
            if number <= group.width
        ]
        return self.elements.segments_with_components_outside(composites)

    def tables(self) -> dict[str, pa.RecordBatch]:
        """oxedi's tables of the block."""
        made = {table: self._of_loop(loop, wanted) for table, (loop, wanted) in loops.OF_LOOPS.items()}
        made["adjustments"] = self._repeated("adjustments", "CAS", 2, 3)
        made["provider_adjustments"] = self._repeated("provider_adjustments", "PLB", 3, 2)
        made["remarks"] = self._remarks()
        return made

    def _of_loop(self, loop: int, wanted: dict[str, loops.Wanted]) -> pa.RecordBatch:
        """A table with a row for each time that the loop was opened."""
        rows = self.opened[loop]
        columns: dict[str, Any] = {"segment": rows}
        if loop == loops.LOOPS.index("2110"):
            columns["claim"] = self.number_in(loops.LOOPS.index("2100"))[rows]
        columns |= {name: self._found(one, loop, rows) for name, one in wanted.items()}
        return pa.record_batch(columns)

    def _found(self, wanted: loops.Wanted, own_loop: int, rows: Array) -> pa.Array:
        """The column: for each row what the first such segment in its loop says."""
        group = self.groups.get((wanted.key, wanted.loop))
        if group is None or wanted.element > group.width:
            return pa.nulls(len(rows), loops.ARROW[wanted.kind])
        if wanted.kind == "AN":
            texts = group.texts(wanted.element)
            if wanted.component is not None:
                texts = self.elements.component(group.components(wanted.element), wanted.component)
            return self.elements.texts(Texts(*self._on_rows(texts, group, wanted, own_loop, rows)))
        values = group.values(wanted.element)
        numbers, is_there = self._on_rows((values.numbers, values.is_there), group, wanted, own_loop, rows)
        return as_column(numbers, is_there, loops.ARROW[wanted.kind])

    def _on_rows(
        self, found: Iterable[Array], group: _Group, wanted: loops.Wanted, own_loop: int, rows: Array
    ) -> list[Array]:
        """What was found in the group's segments, at the rows that these belong to; nothing elsewhere."""
        if loops.LOOPS[wanted.loop] == "2000":
            above = self.number_in(wanted.loop)[rows]
            return [one[above] for one in found]
        owners, first = group.owners(own_loop, self.number_in)
        if first is not None:
            found = [one[first] for one in found]
        return [spread(one, owners, len(rows)) for one in found]

    def _segments(self, name: str) -> Array:
        """The segments of that id in all loops, in order."""
        found = [group.segments for group in self.groups.values() if group.name == name]
        return np.sort(np.concatenate(found)) if len(found) > 1 else (found or [np.zeros(0, dtype=np.int64)])[0]

    def _repeated(self, table: str, name: str, first: int, step: int) -> pa.RecordBatch:
        """A table with a row for each reason and amount of a CAS or PLB, whose elements repeat."""
        elements, segments = self.elements, self._segments(name)
        counts = np.maximum((elements.counts[segments] - first + step) // step, 0)
        rows = np.repeat(segments, counts)
        at = first + step * (np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts))
        reasons, *amounts = elements.run(rows, at, step)
        values = [elements.amounts(one) for one in amounts]
        is_told = reasons.end > reasons.start
        odd = [rows[is_told != values[0].is_there], segments[counts == 0]]
        odd += [rows[one.is_odd] for one in values]
        kept = np.flatnonzero(is_told)
        columns: dict[str, Any] = {"segment": rows[kept]}
        if name == "CAS":
            columns |= self._owners(rows[kept])
        for column, definition in loops.LAYOUT["tables"][table]["columns"].items():
            offset = definition.get("group_element")
            if offset:
                columns[column] = as_column(
                    values[offset - 1].numbers[kept], values[offset - 1].is_there[kept], loops.MONEY
                )
                continue
            texts = reasons.take(kept) if offset == 0 else elements.element(rows[kept], definition["element"])
            if "component" in definition:
                texts = elements.component(elements.components(texts), definition["component"])
            if loops.TYPES.get((name, definition.get("element"))) == "DT":
                dates = elements.dates(texts)
                odd.append(rows[kept][dates.is_odd])
                columns[column] = as_column(dates.numbers, dates.is_there, loops.ARROW["DT"])
            else:
                columns[column] = elements.texts(texts)
        _refuse(odd)
        return pa.record_batch(columns)

    def _owners(self, rows: Array) -> dict[str, pa.Array]:
        """The claim of each row, and its service line where it stands in one."""
        claims, lines = loops.LOOPS.index("2100"), loops.LOOPS.index("2110")
        is_in_claim = self.loops[rows] == claims
        service = pa.array(self.number_in(lines)[rows], mask=is_in_claim if is_in_claim.any() else None)
        return {"claim": self.number_in(claims)[rows], "service": service}

    def _remarks(self) -> pa.RecordBatch:
        """A row for each LQ."""
        segments = self._segments("LQ")
        columns: dict[str, Any] = {
            "segment": segments,
            "service": self.number_in(loops.LOOPS.index("2110"))[segments],
        }
        for name, definition in loops.LAYOUT["tables"]["remarks"]["columns"].items():
            columns[name] = self.elements.texts(self.elements.element(segments, definition["element"]))
        return pa.record_batch(columns)


def _refuse(odd: Iterable[Array]) -> None:
    found = np.concatenate([np.zeros(0, dtype=np.int64), *odd])
    if len(found):
        raise Irregular(found)


def _spelled(key: int) -> str:
    return key.to_bytes(8, "little").rstrip(b"\0").decode("latin-1")
