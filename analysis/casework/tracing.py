"""Finding out whose a deposit is: DOMAIN.md section 6's keys in their order, each with its evidence field by field.

What was tried and what it found is kept with the deposit; a candidate that was ruled out is not offered for it again.
A try matches nothing: what it finds is confirmed by the decisions of matching, or parked as unapplied.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.trace_fits import Fit, fits_of, score_of
from analysis.intake.traces import trace_key
from analysis.match.decisions import Who, decision_day, needed
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table

STEPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "number": ("trace or cheque number", ("number",)),
    "claim": ("claim number as we sent it, or account", ("claim",)),
    "payer_claim": ("payer's claim number", ("payer_claim",)),
    "member": ("member id and day of service", ("member", "service_day")),
    "patient": ("patient's last name, day of birth and of service", ("last_name", "service_day")),
    "charge": ("charge to the cent and day of service", ("charge", "service_day")),
    "payer_amount": ("payer, and the amount as open balance", ("payer", "amount")),
    "amount": ("the amount alone", ("amount",)),
}
"""The steps in their order: what is compared, and which clues the step cannot do without."""

MOST_KEPT = 10
"""How many candidates of a try are kept with their evidence."""

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a payment, from the bank's text, its receipt, or a person who looked at the cheque or asked."""

    number: str | None = None
    claim: str | None = None
    payer_claim: str | None = None
    member: str | None = None
    last_name: str | None = None
    born: date | None = None
    service_day: date | None = None
    charge: Decimal | None = None
    payer: str | None = None
    amount: Decimal | None = None

    def has(self, step: str) -> bool:
        """Whether all that the step cannot do without is known."""
        return all(getattr(self, name) is not None for name in STEPS[step][1])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A remittance, claim or account that may be whose the payment is, with the evidence for and against it."""

    rank: int
    score: int
    row: Mapping[str, Any]
    fits: Sequence[Fit] = field(default_factory=tuple)

    @property
    def said(self) -> str:
        """What agrees, nearly agrees and does not, each with its sign."""
        signs = {"exact": "✓", "near": "≈", "not": "≠"}
        told = {fit: [one.name for one in self.fits if one.fit == fit] for fit in signs}
        return "  ".join(f"{signs[fit]} {', '.join(names)}" for fit, names in told.items() if names)


def plain_clue(name: str, text: str) -> str | None:
    """A typed clue as it is compared: upper case, a number without blanks, marks and zeros in front; None for none."""
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise DecisionRefused(f"a clue has at most {LONGEST} characters")
    if name == "number":
        return trace_key(text)
    return text.strip().upper() if name in ("last_name", "payer") else text.strip().upper().lstrip("0") or None


def known_clues(store: Store, bank_transaction_id: int) -> tuple[Clues, dict[str, tuple[int, int]]]:
    """What files tell of the deposit, and by clue the file and place that tells it; of several the first counts."""
    rows = query_table(store, "tracing/clues", {"bank_transaction_id": bank_transaction_id}).to_pylist()
    told: dict[str, Any] = {}
    where: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row["clue"] not in told:
            told[row["clue"]] = Decimal(row["said"]) if row["clue"] == "amount" else row["said"]
            where[row["clue"]] = (row["file_id"], row["place"])
    return Clues(**told), where


def look(store: Store, bank_transaction_id: int, step: str, clues: Clues, as_of: date) -> list[Candidate]:
    """What the step finds with these clues, best first; nothing is kept yet. Units: US dollars, score of 100.

    Raises `DecisionRefused` where the step lacks its clues.
    """
    _refuse_lacking(step, clues)
    told = {name: value for name, value in asdict(clues).items() if name != "born"}
    asked = {"as_of": as_of, "step": step, "bank_transaction_id": bank_transaction_id, **told}
    rows = query_table(store, "tracing/found", asked).to_pylist()
    judged = [(row, fits) for row in rows if _bears_key(step, fits := fits_of(clues, row))]
    judged.sort(key=lambda pair: (-score_of(pair[1]), pair[0]["kind"], pair[0]["row_id"]))
    return [Candidate(place, score_of(fits), row, fits) for place, (row, fits) in enumerate(judged, start=1)]


def keep_try(
    store: Store,
    bank_transaction_id: int,
    step: str,
    clues: Clues,
    found: Sequence[Candidate],
    who: Who,
    where: Mapping[str, tuple[int, int]] | None = None,
    note: str = "",
) -> str:
    """The try is kept: what was sought, what it found with its evidence, who and when. Returns its outcome.

    `where`: the file and place of the clues that files told. With a note and without its clues a step is kept as not
    tried. Raises `DecisionRefused` where neither is there.
    """
    if clues.has(step):
        best = {one.fit for candidate in found for one in candidate.fits if one.name in _names(step)}
        outcome = "nothing" if not found else "found" if "exact" in best else "near_only"
    else:
        outcome = "not_tried"
        needed(note, "a step is passed over")

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        reason = f"{step}: {outcome}, {len(found)} candidates"
        made = writer.decide_about("trace", str(bank_transaction_id), "trace", who.name, reason, day)
        sought = {name: str(value) for name, value in asdict(clues).items() if value is not None}
        row = {
            "decision_id": made,
            "bank_transaction_id": bank_transaction_id,
            "step": step,
            "sought": json.dumps(sought, sort_keys=True),
            "outcome": outcome,
            "candidate_count": len(found),
            "note": note.strip() or None,
        }
        writer.insert("trace_try", [row])
        writer.insert("trace_evidence", [e for one in found[:MOST_KEPT] for e in _evidence(made, one, where or {})])

    write(store, work)
    return outcome


def rule_out(store: Store, bank_transaction_id: int, kind: str, row_id: str, who: Who, reason: str) -> None:
    """The candidate is not offered for the deposit again. Raises `DecisionRefused` without a reason."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        why = needed(reason, "a candidate is ruled out")
        made = writer.decide_about("trace", str(bank_transaction_id), "rule_out", who.name, why, day)
        row = {"decision_id": made, "bank_transaction_id": bank_transaction_id, "kind": kind, "row_id": row_id}
        writer.insert("trace_ruled_out", [row])

    write(store, work)


