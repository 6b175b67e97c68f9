"""Why an item is open is told truly: windows as they are set, names, other claims, and one that is the whole amount."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.match.links import matches
from analysis.match.rule_settings import RuleSetting, save_rule
from analysis.match.rules import RULES
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.store import Store
from tests.files import bank_lines, loaded, lockbox_bai2, remittance_835

DAY = date(2026, 11, 9)
AETNA = "1222222222"


def advice(trace: str = "EFT7000155", amount: str = "100.00", **more: object) -> bytes:
    """A remittance of Aetna."""
    return remittance_835(trace, amount, payer=AETNA, payer_name="AETNA TEST", **more)  # type: ignore[arg-type]


def traced(trace: str, amount: str = "100.00") -> bytes:
    """A credit of Aetna with a whole TRN segment."""
    return bank_lines(("142", amount, f"AETNA TEST HCCLAIMPMT TRN*1*{trace}*{AETNA}~"))


NAMED = bank_lines(("142", "100.00", f"AETNA TEST DES:HCCLAIMPMT CO ID:{AETNA} CCD"))


def why(store: Store, *files: bytes, item_type: str = "deposit_without_remittance") -> str:
    """Why the one item of that type is open after a run."""
    loaded(store, *files)
    match(store, DAY, "tests")
    (told,) = [row["why"] for row in unmatched(store, DAY).to_dict("records") if row["item_type"] == item_type]
    return str(told)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param(
            (advice(paid_on="20240102"), traced("EFT9999155")),
            "remittance EFT7000155 has its payer and amount, but another trace, and the deposit is 711 business days "
            "after the payment date, outside the window",
            id="another trace, years apart",
        ),
        pytest.param(
            (advice(), traced("EFT9999155")),
            "remittance EFT7000155 has its payer and amount, but another trace",
            id="another trace, the same days",
        ),
        pytest.param(
            (advice(paid_on="20260901"), NAMED),
            "remittance EFT7000155 has its payer and amount, but the deposit is 42 business days after the payment "
            "date, outside the window",
            id="outside the widest window",
        ),
        pytest.param(
            (advice(), bank_lines(("195", "100.00", "ORIG CO NAME:AETNA TEST WIRE"))),
            "remittance EFT7000155 has its amount and its payer by name, but neither id nor trace to prove it",
            id="the payer by name",
        ),
    ],
)
def test_the_nearest_miss_is_told(store: Store, files: tuple[bytes, ...], said: str) -> None:
    """The condition that fails, not another."""
    assert why(store, *files) == said


def test_a_window_is_the_one_that_is_set(store: Store) -> None:
    """The rule of late money is off: twelve days are not outside any window that is in force."""
    late = next(rule for rule in RULES if rule.name == "payer_amount_late")
    save_rule(store, late.name, RuleSetting(False, late.mode, late.parameters), DAY, "ana", "we ask the payer")
    assert why(store, advice(paid_on="20261015"), NAMED).endswith("after the payment date, outside the window")
    soon = next(rule for rule in RULES if rule.name == "payer_amount_again")
    save_rule(store, soon.name, RuleSetting(True, soon.mode, {**soon.parameters, "days_after": 30}), DAY, "ana", "slow")
    match(store, DAY, "tests")
    assert set(matches(store, DAY)["rule"]) == {"payer_amount_again"}


def test_the_same_payment_with_other_claims_is_told(store: Store) -> None:
    """A corrected 835 under the same trace and amount: not simply the same again."""
    first = advice(claims=[("ACC1", "60.00"), ("ACC2", "40.00")])
    corrected = advice(claims=[("ACC1", "50.00"), ("ACC3", "50.00")], control=2)
    assert why(store, first, corrected, item_type="duplicate_remittance") == (
        "the same payment again, with other claims"
    )
    (step,) = [row.next_step for row in unmatched(store, DAY).itertuples() if row.item_type == "duplicate_remittance"]
    assert step == "compare its claims with those of the first before anything is posted"


def test_the_same_claims_again_are_only_the_same_again(store: Store) -> None:
    """In whatever envelope."""
    told = why(store, advice(), advice(control=2), item_type="duplicate_remittance")
    assert told == "the same payment in another envelope"


def test_one_that_is_the_whole_amount_alone_is_offered_too(store: Store) -> None:
    """Two cheques add up to the deposit, and a third is as much alone."""
    cheques = [
        remittance_835(str(1001 + n), amount, control=n + 1, method="CHK")
        for n, amount in enumerate(("151.17", "200.44", "351.61"))
    ]
    loaded(store, *cheques, lockbox_bai2("351.61"))
    match(store, DAY, "tests")
    rows = matches(store, DAY).to_dict("records")
    assert {row["status"] for row in rows} == {"proposed"}
    offered = {row["explanation"]: set() for row in rows}
    for row in rows:
        if row["side"] == "remittance":
            offered[row["explanation"]].add(row["reference"])
    assert offered == {
        "2 remittances add up to 351.61, but so does one of them alone": {"1001", "1002"},
        "one of the remittances is 351.61 alone, but others add up to it too": {"1003"},
    }
