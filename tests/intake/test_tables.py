"""Tables to Arrow: what is stored, what is counted, what does not add up, and which cells are refused."""

from __future__ import annotations

import csv
import io
import random
import re
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from analysis.intake import tables
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected

TODAY = date(2026, 11, 23)
SCHEMA = Path(__file__).parents[2] / "analysis" / "store" / "schema" / "0001_facts.sql"

POSTING = """batch_id,batch_type,deposit_date,control_total,line_number,account_number,reference_number,\
transaction_type,amount
B1,ERA,2026-11-20,150.00,1,A1,00-123,PAYMENT,100.00
B1,ERA,11/20/2026,150.00,2,A2,00-123,payment,50.00
B2,manual,2026-11-21,"1,000.25",1,A3,,Provider Adjustment,"$1,000.25"
"""
ACCOUNTS = """account_number,patient_name,date_of_birth,service_from,balance,credit_date
A1,DOE JANE,1950-01-02,2026-10-01,(25.50),2026-11-02
A2,ROE RICHARD,01/31/1990,2026-10-05,"1,200.00",
"""
LEDGER = """account_number,transaction_id,transaction_date,type,source,amount
A1,T1,2026-11-01,CHARGE,,200.00
A1,T2,2026-11-02,PAYMENT,PRIMARY,150.00-
A1,T3,2026-11-03,adjustment,,-50
"""
ADVICE = """trace_number,payer_name,payer_id,payment_method,payment_date,payment_amount,claim_id,charge_amount,\
paid_amount,patient_name,service_date
00551,AETNA,60054,check,2026-11-18,130.00,C1,150.00,100.00,"DOE, JANE",2026-10-01
00552,CIGNA,,EFT,2026-11-18,10.00,C3,20.00,10.00,ROE,2026-10-02
00551,AETNA,60054,check,2026-11-18,130.00,C2,50.00,30.00,"ROE, RICHARD",2026-10-03
"""
RECEIPTS = """receipt_id,received_date,payment_method,check_number,amount,account_number
R1,2026-11-20,CHECK,0001234,75.00,A1
R2,2026-11-20,CASH,,20.00,
"""
BANK = "bank_account,posted_date,credit,debit\n111,2026-11-20,100.00,\n111,2026-11-21,,40.00\n"


def read(text: str) -> ParsedFile:
    """The text as an uploaded table, on 23 Nov 2026."""
    return tables.read(text.encode(), today=TODAY)


def codes(parsed: ParsedFile) -> list[str]:
    """The codes of its findings."""
    return [finding.code for finding in parsed.findings]


@pytest.mark.parametrize(
    ("text", "records", "totals"),
    [
        pytest.param(
            POSTING,
            {"posting_batches": 2, "posting_lines": 3},
            {"control_total": "1150.25", "posted_amount": "1150.25"},
            id="posting batches",
        ),
        pytest.param(ACCOUNTS, {"accounts": 2}, {"balance": "1174.50", "credit_balance": "25.50"}, id="accounts"),
        pytest.param(LEDGER, {"account_transactions": 3}, {"amount": "0.00"}, id="account transactions"),
        pytest.param(
            ADVICE,
            {"remittances": 2, "claims": 3},
            {"payment_amount": "140.00", "claim_payment_amount": "140.00", "claim_charge_amount": "220.00"},
            id="remittances",
        ),
        pytest.param(RECEIPTS, {"receipts": 2}, {"amount": "95.00"}, id="receipts"),
        pytest.param(BANK, {"transactions": 2}, {"credits": "100.00", "debits": "40.00"}, id="bank lines"),
        pytest.param(
            "account_number,balance\n", {"accounts": 0}, {"balance": "0.00", "credit_balance": "0.00"}, id="no rows"
        ),
    ],
)
def test_records_and_totals(text: str, records: dict[str, int], totals: dict[str, str]) -> None:
    """What the file holds, counted and summed to the cent."""
    parsed = read(text)
    assert parsed.records == records
    assert {name: str(amount) for name, amount in parsed.totals.items()} == totals


