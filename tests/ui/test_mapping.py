"""An unknown table is mapped on the Upload page, loads, and its mapping is withdrawn there."""

from __future__ import annotations

from tests.files import table_csv
from tests.ui.conftest import Opens

HEAD = "Post Date,Our Acct,Narrative,Txn Amt"
TABLE = table_csv(HEAD, "03/04/2026,5678,A ![x](http://x),-1.50", "05/06/2026,5678,B,-2.00")
BROKEN = table_csv(HEAD, "03/04/2026,5678,A,many")


def test_an_unknown_table_is_mapped_once_and_then_loads_by_itself(empty: Opens) -> None:
    """The form guesses, asks about days and signs, misses what is left out, saves, and the file loads.

    Withdrawn, the mapping is gone.
    """
    app = empty("upload")
    app.file_uploader[0].set_value([("export.csv", TABLE, "text/csv")]).run()
    app.button(key="upload_load").click().run(timeout=60)
    assert app.selectbox(key="mapping_kind").value == "bank_csv"
    assert app.selectbox(key="mapping_bank_csv_amount").value == "Txn Amt"
    app.selectbox(key="mapping_bank_csv_bank_account").set_value("(left out)").run()
    assert any("needs bank" in warning.value for warning in app.warning)
    assert "mapping_save" not in [button.key for button in app.button]
    app.selectbox(key="mapping_bank_csv_bank_account").set_value("Our Acct").run()
    app.radio(key="mapping_sign").set_value("with the other sign").run()
    app.radio(key="mapping_order").set_value("day first (03/04 is 3 April)").run()
    assert [str(day) for day in _table(app, "posted_date")["posted_date"]] == ["2026-04-03", "2026-06-05"]
    app.button(key="mapping_save").click().run(timeout=60)
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["1", "0", "0"]
    later = app.file_uploader[0].set_value([("next.csv", BROKEN, "text/csv")]).run()
    later.button(key="upload_load").click().run(timeout=60)
    assert [metric.value for metric in later.metric] == ["0", "0", "1"]
    assert "mapping_save" not in [button.key for button in later.button]
    withdrawn = later.button(key="mapping_withdraw").click().run()
    assert any("is withdrawn" in toast.value for toast in withdrawn.toast)
    assert "mapping_withdraw" not in [button.key for button in withdrawn.button]


def _table(app, column: str):  # type: ignore[no-untyped-def]
    """The first table on the page that has the column."""
    return next(one.value for one in app.dataframe if column in one.value.columns)
