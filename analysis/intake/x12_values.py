"""The elements of many X12 segments at once: where they stand, and their texts, amounts and dates as Arrow columns.

Texts up to eight bytes are read as one number each, by numpy, so that a column costs a few passes and no loop.
What does not have the plain form (an amount of up to eight digits and two decimals, a date CCYYMMDD from 1900
to 2100) is named, not guessed.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from analysis.days import LATEST
from analysis.intake.x12_segments import Delimiters

Array = np.ndarray[Any, Any]

_MARGIN = bytes(16)
"""Stands before and behind the text, so that eight bytes may be read around each of its places."""

_INLINE_BYTES = 12
"""How long a text may be that stands in an Arrow string view itself; of a longer one its first four bytes and its
place."""

_MINUS, _POINT, _ZERO = ord("-"), ord("."), ord("0")
_FIRST_DAY = np.datetime64("1900-01-01", "D")
_LAST_DAY = np.datetime64(LATEST, "D")


def _word(value: int) -> np.uint64:
    return np.uint64(value)


_KEPT = np.array([(1 << 8 * length) - 1 for length in range(9)], dtype=np.uint64)
"""By length: which bits of eight bytes hold a text of that length."""
_INLINE = np.array(
    [(_KEPT[min(length, 4)] << np.uint64(32), _KEPT[max(length - 4, 0)]) for length in range(_INLINE_BYTES + 1)]
)
"""By length: which bits of the two words of an Arrow string view hold the text; half of the first is its length."""
_ZEROS = np.array([0x3030303030303030 & ((1 << 8 * (8 - length)) - 1) for length in range(9)], dtype=np.uint64)
"""By length: the zeros that stand before a number of that length in eight digits."""
_BEFORE = np.array([0, *(8 * (8 - length) for length in range(1, 9)), 0], dtype=np.uint64)
"""By length (9 is any larger): how many bits of the eight bytes before its end stand before an amount."""
_IS_USUAL = np.array([3 <= size <= 8 for size in range(10)])
"""By size (9 is any larger): whether an amount with a point and two decimals can be so long and still be usual."""
_ZEROS_OF_AMOUNT = np.array([_ZEROS[size - 1] if size else _ZEROS[0] for size in (*range(9), 0)], dtype=np.uint64)
"""By size: the zeros before the digits of such an amount without its point, in eight digits."""
_KEPT_OF_AMOUNT = np.array([_KEPT[8] ^ _KEPT[8 - max(size - 1, 0)] for size in (*range(9), 0)], dtype=np.uint64)
"""By size: which bits of eight bytes hold those digits."""


class Texts(NamedTuple):
    """Where texts start and end in a block; a text that is empty or not there ends where it starts."""

    start: Array
    end: Array

    def take(self, which: Array) -> Texts:
        """Some of the texts."""
        return Texts(self.start[which], self.end[which])


class Components(NamedTuple):
    """Elements, and in each the number of its first component separator in the block, and how many there are."""

    texts: Texts
    first: Array
    how_many: Array


class Values(NamedTuple):
    """Numbers read from texts (cents, days since 1970, whole numbers): which are there, and which are no plain ones."""

    numbers: Array
    is_there: Array
    is_odd: Array


class Elements:
    """A block's segments, numbered from 0, and the elements of each, numbered from 1."""

    def __init__(self, data: bytes, delimiters: Delimiters) -> None:
        self._text = pa.py_buffer(data)
        padded, front = b"".join((_MARGIN, data, _MARGIN)), len(_MARGIN)
        self.bytes = np.frombuffer(padded, dtype=np.uint8, offset=front)
        self._eights = np.ndarray((len(data) + 8,), "<u8", padded, front, strides=(1,))
        self._views = np.ndarray((len(data) + 4,), "V16", padded, front - 4, strides=(1,))
        element, segment = delimiters.element[0], delimiters.segment[0]
        self._places = np.flatnonzero((self.bytes == element) | (self.bytes == segment))
        last = np.flatnonzero(self.bytes[self._places] == segment)
        self.ends = self._places[last]
        self.starts = np.concatenate((np.zeros(1, dtype=np.int64), self.ends[:-1] + 1))
        self._heads = self._eights[self.starts]
        self.first = np.concatenate((np.zeros(1, dtype=np.int64), last[:-1] + 1))
        self.counts = last - self.first
        self._components = np.flatnonzero(self.bytes == delimiters.component[0])

    def keys(self, segments: Array | slice, ends: Array) -> Array:
        """The first eight bytes of each segment up to its end as given, as a number."""
        return np.asarray(self._heads[segments] & _KEPT[np.minimum(ends - self.starts[segments], 8)])

    def element(self, segments: Array, number: int) -> Texts:
        """The element of that number of each segment."""
        first, counts = self.first[segments], self.counts[segments]
        return _between(*(self.separators(first, counts, one) for one in (number - 1, number)))

    def run(self, segments: Array, number: Array, length: int) -> list[Texts]:
        """So many elements of each segment, one after another, from the one of that number."""
        first, counts = self.first[segments], self.counts[segments]
        places = [self.separators(first, counts, number + offset) for offset in range(-1, length)]
        return [_between(before, end) for before, end in pairwise(places)]

    def separators(self, first: Array, counts: Array, number: int | Array) -> Array:
        """Where the element of that number ends (0 for the id); where the segment ends, if it has none."""
        if isinstance(number, int) and number <= counts.min(initial=number):
            return self._places[number:].take(first)
        return self._places.take(first + np.minimum(number, counts))

    def components(self, texts: Texts) -> Components:
        """The component separators in each element."""
        first = np.searchsorted(self._components, texts.start)
        return Components(texts, first, np.searchsorted(self._components, texts.end) - first)

    def component(self, inside: Components, number: int) -> Texts:
        """The component of that number of each element."""
        (start, end), first, count = inside
        if count.max(initial=0) < number - 1:
            return Texts(end, end)
        bounds = np.append(self._components, 0)

        def separator(place: int) -> Array:
            return np.asarray(bounds[np.minimum(first + place, len(self._components))])

        if number > 1:
            start = np.where(count >= number - 1, separator(number - 2) + 1, end)
        return Texts(start, np.where(count >= number, separator(number - 1), end))

    def segments_with_components_outside(self, composites: list[Components]) -> Array:
        """The segments that hold a component separator outside these elements."""
        if sum(int(one.how_many.sum()) for one in composites) == len(self._components):
            return np.zeros(0, dtype=np.int64)
        is_inside = np.zeros(len(self._components), dtype=bool)
        for _, first, how_many in composites:
            before = np.cumsum(how_many) - how_many
            is_inside[np.repeat(first - before, how_many) + np.arange(how_many.sum())] = True
        return np.asarray(np.searchsorted(self.ends, self._components[~is_inside]))

    def amounts(self, texts: Texts) -> Values:
        """Money in cents."""
        is_there = texts.end > texts.start
        if not is_there.all():
            there = np.flatnonzero(is_there)
            found = self.amounts(texts.take(there))
            return Values(
                *(spread(one, there, len(is_there)) for one in (found.numbers, is_there[there], found.is_odd))
            )
        cents, is_usual = self._usual_cents(texts)
        is_odd = np.zeros(len(cents), dtype=bool)
        others = np.flatnonzero(~is_usual)
        if len(others):
            cents[others], is_odd[others] = self._cents(texts.take(others))
        return Values(cents, is_there, is_odd)

    def _usual_cents(self, texts: Texts) -> tuple[Array, Array]:
        """Amounts of at most 99999.99 in at most eight characters, written with both decimals, and which are such.

        Read from the eight bytes before their end: no amount ends sooner, as a block begins with an ST. A sign before
        them is not seen, and such an amount is read with the others.
        """
        read = self._eights[texts.end - 8]
        length = np.minimum(texts.end - texts.start, 9)
        is_negative = (read >> _BEFORE[length]).astype(np.uint8) == _MINUS
        is_any_negative = bool(is_negative.any())
        size = length - is_negative if is_any_negative else length
        is_usual = ((read >> _word(40)).astype(np.uint8) == _POINT) & _IS_USUAL[size]
        digits = ((read & _word(0xFFFFFFFFFF)) << _word(8)) | (read & _word(0xFFFF << 48))
        digits &= _KEPT_OF_AMOUNT[size]
        digits |= _ZEROS_OF_AMOUNT[size]
        numbers, is_odd = _eight_digits(digits)
        return np.where(is_negative, -numbers, numbers) if is_any_negative else numbers, is_usual & ~is_odd

    def _cents(self, texts: Texts) -> tuple[Array, Array]:
        """Amounts in any plain form, and which are none."""
        start, end = texts
        is_negative = self.bytes[start] == _MINUS
        start = start + is_negative
        length = end - start
        last, second, third = (self.bytes[end - back] for back in (1, 2, 3))
        has_two = (length > 2) & (third == _POINT)
        has_one = (length > 1) & (second == _POINT) & ~has_two
        has_none = (length > 1) & (last == _POINT) & ~has_two & ~has_one
        whole = length - (has_two * 3 + has_one * 2 + has_none)
        dollars, is_odd = self._digits(start, whole)
        tens = np.where(has_two, second, np.where(has_one, last, _ZERO)) - np.uint8(_ZERO)
        ones = np.where(has_two, last, _ZERO) - np.uint8(_ZERO)
        is_odd |= (tens > 9) | (ones > 9) | (length == 0)
        cents = dollars * 100 + tens * np.int64(10) + ones
        return np.where(is_negative, -cents, cents), is_odd

    def whole_numbers(self, texts: Texts) -> Values:
        """Whole numbers of up to eight digits."""
        is_there = texts.end > texts.start
        numbers, is_odd = self._digits(texts.start, texts.end - texts.start)
        return Values(numbers, is_there, is_odd & is_there)

    def dates(self, texts: Texts) -> Values:
        """Dates CCYYMMDD as days since 1970."""
        length = texts.end - texts.start
        is_there = length > 0
        numbers, is_odd = self._digits(texts.start, length)
        first, days = _days()
        place = numbers - first
        is_known = ~is_odd & (length == 8) & (place >= 0) & (place < len(days))
        found = days[np.where(is_known, place, 0)]
        return Values(found, is_there, is_there & ~(is_known & (found != _NO_DAY)))

    def _digits(self, start: Array, length: Array) -> tuple[Array, Array]:
        """Numbers of `length` digits, and where there is another sign or more than eight digits."""
        is_long = length > 8
        size = np.minimum(length, 8) if is_long.any() else length
        shift = ((8 - size) * 8).astype(np.uint64)
        right = np.where(size > 0, self._eights[start] << np.minimum(shift, _word(63)), _word(0))
        numbers, is_odd = _eight_digits(right | _ZEROS[size])
        return numbers, is_odd | is_long

    def texts(self, texts: Texts) -> pa.Array:
        """The texts as Arrow string views into the block, the empty ones null."""
        length = texts.end - texts.start
        longest = int(length.max(initial=0))
        if longest == 0:
            return pa.nulls(len(length), pa.string_view())
        shown = length if longest <= _INLINE_BYTES else np.minimum(length, _INLINE_BYTES)
        views = self._views[texts.start].view(np.uint64).reshape(-1, 2)
        views &= _INLINE.take(shown, axis=0)
        views[:, 0] |= length.view(np.uint64)
        if longest > _INLINE_BYTES:
            is_long = length > _INLINE_BYTES
            views[is_long, 1] = texts.start[is_long].astype(np.uint64) << _word(32)
        valid = _validity(length > 0)
        buffers = [valid, pa.py_buffer(views), self._text]
        return pa.Array.from_buffers(pa.string_view(), len(length), buffers)


