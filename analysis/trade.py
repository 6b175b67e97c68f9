"""The trade of the site, hospital or service company: a setting of the store, with who set it and when.

It says which words the screen and what leaves it use, and whether the clocks of health care law run (`credits.clocks`);
no figure and no rule depends on it.
"""

from __future__ import annotations

import json
from datetime import date
from weakref import WeakKeyDictionary

import pandas as pd
import pyarrow as pa

from analysis.match.closed_days import first_open_day
from analysis.problems import RequestRefused
from analysis.store import Store, query
from analysis.store.matches import write
from analysis.store.queries import query_table
from analysis.trade_words import HOSPITAL, TRADES, speak

_NAME = "trade"
_known: WeakKeyDictionary[Store, str] = WeakKeyDictionary()


def trade_of(store: Store) -> str:
    """The trade that was set last; a store of which nobody said it is a hospital's."""
    if store not in _known:
        rows = query_table(store, "store/settings_in_force", {"as_of": date.max, "prefix": _NAME}).to_pylist()
        _known[store] = next((json.loads(row["value"]) for row in rows if row["name"] == _NAME), HOSPITAL)
    return _known[store]


def speak_for(store: Store) -> None:
    """What is shown and written from now on is in the words of the store's trade."""
    speak(trade_of(store))


def set_trade(store: Store, trade: str, who: str, reason: str) -> None:
    """The store is of that trade from now on. Raises `RequestRefused` for a trade that is none, and without why."""
    if trade not in TRADES:
        raise RequestRefused(f"wanted one of {', '.join(TRADES)}, found {trade}")
    if not reason.strip():
        raise RequestRefused("a changed trade needs a reason")
    effective_on = max(date.today(), first_open_day(store))

    value = json.dumps(trade)
    write(store, lambda writer: writer.change_setting(_NAME, value, effective_on, who, reason.strip()))
    _known[store] = trade
    speak(trade)


def trade_changes(store: Store) -> pd.DataFrame:
    """Every change of the trade, the newest first. Grain: one row per change; `set_to` as the screen says it."""
    rows = query(store, "match/setting_history", {"prefix": _NAME})
    said = [TRADES[json.loads(value)] for value in rows["value"]]
    return rows.assign(set_to=pd.array(said, dtype=pd.ArrowDtype(pa.string())))
