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
from numpy.typing import NDArray

from analysis.intake.parsed import PLACES_PER_FILE
from analysis.money import MONEY
from analysis.store import Store
from analysis.store.rows import insert_rows, next_id, table_columns

MIX = {
    "exact": 50,  # trace, payer's company id and amount
    "vendor": 10,  # trace and amount; the company id is a vendor's
    "cut": 4,  # the trace's first 15 characters, company id, amount
    "suffix": 4,  # its last 8 to 11 characters, company id, amount
    "digit": 4,  # one digit wrong, company id, amount
    "payer": 13,  # no trace; company id, amount, one business day before to three after
    "cheque": 3,  # the cheque's number as customer reference, amount
    "twins": 2,  # no trace, and another payment with the same payer, amount and days
    "lump": 5,  # two to four cheques of a payer's day in one lockbox deposit
    "alone": 5,  # nothing: the money has not come
}
"""Remittances of each kind in a hundred. Bank lines of no remittance fill up to as many lines as remittances."""

KINDS = tuple(MIX)
CHEQUES = ("cheque", "lump")
UNTRACED = ("payer", "twins", "lump")
PAYERS = 200
DAYS = 500
"""Business days that the payments are spread over."""

FIRST_DATE = date(2024, 1, 8)
COMMON_SHARE = 0.2
COMMON_AMOUNTS = 5_000
LEAST_CENTS, MOST_CENTS = 500, 500_000
ALL_TRACES = 900_000_000
STRIDE = 387_420_491
"""Shares no factor with `ALL_TRACES`, so that numbers a stride apart never meet."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class World:
    """Rows by table of the store, and for each remittance its kind (a place in `KINDS`) and deposit (-1 for none)."""

    tables: dict[str, pa.Table]
    remittance_ids: Numbers
    bank_ids: Numbers
    kinds: Numbers
    last_date: date


@dataclass(frozen=True, slots=True)
class _Payments:
    """The remittances, column by column; `leader` is the first payment of a twin's or lump's group, else itself."""

    kinds: Numbers
    leader: Numbers
    payers: Numbers
    cents: Numbers
    days: Numbers
    sent_days: Numbers
    numbers: Numbers

    def are(self, *kinds: str) -> NDArray[np.bool_]:
        """Which of them are of one of these kinds."""
        return np.isin(self.kinds, [KINDS.index(kind) for kind in kinds])


@dataclass(frozen=True, slots=True)
class _Deposits:
    """The bank lines, column by column; `pays` is the position of the (first) remittance paid, -1 for none."""

    pays: Numbers
    payers: Numbers
    cents: Numbers
    days: Numbers
    items: Numbers


def made(count: int, seed: int, first_file: int, first_day: int = 0, days: int = DAYS, first_number: int = 0) -> World:
    """`count` remittances and `count` bank lines; files are numbered from `first_file`, traces from `first_number`."""
    rng = np.random.default_rng(seed)
    payments = _payments(rng, count, first_day, days, first_number)
    deposits = _deposits(rng, payments, first_day, days)
    told, posted = np.argsort(payments.sent_days, kind="stable"), np.argsort(deposits.days, kind="stable")
    files_835 = first_file + payments.sent_days - payments.sent_days.min()
    files_bank = int(files_835.max()) + 1 + deposits.days - deposits.days.min()
    remittance_places, bank_places = _places(told), _places(posted)
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
    last_date = _dates(np.array([last_day]))[0].as_py()
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


# --- who pays what, when --------------------------------------------------------------------------------------------


def _payments(rng: np.random.Generator, count: int, first_day: int, days: int, first_number: int) -> _Payments:
    kinds = _kinds(count)
    leader = _leaders(rng, kinds)
    payers = rng.integers(PAYERS, size=count)[leader]
    paid_days = rng.integers(first_day, first_day + days, count)[leader]
    cents = _amounts(rng, count)
    cents = np.where(kinds == KINDS.index("twins"), cents[leader], cents)
    cents = np.where(kinds == KINDS.index("alone"), cents | 1, cents)
    sent_days = paid_days - rng.integers(0, 3, count)
    return _Payments(kinds, leader, payers, cents, paid_days, sent_days, first_number + np.arange(count))


def _kinds(count: int) -> Numbers:
    """Each remittance's kind, kind after kind; what rounding leaves over is exact, and twins come in pairs."""
    counts = {kind: count * share // 100 // 2 * 2 for kind, share in MIX.items()}
    counts["exact"] += count - sum(counts.values())
    return np.repeat(np.arange(len(KINDS)), list(counts.values()))


def _leaders(rng: np.random.Generator, kinds: Numbers) -> Numbers:
    leader = np.arange(len(kinds))
    twins = np.flatnonzero(kinds == KINDS.index("twins"))
    leader[twins] = np.repeat(twins[::2], 2)
    lumps = np.flatnonzero(kinds == KINDS.index("lump"))
    if len(lumps):
        sizes = rng.integers(2, 5, len(lumps))
        begins = np.concatenate([[0], np.cumsum(sizes)])
        begins = begins[begins <= len(lumps) - 2]
        leader[lumps] = np.repeat(lumps[begins], np.diff(np.append(begins, len(lumps))))
    return leader


def _amounts(rng: np.random.Generator, count: int) -> Numbers:
    common = rng.integers(LEAST_CENTS, MOST_CENTS, COMMON_AMOUNTS)
    own = rng.integers(LEAST_CENTS, MOST_CENTS, count)
    return np.where(rng.random(count) < COMMON_SHARE, rng.choice(common, count), own)


def _deposits(rng: np.random.Generator, payments: _Payments, first_day: int, days: int) -> _Deposits:
    """A line for each payment that came, one for each lump, and lines of none, with even cents (`alone` odd)."""
    count = len(payments.kinds)
    positions = np.arange(count)
    is_paid = ~payments.are("alone") & (~payments.are("lump") | (payments.leader == positions))
    pays = positions[is_paid]
    items = np.where(payments.are("lump"), np.bincount(payments.leader, minlength=count), 1)
    sums = np.zeros(count, np.int64)
    np.add.at(sums, payments.leader, payments.cents)
    cents = np.where(payments.are("lump"), sums, payments.cents)
    lags = np.where(payments.are("payer", "twins"), rng.integers(-1, 4, count), rng.integers(0, 3, count))
    lags = np.where(payments.are(*CHEQUES), rng.integers(1, 5, count), lags)
    arrived = payments.days + lags[payments.leader]
    more = count - len(pays)
    return _Deposits(
        np.concatenate([pays, np.full(more, -1)]),
        np.concatenate([payments.payers[pays], rng.integers(PAYERS, size=more)]),
        np.concatenate([cents[pays], _amounts(rng, more) & ~1]),
        np.concatenate([arrived[pays], rng.integers(first_day, first_day + days, more)]),
        np.concatenate([items[pays], np.ones(more, np.int64)]),
    )


# --- traces ---------------------------------------------------------------------------------------------------------


def _traces(payments: _Payments) -> pa.Array:
    """What the remittances say: 12, 16 or 23 characters by payer, or a cheque number of eight digits."""
    return _trace_texts(payments, _scattered(payments.numbers))


def _scattered(numbers: Numbers) -> Numbers:
    """Nine digits without a leading zero, another for each number."""
    return 100_000_000 + numbers * STRIDE % ALL_TRACES


def _trace_texts(payments: _Payments, digits: Numbers) -> pa.Array:
    payer, number = _text(100 + payments.payers), _text(digits)
    day = pc.strftime(_dates(payments.days), "%Y%m%d")
    short = _joined(payer, number)
    dated = _joined("C", pc.utf8_slice_codeunits(day, 2), number)
    long = _joined(day, number, "100", payer)
    cheque = _text(10_000_000 + payments.numbers)
    style = np.where(payments.are("cut"), 1 + payments.payers % 2, payments.payers % 3)
    style = np.where(payments.are(*CHEQUES), 3, style)
    return pc.choose(pa.array(style), short, dated, long, cheque)


def _traces_at_bank(rng: np.random.Generator, payments: _Payments, traces: pa.Array) -> pa.Array:
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


def _remittances(payments: _Payments, traces: pa.Array, files: Numbers, places: Numbers) -> pa.Table:
    count = len(places)
    is_cheque = pa.array(payments.are(*CHEQUES))
    company, name = _company_ids(payments.payers), _payer_names(payments.payers)
    columns = {
        "file_id": files,
        "place": places,
        "last_place": places,
        "source": _same("835", count),
        "interchange_control_number": _text(files),
        "interchange_date": _dates(payments.sent_days),
        "group_date": _dates(payments.sent_days),
        "handling_code": _same("I", count),
        "payment_amount": _money(payments.cents),
        "credit_debit_flag": _same("C", count),
        "payment_method": pc.if_else(is_cheque, "CHK", "ACH"),
        "payment_format": pc.if_else(is_cheque, None, "CCP"),
        "originating_company_id": company,
        "payee_bank_account": pc.if_else(is_cheque, None, "100000001"),
        "payment_date": _dates(payments.days),
        "trace_number": traces,
        "trace_key": traces,
        "trace_payer_id": company,
        "production_date": _dates(payments.sent_days),
        "payer_name": name,
        "payer_id": _text(60_000 + payments.payers),
        "payee_name": _same("RIVERBEND HOSPITAL", count),
        "payee_id": _same("1888888884", count),
        "content_key": _joined("content ", _text(payments.numbers)),
    }
    return pa.table(columns)


def _claims(payments: _Payments, files: Numbers, places: Numbers) -> pa.Table:
    """One claim a remittance, so that every remittance balances."""
    amounts = _money(payments.cents)
    columns = {
        "file_id": files,
        "place": places,
        "remittance_place": places,
        "claim_id": _joined("A", _text(10_000_000 + payments.numbers)),
        "claim_status": _same("1", len(places)),
        "charge_amount": amounts,
        "paid_amount": amounts,
    }
    return pa.table(columns)


def _bank_lines(
    rng: np.random.Generator,
    payments: _Payments,
    deposits: _Deposits,
    traces: pa.Array,
    files: Numbers,
    places: Numbers,
) -> tuple[pa.Table, pa.Table]:
    """The bank lines, and what in them may be a trace: what is kept of it, and the bank's own reference."""
    count = len(places)
    pays = pa.array(deposits.pays, mask=deposits.pays < 0)
    told = _traces_at_bank(rng, payments, traces).take(pays)
    strange = _joined("9", _text(_scattered(-1 - np.arange(count) // 2)))
    is_strange = (deposits.pays < 0) & (np.arange(count) % 2 == 0)
    told = pc.if_else(pa.array(is_strange), strange, told)
    kinds = np.where(deposits.pays < 0, -1, payments.kinds[deposits.pays])
    is_lump, is_cheque = pa.array(kinds == KINDS.index("lump")), pa.array(kinds == KINDS.index("cheque"))
    is_paper = pc.or_(is_lump, is_cheque)
    own = _company_ids(deposits.payers)
    vendor = _joined("1", _text(900_000_000 + deposits.payers % 5))
    company = pc.if_else(is_paper, None, pc.if_else(pa.array(kinds == KINDS.index("vendor")), vendor, own))
    name = pc.if_else(is_paper, None, pc.utf8_rtrim_whitespace(_cut(_payer_names(deposits.payers), 16)))
    addenda = pc.coalesce(_joined(" TRN*1*", told, "*", company, "\\"), pa.scalar(""))
    text = _joined(pc.coalesce(name, pa.scalar("DEPOSIT")), " HCCLAIMPMT", addenda)
    text = pc.if_else(is_paper, _joined("LOCKBOX DEPOSIT ", _text(deposits.items), " ITEMS"), text)
    reference = _text(7_000_000_000_000 + files * 1_000_000 + places)
    accounts = pc.cast(is_paper, pa.int32())
    columns = {
        "file_id": files,
        "place": places,
        "last_place": places,
        "bank_statement_place": pc.add(accounts, 1),
        "bank_account": pc.if_else(is_paper, "200000002", "100000001"),
        "posted_date": _dates(deposits.days),
        "type_code": pc.if_else(is_lump, "115", pc.if_else(is_cheque, "301", "142")),
        "line_kind": pc.if_else(is_lump, "lockbox", pc.if_else(is_cheque, "cheque_deposit", "ach")),
        "amount": _money(deposits.cents),
        "bank_reference": reference,
        "customer_reference": pc.if_else(is_cheque, told, None),
        "description": text,
        "company_name": name,
        "company_id": company,
        "row_key": _random_keys(rng, count),
        "occurrence": np.ones(count, np.int32),
    }
    found_in = pc.if_else(is_cheque, "customer_reference", "trn_segment")
    keys = [
        _keys(files, places, 1, pc.utf8_ltrim(told, "0"), found_in),
        _keys(files, places, 2, reference, _same("bank_reference", count)),
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
    dates = _dates(np.tile(days[first], 2))
    columns = {
        "file_id": np.tile(own, 2),
        "place": np.repeat(np.array([1, 2], np.int32), len(own)),
        "bank_account": pa.array(np.repeat(["100000001", "200000002"], len(own))),
        "currency": _same("USD", 2 * len(own)),
        "as_of_date": dates,
        "group_status": _same("1", 2 * len(own)),
        "as_of_modifier": _same("2", 2 * len(own)),
        "file_created_date": dates,
    }
    return pa.table(columns)


def _files(files: Numbers, kind: str) -> pa.Table:
    count = len(files)
    columns = {
        "file_id": files,
        "file_name": _joined("synthetic ", _text(files), ".", kind),
        "kind": _same(kind, count),
        "sha256": pc.utf8_lpad(_text(files), 64, "0"),
        "size_bytes": np.full(count, 1_000),
        "loaded_at": pa.array([datetime.now(UTC).replace(tzinfo=None)] * count),
        "loaded_by": _same("benchmark", count),
    }
    return pa.table(columns)


# --- columns --------------------------------------------------------------------------------------------------------


def _places(order: Numbers) -> NDArray[np.int32]:
    """Each row's place, counted from 1, when rows are told in that order."""
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(1, len(order) + 1)
    return places


def _dates(days: Numbers) -> pa.Array:
    return pa.array(np.busday_offset(np.datetime64(FIRST_DATE), days, roll="forward"), pa.date32())


def _money(cents: Numbers) -> pa.Array:
    """US dollars, exact: a decimal's 16 bytes are its cents and their sign."""
    halves = np.stack([cents, cents >> 63], axis=1).astype(np.int64)
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(halves.tobytes())])


def _random_keys(rng: np.random.Generator, count: int) -> pa.Array:
    """32 random hex digits a row."""
    offsets = np.arange(0, 32 * count + 1, 32, dtype=np.int32)
    digits = rng.bytes(16 * count).hex().encode()
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets.tobytes()), pa.py_buffer(digits))


def _company_ids(payers: Numbers) -> pa.Array:
    return _joined("1", _text(400_000_000 + payers * 37))


def _payer_names(payers: Numbers) -> pa.Array:
    return _joined("HEALTH PLAN ", _text(100 + payers), " OF OHIO")


def _cut(texts: pa.Array, most: int) -> pa.Array:
    return pc.utf8_slice_codeunits(texts, 0, most)


def _text(numbers: Numbers) -> pa.Array:
    return pc.cast(pa.array(numbers), pa.string())


def _same(text: str, count: int) -> pa.Array:
    return pa.repeat(text, count)


def _joined(*texts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*texts, "")
