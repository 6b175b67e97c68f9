"""Why an account is in credit: every reading of its ledger that fits, each with the evidence in words.

A reading is found where the amounts leave no other way to read the same lines, else it is only possible. Most credits
are posted wrongly, so write-offs and postings are looked at before any payer or patient is owed money.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analysis.credits.known import Known, key_of
from analysis.credits.ledger import PATIENT, Entry, repeats
from analysis.credits.liability import insurers_together
from analysis.credits.reading import Reading
from analysis.money import ZERO, show, total

GENERAL_LEDGER = "GENERAL LEDGER"


def readings(known: Known) -> list[Reading]:
    """Every reading of the credit, those that correct a posting first; none where the ledger does not tell."""
    ledger = known.ledger
    if ledger.turning is None or ledger.balance != -known.credit:
        return []
    return [one for rule in _RULES for one in rule(known)]


def _recouped(known: Known) -> Iterator[Reading]:
    """The payer took the money back already, in another payment."""
    if known.recouped < known.credit:
        return
    named = "; ".join(
        f"{row['code']} {row['reference']} of {row['last_on']}" for row in known.takebacks if row["taken_amount"] > ZERO
    )
    payer = next((row["payer_name"] for row in (*known.takebacks, *known.advice)), None)
    words = f"{payer} took {show(known.recouped)} back" + (f" ({named})" if named else " by reversing its claim")
    yield Reading(
        "recouped", "payer_recouped", "let_payer_recoup", payer, True, f"{words}: post it, refund nothing", ()
    )


def _write_off_twice(known: Known) -> Iterator[Reading]:
    """The same write-off stands twice, and without the second nobody has paid too much."""
    for first, again in repeats(known.ledger.adjustments, _may_be_one_write_off):
        if known.credit <= again.size:
            yield _adjustment(
                "write_off_twice",
                first.day != again.day and first.is_like(again),
                f"the write-off {_named(again)} of {show(again.size)} is posted on {first.day} and again on "
                f"{again.day}",
                first,
                again,
            )


def _may_be_one_write_off(one: Entry, other: Entry) -> bool:
    """The same amount off, by the same payer or by one that a line does not name."""
    return one.amount == other.amount and (one.is_like(other) or "" in (one.payer, other.payer))


def _written_off_then_paid(known: Known) -> Iterator[Reading]:
    """The hospital gave the amount up (bad debt, charity), and then it was paid: the giving up goes back."""
    turning = known.ledger.turning
    for one in known.ledger.adjustments:
        if one.is_given_up and known.credit <= one.size and turning is not None and turning.type == "PAYMENT":
            yield _adjustment(
                "written_off_then_paid",
                False,
                f"{show(one.size)} was written off as {_named(one)} on {one.day} and paid after that: take the "
                "write-off back as far as it was paid",
                one,
            )


def _secondary_write_off(known: Known) -> Iterator[Reading]:
    """The secondary's CO-45 repeats what the primary paid and wrote off: a false credit."""
    for one in known.ledger.adjustments:
        is_secondary = one.source in ("SECONDARY", "TERTIARY") or one.payer == known.account["secondary_payer_name"]
        if not is_secondary or not one.is_contractual or known.credit > one.size:
            continue
        others = [other for other in known.ledger.standing if other.payer != one.payer]
        own = total(other.size for other in known.ledger.payments if other.payer == one.payer)
        before = known.ledger.charges - total(other.size for other in others)
        if not others or own + one.size <= before:
            continue
        repeated = total(other.size for other in others if not other.is_patient)
        yield _adjustment(
            "secondary_write_off",
            own <= before,
            f"false credit: {one.payer or 'the secondary payer'} paid {show(own)} and its {one.reference} of "
            f"{show(one.size)} writes off again the {show(repeated)} that the primary paid and wrote off; "
            f"{show(max(before - own, ZERO))} was open to write off",
            one,
        )


