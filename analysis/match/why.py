"""Why an open deposit or remittance has no partner, in words: the nearest miss and the one condition that failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.match.windows import Windows
from analysis.money import show

Row = Mapping[str, Any]

_WANTED = {"remittance": "remittance", "bank": "deposit"}
_OTHER = {"remittance": "deposit", "deposit": "remittance"}


def why(item: Row, miss: Row | None, late_after: int, windows: Windows) -> str:
    """Why an open deposit or remittance has no partner; names payers and references only, never a patient.

    `late_after`: business days after the payment date until which the money may take.
    """
    return _nearest(miss, windows) if miss else _nothing_near(item, late_after)


def _days(item: Row) -> int:
    days = item["business_days"]
    return 0 if days is None else int(days)


def _nearest(miss: Row, windows: Windows) -> str:
    other = _WANTED[miss["other_side"]]
    name = f"{other} {miss['other_reference']}" if miss["other_reference"] else f"a {other}"
    same = "" if miss["alike_count"] == 1 else f" ({miss['alike_count']} such)"
    match miss["miss"]:
        case "declined":
            return f"{name} would fit, but was {_DECIDED[miss['told'].split(' ')[0]]} {miss['told'].partition(' ')[2]}"
        case "amount":
            used = "" if miss["is_other_open"] else ", which is matched already"
            off = f"{show(abs(miss['off_by']))} (deposit {'over' if miss['off_by'] > 0 else 'short'})"
            return f"{name} has its trace{used}, but the amount is off by {off}{same}"
        case "barred":
            return f"{name} has its trace and amount, but {miss['told']}{same}"
        case "barred_alone":
            return f"{name} has its amount, but {miss['told']}{same}"
        case "used" if not miss["is_other_open"]:
            return f"{name} has its trace and amount, but is already matched to another{same}"
        case "used":
            return f"{name} has its trace and amount, but {_apart(miss, windows)}{same}"
        case "window":
            return f"{name} has its payer and amount, but {_apart(miss, windows)}{same}"
        case "trace":
            apart = f", and {_apart(miss, windows)}" if _is_outside(miss, windows) else ""
            return f"{name} has its payer and amount, but another trace{apart}{same}"
        case "name":
            return f"{name} has its amount and its payer by name, but neither id nor trace to prove it{same}"
        case "payer":
            payer = f" of {miss['other_payer_name']}" if miss["other_payer_name"] and other == "remittance" else ""
            count = "one open" if miss["alike_count"] == 1 else f"{miss['alike_count']} open"
            plural = "" if miss["alike_count"] == 1 else "s"
            agrees = "has its amount" if miss["alike_count"] == 1 else "have its amount"
            lone = payer if miss["alike_count"] == 1 else ""
            return f"{count} {other}{plural}{lone} {agrees} but neither its trace nor its payer"
        case "taken":
            return f"{name} has its amount, but is matched already to another {_OTHER[other]}{same}"
    raise AssertionError(f"a miss that is none: {miss['miss']}")


_DECIDED = {"decline": "declined", "unmatch": "taken apart"}


def _is_outside(miss: Row, windows: Windows) -> bool:
    before, after = windows.get(miss["miss"], (0, 0))
    return miss["miss"] in windows and not -before <= miss["days_off"] <= after


def _apart(miss: Row, windows: Windows) -> str:
    if miss["is_other_held"]:
        return "a person holds it"
    days = miss["days_off"]
    when = "after" if days >= 0 else "before"
    if _is_outside(miss, windows):
        return f"the deposit is {_counted(abs(days))} {when} the payment date, outside the window"
    return f"no rule ties the two, {_counted(abs(days))} {when} the payment date: others fit it too, or its rule is off"


def _counted(days: int) -> str:
    return f"{days} business day" if days == 1 else f"{days} business days"


def _nothing_near(item: Row, late_after: int) -> str:
    match item["item_type"]:
        case "unidentified_payment":
            return "the bank's text names no payer and no trace, and no open remittance has its amount"
        case "deposit_without_remittance":
            return f"no open remittance has its trace or its amount, {_counted(_days(item))} after the deposit"
        case _:
            days = _days(item)
            nothing = "no open deposit has its trace or its amount"
            if days < 0:
                return f"in transit: due {item['item_date']}; {nothing} yet"
            if days <= late_after:
                return f"in transit: {_counted(days)} after its payment date; {nothing} yet"
            return f"late: {_counted(days)} after its payment date {nothing}"
