"""Candidates for a match by hand: best first, what agrees told field by field, what was declined left out."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from analysis.match.candidates import candidates, meaning, proposals
from analysis.match.decisions import Who, decline
from analysis.match.rule_settings import RuleSetting, save_rule
from analysis.match.rules import RULES
from analysis.match.run import match
from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF
from analysis.store import Store
from tests.files import bai2, loaded, lockbox_bai2, remittance_835

WHO = Who("tests", AS_OF)


def of(store: Store, reference: str, find: str = "") -> pd.DataFrame:
    """The remittances that may belong to the open deposit, or the deposits to the remittance."""
    items = unmatched(store, AS_OF)
    one = items[items["reference"] == reference].iloc[0]
    found = candidates(store, str(one["side"]), str(one["fact_id"]), AS_OF, find)
    return found[found["side"] == ("remittance" if one["side"] == "bank" else "bank")]


@pytest.mark.parametrize(
    ("trace", "amount", "fits", "word"),
    [
        pytest.param("T1", "90.00", ("agrees", "differs"), "strong", id="the trace, another amount"),
        pytest.param("T2", "98.00", ("differs", "near"), "possible", id="nearly the amount"),
        pytest.param("T3", "7.00", ("differs", "differs"), "possible", id="only payer and day"),
    ],
)
def test_each_field_says_whether_it_agrees(store: Store, trace: str, amount: str, fits: tuple[str, str], word: str):
    """Trace, amount, payer and day, each on its own; the score in a word."""
    loaded(store, bai2(("T1", "100.00")), remittance_835(trace, amount))
    found = of(store, "BR261102001").iloc[0]
    assert (found["trace_fit"], found["amount_fit"]) == fits
    assert (found["payer_fit"], found["date_fit"], found["days_apart"]) == ("agrees", "agrees", 0)
    assert found["meaning"] == word
    assert found["off_by"] == Decimal("100.00") - Decimal(amount)


def test_the_best_stands_first_whichever_side_is_asked(store: Store):
    """Trace before amount before payer."""
    files = [
        remittance_835(trace, amount, control=n)
        for n, (trace, amount) in enumerate((("Z", "5.00"), ("T1", "90.00")), 1)
    ]
    loaded(store, bai2(("T1", "100.00"), ("OTHER", "60.00")), *files)
    assert list(of(store, "BR261102001")["reference"]) == ["T1", "Z"]
    assert list(of(store, "T1")["reference"]) == ["BR261102001", "BR261102002"]


@pytest.mark.parametrize("find", ["90.00", "$90.00", "t1", "test pay"])
def test_the_search_takes_amount_trace_and_payer(store: Store, find: str):
    """Among all that is open, in any case of letters."""
    loaded(store, lockbox_bai2("100.00"), remittance_835("T1", "90.00"))
    assert list(of(store, "BR261102001", find)["reference"]) == ["T1"]
    assert of(store, "BR261102001", "nothing of that").empty


def test_what_was_declined_is_found_by_search_only(store: Store):
    """A declined pair is not offered again; who looks for it sees that it was declined."""
    loaded(store, bai2(("T1", "100.00")), remittance_835("T1", "200.00"))
    match(store, AS_OF, "tests")
    items = unmatched(store, AS_OF)
    deposit = items[items["side"] == "bank"].iloc[0]
    offered = proposals(store, "bank", str(deposit["fact_id"]), AS_OF).iloc[0]
    assert (offered["rule"], offered["others"], offered["version"]) == ("trace_short", "T1", 0)
    decline(store, int(offered["match_id"]), 0, WHO, "another's money")
    assert proposals(store, "bank", str(deposit["fact_id"]), AS_OF).empty
    assert of(store, "BR261102001").empty
    assert list(of(store, "BR261102001", "T1")["is_declined"]) == [True]


def test_a_learned_name_tells_how_often(fortnight: Store):
    """What the bank calls the payer, with its counts; it scores and never decides."""
    found = of(fortnight, "2611120700066")
    best = found.iloc[0]
    assert (best["reference"], best["alias_declined"]) == ("EFT000074F44", 0)
    assert best["alias_confirmed"] > 10
    assert best["proposed_match_id"] > 0


@pytest.mark.parametrize(
    ("score", "word"), [(100, "strong"), (70, "strong"), (69, "likely"), (45, "likely"), (44, "possible"), (0, "faint")]
)
def test_a_score_has_a_plain_meaning(score: int, word: str):
    """At each edge."""
    assert meaning(score) == word


def test_which_days_agree_is_as_the_rules_are_set(store: Store):
    """A site whose payers take ten days sets the window of payer and amount; the pane follows it."""
    loaded(store, bai2(("T1", "100.00"), day="261111"), remittance_835("T2", "98.00"))
    assert list(of(store, "BR261111001")["date_fit"]) == ["near"]
    usual = next(rule for rule in RULES if rule.name == "payer_amount")
    wider = RuleSetting(True, usual.mode, {**usual.parameters, "days_after": 10})
    save_rule(store, usual.name, wider, AS_OF, "tests", "our payers are slow")
    assert list(of(store, "BR261111001")["date_fit"]) == ["agrees"]
