"""A deposit slip as a PDF for the bank and as a workbook, with the same figures to the cent."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
from reportlab.lib import colors
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from analysis.casework.slips import cheques_told
from analysis.exports.cells import arrow, rows
from analysis.exports.lettering import marked_up
from analysis.exports.tables import to_sheets
from analysis.money import show
from analysis.trade_words import spoken

_STYLES = getSampleStyleSheet()
_TEXT = ParagraphStyle("slip", parent=_STYLES["BodyText"], fontSize=9, leading=11)
_AMOUNT = ParagraphStyle("slip_amount", parent=_TEXT, alignment=2)
_HEAD = ParagraphStyle("slip_head", parent=_TEXT, fontName="Helvetica-Bold")
_HEAD_AMOUNT = ParagraphStyle("slip_head_amount", parent=_HEAD, alignment=2)
_WIDTH = 504

Slip = Mapping[str, Any]


def slip_xlsx(slip: Slip, items: pd.DataFrame, cash: pd.DataFrame) -> bytes:
    """The slip as a workbook: a sheet about it, one of its cheques and one of its cash."""
    cheques = _cheques(items)
    frames = {
        "Cheques": (cheques[["check_number", "payer_name", "receipt_id", "amount"]], ("amount",)),
        "Cash": (cash, ("amount",)),
    }
    about = [("Deposit slip", f"{slip['slip_number']}"), *((name, value) for name, value in _facts(slip))]
    return to_sheets(about, frames)


def slip_pdf(slip: Slip, items: pd.DataFrame, cash: pd.DataFrame) -> bytes:
    """The slip as a PDF: the same slip gives the same bytes."""
    out = io.BytesIO()
    title = f"Deposit slip {slip['slip_number']}"

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(54, 28, f"{title}   page {document.page}")

    document = SimpleDocTemplate(
        out,
        pagesize=letter,
        leftMargin=54,
        rightMargin=54,
        topMargin=48,
        bottomMargin=48,
        title=title,
        author="Tieout",
        invariant=1,
        pageCompression=0,
    )
    document.build(list(_story(slip, items, cash, title)), onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _story(slip: Slip, items: pd.DataFrame, cash: pd.DataFrame, title: str) -> Iterator[Flowable]:
    yield Paragraph(title, _STYLES["Title"])
    lines = [[_text(name, _HEAD), _text(str(value))] for name, value in _facts(slip)]
    yield Table(lines, colWidths=[120, _WIDTH - 120], style=_TIGHT)
    cheques = [
        [_text(str(number)), _text(row["check_number"] or ""), _text(row["payer_name"] or ""), _money(row["amount"])]
        for number, row in enumerate(_rows(_cheques(items)), start=1)
    ]
    head = [
        _text("", _HEAD),
        _text("Cheque number", _HEAD),
        _text(spoken("Payer"), _HEAD),
        _text("Amount", _HEAD_AMOUNT),
    ]
    foot = [_text(""), _text(cheques_told(len(cheques)), _HEAD), _text(""), _money(slip["check_amount"], bold=True)]
    yield from _block("Cheques", [head, *cheques, foot], [30, 120, 244, 110])
    if slip["cash_amount"] != 0:
        counted = [
            [_text(""), _text(show(row["denomination"])), _text(f"× {row['piece_count']:,}"), _money(row["amount"])]
            for row in _rows(cash)
        ]
        head = [_text("", _HEAD), _text("Denomination", _HEAD), _text("Pieces", _HEAD), _text("Amount", _HEAD_AMOUNT)]
        foot = [_text(""), _text("Cash", _HEAD), _text(""), _money(slip["cash_amount"], bold=True)]
        yield from _block("Cash", [head, *counted, foot], [30, 120, 244, 110])
    total = [[_text("Total deposit", _HEAD), _money(slip["total_amount"], bold=True)]]
    yield Spacer(1, 12)
    yield Table(total, colWidths=[394, 110], style=_BOXED)
    yield Spacer(1, 16)
    yield _text("For deposit only")
    yield Spacer(1, 34)
    signed = [[_text(f"Prepared by {slip['prepared_by']}"), "", _text(_depositor(slip))]]
    yield Table(signed, colWidths=[230, 44, 230], style=_SIGNED)


def _facts(slip: Slip) -> Iterator[tuple[str, Any]]:
    yield "Date", slip["slip_date"]
    yield "Bank account", slip["bank_account"]
    if slip["lockbox_number"]:
        yield "Lockbox", slip["lockbox_number"]
    yield "Prepared by", slip["prepared_by"]
    yield "Deposited by", slip["deposited_by"] or "not yet"
    yield "Cheques", f"{slip['check_count']:,}, {show(slip['check_amount'])}"
    yield "Cash", show(slip["cash_amount"])
    yield "Total, US dollars", show(slip["total_amount"])


def _depositor(slip: Slip) -> str:
    return f"Deposited by {slip['deposited_by'] or '(another person)'}"


def _block(title: str, lines: list[list[Flowable]], widths: list[int]) -> Iterator[Flowable]:
    yield Spacer(1, 8)
    yield Paragraph(title, _STYLES["Heading3"])
    yield Table(lines, colWidths=widths, repeatRows=1, style=_GRID)


def _cheques(items: pd.DataFrame) -> pd.DataFrame:
    return items[items["payment_method"] != "CASH"]


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    table = arrow(frame)
    return [dict(zip(table.column_names, row, strict=True)) for row in rows(table)]


def _money(amount: Decimal, *, bold: bool = False) -> Paragraph:
    return _text(show(amount), _HEAD_AMOUNT if bold else _AMOUNT)


def _text(text: str, style: ParagraphStyle = _TEXT) -> Paragraph:
    """Text as text, whatever stands in it; letters of other alphabets become question marks."""
    return Paragraph(marked_up(text, is_bold=style.fontName.endswith("Bold"), instead="?"), style)


_TIGHT = TableStyle([("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)])
_GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEABOVE", (0, -1), (-1, -1), 0.8, colors.black),
        ("LINEBELOW", (0, 1), (-1, -2), 0.2, colors.lightgrey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)
_BOXED = TableStyle([("BOX", (0, 0), (-1, -1), 1, colors.black)])
_SIGNED = TableStyle(
    [("LINEABOVE", (0, 0), (0, 0), 0.6, colors.black), ("LINEABOVE", (2, 0), (2, 0), 0.6, colors.black)]
)
