"""What explains a difference, case by case on small files: header slips, timing, fees, splits, second postings, and
readings that compete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from analysis.match.by_hand import Chosen
from analysis.match.decisions import Who, match_by_hand
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.store import Store
from analysis.tieout.variances import explanations, variances
from tests.files import bai2, batch_csv, loaded, remittance_835, table_csv

DAY = date(2026, 11, 3)
Row = dict[str, object]


def lines(*amounts: str, batch: str = "B1", control: str = "") -> list[tuple[str, str, str, str, str, str]]:
    """Lines of a batch that names no remittance, an account each; its control total is their sum unless told."""
    told = control or str(sum(Decimal(one) for one in amounts))
    return [(batch, told, f"ACC{number}", "", "PAYMENT", one) for number, one in enumerate(amounts, start=1)]


def of(store: Store, reference: str, day: date = DAY) -> Row:
    """The variance of that batch or deposit."""
    match(store, day, "tests")
    rows = variances(store, day).to_dict("records")
    return next(row for row in rows if row["reference"] == reference)


def listed(store: Store, day: date = DAY) -> list[str]:
    """What the report lists, by reference."""
    match(store, day, "tests")
    return sorted(str(one) for one in variances(store, day)["reference"])


def test_a_day_keyed_wrong_is_listed_though_the_amounts_tie(store: Store) -> None:
    """Found by the remittance's trace: the variance is 0.00 and its cause is named."""
    keyed = [("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "100.00")), batch_csv(keyed, "2026-02-11"))
    row = of(store, "B1")
    assert (row["variance"], row["causes"], row["unexplained"]) == (0, "wrong_deposit_date", 0)
    assert "month and day swapped" in str(row["explanation"])


def test_a_day_keyed_as_announced_or_one_day_early_is_no_slip(store: Store) -> None:
    """The payment date of the remittance; the banking day before the money."""
    keyed = [("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        bai2(("TRACE0001", "100.00"), day="261103"),
        batch_csv(keyed, "2026-11-02"),
    )
    assert listed(store) == []


def test_an_account_keyed_wrong_is_listed_though_the_amounts_tie(store: Store) -> None:
    """The batch says 5678, the money is in 9999."""
    keyed = [("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]
    loaded(
        store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "100.00"), account="9999"), batch_csv(keyed)
    )
    row = of(store, "B1")
    assert (row["variance"], row["causes"]) == (0, "wrong_bank_account")


@pytest.mark.parametrize(
    ("day", "account", "cause"),
    [
        pytest.param("261020", "5678", "wrong_deposit_date", id="another day"),
        pytest.param("261102", "9999", "wrong_bank_account", id="another account"),
    ],
)
def test_a_batch_without_remittance_and_its_deposit_name_each_other(
    store: Store, day: str, account: str, cause: str
) -> None:
    """Both are listed with the one cause, and net to 0.00."""
    loaded(store, bai2(("X", "300.00"), day=day, account=account), batch_csv(lines("200.00", "100.00")))
    row, deposit = of(store, "B1"), of(store, f"BR{day}001")
    assert (row["causes"], row["variance"], row["unexplained"]) == (cause, Decimal("-300.00"), 0)
    assert (deposit["causes"], deposit["variance"]) == (cause, Decimal("300.00"))
    assert "batch B1" in str(deposit["explanation"])


def test_two_deposits_that_fit_are_both_shown_and_neither_is_forced(store: Store) -> None:
    """Each is possible; the amount stays unexplained."""
    loaded(
        store,
        bai2(("X", "300.00"), ("Y", "300.00"), day="261020"),
        batch_csv(lines("200.00", "100.00")),
    )
    row = of(store, "B1")
    assert (row["explained"], row["unexplained"]) == (0, Decimal("-300.00"))
    parts = explanations(store, DAY).query("batch_id == 'B1'")
    assert list(parts["certainty"]) == ["possible", "possible"]


def test_a_control_total_keyed_wrong_blames_no_line(store: Store) -> None:
    """Lines and deposit agree at 1,828.00, the control total says 1,288.00: no line could be it, the total is."""
    loaded(store, bai2(("X", "1828.00")), batch_csv(lines("1700.00", "128.00", control="1288.00")))
    row = of(store, "B1")
    assert row["causes"] == "transposition"
    assert "control total was keyed 1,288.00" in str(row["explanation"])
    assert "line 1" not in str(row["explanation"])


@pytest.mark.parametrize(
    ("amounts", "control", "standings", "causes"),
    [
        pytest.param(("180.00", "55.11"), "163.11", ["likely"], "transposition", id="digits of one line"),
        pytest.param(("180.00", "180.00"), "523.00", [], "", id="nothing that any line could be"),
        pytest.param(("180.00", "180.00"), "522.00", ["possible"], "transposition", id="a hint: divisible by nine"),
        pytest.param(("53.00", "64.11"), "99.11", ["possible", "possible"], "transposition", id="two lines can"),
        pytest.param(("-50.00", "71.11"), "121.11", ["likely"], "keyed_amount", id="a sign turned"),
    ],
)
def test_a_batch_with_its_control_total_alone(
    store: Store, amounts: Sequence[str], control: str, standings: list[str], causes: str
) -> None:
    """A single reading is likely; several are possible and none explains; none is nothing said."""
    gap = Decimal(control) - sum(Decimal(one) for one in amounts)
    loaded(store, bai2(("X", control)), batch_csv(lines(*amounts, control=control)))
    row = of(store, "B1")
    parts = explanations(store, DAY).query("batch_id == 'B1'")
    assert list(parts["certainty"]) == standings
    assert ("divisible by nine, digits may be swapped" in str(row["explanation"])) is (control == "522.00")
    assert row["causes"] == causes
    assert row["variance"] == gap
    assert row["explained"] == (gap if standings == ["likely"] else 0)


RECEIPTS = table_csv(
    "receipt_id,received_date,payment_method,amount,account_number,deposit_slip,check_number",
    "R1,2026-11-02,CASH,40.00,ACC1,S1,",
    "R2,2026-11-02,CHECK,53.00,ACC2,S1,901",
    "R3,2026-11-02,CASH,64.11,ACC3,S1,",
)


@pytest.mark.parametrize(
    ("keyed", "variance", "cause", "words"),
    [
        pytest.param(("40.00", "35.00", "64.11"), "18.00", "transposition", "line 2 was keyed 35.00", id="digits"),
        pytest.param(("40.00", "53.00", "46.11"), "18.00", "transposition", "line 3 was keyed 46.11", id="another"),
        pytest.param(("40.00", "54.00", "64.11"), "-1.00", "keyed_amount", "receipt R2 is 53.00", id="one digit"),
        pytest.param(("40.00", "53.00", None), "64.11", "missing_line", "receipt R3 of 64.11", id="left out"),
    ],
)
def test_receipts_say_which_line_was_keyed_wrong(
    store: Store, keyed: Sequence[str | None], variance: str, cause: str, words: str
) -> None:
    """Where two lines could be it by their digits, the receipt decides; what was taken and not posted is named."""
    names = ("R1", "901", "R3")
    rows = [
        ("B1", "157.11", f"ACC{number}", name, "PAYMENT", amount)
        for number, (name, amount) in enumerate(zip(names, keyed, strict=True), start=1)
        if amount is not None
    ]
    loaded(store, bai2(("X", "157.11")), batch_csv(rows), RECEIPTS)
    row = of(store, "B1")
    assert (row["variance"], row["causes"], row["unexplained"]) == (Decimal(variance), cause, 0)
    assert words in str(row["explanation"])


def test_a_deposit_of_a_part_is_split_and_the_rest_is_to_come(store: Store) -> None:
    """A proposed match by the trace counts what came; no fee is said of it."""
    keyed = [("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]
    loaded(store, remittance_835("TRACE0001", "100.00"), bai2(("TRACE0001", "60.00")), batch_csv(keyed))
    row = of(store, "B1")
    assert (row["deposited_total"], row["variance"]) == (Decimal("60.00"), Decimal("-40.00"))
    assert row["causes"] == "split_deposit;not_yet_deposited"
    assert "the match waits for a person" in str(row["explanation"])
    assert listed(store) == ["B1"]


def test_a_remittance_posted_in_part_leaves_its_other_claim_unposted(store: Store) -> None:
    """One credit for two remittances, of which one is posted: the rest of the deposit is a variance of its own."""
    loaded(
        store,
        remittance_835("TRACE0001", "100.00"),
        remittance_835("TRACE0002", "50.00", claims=[("ACC2", "50.00")], control=2),
        bai2(("OTHER0001", "150.00")),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]),
    )
    match(store, DAY, "tests")
    open_now = unmatched(store, DAY).to_dict("records")
    chosen = [Chosen(one["side"], one["fact_id"], one["amount"]) for one in open_now]
    assert len(chosen) == 3
    match_by_hand(store, chosen, Who("tests", DAY), "one credit for both")
    row = of(store, "BR261102001")
    assert (row["deposited_total"], row["posted_total"]) == (Decimal("150.00"), Decimal("100.00"))
    assert (row["variance"], row["causes"]) == (Decimal("50.00"), "unposted")


def test_each_batch_of_a_remittance_has_its_own_claims(store: Store) -> None:
    """The first of two batches is keyed wrong: it is listed and the second is not."""
    loaded(
        store,
        remittance_835("TRACE0001", "300.00", claims=[("ACC1", "100.00"), ("ACC2", "200.00")]),
        bai2(("TRACE0001", "300.00")),
        batch_csv([("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "10.00")]),
        batch_csv([("B2", "200.00", "ACC2", "TRACE0001", "PAYMENT", "200.00")]),
    )
    row = of(store, "B1")
    assert (row["variance"], row["causes"]) == (Decimal("90.00"), "slide")
    assert listed(store) == ["B1"]


def test_a_remittance_sent_twice_and_posted_twice(store: Store) -> None:
    """The second posting is a duplicate remittance, its withheld amount with it."""
    claims = [("ACC1", "120.00")]
    loaded(
        store,
        remittance_835("TRACE0001", "100.00", claims=claims, plb=[("WO", "20.00")]),
        remittance_835("TRACE0001", "100.00", claims=claims, plb=[("WO", "20.00")], control=2),
        bai2(("TRACE0001", "100.00")),
        *(
            batch_csv(
                [
                    (batch, "100.00", "ACC1", "TRACE0001", "PAYMENT", "120.00"),
                    (batch, "100.00", "GL-PLB", "TRACE0001", "PROVIDER_ADJUSTMENT", "-20.00"),
                ]
            )
            for batch in ("B1", "B2")
        ),
    )
    row = of(store, "B2")
    assert (row["variance"], row["unexplained"]) == (Decimal("-100.00"), 0)
    assert str(row["causes"]).split(";")[0] == "duplicate_remittance"
    assert listed(store) == ["B2"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(date(2026, 11, 2), "in transit, due 2026-11-02", id="due today"),
        pytest.param(date(2026, 11, 5), "3 business days late", id="late"),
    ],
)
def test_money_that_has_not_come_is_in_transit_or_late(store: Store, day: date, words: str) -> None:
    """By the remittance's payment date and the day looked at."""
    keyed = [("B1", "100.00", "ACC1", "TRACE0001", "PAYMENT", "100.00")]
    loaded(store, remittance_835("TRACE0001", "100.00"), batch_csv(keyed))
    row = of(store, "B1", day)
    assert row["causes"] == "not_yet_deposited"
    assert words in str(row["explanation"])
