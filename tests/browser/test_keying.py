"""Fifty cheques keyed by the keyboard alone in an empty store, closed, and taken to a deposit slip."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.casework.keying import keyed_batches
from analysis.store import open_store, query
from tests.browser.conftest import SIZE, served
from tests.browser.driving import open_page, settle, text, titled, toast

pytestmark = [pytest.mark.browser]

COUNT = 50
AMOUNTS = [Decimal(f"{n}.25") for n in range(1, COUNT + 1)]
TOTAL = sum(AMOUNTS, Decimal())


def test_fifty_cheques_by_keyboard(tmp_path: Path, browser) -> None:
    """By keys from the first amount to the closed batch; nothing typed is lost, also not what is refused."""
    path = tmp_path / "tieout.duckdb"
    open_store(path).close()
    page = browser.new_page(viewport=SIZE)
    page.set_default_timeout(60_000)
    keys = page.keyboard
    with served(path) as app:
        open_page(page, f"{app.address}/keying", "Key a batch")
        page.get_by_label("Control total").wait_for()
        for typed in (f"{TOTAL}", f"{COUNT}"):
            keys.type(typed)
            keys.press("Enter")
        keys.press("Enter")
        for typed in ("111222", "NOVERIA MUTUAL", ""):
            keys.type(typed)
            keys.press("Enter")
        page.get_by_label("Amount", exact=True).wait_for()
        settle(page)
        keys.type("7.77")
        keys.press("Enter")
        keys.press("-")
        keys.press("Enter")
        keys.type("12x")
        keys.press("Enter")
        page.get_by_text("What was keyed: 12x").wait_for()
        page.get_by_role("button", name="Seen").click()
        page.get_by_text("What was keyed: 12x").wait_for(state="detached")
        page.get_by_label("Amount", exact=True).focus()
        settle(page)
        for amount in AMOUNTS:
            keys.type(f"{amount}")
            keys.press("Enter")
        page.get_by_text(f"{COUNT} of {COUNT}").wait_for()
        settle(page)
        assert "✓ ties" in text(page)
        keys.press("Alt+2")
        page.get_by_label("Cheque number or MICR line").wait_for()
        settle(page)
        for number in range(1, COUNT + 1):
            keys.type(f"{7000 + number}")
            for _ in range(4):
                keys.press("Enter")
        page.wait_for_function("window.tieoutPads.get('cheques_1').queue.length === 0")
        settle(page)
        keys.press("Alt+4")
        page.get_by_text("The batch balances to its control total and count.").wait_for()
        settle(page)
        keys.press("Alt+S")
        assert "K000001 is closed" in toast(page, "is closed")
        page.get_by_test_id("stPageLink").filter(has_text="To deposits").click()
        titled(page, "Deposits")
        assert f"{COUNT} rows · Amount {TOTAL:,}" in text(page)
    page.close()
    with open_store(path) as store:
        (batch,) = keyed_batches(store).to_dict("records")
        assert (batch["status"], batch["line_total"]) == ("closed", TOTAL)
        free = query(store, "slips/free_receipts", {"as_of": date(9999, 1, 1)})
    assert list(free["check_number"]) == [str(7000 + number) for number in range(1, COUNT + 1)]
    assert list(free["amount"]) == AMOUNTS
