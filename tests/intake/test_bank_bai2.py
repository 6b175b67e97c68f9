"""BAI2 bank files: what is read, what is doubted, what is refused."""

from __future__ import annotations

import csv
import os
import random
import re
import warnings
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.intake import bank_bai2
from analysis.intake.bank_bai2_controls import controls_of
from analysis.intake.bank_bai2_fields import detail, summaries
from analysis.intake.bank_bai2_records import BankFile, files_of, lines_of, records_of
from analysis.intake.bank_types import BANK_TYPES, bank_type, line_kind_from_words, line_kind_of
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "bai2"
NAMES = sorted(path.name for path in CORPUS.glob("*") if path.suffix in (".bai", ".bai2", ".txt"))
MISALIGNED = "ministryofjustice__bai2__svb_us_example.bai2"
"""Its lines end in one blank field too many: the truth reads them as they stand, Tieout as the control totals say."""

GOOD = """01,BANK,HOSP,260302,0600,7,80,,2/
02,HOSP,BANK,1,260301,2359,USD,2/
03,000123456,USD,010,+5000000,,,100,1250050,2,V,260302,,400,2500,1,/
88,015,6247550,,/
16,165,1000050,0,BR1,CR1,AETNA HCCLAIMPMT TRN*1*00012
88,345678*1066033492~
16,115,250000,S,100000,100000,50000,LB9,,LOCKBOX 77/
16,555,2500,Z,,4471,NSF/
49,13752650,7/
03,000999,,010,0,,/
49,0,2/
98,13752650,2,11/
99,13752650,1,13/
"""


needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the public sample files are not at {CORPUS}")


@pytest.mark.skipif(not os.environ.get("CI"), reason="the public sample files must be there on the build machine")
def test_the_sample_files_are_there() -> None:
    """On the build machine a missing folder is a failure, not a skip."""
    assert len(NAMES) == 12


def text_of(name: str) -> str:
    return (CORPUS / name).read_bytes().decode("utf-8")


