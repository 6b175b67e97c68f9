"""A workbook that a person has worked in, as headings and rows of text; what cannot be read is refused as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.intake.workbook import is_workbook, sheets
from analysis.problems import FileRejected, Finding, RequestRefused

MOST_ROWS, MOST_BYTES = 20_000, 20_000_000
_FAULTS_SHOWN = 20

NumberedRow = tuple[int, dict[str, str]]
"""A row's number in the sheet and its cells by heading, blank ones empty."""


@dataclass(slots=True)
class Taken:
    """What became of a sheet: the ids taken, rows not touched or taken before, rows not taken and why, and columns
    that were not read."""

    done: list[str] = field(default_factory=list)
    untouched: int = 0
    before: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """`3 of 5 changed rows taken; 195 rows not changed; 1 row taken before; 15 other columns are not read`."""
        changed = len(self.done) + len(self.refused)
        parts = [f"{len(self.done):,} of {_rows(changed, 'changed row')} taken" if changed else "nothing is taken"]
        parts.append(f"{_rows(self.untouched)} not changed")
        if self.before:
            parts.append(f"{_rows(self.before)} taken before")
        if self.ignored:
            parts.append(f"{_rows(len(self.ignored), 'other column')} not read")
        return "; ".join(parts)


def rows_of_sheet(
    data: bytes, known_by: Sequence[str], needed: Sequence[str] = ()
) -> tuple[list[str], list[NumberedRow]]:
    """The headings, lower case with underscores, and the rows of the first sheet that has the headings `known_by`.

    Raises `RequestRefused` where there is none, a heading stands twice, one that is `needed` is missing, or the rows
    are too many.
    """
    if len(data) > MOST_BYTES or not is_workbook(data):
        raise RequestRefused(f"wanted an XLSX workbook of at most {MOST_BYTES // 1_000_000} MB, as it was downloaded")
    findings: list[Finding] = []
    try:
        for sheet in sheets(data, findings):
            rows = [(number, cells) for number, cells in sheet.rows if any(cell.strip() for cell in cells)]
            if rows and set(known_by) <= set(headings := [heading(cell) for cell in rows[0][1]]):
                return headings, _read(headings, needed, rows[1:])
    except FileRejected as refusal:
        raise RequestRefused(f"the workbook cannot be read: {refusal}") from None
    raise RequestRefused(f"no sheet of the workbook has the headings {' and '.join(known_by)} in its first row")


def _read(names: list[str], needed: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> list[NumberedRow]:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    lacking = [name for name in needed if name not in names]
    if twice or lacking:
        said = f"stands twice: {', '.join(twice)}" if twice else f"is missing: {', '.join(lacking)}"
        raise RequestRefused(f"row 1: a column {said}; nothing was taken")
    if len(body) > MOST_ROWS:
        raise RequestRefused(f"a sheet has at most {MOST_ROWS:,} rows, this one has {len(body):,}")
    return [
        (number, dict.fromkeys(names, "") | dict(zip(names, [cell.strip() for cell in cells], strict=False)))
        for number, cells in body
    ]


def refuse(faults: Sequence[str]) -> None:
    """Nothing of the sheet is taken where any cell is wrong: `RequestRefused` with each by row and column."""
    if faults:
        more = f"; and {len(faults) - _FAULTS_SHOWN} more" if len(faults) > _FAULTS_SHOWN else ""
        raise RequestRefused(f"nothing was taken. {'; '.join(faults[:_FAULTS_SHOWN])}{more}")


def named_twice(column: str, rows: Iterable[tuple[int, str]]) -> list[str]:
    """What is wrong where two rows are about the same: rows as number and id."""
    seen: dict[str, int] = {}
    return [
        f"row {number}, {column}: it stands in row {first} already"
        for number, known_as in rows
        if (first := seen.setdefault(known_as, number)) != number
    ]


def whole_number(text: str) -> int | None:
    """The cell as a whole number of at most nine digits; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def heading(text: str) -> str:
    """A heading or code as it is compared: lower case, with underscores."""
    return text.strip().casefold().replace(" ", "_")


def _rows(count: int, one: str = "row") -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"
