"""Trace: everything that is known of an amount, a trace, a cheque, a claim, an account, a batch or a name.

The text is read as all that it can be; each hit says what it is, in which field the text was found, and how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, ZERO, show
from analysis.store import Store
from analysis.store.queries import query_table
from analysis.tieout.digits import cause_of, is_one_digit_apart, is_slide, is_transposition, misreadings
from analysis.tieout.readings import MOST_WORDS, Readings, read

Row = Mapping[str, Any]

Said = Mapping[tuple[str, str], tuple[str, str]]
"""How each fact, by kind and id, is tied to what was looked for, and in which words."""

MOST = 25
"""Hits that are shown of one kind, field and way; the rest are counted."""

MOST_LOOK_ALIKES = 3
"""The same for amounts that only look alike, for each such amount."""

MOST_PAIRS = 200

MOST_FOLLOWED = 12
"""More hits of one amount or name than these are not followed together."""

NUMBERS = frozenset(
    {
        "bank_reference",
        "customer_reference",
        "trace_in_text",
        "trace_number",
        "claim_id",
        "payer_claim_control_number",
        "original_claim_control_number",
        "reference_id",
        "batch_id",
        "account_number",
        "reference_number",
        "reference",
        "transaction_id",
        "receipt_id",
        "check_number",
    }
)
"""The fields whose number is of one payment, claim, batch or account."""

RANKS: Mapping[str, int] = {
    "exact": 0,
    "other_spelling": 1,
    "digits_swapped": 2,
    "decimal_moved": 2,
    "sign_turned": 2,
    "one_digit_wrong": 2,
    "beginning": 3,
    "cut_short": 3,
    "words": 4,
    "looks_swapped": 5,
    "looks_moved": 5,
}
"""How a hit was found, the surest first; those of rank 2 are tied by evidence, those of rank 5 only look alike."""

KINDS = (
    "claim",
    "remittance",
    "bank_line",
    "batch",
    "posted_line",
    "account",
    "ledger_entry",
    "receipt",
    "provider_adjustment",
)

_LOOKS: Mapping[str, str] = {"digits_swapped": "looks_swapped", "decimal_moved": "looks_moved"}
_HITS = pa.schema(
    [
        ("hit_id", pa.string()),
        ("what", pa.string()),
        ("field", pa.string()),
        ("how", pa.string()),
        ("amount", MONEY),
        ("day", pa.date32()),
        ("reference", pa.string()),
        ("payer_name", pa.string()),
        ("words", pa.string()),
        ("side", pa.string()),
        ("fact_id", pa.string()),
        ("seed_id", pa.string()),
        ("file_id", pa.int64()),
        ("place", pa.int32()),
        ("rank", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class More:
    """How many of a kind were found and are not shown."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a text finds. hits: one row per fact (`hit_id`), the surest first. Units: US dollars."""

    readings: Readings
    hits: pd.DataFrame
    more: tuple[More, ...]


def trace(store: Store, text: str, as_of: date) -> Found:
    """All that the text finds among what was known by the end of that day."""
    readings = read(text)
    rows: list[dict[str, Any]] = []
    if readings.amount is not None:
        rows += _by_amount(store, readings.amount, as_of)
        rows += _keyed_for(store, readings.amount, as_of) if readings.amount != ZERO else []
    if readings.key is not None:
        asked = {"text": readings.text, "compared": readings.key, "shortest": readings.shortest}
        rows += query_table(store, "trace/by_key", {**asked, "as_of": as_of, "most": MOST}).to_pylist()
    if readings.words:
        rows += _by_name(store, readings, as_of)
    hits = sorted(_once(rows), key=_order)
    table = pa.Table.from_pylist([_hit(row) for row in hits], schema=_HITS)
    return Found(readings, table.to_pandas(types_mapper=pd.ArrowDtype), _more(rows))


def surest(hits: pd.DataFrame) -> pd.DataFrame:
    """The hits whose money is followed unless one is chosen: those that are sure, else the surest kind there is.

    Where they are many, one amount or name is the money of many: only what a number found is followed then.
    """
    if hits.empty:
        return hits
    sure = hits[hits["rank"] <= max(int(hits["rank"].min()), 2)]
    if len(sure) <= MOST_FOLLOWED:
        return sure
    return sure[(sure["rank"] < RANKS["beginning"]) & sure["field"].isin(NUMBERS)]


def _by_amount(store: Store, amount: Decimal, as_of: date) -> list[dict[str, Any]]:
    """Facts that bear the amount, and facts with one that could have been keyed for it; nothing ties those to it."""
    ways = misreadings(amount)
    asked = {
        "amount": abs(amount),
        "look_alikes": " ".join(map(str, ways)),
        "as_of": as_of,
        "most": MOST,
        "most_look_alikes": MOST_LOOK_ALIKES,
    }
    found: list[dict[str, Any]] = []
    for row in query_table(store, "trace/by_amount", asked).to_pylist():
        way = ways.get(row["wanted_amount"])
        row["amount"] = row["found_amount"]
        if way is None:
            found.append({**row, "how": "exact"})
        elif row["field"] in ("amount", "control_total"):
            words = f"looks alike, nothing ties it to {show(amount)}; {row['words']}"
            found.append({**row, "how": _LOOKS[way], "words": words})
    return found


