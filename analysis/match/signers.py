"""Who signs: two signatures are of two people."""

from __future__ import annotations

import unicodedata

_CYRILLIC = (
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d\u043a\u043c\u0442\u0432\u043d"
)
_GREEK = "\u03b1\u03bf\u03c1\u03c5\u03bd\u03b9\u03ba\u03b5\u03c4\u03c7"
_LATIN = "\u0131\u0142"
_ALIKE = str.maketrans(_CYRILLIC + _GREEK + _LATIN, "aeopcyxijshdqwkmtbh" + "aopuviketx" + "il")
"""Letters of other alphabets, and those that they look like."""


def is_same_person(one: str, other: str) -> bool:
    """Whether the names are one, whatever their case, blanks, marks (`Amy.` is `amy`), accents and look-alikes."""
    return _name_key(one) == _name_key(other)


def _name_key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_ALIKE)
    return "".join(sign for sign in plain if sign.isalnum())
