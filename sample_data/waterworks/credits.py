"""Invoices in credit, one or more in every age bucket, each with the ledger that tells why."""

from datetime import date, timedelta

from .customers import CUSTOMERS, TREASURER
from .records import Customer, Entry, Invoice

AS_OF = date(2026, 11, 13)
OVERPAID = ("patient_overpayment", "refund_patient", "PATIENT")
TWICE_BY_TREASURER = ("duplicate_payment", "refund_payer", TREASURER)
WRITTEN_OFF_TWICE = ("adjustment_error", "correct_adjustment", "")


def credit_invoices(first_number: int) -> list[Invoice]:
    """The invoices in credit: (days of age, how it came about, dollars), in order of number."""
    told = (
        (8, "over", 41_250, 7_500),
        (24, "twice", 138_600, 138_600),
        (45, "treasurer", 212_475, 212_475),
        (73, "over", 88_040, 12_040),
        (104, "twice", 46_915, 46_915),
        (150, "write_off", 164_000, 16_400),
        (240, "treasurer", 97_530, 97_530),
        (420, "over", 59_900, 5_990),
        (1300, "twice", 23_785, 23_785),
    )
    return [
        _invoice(f"INV-{first_number + number}", CUSTOMERS[(3 * number + 1) % len(CUSTOMERS)], *one)
        for number, one in enumerate(told)
    ]


def _invoice(number: str, customer: Customer, age: int, how: str, cents: int, credit: int) -> Invoice:
    turned = AS_OF - timedelta(days=age)
    billed, paid = turned - timedelta(days=58), turned - timedelta(days=19)
    one = Invoice(number, customer, cents, billed, [Entry(billed, "CHARGE", cents, "SERVICE", source="")])
    digits = number[-3:]
    if how == "over":
        one.entries += [Entry(turned, "PAYMENT", -(cents + credit), f"ACH7{digits}15")]
        one.cause = OVERPAID
    elif how == "twice":
        one.entries += [
            Entry(paid, "PAYMENT", -cents, f"ACH7{digits}21"),
            Entry(turned, "PAYMENT", -cents, f"70{digits}"),
        ]
        one.cause = OVERPAID
    elif how == "treasurer":
        one.treasurer = TREASURER
        for day, trace in ((paid, f"WT{digits}401"), (turned, f"WT{digits}466")):
            one.entries.append(Entry(day, "PAYMENT", -cents, trace, "PRIMARY", TREASURER))
        one.cause = TWICE_BY_TREASURER
    else:
        allowance = Entry(paid, "ADJUSTMENT", -credit, f"ALLOWANCE {digits}")
        one.entries += [allowance, Entry(paid, "PAYMENT", -(cents - credit), f"ACH7{digits}30")]
        one.entries.append(Entry(turned, "ADJUSTMENT", -credit, f"ALLOWANCE {digits}"))
        one.cause = WRITTEN_OFF_TWICE
    return one
