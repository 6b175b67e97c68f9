"""What a file is, by its content: every public sample, every kind of table, and what people upload by mistake."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from analysis.intake.recognise import LOADABLE, recognise

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FOLDERS = {
    "835": ({"remittance_835"}, 36),
    "bai2": ({"bank_bai2"}, 12),
    "837": ({"x12_837"}, 90),
    "277": ({"x12_276", "x12_277"}, 18),
    "820": ({"remittance_820"}, 17),
    "ack": ({"x12_997", "x12_999", "x12_824", "x12_ta1"}, 15),
    "ach": ({"ach_nacha"}, 79),
    "camt": ({"bank_camt"}, 16),
    "mt940": ({"bank_mt940"}, 17),
    "ofx": ({"bank_ofx"}, 12),
}


@pytest.mark.corpus
@pytest.mark.parametrize("folder", FOLDERS)
def test_public_samples(folder: str) -> None:
    """Each public sample is what its folder says, and only what a reader takes is loadable."""
    if not CORPUS.is_dir() and not os.environ.get("CI"):  # in CI a missing corpus fails below
        pytest.skip("the public samples are not here")
    kinds, count = FOLDERS[folder]
    files = [path for path in sorted((CORPUS / folder).iterdir()) if "__" in path.name]
    assert len(files) == count
    found = {path.name: recognise(path.read_bytes()) for path in files}
    assert {name: one for name, one in found.items() if one.kind not in kinds} == {}
    assert {one.loadable for one in found.values()} == {kinds <= set(LOADABLE)}


ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*^*00501*000000001*0*P*:~"
GS = "GS*HP*S*R*20260101*1200*1*X*005010X221A1~"


def _set(code: str) -> str:
    return f"ST*{code}*0001~BPR*I*1*C~SE*3*0001~"


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        pytest.param(ISA + GS + _set("835") + "GE*1*1~IEA*1*1~", "remittance_835", "835", id="an 835"),
        pytest.param((ISA + GS + _set("835")).replace("~", "\n"), "remittance_835", "835", id="line ends alone"),
        pytest.param((ISA + GS + _set("835")).replace("~", "~\r\n"), "remittance_835", "835", id="wrapped terminators"),
        pytest.param((ISA + GS + _set("835")).replace("*", "|"), "remittance_835", "835", id="another separator"),
        pytest.param("From: payer\n\n" + ISA + GS + _set("835"), "remittance_835", "835", id="text before the ISA"),
        pytest.param("\ufeff\n " + ISA + GS + _set("835"), "remittance_835", "835", id="a mark and blanks before"),
        pytest.param(GS + _set("835"), "remittance_835", "835", id="from the GS on"),
        pytest.param(_set("835"), "remittance_835", "835", id="from the ST on"),
        pytest.param("Subject: ERA\n" + _set("835"), "remittance_835", "835", id="text before the ST"),
        pytest.param(
            ISA + GS + _set("835") + ISA.replace("*", "|") + _set("837").replace("*", "|"),
            "x12_mixed", "835 remittance advice together with X12 837 claim", id="835 and other separators",
        ),
        pytest.param(ISA + GS + _set("999"), "x12_999", "X12 999 acknowledgement", id="an acknowledgement"),
        pytest.param(ISA + "TA1*000000001*260101*1200*A*000~IEA*0*1~", "x12_ta1", "X12 TA1", id="a TA1"),
        pytest.param(ISA + GS + _set("850"), "x12_850", "X12 850", id="a purchase order"),
        pytest.param(ISA + "IEA*0*1~", "x12", "without a transaction set", id="an empty interchange"),
        pytest.param("01,S,R,260101,0100,1,,,2/\n02,R,S,1,260101,,USD,2/\n", "bank_bai2", "BAI2", id="BAI2"),
        pytest.param("01,S,R,260101,0100,1,,,2/\n03,1,USD/\n", "unknown_text", "plain text", id="BAI2 without a group"),
        pytest.param("101 091000019 1234567892601010100A094101BANK", "ach_nacha", "NACHA", id="NACHA"),
        pytest.param(":20:REF\n:25:1/2\n:28C:1/1\n:60F:C260101USD1,00\n", "bank_mt940", "MT940", id="MT940"),
        pytest.param("OFXHEADER:100\nDATA:OFXSGML\n<OFX>", "bank_ofx", "OFX", id="OFX"),
        pytest.param('<?xml version="1.0"?><Document xmlns="camt.053.001.08"/>', "bank_camt", "camt.053", id="camt"),
        pytest.param('<?xml version="1.0"?><a/>', "xml", "XML", id="other XML"),
        pytest.param("<!DOCTYPE html><html><body>Login</body></html>", "html", "HTML", id="a log-in page"),
        pytest.param('{"a": 1}', "json", "JSON", id="JSON"),
        pytest.param("", "empty", "0 bytes", id="nothing"),
        pytest.param(" \r\n\t\n", "blank", "white space", id="white space"),
        pytest.param("Dear Sir,\nplease find enclosed\n", "unknown_text", "plain text", id="a letter"),
        pytest.param("colour,size\nred,1\n", "unknown_text", "table whose headings", id="another table"),
        pytest.param("account_number,name\nA,B\n", "unknown_table", "accounts, but without balance", id="near a kind"),
        pytest.param(
            "receipt_id,received_date,amount,bank_account,posted_date\n",
            "unknown_table", "of receipts and of bank_csv", id="two kinds at once",
        ),
        pytest.param(
            "account_number,balance,state\nVISA-10-2,1,ST-101-2205,\n",
            "accounts", "accounts", id="X12 look-alikes in cells",
        ),
        pytest.param("batch_id;deposit_date;control_total;account_number;transaction_type;amount\n",
                     "posting_batches", "posting batches", id="posting batches"),
        pytest.param("Account Number\tBALANCE\nA\t1\n", "accounts", "accounts", id="accounts"),
        pytest.param("account_number|transaction_id|transaction_date|type|amount\n",
                     "account_transactions", "account transactions", id="a ledger"),
        pytest.param("trace_number,payer_name,payment_date,payment_amount,claim_id,paid_amount\n",
                     "remittances", "remittances", id="remittance advice as a table"),
        pytest.param("receipt_id,received_date,amount\n", "receipts", "receipts", id="receipts"),
        pytest.param("First Harbor Bank\n\nBank Account,Posted Date,Credit,Debit\n", "bank_csv", "bank csv", id="bank"),
    ],
)  # fmt: skip
def test_texts(text: str, kind: str, what: str) -> None:
    """Each text is named by what it holds, and loadable where a reader takes it."""
    found = recognise(text.encode())
    assert (found.kind, found.loadable) == (kind, kind in LOADABLE)
    assert what in found.what


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def _xlsx(*rows: list[str]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(_xlsx(["Report"], ["Account Number", "Balance"], ["A1", "1"]), "accounts", id="a workbook"),
        pytest.param(_xlsx(*[["account_number", "balance"]] * 500), "accounts", id="a workbook longer than its head"),
        pytest.param(_xlsx(["colour"]), "unknown_table", id="a workbook of something else"),
        pytest.param(_xlsx(["account_number", "balance"])[:900], "zip", id="a cut workbook"),
        pytest.param(_zip(a=b"x"), "zip", id="a zip"),
        pytest.param(b"PK", "zip", id="two letters of a zip"),
        pytest.param(gzip.compress(ISA.encode()), "gzip", id="gzip"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3", "pdf", id="a PDF"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "xls", id="an old XLS"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(9), "image", id="a PNG"),
        pytest.param(b"\xff\xd8\xff\xe0", "image", id="a JPEG"),
        pytest.param("account_number,balance\n".encode("utf-16"), "utf16_text", id="UTF-16 with a mark"),
        pytest.param("account_number,balance\n".encode("utf-16-le"), "utf16_text", id="UTF-16 without a mark"),
        pytest.param("account_number,balance\n".encode("utf-16-be"), "utf16_text", id="UTF-16 the other way"),
        pytest.param(b"\x00\x01\x02\x03\xff" * 50, "binary", id="bytes of no meaning"),
        pytest.param(bytes(500), "blank", id="NULs alone"),
    ],
)
def test_bytes(data: bytes, kind: str) -> None:
    """Archives, images and other bytes are named, never raised about."""
    found = recognise(data)
    assert (found.kind, found.loadable) == (kind, kind in LOADABLE)


def test_a_saved_mapping_is_asked() -> None:
    """A table in a billing system's own words is known through its aliases."""
    data = b"HAR,Acct Bal\nA1,1\n"
    assert recognise(data).loadable is False
    assert recognise(data, {"har": "account_number", "acctbal": "balance"}).kind == "accounts"
