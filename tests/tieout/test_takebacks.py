"""The take-back ledger: the fixtures of the domain notes net as listed, in whatever order their files are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pandas as pd
import pytest

from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.tieout.takebacks import entries, reversals, takebacks
from tests import truth
from tests.files import Claim, loaded, table_csv, takeback_835
from tests.stores import empty_store

DAY = date(2026, 11, 30)
OTHERS = ("takeback_without_opening", "taken_for_other_provider", "forward_balance_open")

FB_A = takeback_835(
    "FBA",
    "0",
    [Claim("ACC1", "-800", "ICN000000A2", original="ICN000000A1"), Claim("ACC1", "600", "ICN000000A3", charge="800")],
    [("FB", "FBA", "-200")],
    day="20261102",
)
FB_B = takeback_835("FBB", "0", [Claim("ACC2", "50")], [("FB", "FBA", "200"), ("FB", "FBB", "-150")], day="20261103")
FB_C = takeback_835("FBC", "250", [Claim("ACC3", "400")], [("FB", "FBB", "150")], day="20261104")
WO_A = takeback_835(
    "WOA",
    "500",
    [
        Claim("ACC4", "500"),
        Claim("ACC5", "-100", "ICN000000B2", original="ICN000000B1"),
        Claim("ACC5", "60", "ICN000000B3", charge="100", original="ICN000000B1"),
    ],
    [("WO", "ICN000000B1", "-40")],
    day="20261102",
)
WO_B = takeback_835("WOB", "260", [Claim("ACC6", "300")], [("WO", "ICN000000B1", "40")], day="20261105")
REFUND = takeback_835("REF", "300", [Claim("ACC7", "300")], [("72", "ICN000000C1", "-40"), ("WO", "ICN000000C1", "40")])
INTEREST = takeback_835("INT", "105", [Claim("ACC8", "100")], [("L6", "ICN000000D1", "-5")])

Ledger = dict[tuple[str, str], tuple[str, str]]


def ledger(store: Store, as_of: date = DAY) -> Ledger:
    """Net open and status by code and reference."""
    frame = takebacks(store, as_of)
    return {(row.code, row.reference): (str(row.net_open), row.status) for row in frame.itertuples()}


def items(store: Store, as_of: date = DAY) -> list[tuple[str, str, str]]:
    """The open items of the ledger: type, reference, amount."""
    frame = unmatched(store, as_of)
    frame = frame[frame["item_type"].isin(OTHERS)]
    return sorted((row.item_type, row.reference, str(row.amount)) for row in frame.itertuples())


@pytest.mark.parametrize(
    ("files", "nets"),
    [
        pytest.param([FB_A], {("FB", "FBA"): ("200.00", "open")}, id="FB-A owes 200"),
        pytest.param(
            [FB_A, FB_B],
            {("FB", "FBA"): ("0.00", "settled"), ("FB", "FBB"): ("150.00", "open")},
            id="FB-B pays 50 of it and forwards 150",
        ),
        pytest.param(
            [FB_A, FB_B, FB_C],
            {("FB", "FBA"): ("0.00", "settled"), ("FB", "FBB"): ("0.00", "settled")},
            id="FB-C pays the rest",
        ),
        pytest.param([WO_A], {("WO", "ICN000000B1"): ("40.00", "open")}, id="WO-A corrects now and takes later"),
        pytest.param([WO_A, WO_B], {("WO", "ICN000000B1"): ("0.00", "settled")}, id="WO-B takes it"),
        pytest.param(
            [REFUND],
            {("72", "ICN000000C1"): ("40.00", "paired_refund"), ("WO", "ICN000000C1"): ("-40.00", "paired_refund")},
            id="72 with WO takes nothing",
        ),
        pytest.param([INTEREST], {("L6", "ICN000000D1"): ("5.00", "told_only")}, id="L6 is no debt"),
    ],
)
def test_the_seven_fixtures(files: Sequence[bytes], nets: Ledger) -> None:
    """They net as listed, in every order of loading, and none of them is an item."""
    for order in permutations(files):
        with empty_store() as store:
            outcomes = loaded(store, *order)
            assert not [one for outcome in outcomes for one in outcome.findings if "out_of_balance" in one.code]
            assert ledger(store) == nets
            assert items(store) == []


def test_all_seven_together_backwards(store: Store) -> None:
    """One store, the last file first: only interest and the refund's two sides are not 0."""
    loaded(store, INTEREST, REFUND, WO_B, WO_A, FB_C, FB_B, FB_A)
    assert {net for net, status in ledger(store).values() if status in ("open", "settled")} == {"0.00"}
    assert items(store) == []


