"""The 835 reader: every claim, line, adjustment and cent of a file becomes a row, or the file says what is missing."""

from __future__ import annotations

import csv
import io
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from analysis.intake.x12_835 import FileOf835, read_blocks
from analysis.intake.x12_frame import frame
from analysis.problems import FileRejected, Finding

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "835"
SAMPLE = Path(__file__).parents[2] / "sample_data" / "fortnight"
PUBLIC = sorted(CORPUS.glob("*__*"))
OURS = sorted(SAMPLE.glob("*/*.835"))
NEEDS_CORPUS = pytest.mark.skipif(
    not CORPUS.is_dir() and not os.environ.get("CI"), reason="the public samples are not here"
)
Rows = dict[str, list[dict[str, Any]]]


def read(*datas: bytes, block_bytes: int = 16_000_000) -> tuple[list[FileOf835], Rows]:
    """The files, read in one call with ids from 1, and their rows by table in the order of file and place."""
    files = [FileOf835(number, frame(data)) for number, data in enumerate(datas, start=1)]
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for block in read_blocks(files, block_bytes):
        for name, table in block.items():
            rows[name] += table.to_pylist()
    for name, some in rows.items():
        key = "place" if name != "source_text" else "first_place"
        some.sort(key=lambda row: (row["file_id"], row[key], row.get("position", 0)))
    return files, dict(rows)


def findings(file: FileOf835) -> list[Finding]:
    return [*file.frame.findings, *file.completeness()]


def told(file: FileOf835) -> list[tuple[str, str, str]]:
    return [(one.severity, one.code, one.location) for one in findings(file)]


def total(rows: Iterable[dict[str, Any]], column: str) -> Decimal:
    return sum((row[column] for row in rows if row[column] is not None), Decimal("0.00"))


def sums(rows: Rows) -> dict[str, Decimal]:
    """What a file's rows hold: dollars by element."""
    return {
        "BPR02": total(rows["remittance"], "payment_amount"),
        "CLP03": total(rows["claim_payment"], "charge_amount"),
        "CLP04": total(rows["claim_payment"], "paid_amount"),
        "SVC02": total(rows["service_payment"], "charge_amount"),
        "SVC03": total(rows["service_payment"], "paid_amount"),
        "CAS": total(rows["claim_adjustment"], "amount"),
        "PLB": total(rows["provider_adjustment"], "amount"),
    }


def number(text: str | None) -> Decimal:
    """The amount, or nothing for what is none."""
    return Decimal(text) if text and re.fullmatch(r"-?(\d+\.?\d{0,2}|\.\d{1,2})", text, re.ASCII) else Decimal("0.00")


AMOUNTS = {
    "BPR": {"BPR02": (2,)},
    "CLP": {"CLP03": (3,), "CLP04": (4,)},
    "SVC": {"SVC02": (2,), "SVC03": (3,)},
    "CAS": {"CAS": range(3, 99, 3)},
    "PLB": {"PLB": range(4, 99, 2)},
}


def summed(segments: Iterable[list[str]]) -> dict[str, Decimal]:
    """The dollars of segments, given as their elements, by element."""
    found = dict.fromkeys((name for names in AMOUNTS.values() for name in names), Decimal("0.00"))
    for elements in segments:
        for name, numbers in AMOUNTS.get(elements[0], {}).items():
            found[name] += sum(number(elements[n]) for n in numbers if n < len(elements))
    return found


# The public samples


