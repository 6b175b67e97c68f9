"""Tracing: the keys in their order, evidence field by field, and what was tried kept as data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from analysis.casework.trace_fits import fits_of, score_of
from analysis.casework.tracing import (
    STEPS,
    Clues,
    evidence_of,
    keep_try,
    known_clues,
    look,
    plain_clue,
    rule_out,
    tries,
)
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused
from analysis.store import Store
from tests.stores import fortnight_store

DAY = date(2026, 11, 13)
ANA = Who("ana", DAY)


@pytest.fixture(scope="module")
def fortnight() -> Iterator[Store]:
    """The sample fortnight; what is tried is kept and disturbs no other test."""
    with fortnight_store() as store:
        yield store


def deposit(store: Store, amount: str) -> int:
    """The deposit of nobody known with that amount."""
    with store.cursor() as cursor:
        asked = "select fact_id from open_items where item_type = 'unidentified_payment' and amount = ?"
        found = cursor.execute(asked, [Decimal(amount)]).fetchone()
    assert found is not None
    return int(found[0])


def claim_clues(store: Store) -> tuple[Clues, str]:
    """All that a claim of the fortnight bears, and its id."""
    with store.cursor() as cursor:
        row = cursor.execute(
            "select claim_payment_id, claim_id, payer_claim_control_number, coalesce(patient_id, insured_id),"
            " patient_last_name, statement_from, charge_amount, paid_amount from claim_payments"
            " where claim_id = '0048213944' and statement_from is not null and payer_claim_control_number is not null"
        ).fetchone()
    assert row is not None
    claim, payer_claim, member, last_name = (
        plain_clue(name, text)
        for name, text in zip(("claim", "payer_claim", "member", "last_name"), row[1:5], strict=True)
    )
    return Clues(None, claim, payer_claim, member, last_name, None, row[5], row[6], None, row[7]), str(row[0])


def test_every_key_finds_the_claim_it_is_of(fortnight: Store) -> None:
    """Claim, payer's claim, member, patient and charge: each leads to the same claim, first of all found."""
    clues, wanted = claim_clues(fortnight)
    number = deposit(fortnight, "250.00")
    for step in ("claim", "payer_claim", "member", "patient", "charge", "amount"):
        found = look(fortnight, number, step, clues, DAY)
        claims = [one for one in found if one.row["kind"] == "claim"]
        assert claims[0].row["row_id"] == wanted, step
        assert {one.fit for one in claims[0].fits} == {"exact"}, step


@pytest.mark.parametrize(
    ("clue", "row", "fit", "how"),
    [
        pytest.param({"number": "123456789"}, {"number": "456789"}, "near", "cut at its start", id="cut"),
        pytest.param({"number": "123456"}, {"number": "123457"}, "near", "one character differs", id="a slip"),
        pytest.param({"number": "123456"}, {"number": "123465"}, "not", "another one", id="two characters"),
        pytest.param(
            {"amount": Decimal("50.00")}, {"amount": Decimal("500.00")}, "near", "decimal point moved", id="slide"
        ),
        pytest.param({"amount": Decimal("12.30")}, {"amount": Decimal("13.20")}, "near", "digits swapped", id="swap"),
        pytest.param({"amount": Decimal("12.30")}, {"amount": Decimal("12.39")}, "not", "another amount", id="by nine"),
        pytest.param({"service_day": date(2026, 10, 4)}, {}, "near", "within 3 days", id="days near"),
        pytest.param({"payer": "ALPINE"}, {}, "near", "part of the name", id="name"),
    ],
)
def test_a_field_says_how_it_fits(clue: dict[str, object], row: dict[str, object], fit: str, how: str) -> None:
    """Exactly, nearly and how, or not."""
    blank = {
        "kind": "remittance",
        "number": None,
        "claim": None,
        "amount": Decimal("1.00"),
        "open_amount": Decimal("2.00"),
        "payer_name": "ALPINE MUTUAL",
        "service_from": date(2026, 10, 1),
        "service_to": date(2026, 10, 2),
    }
    found = fits_of(Clues(**clue), blank | row)  # type: ignore[arg-type]
    assert [(one.fit, one.how) for one in found] == [(fit, how)]
    assert (score_of(found) > 0) == (fit != "not")


def test_what_was_tried_is_kept_with_its_evidence(fortnight: Store) -> None:
    """Step, outcome, who, when; each field with the file and line of both sides; passed over only with a note."""
    number = deposit(fortnight, "5000.00")
    clues, where = known_clues(fortnight, number)
    found = look(fortnight, number, "amount", clues, DAY)
    assert [(one.row["reference"], one.said) for one in found] == [("EFT000021D13", "≈ amount  ≠ number")]
    assert keep_try(fortnight, number, "amount", clues, found, ANA, where) == "near_only"
    with pytest.raises(DecisionRefused, match="needs claim"):
        look(fortnight, number, "claim", clues, DAY)
    with pytest.raises(DecisionRefused, match="no reason"):
        keep_try(fortnight, number, "claim", clues, (), ANA)
    assert keep_try(fortnight, number, "claim", clues, (), ANA, note="the wire names none") == "not_tried"
    told = tries(fortnight, number).set_index("trace_step")
    assert list(told.index) == list(STEPS)
    assert dict(told["outcome"].dropna()) == {"claim": "not_tried", "amount": "near_only"}
    evidence = evidence_of(fortnight, int(told.loc["amount", "decision_id"])).set_index("field")
    assert list(evidence["fit"]) == ["near", "not"]
    assert evidence.loc["amount", "how"] == "decimal point moved"
    assert evidence["place"].notna().all() and evidence["own_place"].notna().all()


def test_what_was_ruled_out_is_not_offered_again(fortnight: Store) -> None:
    """For this deposit; for others it is."""
    number, other = deposit(fortnight, "250.00"), deposit(fortnight, "5000.00")
    clues = Clues(amount=Decimal("250.00"))
    first = look(fortnight, number, "amount", clues, DAY)[0].row
    with pytest.raises(DecisionRefused, match="no reason"):
        rule_out(fortnight, number, first["kind"], first["row_id"], ANA, "")
    rule_out(fortnight, number, first["kind"], first["row_id"], ANA, "already posted")
    keys = [(one.row["kind"], one.row["row_id"]) for one in look(fortnight, number, "amount", clues, DAY)]
    assert (first["kind"], first["row_id"]) not in keys
    assert (first["kind"], first["row_id"]) in [
        (one.row["kind"], one.row["row_id"]) for one in look(fortnight, other, "amount", clues, DAY)
    ]
