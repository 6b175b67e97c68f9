"""Who signs: two signatures are of two people."""

from __future__ import annotations

import unicodedata


def is_same_person(one: str, other: str) -> bool:
    """Whether the names are one, whatever their case, blanks, marks (`Amy.` is `amy`) and look-alike letters."""
    return _name_key(one) == _name_key(other)


def _name_key(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())
