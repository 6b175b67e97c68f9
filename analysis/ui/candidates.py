"""The right pane of Unmatched: the rules' proposals for the item, and the other open facts to tick, best first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.match.candidates import candidates
from analysis.money import show
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.bench import UNPOSTED, Bench, choose_proposal, clear_ticks, set_ticks
from analysis.ui.kept import kept
from analysis.ui.opening import store
from analysis.ui.picking import one_of, some_of
from analysis.ui.states import nothing_here

ROWS = 8
SIDES = {"bank": "Deposits", "remittance": "Remittances", "batch": "Batches"}
_OTHERS = {
    "bank": ("remittance", "batch", "bank"),
    "remittance": ("bank", "batch", "remittance"),
}
"""The sides that an item is matched to: its partners, posting batches, and more of its own side."""

_COLUMNS = ("meaning", "open_amount", "fits", "payer_name", "reference", "item_date", "days_apart", "known_as")
_FIELDS = {"trace_fit": "trace", "amount_fit": "amount", "payer_fit": "payer", "date_fit": "date"}
_SIGNS = {"agrees": "✓", "near": "≈", "differs": "≠"}
_MARKED = {"reference": "trace_fit", "open_amount": "amount_fit", "payer_name": "payer_fit", "item_date": "date_fit"}
_COLOURS = {
    "agrees": "background-color: rgba(22, 150, 90, 0.20)",
    "near": "background-color: rgba(214, 158, 20, 0.20)",
    "differs": "",
    "unknown": "",
}


def candidate_pane(bench: Bench) -> None:
    """Proposals, a choice of side, a search, and the table to tick in."""
    if bench.item["item_type"] == "rejected_claim":
        nothing_here(
            "It is worked by its code: assigned, posted by hand, or sent.",
            "pages/rejected_claims.py",
            "Rejected claims",
        )
        return
    if bench.item["item_type"] == "unidentified_payment":
        st.page_link("pages/unidentified.py", label="Trace it step by step, or park it", icon=":material/help_center:")
    if not bench.is_matchable:
        nothing_here("Nothing is to be matched to this item: it waits for what its next step says.")
        return
    if not bench.proposals.empty:
        _proposals(bench)
    own, item_type = str(bench.item["side"]), bench.item["item_type"]
    others = ("batch",) if item_type == UNPOSTED else _OTHERS[own]
    left, right = st.columns([5, 3], vertical_alignment="bottom")
    with left:
        side = st.segmented_control(
            "Match to",
            others,
            format_func=lambda one: f"More {SIDES[one].lower()}" if one == own else SIDES[one],
            default=others[0],
            required=True,
            key=f"side_for_{item_type if item_type == UNPOSTED else own}",
        )
    with right:
        find = st.text_input(
            "Find among all that is open",
            key="candidates_find",
            placeholder=spoken("Amount, trace, payer"),
            icon=":material/search:",
        )
    fact_id, words_sought = str(bench.item["fact_id"]), (find or "").strip()
    question = ("candidates", own, fact_id, bench.as_of, words_sought)
    found = kept(question, lambda: candidates(store(), own, fact_id, bench.as_of, words_sought))
    shown = _told(found[found["side"] == side])
    if shown.empty:
        nothing_here(f"No open {SIDES[str(side)].lower()} come near. Search, or wait for more files.")
    else:
        _table(bench, shown, f"candidates_{side}")
    _beyond(bench, shown)


def _proposals(bench: Bench) -> None:
    item_id = bench.item_id
    one_of(
        bench.proposals,
        f"proposals_{item_id}",
        "match_id",
        str(bench.proposal["match_id"]) if bench.proposal else "",
        lambda match_id: choose_proposal(item_id, match_id),
        columns=("rule", "amount", "others", "remainder_amount", "agrees", "differs", "confidence"),
        rows=min(len(bench.proposals), 3),
        alt="Proposals of the rules",
    )
    if bench.proposal is not None:
        st.caption("Proposed by the rules; Enter confirms the one marked.")


def _told(found: pd.DataFrame) -> pd.DataFrame:
    """The candidates with a row id, what agrees and differs in words, and how often the name was confirmed."""
    rows = pa.Table.from_pandas(found, preserve_index=False).to_pylist()
    told = {
        "row_id": [f"{row['side']}:{row['fact_id']}" for row in rows],
        "fits": [fits(row) for row in rows],
        "known_as": [_known(row) for row in rows],
    }
    texts = {name: pd.array(values, dtype=pd.ArrowDtype(pa.string())) for name, values in told.items()}
    meanings = [_meaning(row) for row in rows]
    return found.assign(**texts, meaning=pd.array(meanings, dtype=pd.ArrowDtype(pa.string()))).reset_index(drop=True)


def fits(row: Mapping[str, Any]) -> str:
    """What agrees and what differs, each with its sign; what is not known is left out."""
    fields = {fit: [name for column, name in _FIELDS.items() if row[column] == fit] for fit in _SIGNS}
    return "  ".join(f"{_SIGNS[fit]} {', '.join(names)}" for fit, names in fields.items() if names)


def _known(row: Mapping[str, Any]) -> str | None:
    if row["alias_confirmed"] is None:
        return None
    return f"confirmed {row['alias_confirmed']}, declined {row['alias_declined']}"


def _meaning(row: Mapping[str, Any]) -> str:
    if row["is_declined"]:
        return "✗ declined"
    return "★ proposed" if row["proposed_match_id"] is not None else str(row["meaning"])


def marks(shown: pd.DataFrame) -> pd.DataFrame:
    """The colour behind each field that agrees or nearly does; `fits` says the same in words."""
    blank = pd.DataFrame("", index=shown.index, columns=shown.columns, dtype=object)
    for column, fit in _MARKED.items():
        blank[column] = [_COLOURS[one] for one in shown[fit]]
    return blank


def _table(bench: Bench, shown: pd.DataFrame, key: str) -> None:
    rows = {row["row_id"]: row for row in pa.Table.from_pandas(shown, preserve_index=False).to_pylist()}
    item_id = bench.item_id
    some_of(
        shown,
        f"{key}_{item_id}",
        "row_id",
        list(bench.ticked),
        lambda now: set_ticks(item_id, rows, now),
        columns=_COLUMNS,
        rows=ROWS,
        alt="What may belong to the item",
        marks=marks,
        widths={"payer_name": 150, "reference": 125},
    )


def _beyond(bench: Bench, shown: pd.DataFrame) -> None:
    """What is ticked and not in the table, and a way to untick all."""
    there = set() if shown.empty else set(shown["row_id"])
    beyond = [one for row_id, one in bench.ticked.items() if row_id not in there]
    with st.container(horizontal=True, vertical_alignment="center", key="ticked_beyond"):
        st.button(
            "Untick all",
            key="untick_all",
            type="tertiary",
            icon=":material/deselect:",
            disabled=not bench.ticked,
            shortcut="X",
            on_click=clear_ticks,
            args=(bench.item_id,),
        )
        if beyond:
            st.text("Also ticked: " + "; ".join(f"{one['reference']} {show(one['open_amount'])}" for one in beyond))
        elif not shown.empty:
            st.caption(
                f"{words.count_of(len(shown), 'candidate')}, best first. ✓ agrees ≈ nearly ≠ differs. Shift+Space ticks"
            )
