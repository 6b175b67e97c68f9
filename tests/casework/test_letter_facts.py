"""What a letter knows of a bank line and of a payer: nothing is refused for ever, and what is missing is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from analysis.casework.guards import Row
from analysis.casework.letter_facts import LOOKED_FOR, LetterFacts
from analysis.casework.letter_kinds import KINDS
from analysis.casework.payers import save_payer
from analysis.casework.worklist import worklist
from analysis.match.run import match
from analysis.store import Store
from tests.files import bank_lines, loaded, remittance_835, table_csv
from tests.stores import empty_store

DAY = date(2026, 11, 13)
ID = "1888888888"
BANK = "bank_account,posted_date,amount,type_code,bank_reference,customer_reference,description"
NO_ADDRESS = (b"N3*1 WAY", b"REF*2U*1"), (b"N4*TOWN*OH*44001", b"REF*2U*2")

Cases = dict[str, Row]


@pytest.fixture(scope="module")
def made() -> Iterator[tuple[Store, Cases]]:
    """Two payers that no one has saved, one without an address and known by a bank's name; lines with no reference."""
    gamma = remittance_835("TRACE9", "70.00", payer=ID, payer_name="GAMMA", control=2)
    for told, other in NO_ADDRESS:
        gamma = gamma.replace(told, other)
    with empty_store() as store:
        loaded(
            store,
            remittance_835("TRACE1", "900.00", payer_name="ALPHA"),
            gamma,
            bank_lines(
                ("142", "70.00", f"GAMMA HLTH HCCLAIMPMT TRN*1*TRACE9*{ID}~"),
                ("142", "33.00", f"GAMMA HLTH HCCLAIMPMT TRN*1*TRACE10*{ID}~"),
                ("142", "34.00", "ZETA HLTH HCCLAIMPMT"),
            ),
            table_csv(
                BANK,
                "9910,2026-11-02,41.00,301,,,COIN DEPOSIT",
                "9910,2026-11-02,42.00,301,,CUST42,COIN DEPOSIT",
                "9910,2026-11-02,43.00,142,,,OMEGA HCCLAIMPMT TRN*1*TRN43*1777777777~",
                "9910,2026-11-02,44.00,301,BANK44,CUST44,",
            ),
        )
        match(store, DAY, "tests")
        found = worklist(store, DAY)
        found = found[found["case_kind"] == "unmatched"]
        yield store, {str(row["amount"]): row for row in found.to_dict("records")}


@pytest.mark.parametrize(
    ("amount", "reference", "text"),
    [
        pytest.param("41.00", "none, please find it by its amount and day", "COIN DEPOSIT", id="none at all"),
        pytest.param("42.00", "CUST42", "COIN DEPOSIT", id="the customer's"),
        pytest.param("43.00", "TRN43", "OMEGA HCCLAIMPMT TRN*1*TRN43*1777777777~", id="the trace"),
        pytest.param("44.00", "BANK44", "none, please find it by its amount and day", id="the bank's, and no text"),
    ],
)
@pytest.mark.parametrize("kind", ["ccd_addenda", "unidentified_payer"])
def test_a_bank_line_is_told_by_what_it_has(
    made: tuple[Store, Cases], kind: str, amount: str, reference: str, text: str
) -> None:
    """By amount and day where the bank gave nothing else, and no letter to the bank waits for what never comes."""
    store, cases = made
    fields = LetterFacts(store, DAY).fields(KINDS[kind], cases[amount], {})
    assert (fields["bank_reference"], fields["bank_text"]) == (reference, text)
    assert (fields["deposit_amount"], fields["deposit_date"]) == (f"${amount}", "November 2, 2026")


@pytest.mark.parametrize(
    ("kind", "amount", "words"),
    [
        pytest.param(
            "missing_payment",
            "900.00",
            "save ALPHA under Reference, with the address that it is offered with",
            id="there, with an address",
        ),
        pytest.param(
            "missing_remittance",
            "33.00",
            "fill in GAMMA, known as GAMMA HLTH, under Reference: address",
            id="there by the bank's name, without one",
        ),
        pytest.param(
            "missing_remittance", "34.00", "no payer of the reference is known as ZETA HLTH", id="not there at all"
        ),
    ],
)
def test_who_is_offered_is_said_to_be_there(made: tuple[Store, Cases], kind: str, amount: str, words: str) -> None:
    """With what is missing, by the name under which the page Reference lists it."""
    store, cases = made
    assert LetterFacts(store, DAY).fields(KINDS[kind], cases[amount], {})[LOOKED_FOR] == words


def test_a_kept_payer_lacks_the_banks_name(made: tuple[Store, Cases]) -> None:
    """It is not to be filled in again: the name is to be added."""
    store, cases = made
    save_payer(store, {"payer_name": "Gamma", "address": "1 Way"}, "ana")
    fields = LetterFacts(store, DAY).fields(KINDS["missing_remittance"], cases["33.00"], {})
    assert fields[LOOKED_FOR] == "add GAMMA HLTH to the aliases of GAMMA under Reference"