_NO_DAY = np.int32(np.iinfo(np.int32).min)


def _eight_digits(digits: Array) -> tuple[Array, Array]:
    """Numbers of eight digits, each read as one word, and where there is another sign among them."""
    values = digits ^ _word(0x3030303030303030)
    is_odd = ((values + _word(0x7676767676767676)) | values) & _word(0x8080808080808080) != 0
    pairs = (values * _word(2561)) >> _word(8)
    fours = ((pairs & _word(0x00FF00FF00FF00FF)) * _word(6553601)) >> _word(16)
    numbers = ((fours & _word(0x0000FFFF0000FFFF)) * _word(42949672960001)) >> _word(32)
    return numbers.view(np.int64), is_odd


def spread(values: Array, owners: Array, how_many: int) -> Array:
    """The values at their owners' rows, nothing elsewhere."""
    if len(owners) == how_many:
        return values
    found = np.zeros(how_many, dtype=values.dtype)
    found[owners] = values
    return found


def _between(before: Array, end: Array) -> Texts:
    return Texts(np.minimum(before + 1, end), end)


@cache
def _days() -> tuple[int, Array]:
    """The first date as CCYYMMDD, and from it for each such number its day since 1970, or `_NO_DAY`."""
    dates = np.arange(_FIRST_DAY, _LAST_DAY + 1)
    months = dates.astype("M8[M]")
    years = months.astype("M8[Y]")
    day = (dates - months).astype(np.int64) + 1
    month = (months - years).astype(np.int64) + 1
    numbers = (years.astype(np.int64) + 1970) * 10_000 + month * 100 + day
    days = np.full(numbers[-1] - numbers[0] + 1, _NO_DAY, dtype=np.int32)
    days[numbers - numbers[0]] = dates.astype(np.int64)
    return int(numbers[0]), days


def _validity(is_there: Array) -> pa.Buffer | None:
    return None if is_there.all() else pa.py_buffer(np.packbits(is_there, bitorder="little"))


def as_column(numbers: Array, is_there: Array, kind: pa.DataType) -> pa.Array:
    """Numbers as an Arrow column of that type, which holds them as they are."""
    return pa.Array.from_buffers(kind, len(numbers), [_validity(is_there), pa.py_buffer(np.ascontiguousarray(numbers))])
