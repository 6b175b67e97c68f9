"""CMS-838: what is owed to Medicare at a quarter's end, its detail page, its totals, and its certification.

Source: DOMAIN.md 5.4, the columns of the form's detail page; due 30 days after the quarter's end. The credits are those
of the quarter's end; what people read of them and sent back counts up to the day of the report, or of its
certification. A credit that a certified report of an earlier quarter told, and that has not changed, is not told again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.credits.audit import credits
from analysis.credits.programs import is_advantage_plan, names_program
from analysis.credits.quarters import last_quarter_end, quarter_name
from analysis.credits.refund_steps import hash_of
from analysis.credits.refunds import refunds
from analysis.match.decisions import Who, decision_day, needed
from analysis.money import MONEY, ZERO, show, total
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write
from analysis.store.queries import query_table

SUBJECT = "cms_838"
DUE_AFTER_DAYS = 30
BY_HAND = ("cost_report", "value_code", "primary_payer_address")
"""What no file tells: a person fills it in."""

DETAIL = pa.schema(
    [
        ("beneficiary_name", pa.string()),
        ("beneficiary_identifier", pa.string()),
        ("claim_control_number", pa.string()),
        ("type_of_bill", pa.string()),
        ("admission_date", pa.date32()),
        ("discharge_date", pa.date32()),
        ("paid_date", pa.date32()),
        ("cost_report", pa.string()),
        ("credit_amount", MONEY),
        ("repaid_amount", MONEY),
        ("method", pa.string()),
        ("outstanding_amount", MONEY),
        ("reason_code", pa.string()),
        ("value_code", pa.string()),
        ("explanation", pa.string()),
        ("facility", pa.string()),
        ("account_number", pa.string()),
        ("credit_date", pa.date32()),
    ]
)
"""Columns 1 to 15 of the detail page in their order, then what a site needs to find the account."""

_LAST_TOLD = DETAIL.names.index("reason_code") + 1
"""How many columns files tell; the method in so far as something was repaid."""

_REASONS = {"duplicate_payment": "1", "primary_secondary_overpayment": "2"}
_TOLD = ("account_number", "credit_date", "credit_amount", "repaid_amount", "reason_code")
"""What is kept of a credit that was told, and what a change of it is."""

_OUT = ("exported", "issued", "cleared")


@dataclass(frozen=True, slots=True)
class Report838:
    """One quarter's report. `day` is the day it was worked out for: the quarter's end, or the latest one loaded.

    `in_review` and `told_before` count credits that are not on the detail page, with their US dollars.
    """

    quarter_end: date
    day: date
    detail: pd.DataFrame
    credit_amount: Decimal
    repaid_amount: Decimal
    outstanding_amount: Decimal
    in_review: tuple[int, Decimal]
    told_before: tuple[int, Decimal]
    standing: str
    extract_on: date | None
    """The day of the newest extract of accounts that it rests on; None where none is loaded up to `day`."""

    @property
    def due_on(self) -> date:
        """The day by which Medicare has it."""
        return self.quarter_end + timedelta(days=DUE_AFTER_DAYS)


def cms_838(store: Store, end: date, as_of: date) -> Report838:
    """The report of the quarter that ends then, as known on the day `as_of`, which may lie within the quarter."""
    day = min(end, as_of)
    made = [row for row in _certified(store, as_of) if row["quarter_end"] == end]
    rows = _known(store, day, made[0]["certified_on"] if made else as_of)
    before = {(row["account_number"], row["credit_date"]): row for row in _told_before(store, end)}
    owed = [line for row in rows if _is_owed_to_medicare(row) for line in [_line(row)]]
    new = [line for line in owed if not _is_unchanged(line, before.get((line["account_number"], line["credit_date"])))]
    old = [line for line in owed if line not in new]
    open_ = [row["credit_balance"] for row in rows if _is_in_review(row)]
    return Report838(
        end,
        day,
        pa.Table.from_pylist(new, schema=DETAIL).to_pandas(types_mapper=pd.ArrowDtype),
        total(line["credit_amount"] for line in new),
        total(line["repaid_amount"] for line in new),
        total(line["outstanding_amount"] for line in new),
        (len(open_), total(open_)),
        (len(old), total(line["credit_amount"] for line in old)),
        _standing(made, end, as_of, new),
        _extract_on(store, day),
    )


def cms_838_detail(store: Store, as_of: date) -> pd.DataFrame:
    """The detail page of the last quarter that was over by that day. Grain: one row per credit owed to Medicare. Units:
    US dollars."""
    return cms_838(store, last_quarter_end(as_of), as_of).detail


def _empty_words(detail: pd.DataFrame) -> str:
    """The columns of the form that files leave empty in some rows, by their numbers: a person fills them in."""
    names = [name for name in DETAIL.names[:_LAST_TOLD] if name not in (*BY_HAND, "method")]
    empty = {name: int(detail[name].isna().sum()) for name in names}
    said = [
        f"{DETAIL.names.index(name) + 1} {name.replace('_', ' ')} ({count} of {len(detail)})"
        for name, count in empty.items()
        if count
    ]
    return f"columns {', '.join(said)}" if said else "nothing that files tell"


def certification(report: Report838) -> list[tuple[str, Any]]:
    """The certification page as names and values, in order; what a person signs, and what she fills in by hand."""
    count = len(report.detail)
    none = "none: no Medicare credit balances to report" if report.extract_on else "not known: no extract is loaded"
    return [
        ("CMS-838 certification", f"Medicare credit balance report, quarter ended {report.quarter_end}"),
        ("Standing", report.standing),
        ("Due", report.due_on),
        ("Worked out as of", report.day),
        ("Newest extract of accounts", report.extract_on or "none up to that day"),
        ("Credits reported", count if count else none),
        ("Column 9, credit balances", show(report.credit_amount)),
        ("Column 10, repaid", show(report.repaid_amount)),
        ("Column 12, outstanding", show(report.outstanding_amount)),
        ("Reported before, unchanged", f"{report.told_before[0]}, {show(report.told_before[1])}"),
        ("Still in review", _review_words(*report.in_review)),
        ("Filled in by hand", "provider name and number, part, contact, " + ", ".join(BY_HAND).replace("_", " ")),
        ("Empty on the detail page", _empty_words(report.detail)),
        ("Signature of officer", ""),
        ("Title and date", ""),
    ]


def _review_words(count: int, amount: Decimal) -> str:
    return f"{count}, {show(amount)}: read these before signing" if count else "none"


def certify(store: Store, end: date, who: Who, reason: str) -> int:
    """The quarter's report is certified as it stands; returns its number.

    Raises `DecisionRefused` where the quarter is not over, certified already, or no extract tells of it.
    """

    def work(writer: MatchWriter) -> int:
        day = decision_day(writer, who)
        why = needed(reason, "a report is certified")
        if end > who.as_of:
            raise DecisionRefused(f"{quarter_name(end)} ends on {end}; {who.as_of} is looked at")
        if any(row["quarter_end"] == end for row in _certified(store, date.max)):
            raise DecisionRefused(f"{quarter_name(end)} is certified already")
        report = cms_838(store, end, who.as_of)
        if report.extract_on is None:
            raise DecisionRefused(f"no extract of accounts up to {end} is loaded: what was in credit is not known")
        lines = pa.Table.from_pandas(report.detail, preserve_index=False).to_pylist()
        report_id = writer.next_ids("cms_838_report", 1) + 1
        made = writer.decide_about(SUBJECT, quarter_name(end), "certify", who.name, why, day)
        told = {"report_id": report_id, "decision_id": made, "quarter_end": end}
        writer.insert("cms_838_line", [told | {name: line[name] for name in _TOLD} for line in lines])
        sums = {"credit_amount": report.credit_amount, "repaid_amount": report.repaid_amount}
        whole = told | sums | {"content_hash": _hash(lines), "line_count": len(lines)}
        writer.insert("cms_838_report", [whole])
        return report_id

    return write(store, work)


def _known(store: Store, day: date, decided_by: date) -> list[dict[str, Any]]:
    """The report `credits` of that day, each row with what the insurers' claims, extracts and refunds add to it.

    Readings and refunds count up to `decided_by`.
    """
    claims: dict[str, list[dict[str, Any]]] = {}
    for row in query_table(store, "credits/insurer_claims", {"as_of": day}).to_pylist():
        claims.setdefault(row["account_number"], []).append(row)
    served = {r["account_number"]: r for r in query_table(store, "credits/service_days", {"as_of": day}).to_pylist()}
    sent: dict[str, Decimal] = {}
    for row in refunds(store, decided_by).to_dict("records"):
        if row["status"] in _OUT and row["payee_type"] == "PAYER":
            sent[row["account_number"]] = sent.get(row["account_number"], ZERO) + row["amount"]
    rows: list[dict[str, Any]] = pa.Table.from_pandas(credits(store, day, decided_by), preserve_index=False).to_pylist()
    return [
        row
        | {name: served[row["account_number"]][name] for name in ("service_from", "service_to")}
        | {"claims": claims.get(row["account_number"], []), "sent_amount": sent.get(row["account_number"], ZERO)}
        for row in rows
    ]


def _is_owed_to_medicare(row: Mapping[str, Any]) -> bool:
    """What Medicare took back already it is not owed; nor is what is posted wrongly."""
    if row["disposition"] not in ("refund_payer", "let_payer_recoup") or row["cause"] == "payer_recouped":
        return False
    return _is_medicare(row["owed_to"], row)


def _is_in_review(row: Mapping[str, Any]) -> bool:
    return row["disposition"] == "review" and _is_medicare(row["owed_to"] or row["payer_name"], row)


def _is_medicare(payer: str | None, row: Mapping[str, Any]) -> bool:
    if payer is None or is_advantage_plan(payer):
        return False
    is_own_class = row["financial_class"] == "MEDICARE" and payer == row["payer_name"]
    return is_own_class or names_program(payer, "MEDICARE")


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    own = [one for one in row["claims"] if one["payer_name"] == row["owed_to"]]
    claim: Mapping[str, Any] = own[0] if own else {}
    is_taken = row["disposition"] == "let_payer_recoup"
    repaid = row["credit_balance"] if is_taken else min(row["sent_amount"], row["credit_balance"])
    reason = _REASONS.get(row["cause"], "3")
    return {
        "beneficiary_name": _name(claim, row["patient_name"]),
        "beneficiary_identifier": claim.get("beneficiary_identifier"),
        "claim_control_number": claim.get("payer_claim_control_number"),
        "type_of_bill": claim.get("type_of_bill"),
        "admission_date": claim.get("statement_from") or row["service_from"],
        "discharge_date": claim.get("statement_to") or row["service_to"],
        "paid_date": claim.get("payment_date"),
        "cost_report": None,
        "credit_amount": row["credit_balance"],
        "repaid_amount": repaid,
        "method": "X" if is_taken else "C" if repaid > ZERO else None,
        "outstanding_amount": row["credit_balance"] - repaid,
        "reason_code": reason,
        "value_code": None,
        "explanation": _explanation(row, reason),
        "facility": row["facility"],
        "account_number": row["account_number"],
        "credit_date": row["credit_date"],
    }


def _name(claim: Mapping[str, Any], patient_name: str | None) -> str | None:
    """Last name and first initial: of the claim, else as the account writes the name, last name first."""
    if claim.get("patient_last_name"):
        return " ".join(part for part in (claim["patient_last_name"], (claim["patient_first_name"] or "")[:1]) if part)
    last, comma, first = (patient_name or "").partition(",")
    if not comma:
        last, _, first = last.partition(" ")
    return f"{last.strip()} {first.strip()[:1]}".strip() or None


def _explanation(row: Mapping[str, Any], reason: str) -> str | None:
    """Column 15: the other insurer where Medicare paid as primary beside it, else what happened."""
    if reason == "1":
        return None
    others = [one["payer_name"] for one in row["claims"] if one["payer_name"] != row["owed_to"]]
    others += [row["payer_name"]] if row["payer_name"] not in (None, row["owed_to"], *others) else []
    return "; ".join(others) if reason == "2" and others else row["evidence"]


def _is_unchanged(line: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    return before is not None and all(line[name] == before[name] for name in _TOLD)


def _told_before(store: Store, end: date) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = query_table(store, "credits/cms_838_lines", {"quarter_end": end}).to_pylist()
    return rows


def _certified(store: Store, as_of: date) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = query_table(store, "credits/cms_838_reports", {"as_of": as_of}).to_pylist()
    return rows


def _extract_on(store: Store, day: date) -> date | None:
    found: date | None = query_table(store, "credits/newest_extract", {"as_of": day})["extract_date"][0].as_py()
    return found


def _standing(made: Sequence[Mapping[str, Any]], end: date, as_of: date, lines: Sequence[Mapping[str, Any]]) -> str:
    if not made:
        return "draft: not certified" if end <= as_of else f"draft: the quarter ends on {end}"
    words = f"certified by {made[0]['certified_by']} on {made[0]['certified_on']}"
    changed = made[0]["content_hash"] != _hash(lines)
    return f"{words}; its credits have changed since: amend it" if changed else words


def reports_that_changed(store: Store) -> list[dict[str, Any]]:
    """The certified reports whose credits have no longer the hash that was certified."""
    faults = []
    for made in _certified(store, date.max):
        told = query_table(store, "credits/cms_838_report_lines", {"report_id": made["report_id"]}).to_pylist()
        if _hash(told) != made["content_hash"]:
            faults.append({"report_id": made["report_id"], "quarter_end": made["quarter_end"]})
    return faults


def _hash(lines: Sequence[Mapping[str, Any]]) -> str:
    ordered = sorted(lines, key=lambda line: (line["account_number"], line["credit_date"]))
    return hash_of([{name: line[name] for name in _TOLD} for line in ordered])
