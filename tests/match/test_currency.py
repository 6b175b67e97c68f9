"""What is paid in another currency, or announces no money, is matched to no deposit, and the list says so."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from analysis.match.by_hand import Chosen
from analysis.match.decisions import Who, match_by_hand
from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.money import total
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.summary import by_day, summary
from analysis.tieout.radar import radar
from analysis.tieout.three_legs import state_totals
from analysis.tieout.verify import verify
from tests.files import bai2, bank_lines, batch_csv, loaded, remittance_835

DAY = date(2026, 11, 9)
NAMED = ("142", "100.07", "TEST PAYER DES:HCCLAIMPMT CO ID:1999999999 CCD")


def in_currency(data: bytes, code: str) -> bytes:
    """The same 835 with a CUR segment."""
    text = data.decode().replace("DTM*405*", f"CUR*PR*{code}~DTM*405*", 1)
    return re.sub(r"SE\*(\d+)\*", lambda found: f"SE*{int(found[1]) + 1}*", text).encode()


ADVICE = remittance_835("EFT7000155", "100.07")
UNNAMED = batch_csv([("B1", "100.07", "ACC1", "", "PAYMENT", "100.07")], payer_name="TEST PAYER")
POSTED = batch_csv([("B1", "100.07", "ACC1", "EFT7000155", "PAYMENT", "100.07")])


def whys(store: Store) -> dict[str, str]:
    """Why each item is open, by type."""
    return {row["item_type"]: row["why"] for row in unmatched(store, DAY).to_dict("records")}


@pytest.mark.parametrize(
    ("bank", "said"),
    [
        pytest.param(bai2(("EFT7000155", "100.07")), "has its trace and amount", id="the trace"),
        pytest.param(bank_lines(NAMED), "has its amount", id="payer and amount"),
    ],
)
def test_another_currency_matches_nothing_and_says_so(store: Store, bank: bytes, said: str):
    """Nor is it tied to a batch, nor matched by hand."""
    loaded(store, in_currency(ADVICE, "CAD"), bank, POSTED)
    match(store, DAY, "tests")
    linked = matches(store, DAY)
    assert "remittance" not in set(linked["side"])
    told = whys(store)
    assert told["remittance_without_deposit"] == "paid in CAD, not in US dollars: it is matched to no deposit"
    if "deposit_without_remittance" in told:
        expected = f"remittance EFT7000155 {said}, but is in CAD, not in US dollars"
        assert told["deposit_without_remittance"] == expected
    assert list(query(store, "drilldown/remittance", {"remittance_id": number(store)})["trace_number"]) == [
        "EFT7000155"
    ]


def number(store: Store) -> int:
    """The number of the one remittance."""
    rows = unmatched(store, DAY).to_dict("records")
    return next(int(row["fact_id"]) for row in rows if row["side"] == "remittance")


def test_by_hand_another_currency_is_refused_in_words(store: Store):
    """What a dollar of it is worth nobody told."""
    loaded(store, in_currency(ADVICE, "cad"), bai2(("EFT7000155", "100.07")))
    rows = unmatched(store, DAY).to_dict("records")
    chosen = [Chosen(row["side"], row["fact_id"], Decimal("100.07")) for row in rows]
    with pytest.raises(DecisionRefused, match="remittance EFT7000155 is in CAD: only US dollars are matched here"):
        match_by_hand(store, chosen, Who("ana", DAY), "")


def test_another_currency_is_tied_to_no_batch(store: Store):
    """Neither proposed by payer and total, nor by hand."""
    loaded(store, in_currency(ADVICE, "CAD"), UNNAMED)
    match(store, DAY, "tests")
    assert matches(store, DAY).empty
    chosen = [Chosen("remittance", str(number(store)), Decimal("100.07")), Chosen("batch", "B1", Decimal("100.07"))]
    with pytest.raises(DecisionRefused, match="is in CAD: only US dollars are matched here"):
        match_by_hand(store, chosen, Who("ana", DAY), "")


def test_a_batch_without_a_trace_is_offered_dollars(store: Store):
    """The same files in US dollars: what the test above rests on."""
    loaded(store, ADVICE, UNNAMED)
    match(store, DAY, "tests")
    assert set(matches(store, DAY)["rule"]) == {"batch_payer_amount"}


def test_another_currency_is_not_counted_in_dollars(store: Store):
    """It stands in a state of its own, and in no figure of dollars remitted."""
    loaded(store, in_currency(ADVICE, "CAD"), remittance_835("EFT7000156", "20.00", control=2))
    match(store, DAY, "tests")
    told = state_totals(store, DAY).set_index("tie_out_state")["remitted_amount"]
    assert {name: str(amount) for name, amount in told.items()} == {
        "remittance_alone": "20.00",
        "other_currency": "100.07",
    }
    assert str(summary(store, DAY).set_index("name")["amount"]["remitted"]) == "20.00"
    assert str(summary(store, DAY).set_index("name")["amount"]["unmatched_remittances"]) == "20.00"
    assert total(by_day(store, DAY)["remitted_amount"]) == Decimal("20.00")
    assert [one.name for one in verify(store) if one.failures] == []


@pytest.mark.parametrize(("code", "dollars"), [("CAD", "0.00"), ("USD", "100.07")])
def test_told_twice_in_another_currency_is_told_without_dollars(store: Store, code: str, dollars: str):
    """By the morning's duplicates and by the radar, which count it all the same."""
    again = remittance_835("EFT7000155", "100.07", control=2)
    loaded(store, in_currency(ADVICE, code), in_currency(again, code))
    told = query(store, "morning/duplicates", {"as_of": DAY})
    assert [(row["kind"], str(row["amount"])) for row in told.to_dict("records")] == [("remittance", dollars)]
    seen = radar(store, DAY)
    assert [(row["overlap_count"], str(row["overlap_amount"])) for row in seen.to_dict("records")] == [(1, dollars)]


@pytest.mark.parametrize("data", [ADVICE, in_currency(ADVICE, "USD")])
def test_us_dollars_match_named_or_not(store: Store, data: bytes):
    """Most 835s have no CUR at all."""
    loaded(store, data, bai2(("EFT7000155", "100.07")))
    match(store, DAY, "tests")
    assert set(matches(store, DAY)["rule"]) == {"exact_trace"}


def test_an_advice_that_announces_no_money_is_told(store: Store):
    """Handling H, and the money comes all the same."""
    loaded(store, ADVICE.replace(b"BPR*I*100.07*C*ACH", b"BPR*H*100.07*C*ACH"), bai2(("EFT7000155", "100.07")))
    match(store, DAY, "tests")
    assert whys(store)["deposit_without_remittance"] == (
        "remittance EFT7000155 has its trace and amount, but says that no money comes with it"
    )
