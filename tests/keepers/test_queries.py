"""Every SQL file opens with a contract, keeps to the portable dialect, and on the sample the contract holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analysis.sample import AS_OF
from analysis.store import Store
from analysis.store.facts import LENT, copy_views
from analysis.store.statements import statement
from tests.keepers.tree import ROOT, shown
from tests.stores import empty_store, fortnight_store

QUERIES = ROOT / "analysis" / "sql"

FIELDS = ("grain", "key", "params", "units")
OPTIONAL_FIELDS = ("example",)
STATEMENT_GRAIN = "a statement"
"""How the grain of a file begins that writes and answers nothing; its key is none."""

TYPICAL: dict[str, Any] = {"as_of": AS_OF}
"""What a parameter is on the sample where the file's `-- example:` line does not say."""

FORBIDDEN = {
    "select *": r"\bselect\s+(?:distinct\s+)?\*|,\s*\*",
    "alias.*": r"\b[a-z_]\w*\.\*",
    "exclude": r"\bexclude\b",
    "asof": r"\basof\b",
    "arg_max and its kind": r"\b(?:arg_max|arg_min|argmax|argmin|max_by|min_by)\b",
    "group by all": r"\bgroup\s+by\s+all\b",
    "order by all": r"\border\s+by\s+all\b",
    "qualify": r"\bqualify\b",
    "a parameter without a name": r"\?|\$\d",
}
KEYWORDS = re.compile(
    r"\b(?:select|from|where|with|join|left|full|inner|outer|on|group|order|by|having|union|all|distinct|case|when|then"
    r"|else|end|and|or|not|is|null|in|as|insert|into|update|set|delete|values|over|partition)\b",
    re.IGNORECASE,
)
QUOTED_OR_COMMENT = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Header:
    """What a file says of itself: its sentence, and its fields by name."""

    sentence: str
    fields: dict[str, str]

    @property
    def parameters(self) -> set[str]:
        """The names declared as `name (type)`, one after another or one a line."""
        return set(re.findall(r"(?:^|[;,\n])\s*\$?(\w+) \(", self.fields.get("params", "")))

    @property
    def key(self) -> list[str]:
        """The columns of the key; empty for none."""
        columns = re.findall(r"\w+", self.fields.get("key", "").partition("(")[0])
        return [] if columns == ["none"] else columns

    @property
    def example(self) -> dict[str, Any]:
        """The values of the `-- example:` line, such as `payer = 'ALPHA', least = 10.00, since = 2026-11-02`."""
        pairs = re.findall(r"(\w+)\s*=\s*('(?:[^']|'')*'|[^,\s]+)", self.fields.get("example", ""))
        return {name: value_of(text) for name, text in pairs}


def value_of(text: str) -> Any:
    """The value that an example writes: quoted text, a date, null, true, false, a whole or an exact number."""
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text in ("null", "true", "false"):
        return {"null": None, "true": True, "false": False}[text]
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    return int(text) if re.fullmatch(r"-?\d+", text) else Decimal(text)


def header_of(sql: str) -> Header:
    """The comment at the top of the file, read."""
    sentence, fields, field = "", {}, ""
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        if named := re.match(rf"({'|'.join(FIELDS + OPTIONAL_FIELDS)}):\s*", text):
            field = named[1]
            fields[field] = text[named.end() :]
        elif field:
            fields[field] += f"\n{text}"
        else:
            sentence = f"{sentence} {text}".strip()
    return Header(sentence, {name: text.strip() for name, text in fields.items()})


def bare(sql: str) -> str:
    """The SQL without comments and with every quoted text empty."""
    return QUOTED_OR_COMMENT.sub(lambda found: "''" if found[0][0] == "'" else " ", sql)


def view_of(sql: str) -> str | None:
    """The view that the file makes, whose rows its header is about."""
    found = re.match(r"\s*create\s+(?:or\s+replace\s+)?view\s+(\w+)\s+as\b", bare(sql))
    return found[1] if found else None


def is_statement(sql: str) -> bool:
    """Whether the file writes or defines something rather than answers a question, itself or through its view."""
    return (
        view_of(sql) is None
        and re.search(r"\b(?:insert\s+into|update|delete\s+from|merge\s+into|create|drop)\b", bare(sql)) is not None
    )


def contract_faults(sql: str) -> list[str]:
    """What the header lacks, and where header and body disagree."""
    header, used = header_of(sql), set(re.findall(r"\$([a-z_]\w*)", bare(sql)))
    faults = [] if re.match(r"[A-Z].*\.$", header.sentence) else ["does not open with a sentence"]
    faults += [f"no `-- {name}:`" for name in FIELDS if not header.fields.get(name)]
    faults += [f"${name} is used and not declared" for name in sorted(used - header.parameters)]
    faults += [f"${name} is declared and not used" for name in sorted(header.parameters - used)]
    if is_statement(sql) != header.fields.get("grain", "").startswith(STATEMENT_GRAIN):
        faults.append(f"the grain of what writes, and of nothing else, begins with `{STATEMENT_GRAIN}`")
    return faults


def dialect_faults(sql: str) -> list[str]:
    """What other engines would not take, and keywords that are not in lower case."""
    body = bare(sql)
    faults = [name for name, pattern in FORBIDDEN.items() if re.search(pattern, body, re.IGNORECASE)]
    return faults + [f"keyword {word}" for word in sorted(set(KEYWORDS.findall(body))) if not word.islower()]


