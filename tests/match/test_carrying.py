"""What people decided outlives a fact that is told anew with the same content, and lapses in words where it differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analysis.match.by_hand import Chosen
from analysis.match.decisions import Who, confirm, decline, give_back, hold, match_by_hand, unmatch
from analysis.match.links import matches
from analysis.match.run import match
from analysis.match.standing import history, match_told
from analysis.match.taking_back import take_back_match
from analysis.match.unmatched import unmatched
from analysis.store import Store
from analysis.tieout.verify import verify
from tests.files import AchEntry, ach, bank_lines, batch_csv, loaded, remittance_835

DAY = date(2026, 11, 9)
ANA = Who("ana", DAY)
AETNA, BLUE = "1222222222", "1333333333"


def traced(amount: str, trace: str = "EFT7000155") -> tuple[str, str, str]:
    """A credit that carries its trace."""
    return "142", amount, f"AETNA TEST HCCLAIMPMT TRN*1*{trace}*{AETNA}~"


def named(amount: str) -> tuple[str, str, str]:
    """A credit that names its sender only."""
    return "142", amount, f"BLUE CREST DES:HCCLAIMPMT INDN:CEDAR HOLLOW CO ID:{BLUE} CCD"


def interim(day: bytes) -> bytes:
    """The same bank day told before it was over."""
    return day.replace(b"2359,USD,2/", b"2359,USD,1/")


def deleted(day: bytes) -> bytes:
    """The bank takes that day back, an hour later."""
    return day.replace(b"02,HOSP,BANK,1,", b"02,HOSP,BANK,2,").replace(b",0600,1,80", b",0700,2,80")


def batch(total: str, *more: str, reference: str = "") -> bytes:
    """Batch B1 of that total, and further batches after it."""
    lines = [(f"B{number}", one, "ACC1", reference, "PAYMENT", one) for number, one in enumerate((total, *more), 1)]
    return batch_csv(lines, payer_name="AETNA TEST")


ADVICE = remittance_835("EFT7000155", "100.07", payer=AETNA, payer_name="AETNA TEST", control=5)
NEW_ENVELOPE = remittance_835("EFT7000155", "100.07", payer=AETNA, payer_name="AETNA TEST", control=2)


def run(store: Store, *files: bytes) -> None:
    """The files are loaded and matched."""
    loaded(store, *files)
    match(store, DAY, "rules")


def sides(store: Store) -> list[tuple[str, str, str]]:
    """Status, rule and reference of every side that holds or is proposed."""
    return sorted((row["status"], row["rule"], row["reference"]) for row in matches(store, DAY).to_dict("records"))


def version(store: Store, match_id: int) -> int:
    """The version of a match as it stands."""
    told = match_told(store, match_id)
    assert told is not None
    return int(told["version"])


def only_match(store: Store) -> int:
    """The one match that holds or is proposed."""
    (number,) = set(matches(store, DAY)["match_id"])
    return int(number)


def by_hand(store: Store, *batches: Chosen) -> int:
    """Every open deposit and remittance, and the batches, are one match."""
    money = [
        Chosen(row["side"], row["fact_id"], row["amount"])
        for row in unmatched(store, DAY).to_dict("records")
        if row["item_type"] in ("deposit_without_remittance", "remittance_without_deposit")
    ]
    return match_by_hand(store, [*money, *batches], ANA, "they are one group", settles_difference=True)


@pytest.mark.parametrize(
    ("first", "again"),
    [
        pytest.param((ADVICE, interim(bank_lines(traced("100.07")))), bank_lines(traced("100.07")), id="the final day"),
        pytest.param((ADVICE, bank_lines(traced("100.07"))), NEW_ENVELOPE, id="another envelope"),
    ],
)
def test_what_was_taken_apart_stays_apart(store: Store, first: Sequence[bytes], again: bytes) -> None:
    """No rule makes the set again of facts told anew; taken back, it holds."""
    run(store, *first)
    number = only_match(store)
    unmatch(store, number, 0, ANA, "another hospital's money")
    run(store, again)
    assert sides(store) == []
    assert match_told(store, number + 1)["status"] == "ended"
    (told,) = history(store, "match", str(number + 1)).to_dict("records")
    assert (told["decided_by"], told["action"]) == ("ana", "unmatch")
    assert told["reason"] == f"carried over from match {number}: another hospital's money"
    take_back_match(store, number + 1, version(store, number + 1), ANA)
    assert {status for status, _, _ in sides(store)} == {"confirmed"}


def test_a_confirmed_proposal_and_a_declined_one_hold_on(store: Store) -> None:
    """Paid short: one confirmed, the other declined; the final day tells both lines again."""
    day = bank_lines(traced("87.60"), traced("55.00", "EFT7000166"))
    short = remittance_835("EFT7000155", "100.00", payer=AETNA, payer_name="AETNA TEST")
    other = remittance_835("EFT7000166", "60.00", payer=AETNA, payer_name="AETNA TEST", control=2)
    run(store, short, other, interim(day))
    wanted = {row["amount"]: row["match_id"] for row in matches(store, DAY).to_dict("records")}
    confirm(store, int(wanted[Decimal("87.60")]), 0, ANA)
    decline(store, int(wanted[Decimal("55.00")]), 0, ANA, "another payment")
    before = sides(store)
    run(store, day)
    assert sides(store) == before and {status for status, _, _ in before} == {"confirmed"}
    match(store, DAY, "rules")
    assert sides(store) == before
    assert [one.name for one in verify(store) if one.failures] == []


def test_a_match_by_hand_holds_on_and_can_be_taken_back(store: Store) -> None:
    """Its history says from where, that of the old one where to."""
    advice = remittance_835("EFT7000155", "101.07", payer=AETNA, payer_name="AETNA TEST")
    day = bank_lines(named("101.07"))
    run(store, advice, interim(day))
    number = by_hand(store)
    run(store, day)
    anew = only_match(store)
    assert anew != number and {rule for _, rule, _ in sides(store)} == {"by_hand"}
    assert list(history(store, "match", str(number))["reason"]) == [
        "deposit BR261102001 was told anew with the same content (superseded by the final day): "
        f"it holds on as match {anew}"
    ]
    take_back_match(store, anew, version(store, anew), ANA)
    assert sides(store) == []


@pytest.mark.parametrize(
    ("again", "lapsed"),
    [
        pytest.param(batch("500.00", "70.00"), None, id="another batch beside it"),
        pytest.param(
            batch("520.00"), "batch B1 was told anew with another total: 500.00, now 520.00", id="another total"
        ),
        pytest.param(
            batch("500.00", reference="EFT7000999"), "batch B1 was told anew with other references", id="references"
        ),
    ],
)
def test_a_batch_exported_again(store: Store, again: bytes, lapsed: str | None) -> None:
    """What was matched by hand holds where the batch is told as it was."""
    run(store, batch("500.00"), bank_lines(named("500.00")))
    if only := set(matches(store, DAY)["match_id"]):
        unmatch_or_decline(store, int(next(iter(only))))
    number = by_hand(store, Chosen("batch", "B1", Decimal("500.00")))
    run(store, again)
    held = {row["match_id"] for row in matches(store, DAY).to_dict("records") if row["rule"] == "by_hand"}
    assert (held == set()) == (lapsed is not None)
    last = history(store, "match", str(number)).to_dict("records")[-1]
    assert last["action"] == ("carry" if lapsed is None else "lapse")
    assert last["reason"] == (
        lapsed or f"batch B1 was told anew with the same content: it holds on as match {held.pop()}"
    )
    match(store, DAY, "rules")
    assert history(store, "match", str(number)).to_dict("records")[-1]["decision_id"] == last["decision_id"]


def unmatch_or_decline(store: Store, number: int) -> None:
    """The rules' word about it does not count."""
    told = match_told(store, number)
    assert told is not None
    (unmatch if told["status"] == "confirmed" else decline)(store, number, told["version"], ANA, "no")


