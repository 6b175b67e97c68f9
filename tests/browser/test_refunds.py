"""A refund in the browser: from the bar of 61 to 90 days to a worksheet, requested by one, approved and exported by
another."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from analysis.credits.audit import credits
from analysis.credits.refunds import refunds
from analysis.sample import AS_OF
from analysis.store import open_store
from tests.browser.conftest import SIZE, served
from tests.browser.driving import choose_row, open_page, settle, text
from tests.credits.test_causes import rows_of
from tests.stores import fortnight_file

pytestmark = [pytest.mark.browser]

BUCKET = "61-90"
ADDRESS = "PO BOX 61, TOWN OH 44001"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample fortnight, matched."""
    return fortnight_file(tmp_path_factory.mktemp("refunds") / "tieout.duckdb")


def click_bar(page: Page, bucket: str) -> None:
    """One click into the first drawn part of that bucket's bar."""
    chart = page.locator(".js-plotly-plot")
    chart.locator(".point path").first.wait_for()
    names = [name or "" for name in chart.locator(".xaxislayer-above text").all_text_contents()]
    boxes = [
        one.bounding_box() for one in chart.locator(f".barlayer .point:nth-child({names.index(bucket) + 1}) path").all()
    ]
    box = max((one for one in boxes if one is not None), key=lambda one: one["height"])
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)


def test_from_a_bar_to_an_exported_refund(path: Path, browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook's amount is a number and its account text; the list leaves the queue."""
    with open_store(path) as store:
        aged = [row for row in rows_of(credits(store, AS_OF)) if row["aging_bucket"] == BUCKET]
    place, wanted = next(
        (n, row)
        for n, row in enumerate(aged)
        if row["disposition"].startswith("refund") and row["credit_balance"] <= 1000 and not row["blocked_by"]
    )
    page = browser.new_page(viewport=SIZE, accept_downloads=True)
    page.set_default_timeout(60_000)
    monkeypatch.setenv("LOGNAME", "ana")
    with served(path) as app:
        open_page(page, f"{app.address}/credit_balances", "Credit balances")
        click_bar(page, BUCKET)
        page.get_by_text(f"{len(aged)} of").first.wait_for()
        assert f"{len(aged)} of" in text(page)
        choose_row(page, place)
        page.get_by_text(wanted["evidence"]).first.wait_for()
        page.get_by_text("Request a refund").click()
        key = f"request-{wanted['account_id']}"
        page.locator(f".st-key-{key}_payee_address input").fill(ADDRESS)
        page.locator(f".st-key-{key}_button button").click()
        page.get_by_text("Refund 1 is requested").wait_for()
        open_page(page, f"{app.address}/refunds", "Refunds")
        choose_row(page)
        page.locator(".st-key-approve_refunds_button button").click()
        page.get_by_text("someone else has to approve it").wait_for()
    monkeypatch.setenv("LOGNAME", "ben")
    with served(path) as app:
        open_page(page, f"{app.address}/refunds", "Refunds")
        choose_row(page)
        page.locator(".st-key-approve_refunds_reason input").fill("both remittances seen")
        page.locator(".st-key-approve_refunds_button button").click()
        page.get_by_text("Approved: refund 1").wait_for()
        page.get_by_text("Approved 1").first.wait_for()
        settle(page)
        assert "Approved 1" in text(page)
        page.get_by_role("button", name="Export as one list").click()
        page.get_by_text("List 1 is made").wait_for()
        page.get_by_text("Exported 1").first.wait_for()
        settle(page)
        assert page.get_by_role("button", name="Export as one list").count() == 0
        assert "Approved 1" not in text(page) and "Exported 1" in text(page)
        choose_row(page, 0, table=page.get_by_test_id("stDataFrame").count() - 1)
        page.locator(".st-key-refund_list_1_xlsx button").first.wait_for()
        settle(page)
        with page.expect_download() as coming:
            page.locator(".st-key-refund_list_1_xlsx button").first.click()
        content = Path(coming.value.path()).read_bytes()
    page.close()
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]
    (heading,) = [row for row in rows if "payment_id" in row]
    (told,) = [dict(zip(heading, row, strict=True)) for row in rows if "TR0000001" in row]
    assert isinstance(told["amount"], int | float)
    assert Decimal(str(told["amount"])) == wanted["credit_balance"]
    assert (told["account_number"], told["payee_address"]) == (wanted["account_number"], ADDRESS)
    assert told["exported_on"].date() == AS_OF
    with open_store(path) as store:
        (made,) = rows_of(refunds(store, AS_OF))
    assert (made["status"], made["requested_by"], made["approved_by"]) == ("exported", "ana", "ben")
