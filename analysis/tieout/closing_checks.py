"""What must hold before a day is closed, each check with its figures; some may be acknowledged with a note instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, ZERO, show, total
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.roll_forward import roll_forward
from analysis.tieout.variances import variances
from analysis.tieout.verify import CHECKS, tie_out_fails, verify

_COLUMNS = pa.schema(
    [
        ("holds", pa.string()),
        ("check", pa.string()),
        ("item_count", pa.int64()),
        ("amount", MONEY),
        ("detail", pa.string()),
    ]
)
_NOTHING_RUN = {"last_file_id": 0, "last_as_of": date(1900, 1, 1)}


@dataclass(frozen=True, slots=True)
class CloseCheck:
    """One check of a day: what it says, what breaks it (a count, US dollars, words), and whether a note can do.

    A check that `is_needed` must hold; any other one that fails is acknowledged by the preparer's note.
    """

    name: str
    says: str
    is_needed: bool
    item_count: int = 0
    amount: Decimal = ZERO
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing breaks it."""
        return self.item_count == 0

    @property
    def standing(self) -> str:
        """`holds`, `needs_a_note` or `fails`."""
        return "holds" if self.holds else "fails" if self.is_needed else "needs_a_note"


def checks(store: Store, day: date) -> list[CloseCheck]:
    """Every check of the day, in order."""
    found = variances(store, day)
    money = (_stated(store, day), _matched(store, day), _matched_in_time(store, day), _added_up(store, day, found))
    return [_verified(store), *money, _explained(found), _all_there(store, day)]


def check_frame(found: Iterable[CloseCheck]) -> pd.DataFrame:
    """The checks as a frame. Grain: one row per check. Units: US dollars of what breaks it."""
    rows = [
        {
            "holds": one.standing,
            "check": one.says,
            "item_count": one.item_count,
            "amount": one.amount,
            "detail": one.detail,
        }
        for one in found
    ]
    return pa.Table.from_pylist(rows, schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


def _verified(store: Store) -> CloseCheck:
    names = [name for name in CHECKS if name != "tie_out"]  # `_stated` proves this day's
    broken = [one for one in verify(store, names) if one.failures]
    words = "; ".join(f"not so that {one.says}" for one in broken)
    return CloseCheck("verified", "The store's invariants hold", True, len(broken), ZERO, words)


def _stated(store: Store, day: date) -> CloseCheck:
    rows = tie_out_fails(store, day)
    gap = total(abs(row["leg_amount"] - row["stated_amount"]) for row in rows)
    words = ", ".join(row["leg"] for row in rows)
    says = "Every deposit, remittance and batch stands in a state, and the states add up"
    return CloseCheck("stated", says, True, len(rows), gap, words)


def _matched(store: Store, day: date) -> CloseCheck:
    last = query_table(store, "run/last_run").to_pylist()
    seen = {"last_file_id": last[0]["last_file_id"], "last_as_of": last[0]["as_of_date"]} if last else _NOTHING_RUN
    rows = query_table(store, "closing/unmatched_files", {"as_of": day, **seen}).to_pylist()
    words = "; ".join(_unmatched_words(row) for row in rows)
    return CloseCheck("matched", "The matching rules have looked at all of it", True, len(rows), ZERO, words)


def _unmatched_words(row: dict[str, Any]) -> str:
    if row["file_count"]:
        return f"{row['file_count']} files came since the rules ran; match first"
    return f"the rules ran as of {row['last_day']}; match first"


def _matched_in_time(store: Store, day: date) -> CloseCheck:
    found = query_table(store, "closing/matched_later", {"day": day}).to_pylist()[0]
    count = found["match_count"]
    words = (
        f"{count} matches of facts of the day were made as of a later one: on the day they stand open" if count else ""
    )
    return CloseCheck(
        "matched_in_time", "Nothing of the day was matched only later", False, count, found["amount"], words
    )


_WAITING = ("not_yet_deposited", "not_remitted", "unposted")
"""Causes that say no more than what is not there yet."""


def _added_up(store: Store, day: date, found: pd.DataFrame) -> CloseCheck:
    """The rows of Variances against the roll-forward: what a match leaves to nobody stands in the one only."""
    closing = roll_forward(store, day, 1)["closing_amount"].iloc[-1]
    gap = closing - total(found["variance"])
    words = f"in the bank and not posted {show(closing)}, variances {show(closing - gap)}" if gap != ZERO else ""
    says = "The variances add up to what is in the bank and not posted"
    return CloseCheck("added_up", says, False, int(gap != ZERO), abs(gap), words)


def _explained(found: pd.DataFrame) -> CloseCheck:
    amounts = [amount for amount in found["unexplained"] if amount != ZERO]
    waits = found[found["causes"].isin(_WAITING)]["variance"]
    words = f"net {show(total(amounts))} unexplained; see Variances" if amounts else ""
    if len(waits):
        waiting = (
            f"{len(waits)} of {len(found)} wait: money, advice or posting is not there yet ({show(total(waits))} net)"
        )
        words = f"{words}; {waiting}" if words else waiting
    gross = total(abs(amount) for amount in amounts)
    return CloseCheck("explained", "Every variance is explained to 0.00", False, len(amounts), gross, words)


def _all_there(store: Store, day: date) -> CloseCheck:
    rows = query_table(store, "closing/missing_files", {"as_of": day}).to_pylist()
    words = "; ".join(f"no {row['missing']}, there on {row['days_before']} of the 5 days before" for row in rows)
    return CloseCheck("all_there", "No file of the day is missing", False, len(rows), ZERO, words)