def tries(store: Store, bank_transaction_id: int) -> pd.DataFrame:
    """Every step in order with its newest try. Grain: one row per step (`trace_step`); outcome is null before a try."""
    told = query_table(store, "tracing/tries", {"bank_transaction_id": bank_transaction_id}).to_pylist()
    by_step = {row["trace_step"]: row for row in told}
    names = ("decision_id", "outcome", "candidate_count", "try_count", "decided_by", "decided_at", "note")
    rows = [
        {"step_number": number, "trace_step": step, "compares": says}
        | {name: by_step.get(step, {}).get(name) for name in names}
        for number, (step, (says, _)) in enumerate(STEPS.items(), start=1)
    ]
    return pa.Table.from_pylist(rows, schema=_TRIES).to_pandas(types_mapper=pd.ArrowDtype)


def evidence_of(store: Store, decision_id: int) -> pd.DataFrame:
    """The kept evidence of a try. Grain: one row per candidate and field."""
    return query(store, "tracing/evidence", {"decision_id": decision_id})


_TRIES = pa.schema(
    [
        ("step_number", pa.int64()),
        ("trace_step", pa.string()),
        ("compares", pa.string()),
        ("outcome", pa.string()),
        ("candidate_count", pa.int64()),
        ("try_count", pa.int64()),
        ("decided_by", pa.string()),
        ("decided_at", pa.timestamp("us")),
        ("note", pa.string()),
        ("decision_id", pa.int64()),
    ]
)


def _bears_key(step: str, fits: Sequence[Fit]) -> bool:
    """Whether the key that the step looks for agrees at least nearly: digits that look alike may be others."""
    return any(one.name in _names(step) and one.fit != "not" for one in fits)


def _names(step: str) -> tuple[str, ...]:
    """The fields whose agreement makes a step's find a find: the first key of the step."""
    return STEPS[step][1][:1]


def _evidence(made: int, one: Candidate, where: Mapping[str, tuple[int, int]]) -> list[dict[str, Any]]:
    kept: dict[str, Any] = {"decision_id": made, "rank": one.rank, "score": one.score}
    kept |= {name: one.row[name] for name in ("kind", "row_id", "file_id", "place")}
    rows = []
    for fit in one.fits:
        own_file_id, own_place = where.get(fit.name, (None, None))
        said = {"field": fit.name, "fit": fit.fit, "how": fit.how, "own_file_id": own_file_id, "own_place": own_place}
        rows.append(kept | said)
    return rows


def _refuse_lacking(step: str, clues: Clues) -> None:
    if step not in STEPS:
        raise DecisionRefused(f"a step is one of {', '.join(STEPS)}")
    lacking = [name.replace("_", " ") for name in STEPS[step][1] if getattr(clues, name) is None]
    if lacking:
        raise DecisionRefused(f"this step needs {' and '.join(lacking)}")
