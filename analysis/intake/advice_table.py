"""Remittance advice keyed from paper or sent as a table: one remittance per payment, one claim payment per row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from analysis.intake.parsed import ParsedFile
from analysis.intake.traces import trace_key
from analysis.money import MONEY, plain, total
from analysis.problems import Finding

PAYMENT = ("trace_number", "payer_name", "payer_id", "payment_date", "payment_amount")
"""Rows that agree in all of these are one remittance."""

CLAIM = (
    "claim_id",
    "claim_status",
    "charge_amount",
    "paid_amount",
    "patient_responsibility",
    "payer_claim_control_number",
    "patient_name",
    "service_date",
)

METHODS = {"EFT": "ACH", "CHECK": "CHK", "CHEQUE": "CHK", "WIRE": "FWT"}
"""Words for a payment method that have a code in BPR04 of an 835; every other is kept, in upper case."""

Rows = Sequence[int]
Values = Mapping[str, list[Any]]


def remittances(lines: Sequence[int], typed: Values) -> ParsedFile:
    """The rows as remittances, in the order of their first lines, and claim payments, with what does not add up.

    Amounts are US dollars. A remittance's `content_key` is made of its claim rows, whatever their order.
    """
    payments: dict[tuple[Any, ...], list[int]] = {}
    for row, payment in enumerate(zip(*(typed[name] for name in PAYMENT), strict=True)):
        payments.setdefault(payment, []).append(row)
    groups = list(payments.values())
    records = {"remittances": len(groups), "claims": len(lines)}
    totals = {
        "payment_amount": total(typed["payment_amount"][rows[0]] for rows in groups),
        "claim_payment_amount": total(typed["paid_amount"]),
        "claim_charge_amount": total(typed["charge_amount"]),
    }
    tables = {
        "remittance": _remittance_table(groups, lines, typed),
        "claim_payment": _claim_table(groups, lines, typed),
    }
    return ParsedFile("remittances", tables, records, totals, tuple(_out_of_balance(groups, lines, typed)))


def _out_of_balance(groups: Sequence[Rows], lines: Sequence[int], typed: Values) -> list[Finding]:
    findings = []
    for rows in groups:
        payment, paid = typed["payment_amount"][rows[0]], total(typed["paid_amount"][row] for row in rows)
        if payment != paid:
            message = f"the claims add up to {plain(paid)}, the payment is {plain(payment)}"
            findings.append(
                Finding("warning", "remittance_total", f"remittance at line {lines[rows[0]]}", message, payment - paid)
            )
    return findings


def _remittance_table(groups: Sequence[Rows], lines: Sequence[int], typed: Values) -> pa.Table:
    firsts = [rows[0] for rows in groups]

    def of_first(name: str) -> list[Any]:
        return [typed[name][row] for row in firsts]

    methods = [_method(text) for text in of_first("payment_method")]
    return pa.table(
        {
            "place": pa.array([lines[row] for row in firsts], pa.int32()),
            "last_place": pa.array([lines[rows[-1]] for rows in groups], pa.int32()),
            "source": pa.array(["table"] * len(groups), pa.string()),
            "payment_amount": pa.array(of_first("payment_amount"), MONEY),
            "payment_method": pa.array(methods, pa.string()),
            "payment_date": pa.array(of_first("payment_date"), pa.date32()),
            "trace_number": pa.array(of_first("trace_number"), pa.string()),
            "trace_key": pa.array([trace_key(text) for text in of_first("trace_number")], pa.string()),
            "payer_name": pa.array(of_first("payer_name"), pa.string()),
            "payer_id": pa.array(of_first("payer_id"), pa.string()),
            "content_key": pa.array([_content_key(rows, typed) for rows in groups], pa.string()),
        }
    )


def _claim_table(groups: Sequence[Rows], lines: Sequence[int], typed: Values) -> pa.Table:
    place_of = {row: lines[rows[0]] for rows in groups for row in rows}
    names = [_name(text) for text in typed["patient_name"]]
    return pa.table(
        {
            "place": pa.array(lines, pa.int32()),
            "remittance_place": pa.array([place_of[row] for row in range(len(lines))], pa.int32()),
            "claim_id": pa.array(typed["claim_id"], pa.string()),
            "claim_status": pa.array(typed["claim_status"], pa.string()),
            "charge_amount": pa.array(typed["charge_amount"], MONEY),
            "paid_amount": pa.array(typed["paid_amount"], MONEY),
            "patient_responsibility": pa.array(typed["patient_responsibility"], MONEY),
            "payer_claim_control_number": pa.array(typed["payer_claim_control_number"], pa.string()),
            "patient_last_name": pa.array([last for last, _ in names], pa.string()),
            "patient_first_name": pa.array([first for _, first in names], pa.string()),
            "statement_from": pa.array(typed["service_date"], pa.date32()),
        }
    )


def _method(text: str | None) -> str | None:
    return METHODS.get(text.upper(), text.upper()) if text else None


def _name(text: str | None) -> tuple[str | None, str | None]:
    """Last and first name of `LAST, FIRST`; a name without a comma stands whole as the last name."""
    last, _, first = (text or "").partition(",")
    return last.strip() or None, first.strip() or None


def _content_key(rows: Rows, typed: Values) -> str:
    claims = sorted(repr([str(typed[name][row]) for name in CLAIM]) for row in rows)
    return hashlib.sha256("\n".join(claims).encode("utf-8")).hexdigest()[:32]
