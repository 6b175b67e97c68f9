"""Sums, numbers and ways of paying that are no proof: what only seems to fit is proposed, never confirmed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from analysis.match.by_hand import Chosen
from analysis.match.decisions import Who, confirm, hold, match_by_hand, release
from analysis.match.fee_rates import add_rate
from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.standing import item_version, match_told
from analysis.match.unmatched import unmatched
from analysis.problems import DecisionRefused
from analysis.store import Store
from tests.files import bank_lines, batch_csv, loaded, lockbox_bai2, remittance_835
from tests.match.test_false_friends import AETNA, BLUE, DAY, ach, batch
from tests.stores import empty_store

WHO = Who("ana", DAY)


def advice(number: int, amount: str, paid_on: str = "20261102", method: str = "ACH", account: str = "5678") -> bytes:
    """One remittance of Aetna."""
    return remittance_835(
        f"EFT700000{number}", amount, payer=AETNA, payer_name="AETNA TEST", control=number, paid_on=paid_on,
        method=method, bank_account=account,
    )  # fmt: skip


def cheque(number: int, amount: str, payer: str = AETNA) -> bytes:
    """The remittance of one cheque."""
    return remittance_835(str(number), amount, payer=payer, method="CHK", control=number)


def traced(amount: str, trace: str, payer: str) -> tuple[str, str, str]:
    """An ACH credit with a whole TRN segment."""
    return "142", amount, f"SENDER HCCLAIMPMT TRN*1*{trace}*{payer}~"


def confirmed(store: Store, *files: bytes) -> set[str]:
    """The rules that confirmed anything, after all the files are loaded and the rules have run."""
    loaded(store, *files)
    match(store, DAY, "tests")
    rows = matches(store, DAY)
    return set(rows["rule"][rows["status"] == "confirmed"])


def from_aetna(*amounts: str, day: str = "261102") -> bytes:
    """ACH credits that name Aetna and no trace."""
    return bank_lines(*(ach(amount, AETNA, "AETNA TEST") for amount in amounts), day=day)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([cheque(1001, "500.17"), from_aetna("500.17")], id="a cheque is not paid by ACH"),
        pytest.param(
            [cheque(1001, "151.17"), cheque(1002, "200.44"), from_aetna("351.61")], id="nor are two of one day"
        ),
        pytest.param([cheque(1001, "151.17"), advice(2, "200.44"), from_aetna("351.61")], id="nor one beside an EFT"),
        pytest.param([advice(1, "100.00"), advice(2, "200.00"), from_aetna("300.00")], id="a day in whole dollars"),
        pytest.param(
            [cheque(1001, "100.00"), cheque(2002, "200.00", BLUE), lockbox_bai2("300.00")],
            id="cheques in whole dollars",
        ),
        pytest.param([advice(3, "300.00"), from_aetna("100.00", "200.00")], id="credits in whole dollars"),
        pytest.param(
            [advice(1, "100.31"), advice(2, "200.44"), advice(3, "300.75", "20261103"),
             from_aetna("300.75", day="261103"), bank_lines(traced("300.75", "EFT6990000", AETNA), day="261020")],
            id="a day's sum that one remittance is too",
        ),
        pytest.param(
            [advice(1, "100.31"), advice(2, "200.44"), advice(3, "100.31", "20261103"), advice(4, "200.44", "20261103"),
             advice(5, "50.00", "20261103"), from_aetna("300.75", day="261104")],
            id="a day's sum that two of another day are too",
        ),
        pytest.param(
            [advice(1, "100.31", account="9999"), advice(2, "200.44", account="9999"), from_aetna("300.75")],
            id="a day's sum into another account",
        ),
        pytest.param(
            [advice(1, "300.75", account="9999"), from_aetna("100.31", "200.44")], id="a split into another account"
        ),
        pytest.param(
            [remittance_835("4711", "100.00", payer=AETNA),
             bank_lines(traced("60.00", "4711", BLUE), traced("40.00", "4711", BLUE))],
            id="a short trace under another sender, in two parts",
        ),
        pytest.param(
            [remittance_835("202611021", "100.07", payer=AETNA), bank_lines(traced("100.07", "2026110210", AETNA))],
            id="a number with a digit more is another",
        ),
        pytest.param(
            [batch("100.00") + batch("200.00").replace(b"B1", b"B2").split(b"\n", 1)[1], lockbox_bai2("300.00")],
            id="batches of a day in whole dollars",
        ),
        pytest.param(
            [remittance_835("1001", "900.00", payer=AETNA, method="CHK", paid_on="20260512"),
             batch("75.00", reference="1001", batch_type="LOCKBOX", payer_name="VARIOUS")],
            id="a patient's cheque has the number of an insurer's",
        ),
        pytest.param(
            [remittance_835("EFT12345678", "900.00", payer=BLUE, paid_on="20240112"),
             batch("75.00", reference="EFT12345678", payer_name="AETNA TEST")],
            id="a number of years ago",
        ),
    ],
)  # fmt: skip
def test_what_only_seems_to_fit_is_not_confirmed(store: Store, files: list[bytes]) -> None:
    """Each was confirmed once, with nothing to tell that it is wrong."""
    assert confirmed(store, *files) == set()


@pytest.mark.parametrize(
    ("files", "rule"),
    [
        pytest.param(
            [advice(1, "100.31"), advice(2, "200.44"), from_aetna("300.75")], "payer_day_sum", id="all of one day"
        ),
        pytest.param(
            [cheque(1001, "151.17"), cheque(2002, "200.44", BLUE), lockbox_bai2("351.61")], "lump_sum", id="two cheques"
        ),
        pytest.param([advice(1, "300.75"), from_aetna("100.31", "200.44")], "split_sum", id="two credits"),
        pytest.param(
            [remittance_835("4711", "100.00", payer=AETNA),
             bank_lines(traced("60.00", "4711", AETNA), traced("40.00", "4711", AETNA))],
            "split_by_trace",
            id="a short trace of the payer, in two parts",
        ),
    ],
)  # fmt: skip
def test_what_fits_alone_is_confirmed(store: Store, files: list[bytes], rule: str) -> None:
    """The same shapes with amounts and senders that leave no doubt."""
    assert confirmed(store, *files) == {rule}


def test_the_banks_own_reference_is_no_cheque_number(store: Store) -> None:
    """It counts its own lines; that a cheque of June bears the number is chance."""
    line = bank_lines(("115", "100.00", "LOCKBOX DEPOSIT")).replace(b"BR261102001", b"0001001")
    assert b"0001001" in line
    assert confirmed(store, remittance_835("1001", "100.00", method="CHK", paid_on="20260601"), line) == set()


@pytest.fixture
def tie(store: Store) -> Store:
    """Two deposits of one trace and amount, one remittance of it."""
    days = (bank_lines(traced("100.07", "EFT7000001", AETNA), day=day) for day in ("261102", "261103"))
    loaded(store, advice(1, "100.07"), *days)
    match(store, DAY, "tests")
    return store


def test_a_hold_makes_a_tie_no_more_certain(tie: Store) -> None:
    """What is held may be the one; once it is released both are proposed again."""
    item = next(one for one in unmatched(tie, DAY)["item_id"] if one.startswith("bank-"))
    hold(tie, item, 0, WHO, "asked the bank")
    match(tie, DAY, "tests")
    assert "confirmed" not in set(matches(tie, DAY)["status"])
    release(tie, item, item_version(tie, item), WHO)
    match(tie, DAY, "tests")
    assert len(set(matches(tie, DAY)["match_id"])) == 2


def test_what_is_held_is_not_confirmed(tie: Store) -> None:
    """Neither by a proposal nor by hand."""
    deposit, remittance = (id_of(tie, side) for side in ("bank", "remittance"))
    item = next(one for one in unmatched(tie, DAY)["item_id"] if one.startswith(f"bank-{deposit}-"))
    told = matches(tie, DAY)
    number = int(told["match_id"][told["fact_id"] == deposit].iloc[0])
    hold(tie, item, 0, WHO, "asked the bank")
    with pytest.raises(DecisionRefused, match="release it first"):
        confirm(tie, number, match_told(tie, number)["version"], WHO)
    with pytest.raises(DecisionRefused, match="release it first"):
        by_hand(tie, ("bank", deposit, "100.07"), ("remittance", remittance, "100.07"))


def id_of(store: Store, side: str) -> str:
    """The id of the first open item of that side."""
    return next(row["fact_id"] for row in unmatched(store, DAY).to_dict("records") if row["side"] == side)


def by_hand(store: Store, *sides: tuple[str, str, str], reason: str = "") -> int:
    """A match by hand of these facts and amounts."""
    return match_by_hand(store, [Chosen(side, fact, Decimal(amount)) for side, fact, amount in sides], WHO, reason)


@pytest.fixture
def one_batch(store: Store) -> Store:
    """One batch and two deposits of its total, each of another sender."""
    lines = bank_lines(ach("500.00", BLUE, "BLUE CREST"), ach("500.00", "1444444444", "CIGNA TEST"))
    loaded(store, batch("500.00", payer_name="AETNA TEST"), lines)
    match(store, DAY, "tests")
    return store


def test_a_batch_is_deposited_once(one_batch: Store) -> None:
    """Of two proposals for it the other ends with the one confirmed; by hand it is refused."""
    first, second = sorted(set(matches(one_batch, DAY)["match_id"]))
    confirm(one_batch, first, match_told(one_batch, first)["version"], WHO)
    assert match_told(one_batch, second)["status"] == "ended"
    other = id_of(one_batch, "bank")
    with pytest.raises(DecisionRefused, match="take its other match apart first"):
        by_hand(one_batch, ("bank", other, "500.00"), ("batch", "B1", "500.00"))


def test_a_match_of_nothing_is_refused(store: Store) -> None:
    """A batch of less than nothing takes none of a deposit, unless the difference is settled."""
    loaded(store, batch_csv([("B1", "-50.00", "ACC1", "", "REFUND", "-50.00")]), from_aetna("100.00"))
    with pytest.raises(DecisionRefused, match="settle the difference"):
        by_hand(store, ("bank", id_of(store, "bank"), "100.00"), ("batch", "B1", "-50.00"), reason="x")


def sent_late(number: int, amount: str, payer: str, paid_on: str, sent: str) -> bytes:
    """A cheque's remittance that was sent on another day than it was paid."""
    text = remittance_835(str(number), amount, payer=payer, method="CHK", control=number, paid_on=paid_on).decode()
    said = text.replace("GS*HP*PAYER*PAYEE*20261102", f"GS*HP*PAYER*PAYEE*20{sent}")
    return said.replace("*261102*0800*^", f"*{sent}*0800*^").encode()


