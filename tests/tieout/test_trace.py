"""Trace: one text, read as all that it can be, finds its money and everything that happened to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.match.decisions import Who, unmatch
from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.standing import match_told
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.tieout.digits import is_slide, is_transposition, misreadings
from analysis.tieout.readings import read
from analysis.tieout.time_line import TimeLine, money_of, time_line
from analysis.tieout.trace import MOST, MOST_FOLLOWED, Found, surest, trace
from tests.files import bai2, batch_csv, loaded, remittance_835, table_csv

DAY = date(2026, 11, 3)
RECEIPTS = table_csv(
    "receipt_id,received_date,payment_method,payer_name,check_number,amount,account_number",
    'R1,2026-11-02,CHECK,"O\'EXAMPLE, ANN",0004711,77.10,0077001',
)
ACCOUNTS = table_csv(
    "account_number,patient_name,balance,extract_date",
    '0077001,"O\'EXAMPLE, ANN",-5.00,2026-11-02',
    '0077002,"100%_SAMPLE, BOB",9.00,2026-11-02',
)
LEDGER = table_csv(
    "account_number,transaction_id,transaction_date,type,amount,reference",
    "0077001,T1,2026-10-01,CHARGE,90.00,",
    "0077001,T2,2026-11-02,PAYMENT,-182.80,TRACE0001",
)


@pytest.fixture
def desk(store: Store) -> Store:
    """A claim of 1,828.00 of which 182.80 was keyed, a small one keyed right, a cheque, two accounts, a ledger."""
    lines = [
        ("B1", "1878.00", "0077001", "TRACE0001", "PAYMENT", "182.80"),
        ("B1", "1878.00", "ACC2", "TRACE0001", "PAYMENT", "50.00"),
    ]
    loaded(
        store,
        remittance_835("TRACE0001", "1878.00", claims=[("77001", "1828.00"), ("ACC2", "50.00")]),
        bai2(("TRACE0001", "1878.00")),
        batch_csv(lines),
        RECEIPTS,
        ACCOUNTS,
        LEDGER,
    )
    match(store, DAY, "tests")
    return store


def found(store: Store, text: str, as_of: date = DAY) -> dict[tuple[str, str], str]:
    """How each fact was found, by kind and field."""
    hits = trace(store, text, as_of).hits
    return {(row.what, row.field): row.how for row in hits.itertuples()}


def told(store: Store, text: str, as_of: date = DAY) -> list[str]:
    """The kinds of event on the time line, in their order."""
    return list(line_of(store, trace(store, text, as_of), as_of).events["what"])


def line_of(store: Store, seen: Found, as_of: date) -> TimeLine:
    """The time line that is shown unless a hit is chosen."""
    return money_of(store, surest(seen.hits), as_of)


def test_1828_finds_the_1288_that_was_keyed_for_it(fortnight: Store) -> None:
    """The claim first, then the line and the ledger entry keyed for it; the time line runs from bank to account."""
    seen = trace(fortnight, "1828.00", AS_OF)
    rows = [(row.what, row.how, row.amount, row.reference) for row in seen.hits.itertuples()]
    assert rows == [
        ("claim", "exact", Decimal("1828.00"), "0048210024"),
        ("posted_line", "digits_swapped", Decimal("1288.00"), "E1109-001"),
        ("ledger_entry", "digits_swapped", Decimal("-1288.00"), "0048210024"),
    ]
    assert seen.hits["words"].iloc[1].startswith("keyed 1,288.00 for the 1,828.00 remitted (digits swapped); line 2")
    events = line_of(fortnight, seen, AS_OF).events
    assert list(events["what"]) == [
        "remittance",
        "claim",
        "provider_adjustment",
        "bank_line",
        "match",
        "match",
        "batch",
        "posted_line",
        "ledger_entry",
    ]
    assert list(events["amount"].dropna())[:4] == [Decimal(one) for one in ("2240.15", "1828.00", "-72.40", "2240.15")]


def test_the_keyed_amount_finds_what_was_remitted(fortnight: Store) -> None:
    """From the other side: the line first, then the claim it was keyed for."""
    hits = trace(fortnight, "1,288.00", AS_OF).hits
    claim = hits[hits["what"] == "claim"].iloc[0]
    assert (claim["how"], claim["amount"]) == ("digits_swapped", Decimal("1828.00"))
    assert claim["words"].startswith("remitted 1,828.00, for which 1,288.00 was keyed (digits swapped)")


@pytest.mark.parametrize(
    ("text", "hit", "how"),
    [
        pytest.param("1828", ("claim", "amount"), "exact", id="an amount without cents"),
        pytest.param("$1,828.00", ("claim", "amount"), "exact", id="an amount as it is printed"),
        pytest.param("(1,828.00)", ("claim", "amount"), "exact", id="with either sign"),
        pytest.param("1828", ("posted_line", "amount"), "decimal_moved", id="what was keyed for it"),
        pytest.param("1828", ("ledger_entry", "amount"), "decimal_moved", id="what the line made in the ledger"),
        pytest.param("182.80", ("claim", "amount"), "decimal_moved", id="what it was keyed for"),
        pytest.param("1878", ("bank_line", "amount"), "exact", id="a deposit"),
        pytest.param("1878", ("batch", "control_total"), "exact", id="a control total"),
        pytest.param("500.00", ("posted_line", "amount"), "looks_moved", id="a look-alike that nothing ties"),
        pytest.param("TRACE0001", ("remittance", "trace_number"), "exact", id="a trace"),
        pytest.param("trace-0001", ("remittance", "trace_number"), "other_spelling", id="a trace spelt otherwise"),
        pytest.param("00TRACE0001", ("bank_line", "trace_in_text"), "other_spelling", id="a trace in the bank's text"),
        pytest.param("TRACE00", ("posted_line", "reference_number"), "beginning", id="the beginning of a trace"),
        pytest.param("TRACE0001XYZ", ("bank_line", "trace_in_text"), "cut_short", id="a trace that the bank cut off"),
        pytest.param("4711", ("receipt", "check_number"), "other_spelling", id="a cheque with lost zeros"),
        pytest.param("0004711", ("receipt", "check_number"), "exact", id="a cheque number"),
        pytest.param("77001", ("account", "account_number"), "other_spelling", id="an account with lost zeros"),
        pytest.param("77001", ("claim", "claim_id"), "exact", id="a claim's number"),
        pytest.param("ICN77001", ("claim", "payer_claim_control_number"), "exact", id="the payer's claim number"),
        pytest.param("zzz000001", ("claim", "member_id"), "exact", id="a member"),
        pytest.param("B1", ("batch", "batch_id"), "exact", id="a batch"),
        pytest.param("BR261102001", ("bank_line", "bank_reference"), "exact", id="a bank reference"),
        pytest.param("T2", ("ledger_entry", "transaction_id"), "exact", id="a ledger entry"),
        pytest.param("test pay", ("remittance", "payer_name"), "words", id="part of a payer's name"),
        pytest.param("Payer, Test", ("remittance", "payer_name"), "words", id="words in another order"),
        pytest.param("TEST PAYER", ("remittance", "payer_name"), "exact", id="a payer's whole name"),
        pytest.param("o'example", ("account", "patient_name"), "words", id="a patient, with a quote"),
        pytest.param("100%_sample", ("account", "patient_name"), "words", id="per cent and underscore mean themselves"),
    ],
)
def test_a_text_finds(desk: Store, text: str, hit: tuple[str, str], how: str) -> None:
    """Every reading of it is tried."""
    assert found(desk, text).get(hit) == how


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="blanks"),
        pytest.param("31415.92", id="an amount that nothing bears"),
        pytest.param("NOSUCH9", id="no such number"),
        pytest.param("1.23E+15", id="a number that a spreadsheet broke"),
        pytest.param("%", id="per cent"),
        pytest.param("%sample", id="per cent is no wildcard"),
        pytest.param("100__sample", id="nor is an underscore"),
        pytest.param("__", id="underscores"),
        pytest.param("' or 1=1 --", id="a quote"),
        pytest.param('"; drop table remittance; --', id="a statement"),
        pytest.param("$text $as_of", id="names of parameters"),
        pytest.param("0", id="zero"),
        pytest.param("9" * 16, id="the longest amount"),
        pytest.param("é\0ß\n\t" * 100, id="long and odd"),
    ],
)
def test_nothing_found_is_no_error(desk: Store, text: str) -> None:
    """Whatever is typed, it finds nothing and harms nothing."""
    seen = trace(desk, text, DAY)
    assert seen.hits.empty and seen.more == ()
    assert line_of(desk, seen, DAY).events.empty
    assert found(desk, "TRACE0001")


def test_the_sure_come_first_and_each_fact_once(desk: Store) -> None:
    """Ranked by how it was found."""
    hits = trace(desk, "1828", DAY).hits
    assert list(hits["rank"]) == sorted(hits["rank"])
    assert hits["hit_id"].is_unique


def test_the_time_line_keeps_to_the_money(desk: Store) -> None:
    """A claim leads to its remittance and deposit, not to the other claims and lines."""
    assert told(desk, "ICN77001") == [
        "remittance",
        "claim",
        "bank_line",
        "match",
        "match",
        "batch",
        "posted_line",
        "ledger_entry",
    ]
    assert told(desk, "BR261102001").count("claim") == 2
    assert told(desk, "BR261102001").count("posted_line") == 2


def test_an_account_has_its_whole_ledger_and_its_cheques(desk: Store) -> None:
    """Also what no remittance names."""
    line = time_line(desk, [("account", "0077001")], date(2026, 12, 31)).events
    assert list(line["what"]).count("ledger_entry") == 2
    assert "receipt" in set(line["what"])
    assert list(line["day"]) == sorted(line["day"])


def test_a_past_day_hides_what_came_later(desk: Store) -> None:
    """Nothing is known before the files' day; matches and decisions hold from theirs."""
    assert trace(desk, "TRACE0001", date(2026, 11, 1)).hits.empty
    frame = matches(desk, DAY)
    chosen = int(frame[frame["rule"] == "exact_trace"]["match_id"].iloc[0])
    unmatch(desk, chosen, match_told(desk, chosen)["version"], Who("tests", date(2026, 11, 5)), "another payer's")
    later = time_line(desk, [("remittance", trace_id(desk))], date(2026, 11, 5)).events
    assert "unmatch by tests" in later["words"].iloc[-1] and "another payer's" in later["words"].iloc[-1]
    assert any(words.startswith("ended") for words in later["words"])
    before = time_line(desk, [("remittance", trace_id(desk))], date(2026, 11, 4)).events
    assert "decision" not in set(before["what"])
    assert not any(words.startswith("ended") for words in before["words"])


