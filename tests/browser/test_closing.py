"""Close of day in the browser: one person prepares, is refused the second signature, another closes."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF
from analysis.store import open_store
from analysis.tieout.closing import closing_of
from tests.browser.conftest import SIZE, served
from tests.browser.driving import download, open_page, settle
from tests.stores import fortnight_file


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample fortnight, matched."""
    return fortnight_file(tmp_path_factory.mktemp("closing") / "tieout.duckdb")


def sign(page, key: str, note: str, then: str) -> None:
    """The form is filled and sent; the words then stand on the page."""
    page.locator(f".st-key-{key}_reason input").fill(note)
    page.locator(f".st-key-{key}_button button").click()
    page.get_by_text(then).first.wait_for(timeout=60_000)
    settle(page)


def test_two_people_close_the_day(path: Path, browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each at an own desk; afterwards the day says that it is closed, cannot be changed, and gives its certificate."""
    with open_store(path) as store:
        items = unmatched(store, AS_OF)
    proposed = items[items["proposal_count"] == 1]["item_id"].iloc[0]
    page = browser.new_page(viewport=SIZE, accept_downloads=True)
    page.set_default_timeout(60_000)
    monkeypatch.setenv("LOGNAME", "ana")
    with served(path) as app:
        open_page(page, f"{app.address}/close_day", "Close of day")
        sign(page, "prepare_day", "looked at", "Prepared. A second person reviews and closes it.")
        sign(page, "review_day", "seen", "someone else has to review it")
    monkeypatch.setenv("LOGNAME", "ben")
    with served(path) as app:
        open_page(page, f"{app.address}/close_day", "Close of day")
        sign(page, "review_day", "seen", "Closed. Nothing changes this day")
        name, content = download(page, "Certificate, PDF")
        assert name == f"tie-out_{AS_OF.isoformat()}.pdf" and content.startswith(b"%PDF-")
        assert "Nothing of it can be changed" in page.get_by_test_id("stSidebar").inner_text()
        open_page(page, f"{app.address}/unmatched?item={proposed}", "Unmatched")
        page.get_by_role("button", name="Confirm").first.click()
        page.get_by_text(f"{AS_OF.isoformat()} is closed and cannot be changed").wait_for()
    page.close()
    with open_store(path) as store:
        closing = closing_of(store, AS_OF)
    assert closing is not None
    assert [closing[name] for name in ("status", "prepared_by", "reviewed_by")] == ["closed", "ana", "ben"]
