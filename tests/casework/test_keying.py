"""Keyed batches: the tape, its refusals, what a close makes of it, and that nothing half-done is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from analysis.casework.batch_checks import batch_problems, lines_with_faults
from analysis.casework.cash_settings import set_payees
from analysis.casework.keyed_close import close_batch
from analysis.casework.keying import (
    Header,
    batch_told,
    carry_out,
    carry_out_all,
    change_header,
    change_line,
    change_lines,
    discard,
    keyed_lines,
    start_batch,
)
from analysis.casework.paper_remittance import add_claim, keyed_claims, void_claim
from analysis.casework.ten_key import entry
from analysis.match.decisions import Who
from analysis.match.run import match
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.files import files
from analysis.store.loading import Source, load
from analysis.tieout.verify import verify
from tests.stores import empty_store

DAY = date(2026, 11, 13)
AMY = Who("amy", DAY)
GOOD = "T021000021T 123456789O {:04d}"


def dollars(text: str) -> Decimal:
    return Decimal(text)


def header(total: str = "300.00", count: int = 2, **more) -> Header:
    told = {"received_date": DAY, "deposit_date": DAY, "bank_account": "111222", "payer_name": "NOVERIA MUTUAL"}
    return Header(dollars(total), count, **{**told, **more})


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store."""
    with empty_store() as opened:
        yield opened


@pytest.fixture(scope="module")
def shared() -> Iterator[Store]:
    """A store that several tests key their own batches in; none of them is closed."""
    with empty_store() as opened:
        yield opened


def keyed(store: Store, *amounts: str, total: str = "300.00", count: int = 2) -> int:
    """A batch with those entries of the pad."""
    batch = start_batch(store, header(total, count), AMY)
    carry_out_all(store, batch, [entry(one) for one in amounts], AMY)
    return batch


def rows(store: Store, view: str, columns: str) -> list[tuple]:
    with store.cursor() as cursor:
        return cursor.sql(f"from {view} select {columns} order by all").fetchall()


@pytest.mark.parametrize(
    ("typed", "standing", "difference"),
    [
        pytest.param(["100", "200"], {1: "100.00", 2: "200.00"}, "0.00", id="balances"),
        pytest.param(["100", "99.99"], {1: "100.00", 2: "99.99"}, "100.01", id="one cent shows"),
        pytest.param(["100", "150", "-", "200"], {1: "100.00", 3: "200.00"}, "0.00", id="the last taken back"),
        pytest.param(["5", "100", "5", "5-", "200"], {1: "5.00", 2: "100.00", 4: "200.00"}, "-5.00", id="newest of 5"),
        pytest.param(["100", "20", "2*200"], {1: "100.00", 2: "200.00"}, "0.00", id="a line corrected"),
        pytest.param(["100", "200", "/1"], {2: "200.00"}, "100.00", id="a line voided"),
        pytest.param([], {}, "300.00", id="nothing keyed"),
    ],
)
def test_the_tape(shared: Store, typed: list[str], standing: dict[int, str], difference: str):
    """Lines keep their numbers; void ones count nowhere and stay on record."""
    batch = keyed(shared, *typed)
    lines = lines_with_faults(shared, batch, DAY)
    there = lines[~lines["is_void"]]
    assert dict(zip(there["line_number"], there["amount"], strict=True)) == {n: dollars(a) for n, a in standing.items()}
    told = batch_told(shared, batch)
    assert told is not None and told["difference_amount"] == dollars(difference)
    assert told["line_count"] == len(standing)
    if standing:
        assert lines["running_total"].iloc[-1] == dollars("300.00") - dollars(difference)


def test_an_entry_that_is_refused_keeps_no_other_back(shared: Store):
    """Of several entries typed at once each stands or falls by itself."""
    batch = start_batch(shared, header(), AMY)
    results = carry_out_all(shared, batch, [entry(one) for one in ("100", "/9", "7.00-", "200")], AMY)
    assert [one if isinstance(one, int) else "refused" for one in results] == [1, "refused", "refused", 2]
    with pytest.raises(DecisionRefused, match="line 9 does not stand"):
        carry_out(shared, batch, entry("/9"), AMY)


def test_a_line_changed_since_it_was_shown_is_not_overwritten(shared: Store):
    """By number and version, whoever comes second is told."""
    batch = keyed(shared, "100", "200")
    change_line(shared, batch, 1, 1, {"check_number": "77"}, AMY)
    assert change_lines(shared, batch, [(1, 1, {"check_number": "78"}), (2, 1, {"check_number": "79"})], AMY) == [
        "line 1 was changed since it was shown; look at it again",
        None,
    ]
    assert list(keyed_lines(shared, batch)["check_number"]) == ["77", "79"]


