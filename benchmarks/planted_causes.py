"""What an open item must say for itself: the planted cause of each kind, in words a person would accept.

A cause's words are a regular expression, searched in the item's `why` without regard to case. `{off_by}` stands for the
planted difference in dollars, without its sign.
"""

from __future__ import annotations

import re

WORDS = {
    "ambiguous_deposits": r"2 deposits .*(trace|amount)|(trace|amount).*(more than one|ambiguous)",
    "ambiguous_sum": r"2 (different )?(sets|sums|answers)|add up .*(more than one|ambiguous)",
    "ambiguous_twins": r"2 (deposits|remittances) .*(payer|amount)|(payer|amount).*(more than one|ambiguous)",
    "amount_off": r"(off|short) by {off_by}",
    "outside_window": r"outside the window|(2|5) (business|banking) days (after|late)",
    "lookalike_other_payer": r"(another|other) payer|payer is another|matched (already )?to another|is matched already",
    "split_half_to_come": r"off by|short|still to come",
    "missing_era": r"no (open )?remittance",
    "era_to_come": r"no (open )?remittance",
    "missing_money": r"no (open )?deposit",
    "in_transit": r"in transit|due ",
    "in_transit_posted": r"in transit|due ",
    "unidentified_deposit": r"names no payer",
    "unposted": r"no posting batch|not (yet )?posted",
    "duplicate_remittance": r"same payment|duplicate",
    "out_of_balance_line": r"service line",
    "out_of_balance_claim": r"claims? do(es)? not add up",
    "out_of_balance_transaction": r"transaction off by",
    "clp01_unknown": r"no account",
    "clp02_4": r"not recognised",
    "reversal_alone": r"reversal without",
    "ach_return": r"took (it|this) back|returned",
    "no_opening_entry": r"no opening entry",
    "nsf_cheque": r"took (it|this) back|returned",
}
"""The generator's cause beside the words for it; a cause without words is an error."""


def names_cause(why: str, cause: str, off_by: str) -> bool:
    """Whether the words name the planted cause, and its difference where one is planted."""
    pattern = WORDS[cause].replace("{off_by}", re.escape(off_by.lstrip("-")) + r"(?!\d)")
    return re.search(pattern, why, re.IGNORECASE) is not None
