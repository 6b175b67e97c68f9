"""The command line: `python -m analysis VERB`. Answers go to standard output, messages to standard error.

Exit 0 done, 1 some input refused or a check failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from analysis import command_output as output
from analysis.arguments import day_of
from analysis.backup_verb import add_backup
from analysis.cases_verb import add_cases
from analysis.cash_verb import add_cash
from analysis.credit_verb import add_credit, write_cms_838
from analysis.credits.quarters import last_quarter_end, quarter_name
from analysis.credits.roll_forward import credit_checks
from analysis.demo import run_demo
from analysis.exports import in_trade, report_frame
from analysis.letter_verb import add_letter
from analysis.map_verb import add_map
from analysis.match.run import match
from analysis.problems import TieoutError
from analysis.reference_verb import add_reference
from analysis.refund_verb import add_refund
from analysis.reports import CMS_838, REPORTS
from analysis.sample import SAMPLES
from analysis.store import Store, open_store
from analysis.store.loading import load, sources
from analysis.tieout.certificate import certificate
from analysis.tieout.closing import closing_of, prepare, reopen, review
from analysis.tieout.closing_checks import checks
from analysis.tieout.today import latest_day, working_day
from analysis.tieout.trace import trace
from analysis.tieout.verify import verify
from analysis.trade import speak_for

DEFAULT_STORE = "data/tieout.duckdb"


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the arguments say; returns the exit code."""
    asked = parser().parse_args(arguments)
    verb: Callable[[argparse.Namespace], int] = asked.verb
    try:
        return verb(asked)
    except TieoutError as error:
        output.say(f"tieout: {error}")
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        output.say(f"tieout: {error.filename or 'a file'} cannot be read or written: {error.strerror}")
        return 2


def parser() -> argparse.ArgumentParser:
    """The verbs and their options."""
    store = Path(os.environ.get("TIEOUT_STORE", DEFAULT_STORE))
    shared = _shared(store, "the store's file (TIEOUT_STORE, else %(default)s)")
    fresh = _shared(None, "a fresh store's file (in memory where none is named)")
    top = argparse.ArgumentParser(
        prog="python -m analysis", description="Tieout: every cent of every deposit accounted for."
    )
    verbs = top.add_subparsers(metavar="VERB", required=True)

    one = verbs.add_parser("load", parents=[shared], help="load files and folders")
    one.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    one.add_argument("--user", default=_user(), help="who loads (%(default)s)")
    one.set_defaults(verb=_load)

    one = verbs.add_parser("match", parents=[shared], help="match what is open")
    one.add_argument("--as-of", type=day_of, metavar="DATE", help="the day to match as of (the latest day loaded)")
    one.add_argument("--dry-run", action="store_true", help="tell what would match, and change nothing")
    one.add_argument("--user", default=_user(), help="who matches (%(default)s)")
    one.set_defaults(verb=_match)

    one = verbs.add_parser("report", parents=[shared], help="print or write a report")
    one.add_argument("name", choices=sorted(REPORTS), metavar="NAME", help=", ".join(sorted(REPORTS)))
    one.add_argument("--as-of", type=day_of, metavar="DATE", help="the day to report as of (the latest day loaded)")
    one.add_argument("--format", choices=("table", "csv", "xlsx", "json"), help="table, or csv where --out is given")
    one.add_argument("--out", type=Path, metavar="FILE", help="write there instead of printing")
    one.add_argument("--quarter", metavar="QUARTER", help="of cms-838: such as 2026Q3 (the last one that is over)")
    one.set_defaults(verb=_report)

    one = verbs.add_parser("trace", parents=[shared], help="everything known of an amount, number or payer")
    one.add_argument("text", metavar="TEXT", help="an amount, trace, cheque, claim, account or batch number, or a name")
    one.add_argument("--as-of", type=day_of, metavar="DATE", help="the day to ask as of (the latest day loaded)")
    one.set_defaults(verb=_trace)

    one = verbs.add_parser("close", parents=[shared], help="check a day, sign it, re-open it, write its certificate")
    one.add_argument("day", type=day_of, metavar="DAY", help="the day YYYY-MM-DD")
    step = one.add_mutually_exclusive_group()
    step.add_argument("--prepare", action="store_true", help="the first signature: the checks hold")
    step.add_argument("--review", action="store_true", help="the second signature, of someone else: the day is closed")
    step.add_argument("--reopen", metavar="REASON", help="the closed day is open again")
    one.add_argument("--note", default="", help="what stands beside the signature; --review needs one")
    one.add_argument("--certificate", type=Path, metavar="FILE", help="write the certificate there, .pdf or .xlsx")
    one.add_argument("--user", default=_user(), help="who signs (%(default)s)")
    one.set_defaults(verb=_close)

    add_map(verbs, shared, _user())
    add_refund(verbs, shared, _user())
    add_credit(verbs, shared, _user())
    add_cases(verbs, shared, _user())
    add_cash(verbs, shared, _user())
    add_letter(verbs, shared, _user())
    add_reference(verbs, shared, _user())

    one = verbs.add_parser("verify", parents=[shared], help="prove the store's invariants")
    one.set_defaults(verb=_verify)

    add_backup(verbs, shared)

    one = verbs.add_parser("demo", parents=[fresh], help="load a sample into a fresh store and show it")
    one.add_argument(
        "--sample", choices=sorted(SAMPLES), default="hospital", help="whose fortnight (%(default)s), or service"
    )
    one.set_defaults(verb=_demo)
    return top


