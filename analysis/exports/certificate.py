"""A tie-out certificate as a workbook and as a PDF, with the same figures to the cent."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
from reportlab.lib import colors
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from analysis.exports.cells import arrow, rows, words
from analysis.exports.lettering import marked_up
from analysis.exports.tables import to_sheets
from analysis.exports.trade import in_trade
from analysis.money import show, total
from analysis.tieout.certificate import Certificate
from analysis.trade_words import label_of_trade, spoken

PDF = "application/pdf"
"""The media type of a PDF file."""

MOST_ROWS = 400
"""How many rows of a list the PDF shows; the workbook has them all."""

_LEGS = ("deposited_amount", "remitted_amount", "posted_amount")
_STATES = (
    "tie_out_state",
    "deposit_count",
    *_LEGS[:1],
    "remittance_count",
    *_LEGS[1:2],
    "batch_count",
    *_LEGS[2:],
    "what_to_do",
)
_PARTS = ("reference", "deposit_date", "payer_name", "variance", "explained", "unexplained", "explanation")
_SETTLED = ("reference", "deposit_date", "payer_name", "variance", "written_off", "resolution")
_OPEN = ("item_type", "reference", "payer_name", "amount", "item_date", "age_days", "status", "why")
_CODED = ("tie_out_state", "item_type", "resolution")
_WIDTH = 720
_STYLES = getSampleStyleSheet()
_SMALL = ParagraphStyle("small", parent=_STYLES["BodyText"], fontSize=7, leading=8.5)
_AMOUNT = ParagraphStyle("amount", parent=_SMALL, alignment=2)
_HEAD = ParagraphStyle("head", parent=_SMALL, fontName="Helvetica-Bold")


def certificate_xlsx(one: Certificate) -> bytes:
    """The certificate as a workbook: who signed and the hash; then totals, states, explanations and open items."""
    frames = {
        "Totals": (in_trade(one.totals), ()),
        "Tie-out": (in_trade(one.states[list(_STATES)]), ()),
        "Explanations": (in_trade(one.explanations), ("variance", "explained", "unexplained", "written_off")),
        "Open items": (in_trade(one.open_items), ("amount",)),
    }
    return to_sheets([("Certificate", f"Tie-out of {one.day}"), *_facts(one)], frames)


def certificate_pdf(one: Certificate) -> bytes:
    """The certificate as a PDF: the same certificate gives the same bytes."""
    out = io.BytesIO()
    title = f"Tie-out certificate {one.day}"

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(36, 20, f"{title}   {one.content_hash}   page {document.page}")

    document = SimpleDocTemplate(
        out,
        pagesize=landscape(letter),
        leftMargin=36,
        rightMargin=36,
        topMargin=36,
        bottomMargin=36,
        title=title,
        author="Tieout",
        invariant=1,
        pageCompression=0,
    )
    document.build(list(_story(one, title)), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _facts(one: Certificate) -> list[tuple[str, str]]:
    return [
        ("Standing", one.standing),
        *one.signatures,
        ("Rests on", one.rests_on),
        ("SHA-256", one.content_hash),
        ("Units", "US dollars"),
    ]


def _story(one: Certificate, title: str) -> Iterator[Flowable]:
    yield Paragraph(title, _STYLES["Title"])
    lines = [[_text(name, _HEAD), _text(value)] for name, value in _facts(one)]
    yield Table(lines, colWidths=[90, _WIDTH - 90])
    yield from _list("Totals", one.totals, ("label", "item_count", "amount", "definition"), (170, 60, 90, 400))
    yield from _list("Three legs by state", one.states, _STATES, (120, 45, 80, 55, 80, 45, 80, 215))
    yield from _list("Explanations", one.explanations, _PARTS, (100, 55, 125, 65, 65, 65, 245), _PARTS[3:6])
    settled = one.explanations[(one.explanations["written_off"] != 0) | one.explanations["resolution"].notna()]
    yield from _list("Written off, or resolved", settled, _SETTLED, (130, 60, 160, 80, 80, 210), _SETTLED[3:5])
    yield from _list("Open items", one.open_items, _OPEN, (110, 100, 125, 65, 55, 35, 50, 180), ("amount",))


def _list(
    title: str, frame: pd.DataFrame, columns: Sequence[str], widths: Sequence[int], adds_up: Sequence[str] = ()
) -> Iterator[Flowable]:
    yield Spacer(1, 10)
    yield Paragraph(title, _STYLES["Heading2"])
    if frame.empty:
        yield _text("None.")
        return
    shown = in_trade(frame[list(columns)])
    pairs = (zip(columns, row, strict=True) for row in rows(arrow(shown.head(MOST_ROWS))))
    body = [[_cell(value, name in _CODED) for name, value in row] for row in pairs]
    if len(shown) > MOST_ROWS:
        body.append([_text(f"and {len(shown) - MOST_ROWS:,} more, in the workbook"), *[""] * (len(columns) - 1)])
    if adds_up:
        sums = [_text(show(total(frame[name])), _AMOUNT) if name in adds_up else "" for name in columns]
        body.append([_text(f"Total of {len(frame):,}", _HEAD), *sums[1:]])
    head = [_text(_heading(name), _HEAD) for name in columns]
    yield Table([head, *body], colWidths=list(widths), repeatRows=1, style=_GRID)


_GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, 1), (-1, -1), 0.2, colors.lightgrey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
)


def _heading(name: str) -> str:
    own = label_of_trade(name)
    return own.lower() if own else spoken(name.removesuffix("_amount").replace("_", " "))


def _cell(value: Any, is_code: bool) -> Flowable:
    if isinstance(value, Decimal):
        return _text(show(value), _AMOUNT)
    if isinstance(value, int) and not isinstance(value, bool):
        return _text(f"{value:,}", _AMOUNT)
    if not isinstance(value, str):
        return _text(words(value))
    return _text(value.replace("_", " ") if is_code else value)


def _text(text: str, style: ParagraphStyle = _SMALL) -> Paragraph:
    """Text as text, whatever stands in it; letters of other alphabets become question marks."""
    return Paragraph(marked_up(text, is_bold=style.fontName.endswith("Bold"), instead="?"), style)
