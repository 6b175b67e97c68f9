"""Letters: every field from the record, refused by the field's name, kept byte for byte, texts checked."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from analysis.casework.acts import by_id
from analysis.casework.letter_kinds import FIELDS, KINDS, check_text, placeholders
from analysis.casework.letter_settings import letter_settings, set_head, set_text
from analysis.casework.letters import kept_letter, letters
from analysis.casework.payers import save_payer
from analysis.casework.worklist import history, worklist
from analysis.credits import refund_steps as steps
from analysis.credits.refund_checks import Wanted as WantedRefund
from analysis.exports import letter_docx
from analysis.exports.letter import letters_pdf
from analysis.exports.letter_run import Printed, print_letters
from analysis.match.decisions import Who
from analysis.match.run import match
from analysis.problems import DayClosed, RequestRefused
from analysis.store import Store, open_store
from analysis.tieout.closing import prepare, review
from analysis.tieout.verify import verify
from tests.credits.test_causes import ACCOUNTS, LEDGER, SETTLED, TWICE, ledger_of
from tests.files import bai2, loaded, remittance_835, table_csv

DAY = date(2026, 11, 13)
ANA, BEN = Who("ana", DAY), Who("ben", DAY)
HEAD = {
    "site_name": "Cedar <Hollow> & Sons",
    "site_address": "1 Hill\nTown, OH 44001",
    "site_phone": "555-0100",
    "signed_by": "Ana Lopez",
    "bank_name": "First Harbor",
    "bank_address": "2 Quay\nTown, OH 44001",
}
FROM_TO = "for the service from May 1, 2026 to May 2, 2026 stands"
PAYER = {"payer_name": "ALPHA", "payer_ids": "1999999999", "address": "PO Box 7\nTown, OH 44001"}


CASES: dict[str, Any] = {}
"""The cases of that store by id, asked once: what is printed does not change which there are."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A remittance without money, a take-back, a deposit without remittance, credits of a payer and of a patient."""
    path = tmp_path_factory.mktemp("letters") / "made.duckdb"
    extract = ",".join((ACCOUNTS, "service_from", "service_to"))
    with open_store(path) as store:
        loaded(
            store,
            remittance_835("TRACE1", "900.00", payer_name="ALPHA"),
            remittance_835(
                "TRACE2", "80.00", claims=[("A1000001", "100.00")], plb=[("WO", "20.00")], control=2, payer_name="ALPHA"
            ),
            bai2(("142", "44000")),
            table_csv(
                extract,
                'A1000001,"ROE, JANE",1980-01-01,,ALPHA,BETA,-300.00,2026-11-13,2026-05-01,2026-05-02',
                'A2000002,"DOE, KIM",1980-01-01,,ALPHA,BETA,-75.00,2026-11-13,2026-08-31,2026-08-31',
            ),
            table_csv(
                LEDGER,
                *ledger_of("A1000001", *TWICE),
                *ledger_of("A2000002", *SETTLED, "08-01 PAYMENT PATIENT - -75.00 R2"),
            ),
        )
        match(store, DAY, "tests")
        CASES.update(by_id(worklist(store, DAY)))
    return path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of that store."""
    shutil.copy(made, tmp_path / "desk.duckdb")
    with open_store(tmp_path / "desk.duckdb") as store:
        yield store


def text_of(pdf: bytes) -> str:
    """What stands in the PDF, without blanks."""
    return b"".join(re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", pdf)).decode("cp1252").replace(" ", "")


def case_of(item_type: str, **other: Any) -> str:
    """The case of the first item of that type."""
    wanted = {"item_type": item_type, **other}
    return next(one for one, row in CASES.items() if all(row[name] == value for name, value in wanted.items()))


def printed(store: Store, kind: str, *case_ids: str, **other: Any) -> Printed:
    """What became of letters of that kind."""
    return print_letters(store, CASES, kind, case_ids, ANA, **other)


def whole(store: Store) -> None:
    """Letterhead and payer are there."""
    set_head(store, HEAD, ANA, "ours")
    save_payer(store, PAYER, "ana")


def refunded(store: Store, account: str, payee_type: str, name: str, amount: str) -> None:
    """The credit's refund went out."""
    wanted = WantedRefund(account, payee_type, name, "9 Elm, Town OH", Decimal(amount), "paid twice", "both EOBs")
    number = steps.request(store, wanted, ANA)
    steps.approve(store, number, 1, BEN)
    steps.export(store, [(number, 1)], BEN)


