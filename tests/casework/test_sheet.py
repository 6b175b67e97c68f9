"""The spreadsheet and back: by id and version, each row whole, the broken sheet refused, the same sheet taken once."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.casework.acts import by_id
from analysis.casework.sheet import take_sheet
from analysis.casework.sheet_rows import Taken
from analysis.casework.worklist import history
from analysis.exports import worklist_xlsx
from analysis.match.decisions import Who
from analysis.problems import RequestRefused
from analysis.store import Store
from tests.casework.desks import DAY, Desk, item, later

Edits = Mapping[int, Mapping[str, Any]]


@pytest.fixture
def desk(store: Store) -> Desk:
    """Four cases, the first by score on row 2 of the sheet."""
    names = ("a", "b", "c", "d")
    return Desk(store, [item(one, f"{900 - 100 * n}.00") for n, one in enumerate(names)])


def worked(desk: Desk, edits: Edits, also: Callable[[Any], None] | None = None) -> bytes:
    """The worklist as it is exported now, with the cells of those rows changed in a spreadsheet."""
    book = load_workbook(io.BytesIO(worklist_xlsx(desk.frame(), DAY)))
    sheet = book["Worklist"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for row, cells in edits.items():
        for name, value in cells.items():
            sheet.cell(row, place[name]).value = value
    if also is not None:
        also(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(desk: Desk, data: bytes, name: str = "ana") -> Taken:
    """What becomes of the sheet when it is uploaded."""
    return take_sheet(desk.store, by_id(desk.frame()), data, Who(name, DAY))


def test_what_was_changed_is_taken_and_the_same_sheet_again_is_not(desk: Desk) -> None:
    """State, owner, next date and note; other cells are not read; a second upload takes nothing and says so."""
    edits = {
        2: {"state": "waiting", "next_on": datetime(2026, 11, 20), "owner": "ben", "note": "=JOHN DOE called"},
        3: {"next_on": "11/18/2026", "amount": 1},
        4: {"note": "looked at it"},
    }
    data = worked(desk, edits)
    first = taken(desk, data)
    assert first.words == "3 of 3 changed rows taken; 1 row not changed; 15 other columns not read"
    case = desk.case("a")
    assert (case["state"], case["next_on"], case["owner"], case["version"]) == ("waiting", later(7), "ben", 1)
    assert (desk.case("b")["next_on"], str(desk.case("b")["amount"])) == (later(5), "800.00")
    assert list(history(desk.store, "c")["note"]) == ["looked at it"]
    again = taken(desk, data)
    assert again.words == "nothing is taken; 1 row not changed; 3 rows taken before; 15 other columns not read"
    assert len(history(desk.store, "a")) == 1


def test_a_row_that_someone_changed_since_is_told_and_not_taken(desk: Desk) -> None:
    """With what, by whom and in which row; untouched rows that changed since are no conflict."""
    data = worked(desk, {2: {"owner": "ana"}, 3: {"owner": "ana"}})
    desk.set("a", "ben", owner="ben")
    desk.set("d", "ben", owner="ben")
    outcome = taken(desk, data)
    assert outcome.words.startswith("1 of 2 changed rows taken; 2 rows not changed")
    ((row, case_id, why),) = outcome.refused
    assert (row, case_id) == (2, "a") and "owner: nobody → ben (ben" in why
    assert (desk.case("a")["owner"], desk.case("b")["owner"], desk.case("d")["owner"]) == ("ben", "ana", "ben")


def test_what_the_page_refuses_the_sheet_refuses(desk: Desk) -> None:
    """In the same words, row by row; a case whose item was settled meanwhile is told so."""
    edits = {2: {"state": "waiting"}, 3: {"state": "resolved"}, 4: {"owner": "ana"}, 5: {"owner": "ana"}}
    data = worked(desk, edits)
    desk.items = desk.items[:3]
    why = {case_id: words for _, case_id, words in taken(desk, data).refused}
    assert "needs a next date" in why["a"] and "set it waiting" in why["b"] and "settled" in why["d"]
    assert desk.case("c")["owner"] == "ana"


def _drop_column(name: str) -> Callable[[Any], None]:
    def dropped(sheet: Any) -> None:
        sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == name))

    return dropped


def _copy_row(sheet: Any) -> None:
    sheet.append([cell.value for cell in sheet[2]])


@pytest.mark.parametrize(
    ("edits", "also", "words"),
    [
        pytest.param({3: {"next_on": "soon"}}, None, "row 3, next_on: wanted a date", id="a day that is none"),
        pytest.param({4: {"state": "lost"}}, None, "row 4, state: wanted one of", id="a state that is none"),
        pytest.param({2: {"version": "x"}}, None, "row 2, version: wanted", id="a version that is none"),
        pytest.param({2: {"case_id": None}}, None, "row 2, case_id: wanted", id="no id"),
        pytest.param({5: {"as_exported": "new"}}, None, "row 5, as_exported", id="the hidden column broken"),
        pytest.param(
            {5: {"as_exported": '["c", "new", null, null]'}},
            None,
            "row 5, as_exported: wanted what was exported of",
            id="the hidden cell of another row",
        ),
        pytest.param({}, _copy_row, "row 6, case_id: it stands in row 2 already", id="a row twice"),
        pytest.param({}, _drop_column("owner"), "row 1: a column is missing: owner", id="a column gone"),
        pytest.param({}, _drop_column("case_id"), "no sheet of the workbook", id="no ids at all"),
    ],
)
def test_a_broken_sheet_is_refused_whole(
    desk: Desk, edits: Edits, also: Callable[[Any], None] | None, words: str
) -> None:
    """By row and column; the good rows of it are not taken either, and no text of a cell is repeated."""
    good = {2: {"note": "JOHN DOE", **edits.get(2, {})}}
    with pytest.raises(RequestRefused, match=words) as refused:
        taken(desk, worked(desk, {**edits, **good}, also))
    assert "DOE" not in str(refused.value)
    assert set(desk.frame()["version"]) == {0}


def _total(sheet: Any) -> None:
    sheet.append(["Total", None, None, None, None, None, None, None, None, 4200])
    sheet.append([None, None, None, None, None, None, None, None, None, "=SUM(J2:J5)"])


def test_a_row_of_totals_is_left_alone(desk: Desk) -> None:
    """Whether it says so in the first column or holds a sum alone."""
    outcome = taken(desk, worked(desk, {2: {"owner": "ana"}}, _total))
    assert outcome.words.startswith("1 of 1 changed row taken; 3 rows not changed")


@pytest.mark.parametrize("data", [b"", b"case_id,version\na,0\n", b"PK\x03\x04rubbish"])
def test_what_is_no_workbook_is_refused(desk: Desk, data: bytes) -> None:
    """In words."""
    with pytest.raises(RequestRefused, match="workbook"):
        taken(desk, data)


def test_the_sheet_looks_locked_where_it_is_not_read(desk: Desk) -> None:
    """Grey where Tieout alone writes, the helper column hidden, text as text."""
    desk.items[0]["payer_name"] = "=HYPERLINK(1)"
    sheet = load_workbook(io.BytesIO(worklist_xlsx(desk.frame(), DAY)))["Worklist"]
    head = {cell.value: cell for cell in sheet[1]}
    assert [head[name].fill.fgColor.rgb for name in ("case_id", "amount", "owner")] == [
        "FFE7EAEC",
        "FFE7EAEC",
        "00000000",
    ]
    assert sheet.column_dimensions[head["as_exported"].column_letter].hidden
    assert sheet.cell(2, head["payer_name"].column).data_type == "s"


def test_a_thousand_rows_do_not_hold_the_others_up(store: Store) -> None:
    """Someone who writes all the while waits for a second at most, and every row is taken."""
    desk = Desk(store, [item(f"case-{n:04}") for n in range(1000)])
    data = worked(desk, {row: {"owner": "ana"} for row in range(2, 1002)})
    cases, waits, is_over = by_id(desk.frame()), [], threading.Event()

    def others() -> None:
        while not is_over.is_set():
            began = time.monotonic()
            store.write(lambda cursor: cursor.execute("select 1").fetchall())
            waits.append(time.monotonic() - began)
            time.sleep(0.01)

    other = threading.Thread(target=others)
    other.start()
    outcome = take_sheet(store, cases, data, Who("ana", DAY))
    is_over.set()
    other.join()
    assert outcome.words.startswith("1,000 of 1,000 changed rows taken")
    assert len(waits) >= 10 and max(waits) < 1.5
    assert set(desk.frame()["owner"]) == {"ana"}
