"""Running the matching rules: in order, each taking only what no stronger rule has taken, all in one transaction.

A run is a function of the facts and of what people decided, not of the order in which files came: what rules made and
nobody decided is looked at anew wherever new facts touch it (`analysis.match.reopening`), and what is found again
stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.match import lumps, reopening
from analysis.match.carrying import carry_over
from analysis.match.closed_days import refuse_ahead, refuse_closed
from analysis.match.rule_settings import rules_in_force
from analysis.match.rules import Rule
from analysis.match.windows import fits
from analysis.money import ZERO
from analysis.store import Store
from analysis.store.facts import KEYS
from analysis.store.matches import MatchWriter, now
from analysis.store.queries import query_table

MOST_TIES = 5
"""How many partners that fit one fact alike are shown."""

LEARNED_NAMES = "rules/payer_name_amount"
"""The query that needs the names which matches have taught, those of the run itself included."""

_COPIES = (
    "copy_linked",
    "copy_deposits",
    "copy_traces",
    "copy_remittances",
    "copy_offers",
    "copy_batches",
    "copy_banked",
)
_TAKE = {"bank": "run/take_deposits", "remittance": "run/take_remittances", "batch": "run/take_batches"}


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule newly matched: groups, the US dollars on its first side, and how many of them it only proposes."""

    rule: str
    groups: int
    amount: Decimal
    proposed: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """What a run would change: matches it would make and matches it would end, side by side as `run/news` tells
    them.
    """

    results: list[RuleResult]
    would_match: pd.DataFrame
    would_end: pd.DataFrame


class _DryRun(Exception):
    """Ends the transaction of a dry run, so that nothing of it stays."""


def match(
    store: Store, as_of: date, run_by: str, *, dry_run: bool = False, rules: Sequence[Rule] | None = None
) -> list[RuleResult]:
    """Matches what is open on that day; tells groups and US dollars by rule. A dry run leaves the store as it was.

    The days since the last run are run one after another, each on what was known by its end, so that a report of a past
    day shows what it would have shown then. A day before the last run's is not gone back to: late facts are matched as
    of that run's day. Unless the run is dry, raises `DayClosed` where the day is closed and `DayAhead` where it lies
    far ahead.
    """
    if not dry_run:
        refuse_closed(store, as_of)
        refuse_ahead(as_of, query_table(store, "store/latest_day").to_pylist()[0]["latest_day"])
    day = reopening.latest(store, as_of)
    chosen = rules_in_force(store, day) if rules is None else rules
    results: list[RuleResult] = []

    def run_alone(cursor: Any) -> list[date]:
        run = _Run(MatchWriter(cursor, store.facts, day), chosen, day, run_by)
        before = reopening.days_before(run.writer, day) if run.has_news and not dry_run else []
        if not before:
            results[:] = run.results()
        if dry_run:
            raise _DryRun
        return before

    def run_in_turn(day: date, cursor: Any) -> int:
        run = _Run(MatchWriter(cursor, store.facts, day), chosen, day, run_by)
        run.results()
        return run.writer.last_run_id()

    before: list[date] = []
    with suppress(_DryRun):
        before = store.write(run_alone)
    if not before:
        return results
    run_ids = [store.write(partial(run_in_turn, one)) for one in (*before, day)]
    return _by_rule(chosen, query_table(store, "run/made_since", {"first_run_id": run_ids[0]}).to_pylist())


def _by_rule(rules: Sequence[Rule], rows: Sequence[Mapping[str, Any]]) -> list[RuleResult]:
    """A result for each rule, also for those that found nothing."""
    found = {row["rule"]: row for row in rows}
    nothing = {"group_count": 0, "amount": ZERO, "proposed_count": 0}
    told = [(rule.name, found.get(rule.name, nothing)) for rule in rules]
    return [RuleResult(name, row["group_count"], row["amount"], row["proposed_count"]) for name, row in told]


def try_rules(store: Store, as_of: date, rules: Sequence[Rule], days: int) -> Trial:
    """What these rules would match and end, of the last so many days, were they in force; the store stays as it was.

    Grain of both frames: one row per side of a match. Units: US dollars linked.
    """
    day = reopening.latest(store, as_of)
    since = day - timedelta(days=days)
    told: dict[str, Any] = {}

    def work(writer: MatchWriter) -> None:
        told["results"] = _Run(writer, rules, day, "trial").results()
        for name in ("news", "endings"):
            rows = writer.ask_table(f"run/{name}")
            told[name] = rows.filter(pc.greater_equal(rows["known_on"], pa.scalar(since)))
        raise _DryRun

    with suppress(_DryRun):
        store.write(lambda cursor: work(MatchWriter(cursor, store.facts, day)))
    frames = (told[name].to_pandas(types_mapper=pd.ArrowDtype) for name in ("news", "endings"))
    return Trial(told["results"], *frames)