@NEEDS_CORPUS
@pytest.mark.corpus
def test_public_samples_read_as_their_truth_says() -> None:
    """All 36 public samples: claims, lines, charges, payments and provider adjustments as an independent count has."""
    truth: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (CORPUS / "TRUTH.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            truth[row["file"]].append(row)
    assert len(PUBLIC) == 36 and {path.name for path in PUBLIC} == set(truth)
    for path in PUBLIC:
        (file,), rows = read(path.read_bytes())
        wanted = truth[path.name]
        counts = {"CLP": "n_clp", "SVC": "n_svc", "CAS": "n_cas", "PLB": "n_plb_seg"}
        assert file.segments_read == {
            name: sum(int(one[column]) for one in wanted) for name, column in counts.items()
        }, path.name
        found = sums(rows)
        for name, column in {"CLP03": "sum_clp03", "CLP04": "sum_clp04", "PLB": "sum_plb"}.items():
            assert found[name] == sum(number(one[column]) for one in wanted), (path.name, name)
        paid = [row["payment_amount"] for row in rows["remittance"]]
        assert paid == [None if one["bpr02"] == "NOT" else Decimal(one["bpr02"]) for one in wanted], path.name
        assert [row["transaction_control_number"] for row in rows["remittance"]] == [one["st02"] for one in wanted]
        assert [row["trace_number"] for row in rows["remittance"]] == [one["trn02"] for one in wanted]
        assert file.completeness() == [], path.name


def by_pyx12(data: bytes) -> tuple[Counter[str], dict[str, Decimal]] | None:
    """Counts by segment id and sums as pyx12's own reader has them; None where it does not read to the end."""
    import pyx12.errors
    import pyx12.x12file

    try:
        reader = pyx12.x12file.X12Reader(io.StringIO(data.decode("latin-1")))
        segments = [segment.format("\n", "\r", "\t").rstrip("\n").split("\r") for segment in reader]
    except (pyx12.errors.X12Error, IndexError):
        return None
    if reader.raw.buffer.strip() or segments[-1][0] != "IEA":
        return None
    return Counter(elements[0] for elements in segments), summed(segments)


@pytest.mark.parametrize(
    ("paths", "at_least"),
    [
        pytest.param(PUBLIC, 27, id="public samples", marks=[pytest.mark.corpus, NEEDS_CORPUS]),
        pytest.param(OURS, 100, id="the sample fortnight"),
    ],
)
def test_pyx12_reads_the_same(paths: list[Path], at_least: int) -> None:
    """On every file that pyx12's reader reads to its end it counts the same segments and sums the same dollars."""
    compared = 0
    for path in paths:
        theirs = by_pyx12(path.read_bytes())
        if theirs is None:
            continue
        counts, amounts = theirs
        (file,), rows = read(path.read_bytes())
        assert len(rows["remittance"]) == counts["ST"], path.name
        assert file.segments_read == {name: counts[name] for name in ("CLP", "SVC", "CAS", "PLB")}, path.name
        assert sums(rows) == amounts, path.name
        assert len(rows["claim_payment"]) == counts["CLP"] and len(rows["service_payment"]) == counts["SVC"]
        compared += 1
    assert compared >= at_least


# One remittance that has everything

RICH = """ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *261102*0930*^*00501*000000077*0*P*:
GS*HP*SENDER*RECEIVER*20261101*0930*55*X*005010X221A1
ST*835*0001
BPR*I*87.5*C*ACH*CCP*01*091000019*DA*111222*1512345678*999*01*021000021*DA*333444*20261103
TRN*1*00-TR 77*1512345678*SUPPLEMENT
CUR*PR*USD
REF*EV*RECEIVERREF
DTM*405*20261102
N1*PR*FIRST PAYER*XV*PLANID
N3*1 ROAD
N4*TOWN*NY*10001
REF*2U*P2U
REF*NF*PNF
REF*EO*PEO
REF*HI*PHI
PER*CX*CLAIMS DESK*TE*8005550100
PER*BL*EDI DESK*TE*8005550101
N1*PE*THE HOSPITAL*XX*1999999984
N3*2 STREET
N4*CITY*OH*44101
REF*TJ*987654321
REF*PQ*PROV9
LX*7
CLP*ACC 1*22*-500*-100.5*20*MC*ICN1*11*7**470*1.5
CAS*CO*45*-300.25*-1*97*-50.25*-2*29*1**16*2**18*3**22*4*9
CAS*PR*1*-49
NM1*QC*1*DOE*JANE*Q***MI*MEM1
NM1*IL*1*ROE*RICHARD****MI*INS1
NM1*74*1*DOES*JANET****C*COR1
NM1*82*1*SMITH*ADAM****XX*1888888885
NM1*TT*2*NEXT PAYER*****PI*TT1
NM1*PR*2*PRIORITY PAYER*****PI*PR1
NM1*GB*1*OTHER*SUE****MI*GB1
MIA*0*1*2*3*MA01*5*6*7*8*9*10*11*12*13*14*15*16*17*18*N20*N21*N22*N23
REF*F8*ICN0
REF*1L*GROUP7
REF*EA*MRN5
REF*G1*AUTH3
REF*CE*CLASS2
REF*1W*MEMBER8
DTM*232*20261001
DTM*233*20261005
DTM*050*20261010
DTM*036*20261231
AMT*AU*400
AMT*I*1.25
AMT*D8*2.5
AMT*F5*3
SVC*HC:99213:25:59:GT:XU*200.1*100.5*0450*2*HC:99214*3
DTM*472*20261002
CAS*OA*94*-10.4
REF*6R*LINE1
REF*0K*POLICY
AMT*B6*150
AMT*KH*7.25
LQ*HE*N30
LQ*HE*M15
SVC*NU:0120*-0.5*.5
DTM*150*20261001
DTM*151*20261005
CLP*ACC2*1*10*0*10*12*ICN2
NM1*QC*1*POE*PETER****MI*MEM2
MOA*0.5*6*MA02*MA03*MA04*MA05*MA06
PLB*1999999984*20261231*WO:ICN9*10*L6*-1.25*FB:TR9*3*72:X*-4*CS:Y*5*IR:Z*.25
PLB*1888888885*20271231*AH*1
SE*64*0001
GE*1*55
IEA*1*000000077
""".replace("\n", "~")
PLACES = {line: n for n, line in enumerate(RICH.split("~"), start=1)}


def the(rows: list[dict[str, Any]], start: str) -> dict[str, Any]:
    """The row of the segment that starts so."""
    place = next(n for line, n in PLACES.items() if line.startswith(start))
    return next(row for row in rows if row["place"] == place)


@pytest.fixture(scope="module")
def rich() -> Rows:
    (file,), rows = read(RICH.encode())
    assert findings(file) == []
    return rows


@pytest.mark.parametrize(
    ("table", "segment", "columns"),
    [
        pytest.param("remittance", "ST", {
            "file_id": 1, "place": 3, "last_place": PLACES["SE*64*0001"], "source": "835",
            "interchange_control_number": "000000077", "interchange_sender_id": "SENDER",
            "interchange_date": date(2026, 11, 2), "usage_indicator": "P", "group_control_number": "55",
            "group_date": date(2026, 11, 1), "transaction_control_number": "0001", "version": "005010X221A1",
        }, id="the envelope"),
        pytest.param("remittance", "ST", {
            "handling_code": "I", "payment_amount": Decimal("87.50"), "credit_debit_flag": "C", "payment_method": "ACH",
            "payment_format": "CCP", "payer_routing_number": "091000019", "payer_bank_account": "111222",
            "originating_company_id": "1512345678", "payee_routing_number": "021000021", "payee_bank_account": "333444",
            "payment_date": date(2026, 11, 3), "trace_number": "00-TR 77", "trace_key": "TR77",
            "trace_payer_id": "1512345678",
            "trace_supplement": "SUPPLEMENT", "currency": "USD", "receiver_reference": "RECEIVERREF",
            "production_date": date(2026, 11, 2),
        }, id="BPR, TRN, CUR, DTM"),
        pytest.param("remittance", "ST", {
            "payer_name": "FIRST PAYER", "payer_id_qualifier": "XV", "payer_id": "PLANID", "payer_address": "1 ROAD",
            "payer_city": "TOWN", "payer_state": "NY", "payer_zip": "10001", "payer_reference_2u": "P2U",
            "payer_reference_nf": "PNF", "payer_reference_eo": "PEO", "payer_reference_hi": "PHI",
            "payer_contact_name": "CLAIMS DESK", "payer_contact_number": "8005550100",
            "payer_technical_contact_name": "EDI DESK", "payer_technical_contact_number": "8005550101",
        }, id="the payer"),
        pytest.param("remittance", "ST", {
            "payee_name": "THE HOSPITAL", "payee_id_qualifier": "XX", "payee_id": "1999999984",
            "payee_address": "2 STREET",
            "payee_city": "CITY", "payee_state": "OH", "payee_zip": "44101", "payee_tax_id": "987654321",
            "payee_reference_pq": "PROV9",
        }, id="the payee"),
        pytest.param("claim_payment", "CLP*ACC 1", {
            "remittance_place": 3, "claim_id": "ACC 1", "claim_status": "22", "charge_amount": Decimal("-500.00"),
            "paid_amount": Decimal("-100.50"), "patient_responsibility": Decimal("20.00"), "filing_indicator": "MC",
            "payer_claim_control_number": "ICN1", "facility_type": "11", "frequency_code": "7", "drg_code": "470",
            "header_number": "7",
        }, id="CLP"),
        pytest.param("claim_payment", "CLP*ACC 1", {
            "patient_last_name": "DOE", "patient_first_name": "JANE", "patient_id_qualifier": "MI",
            "patient_id": "MEM1",
            "insured_last_name": "ROE", "insured_first_name": "RICHARD", "insured_id": "INS1",
            "corrected_last_name": "DOES", "corrected_first_name": "JANET", "corrected_id": "COR1",
            "rendering_provider_name": "SMITH", "rendering_provider_id": "1888888885",
            "crossover_payer_name": "NEXT PAYER", "crossover_payer_id": "TT1",
            "corrected_priority_payer_name": "PRIORITY PAYER", "corrected_priority_payer_id": "PR1",
            "other_subscriber_last_name": "OTHER", "other_subscriber_id": "GB1",
        }, id="NM1 of seven kinds"),
        pytest.param("claim_payment", "CLP*ACC 1", {
            "original_claim_control_number": "ICN0", "group_number": "GROUP7", "medical_record_number": "MRN5",
            "prior_authorization": "AUTH3", "contract_class": "CLASS2", "member_reference": "MEMBER8",
            "statement_from": date(2026, 10, 1), "statement_to": date(2026, 10, 5), "received_date": date(2026, 10, 10),
            "coverage_expired_date": date(2026, 12, 31), "coverage_amount": Decimal("400.00"),
            "interest_amount": Decimal("1.25"), "discount_amount": Decimal("2.50"),
            "patient_paid_amount": Decimal("3.00"),
            "inpatient_remarks": "MA01 N20 N21 N22 N23", "outpatient_remarks": None,
        }, id="REF, DTM, AMT and MIA of a claim"),
        pytest.param("claim_payment", "CLP*ACC2", {
            "claim_id": "ACC2", "header_number": "7", "patient_last_name": "POE", "insured_last_name": None,
            "original_claim_control_number": None, "statement_from": None, "coverage_amount": None,
            "inpatient_remarks": None, "outpatient_remarks": "MA02 MA03 MA04 MA05 MA06",
        }, id="the next claim has nothing of the first"),
        pytest.param("service_payment", "SVC*HC", {
            "remittance_place": 3, "claim_payment_place": PLACES["CLP*ACC 1*22*-500*-100.5*20*MC*ICN1*11*7**470*1.5"],
            "procedure_qualifier": "HC", "procedure_code": "99213", "modifiers": "25 59 GT XU", "revenue_code": "0450",
            "original_procedure_code": "99214", "charge_amount": Decimal("200.10"), "paid_amount": Decimal("100.50"),
            "units_paid": Decimal(2), "units_billed": Decimal(3), "service_date": date(2026, 10, 2),
            "service_from": None,
            "line_control_number": "LINE1", "policy_reference": "POLICY", "allowed_amount": Decimal("150.00"),
            "late_filing_reduction": Decimal("7.25"),
        }, id="a line"),
        pytest.param("service_payment", "SVC*NU", {
            "procedure_code": "0120", "modifiers": None, "charge_amount": Decimal("-0.50"),
            "paid_amount": Decimal("0.50"),
            "units_paid": None, "service_date": None, "service_from": date(2026, 10, 1),
            "service_to": date(2026, 10, 5),
            "line_control_number": None,
        }, id="a line over days"),
    ],
)  # fmt: skip
def test_every_element_has_its_column(rich: Rows, table: str, segment: str, columns: dict[str, Any]) -> None:
    """Each kept element of an 835 lands in its own column, typed."""
    row = the(rich[table], segment)
    assert {name: row[name] for name in columns} == columns


def test_adjustments_keep_their_position(rich: Rows) -> None:
    """Six triplets of a CAS are six rows in their order, at claim or at line level; a further CAS starts anew."""
    claim = PLACES["CLP*ACC 1*22*-500*-100.5*20*MC*ICN1*11*7**470*1.5"]
    line = PLACES["SVC*HC:99213:25:59:GT:XU*200.1*100.5*0450*2*HC:99214*3"]
    names = ("position", "group_code", "reason_code", "amount", "quantity", "claim_payment_place",
             "service_payment_place")  # fmt: skip
    assert [tuple(row[name] for name in names) for row in rich["claim_adjustment"]] == [
        (1, "CO", "45", Decimal("-300.25"), Decimal(-1), claim, None),
        (2, "CO", "97", Decimal("-50.25"), Decimal(-2), claim, None),
        (3, "CO", "29", Decimal("1.00"), None, claim, None),
        (4, "CO", "16", Decimal("2.00"), None, claim, None),
        (5, "CO", "18", Decimal("3.00"), None, claim, None),
        (6, "CO", "22", Decimal("4.00"), Decimal(9), claim, None),
        (1, "PR", "1", Decimal("-49.00"), None, claim, None),
        (1, "OA", "94", Decimal("-10.40"), None, claim, line),
    ]


def test_provider_adjustments_keep_their_position(rich: Rows) -> None:
    """Six pairs of a PLB are six rows in their order, and a second PLB is not lost."""
    names = ("position", "provider_id", "fiscal_period_date", "reason_code", "reference_id", "amount")
    year, next_year = date(2026, 12, 31), date(2027, 12, 31)
    assert [tuple(row[name] for name in names) for row in rich["provider_adjustment"]] == [
        (1, "1999999984", year, "WO", "ICN9", Decimal("10.00")),
        (2, "1999999984", year, "L6", None, Decimal("-1.25")),
        (3, "1999999984", year, "FB", "TR9", Decimal("3.00")),
        (4, "1999999984", year, "72", "X", Decimal("-4.00")),
        (5, "1999999984", year, "CS", "Y", Decimal("5.00")),
        (6, "1999999984", year, "IR", "Z", Decimal("0.25")),
        (1, "1888888885", next_year, "AH", None, Decimal("1.00")),
    ]


def test_line_remarks_stand_at_their_line(rich: Rows) -> None:
    """Each LQ is a row of its own."""
    line = PLACES["SVC*HC:99213:25:59:GT:XU*200.1*100.5*0450*2*HC:99214*3"]
    assert [(row["qualifier"], row["remark_code"], row["service_payment_place"]) for row in rich["service_remark"]] == [
        ("HE", "N30", line),
        ("HE", "M15", line),
    ]


# Blocks


def _bare(rows: Rows) -> Rows:
    return {name: some for name, some in rows.items() if name != "source_text"}


def _many() -> bytes:
    """Several interchanges with delimiters of their own."""
    other = RICH.replace("^", "!").replace("~", "^").replace("*", "|")
    return (RICH + other + RICH.replace("ACC", "BCC")).encode()


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("block_bytes", [1, 1000, 2500, 5000, 10_000_000])
def test_blocks_of_any_size_give_the_same_rows(block_bytes: int, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a file is cut into blocks, read ahead or not, its rows and their places are the same."""
    datas = [_many(), *(path.read_bytes() for path in OURS[:6])]
    whole = _bare(read(*datas)[1])
    monkeypatch.setattr("analysis.intake.x12_835.cores", lambda: count)
    assert _bare(read(*datas, block_bytes=block_bytes)[1]) == whole


def test_files_read_together_are_read_as_if_alone() -> None:
    """Files gathered in one call each give exactly the rows and findings that they give alone."""
    datas = [path.read_bytes() for path in OURS[:25]]
    datas[3:3] = [_many(), RICH.replace("*-49", "*x").encode(), RICH.replace("~", "\r\n").encode()]
    files, together = read(*datas)
    for place, data in enumerate(datas, start=1):
        (alone,), rows = read(data)
        own = {name: [row for row in some if row["file_id"] == place] for name, some in together.items()}
        for some in rows.values():
            for row in some:
                row["file_id"] = place
        assert own == rows
        assert (findings(files[place - 1]), files[place - 1].segments_read) == (findings(alone), alone.segments_read)


# Amounts and dates


CLP = "CLP*ACC2*1*10*0*10"
AT = PLACES["CLP*ACC2*1*10*0*10*12*ICN2"]
PLB = "WO:ICN9*10*"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        pytest.param("100", "100.00", id="whole"),
        pytest.param("100.5", "100.50", id="one decimal"),
        pytest.param(".5", "0.50", id="no whole"),
        pytest.param("5.", "5.00", id="no decimals"),
        pytest.param("-12", "-12.00", id="negative"),
        pytest.param("-0", "0.00", id="minus nothing"),
        pytest.param("0000012.10", "12.10", id="leading zeros"),
        pytest.param("9999999999999999.99", "9999999999999999.99", id="the largest"),
        pytest.param("", None, id="blank"),
        pytest.param("1.005", "unreadable", id="three decimals"),
        pytest.param("1e3", "unreadable", id="an exponent"),
        pytest.param("1,000", "unreadable", id="a thousands mark"),
        pytest.param("+5", "unreadable", id="a plus"),
        pytest.param("5-", "unreadable", id="a minus behind"),
        pytest.param("--5", "unreadable", id="two minuses"),
        pytest.param("$5", "unreadable", id="a dollar sign"),
        pytest.param("NaN", "unreadable", id="NaN"),
        pytest.param("inf", "unreadable", id="infinity"),
        pytest.param("0x10", "unreadable", id="hexadecimal"),
        pytest.param("1 0", "unreadable", id="a blank within"),
        pytest.param("٣", "unreadable", id="a digit of another script"),
        pytest.param("１２", "unreadable", id="full-width digits"),
        pytest.param("9" * 60, "unreadable", id="sixty digits"),
        pytest.param("10:20", "unreadable", id="two components"),
        pytest.param("99999999999999999.00", "too large", id="17 digits"),
        pytest.param("-99999999999999999", "too large", id="17 digits below nothing"),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: str | None) -> None:
    """An amount is exact, or none with a finding at its segment and element, or refuses the file; never rounded."""
    data = RICH.replace(CLP, f"CLP*ACC2*1*10*{text}*10").encode()
    if amount == "too large":
        with pytest.raises(FileRejected) as refused:
            read(data)
        assert (refused.value.code, refused.value.location) == ("amount_too_large", f"segment {AT}, payment_amount")
        return
    (file,), rows = read(data)
    unread = [("error", "value_unreadable", f"segment {AT}, CLP04")] if amount == "unreadable" else []
    assert told(file) == unread
    paid = the(rows["claim_payment"], "CLP*ACC2")["paid_amount"]
    assert (None if paid is None else str(paid)) == (None if unread else amount)
    assert text == "" or amount != "unreadable" or text not in findings(file)[0].message


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        pytest.param("BPR*I*87.5*", "BPR*I**", ("error", "amount_missing", "segment 4, BPR02"), id="no payment"),
        pytest.param("BPR*I*87.5*", "BPR*I*-87.5*", ("warning", "payment_below_zero", "segment 4, BPR02"), id="below"),
        pytest.param("BPR*I*87.5*", "BPR*I*x*", ("error", "value_unreadable", "segment 4, BPR02"), id="no number"),
        pytest.param("CAS*OA*94*-10.4", "CAS*OA*94*", ("error", "amount_missing", "CAS*OA, CAS"), id="no adjustment"),
        pytest.param("CAS*OA*94*-10.4", "CAS*OA*94*1.234", ("error", "value_unreadable", "CAS*OA, CAS03"), id="thirds"),
        pytest.param("CAS*PR*1*-49", "CAS*PR*1*-49***5", ("error", "reason_missing", "CAS*PR, CAS"), id="no reason"),
        pytest.param("PLB*1888888885*20271231*AH*1", "PLB*1888888885*20271231*AH*1**5",
                     ("error", "reason_missing", "PLB*1888888885, PLB"), id="no provider adjustment's reason"),
        pytest.param("PLB*1888888885*20271231*AH*1", "PLB*1888888885*20271231*AH*",
                     ("error", "amount_missing", "PLB*1888888885, PLB"), id="no provider adjustment"),
        pytest.param("DTM*472*20261002", "DTM*472*20261302",
                     ("error", "value_unreadable", "DTM*472, DTM02"), id="month 13"),
        pytest.param("DTM*472*20261002", "DTM*472*99991231",
                     ("error", "date_out_of_range", "SVC*HC, service_date"), id="year 9999"),
        pytest.param("DTM*472*20261002", "DTM*472*00010101",
                     ("error", "date_out_of_range", "SVC*HC, service_date"), id="year 1"),
        pytest.param("20261103~TRN", "20260230~TRN", ("error", "value_unreadable", "segment 4, BPR16"),
                     id="30 February"),
    ],
)  # fmt: skip
def test_what_is_left_empty_is_told(old: str, new: str, finding: tuple[str, str, str]) -> None:
    """A missing amount and a date that is none are findings of severity error, and nothing else changes."""
    assert RICH.count(old) == 1
    (file,), rows = read(RICH.replace(old, new).encode())
    severity, code, place = finding
    start, _, element = place.rpartition(", ")
    if not start.startswith("segment"):
        start = f"segment {next(n for line, n in PLACES.items() if line.startswith(start))}"
    assert told(file) == [(severity, code, f"{start}, {element}")]
    assert {name: len(some) for name, some in rows.items()} == {
        name: len(some) for name, some in read(RICH.encode())[1].items()
    }


# Completeness

_FIRST_CLAIM = "LX*7~CLP*ACC 1"


@pytest.mark.parametrize(
    ("old", "new", "segment"),
    [
        pytest.param(_FIRST_CLAIM, "SVC*HC:1*5*5~" + _FIRST_CLAIM, "CLP", id="a line before any claim"),
        pytest.param(_FIRST_CLAIM, "CAS*CO*45*5~" + _FIRST_CLAIM, "CAS", id="an adjustment before any claim"),
        pytest.param("SE*64", "SVC*HC:1*5*5~SE*64", "CLP", id="a line behind the provider adjustments"),
        pytest.param("SE*64", "CLP~SE*64", "CLP", id="a claim without elements"),
        pytest.param("SE*64", "PLB*1*20261231~SE*64", "PLB", id="a provider adjustment without a pair"),
        pytest.param("DTM*151", "CAS*CO~DTM*151", "CAS", id="an adjustment without a triplet"),
    ],
)
def test_what_is_counted_is_what_is_read(old: str, new: str, segment: str) -> None:
    """Where the rows are not the segments that stand in the bytes, the file carries an error that says which."""
    (file,), _ = read(RICH.replace(old, new).encode())
    assert [one.message for one in file.completeness() if f" {segment} " in one.message and one.severity == "error"]


# Noise


def recount(data: bytes) -> tuple[Counter[str], dict[str, Decimal]]:
    """Counts and sums of a file by a splitter of its own: no regular expressions over claims, no tables, no blocks."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    opening = re.search(r"(?<![A-Za-z0-9*|])ISA([*|])\d\d\1", text)
    position = opening.start() if opening else 0
    element, end = "*", "~"
    segments: list[list[str]] = []
    is_inside = has_payment = False
    while position < len(text):
        while text[position : position + 1] in ("\r", "\n", " ", "\t"):
            position += 1
        head = text[position:]
        if head[:3] == "ISA" and head[3:4] in ("*", "|") and head[4:6].isdigit() and head[6:7] == head[3]:
            element = head[3]
            last = head[:400].split(element, 16)[16].replace("\r", "").lstrip("\n")
            end = last[1:].lstrip("\n")[:1] if last[1:].lstrip("\n")[:1] in ("~", "^") else "\n"
        stop = text.find(end, position)
        stop = len(text) if stop < 0 else stop
        body = text[position:stop].replace("\r", "")
        elements = (body if end == "\n" else body.replace("\n", "")).split(element)
        is_inside = (is_inside or elements[0] == "ST") and elements[0] != "SE"
        if elements[0] == "ST":
            has_payment = False
        if is_inside and not (elements[0] == "BPR" and has_payment):
            segments.append(elements)
        has_payment = has_payment or elements[0] == "BPR"
        position = stop + 1
    return Counter(elements[0] for elements in segments), summed(segments)


TOKENS = [b"~", b"*", b":", b"ISA*00*", b"GS*HP*", b"ST*835*", b"SE*", b"GE*1*1~", b"IEA*", b"CLP*", b"SVC*", b"CAS*",
          b"PLB*", b"\n", b"\r\n", b" ", b"9", b"-", b".", b"\x00", b"\xff", b"A", b"1e9", b"9" * 20, b"|", b"~~",
          b"ST*837*1~", b"CLP*X*1*5*5~", b"\xef\xbb\xbf"]  # fmt: skip
SMALL = RICH[: RICH.index("CUR")] + RICH[RICH.index("LX*7") :]


def mutated(data: bytes, lot: random.Random) -> bytes:
    """The bytes with one to four faults: flipped, cut, doubled, swapped, overwritten."""
    body = bytearray(data)
    for _ in range(lot.choice((1, 1, 1, 2, 4))):
        first = lot.randrange(len(body))
        last = min(len(body), first + lot.randrange(1, 60))
        match lot.randrange(7):
            case 0:
                body[first] = lot.randrange(256)
            case 1:
                del body[first:last]
            case 2:
                body[first:first] = lot.choice(TOKENS)
            case 3:
                body[first:first] = body[first:last]
            case 4:
                token = lot.choice(TOKENS)
                body[first : first + len(token)] = token
            case 5:
                parts = bytes(body).split(b"~")
                one, other = lot.randrange(len(parts)), lot.randrange(len(parts))
                parts[one], parts[other] = parts[other], parts[one]
                body = bytearray(b"~".join(parts))
            case _:
                del body[last:]
        body = body or bytearray(b"~")
    return bytes(body)


def _judge(file: FileOf835, data: bytes, rows: Rows) -> str:
    """What became of a mutation: doubted, or right to the cent; raises where it is neither."""
    if any(one.severity == "error" for one in findings(file)):
        return "doubted"
    counts, amounts = recount(data)
    assert len(rows["remittance"]) == counts["ST"]
    assert file.segments_read == {name: counts[name] for name in ("CLP", "SVC", "CAS", "PLB")}
    assert sums(rows) == amounts
    if not any(one.code == "segment_out_of_place" for one in findings(file)):
        assert len(rows["claim_payment"]) >= len(re.findall(rb"~\s*CLP[*|]", data))
    return "right"


@pytest.mark.parametrize("seed", range(6))
def test_noise_never_costs_a_cent(seed: int) -> None:
    """Of 500 mutations each is refused, or doubted by an error, or gives the dollars that an independent count has."""
    lot = random.Random(seed)
    second = SMALL.replace("*", "|").replace("000000077", "000000078")
    base = (SMALL + second if seed % 2 else SMALL).encode()
    names = ["remittance", "claim_payment", "service_payment", "claim_adjustment", "provider_adjustment"]
    outcomes: Counter[str] = Counter()
    accepted: list[tuple[FileOf835, bytes]] = []
    for _ in range(500):
        data = mutated(base, lot)
        try:
            file = FileOf835(len(accepted), frame(data))
            if not re.search(rb"9{17}", data):  # an amount that refuses its file would refuse the others read with it
                accepted.append((file, data))
                continue
            list(read_blocks([file]))
        except FileRejected:
            outcomes["refused"] += 1
    rows: list[Rows] = [defaultdict(list) for _ in accepted]
    for block in read_blocks([file for file, _ in accepted]):
        for name in names:
            table: pa.Table = block[name]
            for row in table.to_pylist():
                rows[row["file_id"]][name].append(row)
    for number_, (file, data) in enumerate(accepted):
        try:
            outcomes[_judge(file, data, rows[number_])] += 1
        except AssertionError:
            raise AssertionError(f"seed {seed}: {data!r}") from None
    assert min(outcomes[name] for name in ("refused", "doubted", "right")) > 50, outcomes