def test_old_cheques_that_come_late_contest_a_sum() -> None:
    """Two other cheques add up to the lockbox deposit as well, whenever their remittances come."""
    late, sent = ("20261012", "261106"), ("20261008", "261008")
    sole = [sent_late(1001, "151.17", AETNA, *late), sent_late(1002, "200.44", BLUE, *late)]
    others = [sent_late(1003, "150.00", BLUE, *sent), sent_late(1004, "201.61", AETNA, *sent)]
    heaps: list[list[bytes]] = [sole, [lockbox_bai2("351.61", day="261015")], others]
    assert {tuple(sorted(run(heaps, order))) for order in permutations(range(3))} == {()}


def run(heaps: list[list[bytes]], order: tuple[int, ...], day: date = DAY) -> set[str]:
    """The rules that confirm anything once the heaps came in that order, the rules running after each."""
    with empty_store() as store:
        for number in order:
            loaded(store, *heaps[number])
            match(store, day, "tests")
        rows = matches(store, day)
        return set(rows["rule"][rows["status"] == "confirmed"])


def test_a_new_fee_rate_is_news(store: Store) -> None:
    """The next run of the same day looks for card money net of it."""
    cards = batch("100.00", batch_type="CARD", payer_name="PATIENTS")
    loaded(store, cards, bank_lines(("147", "93.10", "MERCHANT SETTLEMENT")))
    match(store, DAY, "tests")
    assert set(matches(store, DAY)["rule"]) == set()
    add_rate(store, Decimal("6.90"), DAY, "ana", "the processor's letter")
    match(store, DAY, "tests")
    assert set(matches(store, DAY)["rule"]) == {"batch_net_of_fee"}
