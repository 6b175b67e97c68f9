"""The words of a trade: what a hospital calls patient, claim and payer, a service company calls customer and invoice.

Tieout's own texts are written in a hospital's words. Whatever shows or prints one passes it through `spoken`: whole
words in lower case, or with a capital first, are replaced, so that names in capitals, codes and amounts stay.
One process has one store open, so it speaks the words of one trade at a time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

HOSPITAL, SERVICE = "hospital", "service"
TRADES: Mapping[str, str] = {
    HOSPITAL: "Hospital",
    SERVICE: "Service company",
}
"""The trades, each as a site knows it."""

_SERVICE: Mapping[str, str] = {
    "835 and 820 remittances": "remittance advice and 820s",
    "835 payments and keyed advice": "payments announced by advice, sent or keyed",
    "remittance (835)": "remittance advice",
    "835 files": "remittance advice",
    "835s": "remittance advice",
    "another practice's money": "another company's money",
    "another payer's money": "another customer's money",
    "not patient money": "no customer's money",
    "remittance advice (835)": "remittance advice",
    "provider payment services": "accounts payable",
    "the account or claim is not": "the invoice is not",
    "patient account": "invoice",
    "patient or payer": "customer",
    "patient's number": "customer's number",
    "patient's share": "customer's share",
    "same patient": "same customer",
    "patients'": "customers'",
    "patients": "customers",
    "patient's": "customer's",
    "patient": "customer",
    "account is in credit": "invoice is in credit",
    "accounts in credit": "invoices in credit",
    "accounts below zero": "invoices below zero",
    "account in credit": "invoice in credit",
    "no account is": "no invoice is",
    "no account takes": "no invoice takes",
    "open the account": "open the invoice",
    "another account": "another invoice",
    "other accounts": "other invoices",
    "account it belongs to": "invoice it belongs to",
    "on this account": "on this invoice",
    "on account": "on invoice",
    "of this account": "of this invoice",
    "account transactions": "invoice ledgers",
    "account ledgers": "invoice ledgers",
    "customer account": "invoice",
    "patient's account": "customer's invoice",
    "payer's account": "customer's invoice",
    "account or claim": "invoice",
    "claim, account": "invoice",
    "raw segments of the claim": "the invoice as the file wrote it",
    "raw segments": "lines of the file",
    "segments": "lines of the file",
    "letters to payers": "letters to third parties",
    "claims end": "a hold ends",
    "claims the best": "takes the best",
    "claim the best": "take the best",
    "claimed by": "held by",
    "claimed until": "held until",
    "is not claimed": "is not held",
    "claim has ended": "hold has ended",
    "claim_minutes": "hold_minutes",
    "claims": "invoices",
    "claim's": "invoice's",
    "claim": "invoice",
    "eobs": "advice",
    "eob": "advice",
    "hospital's": "company's",
    "hospitals'": "companies'",
    "hospital": "company",
    "medicare and medicaid": "the government",
    "insurer's": "third party's",
    "insurers": "third parties",
    "insurer": "third party",
    "payer's": "customer's",
    "payers": "customers",
    "payer": "customer",
    "taken back by payers": "deducted by customers",
    "taken for another provider": "taken for another company",
    "provider adjustments": "deductions",
    "provider adjustment": "deduction",
    "take-backs": "deductions",
    "take-back": "deduction",
    "takebacks": "deductions",
    "takeback": "deduction",
    "service lines": "lines",
    "refund_patient": "refund_customer",
    "refund_payer": "refund_third_party",
    "patient_overpayment": "customer_overpayment",
    "payer_recouped": "third_party_deducted",
    "let_payer_recoup": "let_third_party_deduct",
    "rejected_claim": "rejected_invoice",
    "patient_paid": "customer_paid",
    "insurers_together": "third_parties_together",
    "payer_days": "third_party_days",
    "patient_days": "customer_days",
}
"""What a service company says instead; longer phrases go before the words in them."""

_CODES: Mapping[str, Mapping[str, str]] = {
    SERVICE: {
        "PATIENT": "Customer",
        "PAYER": "Third party",
        "refund_payer": "Refund third party",
        "let_payer_recoup": "Let it be deducted",
        "payer_recouped": "Deducted already",
        "ERA": "Advice file",
        "835": "Advice file",
        "BOP": "Card",
        "PRIMARY": "Third party",
        "SECONDARY": "Second third party",
        "primary_secondary_overpayment": "Paid by several",
    }
}
_LABELS: Mapping[str, Mapping[str, str]] = {
    SERVICE: {
        "account_number": "Invoice",
        "other_number": "Invoice",
        "patient_name": "Customer",
        "payer_name": "Paid by",
        "primary_payer_name": "Paid by",
        "secondary_payer_name": "Also paid by",
        "patient_last_name": "Customer",
        "facility": "Depot",
        "era_enrolment": "Advice by file",
        "era_since": "Advice by file since",
        "financial_class": "Kind of customer",
        "payer_claim_control_number": "Customer's order number",
        "patient_responsibility": "Left open",
        "patient_paid": "Customer paid",
        "insurers_paid": "Third parties paid",
        "charges": "Invoiced",
        "total_charges": "Invoiced",
        "claim_payment_amount": "On invoices",
        "charge_amount": "Invoiced",
        "service_from": "Invoiced on",
        "service_to": "Served until",
        "claimed_by": "Held by",
        "claimed_until": "Held until (UTC)",
        "procedure_code": "Service",
        "advised_patient_amount": "Advised as left open",
        "advised_contractual_amount": "Advised as allowed",
    }
}


_PARTIES: Mapping[str, Mapping[str, str]] = {SERVICE: {"PATIENT": "CUSTOMER", "PAYER": "THIRD PARTY"}}
_NONE_OF: Mapping[str, frozenset[str]] = {
    SERVICE: frozenset(
        {
            "inpatient_remarks",
            "outpatient_remarks",
            "revenue_code",
            "modifiers",
            "remark_codes",
            "patient_first_name",
            "statement_to",
            "provider_id",
        }
    )
}
"""Columns that only an 835 fills."""
_NAMES = {_SERVICE[name]: name for name in ("patient_days", "payer_days")}


class _Spoken:
    trade = HOSPITAL


def speak(trade: str) -> None:
    """From now on `spoken` gives the words of that trade."""
    _Spoken.trade = trade


def speaking() -> str:
    """The trade whose words are spoken now."""
    return _Spoken.trade


def spoken(text: str) -> str:
    """One of Tieout's own texts in the words of the trade."""
    return text if _Spoken.trade == HOSPITAL else _in_service(text)


