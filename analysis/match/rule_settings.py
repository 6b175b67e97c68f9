"""The rules as this site has set them: on or off, confirming or proposing, their windows; each change is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.match.rules import RULES, Mode, Rule
from analysis.problems import RequestRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write

_PREFIX = "rule."
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a site may change of a rule."""

    is_on: bool
    mode: Mode
    parameters: Mapping[str, int | bool]


def rules_in_force(store: Store, as_of: date) -> tuple[Rule, ...]:
    """The rules in their order, as set on that day."""
    rows = query(store, "store/settings_in_force", {"as_of": as_of, "prefix": _PREFIX})
    changed = {row["name"].removeprefix(_PREFIX): json.loads(row["value"]) for row in rows.to_dict("records")}
    return tuple(_with(rule, changed[rule.name]) if rule.name in changed else rule for rule in RULES)


def _with(rule: Rule, told: Mapping[str, Any]) -> Rule:
    known = {name: value for name, value in told["parameters"].items() if name in rule.parameters}
    return replace(rule, is_on=told["is_on"], mode=told["mode"], parameters={**rule.parameters, **known})


def rule_changes(store: Store) -> pd.DataFrame:
    """Every change of a rule, the newest first. Grain: one row per change; `value` as the screen says it."""
    rows = query(store, "match/setting_history", {"prefix": _PREFIX})
    said = [in_words(RuleSetting(**json.loads(value))) for value in rows["value"]]
    names = [name.removeprefix(_PREFIX) for name in rows["name"]]
    text = pd.ArrowDtype(pa.string())
    return rows.assign(rule=pd.array(names, dtype=text), set_to=pd.array(said, dtype=text))


def in_words(setting: RuleSetting) -> str:
    """`on, confirms: days before 10; days after 10`."""
    windows = windows_in_words(setting)
    return does_in_words(setting) + (f": {windows}" if windows else "")


def does_in_words(setting: RuleSetting) -> str:
    """`on, confirms`."""
    if not setting.is_on:
        return "off"
    return "on, confirms" if setting.mode == "confirmed" else "on, proposes"


def windows_in_words(setting: RuleSetting) -> str:
    """`days before 10; days after 10`; empty for a rule without."""
    return "; ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in setting.parameters.items())


def _plain(value: int | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def setting_of(rule: Rule) -> RuleSetting:
    """What of a rule can be set, as it is."""
    return RuleSetting(rule.is_on, rule.mode, rule.parameters)


def changed_rules(rules: Sequence[Rule], name: str, wanted: RuleSetting) -> tuple[Rule, ...]:
    """The rules with one of them set otherwise, to be tried or saved. Raises `RequestRefused` for one that is none."""
    if name not in {rule.name for rule in rules}:
        raise RequestRefused(f"there is no matching rule named {name}")
    return tuple(_set(rule, wanted) if rule.name == name else rule for rule in rules)


def _set(rule: Rule, wanted: RuleSetting) -> Rule:
    for name, value in wanted.parameters.items():
        if name not in rule.parameters:
            raise RequestRefused(f"rule {rule.name} has no setting {name}")
        if not isinstance(value, bool) and not 0 <= value <= _MOST_DAYS:
            raise RequestRefused(f"rule {rule.name}, {name}: wanted 0 to {_MOST_DAYS}, found {value}")
    if wanted.mode == "confirmed" and not may_confirm(rule):
        raise RequestRefused(f"rule {rule.name} only ever proposes: what it finds is not certain")
    return replace(
        rule, is_on=wanted.is_on, mode=wanted.mode, parameters={**rule.parameters, **dict(wanted.parameters)}
    )


def may_confirm(rule: Rule) -> bool:
    """Whether a site may let the rule confirm: those that propose by default find what only a person can judge."""
    return next(one for one in RULES if one.name == rule.name).mode == "confirmed"


def save_rule(store: Store, name: str, wanted: RuleSetting, effective_on: date, decided_by: str, reason: str) -> None:
    """The setting holds from that day on, beside who set it, when and why. Raises `RequestRefused` if it is none, and
    `DayClosed` where the day is closed.
    """
    changed_rules(RULES, name, wanted)
    if not reason.strip():
        raise RequestRefused("a changed rule needs a reason")

    def work(writer: MatchWriter) -> None:
        writer.change_setting(
            _PREFIX + name, json.dumps(asdict(wanted), default=dict), effective_on, decided_by, reason.strip()
        )

    write(store, work)
