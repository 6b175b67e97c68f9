"""Writing what the matching finds: working tables of a run, the matches it keeps, and the decisions that end
matches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from analysis.problems import DayClosed
from analysis.store.connection import Store
from analysis.store.facts import Facts, copy_views
from analysis.store.queries import answer
from analysis.store.rows import insert_rows, next_id, table_columns
from analysis.store.statements import statement, views_below, with_views_below

Result = TypeVar("Result")

_PARAMETER = re.compile(r"\$([a-z_]\w*)")


def write(store: Store, work: Callable[[MatchWriter], Result]) -> Result:
    """Runs `work` with a writer in one transaction, as `Store.write` does.

    Other cursors read what is committed, and no other writer of this process comes between.
    """
    return store.write(lambda cursor: work(MatchWriter(cursor, store.facts)))


class MatchWriter:
    """Writes into the open transaction of `cursor`; nothing is committed here. Working tables end with the cursor.

    Its questions see what was known by the end of the day `as_of`, all that is known without one, by the facts that are
    lent to it.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, facts: Facts, as_of: date | None = None) -> None:
        self.cursor = cursor
        self.columns = table_columns(cursor)
        self._facts = facts
        self._day = as_of or date.max
        self._lent: set[str] = set()
        if as_of is not None:
            self.do("run/ask_as_of", {"as_of": as_of})

    def do(self, name: str, parameters: Mapping[str, Any] | None = None) -> None:
        """The statements of the named file are carried out, each with those of the parameters that it uses."""
        for one in self._text(name).split(";\n"):
            self.cursor.execute(one, _used(one, parameters or {}))

    def gather(self, query: str, into: str, parameters: Mapping[str, Any]) -> int:
        """The answer of the named query is carried by the statement `into`, which calls it `rule_rows`.

        Returns how many rows that was.
        """
        text = statement(into).replace("rule_rows", f"(\n{self._text(query)})")
        return int(self.cursor.execute(text, _used(text, parameters)).fetchall()[0][0])

    def gather_rows(self, rows: pa.Table, table: str) -> int:
        """The same for rows that were worked out in Python."""
        if rows.num_rows:
            self.cursor.from_arrow(rows).insert_into(table)
        return int(rows.num_rows)

    def stand(self, views: Sequence[str]) -> None:
        """These views of facts, which the rules ask for again and again, are worked out once."""
        self._facts.lend(self.cursor, self._day, frozenset().union(*map(with_views_below, views)), self._lent)
        if self._facts.are_many(self.cursor):
            copy_views(self.cursor, views)

    def _text(self, name: str) -> str:
        """The SQL of that name. What facts tell is worked out once for all: nothing that is written here alters it."""
        self._facts.lend(self.cursor, self._day, views_below(name), self._lent)
        return statement(name)

    def count(self, table: str) -> int:
        """How many rows a table holds."""
        return int(self.cursor.table(table).count("1").fetchall()[0][0])

    def ask(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The answer of the named query within the transaction, as rows by column."""
        text = self._text(query)
        asked = self.cursor.execute(text, _used(text, parameters or {}))
        names = [column[0] for column in asked.description]
        return [dict(zip(names, row, strict=True)) for row in asked.fetchall()]

    def ask_table(self, query: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """The same as an Arrow table."""
        return answer(self.cursor, query, _used(self._text(query), parameters or {}), self._facts.is_large)

    def start_run(self, run_by: str, as_of: date, kind: str = "rules", **seen: Any) -> int:
        """A new run is recorded; returns its id. `seen`: further columns of `match_run`."""
        run_id = next_id(self.cursor, "run", 1)
        row = {"run_id": run_id, "started_at": now(), "run_by": run_by, "as_of_date": as_of, "kind": kind, **seen}
        self.insert("match_run", [row])
        return run_id

    def last_run_id(self) -> int:
        """The id of the newest run, 0 before the first."""
        return next_id(self.cursor, "run", 0)

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """The rows stand in a table of decisions; what they lack is null."""
        if rows:
            insert_rows(self.cursor, self.columns, table, pa.Table.from_pylist([dict(row) for row in rows]))

    def change_setting(self, name: str, value: str, effective_on: date, decided_by: str, reason: str) -> None:
        """The setting's new value, as JSON, is appended and holds from that day. Raises `DayClosed`."""
        self.refuse_closed(effective_on)
        row = {
            "setting_id": self.next_ids("setting", 1) + 1,
            "name": name,
            "value": value,
            "effective_on": effective_on,
            "source": reason,
            "decided_by": decided_by,
            "decided_at": now(),
        }
        self.insert("setting", [row])

    def next_ids(self, counter: str, how_many: int) -> int:
        """The id before the first of the next `how_many` ids of that kind, now taken."""
        return next_id(self.cursor, counter, how_many) - how_many

    def decide(
        self,
        match_ids: Sequence[int],
        action: str,
        decided_by: str,
        reason: str,
        run_id: int | None,
        effective_on: date | None = None,
    ) -> None:
        """A decision about each match is appended."""
        self._append("match", [str(one) for one in match_ids], action, decided_by, reason, run_id, effective_on)

    def decide_item(self, item_id: str, action: str, decided_by: str, reason: str, effective_on: date) -> None:
        """A decision about an open item is appended; it holds from that day."""
        self._append("item", [item_id], action, decided_by, reason, None, effective_on)

    def decide_about(
        self, subject_type: str, subject_id: str, action: str, decided_by: str, reason: str, effective_on: date
    ) -> int:
        """A decision about one subject of another kind is appended; it holds from that day. Returns its id."""
        self._append(subject_type, [subject_id], action, decided_by, reason, None, effective_on)
        return next_id(self.cursor, "decision", 0)

    def decide_day(self, day: date, action: str, decided_by: str, reason: str) -> int:
        """A decision about the close of a day is appended; returns its id."""
        self._append("day", [day.isoformat()], action, decided_by, reason, None, day)
        return next_id(self.cursor, "decision", 0)

    def refuse_closed(self, day: date) -> None:
        """Raises `DayClosed` where that day is closed."""
        first: date = self.ask("closing/first_open_day")[0]["first_open_day"]
        if day < first:
            raise DayClosed(day, first)

    def _append(
        self,
        subject_type: str,
        subjects: Sequence[str],
        action: str,
        decided_by: str,
        reason: str,
        run_id: int | None,
        effective_on: date | None,
    ) -> None:
        first = self.next_ids("decision", len(subjects))
        told = {"decided_at": now(), "decided_by": decided_by, "action": action, "reason": reason, "run_id": run_id}
        told |= {"subject_type": subject_type, "effective_on": effective_on}
        rows = [
            {"decision_id": first + n, "subject_id": subject, **told} for n, subject in enumerate(subjects, start=1)
        ]
        self.insert("decision", rows)


def now() -> datetime:
    """The present moment in UTC, as the store keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _used(text: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that the SQL names; DuckDB refuses others."""
    wanted = set(_PARAMETER.findall(text))
    return {name: value for name, value in parameters.items() if name in wanted}