def test_a_micr_line_fills_the_numbers(shared: Store):
    """What is keyed goes before what is scanned, and a difference is a fault."""
    batch = keyed(shared, "100", "200")
    change_line(shared, batch, 1, 1, {"micr_line": GOOD.format(12)}, AMY)
    change_line(shared, batch, 2, 1, {"micr_line": GOOD.format(13), "check_number": "14"}, AMY)
    lines = lines_with_faults(shared, batch, DAY)
    assert list(lines["routing_number"]) == ["021000021", "021000021"]
    assert list(lines["check_number"]) == ["0012", "14"]
    assert "another than the MICR line's" in lines["faults"].iloc[1]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"control_total": "0.00"}, "above zero", id="no control total"),
        pytest.param({"control_count": 0}, "above zero", id="no count"),
        pytest.param({"batch_type": "ERA"}, "one of", id="another type"),
        pytest.param({"deposit_date": date(2026, 11, 12)}, "received or later", id="deposited before it came"),
        pytest.param({"deposit_date": date(2036, 11, 12)}, "far ahead", id="a mistyped year"),
    ],
)
def test_a_header_that_cannot_be(shared: Store, changed: dict, words: str):
    """It is refused, and no batch is there."""
    before = len(rows(shared, "keyed_batches", "keyed_batch_id"))
    told = {name: dollars(value) if name == "control_total" else value for name, value in changed.items()}
    with pytest.raises(DecisionRefused, match=words):
        start_batch(shared, Header(**{**{f: getattr(header(), f) for f in Header.__slots__}, **told}), AMY)
    assert len(rows(shared, "keyed_batches", "keyed_batch_id")) == before


def test_a_closed_batch_is_facts(store: Store):
    """Receipts, posted lines and the remittance, each with who closed it; the matching sees them."""
    batch = keyed(store, "100", "200")
    change_lines(
        store,
        batch,
        [
            (1, 1, {"micr_line": GOOD.format(12), "check_date": date(2026, 11, 2)}),
            (2, 1, {"payment_method": "CASH", "account_number": "0048", "payer_name": "=DOE, JO"}),
        ],
        AMY,
    )
    for account, paid in (("A1", "60.00"), ("A2", "40.00"), ("A3", "0.00")):
        add_claim(store, batch, 1, {"claim_id": account, "paid_amount": dollars(paid)}, AMY)
    assert batch_problems(store, batch, DAY) == []
    assert close_batch(store, batch, Who("ben", DAY)) == "K000001"
    assert rows(store, "receipts", "receipt_id, payment_method, payer_name, check_key, amount, account_number") == [
        ("K000001-0001", "CHECK", "NOVERIA MUTUAL", "12", dollars("100.00"), None),
        ("K000001-0002", "CASH", "=DOE, JO", None, dollars("200.00"), "0048"),
    ]
    assert rows(store, "posting_lines", "line_number, account_number, transaction_type, amount, reference_key") == [
        (1, "A1", "PAYMENT", dollars("60.00"), "12"),
        (2, "A2", "PAYMENT", dollars("40.00"), "12"),
        (3, "0048", "PAYMENT", dollars("200.00"), "K0000010002"),
    ]
    assert rows(store, "posting_batches", "batch_id, control_total, posted_total, bank_account, posted_by") == [
        ("K000001", dollars("300.00"), dollars("300.00"), "111222", "ben")
    ]
    assert rows(store, "remittances", "trace_number, payer_name, payment_amount, payment_date") == [
        ("0012", "NOVERIA MUTUAL", dollars("100.00"), date(2026, 11, 2))
    ]
    loaded = files(store)
    assert set(loaded["file_name"]) == {
        f"keyed K000001 {k}.csv" for k in ("receipts", "posting_batches", "remittances")
    }
    assert set(loaded["loaded_by"]) == {"ben"} and loaded["errors"].sum() == 0 and loaded["warnings"].sum() == 0
    bank = "bank_account,posted_date,amount,type_code,bank_reference,customer_reference,description\n"
    list(load(store, [Source("b.csv", (bank + "111222,2026-11-13,300.00,301,9,,DEPOSIT\n").encode)], "t"))
    match(store, DAY, "t")
    assert rows(store, "match_links", "rule, side, reference, amount") == [
        ("batch_deposit", "bank", "9", dollars("300.00")),
        ("batch_deposit", "batch", "K000001", dollars("300.00")),
        ("batch_reference", "batch", "K000001", dollars("100.00")),
        ("batch_reference", "remittance", "0012", dollars("100.00")),
    ]
    assert not [one for one in verify(store) if one.failures]


def spoil_total(store: Store, batch: int) -> None:
    carry_out(store, batch, entry("2*199.99"), AMY)


def spoil_count(store: Store, batch: int) -> None:
    told = batch_told(store, batch)
    assert told is not None
    change_header(store, batch, told["version"], header(count=3), AMY)


def spoil_advice(store: Store, batch: int) -> None:
    add_claim(store, batch, 1, {"claim_id": "A9", "paid_amount": dollars("0.01")}, AMY)


def spoil_cheque(store: Store, batch: int) -> None:
    change_line(store, batch, 2, 2, {"check_date": date(2026, 1, 2)}, AMY)


