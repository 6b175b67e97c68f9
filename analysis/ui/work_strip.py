"""What stands above the two panes of Unmatched: the chosen item, what is ticked, the difference, what can be done."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.match.decisions import confirm, match_by_hand, release
from analysis.money import ZERO, show
from analysis.ui import words
from analysis.ui.asking import ask, start_asking
from analysis.ui.bench import Bench, choose, clear_ticks
from analysis.ui.decisions import carry_out, decider, undo_button
from analysis.ui.opening import store


def work_strip(bench: Bench) -> None:
    """The item, its ticked total and difference, why it is open, and a button with a key for every decision."""
    with st.container(border=True, key="work_strip", gap="small"):
        own, open_amount, ticked, difference = st.columns([5, 2, 2, 3])
        with own:
            _whose(bench)
        open_amount.metric("Open", show(bench.item["amount"]))
        ticked.metric(f"Ticked · {len(bench.ticked)}", show(bench.ticked_amount))
        with difference:
            _difference(bench)
        with st.container(key="work_why"):
            why, next_step = st.columns([7, 5])
            why.text(f"Why: {bench.item['why']}")
            next_step.text(f"Next step: {bench.item['next_step']}")
        _buttons(bench)
    ask(bench)


def _whose(bench: Bench) -> None:
    item = bench.item
    with st.container(gap="xxsmall"):
        state = words.said("status", item["status"])
        st.caption(
            f"{words.said('item_type', item['item_type'])} · {state} · {words.count_of(item['age_days'], 'day')} old"
        )
        with st.container(key="work_whose"):
            st.text(item["payer_name"] or "Sender not known")
        told = (item["reference"], item["item_date"], item["bank_account"] and f"account {item['bank_account']}")
        st.text(" · ".join(str(one) for one in told if one))


def _difference(bench: Bench) -> None:
    if not bench.ticked:
        st.metric("Difference", words.NOTHING, "tick what belongs to it", delta_color="off", delta_arrow="off")
    elif not bench.has_two_sides:
        st.metric("Difference", words.NOTHING, "only one side is ticked", delta_color="off", delta_arrow="off")
    elif bench.difference == ZERO:
        with st.container(key="difference_ties"):
            st.metric("Difference", show(bench.difference), "✓ ties", delta_color="normal", delta_arrow="off")
    else:
        more = "more deposited" if bench.difference > ZERO else "less deposited"
        st.metric("Difference", show(bench.difference), f"≠ {more}", delta_color="orange", delta_arrow="off")


def _buttons(bench: Bench) -> None:
    item, proposal = bench.item, bench.proposal
    is_held = item["status"] == "held"
    with st.container(horizontal=True, gap="small", key="work_buttons", vertical_alignment="center"):
        can_confirm = proposal is not None and not bench.ticked
        _button("Confirm", "Enter", _confirm, bench, not can_confirm, is_primary=can_confirm)
        _button("Match ticked", "M", _match, bench, not bench.has_two_sides, is_primary=bench.ties)
        _button("Decline", "D", _start("decline"), bench, proposal is None)
        if is_held:
            _button("Release", "H", _release, bench)
        else:
            _button("Hold", "H", _start("hold"), bench)
        _button("Return", "T", _start("return"), bench)
        _button("Skip", "N", _go_on, bench)
        _button("Up", "Up", _go_back, bench)
        _button("Down", "Down", _go_on, bench)
        undo_button(bench.as_of)


_HELP = {
    "Confirm": "The proposal is right; off while anything is ticked, which M matches",
    "Match ticked": "The item and what is ticked are one match",
    "Decline": "The proposal is wrong; it is not offered again",
    "Hold": "It stays on the list, with the reason why nobody works on it",
    "Release": "It is open again",
    "Return": "It is not ours any more: sent back, or another's money",
    "Skip": "Nothing is decided; the next item",
    "Up": "The item above",
    "Down": "The item below",
}


def _button(
    label: str, key: str, act: Callable[[Bench], None], bench: Bench, is_off: bool = False, is_primary: bool = False
) -> None:
    st.button(
        label,
        key=_key(label, bench),
        shortcut=key,
        type="primary" if is_primary else "secondary",
        disabled=is_off,
        help=_HELP[label],
        on_click=act,
        args=(bench,),
    )


_AT_ONCE = ("Confirm", "Match ticked", "Release")


def _key(label: str, bench: Bench) -> str:
    """The button's own name; one that decides at once is another button for each item and proposal, so that a press
    which comes before the next item is seen falls on nothing."""
    name = f"work_{label.split(maxsplit=1)[0].lower()}"
    if label not in _AT_ONCE:
        return name
    return f"{name}_{bench.item_id}_{'' if bench.proposal is None else bench.proposal['match_id']}"


def _start(action: str) -> Callable[[Bench], None]:
    return lambda bench: start_asking(action, bench)


def _go_on(bench: Bench) -> None:
    choose(bench, bench.after)


def _go_back(bench: Bench) -> None:
    choose(bench, bench.before)


def _confirm(bench: Bench) -> None:
    proposal, by = bench.proposal or {}, decider(bench.as_of)
    match_id, version = int(proposal["match_id"]), int(proposal["version"])
    says = f"Confirmed: {bench.said}, with {proposal['others']}"
    carry_out(
        bench.seen,
        says,
        "match",
        str(match_id),
        lambda: confirm(store(), match_id, version, by),
        bench.item_id,
        bench.goes_on_to,
    )


def _match(bench: Bench) -> None:
    if bench.difference != ZERO:
        start_asking("match", bench)
        return
    by = decider(bench.as_of)
    says = f"Matched by hand: {bench.said}, with {len(bench.ticked)} ticked, difference {show(bench.difference)}"
    if carry_out(
        bench.seen,
        says,
        "match",
        "",
        lambda: match_by_hand(store(), bench.chosen, by, ""),
        bench.item_id,
        bench.goes_on_to,
    ):
        clear_ticks(bench.item_id)


def _release(bench: Bench) -> None:
    by = decider(bench.as_of)
    carry_out(
        bench.seen,
        f"Released: {bench.said}",
        "item",
        bench.item_id,
        lambda: release(store(), bench.item_id, bench.version, by),
        bench.item_id,
    )
