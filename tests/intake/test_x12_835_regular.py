"""Transactions that keep to the guide: read as oxedi reads them, and every other is left to oxedi."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import oxedi
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from analysis.intake import x12_835_layout as layout
from analysis.intake import x12_835_regular as regular
from analysis.intake.x12_835 import FileOf835, read_blocks
from analysis.intake.x12_frame import frame
from analysis.intake.x12_segments import Delimiters
from analysis.problems import FileRejected

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "835"
SAMPLE = Path(__file__).parents[2] / "sample_data" / "fortnight"
FILES = [*sorted(CORPUS.glob("*__*")), *sorted(SAMPLE.glob("*/*.835"))]
USUAL = Delimiters(b"*", b":", b"~")
HEAD = (
    "ST*835*0001~BPR*I*7845.32*C*ACH*CCP*01*999988880*DA*1234*1999999999**01*999977776*DA*5678*20261102~"
    "TRN*1*TRC1*1999999999~REF*EV*RECEIVER~DTM*405*20261101~N1*PR*A PAYER*XV*77~N3*1 TEST WAY~N4*TOWN*OH*44001~"
    "REF*2U*P2~PER*CX**TE*1~PER*BL*SUPPORT*TE*5555550100~N1*PE*HARBOR HOSPITAL*XX*1999999984~REF*TJ*99~LX*1~"
    "TS3*123*11*20261231*1*100~"
)
CLAIM = (
    "CLP*A1*1*340.33*208.72*1.36*12*ICN*11*1~CAS*PR*1*5~NM1*QC*1*SAMPLE*ANN****MI*Z1~NM1*IL*1*A*B****MI*Z2~NM1*74*1*C~"
    "NM1*82*2*RENDERING PROVIDER GROUP*****XX*1~NM1*TT*2*OTHER*****PI*P~MIA*1***1.5*M1~MOA***MA01*MA02~REF*EA*MR1~"
    "REF*F8*FIRST~REF*1L*GROUP~DTM*232*20261015~DTM*050*20261016~PER*CX*N*TE*1~AMT*AU*340.33~AMT*I*.5~QTY*CA*1~"
)
LINE = (
    "SVC*HC:93000:25:59*174.55*93.38*0300*1**2~DTM*472*20261015~DTM*150*20261015~CAS*CO*45*81.17**96*1.00*1~"
    "REF*6R*100000~REF*0K*POLICY~AMT*B6*-93.38~QTY*ZK*1~LQ*HE*N1~LQ*HE*N2~"
)
FOOT = "PLB*1999999984*20261231*WO:ICN1*1.20*CS:AB*-3~SE*9*0001~"
WHOLE = HEAD + CLAIM + LINE + LINE + "LX*2~" + CLAIM + LINE + CLAIM + FOOT
TWO = HEAD + CLAIM + LINE + "SE*9*0001~" + HEAD + CLAIM + FOOT
VALUES = [b"", b"1", b"-1.5", b"0.05", b"1.234", b"20260230", b"20260228", b"19000101", b"21010101", b"260101", b"X",
          b"A:B", b"-", b".", b"5.", b"12345678.99", b"123456789.00", b"00", b" 1", b"HE", b"QC", b"EA", b"6R", b"PR",
          b"PE", b"045", "étoile".encode(), b"ABCD", b"ABCDE", b"ABCDEFGHIJKL", b"ABCDEFGHIJKLM", b"CLP"]  # fmt: skip


def comparable(column: pa.Array) -> pa.Array:
    """Text and money as one type each, empty text as null."""
    if pa.types.is_binary(column.type) or pa.types.is_string_view(column.type):
        texts = column.cast(pa.string())
        return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    return column.cast(pa.decimal128(38, 2)) if pa.types.is_decimal(column.type) else column


def judged(data: bytes, delimiters: Delimiters = USUAL) -> str:
    """Whether the block is regular; its tables and silence are then proved to be oxedi's."""
    try:
        found = regular.read(data, delimiters)
    except regular.Irregular as odd:
        assert 0 <= odd.segments.min() <= odd.segments.max() < data.count(delimiters.segment)
        return "irregular"
    separators = oxedi.Delimiters(delimiters.element, delimiters.component, delimiters.segment)
    result = oxedi.parse(data, spec=layout.SPEC, delimiters=separators)
    assert not [one for one in result.diagnostics if one.kind in {"TypeMismatch", "UnknownSegment"}], data
    for name in result.tables:
        wanted = pa.record_batch(result.tables[name])
        for column in found[name].schema.names:
            found[name][column].validate(full=True)
            assert comparable(found[name][column]).equals(comparable(wanted[column])), (name, column, data)
    return "regular"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_read_as_oxedi_reads_it(path: Path) -> None:
    """Each transaction of the public and the sample files is read alike, or left to oxedi; the sample's are not."""
    try:
        transactions = frame(path.read_bytes()).transactions
    except FileRejected:
        pytest.skip("a file that is refused")
    found = {judged(bytes(one.body), one.delimiters) for one in transactions}
    assert path.is_relative_to(CORPUS) or found == {"regular"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("AMT*I*.5", "AMT*I*1.234", id="an amount of three decimals"),
        pytest.param("AMT*I*.5", "AMT*I*+5", id="an amount with a plus"),
        pytest.param("AMT*I*.5", "AMT*I*123456789.00", id="an amount of nine digits"),
        pytest.param("AMT*I*.5", "AMT*I*-", id="a sign alone"),
        pytest.param("QTY*CA*1", "QTY*CA*X", id="a number that no column keeps"),
        pytest.param("DTM*050*20261016", "DTM*050*20260230", id="a day that is none"),
        pytest.param("DTM*050*20261016", "DTM*050*261016", id="a date of six digits"),
        pytest.param("DTM*050*20261016", "DTM*050*20261016*1200", id="a date with a time"),
        pytest.param("REF*EA*MR1", "REF*ZZ*MR1", id="a qualifier that the loop has not"),
        pytest.param("REF*EA*MR1", "ZZZ*EA*MR1", id="a segment that the guide has not"),
        pytest.param("REF*EA*MR1", "LQ*HE*N1", id="a segment of another loop"),
        pytest.param("REF*EA*MR1", "REF*EA*MR:1", id="a component where there are none"),
        pytest.param("MOA***MA01", "MOA***1*2*3*4*5*6*7*8", id="more elements than the guide has"),
        pytest.param("CAS*PR*1*5", "CAS*PR**5", id="an amount without a reason"),
        pytest.param("CAS*PR*1*5", "CAS*PR*1", id="a reason without an amount"),
        pytest.param("WO:ICN1*1.20", "*1.20", id="a provider amount without a reason"),
        pytest.param("20261231*WO", "2026*WO", id="a fiscal period that is no date"),
        pytest.param("N1*PE*HARBOR HOSPITAL", "N1*QQ*HARBOR HOSPITAL", id="no payee"),
        pytest.param("LX*1~TS3*123*11*20261231*1*100~", "", id="claims without a header number"),
    ],
)
def test_what_does_not_keep_to_the_guide_is_left_to_oxedi(old: str, new: str) -> None:
    """Only the transaction with the fault: its neighbours are still read here."""
    assert judged(WHOLE.encode()) == "regular"
    data = (TWO + WHOLE.replace(old, new, 1)).encode()
    with pytest.raises(regular.Irregular) as odd:
        regular.read(data, USUAL)
    assert odd.value.segments.min() >= TWO.count("~")


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_read_as_oxedi_reads_it_or_left_to_it(seed: int) -> None:
    """Elements and segments changed, dropped, doubled and swapped: never a table that oxedi would not make."""
    lot = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for _ in range(250):
        segments = (WHOLE if lot.random() < 0.7 else TWO).encode().rstrip(b"~").split(b"~")
        for _ in range(lot.choice((1, 1, 1, 2, 3))):
            place = lot.randrange(1, len(segments))
            other = lot.randrange(1, len(segments))
            match lot.randrange(6):
                case 0:
                    del segments[place]
                case 1:
                    segments.insert(place, segments[other])
                case 2:
                    segments[place], segments[other] = segments[other], segments[place]
                case choice:
                    elements = segments[place].split(b"*")
                    number = lot.randrange(1, len(elements) + 1)
                    elements[number : number + (choice > 3)] = [lot.choice(VALUES)]
                    segments[place] = b"*".join(elements)
        outcomes[judged(b"~".join(segments) + b"~")] += 1
    assert min(outcomes["regular"], outcomes["irregular"]) > 60, outcomes


def test_a_block_with_both_kinds_gives_every_row_its_place() -> None:
    """Regular and odd transactions in turns give the places that they have when read one by one."""
    envelope = (
        "ISA*00*          *00*          *ZZ*A              *ZZ*B              *261102*0800*^*00501*000000001*0*P*:~"
    )
    odd = WHOLE.replace("REF*EA*MR1", "ZZZ*EA*MR1")
    bodies = [WHOLE, odd, WHOLE, odd, odd, WHOLE]
    data = (
        envelope + "GS*HP*A*B*20261102*0800*1*X*005010X221A1~" + "".join(bodies) + "GE*6*1~IEA*1*000000001~"
    ).encode()
    places: dict[int, list[tuple[str, int]]] = {}
    for block_bytes in (1, 10_000_000):
        file = FileOf835(7, frame(data))
        places[block_bytes] = sorted(
            (name, place)
            for block in read_blocks([file], block_bytes)
            for name, rows in block.items()
            for place in rows["place"].to_pylist()
        )
        assert not file.completeness()
    assert places[1] == places[10_000_000]
