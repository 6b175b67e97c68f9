"""The frame of an 835: what is mended, what is doubted, what is refused, and that nothing is lost in silence."""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest

from analysis.intake.encoding import utf8
from analysis.intake.x12_frame import Frame, frame
from analysis.problems import FileRejected

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "835"
SAMPLE = Path(__file__).parents[2] / "sample_data" / "fortnight"

CLAIM = "CLP*A{n}*1*150*100*20*12*ICN{n}*11*1~CAS*CO*45*30~CAS*PR*1*20~NM1*QC*1*DOE*JANE****MI*MEM{n}~"


def remittance(claims: int = 2, st: str = "0001", claim: str = CLAIM) -> str:
    """One ST … SE that balances."""
    body = f"BPR*I*{claims * 100}*C*CHK************20261103~TRN*1*TR{st}*1512345678~N1*PR*PAYER~N1*PE*H*XX*1999999984~"
    body += "LX*1~" + "".join(claim.format(n=n) for n in range(1, claims + 1))
    return f"ST*835*{st}~{body}SE*{body.count('~') + 2}*{st}~"


def interchange(*transactions: str, control: str = "000000101") -> str:
    """The transactions in an ISA and a GS."""
    isa = f"ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *261102*0930*^*00501*{control}*0*P*:~"
    gs = "GS*HP*SENDER*RECEIVER*20261102*0930*101*X*005010X221A1~"
    return f"{isa}{gs}{''.join(transactions)}GE*{len(transactions)}*101~IEA*1*{control}~"


GOOD = interchange(remittance())
SEGMENTS = GOOD.count("~")


def framed(text: str | bytes) -> Frame:
    return frame(text if isinstance(text, bytes) else text.encode())


