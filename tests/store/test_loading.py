"""Loading: files whole or not at all, the same bytes and the same money once, faults told, no patient named."""

from __future__ import annotations

import csv
import itertools
import os
import random
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analysis.problems import FileRejected, Finding
from analysis.store import Store, query, saving
from analysis.store.files import contents_of_file, files, findings_of_file
from analysis.store.loading import Outcome, Source, load, sources
from analysis.tieout.verify import verify
from tests.files import bank_lines
from tests.stores import empty_store

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "835"
SAMPLE = Path(__file__).parents[2] / "sample_data" / "fortnight"
TODAY = date(2026, 11, 23)

CLAIM = (
    "CLP*{claim}*1*150*100*20*12*ICN1*11*1~NM1*QC*1*DOE*JANE****MI*MEM1~CAS*CO*45*10~"
    "SVC*HC:99213*150*110~CAS*PR*1*20~CAS*CO*45*20~"
)


def era(body: str = CLAIM.format(claim="A1"), paid: str = "100", trace: str = "T1", control: str = "101",
        day: str = "20261102", bpr: str = "I*{paid}*C*CHK") -> str:  # fmt: skip
    """An 835 of one payment with that body, in balance as it stands."""
    inner = f"BPR*{bpr.format(paid=paid)}************20261103~TRN*1*{trace}*1512345678~DTM*405*20261102~N1*PR*PAYER~"
    inner += f"N1*PE*HOSPITAL*XX*1999999984~LX*1~{body}"
    return (
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       "
        f"*{day[2:]}*0930*^*00501*{control:0>9}*0*P*:~"
        f"GS*HP*SENDER*RECEIVER*{day}*0930*{control}*X*005010X221A1~"
        f"ST*835*0001~{inner}SE*{inner.count('~') + 2}*0001~GE*1*{control}~IEA*1*{control:0>9}~"
    )


def bai(*lines: tuple[str, int, str], status: str = "1", modifier: str = "2", created: str = "261103,0600",
        day: str = "261102") -> str:  # fmt: skip
    """A BAI2 file of one account and day: type code, cents and reference of each line; its control totals hold."""
    total = sum(cents for _, cents, _ in lines)
    text = f"01,BANK,HOSPITAL,{created},1,,,2/\n02,HOSPITAL,BANK,{status},{day},2359,USD,{modifier}/\n03,777,USD/\n"
    text += "".join(f"16,{code},{cents},Z,{reference},,TEXT/\n" for code, cents, reference in lines)
    return f"{text}49,{total},{len(lines) + 2}/\n98,{total},1,{len(lines) + 4}/\n99,{total},1,{len(lines) + 6}/\n"


BATCHES = (
    "batch_id,deposit_date,control_total,account_number,transaction_type,amount\n"
    "B1,2026-11-02,30.00,ACC1,PAYMENT,10.00\nB1,2026-11-02,30.00,ACC2,PAYMENT,20.00\n"
)
SMALL = {
    "one.835": era(),
    "bank.bai": bai(("165", 10_000, "R1"), ("475", 2_500, "R2")),
    "batches.csv": BATCHES,
}


@pytest.fixture
def store() -> Iterator[Store]:
    with empty_store() as opened:
        yield opened


def loads(store: Store, files: dict[str, str | bytes] | Sequence[tuple[str, str | bytes]]) -> list[Outcome]:
    """The outcomes of loading these texts, in the order of the files."""
    pairs = list(files.items()) if isinstance(files, dict) else list(files)
    names = [name for name, _ in pairs]
    found = list(load(store, [_source(name, text) for name, text in pairs], "tester", TODAY))
    return sorted(found, key=lambda one: names.index(one.file))


def _source(name: str, text: str | bytes) -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: data)


def rows_by_table(store: Store) -> dict[str, int]:
    """How many rows each table of facts has, the empty ones left out."""
    with store.cursor() as cursor:
        names = [name for (name,) in cursor.execute("select table_name from duckdb_tables()").fetchall()]
        counts = {name: cursor.execute(f"select count(*) from {name}").fetchall()[0][0] for name in names}
    of_the_schema = ("schema_version", "view_text", "id_counter", "bank_day", "setting", "credit_clock")
    return {name: n for name, n in counts.items() if n and name not in of_the_schema}


