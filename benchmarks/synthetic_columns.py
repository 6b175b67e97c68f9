"""Columns of synthetic payments: numbers, days and cents as the store's own Arrow types."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.money import MONEY

FIRST_DATE = date(2024, 1, 8)
Numbers = NDArray[np.int64]


def places_in(order: Numbers) -> NDArray[np.int32]:
    """Each row's place, counted from 1, when rows are told in that order."""
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(1, len(order) + 1)
    return places


def dates_of(days: Numbers) -> pa.Array:
    """Business days from `FIRST_DATE` as dates."""
    return pa.array(np.busday_offset(np.datetime64(FIRST_DATE), days, roll="forward"), pa.date32())


def money(cents: Numbers) -> pa.Array:
    """US dollars, exact: a decimal's 16 bytes are its cents and their sign."""
    halves = np.stack([cents, cents >> 63], axis=1).astype(np.int64)
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(halves.tobytes())])


def random_keys(rng: np.random.Generator, count: int) -> pa.Array:
    """32 random hex digits a row."""
    offsets = np.arange(0, 32 * count + 1, 32, dtype=np.int32)
    digits = rng.bytes(16 * count).hex().encode()
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets.tobytes()), pa.py_buffer(digits))


def company_ids(payers: Numbers) -> pa.Array:
    """The payers' company ids, ten digits each."""
    return joined("1", text_of(400_000_000 + payers * 37))


def payer_names(payers: Numbers) -> pa.Array:
    """The payers' names."""
    return joined("HEALTH PLAN ", text_of(100 + payers), " OF OHIO")


def cut(texts: pa.Array, most: int) -> pa.Array:
    """The texts' first characters."""
    return pc.utf8_slice_codeunits(texts, 0, most)


def text_of(numbers: Numbers) -> pa.Array:
    """Numbers as text."""
    return pc.cast(pa.array(numbers), pa.string())


def same(text: str, count: int) -> pa.Array:
    """One text for every row."""
    return pa.repeat(text, count)


def joined(*texts: pa.Array | str) -> pa.Array:
    """Texts put together row by row; null where one of them is."""
    return pc.binary_join_element_wise(*texts, "")
