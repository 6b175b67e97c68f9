"""Letters about cases: filled from the record, refused while a field is missing, kept with the case as a contact.

What was printed is kept byte for byte. A letter's text may name a patient: it stands with its case and nowhere else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.casework.guards import Row
from analysis.casework.letter_facts import LOOKED_FOR, LetterFacts
from analysis.casework.letter_kinds import ALWAYS, FIELDS, KINDS, LetterKind, filled, placeholders
from analysis.casework.letter_settings import LetterSettings
from analysis.casework.wanted import Contact, Wanted
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, query
from analysis.store.matches import write
from analysis.store.queries import query_table

LONGEST_ADDRESS = 500
_GO_WITH_ADDRESSEE = ("address", "payer_name", "bank_name", "bank_address")
"""Who is not known has no name and no address either: one of them is told as missing."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is printed. `letterhead` and `address` are lines; `body` has a blank line between paragraphs."""

    letter_id: int
    kind: str
    letter_date: date
    letterhead: str
    addressee: str
    address: str
    subject: str
    body: str

    @property
    def number(self) -> str:
        """`L0000012`."""
        return letter_number(self.letter_id)


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter that was printed: its text, its case and the bytes of its PDF."""

    letter: Letter
    case_id: str
    pdf: bytes


def letter_number(letter_id: int) -> str:
    """How a letter is told: `L0000012`."""
    return f"L{letter_id:07d}"


def compose(
    facts: LetterFacts, in_force: LetterSettings, kind: str, case: Row, letter_id: int, typed_address: str = ""
) -> Letter:
    """The letter of that kind about the case. Raises `DecisionRefused` that names each missing field and its place."""
    form = _fitting(kind, case)
    if len(typed_address) > LONGEST_ADDRESS:
        raise DecisionRefused(f"an address has at most {LONGEST_ADDRESS} characters")
    subject, body = in_force.texts[kind]
    fields = facts.fields(form, case, in_force.head, typed_address)
    fields |= {"letter_number": letter_number(letter_id), "letter_date": _long(facts.as_of)}
    named = [*ALWAYS, *placeholders(subject), *placeholders(body)]
    missing = [name for name in dict.fromkeys(named) if not fields.get(name)]
    if "addressee" in missing:
        missing = [name for name in missing if name not in _GO_WITH_ADDRESSEE]
    if missing:
        raise DecisionRefused(f"the letter lacks {'; '.join(_lacking(name, form, fields) for name in missing)}")
    head = [fields["site_name"], fields["site_address"], fields.get("site_phone", "")]
    return Letter(
        letter_id,
        kind,
        facts.as_of,
        "\n".join(line for line in head if line),
        fields["addressee"],
        fields["address"],
        filled(subject, fields),
        filled(body, fields),
    )


def wanted_of(case_id: str, letter: Letter, pdf: bytes, answer_by: date | None) -> Wanted:
    """What keeps the letter with its case: a contact by letter, with the bytes that were printed."""
    form = KINDS[letter.kind]
    said = f"Letter {letter.number}: {form.title}, to {letter.addressee}"
    row = {
        "letter_id": letter.letter_id,
        "letter_kind": letter.kind,
        "letter_date": letter.letter_date,
        **{name: getattr(letter, name) for name in ("letterhead", "addressee", "address", "subject", "body")},
        "pdf": pdf,
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
    }
    contact = Contact(form.party, "letter", said, next_on=answer_by)
    return Wanted(case_id, None, "contact", contact=contact, letter=row)


def take_numbers(store: Store, how_many: int) -> int:
    """The first of so many numbers of letters, now taken; of a letter that is refused the number stays unused."""
    return write(store, lambda writer: writer.next_ids("letter", how_many)) + 1


def letters(store: Store, case_id: str | None = None) -> pd.DataFrame:
    """The letters that were printed, of one case or of all, the newest first. Grain: one row per letter. Units: UTC."""
    return query(store, "letters/kept", {"case_id": case_id})


def kept_letter(store: Store, letter_id: int) -> KeptLetter:
    """A letter as it was printed. Raises `RequestRefused` where there is none, or where its bytes are not those."""
    rows = query_table(store, "letters/one", {"letter_id": letter_id}).to_pylist()
    if not rows:
        raise RequestRefused(f"there is no letter {letter_number(letter_id)}")
    row: Mapping[str, Any] = rows[0]
    if hashlib.sha256(row["pdf"]).hexdigest() != row["pdf_sha256"]:
        raise RequestRefused(f"the bytes of letter {letter_number(letter_id)} are not those that were printed")
    names = ("letterhead", "addressee", "address", "subject", "body")
    letter = Letter(letter_id, row["letter_kind"], row["letter_date"], **{name: row[name] for name in names})
    return KeptLetter(letter, row["case_id"], row["pdf"])


def _fitting(kind: str, case: Row) -> LetterKind:
    if kind not in KINDS:
        raise RequestRefused(f"there is no letter {kind}; there are {', '.join(KINDS)}")
    form = KINDS[kind]
    if case["item_type"] not in form.item_types:
        about = ", ".join(one.replace("_", " ") for one in form.item_types)
        raise DecisionRefused(f"this letter is about {about}, not about {case['item_type'].replace('_', ' ')}")
    return form


def _lacking(name: str, form: LetterKind, fields: Mapping[str, str]) -> str:
    words, place = FIELDS[name]
    if name in ("addressee", "address") and form.source == "refund":
        place = "Refunds"
    elif name in ("addressee", "address") and form.party == "bank":
        words, place = FIELDS[f"bank_{'name' if name == 'addressee' else 'address'}"]
    elif name in ("addressee", "address"):
        words = f"the {form.party}'s {'name' if name == 'addressee' else 'address'}"
        place = place if form.party == "payer" else "the form of the letter"
    if name == "addressee" and LOOKED_FOR in fields:
        words = f"the payer: {fields[LOOKED_FOR]}"
    return f"{words} ({name}, under {place})" if place[0].isupper() else f"{words} ({name}, in {place})"


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
