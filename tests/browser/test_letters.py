"""Letters in the browser: refused by the missing field, then printed from the worklist; the PDF is the one kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.casework.letter_settings import set_head
from analysis.casework.letters import kept_letter, letters
from analysis.casework.payers import save_payer
from analysis.casework.worklist import history, worklist
from analysis.match.decisions import Who
from analysis.sample import AS_OF
from analysis.store import open_store
from tests.browser.conftest import SIZE, served
from tests.browser.driving import choose_row, download, open_page, settle, text
from tests.stores import fortnight_file

pytestmark = [pytest.mark.browser]


def test_from_a_missing_address_to_a_printed_letter(tmp_path: Path, browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The payer is offered under Reference with the address of its remittances; once saved the letter is printed."""
    path = fortnight_file(tmp_path / "tieout.duckdb")
    with open_store(path) as store:
        cases = worklist(store, AS_OF)
        first = cases[cases["item_type"] == "remittance_without_deposit"].iloc[0]
        case, payer = str(first["case_id"]), str(first["payer_name"])
        save_payer(store, {"payer_name": payer}, "ana")
        head = {"site_name": "Cedar Hollow", "site_address": "1 Hill\nTown", "signed_by": "Ana Lopez"}
        set_head(store, head, Who("ana", AS_OF), "ours")
    page = browser.new_page(viewport=SIZE)
    page.set_default_timeout(60_000)
    monkeypatch.setenv("LOGNAME", "ana")
    with served(path) as app:
        open_page(page, f"{app.address}/worklist?case={case}", "Worklist")
        page.get_by_role("tab", name="Letter").click()
        page.get_by_text("the letter lacks the payer's address (address, under Reference)").wait_for()
        page.get_by_test_id("stPageLink").filter(has_text="Reference").last.click()
        page.locator("h1", has_text="Reference").wait_for()
        settle(page)
        choose_row(page)
        field = page.locator("[class*='st-key-payer-'][class*='_address'] textarea").first
        field.fill("PO Box 7\nTown, OH 44001")
        page.get_by_role("button", name="Save the payer").click()
        page.get_by_text(f"Saved: {payer}").wait_for()
        open_page(page, f"{app.address}/worklist?case={case}", "Worklist")
        page.get_by_role("tab", name="Letter").click()
        page.get_by_role("button", name="Print the letter").click()
        page.get_by_text("kept with the case").first.wait_for()
        settle(page)
        name, pdf = download(page, "as PDF")
        assert "L0000001" in text(page) and name == "L0000001.pdf"
    page.close()
    with open_store(path) as store:
        kept = kept_letter(store, int(letters(store)["letter_id"].iloc[0]))
        assert kept.pdf == pdf and kept.case_id == case and kept.letter.address == "PO Box 7\nTown, OH 44001"
        assert "Letter L0000001" in history(store, case)["said"].iloc[0]
