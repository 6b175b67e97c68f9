"""ACH files: what is read, what is proved, what is refused."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.intake import ach_nacha
from analysis.intake.encoding import utf8
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected
from tests.files import AchEntry, ach

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "ach"
BROKEN = {
    "moov-io__ach__1k8RecordFollowing9Record.txt": ("ach_structure", "line 10"),
    "moov-io__ach__iat-batchHeaderErr.ach": ("ach_structure", "line 4"),
    "moov-io__ach__iat-invalidEntryDetail.ach": ("ach_transaction_code", "line 3, record 6"),
    "moov-io__ach__invalid-two-micro-deposits.ach": ("ach_number", "line 15, record 6"),
    "moov-io__ach__moov-ids.ach": ("ach_count", "line 10, record 9"),
}
"""The files whose controls do not hold, by the truth beside them: what each is refused for, and where."""

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the public sample files are not at {CORPUS}")

PAID = AchEntry("1250.50", "00012345678", individual_id="1999999984")
FILE = ach(PAID, AchEntry("7.25", code="27", trace="091000010000002")).decode()


def read(data: bytes | str) -> ParsedFile:
    text = data if isinstance(data, str) else utf8(data)[0].decode("utf-8")
    return ach_nacha.read(text)


def truth(table: str) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (CORPUS / table).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows[row["file"]].append(row)
    return rows


@pytest.mark.corpus
@needs_corpus
def test_every_public_sample_is_read_to_its_truth_or_refused() -> None:
    """All 79: entries, amounts, traces and addenda as the truth has them; the five that are broken are refused."""
    entries, controls = truth("TRUTH.tsv"), truth("TRUTH_controls.tsv")
    assert len(entries) == 79
    assert {name for name, rows in controls.items() if any(row["holds"] == "n" for row in rows)} == set(BROKEN)
    for name, rows in entries.items():
        data = (CORPUS / name).read_bytes()
        if name in BROKEN:
            with pytest.raises(FileRejected) as refused:
                read(data)
            assert (refused.value.code, refused.value.location) == BROKEN[name]
            continue
        parsed = read(data)
        found = [
            (row["transaction_code"], abs(row["amount"]) * 100, row["trace_number"] or "", row["receiving_bank"])
            for row in parsed.tables["ach_entry"].to_pylist()
        ]
        wanted = [(row["tx_code"], Decimal(row["amount_cents"]), row["trace"], row["rdfi"]) for row in rows]
        assert found == wanted, name
        assert parsed.records["addenda"] == sum(int(row["n_addenda"]) for row in rows), name


def test_an_entry_is_a_bank_line_with_the_trace_of_its_addenda() -> None:
    """The TRN in the addenda is the best trace; the NACHA trace is the bank's reference; money in is positive."""
    parsed = read(FILE)
    paid, taken = parsed.tables["bank_transaction"].to_pylist()
    assert (paid["amount"], taken["amount"]) == (Decimal("1250.50"), Decimal("-7.25"))
    assert (paid["bank_account"], paid["posted_date"]) == ("5678", date(2026, 11, 2))
    assert (paid["company_name"], paid["company_id"]) == ("TEST PAYER", "1999999999")
    assert paid["bank_reference"] == "091000010000001"
    traces = [
        (row["trace_key"], row["found_in"]) for row in parsed.tables["bank_trace"].to_pylist() if row["place"] == 3
    ]
    assert traces[0] == ("12345678", "trn_segment")
    assert parsed.totals == {"credits": Decimal("1250.50"), "debits": Decimal("7.25")}
    assert parsed.records == {"batches": 1, "entries": 2, "addenda": 1, "transactions": 2}
    (proof,) = (one.message for one in parsed.findings if one.code == "ach_controls_hold")
    assert proof == (
        "1 batches, 3 entries and addenda, entry hash 14400064, debits 7.25 and credits 1,250.50 are as declared"
    )


def test_a_long_ctx_is_put_together_before_it_is_searched() -> None:
    """A TRN that the 80 characters of an addenda cut in two is found whole."""
    information = f"{'ISA*00*':<72}TRN*1*99345678*1066033492~".ljust(160)
    lines = FILE.split("\n")
    entry = lines[2]
    parts = [f"705{information[at : at + 80]}{number:04d}0000001" for number, at in ((1, 0), (2, 80))]
    lines[2:4] = [entry, *parts]
    lines[6] = lines[6].replace("000003", "000004", 1)
    lines[7] = lines[7].replace("00000003", "00000004", 1)
    parsed = read("\n".join(lines))
    assert parsed.tables["bank_trace"].to_pylist()[0]["trace_key"] == "99345678"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FILE.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(FILE.replace("\n", ""), id="no line ends"),
        pytest.param(
            "\n".join(line.rstrip() if line[0] in "19" else line for line in FILE.split("\n") if line), id="cut"
        ),
        pytest.param("\n".join(line for line in FILE.split("\n") if line.strip("9")), id="not filled to the block"),
    ],
)
def test_the_same_file_however_it_is_written(text: str) -> None:
    """Line ends, blanks at the end and filling are not the file."""
    whole = read(FILE)
    parsed = read(text)
    assert parsed.tables == whole.tables
    assert parsed.totals == whole.totals