def _write_off_beyond_advice(known: Known) -> Iterator[Reading]:
    """More is written off for a payer than its remittance says."""
    for one in known.ledger.adjustments:
        told = [row for row in known.advice if row["payer_name"] == one.payer and row["claim_status"] != "22"]
        if not told or not one.is_contractual or len({row["contractual_amount"] for row in told}) != 1:
            continue
        wanted = told[-1]["contractual_amount"]
        posted = total(other.size for other in known.ledger.adjustments if other.payer == one.payer)
        if posted == one.size and posted - wanted == known.credit:
            yield _adjustment(
                "write_off_beyond_advice",
                True,
                f"{show(posted)} is written off for {one.payer}, its remittance {told[-1]['trace_number']} says "
                f"{show(wanted)}",
                one,
            )


def _posted_wrong(known: Known) -> Iterator[Reading]:
    """The payment is posted twice, or for more than its remittance paid: no money came for it."""
    for first, again in repeats(known.ledger.payments, _may_be_one_payment):
        if known.credit <= again.size:
            remitted = known.remitted_for_this(again.reference)
            is_numbered = bool(again.reference) and first.is_like(again)
            which = f"{again.reference} of {show(again.size)}" if again.reference else f"of {show(again.size)}"
            if remitted is None or remitted <= again.size:
                yield Reading(
                    "posted_twice",
                    "duplicate_payment",
                    "review",
                    None,
                    is_numbered and (first.day != again.day or remitted is not None),
                    f"the payment {which} is posted twice ({first.day}, {again.day}), with "
                    f"{'one' if again.reference else 'no'} number for both: correct the posting unless the money came "
                    "twice",
                    (first.entry_id, again.entry_id),
                )
    for one in known.ledger.payments:
        remitted = known.remitted_for_this(one.reference)
        posted = total(o.size for o in known.ledger.payments if key_of(o.reference) == key_of(one.reference))
        if remitted and posted == one.size and posted - remitted == known.credit:
            yield Reading(
                "posted_beyond_advice",
                "unknown",
                "review",
                None,
                True,
                f"{show(posted)} is posted of {one.reference}, the remittance pays {show(remitted)} on this account: "
                "correct the posting",
                (one.entry_id,),
            )


def _may_be_one_payment(one: Entry, other: Entry) -> bool:
    """The same amount under one number, whoever is named; or of one party on one day, where a line has no number."""
    if one.amount != other.amount or one.is_patient != other.is_patient:
        return False
    if one.reference and other.reference:
        return key_of(one.reference) == key_of(other.reference)
    return one.day == other.day and one.is_like(other)


def _not_the_accounts(known: Known) -> Iterator[Reading]:
    """The payment belongs to another account, or to none: interest, capitation."""
    for one in known.ledger.payments:
        if known.credit > one.size or one.running >= ZERO:
            continue
        told = [row for row in known.traced_as(one.reference, "adjustment") if row["amount"] == one.size]
        for row in told:
            what = "interest" if row["told"] == "L6" else "capitation"
            yield _belongs_to(
                "interest_or_capitation",
                GENERAL_LEDGER,
                True,
                f"{show(one.size)} of {one.reference} is {what} (PLB {row['told']}), no payment of this account",
                one,
            )
        if known.remitted_for_this(one.reference) == ZERO:
            others = [row for row in known.traced_as(one.reference, "claim") if row["amount"] == one.size]
            for row in others:
                yield _belongs_to(
                    "other_account_by_advice",
                    row["told"],
                    len(others) == 1,
                    f"the remittance {one.reference} pays {show(one.size)} on account {row['told']}, nothing on this "
                    "one",
                    one,
                )
            if not others and not told and known.traced_as(one.reference, "claim"):
                words = (
                    f"{show(one.size)} of {one.reference} is posted here, its remittance pays nothing on this account"
                )
                entries = (one.entry_id,)
                yield Reading("not_on_advice", "posted_to_wrong_account", "review", None, True, words, entries)
        yield from _by_open_account(known, one)


def _by_open_account(known: Known, one: Entry) -> Iterator[Reading]:
    fitting = [row for row in known.open_accounts if row["balance"] in (one.size, known.credit)]
    own = [row for row in fitting if row["is_same_patient"]]
    for row in own or fitting:
        whose = "the same patient's account" if row["is_same_patient"] else "the payer's account"
        yield _belongs_to(
            "other_account_open",
            row["other_number"],
            bool(own) and len(own) == 1,
            f"{whose} {row['other_number']} is open by exactly {show(row['balance'])}; "
            f"{_named(one)} of {one.day} brought this one into credit",
            one,
        )


