"""Column mappings: guessed, previewed, saved, used by every later file, withdrawn."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from analysis.__main__ import main
from analysis.intake.column_mapping import ColumnMapping, iso_day, mapping_of
from analysis.intake.mapping_guess import guess, head_of, preview
from analysis.problems import DecisionRefused, RequestRefused
from analysis.store import Store
from analysis.store.loading import Outcome, Source, load
from analysis.store.mappings import mappings, save_mapping, withdraw_mapping
from tests.files import table_csv
from tests.stores import empty_store

HEAD = "Post Date,Our Acct,Narrative,Txn Amt,Ref No"
ROWS = ('13/11/2026,5678,DEPOSIT A,"(1,250.50)",77001', "02/11/2026,5678,DEPOSIT B,-7.25,77002")
BANK = table_csv(HEAD, *ROWS)
COLUMNS = {"Post Date": "posted_date", "Our Acct": "bank_account", "Txn Amt": "amount", "Narrative": "description"}


def mapping(columns: Mapping[str, str] = COLUMNS, **more: object) -> ColumnMapping:
    return mapping_of(HEAD.split(","), "bank_csv", columns, **{"flips_sign": True, "date_order": "day_first", **more})  # type: ignore[arg-type]


def load_one(store: Store, data: bytes) -> Outcome:
    (outcome,) = load(store, [Source("export.csv", lambda: data)], "tests")
    return outcome


def test_a_saved_mapping_loads_this_file_and_every_later_one() -> None:
    """Refused before; after it, in any order of columns, signs turned and days read day first."""
    later = table_csv("REF_NO,post date,Narrative,Our Acct,Txn Amt", "88001,03/11/2026,C,5678,-1.00")
    with empty_store() as store:
        assert (load_one(store, BANK).status, load_one(store, BANK).kind) == ("rejected", "unknown_text")
        save_mapping(store, BANK, HEAD.split(","), mapping(), "a biller")
        outcome = load_one(store, BANK)
        assert (outcome.status, outcome.kind) == ("loaded", "bank_csv")
        assert outcome.totals == {"credits": Decimal("1257.75"), "debits": Decimal("0.00")}
        assert [one.code for one in outcome.findings] == ["column_mapping", "unknown_columns"]
        assert load_one(store, later).totals["credits"] == Decimal("1.00")
        with store.cursor() as cursor:
            days = cursor.execute("select posted_date from bank_transactions order by posted_date").fetchall()
        assert days == [(date(2026, 11, 2),), (date(2026, 11, 3),), (date(2026, 11, 13),)]


def test_a_withdrawn_mapping_reads_nothing_more() -> None:
    """What was loaded stays; the file's headings are unknown again; it is withdrawn once."""
    with empty_store() as store:
        number = save_mapping(store, BANK, HEAD.split(","), mapping(), "a biller")
        load_one(store, BANK)
        withdraw_mapping(store, number, "a lead")
        assert mappings(store).empty
        assert load_one(store, table_csv(HEAD, ROWS[0])).status == "rejected"
        assert load_one(store, BANK).status == "duplicate"
        with pytest.raises(DecisionRefused, match="is not in force"):
            withdraw_mapping(store, number, "a lead")
        with store.cursor() as cursor:
            events = cursor.execute("select action, recorded_by from column_mapping order by mapping_id").fetchall()
        assert events == [("save", "a biller"), ("withdraw", "a lead")]


def test_the_last_saved_mapping_of_the_same_headings_holds() -> None:
    """Both are kept; only the newer one is in force."""
    with empty_store() as store:
        first = save_mapping(store, BANK, HEAD.split(","), mapping(flips_sign=False), "tests")
        second = save_mapping(store, BANK, HEAD.split(","), mapping(), "tests")
        assert [int(number) for number in mappings(store)["mapping_id"]] == [second]
        assert load_one(store, BANK).totals["credits"] == Decimal("1257.75")
        with pytest.raises(DecisionRefused):
            withdraw_mapping(store, first, "tests")


