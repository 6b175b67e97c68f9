"""Letters on the worklist: one about the case that is worked on, seen before it is printed, or one about each ticked
case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from analysis.casework.letter_kinds import FIELDS, KINDS, kinds_for
from analysis.casework.letters import Letter, kept_letter, letter_number, letters
from analysis.exports import DOCX, letter_docx
from analysis.exports.certificate import PDF
from analysis.exports.letter_run import Printed, preview, print_letters
from analysis.problems import DecisionRefused, TieoutError
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.opening import store
from analysis.ui.tables import table
from analysis.ui.worklist_bench import CaseBench

_LISTED = ("letter_number", "letter_kind", "letter_date", "addressee", "printed_by", "printed_at")
_WIDTHS = {"letter_number": 100, "letter_kind": 250, "addressee": 260, "printed_by": 110}
_RUN = "letters_printed"
_PREVIEW_HEIGHT = 420


def case_letters(bench: CaseBench, key: str) -> None:
    """Those printed; then which letter, as it would read, or what it lacks. Printing it keeps it with the case."""
    printed = letters(store(), bench.case_id)
    if not printed.empty:
        st.caption(f"Printed about this case: {words.count_of(len(printed), 'letter')}. Choose one to have it again.")
        chosen = table(printed, "case_letters", row_id="letter_id", columns=_LISTED, widths=_WIDTHS, rows_shown=4)
        _again(int((chosen or {"letter_id": printed["letter_id"].iloc[0]})["letter_id"]))
    there = kinds_for(bench.case["item_type"])
    if there:
        _one(bench, there, key)
    else:
        st.caption("There is no letter about items of this type.")


def _one(bench: CaseBench, there: Sequence[str], key: str) -> None:
    with st.container(key="letter_choice"):
        left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    kind = left.selectbox("Letter", there, key=f"{key}_letter_kind", format_func=title)
    middle.date_input("Answer wanted by", value=None, key=f"{key}_letter_by", format="YYYY-MM-DD")
    address = ""
    if KINDS[kind].party == "patient":
        address = st.text_area("The patient's address, where no refund tells it", key=f"{key}_letter_to", height=80)
    try:
        seen = preview(store(), bench.cases[bench.case_id], kind, decider(bench.as_of), address)
    except DecisionRefused as refusal:
        with st.container(border=True, key="letter_lacks"):
            st.warning("This letter cannot be printed yet.", icon=":material/edit_note:")
            st.text(spoken(str(refusal)))
            with st.container(horizontal=True):
                st.page_link("pages/reference.py", label="Reference", icon=":material/menu_book:")
                st.page_link("pages/settings.py", label="Settings", icon=":material/tune:")
        return
    right.button(
        "Print the letter",
        key=f"{key}_letter_print",
        type="primary",
        icon=":material/print:",
        on_click=_print,
        args=(bench, kind, [bench.case_id], key),
    )
    with st.container(border=True, height=_PREVIEW_HEIGHT, key="letter_preview"):
        _shown(seen)


def _shown(seen: Letter) -> None:
    st.text(f"{seen.letterhead}\n\n{seen.addressee}\n{seen.address}")
    st.text(f"{seen.subject}\n\n{seen.body}".replace(letter_number(0), "(its number)"))


def _again(letter_id: int) -> None:
    try:
        kept = kept_letter(store(), letter_id)
    except TieoutError as refusal:
        st.text(spoken(str(refusal)))
        return
    letter, pdf = kept.letter, kept.pdf
    with st.container(horizontal=True, gap="small", key="letter_downloads"):
        _download(f"{letter.number} as PDF", lambda: pdf, f"{letter.number}.pdf", PDF, "letter_pdf")
        _download(f"{letter.number} as DOCX", lambda: letter_docx(letter), f"{letter.number}.docx", DOCX, "letter_docx")


def bulk_letters(ticked: Sequence[Mapping[str, Any]], bench: CaseBench) -> None:
    """A letter of one kind about each ticked case, as one PDF; those refused are told with what they lack."""
    there = list(dict.fromkeys(kind for row in ticked for kind in kinds_for(row["item_type"])))
    if there:
        with st.container(key="letter_choice_bulk"):
            left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
        kind = left.selectbox("Letter", there, key=f"bulk_letter_kind-{'-'.join(there)}", format_func=title)
        middle.date_input("Answer wanted by", value=None, key="bulk_letter_by", format="YYYY-MM-DD")
        right.button(
            f"Print {words.count_of(len(ticked), 'letter')}",
            key="bulk_letter_print",
            icon=":material/print:",
            on_click=_print,
            args=(bench, kind, [str(row["case_id"]) for row in ticked], "bulk"),
        )
    name, printed = st.session_state.get(_RUN, ("", None))
    told_of_run(printed, name, "bulk_letters")


def _print(bench: CaseBench, kind: str, case_ids: Sequence[str], key: str) -> None:
    answer_by, address = st.session_state.get(f"{key}_letter_by"), st.session_state.get(f"{key}_letter_to") or ""

    def done() -> str:
        who = decider(bench.as_of)
        printed = print_letters(store(), bench.cases, kind, case_ids, who, address=address, answer_by=answer_by)
        if key != "bulk" and printed.refused:
            raise DecisionRefused(printed.refused[0][1])
        if key == "bulk":
            st.session_state[_RUN] = (f"letters_{kind}_{bench.as_of}.pdf", printed)
            return printed.words
        return f"Printed: letter {printed.done[0][1].number}, kept with the case"

    simply(done)


def told_of_run(printed: Printed | None, name: str, key: str) -> None:
    """What became of many letters: how many were printed, their PDF, and which were refused for what they lack."""
    if printed is None:
        return
    (st.warning if printed.refused else st.success)(printed.words)
    if printed.pdf:
        pdf = printed.pdf
        _download(f"{words.count_of(len(printed.done), 'letter')} as one PDF", lambda: pdf, name, PDF, f"{key}_pdf")
    for case_id, why in printed.refused:
        st.text(f"{case_id}: {why}")


def _download(label: str, data: Any, name: str, mime: str, key: str) -> None:
    st.download_button(
        label, data=data, file_name=name, mime=mime, key=key, on_click="ignore", icon=":material/download:"
    )


def title(kind: str) -> str:
    """The name of a kind of letter, in the words of the trade."""
    return spoken(KINDS[kind].title)


def known_fields(kind: str) -> str:
    """The fields that a text of that kind may name, each with what it is."""
    return "; ".join(
        f"{{{name}}} {spoken(words_of)}" for name, (words_of, _) in FIELDS.items() if name in KINDS[kind].known
    )
