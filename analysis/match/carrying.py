"""What people decided holds on where a fact is told anew with the same content; where the content differs, it lapses.

A fact is told anew where the final day supersedes an interim one, a batch is exported again, or a payment comes in
another envelope. What a person confirmed, declined, took apart or made by hand then becomes a match of the fact that
counts now, with the same decision; what a person holds or gave back is held or given back there. The history of the
old one names the new one, or says in words why it lapsed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from analysis.money import show
from analysis.store.matches import MatchWriter

Side = Mapping[str, Any]

_THINGS = {"bank": "deposit", "remittance": "remittance", "batch": "batch"}
_SAYS_THE_SAME = {
    "confirm": "confirm",
    "by_hand": "confirm",
    "restore": "confirm",
    "decline": "decline",
    "unmatch": "unmatch",
}
"""Which decision about the new match says the same; a match by hand stands confirmed."""
_AS_MADE = ("rule", "confidence", "explanation", "agrees", "differs", "remainder_amount", "remainder_reason")


def carry_over(writer: MatchWriter, as_of: date, run_by: str) -> None:
    """Decisions about facts that were told anew hold on, or their history says why not; a second time does nothing."""
    writer.do("run/gather_decided_facts")
    if writer.count("decided_fact") == 0:
        return
    writer.do("run/gather_told_anew")
    _carry_matches(writer, as_of, run_by)
    for item in writer.ask("run/lapsed_items") if writer.count("told_anew") else ():
        _carry_item(writer, item, as_of, run_by)


def _carry_matches(writer: MatchWriter, as_of: date, run_by: str) -> None:
    rows = writer.ask("run/lapsed_sides")
    holding: list[list[dict[str, Any]]] = []
    lapsing: list[list[dict[str, Any]]] = []
    for _, found in groupby(rows, lambda side: side["match_id"]):
        sides = list(found)
        (holding if all(side["anew_fact_id"] is not None for side in sides) else lapsing).append(sides)
    for sides in lapsing:
        if not sides[0]["is_said"]:
            words = "; ".join(_lapsed(side) for side in sides if side["anew_fact_id"] is None)
            writer.decide([sides[0]["match_id"]], "lapse", run_by, words, None, as_of)
    if not holding:
        return
    run_id = writer.start_run(run_by, as_of, kind="carry", reason="facts were told anew with the same content")
    carried = list(enumerate(holding, start=writer.next_ids("match", len(holding)) + 1))
    writer.insert("match_group", [_group(sides, match_id, run_id) for match_id, sides in carried])
    writer.insert("match_side", [_side(one, match_id) for match_id, sides in carried for one in sides])
    for match_id, sides in carried:
        old = sides[0]
        words = "; ".join(_told_anew(side) for side in sides if side["is_told_anew"])
        writer.decide([old["match_id"]], "carry", run_by, f"{words}: it holds on as match {match_id}", None, as_of)
        reason = f"carried over from match {old['match_id']}: {old['decided_reason']}"
        writer.decide([match_id], _SAYS_THE_SAME[old["action"]], old["decided_by"], reason, None, as_of)
    twice = [row["match_id"] for row in writer.ask("run/carried_beyond", {"run_id": run_id})]
    writer.decide(twice, "supersede", run_by, "its money is matched otherwise since", run_id, as_of)


def _group(sides: Sequence[Side], match_id: int, run_id: int) -> dict[str, Any]:
    """The match as it was made, of the facts that count now; what was taken apart had been confirmed."""
    old = sides[0]
    status = "confirmed" if old["action"] == "unmatch" else old["status"]
    known_on = max(side["known_on"] for side in sides)
    row = {name: old[name] for name in _AS_MADE}
    return row | {"match_id": match_id, "run_id": run_id, "status": status, "known_on": known_on}


def _side(one: Side, match_id: int) -> dict[str, Any]:
    return {"match_id": match_id, "side": one["side"], "fact_id": one["anew_fact_id"], "amount": one["amount"]}


def _carry_item(writer: MatchWriter, item: Side, as_of: date, run_by: str) -> None:
    if item["anew_fact_id"] is None:
        if not item["is_said"]:
            writer.decide_item(item["item_id"], "lapse", run_by, _lapsed(item), as_of)
        return
    anew = item["item_id"].replace(f"-{item['fact_id']}-", f"-{item['anew_fact_id']}-", 1)
    writer.decide_item(item["item_id"], "carry", run_by, f"{_told_anew(item)}: it holds on there", as_of)
    writer.decide_item(anew, item["action"], item["decided_by"], f"carried over: {item['decided_reason']}", as_of)


def _told_anew(side: Side) -> str:
    why = f" ({side['reason']})" if side["reason"] else ""
    return f"{_THINGS[side['side']]} {side['reference']} was told anew with the same content{why}"


def _lapsed(side: Side) -> str:
    what = f"{_THINGS[side['side']]} {side['reference']}"
    if side["side"] != "batch":
        return f"{what} does not count any more ({side['reason']}), and none of the same content stands for it"
    match side["reason"]:
        case "total":
            return f"{what} was told anew with another total: {show(side['total_then'])}, now {show(side['total_now'])}"
        case "references":
            return f"{what} was told anew with other references"
        case other:
            return f"{what} was told anew with another {other}"