def spoil_duplicate(store: Store, batch: int) -> None:
    change_line(store, batch, 2, 2, {"micr_line": GOOD.format(1)}, AMY)


def spoil_payee(store: Store, batch: int) -> None:
    set_payees(store, ["EXEMPLAR HOSPITAL"], AMY, "our names")
    change_line(store, batch, 2, 2, {"payee_name": "SOMEONE ELSE"}, AMY)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(spoil_total, "off by 0.01", id="one cent"),
        pytest.param(spoil_count, "2 lines are keyed, the count is 3", id="the count"),
        pytest.param(spoil_advice, "the remittance pays 100.01, the cheque 100.00", id="the remittance"),
        pytest.param(spoil_cheque, "line 2: a bank need not pay", id="a stale cheque"),
        pytest.param(spoil_duplicate, "line 2: the same cheque was taken before: line 1", id="a cheque twice"),
        pytest.param(spoil_payee, "line 2: it is payable to a name that is none of ours", id="not ours"),
    ],
)
def test_what_does_not_balance_is_not_closed(shared: Store, spoil, words: str):
    """Refused with the words that the page shows; nothing is loaded and the batch stays open."""
    batch = keyed(shared, "100", "200")
    change_lines(shared, batch, [(1, 1, {"micr_line": GOOD.format(1)}), (2, 1, {"payer_name": "NOVERIA"})], AMY)
    add_claim(shared, batch, 1, {"claim_id": "A1", "paid_amount": dollars("100.00")}, AMY)
    assert batch_problems(shared, batch, DAY) == []
    spoil(shared, batch)
    assert any(words in one for one in batch_problems(shared, batch, DAY))
    with pytest.raises(DecisionRefused, match=words.partition(":")[0]):
        close_batch(shared, batch, AMY)
    assert files(shared).empty
    told = batch_told(shared, batch)
    assert told is not None and told["status"] == "open"
    discard(shared, batch, AMY, "tried")


def test_a_closed_or_discarded_batch_is_not_changed(store: Store):
    """What became facts is not keyed on, and nothing is closed twice; money of no known account is unapplied."""
    batch = keyed(store, "300", count=1)
    close_batch(store, batch, AMY)
    assert rows(store, "posting_lines", "account_number, transaction_type, amount") == [
        ("UNAPPLIED", "UNAPPLIED", dollars("300.00"))
    ]
    other = keyed(store, "1.00")
    with pytest.raises(DecisionRefused, match="no reason"):
        discard(store, other, AMY, " ")
    discard(store, other, AMY, "keyed by mistake")
    for number, status in ((batch, "closed"), (other, "discarded")):
        for act in (
            lambda n=number: carry_out(store, n, entry("5"), AMY),
            lambda n=number: close_batch(store, n, AMY),
            lambda n=number: add_claim(store, n, 1, {"claim_id": "A", "paid_amount": dollars("1")}, AMY),
            lambda n=number: discard(store, n, AMY, "why"),
        ):
            with pytest.raises(DecisionRefused, match=status):
                act()
    assert len(rows(store, "posting_batches", "batch_id")) == 1


def test_a_cheque_of_another_batch_or_file_is_a_duplicate(store: Store):
    """Across batches that are open, and across receipts that were loaded."""
    first, second = keyed(store, "300", count=1), keyed(store, "300", count=1)
    for batch in (first, second):
        change_line(store, batch, 1, 1, {"micr_line": GOOD.format(5)}, AMY)
    assert batch_problems(store, second, DAY) == [f"line 1: the same cheque was taken before: keyed batch {first}"]
    discard(store, first, AMY, "the wrong pile")
    assert batch_problems(store, second, DAY) == []
    head = "receipt_id,received_date,payment_method,routing_number,check_account,check_number,amount\n"
    told = [f"R{n},2026-11-12,CHECK,021000021,123456789,5,300.00\n" for n in (1, 2)]
    outcomes = [*load(store, [Source(f"{n}.csv", (head + row).encode) for n, row in enumerate(told)], "t")]
    assert [one.code for one in outcomes[0].findings] == []
    assert [(one.code, one.location) for one in outcomes[1].findings] == [("duplicate_cheque", "line 2")]
    assert batch_problems(store, second, DAY) == ["line 1: the same cheque was taken before: a receipt of 2026-11-12"]


def test_a_remittance_line_can_be_voided(shared: Store):
    """It counts no more and stays on record."""
    batch = keyed(shared, "300", count=1)
    add_claim(shared, batch, 1, {"claim_id": "A1", "paid_amount": dollars("7.00")}, AMY)
    void_claim(shared, batch, 1, 1, 1, AMY)
    with pytest.raises(DecisionRefused, match="changed since"):
        void_claim(shared, batch, 1, 1, 1, AMY)
    assert list(keyed_claims(shared, batch)["is_void"]) == [True]
    assert batch_problems(shared, batch, DAY) == []
