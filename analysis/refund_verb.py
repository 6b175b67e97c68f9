"""The verb `refund` of the command line: each step of a refund, refused in the same words as on the page.

A refund is named NUMBER.VERSION, as the report `refunds` and each answer tell it, so that nobody decides about what has
been edited since.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import command_output as output
from analysis.arguments import amount_of, day_of
from analysis.credits import refund_steps as steps
from analysis.credits.letters import PAYEES, letter_data
from analysis.credits.refund_checks import Wanted
from analysis.credits.refunds import exported, exports, refunds
from analysis.exports import to_csv, to_one_sheet, to_xlsx
from analysis.match.decisions import Who
from analysis.problems import RequestRefused
from analysis.store import Store, open_store
from analysis.tieout.today import working_day

Named = tuple[int, int]
_FIELDS = ("payee_type", "payee_name", "payee_address", "amount", "reason", "evidence")


def add_refund(verbs: Any, shared: argparse.ArgumentParser, user: str) -> None:
    """The verb and its steps stand among the verbs."""
    whole: argparse.ArgumentParser = verbs.add_parser("refund", help="request, approve, export and follow refunds")
    taken = whole.add_subparsers(metavar="STEP", required=True)

    def step(name: str, says: str, act: Callable[[Store, argparse.Namespace, Who], Named | None]) -> Any:
        one = taken.add_parser(name, parents=[shared], help=says)
        one.add_argument("--user", default=user, help="who does it (%(default)s)")
        one.add_argument("--as-of", type=day_of, metavar="DATE", help="the day it holds from (the latest day loaded)")
        one.set_defaults(verb=lambda asked: _run(asked, act))
        return one

    one = step("request", "ask for a refund", _request)
    one.add_argument("account_number", metavar="ACCOUNT")
    _add_fields(one, needed=True)
    one = step("edit", "change it; its approvals are void", _edit)
    one.add_argument("refund", type=_named, metavar="NUMBER.VERSION")
    _add_fields(one, needed=False)
    one = step("approve", "approve what another person requested", _approve)
    one.add_argument("refund", type=_named, metavar="NUMBER.VERSION")
    one.add_argument("--reason", default="")
    for name, says, act in (
        ("decline", "do not make it", steps.decline),
        ("return", "its cheque came back", steps.return_),
        ("void", "stop it before it is paid", steps.void),
    ):
        one = step(name, says, _with_reason(act))
        one.add_argument("refund", type=_named, metavar="NUMBER.VERSION")
        one.add_argument("--reason", required=True)
    one = step("export", "write approved refunds for accounts payable, each once", _export)
    one.add_argument("refunds", type=_named, nargs="+", metavar="NUMBER.VERSION")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .csv or .xlsx file")
    one = step("list", "write an exported list again, as it went out", _list)
    one.add_argument("list", type=int, metavar="LIST")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .csv or .xlsx file")
    one = step("letters", "write the data of the letters to the payees of an exported list", _letters)
    one.add_argument("list", type=int, metavar="LIST")
    one.add_argument("--payee-type", choices=tuple(PAYEES), required=True)
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .csv or .xlsx file")
    for name, says, by_number in (
        ("cheque", "its cheque is written", steps.record_cheque),
        ("acknowledge", "the payee has it", steps.acknowledge),
    ):
        one = step(name, says, _with_number(by_number))
        one.add_argument("refund", type=_named, metavar="NUMBER.VERSION")
        one.add_argument("--number", required=True, help="the cheque's number, or what acknowledges it")
        one.add_argument("--date", type=day_of, required=True)
    one = step("clear", "the bank paid it", _clear)
    one.add_argument("refund", type=_named, metavar="NUMBER.VERSION")
    one.add_argument("--date", type=day_of, required=True)


def _add_fields(one: argparse.ArgumentParser, *, needed: bool) -> None:
    one.add_argument("--amount", type=amount_of, required=needed)
    one.add_argument("--payee-type", choices=("PAYER", "PATIENT"), required=needed)
    one.add_argument("--payee", dest="payee_name", required=needed)
    one.add_argument("--address", dest="payee_address", required=needed)
    one.add_argument("--reason", required=needed)
    one.add_argument("--evidence", required=needed, help="what shows it: both remittances, the receipt")


def _run(asked: argparse.Namespace, act: Callable[[Store, argparse.Namespace, Who], Named | None]) -> int:
    with open_store(asked.store) as store:
        as_of = asked.as_of or working_day(store) or date.today()
        changed = act(store, asked, Who(asked.user, as_of))
        if changed is None:
            return 0
        told = refunds(store, max(as_of, working_day(store) or as_of))
        status = told[told["refund_id"] == changed[0]]["status"].iloc[0]
        line = {"refund": f"{changed[0]}.{changed[1]}", "status": status}
        output.put(json.dumps(line) if asked.json else f"{line['refund']}  {status.replace('_', ' ')}")
    return 0


def _request(store: Store, asked: argparse.Namespace, who: Who) -> Named:
    fields = {name: getattr(asked, name) for name in _FIELDS}
    return steps.request(store, Wanted(account_number=asked.account_number, **fields), who), 1


def _edit(store: Store, asked: argparse.Namespace, who: Who) -> Named:
    number, version = asked.refund
    rows = refunds(store, who.as_of)
    found = rows[rows["refund_id"] == number].to_dict("records")
    old: dict[str, Any] = found[0] if found else dict.fromkeys((*_FIELDS, "account_number"), "")
    new: dict[str, Any] = {
        name: old[name] if getattr(asked, name) is None else getattr(asked, name) for name in _FIELDS
    }
    return number, steps.edit(store, number, version, Wanted(account_number=old["account_number"], **new), who)


def _approve(store: Store, asked: argparse.Namespace, who: Who) -> Named:
    number, version = asked.refund
    steps.approve(store, number, version, who, asked.reason)
    return number, version


def _clear(store: Store, asked: argparse.Namespace, who: Who) -> Named:
    number, version = asked.refund
    steps.clear(store, number, version, asked.date, who)
    return number, version


def _with_reason(act: Callable[..., None]) -> Callable[[Store, argparse.Namespace, Who], Named]:
    def done(store: Store, asked: argparse.Namespace, who: Who) -> Named:
        act(store, *asked.refund, who, asked.reason)
        named: Named = asked.refund
        return named

    return done


def _with_number(act: Callable[..., None]) -> Callable[[Store, argparse.Namespace, Who], Named]:
    def done(store: Store, asked: argparse.Namespace, who: Who) -> Named:
        act(store, *asked.refund, asked.number, asked.date, who)
        named: Named = asked.refund
        return named

    return done


def _export(store: Store, asked: argparse.Namespace, who: Who) -> None:
    _refuse_unwritable(asked.out)
    _write_list(store, steps.export(store, asked.refunds, who), asked, who)


def _list(store: Store, asked: argparse.Namespace, who: Who) -> None:
    _refuse_unwritable(asked.out)
    if exported(store, asked.list).empty:
        raise RequestRefused(f"there is no list {asked.list}")
    _write_list(store, asked.list, asked, who)


def _refuse_unwritable(out: Path) -> None:
    """Raises `RequestRefused` where the file could not be written, before anything goes out."""
    if out.is_dir() or not out.parent.is_dir() or not os.access(out if out.exists() else out.parent, os.W_OK):
        raise RequestRefused(f"{out.name} cannot be written there; name a file in a folder of yours")


def _write_list(store: Store, export_id: int, asked: argparse.Namespace, who: Who) -> None:
    rows = exported(store, export_id)
    told_hash = exports(store, date.max).set_index("export_id")["content_hash"][export_id]
    write_rows(rows, f"Refunds, list {export_id}", who.as_of, asked.out, told_hash)
    output.say(f"list {export_id}, refunds: {len(rows):,}, written to {asked.out}")


def _letters(store: Store, asked: argparse.Namespace, who: Who) -> None:
    rows = letter_data(store, asked.list, asked.payee_type, who.as_of)
    title = f"Letters to {PAYEES[asked.payee_type]}, list {asked.list}"
    if asked.out.suffix.lower() == ".xlsx":
        asked.out.write_bytes(to_one_sheet(rows, title))
    else:
        asked.out.write_bytes(to_csv(rows))
    output.say(f"wrote the data of {len(rows):,} letters to {asked.out}")


def write_rows(rows: pd.DataFrame, title: str, as_of: date, out: Path, told_hash: str) -> None:
    """The rows of a list stand in the file, as a workbook with their hash where its name ends so, else as CSV."""
    is_book = out.suffix.lower() == ".xlsx"
    out.write_bytes(to_xlsx(rows, title, as_of, f"SHA-256 {told_hash}", ("amount",)) if is_book else to_csv(rows))


def _named(text: str) -> Named:
    number, _, version = text.partition(".")
    if not (number.isascii() and number.isdigit() and version.isascii() and version.isdigit()):
        raise argparse.ArgumentTypeError(f"wanted NUMBER.VERSION such as 3.1, found {text!r}")
    return int(number), int(version)
