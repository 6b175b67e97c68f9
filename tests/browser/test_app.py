"""The main job in a real browser: upload the fortnight, work the views down to the raw lines, take the lists away."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from analysis.credits.audit import credits
from analysis.exports import report_frame, to_csv
from analysis.match.unmatched import unmatched
from analysis.money import show, total
from analysis.sample import AS_OF, FOLDER
from analysis.store import Store
from analysis.store.files import findings
from analysis.tieout.remittances import remittances
from analysis.tieout.variances import variances
from tests.browser.conftest import App
from tests.browser.driving import choose_row, download, follow, go, open_page, settle, text, titled
from tests.stores import fortnight_store

pytestmark = [pytest.mark.browser]

FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file() and not path.name.startswith("."))
REPORTS = {
    "unmatched": ("Unmatched", unmatched),
    "variances": ("Variances", variances),
    "credits": ("Credit balances", credits),
    "remittances": ("Remittances", remittances),
}
PAGES = {
    "today": "Today",
    "what_came": "What came",
    "upload": "Upload",
    "close_day": "Close of day",
    "worklist": "Worklist",
    "unmatched": "Unmatched",
    "unidentified": "Unidentified money",
    "rejected_claims": "Rejected claims",
    "variances": "Variances",
    "takebacks": "Take-backs",
    "keying": "Key a batch",
    "deposits": "Deposits",
    "credit_balances": "Credit balances",
    "refunds": "Refunds",
    "instructions": "Instructions",
    "cms_838": "CMS 838",
    "trace": "Trace",
    "remittances": "Remittances",
    "bank_lines": "Bank lines",
    "posting_batches": "Posting batches",
    "matches": "Matches",
    "reference": "Reference",
    "runs": "Matching runs",
    "settings": "Settings",
}


@pytest.fixture(scope="module")
def twin() -> Iterator[Store]:
    """The same fortnight in a store of the test's own, loaded by the functions and not by the browser."""
    with fortnight_store() as store:
        yield store


def test_the_first_address_asked_for_may_be_any_page(app: App, page):
    """A bookmark opened on a server just started comes with the menu, as every page does."""
    open_page(page, f"{app.address}/unmatched?as_of=2026-11-06", "Unmatched")
    page.get_by_text("Nothing is loaded yet").wait_for()
    menu = page.get_by_test_id("stSidebarNavLink")
    menu.filter(has_text="Credit balances").wait_for()
    assert menu.count() == len(PAGES)


@pytest.fixture(scope="module")
def loaded(app: App, page) -> App:
    """The whole fortnight went in through the page."""
    open_page(page, f"{app.address}/upload", "Upload")
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(FILES)
    button = page.get_by_role("button", name=f"Load {len(FILES):,} files")
    button.wait_for(timeout=40_000)
    settle(page)
    button.click()
    page.get_by_text("Files loaded so far").wait_for(timeout=60_000)
    page.get_by_text("This load").wait_for(timeout=60_000)
    page.get_by_test_id("stMetric").filter(has_text="Rejected").wait_for(timeout=60_000)
    settle(page)
    return app


def test_the_fortnight_goes_in_through_the_page(loaded: App, page):
    """Every file is told of: loaded, or known already; what fits is matched."""
    said = text(page)
    duplicates = len(FILES) - len({path.read_bytes() for path in FILES})
    assert re.search(rf"Loaded\s+{len(FILES) - duplicates}\s", said)
    assert re.search(rf"Duplicate\s+{duplicates}\s", said)
    assert re.search(r"Rejected\s+0\s", said)
    assert re.search(r"[1-9]\d* matches confirmed, \d+ proposed", said)


def test_a_figure_opens_its_rows(loaded: App, page, twin: Store):
    """The figure's count is that of the rows it opens on the page; from there the way leads to all of their kind."""
    go(page, "Today")
    frame = unmatched(twin, AS_OF)
    kept = frame[frame["item_type"] == "remittance_without_deposit"]
    late = kept[kept["business_days"] > 3]
    page.locator(".st-key-open_late_remittances button:visible").click()
    page.locator(".st-key-opened").wait_for()
    settle(page)
    assert "open=late_remittances" in page.url
    assert f"{len(late)} rows · Amount {show(total(late['amount']))}" in text(page)
    choose_row(page, 0)
    page.get_by_test_id("stPageLink").filter(has_text="Open the remittance").wait_for()
    follow(page, "To Unmatched", "Unmatched")
    assert "unmatched_item_type=Remittance" in page.url
    assert f"{len(kept):,} of {len(frame):,} rows" in text(page)


def test_unmatched_leads_down_to_the_segments(loaded: App, page):
    """Open item, remittance, claim, raw segments."""
    open_page(page, f"{loaded.address}/unmatched?unmatched_item_type=Remittance+without+deposit", "Unmatched")
    choose_row(page, 0)
    assert "Next step" in text(page)
    follow(page, "Open the remittance", "Remittance")
    choose_row(page, 0)
    page.get_by_text("Raw segments of the claim").click()
    page.get_by_test_id("stCode").filter(has_text="CLP*").first.wait_for()
    follow(page, "Open the claim", "Claim")
    assert "Service lines" in text(page)


def test_variances_lead_down_to_the_posted_line(loaded: App, page):
    """Variance, its pieces, the batch, the line of the file."""
    open_page(page, f"{loaded.address}/variances?variances_find=E1109-001", "Variances")
    choose_row(page, 0)
    assert "612.40" in text(page)
    follow(page, "Open the batch", "Batch")
    said = text(page)
    assert "612.40" in said and "What makes up the difference" in said
    choose_row(page, 0, table=1)
    page.get_by_text("The line as its file wrote it").click()
    page.get_by_test_id("stCode").filter(has_text="E1109-001").first.wait_for()


