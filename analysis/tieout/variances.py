"""Variances: which batch does not tie to its deposit, which deposit is not fully posted, what the bank took back, and
what makes up each difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, ZERO, show
from analysis.store import Store
from analysis.tieout.evidence import gathered
from analysis.tieout.explain import parts
from analysis.tieout.known import Known
from analysis.tieout.parts import Evidence, Part, Row, explained
from analysis.tieout.returned import part_of, returned_rows
from analysis.tieout.write_offs import settled

_COLUMNS = pa.schema(
    [
        ("batch_id", pa.string()),
        ("deposit_date", pa.date32()),
        ("payer_name", pa.string()),
        ("control_total", MONEY),
        ("posted_total", MONEY),
        ("remitted_total", MONEY),
        ("deposited_total", MONEY),
        ("variance", MONEY),
        ("explained", MONEY),
        ("unexplained", MONEY),
        ("causes", pa.string()),
        ("explanation", pa.string()),
        ("bank_account", pa.string()),
        ("batch_type", pa.string()),
        ("bank_transaction_id", pa.int64()),
        ("reference", pa.string()),
        ("variance_id", pa.string()),
        ("written_off", MONEY),
        ("resolution", pa.string()),
    ]
)
_PARTS = pa.schema(
    [
        ("part_id", pa.string()),
        ("variance_id", pa.string()),
        ("reference", pa.string()),
        ("deposit_date", pa.date32()),
        ("payer_name", pa.string()),
        ("bank_account", pa.string()),
        ("batch_type", pa.string()),
        ("batch_id", pa.string()),
        ("amount", MONEY),
        ("cause", pa.string()),
        ("code", pa.string()),
        ("certainty", pa.string()),
        ("words", pa.string()),
        ("evidence", pa.string()),
        ("line_number", pa.int32()),
        ("posting_line_id", pa.int64()),
        ("claim_payment_id", pa.int64()),
        ("remittance_id", pa.int64()),
        ("deposit_id", pa.int64()),
        ("receipt_id", pa.string()),
        ("other_batch_id", pa.string()),
        ("file_id", pa.int64()),
        ("place", pa.int64()),
    ]
)
_OF_ITS_ROW = ("variance_id", "reference", "deposit_date", "payer_name", "bank_account", "batch_type", "batch_id")


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the report and the parts that make it up."""

    row: Mapping[str, Any]
    parts: Sequence[Part]

    @property
    def differs(self) -> bool:
        """Whether anything is wrong: money, or a total, a day or an account keyed wrong."""
        return bool(self.parts) or self.row["variance"] != ZERO


def variances(store: Store, as_of: date) -> pd.DataFrame:
    """Batches that do not tie, deposits not posted and items taken back, as known on that day, largest first.

    Grain: one row per batch (`batch_id`), or per bank line that is not posted, or posted in part
    (`bank_transaction_id`, no batch). Units: US dollars; variance = deposited − posted = explained + unexplained.
    """
    return frame_of_rows(differences(store, as_of))


def explanations(store: Store, as_of: date) -> pd.DataFrame:
    """The parts of all variances. Grain: one row per part (`part_id`). Units: US dollars of deposited − posted.

    Parts that are `found` or `likely` make up what is explained; a `possible` one waits for a person to choose.
    """
    return frame_of_parts(differences(store, as_of))


def pieces(store: Store, as_of: date, batch_id: str) -> pd.DataFrame:
    """The parts of one batch's variance. Grain: one row per part. Units: US dollars of deposited − posted."""
    return frame_of_parts([one for one in differences(store, as_of) if one.row["batch_id"] == batch_id])


def differences(store: Store, as_of: date) -> list[Difference]:
    """Every variance known on that day with its parts, largest first."""
    return [one for one in tie_out(store, as_of) if one.differs]


def tie_out(store: Store, as_of: date) -> list[Difference]:
    """Every batch known on that day, those that tie too, and every bank line that no batch accounts for in full.

    Deposited and posted of all of them are the day's, so that each payment counts once.
    """
    known = Known(store, as_of)
    returns = returned_rows(store, as_of)
    evidences = gathered(known, returns)
    found = [_of_batch(evidence) for evidence in evidences]
    free = known.rows("unposted_deposits")
    found += [_of_deposit(row, _waiting_for(row, found)) for row in free]
    deposits = {one.legs["batch_id"]: one.deposits for one in evidences}
    found += [_of_return(rows, deposits) for rows in returns.values() if rows[0]["reversal_batch_id"] is None]
    decided = settled(store, as_of)
    return sorted(
        (_as_decided(one, decided.get(one.row["variance_id"])) for one in found),
        key=lambda one: (
            -abs(one.row["variance"]),
            one.row["deposit_date"],
            one.row["reference"] or "",
        ),
    )


def _as_decided(one: Difference, decided: Row | None) -> Difference:
    """The difference with what was written off of it and how it was resolved."""
    said = {"written_off": decided["written_off"], "resolution": decided["resolution"]} if decided else {}
    return Difference({**one.row, "written_off": ZERO, "resolution": None, **said}, one.parts)


def frame_of_rows(found: Iterable[Difference]) -> pd.DataFrame:
    """The differences as the report."""
    return pa.Table.from_pylist([one.row for one in found], schema=_COLUMNS).to_pandas(types_mapper=pd.ArrowDtype)


