"""The screen kit: words, exact sums, and a chosen row that never becomes another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from analysis.charts import aging_chart, unmatched_by_type, variance_by_day
from analysis.money import MONEY
from analysis.ui.filters import link, matching
from analysis.ui.words import code, label, said, unmarked


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        pytest.param("amount", Decimal("-1234.5"), "-1,234.50", id="money"),
        pytest.param("item_date", date(2026, 11, 2), "2026-11-02", id="day"),
        pytest.param("causes", "slide;not_yet_deposited", "Slide; Not yet deposited", id="codes"),
        pytest.param("status", "rejected", "✗ Rejected", id="a sign beside the word"),
        pytest.param("in_balance", False, "✗ out of balance", id="a truth"),
        pytest.param("payer_name", "not_a_code", "not_a_code", id="names stay"),
        pytest.param("payer_name", None, "—", id="nothing"),
        pytest.param("claims", 1200, "1,200", id="a count"),
    ],
)
def test_values_in_words(column: str, value: object, words: str):
    """What a reader sees."""
    assert said(column, value) == words


def test_names_in_words():
    """Columns and codes lose their underscores."""
    assert (label("deposit_date"), label("paid_amount"), code("remittance_835")) == (
        "Deposit date",
        "Paid",
        "Remittance (835)",
    )


def test_a_link_speaks_the_filters_language():
    """A figure opens its rows."""
    assert link("unmatched", item_type=["unidentified_payment"]) == {"unmatched_item_type": ["Unidentified payment"]}


def test_a_search_finds_words_and_amounts():
    """Case does not count; an amount is found with either sign, and to the cent."""
    schema = pa.schema([("payer", pa.string()), ("amount", MONEY)])
    rows = [{"payer": "Bluecrest", "amount": Decimal("-12.40")}, {"payer": None, "amount": None}]
    frame = pa.Table.from_pylist(rows, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)
    assert matching(frame, "bLUE").tolist() == [True, False]
    assert matching(frame, "12.40").tolist() == [True, False]
    assert matching(frame, "12.4").tolist() == [True, False]
    assert matching(frame, "12").tolist() == [False, False]


def chooser() -> None:
    """A page with one table, run by AppTest."""
    import pandas as pd
    import streamlit as st

    from analysis import ui

    ids = st.session_state.get("ids", ["a", "b", "c"])
    chosen = ui.table(pd.DataFrame({"item_id": ids}), "worklist", row_id="item_id")
    st.text(chosen["item_id"] if chosen else "none")


def choose(app: AppTest, position: int) -> None:
    """Sets the selection of the table that is on the page, as the browser would."""
    app.session_state[app.dataframe[0].key] = {"selection": {"rows": [position], "columns": [], "cells": []}}
    app.run()


def test_a_row_put_above_a_chosen_one_unselects_it():
    """The largest danger on the screen: the same position must never become another record."""
    app = AppTest.from_function(chooser).run()
    choose(app, 1)
    assert app.text[0].value == "b"
    app.session_state["ids"] = ["new", "a", "b", "c"]
    assert app.run().text[0].value == "none"
    app.session_state["ids"] = ["a", "b", "c"]
    assert app.run().text[0].value in ("b", "none")


def frame(schema: dict[str, pa.DataType], *rows: tuple[object, ...]) -> pd.DataFrame:
    """A frame as the queries give it."""
    dicts = [dict(zip(schema, row, strict=True)) for row in rows]
    return pa.Table.from_pylist(dicts, schema=pa.schema(list(schema.items()))).to_pandas(types_mapper=pd.ArrowDtype)


CREDITS = {"aging_bucket": pa.string(), "financial_class": pa.string(), "credit_balance": MONEY}
DAYS = {"day": pa.date32()} | dict.fromkeys(
    ("deposited_amount", "remitted_amount", "posted_amount", "variance_amount"), MONEY
)
ITEMS = {"item_type": pa.string(), "amount": MONEY}


def test_charts_draw_what_they_are_given():
    """Bars add up, markup from files is shown as text, and no background hides the theme."""
    aged = aging_chart(
        frame(
            CREDITS,
            ("0-30", "<b>&", Decimal("1.10")),
            ("0-30", "<b>&", Decimal("2.20")),
            ("365+", None, Decimal("5.00")),
        )
    )
    bars = {bar.name: list(bar.y) for bar in aged.data}
    assert bars["&lt;b&gt;&amp;"] == [pytest.approx(3.30), 0, 0, 0, 0, 0, 0]
    assert bars["Not known"][-1] == 5
    days = variance_by_day(frame(DAYS, (date(2026, 11, 2), Decimal(5), Decimal(4), Decimal(3), Decimal(2))))
    assert [list(bar.y) for bar in days.data] == [[5], [4], [3], [2]]
    kinds = unmatched_by_type(frame(ITEMS, ("returned_item", Decimal("-5")), ("x_y", Decimal("7"))))
    assert list(kinds.data[0].y) == ["Returned item · 1", "X y · 1"]
    assert {figure.layout.paper_bgcolor for figure in (aged, days, kinds)} == {"rgba(0,0,0,0)"}


@pytest.mark.parametrize(
    ("draw", "schema"),
    [(aging_chart, CREDITS), (variance_by_day, DAYS), (unmatched_by_type, ITEMS)],
)
def test_charts_stand_without_rows(draw, schema: dict[str, pa.DataType]):
    """Nothing to draw is no error."""
    assert draw(frame(schema)).layout.title.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Held: ACME · 1,200.00", "Held: ACME · 1,200.00", id="plain words stay"),
        pytest.param("a*b_[x](y)", r"a\*b\_\[x\](y)", id="marks"),
        pytest.param("$5 or $6 :red[x]", r"\$5 or \$6 \:red\[x\]", id="mathematics and colours"),
    ],
)
def test_what_came_from_files_is_never_markdown(text: str, told: str):
    """A payer's name or a typed reason is shown as it is, in a toast too."""
    assert unmarked(text) == told
