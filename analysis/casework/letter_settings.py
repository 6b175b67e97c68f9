"""The site's letterhead and its own texts of letters: dated settings, each with who and why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.casework.letter_kinds import BANK, HEAD, KINDS, check_text
from analysis.match.decisions import Who, needed
from analysis.problems import RequestRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table
from analysis.trade_words import spoken

PREFIX = "letter_"
OF_SITE = (*HEAD, *BANK)
LONGEST_LINE, LONGEST = 500, 8_000


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """What is in force on a day: the site's own fields, those that are set, and subject and body of each kind."""

    head: Mapping[str, str]
    texts: Mapping[str, tuple[str, str]]
    own: frozenset[str]


def letter_settings(store: Store, as_of: date) -> LetterSettings:
    """The settings in force on that day; Tieout's own texts where the site has set none."""
    rows = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": PREFIX}).to_pylist()
    told = {row["name"].removeprefix(PREFIX): json.loads(row["value"]) for row in rows}
    own = {name: tuple(told[f"text.{name}"]) for name in KINDS if told.get(f"text.{name}")}
    texts = {name: own.get(name, (spoken(kind.subject), spoken(kind.body))) for name, kind in KINDS.items()}
    head = {name: told[f"head.{name}"] for name in OF_SITE if told.get(f"head.{name}")}
    return LetterSettings(head, texts, frozenset(own))


def set_head(store: Store, fields: Mapping[str, str], who: Who, reason: str) -> int:
    """These fields hold from the day looked at, empty for none; returns how many were otherwise before."""
    words = needed(reason, "a setting is changed")
    before = letter_settings(store, who.as_of).head
    for name, value in fields.items():
        if name not in OF_SITE:
            raise RequestRefused(f"a letterhead has no {name}; it has {', '.join(OF_SITE)}")
        if len(value) > LONGEST_LINE:
            raise RequestRefused(f"{name} has at most {LONGEST_LINE} characters")
    changed = {name: value.strip() for name, value in fields.items() if value.strip() != before.get(name, "")}
    if not changed:
        raise RequestRefused("nothing is changed: it is set so already")
    _save(store, {f"head.{name}": value for name, value in changed.items()}, who, words)
    return len(changed)


def set_text(store: Store, kind: str, subject: str, body: str, who: Who, reason: str) -> None:
    """The kind's text from the day looked at; both empty for Tieout's own again.

    Raises `RequestRefused` for a field that the kind does not know.
    """
    if kind not in KINDS:
        raise RequestRefused(f"there is no letter {kind}; there are {', '.join(KINDS)}")
    words = needed(reason, "a text is changed")
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip()
    if bool(subject) != bool(body):
        raise RequestRefused("a letter needs both a subject and a text")
    if len(subject) > LONGEST_LINE or len(body) > LONGEST:
        raise RequestRefused(f"a subject has at most {LONGEST_LINE} characters, a text {LONGEST:,}")
    if "\n" in subject:
        raise RequestRefused("a subject is one line")
    for text in (subject, body):
        check_text(KINDS[kind], text)
    _save(store, {f"text.{kind}": [subject, body] if subject else None}, who, words)


def _save(store: Store, settings: Mapping[str, object], who: Who, reason: str) -> None:
    def work(writer: MatchWriter) -> None:
        for name, value in settings.items():
            writer.change_setting(PREFIX + name, json.dumps(value), who.as_of, who.name, reason)

    write(store, work)