def truth(table: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a truth table by file name; its text is quoted by nobody."""
    by_file: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (CORPUS / table).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            by_file[row["file"]].append(row)
    return by_file


def rows(parsed: ParsedFile, table: str) -> list[dict[str, object]]:
    return parsed.tables[table].to_pylist()


def codes(parsed: ParsedFile) -> list[str]:
    return [finding.code for finding in parsed.findings]


def bank_files(text: str) -> list[BankFile]:
    return files_of(records_of(lines_of(text)[0])[0])


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("name", NAMES)
def test_the_corpus_is_read_as_the_truth_has_it(name: str) -> None:
    """Type, amount, funds type and references of every 16 and 03, in order, and the words of every 16."""
    found, wanted = bank_bai2.read(text_of(name)), truth("TRUTH.tsv")[name]
    lines = [row for row in wanted if row["record"] == "16"]
    balances = [row for row in wanted if row["record"] == "03"]
    told = rows(found, "bank_transaction")
    assert len(told) == len(lines)
    for line, row in zip(told, lines, strict=True):
        sign = -1 if bank_type(row["type_code"]).direction == "debit" else 1
        assert line["type_code"] == row["type_code"]
        assert line["amount"] == sign * Decimal(int(row["amount_minor_units"])) / 100
        names = ("funds_type", "bank_reference", "customer_reference")
        assert [line[name] or "" for name in names] == [row["funds_type"], row["bank_ref"], row["customer_ref"]]
        assert line["bank_account"] == row["account"]
        assert line["posted_date"].strftime("%y%m%d") == row["as_of"]
        words = row["text"].replace("\\\\n", " ").replace("\\n", " ").split()
        assert (line["description"] or "").split() == words
    if name == MISALIGNED:
        items = [item for record in headers(name) for item in summaries(record)]
        told_balances = [(i.type_code, "" if i.cents is None else str(i.cents), i.funds_type) for i in items]
    else:
        told_balances = [
            (str(r["type_code"]), "" if r["amount"] is None else str(int(r["amount"] * 100)), r["funds_type"] or "")
            for r in rows(found, "bank_summary")
        ]
    assert told_balances == [(r["type_code"], r["amount_minor_units"], r["funds_type"]) for r in balances]


def headers(name: str) -> list:
    return [account.header for file in bank_files(text_of(name)) for g in file.groups for account in g.accounts]


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("name", NAMES)
def test_every_control_is_counted_as_the_truth_counts_it(name: str) -> None:
    """Computed totals and records of each 49, 98 and 99, with the balances as they stand."""
    told = []
    for bank_file in bank_files(text_of(name)):
        cents = {
            account.header.place: sum(item.cents or 0 for item in summaries(account.header))
            + sum(detail(record).cents or 0 for record in account.details)
            for group in bank_file.groups
            for account in group.accounts
        }
        told += [(c.code, str(c.counted_total), str(c.counted_records)) for c in controls_of(bank_file, cents)]
    wanted = truth("TRUTH_controls.tsv")[name]
    assert told == [(row["record"], row["computed_total"], row["computed_records"]) for row in wanted]


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("name", NAMES)
def test_exactly_the_controls_that_fail_are_findings(name: str) -> None:
    """A total that does not hold is a warning; the file is loaded all the same."""
    found = bank_bai2.read(text_of(name)).findings
    told = {finding.location.rpartition(" ")[2] for finding in found if re.search("_total$|_records$", finding.code)}
    fails = {row["record"] for row in truth("TRUTH_controls.tsv")[name] if row["holds"] == "n"}
    assert told == fails


@pytest.mark.corpus
@needs_corpus
def test_a_stray_blank_field_is_left_out_where_the_control_total_proves_it() -> None:
    """All eight balances have their type codes; that the 49 does not hold as the line stands is said all the same."""
    found = bank_bai2.read(text_of(MISALIGNED))
    types = [row["type_code"] for row in rows(found, "bank_summary")]
    assert types == ["010", "015", "040", "045", "072", "074", "100", "400"] * 2
    assert codes(found) == ["bai2_unclosed_record", *["bai2_summary_realigned", "bai2_account_total"] * 2]


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("name", NAMES)
def test_the_bai2_library_reads_the_same(name: str) -> None:
    """Where the library can read the file at all: the same types, amounts and references."""
    library = pytest.importorskip("bai2.bai2")
    refusals = pytest.importorskip("bai2.exceptions").NotSupportedYetException
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            theirs = library.parse_from_string(text_of(name).lstrip(), check_integrity=False)
        except refusals:
            assert name == "moov-io__bai2__sample2.txt"
            pytest.skip("the library refuses the file")
    accounts = [account for group in theirs.children for account in group.children]
    found = bank_bai2.read(text_of(name))
    ours = [
        (row["type_code"], abs(int(row["amount"] * 100)), row["bank_reference"], row["customer_reference"])
        for row in rows(found, "bank_transaction")
    ]
    details = [line for account in accounts for line in account.children]
    assert ours == [(d.type_code.code, d.amount, d.bank_reference, d.customer_reference) for d in details]
    balances = [item for account in accounts for item in account.header.summary_items if item.type_code]
    told = [(row["type_code"], int(row["amount"] * 100)) for row in rows(found, "bank_summary")]
    assert told == [(item.type_code.code, item.amount) for item in balances]


def test_a_good_file_is_read_whole() -> None:
    """Signs by type code, dollars from cents, funds types in 16 and 03, text over 88s, no findings."""
    found = bank_bai2.read(GOOD)
    assert found.findings == ()
    assert found.records == {"statements": 2, "summaries": 5, "transactions": 3}
    assert found.totals == {"credits": Decimal("12500.50"), "debits": Decimal("25.00")}
    eft, lockbox, returned = rows(found, "bank_transaction")
    assert (eft["amount"], eft["line_kind"], eft["company_name"]) == (Decimal("10000.50"), "ach", "AETNA")
    assert (eft["place"], eft["last_place"], eft["bank_statement_place"]) == (5, 6, 3)
    assert eft["description"] == "AETNA HCCLAIMPMT TRN*1*00012 345678*1066033492~"
    assert (lockbox["funds_type"], lockbox["bank_reference"]) == ("S,100000,100000,50000", "LB9")
    assert (returned["amount"], returned["line_kind"]) == (Decimal("-25.00"), "return")
    assert (returned["bank_reference"], returned["customer_reference"]) == (None, "4471")
    first = rows(found, "bank_trace")[0]
    assert (first["bank_transaction_place"], first["position"]) == (5, 1)
    assert (first["trace_key"], first["found_in"]) == ("12345678", "trn_segment")
    assert [row["as_of_date"] for row in rows(found, "bank_statement")] == [date(2026, 3, 1)] * 2
    assert [row["type_code"] for row in rows(found, "bank_summary")] == ["010", "100", "400", "015", "010"]
    assert "\n".join(piece.text for piece in found.pieces) == GOOD.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(GOOD.replace("\n", "\r"), id="old Mac line ends"),
        pytest.param("\n\n" + GOOD + "\n \n", id="blank lines around it"),
        pytest.param("\ufeff" + GOOD, id="a byte order mark"),
        pytest.param(GOOD + "\x1a", id="an old end-of-file mark"),
        pytest.param(GOOD.replace("/\n", "/  \n"), id="blanks after the slash"),
        pytest.param(GOOD.replace("1000050,0,", "000000000001000050,0,"), id="zero-padded amounts"),
        pytest.param(GOOD.replace("1000050,0,", "+1000050,0,"), id="a plus before the amount"),
        pytest.param(GOOD.replace("USD,010,+5000000", "USD/\n88,010,+5000000"), id="an 03 over an 88"),
    ],
)
def test_the_same_money_however_it_is_written(text: str) -> None:
    """Line ends, padding and breaks change nothing but places."""
    good, found = bank_bai2.read(GOOD), bank_bai2.read(text)
    assert found.totals == good.totals
    assert found.records == good.records
    keys = [row["row_key"] for row in rows(found, "bank_transaction")]
    assert keys == [row["row_key"] for row in rows(good, "bank_transaction")]


def test_records_that_share_a_line_are_told_apart() -> None:
    """Each record gets its own place, and one finding says so."""
    found = bank_bai2.read(changed("LOCKBOX 77/\n16,555", "LOCKBOX 77/16,555"))
    assert found.totals == bank_bai2.read(GOOD).totals
    assert codes(found) == ["bai2_shared_line"]
    assert [row["place"] for row in rows(found, "bank_transaction")] == [5, 7, 8]


def test_a_whole_file_on_one_line_is_read() -> None:
    """Every record closed by a slash and nothing between."""
    one_line = GOOD.replace("TRN*1*00012\n", "TRN*1*00012/\n").replace("/\n", "/").replace("~\n", "~/")
    found = bank_bai2.read(one_line)
    assert found.totals == bank_bai2.read(GOOD).totals
    assert codes(found) == ["bai2_shared_line"]


def test_a_slash_and_a_date_in_the_text_stay_text() -> None:
    """`06/88, 12/16,` in a description begins no record."""
    found = bank_bai2.read(changed("LOCKBOX 77/", "PAID 06/88, AND 12/16, ALL/"))
    assert rows(found, "bank_transaction")[1]["description"] == "PAID 06/88, AND 12/16, ALL"
    assert found.findings == ()


def test_equal_lines_are_numbered() -> None:
    """Two equal lines are two payments: one row key, occurrences 1 and 2."""
    line = "16,555,2500,Z,,4471,NSF/\n"
    told = rows(bank_bai2.read(changed(line, line + line)), "bank_transaction")[2:]
    assert [row["occurrence"] for row in told] == [1, 2]
    assert told[0]["row_key"] == told[1]["row_key"]


@pytest.mark.parametrize(
    ("old", "new", "code", "amount"),
    [
        pytest.param("49,13752650", "49,13752651", "bai2_account_total", "-0.01", id="one cent shows in a 49"),
        pytest.param("98,13752650", "98,13752649", "bai2_group_total", "0.01", id="one cent shows in a 98"),
        pytest.param("99,13752650", "99,13752640", "bai2_file_total", "0.10", id="ten cents show in a 99"),
        pytest.param("13752650,7/", "13752650,6/", "bai2_account_records", None, id="a record too many in an account"),
        pytest.param("98,13752650,2,11", "98,13752650,3,11", "bai2_group_accounts", None, id="an account is missing"),
        pytest.param("98,13752650,2,11", "98,13752650,2,9", "bai2_group_records", None, id="group records differ"),
        pytest.param("99,13752650,1,13", "99,13752650,2,13", "bai2_file_groups", None, id="a group is missing"),
        pytest.param("99,13752650,1,13", "99,13752650,1,99", "bai2_file_records", None, id="file records differ"),
        pytest.param("99,13752650,1,13/", "99,13752650,1,13", "bai2_unclosed_record", None, id="the slash is gone"),
        pytest.param("02,HOSP,BANK,1", "02,HOSP,BANK,2", "bai2_group_status", None, id="a deletion"),
        pytest.param("02,HOSP,BANK,1", "02,HOSP,BANK,4", "bai2_group_status", None, id="a test"),
        pytest.param("80,,2/", "80,,3/", "bai2_version", None, id="version 3"),
        pytest.param("03,000999,,", "03,000999,JPY,", "bai2_currency_decimals", None, id="no decimals"),
        pytest.param("03,000999,,", "03,000999,KWD,", "bai2_currency_decimals", None, id="a currency with three"),
        pytest.param("03,000999,,", "03,000999,CAD,", "bai2_currency", None, id="another currency"),
        pytest.param("16,115,250000", "16,799,250000", "bai2_unknown_direction", None, id="in or out is not said"),
        pytest.param("16,115,250000", "16,100,250000", "bai2_summary_as_detail", None, id="a summary among the lines"),
        pytest.param("2500,Z,", "2500,Q,", "bai2_funds_type", None, id="an unknown funds type"),
        pytest.param("LOCKBOX 77/", "LOCKBOX 77\nand more", "bai2_no_record", None, id="text broken without an 88"),
    ],
)
def test_a_doubt_is_a_finding_and_never_a_refusal(old: str, new: str, code: str, amount: str | None) -> None:
    """The file is loaded, and the doubt has its code, its line and its dollars."""
    found = bank_bai2.read(changed(old, new))
    told = [finding for finding in found.findings if finding.code == code]
    assert [finding.amount for finding in told] == [None if amount is None else Decimal(amount)]
    assert found.records["transactions"] == 3


@pytest.mark.parametrize("code", ["920", "975", "349", "642", "777", "890", "ZZ"])
def test_an_unknown_type_code_is_kept(code: str) -> None:
    """A bank's own code is stored as it stands, its sign taken from the range."""
    line = rows(bank_bai2.read(changed("16,115,250000", f"16,{code},250000")), "bank_transaction")[1]
    assert line["type_code"] == code
    assert line["amount"] == Decimal("-2500.00" if code in ("975", "642") else "2500.00")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("49,13752650,7/", "49,,7/", id="a blank 49"),
        pytest.param("98,13752650,2,11/", "98,,,/", id="a blank 98"),
        pytest.param("99,13752650,1,13/", "99,,,/", id="a blank 99"),
        pytest.param("02,HOSP,BANK,1,260301,2359,USD,2/", "02,,BANK,,260301,9999/", id="a short group header"),
    ],
)
def test_a_blank_is_no_mismatch(old: str, new: str) -> None:
    """What a bank leaves blank is not proved and not complained about."""
    assert bank_bai2.read(changed(old, new)).findings == ()


