"""Decisions that need a reason: the item is shown again, and a reason is written before anything is done."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.match.by_hand import posted_in_part
from analysis.match.decisions import Who, decline, give_back, hold, match_by_hand
from analysis.money import show
from analysis.trade_words import spoken
from analysis.ui import words
from analysis.ui.bench import Bench, clear_ticks
from analysis.ui.decisions import Told, carry_out, decider, refusal
from analysis.ui.opening import store

_TITLES = {
    "decline": "Decline the proposal",
    "hold": "Hold the item",
    "return": "Return the item",
    "match": "Match with a difference",
}
_REASONS = {
    "decline": ("another payer's money", "another day's payment", "the amount is chance", "already posted elsewhere"),
    "hold": ("waiting for the payer", "waiting for the bank", "waiting for a corrected remittance", "asked the lead"),
    "return": ("sent back to the payer", "another practice's money", "not patient money", "bank error"),
    "match": ("fee kept by the processor", "short pay", "write-off", "takeback not shown", "paid in parts"),
}
_REST = "The rest stays open"
_SETTLED = "The difference is settled"
_FOCUS = "<script>setTimeout(() => document.querySelector('.st-key-reason_words input')?.focus(), 250)</script>"


def start_asking(action: str, bench: Bench) -> None:
    """The dialog opens with the next run, about what is on the bench now."""
    bench.seen.told.asking = (action, bench)


def ask(bench: Bench) -> None:
    """The dialog that was asked for, while the same item is on the bench."""
    told = bench.seen.told
    if told.asking is None:
        return
    action, begun = told.asking
    if begun.item_id != bench.item_id:
        _stop(told)
        return
    is_changed = (bench.version, bench.item["amount"]) != (begun.version, begun.item["amount"])
    st.dialog(_TITLES[action], on_dismiss=lambda: _stop(told))(_dialog)(action, begun, is_changed)


def _stop(told: Told) -> None:
    told.asking = None


def _dialog(action: str, bench: Bench, is_changed: bool) -> None:
    _what(action, bench)
    if is_changed:
        st.warning("Someone decided about it since it was shown. Close this and look again.", icon=":material/warning:")
    settles = False
    if action == "match":
        st.metric("Difference", show(bench.difference))
        is_whole = posted_in_part(bench.chosen) is not None
        if is_whole:
            st.caption("A batch posts what it is tied to whole: tick what else posts it, or settle the difference.")
        how = st.radio(
            "The difference",
            (_SETTLED,) if is_whole else (_REST, _SETTLED),
            key="difference_settled" if is_whole else "difference_how",
            help="Settled: it stands in the match, with the reason",
        )
        settles = how == _SETTLED
    usual = st.pills("Usual reasons", [spoken(one) for one in _REASONS[action]], key=f"reason_usual_{action}")
    with st.form("reason", border=False):
        typed = st.text_input("Reason, in your own words", key="reason_words", placeholder=usual or "Why?")
        pressed = st.form_submit_button(_TITLES[action], type="primary", key="reason_done")
    st.html(_FOCUS, unsafe_allow_javascript=True)
    if pressed and _done(action, bench, typed.strip() or usual or "", settles):
        _stop(bench.seen.told)
        st.rerun()
    refusal()


def _what(action: str, bench: Bench) -> None:
    """What is about to be decided, read from the bench: type, payer, reference, amount."""
    item = bench.item
    st.caption(words.said("item_type", item["item_type"]))
    st.text(f"{item['payer_name'] or 'Sender not known'} · {item['reference'] or 'no reference'}")
    st.text(f"{show(item['amount'])} US dollars, {item['item_date']}")
    if action == "decline" and bench.proposal is not None:
        st.text(f"Proposed with {bench.proposal['others']}: {spoken(bench.proposal['explanation'])}")
    if action == "match":
        for one in bench.ticked.values():
            st.text(f"with {one['payer_name'] or 'not known'} · {one['reference']} · {show(one['open_amount'])}")


def _done(action: str, bench: Bench, reason: str, settles: bool) -> bool:
    by = decider(bench.as_of)
    says = f"{_SAID[action]}: {bench.said} ({reason})"
    if action == "match":
        done = carry_out(
            bench.seen,
            says,
            "match",
            "",
            lambda: match_by_hand(store(), bench.chosen, by, reason, settles_difference=settles),
            bench.item_id,
            bench.goes_on_to,
        )
        if done:
            clear_ticks(bench.item_id)
        return done
    if action == "decline":
        return _declined(bench, by, reason, says)
    act: Callable[..., None] = hold if action == "hold" else give_back
    return carry_out(
        bench.seen,
        says,
        "item",
        bench.item_id,
        lambda: act(store(), bench.item_id, bench.version, by, reason),
        bench.item_id,
        bench.after,
    )


_SAID = {"decline": "Declined", "hold": "Held", "return": "Returned", "match": "Matched by hand"}


def _declined(bench: Bench, by: Who, reason: str, says: str) -> bool:
    proposal = bench.proposal or {}
    match_id, version = int(proposal["match_id"]), int(proposal["version"])
    return carry_out(
        bench.seen,
        says,
        "match",
        str(match_id),
        lambda: decline(store(), match_id, version, by, reason),
        bench.item_id,
        bench.goes_on_to,
    )