def heard(name: str) -> str:
    """The name of a setting as Tieout keeps it, typed in the words of the trade: `customer_days.TX`."""
    kind, dot, of = name.partition(".")
    return _NAMES.get(kind, kind) + dot + of if _Spoken.trade == SERVICE else name


def code_of_trade(value: str) -> str | None:
    """How the trade calls a code where it has a word of its own for it."""
    return _CODES.get(_Spoken.trade, {}).get(value)


def party_of_trade(value: str) -> str:
    """PATIENT or PAYER as a file of the trade names it; every other value as it is."""
    return _PARTIES.get(_Spoken.trade, {}).get(value, value)


def is_of_trade(column: str) -> bool:
    """Whether the trade has such a column at all."""
    return column not in _NONE_OF.get(_Spoken.trade, ())


def label_of_trade(column: str) -> str | None:
    """How the trade calls a column where it has a name of its own for it."""
    return _LABELS.get(_Spoken.trade, {}).get(column)


def _pattern(phrase: str) -> str:
    first, rest = phrase[0], re.escape(phrase[1:])
    start = f"[{first}{first.upper()}]" if first.isalpha() else re.escape(first)
    return (start + rest).replace("eob", "EOB").replace("Eob", "EOB")


_LONGEST_FIRST = sorted(_SERVICE, key=len, reverse=True)
_ANY = re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, _LONGEST_FIRST))})(?!\w)")


@lru_cache(maxsize=4096)
def _in_service(text: str) -> str:
    return _ANY.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    said = found[0]
    other = _SERVICE[said.lower()]
    return other[0].upper() + other[1:] if said[0].isupper() and said != said.upper() else other
