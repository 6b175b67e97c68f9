"""The waterfall in a real browser: from a bar to the keyed line and the claim's raw segments; writing off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SIZE, App, served
from tests.browser.driving import choose_row, open_page, settle, text, toast
from tests.stores import fortnight_file

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def fortnight_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Tieout on a store of its own with the sample fortnight."""
    path: Path = tmp_path_factory.mktemp("variances") / "tieout.duckdb"
    fortnight_file(path)
    with served(path) as opened:
        yield opened


@pytest.fixture
def own_page(browser) -> Iterator[Page]:
    """A page of its own."""
    one = browser.new_page(viewport=SIZE)
    one.set_default_timeout(60_000)
    yield one
    one.close()


def click_bar(page: Page, cause: str) -> None:
    """One click into the column of that cause, beside what is drawn of its bar."""
    chart = page.locator(".js-plotly-plot")
    chart.locator(".point path").first.wait_for()
    names = [name or "" for name in chart.locator(".xaxislayer-above text").all_text_contents()]
    columns = chart.locator(".barlayer .point path")
    box = columns.nth(names.index(cause)).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 6)
    page.get_by_role("heading", name=cause).wait_for()
    settle(page)


def test_from_a_bar_to_the_keyed_line_and_the_claims_segments(fortnight_app: App, own_page: Page):
    """Two clicks: the bar, the row. Both files' own text stands side by side."""
    open_page(own_page, f"{fortnight_app.address}/variances", "Variances")
    click_bar(own_page, "Transposition")
    assert "4 rows" in text(own_page)
    choose_row(own_page, 0)
    own_page.get_by_test_id("stCode").filter(has_text="E1109-001").filter(has_text="1288.00").wait_for()
    own_page.get_by_test_id("stCode").filter(has_text="CLP*").filter(has_text="1828.00").wait_for()


def test_a_small_bar_can_be_chosen(fortnight_app: App, own_page: Page):
    """The fee of 142.43 is a line of a pixel beside 345,193.89; its whole column takes the click."""
    open_page(own_page, f"{fortnight_app.address}/variances", "Variances")
    click_bar(own_page, "Fee")
    assert "6 rows · Amount -142.43" in text(own_page)


def test_a_small_difference_is_written_off_and_listed(fortnight_app: App, own_page: Page):
    """With its reason; the record stands under Write-offs."""
    open_page(own_page, f"{fortnight_app.address}/variances?variances_find=E1109-002", "Variances")
    choose_row(own_page, 0)
    reason = own_page.locator(".st-key-write_off_reason input")
    reason.fill("below the cost of a call")
    own_page.locator(".st-key-write_off_button button").click()
    assert "below the cost of a call" in toast(own_page, "written off")
    own_page.get_by_text("Write-offs").click()
    settle(own_page)
    assert own_page.locator(".st-key-write_offs_csv button").first.is_enabled()
