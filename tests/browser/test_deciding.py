"""People decide in a real browser: by hand to 0.00, by keyboard, declined, undone; and never about another item."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from analysis.match.run import match
from analysis.sample import AS_OF
from analysis.store import open_store
from tests.browser.conftest import SIZE, App, served
from tests.browser.driving import (
    choose_row,
    give_reason,
    open_page,
    press,
    press_and_hear,
    rows_shown,
    settle,
    text,
    toast,
)
from tests.files import bai2, loaded, lockbox_bai2, remittance_835
from tests.stores import fortnight_file

pytestmark = [pytest.mark.browser]

CHEQUES = ("412.10", "388.25", "501.40", "623.77", "420.15")
DECOYS = ("390.25", "410.10")
"""Together as much as the first two cheques, so that no rule can tell which five make the deposit."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Tieout with the sample fortnight and a lockbox deposit of five cheques, matched by the rules."""
    path = tmp_path_factory.mktemp("desk") / "tieout.duckdb"
    fortnight_file(path)
    with open_store(path) as store:
        cheques = [
            remittance_835(f"55000{n}", amount, control=n, method="CHK")
            for n, amount in enumerate((*CHEQUES, *DECOYS), start=1)
        ]
        loaded(store, lockbox_bai2("2345.67", day="261104"), *cheques)
        match(store, AS_OF, "tests")
    with served(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def clerk(desk: App, browser):
    """The page of the person who works the list."""
    one = browser.new_page(viewport=SIZE)
    one.set_default_timeout(60_000)
    yield one
    one.close()


def on_bench(page) -> str:
    """The item that the address names."""
    return parse_qs(urlsplit(page.url).query)["item"][0]


def keep_picture(page, name: str, tmp_path: Path) -> None:
    """A picture of the page, kept in TIEOUT_SCREENSHOTS."""
    folder = Path(os.environ.get("TIEOUT_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(600)
        page.screenshot(path=folder / f"{name}_{scheme}.png")


def test_five_cheques_are_matched_by_hand_to_nothing(desk: App, clerk, tmp_path: Path):
    """Tick by tick the difference falls; at 0.00 it ties, and one key makes the match."""
    open_page(clerk, f"{desk.address}/unmatched?unmatched_find=2345.67", "Unmatched")
    clerk.get_by_placeholder("Amount, trace, payer").fill("55000")
    clerk.keyboard.press("Enter")
    settle(clerk)
    references = rows_shown(clerk, "work_candidates", 5)
    assert sorted(references) == [f"55000{n}" for n in range(1, 8)]
    table = clerk.locator(".st-key-work_candidates").get_by_test_id("stDataFrame").count() - 1
    first = clerk.get_by_test_id("stDataFrame").count() - table - 1
    for n in range(1, 6):
        choose_row(clerk, references.index(f"55000{n}"), table=first + table)
        clerk.get_by_text(f"Ticked · {n}").wait_for()
        assert ("✓ ties" in text(clerk)) == (n == 5)
    assert clerk.get_by_role("button", name="Confirm").is_disabled()
    press(clerk, "Enter")
    assert "✓ ties" in text(clerk)
    assert clerk.locator(".st-key-difference_ties").inner_text().split() == ["Difference", "0.00", "✓", "ties"]
    keep_picture(clerk, "unmatched_by_hand", tmp_path)
    assert "2,345.67" in press_and_hear(clerk, "m", "Matched by hand")


def test_a_suggestion_is_confirmed_by_keyboard(desk: App, clerk, tmp_path: Path):
    """The arrows walk the list, Enter confirms what is on the bench, the next item comes, U takes it back."""
    open_page(clerk, f"{desk.address}/unmatched?unmatched_state=Proposed", "Unmatched")
    press(clerk, "ArrowDown")
    press(clerk, "ArrowDown")
    press(clerk, "ArrowUp")
    chosen = on_bench(clerk)
    payer = clerk.locator(".st-key-work_whose").inner_text()
    keep_picture(clerk, "unmatched_proposed", tmp_path)
    assert payer.casefold() in press_and_hear(clerk, "Enter", "Confirmed").casefold()
    assert on_bench(clerk) != chosen
    press_and_hear(clerk, "u", "Taken back")
    assert on_bench(clerk) == chosen
    press_and_hear(clerk, "Enter", "Confirmed")


@pytest.mark.parametrize(("presses", "apart"), [(2, 0), (2, 120), (2, 250), (25, 33), (20, 250)])
def test_enter_pressed_again_at_once_decides_nothing_unseen(desk: App, clerk, presses: int, apart: int):
    """However soon Enter comes again, or held: one decision, told in its toast, and U takes it back."""
    open_page(clerk, f"{desk.address}/unmatched?unmatched_state=Proposed", "Unmatched")
    chosen, waiting = on_bench(clerk), rows_shown(clerk, "work_list", 1)
    for number in range(presses):
        clerk.keyboard.down("Enter")
        if number < presses - 1:
            clerk.wait_for_timeout(apart)
    clerk.keyboard.up("Enter")
    assert "Confirmed" in toast(clerk, "Confirmed")
    settle(clerk)
    assert on_bench(clerk) != chosen
    assert "Not done" not in clerk.locator("body").inner_text(), "a press that only repeats is refused"
    press_and_hear(clerk, "u", "Taken back")
    settle(clerk)
    assert on_bench(clerk) == chosen
    assert rows_shown(clerk, "work_list", 1) == waiting


def test_one_is_declined_and_not_offered_again(desk: App, clerk):
    """D asks why; the keyboard gives the reason; the set is not proposed any more, whatever runs since."""
    open_page(clerk, f"{desk.address}/unmatched?unmatched_find=2611120700066", "Unmatched")
    if "Proposed" not in clerk.locator(".st-key-work_strip").inner_text():
        pytest.fail("the sample's short payment is not proposed")
    press(clerk, "d")
    give_reason(clerk, "half of another payment")
    assert "half of another payment" in toast(clerk, "Declined")
    upload(desk, clerk, bai2(("QQQ1", "1.00"), day="261105"), remittance_835("QQQ1", "1.00", control=71))
    open_page(clerk, f"{desk.address}/unmatched?unmatched_find=2611120700066", "Unmatched")
    assert "Proposed" not in clerk.locator(".st-key-work_strip").inner_text()


def test_letters_typed_ahead_of_the_dialog_decide_nothing(desk: App, clerk):
    """U, D and Enter pressed before Hold's reason can be typed are no decisions about what stands behind it."""
    open_page(clerk, f"{desk.address}/unmatched?unmatched_state=Proposed", "Unmatched")
    press_and_hear(clerk, "Enter", "Confirmed")
    settle(clerk)
    chosen, waiting = on_bench(clerk), rows_shown(clerk, "work_list", 1)
    for key in ("h", "u", "d", "Enter", "u"):
        clerk.keyboard.press(key, delay=20)
        clerk.wait_for_timeout(80)
    clerk.get_by_role("dialog").get_by_text("Hold the item").first.wait_for()
    clerk.keyboard.press("Escape")
    clerk.get_by_role("dialog").wait_for(state="detached")
    settle(clerk)
    assert (on_bench(clerk), rows_shown(clerk, "work_list", 1)) == (chosen, waiting)
    press_and_hear(clerk, "u", "Taken back")


def upload(desk: App, page, *files: bytes) -> None:
    """The files go in through the page, and what fits is matched."""
    open_page(page, f"{desk.address}/upload", "Upload")
    given = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": data} for n, data in enumerate(files)]
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(given)
    button = page.get_by_role("button", name=f"Load {len(files):,} files")
    button.wait_for()
    settle(page)
    button.click()
    page.get_by_text("This load").wait_for(timeout=60_000)
    settle(page)


def test_a_run_is_undone(desk: App, clerk, tmp_path: Path):
    """The newest run made the match of the file above; undone, it is gone, and the list says so."""
    open_page(clerk, f"{desk.address}/runs?runs_kind=Rules", "Matching runs")
    choose_row(clerk, 0)
    clerk.get_by_label("Why is the run undone?").fill("loaded a day too early")
    keep_picture(clerk, "runs", tmp_path)
    clerk.get_by_role("button", name="Undo the run").click()
    assert "changed" in toast(clerk, "is undone")
    open_page(clerk, f"{desk.address}/matches?matches_find=QQQ1", "Matches")
    assert "No match fits" in text(clerk)


def test_a_row_that_comes_in_above_moves_no_action_to_another_item(desk: App, clerk, browser):
    """While the page is open a larger deposit comes in; the action is still about the item that was shown."""
    open_page(clerk, f"{desk.address}/unmatched", "Unmatched")
    press(clerk, "ArrowDown")
    first, amounts = on_bench(clerk), rows_shown(clerk, "work_list", 1)
    colleague = browser.new_page(viewport=SIZE)
    colleague.set_default_timeout(60_000)
    upload(desk, colleague, bai2(("NEWANDLARGE", "99999.99"), day="261106"), bai2(("OTHER", "88888.88"), day="261109"))
    colleague.close()
    press(clerk, "h")
    assert f"{Decimal(amounts[1]):,} US dollars" in clerk.get_by_role("dialog").inner_text()
    give_reason(clerk, "asked the bank")
    assert f"{Decimal(amounts[1]):,}" in toast(clerk, "Held")
    assert rows_shown(clerk, "work_list", 1)[:4] == ["99999.99", "88888.88", *amounts[:2]]
    assert clerk.locator(".st-key-work_strip").inner_text().count(f"{Decimal(amounts[2]):,}") >= 1
    open_page(clerk, f"{desk.address}/unmatched?unmatched_state=Held", "Unmatched")
    assert (on_bench(clerk), rows_shown(clerk, "work_list", 1)) == (first, [amounts[1]])


def test_a_click_is_about_the_row_that_was_seen(desk: App, clerk, browser):
    """The third row was clicked as it stood there; what came in above since does not make it another."""
    open_page(clerk, f"{desk.address}/unmatched", "Unmatched")
    amounts = rows_shown(clerk, "work_list", 1)
    colleague = browser.new_page(viewport=SIZE)
    colleague.set_default_timeout(60_000)
    upload(desk, colleague, bai2(("LARGER", "77777.77"), ("LARGEST", "111111.11"), day="261110"))
    colleague.close()
    choose_row(clerk, 4)
    assert f"{Decimal(amounts[4]):,}" in clerk.locator(".st-key-work_strip").inner_text()
    assert rows_shown(clerk, "work_list", 1)[6] == amounts[4]


def test_settings_try_a_rule(desk: App, clerk, tmp_path: Path):
    """A rule switched off tells what would be open again, and nothing has changed."""
    open_page(clerk, f"{desk.address}/settings", "Settings")
    choose_row(clerk, 4)
    clerk.locator(".st-key-rule_on_damaged_trace label").first.click()
    settle(clerk)
    clerk.get_by_role("button", name="Try it").click()
    clerk.get_by_text("Would unmatch").first.wait_for()
    settle(clerk)
    keep_picture(clerk, "settings_try", tmp_path)
