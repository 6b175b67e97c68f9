"""Two people in two browsers work the sample fortnight to an empty list, on one server, at the same time."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, TimeoutError

from analysis.casework.codes import TURNS_TO_WORK
from analysis.casework.letter_settings import set_head
from analysis.casework.payers import save_payer
from analysis.casework.work_settings import set_supervisors
from analysis.casework.worklist import worklist
from analysis.match.decisions import Who
from analysis.sample import AS_OF
from analysis.store import open_store
from analysis.ui import words
from analysis.ui.filters import link
from analysis.ui.opening import PERSON_HEADER
from tests.browser.conftest import SIZE, served
from tests.browser.doors import HEADER, door
from tests.browser.driving import choose_all, download, open_page, press, press_and_hear, settle, text, toast
from tests.stores import fortnight_file

pytestmark = [pytest.mark.browser]

TOMORROW = AS_OF + timedelta(days=1)
TO_COME = AS_OF + timedelta(days=4)
WITHOUT_DEPOSIT = "remittance_without_deposit"
SHARES = {
    "ana": ("unmatched", "rejected", "takeback", "file"),
    "ben": ("variance", "credit"),
}
"""Whose kinds of cases are whose."""


@dataclass(frozen=True)
class Person:
    """Somebody at a browser of their own, with the address by which they come in."""

    name: str
    address: str
    page: Page

    def sees(self, view: str = "", title: str = "Worklist", **asked: str | Sequence[str]) -> Page:
        """That page with those parameters, drawn."""
        query = f"?{urlencode(asked, doseq=True)}" if asked else ""
        open_page(self.page, f"{self.address}/{view or 'worklist'}{query}", title)
        return self.page

    def sees_kinds(self, kinds: Sequence[str], **asked: str | Sequence[str]) -> Page:
        """The worklist of cases of those kinds whose turn it is."""
        return self.sees(**link("worklist", case_kind=kinds, turn=TURNS_TO_WORK), **asked)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The sample fortnight, with a letterhead, addresses for letters and ben as supervisor."""
    path = fortnight_file(tmp_path / "tieout.duckdb")
    with open_store(path) as store:
        site = {"site_name": "Cedar Hollow", "site_address": "1 Hill\nTown", "signed_by": "Ana Lopez"}
        set_head(store, site, Who("ana", AS_OF), "ours")
        set_supervisors(store, "ben", Who("ana", AS_OF), "our lead")
        cases = worklist(store, AS_OF)
        for payer in cases[cases["item_type"] == WITHOUT_DEPOSIT]["payer_name"].unique():
            save_payer(store, {"payer_name": str(payer), "address": "PO Box 7\nTown, OH 44001"}, "ana")
    return path


@contextmanager
def at_work(path: Path, browser) -> Iterator[tuple[Person, Person]]:
    """Ana and Ben, each in a browser of their own, at one server."""
    with served(path) as app, ExitStack() as opened:
        there = []
        for name in SHARES:
            address = opened.enter_context(door(app.address, name))
            page = browser.new_context(viewport=SIZE, accept_downloads=True).new_page()
            page.set_default_timeout(60_000)
            there.append(Person(name, address, page))
        yield there[0], there[1]
        for person in there:
            person.page.context.close()


