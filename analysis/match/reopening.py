"""What a run looks at anew of what rules matched before: all proposals, and the matches that something new touches.

A new fact touches a match whose facts share a trace or an amount with it, and a match on a sum that is near it in time;
where a match then is not found again, its facts touch others in turn. So an incremental run ends where a run over
everything would, and the order in which files came does not matter.
"""

from __future__ import annotations

from datetime import date

from analysis.store import Store
from analysis.store.matches import MatchWriter
from analysis.store.queries import query_table

NEAR_DAYS = 21
"""Calendar days within which a new fact may be part of a sum: beyond every window of the sum rules."""


MOST_DAYS, MOST_FACTS = 31, 20_000
"""Of how many days since the last run each is run by itself, and with how many new facts on them; what was known before
them, and a heap of more facts, is run as one, so that its past days are shown as they would be matched by now."""


def latest(store: Store, as_of: date) -> date:
    """The day, or that of the last run or the first open one where these are later."""
    found: date = query_table(store, "run/latest_run_day").to_pylist()[0]["latest_day"]
    return max(as_of, found)


def days_before(writer: MatchWriter, day: date) -> list[date]:
    """The days since the last run, and before `day`, on which something became known, in order: each is run first."""
    last = writer.ask("run/last_run")
    since = last[0]["as_of_date"] if last else _BEFORE_ALL
    between = writer.ask("run/days_with_news", {"last_as_of": since, "until": day})
    if sum(row["fact_count"] for row in between) > MOST_FACTS:
        return []
    return [row["known_on"] for row in between[-MOST_DAYS:]]


_BEFORE_ALL = date(1900, 1, 1)


def has_news(writer: MatchWriter, as_of: date, rules_key: str) -> bool:
    """Whether anything that a run could see has changed since the last one."""
    last = writer.ask("run/last_run")
    if not last or last[0]["rules_key"] != rules_key:
        return True
    seen = writer.ask("run/seen_now")[0]
    before = (last[0]["last_file_id"], last[0]["last_decision_id"], last[0]["as_of_date"])
    return before != (seen["last_file_id"], seen["last_decision_id"], as_of)


def reopen(writer: MatchWriter, as_of: date, rules_key: str) -> bool:
    """What is to be looked at anew counts as unmatched from here on; returns whether that is everything."""
    told = {"as_of": as_of, "near_days": NEAR_DAYS}
    writer.do("run/reopen_proposals", told)
    last = writer.ask("run/last_run")
    is_everything = not last or last[0]["rules_key"] != rules_key
    if is_everything:
        writer.do("run/reopen_confirmed", told)
    else:
        seen = {name: last[0][name] for name in ("last_file_id", "last_decision_id")}
        writer.do("run/gather_fresh", {**told, **seen, "last_as_of": last[0]["as_of_date"]})
        writer.do("run/reopen_touched", told)
    writer.do("run/close_reopened")
    return is_everything


def reopen_more(writer: MatchWriter, as_of: date) -> bool:
    """Whether matches that were not found again touch others, which then count as unmatched too."""
    before = writer.count("reopened")
    writer.do("run/gather_dissolved")
    if writer.count("fresh_fact") == 0:
        return False
    writer.do("run/reopen_touched", {"as_of": as_of, "near_days": NEAR_DAYS})
    writer.do("run/close_reopened")
    return writer.count("reopened") > before