def _keyed_for(store: Store, amount: Decimal, as_of: date) -> list[dict[str, Any]]:
    """Lines keyed otherwise than their claim of this amount was paid, with the ledger entries that they made; and the
    claims for which this amount was keyed."""
    said: dict[tuple[str, str], tuple[str, str]] = {}
    asked = {"amount": abs(amount), "as_of": as_of, "most": MOST_PAIRS}
    for pair in query_table(store, "trace/keyed_for", asked).to_pylist():
        keyed, paid = pair["keyed_amount"], pair["paid_amount"]
        how = _how_keyed(keyed, paid)
        if how is None:
            continue
        in_words = how.replace("_", " ")
        if abs(paid) == abs(amount):
            words = f"keyed {show(keyed)} for the {show(paid)} remitted ({in_words})"
            said["posted_line", str(pair["posting_line_id"])] = (how, words)
        else:
            words = f"remitted {show(paid)}, for which {show(keyed)} was keyed ({in_words})"
            said["claim", str(pair["claim_payment_id"])] = (how, words)
    if not said:
        return []
    said |= _entered(store, said, as_of)
    facts = query_table(store, "trace/facts", {"as_of": as_of, "most": MOST}, {"traced_facts": followed(said)})
    return [
        {**row, "field": "amount", "how": how, "words": f"{words}; {row['words']}"}
        for row in facts.to_pylist()
        for how, words in [said[row["what"], row["seed_id"]]]
    ]


def _entered(store: Store, said: Said, as_of: date) -> Said:
    """The ledger entries that the lines keyed otherwise made, in the lines' own words."""
    lines = [fact for fact in said if fact[0] == "posted_line"]
    if not lines:
        return {}
    made = query_table(store, "trace/entered_for", {"as_of": as_of}, {"traced_facts": followed(lines)})
    return {
        ("ledger_entry", row["account_transaction_id"]): said["posted_line", row["posting_line_id"]]
        for row in made.to_pylist()
    }


def _how_keyed(keyed: Decimal, paid: Decimal) -> str | None:
    if is_slide(keyed, paid):
        return "decimal_moved"
    if is_transposition(keyed, paid):
        return "digits_swapped"
    if cause_of(keyed, paid)[1] == "sign turned":
        return "sign_turned"
    return "one_digit_wrong" if is_one_digit_apart(keyed, paid) else None


def _by_name(store: Store, readings: Readings, as_of: date) -> list[dict[str, Any]]:
    words = [*readings.words, *[""] * (MOST_WORDS - len(readings.words))]
    asked = {f"word_{number}": word for number, word in enumerate(words, start=1)}
    rows = query_table(store, "trace/by_name", {**asked, "as_of": as_of, "most": MOST}).to_pylist()
    whole = readings.text.upper()
    return [{**row, "how": "exact" if row["name"].upper() == whole else "words"} for row in rows]


def followed(facts: Iterable[tuple[str, str]]) -> pa.Table:
    """Rows that stand in for the view `traced_facts`: the kind and id of each fact."""
    kinds, ids = zip(*facts, strict=True)
    columns = [pa.array(kinds, pa.string()), pa.array(ids, pa.string()), pa.array([True] * len(ids), pa.bool_())]
    return pa.table(columns, names=["what", "seed_id", "is_whole"])


def _once(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Each fact once, by the surest way it was found."""
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        fact = (row["what"], row["seed_id"])
        if fact not in best or RANKS[row["how"]] < RANKS[best[fact]["how"]]:
            best[fact] = row
    return best.values()


def _order(row: Row) -> tuple[Any, ...]:
    return RANKS[row["how"]], KINDS.index(row["what"]), -row["day"].toordinal(), row["file_id"], row["place"]


def _hit(row: Row) -> dict[str, Any]:
    return {**row, "hit_id": f"{row['what']}-{row['seed_id']}", "rank": RANKS[row["how"]]}


def _more(rows: Sequence[Row]) -> tuple[More, ...]:
    """What the limits left out, by kind."""
    groups: dict[tuple[Any, ...], int] = {}
    shown: dict[tuple[Any, ...], int] = {}
    for row in rows:
        group = (row["what"], row["field"], row["how"], row.get("wanted_amount"))
        groups[group] = max(groups.get(group, 0), row["found_count"])
        shown[group] = shown.get(group, 0) + 1
    left: dict[str, int] = {}
    for group, count in groups.items():
        left[group[0]] = left.get(group[0], 0) + max(count - shown[group], 0)
    return tuple(More(what, left[what]) for what in KINDS if left.get(what))
