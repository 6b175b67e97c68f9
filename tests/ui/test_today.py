"""Today and What came on the screen: the equation, the figures that open their rows, the calendar of what came."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.money import show, total
from analysis.sample import AS_OF
from analysis.summary import by_day, in_span, morning_of
from analysis.tieout.questions import NOT_KEPT
from analysis.tieout.radar import radar
from analysis.tieout.roll_forward import in_one, moved, roll_forward
from analysis.ui import store as opened_store
from tests.ui.conftest import Opens
from tests.ui.test_pages import captions

LEGS = ("Deposited", "Remitted", "Posted", "Deposited − posted")
SIGNS = ("Opening", "+ Banked", "− No payment", "+ Returned", "− Posted", "+ Corrected", "= Closing")


def amount(text: str) -> Decimal:
    """The amount that the screen shows."""
    return Decimal(text.replace(",", ""))


@pytest.mark.parametrize(
    ("span", "days"), [pytest.param({}, 1, id="day"), pytest.param({"span": "Two weeks"}, 9, id="two")]
)
def test_the_equation_adds_up_on_the_screen(sample: Opens, span: dict[str, str], days: int) -> None:
    """Opening and the terms make the closing, to the cent, for the day and for two weeks."""
    app = sample("today", **span)
    assert not app.exception
    shown = {metric.label: amount(metric.value) for metric in app.metric}
    assert tuple(shown) == LEGS + SIGNS
    assert shown["Deposited"] - shown["Posted"] == shown["Deposited − posted"]
    adds = shown["Opening"] + shown["+ Banked"] - shown["− No payment"] + shown["+ Returned"] - shown["− Posted"]
    assert adds + shown["+ Corrected"] == shown["= Closing"]
    frame = roll_forward(opened_store(), AS_OF).tail(days)
    assert shown["Opening"] == in_one(frame)["opening_amount"]


def test_every_figure_stands_with_its_count_amount_and_definition(sample: Opens) -> None:
    """What the functions say, in words; and what is not kept says so."""
    app = sample("today")
    said = [text.value for text in app.text]
    for figure in morning_of(opened_store(), AS_OF):
        button = app.button(key=f"open_{figure.name}")
        assert (button.label, button.help) == (figure.label, figure.definition)
        if figure.count:
            assert f"{figure.count:,}" in said
            assert figure.amount is None or show(figure.amount) in said
    for one in NOT_KEPT:
        assert one.label in said and one.why in captions(app)


def test_every_figure_opens_its_rows(sample: Opens) -> None:
    """Count and sum of the rows shown are those of the figure; its definition stands above them."""
    app = sample("today")
    for figure in morning_of(opened_store(), AS_OF):
        app.query_params["open"] = figure.name
        app.run()
        assert not app.exception
        assert figure.definition.split(":")[0] in captions(app).replace("\\", "")
        if not figure.count:
            assert "Nothing" in app.success[0].value
            continue
        rows = app.dataframe[0].value
        assert len(rows) == figure.count
        if figure.asked.money is not None:
            assert sum(rows[figure.asked.money].dropna(), Decimal(0)) == figure.amount
            assert show(total(rows[figure.asked.money].dropna())) in captions(app)


def test_every_term_opens_its_rows(sample: Opens) -> None:
    """Over two weeks, as each day knew them."""
    app = sample("today", span="Two weeks")
    days = list(roll_forward(opened_store(), AS_OF)["day"])
    for term in ("banked", "no_payment", "returned", "posted", "corrected"):
        app.query_params["open"] = f"term_{term}"
        app.run()
        assert not app.exception
        wanted = moved(opened_store(), days, term)
        assert len(app.dataframe[0].value) == len(wanted) > 0
        assert show(total(wanted["amount"])) in [metric.value for metric in app.metric]


@pytest.mark.parametrize(
    ("span", "first"),
    [pytest.param({}, AS_OF, id="day"), pytest.param({"span": "Two weeks"}, date(2026, 10, 31), id="two")],
)
def test_every_leg_opens_its_rows(sample: Opens, span: dict[str, str], first: date) -> None:
    """Their sum is the leg's, and the three legs are those of the chart's days."""
    app = sample("today", **span)
    shown = {metric.label: amount(metric.value) for metric in app.metric}
    assert {name: shown[name] for name in LEGS} == dict(
        zip(LEGS, in_span(by_day(opened_store(), AS_OF), first).values(), strict=True)
    )
    for leg in LEGS[:-1]:
        app.query_params["open"] = f"leg_{leg.lower()}"
        app.run()
        assert not app.exception
        rows = app.dataframe[0].value
        assert total(rows["amount"]) == shown[leg] > 0
        assert set(rows["day"]) <= {day for day in by_day(opened_store(), AS_OF)["day"] if day >= first}


def test_a_click_opens_and_another_closes(sample: Opens) -> None:
    """The choice stands in the address."""
    app = sample("today").button(key="open_credits").click().run()
    assert "credits" in app.query_params["open"]
    closed = app.button(key="close").click().run()
    assert "open" not in closed.query_params
    assert not closed.exception


def test_noise_in_the_address_opens_nothing(sample: Opens) -> None:
    """The page stands."""
    app = sample("today")
    for noise in ("nothing_of_the_kind", "term_", "term_closing", "leg_", "leg_variance", "deposited", "<script>"):
        app.query_params["open"] = noise
        app.run()
        assert not app.exception
        assert not [button for button in app.button if button.key == "close"]


def test_a_past_day_has_its_own_figures(sample: Opens) -> None:
    """The equation and the figures are those of that day's end."""
    app = sample("today", as_of="2026-11-05")
    frame = roll_forward(opened_store(), date(2026, 11, 5))
    assert amount(app.metric[-1].value) == frame["closing_amount"].iloc[-1]
    assert "Late or silent" in [button.label for button in app.button]


def test_what_came_lists_every_source(sample: Opens) -> None:
    """The calendar, and a row for each with its rhythm and state in words."""
    app = sample("what_came")
    assert not app.exception
    frame = radar(opened_store(), AS_OF)
    rows = app.dataframe[0].value
    assert len(rows) == len(frame)
    assert rows["arrival_state"].iloc[0] == "⚠ Late"
    assert "usually Tue and Fri" in set(rows["rhythm"])