@pytest.mark.parametrize(
    ("text", "code", "location"),
    [
        pytest.param("", "bai2_no_header", "", id="nothing at all"),
        pytest.param(GOOD.partition("\n")[2], "bai2_no_header", "line 1, record 02", id="no 01"),
        pytest.param("hello\n" + GOOD, "bai2_no_header", "line 1", id="words before the 01"),
        pytest.param(GOOD.rpartition("99,")[0], "bai2_truncated", "line 12", id="no 99"),
        pytest.param(GOOD.rpartition("98,")[0], "bai2_truncated", "line 11", id="no 98"),
        pytest.param(changed("49,0,2/\n", ""), "bai2_truncated", "line 11, record 98", id="no 49 before the 98"),
        pytest.param(changed("49,13752650,7/\n", ""), "bai2_truncated", "line 9, record 03", id="no 49 before an 03"),
        pytest.param(changed("99,13752650,1,13/", "99,13752650,1"), "bai2_truncated", "line 13", id="half a 99"),
        pytest.param(changed("99,13752650,1,13/", "99,13752650,1,"), "bai2_truncated", "line 13", id="no count"),
        pytest.param(changed("49,0,2/", "49,0,2/\n16,165,1,,,/"), "bai2_outside_account", "line 12", id="16 after 49"),
        pytest.param(changed("16,555,2500", "16,555,25.00"), "bai2_amount", "line 8", id="a decimal point"),
        pytest.param(changed("16,555,2500", "16,555,2500-"), "bai2_amount", "line 8", id="a trailing minus"),
        pytest.param(changed("16,555,2500", "16,555,２500"), "bai2_amount", "line 8", id="a full-width digit"),
        pytest.param(changed("16,555,2500", "16,555," + "9" * 19), "bai2_amount", "line 8", id="19 digits"),
        pytest.param(changed("16,555,2500", "16,555," + "9" * 5000), "bai2_amount", "line 8", id="5,000 digits"),
        pytest.param(changed("010,+5000000", "010,5x"), "bai2_amount", "line 3", id="letters in a balance"),
        pytest.param(changed("49,0,2/", "49,zero,2/"), "bai2_amount", "line 11", id="letters in a control total"),
        pytest.param(changed("2500,Z,", "2500,D,x,"), "bai2_amount", "line 8", id="a D without its number"),
        pytest.param(changed("2500,Z,", "2500,V,260231,,"), "bai2_date", "line 8", id="31 February as value date"),
        pytest.param(changed("1,260301,", "1,269901,"), "bai2_date", "line 2", id="month 99"),
        pytest.param(changed("1,260301,", "1,,"), "bai2_date", "line 2", id="no as-of day"),
        pytest.param(changed("HOSP,260302", "HOSP,26030"), "bai2_date", "line 1", id="half a day"),
        pytest.param(changed("LOCKBOX", "LOCK\x00BOX"), "bai2_control_character", "line 7", id="a zero byte"),
        pytest.param(changed("03,000999", "03,"), "bai2_account", "line 10", id="no account number"),
        pytest.param(changed("49,0,2/", "49,0,2/\nmore words"), "bai2_no_record", "line 12", id="text after a 49"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, code: str, location: str) -> None:
    """With its code and its line, and without a word of what the file says."""
    with pytest.raises(FileRejected) as refusal:
        bank_bai2.read(text)
    assert refusal.value.code == code
    assert refusal.value.location.startswith(location)
    assert not re.search("000123456|000999|AETNA|LOCKBOX|hello|words", str(refusal.value))


def test_a_file_cut_anywhere_is_never_silently_shorter() -> None:
    """Cut after every byte: refused, or a finding, or only white space was lost."""
    whole = len(GOOD.rstrip())
    for at in range(len(GOOD)):
        try:
            found = bank_bai2.read(GOOD[:at])
        except FileRejected:
            continue
        assert found.findings or at >= whole, at


def recount(text: str) -> tuple[int, Decimal, Decimal]:
    """Lines, money in and money out of the 16s, counted with nothing but a pattern."""
    begins = re.compile(r"^[ \t]*16,([^,\n]*),?[ \t]*([+-]?)(\d*)", re.MULTILINE)
    credits = debits = Decimal(0)
    found = list(begins.finditer(re.sub(r"/[ \t]*(?=16,\d{3},[+-]?\d+(?:/|,[012SVDZ]?,))", "/\n", text)))
    for code, sign, digits in (match.groups() for match in found):
        amount = Decimal(int(f"{sign}{digits or 0}")) / 100
        out = re.fullmatch(r"[456]\d\d|9[6-9]\d", code.strip()) is not None
        amount = -amount if out else amount
        credits, debits = credits + max(amount, Decimal(0)), debits - min(amount, Decimal(0))
    return len(found), credits, debits


def mutated(chance: random.Random) -> str:
    """The good file with one to three small damages."""
    text = GOOD
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        lines = text.split("\n")
        line = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                text = text[:at] + text[at + 1 :]
            case 1:
                text = text[:at] + chance.choice(",/\n01689+-. A*") + text[at:]
            case 2:
                text = text[:at] + chance.choice(",/\n01689+-. A*") + text[at + 1 :]
            case 3:
                text = "\n".join(lines[:line] + lines[line + 1 :])
            case 4:
                text = "\n".join([*lines[:line], lines[line], *lines[line:]])
            case _:
                other = chance.randrange(len(lines))
                lines[line], lines[other] = lines[other], lines[line]
                text = "\n".join(lines)
    return text


def test_noise_is_refused_or_read_to_the_cent() -> None:
    """5,000 damaged files: only `FileRejected` is raised, and what is accepted equals an independent count."""
    chance = random.Random(835)
    accepted = silent = 0
    for _ in range(5_000):
        text = mutated(chance)
        try:
            found = bank_bai2.read(text)
        except FileRejected:
            continue
        accepted += 1
        told = (found.records["transactions"], found.totals["credits"], found.totals["debits"])
        assert told == recount(text), text
        silent += not found.findings and told != recount(GOOD)
    assert accepted > 500
    assert silent == 0


@pytest.mark.parametrize(
    ("text", "is_bai2"),
    [
        pytest.param(GOOD, True, id="a good file"),
        pytest.param("\n\n" + GOOD, True, id="blank lines first"),
        pytest.param(GOOD.partition("\n")[2], True, id="no 01, so that the refusal can say so"),
        pytest.param("01,a,b/\n02,a,b,1,", True, id="a damaged 01 before an 02"),
        pytest.param("bank_account,posted_date\n01,2026-01-01", False, id="a table"),
        pytest.param("01,2026-01-01,5.00\n02,2026-01-01,6.00", False, id="a table of numbers"),
        pytest.param("101 091000019", False, id="a NACHA file"),
        pytest.param("ISA*00*", False, id="an 835"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_bai2_is_recognised_by_its_first_lines(text: str, is_bai2: bool) -> None:
    """By content, never by name."""
    assert bank_bai2.recognises(text) is is_bai2


def test_type_codes_agree_with_the_bai2_library() -> None:
    """Every code we name has the direction that the library gives it, and is no summary there but 168 and 169."""
    constants = pytest.importorskip("bai2.constants")
    for known in BANK_TYPES.values():
        theirs = constants.TypeCodes[known.code]
        assert theirs.transaction.value == known.direction, known.code
        assert theirs.level.value == "detail" or known.code in ("168", "169"), known.code
    for theirs in constants.TypeCodes.values():
        if theirs.level.value == "summary" and theirs.code not in BANK_TYPES and "100" <= theirs.code < "700":
            assert bank_type(theirs.code).level == "summary", theirs.code


@pytest.mark.parametrize(
    ("words", "amount", "kind"),
    [
        pytest.param("AETNA HCCLAIMPMT", "10.00", "ach", id="a claim payment is ACH"),
        pytest.param("RETURNED ITEM FEE", "-5.00", "return_fee", id="a fee for a return is no return"),
        pytest.param("RETURNED CHEQUE", "-5.00", "return", id="money going back"),
        pytest.param("ACH CREDIT RETURNED", "5.00", "refund_return", id="our own payment come back"),
        pytest.param("DEPOSIT", "5.00", "cheque_deposit", id="a deposit"),
        pytest.param("SAFE DEPOSIT BOX", "-5.00", "other_debit", id="a deposit never goes out"),
        pytest.param("", "0.00", "other_credit", id="no words"),
    ],
)
def test_words_tell_the_kind_where_no_code_does(words: str, amount: str, kind: str) -> None:
    """For bank tables that give a description only."""
    assert line_kind_from_words(words, Decimal(amount)) == kind


@pytest.mark.parametrize(
    ("code", "amount", "words", "kind"),
    [
        pytest.param(
            "451", "-100.07", "AETNA HCCLAIMPMT REVERSAL TRN*1*EFT7000155*1999999999~", "return", id="taken back"
        ),
        pytest.param("451", "-100.07", "AETNA VENDOR PAYMENT", "ach", id="a payment of ours"),
        pytest.param("142", "100.07", "REVERSAL OF A PAYMENT", "ach", id="money in"),
        pytest.param("699", "-5.00", "SERVICE CHARGE REVERSED", "other_debit", id="no transfer"),
    ],
)
def test_a_debit_that_is_called_a_reversal_takes_a_deposit_back(code: str, amount: str, words: str, kind: str) -> None:
    """By its type code it is an ordinary payment; the text says what it is."""
    assert line_kind_of(bank_type(code), Decimal(amount), words) == kind
