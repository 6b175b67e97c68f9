"""SWIFT MT940 (end of day) and MT942 (within the day), read by the package mt-940, statement by statement.

The package tells no places and adds what several statements of a file say into one, so the text is cut at :20: in front
of it, and its lines are counted beside it. Banks that put an account into the reference (ASN) are read by the package's
own variant. Source: SWIFT MT940 and MT942 field specifications.
"""

from __future__ import annotations

import logging
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import mt940

from analysis.intake.bank_statements import Balance, Statement, StatementLine, exact, in_range, parsed
from analysis.intake.parsed import ParsedFile
from analysis.problems import FileRejected

KIND = "bank_mt940"

_BLOCK = re.compile(r"(?m)^(?:\{1:.*?\{4:[ ]*)?:20:")
_TAG = re.compile(r"(?m)^:(\d\d[A-Z]?):")
_HEADER = re.compile(r"\{[1235]:[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\{4:")
_NO_REFERENCE = frozenset({"NONREF", "NOTPROVIDED", "NOREF"})
_WORDS = {
    "RTI": "returned",
    "CHG": "fee",
    "COM": "fee",
    "INT": "interest",
    "CHK": "cheque",
    "BOE": "",
    "ADJ": "adjustment",
}
_TEXTS = (
    "transaction_details",
    "extra_details",
    "posting_text",
    "purpose",
    "additional_purpose",
    "end_to_end_reference",
)


def read(text: str) -> ParsedFile:
    """The file's statements, balances, lines and trace candidates, its balances proved.

    Money is signed in the account's currency. `FileRejected` where a statement cannot be read, tells no account, or not
    all its lines were read.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [found.start() for found in _BLOCK.finditer(text)]
    ends = [*starts[1:], len(text)][: len(starts)]
    blocks = [(text.count("\n", 0, start) + 1, text[start:end]) for start, end in zip(starts, ends, strict=True)]
    statements = [_statement(place, block) for place, block in blocks]
    return parsed(KIND, statements, text, (), ":20:")


def _statement(place: int, block: str) -> Statement:
    where = f"line {place}, :20:"
    found = _parsed(block, where)
    data = found.data
    account = str(data.get("account_identification") or "").strip()
    if not account:
        raise FileRejected("mt940_account", where, "an account (:25:)", "none")
    opening = data.get("final_opening_balance") or data.get("intermediate_opening_balance")
    closing = data.get("final_closing_balance") or data.get("intermediate_closing_balance")
    sent = data.get("date")
    places = [(place + block.count("\n", 0, one.start()), _end_of(block, one.end(), place)) for one in _lines_of(block)]
    statement = Statement(
        place=place,
        account=account,
        currency=_currency(data, found.transactions),
        opening=_balance(opening, where),
        closing=_balance(closing, where),
        created=sent.date() if isinstance(sent, datetime) else None,
        identification=str(data.get("statement_number") or "") or None,
        is_interim=opening is None and closing is None,
    )
    if len(places) != len(found.transactions):
        raise FileRejected("mt940_count", where, f"{len(places)} lines (:61:)", f"{len(found.transactions)} read")
    statement.lines = [_line(at, last, one.data) for (at, last), one in zip(places, found.transactions, strict=True)]
    return statement


def _lines_of(block: str) -> list[re.Match[str]]:
    return [found for found in _TAG.finditer(block) if found[1] == "61"]


def _end_of(block: str, start: int, place: int) -> int:
    """The last line of a :61: and its :86:, whose first line begins before `start`."""
    end = next((found.start() for found in _TAG.finditer(block, start) if found[1] != "86"), len(block.rstrip("-\n ")))
    return place + block.count("\n", 0, max(end - 1, start))


def _parsed(block: str, where: str) -> Any:
    """What the package reads of one statement, with its own variant for long references where the first fails.

    Nothing is logged: the package would write the text of lines.
    """
    text = _HEADER.sub("", block)
    variant: mt940.tags.Tag = mt940.tags.StatementASNB()
    own: dict[int | str, mt940.tags.Tag] = {variant.id: variant}
    logging.disable(logging.CRITICAL)
    try:
        for tags in (None, own):
            found = mt940.models.Transactions(tags=tags)
            try:
                found.parse(text)
            except Exception as error:  # the package raises whatever its parts raise
                fault = error
                continue
            return found
    finally:
        logging.disable(logging.NOTSET)
    name = type(fault).__name__
    raise FileRejected("mt940_unreadable", where, "a statement as MT940 has it", f"a fault in it ({name})") from None


def _currency(data: dict[str, Any], lines: list[Any]) -> str:
    for name in ("final_opening_balance", "final_closing_balance", "d_floor_limit", "c_floor_limit"):
        amount = getattr(data.get(name), "amount", data.get(name))
        if currency := getattr(amount, "currency", None):
            return str(currency).upper()
    return next((str(one.data["currency"]).upper() for one in lines if one.data.get("currency")), "")


def _balance(found: Any, where: str) -> Balance | None:
    if found is None or found.amount is None:
        return None
    return Balance(exact(Decimal(found.amount.amount), where), date(found.date.year, found.date.month, found.date.day))


def _line(place: int, last_place: int, data: dict[str, Any]) -> StatementLine:
    where = f"line {place}, :61:"
    said = data.get("entry_date") or data.get("date")
    if said is None or data.get("amount") is None:
        raise FileRejected("mt940_line", where, "a day and an amount", "none")
    value = data.get("date") or said
    magnitude = abs(exact(Decimal(data["amount"].amount), where))
    is_in = data.get("status") in ("C", "RD")
    kind = str(data.get("id") or "")
    customer = _reference(data.get("customer_reference"))
    return StatementLine(
        place=place,
        last_place=last_place,
        posted=in_range(date(said.year, said.month, said.day), where),
        value=date(value.year, value.month, value.day),
        amount=magnitude if is_in else -magnitude,
        parts=tuple(" ".join(str(data[name]).split("\n")) for name in _TEXTS if data.get(name)),
        bank_reference=_reference(data.get("bank_reference")),
        customer_reference=customer,
        words=_WORDS.get(kind[1:4], ""),
        code=kind,
        party=str(data.get("applicant_name") or "").strip(),
    )


def _reference(text: Any) -> str:
    found = str(text or "").strip()
    return "" if found.upper() in _NO_REFERENCE else found
