"""The worklist in the browser: the keyboard alone claims, skips and moves; a promise is on top the next day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from analysis.casework.worklist import history, worklist
from analysis.sample import AS_OF
from analysis.store import open_store
from tests.browser.conftest import SIZE, served
from tests.browser.driving import open_page, press, press_and_hear, settle, text
from tests.stores import fortnight_file

pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample fortnight, matched."""
    return fortnight_file(tmp_path_factory.mktemp("worklist") / "tieout.duckdb")


def test_from_next_to_a_promise(path: Path, browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """N claims the next best, the contact is logged, and tomorrow the small case stands above all others."""
    tomorrow = AS_OF + timedelta(days=1)
    with open_store(path) as store:
        order = list(worklist(store, AS_OF)["case_id"])
    page = browser.new_page(viewport=SIZE)
    page.set_default_timeout(60_000)
    monkeypatch.setenv("LOGNAME", "ana")
    with served(path) as app:
        open_page(page, f"{app.address}/worklist", "Worklist")
        assert "claimed until" in press_and_hear(page, "n", "Next best")
        assert f"case={order[1]}" in page.url and "claimed by ana until" in text(page)
        assert "Released" in press_and_hear(page, "f", "Released")
        press(page, "ArrowUp")
        assert f"case={order[0]}" in page.url
        open_page(page, f"{app.address}/worklist?case={order[-1]}", "Worklist")
        page.get_by_role("tab", name="Contact").click()
        settle(page)
        key = f".st-key-case-{order[-1]}-0"
        page.locator(f"{key}_said textarea").fill("spoke to JANE ROE")
        page.locator(f"{key}_promised input").fill("the advice")
        by = page.locator(f"{key}_promised_by")
        by.locator("[contenteditable=true], input").first.click()
        page.keyboard.type(f"{tomorrow:%Y%m%d}")
        page.locator(f"{key}_log button").click()
        page.get_by_text("The contact is logged").wait_for()
        settle(page)
        open_page(page, f"{app.address}/worklist?as_of={tomorrow}", "Worklist")
        assert f"case={order[-1]}" in page.url and "★ Promise due" in text(page)
        assert "ROE" not in page.url
    page.close()
    with open_store(path) as store:
        assert list(history(store, order[-1])["said"].dropna()) == ["spoke to JANE ROE"]
        assert worklist(store, tomorrow)["case_id"].iloc[0] == order[-1]
