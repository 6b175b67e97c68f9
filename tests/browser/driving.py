"""How the browser tests drive a page: open, wait until it is drawn, choose a row, follow a link, download."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

HEADING, ROW = 38, 35
DEBOUNCE_MS, DRAWING_MS = 150, 250
"""How long a table keeps a choice to itself before it asks for a run, and how long what came may take to stand."""

IS_IDLE = """() => {
    const app = document.querySelector('[data-testid="stApp"]')
    if (!app) return false
    if (!window.watched) {
        const watched = window.watched = {asked: 0, ran: 0}
        const send = WebSocket.prototype.send
        WebSocket.prototype.send = function (told) {
            watched.asked = performance.now()
            return send.call(this, told)
        }
        const noted = changes => {
            if (changes.some(one => one.oldValue === 'running')) watched.ran = performance.now()
        }
        const wanted = {attributes: true, attributeFilter: ['data-test-script-state'], attributeOldValue: true}
        new MutationObserver(noted).observe(app, wanted)
    }
    const {asked, ran} = window.watched
    const isAnswered = ran >= asked || performance.now() - asked > 3000
    const {testScriptState, testConnectionState} = app.dataset
    const isDrawn = !app.querySelector('[data-testid="stSkeleton"]')
    return isAnswered && isDrawn && testScriptState === 'notRunning' && testConnectionState === 'CONNECTED'
}"""
"""No script runs, one has run since the page last told the server anything, and nothing that it drew is a grey bar yet,
which hears no key. Not everything told asks for a run."""


def settle(page: Page) -> None:
    """The script has run to its end and what it drew stands."""
    page.wait_for_timeout(DEBOUNCE_MS)
    page.wait_for_function(IS_IDLE)
    page.wait_for_timeout(DRAWING_MS)
    page.wait_for_function(IS_IDLE)


def open_page(page: Page, address: str, title: str) -> None:
    """The page of that address is drawn, under that title."""
    page.goto(address)
    titled(page, title)


def titled(page: Page, title: str) -> None:
    """The page with that title is drawn."""
    page.locator("h1", has_text=title).first.wait_for()
    settle(page)


def go(page: Page, title: str) -> None:
    """The page is opened by the menu."""
    page.get_by_test_id("stSidebarNavLink").filter(has_text=title).first.click()
    titled(page, title)


def choose_row(page: Page, row: int = 0, table: int = 0) -> None:
    """The row of the table on the page is chosen by its tick box."""
    click_grid(page, HEADING + ROW * row + ROW // 2, table)
    settle(page)


def choose_all(page: Page) -> None:
    """The tick box in the heading of the first table is ticked."""
    click_grid(page, HEADING // 2)
    settle(page)


def click_grid(page: Page, below: int, table: int = 0) -> None:
    """The column of tick boxes is clicked so far below the table's edge, once the table stands and hears clicks."""
    grid = page.get_by_test_id("stDataFrame").nth(table)
    grid.scroll_into_view_if_needed()
    grid.locator("canvas").first.wait_for()
    grid.locator("tr[aria-rowindex]").nth(1).wait_for(state="attached")
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 15, box["y"] + below)


def follow(page: Page, words: str, title: str) -> None:
    """The link is clicked, once nothing is being drawn any more, and its page drawn."""
    settle(page)
    page.get_by_test_id("stPageLink").filter(has_text=words).first.click()
    titled(page, title)


def download(page: Page, words: str) -> tuple[str, bytes]:
    """Name and bytes of what the download button gives."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=words).first.click()
    path = coming.value.path()
    return coming.value.suggested_filename, Path(path).read_bytes()


def text(page: Page) -> str:
    """All that the main part of the page says."""
    return page.get_by_test_id("stMain").inner_text()


def press(page: Page, key: str) -> None:
    """A key is pressed on the page, with no field in focus."""
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press(key)
    settle(page)


def toast(page: Page, words: str) -> str:
    """What the newest toast with those words says, read before the page is drawn to its end: toasts do not stay."""
    told = page.get_by_test_id("stToast").filter(has_text=words).last
    told.wait_for()
    said = told.inner_text()
    settle(page)
    return said


def press_and_hear(page: Page, key: str, words: str) -> str:
    """A key is pressed on the page; what the toast that it brings says."""
    settle(page)
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press(key)
    return toast(page, words)


def give_reason(page: Page, reason: str) -> None:
    """The open dialog is given its reason, with the keyboard alone."""
    page.get_by_role("dialog").wait_for()
    field = page.get_by_label("Reason, in your own words")
    field.wait_for()
    page.wait_for_function("document.activeElement?.matches('.st-key-reason_words input')")
    page.keyboard.type(reason)
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(state="detached")


def rows_shown(page: Page, key: str, column: int) -> list[str]:
    """The cells of a column of the last table in the container of that key, from the top."""
    cells = (
        page.locator(f".st-key-{key}")
        .get_by_test_id("stDataFrame")
        .last.locator(f"[data-testid^=glide-cell-{column}-]")
    )
    cells.first.wait_for(state="attached")
    return [one.strip() for one in cells.all_inner_texts()]