def proves_key(connection: Any, path: Path, sql: str) -> None:
    """Fails unless the query runs on the sample and no two of its rows, and none with a null, share the key.

    A view is asked for all it holds. A query without a key answers with one row at most. A statement is not run.
    """
    if is_statement(sql):
        return
    header = header_of(sql)
    values = {**TYPICAL, **header.example}
    lacking = sorted(header.parameters - set(values))
    assert not lacking, f"{shown(path)}: say in a `-- example:` line what {', '.join(lacking)} may be on the sample"
    view = view_of(sql)
    answer = connection.execute(f"from {view}" if view else sql, {name: values[name] for name in header.parameters})
    columns = [column[0] for column in answer.description]
    assert set(header.key) <= set(columns), f"{shown(path)}: the key names columns that the answer lacks"
    places = [columns.index(name) for name in header.key]
    keys = [tuple(row[place] for place in places) for row in answer.fetchall()]
    assert len(keys) == len(set(keys)), f"{shown(path)}: rows share a key"
    assert not any(None in key for key in keys), f"{shown(path)}: a key holds null"


FILES = sorted(QUERIES.rglob("*.sql"))
EACH_FILE = pytest.mark.parametrize(
    "path", [pytest.param(path, id=shown(path).removeprefix("analysis/sql/")) for path in FILES]
)


@EACH_FILE
def test_header_is_a_contract(path: Path):
    """A sentence, grain, key, params and units, and only the parameters declared."""
    assert contract_faults(path.read_text(encoding="utf-8")) == []


@EACH_FILE
def test_dialect_is_portable(path: Path):
    """Nothing that PostgreSQL and Spark would refuse, or take for something else."""
    assert dialect_faults(path.read_text(encoding="utf-8")) == []


@pytest.fixture(scope="module")
def sample_store() -> Iterator[Store]:
    """The sample fortnight, loaded and matched."""
    with fortnight_store() as store:
        yield store


@pytest.fixture(scope="module")
def asked(sample_store: Store) -> Iterator[Any]:
    """A cursor for questions, as pages and runs ask them: what facts tell is lent, and the working
    tables of a run are there, and empty."""
    with sample_store.cursor() as cursor:
        cursor.execute(statement("run/make_working_tables"))
        sample_store.facts.lend(cursor, date.max, frozenset(LENT), set())
        copy_views(cursor, ("match_standing",))
        yield cursor


@EACH_FILE
def test_key_holds_on_the_sample(path: Path, sample_store: Store, asked: Any):
    """The grain and key that the header claims are so; what is asked of views, or of the tables themselves, is asked
    of those, not of copies."""
    sql = path.read_text(encoding="utf-8")
    if view_of(sql) is None and path.parent.name != "store":
        proves_key(asked, path, sql)
    else:
        with sample_store.cursor() as cursor:
            proves_key(cursor, path, sql)


GOOD = """-- Every batch on its day.
--
-- grain:   one row per batch
-- key:     batch_id
-- params:  as_of (date): later batches are not yet known
--          payer (text): only this payer's
-- units:   US dollars
-- example: payer = 'O''HARA', as_of = 2026-11-02
select batch_id, '$nothing select *' as note
from batches
where posted_on <= $as_of and payer_name = $payer
"""


def test_a_good_header_passes():
    """Parameters over two lines, an example, and quoted text that only looks like SQL."""
    assert contract_faults(GOOD) + dialect_faults(GOOD) == []
    assert header_of(GOOD).example == {"payer": "O'HARA", "as_of": date(2026, 11, 2)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("-- grain:   one row per batch\n", "", id="no grain"),
        pytest.param("-- Every batch on its day.", "-- batches", id="no sentence"),
        pytest.param(" and payer_name = $payer", "", id="a parameter nobody uses"),
        pytest.param("$as_of", "$day", id="a parameter nobody declared"),
        pytest.param("select batch_id, '", "select *, '", id="select star"),
        pytest.param("select batch_id, '", "select b.*, '", id="alias star"),
        pytest.param("from batches", "FROM batches", id="a keyword in capitals"),
        pytest.param("select batch_id,", "select arg_max(batch_id, posted_on),", id="arg_max"),
        pytest.param("from batches", "from batches asof join days", id="asof"),
        pytest.param("select batch_id, '", "create table batch as select batch_id, '", id="an undeclared statement"),
        pytest.param("one row per batch\n", "a statement\n", id="a question that calls itself a statement"),
    ],
)
def test_a_bad_file_is_caught(before: str, after: str):
    """Each rule finds what it is for."""
    assert GOOD.count(before) == 1
    sql = GOOD.replace(before, after)
    assert contract_faults(sql) + dialect_faults(sql) != []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param("select 1 as batch_id union all select 1 as batch_id", "share a key", id="twice"),
        pytest.param("select null as batch_id", "holds null", id="null"),
        pytest.param("create view source_files as select 1 as batch_id", "lacks", id="a view without its key"),
        pytest.param("select 1 as batch", "lacks", id="not there"),
    ],
)
def test_a_false_key_is_caught(body: str, message: str):
    """A claim about the key is held against the rows."""
    sql = f"-- Batches.\n-- grain: a batch\n-- key: batch_id\n-- params: none\n-- units: none\n{body}\n"
    with empty_store() as store, store.cursor() as connection, pytest.raises(AssertionError, match=message):
        proves_key(connection, QUERIES / "claimed.sql", sql)
