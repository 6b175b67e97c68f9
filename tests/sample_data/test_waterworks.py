"""The invented service company's fortnight is what its truth says it is, and ties out."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.credits.audit import credits
from analysis.days import AGING_BUCKETS
from analysis.match.unmatched import unmatched
from analysis.sample import AS_OF, SERVICE_COMPANY
from analysis.store import Store
from analysis.store.files import files, findings
from analysis.tieout.variances import variances
from analysis.tieout.verify import verify
from sample_data.waterworks import generate
from tests.stores import service_store

COMMITTED = SERVICE_COMPANY.folder.parent


def truth(name: str) -> list[dict[str, str]]:
    """A committed table of truth."""
    with (SERVICE_COMPANY.truth_folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def digests(folder: Path) -> dict[str, str]:
    """Every file of a generated folder by its hash."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def company() -> Iterator[Store]:
    """The sample, loaded and matched."""
    with service_store() as store:
        yield store


def test_same_seed_gives_the_committed_bytes(tmp_path: Path) -> None:
    """The committed files are seed 7, byte for byte."""
    generate(tmp_path, seed=7)
    assert digests(tmp_path) == digests(COMMITTED)


def test_every_file_is_known_for_what_it_is(company: Store) -> None:
    """By content, as the truth names it; no 835 among them, and nothing is wrong but what was planted."""
    kinds = {Path(row["file"]).name: row["kind"] for row in truth("files")}
    loaded = files(company)
    names = [Path(name).name for name in loaded["file_name"]]
    assert dict(zip(names, loaded["kind"], strict=True)) == kinds
    assert not any("835" in kind for kind in kinds.values())
    assert len(findings(company, AS_OF)) == len(truth("variances"))


def test_all_of_its_deposits_are_explained(company: Store) -> None:
    """Nothing is left unexplained, and what differs is what was planted: a slip of the keys and a deduction."""
    found = variances(company, AS_OF)
    assert set(found["unexplained"]) == {Decimal("0.00")}
    wanted = {(row["batch_id"], Decimal(row["variance"]), row["causes"]) for row in truth("variances")}
    assert set(zip(found["batch_id"], found["variance"], found["causes"], strict=True)) == wanted
    assert {row["causes"] for row in truth("variances")} == {"transposition", "keyed_amount"}
    assert not any(one.failures for one in verify(company))


def test_what_stays_open_is_what_was_planted(company: Store) -> None:
    """A wire of nobody, and an advice whose money is still to come."""
    found = unmatched(company, AS_OF)
    wanted = {(row["item_type"], row["reference"], Decimal(row["amount"])) for row in truth("unmatched")}
    assert set(zip(found["item_type"], found["reference"], found["amount"], strict=True)) == wanted


def test_its_credits_age_and_say_why(company: Store) -> None:
    """Account, amount, day, cause, disposition and whom it is owed to; every age bucket has one."""
    columns = ["account_number", "credit_balance", "aging_bucket", "cause", "disposition", "owed_to"]
    found = credits(company, AS_OF)
    told = {tuple(str(row[name] or "") for name in columns) for row in found[columns].fillna("").to_dict("records")}
    assert told == {tuple(row[name] for name in columns) for row in truth("credits")}
    assert set(found["aging_bucket"]) == {label for label, _, _ in AGING_BUCKETS}
    days = {row["account_number"]: row["credit_date"] for row in truth("credits")}
    assert {row["account_number"]: str(row["credit_date"]) for row in found.to_dict("records")} == days
