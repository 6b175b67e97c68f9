"""The waterfall from deposited to posted, whose bars can be chosen, and the choice of a group above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts import deposited_to_posted
from analysis.money import total
from analysis.tieout.grouping import GROUPS, grouped, in_group, steps
from analysis.tieout.variances import Difference
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.tables import digest, table


def group_picker(found: Sequence[Difference]) -> list[Difference]:
    """The differences of the day, payer, batch type or bank account that is chosen; all where none is."""
    chosen = st.segmented_control("Group by", list(GROUPS), key="variances_group", format_func=spoken)
    if chosen is None:
        return list(found)
    rows = grouped(found, GROUPS[chosen])
    group = table(rows, f"groups_{GROUPS[chosen]}", row_id="group")
    if group is None:
        st.caption(spoken(f"Choose a row to see that {chosen.lower()} alone."))
        return list(found)
    return in_group(found, GROUPS[chosen], group["group"])


def waterfall(found: Sequence[Difference]) -> str | None:
    """Draws the steps from deposited to posted; gives the cause whose bar is chosen, if any."""
    made = steps(found)
    deposited, posted = (total(one.row[name] for one in found) for name in ("deposited_total", "posted_total"))
    bars = [(words.code(step.cause), step.amount) for step in made]
    event: Any = st.plotly_chart(
        deposited_to_posted(deposited, posted, bars),
        key=f"waterfall-{digest(pd.Series([f'{name} {amount}' for name, amount in bars]))}",
        on_select="rerun",
        selection_mode="points",
        alt="A waterfall from deposited to posted, one bar a cause",
    )
    points = event.selection.points
    number = points[0]["point_index"] - 1 if points else -1
    return made[number].cause if 0 <= number < len(made) else None