def found(read: Frame) -> list[tuple[str, str, str]]:
    return [(one.severity, one.code, one.location) for one in read.findings]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        pytest.param(GOOD, [], id="as it should be"),
        pytest.param(GOOD.replace("*", "|"), [], id="elements by a bar"),
        pytest.param(GOOD.replace("^", "!").replace("*", "^"), [], id="elements by a caret"),
        pytest.param(GOOD.replace(":~", ">~"), [], id="components by a greater-than sign"),
        pytest.param(GOOD.replace("^", "!").replace("~", "^"), [], id="segments by a caret"),
        pytest.param(GOOD.replace("~", "\x1c").replace("*", "\x1d").replace(":", "\x1f"), [], id="control characters"),
        pytest.param(GOOD.replace("~", "\n"), [], id="segments by line feeds"),
        pytest.param(GOOD.replace("~", "\r\n"), [], id="segments by line ends"),
        pytest.param(GOOD.replace("~", "\r"), [], id="segments by carriage returns"),
        pytest.param(GOOD.replace("~", "~\n"), [], id="a line feed after each terminator"),
        pytest.param(GOOD.replace("~", "~\r\n"), [], id="a line end after each terminator"),
        pytest.param(GOOD.replace("~", "\n~"), [], id="a line feed before each terminator"),
        pytest.param(GOOD.replace("~", "\r\n~"), [], id="a line end before each terminator"),
        pytest.param("".join(GOOD[n : n + 80] + "\r\n" for n in range(0, len(GOOD), 80)), [], id="wrapped at 80"),
        pytest.param(GOOD.replace("~", "~~"), [], id="every terminator twice"),
        pytest.param(GOOD.replace("~LX", "~~~\r\n~ \t~LX"), [], id="empty segments"),
        pytest.param(GOOD.replace("~", "~ "), [], id="blanks between segments"),
        pytest.param(GOOD[:-1], [], id="the last terminator missing"),
        pytest.param(GOOD + "\r\n\x1a", [], id="an old end of file"),
        pytest.param("\ufeff" + GOOD, [], id="a byte order mark"),
        pytest.param(" \r\n" + GOOD, [], id="blank lines before"),
        pytest.param("From: payer\n\n" + GOOD, [("warning", "text_before_interchange", "file")], id="a letter before"),
        pytest.param(GOOD.replace("*A1*1*", "*MELISA*22*"), [], id="an account that ends in ISA, reversed"),
        pytest.param(GOOD.replace("*A1*1*", "*ISA*22*"), [], id="an account called ISA"),
        pytest.param(GOOD.replace("*A1*1*", "*X-ISA*22*"), [], id="an account that ends in -ISA"),
        pytest.param(GOOD.replace("          ", ""), [], id="an ISA without its widths"),
        pytest.param(GOOD.replace("*P*", "*T*"), [("info", "test_interchange", "segment 1")], id="a test"),
        pytest.param(GOOD.replace(f"SE*{SEGMENTS - 4}", "SE*7"),
                     [("warning", "segment_count", f"segment {SEGMENTS - 2}")], id="SE01 wrong"),
        pytest.param(GOOD.replace("0001~GE", "0009~GE"),
                     [("warning", "transaction_control_number", f"segment {SEGMENTS - 2}")], id="SE02 wrong"),
        pytest.param(GOOD.replace("GE*1", "GE*2"),
                     [("warning", "transaction_count", f"segment {SEGMENTS - 1}")], id="GE01 wrong"),
        pytest.param(GOOD.replace("GE*1*101", "GE*1*102"),
                     [("warning", "transaction_control_number", f"segment {SEGMENTS - 1}")], id="GE02 wrong"),
        pytest.param(GOOD.replace("IEA*1", "IEA*3"), [("warning", "group_count", f"segment {SEGMENTS}")],
                     id="IEA01 wrong"),
        pytest.param(GOOD.replace("IEA*1*000000101", "IEA*1*000000102"),
                     [("warning", "group_control_number", f"segment {SEGMENTS}")], id="IEA02 wrong"),
        pytest.param(GOOD.replace("IEA*1*000000101", "IEA*1*101"), [], id="IEA02 without its zeros"),
        pytest.param(GOOD + "END OF FILE~",
                     [("warning", "text_after_interchange", f"segment {SEGMENTS + 1}")], id="a line after the IEA"),
        pytest.param(GOOD + "CLP*A9*1*5*5~",
                     [("error", "text_after_interchange", f"segment {SEGMENTS + 1}")], id="a claim after the IEA"),
        pytest.param(GOOD.replace("ST*835", "TA1*1~ST*835"),
                     [("info", "interchange_acknowledgement", "segment 3")], id="a TA1"),
        pytest.param(GOOD.replace("GE*1", "CLP*A9*1*5*5~GE*1"),
                     [("error", "segment_out_of_place", f"segment {SEGMENTS - 1}")], id="a claim outside its ST"),
        pytest.param(GOOD[GOOD.index("GS") :].rsplit("IEA")[0],
                     [("warning", "no_interchange_envelope", "segment 1")], id="from the GS on"),
        pytest.param(remittance(), [("warning", "no_interchange_envelope", "segment 1")], id="from the ST on"),
        pytest.param("Subject: ERA\n" + remittance().replace("~", "\n"),
                     [("warning", "text_before_interchange", "file"),
                      ("warning", "no_interchange_envelope", "segment 1")], id="a letter before the ST"),
    ],
)  # fmt: skip
def test_what_is_mended(text: str, findings: list[tuple[str, str, str]]) -> None:
    """The one transaction with its two claims is there whole, and what was wrong around it is named with its place."""
    read = framed(text)
    assert len(read.transactions) == 1
    assert read.counts["CLP"] == 2 + text.count("CLP*A9")
    assert found(read) == findings
    body = bytes(read.transactions[0].body)
    end = read.transactions[0].delimiters.segment
    assert body.count(end) == read.transactions[0].last_segment - read.transactions[0].first_segment + 1
    assert body.startswith(b"ST") and body.endswith(end) and end + end not in body


