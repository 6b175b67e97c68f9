"""A desk for tests of casework: a store and open items that the test names, worked on by people by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.acts import Outcome, act, act_on, by_id
from analysis.casework.items import SCHEMA
from analysis.casework.wanted import Contact, Wanted
from analysis.casework.worklist import worklist
from analysis.match.decisions import Who
from analysis.store import Store

DAY = date(2026, 11, 13)


def later(days: int) -> date:
    """So many days after the day of the tests."""
    return DAY + timedelta(days=days)


def item(case_id: str, amount: str = "100.00", age_days: int = 0, **other: Any) -> dict[str, Any]:
    """An open item: a deposit without remittance unless it is said otherwise."""
    begun = {"case_id": case_id, "case_kind": "unmatched", "item_type": "deposit_without_remittance"}
    begun |= {"reference": f"ref {case_id}", "payer_name": "ALPHA", "item_state": "open", "why": "nothing fits"}
    about = {"amount": Decimal(amount), "age_days": age_days, "item_date": DAY - timedelta(days=age_days)}
    return begun | about | other


@dataclass
class Desk:
    """The open items of a store, day by day the same unless they are taken away."""

    store: Store
    items: list[dict[str, Any]]

    def frame(self, on: date = DAY) -> pd.DataFrame:
        """The worklist of that day; the items are as much older as the day is later."""
        aged = [one | {"age_days": one["age_days"] + (on - DAY).days} for one in self.items]
        return worklist(self.store, on, pa.Table.from_pylist(aged, schema=SCHEMA))

    def case(self, case_id: str, on: date = DAY) -> dict[str, Any]:
        """One case as the worklist of that day tells it."""
        return by_id(self.frame(on))[case_id]

    def order(self, on: date = DAY) -> list[str]:
        """The cases in the order of the worklist."""
        return list(self.frame(on)["case_id"])

    def do(self, wanted: Wanted, name: str = "ana", on: date = DAY) -> None:
        """It is done, or refused."""
        act(self.store, by_id(self.frame(on)), wanted, Who(name, on))

    def do_all(self, wanted: list[Wanted], name: str = "ana", on: date = DAY) -> Outcome:
        """What became of each."""
        return act_on(self.store, by_id(self.frame(on)), wanted, Who(name, on))

    def set(self, case_id: str, name: str = "ana", on: date = DAY, note: str = "", **changes: Any) -> None:
        """The case as it stands is changed."""
        seen = self.case(case_id, on)["version"]
        self.do(Wanted(case_id, seen, "set", changes, note), name, on)

    def call(self, case_id: str, on: date = DAY, promised_by: date | None = None, **other: Any) -> None:
        """The payer was called, and has promised something or not."""
        promised = "" if promised_by is None else "the money"
        contact = Contact("payer", "phone", "spoke to JOHN DOE", promised=promised, promised_by=promised_by, **other)
        self.do(Wanted(case_id, None, "contact", contact=contact), on=on)