def _paid_twice(known: Known) -> Iterator[Reading]:
    """The same insurer paid the same amount twice, under two numbers.

    Two such payments may be right (two claims of one account): where another payment or write-off of an insurer brought
    the account into credit after them, that is only possible.
    """
    turning = known.ledger.turning
    for first, again in repeats(known.ledger.payments):
        if again.is_patient or not again.payer or known.credit > again.size:
            continue
        if _may_be_one_payment(first, again):
            continue
        open_part = again.size - known.credit
        rest = f"; {show(open_part)} of it covers what is open or was refunded" if open_part else ""
        yield Reading(
            "paid_twice",
            "duplicate_payment",
            "refund_payer",
            again.payer,
            again.running < ZERO or (turning is not None and turning.is_patient),
            f"{again.payer} paid {show(again.size)} on {first.day} ({first.reference or 'no number'}) and again on "
            f"{again.day} ({again.reference or 'no number'}){rest}",
            (first.entry_id, again.entry_id),
        )


def _patient_paid(known: Known) -> Iterator[Reading]:
    """The patient paid more than the share that insurers and write-offs leave."""
    ledger, turning = known.ledger, known.ledger.turning
    share = max(ledger.allowed - ledger.insurers_paid, ZERO)
    if turning is None or ledger.patient_paid < known.credit or ledger.insurers_paid > ledger.allowed:
        return
    told = {row["patient_amount"] for row in known.advice if row["claim_status"] in ("1", "19")}
    payments_of = {p: sum(one.payer == p for one in ledger.payments) for p in ledger.insurers}
    paid_once = all(count == 1 for count in payments_of.values())
    is_found = (
        turning.type == "PAYMENT" and (turning.is_patient or paid_once) and (len(told) != 1 or told == {share})
    ) or told == {share}
    again = [pair for pair in repeats(ledger.payments) if pair[1].is_patient and pair[1].size == known.credit]
    how = f"; {show(known.credit)} came twice, on {again[-1][0].day} and {again[-1][1].day}" if again else ""
    yield Reading(
        "patient_paid",
        "patient_overpayment",
        "refund_patient",
        PATIENT,
        is_found,
        f"the patient's share is {show(share)}, the patient paid {show(ledger.patient_paid)}{how}",
        tuple(one.entry_id for one in ledger.payments if one.is_patient),
    )


def _adjustment(kind: str, is_found: bool, words: str, *entries: Entry) -> Reading:
    ids = tuple(one.entry_id for one in entries)
    return Reading(kind, "adjustment_error", "correct_adjustment", None, is_found, words, ids)


def _belongs_to(kind: str, account: str, is_found: bool, words: str, entry: Entry) -> Reading:
    return Reading(kind, "posted_to_wrong_account", "transfer", account, is_found, words, (entry.entry_id,))


def _named(one: Entry) -> str:
    return one.reference or ("the patient's payment" if one.is_patient else one.payer or one.type.lower())


_RULES: tuple[Callable[[Known], Iterator[Reading]], ...] = (
    _recouped,
    _write_off_twice,
    _written_off_then_paid,
    _secondary_write_off,
    _write_off_beyond_advice,
    _posted_wrong,
    _not_the_accounts,
    _paid_twice,
    insurers_together,
    _patient_paid,
)


def left_over(known: Known) -> str:
    """What there is to say where no reading is found: what turned the account, and what does not fit."""
    ledger, one = known.ledger, known.ledger.turning
    if not ledger.entries:
        return "no ledger entry of this account is loaded"
    if ledger.balance != -known.credit or one is None:
        return f"the ledger adds up to {show(ledger.balance)}, the balance is {show(-known.credit)}"
    if one.type == "CHARGE":
        return f"charges fell by {show(one.size)} on {one.day}, after they were paid: send a corrected claim"
    if one.type == "ADJUSTMENT":
        return f"the write-off {_named(one)} of {show(one.size)} on {one.day} came after the payments"
    of = sum(other.payer == one.payer for other in ledger.payments)
    which = f", number {of} of its payments" if of > 1 else ""
    return f"{one.payer or 'somebody'} paid {show(one.size)} on {one.day} ({_named(one)}){which}; nothing explains it"
