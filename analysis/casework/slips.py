"""Deposit slips: cash counted by denomination, cheques listed singly, prepared by one person and deposited by another.

A slip is made once and never edited: one that is wrong is voided, and its receipts are free for the next. From then on
its number is the `deposit_slip` of its receipts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pandas as pd

from analysis.casework.cash_settings import lockboxes, payees
from analysis.casework.cheque_report import faults_of
from analysis.casework.keying import Row
from analysis.match.closed_days import refuse_ahead
from analysis.match.decisions import Who, decision_day, needed
from analysis.match.signers import is_same_person
from analysis.money import ZERO, show, total
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table

DENOMINATIONS = tuple(Decimal(f"{value}.00") for value in (100, 50, 20, 10, 5, 2, 1)) + tuple(
    Decimal(value) for value in ("0.50", "0.25", "0.10", "0.05", "0.01")
)
"""The notes and coins that cash is counted in, US dollars."""

_LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class NewSlip:
    """A slip to be made. `chosen`: receipt and its US dollars as shown; `cash`: how many of each denomination."""

    slip_date: date
    chosen: Sequence[tuple[str, Decimal]]
    cash: Mapping[Decimal, int] = field(default_factory=dict)
    bank_account: str = ""
    lockbox_number: str = ""
    slip_number: str = ""


def free_receipts(store: Store, as_of: date) -> pd.DataFrame:
    """Cheques and cash on no slip, with what bars a cheque from one. Grain: one row per receipt. Units: US dollars."""
    rows = query(store, "slips/free_receipts", {"as_of": as_of})
    barred = {number: words for number, words in _barred(store, as_of).items() if number in set(rows["receipt_id"])}
    said = [barred.get(number) for number in rows["receipt_id"]]
    return rows.assign(blocked_by=pd.Series(said, index=rows.index, dtype="string[pyarrow]"))


def slip_told(store: Store, slip_id: int) -> Row | None:
    """One slip as it stands, None where there is none of that number."""
    found = query_table(store, "slips/slip_told", {"slip_id": slip_id}).to_pylist()
    return found[0] if found else None


def slip_items(store: Store, slip_number: str, as_of: date) -> pd.DataFrame:
    """What is on the slip on that day. Grain: one row per receipt. Units: US dollars."""
    return query(store, "slips/items", {"slip_number": slip_number, "as_of": as_of})


def slip_cash(store: Store, slip_id: int) -> pd.DataFrame:
    """The cash on the slip. Grain: one row per denomination. Units: US dollars."""
    return query(store, "slips/cash", {"slip_id": slip_id})


def prepare(store: Store, new: NewSlip, who: Who) -> int:
    """The slip is made; returns its id. All or nothing.

    Raises `DecisionRefused` where its day is closed, a receipt is on another slip, has changed or is barred, the cash
    counted is not the cash received, or the account is not known.
    """
    boxes = lockboxes(store, who.as_of)
    barred = _barred(store, who.as_of)

    def work(writer: MatchWriter) -> int:
        day = decision_day(writer, who)
        writer.refuse_closed(new.slip_date)
        refuse_ahead(new.slip_date, writer.ask("store/latest_day")[0]["latest_day"])
        account = _account(new, boxes)
        chosen = _chosen(writer, new, barred)
        cash = _counted_cash(new, chosen)
        cheques = [row["amount"] for row in chosen if row["payment_method"] == "CHECK"]
        slip_id = writer.next_ids("deposit_slip", 1) + 1
        number = _number(writer, new, slip_id)
        row = {
            "slip_id": slip_id,
            "slip_number": number,
            "slip_date": new.slip_date,
            "bank_account": account,
            "lockbox_number": new.lockbox_number.strip() or None,
            "cash_amount": cash,
            "check_amount": total(cheques),
            "check_count": len(cheques),
        }
        writer.insert("deposit_slip", [row])
        items = [{"slip_id": slip_id, "receipt_id": one["receipt_id"], "amount": one["amount"]} for one in chosen]
        writer.insert("deposit_slip_receipt", items)
        counted = [{"slip_id": slip_id, "denomination": d, "piece_count": n} for d, n in new.cash.items() if n]
        writer.insert("deposit_slip_cash", counted)
        said = f"{cheques_told(len(cheques))} {show(total(cheques))}, cash {show(cash)}"
        writer.decide_about("slip", str(slip_id), "prepare", who.name, said, day)
        return slip_id

    return write(store, work)


def deposit(store: Store, slip_id: int, who: Who) -> None:
    """Another person than who prepared it took it to the bank. Raises `DecisionRefused` where it is the same."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        told = _prepared(writer, slip_id)
        if is_same_person(told["prepared_by"], who.name):
            raise DecisionRefused("someone else has to deposit it: you prepared the slip yourself")
        writer.decide_about("slip", str(slip_id), "deposit", who.name, "taken to the bank", day)

    write(store, work)


