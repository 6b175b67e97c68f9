"""The kinds of letters: to whom, about which items, the fields each knows, and its text until the site writes its own.

A text names its fields in braces, such as `{payer_name}`; a blank line ends a paragraph. What a field is, and where it
is filled in when it is missing, stands in `FIELDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.casework.codes import TAKEBACK_TYPES
from analysis.problems import RequestRefused

HEAD = ("site_name", "site_address", "site_phone", "site_tax_id", "site_npi", "signed_by", "signer_title")
BANK = ("bank_name", "bank_address")
"""What the site tells of itself and of its bank, under Settings."""

FIELDS: Mapping[str, tuple[str, str]] = {
    "letter_number": ("the letter's number", "the letter"),
    "letter_date": ("the letter's date", "the letter"),
    "site_name": ("the site's name", "Settings"),
    "site_address": ("the site's address", "Settings"),
    "site_phone": ("the site's phone", "Settings"),
    "site_tax_id": ("the site's tax id", "Settings"),
    "site_npi": ("the site's NPI", "Settings"),
    "signed_by": ("who signs", "Settings"),
    "signer_title": ("the signer's title", "Settings"),
    "bank_name": ("the bank's name", "Settings"),
    "bank_address": ("the bank's address", "Settings"),
    "addressee": ("whom it goes to", "Reference"),
    "address": ("the address", "Reference"),
    "payer_name": ("the payer", "Reference"),
    "deposit_amount": ("the deposit's amount", "the bank line"),
    "deposit_date": ("the deposit's day", "the bank line"),
    "account_ending": ("the bank account", "the bank line"),
    "bank_reference": ("the bank's reference", "the bank line"),
    "company_name": ("who the bank says sent it", "the bank line"),
    "company_id": ("the sender's company id", "the bank line"),
    "bank_text": ("the bank's text", "the bank line"),
    "trace_number": ("the trace number", "the remittance"),
    "payment_date": ("the day of payment", "the remittance"),
    "payment_amount": ("the amount of the payment", "the remittance"),
    "payment_method": ("how it was to be paid", "the remittance"),
    "payee_name": ("the payee", "the remittance"),
    "claim_count": ("the count of claims", "the remittance"),
    "takeback_code": ("the code of the take-back", "the remittance"),
    "takeback_reference": ("the reference of the take-back", "the remittance"),
    "takeback_amount": ("the amount taken back", "the remittance"),
    "refund_number": ("an exported refund of this account", "Refunds"),
    "refund_amount": ("the refund's amount", "Refunds"),
    "refund_reason": ("the refund's reason", "Refunds"),
    "refund_evidence": ("what shows the overpayment", "Refunds"),
    "cheque_number": ("the cheque's number", "Refunds"),
    "cheque_date": ("the cheque's day", "Refunds"),
    "account_number": ("the account", "the accounts"),
    "patient_name": ("the patient's name", "the accounts"),
    "service_from": ("the first day of service", "the accounts"),
    "service_to": ("the last day of service", "the accounts"),
    "service_days": ("the days of service", "the accounts"),
    "payer_claim_number": ("the payer's claim number", "the remittances"),
    "payer_payment_number": ("the payer's payment", "the remittances"),
    "charges": ("the charges", "the account's ledger"),
    "insurers_paid": ("what insurers paid", "the account's ledger"),
    "adjustments": ("the adjustments", "the account's ledger"),
    "patient_paid": ("what the patient paid", "the account's ledger"),
    "refunded": ("what was refunded", "the account's ledger"),
    "balance": ("the balance", "the account's ledger"),
    "balance_words": ("the balance in words", "the account's ledger"),
}
"""Every field: what it is called in a refusal, and where it is filled in."""

ALWAYS = ("addressee", "address", "site_name", "site_address", "signed_by")
"""What every letter needs, whatever its text names."""

COMMON = (*HEAD, "letter_number", "letter_date", "addressee", "address")
DEPOSIT = (
    "deposit_amount",
    "deposit_date",
    "account_ending",
    "bank_reference",
    "company_name",
    "company_id",
    "bank_text",
)
REMITTANCE = ("trace_number", "payment_date", "payment_amount", "payment_method", "payee_name", "claim_count")
TAKEBACK = ("takeback_code", "takeback_reference", "takeback_amount", *REMITTANCE)
_ACCOUNT = ("account_number", "patient_name", "service_from", "service_to", "service_days")
REFUND = (
    "refund_number",
    "refund_amount",
    "refund_reason",
    "refund_evidence",
    "cheque_number",
    "cheque_date",
    *_ACCOUNT,
)
_PAYERS = ("payer_claim_number", "payer_payment_number")
LEDGER = ("charges", "insurers_paid", "adjustments", "patient_paid", "refunded", "balance", "balance_words", *_ACCOUNT)

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CLOSE = "\n\nSincerely,\n\n\n{signed_by}\n{site_name}"


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter: whom it goes to, which types of items it is about, the fields it knows, its own text."""

    name: str
    title: str
    party: str
    item_types: tuple[str, ...]
    source: str
    own_fields: tuple[str, ...]
    subject: str
    body: str

    @property
    def known(self) -> frozenset[str]:
        """Every field that its text may name."""
        more = {"payer": ("payer_name",), "bank": BANK, "patient": ()}[self.party]
        return frozenset((*COMMON, *more, *self.own_fields))


