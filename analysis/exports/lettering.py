"""Text for the PDFs: their own fonts have the letters of cp1252, an embedded one those of names such as `Łucja`.

The embedded font is Bitstream Vera, which reportlab brings. Only a word that needs it is set in it and only the signs
used are embedded, so a text without such a word gives the bytes that it always gave.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

_FONT, _BOLD = "Vera", "VeraBd"
_WORD = re.compile(r"\S+")
_LIKE = {"−": "-", "Đ": "Ð"}
"""What looks the same and is in the PDF's own fonts."""


class Unprintable(ValueError):
    """A letter that no font of the PDFs has, with its marks or without; the letter is the message."""


def marked_up(text: str, *, is_bold: bool = False, instead: str | None = None) -> str:
    """The text as a reportlab paragraph takes it: as it stands, whatever stands in it; line breaks are blanks.

    `is_bold`: whether the paragraph's own font is. A letter that no font has loses its marks; where that leaves none
    it is `instead`, else `Unprintable` is raised.
    """
    plain = "".join(_printable(sign, instead) for sign in normalize("NFC", text))
    font = _BOLD if is_bold else _FONT
    return _WORD.sub(lambda found: _word(found[0], font), plain)


def _word(word: str, font: str) -> str:
    return escape(word) if _is_own(word) else f'<font name="{font}">{escape(word)}</font>'


def _printable(sign: str, instead: str | None) -> str:
    plain = _LIKE.get(sign, sign)
    for tried in (plain, "".join(one for one in normalize("NFKD", plain) if not combining(one))):
        if tried and (_is_own(tried) or all(ord(one) in _embedded() for one in tried)):
            return tried
    if instead is None:
        raise Unprintable(sign)
    return instead


def _is_own(text: str) -> bool:
    """Whether the PDF's own fonts have it."""
    return text.encode("cp1252", "ignore").decode("cp1252") == text


@lru_cache(maxsize=1)
def _embedded() -> frozenset[int]:
    """The signs that the embedded font draws, plain and bold; reportlab knows it from then on."""
    fonts = [TTFont(name, f"{name}.ttf") for name in (_FONT, _BOLD)]
    for one in fonts:
        registerFont(one)
    # glyph 0 is an empty box
    plain, bold = (frozenset(sign for sign, glyph in one.face.charToGlyph.items() if glyph) for one in fonts)
    return plain & bold
