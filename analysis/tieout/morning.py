"""The fifteen questions of the morning answered for a day: figures that hold the rows they count."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import pandas as pd
import pyarrow as pa

from analysis.money import MONEY, ZERO, show
from analysis.tieout.figures import GROUPS, Figure
from analysis.tieout.morning_facts import Facts
from analysis.tieout.questions import NOT_KEPT, QUESTIONS, UNPOSTED_CAUSES
from analysis.tieout.rhythm import business_days
from analysis.tieout.roll_forward import WEEK

_REPORT = pa.schema(
    [
        *((name, pa.string()) for name in ("name", "group", "label")),
        ("item_count", pa.int64()),
        ("amount", MONEY),
        ("note", pa.string()),
        ("definition", pa.string()),
        ("question", pa.int64()),
    ]
)


def morning(known: Facts) -> list[Figure]:
    """The figures of the day, group by group."""
    rows = _rows(known)
    notes = _notes(rows, known)
    landed = rows["landed"]
    words = {"late": known.late_days, "on": f" on {landed['posted_date'].max():%a %m-%d}" if len(landed) else ""}
    return [
        Figure(
            asked,
            asked.label.format(**words),
            asked.definition.format(**words),
            rows[asked.name],
            notes.get(asked.name, ""),
        )
        for asked in QUESTIONS
    ]


def morning_frame(figures: Iterable[Figure]) -> pd.DataFrame:
    """The figures as a report, and after them what is not kept yet. Grain: one row per figure. Units: US dollars."""
    rows: list[dict[str, object]] = [
        {
            "name": one.name,
            "group": GROUPS[one.asked.group],
            "label": one.label,
            "item_count": one.count,
            "amount": one.amount,
            "note": one.note,
            "definition": one.definition,
            "question": one.asked.question,
        }
        for one in figures
    ]
    rows += [
        {"name": "not_kept", "group": GROUPS[one.group], "label": one.label, "note": "not kept yet"}
        | {"definition": one.why, "question": one.question}
        for one in NOT_KEPT
    ]
    return pa.Table.from_pylist(rows, schema=_REPORT).to_pandas(types_mapper=pd.ArrowDtype)


def _rows(known: Facts) -> Mapping[str, pd.DataFrame]:
    """The rows behind each figure, by its name."""
    items, differences, deposits, sources = known.open_items, known.differences, known.deposits, known.sources
    late = items[items["business_days"] > known.late_days]
    without_remittance = late[late["item_type"].isin(["deposit_without_remittance", "unidentified_payment"])]
    by_eft = without_remittance["detail"] == "ach"
    batches = _aged(differences[differences["batch_id"].notna()], known.as_of)
    has_no_money = (batches["deposited_total"] == ZERO) & (batches["posted_total"] > ZERO)
    posted = deposits[deposits["posting_days"].notna()]
    return {
        "landed": known.landed,
        "unposted": _aged(differences[differences["batch_id"].isna() & _is_unposted(differences)], known.as_of),
        "batches_off": differences[differences["batch_id"].notna()],
        "unexplained": differences[differences["unexplained"] != ZERO],
        "late_efts": without_remittance[by_eft],
        "late_money": without_remittance[~by_eft],
        "late_remittances": late[late["item_type"] == "remittance_without_deposit"],
        "posted_no_money": batches[has_no_money & (batches["business_days"] > known.late_days)],
        "away": sources[sources["arrival_state"].isin(["late", "silent"])],
        "gaps": sources[sources["missing_count"] > 0],
        "duplicates": known.duplicates,
        "findings": known.findings[known.findings["severity"] != "info"],
        "out_of_balance": items[items["item_type"] == "out_of_balance_remittance"],
        "cannot_post": items[items["item_type"] == "rejected_claim"],
        "remittances_unposted": items[items["item_type"] == "unposted_remittance"],
        "unidentified": items[items["item_type"] == "unidentified_payment"],
        "unapplied": known.unapplied,
        "takebacks": known.takebacks,
        "returned": items[items["item_type"] == "returned_item"],
        "credits": known.credits,
        "new_credits": known.credits[known.credits["credit_date"] > known.as_of - WEEK],
        "near_deadline": known.credits[known.credits["is_warned"]],
        "refunds_waiting": known.refunds[known.refunds["status"].isin(["requested", "waiting_second"])],
        "by_rule": deposits[deposits["matched_by"] == "by_rule"],
        "by_hand": deposits[deposits["matched_by"] == "by_hand"],
        "days_to_post": posted.sort_values("posting_days", ascending=False, kind="stable"),
    }


def _is_unposted(differences: pd.DataFrame) -> pd.Series:
    """Which variances are deposits that wait for a batch: not items taken back."""
    return differences["causes"].isin(UNPOSTED_CAUSES)


def _notes(rows: Mapping[str, pd.DataFrame], known: Facts) -> Mapping[str, str]:
    """What else is to be seen at a glance, by the figure's name."""
    aged = ("late_efts", "late_money", "late_remittances", "posted_no_money", "out_of_balance", "remittances_unposted")
    of = len(known.deposits)
    return {name: _oldest(rows[name]) for name in (*aged, "unidentified", "returned")} | {
        "landed": _by(rows["landed"], "line_kind", most=2),
        "unposted": _ages(rows["unposted"]),
        "batches_off": _causes(rows["batches_off"]),
        "away": _names(rows["away"]["source_name"]),
        "gaps": _names(rows["gaps"]["source_name"]),
        "duplicates": _by(rows["duplicates"], "kind", counts=True),
        "findings": _by(rows["findings"], "severity", counts=True),
        "cannot_post": _by(rows["cannot_post"], "why", counts=True, most=1),
        "unapplied": _old(rows["unapplied"]),
        "takebacks": _by(rows["takebacks"], "reason_code"),
        "credits": _by(rows["credits"], "aging_bucket", counts=True, unit="days"),
        "new_credits": _by(rows["new_credits"], "financial_class", counts=True),
        "near_deadline": _by(rows["near_deadline"], "financial_class", counts=True),
        "refunds_waiting": _old(rows["refunds_waiting"]),
        "by_rule": _share(len(rows["by_rule"]), of),
        "by_hand": _share(len(rows["by_hand"]), of),
        "days_to_post": _days_to_post(rows["days_to_post"]["posting_days"]),
    }


