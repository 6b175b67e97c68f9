"""The verb `letter` of the command line: print letters about cases, list and write them again, letterhead and texts."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from analysis import command_output as output
from analysis.arguments import day_of
from analysis.casework.acts import by_id
from analysis.casework.letter_kinds import KINDS
from analysis.casework.letter_settings import OF_SITE, letter_settings, set_head, set_text
from analysis.casework.letters import kept_letter, letters
from analysis.casework.worklist import worklist
from analysis.exports import letter_docx, print_letters, to_json_lines
from analysis.match.decisions import Who
from analysis.store import Store, open_store
from analysis.tieout.today import working_day

Step = Callable[[Store, argparse.Namespace, Who], int]
_LISTED = ("letter_number", "letter_kind", "case_id", "letter_date", "addressee", "printed_by", "printed_at")


def add_letter(verbs: Any, shared: argparse.ArgumentParser, user: str) -> None:
    """The verb and its steps stand among the verbs."""
    whole: argparse.ArgumentParser = verbs.add_parser(
        "letter", help="print letters about cases, list them, their texts"
    )
    taken = whole.add_subparsers(metavar="STEP", required=True)

    def step(name: str, says: str, do: Step) -> Any:
        one = taken.add_parser(name, parents=[shared], help=says)
        one.add_argument("--user", default=user, help="who does it (%(default)s)")
        one.add_argument("--as-of", type=day_of, metavar="DATE", help="the day it holds from (the latest day loaded)")
        one.set_defaults(verb=lambda asked: _run(asked, do))
        return one

    one = step("print", "one letter about each case, kept with it; refused where a field is missing", _print)
    one.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help=", ".join(KINDS))
    one.add_argument("cases", nargs="+", metavar="CASE")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .pdf file")
    one.add_argument("--address", default="", help="of one letter to a patient; \\n between lines")
    one.add_argument("--answer-by", type=day_of, metavar="DATE", help="when the cases come up again")
    step("list", "the letters that were printed", _list).add_argument("case", nargs="?", metavar="CASE")
    one = step("get", "write a letter again as it was printed (.pdf), or to work on (.docx)", _get)
    one.add_argument("number", type=_number, metavar="NUMBER", help="such as L0000012")
    one.add_argument("--out", type=Path, required=True, metavar="FILE")
    one = step("head", "the letterhead; with FIELD=VALUE it is set", _head)
    one.add_argument("fields", type=_field, nargs="*", metavar="FIELD=VALUE", help=", ".join(OF_SITE))
    one.add_argument("--reason", default="")
    one = step("text", "the text of a kind, its first line the subject; with --set it is the site's own", _text)
    one.add_argument("kind", choices=tuple(KINDS), metavar="KIND")
    one.add_argument("--set", dest="file", type=Path, metavar="FILE", help="a text file, empty for Tieout's own again")
    one.add_argument("--reason", default="")


def _run(asked: argparse.Namespace, do: Step) -> int:
    with open_store(asked.store) as store:
        return do(store, asked, Who(asked.user, asked.as_of or working_day(store) or date.today()))


def _print(store: Store, asked: argparse.Namespace, who: Who) -> int:
    if asked.out.suffix.lower() != ".pdf" or not asked.out.resolve().parent.is_dir():
        output.say("tieout: letters are printed as a .pdf file in a folder that is there; `letter get` gives a .docx")
        return 2
    cases, address = by_id(worklist(store, who.as_of)), asked.address.replace("\\n", "\n")
    printed = print_letters(store, cases, asked.kind, asked.cases, who, address=address, answer_by=asked.answer_by)
    if printed.pdf:
        asked.out.write_bytes(printed.pdf)
    for case_id, one in printed.done:
        output.put(json.dumps({"case": case_id, "letter": one.number}) if asked.json else f"{case_id}  {one.number}")
    for case_id, why in printed.refused:
        output.say(f"tieout: {case_id}: {why}")
    output.say(printed.words)
    return 1 if printed.refused else 0


def _list(store: Store, asked: argparse.Namespace, _: Who) -> int:
    found = letters(store, asked.case)
    if asked.json:
        output.put(to_json_lines(found).decode().rstrip())
    elif found.empty:
        output.say("tieout: no letter was printed yet")
    else:
        output.put(output.as_text(found[list(_LISTED)]).rstrip())
    return 0


def _get(store: Store, asked: argparse.Namespace, _: Who) -> int:
    form = asked.out.suffix.lower()
    if form not in (".pdf", ".docx"):
        output.say(f"tieout: a letter is written as .pdf or .docx, not as {form or 'a file without an ending'}")
        return 2
    kept = kept_letter(store, asked.number)
    asked.out.write_bytes(kept.pdf if form == ".pdf" else letter_docx(kept.letter))
    output.say(f"wrote letter {kept.letter.number} to {asked.out}")
    return 0


def _head(store: Store, asked: argparse.Namespace, who: Who) -> int:
    if asked.fields:
        set_head(store, dict(asked.fields), who, asked.reason)
    head = letter_settings(store, who.as_of).head
    for name in OF_SITE:
        value = head.get(name, "")
        output.put(json.dumps({name: value}) if asked.json else f"{name:<14} {value}")
    return 0


def _text(store: Store, asked: argparse.Namespace, who: Who) -> int:
    if asked.file is not None:
        try:
            told = asked.file.read_text("utf-8").replace("\r\n", "\n").strip()
        except (OSError, UnicodeDecodeError):
            output.say(f"tieout: there is no file {asked.file} that can be read as text")
            return 2
        subject, _, body = told.partition("\n")
        set_text(store, asked.kind, subject, body, who, asked.reason)
    subject, body = letter_settings(store, who.as_of).texts[asked.kind]
    output.put(
        json.dumps({"kind": asked.kind, "subject": subject, "body": body}) if asked.json else f"{subject}\n\n{body}"
    )
    return 0


def _number(text: str) -> int:
    plain = text.upper().removeprefix("L")
    if not (plain.isascii() and plain.isdigit() and len(plain) < 12):
        raise argparse.ArgumentTypeError(f"wanted a letter's number such as L0000012, found {text!r}")
    return int(plain)


def _field(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or name not in OF_SITE:
        raise argparse.ArgumentTypeError(f"wanted FIELD=VALUE, FIELD one of {', '.join(OF_SITE)}")
    return name, value.replace("\\n", "\n")
