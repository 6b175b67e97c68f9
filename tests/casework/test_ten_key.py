"""What a ten-key pad types, and what it does not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.casework.ten_key import Entry, entry
from analysis.problems import RequestRefused


@pytest.mark.parametrize(
    ("typed", "cents", "wanted"),
    [
        pytest.param("125.00", False, Entry("add", Decimal("125.00")), id="an amount"),
        pytest.param("125+", False, Entry("add", Decimal("125.00")), id="with plus"),
        pytest.param("12500", True, Entry("add", Decimal("125.00")), id="cents, as an adding machine"),
        pytest.param("125.5", True, Entry("add", Decimal("125.50")), id="a point is a point"),
        pytest.param("12500", False, Entry("add", Decimal("12500.00")), id="dollars"),
        pytest.param("125.00-", False, Entry("void", Decimal("125.00")), id="that amount back"),
        pytest.param("-", False, Entry("void"), id="the last one back"),
        pytest.param("−", False, Entry("void"), id="a real minus sign"),
        pytest.param("/7", False, Entry("void", line_number=7), id="line 7"),
        pytest.param("7*130.00", False, Entry("correct", Decimal("130.00"), 7), id="line 7 corrected"),
    ],
)
def test_entry(typed: str, cents: bool, wanted: Entry):
    """Each way of the pad."""
    assert entry(typed, typed_cents=cents) == wanted


@pytest.mark.parametrize("typed", ["", "0", "0.00", "abc", "1.234", "--5", "7*", "/x", "1e5", "+"])
def test_what_is_no_entry(typed: str):
    """It is refused in words, never taken for zero."""
    with pytest.raises(RequestRefused, match="wanted an amount"):
        entry(typed)
