"""Codes: own categories without any list, public and licensed files read whole or refused, the newest list holds."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from analysis.casework.code_categories import CATEGORIES, category_of
from analysis.casework.code_lists import code_lists, load_code_list, look_up
from analysis.intake.code_lists import LISTS, packaged_list, read_code_list
from analysis.problems import FileRejected, RequestRefused
from analysis.store import Store
from tests.stores import empty_store

ORDER = (
    f"00001 A00     0 {'Cholera':<60} Cholera\n00002 A000    1 {'Cholera biovar cholerae':<60} Cholera, long words\n"
)


def hcpcs(code: str, mark: str, text: str) -> str:
    """A line of CMS's HCPCS file."""
    return f"{code:<5}00100{mark}{text:<80}{'SHORT':<28}".ljust(320)


CMS = "\n".join([hcpcs("J0001", "3", "first"), hcpcs("J0001", "4", "second"), hcpcs("   XY", "7", "mark")])
CMS_ROWS = (("HCPC", "SEQNUM", "LONG DESCRIPTION", "SHORT DESCRIPTION"), ("J0001", "100", "long", "short"))


@pytest.fixture
def empty() -> Iterator[Store]:
    """A store that holds nothing."""
    with empty_store() as store:
        yield store


def workbook(*rows: tuple[str, ...]) -> bytes:
    """An XLSX of these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        pytest.param("ICD10CM", ORDER, {"A00": "Cholera", "A000": "Cholera, long words"}, id="order file"),
        pytest.param("ICD10CM", "A000    One\r\nA001    Two\r\n", {"A000": "One", "A001": "Two"}, id="codes file"),
        pytest.param("HCPCS", CMS, {"J0001": "first second", "XY": "mark"}, id="CMS text"),
        pytest.param("HCPCS", workbook(*CMS_ROWS), {"J0001": "long"}, id="CMS workbook"),
        pytest.param("CARC", "Title\nCode;Description\n45;own\nB10;others\n", {"45": "own", "B10": "others"}, id="CSV"),
        pytest.param("ICD10CM", "code,description\nE11.9,words\n", {"E119": "words"}, id="with dots"),
    ],
)
def test_lists_are_read(name: str, data: str | bytes, codes: dict[str, str]) -> None:
    """Every format that is named, to code and description."""
    assert read_code_list(name, data if isinstance(data, bytes) else data.encode()) == codes


@pytest.mark.parametrize(
    ("name", "data", "code", "place"),
    [
        pytest.param(
            "ICD10CM", ORDER.encode() + b"what is this\n", "bad_code_line", "line 3", id="a line that is none"
        ),
        pytest.param("CARC", b"code,description\n45,a\nJOHN DOE,b\n", "bad_code", "line 3", id="a code that is none"),
        pytest.param("CARC", b"code,description\n45,a\n45,b\n", "code_twice", "line 3", id="two descriptions"),
        pytest.param("CARC", b"code,description\n45,\n", "bad_code_line", "line 2", id="no description"),
        pytest.param("CARC", b"code,description\n", "no_codes", "file", id="no codes"),
        pytest.param("NDC", b"code,description\n1,a\n", "unknown_code_list", "name", id="no such list"),
    ],
)
def test_what_is_no_list_is_refused(empty: Store, name: str, data: bytes, code: str, place: str) -> None:
    """With the line, without what stands there, and nothing is loaded."""
    with pytest.raises(FileRejected) as refusal:
        load_code_list(empty, name, "x.csv", data, "ana")
    assert refusal.value.code == code and place in refusal.value.location and "DOE" not in str(refusal.value)
    assert code_lists(empty).empty


def test_the_newest_list_holds(empty: Store) -> None:
    """Its text stands beside Tieout's own category; the same file again is refused; who and when are kept."""
    assert look_up(empty, "45")["category"].tolist() == ["contract"]
    load_code_list(empty, "CARC", "old.csv", b"code,description\n45,old words\n999,gone\n", "ana")
    load_code_list(empty, "CARC", "new.csv", b"code,description\n45,new words\n", "ben")
    found = look_up(empty, "45")
    assert found["description"].tolist() == ["new words"] and look_up(empty, "999").empty
    assert look_up(empty, "NEW W")["code"].tolist() == ["45"]
    with pytest.raises(RequestRefused, match="holds already"):
        load_code_list(empty, "CARC", "again.csv", b"code,description\n45,new words\n", "cal")
    told = code_lists(empty)
    assert list(zip(told["loaded_by"], told["is_in_force"], strict=True)) == [("ben", True), ("ana", False)]


def test_own_categories_are_codes_and_no_texts() -> None:
    """Each code looks like one of its list; a category is one short word or two of ours."""
    for name, codes in CATEGORIES.items():
        assert codes
        for code, category in codes.items():
            assert LISTS[name].fullmatch(code), code
            assert category.replace("_", "").isalpha() and len(category) < 25
    assert category_of("PLB", "WO") == "taken_back" and category_of("CARC", "999") is None


def test_icd_10_cm_came_along() -> None:
    """The package has the list, whole."""
    source, codes = packaged_list()
    assert source.startswith("package simple-icd-10-cm") and len(codes) > 90_000 and "E119" in codes
