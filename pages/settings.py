"""Settings: the matching rules in their order, tried before they are switched on, fee rates, and what is overdue."""

import streamlit as st

from analysis import ui
from analysis.match.rule_settings import rule_changes, rules_in_force

RULE_COLUMNS = ("order", "rule_name", "does", "says", "windows")

st.title("Settings")
as_of = ui.as_of()
ui.outcome()
st.subheader("Matching rules")
st.caption(
    "They run in this order, each over what the stronger ones left. A change holds from the day that is looked at."
)
rules = rules_in_force(ui.store(), as_of)
chosen = ui.table(ui.rule_frame(rules), "rules", row_id="rule_name", columns=RULE_COLUMNS, rows_shown=len(rules))
if chosen is None:
    st.caption("Choose a rule to try it otherwise, and to save it.")
else:
    ui.rule_editor(rules, chosen["rule_name"], as_of)
changes = rule_changes(ui.store())
if not changes.empty:
    with st.expander(f"Changes so far: {len(changes):,}", icon=":material/history:", expanded=True):
        ui.table(
            changes, "rule_changes", columns=("decided_at", "rule", "set_to", "effective_on", "source", "decided_by")
        )

st.subheader("Fee rates")
ui.rate_editor(as_of)

st.subheader("Write-off policy")
ui.policy_editor(as_of)

st.subheader("Clocks of credits")
ui.clock_editor(as_of)

st.subheader("Worklist")
ui.work_editor(as_of)

st.subheader("Letters")
ui.letter_editor(as_of)

st.subheader("Overdue")
ui.late_editor(as_of)

st.subheader("Trade")
ui.trade_editor()
