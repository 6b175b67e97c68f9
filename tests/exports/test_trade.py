"""What leaves a service company's house names no patient and no claim; headings are the contract's in any trade."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

from analysis.casework.worklist import worklist
from analysis.credits.clocks import clocks, set_clock
from analysis.credits.worklists import corrections_of, instructions
from analysis.exports import report_frame, to_csv
from analysis.exports.certificate import certificate_pdf, certificate_xlsx
from analysis.exports.worklist_sheet import worklist_xlsx
from analysis.match.decisions import Who
from analysis.reports import REPORTS
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.tieout.certificate import certificate
from analysis.tieout.closing import prepare
from analysis.trade import speak_for
from analysis.trade_words import HOSPITAL, speak, spoken
from tests.stores import service_store

FORBIDDEN = re.compile(r"patient|claim|hospital|\beob|835|medicare|insur", re.IGNORECASE)


@pytest.fixture(scope="module")
def company() -> Iterator[Store]:
    """The service company's sample; a hospital's words are spoken again afterwards."""
    with service_store() as store:
        speak_for(store)
        yield store
    speak(HOSPITAL)


@pytest.mark.parametrize("name", ["unmatched", "variances", "explanations", "worklist", "credits", "corrections"])
def test_a_report_keeps_its_headings_and_says_its_trade(company: Store, name: str) -> None:
    """The columns are those of a hospital's report, the cells a service company's."""
    frame = REPORTS[name].make(company, AS_OF)
    said = to_csv(report_frame(frame, name)).decode()
    heading, _, rows = said.partition("\r\n")
    assert rows.strip() and not FORBIDDEN.search(rows)
    speak(HOSPITAL)
    try:
        own = to_csv(report_frame(frame, name)).decode()
    finally:
        speak_for(company)
    assert own.partition("\r\n")[0] == heading


def test_credits_are_refunded_to_customers(company: Store) -> None:
    """The dispositions that a hospital calls refund_patient and refund_payer, and the party."""
    found = report_frame(REPORTS["credits"].make(company, AS_OF), "credits")
    assert set(found["disposition"]) == {"refund_customer", "refund_third_party", "correct_adjustment"}
    assert set(found["owed_to"].dropna()) == {"CUSTOMER", "ALDER COUNTY TREASURER"}


def test_the_worklists_go_out(company: Store) -> None:
    """The correction for the invoicing system, and the cases as a workbook."""
    rows = report_frame(corrections_of(instructions(company, AS_OF)), "corrections")
    assert list(rows["account_number"]) == ["INV-29806"]
    with zipfile.ZipFile(io.BytesIO(worklist_xlsx(worklist(company, AS_OF), AS_OF))) as book:
        cells = book.read("xl/sharedStrings.xml").decode()
    assert "INV-29806" in cells and "refund customer" in cells.lower()


def test_a_certificate_speaks_of_invoices(company: Store) -> None:
    """Text of the PDF and all sheets of the workbook."""
    prepare(company, AS_OF, "ana", "seen", account="tests")
    one = certificate(company, AS_OF)
    text = certificate_pdf(one).decode("latin-1")
    assert "Explanations" in text and not FORBIDDEN.search(text)
    with zipfile.ZipFile(io.BytesIO(certificate_xlsx(one))) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert not FORBIDDEN.search(re.sub(r"<[^>]+>", " ", cells))


def test_names_and_codes_are_left_alone(company: Store) -> None:
    """Whole words only, never capitals: a customer may be called so."""
    assert spoken("PATIENT CARE INC paid 12.00") == "PATIENT CARE INC paid 12.00"
    assert spoken("The payer's claim; patients") == "The customer's invoice; customers"
    assert spoken("reclaimed") == "reclaimed"


def test_only_clocks_that_hold_for_every_trade_run(company: Store) -> None:
    """Unclaimed property's, and what the site sets itself; none of Medicare's or of insurance law."""
    assert {name.partition(".")[0] for name in clocks(company, AS_OF)} == {"dormancy_years"}
    set_clock(company, "patient_days.TX", 20, Who("ana", AS_OF), "our own terms of business")
    assert clocks(company, AS_OF)["patient_days.TX"]["value"] == 20