@pytest.mark.parametrize("text", [POSTING, ACCOUNTS, LEDGER, ADVICE, RECEIPTS], ids="PALRC")
def test_columns_are_the_stores(text: str) -> None:
    """Every Arrow column is a column of its table, with the store's type."""
    arrow = {"bigint": "int64", "integer": "int32", "varchar": "string", "date": "date32[day]"}
    schema = SCHEMA.read_text()
    for name, rows in read(text).tables.items():
        body = re.search(rf"create table {name} \((.*?)\);", schema, re.DOTALL)
        assert body is not None
        wanted = dict(re.findall(r"^    (\w+) (\w+(?:\(18, 2\))?)", body[1], re.MULTILINE))
        wanted |= {"remittance_place": "integer"} if name == "claim_payment" else {}
        for column in rows.schema:
            kind = wanted[column.name]
            assert str(column.type) == arrow.get(kind, "decimal128(18, 2)")
        required = set(re.findall(r"^    (\w+) \S.* not null", body[1], re.MULTILINE))
        made = {"file_id", f"{name}_id", "receipt_row_id", "remittance_id", "claim_payment_id"}
        assert required - made <= set(rows.column_names)


def test_posting_lines() -> None:
    """Dates in both styles, words in any case, references by their key, places by line."""
    rows = read(POSTING).tables["posting_line"].to_pylist()
    assert [row["place"] for row in rows] == [2, 3, 4]
    assert {row["deposit_date"] for row in rows[:2]} == {date(2026, 11, 20)}
    assert [row["transaction_type"] for row in rows] == ["PAYMENT", "PAYMENT", "PROVIDER_ADJUSTMENT"]
    assert [row["reference_key"] for row in rows] == ["123", "123", None]
    assert (rows[2]["batch_type"], rows[2]["payer_name"]) == ("MANUAL", None)


def test_remittances_are_grouped_by_payment() -> None:
    """One remittance per payment at its first line; each claim row names it."""
    parsed = read(ADVICE)
    remittances, claims = (parsed.tables[name].to_pylist() for name in ("remittance", "claim_payment"))
    assert [(row["place"], row["last_place"], row["trace_key"]) for row in remittances] == [
        (2, 4, "551"),
        (3, 3, "552"),
    ]
    assert [(row["payment_method"], row["source"]) for row in remittances] == [("CHK", "table"), ("ACH", "table")]
    assert [(row["place"], row["remittance_place"]) for row in claims] == [(2, 2), (3, 3), (4, 2)]
    assert (claims[0]["patient_last_name"], claims[0]["patient_first_name"]) == ("DOE", "JANE")
    assert claims[0]["statement_from"] == date(2026, 10, 1)


def test_content_key_does_not_depend_on_row_order() -> None:
    """The same claims in another order are the same advice; another amount is not."""
    head, first, second, third = ADVICE.strip().split("\n")
    keys = [row["content_key"] for row in read(ADVICE).tables["remittance"].to_pylist()]
    turned = read("\n".join([head, third, second, first])).tables["remittance"].to_pylist()
    assert [row["content_key"] for row in turned] == keys
    assert len(keys[0]) == 32
    other = read(ADVICE.replace(",30.00,", ",30.01,")).tables["remittance"].to_pylist()
    assert other[0]["content_key"] != keys[0]


@pytest.mark.parametrize(
    ("text", "code", "severity", "location", "amount"),
    [
        pytest.param(
            POSTING.replace("A2,00-123,payment,50.00", "A2,00-123,payment,49.99"),
            "batch_total", "warning", "batch B1, line 2", "0.01", id="one cent short of the control total",
        ),
        pytest.param(
            POSTING.replace("11/20/2026", "11/19/2026"),
            "batch_header_differs", "error", "batch B1, line 3", None, id="two deposit dates in a batch",
        ),
        pytest.param(
            POSTING.replace("2026,150.00", "2026,150.01"),
            "batch_header_differs", "error", "batch B1, line 3", None, id="two control totals in a batch",
        ),
        pytest.param(
            POSTING.replace("150.00,2,A2", "150.00,1,A2"),
            "duplicate_line_number", "warning", "batch B1, line 3", None, id="a line number twice in a batch",
        ),
        pytest.param(
            ADVICE.replace(",30.00,", ",40.00,"),
            "remittance_total", "warning", "remittance at line 2", "-10.00", id="claims over the payment",
        ),
        pytest.param(ACCOUNTS.replace("A2", "A1"), "duplicate_account", "warning", "line 3", None, id="account twice"),
        pytest.param(LEDGER.replace("T3", "T1"), "duplicate_transaction", "warning", "line 4", None, id="ledger id"),
        pytest.param(RECEIPTS.replace("R2", "R1"), "duplicate_receipt", "warning", "line 3", None, id="receipt id"),
        pytest.param(
            LEDGER.replace("A1,T2", "1.23E+15,T2"),
            "identifier_in_scientific_notation", "warning", "line 3, account_number", None, id="a damaged account",
        ),
        pytest.param(
            RECEIPTS.replace("0001234", "1.2e+7"),
            "identifier_in_scientific_notation", "warning", "line 2, check_number", None, id="a damaged cheque number",
        ),
    ],
)  # fmt: skip
def test_findings(text: str, code: str, severity: str, location: str, amount: str | None) -> None:
    """What does not add up is said at its place with its dollars, and the file still loads."""
    found = next(finding for finding in read(text).findings if finding.code == code)
    assert (found.severity, found.location, found.amount) == (severity, location, amount and Decimal(amount))


