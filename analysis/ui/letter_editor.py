"""The letterhead and the texts of letters under Settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from analysis.casework.letter_kinds import KINDS
from analysis.casework.letter_settings import OF_SITE, LetterSettings, letter_settings, set_head, set_text
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.letter_desk import known_fields, title
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store

_ROWS: tuple[tuple[str, ...], ...] = (
    ("site_name",),
    ("site_address", "bank_address"),
    ("site_phone", "bank_name"),
    ("site_tax_id", "site_npi"),
    ("signed_by", "signer_title"),
)
_LONG: Mapping[str, Any] = {name: {"height": 80} for name in ("site_address", "bank_address")}


def letter_editor(as_of: date) -> None:
    """What stands on letters on that day, each to be set otherwise with a reason."""
    in_force = letter_settings(store(), as_of)
    with st.container(key="letter_editor"):
        head, texts = st.columns([2, 3], gap="large")
        with head:
            _head(in_force, as_of)
        with texts:
            _text(in_force, as_of)


def _head(in_force: LetterSettings, as_of: date) -> None:
    st.caption("The site and its bank, as letters tell them. A letter that needs an empty field is refused.")
    for names in _ROWS:
        for slot, name in zip(st.columns(len(names)), names, strict=True):
            field = slot.text_area if name in _LONG else slot.text_input
            field(words.label(name), value=in_force.head.get(name, ""), key=f"letter_{name}", **_LONG.get(name, {}))

    def save(why: str) -> None:
        fields = {name: st.session_state[f"letter_{name}"] for name in OF_SITE}
        simply(lambda: f"Saved: {words.count_of(set_head(store(), fields, decider(as_of), why), 'field')}")

    reason_form("letter_head", "Save the letterhead", "Why?", save)


def _text(in_force: LetterSettings, as_of: date) -> None:
    kind = st.selectbox("Text of", tuple(KINDS), key="letter_text_kind", format_func=title)
    subject, body = in_force.texts[kind]
    st.text_input("Subject", value=subject, key=f"letter_subject_{kind}")
    st.text_area("Text", value=body, key=f"letter_body_{kind}", height=320)
    whose = "The site's own text." if kind in in_force.own else "Tieout's own text."
    st.caption(f"{whose} Empty both fields to have Tieout's own again. A blank line ends a paragraph.")
    with st.expander("Fields that it may name", icon=":material/data_object:"):
        st.text(known_fields(kind).replace("; ", "\n"))

    def save(why: str) -> None:
        told = (st.session_state[f"letter_subject_{kind}"], st.session_state[f"letter_body_{kind}"])
        simply(lambda: _saved(kind, told, as_of, why))

    reason_form("letter_text", "Save the text", "Why?", save)


def _saved(kind: str, told: tuple[str, str], as_of: date, why: str) -> str:
    set_text(store(), kind, *told, decider(as_of), why)
    return f"Saved: the text of {title(kind).lower()}"