def plb(trace: str, day: str, *pairs: tuple[str, str, str], control: int = 1) -> bytes:
    """An 835 of one claim of 1,000 and these provider adjustments."""
    paid = Decimal(1000) - sum(Decimal(amount) for _, _, amount in pairs)
    claim = Claim(f"ACC{trace}", "1000", f"ICN{trace}00000")
    return takeback_835(trace, str(paid), [claim], pairs, day=day, control=control)


REF = "ICN000000Z1"


@pytest.mark.parametrize(
    ("files", "net", "raised"),
    [
        pytest.param(
            [plb("T1", "20261103", ("WO", REF, "40"))],
            ("-40.00", "taken_without_opening"),
            [("takeback_without_opening", REF, "40.00")],
            id="a letter's WO has no opening",
        ),
        pytest.param(
            [plb("T1", "20261103", ("WO", REF, "-40")), plb("T2", "20261104", ("WO", REF, "40.01"))],
            ("-0.01", "taken_beyond_opening"),
            [("takeback_without_opening", REF, "0.01")],
            id="one cent too much shows",
        ),
        pytest.param(
            [plb("T1", "20261103", ("WO", REF, "40")), plb("T2", "20261104", ("WO", REF, "-40"))],
            ("0.00", "settled"),
            [],
            id="taken in error and given back",
        ),
        pytest.param(
            [
                plb("T1", "20261103", ("WO", REF, "-40")),
                plb("T2", "20261104", ("72", REF, "-40"), ("WO", REF, "40")),
                plb("T3", "20261105", ("WO", REF, "40")),
            ],
            ("-40.00", "taken_beyond_opening"),
            [("takeback_without_opening", REF, "40.00")],
            id="refunded and taken all the same",
        ),
        pytest.param(
            [plb("T1", "20261103", ("OB", REF, "70"))],
            ("-70.00", "taken_for_other_provider"),
            [("taken_for_other_provider", REF, "70.00")],
            id="another provider's debt",
        ),
        pytest.param(
            [plb("T1", "20261103", ("CS", REF, "30"))],
            ("-30.00", "taken_without_opening"),
            [("takeback_without_opening", REF, "30.00")],
            id="CS out of nowhere",
        ),
        pytest.param(
            [plb("T1", "20261103", ("AH", REF, "1.50"))], ("-1.50", "told_only"), [], id="a fee needs no opening"
        ),
    ],
)
def test_what_has_to_be_looked_at(files: Sequence[bytes], net: tuple[str, str], raised: list[object]) -> None:
    """Taken without an opening, beyond it, for another; whichever file comes first."""
    for order in permutations(files):
        with empty_store() as store:
            loaded(store, *order)
            assert {key: found for key, found in ledger(store).items() if key[0] != "72"} == {
                (key, REF): net for key in {code for code, _ in ledger(store)} - {"72"}
            }
            assert items(store) == raised


@pytest.mark.parametrize("code", ["WO", "FB", "CS"])
@pytest.mark.parametrize("written", ["icn 0000-77", "ICN/0000.77", " icn000077 "])
def test_one_reference_written_two_ways(store: Store, code: str, written: str) -> None:
    """Blanks, signs and case do not make a second debt; the reference of another number does."""
    loaded(store, plb("T1", "20261103", (code, "ICN000077", "-40")), plb("T2", "20261104", (code, written, "40")))
    assert ledger(store) == {(code, "ICN000077"): ("0.00", "settled")}
    loaded(store, plb("T3", "20261105", (code, "ICN000078", "40")))
    assert ledger(store)[code, "ICN000078"] == ("-40.00", "taken_without_opening")


