"""A batch that posts a deposit does not keep the deposit's remittances from it, and nothing is posted twice for it."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.store import Store
from analysis.tieout.verify import verify
from tests.files import bank_lines, batch_csv, loaded, lockbox_bai2, remittance_835

DAY = date(2026, 11, 9)
AETNA, BLUE = "1222222222", "1333333333"


def cheque(number: int, amount: str, payer: str) -> bytes:
    """The remittance of one cheque."""
    return remittance_835(str(number), amount, payer=payer, method="CHK", control=number)


def eft(number: int, amount: str) -> bytes:
    """A remittance of Aetna by ACH."""
    return remittance_835(f"EFT{number}", amount, payer=AETNA, payer_name="AETNA TEST", control=number)


def ach(*amounts: str, day: str = "261102") -> bytes:
    """Credits that name Aetna only."""
    text = f"AETNA TEST DES:HCCLAIMPMT INDN:CEDAR HOLLOW CO ID:{AETNA} CCD"
    return bank_lines(*(("142", amount, text) for amount in amounts), day=day)


def posted(*totals: str, batch_type: str = "ERA", payer_name: str = "AETNA TEST", day: str = "2026-11-02") -> bytes:
    """A batch of each total, whose lines name no trace."""
    lines = [(f"B{number}", total, "ACC1", "", "PAYMENT", total) for number, total in enumerate(totals, start=1)]
    return batch_csv(lines, deposit_date=day, batch_type=batch_type, payer_name=payer_name)


LOCKBOX = [cheque(1001, "151.17", AETNA), cheque(2002, "200.44", BLUE), lockbox_bai2("351.61")]
DAY_OF_PAYER = [eft(1, "151.17"), eft(2, "200.44"), ach("351.61")]
SPLIT = [eft(1, "351.61"), ach("151.17", "200.44")]


@pytest.mark.parametrize(
    ("files", "batches", "rule"),
    [
        pytest.param(LOCKBOX, posted("351.61", batch_type="LOCKBOX", payer_name="VARIOUS"), "lump_sum", id="cheques"),
        pytest.param(DAY_OF_PAYER, posted("351.61"), "payer_day_sum", id="a payer's day"),
        pytest.param(SPLIT, posted("151.17", "200.44"), "split_sum", id="paid in two"),
    ],
)
def test_a_posted_deposit_is_matched_to_its_remittances(store: Store, files: list[bytes], batches: bytes, rule: str):
    """Whichever came first, the batch or the remittances."""
    loaded(store, *files, batches)
    match(store, DAY, "tests")
    assert {"batch_deposit", rule} == set(matches(store, DAY)["rule"])
    assert set(matches(store, DAY)["status"]) == {"confirmed"}
    assert [one.name for one in verify(store) if one.failures] == []


def test_the_batch_first_and_the_advice_after_it(store: Store):
    """The run between has tied the batch to its deposit already."""
    loaded(store, LOCKBOX[2], posted("351.61", batch_type="LOCKBOX", payer_name="VARIOUS"))
    match(store, DAY, "tests")
    loaded(store, *LOCKBOX[:2])
    match(store, DAY, "tests")
    assert set(matches(store, DAY)["rule"]) == {"batch_deposit", "lump_sum"}


def test_what_is_posted_with_its_deposit_is_not_to_be_posted_again(store: Store):
    """The list names the batch that posts the money."""
    loaded(store, *DAY_OF_PAYER, posted("351.61"))
    match(store, DAY, "tests")
    items = unmatched(store, DAY)
    assert set(items["item_type"]) == {"unposted_remittance"}
    why = "no posting batch names its trace; its money has come, and batch B1 posts that deposit"
    assert set(items["why"]) == {why}
    assert set(items["next_step"]) == {"see whether that batch posts it, and match it to it"}
