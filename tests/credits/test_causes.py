"""Why an account is in credit: one ledger for each cause, each with one cent or one line beside it that changes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from analysis.credits.audit import credits
from analysis.sample import AS_OF
from analysis.store import Store
from tests import truth
from tests.files import Claim as ClaimOf
from tests.files import batch_csv, loaded, table_csv, takeback_835

DAY = date(2026, 11, 13)
ACCOUNTS = (
    "account_number,patient_name,date_of_birth,financial_class,primary_payer_name,secondary_payer_name,balance,"
    "extract_date"
)
LEDGER = "account_number,transaction_id,transaction_date,type,source,payer_name,amount,reference"


def ledger_of(account: str, *lines: str) -> list[str]:
    """Ledger rows, each written as `day type source payer amount reference` with `-` for nothing."""
    rows = []
    for number, line in enumerate(lines, start=1):
        day, kind, source, payer, amount, reference = ("" if part == "-" else part for part in line.split())
        rows.append(f"{account},{account}-{number},2026-{day},{kind},{source},{payer},{amount},{reference}")
    return rows


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a report, None for null."""
    found: list[dict[str, Any]] = pa.Table.from_pandas(frame, preserve_index=False).to_pylist()
    return found


def audited(store: Store, lines: list[str], balance: str, *more: bytes, others: tuple[str, ...] = ()) -> dict[str, Any]:
    """The report's row of account A1000001, whose ledger has these lines."""
    loaded(
        store,
        table_csv(
            ACCOUNTS,
            f"A1000001,ROE JANE,1980-01-01,,ALPHA,BETA,{balance},2026-11-13",
            *others,
        ),
        table_csv(LEDGER, *ledger_of("A1000001", *lines)),
        *more,
    )
    found = credits(store, DAY)
    return rows_of(found[found["account_number"] == "A1000001"])[0]