@pytest.mark.parametrize(
    ("kind", "item_type", "words"),
    [
        pytest.param(
            "missing_payment",
            "remittance_without_deposit",
            ("ALPHA\nPO Box 7", "TRACE1", "$900.00", "November 2, 2026", "Method: ACH", "Claims on the advice: 1"),
            id="missing payment",
        ),
        pytest.param(
            "ccd_addenda",
            "deposit_without_remittance",
            ("First Harbor\n2 Quay", "$440.00", "ending in 5678", "November 2, 2026"),
            id="addenda",
        ),
        pytest.param(
            "unidentified_payer",
            "deposit_without_remittance",
            ("First Harbor\n2 Quay", "Who sent $440.00", "5678"),
            id="unidentified payer",
        ),
        pytest.param(
            "takeback_dispute",
            "takeback_without_opening",
            ("ALPHA\nPO Box 7", "Code: WO", "REFWO", "Amount: $20.00", "TRACE2"),
            id="take-back",
        ),
        pytest.param(
            "patient_balance",
            "credit_balance",
            ("JANE ROE\n5 Elm", "A1000001", "Balance: -$300.00", "more than was owed, by $300.00", FROM_TO),
            id="patient's balance",
        ),
    ],
)
def test_a_letter_is_filled_from_its_case(desk: Store, kind: str, item_type: str, words: tuple[str, ...]) -> None:
    """Every field; it is kept, as the PDF that was printed, with the history of the case."""
    whole(desk)
    named = {"missing_payment": "TRACE1", "patient_balance": "A1000001"}
    case = case_of(item_type, **({"reference": named[kind]} if kind in named else {}))
    done = printed(desk, kind, case, address="5 Elm" if KINDS[kind].party == "patient" else "")
    assert done.refused == [] and done.words == "1 of 1 letters printed"
    one = done.done[0][1]
    text = f"{one.letterhead}\n{one.addressee}\n{one.address}\n{one.subject}\n{one.body}"
    assert [word for word in (*words, "Cedar <Hollow> & Sons", "Ana Lopez", one.number) if word not in text] == []
    assert not re.search(r"[{}]|None|nan", text)
    kept = kept_letter(desk, one.letter_id)
    assert kept.letter == one and kept.case_id == case and kept.pdf == done.pdf == letters_pdf([one])
    assert "Cedar<Hollow>&Sons" in text_of(kept.pdf)
    told = history(desk, case).iloc[-1]
    assert (told["channel"], told["decided_by"]) == ("letter", "ana") and one.number in told["said"]
    assert "Cedar <Hollow> & Sons" in "\n".join(part.text for part in Document(io.BytesIO(letter_docx(one))).paragraphs)
    assert [one.failures for one in verify(desk, ("letter_faults", "case_histories"))] == [0, 0]


@pytest.mark.parametrize(
    ("account", "payee_type", "name", "amount"),
    [
        pytest.param("A1000001", "PAYER", "ALPHA", "300.00", id="to a payer"),
        pytest.param("A2000002", "PATIENT", "DOE, KIM", "75.00", id="to a patient"),
    ],
)
def test_a_refund_cover_is_the_refund_that_went_out(
    desk: Store, account: str, payee_type: str, name: str, amount: str
) -> None:
    """Refused until its list has gone out; then it tells what the list and the remittances tell."""
    whole(desk)
    case, kind = case_of("credit_balance", reference=account), f"refund_cover_{payee_type.lower()}"
    assert "went out" in printed(desk, kind, case).refused[0][1]
    refunded(desk, account, payee_type, name, amount)
    one = printed(desk, kind, case).done[0][1]
    assert one.address == "9 Elm, Town OH" and "TR0000001" in one.body and f"${amount}" in one.subject
    if payee_type == "PAYER":
        assert "ICNA1000001" in one.subject and "TRACE2" in one.body
    else:
        assert one.addressee == "KIM DOE"
    other = print_letters(desk, CASES, kind, [case], ANA, export_id=99)
    assert other.done == []


def test_a_letter_that_lacks_a_field_is_refused_by_its_name(desk: Store) -> None:
    """What is missing and where it is filled in, all at once; nothing is kept."""
    case = case_of("remittance_without_deposit", reference="TRACE1")
    why = printed(desk, "missing_payment", case).refused[0][1]
    assert "the payer: save ALPHA under Reference, with the address that it is offered with (addressee, " in why
    assert "the site's name (site_name, under Settings)" in why and "who signs (signed_by, under Settings)" in why
    set_head(desk, HEAD, ANA, "ours")
    number = save_payer(desk, PAYER | {"address": ""}, "ana")
    why = printed(desk, "missing_payment", case).refused[0][1]
    assert why == "the letter lacks the payer's address (address, under Reference)"
    assert letters(desk).empty and history(desk, case).empty
    save_payer(desk, PAYER, "ana", number, 1)
    assert printed(desk, "missing_payment", case).refused == []


def test_one_day_of_service_is_one_day(desk: Store) -> None:
    """Never from a day to the same day."""
    whole(desk)
    one = printed(desk, "patient_balance", case_of("credit_balance", reference="A2000002"), address="5 Elm").done[0][1]
    assert "for the service on August 31, 2026 stands" in one.body