def test_a_fortnight_is_worked_to_an_empty_list(
    path: Path, browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They collide and are told, share the list, decide, print, promise, work in a spreadsheet; nothing is left."""
    monkeypatch.setenv(PERSON_HEADER, HEADER)
    with at_work(path, browser) as (ana, ben):
        claims_collide(ana, ben)
        the_slower_save_is_refused(ana, ben)
        for person in (ana, ben):
            takes_a_share(person)
        confirms_what_is_proposed(ana)
        resolves_at_once(ana, "takeback", "accepted")
        promised = logs_a_promise(ana)
        prints_a_letter(ana)
        works_in_a_spreadsheet(ben, ana, tmp_path)
        lifts_the_limits(ben)
        for person in (ana, ben):
            puts_off_what_is_left(person)
        for person in (ana, ben):
            assert "Nothing is left to do today" in text(person.sees(worklist_whose="All"))
            picture(person, "worked_to_an_empty_list", tmp_path)
            assert "Mine: 0" in text(person.sees("today", "Today"))
        with_promise = ana.sees(as_of=str(TOMORROW))
        assert f"case={promised}" in with_promise.url and "★ Promise due" in text(with_promise)
    with open_store(path) as store:
        cases = worklist(store, AS_OF)
    assert not cases["turn"].isin(TURNS_TO_WORK).any()
    assert set(cases["owner"].dropna()) == set(SHARES)


def claims_collide(ana: Person, ben: Person) -> None:
    """Both see the same case first; ana takes it, ben is told by name, and his next best is another."""
    ana.sees(), ben.sees()
    first = case_of(ana)
    assert first == case_of(ben)
    press_and_hear(ana.page, "t", "Claimed until")
    press(ben.page, "t")
    assert "is claimed by ana until" in refused(ben.page)
    press_and_hear(ben.page, "n", "Next best")
    assert case_of(ben) != first and "claimed by ben until" in text(ben.page)
    press_and_hear(ana.page, "f", "Released")
    press_and_hear(ben.page, "f", "Released")


def the_slower_save_is_refused(ana: Person, ben: Person) -> None:
    """Both open one case; ana saves; what ben saves on top is refused with what changed and by whom."""
    case = case_of(ana)
    for person in (ana, ben):
        person.sees(case=case)
    choose(ana.page, f"case-{case}-0_priority", words.code("high"))
    ana.page.locator(f".st-key-case-{case}-0_save button").click()
    toast(ana.page, "Saved")
    ben.page.locator(f".st-key-case-{case}-0_owner input").fill("ben")
    ben.page.locator(f".st-key-case-{case}-0_save button").click()
    told = refused(ben.page)
    assert "ana" in told and "normal → high" in told


def takes_a_share(person: Person) -> None:
    """All cases of the person's kinds are theirs with one change; n of n."""
    page = person.sees_kinds(SHARES[person.name])
    ticked = tick_all(page)
    page.locator(".st-key-bulk_owner input").fill(person.name)
    assert_changed(page, ticked)


def confirms_what_is_proposed(person: Person) -> None:
    """On Unmatched, Enter confirms proposal after proposal until none that is certain is left."""
    page = person.sees("unmatched", "Unmatched", unmatched_state="Proposed")
    for _ in range(3):
        press_and_hear(page, "Enter", "Confirmed")


def resolves_at_once(person: Person, kind: str, resolution: str) -> None:
    """All cases of a kind are resolved by one code."""
    page = person.sees_kinds([kind])
    ticked = tick_all(page)
    choose(page, "bulk_state", words.code("case_resolved"))
    choose(page, "bulk_resolution", words.code(resolution))
    assert_changed(page, ticked)


def logs_a_promise(person: Person) -> str:
    """The payer of a small case promised something for tomorrow; the case's id."""
    page = person.sees_kinds(["unmatched"], worklist_whose="Mine")
    first = case_of(person)
    press(page, "ArrowDown")
    page.wait_for_url(lambda address: first not in address)
    settle(page)
    case = case_of(person)
    page.get_by_role("tab", name="Contact").click()
    settle(page)
    form = page.locator(f"[class*='st-key-case-{case}-'][class*='_said'] textarea")
    form.fill("they look for the cheque")
    page.locator(f"[class*='st-key-case-{case}-'][class*='_promised'] input").first.fill("the cleared cheque")
    pick_day(page, f"[class*='st-key-case-{case}-'][class*='_promised_by']", TOMORROW)
    page.locator(f"[class*='st-key-case-{case}-'][class*='_log'] button").click()
    toast(page, "The contact is logged")
    return case


def prints_a_letter(person: Person) -> None:
    """One case's letter is printed, and its PDF downloaded."""
    types = link("worklist", item_type=[WITHOUT_DEPOSIT])
    page = person.sees(**types, worklist_whose="Mine")
    page.get_by_role("tab", name="Letter").click()
    page.get_by_role("button", name="Print the letter").click()
    page.get_by_text("kept with the case").first.wait_for()
    settle(page)
    name, pdf = download(page, "as PDF")
    assert name == "L0000001.pdf" and pdf.startswith(b"%PDF")


def works_in_a_spreadsheet(person: Person, other: Person, tmp_path: Path) -> None:
    """The person's variances wait by a workbook worked in; the one that the other changed meanwhile does not."""
    page = person.sees_kinds(["variance"], worklist_whose="Mine")
    page.get_by_text("Work in a spreadsheet").click()
    settle(page)
    _, exported = download(page, "Download")
    book = load_workbook(io.BytesIO(exported))
    sheet = book["Worklist"]
    place = {cell.value: cell.column for cell in sheet[1]}
    cases = []
    for row in range(2, sheet.max_row + 1):
        cases.append(str(sheet.cell(row, place["case_id"]).value))
        sheet.cell(row, place["state"]).value = "waiting"
        sheet.cell(row, place["next_on"]).value = TO_COME
        sheet.cell(row, place["note"]).value = "asked the poster"
    worked = tmp_path / "worked.xlsx"
    book.save(worked)
    changes_priority(other, cases[3])
    page.locator("input[type=file]").set_input_files(worked)
    settle(page)
    page.get_by_role("button", name="Take what was changed").click()
    page.get_by_text(re.compile(r"\d+ of \d+ changed rows taken")).first.wait_for()
    settle(page)
    told = text(page)
    assert cases[3] in told and other.name in told


def changes_priority(person: Person, case: str) -> None:
    """The case is of high priority."""
    page = person.sees(case=case)
    choose(page, f"case-{case}-1_priority", words.code("high"))
    page.locator(f".st-key-case-{case}-1_save button").click()
    toast(page, "Saved")


def lifts_the_limits(person: Person) -> None:
    """The supervisor lifts the age limit of all that are too old, with one reason."""
    page = person.sees(**link("worklist", limit_state=["blocked"]), worklist_whose="Mine")
    ticked = tick_all(page)
    page.locator(".st-key-bulk_lift_why input").fill("the audit firm works on these")
    page.locator(".st-key-bulk_lift button").click()
    page.get_by_text(f"{ticked} of {ticked} done").first.wait_for()
    settle(page)


def puts_off_what_is_left(person: Person) -> None:
    """What is left of the person's list waits for its date."""
    page = person.sees(**link("worklist", turn=TURNS_TO_WORK), worklist_whose="Mine")
    ticked = tick_all(page)
    choose(page, "bulk_state", words.code("case_waiting"))
    pick_day(page, ".st-key-bulk_next_on", TO_COME)
    page.locator(".st-key-bulk_note input").fill("asked; answer awaited")
    assert_changed(page, ticked)


# --- the page's parts ----------------------------------------------------------------------------------------------


def case_of(person: Person) -> str:
    """The case that the person's address names."""
    return parse_qs(urlsplit(person.page.url).query)["case"][0]


def refused(page: Page) -> str:
    """What the page says was not done, and why."""
    page.locator(".st-key-refused").wait_for()
    settle(page)
    return page.locator(".st-key-refused").inner_text()


def tick_all(page: Page) -> int:
    """Every case shown is ticked; how many."""
    page.get_by_text("Tick several").click()
    settle(page)
    choose_all(page)
    said = page.locator(".st-key-bulk_do button").inner_text()
    return int(re.findall(r"[\d,]+", said)[0].replace(",", ""))


def assert_changed(page: Page, count: int) -> None:
    """The change is carried out, for all that were ticked."""
    page.locator(".st-key-bulk_do button").click()
    page.get_by_text(f"{count} of {count} done").first.wait_for()
    settle(page)


def choose(page: Page, key: str, option: str) -> None:
    """The option of the select box with that key is chosen; opened again where a page drawn late closed the list."""
    offered = page.get_by_role("option", name=option, exact=True)
    for _ in range(3):
        page.locator(f".st-key-{key} input").click()
        with suppress(TimeoutError):
            offered.click(timeout=5_000)
            return
        page.keyboard.press("Escape")
    raise AssertionError(f"{key} does not offer {option}")


def pick_day(page: Page, place: str, day: date) -> None:
    """The day is typed into the date field."""
    page.locator(place).first.locator("[contenteditable=true], input").first.click()
    page.keyboard.type(f"{day:%Y%m%d}")


def picture(person: Person, name: str, tmp_path: Path) -> None:
    """A picture of the person's page, kept in TIEOUT_SCREENSHOTS."""
    folder = Path(os.environ.get("TIEOUT_SCREENSHOTS") or tmp_path)
    person.page.screenshot(path=folder / f"{name}_{person.name}.png")
