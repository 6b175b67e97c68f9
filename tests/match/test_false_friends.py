"""Money that looks like another's: the amount agrees, something else says no, and nothing is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from analysis.match.links import matches
from analysis.match.lumps import chance
from analysis.match.run import match
from analysis.store import Store
from tests.files import bai2, bank_lines, batch_csv, loaded, lockbox_bai2, remittance_835

DAY = date(2026, 11, 9)
AETNA, BLUE = "1222222222", "1333333333"


def found(store: Store, *files: bytes) -> set[tuple[str, str]]:
    """Rule and status of every match, after all the files are loaded and the rules have run."""
    loaded(store, *files)
    match(store, DAY, "tests")
    rows = matches(store, DAY)
    return set(zip(rows["rule"], rows["status"], strict=True))


def batch(total: str, reference: str = "", batch_type: str = "ERA", payer_name: str = "") -> bytes:
    """One posting batch of one line."""
    return batch_csv([("B1", total, "ACC1", reference, "PAYMENT", total)], batch_type=batch_type, payer_name=payer_name)


def ach(amount: str, payer: str, name: str) -> tuple[str, str, str]:
    """An ACH credit that names its sender and no trace."""
    return "142", amount, f"{name} DES:HCCLAIMPMT INDN:CEDAR HOLLOW CO ID:{payer} CCD"


@pytest.mark.parametrize(
    ("bank", "posted", "rules"),
    [
        pytest.param(
            ach("500.00", BLUE, "BLUE CREST"),
            batch("500.00", payer_name="AETNA TEST"),
            {("batch_deposit_unsure", "proposed")},
            id="another payer sent it",
        ),
        pytest.param(
            ach("500.00", AETNA, "AETNA TEST"),
            batch("500.00", payer_name="AETNA TEST HEALTH PLAN"),
            {("batch_deposit", "confirmed")},
            id="the payer sent it, its name cut short",
        ),
        pytest.param(
            ("147", "500.00", "MERCHANT SETTLEMENT"),
            batch("500.00", payer_name="AETNA TEST"),
            set(),
            id="cards do not pay an insurer's batch",
        ),
        pytest.param(
            ("115", "500.00", "LOCKBOX DEPOSIT"),
            batch("500.00", batch_type="CARD", payer_name="PATIENTS"),
            set(),
            id="cheques do not pay a card batch",
        ),
        pytest.param(
            ("142", "500.00", f"AETNA TEST HCCLAIMPMT TRN*1*EFT70009999*{AETNA}~"),
            batch("500.00", reference="EFT70001111", payer_name="AETNA TEST"),
            set(),
            id="the payer's other payment, by its trace",
        ),
        pytest.param(
            ("142", "500.00", f"AETNA TEST HCCLAIMPMT TRN*1*EFT70009999*{AETNA}~"),
            batch("500.00", reference="EFT70009999", payer_name="AETNA TEST"),
            {("batch_deposit", "confirmed")},
            id="the batch names the deposit's trace",
        ),
    ],
)
def test_batches_and_deposits(
    store: Store, bank: tuple[str, str, str], posted: bytes, rules: set[tuple[str, str]]
) -> None:
    """Account, day and total agree every time."""
    assert found(store, bank_lines(bank), posted) == rules


def test_a_batch_of_a_payer_whose_id_the_bank_shows(store: Store) -> None:
    """The bank's name says nothing; the payer's remittance of another day tells whose id it is."""
    other = remittance_835("EFT70000001", "77.00", payer=AETNA, payer_name="AETNA TEST")
    posted = batch("500.00", payer_name="Aetna Test")
    assert ("batch_deposit", "confirmed") in found(store, other, bank_lines(ach("500.00", AETNA, "ATI")), posted)


@pytest.mark.parametrize(
    ("text", "trace", "rules"),
    [
        pytest.param(
            f"BLUE CREST HCCLAIMPMT TRN*1*4711*{BLUE}~", "4711", {("short_trace_amount", "proposed")}, id="short"
        ),
        pytest.param(
            f"VENDOR HCCLAIMPMT TRN*1*EFT7000123456*{BLUE}~",
            "EFT7000123456",
            {("trace_amount", "confirmed")},
            id="long: the payer's vendor",
        ),
    ],
)
def test_a_trace_under_another_senders_id(store: Store, text: str, trace: str, rules: set[tuple[str, str]]) -> None:
    """A number of four digits is no proof where the sender is another."""
    assert found(store, remittance_835(trace, "100.00", payer=AETNA), bank_lines(("142", "100.00", text))) == rules


def test_a_neighbouring_trace_is_another_payment(store: Store) -> None:
    """The payer numbers its payments one after another; the bank's TRN segment is whole."""
    rules = found(store, remittance_835("700001", "100.00"), bai2(("700002", "100.00")))
    assert rules == {("damaged_trace_again", "proposed")}


