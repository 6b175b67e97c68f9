"""The close of a day on the screen: where it stands, its checks, the two signatures, re-opening, the certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from analysis.exports import WORKBOOK
from analysis.exports.certificate import PDF, certificate_pdf, certificate_xlsx
from analysis.match.closed_days import first_open_day
from analysis.tieout.certificate import Certificate, certificate
from analysis.tieout.closing import prepare, reopen, review
from analysis.ui.decisions import simply
from analysis.ui.details import facts
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store, who

Closing = dict[str, Any]

_SIGNED = ("prepared_by", "prepared_at", "note", "reviewed_by", "reviewed_at", "review_note")
_COUNTED = ("fact_count", "link_count", "decision_count", "reopened_by", "reopened_at", "reopened_for")


def closing_state(day: date, closing: Closing | None) -> None:
    """Where the day stands, in a line; who signed, and what it rests on."""
    status = closing["status"] if closing else "open"
    first = first_open_day(store())
    match status:
        case "closed":
            st.success("Closed. Nothing changes this day; files that come late count from the open day.", icon="🔒")
        case "prepared":
            st.info("Prepared. A second person reviews and closes it.", icon=":material/edit:")
        case "reopened":
            st.warning("Re-opened. Prepare and review it again.", icon=":material/lock_open:")
        case _ if day < first:
            st.success(f"Locked: a later day is closed. The first open day is {first.isoformat()}.", icon="🔒")
        case _:
            st.info("Open. One person prepares it, another reviews it.", icon=":material/lock_open:")
    if closing is not None:
        with st.container(border=True, key="closing_signed"):
            facts(closing, _SIGNED, across=6)
            facts(closing, _COUNTED, across=6)
            facts(closing, ("content_hash",), across=1)


def sign(day: date, closing: Closing | None) -> None:
    """What can be signed now: prepare with a note, review, or re-open with a reason."""
    status = closing["status"] if closing else "open"
    if status == "closed":
        why = "Why is it re-opened? Facts that came late then count from their own day."
        reason_form("reopen_day", "Re-open the day", why, _acting(lambda reason: _reopened(day, reason)))
        return
    if day < first_open_day(store()):
        return
    if closing is not None and status == "prepared":
        closing_id = int(closing["closing_id"])
        why = (
            f"What was reviewed; it stands on the certificate. Signed as {who()}; whoever prepared it cannot review it."
        )
        reason_form(
            "review_day", "Review and close", why, _acting(lambda note: _reviewed(day, closing_id, note)), "Note"
        )
    label = "Prepare anew" if status == "prepared" else "Prepare for closing"
    why = f"Note, needed where a check asks for one; it stands on the certificate. Signed as {who()}."
    reason_form("prepare_day", label, why, _acting(lambda note: _prepared(day, note)), "Note")


def _acting(act: Callable[[str], str]) -> Callable[[str], None]:
    def acts(said: str) -> None:
        simply(lambda: act(said))

    return acts


def _prepared(day: date, note: str) -> str:
    prepare(store(), day, who(), note)
    return f"{day} is prepared for closing"


def _reviewed(day: date, closing_id: int, note: str) -> str:
    review(store(), day, who(), note, closing_id)
    return f"{day} is closed"


def _reopened(day: date, reason: str) -> str:
    reopen(store(), day, who(), reason)
    return f"{day} is open again"


def certificate_downloads(day: date, closing: Closing | None) -> None:
    """The certificate as PDF and as a workbook, of a day that is prepared or closed."""
    is_there = closing is not None and closing["status"] in ("prepared", "closed")
    forms = (
        ("PDF", certificate_pdf, PDF, "Totals, explanations, open items, signatures and the hash"),
        ("XLSX", certificate_xlsx, WORKBOOK, "The same as a workbook"),
    )
    with st.container(horizontal=True, gap="small", key="certificate_downloads"):
        for form, written, mime, says in forms:
            st.download_button(
                f"Certificate, {form}",
                data=partial(_certificate_as, written, day),
                file_name=f"tie-out_{day.isoformat()}.{form.lower()}",
                mime=mime,
                key=f"certificate_{form.lower()}",
                on_click="ignore",
                icon=":material/download:",
                disabled=not is_there,
                help=says,
            )


def _certificate_as(written: Callable[[Certificate], bytes], day: date) -> bytes:
    """Made when it is asked for, not with every run of the page."""
    return written(certificate(store(), day))
