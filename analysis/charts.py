"""Frames drawn: the only home of plotly. A chart draws and does not count, so amounts may turn to floats here.

Backgrounds are clear and no text has a colour of its own, so that a chart reads on light and on dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analysis.days import AGING_BUCKETS, is_business_day
from analysis.money import ZERO, show
from analysis.trade_words import label_of_trade, spoken

DOLLARS = "$,.2f"
AXIS_DOLLARS: Mapping[str, str] = {"tickprefix": "$", "exponentformat": "B", "tickformat": ""}
"""$500, $2k, $3M, $4B."""

_PALETTE = ("#12948b", "#d9822b", "#5c82c9", "#b65f8c", "#7f9d3f", "#8b949c", "#a8763e", "#6f6bb8")
"""Middle tones, told apart on white and on black."""

_SHAPES = ("", "/", ".", "x", "-", "\\", "|", "+")
_PATTERN: Mapping[str, Any] = {
    "fillmode": "overlay",
    "fgcolor": "rgba(255,255,255,0.55)",
    "solidity": 0.2,
    "size": 7,
}
_CLEAR = "rgba(0,0,0,0)"
_PALE_GRID = "rgba(128,140,140,0.22)"


MOST_NAMES = 8
"""How many names a stacked chart tells apart; the smallest stand together."""


def aging_chart(credits: pd.DataFrame, by: str = "financial_class") -> go.Figure:
    """Credit balances by age, stacked by another column. Takes `aging_bucket`, `credit_balance` and that column."""
    buckets = [label for label, _, _ in AGING_BUCKETS]
    sums = _largest(_sums(credits, by, "aging_bucket", "credit_balance"))
    figure = go.Figure()
    for number, (name, by_bucket) in enumerate(sums.items()):
        figure.add_bar(
            name=_text(name if by in ("facility", "payer_name") else spoken(name.replace("_", " ").capitalize())),
            marker=_marker(number),
            x=buckets,
            y=[float(by_bucket.get(bucket, ZERO)) for bucket in buckets],
            hovertemplate="%{x} days · %{fullData.name}<br>%{y:" + DOLLARS + "}<extra></extra>",
        )
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title="Age in days", type="category")
    figure.update_yaxes(title="Credit balance, dollars")
    called = (label_of_trade(by) or by.replace("_name", "").replace("_", " ")).lower()
    return _calm(figure, f"Credit balances by age and {called}")


def credit_trend(rolled: pd.DataFrame) -> go.Figure:
    """Credits from extract to extract: what came above the line, what went below it, the opening and the closing.

    Takes the columns of `credits/roll_forward`.
    """
    days = [day.isoformat() for day in rolled["day"]]
    figure = go.Figure()
    terms = (("New", "new_amount", 1), ("Refunded", "refunded_amount", -1), ("Transferred", "transferred_amount", -1))
    for number, (name, column, sign) in enumerate((*terms, ("Corrected", "corrected_amount", -1))):
        figure.add_bar(
            name=name,
            marker=_marker(number),
            x=days,
            y=[sign * amount for amount in _floats(rolled[column])],
            hovertemplate="%{x} · %{fullData.name}<br>%{y:" + DOLLARS + "}<extra></extra>",
        )
    for name, dash in (("Opening", "dot"), ("Closing", "solid")):
        figure.add_scatter(
            name=name,
            mode="lines+markers",
            line={"color": _PALETTE[5], "dash": dash},
            x=days,
            y=_floats(rolled[f"{name.lower()}_amount"]),
            hovertemplate="%{x} · %{fullData.name}<br>%{y:" + DOLLARS + "}<extra></extra>",
        )
    figure.update_layout(barmode="relative")
    figure.update_xaxes(title="Day of an extract", type="category")
    figure.update_yaxes(title="Credits, dollars")
    return _calm(figure, "Credits over the days")


def variance_by_day(by_day: pd.DataFrame) -> go.Figure:
    """Deposited, remitted and posted of each day, and under them deposited minus posted.

    Takes `day`, `deposited_amount`, `remitted_amount`, `posted_amount`, `variance_amount`.
    """
    days = [f"{day:%a} {day:%m-%d}" for day in by_day["day"]]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.66, 0.34], vertical_spacing=0.07)
    bars = (("Deposited", "deposited_amount"), ("Remitted", "remitted_amount"), ("Posted", "posted_amount"))
    for number, (name, column) in enumerate(bars):
        figure.add_bar(
            name=name,
            x=days,
            y=_floats(by_day[column]),
            marker=_marker(number),
            hovertemplate="%{x} · " + name + "<br>%{y:" + DOLLARS + "}<extra></extra>",
            row=1,
            col=1,
        )
    variances = [amount if isinstance(amount, Decimal) else ZERO for amount in by_day["variance_amount"]]
    figure.add_bar(
        name="Deposited − posted",
        x=days,
        marker=_marker(3, plain=True),
        y=_floats(variances),
        text=[show(amount) if amount != ZERO else "ties" for amount in variances],
        textposition="outside",
        textangle=0,
        textfont={"size": 11},
        constraintext="none",
        cliponaxis=False,
        hovertemplate="%{x} · Deposited − posted<br>%{y:" + DOLLARS + "}<extra></extra>",
        row=2,
        col=1,
    )
    figure.update_layout(barmode="group", bargap=0.25)
    figure.update_xaxes(type="category")
    figure.update_yaxes(title="Dollars", row=1, col=1)
    figure.update_yaxes(title="Left", row=2, col=1)
    spread = max((abs(float(amount)) for amount in variances), default=0.0) or 1.0
    figure.update_yaxes(range=[-1.45 * spread, 1.45 * spread], row=2, col=1)
    return _calm(figure, "Deposited, remitted and posted by day, and what is left", height=400)


def deposited_to_posted(deposited: Decimal, posted: Decimal, causes: Sequence[tuple[str, Decimal]]) -> go.Figure:
    """A waterfall from deposited to posted. `causes`: in words, by how much posted is more than deposited for each.

    The axis begins near the lowest level, as the causes are small beside the totals; every bar has its amount. A clear
    bar of full height behind each takes the click, so that a small cause can be chosen too.
    """
    names, amounts = ["Deposited", *(name for name, _ in causes), "Posted"], [amount for _, amount in causes]
    levels = [deposited]
    for amount in amounts:
        levels.append(levels[-1] + amount)
    low, high = min([*levels, posted]), max([*levels, posted])
    margin = max((high - low) * Decimal("0.18"), Decimal(1))
    floor = low - margin
    bottoms = [floor, *(min(pair) for pair in pairwise(levels)), floor]
    heights = [deposited - floor, *(abs(amount) for amount in amounts), posted - floor]
    kinds = [0, *(2 if amount > ZERO else 1 for amount in amounts), 0]
    told = [show(deposited), *(f"{'+' if amount > ZERO else ''}{show(amount)}" for amount in amounts), show(posted)]
    labels = [_text(name).replace(" ", "<br>", 1) for name in names]
    figure = go.Figure()
    figure.add_bar(
        x=labels,
        y=[float(high + margin - floor)] * len(labels),
        base=float(floor),
        marker={"color": _CLEAR},
        selected={"marker": {"color": _PALE_GRID}},
        unselected={"marker": {"color": _CLEAR}},
        customdata=told,
        hovertemplate="%{x}<br>%{customdata}<extra></extra>",
    )
    figure.add_bar(
        x=labels,
        y=[float(height) for height in heights],
        base=[float(bottom) for bottom in bottoms],
        marker={
            "color": [_PALETTE[kind] for kind in kinds],
            "line": {"width": 0},
            "pattern": {"shape": [("", "/", ".")[kind] for kind in kinds], **_PATTERN},
        },
        text=told,
        textposition="outside",
        textangle=0,
        textfont={"size": 11},
        constraintext="none",
        cliponaxis=False,
        unselected={"marker": {"opacity": 1}, "textfont": {"color": _PALETTE[5]}},
        customdata=told,
        hovertemplate="%{x}<br>%{customdata}<extra></extra>",
    )
    figure.update_layout(showlegend=False, bargap=0.2, barmode="overlay")
    figure.update_xaxes(type="category", tickangle=0)
    figure.update_yaxes(title="Dollars, cut below", range=[float(floor), float(high + margin)])
    return _calm(figure, "From deposited to posted, by cause", height=260).update_yaxes(tickformat=",.0f", nticks=6)


def unmatched_by_type(unmatched: pd.DataFrame) -> go.Figure:
    """Open items by type: dollars as bars, with the count beside. Takes `item_type`, `amount`."""
    sums: dict[str, Decimal] = {}
    counts: dict[str, int] = {}
    for kind, amount in zip(unmatched["item_type"], unmatched["amount"], strict=True):
        counts[kind] = counts.get(kind, 0) + 1
        sums[kind] = sums.get(kind, ZERO) + (amount if isinstance(amount, Decimal) else ZERO)
    kinds = sorted(sums, key=lambda kind: abs(sums[kind]))
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        x=[float(sums[kind]) for kind in kinds],
        y=[f"{_text(spoken(kind.replace('_', ' ').capitalize()))} · {counts[kind]}" for kind in kinds],
        text=[show(sums[kind]) for kind in kinds],
        textposition="outside",
        textfont={"size": 11},
        constraintext="none",
        cliponaxis=False,
        marker=_marker(0, plain=True),
        hovertemplate="%{y}<br>%{x:" + DOLLARS + "}<extra></extra>",
    )
    reach = max((float(amount) for amount in sums.values()), default=1.0)
    low = min((float(amount) for amount in sums.values()), default=0.0)
    left = -0.5 * max(reach, -low) if low < 0 else 0.0
    figure.update_xaxes(title="Dollars", range=[min(left, 1.4 * low), 1.5 * max(reach, 1.0)])
    return _calm(figure, "Open items by type, with their count", height=max(200, 70 + 30 * len(kinds)), money_axis="x")


def arrivals_strip(marks: pd.DataFrame, sources: Sequence[str], as_of: date) -> go.Figure:
    """A calendar of what came: a row per source, a column per day. Takes `source_name`, `day`, `mark`, `item_count`.

    What came is a filled square, what is missing a cross, what is expected next an empty ring, crossed
    once its day is over.
    """
    names = [_text(name) for name in sources]
    figure = go.Figure()
    looks = (
        ("came", "Came", "square", 0),
        ("missing", "Missing", "x", 1),
        ("overdue", "Expected, not come", "circle-x-open", 1),
        ("expected", "Expected next", "circle-open", 2),
    )
    for mark, label, symbol, number in looks:
        rows = marks[marks["mark"] == mark]
        counts = [f"{count:,} came" if count else label for count in rows["item_count"]]
        figure.add_scatter(
            name=label,
            mode="markers",
            x=[day.isoformat() for day in rows["day"]],
            y=[_text(name) for name in rows["source_name"]],
            customdata=counts,
            marker={
                "symbol": symbol,
                "size": 10,
                "color": _PALETTE[number],
                "line": {"width": 2 if symbol.endswith("open") else 0},
            },
            hovertemplate="%{y}<br>%{x|%a %Y-%m-%d} · %{customdata}<extra></extra>",
        )
    first = min((day for day in marks["day"]), default=as_of)
    last = max((day for day in marks["day"]), default=as_of)
    for offset in range((last - first).days + 1):
        on = first + timedelta(days=offset)
        if not is_business_day(on):
            noon = f"{(on - timedelta(days=1)).isoformat()}T12:00"
            figure.add_vrect(x0=noon, x1=f"{on.isoformat()}T12:00", fillcolor=_PALE_GRID, line_width=0, layer="below")
    ends = [f"{(first - timedelta(days=1)).isoformat()}T12:00", f"{last.isoformat()}T12:00"]
    figure.update_xaxes(type="date", dtick=7 * 86_400_000, tick0="2024-01-01", tickformat="%a %m-%d", range=ends)
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], tickfont={"size": 11})
    return _calm(figure, "", height=90 + 21 * len(names), money_axis="")


def _sums(frame: pd.DataFrame, outer: str, inner: str, amount: str) -> Mapping[str, Mapping[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for name, part, value in zip(frame[outer], frame[inner], frame[amount], strict=True):
        key = name if isinstance(name, str) else "not known"
        parts = found.setdefault(key, {})
        parts[part] = parts.get(part, ZERO) + (value if isinstance(value, Decimal) else ZERO)
    return dict(sorted(found.items()))


def _largest(sums: Mapping[str, Mapping[str, Decimal]]) -> Mapping[str, Mapping[str, Decimal]]:
    """The sums of the largest names, and those of all others together where there are more than can be told apart."""
    ranked = sorted(sums, key=lambda name: sum(sums[name].values(), ZERO), reverse=True)
    if len(ranked) <= MOST_NAMES:
        return sums
    rest: dict[str, Decimal] = {}
    for name in ranked[MOST_NAMES - 1 :]:
        for part, amount in sums[name].items():
            rest[part] = rest.get(part, ZERO) + amount
    return {name: sums[name] for name in sorted(ranked[: MOST_NAMES - 1])} | {"all others": rest}


def _floats(amounts: Iterable[Any]) -> list[float]:
    return [float(amount) if isinstance(amount, Decimal) else 0.0 for amount in amounts]


def _marker(number: int, plain: bool = False) -> dict[str, Any]:
    """The look of the bars of a series: a colour, and from the second on a pattern as well."""
    at = number % len(_PALETTE)
    shape = "" if plain else _SHAPES[at]
    pattern = {"shape": shape, **_PATTERN}
    return {"color": _PALETTE[at], "line": {"width": 0}, "pattern": pattern}


def _text(text: str) -> str:
    return escape(text, quote=False)


def _calm(figure: go.Figure, title: str, height: int = 330, money_axis: str = "y") -> go.Figure:
    figure.update_layout(
        title={"text": spoken(title), "font": {"size": 14}, "x": 0, "xanchor": "left", "y": 0.98, "yanchor": "top"},
        height=height,
        template="none",
        margin={"l": 8, "r": 16, "t": 44, "b": 8},
        paper_bgcolor=_CLEAR,
        plot_bgcolor=_CLEAR,
        legend={"orientation": "h", "x": 0, "y": 0, "yref": "container", "yanchor": "bottom", "title": None},
    )
    figure.update_xaxes(showgrid=money_axis == "x", gridcolor=_PALE_GRID, automargin=True)
    figure.update_yaxes(showgrid=money_axis == "y", gridcolor=_PALE_GRID, automargin=True, zerolinecolor=_PALE_GRID)
    if money_axis == "x":
        figure.update_xaxes(AXIS_DOLLARS)
    elif money_axis == "y":
        figure.update_yaxes(AXIS_DOLLARS)
    return figure
