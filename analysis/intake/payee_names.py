"""Whether the name that a cheque is payable to is one of ours, however it is abbreviated, or only near one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from itertools import permutations

_LEGAL = frozenset({"inc", "incorporated", "llc", "llp", "lp", "pllc", "plc", "corp", "corporation", "co", "company"})
_LEGAL |= {"ltd", "limited", "pc", "pa", "the", "and", "of"}

_SHORT: Mapping[str, str] = {
    "assn": "association",
    "assoc": "associates",
    "clin": "clinic",
    "centre": "center",
    "cntr": "center",
    "cmty": "community",
    "comm": "community",
    "ctr": "center",
    "dept": "department",
    "gen": "general",
    "genl": "general",
    "grp": "group",
    "hlth": "health",
    "hlthcare": "healthcare",
    "hosp": "hospital",
    "hsp": "hospital",
    "hospitals": "hospital",
    "intl": "international",
    "mem": "memorial",
    "meml": "memorial",
    "med": "medical",
    "natl": "national",
    "phys": "physicians",
    "reg": "regional",
    "regl": "regional",
    "st": "saint",
    "svc": "services",
    "svcs": "services",
    "sys": "system",
    "univ": "university",
}
"""What is written short on cheques, and the word that it stands for."""

_ALIKE = 0.8
"""Two words are near from this share of common letters on: one letter wrong in five."""
_LEAST_WORDS, _MOST_WORDS = 2, 6
"""Of fewer words no name is near another; of names of more words none is near that is not contained in the other."""


def is_ours(payee: str, payees: Sequence[str]) -> bool:
    """Whether the payee is one of the names, whatever its case, marks, order of words, short forms and legal form."""
    return _name(payee) in {_name(one) for one in payees}


def is_near_ours(payee: str, payees: Sequence[str]) -> bool:
    """Whether a person has to tell: a name of ours with words too many or too few, or with words misspelt."""
    told = _name(payee)
    return any(_is_contained(told, _name(one)) or _is_misspelt(told, _name(one)) for one in payees)


def _name(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9]+", re.sub(r"[.'’]", "", text.casefold()))
    whole = frozenset(_SHORT.get(word, word) for word in words)
    return whole - _LEGAL or whole


def _is_contained(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(len(one), len(other)) >= _LEAST_WORDS and (one <= other or other <= one)


def _is_misspelt(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether as many words stand for one another, each near its partner."""
    left, right = sorted(one - other), sorted(other - one)
    if len(one) != len(other) or not _LEAST_WORDS <= len(one) <= _MOST_WORDS:
        return False
    return any(all(map(_is_alike, left, order)) for order in permutations(right))


def _is_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