def test_names_in_cp1252_are_kept() -> None:
    """A name written in cp1252 comes out as it was meant, with a note; in UTF-8 it needs none."""
    text = GOOD.replace("DOE*JANE", "MÜLLER*ZOË’S")
    for data, codes in ((text.encode("cp1252"), ["encoding_cp1252"]), (text.encode(), [])):
        read = frame(data)
        assert "MÜLLER*ZOË’S".encode() in bytes(read.transactions[0].body)
        assert [one.code for one in read.findings] == codes


def test_interchanges_with_delimiters_of_their_own() -> None:
    """Each interchange is read by its own ISA; segments are counted on over the whole file."""
    second = interchange(remittance(3, "0002"), remittance(1, "0003"), control="000000102")
    second = second.replace("^", "!").replace("~", "^").replace("*", "|").replace(":", ">")
    third = interchange(remittance(1, "0004"), control="000000103").replace("~", "\n")
    read = framed(GOOD + "\n" + second + "\n" + third)
    assert [one.control_number for one in read.transactions] == ["0001", "0002", "0003", "0004"]
    assert [one.delimiters.element for one in read.transactions] == [b"*", b"|", b"|", b"*"]
    assert read.counts["CLP"] == 7 and read.findings == []
    assert read.transactions[1].first_segment == SEGMENTS + 3
    assert read.transactions[3].interchange[13] == "000000103"


def test_a_segment_of_20_kilobytes() -> None:
    """The length of a segment ends no reading."""
    read = framed(GOOD.replace("N1*PR*PAYER", f"N1*PR*{'P' * 20_000}"))
    assert (read.counts["CLP"], read.findings) == (2, [])


@pytest.mark.parametrize(
    ("text", "code", "location"),
    [
        pytest.param(GOOD[: GOOD.index("GS")], "truncated", "segment 1", id="an ISA alone"),
        pytest.param("ISA*00*1*00~GS*HP*A~" + remittance(), "isa_incomplete", "segment 1, ISA", id="not 16 elements"),
        pytest.param(GOOD.replace(":~", ":", 1), "isa_incomplete", "segment 1, ISA", id="no terminator after ISA16"),
        pytest.param(GOOD.replace(":~", "~~", 1), "isa_incomplete", "segment 1, ISA", id="two separators alike"),
        pytest.param(GOOD.replace(":~", "A~", 1), "isa_incomplete", "segment 1, ISA", id="a letter as separator"),
        pytest.param(GOOD.replace(":~", "§~", 1), "isa_incomplete", "segment 1, ISA", id="a separator of two bytes"),
        pytest.param(GOOD + interchange(remittance()).replace(":~", "1~", 1), "isa_incomplete",
                     f"segment {SEGMENTS + 1}, ISA", id="the second ISA"),
        pytest.param(interchange(remittance(), "ST*837*0002~BHT*1~SE*3*0002~"), "other_transaction_set",
                     f"segment {SEGMENTS - 1}, ST01", id="an 837 beside it"),
        pytest.param(GOOD.replace("ST*835", "ST*DOE JANE"), "other_transaction_set", "segment 3, ST01",
                     id="no number in ST01"),
        pytest.param(GOOD.replace("SE*15*0001~", ""), "truncated", f"segment {SEGMENTS}", id="no SE"),
        pytest.param(interchange(remittance().replace("SE*15*0001~", ""), remittance(st="0002")), "truncated",
                     f"segment {SEGMENTS - 2}", id="no SE before the next ST"),
        pytest.param(GOOD.replace("DOE", "DO\x00E"), "control_character", f"byte {GOOD.index('DOE') + 3}", id="a NUL"),
        pytest.param(GOOD.replace("DOE", "DO\x1bE"), "control_character", f"byte {GOOD.index('DOE') + 3}",
                     id="an escape"),
        pytest.param(GOOD.encode("utf-16"), "encoding", "byte 1", id="UTF-16"),
        pytest.param(GOOD.encode("utf-16-be"), "control_character", "byte 1", id="UTF-16 without its mark"),
        pytest.param(GOOD.encode().replace(b"DOE", b"D\x81E"), "encoding", f"byte {GOOD.index('DOE') + 2}",
                     id="a byte of no encoding"),
        pytest.param("", "no_transaction", "file", id="nothing"),
        pytest.param("GS*HP*A~", "no_transaction", "file", id="a GS alone"),
        pytest.param(interchange(), "no_transaction", "file", id="an empty interchange"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str | bytes, code: str, location: str) -> None:
    """A file that cannot be read whole is refused with the place and both sides of the fault, and no patient."""
    with pytest.raises(FileRejected) as refused:
        framed(text)
    assert (refused.value.code, refused.value.location) == (code, location)
    assert not re.search("DOE|JANE|MEM1", str(refused.value))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD.replace("ISA*00", "IXA*00") + GOOD, id="the first ISA of two is damaged"),
        pytest.param(GOOD + GOOD.replace("ISA*00", "IXA*00"), id="the second ISA of two is damaged"),
        pytest.param(GOOD + GOOD.replace("ISA*00", "IXA*00").replace("*", "|"), id="and has other separators"),
        pytest.param("SX*835" + remittance()[6:] + remittance(), id="the first ST of a bare file is damaged"),
        pytest.param(remittance(1) + GOOD, id="a bare remittance before the ISA"),
    ],
)
def test_claims_left_out_are_an_error(text: str) -> None:
    """Where claims stand outside what could be read, the file says so by a finding of severity error."""
    read = framed(text)
    assert read.counts["CLP"] == text.count("CLP") or "error" in {one.severity for one in read.findings}