def failures(store: Store) -> list[tuple[str, str]]:
    return [(one.name, one.first) for one in verify(store) if one.failures]


def codes(outcome: Outcome) -> list[str]:
    return [one.code for one in outcome.findings]


def view(store: Store, sql: str) -> list[tuple[Any, ...]]:
    with store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


# Whole or not at all


class StopExceptionLike(BaseException):
    """What Streamlit raises in a page's thread when a user clicks elsewhere."""


class Failing:
    """`insert_rows` that raises at its n-th call; 0 never raises and only counts."""

    def __init__(self, at: int, error: BaseException) -> None:
        self.at, self.error, self.calls = at, error, 0
        self.insert: Callable[..., None] = saving.insert_rows

    def __call__(self, *arguments: Any) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise self.error
        self.insert(*arguments)


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize(
    "error",
    [
        pytest.param(RuntimeError("a fault"), id="a fault"),
        pytest.param(StopExceptionLike(), id="a click during the load"),
    ],
)
def test_a_fault_at_any_insert_leaves_nothing(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Whichever insert fails, nothing of the file is in the store, and loading it again completes it."""
    with empty_store() as calm:
        counting = Failing(0, error)
        monkeypatch.setattr(saving, "insert_rows", counting)
        (wanted,) = loads(calm, {name: SMALL[name]})
        whole = rows_by_table(calm)
    monkeypatch.undo()
    assert counting.calls >= 3 and wanted.status == "loaded"
    with empty_store() as store:
        for at in range(1, counting.calls + 1):
            monkeypatch.setattr(saving, "insert_rows", Failing(at, error))
            with pytest.raises(type(error)):
                loads(store, {name: SMALL[name]})
            monkeypatch.undo()
            assert rows_by_table(store) == {}
        assert failures(store) == []
        (again,) = loads(store, {name: SMALL[name]})
        assert (again.status, again.records, again.totals) == ("loaded", wanted.records, wanted.totals)
        assert rows_by_table(store) == whole and failures(store) == []


@pytest.mark.parametrize("at", [2, 6, 9, 14])
def test_a_fault_leaves_what_was_loaded_before(store: Store, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """A load that stops midway keeps whole files only, and the next load adds the others."""
    monkeypatch.setattr(saving, "insert_rows", Failing(at, StopExceptionLike()))
    with pytest.raises(StopExceptionLike):
        loads(store, SMALL)
    monkeypatch.undo()
    assert failures(store) == []
    kept = rows_by_table(store).get("source_file", 0)
    assert kept < 3
    assert Counter(one.status for one in loads(store, SMALL)) == Counter(loaded=3 - kept, duplicate=kept)
    with empty_store() as calm:
        loads(calm, SMALL)
        assert rows_by_table(store) == rows_by_table(calm)
    assert failures(store) == []


BAD = {
    "cut.835": era()[:-40],
    "mixed.835": era().replace("GE*1", "ST*837*0002~SE*2*0002~GE*2"),
    "huge.835": era(paid="1" * 17),
    "huge line.835": era(CLAIM.format(claim="A9").replace("*150*110", "*150*" + "1" * 17), trace="T9"),
    "broken.bai": SMALL["bank.bai"].replace("16,165,10000", "16,165,x"),
    "broken.csv": BATCHES.replace("20.00\n", "twenty\n"),
    "letter.txt": "Dear Sir,\n",
    "empty.835": "",
    "image.png": b"\x89PNG\r\n\x1a\n",
    "wide.835": era().encode("utf-16"),
}


def test_bad_files_leave_the_others_unharmed(store: Store) -> None:
    """Among many files the bad ones are rejected with a reason, and the others load as if they were alone."""
    good = {f"{n}.835": era(trace=f"T{n}", control=str(n)) for n in range(1, 9)} | SMALL
    mixed = list((good | BAD).items())
    random.Random(1).shuffle(mixed)
    found = {one.file: one for one in loads(store, mixed)}
    assert {name: found[name].status for name in BAD} == dict.fromkeys(BAD, "rejected")
    assert {name: found[name].status for name in good} == dict.fromkeys(good, "loaded")
    for name in BAD:
        assert found[name].records == {} and [one.severity for one in found[name].findings] == ["error"]
    with empty_store() as alone:
        assert [one.findings for one in loads(alone, good)] == [found[name].findings for name in good]
        assert rows_by_table(alone) == rows_by_table(store)
    assert failures(store) == []


def test_a_rejected_neighbour_doubles_no_finding(store: Store) -> None:
    """A file whose neighbour in the same transaction is refused tells its own findings once."""
    doubtful = era(paid="x", trace="T2")
    found = loads(store, {"a.835": doubtful, "b.835": BAD["huge line.835"]})
    assert codes(found[0]).count("value_unreadable") == 1
    with empty_store() as alone:
        assert loads(alone, {"a.835": doubtful})[0].findings == found[0].findings


def test_a_file_that_cannot_be_opened_is_rejected(store: Store) -> None:
    """A file that vanished, or that may not be read, takes no other with it."""

    def closed() -> bytes:
        raise PermissionError(13, "Permission denied", "DOE JANE.835")

    found = list(load(store, [Source("a.835", closed), _source("b.835", era())], "tester"))
    assert [(one.file, one.status) for one in found] == [("a.835", "rejected"), ("b.835", "loaded")]
    assert codes(found[0]) == ["file_unreadable"] and "DOE" not in found[0].findings[0].message


def test_folders_are_walked(tmp_path: Path) -> None:
    """A folder is taken in the order of names, without hidden files; a path that is not there is an error."""
    for name in ("b/2.835", "b/1.835", "a.csv", ".hidden/3.835", "b/.4.835"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [Path(one.name).name for one in sources([tmp_path])] == ["a.csv", "1.835", "2.835"]
    with pytest.raises(FileNotFoundError):
        sources([tmp_path / "nowhere"])


# What an outcome says


def test_records_and_totals(store: Store) -> None:
    """The counts and dollars of an outcome have the names that the data contract promises."""
    body = CLAIM.format(claim="A1") + "PLB*1999999984*20261231*WO:X*10*L6*-2.5~"
    found = loads(store, SMALL | {"one.835": era(body, paid="92.5")})
    assert found[0].records == {
        "remittances": 1, "claims": 1, "service_lines": 1, "adjustments": 3, "provider_adjustments": 2,
    }  # fmt: skip
    assert found[0].totals == {
        "payment_amount": Decimal("92.50"),
        "claim_charge_amount": Decimal("150.00"),
        "claim_payment_amount": Decimal("100.00"),
        "provider_adjustment_amount": Decimal("7.50"),
    }
    assert found[1].records["transactions"] == 2
    assert found[1].totals == {"credits": Decimal("100.00"), "debits": Decimal("25.00")}
    assert found[2].records["posting_lines"] == 2
    assert [one.kind for one in found] == ["remittance_835", "bank_bai2", "posting_batches"]
    assert all(codes(one) == [] and re.fullmatch("[0-9a-f]{64}", one.sha256) for one in found)
    stored = query(store, "files/files")
    assert len(stored) == 3


# The same bytes, the same money


def test_the_same_bytes_are_a_duplicate(store: Store) -> None:
    """The same bytes again are told as a duplicate of the file they came in first: later, renamed, in one call."""
    first = loads(store, [("a.835", era()), ("b.835", era()), ("bank.bai", SMALL["bank.bai"])])
    assert [one.status for one in first] == ["loaded", "duplicate", "loaded"]
    again = loads(store, [("c.835", era()), ("other.bai", SMALL["bank.bai"])])
    assert [(one.status, codes(one)) for one in again] == [("duplicate", ["duplicate_file"])] * 2
    assert "a.835" in again[0].findings[0].message and again[0].kind == "remittance_835"
    assert rows_by_table(store)["source_file"] == 2


def test_the_same_bytes_from_many_threads_load_once(store: Store) -> None:
    """Eight people upload the same two files at the same moment: each is loaded once and no one sees an error."""
    found: list[Outcome] = []
    errors: list[BaseException] = []
    start = threading.Barrier(8)

    def upload() -> None:
        try:
            start.wait()
            found.extend(loads(store, {"one.835": era(), "batches.csv": BATCHES}))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=upload) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Counter((one.file, one.status) for one in found) == {
        ("one.835", "loaded"): 1, ("one.835", "duplicate"): 7,
        ("batches.csv", "loaded"): 1, ("batches.csv", "duplicate"): 7,
    }  # fmt: skip
    assert failures(store) == []


OTHER_ENVELOPE = era(control="202", day="20261104").replace("^", "!").replace("~", "^\n").replace("*", "|")
ZERO_PAY = {"paid": "0", "bpr": "H*{paid}*C*NON", "body": "CLP*A1*1*150*0*20*12*ICN1~CAS*CO*45*150~"}


@pytest.mark.parametrize(
    ("one", "other", "is_duplicate"),
    [
        pytest.param(era(), OTHER_ENVELOPE, True, id="another interchange with other delimiters"),
        pytest.param(era(), era(control="202", day="20261104", trace="T2"), False, id="another trace"),
        pytest.param(era(), era(control="202", day="20261104", paid="100.01"), False, id="a cent more"),
        pytest.param(era(), era(CLAIM.format(claim="A2"), control="202", day="20261104"), True,
                     id="the same payment with other claims"),
        pytest.param(era(**ZERO_PAY), era(**ZERO_PAY, control="202", day="20261104"), True, id="no money, alike"),
        pytest.param(era(**ZERO_PAY), era(**ZERO_PAY | {"body": "CLP*A2*1*9*0*9*12*ICN2~CAS*CO*45*9~"}, control="202"),
                     False, id="no money, other claims under the same trace"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("turned", [False, True], ids=["the first first", "the second first"])
def test_the_same_remittance_counts_once(one: str, other: str, is_duplicate: bool, turned: bool) -> None:
    """Both files load; of the same payment the later one is marked, whichever was loaded first."""
    files = [("one.835", one), ("other.835", other)]
    with empty_store() as store:
        for file in reversed(files) if turned else files:
            assert [outcome.status for outcome in loads(store, [file])] == ["loaded"]
        marked = view(store, "select file_name, duplicate_of is not null from remittances order by file_name")
        assert marked == [("one.835", False), ("other.835", is_duplicate)]
        if is_duplicate:
            ((target,),) = view(store, "select file_name from remittances where remittance_id = (select max("
                                       "duplicate_of) from remittances)")  # fmt: skip
            assert target == "one.835"
        assert failures(store) == []


HEADING = "bank_account,posted_date,amount,bank_reference,description\n"
MONDAY = "777,2026-11-02,100.00,R1,DEPOSIT\n777,2026-11-02,50.00,,LOCKBOX\n777,2026-11-02,50.00,,LOCKBOX\n"
TUESDAY = "777,2026-11-03,70.00,R2,DEPOSIT\n"


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned"])
def test_overlapping_bank_tables_count_once(store: Store, turned: bool) -> None:
    """A day told by two exports counts once; two lines that are alike within one export are two."""
    files = [("mon.csv", HEADING + MONDAY), ("both.csv", HEADING + MONDAY + TUESDAY)]
    assert [one.status for one in loads(store, files[::-1] if turned else files)] == ["loaded"] * 2
    counted = view(store, "select amount, count(*) from bank_transactions where not_counted is null"
                          " group by all order by amount")  # fmt: skip
    assert counted == [(Decimal("50.00"), 2), (Decimal("70.00"), 1), (Decimal("100.00"), 1)]
    left_out = view(store, "select not_counted, count(*) from bank_transactions group by all order by all")
    assert left_out == [("overlap with another file", 3), (None, 4)]
    assert failures(store) == []


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned"])
@pytest.mark.parametrize("first", [bank_lines(("165", "100.00", "DEPOSIT"), account="000777"), HEADING + MONDAY])
def test_an_account_is_the_same_without_its_leading_zeros(store: Store, first: bytes | str, turned: bool) -> None:
    """As a spreadsheet leaves it: the day that a statement or another table tells too counts once."""
    as_told = first if isinstance(first, bytes) else first.replace("777,", "00-0777,")
    files = [("first.txt", as_told), ("excel.csv", HEADING + MONDAY.splitlines()[0] + "\n")]
    assert [one.status for one in loads(store, files[::-1] if turned else files)] == ["loaded"] * 2
    counted = view(store, "select amount, count(*) from bank_transactions where not_counted is null and amount = 100"
                          " group by all")  # fmt: skip
    assert counted == [(Decimal("100.00"), 1)]
    assert failures(store) == []


@pytest.mark.parametrize("turned", [False, True], ids=["the statement first", "the table first"])
def test_a_table_and_a_statement_of_one_day_count_once(store: Store, turned: bool) -> None:
    """The bank's portal export and its BAI2 file say the same in other words; what only the table tells counts too."""
    statement = bai(("165", 10_000, "R1"), ("115", 5_000, "R2"))
    table = HEADING + "".join(
        f"777,2026-11-02,{amount},,PORTAL WORDS\n" for amount in ("100.00", "50.00", "50.00", "9.00")
    )
    files = [("day.bai", statement), ("day.csv", table)]
    assert [one.status for one in loads(store, files[::-1] if turned else files)] == ["loaded"] * 2
    counted = view(store, "select amount, count(*) from bank_transactions where not_counted is null"
                          " group by all order by amount")  # fmt: skip
    assert counted == [(Decimal("9.00"), 1), (Decimal("50.00"), 2), (Decimal("100.00"), 1)]
    assert failures(store) == []


PAPER = (
    "trace_number,payer_name,payment_date,payment_amount,claim_id,paid_amount\nT1,{payer},2026-11-03,100.00,A1,100.00\n"
)


@pytest.mark.parametrize(("payer", "counted"), [("Payer", 1), ("Another Payer", 2)])
@pytest.mark.parametrize("turned", [False, True], ids=["the 835 first", "the paper first"])
def test_a_remittance_keyed_from_paper_and_sent_too_counts_once(payer: str, counted: int, turned: bool) -> None:
    """Trace, amount, date and the payer's name agree."""
    files = [("one.835", era()), ("paper.csv", PAPER.format(payer=payer))]
    with empty_store() as store:
        for file in reversed(files) if turned else files:
            assert [outcome.status for outcome in loads(store, [file])] == ["loaded"]
        assert view(store, "select count(*) from remittances where duplicate_of is null") == [(counted,)]
        assert failures(store) == []


INTERIM = bai(("165", 10_000, "R1"), modifier="1", created="261102,1200")
FINAL = bai(("165", 10_000, "R1"), ("165", 5_000, "R2"), created="261103,0600")
CORRECTION = bai(("165", 10_000, "R1"), ("165", 4_900, "R2"), status="3", created="261103,0900")
DELETION = bai(("165", 10_000, "R1"), ("165", 5_000, "R2"), status="2", created="261103,1000")
TEST = bai(("165", 99_900, "R9"), status="4", created="261103,1100")


@pytest.mark.parametrize(
    ("files", "counted"),
    [
        pytest.param([INTERIM], ["100.00"], id="an interim day stands until its final one comes"),
        pytest.param([INTERIM, FINAL], ["50.00", "100.00"], id="the final day supersedes the interim one"),
        pytest.param([FINAL, CORRECTION], ["49.00", "100.00"], id="a correction takes the place of what it corrects"),
        pytest.param([INTERIM, FINAL, CORRECTION], ["49.00", "100.00"], id="all three"),
        pytest.param([FINAL, DELETION], [], id="a deletion takes back the day"),
        pytest.param([FINAL, CORRECTION, DELETION], [], id="and the correction with it"),
        pytest.param([FINAL, TEST], ["50.00", "100.00"], id="a test group never counts"),
    ],
)
def test_groups_are_honoured_in_any_load_order(files: list[str], counted: list[str]) -> None:
    """Interim, final, correction, deletion and test groups count as the bank meant, however the files were loaded."""
    for order in itertools.permutations(range(len(files))):
        with empty_store() as store:
            found = loads(store, [(f"{n}.bai", files[n]) for n in order])
            assert [one.status for one in found] == ["loaded"] * len(files)
            lines = view(store, "select amount from bank_transactions where not_counted is null order by amount")
            assert [str(amount) for (amount,) in lines] == counted, order
            assert failures(store) == []


# Balances


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(era(), [], id="in balance"),
        pytest.param(era(CLAIM.format(claim="A1").replace("*150*110", "*150*110.01")),
                     [("line_out_of_balance", "segment 13, SVC", "-0.01", ["150.00", "40.00", "110.01"])],
                     id="a line a cent over"),
        pytest.param(era(CLAIM.format(claim="A1").replace("*150*110", "*150*109.99")),
                     [("line_out_of_balance", "segment 13, SVC", "0.01", ["150.00", "40.00", "109.99"])],
                     id="a line a cent under"),
        pytest.param(era(CLAIM.format(claim="A1").replace("*150*100*", "*150*100.01*"), paid="100.01"),
                     [("claim_out_of_balance", "segment 10, CLP", "-0.01", ["150.00", "50.00", "100.01"])],
                     id="a claim a cent over"),
        pytest.param(era(CLAIM.format(claim="A1").replace("*150*100*", "*149.99*100*")),
                     [("claim_out_of_balance", "segment 10, CLP", "-0.01", ["149.99", "50.00", "100.00"])],
                     id="a claim's charge a cent under"),
        pytest.param(era(CLAIM.format(claim="A1").replace("CAS*CO*45*10", "CAS*CO*45*9.99")),
                     [("claim_out_of_balance", "segment 10, CLP", "0.01", ["150.00", "49.99", "100.00"])],
                     id="a claim's adjustment a cent under"),
        pytest.param(era(paid="100.01"),
                     [("transaction_out_of_balance", "segment 3, ST", "0.01", ["100.00", "0.00", "100.01"])],
                     id="a payment a cent over"),
        pytest.param(era(paid="99.99"),
                     [("transaction_out_of_balance", "segment 3, ST", "-0.01", ["100.00", "0.00", "99.99"])],
                     id="a payment a cent under"),
        pytest.param(era(CLAIM.format(claim="A1") + "PLB*1*20261231*WO:X*9.99~", paid="90"),
                     [("transaction_out_of_balance", "segment 3, ST", "-0.01", ["100.00", "9.99", "90.01", "90.00"])],
                     id="a provider adjustment a cent under"),
        pytest.param(era(CLAIM.format(claim="A1") + "PLB*1*20261231*WO:X*10*L6*-5~", paid="95"), [],
                     id="a provider adjustment reduces, a negative one adds"),
        pytest.param(era(CLAIM.format(claim="A1").replace("*150*100*", "**100*")),
                     [("claim_out_of_balance", "segment 10, CLP", "-150.00", ["no charge"])], id="no charge"),
    ],
)  # fmt: skip
def test_what_does_not_balance_is_told(store: Store, text: str, found: list[tuple[str, str, str, list[str]]]) -> None:
    """Line, claim and payment are proved to the cent; a finding has its place, its dollars and both sides in words."""
    assert text.count("SVC") == 1
    (outcome,) = loads(store, {"one.835": text})
    assert [(one.code, one.location, str(one.amount)) for one in outcome.findings] == [one[:3] for one in found]
    for finding, (_, _, _, words) in zip(outcome.findings, found, strict=True):
        assert finding.severity == "warning" and all(word in finding.message for word in words)
    stored = view(store, "select code, location, amount from file_finding order by finding_number")
    assert stored == [(one.code, one.location, one.amount) for one in outcome.findings]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir() and not os.environ.get("CI"), reason="the public samples are not here")
