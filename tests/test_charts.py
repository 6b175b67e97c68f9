"""Charts of credits hold all the money that they are given."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from analysis.charts import MOST_NAMES, aging_chart, credit_trend
from analysis.credits.audit import credits
from analysis.credits.roll_forward import credit_roll_forward
from analysis.sample import AS_OF
from analysis.store import Store


@pytest.mark.parametrize("by", ["financial_class", "cause", "payer_name", "facility"])
def test_the_bars_add_up_to_all_credits(fortnight: Store, by: str) -> None:
    """However they are stacked; the smallest names stand together where there are too many."""
    frame = credits(fortnight, AS_OF)
    figure = aging_chart(frame, by)
    drawn = sum(Decimal(str(amount)) for bar in figure.data for amount in bar.y)
    assert round(drawn, 2) == sum(frame["credit_balance"])
    assert len(figure.data) == min(frame[by].fillna("").nunique(), MOST_NAMES)


def test_the_trend_goes_up_by_what_is_new_and_down_by_what_went(fortnight: Store) -> None:
    """Opening and closing are lines; what went stands below the axis."""
    rolled: pd.DataFrame = credit_roll_forward(fortnight, AS_OF)
    drawn = {one.name: list(one.y) for one in credit_trend(rolled).data}
    assert list(drawn) == ["New", "Refunded", "Transferred", "Corrected", "Opening", "Closing"]
    assert drawn["Closing"] == [float(amount) for amount in rolled["closing_amount"]]
    assert all(amount <= 0 for name in ("Refunded", "Transferred", "Corrected") for amount in drawn[name])
    for place in range(len(rolled)):
        went = sum(drawn[name][place] for name in ("New", "Refunded", "Transferred", "Corrected"))
        assert round(drawn["Opening"][place] + went, 2) == drawn["Closing"][place]
