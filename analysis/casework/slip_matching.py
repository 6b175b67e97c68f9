"""Which bank line a deposit slip is: by its number, its total, or cheque by cheque; a difference is told so too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.casework.cash_settings import bank_days
from analysis.casework.keying import Row
from analysis.money import MONEY, ZERO, show, total
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.digits import is_slide, is_transposition

_SLIP = pa.schema(
    [
        ("slip_id", pa.int64()),
        ("slip_number", pa.string()),
        ("slip_date", pa.date32()),
        ("bank_account", pa.string()),
        ("lockbox_number", pa.string()),
        ("status", pa.string()),
        ("prepared_by", pa.string()),
        ("deposited_by", pa.string()),
        ("check_count", pa.int32()),
        ("check_amount", MONEY),
        ("cash_amount", MONEY),
        ("total_amount", MONEY),
        ("bank_state", pa.string()),
        ("banked_amount", MONEY),
        ("bank_difference", MONEY),
        ("banked_on", pa.date32()),
        ("bank_reference", pa.string()),
        ("explanation", pa.string()),
    ]
)
_ITEM = pa.schema(
    [
        ("receipt_id", pa.string()),
        ("payment_method", pa.string()),
        ("check_number", pa.string()),
        ("payer_name", pa.string()),
        ("amount", MONEY),
        ("banked_amount", MONEY),
        ("bank_difference", MONEY),
        ("words", pa.string()),
    ]
)

BANK_STATES = {
    "banked": "the bank shows its total",
    "banked_singly": "the bank lists its cheques one by one, all of them",
    "differs": "the bank shows another amount",
    "in_transit": "the bank has some days left",
    "late": "the bank should have shown it by now",
    "void": "the slip was not used",
}
"""How a slip can stand at the bank, and what that means."""


def slips(store: Store, as_of: date) -> pd.DataFrame:
    """The deposit slips and how the bank shows them on that day. Grain: one row per slip. Units: US dollars."""
    rows = [{name: row.get(name) for name in _SLIP.names} for row, _ in _judged(store, as_of)]
    return pa.Table.from_pylist(rows, schema=_SLIP).to_pandas(types_mapper=pd.ArrowDtype)


def slip_differences(store: Store, slip_number: str, as_of: date) -> pd.DataFrame:
    """The slip against the bank, cheque by cheque. Grain: one row per receipt of the slip. Units: US dollars;
    difference is the bank's less the slip's, empty where the bank lists no single cheques."""
    found = next((items for row, items in _judged(store, as_of) if row["slip_number"] == slip_number), [])
    rows = [{name: one.get(name) for name in _ITEM.names} for one in found]
    return pa.Table.from_pylist(rows, schema=_ITEM).to_pandas(types_mapper=pd.ArrowDtype)


def _judged(store: Store, as_of: date) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    days = bank_days(store, as_of)
    asked = {"as_of": as_of, "bank_days": days}
    told = query_table(store, "slips/slips", asked).to_pylist()
    items: dict[str, list[dict[str, Any]]] = {}
    for item in query_table(store, "slips/items", {"as_of": as_of, "slip_number": None}).to_pylist():
        items.setdefault(item["slip_number"], []).append(item)
    lines: dict[str, list[dict[str, Any]]] = {}
    for line in query_table(store, "slips/bank_lines", asked).to_pylist():
        lines.setdefault(line["slip_number"], []).append(line)
    return judge(told, items, lines, as_of)


def judge(
    told: Sequence[Row], items: dict[str, list[dict[str, Any]]], lines: dict[str, list[dict[str, Any]]], as_of: date
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each slip with how it stands at the bank, and its items beside the bank's; no bank line counts for two slips.

    Stronger ways first, over all slips: the slip's number, then its total, then its cheques, then what comes near.
    """
    used: set[int] = set()
    found: dict[str, dict[str, Any]] = {}
    ways: tuple[Callable[[Row, list[dict[str, Any]], list[dict[str, Any]]], dict[str, Any] | None], ...]
    ways = (_by_number, _by_total, _singly, _near)
    for way in ways:
        for slip in told:
            key = slip["slip_number"]
            if key in found or slip["status"] == "void":
                continue
            free = [line for line in lines.get(key, []) if line["bank_transaction_id"] not in used]
            if hit := way(slip, items.get(key, []), free):
                found[key] = hit
                used |= set(hit["used"])
    return [_told(slip, items.get(slip["slip_number"], []), found.get(slip["slip_number"]), as_of) for slip in told]


