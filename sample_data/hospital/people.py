"""Invented people and numbers that nobody can have."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FIRST_NAMES = (
    "ALBA",
    "BRAM",
    "CLEO",
    "DORIAN",
    "ELSPETH",
    "FINNIAN",
    "GRETA",
    "HORATIO",
    "IMOGEN",
    "JASPER",
    "KEZIA",
    "LEOPOLD",
    "MIRABEL",
    "NESTOR",
    "OTTILIE",
    "PERCIVAL",
    "QUILLA",
    "ROLAND",
    "SABINE",
    "TOBIAS",
    "URSULA",
    "VIVIENNE",
    "WENDELIN",
    "XANTHE",
    "YORICK",
    "ZELDA",
)
LAST_NAMES = (
    "MOCKINGHAM",
    "SAMPLEWRIGHT",
    "PLACEHOLT",
    "SPECIMENKO",
    "TESTERLY",
    "NONESUCH",
    "INVENTA",
    "FIGMENTOVA",
    "MAKEBELIEVE",
    "SAMPLETON",
    "ERSATZMAN",
    "EXEMPLARI",
    "PROTOTYPOS",
    "NOTREAL",
    "FABLEWOOD",
    "IMAGINARIO",
    "PRETENDERGAST",
    "DUMMONT",
    "FICTORELLI",
    "UNPERSON",
    "CONTRIVANCE",
    "HYPOTHESEN",
    "MADEUPSON",
    "STANDINI",
    "TEMPLATTER",
    "PSEUDONYMAN",
    "SHAMBLETON",
    "O'NOBODY",
    "WOULD-BEE",
    "LOREMIPSUM",
)


@dataclass(frozen=True)
class Person:
    """A patient who does not exist."""

    first: str
    last: str
    born: date
    member_id: str

    @property
    def name(self) -> str:
        """``LAST, FIRST`` as billing systems print it."""
        return f"{self.last}, {self.first}"


def person(rng: Random) -> Person:
    """A new invented person; the member id starts with ZZX, a prefix no plan uses."""
    return Person(
        first=rng.choice(FIRST_NAMES),
        last=rng.choice(LAST_NAMES),
        born=date(1934, 1, 1) + timedelta(days=rng.randrange(29000)),
        member_id=f"ZZX{rng.randrange(10**9):09d}",
    )


def routing_number(stem: str) -> str:
    """Eight digits with the ABA check digit behind them; the stems used here are not issued."""
    weights = (3, 7, 1, 3, 7, 1, 3, 7)
    total = sum(int(digit) * weight for digit, weight in zip(stem, weights, strict=True))
    return stem + str(-total % 10)


def npi(stem: str) -> str:
    """Nine digits with the Luhn check digit (prefix 80840) behind them."""
    digits = [int(digit) for digit in "80840" + stem]
    doubled = [sum(divmod(digit * 2, 10)) if place % 2 == 0 else digit for place, digit in enumerate(reversed(digits))]
    return stem + str(-sum(doubled) % 10)
