"""How the command line shows things: answers on standard output as text or JSON lines, messages on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.exports.certificate import certificate_pdf, certificate_xlsx
from analysis.exports.tables import to_csv, to_json_lines, to_xlsx
from analysis.match.run import RuleResult
from analysis.money import plain, show
from analysis.reports import REPORTS
from analysis.store.loading import Outcome
from analysis.tieout.certificate import Certificate
from analysis.tieout.closing_checks import CloseCheck
from analysis.tieout.verify import CheckResult

CERTIFICATES: dict[str, Callable[[Certificate], bytes]] = {".pdf": certificate_pdf, ".xlsx": certificate_xlsx}
"""The forms of a certificate, by the ending of its file."""

_WIDEST = 60


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


def show_close_checks(found: Sequence[CloseCheck], *, as_json: bool) -> None:
    """The checks of a day, with what breaks each."""
    for one in found:
        line = {"check": one.name, "standing": one.standing, "count": one.item_count, "amount": plain(one.amount)}
        if as_json:
            put(json.dumps(line | {"says": one.says, "detail": one.detail}))
        else:
            put(f"{one.standing.replace('_', ' '):<13} {one.says}" + (f": {one.detail}" if one.detail else ""))


def show_closing(day: date, closing: Mapping[str, Any] | None, *, as_json: bool) -> None:
    """Where the close of a day stands, who signed and what it rests on."""
    told = {"day": day.isoformat(), "status": "open"}
    if closing is not None:
        told |= {name: str(closing[name]) for name in _SIGNED if closing[name] is not None}
    put(json.dumps(told) if as_json else ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items()))


_SIGNED = ("status", "prepared_by", "note", "reviewed_by", "review_note", "reopened_by", "content_hash")


def write_certificate(one: Certificate, out: Path) -> None:
    """The certificate in the form that the file's ending names."""
    out.write_bytes(CERTIFICATES[out.suffix.lower()](one))
    say(f"wrote the certificate of {one.day} to {out}: {one.standing}")


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


def show_events(frame: pd.DataFrame, *, as_json: bool) -> None:
    """A time line: a row per event, without the ids that only pages need."""
    shown = frame[["day", "what", "amount", "reference", "payer_name", "words"]]
    put((to_json_lines(shown).decode() if as_json else as_text(shown)).rstrip())


def as_text(frame: pd.DataFrame, rows: int | None = None) -> str:
    """The frame as an aligned table for reading; long texts are cut."""
    shown = frame if rows is None else frame.head(rows)
    texts = {column: [column, *(_cell(value) for value in shown[column])] for column in shown.columns}
    widths = {column: min(_WIDEST, max(map(len, cells))) for column, cells in texts.items()}
    lines = []
    for number in range(len(shown) + 1):
        cells = []
        for column in shown.columns:
            text = texts[column][number]
            cut = text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
            cells.append(cut.rjust(widths[column]) if _is_number(frame, column) else cut.ljust(widths[column]))
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def _is_number(frame: pd.DataFrame, column: str) -> bool:
    return str(frame[column].dtype).startswith(("decimal", "int", "double"))


def _cell(value: object) -> str:
    return "" if value is None or value is pd.NA else str(value)