def test_a_patients_address_is_typed_for_one_letter(desk: Store) -> None:
    """It stands in no extract; and one address is never printed for several."""
    whole(desk)
    case = case_of("credit_balance")
    why = printed(desk, "patient_balance", case).refused[0][1]
    assert why == "the letter lacks the patient's address (address, in the form of the letter)"
    with pytest.raises(RequestRefused, match="is for one letter"):
        printed(desk, "patient_balance", case, case, address="5 Elm")


def test_many_become_one_pdf_and_the_refused_are_told(desk: Store) -> None:
    """Each kept on its own; wrong items, unknown and doubled cases are refused with why; the cases wait for one day."""
    whole(desk)
    good = case_of("remittance_without_deposit", reference="TRACE1")
    other = case_of("remittance_without_deposit", reference="TRACE2")
    wrong = case_of("deposit_without_remittance")
    run = printed(desk, "missing_payment", good, other, wrong, "none", good, answer_by=date(2026, 11, 20))
    assert [case for case, _ in run.done] == [good, other] and run.words == "2 of 5 letters printed"
    told = dict(run.refused)
    assert "not about deposit without remittance" in told[wrong] and "no case none" in told["none"]
    assert "named twice" in told[good]
    assert run.pdf.count(b"/Type /Page\n") + run.pdf.count(b"/Type /Page ") == 2
    cases = by_id(worklist(desk, DAY))
    assert (cases[good]["state"], cases[good]["next_on"]) == ("waiting", date(2026, 11, 20))
    assert len(letters(desk)) == 2 and len(letters(desk, good)) == 1


def test_a_name_that_the_fonts_lack_is_refused(desk: Store) -> None:
    """`Ł` is printed, an accent that no font has is dropped, another alphabet is refused."""
    whole(desk)
    case = case_of("remittance_without_deposit", reference="TRACE1")
    set_head(desk, {"signed_by": "Jiří"}, ANA, "ours")
    assert "Jiri" in text_of(printed(desk, "missing_payment", case).pdf).replace("\\355", "i").replace("í", "i")
    set_head(desk, {"signed_by": "Łucja"}, ANA, "ours")
    done = printed(desk, "missing_payment", case)
    assert b"Bitstream" in done.pdf and done.pdf == letters_pdf([done.done[0][1]])
    set_head(desk, {"signed_by": "Анна"}, ANA, "ours")
    assert "fonts lack" in printed(desk, "missing_payment", case).refused[0][1]


def test_no_letter_is_printed_as_of_a_closed_day(desk: Store) -> None:
    """As nothing else is decided then."""
    whole(desk)
    case = case_of("remittance_without_deposit", reference="TRACE1")
    prepare(desk, DAY, "ana", "seen")
    review(desk, DAY, "ben", "seen")
    with pytest.raises(DayClosed):
        printed(desk, "missing_payment", case)
    assert letters(desk).empty


@pytest.mark.parametrize(
    ("subject", "body", "reason", "words"),
    [
        pytest.param("Hello {payer_nam}", "text", "why", "{payer_nam} is no field", id="a field that is none"),
        pytest.param("Hello", "{patient_name}", "why", "is no field of this letter", id="a field of other letters"),
        pytest.param("Hello", "{payer_name", "why", "brace without its partner", id="an open brace"),
        pytest.param("Hello {0.__class__}", "text", "why", "is no field", id="a trick"),
        pytest.param("Hello", "", "why", "both a subject and a text", id="no text"),
        pytest.param("Hello", "text", " ", "reason", id="no reason"),
    ],
)
def test_a_text_is_checked_before_it_holds(desk: Store, subject: str, body: str, reason: str, words: str) -> None:
    """Every field that it names is one of the letter's; else it is refused and the old one holds."""
    before = letter_settings(desk, DAY)
    with pytest.raises(RequestRefused, match=re.escape(words)):
        set_text(desk, "missing_payment", subject, body, ANA, reason)
    assert letter_settings(desk, DAY) == before


def test_the_sites_own_text_holds_from_its_day(desk: Store) -> None:
    """It is printed; both empty gives Tieout's own again."""
    whole(desk)
    case = case_of("remittance_without_deposit", reference="TRACE1")
    set_text(desk, "missing_payment", "Trace {trace_number}", "Ours for {payment_amount}.\n\n{signed_by}", ANA, "ours")
    one = printed(desk, "missing_payment", case).done[0][1]
    assert (one.subject, one.body) == ("Trace TRACE1", "Ours for $900.00.\n\nAna Lopez")
    assert "missing_payment" not in letter_settings(desk, date(2026, 11, 12)).own
    set_text(desk, "missing_payment", "", "", ANA, "back")
    assert letter_settings(desk, DAY).texts["missing_payment"][0] == KINDS["missing_payment"].subject


@pytest.mark.parametrize("kind", list(KINDS))
def test_tieouts_own_texts_name_known_fields(kind: str) -> None:
    """And every field has its words and its place."""
    form = KINDS[kind]
    for text in (form.subject, form.body):
        check_text(form, text)
        assert placeholders(text)
    assert form.known <= set(FIELDS)
