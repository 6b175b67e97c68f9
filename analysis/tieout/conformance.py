"""What pyx12 says of a stored 835 beside the X12 guide, on request; it never decides what is loaded."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from analysis.intake.x12_conformance import conformance
from analysis.store import Store
from analysis.store.texts import raw_text

_EVERY_PLACE = 1_000_000_000
_COLUMNS = pa.schema(
    [("severity", pa.string()), ("code", pa.string()), ("location", pa.string()), ("message", pa.string())]
)


def conformance_of_file(store: Store, file_id: int) -> pd.DataFrame:
    """The conformance findings of one stored 835. Grain: one row per finding; places as the store numbers segments."""
    data = "".join(text for _, text in raw_text(store, file_id, 1, _EVERY_PLACE)).encode()
    rows = [
        {"severity": one.severity, "code": one.code, "location": one.location, "message": one.message}
        for one in conformance(data)
    ]
    return pa.Table.from_pylist(rows, schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)
