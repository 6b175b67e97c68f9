"""What is wrong with a cheque, each fault by its code, in words, and whether it bars the deposit or only warns.

Sources: ABA routing number (check digit; the first two digits are a Federal Reserve district, a thrift, an electronic
or a traveller's cheque number); UCC 4-404 (stale after six months), 31 CFR 240.5 (Treasury cheques, one year),
UCC 3-113 (post-dated), UCC 3-114 (words before figures), UCC 3-311 (paid in full). No words hold a number in full.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from stdnum.us import rtn

from analysis.intake.micr import CANADIAN, Micr, read_micr
from analysis.intake.payee_names import is_near_ours, is_ours
from analysis.intake.traces import trace_key
from analysis.intake.written_amounts import written_amount
from analysis.money import show

STALE_MONTHS, TREASURY_MONTHS = 6, 12

BARS: Mapping[str, bool] = {
    "routing_digits": True,
    "routing_checksum": True,
    "routing_prefix": True,
    "foreign_bank": True,
    "foreign_currency": True,
    "micr_unreadable": False,
    "micr_differs": True,
    "micr_amount": True,
    "duplicate_cheque": True,
    "stale_cheque": True,
    "post_dated": True,
    "words_unreadable": False,
    "words_differ": True,
    "payee_not_ours": True,
    "payee_near_ours": False,
    "restrictive_endorsement": False,
}
"""Every fault, and whether it bars the deposit; the others are asked about first."""

_PREFIXES = (*range(0, 13), *range(21, 33), *range(61, 73), 80)
_TREASURY_ROUTING = "000000518"
_TREASURY = re.compile(
    r"(?:the )?(?:(?:us|u s|united states)(?: of america)? (?:(?:dept|department) of (?:the )?)?treas(?:ury)?"
    r"|(?:dept|department) of the treas(?:ury)?|treasury of the united states)"
    r"(?: (?:\d+|dept|department|bureau|fiscal|financial|irs|internal revenue|checks?)\b.*)?"
)
"""The payer of a Treasury cheque, in small letters without marks: never a state's treasury, nor a company's."""
_BY = r"[\s.\-_/]+"
_IN_FULL = re.compile(
    rf"\b(?:pa(?:id|yed)|pd|p(?:ay)?mt|payment|bal(?:ance)?|settle(?:d|ment)|satisf(?:ied|action)|tendered)"
    rf"{_BY}in{_BY}full\b"
    rf"|\bp\.?i\.?f\b|full{_BY}(?:(?:and|&){_BY}final{_BY})?(?:payment|settlement|satisfaction)"
    rf"|final{_BY}settlement|accord{_BY}(?:and|&){_BY}satisfaction|balance{_BY}cleared",
    re.IGNORECASE,
)
_FINAL = re.compile(rf"\bfinal{_BY}(?:payment|p(?:ay)?mt)\b", re.IGNORECASE)
_BY_PLAN = re.compile(r"\bplan\b|\binstal?lments?\b", re.IGNORECASE)
"""The last payment of a plan pays what was agreed: it asks for nothing."""
_CURRENCY = re.compile(r"\b(?:CAD|EUR|GBP|MXN|JPY|CHF|AUD|canadian|euros?|pounds?|pesos?|yen|francs?)\b", re.IGNORECASE)
_DOLLARS = re.compile(r"|USD?\$?|\$(?:USD?)?|(?:USD?|UNITEDSTATES)?DOLLARS?")
"""How US dollars are named, in capitals without blanks, dots and hyphens; or not at all."""


@dataclass(frozen=True, slots=True)
class Cheque:
    """A cheque as it was keyed or told; what is not known of it is None. `amount`: its figures, in US dollars."""

    amount: Decimal
    received_on: date
    check_date: date | None = None
    routing_number: str | None = None
    check_account: str | None = None
    check_number: str | None = None
    payer_name: str | None = None
    micr_line: str | None = None
    written_amount: str | None = None
    payee_name: str | None = None
    memo: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a cheque, in words that name no number in full."""

    code: str
    words: str

    @property
    def bars(self) -> bool:
        """Whether the cheque cannot be deposited as it is."""
        return BARS[self.code]


ChequeKey = tuple[str, str, str]


def cheque_key(routing: str | None, account: str | None, number: str | None) -> ChequeKey | None:
    """What makes a cheque one: its bank, account and number as they are compared; None where one is not known."""
    parts = trace_key(routing), trace_key(account), trace_key(number)
    first, second, third = parts
    return None if first is None or second is None or third is None else (first, second, third)


