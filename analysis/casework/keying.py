"""Keying cheques and cash by hand: a batch with its control total, the lines of the ten-key pad, paper remittances.

Every change is appended as a version. An open batch decides nothing; once it balances it is closed
(`analysis.casework.keyed_close`) and becomes facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pandas as pd

from analysis.casework.ten_key import Entry
from analysis.intake.cheques import Cheque, Fault, faults
from analysis.intake.micr import read_micr
from analysis.match.closed_days import refuse_ahead
from analysis.match.decisions import Who, decision_day, needed
from analysis.money import ZERO, show
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, now
from analysis.store.queries import query_table

Result = TypeVar("Result")
Row = Mapping[str, Any]

BATCH_TYPES = ("MANUAL", "LOCKBOX", "PATIENT")
DETAILS = (
    "payment_method",
    "payer_name",
    "account_number",
    "routing_number",
    "check_account",
    "check_number",
    "check_date",
    "micr_line",
    "written_amount",
    "payee_name",
    "memo",
)
"""What of a line can be keyed beside its amount."""

CLAIM_FIELDS = ("claim_id", "charge_amount", "paid_amount", "patient_responsibility", "payer_claim_control_number")


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of a batch before it is keyed. control_total: US dollars, by the adding machine or the mail log."""

    control_total: Decimal
    control_count: int
    received_date: date
    deposit_date: date
    batch_type: str = "MANUAL"
    bank_account: str | None = None
    payer_name: str | None = None


def keyed_batches(store: Store, status: str | None = None) -> pd.DataFrame:
    """The batches keyed by hand, the newest first; only those of that status. Units: US dollars; times in UTC."""
    return query(store, "keying/batches", {"status": status})


def batch_told(store: Store, batch: int) -> Row | None:
    """One keyed batch as it stands, None where there is none of that number."""
    found = query_table(store, "keying/batch_told", {"keyed_batch_id": batch}).to_pylist()
    return found[0] if found else None


def keyed_lines(store: Store, batch: int) -> pd.DataFrame:
    """The lines of the batch, void ones too. Grain: one row per line. Units: US dollars."""
    return query(store, "keying/lines", {"keyed_batch_id": batch})


def keyed_claims(store: Store, batch: int) -> pd.DataFrame:
    """The lines of its paper remittances, void ones too. Grain: one row per line of advice. Units: US dollars."""
    return query(store, "keying/claims", {"keyed_batch_id": batch})


def start_batch(store: Store, header: Header, who: Who) -> int:
    """A new batch is open for keying; returns its number. Raises `DecisionRefused` for a header that cannot be."""

    def work(writer: MatchWriter) -> int:
        _refuse_header(writer, header, who)
        batch = writer.next_ids("keyed_batch", 1) + 1
        _insert(writer, "keyed_batch", {"keyed_batch_id": batch, "version": 1, **asdict(header)}, who)
        return batch

    return written(store, work)


def change_header(store: Store, batch: int, version: int, header: Header, who: Who) -> None:
    """The batch has another header; its lines stay."""

    def work(writer: MatchWriter) -> None:
        told = open_batch(writer, batch)
        if told["version"] != version:
            raise DecisionRefused(f"batch {batch}: its header was changed since it was shown; look at it again")
        _refuse_header(writer, header, who)
        _insert(writer, "keyed_batch", {"keyed_batch_id": batch, "version": version + 1, **asdict(header)}, who)

    written(store, work)


def carry_out(store: Store, batch: int, typed: Entry, who: Who, payment_method: str = "CHECK") -> int:
    """The entry of the ten-key pad is carried out; returns the line it is about.

    Raises `DecisionRefused` where the batch is not open, or no such line stands.
    """

    def work(writer: MatchWriter) -> int:
        open_batch(writer, batch)
        lines = writer.ask("keying/lines", {"keyed_batch_id": batch})
        if typed.does == "add":
            number = max((one["line_number"] for one in lines), default=0) + 1
            row = {"keyed_batch_id": batch, "line_number": number, "version": 1, "payment_method": payment_method}
            _insert(writer, "keyed_line", {**row, "amount": typed.amount, "is_void": False}, who)
            return number
        line = _meant(typed, lines)
        changed = {"is_void": True} if typed.does == "void" else {"amount": typed.amount}
        return _new_version(writer, batch, line, changed, who)

    return written(store, work)


