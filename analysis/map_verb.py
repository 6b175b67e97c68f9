"""The verb `map` of the command line: under which headings an unknown table holds our columns, saved for good.

Without `--kind` and `--column` it shows what Tieout would guess and saves nothing, unless `--yes` takes the guess.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis import command_output as output
from analysis.intake.column_mapping import DATE_ORDERS, ColumnMapping, fingerprint, mapping_of
from analysis.intake.mapping_guess import Guess, Head, guess, head_of, preview
from analysis.intake.table_kinds import KINDS
from analysis.problems import RequestRefused
from analysis.store import Store, open_store
from analysis.store.mappings import mappings, save_mapping, withdraw_mapping

_FAULTS_SHOWN = 10


def add_map(verbs: Any, shared: argparse.ArgumentParser, user: str) -> None:
    """The verb stands among the verbs."""
    one: argparse.ArgumentParser = verbs.add_parser(
        "map", parents=[shared], help="say which columns of an unknown table are which; list and withdraw mappings"
    )
    one.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the table; without it, list what is in force")
    one.add_argument("--kind", choices=[kind.name for kind in KINDS], help="what the table is (guessed)")
    one.add_argument(
        "--column", action="append", type=_pair, default=[], metavar="THEIRS=OURS", help="a heading and our column"
    )
    one.add_argument("--flip-sign", action="store_true", help="amounts have the other sign than ours")
    one.add_argument("--date-order", choices=DATE_ORDERS, help="how 03/04/2026 is read (told by the rows)")
    one.add_argument("--yes", action="store_true", help="save the guess as it is")
    one.add_argument("--withdraw", type=int, metavar="NUMBER", help="withdraw that mapping")
    one.add_argument("--user", default=user, help="who maps (%(default)s)")
    one.set_defaults(verb=_map)


def _pair(text: str) -> tuple[str, str]:
    theirs, sign, ours = text.rpartition("=")
    if not (sign and theirs.strip() and ours.strip()):
        raise argparse.ArgumentTypeError(f"wanted THEIRS=OURS, found {text!r}")
    return theirs.strip(), ours.strip()


def _map(asked: argparse.Namespace) -> int:
    if asked.file is not None and not asked.file.is_file():
        output.say(f"tieout: there is no file {asked.file}")
        return 2
    with open_store(asked.store) as store:
        if asked.withdraw is not None:
            withdraw_mapping(store, asked.withdraw, asked.user)
            output.say(f"mapping {asked.withdraw} is withdrawn; what was loaded through it stays")
            return 0
        if asked.file is None:
            _list(store, as_json=asked.json)
            return 0
        return _of_file(store, asked, asked.file.read_bytes())


def _list(store: Store, *, as_json: bool) -> None:
    for row in mappings(store).to_dict("records"):
        if as_json:
            output.put(json.dumps(row, default=str, ensure_ascii=False))
        else:
            turned = ", signs turned" if row["flips_sign"] else ""
            output.put(f"{row['mapping_id']:>4}  {row['kind']:<20}  {row['mapped_columns']}{turned}")


def _of_file(store: Store, asked: argparse.Namespace, data: bytes) -> int:
    head = head_of(data)
    if head is None:
        raise RequestRefused("this file is no table with a row of headings: wanted a CSV or an XLSX workbook")
    guessed = guess(head, asked.kind)
    columns = {**_kept(guessed, dict(asked.column)), **dict(asked.column)}
    is_saved = bool(asked.yes or asked.kind or asked.column)
    if not is_saved:
        _show(head, None, guessed.kind, columns, guessed, as_json=asked.json)
        output.say("nothing is saved: --yes takes this guess, --kind and --column say otherwise")
        return 0
    order = asked.date_order or guessed.date_order or "month_first"
    mapping = mapping_of(head.headings, guessed.kind, columns, flips_sign=asked.flip_sign, date_order=order)
    number = save_mapping(store, data, head.headings, mapping, asked.user)
    _show(head, number, guessed.kind, columns, guessed, as_json=asked.json)
    _say_faults(head, mapping)
    return 0


def _kept(guessed: Guess, told: Mapping[str, str]) -> dict[str, str]:
    """The guess without headings and columns that were told otherwise."""
    return {
        heading: column
        for heading, column in guessed.columns.items()
        if heading not in told and column not in told.values()
    }


def _show(
    head: Head, number: int | None, kind: str, columns: Mapping[str, str], guessed: Guess, *, as_json: bool
) -> None:
    """The mapping, heading by heading."""
    if as_json:
        told = {"mapping_id": number, "fingerprint": fingerprint(head.headings), "kind": kind, "columns": dict(columns)}
        output.put(json.dumps({**told, "missing": list(guessed.missing), "saved": number is not None}))
        return
    output.put(f"{kind}, headings on line {head.heading_line}" + (f", mapping {number}" if number else ""))
    for heading in head.headings:
        output.put(f"  {heading:<30}  {columns.get(heading, '(left out)')}")
    if number is None and guessed.missing:
        output.put(f"  not found: {', '.join(guessed.missing)}")
    if guessed.date_order is None:
        output.say("days could be month or day first; month first is taken unless --date-order says otherwise")


def _say_faults(head: Head, mapping: ColumnMapping) -> None:
    """What of the first rows would be refused."""
    faults = preview(head, mapping).faults
    for line, column, wanted in faults[:_FAULTS_SHOWN]:
        output.say(f"line {line}, {column}: wanted {wanted}; such a file is refused")
