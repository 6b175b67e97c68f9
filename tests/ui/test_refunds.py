"""Credit balances and Refunds as pages: the worksheet, a refund by two people, refusals in words, a list once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.credits.audit import credits
from analysis.credits.billing_lists import billing_lists, instruction_queue
from analysis.credits.clocks import clocks
from analysis.credits.refunds import exports, refund_history, refunds, second_above
from analysis.money import show
from analysis.sample import AS_OF
from analysis.ui import store as opened_store
from tests.credits.test_causes import rows_of
from tests.ui.conftest import Opens, press, signs, texts, tick


@pytest.fixture
def desk_path(sample_path: Path, tmp_path: Path) -> Path:
    """A copy of the sample fortnight for each test."""
    return Path(shutil.copy(sample_path, tmp_path / "desk.duckdb"))


def table_with(app: AppTest, column: str) -> Any:
    """The frame of the table that has that column."""
    return next(one.value for one in app.dataframe if column in one.value.columns)


def credit_of(disposition: str) -> tuple[int, dict[str, Any]]:
    """The first row of the list with that disposition that nothing bars, and its place."""
    for place, row in enumerate(rows_of(credits(opened_store(), AS_OF))):
        if row["disposition"] == disposition and not row["blocked_by"] and row["credit_balance"] < 1000:
            return place, row
    raise AssertionError(disposition)


def test_the_worksheet_marks_the_line_that_makes_the_credit(desk: Opens) -> None:
    """Totals, what each party paid, the readings and the ledger; a corrected posting offers no refund."""
    app = desk("credit_balances")
    place, row = credit_of("correct_adjustment")
    app = tick(app, "credits", place)
    assert not app.exception
    assert row["evidence"] in texts(app)
    entries = table_with(app, "marked")
    marked = entries[entries["marked"] != ""]
    assert "◄ credit begins, makes the credit" in list(marked["marked"])
    assert set(marked["amount"]) == {-row["credit_balance"]}
    assert not [one for one in app.button if one.key.startswith("request-")]


def test_a_refund_by_two_people_goes_out_once(desk: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requested from the worksheet; refused without an address and to its requester; exported, cheque, cleared."""
    app = desk("credit_balances")
    place, row = credit_of("refund_payer")
    app = tick(app, "credits", place)
    key = f"request-{row['account_id']}"
    app = press(app, f"{key}_button")
    assert "lacks its payee address" in texts(app)
    app = press(app, f"{key}_button", **{f"{key}_payee_address": "PO BOX 1, TOWN OH"})
    (made,) = rows_of(refunds(opened_store(), AS_OF))
    assert (made["amount"], made["payee_name"], made["status"]) == (row["credit_balance"], row["owed_to"], "requested")

    app = tick(desk("refunds"), "refunds", 0)
    assert f"1 refund ticked: {show(row['credit_balance'])}" in "\n".join(one.value for one in app.markdown)
    app = press(app, "approve_refunds_button")
    assert "someone else has to approve it" in texts(app)
    signs(monkeypatch, "ben")
    app = press(tick(desk("refunds"), "refunds", 0), "approve_refunds_button", approve_refunds_reason="seen")
    app = press(tick(desk("refunds"), "refunds", 0), "export_refunds")
    (made,) = rows_of(refunds(opened_store(), AS_OF))
    assert (made["status"], made["approved_by"], made["export_id"]) == ("exported", "ben", 1)
    app = tick(desk("refunds"), "refunds", 0)
    assert not [one for one in app.button if one.key == "export_refunds"]
    app = press(app, "cheque_button", cheque_reason="4411")
    app = press(tick(desk("refunds"), "refunds", 0), "clear_refund")
    app = press(tick(desk("refunds"), "refunds", 0), "acknowledge_button", acknowledge_reason="letter")
    (made,) = rows_of(refunds(opened_store(), AS_OF))
    assert (made["status"], made["cheque_number"], made["acknowledged_as"]) == ("cleared", "4411", "letter")
    assert len(exports(opened_store(), AS_OF)) == 1
    app = tick(desk("refunds"), "refund_lists", 0)
    assert list(table_with(app, "payment_id")["payment_id"]) == ["TR0000001"]
    refused = [one["reason"] for one in rows_of(refund_history(opened_store())) if one["action"] == "refused"]
    assert len(refused) == 2


