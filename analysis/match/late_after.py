"""How many business days money and remittance may come apart before that is late: a dated setting."""

from __future__ import annotations

import json
from datetime import date

from analysis.problems import RequestRefused
from analysis.store import Store
from analysis.store.matches import write
from analysis.store.queries import query_table

NAME = "late_after_days"
DEFAULT, MOST_DAYS = 3, 30
SOURCE = "CAQH CORE 370: EFT and ERA come within three business days of each other"


def late_after(store: Store, as_of: date) -> int:
    """The business days in force on that day: what the site has set as `late_after_days`, else three."""
    rows = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": NAME}).to_pylist()
    found = [json.loads(row["value"]) for row in rows if row["name"] == NAME]
    return int(found[0]) if found and found[0] is not None else DEFAULT


def set_late_after(store: Store, days: int, effective_on: date, decided_by: str, reason: str) -> None:
    """From that day on money and remittance may come so many business days apart.

    Raises `RequestRefused` for fewer than 0 or more than 30 and without a reason, `DayClosed` for a closed day.
    """
    if not 0 <= days <= MOST_DAYS:
        raise RequestRefused(f"{NAME}: wanted 0 to {MOST_DAYS} business days, found {days}")
    if not reason.strip():
        raise RequestRefused("a changed setting needs a reason")
    write(store, lambda writer: writer.change_setting(NAME, str(days), effective_on, decided_by, reason.strip()))