def test_a_trace_that_another_remittance_bears_is_not_damaged(store: Store) -> None:
    """7000055 is the second remittance's own trace, whose amount is another."""
    rules = found(
        store,
        remittance_835("7000155", "100.00", control=1),
        remittance_835("7000055", "130.00", control=2),
        bai2(("7000055", "100.00")),
    )
    assert rules == {("trace_short", "proposed")}


def test_a_damaged_trace_of_an_amount_sent_twice_is_proposed(store: Store) -> None:
    """Which of the two it is, the trace cannot tell for certain."""
    rules = found(
        store,
        remittance_835("EFT7000155", "100.00", control=1),
        bai2(("EFT7000955", "100.00")),
        bai2(("EFT8888888", "100.00"), day="261104"),
    )
    assert ("damaged_trace", "confirmed") not in rules


def test_a_date_in_the_banks_text_is_no_trace(store: Store) -> None:
    """DESC DATE one digit off from a short trace, of an amount that the payer sends often."""
    text = f"ORIG CO NAME:AETNA ORIG ID:{AETNA} DESC DATE:261102 CO ENTRY DESCR:HCCLAIMPMT SEC:CCD EED:261102"
    rules = found(
        store,
        remittance_835("261112", "100.00", payer=AETNA),
        remittance_835("988777", "100.00", payer=AETNA, control=2),
        bank_lines(("142", "100.00", text)),
    )
    assert not {rule for rule, status in rules if status == "confirmed"}


def test_one_cheque_of_the_whole_amount_contests_a_sum(store: Store) -> None:
    """150.37 is one cheque, or two others together."""
    cheques = [("1001", "150.37"), ("1002", "100.12"), ("1003", "50.25")]
    files = [remittance_835(one, amount, method="CHK", control=int(one)) for one, amount in cheques]
    assert not {rule for rule, status in found(store, *files, lockbox_bai2("150.37")) if status == "confirmed"}


@pytest.mark.parametrize(
    ("cents", "parts", "is_unlikely"),
    [
        pytest.param([12_345, 67_812, 33_391], [0, 1], True, id="three odd amounts"),
        pytest.param([10_000, 20_000, 30_000, 50_000, 12_345], [0, 1], False, id="round ones, an odd one beside them"),
        pytest.param([10_000, 20_000, 30_000, 50_000, 3_317], [4, 2], False, id="the odd one and a round one"),
    ],
)
def test_the_chance_of_a_sum(cents: Sequence[int], parts: Sequence[int], is_unlikely: bool) -> None:
    """One odd amount among round ones makes their sums no rarer."""
    assert (chance(cents, parts, range(2, 5)) <= 0.0001) == is_unlikely


def test_a_known_payer_is_no_clearinghouse(store: Store) -> None:
    """Its only remittance is matched already; its next deposit is not what others announced."""
    others = [
        remittance_835("EFT1110001", "123.45", payer="1444444444", control=1),
        remittance_835("EFT1110002", "678.12", payer="1555555555", control=2),
    ]
    own = remittance_835("EFT9990001", "99.00", payer=AETNA, control=3)
    paid = ("142", "99.00", f"AETNA TEST HCCLAIMPMT TRN*1*EFT9990001*{AETNA}~")
    rules = found(store, *others, own, bank_lines(paid, ach("801.57", AETNA, "AETNA TEST")))
    assert rules == {("exact_trace", "confirmed")}


def test_money_in_another_account_is_not_confirmed_by_amount(store: Store) -> None:
    """The remittance names account 9999, the deposit came into 5678."""
    advice = remittance_835("EFT7000155", "100.00", payer=AETNA, bank_account="9999")
    rules = found(store, advice, bank_lines(ach("100.00", AETNA, "AETNA TEST")))
    assert rules == {("payer_amount_late", "proposed")}


def test_the_account_decides_between_two(store: Store) -> None:
    """Two like payments, one into each account."""
    advice = [
        remittance_835("EFT7000155", "100.00", payer=AETNA, bank_account="5678", control=1),
        remittance_835("EFT7000156", "100.00", payer=AETNA, bank_account="9999", control=2),
    ]
    rules = found(
        store,
        *advice,
        bank_lines(ach("100.00", AETNA, "AETNA TEST")),
        bank_lines(ach("100.00", AETNA, "AETNA TEST"), account="9999"),
    )
    assert rules == {("payer_amount_again", "proposed")}
    assert len(matches(store, DAY)) == 4


@pytest.mark.parametrize(
    ("trace", "rules"),
    [
        pytest.param("EFT7000515", {("damaged_trace_again", "proposed")}, id="two digits are swapped"),
        pytest.param("EFT7911155", set(), id="three digits are wrong"),
    ],
)
def test_swapped_digits_are_proposed_only(store: Store, trace: str, rules: set[tuple[str, str]]) -> None:
    """Payer and amount agree; the segment says another number, which may be another payment's."""
    advice = remittance_835("EFT7000155", "100.07", payer=AETNA, payer_name="AETNA TEST")
    text = f"AETNA TEST HCCLAIMPMT TRN*1*{trace}*{AETNA}~"
    assert found(store, advice, bank_lines(("142", "100.07", text))) == rules
