"""BAI type codes: what a three-digit code says of a bank line, as a table.

Direction and level follow the Cash Management Balance Reporting Specifications, version 2 (BAI2); the names are ours.
Ranges: 001-099 status, 100-399 credit, 400-699 debit, 7xx loan, 890 text only, 900-919 status, 920-959 credit and
960-999 debit of the bank's own making. DOMAIN.md section 3.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

Direction = Literal["credit", "debit", "either"]
Level = Literal["detail", "item", "summary", "status"]
LineKind = Literal[
    "ach", "wire", "lockbox", "cheque_deposit", "cash_deposit", "card", "return", "return_fee", "fee", "interest",
    "sweep", "adjustment", "refund_return", "other_credit", "other_debit",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class BankType:
    """What a type code says.

    `level` is `item` where the line is part of a deposit that may be listed as a line too (116 of 115, 143 of 142), so
    that both together count the money twice. `line_kind` is None where the sign must decide (`line_kind_of`).
    """

    code: str
    name: str
    direction: Direction
    level: Level
    line_kind: LineKind | None


# code, line kind, name; direction and level come from the code itself and the sets below.
_TABLE = """
108 other_credit   credit of any type
115 lockbox        lockbox deposit
116 lockbox        item in a lockbox deposit
118 adjustment     lockbox adjustment, credit
121 ach            EDI credit
122 ach            EDI bank exchange credit
123 refund_return  EDI bank exchange credit returned
135 sweep          depository transfer, credit
136 sweep          item in a depository transfer
142 ach            ACH credit received
143 ach            item in an ACH deposit
145 ach            ACH concentration credit
147 card           card settlement
155 ach            preauthorized draft credit
156 ach            item in a preauthorized deposit
158 wire           real-time payment received
164 ach            corporate trade payment (CTX)
165 ach            preauthorized ACH credit
166 ach            ACH settlement credit
168 refund_return  ACH return settlement, credit
169 ach            other ACH credit
171 other_credit   loan deposit
172 adjustment     deposit correction, credit
173 cheque_deposit deposit prepared by the bank
174 cheque_deposit other deposit
175 cheque_deposit cheque deposit
176 cheque_deposit cheque deposited again
184 cheque_deposit draft deposit
187 cheque_deposit cash letter credit
189 adjustment     cash letter adjustment, credit
191 wire           internal transfer received
195 wire           wire received
196 adjustment     wire adjustment, credit
201 sweep          automatic transfer, credit
206 wire           book transfer, credit
208 wire           international wire received
227 other_credit   standing order received
242 interest       interest collected
252 adjustment     debit reversed
254 adjustment     posting error corrected, credit
255 refund_return  own cheque posted and returned
257 refund_return  own ACH credit returned
258 refund_return  own ACH payment reversed
261 refund_return  own payment rejected
266 refund_return  own payment returned
268 adjustment     return item adjustment, credit
274 sweep          zero-balance credits, cumulative
275 sweep          zero-balance sweep, credit
276 sweep          zero-balance float adjustment
277 sweep          zero-balance transfer, credit
278 sweep          zero-balance adjustment, credit
281 sweep          controlled disbursing credit
286 sweep          depository disbursing credit
295 cash_deposit   teller machine deposit
301 cheque_deposit commercial deposit
346 interest       sweep interest income
347 sweep          sweep investment sold
353 cash_deposit   cash centre credit
354 interest       interest received
357 adjustment     credit adjustment
358 adjustment     year-to-date adjustment, credit
359 interest       interest adjustment, credit
366 cash_deposit   currency and coin deposited
372 adjustment     back value adjustment, credit
395 refund_return  own cheque reversed
397 adjustment     float adjustment, credit
398 fee            fee refunded
399 other_credit   other credit
408 adjustment     float adjustment, debit
409 other_debit    debit of any type
415 lockbox        lockbox debit
421 ach            EDI debit
422 ach            EDI bank exchange debit
423 return         EDI bank exchange item returned
445 ach            ACH concentration debit
447 ach            ACH payment funded
451 ach            ACH debit received
452 ach            item in an ACH debit
455 ach            preauthorized ACH debit
458 wire           real-time payment sent
462 ach            ACH debit begun by the holder
464 ach            corporate trade payment, debit
466 ach            ACH settlement debit
468 return         ACH return settlement, debit
469 ach            other ACH debit
475 other_debit    cheque paid
485 sweep          depository transfer, debit
489 adjustment     cash letter adjustment, debit
491 wire           internal transfer sent
493 wire           wire sent from a terminal
495 wire           wire sent
496 adjustment     wire adjustment, debit
501 sweep          automatic transfer, debit
506 wire           book transfer, debit
508 wire           international wire sent
552 return         credit reversed
554 adjustment     posting error corrected, debit
555 return         deposited cheque returned
557 return         ACH item returned
558 return         ACH credit reversed
561 return         debit rejected
564 fee            overdraft fee
566 return         item returned
567 return_fee     fee for a returned item
568 adjustment     return item adjustment, debit
574 sweep          zero-balance debits, cumulative
575 sweep          zero-balance sweep, debit
577 sweep          zero-balance transfer, debit
578 sweep          zero-balance adjustment, debit
581 sweep          controlled disbursing debit
595 other_debit    teller machine debit
631 adjustment     debit adjustment
634 adjustment     year-to-date adjustment, debit
654 interest       interest charged
656 sweep          sweep investment bought
659 interest       interest adjustment, debit
661 fee            account analysis fee
666 other_debit    currency and coin shipped
672 adjustment     back value adjustment, debit
694 return         deposit reversed
695 adjustment     deposit correction, debit
698 fee            other fees
699 other_debit    other debit
"""

_ITEMS = frozenset({"116", "136", "143", "156", "452"})
_SUMMARY_TABLE = """
100 101 102 105 106 107 109 110 120 130 131 140 146 150 159 160 162 163 167 170 178 180 182 185 186 188 190
200 205 207 210 215 230 231 239 245 250 251 256 260 270 271 280 285 294 302 303 304 305 307 309 310 315 316
318 319 320 321 324 325 326 327 328 329 330 332 336 338 340 341 343 350 352 355 356 360 361 370 385 389 390
400 401 402 403 405 406 410 412 416 420 430 446 450 459 463 465 467 470 471 478 480 482 486 490 500 505 507
510 515 530 532 534 536 537 539 550 551 556 560 570 580 583 584 585 586 587 588 590 594 596 601 602 610 611
612 613 614 615 617 618 621 623 625 626 628 630 632 640 646 650 655 665 670 685 689 690
"""
_SUMMARIES = frozenset(_SUMMARY_TABLE.split())
"""Codes that sum up other lines: money in them is told elsewhere too."""


def _direction(code: str) -> Direction:
    if "100" <= code <= "399" or "920" <= code <= "959":
        return "credit"
    if "400" <= code <= "699" or "960" <= code <= "999":
        return "debit"
    return "either"


def _row(line: str) -> BankType:
    code, kind, name = line.split(maxsplit=2)
    level: Level = "item" if code in _ITEMS else "detail"
    return BankType(code, name, _direction(code), level, cast(LineKind, kind))


BANK_TYPES: dict[str, BankType] = {row.code: row for row in map(_row, _TABLE.strip().splitlines())}
"""Every code that is named one by one; `bank_type` knows the rest by their ranges."""

_CODE = re.compile(r"\d{3}", re.ASCII)


def bank_type(code: str) -> BankType:
    """What the type code says; a code not in the table is judged by its range, and anything else is `either`."""
    if known := BANK_TYPES.get(code):
        return known
    if not _CODE.fullmatch(code):
        return BankType(code, "no BAI type code", "either", "detail", None)
    direction = _direction(code)
    if code in _SUMMARIES:
        return BankType(code, f"{direction} summary", direction, "summary", None)
    if code < "100" or "900" <= code <= "919":
        return BankType(code, "balance or status", "either", "status", None)
    if code >= "900":
        return BankType(code, f"the bank's own {direction} code", direction, "detail", None)
    if code >= "700":
        return BankType(code, "text only" if code == "890" else "loan", "either", "detail", None)
    return BankType(code, f"unnamed {direction}", direction, "detail", None)


_REVERSED = re.compile(r"\brevers(?:al|ed)\b", re.ASCII | re.IGNORECASE)


def line_kind_of(known: BankType, amount: Decimal, words: str) -> LineKind:
    """The kind of a line: the table's word, else by the sign of the amount (US dollars, money in positive).

    Money that goes out as an ordinary ACH payment or transfer, and is called a reversal, takes a deposit back.
    """
    kind: LineKind = known.line_kind or ("other_debit" if amount < 0 else "other_credit")
    is_taken_back = amount < 0 and kind in ("ach", "wire") and _REVERSED.search(words)
    return "return" if is_taken_back else kind


_WORDS: tuple[tuple[LineKind, re.Pattern[str]], ...] = tuple(
    (cast(LineKind, kind), re.compile(words, re.ASCII | re.IGNORECASE))
    for kind, words in (
        ("return_fee", r"\b(?:return(?:ed)?|nsf|chargeback)\b.*\bfee\b"),
        ("return", r"\b(?:returned|return item|ret item|nsf|chargeback|reversal)\b"),
        ("ach", r"\bHCCLAIMPMT\b|\bTRN\*1\*|\bACH\b|\bCCD\b|\bCTX\b|\bPPD\b"),
        ("lockbox", r"\block ?box\b|\bLBX\b"),
        ("wire", r"\bwire\b|\bfedwire\b|\bRTP\b|\bbook transfer\b"),
        ("card", r"\bmerchant\b|\bbank ?card\b|\bcard settlement\b"),
        ("sweep", r"\bsweep\b|\bZBA\b|\bzero balance\b"),
        ("interest", r"\binterest\b"),
        ("fee", r"\bfees?\b|\bservice charge\b|\baccount analysis\b"),
        ("adjustment", r"\badjustment\b|\bcorrection\b"),
        ("cash_deposit", r"\bcash deposit\b|\bcurrency\b|\bcoin\b"),
        ("cheque_deposit", r"\bdeposit\b|\bremote capture\b"),
    )
)


def line_kind_from_words(words: str, amount: Decimal) -> LineKind:
    """The kind of a line that has no BAI code, by the words of its type and description, else by its sign.

    A return of money coming in is our own payment back (`refund_return`); a deposit is never money going out.
    """
    for kind, pattern in _WORDS:
        if not pattern.search(words):
            continue
        if kind == "return" and amount > 0:
            return "refund_return"
        if kind in ("cheque_deposit", "cash_deposit", "lockbox", "card") and amount < 0:
            return "other_debit"
        return kind
    return "other_debit" if amount < 0 else "other_credit"