SETTLED = [
    "06-01 CHARGE - - 500.00 -",
    "07-01 ADJUSTMENT PRIMARY ALPHA -125.00 CO-45",
    "07-01 PAYMENT PRIMARY ALPHA -300.00 T1",
    "07-20 PAYMENT PATIENT - -75.00 R1",
]
TWICE = [*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -300.00 T2"]
SAME_DAY = [
    *SETTLED[:2],
    SETTLED[1],
    "07-01 PAYMENT PRIMARY ALPHA -200.00 T1",
    "07-20 PAYMENT PATIENT - -175.00 R1",
]
"""The write-off stands twice on one day, which two claims of one account may do rightly."""
PRIMARIES = [
    "06-01 CHARGE - - 1000.00 -",
    "07-01 ADJUSTMENT PRIMARY ALPHA -400.00 CO-45",
    "07-01 PAYMENT PRIMARY ALPHA -600.00 T1",
    "07-20 ADJUSTMENT PRIMARY GAMMA -500.00 CO-45",
    "07-20 PAYMENT PRIMARY GAMMA -500.00 T2",
]


@pytest.mark.parametrize(
    ("lines", "balance", "wanted"),
    [
        pytest.param(
            [*SETTLED, "08-01 ADJUSTMENT PRIMARY ALPHA -125.00 CO-45"],
            "-125.00",
            ("adjustment_error", "correct_adjustment", None, "write_off_twice"),
            id="the write-off twice",
        ),
        pytest.param(
            [*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -300.00 T2"],
            "-300.00",
            ("duplicate_payment", "refund_payer", "ALPHA", "paid_twice"),
            id="the payer twice",
        ),
        pytest.param(
            [
                "06-01 CHARGE - - 700.00 -",
                "07-01 PAYMENT PRIMARY ALPHA -300.00 T1",
                "08-01 PAYMENT PRIMARY ALPHA -300.00 T2",
                "08-09 PAYMENT PRIMARY ALPHA -104.00 T3",
            ],
            "-4.00",
            ("unknown", "review", None, None),
            id="two claims of one amount are no duplicate because a third pays too much",
        ),
        pytest.param(
            [
                "06-01 CHARGE - - 750.00 -",
                "07-01 PAYMENT PRIMARY ALPHA -300.00 T1",
                "08-01 PAYMENT PRIMARY ALPHA -300.00 T2",
                "08-09 PAYMENT PATIENT - -450.00 R1",
            ],
            "-300.00",
            ("unknown", "review", None, None),
            id="the payer twice and then the patient: what is an insurer's does not go to the patient",
        ),
        pytest.param(
            [*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -300.01 T2"],
            "-300.01",
            ("unknown", "review", None, None),
            id="a cent beside it is no duplicate",
        ),
        pytest.param(
            [*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -300.00 T1"],
            "-300.00",
            ("duplicate_payment", "review", None, "posted_twice"),
            id="one payment posted twice is not refunded",
        ),
        pytest.param(
            [*TWICE, "08-02 PAYMENT PRIMARY ALPHA 300.00 T2", "08-03 PAYMENT PATIENT - -10.00 R2"],
            "-10.00",
            ("patient_overpayment", "refund_patient", "PATIENT", "patient_paid"),
            id="a duplicate that was reversed is none",
        ),
        pytest.param(
            [*SETTLED, "08-01 PAYMENT SECONDARY BETA -75.00 T2"],
            "-75.00",
            ("patient_overpayment", "refund_patient", "PATIENT", "patient_paid"),
            id="the secondary pays what the patient had paid",
        ),
        pytest.param(
            [*SETTLED, "08-01 PAYMENT SECONDARY BETA -100.00 T2"],
            "-100.00",
            ("primary_secondary_overpayment", "refund_payer", "BETA", "insurers_together"),
            id="primary and secondary above the allowed amount",
        ),
        pytest.param(
            [*SETTLED[:2], "07-01 PAYMENT SECONDARY BETA -200.00 T2", "08-01 PAYMENT PRIMARY ALPHA -300.00 T1"],
            "-125.00",
            ("primary_secondary_overpayment", "refund_payer", "BETA", "insurers_together"),
            id="the secondary is refunded though the primary paid last",
        ),
        pytest.param(
            [*SETTLED[:3], "08-01 PAYMENT PRIMARY MEDICARE -300.00 T2"],
            "-225.00",
            ("primary_secondary_overpayment", "refund_payer", "MEDICARE", "insurers_together"),
            id="of two primaries Medicare",
        ),
        pytest.param(
            [*SETTLED, "08-01 ADJUSTMENT PATIENT - -20.00 CHARITY"],
            "-20.00",
            ("unknown", "review", None, None),
            id="a discount after the payment is policy, not known",
        ),
        pytest.param(
            [*SETTLED, "08-01 CHARGE - - -50.00 -"],
            "-50.00",
            ("unknown", "review", None, None),
            id="charges fell after they were paid",
        ),
        pytest.param(
            [*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -4.00 T9"],
            "-4.00",
            ("unknown", "review", None, None),
            id="an odd payment is not guessed",
        ),
        pytest.param(
            SETTLED, "-10.00", ("unknown", "review", None, None), id="a ledger that does not add up tells nothing"
        ),
    ],
)
def test_cause_and_disposition(
    store: Store, lines: list[str], balance: str, wanted: tuple[str, str, str | None, str | None]
) -> None:
    """By the ledger alone."""
    row = audited(store, lines, balance)
    assert (row["cause"], row["disposition"], row["owed_to"], row["kind"]) == wanted, row["evidence"]


@pytest.mark.parametrize("source", ["SECONDARY", "PRIMARY"])
def test_the_secondarys_write_off_is_named_as_the_false_credit_it_is(store: Store, source: str) -> None:
    """500.00; Medicare pays 300 and writes off 125; Medicaid pays 65 and sends CO-45 435: −425.00, and no refund.

    The secondary is known by the ledger's source, or by its name on the account.
    """
    row = audited(
        store,
        [*SETTLED[:3], f"08-01 PAYMENT {source} BETA -65.00 T2", f"08-01 ADJUSTMENT {source} BETA -435.00 CO-45"],
        "-425.00",
    )
    assert (row["cause"], row["disposition"], row["kind"]) == (
        "adjustment_error",
        "correct_adjustment",
        "secondary_write_off",
    )
    assert "false credit" in row["evidence"] and "425.00 that the primary paid and wrote off" in row["evidence"]
    assert "10.00 was open to write off" in row["evidence"]


def test_a_secondarys_right_write_off_is_not_blamed(store: Store) -> None:
    """It wrote off the 10.00 that was open; what makes the credit is the patient's payment."""
    row = audited(
        store,
        [
            *SETTLED[:3],
            "08-01 PAYMENT SECONDARY BETA -65.00 T2",
            "08-01 ADJUSTMENT SECONDARY BETA -10.00 CO-45",
            "08-09 PAYMENT PATIENT - -30.00 R2",
        ],
        "-30.00",
    )
    assert (row["cause"], row["kind"]) == ("patient_overpayment", "patient_paid")


WRONG = [*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -88.00 T2"]


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        pytest.param("B7,ROE JANE,1980-01-01,,ALPHA,,88.00,2026-11-13", "B7", id="the same patient's, by that amount"),
        pytest.param("B7,ROE JANE,1980-01-01,,ALPHA,,88.01,2026-11-13", None, id="a cent beside"),
        pytest.param("B7,ROE JANE,1980-01-02,,ALPHA,,88.00,2026-11-13", None, id="another born on another day"),
        pytest.param("B7,ROE JANE,1980-01-01,,ALPHA,,-88.00,2026-11-13", None, id="an account in credit takes nothing"),
    ],
)
def test_a_payment_of_another_account(store: Store, other: str, wanted: str | None) -> None:
    """The other account is named where it is the same patient's and open by exactly that amount."""
    row = audited(store, WRONG, "-88.00", others=(other,))
    assert row["disposition"] == ("transfer" if wanted else "review")
    assert row["owed_to"] == wanted


def test_two_accounts_that_fit_are_told_and_none_is_chosen(store: Store) -> None:
    """Competing readings are shown."""
    others = tuple(f"B{n},ROE JANE,1980-01-01,,ALPHA,,88.00,2026-11-13" for n in (7, 8))
    row = audited(store, WRONG, "-88.00", others=others)
    assert row["disposition"] == "review"
    assert "account B7" in row["evidence"] and "account B8" in row["evidence"]


@pytest.mark.parametrize(
    ("plb", "wanted", "blocked"),
    [
        pytest.param([("WO", "A1000001X", "300.00")], "payer_recouped", False, id="taken"),
        pytest.param([("WO", "A1000001X", "299.99")], "duplicate_payment", True, id="taken but for a cent"),
        pytest.param([("WO", "B9999999X", "300.00")], "duplicate_payment", False, id="for another account"),
    ],
)
def test_what_the_payer_took_back_is_never_refunded(
    store: Store, plb: list[tuple[str, str, str]], wanted: str, blocked: bool
) -> None:
    """A take-back that names the account covers the credit, or stands against a refund."""
    advice = takeback_835("T8", f"{900 - Decimal(plb[0][2])}", [ClaimOf("OTHER", "900.00")], plb)
    row = audited(store, TWICE, "-300.00", advice)
    assert row["cause"] == wanted
    assert (row["disposition"] == "let_payer_recoup") == (wanted == "payer_recouped")
    assert (row["blocked_by"] is not None) == blocked


def test_what_the_payer_announced_to_take_is_left_to_it(store: Store) -> None:
    """A negative WO: the payer left the money in this payment to take it later."""
    advice = takeback_835("T8", "1200.00", [ClaimOf("OTHER", "900.00")], [("WO", "A1000001X", "-300.00")])
    row = audited(store, TWICE, "-300.00", advice)
    assert (row["cause"], row["disposition"]) == ("duplicate_payment", "let_payer_recoup")


def test_a_reversal_that_is_not_posted_is_money_taken_back(store: Store) -> None:
    """The second payment's claim is reversed in a remittance that the ledger does not know."""
    advice = takeback_835("T8", "600.00", [ClaimOf("OTHER", "900.00"), ClaimOf("A1000001", "-300.00")], [])
    row = audited(store, TWICE, "-300.00", advice)
    assert (row["cause"], row["disposition"]) == ("payer_recouped", "let_payer_recoup")


def test_the_remittance_says_whose_the_payment_is(store: Store) -> None:
    """It pays that amount on another account and nothing on this one."""
    advice = takeback_835("T2", "88.00", [ClaimOf("B7000000", "88.00")], [])
    row = audited(store, WRONG, "-88.00", advice)
    assert (row["cause"], row["disposition"], row["owed_to"]) == ("posted_to_wrong_account", "transfer", "B7000000")


def test_interest_goes_to_the_general_ledger(store: Store) -> None:
    """A PLB L6 of exactly the payment."""
    advice = takeback_835("T2", "188.00", [ClaimOf("B7000000", "100.00")], [("L6", "X", "-88.00")])
    row = audited(store, WRONG, "-88.00", advice)
    assert (row["kind"], row["owed_to"]) == ("interest_or_capitation", "GENERAL LEDGER")


def test_more_posted_than_remitted_is_a_posting_to_correct(store: Store) -> None:
    """388.00 is posted, the remittance pays 300.00."""
    advice = takeback_835("T1", "300.00", [ClaimOf("A1000001", "300.00", charge="500.00")], [])
    lines = [SETTLED[0], SETTLED[1], "07-01 PAYMENT PRIMARY ALPHA -388.00 T1", SETTLED[3]]
    row = audited(store, lines, "-88.00", advice)
    assert (row["disposition"], row["kind"]) == ("review", "posted_beyond_advice")


def test_unapplied_cash_and_an_open_account_stand_against_a_refund(store: Store) -> None:
    """Both are named."""
    batch = batch_csv([("P1", "40.00", "A1000001", "", "UNAPPLIED", "40.00")])
    row = audited(
        store,
        [*SETTLED, "08-01 PAYMENT PATIENT - -75.00 R2"],
        "-75.00",
        batch,
        others=("B7,ROE JANE,1980-01-01,,ALPHA,,12.00,2026-11-13",),
    )
    assert row["disposition"] == "refund_patient"
    assert "unapplied cash of 40.00" in row["blocked_by"] and "account B7 is open by 12.00" in row["blocked_by"]


def test_the_same_refund_within_a_year_stands_against_another(store: Store) -> None:
    """300.00 went to the payer in September, and 300.00 is in credit again."""
    lines = [*TWICE, "09-01 REFUND PRIMARY ALPHA 300.00 C1", "09-20 PAYMENT PRIMARY ALPHA -300.00 T3"]
    row = audited(store, lines, "-300.00")
    assert row["disposition"] == "refund_payer"
    assert "300.00 was refunded to the same payee on 2026-09-01" in row["blocked_by"]


def test_the_samples_credits_have_their_planted_causes(fortnight: Store) -> None:
    """Cause, disposition and who is owed, of every account."""
    names = ("account_number", "cause", "disposition", "owed_to")
    found = {tuple(row[name] or "" for name in names) for row in rows_of(credits(fortnight, AS_OF))}
    assert found == {tuple(row[name] for name in names) for row in truth.rows("credits")}


def test_a_line_that_may_be_posted_twice_is_never_refunded(store: Store) -> None:
    """The write-off twice on one day: the patient, who paid last, seems to have paid too much."""
    row = audited(store, SAME_DAY, "-125.00")
    assert (row["cause"], row["disposition"], row["owed_to"]) == ("unknown", "review", None)
    assert "125.00 is posted on 2026-07-01 and again on 2026-07-01; or the patient's share is 50.00" in row["evidence"]


def test_two_primaries_that_both_wrote_off(store: Store) -> None:
    """Half of the credit is a payment too much, half a write-off: no refund of the whole."""
    row = audited(store, PRIMARIES, "-1000.00")
    assert (row["cause"], row["disposition"], row["kind"]) == (
        "primary_secondary_overpayment",
        "review",
        "several_primaries",
    )
    assert "ALPHA paid 600.00 and wrote 400.00 off; GAMMA paid 500.00 and wrote 500.00 off" in row["evidence"]


def test_no_negative_amount_is_allowed(store: Store) -> None:
    """Write-offs beyond the charges are no overpayment of two insurers."""
    lines = [
        "06-01 CHARGE - - 500.00 -",
        "07-01 PAYMENT PRIMARY ALPHA -300.00 T1",
        "07-20 PAYMENT SECONDARY BETA -100.00 T2",
        "08-01 ADJUSTMENT - - -560.00 DISCOUNT",
    ]
    row = audited(store, lines, "-460.00")
    assert row["disposition"] == "review"
    assert "allowed -" not in row["evidence"]


@pytest.mark.parametrize(
    ("name", "is_same"), [("Jane M. Roe", True), ("ROE, JANE", True), ("ROE JANET", False), ("ROE", False)]
)
def test_a_patient_is_known_however_the_name_is_written(store: Store, name: str, is_same: bool) -> None:
    """By its words in any order, without marks and single letters, and the date of birth."""
    other = f'A1000002,"{name}",1980-01-01,,GAMMA,,75.00,2026-11-13'
    row = audited(store, [*SETTLED, "08-01 PAYMENT PATIENT - -75.00 R2"], "-75.00", others=(other,))
    assert ("the same patient's account A1000002 is open by exactly 75.00" in row["evidence"]) == is_same


UNDATED = "account_number,patient_name,date_of_birth,primary_payer_name,service_from,balance"


def test_an_extract_without_its_day_is_held_against_the_whole_ledger(store: Store) -> None:
    """Its latest date is the day of service, long before the payments."""
    loaded(
        store,
        table_csv(UNDATED, "A1000001,ROE JANE,1980-01-01,ALPHA,2026-06-01,-300.00"),
        table_csv(LEDGER, *ledger_of("A1000001", *TWICE)),
    )
    (row,) = rows_of(credits(store, DAY))
    found = (row["cause"], row["owed_to"], row["credit_date"])
    assert found == ("duplicate_payment", "ALPHA", date(2026, 8, 1))
    assert "aged from the ledger" in row["evidence"]


def test_a_later_file_without_its_day_replaces_an_earlier_one(store: Store) -> None:
    """Though the latest date in it is an earlier one: the credit is gone."""
    loaded(store, table_csv(UNDATED, "A1000001,ROE JANE,1980-01-01,ALPHA,2026-06-01,-300.00"))
    loaded(store, table_csv(UNDATED, "A1000001,ROE JANE,1980-01-01,ALPHA,2026-05-01,0.00"))
    assert credits(store, DAY).empty


@pytest.mark.parametrize(
    ("lines", "balance"),
    [
        pytest.param(
            [*SETTLED[:3], "07-15 ADJUSTMENT - - -75.00 BAD_DEBT", "07-20 PAYMENT PATIENT - -75.00 R1"],
            "-75.00",
            id="given up, then paid",
        ),
        pytest.param([*SETTLED, "08-01 PAYMENT PRIMARY ALPHA -300.00 T-1"], "-300.00", id="one number written twice"),
        pytest.param([*SETTLED, "07-01 PAYMENT PRIMARY ALPHA -300.00 -"], "-300.00", id="one day, no number"),
        pytest.param([*SETTLED, "07-20 PAYMENT PATIENT - -75.00 -"], "-75.00", id="the patient, one day, no number"),
        pytest.param([*SETTLED, "08-01 PAYMENT PRIMARY ALPHA_INC -300.00 T1"], "-300.00", id="two spellings"),
        pytest.param(
            [*SETTLED[:3], "07-02 ADJUSTMENT - - -125.00 CONTRACTUAL", "07-20 PAYMENT PATIENT - -75.00 R1"],
            "-125.00",
            id="the write-off again without a payer",
        ),
    ],
)
def test_a_posting_error_is_never_a_refund(store: Store, lines: list[str], balance: str) -> None:
    """Where one line may be the other again, or give up what was paid, nothing goes out."""
    assert audited(store, lines, balance)["disposition"] not in ("refund_payer", "refund_patient")


def test_a_payment_whose_remittance_pays_nothing_here_is_no_refund(store: Store) -> None:
    """The remittance T2 pays 80.00 on another account."""
    advice = takeback_835("T2", "80.00", [ClaimOf("B7000000", "80.00")], [])
    row = audited(store, TWICE, "-300.00", advice)
    assert row["disposition"] == "review"
    assert "300.00 of T2 is posted here" in row["evidence"]