def _told(
    slip: Row, items: list[dict[str, Any]], hit: dict[str, Any] | None, as_of: date
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    if slip["status"] == "void":
        return {**slip, "bank_state": "void", "explanation": slip["voided_for"]}, items
    if hit is None:
        state = "late" if slip["expected_by"] is not None and as_of > slip["expected_by"] else "in_transit"
        by = f"expected by {slip['expected_by']}"
        return {**slip, "bank_state": state, "explanation": by}, items
    difference = hit["banked_amount"] - slip["total_amount"]
    beside = [{**item, **hit["items"].get(item["receipt_id"], {})} for item in items]
    return {**slip, **hit, "bank_difference": difference}, beside


def _by_number(slip: Row, items: list[dict[str, Any]], free: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The lines that name the slip, where they are its total."""
    named = [line for line in free if line["names_slip"]]
    if named and total(line["amount"] for line in named) == slip["total_amount"]:
        return _hit("banked", named, "the bank names the slip's number")
    return None


def _by_total(slip: Row, items: list[dict[str, Any]], free: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The first line of the slip's total."""
    for line in free:
        if line["amount"] == slip["total_amount"]:
            return _hit("banked", [line], "account, days and total agree")
    return None


def _singly(slip: Row, items: list[dict[str, Any]], free: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The cheques that the bank lists one by one, by number first, then by amount; cash by amount."""
    if len(items) < 2:
        return None
    by_receipt = {line["receipt_id"]: line for line in free if line["receipt_id"] is not None}
    taken = {line["bank_transaction_id"] for line in by_receipt.values()}
    left = [line for line in free if line["bank_transaction_id"] not in taken]
    for item in items:
        if item["receipt_id"] in by_receipt:
            continue
        same = next((line for line in left if line["amount"] == item["amount"]), None)
        if same is not None:
            by_receipt[item["receipt_id"]] = same
            left.remove(same)
    if 2 * len(by_receipt) < len(items) or not by_receipt:
        return None
    beside = {item["receipt_id"]: _beside(item, by_receipt.get(item["receipt_id"])) for item in items}
    apart = [f"{_named(item)}: {one['words']}" for item in items if (one := beside[item["receipt_id"]])["words"]]
    state = "differs" if apart else "banked_singly"
    said = "; ".join(apart) or "every cheque is listed by the bank"
    return {**_hit(state, by_receipt.values(), said), "items": beside}


def _beside(item: Row, line: Row | None) -> dict[str, Any]:
    if line is None:
        return {"bank_difference": -item["amount"], "words": f"{show(item['amount'])} is not at the bank"}
    difference = line["amount"] - item["amount"]
    said = "" if difference == ZERO else f"the bank has {show(line['amount'])}, the slip {show(item['amount'])}"
    return {"banked_amount": line["amount"], "bank_difference": difference, "words": said}


def _near(slip: Row, items: list[dict[str, Any]], free: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Lines that name the slip with another total, or the one line that a single cheque explains."""
    named = [line for line in free if line["names_slip"]]
    if named:
        difference = total(line["amount"] for line in named) - slip["total_amount"]
        beside = _explained(items, difference)
        said = "; ".join(f"{_named(item)}: {beside[item['receipt_id']]['words']}" for item in _those(items, beside))
        return {**_hit("differs", named, said or "no single cheque explains the difference"), "items": beside}
    explained = [
        (line, beside) for line in free if (beside := _explained(items, line["amount"] - slip["total_amount"]))
    ]
    if len(explained) != 1 or len(items) < 2:
        return None
    line, beside = explained[0]
    said = "; ".join(f"{_named(item)}: {beside[item['receipt_id']]['words']}" for item in _those(items, beside))
    return {**_hit("differs", [line], said), "items": beside}


def _explained(items: list[dict[str, Any]], difference: Decimal) -> dict[str, dict[str, Any]]:
    """For each cheque that alone explains the difference: that the bank lacks it, or read its amount otherwise."""
    found: dict[str, dict[str, Any]] = {}
    for item in items:
        other = item["amount"] + difference
        if other == ZERO:
            found[item["receipt_id"]] = {"words": f"the bank is short by its {show(item['amount'])}: it may be missing"}
        elif other > ZERO and (is_transposition(other, item["amount"]) or is_slide(other, item["amount"])):
            words = f"the bank may have read {show(other)} for its {show(item['amount'])}"
            found[item["receipt_id"]] = {"words": words}
    return found


def _those(items: list[dict[str, Any]], beside: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [item for item in items if item["receipt_id"] in beside]


def _named(item: Row) -> str:
    return f"cheque {item['check_number']}" if item["check_number"] else f"receipt {item['receipt_id']}"


def _hit(state: str, lines: Iterable[Row], said: str) -> dict[str, Any]:
    known = list(lines)
    references = sorted({line["bank_reference"] for line in known if line["bank_reference"]})
    return {
        "bank_state": state,
        "banked_amount": total(line["amount"] for line in known),
        "banked_on": max(line["posted_date"] for line in known),
        "bank_reference": "; ".join(references[:5]) or None,
        "explanation": said,
        "used": [line["bank_transaction_id"] for line in known],
        "items": {},
    }
