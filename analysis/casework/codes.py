"""The words of casework: states, priorities, kinds, turns, who is called and how, and how a case may be resolved."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.tieout.write_offs import RESOLUTIONS as OF_VARIANCES

STATES: Mapping[str, str] = {
    "new": "nobody has touched it",
    "in_work": "someone works on it",
    "waiting": "for an answer, until its next date",
    "held": "set aside with a reason",
    "resolved": "nothing more is to be done, or its item is settled",
}
"""The states of a case, in order, and what each means."""

WITHOUT_CODE = ("in_work", "waiting", "held")
"""The states that need no resolution, and so can be set of any case, and in a sheet."""

SETTABLE = (*WITHOUT_CODE, "resolved")
PRIORITIES = ("high", "normal", "low")

KINDS: Mapping[str, str] = {
    "unmatched": "Unmatched",
    "rejected": "Rejected claims",
    "variance": "Variances",
    "takeback": "Take-backs",
    "credit": "Credit balances",
    "file": "What came",
}
"""The kinds of cases, and the page where the item of each is settled."""

TURNS_TO_WORK = ("promise", "now")
"""The turns that ask for work: a promise that is due, then what is best first. The others are later and done."""

PARTIES = ("payer", "patient", "bank", "other")
CHANNELS = ("phone", "letter", "fax", "portal", "email")

TAKEBACK_TYPES = ("takeback_without_opening", "taken_for_other_provider", "forward_balance_open", "refund_alone")

_DUPLICATE = ("duplicate_confirmed",)
_TAKEBACK = ("accepted", "disputed", "paid_back")

RESOLUTIONS: Mapping[str, tuple[str, ...]] = {
    "duplicate_remittance": _DUPLICATE,
    "rejected_claim": ("billed_again", "corrected_registration", "not_to_be_billed"),
    "out_of_balance_remittance": ("corrected_remittance_asked", "accepted"),
    **dict.fromkeys(TAKEBACK_TYPES, _TAKEBACK),
    "missing_file": ("nothing_was_to_come", "sent_another_way"),
}
"""How a person may resolve a case of these types whose item cannot be settled by matching. Those of variances are the
codes of the page Variances. Money itself is never resolved by a code: it is matched, returned or refunded."""


def resolutions_of(case_kind: str, item_type: str) -> tuple[str, ...]:
    """How a case of that kind about an item of that type may be resolved by a person; none where only its item may."""
    return tuple(OF_VARIANCES) if case_kind == "variance" else RESOLUTIONS.get(item_type, ())
