"""Deposit slips: two people, cash counted, cheques listed, and how the bank shows them, cheque by cheque."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.casework.cash_settings import lockboxes, payees, set_bank_days, set_lockbox, set_payees
from analysis.casework.cheque_report import cheque_report
from analysis.casework.slip_matching import judge, slip_differences, slips
from analysis.casework.slips import NewSlip, deposit, free_receipts, prepare, slip_cash, slip_items, slip_told, void
from analysis.exports.slip import slip_pdf, slip_xlsx
from analysis.match.decisions import Who
from analysis.problems import DayClosed, DecisionRefused, RequestRefused
from analysis.store import Store
from analysis.store.loading import Source, load
from analysis.store.matches import MatchWriter
from analysis.tieout.trace import trace
from tests.stores import empty_store

DAY, LATER = date(2026, 11, 12), date(2026, 11, 13)
AMY, BEN = Who("amy", LATER), Who("ben", LATER)
HEAD = (
    "receipt_id,received_date,payment_method,payer_name,routing_number,check_account,check_number,check_date,amount\n"
)
RECEIPTS = (
    HEAD
    + """\
R1,2026-11-12,CHECK,NOVERIA & <SONS>,021000021,123456789,2001,2026-11-02,100.00
R2,2026-11-12,CHECK,DOE,021000021,123456780,2002,2026-11-02,54.00
R3,2026-11-12,CASH,ROE,,,,,46.50
R4,2026-11-12,CHECK,POE,021000021,123456781,2003,2026-01-02,9.00
R5,2026-11-12,CARD,LOE,,,,,5.00
"""
)
BANK = "bank_account,posted_date,amount,type_code,bank_reference,customer_reference,description\n"
CASH = {Decimal("20.00"): 2, Decimal("5.00"): 1, Decimal("1.00"): 1, Decimal("0.25"): 2}


def dollars(text: str) -> Decimal:
    return Decimal(text)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """A store with two good cheques, a stale one, cash and a card payment."""
    with empty_store() as opened:
        list(load(opened, [Source("r.csv", RECEIPTS.encode)], "t"))
        yield opened


def new(**changed: Any) -> NewSlip:
    chosen = [("R1", dollars("100.00")), ("R2", dollars("54.00")), ("R3", dollars("46.50"))]
    return NewSlip(**{"slip_date": DAY, "chosen": chosen, "cash": CASH, "bank_account": "111", **changed})


def test_what_is_free(store: Store):
    """Cheques and cash, no cards; a barred cheque says why, as the report does."""
    free = free_receipts(store, LATER)
    assert list(free["receipt_id"]) == ["R1", "R2", "R3", "R4"]
    assert [isinstance(one, str) and "six months" in one for one in free["blocked_by"]] == [False, False, False, True]
    assert [(r.receipt_id, r.fault, r.bars_deposit) for r in cheque_report(store, LATER).itertuples()] == [
        ("R4", "stale_cheque", True)
    ]
    assert free_receipts(store, date(2026, 11, 11)).empty


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"cash": {**CASH, Decimal("0.01"): 1}}, "off by 0.01", id="a cent too much"),
        pytest.param({"cash": {Decimal("3.00"): 1}}, "notes and coins", id="no such note"),
        pytest.param({"chosen": [], "cash": {}}, "choose", id="nothing"),
        pytest.param({"chosen": [("R1", dollars("100.00"))] * 2, "cash": {}}, "each once", id="twice"),
        pytest.param({"chosen": [("R1", dollars("99.99"))], "cash": {}}, "has changed", id="another amount"),
        pytest.param({"chosen": [("R4", dollars("9.00"))], "cash": {}}, "cannot be deposited", id="stale"),
        pytest.param({"chosen": [("R5", dollars("5.00"))], "cash": {}}, "not free", id="a card"),
        pytest.param({"bank_account": ""}, "name the bank account", id="no account"),
        pytest.param({"lockbox_number": "774"}, "has no bank account", id="an unknown lockbox"),
        pytest.param({"slip_number": "../x"}, "letters and digits", id="a number that is none"),
        pytest.param({"slip_date": date(2036, 1, 1)}, "far ahead", id="a mistyped year"),
    ],
)
def test_a_slip_that_cannot_be(store: Store, changed: dict[str, Any], words: str):
    """It is refused in words and nothing of it is there."""
    with pytest.raises(DecisionRefused, match=words):
        prepare(store, new(**changed), AMY)
    assert slips(store, LATER).empty


def test_settings_hold_from_their_day(store: Store):
    """Names, lockboxes and days, each with its reason; before that day they do not hold."""
    set_lockbox(store, "774100", "111", AMY, "the bank's letter")
    set_payees(store, ["Exemplar Hospital ", ""], AMY, "as the licence says")
    assert (lockboxes(store, LATER), lockboxes(store, DAY)) == ({"774100": "111"}, {})
    assert (payees(store, LATER), payees(store, DAY)) == (("Exemplar Hospital",), ())
    with pytest.raises(RequestRefused, match="reason"):
        set_bank_days(store, 2, AMY, " ")
    with pytest.raises(DecisionRefused, match="another bank account"):
        prepare(store, new(lockbox_number="774100", bank_account="222"), AMY)


def test_a_slip_from_beginning_to_end(store: Store):
    """Prepared by one, deposited by another, found by its number, printed with the same figures, and banked."""
    first = prepare(store, new(lockbox_number="774100", bank_account="", slip_number="900123"), AMY)
    assert list(free_receipts(store, LATER)["receipt_id"]) == ["R4"]
    with pytest.raises(DecisionRefused, match="not free"):
        prepare(store, new(), BEN)
    void(store, first, AMY, "the bank's form was torn")
    with pytest.raises(DecisionRefused, match="is void"):
        deposit(store, first, BEN)
    with pytest.raises(DecisionRefused, match="stands on a slip made here"):
        prepare(store, new(slip_number="900123"), AMY)
    slip_id = prepare(store, new(lockbox_number="774100", bank_account="", slip_number="900124"), AMY)
    with pytest.raises(DecisionRefused, match="someone else"):
        deposit(store, slip_id, Who("Amy.", LATER))
    deposit(store, slip_id, BEN)
    with pytest.raises(DecisionRefused, match="is deposited"):
        void(store, slip_id, AMY, "why")
    told = slip_told(store, slip_id)
    assert told is not None
    assert (told["prepared_by"], told["deposited_by"], told["bank_account"]) == ("amy", "ben", "111")
    items, cash = slip_items(store, "900124", LATER), slip_cash(store, slip_id)
    pdf = slip_pdf(told, items, cash)
    assert pdf == slip_pdf(told, items, cash) and b"2 cheques" in pdf and b"Bitstream" not in pdf
    single = slip_pdf(told, items[items["receipt_id"] == "R2"].assign(payer_name="ŁUCJA"), cash)
    assert b"1 cheque)" in single and b"Bitstream" in single
    for words in (b"900124", b"2001", b"100.00", b"NOVERIA", b"46.50", b"200.50"):
        assert words in pdf
    book = load_workbook(io.BytesIO(slip_xlsx(told, items, cash)))
    cheques = [tuple(cell.value for cell in row) for row in book["Cheques"].iter_rows(min_row=2, max_row=3)]
    assert cheques == [("2001", "NOVERIA & <SONS>", "R1", 100), ("2002", "DOE", "R2", 54)]
    assert set(trace(store, "900124", LATER)["reference"]) == {"2001", "2002", "R3"}
    assert list(slips(store, LATER)["bank_state"]) == ["void", "in_transit"]
    list(load(store, [Source("b.csv", (BANK + "111,2026-11-13,200.50,301,77,900124,DEPOSIT\n").encode)], "t"))
    banked = slips(store, LATER)[["bank_state", "banked_amount", "explanation"]].iloc[1].to_list()
    assert banked == ["banked", dollars("200.50"), "the bank names the slip's number"]
    assert len(slip_differences(store, "900124", LATER)) == 3


def test_a_slip_of_a_closed_day_is_neither_made_nor_changed(store: Store):
    """Closed is closed, also for what was prepared before."""
    list(load(store, [Source("r.csv", (HEAD + "R6,2026-11-12,CHECK,KOE,,,6,,6.00\n").encode)], "t"))
    six = [("R6", dollars("6.00"))]
    slip_id = prepare(store, new(chosen=six, cash={}), AMY)

    def close(cursor: Any) -> None:
        writer = MatchWriter(cursor, store.facts)
        closing = writer.decide_day(DAY, "prepare", "amy", "")
        row = {"closing_id": closing, "day": DAY, "content_hash": "x"}
        writer.insert("closed_day", [row | {"fact_count": 0, "link_count": 0, "decision_count": 0}])
        writer.decide_day(DAY, "review", "ben", "seen")

    store.write(close)
    for act in (
        lambda: deposit(store, slip_id, BEN),
        lambda: void(store, slip_id, AMY, "why"),
        lambda: prepare(store, new(chosen=[("R4", dollars("9.00"))], cash={}), AMY),
    ):
        with pytest.raises(DayClosed, match="is closed"):
            act()
    assert slip_told(store, slip_id)["status"] == "prepared"


def slip(number: str = "1", total: str = "154.00") -> dict[str, Any]:
    told = {"slip_number": number, "status": "deposited", "total_amount": dollars(total), "voided_for": None}
    return told | {"expected_by": LATER}


def item(receipt: str, amount: str, number: str | None = None) -> dict[str, Any]:
    return {"receipt_id": receipt, "amount": dollars(amount), "check_number": number}


def line(number: int, amount: str, *, names_slip: bool = False, receipt: str | None = None) -> dict[str, Any]:
    told = {
        "bank_transaction_id": number,
        "amount": dollars(amount),
        "posted_date": LATER,
        "bank_reference": str(number),
    }
    return told | {"names_slip": names_slip, "receipt_id": receipt}


TWO = [item("R1", "100.00", "2001"), item("R2", "54.00", "2002")]


@pytest.mark.parametrize(
    ("lines", "state", "words"),
    [
        pytest.param([line(1, "154.00")], "banked", "total agree", id="by total"),
        pytest.param(
            [line(1, "100.00", names_slip=True), line(2, "54.00", names_slip=True)], "banked", "names", id="in parts"
        ),
        pytest.param([line(1, "100.00"), line(2, "54.00")], "banked_singly", "every cheque", id="one by one"),
        pytest.param(
            [line(1, "54.00", names_slip=True)], "differs", "cheque 2001: 100.00 is not at the bank", id="one not there"
        ),
        pytest.param(
            [line(1, "100.00"), line(2, "45.00", receipt="R2")],
            "differs",
            "2002: the bank has 45.00",
            id="another amount",
        ),
        pytest.param([line(1, "145.00")], "differs", "cheque 2002: the bank may have read 45.00", id="digits swapped"),
        pytest.param([line(1, "153.50", names_slip=True)], "differs", "no single cheque", id="unexplained"),
        pytest.param([line(1, "77.00")], "in_transit", "expected by", id="another deposit"),
        pytest.param([], "in_transit", "expected by", id="nothing yet"),
    ],
)
def test_the_slip_at_the_bank(lines: list[dict[str, Any]], state: str, words: str):
    """Told by number, total, or cheque by cheque; a difference names the cheque."""
    ((told, beside),) = judge([slip()], {"1": TWO}, {"1": lines}, LATER)
    assert (told["bank_state"], words in told["explanation"]) == (state, True), told["explanation"]
    assert len(beside) == 2
    if state != "in_transit":
        banked = sum((one["amount"] for one in lines), Decimal())
        assert told["bank_difference"] == banked - dollars("154.00")


def test_no_bank_line_counts_for_two_slips():
    """Two slips of one total need two lines; the one that is named goes first."""
    told = judge(
        [slip("1"), slip("2")],
        {"1": TWO, "2": TWO},
        {"1": [line(1, "154.00")], "2": [line(1, "154.00", names_slip=True)]},
        LATER,
    )
    assert [row["bank_state"] for row, _ in told] == ["in_transit", "banked"]
    late, _ = judge([slip()], {"1": TWO}, {}, date(2026, 11, 20))[0]
    assert late["bank_state"] == "late"
