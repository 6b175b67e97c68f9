"""The demo: a sample in a fresh store, matched, its three views printed, its totals held against the truth."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd

from analysis import command_output as output
from analysis import sample
from analysis.exports import in_trade
from analysis.match.run import match
from analysis.money import plain, show, total
from analysis.problems import RequestRefused
from analysis.reports import REPORTS
from analysis.store import Store, open_store
from analysis.store.files import files
from analysis.summary import summary

VIEWS = ("unmatched", "variances", "credits")
_ROWS = 12


def run_demo(path: Path | None, user: str, *, as_json: bool, wanted: str = sample.FORTNIGHT.name) -> int:
    """Loads, matches, prints; returns 0 where every total is the truth's, else 1. In memory where `path` is None."""
    with open_store(path) as store:
        if not files(store).empty:
            raise RequestRefused("the demo wants a fresh store, this one already holds files")
        chosen = sample.SAMPLES[wanted]
        outcomes = list(sample.load_sample(store, user, chosen))
        output.say(f"loaded {sum(one.status == 'loaded' for one in outcomes)} files of the {chosen.title}")
        results = match(store, sample.AS_OF, user)
        output.show_rules(results, sample.AS_OF, as_json=as_json)
        for name in VIEWS:
            _show_view(name, in_trade(REPORTS[name].make(store, sample.AS_OF)), as_json=as_json)
        return _show_truth(store, chosen, as_json=as_json)


def _show_view(name: str, frame: pd.DataFrame, *, as_json: bool) -> None:
    report = REPORTS[name]
    amount = total(frame[{"unmatched": "amount", "variances": "variance", "credits": "credit_balance"}[name]])
    if as_json:
        output.put(json.dumps({"view": name, "rows": len(frame), "amount": plain(amount)}))
        return
    output.put("")
    output.put(f"{report.title} as of {sample.AS_OF}: {len(frame)} rows, {show(amount)}")
    columns = [column for column in frame.columns if column in _SHOWN[name]]
    output.put(output.as_text(frame[columns], _ROWS).rstrip())
    if len(frame) > _ROWS:
        output.put(f"… and {len(frame) - _ROWS} more")


_SHOWN = {
    "unmatched": {"item_type", "reference", "payer_name", "amount", "item_date", "age_days", "why"},
    "variances": {"batch_id", "deposit_date", "variance", "explained", "unexplained", "explanation"},
    "credits": {"account_number", "financial_class", "credit_balance", "credit_date", "age_days", "aging_bucket"},
}


def _show_truth(store: Store, chosen: sample.Sample, *, as_json: bool) -> int:
    """The figures beside the truth's; 1 where any differs."""
    found = summary(store, sample.AS_OF).set_index("name")
    wrong = 0
    if not as_json:
        output.put("")
        output.put("Totals beside the sample's truth")
    for name, truth in sample.truth(chosen).items():
        count, amount = int(found.loc[name, "item_count"]), Decimal(found.loc[name, "amount"])
        is_same = (count, amount) == (truth.count, truth.amount)
        wrong += not is_same
        if as_json:
            line = {"figure": name, "count": count, "amount": plain(amount), "truth_count": truth.count}
            output.put(json.dumps(line | {"truth_amount": plain(truth.amount), "equal": is_same}))
        else:
            mark = "equal" if is_same else f"truth has {truth.count}, {show(truth.amount)}"
            output.put(f"  {truth.label:<34} {count:>5} {show(amount):>14}  {mark}")
    return 1 if wrong else 0
