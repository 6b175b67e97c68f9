"""How the command line shows things: answers on standard output as text or JSON lines, messages on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.exports.tables import to_csv, to_json_lines, to_xlsx
from analysis.match.run import RuleResult
from analysis.money import plain, show
from analysis.reports import REPORTS
from analysis.store.loading import Outcome
from analysis.tieout.time_line import TimeLine
from analysis.tieout.trace import Found, More
from analysis.tieout.verify import CheckResult

_WIDEST = 60
_WIDEST_WORDS = 110
_HIT = ("what", "how", "field", "amount", "day", "reference", "payer_name", "words")
_EVENT = ("day", "what", "amount", "reference", "words", "file_name", "place")


def say(message: str) -> None:
    """A message for the person, on standard error."""
    sys.stderr.write(message + "\n")


def put(line: str) -> None:
    """A line of the answer, on standard output."""
    sys.stdout.write(line + "\n")


def show_outcome(outcome: Outcome, *, as_json: bool) -> None:
    """What became of one file."""
    if as_json:
        put(json.dumps(_outcome_object(outcome), ensure_ascii=False))
        return
    name = Path(outcome.file).name
    counts = ", ".join(f"{count:,} {record.replace('_', ' ')}" for record, count in outcome.records.items())
    put(f"{outcome.status:<9}  {outcome.kind:<20}  {name}" + (f"  ({counts})" if counts else ""))
    for finding in outcome.findings:
        put(f"           {finding.severity}: {finding.code} at {finding.location}: {finding.message}")


def _outcome_object(outcome: Outcome) -> dict[str, object]:
    return {
        "file": outcome.file,
        "kind": outcome.kind,
        "status": outcome.status,
        "sha256": outcome.sha256,
        "records": outcome.records,
        "totals": {name: plain(amount) for name, amount in outcome.totals.items()},
        "findings": [
            {
                "severity": finding.severity,
                "code": finding.code,
                "location": finding.location,
                "message": finding.message,
                "amount": None if finding.amount is None else plain(finding.amount),
            }
            for finding in outcome.findings
        ],
    }


def show_rules(results: Sequence[RuleResult], as_of: date, *, as_json: bool) -> None:
    """Groups and dollars by rule."""
    for result in results:
        if as_json:
            line = {"rule": result.rule, "groups": result.groups, "amount": plain(result.amount), "as_of": str(as_of)}
            put(json.dumps(line))
        else:
            put(f"{result.rule:<22} {result.groups:>7,} groups {show(result.amount):>18}")


def show_checks(results: Sequence[CheckResult], *, as_json: bool) -> None:
    """The result of each check; the failing ones with an example."""
    for result in results:
        if as_json:
            put(
                json.dumps(
                    {"check": result.name, "says": result.says, "failures": result.failures, "first": result.first}
                )
            )
        elif result.failures:
            put(f"FAILED  {result.name}: not so that {result.says}: {result.failures} rows, first {result.first}")
        else:
            put(f"ok      {result.name}: {result.says}")


def show_trace(found: Found, line: TimeLine, as_of: date, *, as_json: bool) -> None:
    """What a text finds, the surest first, then the time line of that money, the oldest first."""
    if found.hits.empty:
        say(f"tieout: nothing is known of this up to {as_of}; read as {found.readings.said}")
    for record, frame, more in (("hit", found.hits, found.more), ("event", line.events, line.more)):
        if as_json:
            sys.stdout.write(to_json_lines(frame.assign(record=record)).decode())
        elif not frame.empty:
            names = _HIT if record == "hit" else _EVENT
            put(f"Found as of {as_of}" if record == "hit" else "\nTime line")
            sys.stdout.write(as_text(frame[list(names)], widest=_WIDEST_WORDS))
        _show_more(more, record, as_json=as_json)
    if line.events.empty and not found.hits.empty:
        say("tieout: too many for one time line: trace one of their numbers")


def _show_more(more: Sequence[More], record: str, *, as_json: bool) -> None:
    for one in more:
        if as_json:
            put(json.dumps({"record": f"more_{record}s", "what": one.what, "count": one.count}))
        else:
            put(f"{one.count:,} more: {one.what.replace('_', ' ')}")


def write_report(frame: pd.DataFrame, name: str, as_of: date, form: str, out: Path | None) -> None:
    """The report in the wanted form, to the file or to standard output."""
    report = REPORTS[name]
    if form == "xlsx":
        content = to_xlsx(frame, report.title, as_of, total_columns=report.adds_up)
    elif form == "table":
        content = as_text(frame).encode()
    else:
        content = to_csv(frame) if form == "csv" else to_json_lines(frame)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        out.write_bytes(content)
        say(f"wrote {len(frame):,} rows to {out}")


def as_text(frame: pd.DataFrame, rows: int | None = None, widest: int = _WIDEST) -> str:
    """The frame as an aligned table for reading; texts longer than `widest` are cut."""
    shown = frame if rows is None else frame.head(rows)
    texts = {column: [column, *(_cell(value) for value in shown[column])] for column in shown.columns}
    widths = {column: min(widest, max(map(len, cells))) for column, cells in texts.items()}
    lines = []
    for number in range(len(shown) + 1):
        cells = []
        for column in shown.columns:
            text = texts[column][number]
            cut = text if len(text) <= widest else text[: widest - 1] + "…"
            cells.append(cut.rjust(widths[column]) if _is_number(frame, column) else cut.ljust(widths[column]))
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def _is_number(frame: pd.DataFrame, column: str) -> bool:
    return str(frame[column].dtype).startswith(("decimal", "int", "double"))


def _cell(value: object) -> str:
    return "" if value is None or value is pd.NA else str(value)
