"""The item that is worked on: its version, its proposals, what is ticked for it, and the running difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analysis.match.by_hand import Chosen, difference_of
from analysis.match.candidates import posting_amount, proposals
from analysis.match.standing import item_version
from analysis.money import ZERO, show, total
from analysis.ui.decisions import ITEM, Seen, seen_so_far
from analysis.ui.kept import kept
from analysis.ui.opening import store
from analysis.ui.tables import row_of, with_id

UNPOSTED = "unposted_remittance"
MATCHABLE = frozenset({"deposit_without_remittance", "unidentified_payment", "remittance_without_deposit", UNPOSTED})
"""The types of items whose money waits for a partner; what is unposted waits for its batch."""

_TICKED, _PROPOSAL = "ticked_for", "proposal_for"


@dataclass(frozen=True, slots=True)
class Bench:
    """What stands on the work bench: the item, what is proposed for it, what is ticked, its neighbours on the list."""

    as_of: date
    item: Mapping[str, Any]
    whole_amount: Decimal
    version: int
    proposals: pd.DataFrame
    proposal: Mapping[str, Any] | None
    ticked: Mapping[str, Mapping[str, Any]]
    before: str
    after: str
    goes_on_to: str
    seen: Seen

    @property
    def item_id(self) -> str:
        """The item's id."""
        return str(self.item["item_id"])

    @property
    def said(self) -> str:
        """The item in a few words, as it was shown: payer, reference and open amount."""
        told = (self.item["payer_name"] or "sender not known", self.item["reference"], show(self.item["amount"]))
        return " · ".join(str(one) for one in told if one)

    @property
    def is_matchable(self) -> bool:
        """Whether its money waits for a partner, or its posting for a batch."""
        return self.item["item_type"] in MATCHABLE

    @property
    def chosen(self) -> list[Chosen]:
        """The item and what is ticked, as they were shown: what is open of them, or, with batches and not with both
        deposits and remittances, the whole, for a batch posts a deposit whole."""
        sides = {self.item["side"], *(one["side"] for one in self.ticked.values())}
        is_posting = "batch" in sides and not {"bank", "remittance"} <= sides
        own = self.whole_amount if is_posting else self.item["amount"]
        name = "posting_amount" if is_posting else "open_amount"
        others = [Chosen(one["side"], one["fact_id"], one[name]) for one in self.ticked.values()]
        return [Chosen(self.item["side"], self.item["fact_id"], own), *others]

    @property
    def ticked_amount(self) -> Decimal:
        """The US dollars ticked."""
        return total(one.open_amount for one in self.chosen[1:])

    @property
    def difference(self) -> Decimal:
        """Deposits less remittances, as it would stand in a match."""
        return difference_of(self.chosen)

    @property
    def ties(self) -> bool:
        """Whether what is ticked makes a match to 0.00."""
        return bool(self.ticked) and self.has_two_sides and self.difference == ZERO

    @property
    def has_two_sides(self) -> bool:
        """Whether something of another side is ticked."""
        return len({one.side for one in self.chosen}) > 1


def bench(shown: pd.DataFrame, whole: pd.DataFrame, as_of: date) -> Bench:
    """The item that the address names, else the first one shown, which the address names from then on."""
    ids = [str(one) for one in shown["item_id"]]
    asked = st.query_params.get(ITEM)
    if asked is not None and asked not in ids and asked not in set(whole["item_id"].astype("string")):
        st.toast("The item chosen before is not on this list any more.", icon=":material/info:")
    item_id = asked if asked in ids else ids[0]
    if item_id != asked:
        st.query_params[ITEM] = item_id
    place = ids.index(item_id)
    item = with_id(shown, "item_id", item_id) or {}
    side, fact_id = str(item["side"]), str(item["fact_id"])
    offered = kept(("proposals", side, fact_id, as_of), lambda: proposals(store(), side, fact_id, as_of))
    if item["item_type"] not in MATCHABLE - {UNPOSTED}:
        offered = offered.head(0)
    whole = kept(("posting_amount", side, fact_id), lambda: posting_amount(store(), side, fact_id))
    wanted = st.session_state.get(_PROPOSAL, {}).get(item_id)
    proposal = with_id(offered, "match_id", wanted) or (None if offered.empty else row_of(offered))
    ticked = st.session_state.get(_TICKED, {}).get(item_id, {})
    return Bench(
        as_of,
        item,
        item["amount"] if whole is None else whole,
        item_version(store(), item_id),
        offered,
        proposal,
        ticked,
        ids[max(place - 1, 0)],
        ids[min(place + 1, len(ids) - 1)],
        _next_left(shown, place, ticked, None if proposal is None else int(proposal["match_id"])),
        seen_so_far(),
    )


def _next_left(shown: pd.DataFrame, place: int, ticked: Mapping[str, Any], match_id: int | None) -> str:
    """The item below, else above, that is still there once the one at `place` is matched with what belongs to it."""
    facts = shown["side"].astype("string") + ":" + shown["fact_id"].astype("string")
    goes = facts.isin(list(ticked)) | (shown["proposed_match_id"] == (match_id or 0)).fillna(False).astype(bool)
    stays = [number for number, one in enumerate(goes) if not one and number != place]
    below = [number for number in stays if number > place]
    return str(shown["item_id"].iloc[below[0] if below else stays[-1] if stays else place])


def choose(bench: Bench, item_id: str) -> None:
    """That item is worked on from the next run on."""
    bench.seen.choose(ITEM, item_id)


def choose_proposal(item_id: str, match_id: str) -> None:
    """That proposal is the one that Confirm and Decline are about."""
    st.session_state.setdefault(_PROPOSAL, {})[item_id] = match_id


def set_ticks(item_id: str, rows: Mapping[str, Mapping[str, Any]], now: Mapping[str, bool]) -> None:
    """Of the rows shown, those are ticked for the item that `now` says; what is not shown stays as it was."""
    ticked: dict[str, Mapping[str, Any]] = st.session_state.setdefault(_TICKED, {}).setdefault(item_id, {})
    for row_id, is_ticked in now.items():
        if is_ticked:
            ticked.setdefault(row_id, rows[row_id])
        else:
            ticked.pop(row_id, None)


def clear_ticks(item_id: str) -> None:
    """Nothing is ticked for the item."""
    st.session_state.get(_TICKED, {}).pop(item_id, None)