def faults(cheque: Cheque, payees: Sequence[str] = (), known: Iterable[ChequeKey] = ()) -> list[Fault]:
    """Everything wrong with the cheque on the day it was received, the worst first; nothing for a good one.

    `payees`: the names we take cheques under, none where they are not told; `known`: the cheques taken before.
    """
    found: list[Fault] = []
    micr = read_micr(cheque.micr_line) if cheque.micr_line else None
    if cheque.micr_line and micr is None:
        found.append(Fault("micr_unreadable", "the MICR line cannot be read; key its numbers by hand"))
    routing = cheque.routing_number or (micr.routing_number if micr else None)
    account = cheque.check_account or (micr.check_account if micr else None)
    number = cheque.check_number or (micr.check_number if micr else None)
    found += _of_routing(routing, is_foreign=micr is not None and micr.is_foreign)
    found += _of_micr(cheque, micr) if micr else []
    key = cheque_key(routing, account, number)
    if key is not None and key in set(known):
        found.append(Fault("duplicate_cheque", "the same bank, account and cheque number was taken before"))
    found += _of_date(cheque, _is_treasurys(routing, cheque.payer_name))
    found += _of_words(cheque)
    found += _of_payee(cheque, payees)
    return sorted(found, key=lambda one: not one.bars)


def _of_routing(routing: str | None, *, is_foreign: bool) -> Iterable[Fault]:
    if routing is None:
        return
    plain = _plain(routing)
    if is_foreign or CANADIAN.fullmatch(plain):
        yield Fault("foreign_bank", "the bank is not in the United States; send it for collection")
    elif re.fullmatch(r"[0-9]{9}", plain) is None:
        yield Fault("routing_digits", f"a routing number has nine digits, this one has {len(plain)} signs")
    elif not rtn.is_valid(plain):
        yield Fault("routing_checksum", "the routing number's check digit does not hold; a digit is wrong")
    elif int(plain[:2]) not in _PREFIXES or plain == "0" * 9:
        yield Fault("routing_prefix", f"no bank's routing number begins with {plain[:2]} like this one")


def _plain(routing: str) -> str:
    """The routing number without blanks, and without hyphens where nine digits are left: other signs show."""
    told = routing.replace(" ", "")
    bare = told.replace("-", "")
    return bare if re.fullmatch(r"[0-9]{9}", bare) else told


def _is_treasurys(routing: str | None, payer_name: str | None) -> bool:
    """Whether the United States Treasury drew it: the routing number says so, and where it is not known the name."""
    if routing is not None:
        return _plain(routing) == _TREASURY_ROUTING
    words = re.findall(r"[a-z0-9]+", re.sub(r"[.']", "", (payer_name or "").casefold()))
    return _TREASURY.fullmatch(" ".join(words)) is not None


def _of_micr(cheque: Cheque, micr: Micr) -> Iterable[Fault]:
    keyed = (
        ("routing number", cheque.routing_number, micr.routing_number),
        ("account", cheque.check_account, micr.check_account),
        ("cheque number", cheque.check_number, micr.check_number),
    )
    for name, typed, scanned in keyed:
        if typed and scanned and trace_key(typed) != trace_key(scanned):
            yield Fault("micr_differs", f"the {name} keyed is another than the MICR line's")
    if micr.amount is not None and micr.amount != cheque.amount:
        yield Fault("micr_amount", f"the MICR line is encoded with {show(micr.amount)}, keyed is {show(cheque.amount)}")


def _of_date(cheque: Cheque, is_treasurys: bool) -> Iterable[Fault]:
    if cheque.check_date is None:
        return
    if cheque.check_date > cheque.received_on:
        yield Fault("post_dated", f"it is dated {cheque.check_date}, after {cheque.received_on}")
    months = TREASURY_MONTHS if is_treasurys else STALE_MONTHS
    last = months_after(cheque.check_date, months)
    if cheque.received_on > last:
        whose = "a Treasury cheque is void a year" if is_treasurys else "a bank need not pay a cheque six months"
        yield Fault("stale_cheque", f"{whose} after its date: it was good until {last}")


def _of_words(cheque: Cheque) -> Iterable[Fault]:
    words = "" if cheque.written_amount is None else cheque.written_amount.strip()
    currency = re.sub(r"[\s.\-]", "", cheque.currency or "").upper()
    if _DOLLARS.fullmatch(currency) is None or _CURRENCY.search(words):
        yield Fault("foreign_currency", "it is not written in US dollars; send it for collection")
    elif words:
        said = written_amount(words)
        if said is None:
            yield Fault("words_unreadable", "the amount in words cannot be read; compare it by eye")
        elif said != cheque.amount:
            yield Fault(
                "words_differ", f"the words say {show(said)}, the figures {show(cheque.amount)}; a bank pays the words"
            )


def _of_payee(cheque: Cheque, payees: Sequence[str]) -> Iterable[Fault]:
    if cheque.payee_name and payees and not is_ours(cheque.payee_name, payees):
        if is_near_ours(cheque.payee_name, payees):
            yield Fault("payee_near_ours", "it is payable to a name that is near one of ours; compare it by eye")
        else:
            yield Fault("payee_not_ours", "it is payable to a name that is none of ours")
    if cheque.memo and _pays_in_full(cheque.memo):
        yield Fault("restrictive_endorsement", "it says that it pays in full; ask before it is deposited")


def _pays_in_full(memo: str) -> bool:
    """Whether the memo says that nothing more is owed, and not only that a plan has come to its end."""
    return _IN_FULL.search(memo) is not None or (_FINAL.search(memo) is not None and not _BY_PLAN.search(memo))


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