def void(store: Store, slip_id: int, who: Who, reason: str) -> None:
    """The slip is not used; its receipts are free again. Raises `DecisionRefused` once it was deposited."""

    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        _prepared(writer, slip_id)
        writer.decide_about("slip", str(slip_id), "void", who.name, needed(reason, "a slip is voided"), day)

    write(store, work)


def cheques_told(count: int) -> str:
    """`1 cheque`, `2 cheques`."""
    return f"{count:,} cheque" if count == 1 else f"{count:,} cheques"


def counted(cash: Mapping[Decimal, int]) -> Decimal:
    """What the counted cash adds up to, US dollars."""
    return total(denomination * pieces for denomination, pieces in cash.items())


def _barred(store: Store, as_of: date) -> dict[str, str]:
    """What bars each cheque from being deposited, in words, by receipt."""
    rows = query_table(store, "slips/cheques", {"as_of": as_of}).to_pylist()
    ours = payees(store, as_of)
    found = {row["receipt_id"]: [one.words for one in faults_of(row, ours) if one.bars] for row in rows}
    return {number: "; ".join(words) for number, words in found.items() if words}


def _prepared(writer: MatchWriter, slip_id: int) -> Row:
    found = writer.ask("slips/slip_told", {"slip_id": slip_id})
    if not found:
        raise DecisionRefused(f"there is no deposit slip {slip_id}")
    told = found[0]
    writer.refuse_closed(told["slip_date"])
    if told["status"] != "prepared":
        raise DecisionRefused(f"slip {told['slip_number']} is {told['status']}: it cannot be changed")
    return told


def _account(new: NewSlip, boxes: Mapping[str, str]) -> str:
    """The account that the money goes to: the lockbox's, which no other may contradict."""
    named, box = new.bank_account.strip(), new.lockbox_number.strip()
    if box and box not in boxes:
        raise DecisionRefused(f"lockbox {box} has no bank account on that day; set it first")
    if box and named and boxes[box] != named:
        raise DecisionRefused(f"the money of lockbox {box} goes to another bank account than the one named")
    account = boxes.get(box, "") or named
    if not account:
        raise DecisionRefused("name the bank account, or the lockbox, that the money goes to")
    return account


def _chosen(writer: MatchWriter, new: NewSlip, barred: Mapping[str, str]) -> list[Row]:
    """The receipts as they stand: free, with the amounts that were shown, and none of them barred."""
    if not new.chosen or len({number for number, _ in new.chosen}) < len(new.chosen):
        raise DecisionRefused("choose the cheques and cash of the slip, each once")
    free = {row["receipt_id"]: row for row in writer.ask("slips/free_receipts", {"as_of": new.slip_date})}
    for number, amount in new.chosen:
        if number not in free:
            raise DecisionRefused(f"receipt {number} is not free: it is on another slip, or of a later day")
        if free[number]["amount"] != amount:
            raise DecisionRefused(f"receipt {number} has changed since it was shown; look at it again")
        if number in barred:
            raise DecisionRefused(f"receipt {number} cannot be deposited: {barred[number]}")
    return [free[number] for number, _ in new.chosen]


def _counted_cash(new: NewSlip, chosen: Sequence[Row]) -> Decimal:
    received = total(row["amount"] for row in chosen if row["payment_method"] == "CASH")
    for denomination, pieces in new.cash.items():
        if denomination not in DENOMINATIONS or pieces < 0:
            raise DecisionRefused("cash is counted in notes and coins, none of them below zero")
    cash = counted(new.cash)
    if cash != received:
        raise DecisionRefused(
            f"the cash counted is {show(cash)}, the cash received {show(received)}: off by {show(cash - received)}"
        )
    if total(row["amount"] for row in chosen) <= ZERO:
        raise DecisionRefused("a slip has money on it")
    return cash


def _number(writer: MatchWriter, new: NewSlip, slip_id: int) -> str:
    """The number printed on the bank's slip, else one of our own."""
    number = new.slip_number.strip() or f"D{slip_id:06d}"
    if len(number) > _LONGEST_NUMBER or not number.replace("-", "").isalnum():
        raise DecisionRefused(f"a slip number is of letters and digits, at most {_LONGEST_NUMBER}")
    for row in writer.ask("slips/number_taken", {"slip_number": number}):
        raise DecisionRefused(f"slip number {number} stands on {row['stands_in']} already")
    return number