def trace_id(store: Store) -> str:
    """The id of the remittance."""
    hits = trace(store, "TRACE0001", DAY).hits
    return str(hits[hits["what"] == "remittance"]["seed_id"].iloc[0])


def test_a_common_amount_is_capped_and_counted(store: Store) -> None:
    """The newest are shown, the rest are a number, and no time line mixes the money of many."""
    lines = [("B1", "1000.00", f"ACC{n}", "", "PAYMENT", "25.00") for n in range(40)]
    loaded(store, batch_csv(lines))
    seen = trace(store, "25", DAY)
    assert len(seen.hits[seen.hits["how"] == "exact"]) == MOST > MOST_FOLLOWED
    assert [(one.what, one.count) for one in seen.more if one.what == "posted_line"] == [("posted_line", 15)]
    assert surest(seen.hits).empty


def test_a_turned_sign_is_tied_to_its_claim(store: Store) -> None:
    """And so is a single wrong digit."""
    lines = [("B1", "610.00", "ACC1", "TRACE0001", "PAYMENT", "-50.00")]
    lines.append(("B1", "610.00", "ACC2", "TRACE0001", "PAYMENT", "563.00"))
    claims = [("ACC1", "50.00"), ("ACC2", "560.00")]
    loaded(store, remittance_835("TRACE0001", "610.00", claims=claims), batch_csv(lines))
    hits = trace(store, "560", DAY).hits
    assert list(hits[hits["what"] == "posted_line"]["how"]) == ["one_digit_wrong"]


