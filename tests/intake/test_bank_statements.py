"""camt, MT940 and OFX: the lines, the balances that prove them, and what is refused."""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.intake.parsed import ParsedFile
from analysis.intake.readers import read
from analysis.intake.recognise import recognise
from analysis.problems import FileRejected
from tests.files import bank_lines, loaded, table_csv
from tests.stores import empty_store

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the public sample files are not at {CORPUS}")

REFUSED = {
    "genkgo__camt__camt053.v2.wrong.xml": "no_statement",
    "jseutter__ofxparse__bank_small.ofx": "no_statement",
    "jseutter__ofxparse__date_missing.ofx": "ofx_date",
    "jseutter__ofxparse__decimal_error.ofx": "ofx_date",
    "jseutter__ofxparse__error_message.ofx": "no_statement",
    "jseutter__ofxparse__signon_fail.ofx": "no_statement",
    "jseutter__ofxparse__signon_success.ofx": "no_statement",
    "jseutter__ofxparse__signon_success_no_message.ofx": "no_statement",
}
LINE = {"camt": rb"<Ntry>", "mt940": rb"(?m)^:61:", "ofx": rb"<STMTTRN>"}

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<Stmt><Id>S1</Id><CreDtTm>2026-11-03T06:00:00</CreDtTm>
<Acct><Id><Othr><Id>5678</Id></Othr></Id><Ccy>USD</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">104.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-11-02</Dt></Dt></Bal>
<Ntry><Amt Ccy="USD">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-02</Dt></BookgDt><AcctSvcrRef>BR1</AcctSvcrRef>
<BkTxCd><Prtry><Cd>142</Cd><Issr>BAI</Issr></Prtry></BkTxCd>
<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>TEST PAYER</Nm></Dbtr></RltdPties>
<RmtInf><Ustrd>HCCLAIMPMT TRN*1*99345678*1999999999~</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="USD">5.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-02</Dt></BookgDt>
<AddtlNtryInf>Account analysis fee</AddtlNtryInf></Ntry>
<Ntry><Amt Ccy="USD">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>
"""
MT940 = """:20:S1
:25:5678
:28C:1/1
:60F:C261101USD10,00
:61:2611021102C100,00NTRFNONREF//BR1
:86:TEST PAYER HCCLAIMPMT TRN*1*99345678*1999999999~
:61:2611021102D5,50NCHGNONREF//BR2
:86:ACCOUNT ANALYSIS FEE
:62F:C261102USD104,50
-
"""
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><SIGNONMSGSRSV1><SONRS><DTSERVER>20261103060000</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>5678<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
<STMTTRN><TRNTYPE>DIRECTDEP<DTPOSTED>20261102120000<TRNAMT>100.00<FITID>F1<NAME>TEST PAYER
<MEMO>HCCLAIMPMT TRN*1*99345678*1999999999~</STMTTRN>
<STMTTRN><TRNTYPE>SRVCHG<DTPOSTED>20261102<TRNAMT>-5.50<FITID>F2<NAME>Account analysis &amp; fee</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>104.50<DTASOF>20261102</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
FORMATS = [
    pytest.param(CAMT, "bank_camt", id="camt"),
    pytest.param(MT940, "bank_mt940", id="MT940"),
    pytest.param(OFX, "bank_ofx", id="OFX"),
]


def parsed(text: str | bytes) -> ParsedFile:
    data = text if isinstance(text, bytes) else text.encode()
    return read(recognise(data).kind, data, date(2026, 11, 13))


def codes(file: ParsedFile) -> list[str]:
    return [finding.code for finding in file.findings]


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("folder", LINE)
def test_every_public_sample_is_read_line_by_line_or_refused(folder: str) -> None:
    """As many bank lines as the text itself has, but for what is pending; those without a statement are refused."""
    for path in sorted((CORPUS / folder).glob("*__*")):
        data = path.read_bytes()
        if path.name in REFUSED:
            with pytest.raises(FileRejected) as refused:
                parsed(data)
            assert refused.value.code == REFUSED[path.name], path.name
            continue
        file = parsed(data)
        pending = len(re.findall(rb"<Sts>\s*(?:<Cd>)?PDNG", data))
        told = len(re.findall(LINE[folder], data)) - pending
        assert file.records["transactions"] == told, path.name
        assert file.tables["bank_transaction"]["bank_account"].null_count == 0


@pytest.mark.parametrize(("text", "kind"), FORMATS)
def test_a_statement_is_read_to_the_same_lines(text: str, kind: str) -> None:
    """Credit and fee, who paid, and the trace, whatever the format."""
    assert recognise(text.encode()).kind == kind
    file = parsed(text)
    credit, fee = file.tables["bank_transaction"].to_pylist()
    assert (credit["amount"], credit["line_kind"], credit["posted_date"]) == (
        Decimal("100.00"),
        "ach",
        date(2026, 11, 2),
    )
    assert (fee["amount"], fee["line_kind"]) == (Decimal("-5.50"), "fee")
    assert (credit["bank_account"], credit["company_name"]) == ("5678", "TEST PAYER")
    assert file.tables["bank_trace"].to_pylist()[0]["trace_key"] == "99345678"
    assert file.totals == {"credits": Decimal("100.00"), "debits": Decimal("5.50")}
    assert "statement_balance" not in codes(file)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        pytest.param(CAMT, ">104.50<", ">104.49<", id="camt"),
        pytest.param(MT940, "USD104,50", "USD104,49", id="MT940"),
    ],
)
def test_a_balance_that_the_lines_do_not_make_is_a_finding_with_the_difference(
    text: str, before: str, after: str
) -> None:
    """Opening and lines against closing: one cent shows."""
    file = parsed(text.replace(before, after))
    (finding,) = (one for one in file.findings if one.code == "statement_balance")
    assert finding.amount == Decimal("-0.01")


def test_each_day_of_a_statement_is_a_section_of_its_own() -> None:
    """So that a day told by BAI2 too is the same day; the balances stand at the first and the last."""
    later = MT940.replace(":61:2611021102D5,50", ":61:2611031103D5,50").replace("62F:C261102", "62F:C261104")
    file = parsed(later)
    assert [row["as_of_date"].day for row in file.tables["bank_statement"].to_pylist()] == [2, 3, 4]
    assert [row["type_code"] for row in file.tables["bank_summary"].to_pylist()] == ["010", "015"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            '<!DOCTYPE a [<!ENTITY b "c">]>' + CAMT.split("\n", 1)[1], "camt_document_type", id="a document type"
        ),
        pytest.param(CAMT.replace("<Stmt>", "<!ENTITY x 'y'><Stmt>"), "camt_document_type", id="an entity"),
        pytest.param(CAMT.replace("</Stmt>", ""), "camt_xml", id="not well-formed"),
        pytest.param(CAMT.replace(">100.00<", ">1e400<"), "statement_amount", id="an absurd amount"),
        pytest.param(CAMT.replace(">100.00<", ">100.001<"), "statement_amount", id="a tenth of a cent"),
        pytest.param(CAMT.replace("<CdtDbtInd>DBIT", "<CdtDbtInd>"), "camt_direction", id="no direction"),
        pytest.param(MT940.replace("C100,00", "X100,00"), "mt940_unreadable", id="an MT940 line without direction"),
        pytest.param(MT940.replace(":25:5678\n", ""), "mt940_account", id="an MT940 without account"),
        pytest.param(OFX.replace("<OFX>", '<!DOCTYPE x SYSTEM "file:///x"><OFX>'), "ofx_document_type", id="OFX DTD"),
        pytest.param(OFX.replace("<TRNAMT>100.00", "<TRNAMT>NaN"), "ofx_amount", id="an OFX amount that is none"),
        pytest.param(OFX.replace("<DTPOSTED>20261102120000", ""), "ofx_date", id="an OFX line without day"),
    ],
)
def test_hostile_and_broken_files_are_refused(text: str, code: str) -> None:
    """By name and place, before anything is read."""
    with pytest.raises(FileRejected) as refused:
        parsed(text)
    assert refused.value.code == code


@pytest.mark.parametrize(("text", "kind"), FORMATS)
def test_noise_is_refused_or_read_and_never_crashes(text: str, kind: str) -> None:
    """100 times a few characters are others: a `FileRejected`, or lines that the totals add up."""
    draw = random.Random(11)
    for _ in range(100):
        noisy = list(text)
        for _ in range(draw.choice((1, 2, 5))):
            noisy[draw.randrange(len(noisy))] = draw.choice("0123456789AZ<>/:*,.-+ \n&;\"'")
        try:
            file = read(kind, "".join(noisy).encode(), date(2026, 11, 13))
        except FileRejected:
            continue
        amounts = file.tables["bank_transaction"]["amount"].to_pylist()
        assert sum(amounts, Decimal(0)) == file.totals["credits"] - file.totals["debits"]


def test_a_huge_camt_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit stands in front of the parser."""
    monkeypatch.setattr("analysis.intake.bank_camt.MOST_BYTES", 1_000)
    with pytest.raises(FileRejected) as refused:
        parsed(CAMT)
    assert refused.value.code == "camt_too_large"


