"""The tie-out certificate of a day: its totals, what explains them, what is open, who signed, and the hash beneath.

It leaves the house: payers, references and batches are named in it, accounts and patients never are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.match.unmatched import unmatched
from analysis.problems import RequestRefused
from analysis.store import Store
from analysis.tieout.closing import closing_of, is_unchanged, totals_of
from analysis.tieout.three_legs import state_totals
from analysis.tieout.variances import variances

_EXPLAINED = (
    "reference",
    "deposit_date",
    "payer_name",
    "variance",
    "explained",
    "unexplained",
    "causes",
    "explanation",
    "written_off",
    "resolution",
)
_OPEN = ("item_type", "reference", "payer_name", "amount", "item_date", "age_days", "status", "why", "next_step")

_TAKEBACKS = ("takeback_without_opening", "taken_for_other_provider", "forward_balance_open")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A day as it was signed. Frames in US dollars: figures, the three legs by state, variances, open items."""

    day: date
    standing: str
    signatures: tuple[tuple[str, str], ...]
    content_hash: str
    rests_on: str
    totals: pd.DataFrame
    states: pd.DataFrame
    explanations: pd.DataFrame
    open_items: pd.DataFrame


def certificate(store: Store, day: date) -> Certificate:
    """The certificate of a prepared or closed day. Raises `RequestRefused` for any other."""
    closing = closing_of(store, day)
    if closing is None:
        raise RequestRefused(f"{day} was never prepared for closing, so there is nothing to certify")
    if closing["status"] == "reopened":
        raise RequestRefused(f"{day} was re-opened; prepare and review it again before it is certified")
    differences, items = variances(store, day), _without_reasons(unmatched(store, day))
    return Certificate(
        day=day,
        standing=_standing(store, closing),
        signatures=_signatures(closing),
        content_hash=closing["content_hash"],
        rests_on=(
            f"{closing['fact_count']:,} facts, {closing['link_count']:,} matches and "
            f"{closing['decision_count']:,} decisions and settings"
        ),
        totals=totals_of(store, closing["closing_id"]),
        states=state_totals(store, day),
        explanations=_without_patients(
            differences, differences["batch_type"] == "PATIENT", ("payer_name",), _EXPLAINED
        ),
        open_items=_without_patients(items, _is_of_a_claim(items), ("reference", "why"), _OPEN),
    )


def _is_of_a_claim(items: pd.DataFrame) -> pd.Series:
    """Items about a claim, or a take-back: a payer's reference for one holds the claim's or the account's number."""
    return (items["side"] == "claim") | items["item_type"].isin(_TAKEBACKS)


def _without_reasons(items: pd.DataFrame) -> pd.DataFrame:
    """The items without what people wrote when they held them: they may have named a patient."""
    return items.assign(why=items["why"].mask(items["status"] == "held", "held"))


def _without_patients(
    frame: pd.DataFrame, is_of_a_patient: pd.Series, names: tuple[str, ...], columns: tuple[str, ...]
) -> pd.DataFrame:
    """The columns, with those named emptied where they tell a patient or an account."""
    shown = frame[list(columns)].copy()
    for name in names:
        shown[name] = shown[name].mask(is_of_a_patient.fillna(False).astype(bool), other=pd.NA)
    return shown


def _standing(store: Store, closing: dict[str, Any]) -> str:
    if not is_unchanged(store, closing):
        return "Does not hold: the day has changed since it was prepared"
    return "Closed" if closing["status"] == "closed" else "Prepared, not yet reviewed"


def _signatures(closing: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    prepared = f"{closing['prepared_by']}, {closing['prepared_at']:%Y-%m-%d %H:%M} UTC"
    signed = [("Prepared by", prepared), ("Note", str(closing["note"]))]
    if closing["reviewed_by"] is not None:
        signed.append(("Reviewed by", f"{closing['reviewed_by']}, {closing['reviewed_at']:%Y-%m-%d %H:%M} UTC"))
        signed.append(("Review note", str(closing["review_note"])))
    return tuple(signed)
