"""What leaves the house in the words of the site's trade: Tieout's own sentences and codes, never a heading.

Headings are the data contract's names, which programs read; they are the same in every trade.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.trade_words import HOSPITAL, party_of_trade, speaking, spoken

_SENTENCES = frozenset(
    (
        *("why", "next_step", "explanation", "evidence", "audit_evidence", "definition", "label", "instruction"),
        *("blocked_by", "what_to_do", "words", "message", "clock"),
        *("kind", "cause", "causes", "disposition", "audit_cause", "audit_disposition", "item_type"),
    )
)
_PARTIES = frozenset({"owed_to", "payee_type", "batch_type"})


def in_trade(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its sentences, codes and parties as the trade says them; a hospital's is the frame itself."""
    if speaking() == HOSPITAL:
        return frame
    told = {name: frame[name].map(_said(name)).astype(frame[name].dtype) for name in frame.columns if _is_told(name)}
    return frame.assign(**told)


def _is_told(name: str) -> bool:
    return name in _SENTENCES or name in _PARTIES


def _said(name: str) -> Any:
    say = party_of_trade if name in _PARTIES else spoken
    return lambda value: say(value) if isinstance(value, str) else value
