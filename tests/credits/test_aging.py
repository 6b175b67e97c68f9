"""Credit balances: every account in credit, its day, its age and its bucket."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.credits.audit import credits
from analysis.days import aging_bucket
from analysis.sample import AS_OF
from analysis.store import Store
from tests import truth
from tests.files import loaded, table_csv


def test_every_credit_of_the_truth_is_listed_and_no_other(fortnight: Store) -> None:
    """Balance, day, age and bucket, to the cent and the day."""
    found = {
        row.account_number: (row.credit_balance, str(row.credit_date), row.age_days, row.aging_bucket)
        for row in credits(fortnight, AS_OF).itertuples()
    }
    wanted = {
        row["account_number"]: (
            truth.money(row["credit_balance"]),
            row["credit_date"],
            int(row["age_days"]),
            row["aging_bucket"],
        )
        for row in truth.rows("credits")
    }
    assert found == wanted


ACCOUNT = "account_number,patient_name,balance,credit_date,last_payment_date,extract_date"
LEDGER = "account_number,transaction_id,transaction_date,type,amount"


@pytest.mark.parametrize(
    ("account", "ledger", "credit_date", "rests_on"),
    [
        pytest.param(
            "A1,X,-50.00,2026-09-01,2026-08-01,2026-11-01",
            ["A1,1,2026-01-01,CHARGE,100.00", "A1,2,2026-02-01,PAYMENT,-150.00"],
            "2026-02-01",
            "ledger",
            id="the day the ledger went below zero",
        ),
        pytest.param(
            "A1,X,-50.00,,,2026-11-01",
            [
                "A1,1,2026-01-01,PAYMENT,-80.00",
                "A1,2,2026-03-01,CHARGE,100.00",
                "A1,3,2026-04-01,PAYMENT,-70.00",
            ],
            "2026-04-01",
            "ledger",
            id="the last time it went below zero, not the first",
        ),
        pytest.param(
            "A1,X,-50.00,,,2026-11-01",
            ["A1,1,2026-01-01,PAYMENT,-80.00", "A1,2,2026-03-01,REFUND,30.00"],
            "2026-01-01",
            "ledger",
            id="a partial refund does not reset the age",
        ),
        pytest.param(
            "A1,X,-50.00,2026-09-01,2026-08-01,2026-11-01",
            ["A1,1,2026-01-01,CHARGE,100.00"],
            "2026-09-01",
            "extract",
            id="a ledger that does not add up is not trusted",
        ),
        pytest.param("A1,X,-50.00,,2026-08-01,2026-11-01", [], "2026-08-01", "last payment", id="else last paid"),
    ],
)
def test_the_day_a_credit_began(store: Store, account: str, ledger: list[str], credit_date: str, rests_on: str) -> None:
    """From the ledger where it adds up, else from the extract, and which is said."""
    files = [table_csv(ACCOUNT, account)]
    if ledger:
        files.append(table_csv(LEDGER, *ledger))
    loaded(store, *files)
    row = credits(store, date(2026, 11, 1)).iloc[0]
    assert str(row["credit_date"]) == credit_date
    assert row["evidence"].endswith(f"aged from the {rests_on}")


@pytest.mark.parametrize(
    ("age_days", "bucket"),
    [
        (0, "0-30"),
        (30, "0-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "91-120"),
        (120, "91-120"),
        (121, "121-180"),
        (180, "121-180"),
        (181, "181-365"),
        (365, "181-365"),
        (366, "365+"),
    ],
)
def test_buckets_at_their_borders(store: Store, age_days: int, bucket: str) -> None:
    """The query and the Python of the ground floor say the same."""
    credit_date = date.fromordinal(date(2026, 11, 1).toordinal() - age_days)
    loaded(store, table_csv(ACCOUNT, f"A1,X,-50.00,{credit_date},,2026-11-01"))
    row = credits(store, date(2026, 11, 1)).iloc[0]
    assert (row["age_days"], row["aging_bucket"]) == (age_days, bucket)
    assert aging_bucket(age_days) == bucket


@pytest.mark.parametrize(
    ("balance", "is_listed"),
    [
        pytest.param("-0.01", True, id="one cent shows"),
        pytest.param("0.00", False, id="zero is no credit"),
        pytest.param("10.00", False, id="a debt is no credit"),
    ],
)
def test_only_accounts_below_zero_are_listed(store: Store, balance: str, is_listed: bool) -> None:
    """By the newest extract known on the day."""
    loaded(store, table_csv(ACCOUNT, f"A1,X,{balance},,2026-10-01,2026-11-01"))
    assert (not credits(store, date(2026, 11, 1)).empty) == is_listed


def test_a_newer_extract_ends_a_credit(store: Store) -> None:
    """And a past day still shows it."""
    loaded(
        store,
        table_csv(ACCOUNT, "A1,X,-50.00,2026-10-01,,2026-11-01"),
        table_csv(ACCOUNT, "A1,X,0.00,,,2026-11-08"),
    )
    assert credits(store, date(2026, 11, 8)).empty
    assert list(credits(store, date(2026, 11, 7))["credit_balance"]) == [Decimal("50.00")]
