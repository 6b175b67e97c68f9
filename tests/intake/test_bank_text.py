"""What a bank line's text tells: traces, who paid, and no card numbers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.intake.bank_text import TOKENS_PER_LINE, LineText, mask_cards, read_line
from analysis.intake.traces import trace_key


def found(told: LineText) -> list[tuple[str, str]]:
    return [(candidate.trace_key, candidate.found_in) for candidate in told.candidates]


@pytest.mark.parametrize(
    ("parts", "trace", "found_in", "company_id"),
    [
        pytest.param(
            ["HCCLAIMPMT ZP UHCDComm5044 TRN*1*736886274*1470858530\\"], "736886274", "trn_segment", "1470858530",
            id="a whole segment closed by a backslash",
        ),
        pytest.param(
            ["X TRN*1*000123A45*1066033492~ MORE"], "123A45", "trn_segment", "1066033492", id="closed by a tilde"
        ),
        pytest.param(
            ["X TRN*1*99345678*1066033492*SUPP01~"], "99345678", "trn_segment", "1066033492", id="with a supplement"
        ),
        pytest.param(["X TRN*1*99345678*1066033492"], "99345678", "trn_segment", "1066033492", id="not closed"),
        pytest.param(["X TRN*1*99345678*10660"], "99345678", "trn_segment", None, id="cut in the payer's id"),
        pytest.param(["X TRN*1*9934567801"], "9934567801", "trn_segment", None, id="cut after the trace"),
        pytest.param(["X trn*1*ab345678*1066033492~"], "AB345678", "trn_segment", "1066033492", id="lower case"),
        pytest.param(
            ["X TRN*1*8212 3456 789*1066033492~"], "82123456789", "trn_segment", "1066033492", id="blanks in the trace"
        ),
        pytest.param(
            ["X TRN*1*00012", "345678*1411289245~"], "12345678", "trn_segment", "1411289245", id="an 88 in the trace"
        ),
        pytest.param(
            ["X HCCLAIMPMT TR", "N*1*99345678*1066033492~"], "99345678", "trn_segment_unspaced", "1066033492",
            id="an 88 in the segment's name",
        ),
        pytest.param(
            ["X TRN*1*99345678*10660", "33492~"], "99345678", "trn_segment", "1066033492", id="an 88 in the payer's id"
        ),
        pytest.param(
            ["X TRN*1*12", "34", "5678*1066033492\\"], "12345678", "trn_segment", "1066033492", id="two 88s in it"
        ),
        pytest.param(["X TRN*1*99345678", "EREF: 7"], "99345678", "trn_segment", None, id="other text after a cut"),
    ],
)  # fmt: skip
def test_the_trace_of_a_trn_segment(parts: list[str], trace: str, found_in: str, company_id: str | None) -> None:
    """The best candidate, and the payer's id beside it."""
    told = read_line(parts, bank_reference="777001", customer_reference="888001")
    assert found(told)[0] == (trace, found_in)
    assert told.company_id == company_id


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("TRACE: 99A7 PAID", ["99A7"], id="a short trace under its label"),
        pytest.param("TRACE#:091000012345678", ["91000012345678"], id="a label with a number sign"),
        pytest.param("WIRE REF:1234 5678 9012 RFB:X", ["123456789012", "1234"], id="a reference in groups"),
        pytest.param("CHECK NO. 00456", [], id="no colon, too short to stand alone"),
        pytest.param("PAYMENT 4455667 THANKS", ["4455667"], id="a free number of six digits or more"),
        pytest.param("PAID 12/31/2025 IN 2026-01-02 1234.50", [], id="dates and amounts are no traces"),
        pytest.param("NO NUMBERS HERE WHATSOEVER", [], id="words are no traces"),
        pytest.param("CARD 4111111111111111", [], id="a card is no trace"),
        pytest.param("REF:000000", [], id="zeros are no trace"),
    ],
)
def test_tokens_of_the_text(text: str, keys: list[str]) -> None:
    """Labelled ones first, each once."""
    assert found(read_line([text])) == [(key, "text_token") for key in keys]


