"""The result of matching is a function of the facts: neither their order nor the number of runs changes it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.match.links import matches
from analysis.match.run import match
from analysis.sample import AS_OF, FOLDER
from analysis.store import Store
from analysis.store.loading import Source, load, sources
from tests.files import bai2, bank_lines, batch_csv, remittance_835
from tests.stores import empty_store

Links = set[tuple[str, str, frozenset[tuple[str, str, str, str]]]]


def links(store: Store, as_of: date, status: str | None = None) -> Links:
    """Rule, status and sides of every match, without the ids, which depend on the order of loading."""
    sides: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    heads: dict[int, tuple[str, str]] = {}
    for row in matches(store, as_of).to_dict("records"):
        if status in (None, row["status"]):
            facts = (row["side"], str(row["reference"]), str(row["amount"]), str(row["date"]))
            sides[row["match_id"]].append(facts)
            heads[row["match_id"]] = (row["rule"], row["status"])
    return {(*heads[number], frozenset(found)) for number, found in sides.items()}


def loaded_in(order: Sequence[Sequence[Source]], as_of: date, *, runs: bool) -> Links:
    """What matches after loading the groups one after another, with a run after each or one at the end."""
    with empty_store() as store:
        for group in order:
            list(load(store, group, "tests"))
            if runs:
                match(store, as_of, "tests")
        match(store, as_of, "tests")
        return links(store, as_of)


def test_any_order_of_the_samples_files_gives_the_same_links(fortnight: Store) -> None:
    """The files shuffled and loaded in heaps, a run after each heap."""
    files = sources([FOLDER])
    Random(20261113).shuffle(files)
    heaps = [files[first : first + 40] for first in range(0, len(files), 40)]
    assert loaded_in(heaps, AS_OF, runs=True) == links(fortnight, AS_OF)


TRACES = ("TRACE00001", "TRACE00002", "TRACE00012")
AMOUNTS = ("100.00", "60.00", "40.00")
AS_OF_SMALL = date(2026, 11, 9)


@st.composite
def small_worlds(draw: st.DrawFn) -> list[bytes]:
    """A handful of files over few traces and amounts, so that ties, sums and takeovers are common."""
    traced = st.tuples(st.sampled_from(TRACES), st.sampled_from(AMOUNTS))
    files: list[bytes] = []
    for number, (trace, amount) in enumerate(draw(st.lists(traced, min_size=1, max_size=4)), start=1):
        files.append(remittance_835(trace, amount, control=number))
    for number, lines in enumerate(draw(st.lists(st.lists(traced, min_size=1, max_size=2), min_size=1, max_size=3))):
        files.append(bai2(*lines, day=f"26110{3 + number}"))
    for number, (trace, amount) in enumerate(draw(st.lists(traced, max_size=2)), start=1):
        files.append(batch_csv([(f"B{number}", amount, "ACC1", trace, "PAYMENT", amount)]))
    return files


PAYERS = (("1222222222", "AETNA TEST"), ("1333333333", "BLUE CREST"))


@st.composite
def worlds_of_payers(draw: st.DrawFn) -> list[bytes]:
    """Deposits without a trace, batches of named payers, a payer's day in several remittances, cheques in a lockbox."""
    files: list[bytes] = []
    advice = st.tuples(st.sampled_from(PAYERS), st.sampled_from(AMOUNTS), st.sampled_from(("ACH", "CHK")))
    for number, ((payer, name), amount, method) in enumerate(draw(st.lists(advice, min_size=1, max_size=4)), start=1):
        trace = f"EFT710000{number}" if method == "ACH" else f"100{number}"
        files.append(remittance_835(trace, amount, control=number, payer=payer, payer_name=name, method=method))
    lines = st.tuples(st.sampled_from(PAYERS), st.sampled_from((*AMOUNTS, "160.00")), st.booleans())
    for number, drawn in enumerate(draw(st.lists(st.lists(lines, min_size=1, max_size=2), min_size=1, max_size=3))):
        told = [
            ("115", amount, "LOCKBOX DEPOSIT")
            if is_lockbox
            else ("142", amount, f"{name} DES:HCCLAIMPMT CO ID:{payer} CCD")
            for (payer, name), amount, is_lockbox in drawn
        ]
        files.append(bank_lines(*told, day=f"26110{3 + number}"))
    posted = st.tuples(st.sampled_from(("", *(name for _, name in PAYERS))), st.sampled_from((*AMOUNTS, "160.00")))
    for number, (name, amount) in enumerate(draw(st.lists(posted, max_size=2)), start=1):
        reference = draw(st.sampled_from(("", "EFT7100001", "1001")))
        lines_of = [(f"B{number}", amount, "ACC1", reference, "PAYMENT", amount)]
        files.append(batch_csv(lines_of, deposit_date="2026-11-03", payer_name=name))
    return files