def test_public_samples_balance_as_their_truth_says(store: Store) -> None:
    """Every line, claim and payment that the truth has out of balance is told, with its difference, and no other."""
    wanted: dict[str, Counter[str]] = defaultdict(Counter)
    off: dict[str, list[Decimal]] = defaultdict(list)
    with (CORPUS / "TRUTH.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            wanted[row["file"]].update(line=int(row["lines_out"]), claim=int(row["claims_out"]))
            if row["bpr02_minus_expected"] and Decimal(row["bpr02_minus_expected"]) != 0:
                off[row["file"]].append(Decimal(row["bpr02_minus_expected"]))
    found = loads(store, {name: (CORPUS / name).read_bytes() for name in wanted})
    assert len(found) == 36
    assert {one.status for one in found} == {"loaded"}
    for one in found:
        told = Counter(codes(one))
        assert told["line_out_of_balance"] == wanted[one.file]["line"], one.file
        assert told["claim_out_of_balance"] == wanted[one.file]["claim"], one.file
        amounts = [finding.amount for finding in one.findings if finding.code == "transaction_out_of_balance"]
        assert amounts == off[one.file], one.file
    assert failures(store) == []


# No patient is named

MARKS = ("ZQDOE", "ZQJANE", "ZQMEMBER", "ZQACCOUNT", "ZQROE", "ZQICN")
PATIENT = (
    "CLP*ZQACCOUNT*1*150*100*20*12*ZQICN*11*1~CAS*CO*45*30~CAS*PR*1*20~NM1*QC*1*ZQDOE*ZQJANE****MI*ZQMEMBER~"
    "NM1*IL*1*ZQROE****MI*ZQMEMBER2~REF*EA*ZQACCOUNT2~DTM*232*20261001~SVC*HC:99213*150*100~CAS*CO*45*50~"
)
TABLES = {
    "accounts.csv": "account_number,balance,patient_name,date_of_birth\nZQACCOUNT,-5.00,ZQDOE,1950-01-01\n",
    "ledger.csv": "account_number,transaction_id,transaction_date,type,amount\n"
                  "ZQACCOUNT,ZQ1,2026-11-02,PAYMENT,-5.00\n",
    "receipts.csv": "receipt_id,received_date,amount,payer_name,account_number\nR1,2026-11-02,5.00,ZQDOE,ZQACCOUNT\n",
    "eobs.csv": "trace_number,payer_name,payment_date,payment_amount,claim_id,paid_amount,patient_name\n"
                "T1,PAYER,2026-11-02,5.00,ZQACCOUNT,5.00,ZQDOE\n",
    "bank.csv": HEADING + "777,2026-11-02,100.00,R1,ZQDOE ZQJANE\n",
    "bank.bai": bai(("165", 10_000, "R1")).replace("TEXT", "ZQDOE ZQJANE"),
}  # fmt: skip


def _spoilt(data: bytes, lot: random.Random, separators: bytes) -> bytes:
    """The bytes with one or two fields dropped, doubled or swapped, so that names stand where numbers should."""
    start = 0 if separators == b"*~" else data.index(b"\n") + 1  # the headings of a table are nobody's data
    pieces = re.split(b"([" + re.escape(separators) + b"])", data[start:])
    for _ in range(lot.choice((1, 2))):
        one, other = lot.randrange(len(pieces)), lot.randrange(len(pieces))
        match lot.randrange(4):
            case 0:
                pieces[one], pieces[other] = pieces[other], pieces[one]
            case 1:
                pieces[one] = b""
            case 2:
                pieces[one] = pieces[other]
            case _:
                pieces[one] = pieces[one] + pieces[other]
    return data[:start] + b"".join(pieces)


@pytest.mark.parametrize(
    ("name", "text", "separators"),
    [pytest.param("one.835", era(PATIENT), b"*~", id="835")]
    + [pytest.param(name, text, b",\n", id=name) for name, text in TABLES.items()],
)
def test_no_message_names_a_patient(name: str, text: str, separators: bytes) -> None:
    """However a file is spoilt, no outcome, finding or stored finding holds a name, member, account or claim of it."""
    lot = random.Random(14)
    count = 250 if name.endswith(".835") else 60
    files = [(f"{n}", _spoilt(text.encode(), lot, separators)) for n in range(count)]
    with empty_store() as store:
        found = loads(store, files)
        stored = view(store, "select location || message from file_finding")
    words = [f"{one.kind} {finding.location} {finding.message}" for one in found for finding in one.findings]
    words += [text for (text,) in stored]
    assert len(words) > 10
    assert [line for line in words if any(mark in line for mark in MARKS)] == []


def test_a_refusal_is_a_finding() -> None:
    """A rejection told as a finding keeps its code and place."""
    refused = FileRejected("amount_too_large", "segment 3, CLP04", "less", "more")
    assert refused.finding() == Finding("error", "amount_too_large", "segment 3, CLP04", "wanted less, found more")


def test_a_file_is_told_as_it_was_when_it_was_loaded(store: Store):
    """Rows, totals and findings of a loaded file, asked later, are those of its outcome."""
    sample = [Source("x.835", era(paid="90").encode), *sources([SAMPLE / "2026-11-02"])]
    outcomes = {Path(one.file).name: one for one in load(store, sample, "tests")}
    known = files(store)
    assert len(known) == len(outcomes) and any(one.findings for one in outcomes.values())
    for file_id, name in zip(known["file_id"], known["file_name"], strict=True):
        told, outcome = contents_of_file(store, int(file_id)), outcomes[name]
        rows, totals = told[~told["is_total"]], told[told["is_total"]]
        assert dict(zip(rows["name"], rows["row_count"], strict=True)) == outcome.records
        assert dict(zip(totals["name"], totals["amount"], strict=True)) == outcome.totals
        found = findings_of_file(store, int(file_id))
        assert sorted(found["message"]) == sorted(one.message for one in outcome.findings)