def test_a_file_that_the_mapping_does_not_fit_is_refused_whole() -> None:
    """A day that is none under the mapped heading: named, and nothing stored."""
    with empty_store() as store:
        save_mapping(store, BANK, HEAD.split(","), mapping(), "tests")
        outcome = load_one(store, table_csv(HEAD, ROWS[0], "02/13/2026,5678,X,1.00,9"))
        assert outcome.status == "rejected"
        assert outcome.findings[0].location == "line 3, posted_date"
        with store.cursor() as cursor:
            assert cursor.execute("select count(*) from bank_transaction").fetchone() == (0,)


@pytest.mark.parametrize(
    ("columns", "more", "words"),
    [
        pytest.param({"Post Date": "posted_date"}, {}, "needs bank_account, amount or credit or debit", id="too few"),
        pytest.param({**COLUMNS, "Nowhere": "debit"}, {}, "has no column Nowhere", id="a heading that is not there"),
        pytest.param({**COLUMNS, "Ref No": "paid_amount"}, {}, "has no column paid_amount", id="no column of ours"),
        pytest.param({**COLUMNS, "Ref No": "amount"}, {}, "only one column of the table can be amount", id="twice"),
        pytest.param(COLUMNS, {"date_order": "year_first"}, "month_first or day_first", id="an order that is none"),
    ],
)
def test_a_mapping_that_cannot_hold_is_refused_in_words(
    columns: dict[str, str], more: dict[str, str], words: str
) -> None:
    """Before anything is saved."""
    with pytest.raises(RequestRefused, match=words):
        mapping(columns, **more)


def test_a_file_of_ours_needs_no_mapping() -> None:
    """What is recognised by itself stays what it is."""
    ours = table_csv("bank_account,posted_date,amount", "5678,2026-11-02,1.00")
    with empty_store() as store, pytest.raises(RequestRefused, match="needs no mapping"):
        save_mapping(store, ours, HEAD.split(","), mapping(), "tests")


@pytest.mark.parametrize(
    ("head", "row", "kind", "columns"),
    [
        pytest.param(
            "Post Date,Acct No,Narrative,Amt",
            "13/11/2026,5678,DEPOSIT A,-7.25",
            "bank_csv",
            {"Post Date": "posted_date", "Acct No": "bank_account", "Narrative": "description", "Amt": "amount"},
            id="a bank's download",
        ),
        pytest.param(
            "Bank Acct #,Trx Dt,Txn Desc,Txn Amt,Cust Ref",
            "5678,13/11/2026,DEPOSIT A,-7.25,77001",
            "bank_csv",
            {
                "Bank Acct #": "bank_account",
                "Trx Dt": "posted_date",
                "Txn Desc": "description",
                "Txn Amt": "amount",
                "Cust Ref": "customer_reference",
            },
            id="words cut short",
        ),
        pytest.param(
            "Visit Number,Current Balance,DOB",
            "V1,-12.00,1980-01-31",
            "accounts",
            {"Visit Number": "account_number", "Current Balance": "balance", "DOB": "date_of_birth"},
            id="balances",
        ),
        pytest.param(
            "Batch No,Deposit Date,Batch Total,Acct,Tran Type,Amt",
            "B1,11/02/2026,10.00,A1,Payment,10.00",
            "posting_batches",
            {
                "Batch No": "batch_id",
                "Deposit Date": "deposit_date",
                "Batch Total": "control_total",
                "Acct": "account_number",
                "Tran Type": "transaction_type",
                "Amt": "amount",
            },
            id="a posting report",
        ),
    ],
)
def test_the_guess(head: str, row: str, kind: str, columns: dict[str, str]) -> None:
    """Kind and columns by headings and by what stands under them."""
    found = head_of(table_csv(head, row))
    assert found is not None
    guessed = guess(found)
    assert (guessed.kind, dict(guessed.columns), guessed.missing) == (kind, columns, ())


