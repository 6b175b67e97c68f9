"""The invented fortnight is what its truth says it is."""

import csv
import hashlib
import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import oxedi
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from sample_data.hospital import generate

COMMITTED = Path(__file__).resolve().parents[2] / "sample_data"
PAID_BY = {
    "remittances": "payments",
    "claims": "claims",
    "service_lines": "services",
    "adjustments": "adjustments",
    "provider_adjustments": "provider_adjustments",
}


def truth(name: str) -> list[dict[str, str]]:
    """A committed table of truth."""
    with (COMMITTED / "truth" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table(path: Path) -> list[dict[str, str]]:
    """A committed CSV or XLSX table, every cell as text."""
    if path.suffix == ".xlsx":
        head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        return [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows]
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def money(text: str) -> Decimal:
    """An amount as the contract allows it."""
    number = text.strip("()").replace(",", "")
    return (-Decimal(number) if text.startswith("(") else Decimal(number)).quantize(Decimal("0.01"))


def total(rows: list[dict[str, str]], column: str) -> Decimal:
    """Sum of a money column."""
    return sum((money(row[column]) for row in rows), Decimal("0.00"))


def files_of(kind: str) -> list[dict[str, str]]:
    """The truth about the files of a kind."""
    return [row for row in truth("files") if row["kind"] == kind]


def parsed(path: str) -> dict[str, list[dict[str, object]]]:
    """oxedi's tables of an 835 file."""
    tables = oxedi.parse((COMMITTED / path).read_bytes()).tables
    return {name: pa.table(tables[name]).to_pylist() for name in PAID_BY.values()}


def digests(folder: Path) -> dict[str, str]:
    """Every file of a generated folder by its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("fortnight", "truth")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def test_same_seed_gives_the_committed_bytes(tmp_path: Path) -> None:
    """The committed files are seed 7, byte for byte, XLSX included."""
    generate(tmp_path, seed=7, scale=1)
    assert digests(tmp_path) == digests(COMMITTED)


def test_another_seed_gives_other_bytes_and_a_larger_scale_more(tmp_path: Path) -> None:
    """Planted cases grow with the scale."""
    other = generate(tmp_path / "a", seed=8, scale=1)
    large = generate(tmp_path / "b", seed=7, scale=3)
    assert digests(tmp_path / "a") != digests(COMMITTED)
    assert len(large.world.open) > 2.5 * len(other.world.open)


def test_the_committed_files_are_small_and_listed() -> None:
    """Under 4 MB together; every file in the truth and nothing else."""
    found = digests(COMMITTED)
    assert sum((COMMITTED / name).stat().st_size for name in found) < 4_000_000
    assert {row["file"]: row["sha256"] for row in truth("files")} == {
        name: digest for name, digest in found.items() if name.startswith("fortnight")
    }


@pytest.mark.parametrize("row", files_of("remittance_835"), ids=lambda row: row["file"])
def test_835_holds_what_truth_counts(row: dict[str, str]) -> None:
    """oxedi reads the same rows and sums."""
    tables = parsed(row["file"])
    assert {name: len(tables[theirs]) for name, theirs in PAID_BY.items()} == {name: int(row[name]) for name in PAID_BY}
    for name, theirs, column in (
        ("payment_amount", "payments", "total_payment_amount"),
        ("claim_charge_amount", "claims", "charge_amount"),
        ("claim_payment_amount", "claims", "payment_amount"),
        ("provider_adjustment_amount", "provider_adjustments", "amount"),
    ):
        assert sum((line[column] for line in tables[theirs]), Decimal()) == Decimal(row[name]), name


def _summed(rows: list[dict[str, object]], key: str, column: str) -> dict[object, Decimal]:
    found: dict[object, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row[key]] += row[column]  # type: ignore[operator]
    return found


def test_three_balances_hold_but_for_the_planted() -> None:
    """Line, claim and transaction, counted over every file once."""
    broken: dict[str, set[str]] = defaultdict(set)
    for file in files_of("remittance_835"):
        tables = parsed(file["file"])
        by_line = _summed(tables["adjustments"], "service", "amount")
        by_claim = _summed(tables["adjustments"], "claim", "amount")
        paid = _summed(tables["claims"], "payment", "payment_amount")
        taken = _summed(tables["provider_adjustments"], "payment", "amount")
        traces = {row["row"]: row["trace_number"].decode() for row in tables["payments"]}
        for row in tables["services"]:
            if row["charge_amount"] - by_line[row["row"]] != row["payment_amount"]:
                broken["out_of_balance_line"].add(traces[row["payment"]])
        for row in tables["claims"]:
            if row["charge_amount"] - by_claim[row["row"]] != row["payment_amount"]:
                broken["out_of_balance_claim"].add(traces[row["payment"]])
        for row in tables["payments"]:
            if row["total_payment_amount"] != paid[row["row"]] - taken[row["row"]]:
                broken["out_of_balance_transaction"].add(traces[row["row"]])
    planted: dict[str, set[str]] = defaultdict(set)
    for advice in truth("remittances"):
        if advice["in_balance"] == "False":
            planted[advice["planted"]].add(advice["trace_number"])
    assert broken == planted and len(planted) == 3


@pytest.mark.parametrize("row", files_of("bank_bai2"), ids=lambda row: row["file"])
def test_bank_file_foots(row: dict[str, str]) -> None:
    """49, 98 and 99 totals and counts by a recount over physical lines; 16 records as truth counts them."""
    lines = (COMMITTED / row["file"]).read_text(encoding="ascii").splitlines()
    groups = account_lines = group_lines = account_total = group_total = file_total = accounts = 0
    amounts: dict[bool, int] = defaultdict(int)
    items = 0
    for number, line in enumerate(lines, 1):
        code, *fields = line.removesuffix("/").split(",")
        account_lines, group_lines = account_lines + 1, group_lines + 1
        if code == "02":
            group_lines, group_total, accounts, groups = 1, 0, 0, groups + 1
        elif code == "03":
            account_lines, account_total, accounts = 1, int(fields[3]) + int(fields[7]), accounts + 1
        elif code == "88" and fields[0] == "100":
            account_total += int(fields[1]) + int(fields[5])
        elif code == "16":
            items, account_total = items + 1, account_total + int(fields[1])
            is_credit = fields[0] < "400" or "920" <= fields[0] < "960"
            amounts[is_credit] += int(fields[1])
        elif code == "49":
            assert [int(field) for field in fields] == [account_total, account_lines]
            group_total += account_total
        elif code == "98":
            assert [int(field) for field in fields] == [group_total, accounts, group_lines]
            file_total += group_total
        elif code == "99":
            assert [int(field) for field in fields] == [file_total, groups, number]
    assert items == int(row["transactions"])
    assert amounts[True] == money(row["credits"]) * 100 and amounts[False] == money(row["debits"]) * 100


def test_table_files_hold_what_truth_counts() -> None:
    """Rows and money of every table, CSV and XLSX."""
    columns = {
        "posting_batches": "amount",
        "accounts": "balance",
        "account_transactions": "amount",
        "remittances": "paid_amount",
        "receipts": "amount",
    }
    for row in truth("files"):
        if row["kind"] in columns:
            rows = table(COMMITTED / row["file"])
            assert (len(rows), total(rows, columns[row["kind"]])) == (int(row["rows"]), money(row["amount"])), row


@pytest.mark.parametrize(
    ("accounts", "ledgers"),
    [
        pytest.param(
            "2026-11-06/accounts_20261106.csv", ["2026-11-06/account_transactions_20261106.xlsx"], id="friday"
        ),
        pytest.param(
            "2026-11-13/accounts_20261113.xlsx",
            ["2026-11-06/account_transactions_20261106.xlsx", "2026-11-13/account_transactions_20261113.csv"],
            id="last day",
        ),
    ],
)
def test_ledger_sums_to_balances(accounts: str, ledgers: list[str]) -> None:
    """Every account, to the cent."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for name in ledgers:
        for row in table(COMMITTED / "fortnight" / name):
            sums[row["account_number"]] += money(row["amount"])
    assert sums == {row["account_number"]: money(row["balance"]) for row in table(COMMITTED / "fortnight" / accounts)}


def test_credits_are_the_accounts_below_zero_and_reach_every_bucket_border() -> None:
    """Ages by the ledger; 45 to 60 accounts; all causes; borders on both sides."""
    credits = truth("credits")
    extract = table(COMMITTED / "fortnight/2026-11-13/accounts_20261113.xlsx")
    assert {row["account_number"]: -money(row["credit_balance"]) for row in credits} == {
        row["account_number"]: money(row["balance"]) for row in extract if money(row["balance"]) < 0
    }
    assert 45 <= len(credits) <= 60
    assert {30, 31, 60, 61, 90, 91, 120, 121, 180, 181, 365, 366} <= {int(row["age_days"]) for row in credits}
    assert len({row["aging_bucket"] for row in credits}) == 7 and len({row["cause"] for row in credits}) == 7
    for row in credits:
        age = date(2026, 11, 13) - date.fromisoformat(row["credit_date"])
        assert age == timedelta(days=int(row["age_days"]))


def test_links_sum_alike() -> None:
    """Bank and remittance sides of a money link are equal, a card's fee, a short payment and a batch's slip aside."""
    links: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in truth("links"):
        links[row["link_id"]].append(row)
    ties = {row["batch_id"]: row["ties"] == "True" for row in truth("batches")}
    for sides in links.values():
        if sides[0]["evidence"] in ("net_of_fee", "amount_differs") or not all(
            ties[row["reference"]] for row in sides if row["side"] == "batch"
        ):
            continue
        sums = {
            side: total([row for row in sides if row["side"] == side], "amount")
            for side in {row["side"] for row in sides}
        }
        if sides[0]["kind"] == "zero_pay":
            assert sums == {"remittance": Decimal()}
        else:
            assert len(sums) == 2 and len(set(sums.values())) == 1, sides


def test_every_deposit_is_linked_or_open_and_every_advice_too() -> None:
    """Nothing falls between links and unmatched."""
    links = [row for row in truth("links") if row["kind"] != "batch" or row["side"] == "bank"]
    known = {(row["side"], row["reference"]) for row in links}
    known |= {
        (
            "bank" if row["item_type"] in ("deposit_without_remittance", "unidentified_payment") else "remittance",
            row["reference"],
        )
        for row in truth("unmatched")
    }
    for row in truth("bank"):
        assert row["role"] != "deposit" or ("bank", row["bank_reference"]) in known, row
    for row in truth("remittances"):
        assert ("remittance", row["trace_number"]) in known, row


def test_references_are_unique() -> None:
    """Bank references (but the two identical lines), traces (but the duplicates), batches, accounts."""
    bank = Counter(row["bank_reference"] for row in truth("bank"))
    assert bank.pop("") == 2 and set(bank.values()) == {1}
    traces = Counter(row["trace_number"] for row in truth("remittances") if row["duplicate_of"] == "False")
    assert set(traces.values()) == {1}
    assert set(Counter(row["batch_id"] for row in truth("batches")).values()) == {1}


def test_exact_trace_means_exact() -> None:
    """Links by exact trace carry the trace in the bank's text, letters and zeros and spaces aside; so do those whose
    amount differs and those paid twice, and no other."""
    text: dict[str, str] = {}
    for file in files_of("bank_bai2"):
        last = ""
        for line in (COMMITTED / file["file"]).read_text(encoding="ascii").splitlines():
            if line.startswith("16,"):
                last = next(field for field in line.split(",")[4:] if len(field) == 13 and field.startswith("261"))
                text[last] = line
            elif line.startswith("88,") and last:
                text[last] += line[3:]
            else:
                last = ""
    links: dict[str, dict[str, str]] = defaultdict(dict)
    for row in truth("links"):
        if row["kind"] == "one_to_one":
            links[row["link_id"]] |= {row["side"]: row["reference"], "evidence": row["evidence"]}
            links[row["link_id"]]["planted"] = row["planted"]
    for link in links.values():
        carries = link["remittance"].lstrip("0") in text[link["bank"]].upper().replace(" ", "")
        has_trace = link["evidence"] in ("exact_trace", "cheque_number", "amount_differs")
        assert carries == (has_trace or link["planted"] == "paid_twice"), link


def test_the_batch_of_612_40() -> None:
    """Deposited minus posted: a swap of 540.00 and a give-back of 72.40, both short."""
    (row,) = [row for row in truth("variances") if row["planted"] == "the_612_40"]
    assert row["variance"] == "612.40" and row["causes"] == "transposition;provider_adjustment"
    assert row["control_total"] == row["remitted_total"] == row["deposited_total"]
    lines = [
        line
        for file in files_of("posting_batches")
        for line in table(COMMITTED / file["file"])
        if line["batch_id"] == row["batch_id"]
    ]
    assert "1288.00" in [line["amount"] for line in lines]
    assert total(lines, "amount") == money(row["posted_total"]) == money(row["deposited_total"]) - money("612.40")


def test_most_batches_tie_and_every_other_is_explained() -> None:
    """Posting files hold the posted totals; variances list exactly the batches that do not tie."""
    posted: dict[str, Decimal] = defaultdict(Decimal)
    for file in files_of("posting_batches"):
        for line in table(COMMITTED / file["file"]):
            posted[line["batch_id"]] += money(line["amount"])
    batches = truth("batches")
    assert posted == {row["batch_id"]: money(row["posted_total"]) for row in batches}
    untied = {row["batch_id"] for row in batches if row["ties"] == "False"}
    assert untied == {row["batch_id"] for row in truth("variances")} & set(posted)
    assert len(untied) < len(batches) / 4


def test_totals_agree_with_the_tables() -> None:
    """The JSON is the tables summed."""
    totals = json.loads((COMMITTED / "truth" / "totals.json").read_text(encoding="utf-8"))
    assert totals["counts"] == {name: len(truth(name)) for name in totals["counts"]}
    assert money(totals["credit_balances"]) == total(truth("credits"), "credit_balance")
    once = [row for row in truth("remittances") if row["duplicate_of"] == "False"]
    assert money(totals["remitted_counted_once"]) == total(once, "amount")
    assert money(totals["posted"]) == total(truth("batches"), "posted_total")
