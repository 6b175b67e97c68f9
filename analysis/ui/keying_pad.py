"""A row of fields that is keyed without the mouse and faster than a page is drawn: nothing typed is ever lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

from analysis.problems import TieoutError
from analysis.trade_words import spoken

Read = TypeVar("Read")

_SCRIPT = Path(__file__).with_suffix(".js")
_STYLE = """
.pad { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: flex-end; padding: 0.15rem; }
.pad .whose { flex: 1 0 100%; font-weight: 600; font-variant-numeric: tabular-nums; min-height: 1.3rem; }
.pad label { display: flex; flex-direction: column; font-size: 0.85rem; min-width: 8.5rem; flex-basis: 8.5rem; }
.pad input { font: inherit; font-size: 1rem; padding: 0.4rem 0.55rem; border-radius: 0.35rem; width: 100%;
  box-sizing: border-box; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); margin-top: 0.2rem; }
.pad input.figures { font-variant-numeric: tabular-nums; text-align: right; }
.pad input:focus { outline: 2px solid var(--st-primary-color); outline-offset: 0; }
.pad button { font: inherit; padding: 0.42rem 0.9rem; border-radius: 0.35rem; cursor: pointer; color: #ffffff;
  background: var(--st-primary-color); border: 1px solid var(--st-primary-color); }
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, label and hint; on a ten-key field `+` enters and `-` takes back; `keeps`: what was keyed
    stays for the next row; `value`: what stands in it at first."""

    name: str
    label: str
    hint: str = ""
    ten_key: bool = False
    keeps: bool = False
    wide: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class PadRow:
    """One row that is gone through: its number and version, its words, what is keyed of it already."""

    id: int
    version: int
    label: str
    values: Mapping[str, str]
    is_keyed: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """What was keyed in one go: the texts by field, and the row and version that it is about, if it is about one."""

    values: Mapping[str, str]
    row: int | None
    version: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why one row that was keyed was not taken, in words."""

    why: str
    keyed: Keyed

    def typing(self) -> str:
        """What was typed in its fields."""
        return " · ".join(text for text in self.keyed.values.values() if text) or "nothing"


@cache
def _component() -> Any:
    return st.components.v2.component(
        "keying_pad", html="<div class='pad'></div>", css=_STYLE, js=_SCRIPT.read_text("utf-8")
    )


def pad(
    key: str,
    fields: Sequence[Field],
    act: Callable[[list[Keyed]], list[Refused]],
    button: str,
    rows: Sequence[PadRow] = (),
) -> None:
    """The fields; `act` is given the rows keyed since, in order, and says which it refused: that is shown until it is
    said to be seen, for who keys on does not look up at once."""
    shape = json.dumps([key, [asdict(field) for field in fields], [row.id for row in rows]])
    data = {
        "fields": [_in_trade(field) for field in fields],
        "rows": [asdict(row) for row in rows],
        "done": st.session_state.get(f"{key}_done", 0),
        "shape": hashlib.blake2s(shape.encode(), digest_size=8).hexdigest(),
        "button": button,
        "key": key,
    }
    st.session_state.setdefault(f"{key}_turn", Lock())
    _component()(key=key, data=data, default={"typed": []}, on_typed_change=lambda: _in_turn(key, act))
    if refused := st.session_state.get(f"{key}_refused", []):
        st.error("Not done.", icon=":material/block:")
        for one in refused:
            st.text(f"{spoken(one.why)}\nWhat was keyed: {one.typing()}")
        st.button("Seen", key=f"{key}_seen", on_click=refused.clear)


def _in_trade(field: Field) -> dict[str, Any]:
    return asdict(field) | {"label": spoken(field.label), "hint": spoken(field.hint)}


def _in_turn(key: str, act: Callable[[list[Keyed]], list[Refused]]) -> None:
    """What was keyed first is carried out first, also where the page is drawn anew before that is done."""
    with st.session_state[f"{key}_turn"]:
        _take(key, act)


def _take(key: str, act: Callable[[list[Keyed]], list[Refused]]) -> None:
    done = st.session_state.get(f"{key}_done", 0)
    waiting = sorted((row for row in st.session_state[key]["typed"] or [] if row["n"] > done), key=lambda row: row["n"])
    if not waiting:
        return
    st.session_state[f"{key}_done"] = waiting[-1]["n"]
    keyed = [
        Keyed({str(name): str(value) for name, value in row["values"].items()}, row["row"], row["version"])
        for row in waiting
    ]
    try:
        refused = act(keyed)
    except TieoutError as refusal:
        refused = [Refused(str(refusal), one) for one in keyed]
    st.session_state.setdefault(f"{key}_refused", []).extend(refused)


def each(act: Callable[[Keyed], object]) -> Callable[[list[Keyed]], list[Refused]]:
    """Does it with one row after the other; gives why any was refused, which keeps none of the others back."""

    def do(keyed: list[Keyed]) -> list[Refused]:
        refused = []
        for one in keyed:
            try:
                act(one)
            except TieoutError as refusal:
                said = str(refusal) if one.row is None else f"Line {one.row}: {refusal}"
                refused.append(Refused(said, one))
        return refused

    return do


def together(
    read: Callable[[Keyed], Read], carry_out: Callable[[list[Read]], Sequence[object]]
) -> Callable[[list[Keyed]], list[Refused]]:
    """Reads one row after the other, then does it with all that could be read; a result in words is a refusal."""

    def do(keyed: list[Keyed]) -> list[Refused]:
        taken: list[tuple[Keyed, Read]] = []
        refused = each(lambda one: taken.append((one, read(one))))(keyed)
        results = carry_out([told for _, told in taken])
        said = zip(taken, results, strict=True)
        return refused + [Refused(why, one) for (one, _), why in said if isinstance(why, str)]

    return do
