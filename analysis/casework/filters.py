"""Saved filters of the worklist: named, one person's or shared with all, each saving kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.casework.worklist import mine
from analysis.match.signers import is_same_person
from analysis.problems import RequestRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, now, write
from analysis.store.queries import query_table

COLUMNS = ("turn", "state", "case_kind", "item_type", "payer_name", "limit_state", "owner")
"""The columns that a filter may name."""

ALL, MINE, NOBODYS = "all", "mine", "nobody's"
WHOSE = (ALL, MINE, NOBODYS)
_LONGEST_NAME, _MOST_VALUES = 60, 200


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter: its name, who saved it, whether others see it, the codes chosen by column, and whose cases."""

    name: str
    saved_by: str
    is_shared: bool
    chosen: Mapping[str, Sequence[str]]
    whose: str = ALL


def filters_for(store: Store, name: str) -> list[Filter]:
    """The filters that this person saved, and those that others share, by name."""
    rows = query_table(store, "casework/filters").to_pylist()
    return [
        Filter(row["name"], row["saved_by"], row["is_shared"], *_read(row["chosen"]))
        for row in rows
        if row["is_shared"] or is_same_person(row["saved_by"], name)
    ]


def filter_named(store: Store, wanted: str, name: str) -> Filter:
    """The filter of that name, this person's own before another's. Raises `RequestRefused` where there is none."""
    there = [one for one in filters_for(store, name) if one.name == wanted.strip()]
    own = [one for one in there if is_same_person(one.saved_by, name)]
    if not there:
        raise RequestRefused(f"there is no saved filter {wanted!r}")
    return (own or there)[0]


def save_filter(
    store: Store, name: str, chosen: Mapping[str, Sequence[str]], whose: str, who: str, *, is_shared: bool
) -> None:
    """The filter is saved under that name, in place of this person's own of that name."""
    if not name.strip() or len(name.strip()) > _LONGEST_NAME:
        raise RequestRefused(f"a filter needs a name of at most {_LONGEST_NAME} characters")
    if whose not in WHOSE or not set(chosen) <= set(COLUMNS):
        raise RequestRefused(f"a filter names {', '.join(COLUMNS)}, and whose: {', '.join(WHOSE)}")
    if sum(map(len, chosen.values())) > _MOST_VALUES:
        raise RequestRefused(f"a filter has at most {_MOST_VALUES} values")
    told = {"columns": {column: list(codes) for column, codes in chosen.items() if codes}, "whose": whose}
    _append(store, name.strip(), who, told, is_shared=is_shared, is_removed=False)


def remove_filter(store: Store, name: str, who: str) -> None:
    """This person's filter of that name is gone. Raises `RequestRefused` for another's, or for none."""
    if not is_same_person(filter_named(store, name, who).saved_by, who):
        raise RequestRefused("only who saved a filter can remove it")
    _append(store, name.strip(), who, {"columns": {}, "whose": ALL}, is_shared=False, is_removed=True)


def fitting(cases: pd.DataFrame, one: Filter, name: str) -> pd.DataFrame:
    """Of the cases those that the filter leaves for this person, in their order."""
    cases = of_whom(cases, one.whose, name)
    for column, codes in one.chosen.items():
        cases = cases[cases[column].isin(list(codes))]
    return cases


def of_whom(cases: pd.DataFrame, whose: str, name: str) -> pd.DataFrame:
    """Of the cases this person's own, nobody's, or all."""
    if whose == MINE:
        return mine(cases, name)
    return cases[cases["owner"].isna()] if whose == NOBODYS else cases


def _read(told: str) -> tuple[Mapping[str, Sequence[str]], str]:
    read = json.loads(told)
    return read["columns"], read["whose"]


def _append(store: Store, name: str, who: str, told: Any, *, is_shared: bool, is_removed: bool) -> None:
    def work(writer: MatchWriter) -> None:
        row = {"filter_id": writer.next_ids("case_filter", 1) + 1, "name": name, "saved_by": who, "saved_at": now()}
        row |= {"is_shared": is_shared, "is_removed": is_removed, "chosen": json.dumps(told)}
        writer.insert("case_filter", [row])

    write(store, work)