def test_an_edit_on_the_page_voids_the_approval(desk: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the policy's limit asks for a second approver from then on."""
    app = tick(desk("credit_balances"), "credits", credit_of("refund_patient")[0])
    key = f"request-{credit_of('refund_patient')[1]['account_id']}"
    press(app, f"{key}_button", **{f"{key}_payee_address": "1 WAY"})
    signs(monkeypatch, "ben")
    press(tick(desk("refunds"), "refunds", 0), "approve_refunds_button")
    press(desk("refunds"), "refund_policy_button", refund_second_above="0.01", refund_policy_reason="trial")
    assert show(second_above(opened_store(), AS_OF)) == "0.01"
    app = tick(desk("refunds"), "refunds", 0)
    press(app, "edit-1-1_button", **{"edit-1-1_payee_address": "2 WAY"})
    signs(monkeypatch, "cal")
    press(tick(desk("refunds"), "refunds", 0), "approve_refunds_button")
    (made,) = rows_of(refunds(opened_store(), AS_OF))
    assert (made["status"], made["version"], made["payee_address"]) == ("waiting_second", 2, "2 WAY")
    signs(monkeypatch, "dee")
    press(tick(desk("refunds"), "refunds", 0), "decline_refunds_button", decline_refunds_reason="not owed")
    (made,) = rows_of(refunds(opened_store(), AS_OF))
    assert made["status"] == "declined"


def test_a_day_is_recorded_and_the_deadline_follows(desk: Opens) -> None:
    """Identified today: 60 days; without what shows it, it is refused."""
    app = desk("credit_balances")
    rows = rows_of(credits(opened_store(), AS_OF))
    place = next(
        n for n, row in enumerate(rows) if row["financial_class"] == "MEDICARE" and row["disposition"] == "refund_payer"
    )
    app = tick(app, "credits", place)
    app = press(app, "credit_mark_button")
    assert "no reason is given" in texts(app)
    press(app, "credit_mark_button", credit_mark_reason="both remittances")
    row = rows_of(credits(opened_store(), AS_OF))[place]
    assert (row["deadline_date"] - AS_OF).days == 60


def test_worklists_and_roll_forward_stand_below(desk: Opens) -> None:
    """Transfers, corrections, what is left to payers, and the days of extracts."""
    app = desk("credit_balances")
    assert len(table_with(app, "closing_amount")) == 2
    assert [len(one.value) for one in app.dataframe if "instruction" in one.value.columns] == [4, 8, 4]


def test_settings_sets_a_clock_with_its_source(desk: Opens) -> None:
    """A payer's contract; without a source or a name it is refused."""
    app = desk("settings")
    app = press(app, "clock_button", clock_name="payer_days.COPPERFIELD MUTUAL HEALTH")
    assert "a clock needs its source" in texts(app)
    app = press(app, "clock_button", clock_name=" ", clock_reason="contract")
    assert "name the clock" in texts(app)
    app.number_input(key="clock_value").set_value(45)
    press(app, "clock_button", clock_name="payer_days.COPPERFIELD MUTUAL HEALTH", clock_reason="contract 4.2")
    found = clocks(opened_store(), AS_OF)["payer_days.COPPERFIELD MUTUAL HEALTH"]
    assert (found["value"], found["source"]) == (45, "contract 4.2")


def test_a_credit_in_review_is_read_and_then_refunded(desk: Opens) -> None:
    """No refund is offered before; the form names the payers that the account knows."""
    app = desk("credit_balances")
    rows = rows_of(credits(opened_store(), AS_OF))
    place, row = next((n, row) for n, row in enumerate(rows) if row["disposition"] == "review")
    app = tick(app, "credits", place)
    assert not [one for one in app.button if one.key.startswith("request-")]
    key = f"reading-{row['account_id']}"
    app.selectbox(key=f"{key}_cause").set_value("duplicate_payment")
    app = app.selectbox(key=f"{key}_disposition").set_value("refund_payer").run(timeout=60)
    assert app.selectbox(key=f"{key}_owed_to").options[0] == row["payer_name"]
    app = press(app, f"{key}_button", **{f"{key}_reason": "paid twice", f"{key}_evidence": "both EOBs"})
    read = rows_of(credits(opened_store(), AS_OF))[place]
    assert (read["kind"], read["disposition"], read["owed_to"]) == ("person", "refund_payer", row["payer_name"])
    assert [one for one in app.button if one.key.startswith("request-")]


def test_instructions_are_sent_once_from_the_page(desk: Opens) -> None:
    """The ticked ones go out as one list that can be downloaded again."""
    app = tick(desk("instructions"), "instructions", 0, 2)
    app = press(app, "send_instructions")
    (made,) = rows_of(billing_lists(opened_store(), AS_OF))
    assert (made["instruction_count"], made["sent_by"]) == (2, "ana")
    whole = rows_of(instruction_queue(opened_store(), AS_OF))
    assert sorted(row["status"] for row in whole) == ["open"] * (len(whole) - 2) + ["sent"] * 2
    app = tick(desk("instructions"), "billing_lists", 0)
    assert list(table_with(app, "instruction_number")["instruction_number"]) == ["TI0000001", "TI0000002"]
    assert not app.exception