def test_a_declined_batch_of_another_total_may_be_offered_again(store: Store) -> None:
    """What was declined was a batch of other content."""
    run(store, batch("500.00"), bank_lines(named("500.00"), named("520.00")))
    number = only_match(store)
    unmatch_or_decline(store, number)
    assert sides(store) == []
    run(store, batch("520.00"))
    assert sorted(reference for _, _, reference in sides(store)) == ["B1", "BR261102002"]
    run(store, batch("500.00", "70.00"))
    assert sides(store) == []


def test_what_the_bank_deletes_lapses_in_words_and_holds_on_where_it_is_told_again(store: Store) -> None:
    """Also with a run between."""
    advice = remittance_835("EFT7000155", "101.07", payer=AETNA, payer_name="AETNA TEST")
    day = bank_lines(named("101.07"))
    run(store, advice, day)
    number = by_hand(store)
    run(store, deleted(day))
    assert sides(store) == []
    (told,) = history(store, "match", str(number)).to_dict("records")
    assert (told["action"], told["reason"]) == (
        "lapse",
        "deposit BR261102001 does not count any more (deleted by the bank), and none of the same content stands for it",
    )
    run(store, day.replace(b",0600,1,80", b",0800,3,80"))
    assert {rule for _, rule, _ in sides(store)} == {"by_hand"}


def test_a_line_of_another_reference_or_sender_is_another_line(store: Store) -> None:
    """Same day, amount and account; the final day names another sender for it."""
    advice = remittance_835("EFT7000155", "101.07", payer=AETNA, payer_name="AETNA TEST")
    day = bank_lines(named("101.07"))
    run(store, advice, interim(day))
    number = by_hand(store)
    run(store, day.replace(b"BLUE CREST", b"CIGNA TEST").replace(BLUE.encode(), b"1444444444"))
    assert sides(store) == []
    assert list(history(store, "match", str(number))["action"]) == ["lapse"]


@pytest.mark.parametrize(("decide", "standing"), [(hold, "held"), (give_back, None)])
def test_what_is_held_or_given_back_stays_so(store: Store, decide: Any, standing: str | None) -> None:
    """On the line that tells the same money anew, with the reason and by whom."""
    day = bank_lines(named("101.07"))
    run(store, interim(day))
    (item,) = unmatched(store, DAY).to_dict("records")
    decide(store, item["item_id"], 0, ANA, "asked the bank")
    run(store, day, remittance_835("EFT7000155", "101.07", payer=BLUE, payer_name="BLUE CREST"))
    assert sides(store) == []
    deposits = [row for row in unmatched(store, DAY).to_dict("records") if row["side"] == "bank"]
    assert [row["status"] for row in deposits] == ([standing] if standing else [])
    assert [row["why"] for row in deposits] == (["held: carried over: asked the bank"] if standing else [])
    match(store, DAY, "rules")
    assert len(history(store, "item", item["item_id"])) == 2


def test_an_entry_that_its_statement_tells_keeps_its_match(store: Store) -> None:
    """An ACH file first, the bank's day after it."""
    advice = remittance_835("EFT7000155", "101.07")
    run(store, ach(AchEntry("100.07", trn="EFT7000155")), advice)
    by_hand(store)
    run(store, bank_lines(("142", "100.07", "TEST PAYER HCCLAIMPMT TRN*1*EFT7000155*1999999999~")))
    assert {(status, rule) for status, rule, _ in sides(store)} == {("confirmed", "by_hand")}
