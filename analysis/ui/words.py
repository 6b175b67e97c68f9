"""What is said on the screen: column names, codes, amounts and days in words. No streamlit here."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.money import show
from analysis.trade_words import code_of_trade, label_of_trade, spoken
from analysis.ui.codes import CODED, CODES, NAMED, NAMING, TOLD, YES_NO
from analysis.ui.labels import LABELS

_MARKS = re.compile(r"[\\`*_\[\]<>$~|]|:(?=\S)")
NOTHING = "—"
TRADE_CODE = 2
"""Capitals so short are a code of the trade (WO, L6), not a word."""


def label(column: str) -> str:
    """The column's name for a reader: `deposit_date` is `Deposit date`."""
    own = LABELS.get(column) or column.removesuffix("_amount").replace("_", " ").capitalize()
    return label_of_trade(column) or spoken(own)


def code(value: str) -> str:
    """A code for a reader: `not_yet_deposited` is `Not yet deposited`; a list by semicolons stays one."""
    parts = [part.strip() for part in value.split(";")]
    said = [code_of_trade(part) or spoken(CODES.get(part) or _plain(part)) for part in parts if part]
    return "; ".join(said)


def _plain(part: str) -> str:
    if len(part) <= TRADE_CODE and part.isupper():
        return part
    return part.replace("_", " ").lower().capitalize() if part.isupper() or "_" in part or part.islower() else part


def yes_no(column: str, value: bool) -> str:
    """A truth for a reader, with a sign beside the word."""
    said = YES_NO.get(column, ("yes", "no"))
    return said[0] if value else said[1]


def said(column: str, value: Any) -> str:
    """Any value of a column as a reader sees it; a dash for nothing."""
    match value:
        case bool():
            return yes_no(column, value)
        case Decimal():
            return show(value)
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case str():
            return _text(column, value)
        case int():
            return f"{value:,}" if not column.endswith("_id") else str(value)
        case _:
            return NOTHING if value is None or pd.isna(value) else str(value)


def _text(column: str, value: str) -> str:
    if column in CODED:
        return code(value)
    if column in NAMING:
        return spoken(NAMED[value]) if value in NAMED else value
    return spoken(value) if column in TOLD else value


def long_day(day: date) -> str:
    """`Friday, November 13, 2026`."""
    return f"{day:%A}, {day:%B} {day.day}, {day.year}"


def count_of(count: int, one: str, many: str | None = None) -> str:
    """`1 row`, `41 rows`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def unmarked(text: str) -> str:
    """The text for where markdown is read, such that none of it is taken for markdown."""
    return _MARKS.sub(r"\\\g<0>", text)
