"""What became of the files of a load, in words, for the Upload page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.match.run import RuleResult
from analysis.money import MONEY, show
from analysis.store.loading import Outcome
from analysis.ui import words
from analysis.ui.tables import table

_STATUSES = ("loaded", "duplicate", "rejected")


def outcome_frame(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """One row per file: its status, kind, rows, totals and the count of its findings, in words."""
    rows = [
        {
            "file": PurePath(outcome.file).name,
            "status": outcome.status,
            "kind": outcome.kind,
            "records": ", ".join(
                f"{count:,} {name.replace('_', ' ')}" for name, count in outcome.records.items() if count
            ),
            "totals": ", ".join(f"{words.label(name)} {show(amount)}" for name, amount in outcome.totals.items()),
            "findings": len(outcome.findings),
        }
        for outcome in outcomes
    ]
    text = [(name, pa.string()) for name in ("file", "status", "kind", "records", "totals")]
    return _frame(rows, pa.schema([*text, ("findings", pa.int64())]))


def finding_frame(outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """One row per finding of the files: how bad, where, what was wanted and found."""
    rows = [
        {
            "file": PurePath(outcome.file).name,
            "severity": finding.severity,
            "code": finding.code,
            "location": finding.location,
            "message": finding.message,
            "amount": finding.amount,
        }
        for outcome in outcomes
        for finding in outcome.findings
    ]
    text = [(name, pa.string()) for name in ("file", "severity", "code", "location", "message")]
    return _frame(rows, pa.schema([*text, ("amount", MONEY)]))


def show_outcomes(outcomes: Sequence[Outcome]) -> None:
    """The counts, each file with its totals, and the findings, rejections first."""
    counts = [sum(outcome.status == status for outcome in outcomes) for status in _STATUSES]
    for slot, status, count in zip(st.columns(3), _STATUSES, counts, strict=True):
        slot.metric(words.code(status), f"{count:,}", border=True)
    rejected = [outcome for outcome in outcomes if outcome.status == "rejected"]
    if rejected:
        st.error(f"{words.count_of(len(rejected), 'file')} rejected. Nothing of a rejected file was stored.")
        table(finding_frame(rejected), "upload_rejected", columns=("file", "location", "message"))
    ordered = sorted(outcomes, key=lambda outcome: _STATUSES[::-1].index(outcome.status))
    table(outcome_frame(ordered), "upload_outcomes")
    findings = finding_frame(outcome for outcome in ordered if outcome.status == "loaded")
    if not findings.empty:
        with st.expander(f"{words.count_of(len(findings), 'finding')} in the loaded files", icon=":material/flag:"):
            table(findings, "upload_findings")


def matched_in_words(results: Sequence[RuleResult]) -> str:
    """`12 matches confirmed, 3 proposed`: what a run of the rules found that was not there."""
    proposed = sum(result.proposed for result in results)
    confirmed = sum(result.groups for result in results) - proposed
    return f"{words.count_of(confirmed, 'match', 'matches')} confirmed, {proposed:,} proposed"


def show_matched(results: Sequence[RuleResult]) -> None:
    """What each rule matched, strongest first, and the dollars of all."""
    if not any(result.groups for result in results):
        st.info("No new match: nothing that came in fits what is open.", icon=":material/info:")
        return
    st.success(f"{matched_in_words(results)}.", icon=":material/link:")
    rows = [{"rule": one.rule, "matches": one.groups, "amount": one.amount} for one in results if one.groups]
    frame = _frame(rows, pa.schema([("rule", pa.string()), ("matches", pa.int64()), ("amount", MONEY)]))
    table(frame, "upload_matched")


def _frame(rows: Sequence[object], schema: pa.Schema) -> pd.DataFrame:
    return pa.Table.from_pylist(rows, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)
