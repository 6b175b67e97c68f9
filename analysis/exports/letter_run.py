"""Printing letters about cases, one or many: those that lack nothing become a PDF and are kept, the others are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.casework.acts import act_on
from analysis.casework.guards import Row, case_of
from analysis.casework.letter_facts import LetterFacts
from analysis.casework.letter_settings import letter_settings
from analysis.casework.letters import Letter, compose, kept_letter, take_numbers, wanted_of
from analysis.exports.letter import letters_pdf
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store

MOST_AT_ONCE = 500


@dataclass(slots=True)
class Printed:
    """What became of the letters wanted: those printed with their case, those refused with why, the PDF of all."""

    done: list[tuple[str, Letter]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    pdf: bytes = b""

    @property
    def words(self) -> str:
        """`3 of 5 letters printed`."""
        return f"{len(self.done):,} of {len(self.done) + len(self.refused):,} letters printed"


def print_letters(
    store: Store,
    cases: Mapping[str, Row],
    kind: str,
    case_ids: Sequence[str],
    who: Who,
    *,
    address: str = "",
    answer_by: date | None = None,
    export_id: int | None = None,
) -> Printed:
    """A letter of that kind about each case that lacks nothing for it, kept with its case; the others are told why not.

    `address`: of a letter to a patient, where no refund tells it. `answer_by`: the day on which the cases come up
    again. `export_id`: of covers of refunds, the list they are of. Raises `RequestRefused` for too many at once,
    `DayClosed` as of a closed day.
    """
    if len(case_ids) > MOST_AT_ONCE:
        raise RequestRefused(f"at most {MOST_AT_ONCE} letters at once, found {len(case_ids):,}")
    if address.strip() and len(case_ids) > 1:
        raise RequestRefused("an address that is typed is for one letter")
    printed, facts, in_force = Printed(), LetterFacts(store, who.as_of, export_id), letter_settings(store, who.as_of)
    first = take_numbers(store, len(case_ids)) if case_ids else 0
    made: dict[str, tuple[Letter, bytes]] = {}
    for number, case_id in enumerate(case_ids, start=first):
        try:
            if case_id in made:
                raise DecisionRefused("the case is named twice; the first time counts")
            one = compose(facts, in_force, kind, case_of(cases, case_id, who), number, address)
            made[case_id] = one, letters_pdf([one])
        except RequestRefused as refusal:
            printed.refused.append((case_id, str(refusal)))
    wanted = [wanted_of(case_id, one, pdf, answer_by) for case_id, (one, pdf) in made.items()]
    outcome = act_on(store, cases, wanted, who)
    printed.refused += outcome.refused
    kept = set(outcome.done)
    printed.done = [(case_id, one) for case_id, (one, _) in made.items() if case_id in kept]
    if len(printed.done) == 1:
        printed.pdf = kept_letter(store, printed.done[0][1].letter_id).pdf
    elif printed.done:
        printed.pdf = letters_pdf([one for _, one in printed.done])
    return printed


def preview(store: Store, case: Row, kind: str, who: Who, address: str = "") -> Letter:
    """The letter as it would be printed, with the number 0; nothing is kept. Raises `DecisionRefused` where a field is
    missing."""
    return compose(LetterFacts(store, who.as_of), letter_settings(store, who.as_of), kind, case, 0, address)