def _aged(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The rows with their age in business days since `deposit_date`."""
    ages = [business_days(day, as_of) for day in rows["deposit_date"]]
    aged = rows.assign(business_days=pd.array(ages, dtype=pd.ArrowDtype(pa.int64())))
    return aged.sort_values("business_days", ascending=False, kind="stable")


def _by(rows: pd.DataFrame, column: str, *, counts: bool = False, unit: str = "", most: int = 3) -> str:
    """The largest kinds among the rows: `ACH 14,327.28, lockbox 3,492.63`, or how many of each."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    numbers: Counter[str] = Counter()
    amounts = rows["amount"] if "amount" in rows.columns else [ZERO] * len(rows)
    for kind, amount in zip(rows[column].fillna("not known"), amounts, strict=True):
        numbers[kind] += 1
        sums[kind] += amount if isinstance(amount, Decimal) else ZERO
    order = sorted(numbers, key=lambda kind: (-numbers[kind] if counts else -sums[kind], kind))
    named = [f"{_plain(kind)} {unit}".rstrip() + (":" if counts else "") for kind in order[:most]]
    said = [f"{name} {numbers[kind] if counts else show(sums[kind])}" for name, kind in zip(named, order, strict=False)]
    return ", ".join([*said, f"{len(order) - most} more"] if len(order) > most else said)


def _causes(batches: pd.DataFrame) -> str:
    found = Counter(cause for causes in batches["causes"].dropna() for cause in causes.split(";") if cause)
    said = [f"{_plain(cause)}: {count}" for cause, count in found.most_common(2)]
    return ", ".join([*said, f"{len(found) - 2} more causes"] if len(found) > 2 else said)


def _ages(rows: pd.DataFrame) -> str:
    days = [int(one) for one in rows["business_days"]]
    spans = (("0–1 business days", -999, 1), ("2–3", 2, 3), ("over 3", 4, 99_999))
    counts = [(label, sum(first <= one <= last for one in days)) for label, first, last in spans]
    return ", ".join(f"{label}: {count}" for label, count in counts if count)


def _oldest(rows: pd.DataFrame) -> str:
    return f"oldest {_counted(int(rows['business_days'].max()), 'business day')}" if len(rows) else ""


def _old(rows: pd.DataFrame) -> str:
    return f"oldest {_counted(int(rows['age_days'].max()), 'day')}" if len(rows) else ""


def _days_to_post(days: pd.Series) -> str:
    ordered = sorted(int(one) for one in days)
    if not ordered:
        return ""
    half, most = (ordered[max(0, -(-len(ordered) * share // 100) - 1)] for share in (50, 90))
    if most <= 0:
        return "nine in ten by the day they came"
    return f"half {_within(half)}, nine in ten {_within(most)}"


def _within(days: int) -> str:
    return "by the day they came" if days <= 0 else f"within {_counted(days, 'business day')}"


def _share(count: int, of: int) -> str:
    return f"{100 * count // of} % of {of:,} deposits" if of else ""


def _names(names: Iterable[str]) -> str:
    said = [str(name) for name in names]
    return ", ".join([*said[:2], f"{len(said) - 2} more"] if len(said) > 2 else said)


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _plain(code: str) -> str:
    return "ACH" if code == "ach" else code.replace("_", " ")