def _survives(data: bytes) -> bool:
    try:
        read = frame(data)
    except FileRejected:
        return False
    return not any(one.severity == "error" for one in read.findings)


def test_a_cut_file_is_refused_wherever_it_is_cut() -> None:
    """Cut behind every segment and at 200 bytes drawn by lot, no part of a remittance passes for the whole."""
    data = interchange(remittance(3), remittance(2, "0002")).encode()
    ends = [found.end() for found in re.finditer(b"~", data)][:-1]
    drawn = random.Random(835).sample(range(1, len(data) - len("IEA*1*000000101~")), 200)
    assert [cut for cut in [*ends, *drawn] if _survives(data[:cut])] == []


def test_a_cut_trailer_is_doubted() -> None:
    """A cut within the IEA is refused or named; no claim is gone."""
    for cut in range(len(GOOD) - 16, len(GOOD) - 1):
        try:
            read = framed(GOOD[:cut])
        except FileRejected:
            continue
        assert read.counts["CLP"] == 2 and read.findings


NEEDS_CORPUS = pytest.mark.skipif(
    not CORPUS.is_dir() and not os.environ.get("CI"), reason="the public samples are not here"
)


def _files() -> list[Path]:
    return [*sorted(CORPUS.glob("*__*")), *sorted(SAMPLE.glob("*/*.835"))]


@NEEDS_CORPUS
@pytest.mark.corpus
def test_segments_of_public_samples_are_numbered_without_gaps() -> None:
    """Envelope and transactions together are every segment of the file, each number once, in their order."""
    files = _files()
    assert len(files) > 100
    for path in files:
        read = frame(path.read_bytes())
        numbers = [segment for segment, _ in read.envelope]
        for one in read.transactions:
            numbers += range(one.first_segment, one.last_segment + 1)
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), path.name
        text, _ = utf8(path.read_bytes())
        by_segment = {delimiters.segment for delimiters in (one.delimiters for one in read.transactions)}
        assert len(by_segment) == 1
        start = text.index(b"ISA*") if b"ISA*" in text else 0
        pieces = [piece for piece in text[start:].split(by_segment.pop()) if piece.strip()]
        assert len(pieces) == len(numbers), path.name
