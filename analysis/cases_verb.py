"""The verb `cases` of the command line: the worklist, and all that can be done with a case, refused in the same words.

What changes a case names it as CASE@VERSION, as `cases list` and the report `worklist` tell it, so that nobody
overwrites what has changed since.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import command_output as output
from analysis.arguments import day_of
from analysis.casework.acts import Outcome, act_on, by_id
from analysis.casework.claims import claim, release, skip
from analysis.casework.codes import CHANNELS, PARTIES, PRIORITIES, SETTABLE
from analysis.casework.filters import WHOSE, filter_named, fitting, of_whom
from analysis.casework.guards import at
from analysis.casework.parked import money_places, parked_report
from analysis.casework.sheet import take_sheet
from analysis.casework.wanted import Contact, Wanted
from analysis.casework.worklist import history, next_best, skipped, worklist
from analysis.exports import report_frame, to_json_lines, worklist_xlsx
from analysis.match.decisions import Who
from analysis.money import show, total
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store, open_store
from analysis.tieout.today import working_day

_LISTED = ("case_id", "version", "turn", "state", "owner", "item_type", "amount", "payer_name", "age_days", "next_on")
_ACTS = ("decided_at", "decided_by", "action", "changed", "note", "party", "channel", "said", "promised", "promised_by")

_PARKED = ("lot_id", "parked_place", "left_amount", "standing", "reference", "age_days", "owner", "parked_on")

Step = Callable[[Store, argparse.Namespace, Who], int]


def add_cases(verbs: Any, shared: argparse.ArgumentParser, user: str) -> None:
    """The verb and its steps stand among the verbs."""
    whole: argparse.ArgumentParser = verbs.add_parser("cases", help="the worklist: list, claim, change, export, import")
    taken = whole.add_subparsers(metavar="STEP", required=True)

    def step(name: str, says: str, do: Step) -> Any:
        one = taken.add_parser(name, parents=[shared], help=says)
        one.add_argument("--user", default=user, help="who does it (%(default)s)")
        one.add_argument("--as-of", type=day_of, metavar="DATE", help="the day it holds from (the latest day loaded)")
        one.set_defaults(verb=lambda asked: _run(asked, do))
        return one

    one = step("list", "the cases, next best first", _list)
    _add_filter(one)
    one.add_argument("--rows", type=int, help="only so many")
    one = step("show", "one case with all that was done", _show)
    one.add_argument("case", metavar="CASE")
    step("suspense", "where all money of deposits is, and what of it is parked", _suspense)
    step("next", "claim the case that is best to work on now", _next)
    for name, says, do in (
        ("claim", "keep it from others for a while, or for longer", _claim),
        ("release", "free it again", _released(release, "is free")),
        ("skip", "not today", _released(skip, "is skipped for today")),
    ):
        step(name, says, do).add_argument("case", metavar="CASE")
    one = step("assign", "whose cases they are", _assign)
    one.add_argument("cases", type=_named, nargs="+", metavar="CASE@VERSION")
    one.add_argument("--to", required=True, metavar="NAME", help="empty for nobody")
    _add_changes(step("set", "state, priority, dates", _set))
    one = step("note", "add a note", _note)
    one.add_argument("case", metavar="CASE")
    one.add_argument("text", metavar="TEXT")
    _add_contact(step("contact", "log a call, letter or message", _contact))
    one = step("lift", "a supervisor lifts the age limit until a day", _lift)
    one.add_argument("cases", type=_named, nargs="+", metavar="CASE@VERSION")
    one.add_argument("--until", type=day_of, required=True, metavar="DATE")
    one.add_argument("--reason", required=True)
    one = step("export", "write the worklist as a workbook to work in", _export)
    _add_filter(one)
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="an .xlsx file")
    one = step("import", "take state, owner, next date and note out of that workbook", _import)
    one.add_argument("file", type=Path, metavar="FILE")


def _add_filter(one: Any) -> None:
    one.add_argument("--filter", metavar="NAME", help="a saved filter")
    one.add_argument("--whose", choices=WHOSE, default=WHOSE[0], help="the user's own cases, nobody's, or all")


def _add_changes(one: Any) -> None:
    one.add_argument("cases", type=_named, nargs="+", metavar="CASE@VERSION")
    one.add_argument("--state", choices=SETTABLE)
    one.add_argument("--priority", choices=PRIORITIES)
    one.add_argument("--due", type=day_of, dest="due_on", metavar="DATE")
    one.add_argument("--next", type=day_of, dest="next_on", metavar="DATE", help="when it comes up again")
    one.add_argument("--resolution", metavar="CODE", help="with --state resolved")
    one.add_argument("--note", default="")


def _add_contact(one: Any) -> None:
    one.add_argument("case", metavar="CASE")
    one.add_argument("--with", dest="party", choices=PARTIES, required=True)
    one.add_argument("--by", dest="channel", choices=CHANNELS, required=True)
    one.add_argument("--said", required=True)
    one.add_argument("--spoke-with", default="")
    one.add_argument("--number", default="", help="the number called")
    one.add_argument("--reference", dest="call_reference", default="", help="the call's reference")
    one.add_argument("--promised", default="", help="what was promised")
    one.add_argument("--promised-by", type=day_of, metavar="DATE", help="by when")
    one.add_argument("--next", type=day_of, dest="next_on", metavar="DATE", help="when the case comes up again")


def _run(asked: argparse.Namespace, do: Step) -> int:
    with open_store(asked.store) as store:
        return do(store, asked, Who(asked.user, asked.as_of or working_day(store) or date.today()))


def _shown(store: Store, asked: argparse.Namespace, who: Who) -> pd.DataFrame:
    cases = of_whom(worklist(store, who.as_of), asked.whose, who.name)
    return cases if asked.filter is None else fitting(cases, filter_named(store, asked.filter, who.name), who.name)


def _list(store: Store, asked: argparse.Namespace, who: Who) -> int:
    shown = _shown(store, asked, who)
    shown = shown if asked.rows is None else shown.head(max(asked.rows, 0))
    if asked.json:
        output.put(to_json_lines(report_frame(shown, "worklist")).decode().rstrip())
    else:
        output.put(output.as_text(shown[list(_LISTED)]).rstrip())
    return 0


def _show(store: Store, asked: argparse.Namespace, who: Who) -> int:
    cases = worklist(store, who.as_of)
    one = report_frame(cases[cases["case_id"] == asked.case], "worklist")
    if one.empty:
        raise RequestRefused(f"no case {asked.case} is known on {who.as_of}")
    acts = history(store, asked.case)[list(_ACTS)]
    if asked.json:
        output.put((to_json_lines(one) + to_json_lines(acts)).decode().rstrip())
        return 0
    for name, value in one.iloc[0].items():
        output.put(f"{name:<15} {'' if pd.isna(value) else value}")
    if not acts.empty:
        output.put(output.as_text(acts).rstrip())
    return 0


def _suspense(store: Store, asked: argparse.Namespace, who: Who) -> int:
    places, parked = money_places(store, who.as_of), report_frame(parked_report(store, who.as_of), "suspense")
    if asked.json:
        output.put((to_json_lines(report_frame(places, "money_places")) + to_json_lines(parked)).decode().rstrip())
        return 0
    output.put(output.as_text(places).rstrip())
    output.put(f"together {show(total(places['amount']))}: every deposit's money, each cent once")
    if not parked.empty:
        output.put(output.as_text(parked[list(_PARKED)]).rstrip())
    return 0


def _next(store: Store, asked: argparse.Namespace, who: Who) -> int:
    cases = worklist(store, who.as_of)
    found = next_best(cases, who.name, skipped(store, who.name, who.as_of))
    if found is None:
        output.say("tieout: there is nothing to be worked on now")
        return 0
    return _claimed(store, found, cases, asked, who)


def _claim(store: Store, asked: argparse.Namespace, who: Who) -> int:
    return _claimed(store, asked.case, worklist(store, who.as_of), asked, who)


def _claimed(store: Store, case_id: str, cases: pd.DataFrame, asked: argparse.Namespace, who: Who) -> int:
    until = claim(store, by_id(cases), case_id, who)
    _put(asked, case_id, f"claimed until {at(until)}")
    return 0


def _released(do: Callable[..., None], says: str) -> Step:
    def done(store: Store, asked: argparse.Namespace, who: Who) -> int:
        do(store, by_id(worklist(store, who.as_of)), asked.case, who)
        _put(asked, asked.case, says)
        return 0

    return done


def _assign(store: Store, asked: argparse.Namespace, who: Who) -> int:
    wanted = [Wanted(case, seen, "set", {"owner": asked.to}) for case, seen in asked.cases]
    return _acted(store, asked, who, wanted)


def _set(store: Store, asked: argparse.Namespace, who: Who) -> int:
    told = {name: getattr(asked, name) for name in ("state", "priority", "due_on", "next_on", "resolution")}
    changes = {name: value for name, value in told.items() if value is not None}
    return _acted(store, asked, who, [Wanted(case, seen, "set", changes, asked.note) for case, seen in asked.cases])


def _note(store: Store, asked: argparse.Namespace, who: Who) -> int:
    return _acted(store, asked, who, [Wanted(asked.case, None, "note", note=asked.text)])


def _contact(store: Store, asked: argparse.Namespace, who: Who) -> int:
    contact = Contact(**{name: getattr(asked, name) for name in Contact.__slots__})
    return _acted(store, asked, who, [Wanted(asked.case, None, "contact", contact=contact)])


def _lift(store: Store, asked: argparse.Namespace, who: Who) -> int:
    wanted = [Wanted(one, seen, "lift", note=asked.reason, lifted_until=asked.until) for one, seen in asked.cases]
    return _acted(store, asked, who, wanted)


def _acted(store: Store, asked: argparse.Namespace, who: Who, wanted: Sequence[Wanted]) -> int:
    outcome = act_on(store, by_id(worklist(store, who.as_of)), wanted, who)
    if len(wanted) == 1 and outcome.refused:
        raise DecisionRefused(outcome.refused[0][1])
    return _tell(outcome, asked)


def _tell(outcome: Outcome, asked: argparse.Namespace) -> int:
    for case_id in outcome.done:
        _put(asked, case_id, "done")
    for case_id, why in outcome.refused:
        output.say(f"tieout: {case_id}: {why}")
    if len(outcome.done) + len(outcome.refused) > 1:
        output.say(outcome.words)
    return 1 if outcome.refused else 0


def _export(store: Store, asked: argparse.Namespace, who: Who) -> int:
    if asked.out.suffix.lower() != ".xlsx":
        output.say("tieout: the worklist is worked in as an .xlsx file")
        return 2
    shown = _shown(store, asked, who)
    asked.out.write_bytes(worklist_xlsx(shown, who.as_of))
    output.say(f"wrote {len(shown):,} cases to {asked.out}")
    return 0


def _import(store: Store, asked: argparse.Namespace, who: Who) -> int:
    try:
        data = asked.file.read_bytes()
    except OSError:
        output.say(f"tieout: there is no file {asked.file} that can be read")
        return 2
    taken = take_sheet(store, by_id(worklist(store, who.as_of)), data, who)
    for number, case_id, why in taken.refused:
        output.say(f"tieout: row {number}, {case_id}: {why}")
    line = {"taken": len(taken.done), "not_taken": len(taken.refused), "untouched": taken.untouched}
    output.put(json.dumps(line | {"before": taken.before, "not_read": taken.ignored}) if asked.json else taken.words)
    return 1 if taken.refused else 0


def _put(asked: argparse.Namespace, case_id: str, says: str) -> None:
    output.put(json.dumps({"case": case_id, "status": says}) if asked.json else f"{case_id}  {says}")


def _named(text: str) -> tuple[str, int]:
    case_id, _, version = text.rpartition("@")
    if not case_id or not (version.isascii() and version.isdigit()):
        raise argparse.ArgumentTypeError(f"wanted CASE@VERSION such as credit-1a2b@0, found {text!r}")
    return case_id, int(version)
