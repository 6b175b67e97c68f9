"""Bytes to a table: delimiters, quotes, encodings, headings and widths."""

from __future__ import annotations

import pytest

from analysis.intake import tabular
from analysis.intake.table_kinds import Claim, NearMiss, claimed
from analysis.problems import FileRejected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param("account_number,balance\nA1,1.00\n", [(2, "A1", "1.00")], id="commas"),
        pytest.param("account_number;balance\nA1;1,000.00\n", [(2, "A1", "1,000.00")], id="semicolons"),
        pytest.param("account_number\tbalance\nA1\t1.00", [(2, "A1", "1.00")], id="tabs and no last line end"),
        pytest.param("account_number|balance\r\nA1|1.00\r\n", [(2, "A1", "1.00")], id="bars and Windows line ends"),
        pytest.param("account_number,balance\rA1,1\rA2,2\r", [(2, "A1", "1"), (3, "A2", "2")], id="old Mac line ends"),
        pytest.param("Account-Number, BALANCE \nA1,1\n", [(2, "A1", "1")], id="headings in any case and spacing"),
        pytest.param("ACCOUNT.NUMBER,balance\n A1 , 1 \n", [(2, "A1", "1")], id="cells are stripped"),
        pytest.param('account_number,balance\n"A,1","1"\n', [(2, "A,1", "1")], id="a delimiter in quotes"),
        pytest.param('account_number,balance\n"A""1",1\n', [(2, 'A"1', "1")], id="a doubled quote"),
        pytest.param(
            'account_number,balance\n"A\n1",1\nA2,2\n',
            [(2, "A\n1", "1"), (4, "A2", "2")],
            id="a line break in quotes counts as a line",
        ),
        pytest.param(
            "account_number,balance\n\nA1,1\n , \n\nA2,2\n", [(3, "A1", "1"), (6, "A2", "2")], id="blank lines"
        ),
        pytest.param(
            "account_number,balance,,\nA1,1,,\nA2,2\n", [(2, "A1", "1"), (3, "A2", "2")], id="trailing commas"
        ),
        pytest.param("account_number,balance\nA1,1,, ,\n", [(2, "A1", "1")], id="trailing empty cells"),
        pytest.param(
            "First Harbor Hospital\nReport of 11/20/2026,,\n\naccount_number,balance\nA1,1\n",
            [(5, "A1", "1")],
            id="title lines before the headings",
        ),
        pytest.param("account_number,balance\nNA,1\nNone,2\n", [(2, "NA", "1"), (3, "None", "2")], id="NA is text"),
        pytest.param("account_number,balance\n000123,1\n", [(2, "000123", "1")], id="leading zeros stay"),
        pytest.param("account_number,balance\nA1,1\n\x1a", [(2, "A1", "1")], id="an old end-of-file mark"),
    ],
)
def test_csv_rows(text: str, rows: list[tuple[int, str, str]]) -> None:
    """Each row with the line it starts on, everything text."""
    table = tabular.read(text.encode())
    found = [(line, row["account_number"], row["balance"]) for line, row in table.rows]
    assert found == rows


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        pytest.param(b"account_number,balance\nA1\n", "row_width", "line 2", id="a row too short"),
        pytest.param(b"account_number,balance\nA1,1,x\n", "row_width", "line 2", id="a row too long"),
        pytest.param(
            b"account_number,balance\nA1,1,\nA2,2,,x\n", "row_width", "line 3", id="a cell after an empty one"
        ),
        pytest.param(b'account_number,balance\n"A1,1\n', "csv_quotes", "line 2", id="a quote never closed"),
        pytest.param(b'account_number,balance\n"A"1,1\n', "csv_quotes", "line 2", id="text after a closing quote"),
        pytest.param(b"account_number,balance,Balance\nA1,1,2\n", "duplicate_heading", "line 1", id="one column twice"),
        pytest.param(b"account_number,balance,x,X\nA,1,2,3\n", "duplicate_heading", "line 1", id="one unknown twice"),
        pytest.param(b"account_number,balance\nA\x001,1\n", "control_character", "byte 25", id="a NUL"),
        pytest.param(b"account_number,balance\nA1,1\nA\x1c2,1\n", "control_character", "line 3", id="a separator code"),
        pytest.param("account_number,balance\nA1,1\n".encode("utf-16"), "encoding", "byte 1", id="UTF-16"),
        pytest.param(b"account_number,balance\nA\x81,1\n", "encoding", "byte 25", id="a byte of no encoding"),
        pytest.param(b"account_number,patient_name\nA,B\n", "missing_columns", "line 1", id="almost a kind"),
        pytest.param(b"colour,size\nred,1\n", "unknown_table", "line 1", id="no kind at all"),
        pytest.param(b"t\n" * 11 + b"account_number,balance\n", "unknown_table", "line 1", id="headings too far down"),
        pytest.param(b"", "unknown_table", "line 1", id="nothing"),
    ],
)
def test_csv_refused(data: bytes, code: str, place: str) -> None:
    """A file that cannot be read whole is refused at its place."""
    with pytest.raises(FileRejected) as caught:
        tabular.read(data)
    assert (caught.value.code, caught.value.location) == (code, place)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param("patient_name,account_number,balance\nMüller,A,1\n".encode(), "Müller", id="UTF-8"),
        pytest.param(
            "\ufeffpatient_name,account_number,balance\nMüller,A,1\n".encode(), "Müller", id="byte order mark"
        ),
        pytest.param("patient_name,account_number,balance\nMüller,A,1\n".encode("cp1252"), "Müller", id="cp1252"),
    ],
)
def test_encodings(data: bytes, name: str) -> None:
    """UTF-8 with or without mark, else cp1252, which is said."""
    table = tabular.read(data)
    assert table.columns["patient_name"] == [name]
    assert [finding.code for finding in table.findings] == (["encoding_cp1252"] if b"\xfc" in data else [])


