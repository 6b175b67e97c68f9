"""What the figures of a morning are made from: every frame of the day, each asked once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analysis.match.late_after import late_after
from analysis.match.unmatched import unmatched
from analysis.store import Store, query
from analysis.tieout.radar import radar
from analysis.tieout.roll_forward import FORTNIGHT_DAYS
from analysis.tieout.variances import variances


@dataclass(frozen=True, slots=True)
class Facts:
    """What the figures of a day are made from, each asked once, as known at that day's end."""

    as_of: date
    late_days: int
    open_items: pd.DataFrame
    differences: pd.DataFrame
    credits: pd.DataFrame
    refunds: pd.DataFrame
    findings: pd.DataFrame
    landed: pd.DataFrame
    deposits: pd.DataFrame
    takebacks: pd.DataFrame
    duplicates: pd.DataFrame
    unapplied: pd.DataFrame
    sources: pd.DataFrame


def facts(store: Store, as_of: date, credits: pd.DataFrame, refunds: pd.DataFrame, findings: pd.DataFrame) -> Facts:
    """Everything the figures of that day need; `credits`, `refunds` and `findings` are asked by the rooms that own
    them."""
    known = {"as_of": as_of}
    lately = {**known, "since": as_of - timedelta(days=FORTNIGHT_DAYS - 1)}
    late_days = late_after(store, as_of)
    return Facts(
        as_of=as_of,
        late_days=late_days,
        open_items=unmatched(store, as_of, late_days),
        differences=variances(store, as_of),
        credits=credits,
        refunds=refunds,
        findings=findings,
        landed=query(store, "morning/landed", known),
        deposits=query(store, "morning/deposits", lately),
        takebacks=query(store, "morning/takebacks", lately),
        duplicates=query(store, "morning/duplicates", known),
        unapplied=query(store, "morning/unapplied", known),
        sources=radar(store, as_of),
    )
