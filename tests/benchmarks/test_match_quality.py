"""The judge of the matching itself: what it calls right, wrong, found and missed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.planted_causes import WORDS, names_cause
from benchmarks.true_links import FoundPair, Status, Tally, Truth, pair, read_truth
from sample_data.hospital import generate

LINKS = """link_id,kind,evidence,side,reference,amount,date,planted
1,one_to_one,exact_trace,bank,B1,100.00,2026-11-02,
1,one_to_one,exact_trace,remittance,R1,100.00,2026-11-02,
2,batch,reference,bank,B1,100.00,2026-11-02,
2,batch,reference,batch,P1,100.00,2026-11-02,
3,lump,exact_sum,bank,B2,50.00,2026-11-02,
3,lump,exact_sum,remittance,R2,20.00,2026-11-02,
3,lump,exact_sum,remittance,R3,30.00,2026-11-02,
4,one_to_one,ambiguous,bank,B4,70.00,2026-11-02,twins
4,one_to_one,ambiguous,remittance,R4,70.00,2026-11-02,twins
5,one_to_one,ambiguous,bank,B5,70.00,2026-11-02,twins
5,one_to_one,ambiguous,remittance,R5,70.00,2026-11-02,twins
6,one_to_one,amount_differs,bank,B6,9.00,2026-11-02,short_paid
6,one_to_one,amount_differs,remittance,R6,10.00,2026-11-02,short_paid
7,one_to_one,payer_amount,bank,B7,40.00,2026-11-02,near_amount_other_payer
7,one_to_one,payer_amount,remittance,R7,40.00,2026-11-02,near_amount_other_payer
"""
UNMATCHED = """item_type,reference,cause,off_by
remittance_without_deposit,R8,lookalike_other_payer,
deposit_without_remittance,B4,ambiguous_twins,
remittance_without_deposit,R4,ambiguous_twins,
deposit_without_remittance,B5,ambiguous_twins,
remittance_without_deposit,R5,ambiguous_twins,
"""
SIDE_OF = {"B": "bank", "R": "remittance", "P": "batch"}


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    """Seven true links and five open items."""
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    (tmp_path / "unmatched.csv").write_text(UNMATCHED, encoding="utf-8")
    (tmp_path / "remittances.csv").write_text("trace_number,duplicate_of\nR1,False\nR1,True\n", encoding="utf-8")
    return read_truth(tmp_path)


def found(words: Sequence[str], status: Status = "confirmed") -> list[FoundPair]:
    """Pairs of 10.00 as `B1-R1`."""
    facts = [tuple((SIDE_OF[one[0]], one) for one in word.split("-")) for word in words]
    return [FoundPair(pair(*two), status, Decimal("10.00")) for two in facts]


def judged(truth: Truth, confirmed: Sequence[str], proposed: Sequence[str] = ()) -> Tally:
    """The tally of one fortnight."""
    tally = Tally()
    tally.add(truth, [*found(confirmed), *found(proposed, "proposed")])
    return tally


@pytest.mark.parametrize(
    ("confirmed", "proposed", "wrong"),
    [
        pytest.param(["B1-R1"], [], 0, id="a true pair is right"),
        pytest.param(["R1-P1"], [], 0, id="remittance and batch of one deposit belong together"),
        pytest.param(["B2-R2"], [], 0, id="a part of a lump is right as far as it goes"),
        pytest.param(["B1-R2"], [], 1, id="another's remittance is wrong"),
        pytest.param(["B9-P1"], [], 1, id="a deposit that the truth links to nothing is wrong"),
        pytest.param(["B4-R4"], [], 1, id="a guess at twins is wrong though it is true"),
        pytest.param(["B6-R6"], [], 1, id="an amount that differs may not be confirmed"),
        pytest.param([], ["B6-R6"], 0, id="but it may be proposed"),
        pytest.param([], ["B4-R4", "B4-R5"], 0, id="twins may be proposed to each other"),
        pytest.param([], ["B4-R1"], 1, id="but not to a stranger"),
    ],
)
def test_what_is_wrong(truth: Truth, confirmed: list[str], proposed: list[str], wrong: int) -> None:
    """Pair by pair, with 10.00 at stake in each that is confirmed."""
    tally = judged(truth, confirmed, proposed)
    assert tally.wrong_confirmed.total() + tally.wrong_proposed.total() == wrong
    assert sum(tally.wrong_amount.values()) == (Decimal("10.00") if confirmed and wrong else 0)
    assert tally.precision == (0.0 if confirmed and wrong else 1.0)


@pytest.mark.parametrize(
    ("confirmed", "proposed", "kind", "becomes"),
    [
        pytest.param(["B1-R1"], [], ("one_to_one", "exact_trace"), "confirmed", id="its pair"),
        pytest.param(["B1-P1"], [], ("batch", "reference"), "confirmed", id="a batch with its deposit"),
        pytest.param(["B1-R1", "R1-P1"], [], ("batch", "reference"), "confirmed", id="or by way of its remittance"),
        pytest.param(["R1-P1"], ["B1-R1"], ("batch", "reference"), "proposed", id="no surer than the way"),
        pytest.param(["B2-R2", "B2-R3"], [], ("lump", "exact_sum"), "confirmed", id="a lump with all its parts"),
        pytest.param(["B2-R2"], ["B2-R3"], ("lump", "exact_sum"), "proposed", id="a part of it only proposed"),
        pytest.param(["B2-R2"], [], ("lump", "exact_sum"), "missed", id="a part of it missing"),
    ],
)
def test_when_a_link_is_found(
    truth: Truth, confirmed: list[str], proposed: list[str], kind: tuple[str, str], becomes: str
) -> None:
    """A link counts once all its pairs do."""
    tally = judged(truth, confirmed, proposed)
    is_found = {"confirmed": tally.confirmed[kind], "proposed": tally.proposed[kind]}
    is_found["missed"] = tally.links[kind] - sum(is_found.values())
    assert [name for name, count in is_found.items() if count] == [becomes]


def test_shares(truth: Truth) -> None:
    """Three of seven links confirmed; two of the two by trace or only sum; one more proposed."""
    tally = judged(truth, ["B1-R1", "R1-P1", "B2-R2", "B2-R3"], ["B6-R6"])
    assert tally.recall(tally.confirmed, evidence=frozenset({"exact_trace", "exact_sum"})) == 1.0
    assert tally.recall(tally.confirmed) == 3 / 7
    assert tally.recall(tally.confirmed, tally.proposed) == 4 / 7
    assert tally.sums_missed == 0
    assert judged(truth, ["B2-R2"]).sums_missed == 1


@pytest.mark.parametrize(
    ("proposed", "wrong"),
    [
        pytest.param(["B7-R7"], 0, id="the payer named"),
        pytest.param(["B7-R8"], 1, id="the other payer of that amount"),
    ],
)
def test_a_lookalike_linked_wrongly_counts(truth: Truth, proposed: list[str], wrong: int) -> None:
    """Even where it is only proposed."""
    assert judged(truth, [], proposed).lookalikes_wrong == wrong


@pytest.mark.parametrize(
    ("why", "cause", "off_by", "names"),
    [
        pytest.param("the amount is off by 12.40 (deposit short)", "amount_off", "-12.40", True, id="the difference"),
        pytest.param("the amount is off by 12.41", "amount_off", "-12.40", False, id="another difference"),
        pytest.param("the amount is off by 12.401", "amount_off", "-12.40", False, id="a longer one"),
        pytest.param("No open remittance has its trace", "missing_era", "", True, id="upper case"),
        pytest.param("no open deposit has its trace", "missing_era", "", False, id="the other side"),
    ],
)
def test_words_for_a_cause(why: str, cause: str, off_by: str, names: bool) -> None:
    """As a person would take them."""
    assert names_cause(why, cause, off_by) is names


def test_every_planted_cause_has_words(tmp_path: Path) -> None:
    """And no words are kept for a cause that is planted nowhere."""
    generate(tmp_path, seed=1)
    assert {row["cause"] for row in read_truth(tmp_path / "truth").items} == set(WORDS)