@pytest.mark.parametrize(
    ("code", "returned", "kind", "amount"),
    [
        pytest.param("26", ("R01", "091000010000009"), "return", "-25.00", id="a patient's payment bounced"),
        pytest.param("21", ("R03", "091000010000009"), "refund_return", "25.00", id="our refund came back"),
    ],
)
def test_a_return_is_a_line_under_the_trace_that_it_returns(
    code: str, returned: tuple[str, str], kind: str, amount: str
) -> None:
    """Its sign is that of the money, its reference the original trace, and a finding says why."""
    parsed = read(ach(AchEntry("25.00", code=code, returns=returned), sec="PPD"))
    (line,) = parsed.tables["bank_transaction"].to_pylist()
    assert (line["line_kind"], line["amount"]) == (kind, Decimal(amount))
    assert line["customer_reference"] == "091000010000009"
    (entry,) = parsed.tables["ach_entry"].to_pylist()
    assert (entry["entry_kind"], entry["return_code"], entry["original_trace"]) == ("return", *returned)
    (finding,) = (one for one in parsed.findings if one.code == "ach_return")
    assert finding.amount == Decimal(amount)
    assert returned[0] in finding.message


def test_a_notification_of_change_is_a_finding_and_moves_no_money() -> None:
    """Addenda 98 names a changed account; the entry is kept, and is no bank line."""
    data = (
        ach(AchEntry("0.00", code="21", returns=("C01", "091000010000009")), sec="COR")
        .decode()
        .replace("799C01", "798C01")
    )
    parsed = read(data)
    assert parsed.tables["bank_transaction"].num_rows == 0
    assert parsed.tables["ach_entry"].to_pylist()[0]["change_code"] == "C01"
    assert [one.code for one in parsed.findings if one.severity == "warning"] == ["ach_change"]


@pytest.mark.parametrize(
    ("before", "after", "code", "where"),
    [
        pytest.param("0000125050", "0000125051", "ach_total", "line 6, record 8", id="an amount changed"),
        pytest.param("6220720003", "6220720004", "ach_count", "line 6, record 8", id="another bank"),
        pytest.param("8200000003", "8200000002", "ach_count", "line 6, record 8", id="a miscounted batch"),
        pytest.param("9000001000001", "9000002000001", "ach_count", "line 7, record 9", id="a batch too few"),
        pytest.param("0000125050", "00001250X0", "ach_number", "line 3, record 6", id="letters for money"),
        pytest.param("622072", "699072", "ach_transaction_code", "line 3, record 6", id="no such code"),
        pytest.param("261102   1", "261302   1", "ach_date", "line 2, record 5", id="no such day"),
        pytest.param("094101", "080101", "ach_header", "line 1, record 1", id="another record size"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_where_it_breaks(before: str, after: str, code: str, where: str) -> None:
    """One digit anywhere in money, counts or hash, and nothing of the file is read."""
    assert before in FILE
    with pytest.raises(FileRejected) as refused:
        read(FILE.replace(before, after, 1))
    assert (refused.value.code, refused.value.location) == (code, where)


def test_a_file_that_is_cut_is_refused_wherever_it_is_cut() -> None:
    """No beginning of the file but the whole of it is read."""
    lines = [line for line in FILE.split("\n") if line.strip("9")]
    for count in range(1, len(lines)):
        with pytest.raises(FileRejected):
            read("\n".join(lines[:count]))


def test_a_changed_character_never_changes_money_in_silence() -> None:
    """150 times one character is another: refused, or the same dollars."""
    draw = random.Random(7)
    whole = read(FILE).totals
    for _ in range(150):
        at = draw.randrange(len(FILE))
        text = FILE[:at] + draw.choice("0123456789 AX*\n") + FILE[at + 1 :]
        try:
            parsed = read(text)
        except FileRejected:
            continue
        assert parsed.totals == whole


def test_entries_not_in_dollars_and_advice_are_no_bank_lines() -> None:
    """A batch of another currency is kept, with a finding."""
    lines = ach(replace(PAID, trn=None)).decode().split("\n")
    lines[1] = lines[1][:50] + "IAT" + lines[1][53:63] + "USDCAD" + lines[1][69:]
    parsed = read("\n".join(lines))
    assert parsed.tables["bank_transaction"].num_rows == 0
    assert parsed.tables["ach_entry"].to_pylist()[0]["entry_kind"] == "foreign"
    assert "ach_currency" in [one.code for one in parsed.findings]
