"""Letters and the reference as pages: a payer filled in, the letterhead set, many letters as one, a code looked up."""

from __future__ import annotations

from analysis.casework.letter_settings import letter_settings, set_head
from analysis.casework.letters import letters
from analysis.casework.payer_sheet import payer_sheet
from analysis.casework.payers import payers, save_payer
from analysis.casework.worklist import worklist
from analysis.credits import refund_steps as steps
from analysis.credits.audit import credits
from analysis.credits.refund_checks import Wanted
from analysis.exports import WORKBOOK, to_one_sheet
from analysis.match.decisions import Who
from analysis.sample import AS_OF
from analysis.ui import store as opened_store
from tests.ui.conftest import Opens, press, texts, tick


def test_a_payer_is_filled_in(desk: Opens) -> None:
    """Chosen from those that came, saved with who; the list shows it as kept."""
    app = tick(desk("reference"), "payers", 0)
    assert not app.exception
    key = next(one.key.removesuffix("_address") for one in app.text_area if one.key.endswith("-0_address"))
    app.text_area(key=f"{key}_refund_address").input("PO Box 1\nTown, MA 02000")
    app.number_input(key=f"{key}_timely_filing_days").set_value(90)
    app = press(app, f"{key}_save")
    row = payers(opened_store()).iloc[0]
    assert (row["payer_standing"], row["recorded_by"], row["timely_filing_days"]) == ("payer_kept", "ana", 90)
    assert "To fill in: 19 payers" in "\n".join(one.value for one in app.caption)


def test_payers_are_filled_in_in_a_spreadsheet(desk: Opens) -> None:
    """The sheet as downloaded, one row filled in, uploaded: one row is taken, the others are as they were."""
    sheet = payer_sheet(opened_store())
    sheet.loc[len(sheet) - 1, "refund_address"] = "PO Box 9\nTown, MA 02000"
    app = desk("reference")
    data = to_one_sheet(sheet, "Payers")
    app.file_uploader(key="payer_sheet").set_value([("payers.xlsx", data, WORKBOOK)])
    app = press(app, "payer_sheet_take")
    assert [one.value for one in app.success] == ["1 of 1 changed row taken; 19 rows not changed"]
    assert payers(opened_store())["refund_address"].dropna().str.startswith("PO Box 9").sum() == 1
    assert "To fill in: 18 payers" in "\n".join(one.value for one in app.caption)


def test_a_code_is_looked_up(desk: Opens) -> None:
    """By Tieout's own category, without any list."""
    app = desk("reference")
    app.session_state["reference_of"] = "Codes"
    app = app.run(timeout=60)
    app.text_input(key="code_asked").input("capitation")
    app = app.run(timeout=60)
    assert not app.exception
    found = next(one.value for one in app.dataframe if "code" in one.value.columns)
    assert set(found["code"]) == {"24", "CT"}


def test_the_letterhead_and_a_text_are_set(desk: Opens) -> None:
    """With a reason; a text that names no field of its letter is refused."""
    app = desk("settings")
    for name, value in (("site_name", "Cedar Hollow"), ("signed_by", "Ana Lopez")):
        app.text_input(key=f"letter_{name}").input(value)
    app.text_area(key="letter_site_address").input("1 Hill\nTown")
    app = press(app, "letter_head_button", letter_head_reason="ours")
    assert letter_settings(opened_store(), AS_OF).head["site_address"] == "1 Hill\nTown"
    app = press(app, "letter_text_button", letter_subject_missing_remittance="{patient}", letter_text_reason="x")
    assert "{patient} is no field of this letter" in texts(app)


def test_ticked_cases_become_one_pdf(desk: Opens) -> None:
    """Those whose payer is there; the others are told with what they lack."""
    app = desk("worklist")
    cases = worklist(opened_store(), AS_OF)
    kind = list(cases["item_type"])
    name = cases[cases["item_type"] == "remittance_without_deposit"]["payer_name"].iloc[0]
    save_payer(opened_store(), {"payer_name": name, "address": "PO Box 7\nTown"}, "ana")
    app = app.toggle(key="worklist_several").set_value(True).run(timeout=60)
    rows = [place for place, one in enumerate(kind) if one == "remittance_without_deposit"][:3]
    app = tick(app, "worklist_ticks", *rows)
    app = press(app, "bulk_letter_print")
    made = letters(opened_store())
    assert 0 < len(made) < 3
    assert [one.value for one in app.warning] == [f"{len(made)} of 3 letters printed"]
    assert "under Reference, with the address that it is offered with (addressee, under Reference)" in texts(app)


def test_the_covers_of_a_refund_list(desk: Opens) -> None:
    """Printed from the list under Refunds, each kept with the case of its credit."""
    app = desk("refunds")
    found = credits(opened_store(), AS_OF)
    row = found[found["disposition"] == "refund_patient"].iloc[0]
    told = (row["account_number"], "PATIENT", row["patient_name"], "5 Elm, Town", row["credit_balance"])
    number = steps.request(opened_store(), Wanted(*told, "paid twice", "receipts"), Who("ana", AS_OF))
    steps.approve(opened_store(), number, 1, Who("ben", AS_OF))
    steps.export(opened_store(), [(number, 1)], Who("ben", AS_OF))
    set_head(opened_store(), {"site_phone": "555-0100"}, Who("ana", AS_OF), "ours")
    before = len(letters(opened_store()))
    app = press(tick(app.run(timeout=60), "refund_lists", 0), "covers_1_PATIENT_print")
    assert "1 of 1 letters printed" in [one.value for one in app.success]
    made = letters(opened_store())
    assert len(made) == before + 1 and made["letter_kind"].iloc[0] == "refund_cover_patient"