@settings(max_examples=8, deadline=None)
@given(files=st.one_of(small_worlds(), worlds_of_payers()), seed=st.integers(0, 1_000))
def test_any_order_of_a_few_contested_files_gives_the_same_links(files: list[bytes], seed: int) -> None:
    """One file at a time with a run after each, against all at once."""
    named = [Source(f"file{number}", lambda data=data: data) for number, data in enumerate(files)]
    shuffled = named[:]
    Random(seed).shuffle(shuffled)
    together = loaded_in([named], AS_OF_SMALL, runs=False)
    assert loaded_in([[one] for one in shuffled], AS_OF_SMALL, runs=True) == together


def test_files_on_disk_are_the_same_as_in_memory(tmp_path: Path) -> None:
    """The harness itself: a file by path and a file by bytes load alike."""
    data = remittance_835("TRACE0001", "100.00")
    (tmp_path / "one.835").write_bytes(data)
    by_path = loaded_in(
        [sources([tmp_path]), [Source("bank", lambda: bai2(("TRACE0001", "100.00")))]], AS_OF, runs=False
    )
    assert len(by_path) == 1


LEARNED = [
    remittance_835("EFT7000001", "77.00", payer="1222222222", payer_name="AETNA TEST"),
    bank_lines(("142", "77.00", "AETNA LIFE HCCLAIMPMT TRN*1*EFT7000001*1222222222~")),
    remittance_835("EFT7000002", "88.12", payer="1444444444", payer_name="AETNA TEST", control=2, paid_on="20261103"),
    bank_lines(("142", "88.12", "AETNA LIFE DES:HCCLAIMPMT"), day="261103"),
]
"""The first two teach that the bank's AETNA LIFE is AETNA TEST; of the last two nothing but that name agrees."""

ALIKE = 7
TIED = [
    *(
        remittance_835(f"EFT71{n:05d}", "100.00", payer="1222222222", payer_name="AETNA TEST", control=n)
        for n in range(1, ALIKE + 1)
    ),
    bank_lines(*[("142", "100.00", "AETNA TEST DES:HCCLAIMPMT CO ID:1222222222 CCD")] * ALIKE),
]
"""As many deposits as remittances, all of one amount and payer: no rule can tell them apart, nor a weaker one."""


@pytest.mark.parametrize(
    ("files", "rules"),
    [
        pytest.param(LEARNED, {"exact_trace", "payer_name_amount"}, id="names learned in the same run"),
        pytest.param(TIED, {"payer_amount_again"}, id="more ties than are shown"),
    ],
)
def test_what_is_proposed_is_the_same_in_any_order(files: list[bytes], rules: set[str]) -> None:
    """All at once, one after another, and the other way round."""
    named = [Source(f"file{number}", lambda data=data: data) for number, data in enumerate(files)]
    together = loaded_in([named], AS_OF_SMALL, runs=False)
    assert {rule for rule, _, _ in together} == rules
    assert loaded_in([[one] for one in named], AS_OF_SMALL, runs=True) == together
    assert loaded_in([[one] for one in reversed(named)], AS_OF_SMALL, runs=True) == together


def test_of_many_that_fit_alike_each_is_shown_with_at_most_five() -> None:
    """None of them is left without a proposal where there are as many of the one as of the other."""
    named = [Source(f"file{number}", lambda data=data: data) for number, data in enumerate(TIED)]
    found = loaded_in([named], AS_OF_SMALL, runs=False)
    partners = Counter(reference for _, _, sides in found for _, reference, _, _ in sides)
    assert len(partners) == 2 * ALIKE and max(partners.values()) == 5