def test_the_order_of_the_places() -> None:
    """TRN, then the customer's reference, the text, and the bank's reference as last resort; a key once."""
    told = read_line(["TRN*1*00777*1066033492~ 5556667 777"], bank_reference="BR-1", customer_reference="5556667")
    assert found(told) == [("777", "trn_segment"), ("5556667", "customer_reference"), ("BR1", "bank_reference")]


@pytest.mark.parametrize(
    ("text", "name", "company_id"),
    [
        pytest.param("AETNA AS01 HCCLAIMPMT", "AETNA AS01", None, id="before HCCLAIMPMT"),
        pytest.param("UHC  DES:HCCLAIMPMT ID:9 CO ID:1411289245 CCD", "UHC", "1411289245", id="before DES"),
        pytest.param(
            "ORIG CO NAME:AETNA AS01 ORIG ID:1066033492 CO ENTRY DESCR:HCCLAIMPMT", "AETNA AS01", "1066033492",
            id="under its label",
        ),
        pytest.param("ACH CREDIT CIGNA HCCLAIMPMT 1066033492", "CIGNA", "1066033492", id="after its kind"),
        pytest.param("HCCLAIMPMT ZP UHC TRN*1*99*1470858530~", "ZP UHC", "1470858530", id="between the two"),
        pytest.param("WIRE TYPE:WIRE IN ORIG:BLUE CROSS REF:1", "BLUE CROSS", None, id="a wire's originator"),
        pytest.param("EREF: 1111 DBNM: TEST INC CACT: A1", "TEST INC", None, id="the debtor's name"),
        pytest.param("CALL 1800555123 NOW", None, None, id="a number alone is nobody"),
        pytest.param("", None, None, id="nothing"),
    ],
)  # fmt: skip
def test_who_paid(text: str, name: str | None, company_id: str | None) -> None:
    """The company's name and id as the bank writes them."""
    told = read_line([text])
    assert (told.company_name, told.company_id) == (name, company_id)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("VCC 4111111111111111 PAID", "VCC XXXXXXXXXXXX1111 PAID", id="sixteen digits"),
        pytest.param("378282246310005", "XXXXXXXXXXX0005", id="fifteen digits"),
        pytest.param("4222222222222", "XXXXXXXXX2222", id="thirteen digits"),
        pytest.param("4111 1111 1111 1111", "XXXX XXXX XXXX 1111", id="in groups"),
        pytest.param("3782-822463-10005", "XXXX-XXXXXX-X0005", id="in other groups"),
        pytest.param("4111111111111112", "4111111111111112", id="a check digit off is no card"),
        pytest.param("TRN*1*4111111111111111*1", "TRN*1*4111111111111111*1", id="a trace in its segment stays"),
        pytest.param("SB4111111111111111", "SB4111111111111111", id="a part of a reference stays"),
        pytest.param("091000012345678", "091000012345678", id="an ACH trace stays"),
        pytest.param("41111111111111111111", "41111111111111111111", id="twenty digits are no card"),
    ],
)
def test_cards_are_masked(text: str, masked: str) -> None:
    """All but the last four digits, the text as long as before."""
    assert mask_cards(text) == masked
    assert read_line([text]).description == masked


def test_the_description_joins_its_parts_by_one_blank() -> None:
    """Blank parts are left out; no text is no description."""
    assert read_line(["ONE ", " ", "TWO"]).description == "ONE TWO"
    assert read_line(["", " "]).description is None


@settings(max_examples=400, deadline=None)
@given(st.lists(st.text(alphabet=" *~\\:#/.-TRN1X0948\u00e9", max_size=60), max_size=4))
def test_noise_never_breaks_it(parts: list[str]) -> None:
    """Any text gives keys that are their own spelling, each once, and not too many."""
    keys = [key for key, _ in found(read_line(parts))]
    assert len(keys) == len(set(keys)) <= TOKENS_PER_LINE + 20
    assert all(trace_key(key) == key for key in keys)


@pytest.mark.parametrize("text", ["TRN*1*" + "1 " * 20_000, "REF:" + "12345678 " * 5_000, "A1" * 20_000, "A " * 20_000])
def test_long_text_takes_no_long_time(text: str) -> None:
    """No pattern runs away on 40,000 characters."""
    begun = time.perf_counter()
    read_line([text, text])
    assert time.perf_counter() - begun < 2