def test_a_claim_number_written_with_signs_is_found(store: Store) -> None:
    """The number of a claim as the payer printed it, in a longer reference without its signs."""
    claim = Claim("ACC-0099-1", "1000", "2026-1103-55")
    loaded(store, takeback_835("T1", "960", [claim], [("WO", "202611 0355ACC00991", "40")], day="20261103"))
    assert list(entries(store, DAY)["account_number"]) == ["ACC-0099-1"]


def test_a_forward_balance_is_late_after_45_days(store: Store) -> None:
    """On the 44th day it is only owed; on the 45th it is an item, until it lands."""
    loaded(store, FB_A)
    opened = date(2026, 11, 2)
    assert items(store, opened + timedelta(days=44)) == []
    assert items(store, opened + timedelta(days=45)) == [("forward_balance_open", "FBA", "200.00")]
    assert ledger(store, opened + timedelta(days=45)) == {("FB", "FBA"): ("200.00", "forward_balance_late")}
    loaded(store, plb("T9", "20261220", ("FB", "FBA", "200")))
    assert items(store, date(2026, 12, 19)) == [("forward_balance_open", "FBA", "200.00")]
    assert items(store, date(2026, 12, 20)) == []


def test_a_past_day_knows_nothing_of_later_entries(store: Store) -> None:
    """As of the day before the taking, the amount is still owed."""
    loaded(store, WO_A, WO_B)
    assert ledger(store, date(2026, 11, 4)) == {("WO", "ICN000000B1"): ("40.00", "open")}
    assert ledger(store, date(2026, 11, 1)) == {}


def test_a_duplicate_counts_once(store: Store) -> None:
    """The same payment in another envelope opens nothing again."""
    first = plb("T1", "20261103", ("WO", REF, "-40"))
    loaded(store, first, plb("T1", "20261103", ("WO", REF, "-40"), control=77))
    assert ledger(store) == {("WO", REF): ("40.00", "open")}
    assert len(entries(store, DAY)) == 1


@pytest.mark.parametrize(
    ("reference", "net"),
    [
        pytest.param("ICN000000B1", {"0.00"}, id="the number it was first paid under"),
        pytest.param("ACC5ICN000000B1", {"0.00"}, id="account and number in one"),
        pytest.param("icn000000b3-WOA", {"0.00"}, id="the correction's number and the trace, in small letters"),
        pytest.param("ICN000000B", {"40.00", "-40.00"}, id="cut by one character it is another"),
    ],
)
def test_references_meet_by_containment(store: Store, reference: str, net: set[str]) -> None:
    """Opened under the claim's first number, taken under what the payer makes of it."""
    loaded(store, WO_A, plb("T2", "20261105", ("WO", reference, "40")))
    assert {found for found, _ in ledger(store).values()} == net
    if net == {"0.00"}:
        (row,) = takebacks(store, DAY).itertuples()
        assert (row.account_number, row.opened_by, row.entry_count) == ("ACC5", "WOA", 2)


def test_signs_and_the_running_balance(store: Store) -> None:
    """A negative amount opens, a positive one takes; the balance is what is owed to the payer."""
    loaded(store, plb("T2", "20261104", ("WO", REF, "15")), plb("T1", "20261103", ("WO", REF, "-40")))
    lines = entries(store, DAY)
    assert list(lines["trace_number"]) == ["T1", "T2"]
    assert list(lines["running_balance"]) == [Decimal("40.00"), Decimal("25.00")]
    row = takebacks(store, DAY).iloc[0]
    assert (row["amount_opened"], row["amount_taken"], row["net_open"]) == (Decimal(40), Decimal(15), Decimal(25))
    assert (row["opened_by"], row["age_days"]) == ("T1", 27)


