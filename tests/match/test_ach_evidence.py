"""A credit told by an ACH file and by the bank's statement counts once, and the addenda tie it to its remittance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from analysis.match.run import match
from analysis.store import Store, query
from analysis.tieout.returned import returned_items
from tests.files import AchEntry, ach, bank_lines, batch_csv, loaded, remittance_835
from tests.stores import empty_store

DAY = date(2026, 11, 3)
ADVICE = remittance_835("99345678", "100.00")
PAID = AchEntry("100.00", "99345678")
MUTE = bank_lines(("142", "100.00", "ACH CREDIT RECEIVED"), day="261102")
"""A statement that shows the credit without its addenda, as most do."""


def counted(store: Store) -> list[tuple[Decimal, str | None]]:
    """Amount and reason not to count of every bank line."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "select amount, not_counted from bank_transactions order by amount, not_counted nulls first"
        )
        return rows.fetchall()


def rules(store: Store) -> set[tuple[str, str]]:
    with store.cursor() as cursor:
        return set(cursor.execute("select rule, status from match_standing where status <> 'ended'").fetchall())


def test_addenda_that_come_after_a_run_tie_the_line_to_its_remittance() -> None:
    """Nothing but the entry's trace ties the two: the run before it proposes at most, the run after it confirms.

    The statement's line counts, the entry does not.
    """
    with empty_store() as store:
        loaded(store, ADVICE, remittance_835("99345679", "100.00", control=2), MUTE)
        match(store, DAY, "tests")
        assert ("exact_trace", "confirmed") not in rules(store)
        loaded(store, ach(PAID))
        match(store, DAY, "tests")
        assert ("exact_trace", "confirmed") in rules(store)
        assert counted(store) == [(Decimal("100.00"), None), (Decimal("100.00"), "told by the bank statement")]
        with store.cursor() as cursor:
            names = cursor.execute("select company_name from bank_transactions where not_counted is null").fetchall()
        assert names == [("TEST PAYER",)]
        assert [query(store, f"verify/{name}").empty for name in ("file_records", "file_totals", "orphans")] == [
            True
        ] * 3


def test_an_entry_alone_is_a_deposit_until_the_statement_comes() -> None:
    """It is matched at once; with the statement the match moves to the statement's line."""
    with empty_store() as store:
        loaded(store, ADVICE, ach(PAID))
        match(store, DAY, "tests")
        assert counted(store) == [(Decimal("100.00"), None)]
        assert rules(store) == {("exact_trace", "confirmed")}
        loaded(store, MUTE)
        match(store, DAY, "tests")
        with store.cursor() as cursor:
            (tied,) = cursor.execute(
                "select count(distinct line.bank_transaction_id) from match_links as link "
                "inner join bank_transactions as line on link.fact_id = cast(line.bank_transaction_id as varchar) "
                "where link.side = 'bank' and link.status = 'confirmed' and line.not_counted is null"
            ).fetchone() or (0,)
        assert tied == 1


@pytest.mark.parametrize(
    ("statement", "reasons"),
    [
        pytest.param(
            bank_lines(("142", "100.00", "A"), ("142", "100.00", "B")),
            ["told by the bank statement", "told by the bank statement"],
            id="two alike: neither is guessed",
        ),
        pytest.param(
            bank_lines(("142", "200.00", "ACH SETTLEMENT OF TWO")),
            ["not on the bank statement of its day", "not on the bank statement of its day"],
            id="told as one sum",
        ),
    ],
)
def test_where_it_is_not_clear_the_statement_alone_counts(statement: bytes, reasons: list[str]) -> None:
    """The deposits are those of the statement, and no addenda are put to a line that may not be theirs."""
    with empty_store() as store:
        loaded(store, statement, ach(PAID, AchEntry("100.00", "99345679", trace="091000010000002")))
        assert sorted(reason for _, reason in counted(store) if reason) == sorted(reasons)
        assert sum(amount for amount, reason in counted(store) if reason is None) == Decimal("200.00")
        with store.cursor() as cursor:
            found = cursor.execute("select count(told_by_entry_id) from bank_transactions").fetchone()
        assert found == (0,)


def test_an_entry_to_a_person_is_not_ours() -> None:
    """A PPD goes to somebody's own account; it counts where a statement of ours names that account."""
    with empty_store() as store:
        loaded(store, ach(PAID, sec="PPD"))
        assert counted(store) == [(Decimal("100.00"), "not to an account of ours")]
        loaded(store, bank_lines(("699", "1.00", "FEE"), day="261030"))
        assert (Decimal("100.00"), None) in counted(store)


def test_a_return_undoes_the_posted_payment_that_it_names() -> None:
    """The posted line under the original trace is what the return takes back."""
    posted = batch_csv([("B1", "25.00", "ACC7", "091000010000009", "PAYMENT", "25.00")], batch_type="PATIENT")
    bounced = AchEntry("25.00", code="26", account="999", returns=("R01", "091000010000009"))
    with empty_store() as store:
        loaded(store, posted, ach(bounced, sec="WEB", settled="261103"))
        (row,) = returned_items(store, DAY).to_dict("records")
        assert (row["amount"], row["by_reference"], row["batch_id"]) == (Decimal("-25.00"), True, "B1")
        loaded(store, bank_lines(("142", "1.00", "SOMETHING ELSE"), day="261103"))
        assert [reason for _, reason in counted(store)] == [None, None]
        loaded(store, bank_lines(("557", "25.00", "ACH RETURN"), day="261103"))
        assert [reason for _, reason in counted(store)] == [None, "told by the bank statement", None]
        (row,) = returned_items(store, DAY).to_dict("records")
        assert (row["by_reference"], row["batch_id"]) == (True, "B1")


def test_entries_know_what_they_return_and_who_tells_them() -> None:
    """The public view ties an entry to its statement line, and a return to the entry that it returns."""
    bounced = AchEntry("100.00", code="26", trace="072000320000001", returns=("R23", "091000010000001"))
    with empty_store() as store:
        loaded(store, ach(PAID), MUTE, ach(bounced, settled="261103"))
        with store.cursor() as cursor:
            rows = cursor.execute(
                "select entry_kind, payment_information, told_by_line_id is not null, returns_entry_id is not null "
                "from ach_entries order by entry_kind"
            ).fetchall()
        assert rows == [
            ("payment", "TRN*1*99345678*1999999999~", True, False),
            ("return", None, False, True),
        ]