def test_clean_files_have_no_findings() -> None:
    """Files that add up are not talked about."""
    assert [codes(read(text)) for text in (POSTING, LEDGER, ADVICE, RECEIPTS)] == [[], [], [], []]


def test_many_findings_are_counted() -> None:
    """A file full of one fault says it 200 times and counts the rest."""
    found = read("account_number,balance\n" + "A1,1\n" * 500).findings
    assert len([finding for finding in found if finding.code == "duplicate_account"]) == 201


@pytest.mark.parametrize(
    ("text", "extracted", "code"),
    [
        pytest.param(ACCOUNTS, date(2026, 11, 2), ["extract_date_assumed"], id="the latest date of the file"),
        pytest.param("account_number,balance\nA,1\n", TODAY, ["extract_date_assumed"], id="today where it has none"),
        pytest.param("account_number,balance,Extract Date\nA,1,2026-11-19\n", date(2026, 11, 19), [], id="its column"),
    ],
)
def test_extract_date(text: str, extracted: date, code: list[str]) -> None:
    """An extract is dated by its column, else by the file, else by today."""
    parsed = read(text)
    assert (parsed.tables["account"]["extract_date"][0].as_py(), codes(parsed)) == (extracted, code)


def test_a_total_past_the_store_is_refused() -> None:
    """Amounts that fit one by one but not together are refused, not cut."""
    with pytest.raises(FileRejected, match="larger balance"):
        read("account_number,balance\nA1,9999999999999999.99\nA2,0.01\n")


def test_xlsx_and_csv_say_the_same() -> None:
    """A workbook of the same cells, amounts and ids as numbers, gives the same rows and totals."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    ledger = LEDGER.replace("A1", "1001").replace("150.00-", "-150.00")
    for number, row in enumerate(csv.reader(io.StringIO(ledger))):
        for column, cell in enumerate(row):
            is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell) and number
            sheet.write(number, column, float(cell) if is_number else cell)
    book.close()
    workbook, text = tables.read(buffer.getvalue(), today=TODAY), read(ledger)
    assert workbook.totals == text.totals
    assert workbook.tables["account_transaction"].equals(text.tables["account_transaction"])


def test_mutated_files_are_refused_or_add_up() -> None:
    """Whatever is damaged, only FileRejected is raised, and what is accepted sums as an independent recount does."""
    drawn = random.Random(20261123)
    accepted = 0
    marks = '",;\t|\n\r0159.-()$ aE\x00é'
    for _ in range(1500):
        text = list(drawn.choice([POSTING, LEDGER, RECEIPTS]))
        for _ in range(drawn.randint(1, 3)):
            place = drawn.randrange(len(text))
            text[place] = drawn.choice(["", drawn.choice(marks), text[place] + drawn.choice(marks)])
        data = "".join(text)
        try:
            parsed = read(data)
        except FileRejected:
            continue
        accepted += 1
        assert parsed.totals.get("posted_amount", parsed.totals.get("amount")) == _recount(data)
    assert accepted > 200


def _recount(text: str) -> Decimal:
    """The sum of the amount column, by csv and Decimal alone."""
    rows = [row for row in csv.reader(io.StringIO(text.lstrip(), newline="")) if any(cell.strip() for cell in row)]
    names = [re.sub(r"[\s_.-]", "", heading).lower() for heading in rows[0]]
    found = Decimal("0.00")
    for row in rows[1:]:
        cell = re.sub(r"[$,\s]", "", row[names.index("amount")])
        is_negative = cell.startswith("(") or "-" in cell
        found += Decimal(cell.strip("()-")) * (-1 if is_negative else 1)
    return found


def test_a_hundred_thousand_rows_take_seconds() -> None:
    """A large hospital's day of postings is read while the user waits."""
    rows = "".join(
        f"B{n // 50},ERA,2026-11-20,1234.50,{n % 50 + 1},A{n:07},T{n},PAYMENT,24.69\n" for n in range(100_000)
    )
    data = (POSTING.split("\n", maxsplit=1)[0] + "\n" + rows).encode()
    start = time.monotonic()
    parsed = tables.read(data)
    assert time.monotonic() - start < 10
    assert parsed.totals["posted_amount"] == Decimal("2469000.00")
    assert parsed.findings == ()
