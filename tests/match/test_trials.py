"""A trial tells what another setting would match, disturb and unmatch, and leaves the store as it was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.match.links import matches
from analysis.match.rule_settings import RuleSetting, changed_rules, rules_in_force, setting_of
from analysis.match.run import match, try_rules
from analysis.match.trials import trial_by_rule
from analysis.sample import AS_OF
from analysis.store import Store
from tests.files import bai2, batch_csv, loaded, remittance_835

OFF = ("exact_trace", "trace_amount", "short_trace_amount")
NO_PAIRS = (*OFF, "damaged_trace", "damaged_trace_again", "payer_amount", "payer_amount_again", "payer_amount_late")


@pytest.fixture
def matched(store: Store) -> Store:
    """One deposit and its remittance, tied by trace and payer."""
    loaded(store, bai2(("T1", "100.00")), remittance_835("T1", "100.00"))
    match(store, AS_OF, "tests")
    return store


def figures(store: Store, *names: str, days: int = 30) -> dict[str, tuple[int, int, int]]:
    """New, disturbed and unmatched by rule, with these rules off."""
    rules = rules_in_force(store, AS_OF)
    for name in names:
        own = setting_of(next(rule for rule in rules if rule.name == name))
        rules = changed_rules(rules, name, RuleSetting(False, own.mode, own.parameters))
    told = trial_by_rule(try_rules(store, AS_OF, rules, days)).to_dict("records")
    return {row["rule"]: (row["new_count"], row["disturbed_count"], row["unmatched_count"]) for row in told}


def test_a_match_that_another_rule_makes_is_disturbed(matched: Store) -> None:
    """Every side of it is matched otherwise; nothing is open."""
    before = matches(matched, AS_OF)
    assert figures(matched, "exact_trace") == {"trace_amount": (1, 0, 0), "exact_trace": (0, 1, 0)}
    assert matches(matched, AS_OF).equals(before)


def test_a_match_that_no_rule_makes_is_unmatched(matched: Store) -> None:
    """Its money is open again."""
    assert figures(matched, *NO_PAIRS)["exact_trace"] == (0, 0, 1)


def test_a_side_that_is_left_open_counts_as_unmatched(store: Store) -> None:
    """The deposit goes to a batch, and the remittance waits again for its money."""
    batch = batch_csv([("B1", "100.00", "ACC1", "NONE", "PAYMENT", "100.00")])
    loaded(store, bai2(("T1", "100.00")), remittance_835("T1", "100.00"), batch)
    match(store, AS_OF, "tests")
    assert figures(store, *NO_PAIRS)["exact_trace"] == (0, 0, 1)


def test_days_before_the_trial_are_left_out(matched: Store) -> None:
    """What became known earlier is not told."""
    assert figures(matched, *OFF, days=3) == {}


def test_dollars_are_exact(matched: Store) -> None:
    """To the cent, by rule."""
    rules = rules_in_force(matched, AS_OF)
    own = setting_of(rules[0])
    changed = changed_rules(rules, rules[0].name, RuleSetting(False, own.mode, own.parameters))
    told = trial_by_rule(try_rules(matched, AS_OF, changed, 30))
    assert list(told["new_amount"]) == [Decimal("100.00"), Decimal("0.00")]
