"""Instructions to the billing system: open, sent in a numbered list, done or still shown by the extracts since.

An instruction is sent once. It is done when an extract after that day shows the credit gone, or smaller by its amount;
until then no second one about the same credit goes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.refund_steps import hash_of
from analysis.credits.small_balances import approved_small_balances
from analysis.credits.worklists import instructions
from analysis.match.decisions import Who, decision_day
from analysis.money import MONEY, show, total
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table

STATUSES: Mapping[str, str] = {
    "open": "is to be sent",
    "sent": "went out; no extract has come since",
    "still_shown": "went out, and extracts since show the credit all the same: ask",
    "done": "an extract shows the credit gone, or smaller by the amount",
}
"""Every status, in order, and what it means."""

KINDS: Mapping[str, str] = {
    "transfer": "a payment to move to another account",
    "adjustment": "a write-off to take back",
    "posting": "a posting to take back",
    "recoup": "a take-back to post, or to wait for",
    "small_balance": "a small credit to write off, approved in its list",
}
"""Every kind, and what it means."""

_SENT: tuple[str, ...] = (
    "account_number",
    "credit_date",
    "kind",
    "amount",
    "to_account",
    "transaction_id",
    "transaction_date",
)
_SENT += ("payer_name", "reference", "instruction", "facility")
_COLUMNS = pa.schema(
    [
        ("instruction_key", pa.string()),
        ("status", pa.string()),
        ("kind", pa.string()),
        ("account_number", pa.string()),
        ("amount", MONEY),
        ("to_account", pa.string()),
        ("instruction", pa.string()),
        ("list_id", pa.int64()),
        ("sent_on", pa.date32()),
        ("sent_by", pa.string()),
        ("extract_count", pa.int64()),
        ("credit_now_amount", MONEY),
        ("done_on", pa.date32()),
        ("transaction_id", pa.string()),
        ("transaction_date", pa.date32()),
        ("payer_name", pa.string()),
        ("reference", pa.string()),
        ("credit_date", pa.date32()),
        ("facility", pa.string()),
    ]
)


def instruction_queue(store: Store, as_of: date) -> pd.DataFrame:
    """Every instruction with its status, what is still shown first, then what is open, the largest first.

    Grain: one row per instruction, open or sent (`instruction_key`). Units: US dollars; `extract_count` counts the
    account's extracts since it was sent.
    """
    sent = query_table(store, "credits/sent_instructions", {"as_of": as_of, "list_id": None}).to_pylist()
    rows = [{**row, "instruction_key": str(row["instruction_id"])} for row in sent]
    rows += [
        {**row, "instruction_key": key, "status": "open", "credit_now_amount": row["credit_balance"]}
        for key, row in _open(store, as_of, sent).items()
    ]
    order = ("still_shown", "open", "sent", "done")
    rows.sort(key=lambda row: (order.index(row["status"]), -row["amount"], row["account_number"]))
    told = [{name: row.get(name) for name in _COLUMNS.names} for row in rows]
    return pa.Table.from_pylist(told, schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


def send(store: Store, chosen: Sequence[tuple[str, Decimal]], who: Who) -> int:
    """The chosen instructions (key, amount as shown) go out as one list, each once; returns the list's number.

    All of them or none: raises `DecisionRefused` where one was sent already, is not there any more, or has changed.
    """

    def work(writer: MatchWriter) -> int:
        if not chosen or len({key for key, _ in chosen}) < len(chosen):
            raise DecisionRefused("choose the instructions to send, each once")
        day = decision_day(writer, who)
        sent = query_table(store, "credits/sent_instructions", {"as_of": max(day, who.as_of), "list_id": None})
        there = _open(store, who.as_of, sent.to_pylist())
        for key, amount in chosen:
            _refuse_changed(there.get(key), key, amount)
        list_id = writer.next_ids("billing_list", 1) + 1
        first = writer.next_ids("billing_instruction", len(chosen)) + 1
        rows = [
            {"instruction_id": first + n, "list_id": list_id, "credit_balance": there[key]["credit_balance"]}
            | {name: there[key].get(name) for name in _SENT}
            for n, (key, _) in enumerate(chosen)
        ]
        writer.insert("billing_instruction", rows)
        made = writer.decide_about(
            "billing_list", str(list_id), "send", who.name, f"sent to the billing system in list {list_id}", day
        )
        told = writer.ask("credits/billing_list_rows", {"list_id": list_id})
        whole = {
            "list_id": list_id,
            "decision_id": made,
            "content_hash": hash_of(told),
            "instruction_count": len(told),
            "total_amount": total(row["amount"] for row in told),
        }
        writer.insert("billing_list", [whole])
        return list_id

    return write(store, work)


def billing_lists(store: Store, as_of: date) -> pd.DataFrame:
    """The lists that went out up to that day, the newest first. Grain: one row per list. Units: US dollars."""
    return query(store, "credits/billing_lists", {"as_of": as_of})


def billing_list_rows(store: Store, list_id: int) -> pd.DataFrame:
    """The list as the billing system gets it. Grain: one row per instruction. Units: US dollars."""
    return query(store, "credits/billing_list_rows", {"list_id": list_id})


def lists_that_changed(store: Store) -> list[dict[str, Any]]:
    """The lists whose rows have no longer the hash and the total that went out."""
    faults = []
    for made in query_table(store, "credits/billing_lists", {"as_of": date.max}).to_pylist():
        rows = query_table(store, "credits/billing_list_rows", {"list_id": made["list_id"]}).to_pylist()
        told = (hash_of(rows), total(row["amount"] for row in rows))
        if told != (made["content_hash"], made["total_amount"]):
            faults.append({"list_id": made["list_id"], "total": told[1]})
    return faults


def _open(store: Store, as_of: date, sent: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The instructions that stand and are not on their way, by their key."""
    under_way = {_key(row) for row in sent if row["status"] != "done"}
    found: list[dict[str, Any]] = pa.Table.from_pandas(instructions(store, as_of), preserve_index=False).to_pylist()
    rows = [row | {"credit_balance": row["amount"]} for row in found] + approved_small_balances(store, as_of)
    return {key: row for row in rows if (key := _key(row)) not in under_way}


def _key(row: Mapping[str, Any]) -> str:
    parts = (row["kind"], row["account_number"], str(row["credit_date"]), row["to_account"] or "")
    return " ".join(parts).strip()


def _refuse_changed(row: Mapping[str, Any] | None, key: str, amount: Decimal) -> None:
    if row is None:
        raise DecisionRefused(f"{key} is not open: it was sent, is done, or the credit is read otherwise by now")
    if row["amount"] != amount:
        raise DecisionRefused(f"{key} is {show(row['amount'])} by now, not {show(amount)}; look at it again")