def frame_of_parts(found: Iterable[Difference]) -> pd.DataFrame:
    """Their parts as rows."""
    rows = [
        {
            **asdict(part),
            **{name: one.row[name] for name in _OF_ITS_ROW},
            "part_id": f"{one.row['variance_id']} {number}",
        }
        for one in found
        for number, part in enumerate(one.parts, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=_PARTS).to_pandas(types_mapper=pd.ArrowDtype)


def _of_batch(evidence: Evidence) -> Difference:
    legs = evidence.legs
    totals = ("control_total", "posted_total", "remitted_total", "deposited_total")
    names = ("batch_id", "deposit_date", "payer_name", "bank_account", "batch_type")
    row = {name: legs[name] for name in (*names, *totals)} | {
        "bank_transaction_id": None,
        "reference": legs["batch_id"],
        "variance_id": f"batch {legs['batch_id']}",
    }
    return _with(row, parts(evidence))


def _with(row: dict[str, Any], found: Sequence[Part]) -> Difference:
    """The row with its variance, what of it is explained, and the causes in their order, sure ones first."""
    variance = row["deposited_total"] - row["posted_total"]
    unexplained = variance - explained(found)
    sure = [part for part in found if part.certainty != "possible"]
    possible = [part for part in found if part.certainty == "possible"]
    said = [part.words for part in sure]
    said += _readings(possible)
    if not found and row["control_total"] != row["posted_total"]:
        said = [f"control total {show(row['control_total'])}, posted {show(row['posted_total'])}"]
    row |= {
        "variance": variance,
        "explained": variance - unexplained,
        "unexplained": unexplained,
        "causes": ";".join(dict.fromkeys(part.cause for part in [*sure, *possible])),
        "explanation": "; ".join([*said, f"unexplained {show(unexplained)}"]),
    }
    return Difference(row, found)


def _readings(possible: Sequence[Part]) -> list[str]:
    """The possible parts in words: those of one amount are readings of it, of which one holds."""
    of_amount: dict[Decimal, list[str]] = {}
    for part in possible:
        of_amount.setdefault(part.amount, []).append(part.words)
    return [
        f"one of: {', or '.join(words)}" if len(words) > 1 else f"possible: {words[0]}" for words in of_amount.values()
    ]


def _waiting_for(deposit: Row, found: Iterable[Difference]) -> list[tuple[str, Part]]:
    """The batches without money that this deposit may be for, each with its part that says so."""
    line = deposit["bank_transaction_id"]
    return [
        (one.row["batch_id"], part)
        for one in found
        if one.row["deposited_total"] == ZERO
        for part in one.parts
        if part.deposit_id == line
    ]


def _of_deposit(row: Row, waiting: Sequence[tuple[str, Part]]) -> Difference:
    """A deposit of which nothing, or not all, is posted."""
    linked, posted = row["linked_total"], row["posted_total"]
    found = []
    offered = min(row["offered_amount"], linked - posted)
    if offered > ZERO:
        found.append(_offered(offered, row))
    if linked - posted > offered:
        words = "its remittance has come and no batch holds it"
        found.append(_bank_part(linked - posted - offered, "unposted", words, row))
    rest = row["deposited_total"] - max(linked, posted)
    if rest > ZERO:
        found += [_for_batch(rest, batch_id, part, row) for batch_id, part in waiting] or [_unlinked(rest, row)]
    return _with(_bank_row(row) | {"remitted_total": row["remitted_total"], "posted_total": posted}, found)


def _offered(amount: Decimal, row: Row) -> Part:
    words = (
        "its remittance has come and no batch names it; "
        f"a proposal would tie it to batch {row['offered_batches']}: decide it in Unmatched"
    )
    return replace(_bank_part(amount, "unposted", words, row), evidence="proposal", certainty="possible")


def _unlinked(rest: Decimal, row: Row) -> Part:
    if row["has_likely_remittance"]:
        return _bank_part(rest, "unposted", "a remittance for it waits to be matched, and no batch holds it", row)
    return _bank_part(rest, "not_remitted", "no remittance has come for it and no batch holds it", row)


def _for_batch(rest: Decimal, batch_id: str, other: Part, row: Row) -> Part:
    words = f"batch {batch_id} of that amount waits for it ({other.cause.replace('_', ' ')}): {show(rest)}"
    return Part(
        rest,
        other.cause,
        words,
        "batch",
        other.certainty,
        deposit_id=row["bank_transaction_id"],
        other_batch_id=batch_id,
    )


def _bank_part(amount: Decimal, cause: str, words: str, row: Row) -> Part:
    return Part(amount, cause, f"{words}: {show(amount)}", "bank line", "found", deposit_id=row["bank_transaction_id"])


def _of_return(rows: list[dict[str, Any]], deposits: Mapping[str, Sequence[Row]]) -> Difference:
    first = rows[0]
    line = first | {"deposit_date": first["posted_date"], "deposited_total": first["amount"]}
    return _with(_bank_row(line | {"payer_name": first["company_name"]}), part_of(rows, deposits))


def _bank_row(row: Row) -> dict[str, Any]:
    names = ("deposit_date", "payer_name", "bank_account", "deposited_total", "bank_transaction_id")
    return {name: row[name] for name in names} | {
        "batch_id": None,
        "batch_type": None,
        "reference": row["bank_reference"],
        "variance_id": f"bank {row['bank_transaction_id']}",
        "control_total": ZERO,
        "posted_total": ZERO,
        "remitted_total": ZERO,
    }