def test_credits_lead_down_to_the_ledger(loaded: App, page):
    """Credit, account, ledger; the account's number is not in the address."""
    open_page(page, f"{loaded.address}/credit_balances", "Credit balances")
    choose_row(page, 0)
    follow(page, "Open the account", "Account")
    number = text(page).split("Account", 2)[2].split()[0]
    assert number not in page.url
    assert "Ledger" in text(page)


def test_a_deposit_shows_what_it_paid(loaded: App, page):
    """Deposit, remittance and batch are linked both ways."""
    open_page(page, f"{loaded.address}/matches?matches_rule=Exact+trace&matches_side=Bank", "Matches")
    choose_row(page, 0)
    page.get_by_test_id("stPageLink").filter(has_text="Open the").first.click()
    titled(page, "Deposit")
    said = text(page)
    assert "Remittances" in said and "Posting batches" in said


@pytest.mark.parametrize("report", REPORTS)
def test_a_worklist_leaves_as_it_stands(loaded: App, page, twin: Store, report: str):
    """The CSV is the function's frame to the byte but for file ids; the workbook has as many rows."""
    title, function = REPORTS[report]
    go(page, title)
    frame = report_frame(function(twin, AS_OF), report)
    name, data = download(page, "CSV")
    assert name == f"{report}_{AS_OF}.csv"
    assert rows(data) == rows(to_csv(frame))
    name, data = download(page, "XLSX")
    assert name == f"{report}_{AS_OF}.xlsx"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert len(sheet) == len(frame) + 2
    assert sheet[0] == list(frame.columns)


def rows(data: bytes) -> list[list[str]]:
    """The cells, in the order of their text, without the ids that depend on the order of loading."""
    found = pd.DataFrame(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    kept = found.drop(columns=[name for name in ("item_id",) if name in found.columns])
    return sorted(kept.values.tolist())


def test_a_bookmark_restores_the_view(loaded: App, page):
    """What is chosen on the page is in the address, and the address brings it back."""
    open_page(page, f"{loaded.address}/unmatched", "Unmatched")
    whole = text(page)
    page.get_by_placeholder("Text or amount").fill("5,000.00")
    page.keyboard.press("Enter")
    page.get_by_text(re.compile(r"^1 of \d+ rows")).wait_for()
    bookmark = page.url
    assert "unmatched_find=" in bookmark
    open_page(page, f"{loaded.address}/variances", "Variances")
    open_page(page, bookmark, "Unmatched")
    page.get_by_text(re.compile(r"^1 of \d+ rows")).wait_for()
    settle(page)
    expect(page.get_by_placeholder("Text or amount")).to_have_value("5,000.00")
    assert whole != text(page)


def test_back_is_one_step_and_keeps_the_view(loaded: App, page):
    """From a filtered list to a record and back: the browser's Back shows the list as it was left."""
    open_page(page, f"{loaded.address}/variances", "Variances")
    page.get_by_placeholder("Text or amount").fill("E1109-001")
    page.keyboard.press("Enter")
    settle(page)
    left = page.url
    choose_row(page, 0)
    follow(page, "Open the batch", "Batch")
    page.go_back()
    titled(page, "Variances")
    assert page.url == left and "variances_find=E1109-001" in left
    expect(page.get_by_placeholder("Text or amount")).to_have_value("E1109-001")


def test_a_loaded_file_tells_what_it_holds(loaded: App, page, twin: Store):
    """The chosen file's rows and totals, and what was found in it, to take away."""
    every = findings(twin, AS_OF)
    name = every[every["severity"] != "info"].iloc[0]["file"]
    open_page(page, f"{loaded.address}/upload?upload_find={name}", "Upload")
    choose_row(page, 0)
    detail = page.locator(".st-key-file_detail")
    assert "Rows" in detail.inner_text() and "Totals, US dollars" in detail.inner_text()
    with page.expect_download() as coming:
        detail.get_by_role("button", name="CSV").click()
    told = list(csv.DictReader(io.StringIO(coming.value.path().read_text("utf-8-sig"), newline="")))
    assert sorted(one["message"] for one in told) == sorted(every[every["file"] == name]["message"])


def test_a_past_day_is_one_click_away(loaded: App, page):
    """The day is stepped in the sidebar and kept in the address over pages."""
    open_page(page, f"{loaded.address}/unmatched?as_of=2026-11-06", "Unmatched")
    page.get_by_text("A past view").wait_for()
    go(page, "Variances")
    assert "as_of=2026-11-06" in page.url
    page.get_by_role("button", name="Latest").click()
    page.get_by_text("A past view").wait_for(state="detached")
    settle(page)
    assert "as_of" not in page.url or f"as_of={AS_OF}" in page.url


def test_every_page_is_drawn(loaded: App, page, tmp_path: Path):
    """No page shows an error, in light nor in dark; a picture of each is kept in TIEOUT_SCREENSHOTS."""
    folder = Path(os.environ.get("TIEOUT_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    open_page(page, loaded.address, "Today")
    for name, title in PAGES.items():
        go(page, title)
        if name in ("today", "credit_balances"):
            page.locator(".js-plotly-plot .point path").first.wait_for(state="attached")
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            settle(page)
            assert page.get_by_test_id("stException").count() == 0
            page.screenshot(path=folder / f"{name}_{scheme}.png")


def test_nothing_left_the_machine(loaded: App):
    """Every request of every page went to this server."""
    assert [url for url in loaded.requests if not url.startswith((loaded.address, "data:", "blob:"))] == []
    assert len(loaded.requests) > 50