class _Run:
    """One run within the writer's transaction, which sees its day."""

    def __init__(self, writer: MatchWriter, rules: Sequence[Rule], as_of: date, run_by: str) -> None:
        self.writer, self.rules, self.as_of, self.run_by = writer, rules, as_of, run_by
        self.found = 0
        self.has_declined = False
        self.still_open: dict[str, int] = {}
        """How much of a side is left; counted anew once a rule has taken some."""
        rates = sorted(row["percent"] for row in writer.ask("match/fee_rates"))
        self.rules_key = hashlib.sha256(repr((self.rules, rates)).encode()).hexdigest()[:16]
        self.has_news = reopening.has_news(writer, as_of, self.rules_key)
        if self.has_news:
            writer.do("run/make_working_tables")

    def results(self) -> list[RuleResult]:
        """The rules have run and their news is kept; tells it by rule. Nothing is done where nothing is new."""
        writer = self.writer
        if not self.has_news:
            return [RuleResult(rule.name, 0, ZERO) for rule in self.rules]
        carry_over(writer, self.as_of, self.run_by)
        for step in ("copy_standing", "copy_declined"):
            writer.do(f"run/{step}", {"as_of": self.as_of})
        writer.stand(KEYS)
        self.has_declined = writer.count("declined_side") > 0
        is_everything = reopening.reopen(writer, self.as_of, self.rules_key)
        self._find()
        while not is_everything and reopening.reopen_more(writer, self.as_of):
            self._find()
        writer.do("run/drop_unchanged")
        return self._keep()

    def _find(self) -> None:
        """Every rule has looked at what is open; what they found stands in the working tables."""
        self.writer.do("run/clear_found")
        self.found = 0
        self.still_open = {}
        for name in _COPIES:
            self.writer.do(f"run/{name}", {"as_of": self.as_of})
        has_names = False
        has_batches = self.writer.count("batch_advice") + self.writer.count("open_batches") > 0
        for rule in self.rules:
            if rule.is_on and (has_batches or not rule.needs_batches) and self._has_open(rule):
                if rule.query == LEARNED_NAMES and not has_names:
                    self.writer.do("run/copy_aliases")
                    has_names = True
                self._apply(rule)
        self.writer.do("run/drop_held")
        if self.writer.count("reopened"):
            self.writer.do("run/find_unchanged")

    def _has_open(self, rule: Rule) -> bool:
        """Whether both sides have something that is open; what batches name is looked at whether open or not."""
        if not self.still_open:
            self.still_open = self.writer.ask("run/still_open")[0]
        looked_at = rule.sides if rule.sides == ("bank", "remittance") else [one for one in rule.sides if one == "bank"]
        return all(self.still_open[side] for side in looked_at)

    def _apply(self, rule: Rule) -> None:
        before = self.found
        parameters = {"as_of": self.as_of, **fits(self.rules), **rule.parameters}
        told = {
            "rule": rule.name,
            "status": rule.mode,
            "confidence": rule.confidence,
            "first_number": before,
            "left_side": rule.sides[0],
            "right_side": rule.sides[1],
            "most_ties": MOST_TIES,
        }
        is_of_pairs = rule.shape == "pair"
        if is_of_pairs:
            has_candidates = self.writer.gather(rule.query, "run/gather_pairs", parameters)
        else:
            has_candidates = self._gather_sets(rule, parameters)
        if not has_candidates:
            return
        if self.has_declined:
            self.writer.do("run/drop_declined_pairs" if is_of_pairs else "run/drop_declined_sets", told)
        if is_of_pairs and rule.is_exclusive and self.writer.ask("run/has_ties")[0]["has_ties"]:
            self.writer.do("run/mark_ties", told)
        for step in ("keep_pairs", "keep_pair_sides") if is_of_pairs else ("keep_sets", "keep_set_sides"):
            self.writer.do(f"run/{step}", told)
        self.found = int(self.writer.ask("run/found_so_far")[0]["found_number"])
        self._take(rule, told)
        self.writer.do("run/clear_candidates")

    def _gather_sets(self, rule: Rule, parameters: dict[str, object]) -> int:
        if rule.shape == "set":
            return self.writer.gather(rule.query, "run/gather_sets", parameters)
        rows = self.writer.ask_table(rule.query, parameters)
        if rule.shape == "lump":
            return self.writer.gather_rows(lumps.lumps(rows, lumps.LUMP, "bank", "remittance"), "candidate_side")
        return self.writer.gather_rows(lumps.lumps(rows, lumps.SPLIT, "remittance", "bank"), "candidate_side")

    def _take(self, rule: Rule, told: Mapping[str, object]) -> None:
        """What the rule found, alone or tied, is out of weaker rules' reach."""
        self.still_open = {}
        if rule.sides == ("bank", "remittance"):
            self.writer.do("run/add_banked", told)
        if "bank" not in rule.takes and "bank" in rule.sides:
            self.writer.do("run/mark_posted", told)
        for side in rule.takes:
            self.writer.do(_TAKE[side], told)

    def _keep(self) -> list[RuleResult]:
        """The news is stored with its run; a run that found none keeps what it has seen."""
        writer = self.writer
        results = _by_rule(self.rules, writer.ask("run/news_by_rule"))
        ended = writer.count("reopened")
        seen = writer.ask("run/seen_now")[0]
        run_id = writer.start_run(self.run_by, self.as_of, rules_key=self.rules_key, last_file_id=seen["last_file_id"])
        if self.found:
            first = writer.next_ids("match", self.found)
            writer.do("run/store_matches", {"first_id": first, "run_id": run_id})
            writer.do("run/store_sides", {"first_id": first})
        if ended:
            first = writer.next_ids("decision", ended)
            told = {
                "first_id": first,
                "run_id": run_id,
                "decided_by": self.run_by,
                "decided_at": now(),
                "as_of": self.as_of,
            }
            writer.do("run/supersede", told)
        writer.do("run/mark_seen", {"run_id": run_id})
        return results
