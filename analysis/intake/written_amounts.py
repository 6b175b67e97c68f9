"""The amount that a cheque writes in words: `One hundred twenty and 50/100` is 120.50."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from analysis.money import dollars, from_cents

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_UNITS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: value for value, word in enumerate(_UNITS, start=1)}
_SMALL |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_SMALL |= {"fourty": 40, "ninty": 90, "forteen": 14, "eightteen": 18, "ninteen": 19, "a": 1}
_LARGE = {"thousand": 1_000, "million": 1_000_000}
_NONE = frozenset({"no", "zero"})
_NOTHING = frozenset({"and", "only", "exactly", "even", "pay", "the", "sum", "of", "dollar", "dollars", "us", "usd"})
_NOTHING |= {"united", "states", "cent", "cents", "cts"}
_HUNDREDTHS = re.compile(r"(?<!\d)(?P<cents>\d{1,2}|no|xx|zero)\s*/\s*(?:100(?:s|ths)?|xx)\b")
_CENTS = re.compile(r"(?:\band\s+|\bdollars?\s+|^)(?P<words>[a-z -]+?|\d{1,2})\s+(?:cents?|cts)\b")
_SIGNS = str.maketrans({"&": " and ", "⁄": "/", "∕": "/", "‐": "-", "–": "-", "—": "-", "−": "-"})
_PARTS = sorted({*_SMALL, *_LARGE, "hundred", "and"} - {"a"}, key=len, reverse=True)
_PART = re.compile("|".join(_PARTS))
_JOINED = re.compile(f"(?:{_PART.pattern}){{2,}}")
"""Number words written as one: `twentyone`."""
_MOST_DIGITS = 12


def written_amount(text: str) -> Decimal | None:
    """The US dollars that the words name, or None where they cannot be read."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIGNS).replace("u.s.", "us ")
    said = re.sub(r"[*~_]|,(?!\d{3})|(?<![\d.])\.(?!\d)|-{2,}", " ", plain).strip()
    cents: int | None = 0
    if found := _HUNDREDTHS.search(said):
        cents = int(found["cents"]) if found["cents"].isdigit() else 0
        said = said[: found.start()] + said[found.end() :]
    elif ("cent" in said or "cts" in said) and (found := _last(_CENTS, said)):
        cents = int(found["words"]) if found["words"].isdigit() else _number(found["words"])
        said = said[: found.start()] + " " + said[found.end() :]
    if cents is None or not 0 <= cents <= 99:
        return None
    whole = _whole(said)
    if whole is None:
        return from_cents(cents) if cents and not _words(said) else None
    return whole + from_cents(cents) if cents == 0 or whole == int(whole) else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last and shortest place where the pattern stands."""
    starts = [found.start() for found in re.finditer(r"\band\b|\bdollars?\b|^", text)]
    hits = [hit for start in starts if (hit := pattern.match(text, start))]
    return hits[-1] if hits else None


def _whole(said: str) -> Decimal | None:
    """The dollars before the hundredths, in digits or in words."""
    words = _words(said)
    if len(words) == 1 and (figures := dollars(words[0])) is not None:
        return figures
    number = _number(" ".join(words))
    return None if number is None or len(str(number)) > _MOST_DIGITS else Decimal(number)


def _words(said: str) -> list[str]:
    split = [part for word in re.split(r"[\s-]+", said) for part in _split(word)]
    return [word for word in split if word and word not in _NOTHING]


def _split(word: str) -> list[str]:
    """The word, or the number words that it is joined from."""
    return _PART.findall(word) if word not in _PARTS and _JOINED.fullmatch(word) else [word]


def _number(said: str) -> int | None:
    """The whole number that the words name; None where a word is none, or where there is no word."""
    words = _words(said)
    if len(words) == 1 and words[0] in _NONE:
        return 0
    whole = group = 0
    for word in words:
        if word in _SMALL and _fits(group, _SMALL[word]):
            group += _SMALL[word]
        elif word == "hundred" and 0 < group < 100:
            group *= 100
        elif word in _LARGE and 0 < group < 1_000:
            whole, group = whole + group * _LARGE[word], 0
        else:
            return None
    return whole + group if words else None


def _fits(group: int, value: int) -> bool:
    """Whether a word of less than a hundred may follow: `twenty` then `five`, never `five` then `six`."""
    below = group % 100
    return below == 0 or (below >= 20 and below % 10 == 0 and value < 10)
