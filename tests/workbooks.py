"""Workbooks read back, as a reader of them sees the cells."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """By the name of each sheet its rows of values."""
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
