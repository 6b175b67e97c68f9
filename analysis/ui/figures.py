"""The figures of the Today page: each a count and an amount with its definition, and a link that opens its rows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from analysis.money import show
from analysis.ui import words
from analysis.ui.filters import link

_ACROSS = 5

ROWS_OF: Mapping[str, tuple[str, dict[str, list[Any]]]] = {
    "deposited": (
        "bank_lines",
        {"standing": ["open", "matched to a remittance", "matched to a batch"]},
    ),
    "posted": ("posting_batches", {}),
    "remitted": ("remittances", {"is_duplicate": [False]}),
    "matched": ("matches", {}),
    "unmatched_deposits": ("unmatched", {"item_type": ["deposit_without_remittance", "unidentified_payment"]}),
    "unmatched_remittances": ("unmatched", {"item_type": ["remittance_without_deposit"]}),
    "other_items": (
        "unmatched",
        {
            "item_type": [
                "duplicate_remittance",
                "out_of_balance_remittance",
                "unposted_remittance",
                "returned_item",
                "rejected_claim",
                "takeback_without_opening",
                "taken_for_other_provider",
                "forward_balance_open",
            ]
        },
    ),
    "variances": ("variances", {}),
    "unexplained": ("variances", {}),
    "credits": ("credit_balances", {}),
}
"""Page and filters that open the rows behind a figure, by its name."""


def figures(summary: pd.DataFrame) -> None:
    """The figures as cards, four across."""
    cards: list[dict[str, Any]] = pa.Table.from_pandas(summary, preserve_index=False).to_pylist()
    for first in range(0, len(cards), _ACROSS):
        for slot, card in zip(st.columns(_ACROSS), cards[first : first + _ACROSS], strict=False):
            with slot.container(border=True, key=f"figure_{card['name']}", height="stretch"):
                _card(card)


def _card(card: Mapping[str, Any]) -> None:
    amount, count = card["amount"], card["item_count"]
    value = show(amount) if isinstance(amount, Decimal) else f"{count:,}"
    st.metric(card["label"], value, help=card["definition"])
    said = words.count_of(int(count), "item") if count is not None else "Open"
    if card["name"] in ROWS_OF:
        page, chosen = ROWS_OF[card["name"]]
        st.page_link(f"pages/{page}.py", label=said, icon=":material/arrow_forward:", query_params=link(page, **chosen))
    else:
        st.caption(said)
