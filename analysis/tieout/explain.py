"""What makes up a batch's difference: named parts, each with its amount, that add up to the variance or say what
is left.

A part's amount is its share of deposited minus posted. Competing readings are shown and none is forced: what no
evidence names stays unexplained.
"""

from __future__ import annotations

from dataclasses import replace

from analysis.money import ZERO, show, total
from analysis.tieout.banked import against_remittances, against_total, headers, not_there
from analysis.tieout.control import against_control, control_keyed
from analysis.tieout.keyed import against_claims, against_receipts
from analysis.tieout.parts import Evidence, Part


def parts(evidence: Evidence) -> list[Part]:
    """The parts of the batch's variance that evidence names, keying first; none for a batch that ties."""
    if evidence.remittances:
        return [
            *against_claims(evidence),
            *_control_of_remittances(evidence),
            *against_remittances(evidence),
            *headers(evidence),
        ]
    return [*_without_remittance(evidence), *headers(evidence)]


def _control_of_remittances(evidence: Evidence) -> list[Part]:
    legs = evidence.legs
    control, remitted = legs["control_total"], legs["remitted_total"]
    if control in (legs["posted_total"], remitted, legs["deposited_total"]):
        return []
    return [control_keyed(control, remitted)]


def _without_remittance(evidence: Evidence) -> list[Part]:
    """A batch that names no remittance: its receipts, its own control total and the deposits speak."""
    legs = evidence.legs
    control, posted, deposited = legs["control_total"], legs["posted_total"], legs["deposited_total"]
    if deposited != ZERO:
        if control != posted == deposited:
            return [control_keyed(control, posted)]
        return [*_lines(evidence), *against_total(control, evidence)]
    if control == posted == ZERO:
        return []
    amounts = {row["amount"] for row in evidence.candidates}
    if control != posted and control not in amounts and posted in amounts:
        waiting = not_there(posted, evidence)
        if len(waiting) == 1:
            deposit = waiting[0]
            more = f"; the only free deposit of that amount waits for it: {show(-posted)}"
            keyed = control_keyed(control, posted, -posted, more)
            return [replace(keyed, deposit_id=deposit.deposit_id, certainty=deposit.certainty)]
        return waiting
    return [*_lines(evidence), *not_there(control, evidence)]


def _lines(evidence: Evidence) -> list[Part]:
    """Control total less posted, by the receipts where they account for all of it, else by what the lines could be."""
    gap = evidence.legs["control_total"] - evidence.legs["posted_total"]
    if gap == ZERO:
        return []
    taken = against_receipts(evidence.receipts)
    if total(part.amount for part in taken) == gap:
        return taken
    return against_control(gap, evidence.lines)
