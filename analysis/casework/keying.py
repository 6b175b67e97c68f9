"""Keying cheques and cash by hand: a batch with its control total, the lines of the ten-key pad, paper remittances.

Every change is appended as a version. An open batch decides nothing; once it balances it is closed
(`analysis.casework.keyed_close`) and becomes facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.casework.ten_key import Entry
from analysis.intake.cheques import Cheque, Fault, faults
from analysis.intake.micr import read_micr
from analysis.match.closed_days import refuse_ahead
from analysis.match.decisions import Who, decision_day, needed
from analysis.money import ZERO, show
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, now, write
from analysis.store.queries import query_table

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
    return query(store, "keying/batches", {"status": status, "keyed_batch_id": None})


def batch_told(store: Store, batch: int) -> Row | None:
    """One keyed batch as it stands, None where there is none of that number."""
    found = query_table(store, "keying/batches", {"status": None, "keyed_batch_id": batch}).to_pylist()
    return found[0] if found else None


def keyed_lines(store: Store, batch: int) -> pd.DataFrame:
    """The lines of the batch, void ones too. Grain: one row per line. Units: US dollars."""
    return query(store, "keying/lines", {"keyed_batch_id": batch})


def start_batch(store: Store, header: Header, who: Who) -> int:
    """A new batch is open for keying; returns its number. Raises `DecisionRefused` for a header that cannot be."""

    def work(writer: MatchWriter) -> int:
        _refuse_header(writer, header, who)
        batch = writer.next_ids("keyed_batch", 1) + 1
        insert_version(writer, "keyed_batch", [{"keyed_batch_id": batch, "version": 1, **asdict(header)}], who)
        return batch

    return write(store, work)


def change_header(store: Store, batch: int, version: int, header: Header, who: Who) -> None:
    """The batch has another header; its lines stay."""

    def work(writer: MatchWriter) -> None:
        told = open_batch(writer, batch)
        if told["version"] != version:
            raise DecisionRefused(f"batch {batch}: its header was changed since it was shown; look at it again")
        _refuse_header(writer, header, who)
        insert_version(
            writer, "keyed_batch", [{"keyed_batch_id": batch, "version": version + 1, **asdict(header)}], who
        )

    write(store, work)


def carry_out(store: Store, batch: int, typed: Entry, who: Who, payment_method: str = "CHECK") -> int:
    """The entry of the ten-key pad is carried out; returns the line it is about.

    Raises `DecisionRefused` where the batch is not open, or no such line stands.
    """
    (result,) = carry_out_all(store, batch, [typed], who, payment_method)
    if isinstance(result, str):
        raise DecisionRefused(result)
    return result


def carry_out_all(
    store: Store, batch: int, typed: Sequence[Entry], who: Who, payment_method: str = "CHECK"
) -> list[int | str]:
    """The entries are carried out in order; of each the line it is about, or why it was refused, alone of them all.

    Raises `DecisionRefused`, and nothing is written, where the batch is not open.
    """

    def work(writer: MatchWriter) -> list[int | str]:
        open_batch(writer, batch)
        lines = writer.ask("keying/lines", {"keyed_batch_id": batch})
        changed: list[Row] = []
        results: list[int | str] = []
        for one in typed:
            try:
                line = _entered(one, lines, payment_method)
            except DecisionRefused as refused:
                results.append(str(refused))
                continue
            changed.append(line)
            results.append(int(line["line_number"]))
        insert_version(writer, "keyed_line", [{"keyed_batch_id": batch, **line} for line in changed], who)
        return results

    return write(store, work)


def _entered(one: Entry, lines: list[dict[str, Any]], payment_method: str) -> Row:
    """The line's new version, which stands among the lines from then on."""
    if one.does == "add":
        number = max((line["line_number"] for line in lines), default=0) + 1
        line = dict.fromkeys(DETAILS) | {"line_number": number, "version": 1, "payment_method": payment_method}
        lines.append(line | {"amount": one.amount, "is_void": False})
        return dict(lines[-1])
    meant = _meant(one, lines)
    changed = {"is_void": True} if one.does == "void" else {"amount": one.amount}
    meant.update(_next_version(meant, changed))
    return dict(meant)