def test_nothing_of_a_line_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The package would write the text of a line that it cannot read."""
    with caplog.at_level("DEBUG"), pytest.raises(FileRejected):
        parsed(MT940.replace("C100,00", "X100,00"))
    assert caplog.text == ""


def test_what_several_files_tell_counts_once() -> None:
    """A day by BAI2, camt, MT940, OFX and a table, and a longer MT940 that overlaps: each dollar once."""
    bai2 = bank_lines(("142", "100.00", "TEST PAYER HCCLAIMPMT TRN*1*99345678*1999999999~"), ("661", "5.50", "FEE"))
    longer = MT940.replace(":62F:C261102USD104,50", ":61:2611031103C1,00NTRFNONREF//BR3\n:62F:C261103USD105,50")
    table = table_csv("bank_account,posted_date,amount,description", "5678,2026-11-02,100.00,TEST PAYER")
    once = [("-5.50",), ("1.00",), ("100.00",)]
    with empty_store() as store:
        loaded(store, MT940.encode(), longer.encode(), table)
        assert _counted(store) == once
        loaded(store, bai2, OFX.encode(), CAMT.encode())
        assert _counted(store) == once


def _counted(store: object) -> list[tuple[str]]:
    with store.cursor() as cursor:  # type: ignore[attr-defined]
        return cursor.execute(
            "select cast(amount as varchar) from bank_transactions where not_counted is null order by amount"
        ).fetchall()