ORIGINAL = takeback_835("OLD", "800", [Claim("ACC1", "800", "ICN000000A1")], [], day="20261015")
ALONE = takeback_835(
    "LONE", "200", [Claim("ACC9", "500"), Claim("ACC1", "-300", "ICN000000A2", original="ICN000000A1")], []
)


@pytest.mark.parametrize(
    ("files", "status", "amounts"),
    [
        pytest.param([ORIGINAL, FB_A], "paired", ("-800.00", "600.00", "800.00"), id="all three"),
        pytest.param([FB_A], "original_not_found", ("-800.00", "600.00", "None"), id="the original is in no file"),
        pytest.param([ALONE], "reversal_alone", ("-300.00", "None", "None"), id="nothing corrects it"),
        pytest.param(
            [ORIGINAL.replace(b"*800*", b"*801*"), FB_A],
            "original_not_found",
            ("-800.00", "600.00", "None"),
            id="a dollar more is another payment",
        ),
    ],
)
def test_reversals(files: Sequence[bytes], status: str, amounts: tuple[str, ...]) -> None:
    """Reversal, correction and original, one to one, in either order of loading."""
    for order in permutations(files):
        with empty_store() as store:
            loaded(store, *order)
            (row,) = reversals(store, DAY).astype(object).itertuples()
            found = (row.reversal_amount, row.correction_amount, row.original_amount)
            assert row.status == status
            assert tuple("None" if str(one) in ("<NA>", "nan") else str(one) for one in found) == amounts


def test_a_claim_reversed_twice_pairs_one_to_one(store: Store) -> None:
    """800, then 600, then 500: each reversal has its own correction and its own original."""
    again = takeback_835(
        "AGAIN",
        "400",
        [
            Claim("ACC2", "500"),
            Claim("ACC1", "-600", "ICN000000A4", charge="-800", original="ICN000000A3"),
            Claim("ACC1", "500", "ICN000000A5", charge="800"),
        ],
        [],
        day="20261110",
    )
    loaded(store, again, FB_A, ORIGINAL)
    rows = reversals(store, DAY)
    assert set(rows["status"]) == {"paired"}
    assert list(rows["correction_amount"]) == [Decimal(500), Decimal(600)]
    assert list(rows["original_amount"]) == [Decimal(600), Decimal(800)]


def test_the_sample_is_the_truths(fortnight: Store) -> None:
    """Net open and opening of every ledger of the fortnight."""
    frame = takebacks(fortnight, AS_OF)
    found = {(row.payer_name, row.code, row.reference): (row.net_open, row.opened_by or "") for row in told(frame)}
    wanted = {
        (row["payer_name"], row["code"], row["reference"]): (truth.money(row["net_open"]), row["opened_by"])
        for row in truth.rows("takebacks")
    }
    assert found == wanted
    assert len(entries(fortnight, AS_OF)) == len(truth.rows("takebacks"))


def told(frame: object) -> list[object]:
    """The rows with None for null."""
    return list(frame.astype(object).where(frame.notna(), None).itertuples())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(table_csv("account_number,balance,extract_date", "ACC9,10.00,2026-11-06"), id="an extract"),
        pytest.param(takeback_835("PAY", "40", [Claim("ACC9", "40", "ICN000000E1")], [], day="20261106"), id="a claim"),
    ],
)
def test_a_past_day_does_not_know_the_account_that_a_later_file_names(store: Store, later: bytes) -> None:
    """The account of a take-back is filled from the day on which it is known."""
    reference = "ICN000000E1" if b"ICN000000E1" in later else "ACC9"
    loaded(store, takeback_835("WOX", "0", [Claim("ACC1", "40")], [("WO", reference, "40")], day="20261102"), later)
    known = {day: takebacks(store, date(2026, 11, day))["account_number"].iloc[0] for day in (5, 6)}
    assert known[6] == "ACC9" and known[5] is pd.NA
