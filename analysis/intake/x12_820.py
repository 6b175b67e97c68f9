"""X12 820 (payment order and remittance advice) to remittances, as the store holds those of an 835.

An RMR is what a payment pays: an invoice, a policy, or in a Health Insurance Exchange's 820 (005010X306) a kind of
premium of a policy. It stands as a claim payment: paid is RMR04, charged RMR05. An ADX after an RMR explains that RMR;
one that stands before any changes the payment itself. Guides: X12 820, 005010X218 and 005010X306.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa

from analysis.days import day
from analysis.intake.bank_statements import exact
from analysis.intake.parsed import ParsedFile, RawPiece
from analysis.intake.traces import trace_key
from analysis.intake.x12_frame import Frame, Transaction, frame
from analysis.money import MONEY, ZERO, show, total
from analysis.problems import FileRejected, Finding, capped

KIND = "remittance_820"
SEGMENTS_PER_PIECE = 2_000

_SOURCE = "820"
_POLICIES = ("POL", "38", "1L", "18")
"""REF01 of what names a policy or group, best first."""


@dataclass(frozen=True, slots=True)
class _Segment:
    place: int
    elements: tuple[str, ...]

    def at(self, number: int) -> str:
        """The element of that number, blank where it is not there."""
        return self.elements[number].strip() if len(self.elements) > number else ""

    def where(self) -> str:
        """The segment's place in words."""
        return f"segment {self.place}, {self.elements[0]}"

    def money(self, number: int) -> Decimal | None:
        """The amount in that element, None where it is blank; `FileRejected` for other text."""
        text = self.at(number)
        if not text:
            return None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            raise FileRejected("x12_amount", f"{self.where()}{number:02d}", "an amount", "another text") from None
        return exact(amount, f"{self.where()}{number:02d}")


@dataclass(slots=True)
class _Reading:
    """The rows read so far, in file order."""

    remittances: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    adjustments: list[dict[str, Any]] = field(default_factory=list)
    withheld: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read(data: bytes) -> ParsedFile:
    """The file's payments, what they pay, and their adjustments. Money is US dollars.

    A payment that does not add up is a finding. `FileRejected` where the file is cut short, holds another transaction
    set, or a payment has no BPR (as before version 4010) or an amount that is none.
    """
    framed = frame(data, "820")
    reading = _Reading(findings=list(framed.findings))
    for transaction in framed.transactions:
        _payment(transaction, reading)
    tables = {
        "remittance": _table(reading.remittances),
        "claim_payment": _table(reading.claims),
        "claim_adjustment": _table(reading.adjustments),
        "provider_adjustment": _table(reading.withheld),
    }
    return ParsedFile(
        kind=KIND,
        tables={name: rows for name, rows in tables.items() if rows.num_rows},
        records={
            "remittances": len(reading.remittances),
            "claims": len(reading.claims),
            "adjustments": len(reading.adjustments),
            "provider_adjustments": len(reading.withheld),
        },
        totals={
            "payment_amount": total(row["payment_amount"] for row in reading.remittances),
            "claim_charge_amount": total(row["charge_amount"] for row in reading.claims),
            "claim_payment_amount": total(row["paid_amount"] for row in reading.claims),
            "provider_adjustment_amount": total(row["amount"] for row in reading.withheld),
        },
        findings=tuple(capped(reading.findings)),
        pieces=tuple(_pieces(framed)),
    )


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows as Arrow, money as the store's money and places as whole numbers."""
    table = pa.Table.from_pylist(list(rows))
    for number, column in enumerate(table.column_names):
        wanted = MONEY if column.endswith("amount") else pa.int32() if column.endswith(("place", "position")) else None
        if wanted is not None:
            table = table.set_column(number, column, table[column].cast(wanted))
    return table


def _segments(transaction: Transaction) -> Iterator[_Segment]:
    text = bytes(transaction.body).decode("utf-8")
    element, end = transaction.delimiters.element.decode(), transaction.delimiters.segment.decode()
    for place, segment in enumerate(text.rstrip(end).split(end), start=transaction.first_segment):
        yield _Segment(place, tuple(segment.split(element)))


def _pieces(framed: Frame) -> Iterator[RawPiece]:
    """The file's segments in runs, one a line."""
    texts = dict(framed.envelope)
    for transaction in framed.transactions:
        element = transaction.delimiters.element.decode()
        texts |= {one.place: element.join(one.elements) for one in _segments(transaction)}
    places = sorted(texts)
    for at in range(0, len(places), SEGMENTS_PER_PIECE):
        run = places[at : at + SEGMENTS_PER_PIECE]
        yield RawPiece(run[0], "\n".join(texts[place].rstrip("\r\n~") for place in run))


def _day(text: str) -> date | None:
    """A day written as CCYYMMDD, or as YYMMDD in the interchange."""
    whole = f"20{text}" if len(text) == 6 else text
    return day(f"{whole[:4]}-{whole[4:6]}-{whole[6:8]}") if len(whole) == 8 and whole.isdigit() else None


