"""The verb `reference` of the command line: payers, lists of codes, and looking a code up."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import command_output as output
from analysis.arguments import day_of
from analysis.casework.code_lists import code_lists, load_code_list, load_packaged, look_up
from analysis.casework.payers import DAYS, FIELDS, NUMBERS, TO_FILL_IN, payer_history, payers, save_payer
from analysis.exports import to_json_lines
from analysis.intake.code_lists import LISTS, PACKAGED
from analysis.problems import RequestRefused
from analysis.store import Store, open_store

Step = Callable[[Store, argparse.Namespace], int]
_LISTED = ("payer_number", "version", "payer_standing", "payer_name", "payer_ids", "aliases", "phone", "refund_address")


def add_reference(verbs: Any, shared: argparse.ArgumentParser, user: str) -> None:
    """The verb and its steps stand among the verbs."""
    whole: argparse.ArgumentParser = verbs.add_parser("reference", help="payers, lists of codes, looking a code up")
    taken = whole.add_subparsers(metavar="STEP", required=True)

    def step(name: str, says: str, do: Step) -> Any:
        one = taken.add_parser(name, parents=[shared], help=says)
        one.add_argument("--user", default=user, help="who does it (%(default)s)")
        one.set_defaults(verb=lambda asked: _run(asked, do))
        return one

    step("payers", "the payers of the reference, and those of remittances to be filled in", _payers)
    one = step("payer", "one payer with its versions; with --set a new version", _payer)
    one.add_argument("payer", metavar="NAME", help="the payer's name, as `reference payers` tells it")
    one.add_argument("--set", dest="told", type=_told, action="append", default=[], metavar="FIELD=VALUE")
    one = step("load", "load a list of codes, whole or not at all", _load)
    one.add_argument("path", type=Path, nargs="?", metavar="PATH", help=f"none for the {PACKAGED} list that came along")
    one.add_argument("--list", dest="list_name", choices=tuple(LISTS), required=True)
    step("lists", "the lists of codes that were loaded", _lists)
    step("code", "what is known of a code, or of codes that say so", _code).add_argument("text", metavar="TEXT")


def _run(asked: argparse.Namespace, do: Step) -> int:
    with open_store(asked.store) as store:
        return do(store, asked)


def _payers(store: Store, asked: argparse.Namespace) -> int:
    _show(payers(store), asked, _LISTED)
    return 0


def _payer(store: Store, asked: argparse.Namespace) -> int:
    every = payers(store)
    found = every[every["payer_name"].str.upper() == asked.payer.strip().upper()]
    row: dict[str, Any] = {} if found.empty else found.astype(object).where(found.notna(), None).iloc[0].to_dict()
    number = row.get("payer_number")
    if asked.told:
        fields = {name: row.get(name) for name in FIELDS} | {"payer_name": row.get("payer_name") or asked.payer}
        number = save_payer(store, fields | dict(asked.told), asked.user, number, int(row.get("version") or 0))
    elif not row:
        raise RequestRefused("no payer of that name is in the reference or in a remittance")
    elif row["payer_standing"] == TO_FILL_IN:
        _show(found, asked, ("payer_name", "payer_ids", "aliases", "contacts", "address", "remittance_count"))
        return 0
    history = payer_history(store, int(number or 0))
    if asked.json:
        output.put(to_json_lines(history).decode().rstrip())
        return 0
    for name, value in history.iloc[0].items():
        if not pd.isna(value):
            output.put(f"{name:<18} {value}")
    return 0


def _load(store: Store, asked: argparse.Namespace) -> int:
    if asked.path is None:
        if asked.list_name != PACKAGED:
            output.say(f"tieout: only the {PACKAGED} list came with Tieout; name the file of yours")
            return 2
        count = load_packaged(store, asked.user)
    else:
        try:
            data = asked.path.read_bytes()
        except OSError:
            output.say(f"tieout: there is no file {asked.path} that can be read")
            return 2
        count = load_code_list(store, asked.list_name, asked.path.name, data, asked.user)
    told = {"list": asked.list_name, "codes": count}
    output.put(json.dumps(told) if asked.json else f"{asked.list_name}: {count:,} codes hold from now on")
    return 0


def _lists(store: Store, asked: argparse.Namespace) -> int:
    _show(code_lists(store), asked, ("list_name", "source_name", "code_count", "loaded_by", "loaded_at", "is_in_force"))
    return 0


def _code(store: Store, asked: argparse.Namespace) -> int:
    found = look_up(store, asked.text)
    if found.empty and not asked.json:
        output.say("tieout: nothing is known of it; `reference load` brings the site's own lists")
        return 0
    _show(found, asked, tuple(found.columns))
    return 0


def _show(frame: pd.DataFrame, asked: argparse.Namespace, columns: tuple[str, ...]) -> None:
    if asked.json:
        output.put(to_json_lines(frame).decode().rstrip())
    else:
        output.put(output.as_text(frame[list(columns)]).rstrip())


def _told(text: str) -> tuple[str, Any]:
    name, found, value = text.partition("=")
    if not found or name not in FIELDS:
        raise argparse.ArgumentTypeError(f"wanted FIELD=VALUE, FIELD one of {', '.join(FIELDS)}")
    plain = value.replace("\\n", "\n").strip()
    if not plain:
        return name, None
    if name in NUMBERS:
        if not (plain.isascii() and plain.isdigit()):
            raise argparse.ArgumentTypeError(f"{name}: wanted days, found {plain!r}")
        return name, int(plain)
    return name, day_of(plain) if name in DAYS else plain
