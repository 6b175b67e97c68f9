"""Claims of remittances that cannot be posted: by which codes, what to do next, and what was done, step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.match.decisions import Who, decision_day, needed
from analysis.match.signers import is_same_person
from analysis.money import ZERO
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Code:
    """Why a claim cannot be posted, in words, and what to do next."""

    says: str
    next_step: str


CODES: Mapping[str, Code] = {
    "F03": Code("its file is marked as a test", "ask the sender for the file of production"),
    "T01": Code("its remittance does not add up", "ask the payer for a corrected one; post by hand what is sure"),
    "T02": Code(
        "its remittance pays less than nothing", "ask the payer: a debt is carried forward as an FB adjustment"
    ),
    "T03": Code("its remittance says no payment, and an amount", "find out how the money came"),
    "T04": Code("its remittance has no trace number", "ask the payer for the trace, then post by hand with it"),
    "C01": Code("no account has this claim number", "find the account and assign it, or send it to its home"),
    "C02": Code("the account is of another last name", "compare birth date and service, then assign"),
    "C03": Code(
        "charge less adjustments is not what was paid", "ask the payer what is missing; post by hand what is sure"
    ),
    "C04": Code(
        "patient not recognised, forwarded, or only an estimate", "check registration and bill again; no money"
    ),
    "C06": Code("a reversal without its correction", "wait for the correction or ask for it, then post both"),
    "C10": Code("paid more than was charged", "ask the payer before posting: it would make a credit"),
    "C11": Code(
        "the payer paid this claim before, the same amount", "see whether it is posted; a second payment is a credit"
    ),
    "C12": Code(
        "the patient's share is not the sum of its reasons", "ask the payer, then bill the patient by the reasons"
    ),
    "C13": Code("several accounts have this number", "find which account it is, and assign it"),
    "C14": Code("the payer corrects a name or names another payer first", "correct the registration"),
    "L04": Code("a service line does not add up", "ask the payer for the line; post by hand what is sure"),
}
"""DOMAIN.md 1.7's codes as far as loaded files can tell them. Its other F and T codes hold a file or remittance whole:
a refused file, a duplicate, a remittance without its money or with adjustments to decide are items of their own."""

STEPS: Mapping[str, str] = {
    "assign": "the account that it belongs to is known",
    "post": "posted by hand",
    "send": "sent to another home",
    "approve": "the second person agrees",
    "reopen": "open again",
}

_AFTER: Mapping[str, tuple[str, ...]] = {
    "assign": ("open", "assigned"),
    "post": ("open", "assigned"),
    "send": ("open", "assigned"),
    "approve": ("waiting_second",),
    "reopen": ("assigned", "posted", "sent", "waiting_second"),
}
LONGEST = 100

_ADDED = pa.string()


def rejected_claims(store: Store, as_of: date) -> pd.DataFrame:
    """Every rejected claim with why and what to do next; settled ones last. Grain: one row per claim (`case_id`).

    Units: US dollars paid on the claim, negative where taken back; age in calendar days.
    """
    found = query_table(store, "rejected/claims", {"as_of": as_of})
    rows = found.select(["codes", "reject_code", "standing"]).to_pylist()
    why = ["; ".join(CODES[one].says for one in row["codes"].split("; ")) for row in rows]
    steps = [_next_step(row) for row in rows]
    told = found.append_column("why", pa.array(why, _ADDED)).append_column("next_step", pa.array(steps, _ADDED))
    return told.to_pandas(types_mapper=pd.ArrowDtype)


def _next_step(row: Row) -> str:
    match row["standing"]:
        case "assigned":
            return "post it by hand on the account assigned"
        case "waiting_second":
            return "another person approves that it was sent"
        case "posted" | "sent":
            return "nothing"
        case _:
            return CODES[row["reject_code"]].next_step


def rejected_version(store: Store, claim_payment_id: int) -> int:
    """The version that a step of the claim must name; 0 before the first."""
    found = query_table(store, "rejected/told", {"claim_payment_id": claim_payment_id}).to_pylist()
    return int(found[0]["version"]) if found else 0


def rejected_history(store: Store, claim_payment_id: int) -> pd.DataFrame:
    """All that was done with the claim. Grain: one row per step, in order."""
    return query(store, "rejected/history", {"claim_payment_id": claim_payment_id})


def assign(store: Store, claim_payment_id: int, version: int, account_number: str, who: Who, reason: str) -> None:
    """The claim belongs to that account. Raises `DecisionRefused` where no extract tells an account of that number."""

    def judge(writer: MatchWriter, told: Row) -> Row:
        found = writer.ask("rejected/account", {"account_number": account_number.strip()})
        if len(found) != 1:
            raise DecisionRefused("no account of that number is loaded, or more than one; look at the accounts")
        return {"account_number": found[0]["account_number"]}

    _step(store, claim_payment_id, version, "assign", who, needed(reason, "a claim is assigned"), judge)


def post_by_hand(
    store: Store, claim_payment_id: int, version: int, reference: str, on_date: date, who: Who, reason: str
) -> None:
    """The claim was posted by hand under that reference; nothing is open of it from then on."""

    def judge(writer: MatchWriter, told: Row) -> Row:
        return {"reference": _named(reference, "the posting's reference"), "on_date": _past(told, on_date, who)}

    _step(store, claim_payment_id, version, "post", who, needed(reason, "a claim is posted by hand"), judge)


def send_home(
    store: Store, claim_payment_id: int, version: int, home: str, reference: str, on_date: date, who: Who, reason: str
) -> None:
    """The claim went to the home it belongs to, under that reference; with money, once another person approves."""

    def judge(writer: MatchWriter, told: Row) -> Row:
        named = {
            "home_name": _named(home, "whose it is"),
            "reference": _named(reference, "the reference it went under"),
        }
        return named | {"on_date": _past(told, on_date, who)}

    _step(store, claim_payment_id, version, "send", who, needed(reason, "a claim is sent away"), judge)


def approve_sent(store: Store, claim_payment_id: int, version: int, who: Who, reason: str = "") -> None:
    """Another person than the one who sent it agrees that the claim's money is another home's."""

    def judge(writer: MatchWriter, told: Row) -> Row:
        if is_same_person(told["sent_by"], who.name):
            raise DecisionRefused("someone else has to approve it: you sent it yourself")
        return {}

    _step(store, claim_payment_id, version, "approve", who, reason.strip() or "approved", judge)


def reopen(store: Store, claim_payment_id: int, version: int, who: Who, reason: str) -> None:
    """What was done does not hold: the claim is open again."""
    why = needed(reason, "a claim is opened again")
    _step(store, claim_payment_id, version, "reopen", who, why, lambda writer, told: {})


def _step(
    store: Store,
    claim_payment_id: int,
    version: int,
    step: str,
    who: Who,
    reason: str,
    judge: Callable[[MatchWriter, Row], Row],
) -> None:
    def work(writer: MatchWriter) -> None:
        day = decision_day(writer, who)
        found = writer.ask("rejected/told", {"claim_payment_id": claim_payment_id})
        if not found:
            raise DecisionRefused("there is no such claim")
        told = found[0]
        if told["version"] != version:
            raise DecisionRefused("someone did something with this claim since it was shown; look at it again")
        if told["standing"] not in _AFTER[step]:
            raise DecisionRefused(f"the claim is {told['standing'].replace('_', ' ')}: {STEPS[step]} cannot follow")
        kept = judge(writer, told)
        made = writer.decide_about("rejected_claim", str(claim_payment_id), step, who.name, reason, day)
        row = {"decision_id": made, "claim_payment_id": claim_payment_id, "version": version + 1, "step": step}
        writer.insert("rejected_claim_step", [row | dict(kept)])

    write(store, work)


def _named(text: str, what: str) -> str:
    if not text.strip() or len(text) > LONGEST:
        raise DecisionRefused(f"{what} is missing, or longer than {LONGEST} characters")
    return text.strip()


def _past(told: Row, on_date: date, who: Who) -> date:
    if on_date > who.as_of:
        raise DecisionRefused(f"{on_date} has not come yet; {who.as_of} is looked at")
    return on_date


def open_amounts(rejected: pd.DataFrame) -> tuple[Decimal, Decimal]:
    """What of the open ones waits to be posted, and what to be taken back, both in US dollars."""
    waiting = [one for one in rejected[~rejected["is_settled"].astype(bool)]["amount"] if one]
    return sum((one for one in waiting if one > 0), ZERO), sum((-one for one in waiting if one < 0), ZERO)