def _payment(transaction: Transaction, reading: _Reading) -> None:
    """Adds one transaction's remittance, its lines and adjustments."""
    segments = list(_segments(transaction))
    first = next((one for one in segments if one.elements[0] == "BPR"), None)
    if first is None:
        found = "none, as in versions before 4010"
        raise FileRejected("no_payment", f"segment {transaction.first_segment}, ST", "a BPR segment", found)
    amount = first.money(2)
    if amount is None:
        raise FileRejected("x12_amount", f"{first.where()}02", "an amount", "nothing")
    trace = next((one for one in segments if one.elements[0] == "TRN"), None)
    payer = _party(segments, ("PR", "RM"))
    payee = _party(segments, ("PE",))
    body = _Body(transaction.first_segment, reading)
    for segment in segments:
        body.take(segment)
    reading.remittances.append(
        {
            "place": transaction.first_segment,
            "last_place": transaction.last_segment,
            "source": _SOURCE,
            "interchange_control_number": _at(transaction.interchange, 13),
            "interchange_sender_id": _at(transaction.interchange, 6),
            "interchange_date": _day(_at(transaction.interchange, 9) or ""),
            "usage_indicator": _at(transaction.interchange, 15),
            "group_control_number": _at(transaction.group, 6),
            "group_date": _day(_at(transaction.group, 4) or ""),
            "transaction_control_number": transaction.control_number or None,
            "version": _at(transaction.group, 8),
            "handling_code": first.at(1) or None,
            "payment_amount": amount,
            "credit_debit_flag": first.at(3) or None,
            "payment_method": first.at(4) or None,
            "payment_format": first.at(5) or None,
            "payer_routing_number": first.at(7) or None,
            "payer_bank_account": first.at(9) or None,
            "originating_company_id": first.at(10) or None,
            "payee_routing_number": first.at(13) or None,
            "payee_bank_account": first.at(15) or None,
            "payment_date": _day(first.at(16)),
            "trace_number": (trace.at(2) or None) if trace else None,
            "trace_key": trace_key(trace.at(2)) if trace else None,
            "trace_payer_id": (trace.at(3) or None) if trace else None,
            "payer_name": (payer.at(2) or None) if payer else None,
            "payer_id_qualifier": (payer.at(3) or None) if payer else None,
            "payer_id": (payer.at(4) or None) if payer else None,
            "payee_name": (payee.at(2) or None) if payee else None,
            "payee_id_qualifier": (payee.at(3) or None) if payee else None,
            "payee_id": (payee.at(4) or None) if payee else None,
            "content_key": body.content_key(),
        }
    )
    _prove(first, amount, body, reading)


def _at(elements: tuple[str, ...], number: int) -> str | None:
    return (elements[number].strip() or None) if len(elements) > number else None


def _party(segments: Sequence[_Segment], codes: tuple[str, ...]) -> _Segment | None:
    return next((one for one in segments if one.elements[0] == "N1" and one.at(1) in codes), None)


def _prove(first: _Segment, amount: Decimal, body: _Body, reading: _Reading) -> None:
    """A finding where what is paid, less what is withheld, is not the payment."""
    off = amount - body.paid + body.withheld
    if off != ZERO:
        message = (
            f"lines paid {show(body.paid)} less adjustments {show(body.withheld)} is "
            f"{show(body.paid - body.withheld)}, BPR02 says {show(amount)}: off by {show(off)}"
        )
        reading.findings.append(Finding("warning", "transaction_out_of_balance", first.where(), message, off))


class _Body:
    """The remittance detail of one transaction, read segment by segment."""

    def __init__(self, place: int, reading: _Reading) -> None:
        self.place, self.reading = place, reading
        self.paid = self.withheld = ZERO
        self._person: _Segment | None = None
        self._policies: dict[str, str] = {}
        self._line: dict[str, Any] | None = None
        self._said: list[str] = []

    def content_key(self) -> str:
        """The same for the same lines sent again."""
        return hashlib.sha256("\n".join(sorted(self._said)).encode()).hexdigest()[:32]

    def take(self, segment: _Segment) -> None:
        """Keeps what the segment says; those that say nothing about money or whose it is are left to the raw text."""
        match segment.elements[0]:
            case "ENT":
                self._person, self._policies, self._line = None, {}, None
            case "NM1" if segment.at(1) in ("IL", "QE", "EY"):
                self._person = segment
            case "REF" if self._line is None:
                self._policies.setdefault(segment.at(1), segment.at(2))
            case "RMR":
                self._pays(segment)
            case "ADX":
                self._adjusts(segment)
            case "SE":
                self._line = None
            case _:
                pass

    def _pays(self, segment: _Segment) -> None:
        paid = segment.money(4) or ZERO
        policy = next((self._policies[code] for code in _POLICIES if code in self._policies), "")
        is_premium = segment.at(1) == "ZZ"
        person = self._person
        self._line = {
            "place": segment.place,
            "remittance_place": self.place,
            "claim_id": (policy if is_premium else segment.at(2)) or segment.at(2) or None,
            "charge_amount": segment.money(5),
            "paid_amount": paid,
            "payer_claim_control_number": (segment.at(2) if is_premium else policy) or None,
            "patient_last_name": (person.at(3) or None) if person else None,
            "patient_first_name": (person.at(4) or None) if person else None,
            "patient_id_qualifier": (person.at(8) or None) if person else None,
            "patient_id": (person.at(9) or None) if person else None,
        }
        self.reading.claims.append(self._line)
        self.paid += paid
        self._said.append(repr([str(self._line[name]) for name in ("claim_id", "paid_amount", "charge_amount")]))

    def _adjusts(self, segment: _Segment) -> None:
        """An adjustment of the line before it, or of the payment where there is none; positive as it reduces it."""
        amount = -(segment.money(1) or ZERO)
        row = {"place": segment.place, "position": 1, "remittance_place": self.place, "amount": amount}
        row |= {"reason_code": segment.at(2) or None}
        if self._line is not None:
            self.reading.adjustments.append(row | {"claim_payment_place": self._line["place"]})
        else:
            self.reading.withheld.append(row | {"reference_id": segment.at(4) or None})
            self.withheld += amount
            self._said.append(repr([str(amount), segment.at(2)]))
