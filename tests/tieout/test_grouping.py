"""From deposited to posted: every dollar of the bank and of the batches is in it once, and the steps add up."""

from __future__ import annotations

import pytest

from analysis.money import total
from analysis.sample import AS_OF
from analysis.store import Store
from analysis.summary import summary
from analysis.tieout.grouping import GROUPS, grouped, in_group, steps
from analysis.tieout.returned import returned_rows
from analysis.tieout.variances import Difference, tie_out


@pytest.fixture(scope="module")
def found(fortnight: Store) -> list[Difference]:
    """The whole tie-out of the sample."""
    return tie_out(fortnight, AS_OF)


def test_deposited_and_posted_are_the_banks_and_the_batches(fortnight: Store, found: list[Difference]) -> None:
    """Each payment counts once: deposits less what the bank took back, and all that was posted."""
    figures = summary(fortnight, AS_OF).set_index("name")["amount"]
    taken_back = total(rows[0]["amount"] for rows in returned_rows(fortnight, AS_OF).values())
    assert total(one.row["deposited_total"] for one in found) == figures["deposited"] + taken_back
    assert total(one.row["posted_total"] for one in found) == figures["posted"]


def test_the_steps_lead_from_deposited_to_posted(found: list[Difference]) -> None:
    """To the cent."""
    deposited = total(one.row["deposited_total"] for one in found)
    assert deposited + total(step.amount for step in steps(found)) == total(one.row["posted_total"] for one in found)


@pytest.mark.parametrize("column", GROUPS.values())
def test_groups_add_up_to_the_whole(found: list[Difference], column: str) -> None:
    """Whatever they are by; and each can be opened."""
    frame = grouped(found, column)
    for name in ("deposited_total", "posted_total", "variance", "unexplained"):
        assert total(frame[name]) == total(one.row[name] for one in found)
    assert sum(frame["batches"]) == len(found)
    first = frame.iloc[0]
    assert len(in_group(found, column, first["group"])) == first["batches"]