def test_missing_columns_are_named() -> None:
    """A heading row that is almost a kind says what it lacks."""
    with pytest.raises(FileRejected, match="posting_batches with the columns control_total, amount"):
        tabular.read(b"batch_id,deposit_date,account_number,transaction_type\n")


def test_unknown_columns_are_left_out_with_a_word() -> None:
    """An extra column does no harm, and its heading is named once."""
    table = tabular.read(b"account_number,Shoe Size,balance\nA1,44,1\n")
    assert list(table.columns) == ["account_number", "balance"]
    (finding,) = table.findings
    assert (finding.severity, finding.code, "Shoe Size" in finding.message) == ("info", "unknown_columns", True)


def test_aliases_name_columns() -> None:
    """A saved column mapping gives headings of a billing system their columns."""
    data = b"HAR,Acct Bal\nA1,1\n"
    assert tabular.read(data, {"har": "account_number", "acctbal": "balance"}).columns["balance"] == ["1"]
    assert tabular.heading(data) is None


def test_two_kinds_alike_are_ambiguous() -> None:
    """A heading row that two kinds claim alike is nobody's."""
    receipts_and_bank = ["receipt_id", "received_date", "amount", "bank_account", "posted_date"]
    with pytest.raises(FileRejected, match="of receipts and of bank_csv"):
        claimed(receipts_and_bank, 1)


def test_the_kind_with_more_required_columns_wins() -> None:
    """A posting export that also has a balance column is a posting export."""
    posting = ["batch_id", "deposit_date", "control_total", "account_number", "transaction_type", "amount", "balance"]
    claim = claimed(posting, 1)
    assert isinstance(claim, Claim)
    assert claim.kind.name == "posting_batches"


def test_a_near_miss_is_no_claim() -> None:
    """Half of the required columns make a near miss."""
    assert isinstance(claimed(["account_number"], 1), NearMiss)


def test_pieces_give_each_line_back() -> None:
    """The raw text can be cut out by line."""
    table = tabular.read(b"account_number,balance\r\n" + b"A1,1\r\n" * 2500)
    assert [piece.first_place for piece in table.pieces] == [1, 1001, 2001]
    assert table.pieces[2].text.split("\n")[0] == "A1,1"
