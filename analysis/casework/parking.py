"""Money that cannot be posted as it is: set aside in suspense, as unapplied or as another's, moved on, sent home.

Every move is appended, names the deposit's version that was shown, and never takes more than is there. Money of another
practice leaves by two people: one sets it aside, another approves, and then the transfer is recorded with its proof.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analysis.match.decisions import Who, decision_day, needed
from analysis.match.signers import is_same_person
from analysis.money import ZERO, show
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write

Row = Mapping[str, Any]

PLACES: Mapping[str, str] = {
    "suspense": "nobody knows whose it is",
    "unapplied": "payer, customer or patient known; account or claim not",
    "wrong_home": "another practice's money, to be sent on",
}
"""Where money can be parked, and what each means."""

KNOWN_AS = ("payer", "customer", "patient")
METHODS = ("cheque", "ach", "wire", "book_transfer", "remittance_returned")
"""How money is sent to its right home."""

LONGEST_NAME = 200
LARGEST_PROOF = 5_000_000
"""Bytes of a file kept as proof."""


@dataclass(frozen=True, slots=True)
class Parking:
    """What is to be parked: where, how many US dollars, whose they are as far as known, and who takes care of it."""

    place: str
    amount: Decimal
    known_as: str | None = None
    known_name: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """The proof that money was sent on: how, under which reference, on which day, and a file where there is one."""

    method: str
    reference: str
    on_date: date
    proof_name: str = ""
    proof: bytes = b""


def park(
    store: Store,
    bank_transaction_id: int,
    version: int,
    wanted: Parking,
    who: Who,
    reason: str,
    from_lot_id: int | None = None,
) -> int:
    """The money is parked, out of another lot or out of what nobody posted or parked; returns the new lot's id.

    Raises `DecisionRefused` for more than is there, without a reason, for a name that the place needs or does not take,
    and where the deposit has changed since it was shown.
    """
    judged = _judged(wanted, who)

    def work(writer: MatchWriter) -> int:
        told = _deposit(writer, bank_transaction_id, version)
        source = None if from_lot_id is None else _lot(writer, from_lot_id, bank_transaction_id)
        _refuse_beyond(writer, told, source, wanted)
        lot_id = writer.next_ids("parked_lot", 1) + 1
        kept = {**judged, "lot_id": lot_id, "from_lot_id": from_lot_id}
        _append(writer, told, "park", kept, who, needed(reason, "money is parked"))
        return lot_id

    return write(store, work)


def give_back(
    store: Store, bank_transaction_id: int, version: int, lot_id: int, amount: Decimal, who: Who, reason: str
) -> None:
    """So much of the lot is unposted again. Raises `DecisionRefused` for more than it holds."""

    def work(writer: MatchWriter) -> None:
        told = _deposit(writer, bank_transaction_id, version)
        wanted = Parking("unposted", amount)
        _refuse_beyond(writer, told, _lot(writer, lot_id, bank_transaction_id), wanted)
        made = writer.next_ids("parked_lot", 1) + 1
        kept = {"place": "unposted", "amount": amount, "lot_id": made, "from_lot_id": lot_id, "owner": who.name}
        _append(writer, told, "park", kept, who, needed(reason, "money is unposted again"))

    write(store, work)


def approve(store: Store, bank_transaction_id: int, version: int, lot_id: int, who: Who, reason: str = "") -> None:
    """Another person than the one who set it aside agrees that the lot is sent on, as it is now."""

    def work(writer: MatchWriter) -> None:
        told = _deposit(writer, bank_transaction_id, version)
        lot = _of_wrong_home(_lot(writer, lot_id, bank_transaction_id), "waiting_second", "approved")
        if is_same_person(lot["parked_by"], who.name):
            raise DecisionRefused("someone else has to approve it: you set it aside yourself")
        _append(writer, told, "approve", {"lot_id": lot_id}, who, reason.strip() or "approved")

    write(store, work)


def withdraw(store: Store, bank_transaction_id: int, version: int, lot_id: int, who: Who, reason: str) -> None:
    """The approval does not hold any more; the lot can be moved, or approved again."""

    def work(writer: MatchWriter) -> None:
        told = _deposit(writer, bank_transaction_id, version)
        _of_wrong_home(_lot(writer, lot_id, bank_transaction_id), "approved", "withdrawn")
        _append(writer, told, "withdraw", {"lot_id": lot_id}, who, needed(reason, "an approval is withdrawn"))

    write(store, work)


def send(store: Store, bank_transaction_id: int, version: int, lot_id: int, sent: Transfer, who: Who) -> None:
    """The lot's money went to its right home; the proof is kept and the deposit is open by that much less.

    Raises `DecisionRefused` before a second person approved, without the transfer's reference, for a day before the
    money came or still to come, and where the money was posted meanwhile.
    """
    reference = sent.reference.strip()
    if sent.method not in METHODS:
        raise DecisionRefused(f"a transfer is by {', '.join(METHODS)}")
    if not reference or len(reference) > LONGEST_NAME:
        raise DecisionRefused("proof of the transfer is missing: its reference, such as the cheque's or wire's number")
    if len(sent.proof) > LARGEST_PROOF:
        raise DecisionRefused(f"the file kept as proof has at most {LARGEST_PROOF:,} bytes, found {len(sent.proof):,}")

    def work(writer: MatchWriter) -> None:
        told = _deposit(writer, bank_transaction_id, version)
        lot = _of_wrong_home(_lot(writer, lot_id, bank_transaction_id), "approved", "sent")
        if not told["item_date"] <= sent.on_date <= decision_day(writer, who):
            raise DecisionRefused(
                f"the transfer's day: wanted from {told['item_date']}, when the money came, to {who.as_of}, "
                f"found {sent.on_date}"
            )
        if _places(writer, told)["wrong_home_amount"] < lot["left_amount"]:
            raise DecisionRefused("a part of this money is posted by now: correct the posting, or move the lot")
        proof = _keep_proof(writer, sent)
        kept = {"method": sent.method, "reference": reference, "on_date": sent.on_date, "proof_sha256": proof}
        _append(writer, told, "send", {"lot_id": lot_id, **kept}, who, f"sent on by {sent.method}")

    write(store, work)


def _judged(wanted: Parking, who: Who) -> dict[str, Any]:
    """The columns of the new lot. Raises `DecisionRefused` where the place lacks what it is about."""
    if wanted.place not in PLACES:
        raise DecisionRefused(f"money is parked in {', '.join(PLACES)}")
    name, known_as = wanted.known_name.strip(), wanted.known_as
    match wanted.place:
        case "suspense":
            if name or known_as:
                raise DecisionRefused("suspense is for money of nobody known; with a name it is unapplied")
        case "unapplied":
            if not name or known_as not in KNOWN_AS:
                raise DecisionRefused(f"unapplied money needs a name, and what it is: {', '.join(KNOWN_AS)}")
        case _:
            if not name:
                raise DecisionRefused("money of the wrong home needs the name of the practice whose it is")
            known_as = "practice"
    if max(len(name), len(wanted.owner)) > LONGEST_NAME:
        raise DecisionRefused(f"a name has at most {LONGEST_NAME} characters")
    return {
        "place": wanted.place,
        "amount": wanted.amount,
        "known_as": known_as,
        "known_name": name or None,
        "owner": wanted.owner.strip() or who.name,
    }


def _refuse_beyond(writer: MatchWriter, told: Row, source: Row | None, wanted: Parking) -> None:
    if wanted.amount <= ZERO:
        raise DecisionRefused(f"an amount: wanted more than 0.00, found {show(wanted.amount)}")
    if source is None:
        there, where = _places(writer, told)["free_amount"], "of the deposit neither posted nor parked"
    elif source["standing"] in ("approved", "sent"):
        said = (
            "is approved to be sent on; withdraw the approval first" if source["standing"] == "approved" else "is gone"
        )
        raise DecisionRefused(f"the money of lot {source['lot_id']} {said}")
    else:
        there, where = source["left_amount"], f"left in lot {source['lot_id']}"
        if source["place"] == wanted.place and wanted.place == "suspense":
            raise DecisionRefused("it is in suspense already")
    if wanted.amount > there:
        raise DecisionRefused(f"{show(wanted.amount)} is more than the {show(there)} {where}")


def _of_wrong_home(lot: Row, standing: str, done: str) -> Row:
    if lot["place"] != "wrong_home":
        raise DecisionRefused("only money of the wrong home is sent on; move it there first")
    if lot["standing"] != standing:
        now = {"waiting_second": "waits for a second person", "approved": "is approved", "sent": "is sent"}
        raise DecisionRefused(f"lot {lot['lot_id']} {now[lot['standing']]}: it cannot be {done}")
    return lot


def _deposit(writer: MatchWriter, bank_transaction_id: int, version: int) -> Row:
    found = writer.ask("parked/version", {"bank_transaction_id": bank_transaction_id})
    if not found:
        raise DecisionRefused("there is no such deposit")
    if found[0]["version"] != version:
        raise DecisionRefused("money of this deposit was moved since it was shown; look at it again")
    return found[0]


def _places(writer: MatchWriter, told: Row) -> Row:
    """The deposit's money by place, asked where it matters only: it rests on all matches."""
    found = writer.ask("parked/deposit", {"bank_transaction_id": told["bank_transaction_id"]})
    if not found:
        raise DecisionRefused("this is no deposit whose money could be parked")
    return found[0]


def _lot(writer: MatchWriter, lot_id: int, bank_transaction_id: int) -> Row:
    found = writer.ask("parked/lot", {"lot_id": lot_id})
    if not found or found[0]["bank_transaction_id"] != bank_transaction_id:
        raise DecisionRefused(f"the deposit has no lot {lot_id}")
    return found[0]


def _append(writer: MatchWriter, told: Row, action: str, kept: Row, who: Who, reason: str) -> None:
    day, deposit = decision_day(writer, who), told["bank_transaction_id"]
    made = writer.decide_about("parked_money", str(deposit), action, who.name, reason, day)
    row = {"decision_id": made, "bank_transaction_id": deposit, "version": told["version"] + 1, "action": action}
    writer.insert("parked_event", [row | dict(kept)])


def _keep_proof(writer: MatchWriter, sent: Transfer) -> str | None:
    if not sent.proof:
        return None
    digest = hashlib.sha256(sent.proof).hexdigest()
    if not writer.ask("parked/proof", {"sha256": digest}):
        name = sent.proof_name.strip()[:LONGEST_NAME] or "proof"
        writer.insert("kept_proof", [{"sha256": digest, "file_name": name, "content": sent.proof}])
    return digest
