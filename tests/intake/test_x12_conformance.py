"""What pyx12 says of an 835: told by place, with no patient's data, and deciding nothing."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from analysis.intake import x12_conformance
from analysis.intake.x12_conformance import conformance
from analysis.intake.x12_frame import frame
from analysis.problems import Finding

SAMPLE = Path(__file__).parents[2] / "sample_data" / "fortnight"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "835"
GOOD = (SAMPLE / "2026-11-02" / "clearwell_20261102.835").read_bytes()


def places(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(one.severity, one.code, one.location) for one in found]


def segments(data: bytes) -> list[str]:
    """The sample's segments; number n stands at n - 1."""
    return data.decode().replace("\n", "").replace("\r", "").rstrip("~").split("~")


def changed(number: int, *elements: str) -> bytes:
    """The sample with a segment replaced."""
    lines = segments(GOOD)
    lines[number - 1] = "*".join(elements)
    return ("~".join(lines) + "~").encode()


def number_of(name: str) -> int:
    return next(n for n, line in enumerate(segments(GOOD), start=1) if line.startswith(f"{name}*"))


def test_the_sample_conforms() -> None:
    """The invented hospital's remittances break no rule of the guide."""
    assert conformance(GOOD) == ()


CLP, QC = number_of("CLP"), number_of("NM1*QC")
CLP_ELEMENTS = segments(GOOD)[CLP - 1].split("*")


@pytest.mark.parametrize(
    ("data", "found", "shown"),
    [
        pytest.param(changed(CLP, *CLP_ELEMENTS[:2], "99", *CLP_ELEMENTS[3:]),
                     ("info", "x12_7", f"segment {CLP}, CLP02"), "99", id="a code is shown"),
        pytest.param(changed(CLP, *CLP_ELEMENTS[:2], "SMYTHE-DOE", *CLP_ELEMENTS[3:]),
                     ("info", "x12_7", f"segment {CLP}, CLP02"), "", id="a name where a code should be is not"),
        pytest.param(changed(CLP, *CLP_ELEMENTS[:3], "1.2.3", *CLP_ELEMENTS[4:]),
                     ("warning", "x12_6", f"segment {CLP}, CLP03"), "", id="no amount is not shown"),
        pytest.param(changed(CLP, CLP_ELEMENTS[0], "", *CLP_ELEMENTS[2:]),
                     ("warning", "x12_1", f"segment {CLP}, CLP01"), "", id="a missing element"),
        pytest.param(changed(QC, "NM1", "QC", "SMYTHE-DOE", "SMYTHE-DOE"),
                     ("info", "x12_7", f"segment {QC}, NM102"), "", id="a name is not shown"),
        pytest.param(changed(QC, "NM1", "QC", "1", "SMYTHE-DOE" * 9),
                     ("warning", "x12_5", f"segment {QC}, NM103"), "", id="too long"),
        pytest.param(changed(QC, "NM1", "QC", "1", "S", "J", "", "", "", "MI", "", "", "", "9", "9", "9"),
                     ("warning", "x12_8", f"segment {QC}, NM1"), "", id="too many elements"),
        pytest.param(changed(QC, "QQQ", "SMYTHE-DOE"), ("warning", "x12_1", f"segment {QC}, QQQ"), "",
                     id="a segment of no guide"),
        pytest.param(GOOD.replace(b"*P*:~", b"*P*:~", 1).replace(b"IEA*1*", b"IEA*7*"),
                     ("warning", "x12_021", f"segment {len(segments(GOOD))}, IEA01"), "", id="a count"),
    ],
)  # fmt: skip
def test_what_is_found(data: bytes, found: tuple[str, str, str], shown: str) -> None:
    """Each fault is told at its segment, numbered as the rows are, and element; values stay out of the words."""
    one = next(one for one in conformance(data) if (one.severity, one.code, one.location) == found)
    assert one.message.endswith(shown) and "SMYTHE" not in one.message


def test_a_missing_segment_is_named() -> None:
    """What the guide demands and the file lacks is named before the place where it was missed."""
    lines = segments(GOOD)
    data = "~".join(line for line in lines if not line.startswith("PER*BL")).encode() + b"~"
    assert [(one.code, one.message) for one in conformance(data)][:1] == [
        ("x12_3", "wanted segment PER, which the guide demands, before this place")
    ]


def test_segments_are_numbered_over_several_interchanges() -> None:
    """The second interchange, with other delimiters, is checked too, and its places are those of the whole file."""
    second = changed(CLP, *CLP_ELEMENTS[:2], "99", *CLP_ELEMENTS[3:])
    data = GOOD + b"\n" + second.replace(b"*", b"|").replace(b"\n", b"")
    place = len(segments(GOOD)) + CLP
    assert ("info", "x12_7", f"segment {place}, CLP02") in places(conformance(data))
    assert frame(data).transactions[-1].last_segment > place


@pytest.mark.parametrize(
    ("data", "location"),
    [
        pytest.param(GOOD * 2 + b" " * x12_conformance.LARGEST_BYTES, "file", id="too large"),
        pytest.param(GOOD[GOOD.index(b"ST*") :].split(b"GE*")[0], "file", id="no ISA"),
        pytest.param(GOOD[:400], "segment", id="cut"),
        pytest.param(b"PDF", "file", id="something else"),
        pytest.param(GOOD.replace(b"          ", b"", 1), "segment 1, ISA", id="an ISA without its widths"),
        pytest.param(GOOD.replace(b"005010X221A1", b"005010X999"), "segment 2, GS", id="an unknown guide"),
        pytest.param(changed(QC, "NM1", "QC", "1", "S" * 20_000), f"segment {QC}", id="a segment of 20 KB"),
    ],
)
def test_what_cannot_be_checked_is_said(data: bytes, location: str) -> None:
    """One finding of severity info says where and why nothing was checked."""
    (one,) = conformance(data)
    assert (one.severity, one.code) == ("info", "x12_not_checked")
    assert one.location.startswith(location) and "SS" not in one.message


def test_nothing_is_written_and_nothing_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """pyx12 leaves no file and no line of log behind: either would hold patients' data."""
    monkeypatch.chdir(tmp_path)
    with caplog.at_level(logging.DEBUG):
        assert conformance(changed(QC, "NM1", "QC", "SMYTHE-DOE", "SMYTHE-DOE"))
    assert list(tmp_path.iterdir()) == []
    assert "SMYTHE" not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir() and not os.environ.get("CI"), reason="the public samples are not here")
def test_public_samples() -> None:
    """Every public sample is checked or says why not; no finding is an error, each stands at a segment of the file."""
    checked = 0
    for path in sorted(CORPUS.glob("*__*")):
        data = path.read_bytes()
        found = conformance(data)
        checked += not any(one.code == "x12_not_checked" for one in found)
        last = max(one.last_segment for one in frame(data).transactions) + 2
        assert {one.severity for one in found} <= {"info", "warning"}
        numbers = [int(one.location.split(",")[0].removeprefix("segment ")) for one in found if one.location != "file"]
        assert all(1 <= number <= last for number in numbers), path.name
    assert checked >= 26