def _kind(
    name: str,
    title: str,
    party: str,
    types: Iterable[str],
    source: str,
    fields: tuple[str, ...],
    subject: str,
    body: str,
) -> LetterKind:
    return LetterKind(name, title, party, tuple(types), source, fields, subject, body + _CLOSE)


KINDS: Mapping[str, LetterKind] = {
    one.name: one
    for one in (
        _kind(
            "missing_remittance",
            "Missing remittance trace request",
            "payer",
            ("deposit_without_remittance", "variance_of_deposit"),
            "deposit",
            DEPOSIT,
            "Remittance advice not received: {deposit_amount} of {deposit_date}",
            "To {payer_name}, EDI and provider payment services:\n\n"
            "We received the payment below and have not received the remittance advice (835) for it.\n\n"
            "Amount: {deposit_amount}\nSettled on: {deposit_date}\nOur account ending in: {account_ending}\n"
            "Bank's reference: {bank_reference}\nAs the bank tells it: {bank_text}\n\n"
            "Please trace the remittance advice and send it again, or tell us the trace number (TRN02), the day on "
            "which it was sent and to which receiver. Please quote our reference {letter_number}.",
        ),
        _kind(
            "missing_payment",
            "Missing payment trace request",
            "payer",
            ("remittance_without_deposit",),
            "remittance",
            REMITTANCE,
            "Payment not received: {payment_amount}, trace {trace_number}",
            "To {payer_name}, provider payment services:\n\n"
            "Your remittance advice tells of the payment below. It has not reached our bank account.\n\n"
            "Trace or cheque number: {trace_number}\nDay of payment: {payment_date}\nAmount: {payment_amount}\n"
            "Method: {payment_method}\nPayee: {payee_name}\nClaims on the advice: {claim_count}\n\n"
            "Please tell us whether the payment was released, returned or reissued, to which account or address it "
            "went, and send it again where it did not settle. Please quote our reference {letter_number}.",
        ),
        _kind(
            "ccd_addenda",
            "Bank request for CCD+ addenda",
            "bank",
            ("deposit_without_remittance", "unidentified_payment", "variance_of_deposit"),
            "deposit",
            DEPOSIT,
            "Addenda of ACH credits to our account ending in {account_ending}",
            "To the treasury services of {bank_name}:\n\n"
            "Health plans send the reassociation trace number (TRN) in the addenda record of each CCD+ entry, and the "
            "operating rules have you deliver it to us on request. For the credit below it was not passed on.\n\n"
            "Amount: {deposit_amount}\nPosted on: {deposit_date}\nYour reference: {bank_reference}\n"
            "As you told it: {bank_text}\n\n"
            "Please send us the addenda record of this entry, and pass on the addenda of all CCD+ and CTX entries to "
            "this account from now on, in our statement file. Please quote our reference {letter_number}.",
        ),
        _kind(
            "unidentified_payer",
            "Unidentified payer enquiry",
            "bank",
            ("unidentified_payment", "deposit_without_remittance"),
            "deposit",
            DEPOSIT,
            "Who sent {deposit_amount} on {deposit_date}?",
            "To the treasury services of {bank_name}:\n\n"
            "We cannot tell who sent the credit below, or for whom.\n\n"
            "Amount: {deposit_amount}\nPosted on: {deposit_date}\nTo our account ending in: {account_ending}\n"
            "Your reference: {bank_reference}\nAs you told it: {bank_text}\n\n"
            "Please tell us the originator with its identification and address, the originating bank, and whatever "
            "came with the credit: addenda, an image of the cheque, a slip. Until we know, we hold the money as "
            "unidentified. Please quote our reference {letter_number}.",
        ),
        _kind(
            "refund_cover_payer",
            "Refund cover to a payer",
            "payer",
            ("credit_balance",),
            "refund",
            (*REFUND, *_PAYERS),
            "Refund of {refund_amount}: claim {payer_claim_number}",
            "To {payer_name}, overpayment recovery:\n\n"
            "With this letter we return an overpayment.\n\n"
            "Patient: {patient_name}\nOur account: {account_number}\nYour claim: {payer_claim_number}\n"
            "Your payment: {payer_payment_number}\nService: {service_days}\n"
            "Amount: {refund_amount}\nReason: {refund_reason}\nShown by: {refund_evidence}\n"
            "Our refund: {refund_number}\n\n"
            "Please apply it to the claim above and do not recover the amount from a later payment. Where you have "
            "done so already, please send the amount back. Please quote our reference {letter_number}.",
        ),
        _kind(
            "refund_cover_patient",
            "Refund cover to a patient",
            "patient",
            ("credit_balance",),
            "refund",
            REFUND,
            "Your refund of {refund_amount}",
            "Dear {patient_name},\n\n"
            "your account {account_number} has been paid for more than was owed. We return {refund_amount} to you with "
            "this letter.\n\n"
            "Reason: {refund_reason}\nOur refund: {refund_number}\n\n"
            "If you have questions, please call us at {site_phone} and quote our reference {letter_number}.",
        ),
        _kind(
            "takeback_dispute",
            "Take-back dispute",
            "payer",
            TAKEBACK_TYPES,
            "takeback",
            TAKEBACK,
            "Recovery disputed: {takeback_amount}, reference {takeback_reference}",
            "To {payer_name}, overpayment recovery and provider disputes:\n\n"
            "Your payment below was reduced by an amount that we cannot accept as it stands. Nothing that we have "
            "received opens or explains it.\n\n"
            "Trace or cheque number: {trace_number}\nDay of payment: {payment_date}\nCode: {takeback_code}\n"
            "Reference: {takeback_reference}\nAmount: {takeback_amount}\n\n"
            "Please send us the notice of overpayment, the claim and the days of service it is about, and how the "
            "amount was worked out. Until then we dispute the recovery and ask you to pay the amount back. Please "
            "quote our reference {letter_number}.",
        ),
        _kind(
            "patient_balance",
            "Patient balance explanation",
            "patient",
            ("credit_balance",),
            "account",
            LEDGER,
            "Your account {account_number}",
            "Dear {patient_name},\n\n"
            "this is how your account for the service {service_days} stands.\n\n"
            "Charges: {charges}\nPaid by insurers: {insurers_paid}\nAdjusted: {adjustments}\n"
            "Paid by you: {patient_paid}\nRefunded: {refunded}\nBalance: {balance}\n\n"
            "{balance_words} If you have questions, please call us at {site_phone} and quote our reference "
            "{letter_number}.",
        ),
    )
}
"""Every kind of letter by its name."""


def placeholders(text: str) -> list[str]:
    """The fields that a text names, each once, in order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def check_text(kind: LetterKind, text: str) -> None:
    """Raises `RequestRefused` for a field that the kind does not know, and for a brace that opens none."""
    for name in placeholders(text):
        if name not in kind.known:
            raise RequestRefused(
                f"{{{name}}} is no field of this letter; its fields are {', '.join(sorted(kind.known))}"
            )
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        raise RequestRefused("a brace without its partner: a field is written {payer_name}")


def filled(text: str, fields: Mapping[str, str]) -> str:
    """The text with its fields filled in; every one must be there."""
    return _PLACEHOLDER.sub(lambda found: fields[found[1]], text)


def kinds_for(item_type: str) -> list[str]:
    """The kinds of letters about items of that type."""
    return [name for name, kind in KINDS.items() if item_type in kind.item_types]