def change_line(store: Store, batch: int, line_number: int, version: int, details: Row, who: Who) -> None:
    """The line has other details; those of its MICR line that are not keyed are taken from it.

    Raises `DecisionRefused` where it was changed since it was shown, or is void.
    """

    def work(writer: MatchWriter) -> None:
        open_batch(writer, batch)
        line = _line(writer, batch, line_number)
        if line["version"] != version:
            raise DecisionRefused(f"line {line_number} was changed since it was shown; look at it again")
        told = {name: _trimmed(value) for name, value in details.items() if name in (*DETAILS, "amount")}
        _new_version(writer, batch, line, _with_micr({**line, **told}), who)

    written(store, work)


def add_claim(store: Store, batch: int, line_number: int, claim: Row, who: Who) -> int:
    """A line of the paper remittance that came with the cheque is keyed; returns its number.

    Raises `DecisionRefused` without a claim or account number.
    """

    def work(writer: MatchWriter) -> int:
        open_batch(writer, batch)
        _line(writer, batch, line_number)
        told = {name: _trimmed(claim.get(name)) for name in CLAIM_FIELDS}
        if told["claim_id"] is None or told["paid_amount"] is None:
            raise DecisionRefused("a line of a remittance has a claim or account number and what was paid, 0.00 too")
        lines = writer.ask("keying/claims", {"keyed_batch_id": batch})
        number = max((one["claim_number"] for one in lines if one["line_number"] == line_number), default=0) + 1
        row = {"keyed_batch_id": batch, "line_number": line_number, "claim_number": number, "version": 1}
        _insert(writer, "keyed_claim", {**row, **told, "is_void": False}, who)
        return number

    return written(store, work)


def void_claim(store: Store, batch: int, line_number: int, claim_number: int, version: int, who: Who) -> None:
    """The line of the paper remittance counts no more."""

    def work(writer: MatchWriter) -> None:
        open_batch(writer, batch)
        for claim in writer.ask("keying/claims", {"keyed_batch_id": batch}):
            if (claim["line_number"], claim["claim_number"]) == (line_number, claim_number):
                if claim["version"] != version or claim["is_void"]:
                    raise DecisionRefused("that remittance line was changed since it was shown; look at it again")
                _insert(
                    writer,
                    "keyed_claim",
                    {**claim, "keyed_batch_id": batch, "version": version + 1, "is_void": True},
                    who,
                )
                return
        raise DecisionRefused(f"line {line_number} has no remittance line {claim_number}")

    written(store, work)


