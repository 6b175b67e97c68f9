"""The worklist on the screen: its cases, the one that is worked on, its neighbours, and the saved filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from analysis.casework.acts import by_id
from analysis.casework.codes import TURNS_TO_WORK
from analysis.casework.filters import ALL, WHOSE, of_whom
from analysis.casework.guards import Row
from analysis.casework.items import open_items
from analysis.casework.worklist import worklist
from analysis.ui.decisions import Seen, seen_so_far
from analysis.ui.kept import kept_items
from analysis.ui.opening import store, who
from analysis.ui.tables import with_id

CASE = "case"
"""The address's parameter for the case that is worked on; a case's id names no account and no patient."""

WHOSE_KEY = "worklist_whose"
DAYS_PUT_OFF = 7
"""How long a lifted age limit is offered to hold."""


@dataclass(frozen=True, slots=True)
class CaseBench:
    """The case that is worked on as it was shown, all cases by id, and those above and below it on the list."""

    as_of: date
    case: Mapping[str, Any]
    cases: Mapping[str, Row]
    shown: pd.DataFrame
    before: str
    after: str
    seen: Seen

    @property
    def case_id(self) -> str:
        """The case's id."""
        return str(self.case["case_id"])

    @property
    def version(self) -> int:
        """Its version as it was shown."""
        return int(self.case["version"])


def all_cases(as_of: date) -> pd.DataFrame:
    """Every case of the day, next best first; `case_state` is the state in the words of the screen."""
    items = kept_items(("case_items", as_of), lambda: open_items(store(), as_of))
    found = worklist(store(), as_of, items)
    return found.assign(case_state=("case_" + found["state"]).astype(found["state"].dtype))


def whose_cases(cases: pd.DataFrame) -> pd.DataFrame:
    """The cases of whom the user chose: everybody's, the own, nobody's; kept in the address."""
    picked = st.segmented_control(
        "Whose",
        [words_of(one) for one in WHOSE],
        default=words_of(ALL),
        required=True,
        key=WHOSE_KEY,
        bind="query-params",
        label_visibility="collapsed",
    )
    st.session_state[f"filter_of_{WHOSE_KEY}"] = True
    return of_whom(cases, whose_chosen(picked), who())


def is_worked(cases: pd.DataFrame) -> bool:
    """Whether it is nobody's turn with any of them: all wait for a date, are resolved or settled."""
    return not cases["turn"].isin(TURNS_TO_WORK).any()


def words_of(whose: str) -> str:
    """Whose cases, as the screen and the address say it."""
    return whose.capitalize()


def whose_chosen(picked: object) -> str:
    """The same back: what was picked on the screen, all where nothing was."""
    return str(picked).lower() if picked else ALL


def case_bench(shown: pd.DataFrame, whole: pd.DataFrame, as_of: date) -> CaseBench:
    """The case that the address names, else the first one shown, which the address names from then on."""
    ids = [str(one) for one in shown["case_id"]]
    asked = st.query_params.get(CASE)
    if asked is not None and asked not in ids and asked not in set(whole["case_id"].astype("string")):
        st.toast("The case chosen before is not on this list any more.", icon=":material/info:")
    case_id = asked if asked in ids else ids[0]
    if case_id != asked:
        st.query_params[CASE] = case_id
    place = ids.index(case_id)
    return CaseBench(
        as_of,
        with_id(shown, "case_id", case_id) or {},
        by_id(whole),
        shown,
        ids[max(place - 1, 0)],
        ids[min(place + 1, len(ids) - 1)],
        seen_so_far(),
    )


def choose_case(bench: CaseBench, case_id: str) -> None:
    """That case is worked on from the next run on."""
    bench.seen.choose(CASE, case_id)
