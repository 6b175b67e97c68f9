"""The one tie-out: each fact stands in the state that its legs make, and the states add up to every leg."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.match.run import match
from analysis.money import total
from analysis.store import Store
from analysis.summary import summary
from analysis.tieout.three_legs import STATES, state_totals, states
from analysis.tieout.verify import tie_out_fails
from tests.files import bai2, batch_csv, loaded, remittance_835

DAY = date(2026, 11, 2)


def test_states_add_up_to_each_leg(fortnight: Store) -> None:
    """All sides are kept: the states of each leg are all of it, on every day of the sample."""
    for day in pd.date_range("2026-11-02", "2026-11-13").date:
        assert tie_out_fails(fortnight, day) == [], day
        told = state_totals(fortnight, day).set_index("tie_out_state")
        figures = summary(fortnight, day).set_index("name")["amount"]
        counted = told.drop(index=["not_counted", "no_partner_wanted", "money_out"], errors="ignore")
        assert total(counted["deposited_amount"]) == figures["deposited"]
        assert total(told["posted_amount"]) == figures["posted"]
        advised = counted.drop(index=["duplicate", "no_deposit_wanted", "other_currency"], errors="ignore")
        assert total(advised["remitted_amount"]) == figures["remitted"]
        tied = told.loc["tied"]
        assert tied["deposited_amount"] == tied["remitted_amount"] == tied["posted_amount"]


def test_every_state_is_named_on_the_sample(fortnight: Store) -> None:
    """Seven patterns of which leg is there, and what is set aside."""
    found = set(states(fortnight, date(2026, 11, 13))["state"])
    assert found == set(STATES) - {"other_currency"}


LEGS = [
    pytest.param({"deposit"}, {"deposit_alone": "bank"}, id="deposit alone"),
    pytest.param({"advice"}, {"not_due": "remittance"}, id="remittance alone, not due"),
    pytest.param({"batch"}, {"batch_alone": "batch"}, id="batch alone"),
    pytest.param({"deposit", "advice"}, {"unposted": "bank remittance"}, id="not posted"),
    pytest.param({"advice", "batch"}, {"posted_without_deposit": "remittance batch"}, id="posted, no money"),
    pytest.param({"deposit", "advice", "batch"}, {"tied": "bank remittance batch"}, id="all three"),
    pytest.param({"deposit", "advice", "short"}, {"differs": "bank remittance batch"}, id="one cent less posted"),
]


@pytest.mark.parametrize(("there", "wanted"), LEGS)
def test_which_legs_are_there_makes_the_state(store: Store, there: set[str], wanted: dict[str, str]) -> None:
    """Each fact by its pattern."""
    lines = {"batch": "100.00", "short": "99.99"}
    files = {
        "deposit": bai2(("TRACE0001", "100.00")),
        "advice": remittance_835("TRACE0001", "100.00"),
        **{name: batch_csv([("B1", amount, "ACC1", "TRACE0001", "PAYMENT", amount)]) for name, amount in lines.items()},
    }
    loaded(store, *(content for name, content in files.items() if name in there))
    match(store, DAY, "rules")
    found: dict[str, set[str]] = {}
    for row in states(store, DAY).to_dict("records"):
        found.setdefault(row["state"], set()).add(row["side"])
    assert found == {state: set(sides.split()) for state, sides in wanted.items()}


def test_money_that_is_late_is_chased(store: Store) -> None:
    """Three business days after the payment date it may still come; on the fourth it is late."""
    loaded(store, remittance_835("TRACE0001", "100.00"))
    assert list(states(store, date(2026, 11, 5))["state"]) == ["not_due"]
    assert list(states(store, date(2026, 11, 6))["state"]) == ["remittance_alone"]
