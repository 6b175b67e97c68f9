"""Letters of names in PDFs: as they are written where a font has them, without marks else, and never an empty box."""

from __future__ import annotations

import pytest

from analysis.exports.lettering import Unprintable, marked_up


def vera(word: str, font: str = "Vera") -> str:
    """The word as it is set in the embedded font."""
    return f'<font name="{font}">{word}</font>'


@pytest.mark.parametrize(
    ("text", "made"),
    [
        pytest.param("Doe & <Sons>", "Doe &amp; &lt;Sons&gt;", id="signs of the mark-up"),
        pytest.param("José €5 – “x”", "José €5 – “x”", id="the PDF's own fonts have it"),
        pytest.param("Jose\u0301", "José", id="a letter and its mark apart"),
        pytest.param("Łucja Doe", f"{vera('Łucja')} Doe", id="only the word that needs it"),
        pytest.param("Łu&cja", vera("Łu&amp;cja"), id="mark-up in such a word"),
        pytest.param("Şahin İnan ğ č", f"{vera('Şahin')} {vera('İnan')} {vera('ğ')} {vera('č')}", id="others it has"),
        pytest.param("Jiří Ďurka", "Jirí Durka", id="no font has it: the marks go"),
        pytest.param("Gąsłek", vera("Gasłek"), id="one mark goes, one letter stays"),
        pytest.param("Đurić", vera("Ðurić"), id="the same to the eye"),
        pytest.param("−5", "-5", id="a minus"),
    ],
)
def test_text_is_marked_up(text: str, made: str) -> None:
    """Word by word; what needs no other font is as it was."""
    assert marked_up(text) == made


def test_a_bold_word_stays_bold() -> None:
    """In the bold form of the embedded font."""
    assert marked_up("Łucja", is_bold=True) == vera("Łucja", "VeraBd")


@pytest.mark.parametrize("sign", ["А", "中", "∃", "\u0301"])
def test_another_alphabet_is_told(sign: str) -> None:
    """Nothing is guessed: it is refused, or replaced where the caller says by what."""
    with pytest.raises(Unprintable, match=sign):
        marked_up(f"a {sign}")
    assert marked_up(f"a {sign}", instead="?") == "a ?"
