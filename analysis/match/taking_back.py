"""Taking back the last decision: the match or item stands as it did before it, and nothing is remembered of it.

Unlike `unmatch`, which tells the rules never to make that set again. Taking back is itself a decision and appended.
"""

from __future__ import annotations

from analysis.match.decisions import BY_HAND, Who, decision_day, refuse_linked_twice, refuse_taken
from analysis.problems import DecisionRefused
from analysis.store import Store
from analysis.store.matches import MatchWriter, write

_REASON = "taken back"


def take_back_match(store: Store, match_id: int, version: int, who: Who) -> None:
    """The last decision of a person about the match does not hold any more.

    A confirmed or declined proposal is proposed again, a match taken apart holds again, one made by hand ends. Raises
    `DecisionRefused` where someone decided since, or where its money is matched otherwise by now.
    """

    def work(writer: MatchWriter) -> None:
        asked = {"subject_type": "match", "subject_id": str(match_id)}
        told, before = writer.ask("match/match_told", {"match_id": match_id}), writer.ask("match/history", asked)
        if not told or told[0]["version"] != version:
            raise DecisionRefused(f"match {match_id} changed since; look at it again")
        match before[-1]["action"] if before else None:
            case "confirm" if told[0]["rule"] == BY_HAND:
                action = "undo"
            case "confirm" | "decline":
                action = "restore"
            case "unmatch":
                refuse_taken(writer, match_id)
                action = "confirm" if any(one["action"] == "confirm" for one in before) else "restore"
            case None if told[0]["rule"] == BY_HAND:
                action = "undo"
            case _:
                raise DecisionRefused(f"match {match_id}: there is no decision of a person to take back")
        day = decision_day(writer, who)
        writer.decide([match_id], action, who.name, _REASON, None, day)
        refuse_linked_twice(writer, match_id)
        if action != "confirm":
            crowded_out = [row["match_id"] for row in writer.ask("match/crowded_out_by", {"match_id": match_id})]
            writer.decide(crowded_out, "restore", who.name, _REASON, None, day)

    write(store, work)


def take_back_item(store: Store, item_id: str, version: int, who: Who, decision_id: int | None = None) -> None:
    """The last decision about the item does not hold any more: it is open, held or returned as it was before it, for
    the same reason. Raises `DecisionRefused` where someone decided since.

    `decision_id` names an earlier one, all after which were taken back already.
    """

    def work(writer: MatchWriter) -> None:
        history = writer.ask("match/history", {"subject_type": "item", "subject_id": item_id})
        if not history or history[-1]["decision_id"] != version:
            raise DecisionRefused("someone decided about this item since; look at it again")
        before = [one for one in history if one["decision_id"] < (decision_id or version)]
        was = before[-1] if before else None
        action, reason = (was["action"], was["reason"]) if was is not None else ("release", _REASON)
        writer.decide_item(item_id, action, who.name, reason, decision_day(writer, who))

    write(store, work)
