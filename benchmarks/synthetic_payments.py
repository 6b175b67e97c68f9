"""Remittances and bank lines for measuring the matching: seeded, as many of each, with the truth of who paid what.

The mix is `MIX`; names of kinds say what the bank line keeps of its remittance. Everything is made as columns and
written straight into a store's own tables. A day is counted in business days from `FIRST_DATE`; money is in cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.parsed import PLACES_PER_FILE
from analysis.store import Store
from analysis.store.rows import insert_rows, next_id, table_columns
from benchmarks.synthetic_columns import (
    Numbers,
    company_ids,
    cut,
    dates_of,
    joined,
    money,
    payer_names,
    places_in,
    random_keys,
    same,
    text_of,
)
from benchmarks.synthetic_mix import CHEQUES, DAYS, KINDS, UNTRACED, Deposits, Payments, deposits_of, payments_of

ALL_TRACES = 900_000_000
STRIDE = 387_420_491
"""Shares no factor with `ALL_TRACES`, so that numbers a stride apart never meet."""


@dataclass(frozen=True, slots=True)
class World:
    """Rows by table of the store, and for each remittance its kind (a place in `KINDS`) and deposit (-1 for none)."""

    tables: dict[str, pa.Table]
    remittance_ids: Numbers
    bank_ids: Numbers
    kinds: Numbers
    last_date: date


def made(count: int, seed: int, first_file: int, first_day: int = 0, days: int = DAYS, first_number: int = 0) -> World:
    """`count` remittances and `count` bank lines; files are numbered from `first_file`, traces from `first_number`."""
    rng = np.random.default_rng(seed)
    payments = payments_of(rng, count, first_day, days, first_number)
    deposits = deposits_of(rng, payments, first_day, days)
    told, posted = np.argsort(payments.sent_days, kind="stable"), np.argsort(deposits.days, kind="stable")
    files_835 = first_file + payments.sent_days - payments.sent_days.min()
    files_bank = int(files_835.max()) + 1 + deposits.days - deposits.days.min()
    remittance_places, bank_places = places_in(told), places_in(posted)
    traces = _traces(payments)
    remittances = _remittances(payments, traces, files_835, remittance_places)
    lines, keys = _bank_lines(rng, payments, deposits, traces, files_bank, bank_places)
    tables = {
        "source_file": _files(np.unique(files_835), "835"),
        "remittance": remittances.take(told),
        "claim_payment": _claims(payments, files_835, remittance_places).take(told),
        "bank_transaction": lines.take(posted),
        "bank_trace": keys,
    }
    tables["source_file"] = pa.concat_tables([tables["source_file"], _files(np.unique(files_bank), "bai2")])
    tables["bank_statement"] = _statements(files_bank, deposits.days)
    paid_by = np.full(count, -1)
    has_deposit = ~payments.are("alone")
    paid_by[deposits.pays[deposits.pays >= 0]] = np.flatnonzero(deposits.pays >= 0)
    paid_by = np.where(payments.are("lump"), paid_by[payments.leader], paid_by)
    bank_ids = np.where(has_deposit, (files_bank * PLACES_PER_FILE + bank_places)[paid_by], -1)
    last_day = int(max(payments.days.max(), payments.sent_days.max(), deposits.days.max()))
    last_date = dates_of(np.array([last_day]))[0].as_py()
    return World(tables, files_835 * PLACES_PER_FILE + remittance_places, bank_ids, payments.kinds, last_date)


def write(store: Store, count: int, seed: int, first_day: int = 0, days: int = DAYS, first_number: int = 0) -> World:
    """A world made and stored in one transaction; returns it."""
    files = 2 * days + 20

    def work(cursor: Any) -> World:
        first_file = next_id(cursor, "file", files) - files + 1
        world = made(count, seed, first_file, first_day, days, first_number)
        columns = table_columns(cursor)
        for name, rows in world.tables.items():
            insert_rows(cursor, columns, name, rows)
        return world

    world = store.write(work)
    store.checkpoint()
    return world


# --- traces ---------------------------------------------------------------------------------------------------------


def _traces(payments: Payments) -> pa.Array:
    """What the remittances say: 12, 16 or 23 characters by payer, or a cheque number of eight digits."""
    return _trace_texts(payments, _scattered(payments.numbers))


def _scattered(numbers: Numbers) -> Numbers:
    """Nine digits without a leading zero, another for each number."""
    return 100_000_000 + numbers * STRIDE % ALL_TRACES


def _trace_texts(payments: Payments, digits: Numbers) -> pa.Array:
    payer, number = text_of(100 + payments.payers), text_of(digits)
    day = pc.strftime(dates_of(payments.days), "%Y%m%d")
    short = joined(payer, number)
    dated = joined("C", pc.utf8_slice_codeunits(day, 2), number)
    long = joined(day, number, "100", payer)
    cheque = text_of(10_000_000 + payments.numbers)
    style = np.where(payments.are("cut"), 1 + payments.payers % 2, payments.payers % 3)
    style = np.where(payments.are(*CHEQUES), 3, style)
    return pc.choose(pa.array(style), short, dated, long, cheque)


def _traces_at_bank(rng: np.random.Generator, payments: Payments, traces: pa.Array) -> pa.Array:
    """What their bank lines keep of the traces; null where nothing."""
    digits = _scattered(payments.numbers)
    place = 10 ** rng.integers(0, 8, len(digits))
    old = digits // place % 10
    mistaken = digits + ((old + rng.integers(1, 10, len(digits))) % 10 - old) * place
    ends = [pc.utf8_slice_codeunits(traces, -length, None) for length in (8, 9, 11)]
    kept = {
        "cut": pc.utf8_slice_codeunits(traces, 0, 15),
        "suffix": pc.choose(pa.array(rng.integers(0, 3, len(digits))), *ends),
        "digit": _trace_texts(payments, mistaken),
    }
    found = traces
    for kind, texts in kept.items():
        found = pc.if_else(pa.array(payments.are(kind)), texts, found)
    return pc.if_else(pa.array(payments.are(*UNTRACED)), None, found)


# --- rows -----------------------------------------------------------------------------------------------------------


def _remittances(payments: Payments, traces: pa.Array, files: Numbers, places: Numbers) -> pa.Table:
    count = len(places)
    is_cheque = pa.array(payments.are(*CHEQUES))
    company, name = company_ids(payments.payers), payer_names(payments.payers)
    columns = {
        "file_id": files,
        "place": places,
        "last_place": places,
        "source": same("835", count),
        "interchange_control_number": text_of(files),
        "interchange_date": dates_of(payments.sent_days),
        "group_date": dates_of(payments.sent_days),
        "handling_code": same("I", count),
        "payment_amount": money(payments.cents),
        "credit_debit_flag": same("C", count),
        "payment_method": pc.if_else(is_cheque, "CHK", "ACH"),
        "payment_format": pc.if_else(is_cheque, None, "CCP"),
        "originating_company_id": company,
        "payee_bank_account": pc.if_else(is_cheque, None, "100000001"),
        "payment_date": dates_of(payments.days),
        "trace_number": traces,
        "trace_key": traces,
        "trace_payer_id": company,
        "production_date": dates_of(payments.sent_days),
        "payer_name": name,
        "payer_id": text_of(60_000 + payments.payers),
        "payee_name": same("RIVERBEND HOSPITAL", count),
        "payee_id": same("1888888884", count),
        "content_key": joined("content ", text_of(payments.numbers)),
    }
    return pa.table(columns)


def _claims(payments: Payments, files: Numbers, places: Numbers) -> pa.Table:
    """One claim a remittance, so that every remittance balances."""
    amounts = money(payments.cents)
    columns = {
        "file_id": files,
        "place": places,
        "remittance_place": places,
        "claim_id": joined("A", text_of(10_000_000 + payments.numbers)),
        "claim_status": same("1", len(places)),
        "charge_amount": amounts,
        "paid_amount": amounts,
    }
    return pa.table(columns)


def _bank_lines(
    rng: np.random.Generator,
    payments: Payments,
    deposits: Deposits,
    traces: pa.Array,
    files: Numbers,
    places: Numbers,
) -> tuple[pa.Table, pa.Table]:
    """The bank lines, and what in them may be a trace: what is kept of it, and the bank's own reference."""
    count = len(places)
    pays = pa.array(deposits.pays, mask=deposits.pays < 0)
    told = _traces_at_bank(rng, payments, traces).take(pays)
    strange = joined("9", text_of(_scattered(-1 - np.arange(count) // 2)))
    is_strange = (deposits.pays < 0) & (np.arange(count) % 2 == 0)
    told = pc.if_else(pa.array(is_strange), strange, told)
    kinds = np.where(deposits.pays < 0, -1, payments.kinds[deposits.pays])
    is_lump, is_cheque = pa.array(kinds == KINDS.index("lump")), pa.array(kinds == KINDS.index("cheque"))
    is_paper = pc.or_(is_lump, is_cheque)
    own = company_ids(deposits.payers)
    vendor = joined("1", text_of(900_000_000 + deposits.payers % 5))
    company = pc.if_else(is_paper, None, pc.if_else(pa.array(kinds == KINDS.index("vendor")), vendor, own))
    name = pc.if_else(is_paper, None, pc.utf8_rtrim_whitespace(cut(payer_names(deposits.payers), 16)))
    addenda = pc.coalesce(joined(" TRN*1*", told, "*", company, "\\"), pa.scalar(""))
    text = joined(pc.coalesce(name, pa.scalar("DEPOSIT")), " HCCLAIMPMT", addenda)
    text = pc.if_else(is_paper, joined("LOCKBOX DEPOSIT ", text_of(deposits.items), " ITEMS"), text)
    reference = text_of(7_000_000_000_000 + files * 1_000_000 + places)
    accounts = pc.cast(is_paper, pa.int32())
    columns = {
        "file_id": files,
        "place": places,
        "last_place": places,
        "bank_statement_place": pc.add(accounts, 1),
        "bank_account": pc.if_else(is_paper, "200000002", "100000001"),
        "posted_date": dates_of(deposits.days),
        "type_code": pc.if_else(is_lump, "115", pc.if_else(is_cheque, "301", "142")),
        "line_kind": pc.if_else(is_lump, "lockbox", pc.if_else(is_cheque, "cheque_deposit", "ach")),
        "amount": money(deposits.cents),
        "bank_reference": reference,
        "customer_reference": pc.if_else(is_cheque, told, None),
        "description": text,
        "company_name": name,
        "company_id": company,
        "row_key": random_keys(rng, count),
        "occurrence": np.ones(count, np.int32),
    }
    found_in = pc.if_else(is_cheque, "customer_reference", "trn_segment")
    keys = [
        _keys(files, places, 1, pc.utf8_ltrim(told, "0"), found_in),
        _keys(files, places, 2, reference, same("bank_reference", count)),
    ]
    return pa.table(columns), pa.concat_tables(keys).sort_by([("file_id", "ascending"), ("place", "ascending")])


def _keys(files: Numbers, places: Numbers, position: int, keys: pa.Array, found_in: pa.Array) -> pa.Table:
    columns = {
        "file_id": files,
        "place": places,
        "position": np.full(len(places), position, np.int32),
        "bank_transaction_place": places,
        "trace_key": keys,
        "found_in": found_in,
    }
    return pa.table(columns).filter(pc.is_valid(keys))


def _statements(files: Numbers, days: Numbers) -> pa.Table:
    """One a day for each of the two bank accounts."""
    own, first = np.unique(files, return_index=True)
    dates = dates_of(np.tile(days[first], 2))
    columns = {
        "file_id": np.tile(own, 2),
        "place": np.repeat(np.array([1, 2], np.int32), len(own)),
        "bank_account": pa.array(np.repeat(["100000001", "200000002"], len(own))),
        "currency": same("USD", 2 * len(own)),
        "as_of_date": dates,
        "group_status": same("1", 2 * len(own)),
        "as_of_modifier": same("2", 2 * len(own)),
        "file_created_date": dates,
    }
    return pa.table(columns)


def _files(files: Numbers, kind: str) -> pa.Table:
    count = len(files)
    columns = {
        "file_id": files,
        "file_name": joined("synthetic ", text_of(files), ".", kind),
        "kind": same(kind, count),
        "sha256": pc.utf8_lpad(text_of(files), 64, "0"),
        "size_bytes": np.full(count, 1_000),
        "loaded_at": pa.array([datetime.now(UTC).replace(tzinfo=None)] * count),
        "loaded_by": same("benchmark", count),
    }
    return pa.table(columns)