def _shared(store: Path | None, says: str) -> argparse.ArgumentParser:
    """The options that every verb has."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--store", type=Path, default=store, help=says)
    options.add_argument("--json", action="store_true", help="one JSON object per line")
    return options


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _read(asked: argparse.Namespace) -> Store:
    """The store of a verb that only reads; where there is none, it says so and asks an empty one, and makes none."""
    if not Path(asked.store).exists():
        output.say(f"tieout: there is no store at {asked.store}: nothing is known yet")
        return open_store(None)
    return open_store(asked.store)


def _as_of(asked: argparse.Namespace, store: Store) -> date:
    return asked.as_of or latest_day(store) or date.today()


def _load(asked: argparse.Namespace) -> int:
    try:
        files = sources(asked.paths)
    except FileNotFoundError as error:
        output.say(f"tieout: there is no file or folder {error}")
        return 2
    if not files:
        output.say(f"tieout: there is no file in {', '.join(map(str, asked.paths))}")
    refused = 0
    with open_store(asked.store) as store:
        for outcome in load(store, files, asked.user):
            refused += outcome.status == "rejected"
            output.show_outcome(outcome, as_json=asked.json)
    return 1 if refused else 0


def _match(asked: argparse.Namespace) -> int:
    with open_store(asked.store) as store:
        as_of = asked.as_of or working_day(store) or date.today()
        results = match(store, as_of, asked.user, dry_run=asked.dry_run)
        output.show_rules(results, as_of, as_json=asked.json)
    return 0


def _report(asked: argparse.Namespace) -> int:
    form = asked.format or ("json" if asked.json else _form_of(asked.out))
    if form == "xlsx" and asked.out is None:
        output.say("tieout: a workbook needs --out FILE")
        return 2
    if asked.quarter is not None and asked.name != CMS_838:
        output.say(f"tieout: --quarter is of {CMS_838}")
        return 2
    with _read(asked) as store:
        as_of = _as_of(asked, store)
        speak_for(store)
        if asked.name == CMS_838:
            quarter = asked.quarter or quarter_name(last_quarter_end(as_of))
            return write_cms_838(store, quarter, as_of, form, asked.out)
        frame = REPORTS[asked.name].make(store, as_of)
    output.write_report(report_frame(frame, asked.name), asked.name, as_of, form, asked.out)
    return 0


def _form_of(out: Path | None) -> str:
    if out is None:
        return "table"
    return "xlsx" if out.suffix.lower() == ".xlsx" else "json" if out.suffix.lower() == ".json" else "csv"


def _trace(asked: argparse.Namespace) -> int:
    with _read(asked) as store:
        speak_for(store)
        found = in_trade(trace(store, asked.text, _as_of(asked, store)))
    if found.empty and not asked.json:
        output.say("tieout: nothing is known of it")
        return 0
    output.show_events(found, as_json=asked.json)
    return 0


def _verify(asked: argparse.Namespace) -> int:
    with _read(asked) as store:
        is_there = store.path is not None
        results = [*verify(store), *credit_checks(store)]
    output.show_checks(results, as_json=asked.json)
    return 0 if is_there and not any(result.failures for result in results) else 1


def _close(asked: argparse.Namespace) -> int:
    form = asked.certificate.suffix.lower() if asked.certificate else ""
    if asked.certificate and form not in output.CERTIFICATES:
        output.say(f"tieout: a certificate is .pdf or .xlsx, not {form or 'a file without an ending'}")
        return 2
    with open_store(asked.store) as store:
        if asked.prepare:
            prepare(store, asked.day, asked.user, asked.note, account=_user())
        elif asked.review:
            review(store, asked.day, asked.user, asked.note, account=_user())
        elif asked.reopen is not None:
            reopen(store, asked.day, asked.user, asked.reopen)
        elif not asked.certificate:
            found = checks(store, asked.day)
            output.show_close_checks(found, as_json=asked.json)
            return 1 if any(one.standing == "fails" for one in found) else 0
        output.show_closing(asked.day, closing_of(store, asked.day), as_json=asked.json)
        if asked.certificate:
            speak_for(store)
            output.write_certificate(certificate(store, asked.day), asked.certificate)
    return 0


def _demo(asked: argparse.Namespace) -> int:
    return run_demo(asked.store, _user(), as_json=asked.json, wanted=asked.sample)


if __name__ == "__main__":
    sys.exit(main())