def discard(store: Store, batch: int, who: Who, reason: str) -> None:
    """The batch is not made; what was keyed stays on record."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        open_batch(writer, batch)
        end(writer, batch, "discarded", who, needed(reason, "a batch is discarded"), day)

    written(store, work)


def end(writer: MatchWriter, batch: int, ended_as: str, who: Who, reason: str, day: date) -> None:
    """The batch is keyed no more."""
    made = writer.decide_about("keyed_batch", str(batch), ended_as, who.name, reason, day)
    writer.insert("keyed_end", [{"keyed_batch_id": batch, "decision_id": made, "ended_as": ended_as}])


def open_batch(writer: MatchWriter, batch: int) -> Row:
    """The batch as it stands. Raises `DecisionRefused` where it is not open."""
    found = writer.ask("keying/batch_told", {"keyed_batch_id": batch})
    if not found:
        raise DecisionRefused(f"there is no keyed batch {batch}")
    if found[0]["status"] != "open":
        raise DecisionRefused(f"batch {batch} is {found[0]['status']}: it cannot be changed")
    return found[0]


def line_faults(
    lines: list[dict[str, Any]], duplicates: list[dict[str, Any]], received_on: date, payees: tuple[str, ...]
) -> dict[int, list[Fault]]:
    """What is wrong with the standing cheques, by line number; those taken before say where."""
    twice = {one["line_number"]: one["found_in"] for one in duplicates}
    found: dict[int, list[Fault]] = {}
    for line in lines:
        if line["is_void"] or line["payment_method"] != "CHECK":
            continue
        told = {name: line[name] for name in Cheque.__slots__ if name in line}
        own = faults(Cheque(**told, received_on=received_on), payees)
        if line["line_number"] in twice:
            own.insert(0, Fault("duplicate_cheque", f"the same cheque was taken before: {twice[line['line_number']]}"))
        if own:
            found[line["line_number"]] = own
    return found


def written(store: Store, work: Callable[[MatchWriter], Result]) -> Result:
    """The work in one transaction, whole or not at all."""
    return store.write(lambda cursor: work(MatchWriter(cursor)))


def _refuse_header(writer: MatchWriter, header: Header, who: Who) -> None:
    writer.refuse_closed(header.deposit_date)
    refuse_ahead(header.deposit_date, writer.ask("store/latest_day")[0]["latest_day"])
    decision_day(writer, who)
    if header.control_total <= ZERO or header.control_count <= 0:
        raise DecisionRefused("a batch has a control total and a count above zero, taken before it is keyed")
    if header.received_date > header.deposit_date:
        raise DecisionRefused("a deposit is made on the day it was received or later")
    if header.batch_type not in BATCH_TYPES:
        raise DecisionRefused(f"a keyed batch is one of {', '.join(BATCH_TYPES)}")


def _meant(typed: Entry, lines: list[dict[str, Any]]) -> Row:
    """The standing line that the entry names: by number, else the newest of the amount, else the last."""
    standing = [one for one in lines if not one["is_void"]]
    if typed.line_number is not None:
        standing = [one for one in standing if one["line_number"] == typed.line_number]
        if not standing:
            raise DecisionRefused(f"line {typed.line_number} does not stand in this batch")
    elif typed.amount is not None:
        standing = [one for one in standing if one["amount"] == typed.amount]
        if not standing:
            raise DecisionRefused(f"no line of {show(typed.amount)} stands that could be taken back")
    elif not standing:
        raise DecisionRefused("there is no line that could be taken back")
    return standing[-1]


def _line(writer: MatchWriter, batch: int, line_number: int) -> Row:
    for line in writer.ask("keying/lines", {"keyed_batch_id": batch}):
        if line["line_number"] == line_number and not line["is_void"]:
            return line
    raise DecisionRefused(f"line {line_number} does not stand in this batch")


def _new_version(writer: MatchWriter, batch: int, line: Row, changed: Row, who: Who) -> int:
    kept = {name: line[name] for name in ("line_number", "amount", "is_void", *DETAILS)}
    row = {**kept, **{name: value for name, value in changed.items() if name in kept}}
    if row["amount"] <= ZERO:
        raise DecisionRefused("a line has an amount above zero")
    _insert(writer, "keyed_line", {"keyed_batch_id": batch, **row, "version": line["version"] + 1}, who)
    return int(row["line_number"])


def _with_micr(line: dict[str, Any]) -> dict[str, Any]:
    micr = read_micr(line["micr_line"]) if line["micr_line"] else None
    if micr is None:
        return line
    scanned = {name: getattr(micr, name) for name in ("routing_number", "check_account", "check_number")}
    return line | {name: value for name, value in scanned.items() if line[name] is None}


def _insert(writer: MatchWriter, table: str, row: Row, who: Who) -> None:
    known = {name: value for name, value in row.items() if name in writer.columns[table]}
    writer.insert(table, [{**known, "keyed_by": who.name, "keyed_at": now()}])


def _trimmed(value: Any) -> Any:
    return (value.strip() or None) if isinstance(value, str) else value