def change_line(store: Store, batch: int, line_number: int, version: int, details: Row, who: Who) -> None:
    """The line has other details; those of its MICR line that are not keyed are taken from it.

    Raises `DecisionRefused` where it was changed since it was shown, or is void.
    """
    (refused,) = change_lines(store, batch, [(line_number, version, details)], who)
    if refused is not None:
        raise DecisionRefused(refused)


def change_lines(store: Store, batch: int, changes: Sequence[tuple[int, int, Row]], who: Who) -> list[str | None]:
    """Each line (number, version, details) has other details; of each why it was refused, alone of them all, or None.

    Raises `DecisionRefused`, and nothing is written, where the batch is not open.
    """

    def work(writer: MatchWriter) -> list[str | None]:
        open_batch(writer, batch)
        lines = {line["line_number"]: line for line in writer.ask("keying/lines", {"keyed_batch_id": batch})}
        changed: list[Row] = []
        results: list[str | None] = []
        for number, version, details in changes:
            line = lines.get(number)
            if line is None or line["is_void"]:
                results.append(f"line {number} does not stand in this batch")
            elif line["version"] != version:
                results.append(f"line {number} was changed since it was shown; look at it again")
            else:
                told = {name: trimmed(value) for name, value in details.items() if name in (*DETAILS, "amount")}
                line.update(_next_version(line, _with_micr({**line, **told})))
                changed.append(dict(line))
                results.append(None)
        insert_version(writer, "keyed_line", [{"keyed_batch_id": batch, **line} for line in changed], who)
        return results

    return write(store, work)


def discard(store: Store, batch: int, who: Who, reason: str) -> None:
    """The batch is not made; what was keyed stays on record."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        open_batch(writer, batch)
        end(writer, batch, "discarded", who, needed(reason, "a batch is discarded"), day)

    write(store, work)


def end(writer: MatchWriter, batch: int, ended_as: str, who: Who, reason: str, day: date) -> None:
    """The batch is keyed no more."""
    made = writer.decide_about("keyed_batch", str(batch), ended_as, who.name, reason, day)
    writer.insert("keyed_end", [{"keyed_batch_id": batch, "decision_id": made, "ended_as": ended_as}])


def open_batch(writer: MatchWriter, batch: int) -> Row:
    """The batch as it stands. Raises `DecisionRefused` where it is not open."""
    found = writer.ask("keying/batches", {"status": None, "keyed_batch_id": batch})
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


def _meant(typed: Entry, lines: list[dict[str, Any]]) -> dict[str, Any]:
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


def _next_version(line: Row, changed: Row) -> Row:
    kept = {name: line[name] for name in ("line_number", "amount", "is_void", *DETAILS)}
    row = {**kept, **{name: value for name, value in changed.items() if name in kept}}
    if row["amount"] <= ZERO:
        raise DecisionRefused("a line has an amount above zero")
    return {**row, "version": line["version"] + 1}


def _with_micr(line: dict[str, Any]) -> dict[str, Any]:
    micr = read_micr(line["micr_line"]) if line["micr_line"] else None
    if micr is None:
        return line
    scanned = {name: getattr(micr, name) for name in ("routing_number", "check_account", "check_number")}
    return line | {name: value for name, value in scanned.items() if line[name] is None}


def insert_version(writer: MatchWriter, table: str, rows: Sequence[Row], who: Who) -> None:
    """New versions of what was keyed are appended, with who and when."""
    known = [{name: value for name, value in row.items() if name in writer.columns[table]} for row in rows]
    writer.insert(table, [{**row, "keyed_by": who.name, "keyed_at": now()} for row in known])


def trimmed(value: Any) -> Any:
    """A text without blanks around it, None for an empty one; anything else as it is."""
    return (value.strip() or None) if isinstance(value, str) else value
