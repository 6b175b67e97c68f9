"""How many business days money and remittance may come apart before that is late: a dated setting."""

from __future__ import annotations

import json
from datetime import date

from analysis.store import Store
from analysis.store.queries import query_table

NAME = "late_after_days"
DEFAULT = 3
SOURCE = "CAQH CORE 370: EFT and ERA come within three business days of each other"


def late_after(store: Store, as_of: date) -> int:
    """The business days in force on that day: what the site has set as `late_after_days`, else three."""
    rows = query_table(store, "store/settings_in_force", {"as_of": as_of, "prefix": NAME}).to_pylist()
    found = [json.loads(row["value"]) for row in rows if row["name"] == NAME]
    return int(found[0]) if found and found[0] is not None else DEFAULT
