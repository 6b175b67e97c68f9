"""Running the matching rules: in order, each taking only what no stronger rule has taken, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analysis.match.rules import RULES, Rule
from analysis.money import ZERO
from analysis.store import Store
from analysis.store.matches import MatchWriter


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule matched: groups, and the US dollars on its first side."""

    rule: str
    groups: int
    amount: Decimal


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def match(
    store: Store, as_of: date, run_by: str, *, dry_run: bool = False, rules: Sequence[Rule] = RULES
) -> list[RuleResult]:
    """Matches what is open on that day; tells groups and US dollars by rule. A dry run leaves the store as it was."""
    results: list[RuleResult] = []

    def work(writer: MatchWriter) -> None:
        results.clear()
        run_id = writer.start_run(run_by, as_of)
        for rule in rules:
            groups, amount = writer.add(
                run_id, rule.name, rule.query, {"as_of": as_of, **rule.parameters}, rule.status, rule.confidence
            )
            results.append(RuleResult(rule.name, groups, amount))
        if all(result.groups == 0 for result in results):
            writer.drop_run(run_id)
        if dry_run:
            raise _DryRun

    try:
        store.write(lambda cursor: work(MatchWriter(cursor)))
    except _DryRun:
        return results
    return results


def total_matched(results: Sequence[RuleResult]) -> Decimal:
    """The US dollars of all rules together."""
    return sum((result.amount for result in results), ZERO)
