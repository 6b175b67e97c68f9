"""Letters as PDF, one or many behind another, and one as DOCX: the same text. The same letter gives the same PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.shared import Inches, Pt
from reportlab.lib.pagesizes import letter as letter_size
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from analysis.casework.letters import Letter
from analysis.exports.lettering import Unprintable, marked_up
from analysis.problems import RequestRefused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The media type of a DOCX file."""

_MARGIN, _FOOT = 72, 36
_STYLES = getSampleStyleSheet()
_TEXT = ParagraphStyle("letter", parent=_STYLES["BodyText"], fontSize=10.5, leading=14.5, spaceBefore=0, spaceAfter=9)
_TIGHT = ParagraphStyle("letter_tight", parent=_TEXT, spaceAfter=0)
_SITE = ParagraphStyle("letter_site", parent=_TIGHT, fontName="Helvetica-Bold", fontSize=14, leading=18)
_SMALL = ParagraphStyle("letter_small", parent=_TIGHT, fontSize=9, leading=12)
_SUBJECT = ParagraphStyle("letter_subject", parent=_TEXT, fontName="Helvetica-Bold", spaceBefore=4)


class _Begins(Flowable):  # type: ignore[misc]
    """Nothing to see: from its page on the foot tells this letter, counted from page 1."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number

    def wrap(self, *_: Any) -> tuple[int, int]:
        """It takes no room."""
        return 0, 0

    def draw(self) -> None:
        """The foot knows of it."""
        self.canv.letter_begun = (self.number, self.canv.getPageNumber())


def letters_pdf(letters: Sequence[Letter]) -> bytes:
    """The letters as one PDF, each on pages of its own; the foot of a page tells its letter's number and page."""
    out = io.BytesIO()
    width, height = letter_size
    title = f"Letter {letters[0].number}" if len(letters) == 1 else f"{len(letters)} letters"
    document = BaseDocTemplate(out, pagesize=letter_size, title=title, author="Tieout", invariant=1, pageCompression=0)
    frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("letter", [frame], onPageEnd=_foot)])
    story: list[Flowable] = []
    for place, one in enumerate(letters):
        story += [PageBreak()] if place else []
        story += list(_story(one))
    document.build(story)
    return out.getvalue()


def letter_docx(one: Letter) -> bytes:
    """The letter as a DOCX, to be worked on; what was printed is the PDF."""
    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10.5)
    site, *more = one.letterhead.split("\n")
    head = document.add_paragraph().add_run(site)
    head.bold, head.font.size = True, Pt(14)
    document.add_paragraph("\n".join(more))
    document.add_paragraph(_day(one))
    document.add_paragraph(f"{one.addressee}\n{one.address}")
    document.add_paragraph(f"Our reference: {one.number}")
    document.add_paragraph().add_run(one.subject).bold = True
    for paragraph in one.body.split("\n\n"):
        document.add_paragraph(paragraph.strip("\n"))
    document.core_properties.author, document.core_properties.title = "Tieout", f"Letter {one.number}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _story(one: Letter) -> Iterator[Flowable]:
    site, *more = one.letterhead.split("\n")
    yield _Begins(one.number)
    yield _text(site, _SITE)
    yield _text("\n".join(more), _SMALL)
    yield HRFlowable(width="100%", thickness=0.6, spaceBefore=6, spaceAfter=16)
    yield _text(_day(one), _TEXT)
    yield Spacer(1, 6)
    yield _text(f"{one.addressee}\n{one.address}", _TIGHT)
    yield Spacer(1, 16)
    yield _text(f"Our reference: {one.number}", _SMALL)
    yield Spacer(1, 4)
    yield _text(one.subject, _SUBJECT)
    paragraphs = [paragraph.strip("\n") for paragraph in one.body.split("\n\n")]
    *texts, signed = [_text(text, _TEXT) for text in paragraphs if text.strip()]
    yield from texts[:-1]
    yield KeepTogether([*texts[-1:], Spacer(1, 24), signed])


def _foot(canvas: Any, _: Any) -> None:
    number, first = canvas.letter_begun
    canvas.setFont("Helvetica", 8)
    canvas.drawString(_MARGIN, _FOOT, f"{number}   page {canvas.getPageNumber() - first + 1}")


def _day(one: Letter) -> str:
    return f"{one.letter_date:%B} {one.letter_date.day}, {one.letter_date.year}"


def _text(text: str, style: ParagraphStyle) -> Paragraph:
    """Text as text, whatever stands in it, line by line. Raises `RequestRefused` for letters that the fonts lack."""
    is_bold = style.fontName.endswith("Bold")
    try:
        return Paragraph("<br/>".join(marked_up(line, is_bold=is_bold) for line in text.split("\n")), style)
    except Unprintable as lacking:
        said = f"the PDF's fonts lack the letter {str(lacking)!r}; spell it otherwise where it comes from"
        raise RequestRefused(said) from None
