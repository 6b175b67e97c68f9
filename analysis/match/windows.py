"""Within how many bank business days of the payment date a deposit is usual, late, or outside every rule, as set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.match.rules import RULES, Rule

Windows = Mapping[str, tuple[int, int]]
"""Of a miss, the bank business days before and after the payment date within which a rule would have matched it."""

_MISSES = {"rules/exact_trace": ("used",), "rules/payer_amount": ("window", "trace")}


def widest(rules: Iterable[Rule]) -> dict[str, tuple[int, int]]:
    """The widest windows, as the rules are set, of those that match by trace, and by payer and amount."""
    found: dict[str, tuple[int, int]] = {}
    for rule in rules:
        if rule.is_on and rule.query in _MISSES:
            after = max(int(rule.parameters.get(name, 0)) for name in ("days_after", "cheque_days_after"))
            for miss in _MISSES[rule.query]:
                before_known, after_known = found.get(miss, (0, 0))
                found[miss] = max(before_known, int(rule.parameters["days_before"])), max(after_known, after)
    return found


def fits(rules: Sequence[Rule]) -> dict[str, int]:
    """By which days a date agrees or nearly does: those of `payer_amount`, of cheques, and of late money."""
    usual, late, cheques = (_named(rules, name) for name in ("payer_amount", "payer_amount_late", "payer_day_sum"))
    return {
        "usual_before": int(usual.parameters["days_before"]),
        "usual_after": int(usual.parameters["days_after"]),
        "cheque_after": int(cheques.parameters["cheque_days_after"]),
        "late_before": int(late.parameters["days_before"]),
        "late_after": int(late.parameters["days_after"]),
    }


def _named(rules: Sequence[Rule], name: str) -> Rule:
    """The rule of that name as set, else as it comes."""
    return next(rule for rule in (*rules, *RULES) if rule.name == name)
