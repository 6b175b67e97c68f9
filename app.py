"""Tieout: the page list."""

import streamlit as st

from analysis import ui

st.set_page_config(page_title="Tieout", page_icon="analysis/ui/icon.svg", layout="wide")
payers = ui.menu_of_payers()
page = st.navigation(
    {
        "Day": [
            st.Page("pages/today.py", title="Today", icon=":material/today:", default=True, url_path="start"),
            st.Page(ui.to_today, title="Today", url_path="today", visibility="hidden"),
            st.Page("pages/upload.py", title="Upload", icon=":material/upload_file:"),
            st.Page("pages/what_came.py", title="What came", icon=":material/radar:"),
            st.Page("pages/close_day.py", title="Close of day", icon=":material/lock:"),
        ],
        "Work": [
            st.Page("pages/worklist.py", title="Worklist", icon=":material/checklist:"),
            st.Page("pages/unmatched.py", title="Unmatched", icon=":material/link_off:"),
            st.Page("pages/unidentified.py", title="Unidentified money", icon=":material/help_center:"),
            st.Page(
                "pages/rejected_claims.py",
                title=ui.spoken("Rejected claims"),
                icon=":material/block:",
                visibility=payers,
            ),
            st.Page("pages/variances.py", title="Variances", icon=":material/difference:"),
            st.Page("pages/takebacks.py", title=ui.spoken("Take-backs"), icon=":material/undo:", visibility=payers),
        ],
        "Cheques and cash": [
            st.Page("pages/keying.py", title="Key a batch", icon=":material/keyboard:"),
            st.Page("pages/deposits.py", title="Deposits", icon=":material/savings:"),
        ],
        "Credits": [
            st.Page("pages/credit_balances.py", title="Credit balances", icon=":material/currency_exchange:"),
            st.Page("pages/refunds.py", title="Refunds", icon=":material/payments:"),
            st.Page("pages/instructions.py", title="Instructions", icon=":material/send:"),
            st.Page("pages/cms_838.py", title="CMS 838", icon=":material/assured_workload:", visibility=payers),
        ],
        "Look up": [
            st.Page("pages/trace.py", title="Trace", icon=":material/search:"),
            st.Page("pages/remittances.py", title="Remittances", icon=":material/receipt_long:"),
            st.Page("pages/bank_lines.py", title="Bank lines", icon=":material/account_balance:"),
            st.Page("pages/posting_batches.py", title="Posting batches", icon=":material/inventory_2:"),
            st.Page("pages/matches.py", title="Matches", icon=":material/link:"),
            st.Page("pages/reference.py", title="Reference", icon=":material/menu_book:"),
            st.Page("pages/runs.py", title="Matching runs", icon=":material/play_circle:"),
            st.Page("pages/deposit.py", title="Deposit", visibility="hidden"),
            st.Page("pages/remittance.py", title="Remittance", visibility="hidden"),
            st.Page("pages/claim.py", title=ui.spoken("Claim"), visibility="hidden"),
            st.Page("pages/batch.py", title="Batch", visibility="hidden"),
            st.Page("pages/account.py", title="Account", visibility="hidden"),
        ],
        "Set up": [
            st.Page("pages/settings.py", title="Settings", icon=":material/tune:"),
        ],
    },
    expanded=True,
)
ui.sidebar()
ui.draw(page.run)
