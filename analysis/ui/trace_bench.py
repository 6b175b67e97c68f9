"""The bench of tracing: the clues to a deposit, the steps in their order, what each finds with its evidence, ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.casework.tracing import (
    STEPS,
    Candidate,
    Clues,
    evidence_of,
    keep_try,
    known_clues,
    look,
    plain_clue,
    rule_out,
    tries,
)
from analysis.match.by_hand import Chosen
from analysis.match.decisions import match_by_hand
from analysis.money import MONEY, dollars, show
from analysis.problems import DecisionRefused
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.decisions import decider, simply
from analysis.ui.match_details import reason_form
from analysis.ui.opening import store
from analysis.ui.paths import way
from analysis.ui.tables import table

_TEXTS = ("number", "claim", "payer_claim", "member", "last_name", "payer")
_DAYS = ("born", "service_day")
_STEPS = ("step_number", "compares", "outcome", "candidate_count", "decided_by", "decided_at", "note")
_FOUND = ("rank", "score", "kind", "reference", "payer_name", "amount", "open_amount", "item_date", "fits")
_EVIDENCE = ("rank", "field", "fit", "how", "file_name", "place", "own_file", "own_place")
_FOUND_SCHEMA = pa.schema(
    [
        ("rank", pa.int64()),
        ("score", pa.int64()),
        *((name, pa.string()) for name in ("kind", "row_id", "reference", "payer_name", "fits")),
        ("amount", MONEY),
        ("open_amount", MONEY),
        ("item_date", pa.date32()),
    ]
)


def trace_bench(chosen: Mapping[str, Any], as_of: date) -> None:
    """Type what the cheque or the phone told, choose a step, see what it finds; each look is kept with the deposit."""
    number = int(chosen["bank_transaction_id"])
    known, where = known_clues(store(), number)
    key = f"trace-{number}"
    clues = _clues(known, key)
    told = tries(store(), number)
    table(told, f"{key}_steps", columns=[name for name in _STEPS if name != "note" or told["note"].notna().any()])
    first = next((one for one in STEPS if told.set_index("trace_step")["outcome"].isna()[one]), "amount")
    left, middle, right = st.columns([3, 3, 1], vertical_alignment="bottom")
    steps = list(STEPS)
    step = left.selectbox(
        "Step",
        steps,
        index=steps.index(first),
        key=f"{key}_step_{first}",
        format_func=lambda one: f"{steps.index(one) + 1}. {spoken(STEPS[one][0])}",
    )
    note = middle.text_input(
        "Note, where a step cannot be tried", key=f"{key}_note_{int(told['try_count'].fillna(0).sum())}"
    )
    right.button(
        "Look",
        key=f"{key}_look",
        type="primary",
        width="stretch",
        on_click=_look,
        args=(number, step, clues, where, note, as_of),
    )
    _found(chosen, number, step, clues, told, as_of)


def _clues(known: Clues, key: str) -> Clues:
    """The clues that files told, each of which a person may overwrite, and those that only a person knows."""
    told: dict[str, Any] = {}
    with st.expander("Clues", icon=":material/search:", expanded=True):
        names = [*_TEXTS, "charge", "amount", *_DAYS]
        slots = [slot for _ in range(2) for slot in st.columns(5)]
        for slot, name in zip(slots, names, strict=True):
            label, value = words.label(f"clue_{name}"), getattr(known, name)
            if name in _DAYS:
                told[name] = slot.date_input(label, value=None, key=f"{key}_{name}", format="YYYY-MM-DD")
            else:
                told[name] = slot.text_input(label, value="" if value is None else str(value), key=f"{key}_{name}")
    try:
        return _read(told)
    except DecisionRefused as refused:
        st.warning(str(refused))
        return known


def _read(told: Mapping[str, Any]) -> Clues:
    read: dict[str, Any] = {name: plain_clue(name, told[name]) for name in _TEXTS}
    for name in ("charge", "amount"):
        read[name] = dollars(told[name]) if told[name].strip() else None
        if told[name].strip() and read[name] is None:
            raise DecisionRefused(f"{name}: wanted dollars such as 250.00")
    return Clues(**read, **{name: told[name] for name in _DAYS})


def _look(number: int, step: str, clues: Clues, where: Mapping[str, tuple[int, int]], note: str, as_of: date) -> None:
    def done() -> str:
        found = look(store(), number, step, clues, as_of) if clues.has(step) else []
        files = known_clues(store(), number)[0]
        own = {name: at for name, at in where.items() if getattr(files, name) == getattr(clues, name)}
        outcome = keep_try(store(), number, step, clues, found, decider(as_of), own, note)
        return f"{spoken(STEPS[step][0])}: {words.code(outcome)}"

    simply(done)


def _found(chosen: Mapping[str, Any], number: int, step: str, clues: Clues, told: pd.DataFrame, as_of: date) -> None:
    row = told[told["trace_step"] == step].iloc[0]
    if pd.isna(row["outcome"]) or not clues.has(step):
        return
    found = look(store(), number, step, clues, as_of)
    if not found:
        st.caption(f"{spoken(STEPS[step][0])}: nothing bears it.")
        return
    picked = table(_frame(found), f"found_{number}_{step}", row_id="rank", columns=_FOUND, widths={"fits": 330})
    st.caption("Best first. ✓ agrees ≈ nearly ≠ differs. Choose a candidate to confirm it or to rule it out.")
    with st.expander("Evidence field by field, as it was kept", icon=":material/fact_check:"):
        table(evidence_of(store(), int(row["decision_id"])), f"evidence_{number}_{step}", columns=_EVIDENCE)
    if picked is not None:
        _candidate(chosen, number, found[int(picked["rank"]) - 1], as_of)


def _frame(found: Sequence[Candidate]) -> pd.DataFrame:
    names = ("kind", "row_id", "reference", "payer_name", "amount", "open_amount", "item_date")
    rows = [
        {"rank": one.rank, "score": one.score, "fits": one.said} | {name: one.row[name] for name in names}
        for one in found
    ]
    return pa.Table.from_pylist(rows, schema=_FOUND_SCHEMA).to_pandas(types_mapper=pd.ArrowDtype)


def _candidate(chosen: Mapping[str, Any], number: int, one: Candidate, as_of: date) -> None:
    kind, row_id = str(one.row["kind"]), str(one.row["row_id"])
    way(kind, row_id)
    key = f"candidate-{number}-{kind}-{row_id}"
    if one.row["remittance_id"] is not None and one.row["open_amount"] > 0:
        reason_form(
            f"{key}_match", "Match", "It is this remittance's money. How is it known?", _matches(chosen, one, as_of)
        )
    elif kind == "account":
        st.caption("Confirmed by posting it: park it as unapplied of this account until the batch has posted it.")
    else:
        st.caption("Its remittance has nothing open: another deposit paid it.")

    def rules_out(reason: str) -> None:
        simply(lambda: ruled_out(reason))

    def ruled_out(reason: str) -> str:
        rule_out(store(), number, kind, row_id, decider(as_of), reason)
        return "Ruled out: it is not offered for this deposit again"

    reason_form(f"{key}_rule_out", "Rule it out", "Why is it not this one?", rules_out)


def _matches(chosen: Mapping[str, Any], one: Candidate, as_of: date) -> Any:
    """The ordinary decision of matching, for what is open of both."""

    def act(reason: str) -> None:
        simply(lambda: done(reason))

    def done(reason: str) -> str:
        open_amount = chosen["amount"] - chosen["sent_amount"]
        sides = [
            Chosen("bank", str(chosen["bank_transaction_id"]), open_amount),
            Chosen("remittance", str(one.row["remittance_id"]), one.row["open_amount"]),
        ]
        match_by_hand(store(), sides, decider(as_of), reason)
        return f"Matched to the remittance of {show(one.row['open_amount'])}"

    return act
