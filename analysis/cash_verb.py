"""The verb `cash` of the command line: what is wrong with cheques; deposit slips made, deposited, voided, printed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis import command_output as output
from analysis.arguments import amount_of, day_of
from analysis.casework.cash_settings import payees
from analysis.casework.slip_matching import slips
from analysis.casework.slips import (
    DENOMINATIONS,
    NewSlip,
    deposit,
    free_receipts,
    prepare,
    slip_cash,
    slip_items,
    slip_told,
    void,
)
from analysis.exports.slip import slip_pdf, slip_xlsx
from analysis.intake.cheques import BARS, Cheque, faults
from analysis.intake.readers import read
from analysis.intake.recognise import recognise
from analysis.match.decisions import Who
from analysis.money import ZERO, dollars, plain
from analysis.problems import Finding, RequestRefused
from analysis.store import Store, open_store
from analysis.tieout.today import working_day

_TOLD = ("micr_line", "written_amount", "payee_name", "payer_name", "memo", "currency", "routing_number")


def add_cash(verbs: Any, shared: argparse.ArgumentParser, user: str) -> None:
    """The verb and what it does stand among the verbs."""
    whole: argparse.ArgumentParser = verbs.add_parser("cash", help="check cheques; make and follow deposit slips")
    does = whole.add_subparsers(metavar="WHAT", required=True)
    one = does.add_parser("check", parents=[shared], help="what is wrong with a cheque, or with those of a file")
    one.add_argument("files", nargs="*", type=Path, metavar="FILE", help="tables of receipts; nothing is loaded")
    one.add_argument("--micr", dest="micr_line", help="the MICR line, as the scanner writes it")
    one.add_argument("--routing", dest="routing_number")
    one.add_argument("--amount", type=amount_of, default=ZERO, help="the figures")
    one.add_argument("--words", dest="written_amount", help="the amount in words")
    one.add_argument("--date", type=day_of, help="the cheque's date")
    one.add_argument("--received", type=day_of, default=date.today(), help="when it was received (today)")
    one.add_argument("--payer", dest="payer_name")
    one.add_argument("--payee", dest="payee_name")
    one.add_argument("--memo")
    one.add_argument("--currency")
    one.set_defaults(verb=_check)

    steps = does.add_parser("slip", help="deposit slips").add_subparsers(metavar="STEP", required=True)

    def step(name: str, says: str, act: Callable[[Store, argparse.Namespace, Who], str]) -> argparse.ArgumentParser:
        new: argparse.ArgumentParser = steps.add_parser(name, parents=[shared], help=says)
        new.add_argument("--user", default=user, help="who does it (%(default)s)")
        new.add_argument("--as-of", type=day_of, metavar="DATE", help="the day it holds from (the latest day loaded)")
        new.set_defaults(verb=lambda asked: _run(asked, act))
        return new

    one = step("prepare", "make a slip of receipts that are on none", _prepare)
    one.add_argument("receipts", nargs="+", metavar="RECEIPT", help="receipt numbers, or all")
    one.add_argument("--account", default="", help="the bank account it goes to")
    one.add_argument("--lockbox", default="", help="or the lockbox")
    one.add_argument("--number", default="", help="the number printed on the bank's slip")
    one.add_argument("--cash", type=_pieces, nargs="*", default=[], metavar="20=3", help="notes and coins, counted")
    one = step("deposit", "another person takes it to the bank", _deposit)
    one.add_argument("slip", metavar="NUMBER")
    one = step("void", "it is not used; its receipts are free again", _void)
    one.add_argument("slip", metavar="NUMBER")
    one.add_argument("--reason", required=True)
    one = step("print", "write it as PDF or workbook", _print)
    one.add_argument("slip", metavar="NUMBER")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .pdf or .xlsx file")


def _check(asked: argparse.Namespace) -> int:
    is_barred = False
    for path in asked.files:
        for one in _of_file(path):
            is_barred |= BARS[one.code]
            _say(asked, path.name, one.location, one.code, one.message)
    if asked.micr_line or asked.routing_number or not asked.files:
        ours = _ours(asked)
        told = {name: getattr(asked, name) for name in _TOLD}
        cheque = Cheque(amount=asked.amount, received_on=asked.received, check_date=asked.date, **told)
        for fault in faults(cheque, ours):
            is_barred |= fault.bars
            _say(asked, "cheque", "", fault.code, fault.words)
    return 1 if is_barred else 0


def _ours(asked: argparse.Namespace) -> tuple[str, ...]:
    """The names we take cheques under; none where there is no store yet."""
    if not asked.store.exists():
        return ()
    with open_store(asked.store) as store:
        return payees(store, asked.received)


def _of_file(path: Path) -> list[Finding]:
    """The faults of the cheques of a file of receipts. Raises `RequestRefused` for another file."""
    try:
        data = path.read_bytes()
    except OSError:
        raise RequestRefused(f"{path.name}: there is no such file, or it cannot be read") from None
    kind = recognise(data).kind
    if kind != "receipts":
        raise RequestRefused(f"{path.name}: wanted a table of receipts, found {kind.replace('_', ' ')}")
    return [one for one in read(kind, data, date.today()).findings if one.code in BARS]


def _say(asked: argparse.Namespace, file: str, location: str, code: str, words: str) -> None:
    told = {"file": file, "location": location, "code": code, "bars_deposit": BARS[code], "message": words}
    if asked.json:
        output.put(json.dumps(told))
    else:
        place = f"{file}, {location}" if location else file
        output.put(f"{place}: {code}, {'bars the deposit' if BARS[code] else 'ask first'}: {words}")


def _run(asked: argparse.Namespace, act: Callable[[Store, argparse.Namespace, Who], str]) -> int:
    with open_store(asked.store) as store:
        as_of = asked.as_of or working_day(store) or date.today()
        number = act(store, asked, Who(asked.user, as_of))
        rows = slips(store, max(as_of, working_day(store) or as_of))
        (told,) = rows[rows["slip_number"] == number].to_dict("records")
    line = {"slip": number, "status": told["status"], "total_amount": plain(told["total_amount"])}
    output.put(json.dumps(line) if asked.json else "  ".join(line.values()))
    return 0


def _prepare(store: Store, asked: argparse.Namespace, who: Who) -> str:
    free = {row["receipt_id"]: row for row in free_receipts(store, who.as_of).to_dict("records")}
    named = [n for n, row in free.items() if not isinstance(row["blocked_by"], str)]
    wanted = named if asked.receipts == ["all"] else asked.receipts
    for number in wanted:
        if number not in free:
            raise RequestRefused(f"receipt {number} is not free: it is on a slip already, or not there")
    new = NewSlip(
        slip_date=who.as_of,
        chosen=[(number, free[number]["amount"]) for number in wanted],
        cash=dict(asked.cash),
        bank_account=asked.account,
        lockbox_number=asked.lockbox,
        slip_number=asked.number,
    )
    return str(_told(store, prepare(store, new, who))["slip_number"])


def _deposit(store: Store, asked: argparse.Namespace, who: Who) -> str:
    deposit(store, _named(store, asked.slip, who), who)
    return str(asked.slip)


def _void(store: Store, asked: argparse.Namespace, who: Who) -> str:
    void(store, _named(store, asked.slip, who), who, asked.reason)
    return str(asked.slip)


def _print(store: Store, asked: argparse.Namespace, who: Who) -> str:
    form = asked.out.suffix.lower()
    if form not in (".pdf", ".xlsx"):
        raise RequestRefused("a slip is printed as .pdf or .xlsx")
    slip_id = _named(store, asked.slip, who)
    made = slip_pdf if form == ".pdf" else slip_xlsx
    content = made(_told(store, slip_id), slip_items(store, asked.slip, who.as_of), slip_cash(store, slip_id))
    asked.out.write_bytes(content)
    output.say(f"wrote slip {asked.slip} to {asked.out}")
    return str(asked.slip)


def _named(store: Store, number: str, who: Who) -> int:
    """The id of the slip of that number, made here. Raises `RequestRefused` where there is none."""
    for row in slips(store, who.as_of).to_dict("records"):
        if row["slip_number"] == number and row["status"] != "told":
            return int(row["slip_id"])
    raise RequestRefused(f"there is no deposit slip {number} that was made here")


def _told(store: Store, slip_id: int) -> Any:
    found = slip_told(store, slip_id)
    if found is None:
        raise AssertionError("a slip that was found is there")
    return found


def _pieces(text: str) -> tuple[Decimal, int]:
    value, _, count = text.partition("=")
    denomination = dollars(value)
    if denomination not in DENOMINATIONS or not (count.isascii() and count.isdigit()):
        raise argparse.ArgumentTypeError(f"wanted a denomination and how many, such as 20=3, found {text!r}")
    return denomination, int(count)