def test_titles_other_separators_and_workbooks_are_seen() -> None:
    """The heading row is the first row of words as wide as the table."""
    text = f"Harbor bank\n\n{HEAD.replace(',', ';')}\n13/11/2026;5678;A;1,00;7\n"
    found = head_of(text.encode())
    assert found is not None and (found.heading_line, found.headings[0]) == (3, "Post Date")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.split(","))
        sheet.write_row(1, 0, ["13/11/2026", "5678", "A", 1.5, "7"])
    found = head_of(buffer.getvalue())
    assert found is not None and found.headings == tuple(HEAD.split(","))
    assert head_of(b"Dear Sir,\nplease find enclosed\n") is None


@pytest.mark.parametrize(
    ("days", "order"),
    [
        pytest.param(("03/04/2026", "05/06/2026"), None, id="both ways"),
        pytest.param(("03/04/2026", "13/06/2026"), "day_first", id="day first"),
        pytest.param(("03/04/2026", "06/13/2026"), "month_first", id="month first"),
        pytest.param(("2026-03-04",), "month_first", id="nothing to ask"),
    ],
)
def test_the_order_of_days_is_told_by_the_rows_or_asked(days: tuple[str, ...], order: str | None) -> None:
    """Only where every day could be read both ways is a person asked."""
    found = head_of(table_csv("Post Date,Acct No,Amt", *(f"{one},1,2.00" for one in days)))
    assert found is not None and guess(found).date_order == order


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        pytest.param("03/04/2026", "month_first", "2026-03-04", id="month first"),
        pytest.param("3.4.26", "day_first", "2026-04-03", id="day first, two digits"),
        pytest.param("20261113", "month_first", "2026-11-13", id="a run"),
        pytest.param("13-Nov-2026", "month_first", "2026-11-13", id="a named month"),
        pytest.param("2026/11/13 10:15:00", "day_first", "2026-11-13", id="with a time"),
        pytest.param("soon", "day_first", "soon", id="no day stays as it is"),
    ],
)
def test_days_as_others_write_them(text: str, order: str, iso: str) -> None:
    """To the one spelling that the readers check."""
    assert iso_day(text, order) == iso  # type: ignore[arg-type]


def test_the_preview_shows_what_would_load_and_what_would_not_in_no_time() -> None:
    """Of 100,000 rows the first are looked at, within a second."""
    data = table_csv(HEAD, *ROWS, "13/11/2026,5678,C,many,1", *(f"13/11/2026,5678,X,1.00,{n}" for n in range(100_000)))
    start = time.perf_counter()
    found = head_of(data)
    assert found is not None
    shown = preview(found, mapping())
    assert time.perf_counter() - start < 1
    assert shown.columns["amount"][:3] == [Decimal("1250.50"), Decimal("7.25"), None]
    assert shown.faults == ((4, "amount", "an amount such as 1234.50"),)
    assert len(shown.lines) == 50


def test_the_verb_guesses_saves_lists_and_withdraws(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    """`map FILE` shows, `map FILE --kind …` saves, `load` uses it, `map --withdraw` ends it."""
    file, store = tmp_path / "export.csv", str(tmp_path / "store.duckdb")
    file.write_bytes(BANK)
    assert main(["map", str(file), "--store", store]) == 0
    assert "bank_csv" in capsys.readouterr().out
    pairs = [word for heading, column in COLUMNS.items() for word in ("--column", f"{heading}={column}")]
    assert main(["map", str(file), "--kind", "bank_csv", *pairs, "--flip-sign", "--store", store, "--user", "ann"]) == 0
    assert main(["load", str(file), "--store", store]) == 0
    assert "loaded" in capsys.readouterr().out
    assert main(["map", "--store", store]) == 0
    assert "Txn Amt = amount" in capsys.readouterr().out
    assert main(["map", "--withdraw", "1", "--store", store]) == 0
    assert main(["map", "--withdraw", "1", "--store", store]) == 1