@pytest.mark.parametrize(
    ("text", "amount", "key", "words"),
    [
        pytest.param("1828", "1828.00", "1828", (), id="an amount and a number"),
        pytest.param("0048210024", None, "48210024", (), id="a leading zero is no amount"),
        pytest.param("0.50", "0.50", "50", (), id="but fifty cents are"),
        pytest.param("EFT 01-G", None, "EFT01G", ("EFT", "01-G"), id="a number and words"),
        pytest.param("A B", None, "AB", (), id="single letters are no name"),
        pytest.param(
            "one two three four five", None, "ONETWOTHREEFOURFIVE", ("ONE", "TWO", "THREE", "FOUR"), id="four"
        ),
    ],
)
def test_readings(text: str, amount: str | None, key: str | None, words: tuple[str, ...]) -> None:
    """What a text can be."""
    seen = read(text)
    assert (seen.amount, seen.key, seen.words) == (None if amount is None else Decimal(amount), key, words)


def test_every_misreading_is_one() -> None:
    """What is offered as swapped or moved is so by the rules that explain variances."""
    for amount in (Decimal("1828.00"), Decimal("-5.00"), Decimal("0.10"), Decimal("9999999999999999.99")):
        for other, how in misreadings(amount).items():
            rule = is_transposition if how == "digits_swapped" else is_slide
            assert rule(abs(amount), other), (amount, other)
    assert misreadings(Decimal("1828.00"))[Decimal("1288.00")] == "digits_swapped"
    assert misreadings(Decimal("0.00")) == {}
