"""The amount that a cheque writes in words: `One hundred twenty and 50/100` is 120.50."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.money import dollars, from_cents

_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_UNITS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: value for value, word in enumerate(_UNITS)}
_SMALL |= {word: 10 * value for value, word in enumerate(_TENS, start=2)} | {"fourty": 40, "a": 1}
_LARGE = {"thousand": 1_000, "million": 1_000_000}
_NOTHING = frozenset({"and", "only", "exactly", "even", "dollar", "dollars", "us", "usd", "cent", "cents"})
_HUNDREDTHS = re.compile(r"(?P<cents>\d{1,2}|no|xx|zero)\s*/\s*(?:100|xx)\b")
_CENTS = re.compile(r"(?:\band\s+|\bdollars?\s+|^)(?P<words>[a-z -]+?|\d{1,2})\s+cents?\b")
_MOST_DIGITS = 12


def written_amount(text: str) -> Decimal | None:
    """The US dollars that the words name, or None where they cannot be read."""
    said = re.sub(r"[*~_]|,(?!\d{3})|(?<![\d.])\.(?!\d)|-{2,}", " ", text.casefold()).strip()
    cents: int | None = 0
    if found := _HUNDREDTHS.search(said):
        cents = int(found["cents"]) if found["cents"].isdigit() else 0
        said = said[: found.start()] + said[found.end() :]
    elif "cent" in said and (found := _last(_CENTS, said)):
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
    return [word for word in re.split(r"[\s-]+", said) if word and word not in _NOTHING]


def _number(said: str) -> int | None:
    """The whole number that the words name; None where a word is none, or where there is no word."""
    words = _words(said)
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
