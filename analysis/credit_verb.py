"""The verb `credit` of the command line: a person's reading of a credit, lists for billing, a quarter's CMS-838."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis import command_output as output
from analysis.arguments import day_of
from analysis.credits.audited import readings
from analysis.credits.billing_lists import KINDS, billing_list_rows, billing_lists, instruction_queue, send
from analysis.credits.cms_838 import certification, certify, cms_838
from analysis.credits.known import known_accounts
from analysis.credits.person_readings import CAUSES, DISPOSITIONS, PersonReading, agree, read_credit, withdraw
from analysis.credits.quarters import quarter_end, quarter_name
from analysis.exports import to_csv, to_json_lines
from analysis.exports.cms_838 import cms_838_xlsx
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused, RequestRefused
from analysis.refund_verb import write_rows
from analysis.store import Store, open_store
from analysis.tieout.today import working_day

WORKSHEET = "the audit's worksheet"
"""The evidence of a reading where the command line names none."""


def add_credit(verbs: Any, shared: argparse.ArgumentParser, user: str) -> None:
    """The verb and its steps stand among the verbs."""
    whole: argparse.ArgumentParser = verbs.add_parser("credit", help="read credits, and tell billing and Medicare")
    taken = whole.add_subparsers(metavar="STEP", required=True)

    def step(name: str, says: str, act: Callable[[Store, argparse.Namespace, Who], None]) -> Any:
        one = taken.add_parser(name, parents=[shared], help=says)
        one.add_argument("--user", default=user, help="who does it (%(default)s)")
        one.add_argument("--as-of", type=day_of, metavar="DATE", help="the day it holds from (the latest day loaded)")
        one.set_defaults(verb=lambda asked: _run(asked, act))
        return one

    one = step("read", "say why an account is in credit, and what to do", _read)
    one.add_argument("account_number", metavar="ACCOUNT")
    one.add_argument("--cause", choices=tuple(CAUSES), required=True)
    one.add_argument("--disposition", choices=tuple(DISPOSITIONS), required=True)
    one.add_argument("--owed-to", default="", metavar="NAME", help="the payer, or the account to transfer to")
    one.add_argument("--reason", required=True)
    one.add_argument("--evidence", default=WORKSHEET, help="what shows it (%(default)s)")
    one = step("agree", "agree with a reading, as a second person", _agree)
    one.add_argument("reading", type=int, metavar="READING")
    one.add_argument("--reason", default="")
    one = step("withdraw", "take a reading back", _withdraw)
    one.add_argument("reading", type=int, metavar="READING")
    one.add_argument("--reason", required=True)
    one = step("send", "send the open instructions of a kind to the billing system as one list, each once", _send)
    one.add_argument("kinds", nargs="+", choices=tuple(KINDS), metavar="KIND", help=", ".join(KINDS))
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .csv or .xlsx file")
    one = step("certify", "certify the CMS-838 of a quarter as it stands", _certify)
    one.add_argument("quarter", metavar="QUARTER", help="such as 2026Q3")
    one.add_argument("--reason", required=True)


def write_cms_838(store: Store, quarter: str, as_of: date, form: str, out: Path | None) -> int:
    """The quarter's CMS-838 is printed or written: the detail page, as a workbook with its certification before it."""
    report = cms_838(store, quarter_end(quarter), as_of)
    if form == "xlsx" and out is not None:
        out.write_bytes(cms_838_xlsx(report))
    elif out is not None:
        out.write_bytes(to_csv(report.detail))
    elif form == "json":
        output.put(to_json_lines(report.detail).decode().rstrip())
    elif form == "csv":
        output.put(to_csv(report.detail).decode().rstrip())
    else:
        for name, value in certification(report):
            output.put(f"{name:<28} {value}")
        output.put(output.as_text(report.detail).rstrip())
    if out is not None:
        output.say(f"wrote {len(report.detail):,} credits of {quarter_name(report.quarter_end)} to {out}")
    return 0


def _run(asked: argparse.Namespace, act: Callable[[Store, argparse.Namespace, Who], None]) -> int:
    with open_store(asked.store) as store:
        act(store, asked, Who(asked.user, asked.as_of or working_day(store) or date.today()))
    return 0


def _read(store: Store, asked: argparse.Namespace, who: Who) -> None:
    found = known_accounts(store, who.as_of, asked.account_number)
    if not found:
        raise DecisionRefused(f"account {asked.account_number} is not in credit")
    given = {name: getattr(asked, name) for name in ("cause", "disposition", "owed_to", "reason", "evidence")}
    wanted = PersonReading(asked.account_number, found[0].account["credit_date"], **given)
    _told(store, read_credit(store, wanted, who), asked, who)


def _agree(store: Store, asked: argparse.Namespace, who: Who) -> None:
    agree(store, asked.reading, who, asked.reason)
    _told(store, asked.reading, asked, who)


def _withdraw(store: Store, asked: argparse.Namespace, who: Who) -> None:
    withdraw(store, asked.reading, who, asked.reason)
    _told(store, asked.reading, asked, who)


def _told(store: Store, reading_id: int, asked: argparse.Namespace, who: Who) -> None:
    frame = readings(store, max(who.as_of, working_day(store) or who.as_of))
    standing = frame[frame["reading_id"] == reading_id]["standing"].iloc[0]
    line = {"reading": reading_id, "standing": standing}
    output.put(json.dumps(line) if asked.json else f"reading {reading_id}  {standing.replace('_', ' ')}")


def _send(store: Store, asked: argparse.Namespace, who: Who) -> None:
    frame = instruction_queue(store, who.as_of)
    rows = frame[(frame["status"] == "open") & frame["kind"].isin(asked.kinds)]
    chosen: list[tuple[str, Decimal]] = list(zip(rows["instruction_key"], rows["amount"], strict=True))
    if not chosen:
        raise RequestRefused(f"no instruction of {', '.join(asked.kinds)} is open")
    list_id = send(store, chosen, who)
    told = billing_list_rows(store, list_id)
    told_hash = billing_lists(store, date.max).set_index("list_id")["content_hash"][list_id]
    write_rows(told, f"Instructions, list {list_id}", who.as_of, asked.out, told_hash)
    output.say(f"list {list_id}, instructions: {len(told):,}, written to {asked.out}")


def _certify(store: Store, asked: argparse.Namespace, who: Who) -> None:
    end = quarter_end(asked.quarter)
    number = certify(store, end, who, asked.reason)
    line = {"report": number, "quarter": quarter_name(end), "standing": cms_838(store, end, who.as_of).standing}
    output.put(json.dumps(line) if asked.json else f"CMS-838 of {line['quarter']}: {line['standing']}")
