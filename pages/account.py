"""One account: its newest balance, why it is in credit, and its ledger with a running balance."""

import streamlit as st

from analysis import ui
from analysis.credits.audit import credits
from analysis.tieout.drilldown import account, account_number, ledger

ui.back("credit_balances", "Credit balances")
st.title(ui.label("account_number"))
as_of = ui.as_of()
number = account_number(ui.store(), ui.asked_number("account"))
if number is None:
    ui.lost("account")
found = account(ui.store(), number)
if found.empty:
    ui.lost("account")
owner = ui.row_of(found)
names = ("account_number", "patient_name", "facility", "financial_class", "primary_payer_name", "secondary_payer_name")
ui.facts(owner, names, across=6)
ui.amounts(owner, ("total_charges", "balance"))
ui.facts(owner, ("credit_date", "last_payment_date", "service_from", "service_to", "state", "extract_date"), across=6)

credit = ui.with_id(credits(ui.store(), as_of), "account_number", number)
if credit is not None:
    with st.container(border=True, key="account_credit"):
        ui.facts(credit, ("credit_balance", "age_days", "cause", "disposition", "owed_to", "deadline_date"), across=6)
        ui.facts(credit, ("blocked_by", "evidence"), across=2)

st.subheader("Ledger")
entries = ledger(ui.store(), number)
if entries.empty:
    ui.nothing_here("No ledger entry of this account is loaded.", "pages/upload.py", "Upload account transactions")
else:
    columns = ("transaction_date", "type", "source", "amount", "running_balance", "turns_negative", "payer_name")
    widths = {"turns_negative": 118, "transaction_date": 112, "payer_name": 230}
    ui.table(entries, "ledger", columns=(*columns, "reference", "procedure_code", "transaction_id"), widths=widths)
    ui.foot(entries, entries, "amount")
