"""One remittance: its payment, claims, provider adjustments, balance, links and raw segments."""

import streamlit as st

from analysis import ui
from analysis.tieout.conformance import conformance_of_file
from analysis.tieout.drilldown import claims, provider_adjustments, remittance, remittance_links

ui.back("remittances", "Remittances")
st.title("Remittance")
remittance_id = ui.asked_number("remittance")
found = remittance(ui.store(), remittance_id)
if found.empty:
    ui.lost("remittance")
paid = ui.row_of(found)
ui.given_back("remittance", remittance_id, ui.as_of())
ui.amounts(paid, ("payment_amount", "claim_payment_amount", "provider_adjustment_amount", "transaction_difference"))
ui.facts(
    paid, ("trace_number", "payer_name", "payment_method", "handling_code", "payment_date", "in_balance"), across=6
)
names = ("payee_name", "payee_id", "claims", "service_lines_out_of_balance", "claims_out_of_balance", "file_name")
ui.facts(paid, names, across=6)
if paid["duplicate_of"] is not None:
    st.warning("The same payment came before in another file; this one is not counted.", icon=":material/content_copy:")
    ui.way("remittance", paid["duplicate_of"], "Open the one that counts")

st.subheader(ui.spoken("Claims"))
lines = claims(ui.store(), remittance_id)
if lines.empty:
    ui.nothing_here("This remittance names no claim.")
else:
    columns = ("claim_id", "claim_status", "charge_amount", "adjustment_amount", "paid_amount", "difference_amount")
    columns += ("patient_responsibility", "patient_last_name", "patient_first_name", "statement_from", "statement_to")
    columns += ("payer_claim_control_number", "inpatient_remarks", "outpatient_remarks")
    chosen = ui.table(lines, "claims", row_id="claim_payment_id", columns=columns)
    ui.foot(lines, lines, "charge_amount", "adjustment_amount", "paid_amount")
    if chosen is None:
        st.caption(ui.spoken("Choose a claim to see its service lines, adjustments and segments."))
    else:
        with st.container(border=True, key="claim_detail"):
            ui.claim_details(chosen)
            ui.way("claim", chosen["claim_payment_id"], "Open the claim on a page of its own")

left, right = st.columns(2)
with left:
    st.subheader(ui.spoken("Provider adjustments"))
    withheld = provider_adjustments(ui.store(), remittance_id)
    if withheld.empty:
        st.caption(ui.spoken("None: the payment is the sum of its claims."))
    else:
        columns = ("reason_code", "reference_id", "amount", "fiscal_period_date", "provider_id")
        ui.table(withheld, "provider_adjustments", columns=columns)
        ui.foot(withheld, withheld, "amount")
with right:
    st.subheader("Matched to")
    links = remittance_links(ui.store(), remittance_id)
    if paid["is_without_deposit"]:
        st.caption("No deposit is due: this remittance announces no money.")
    if links.empty:
        st.caption("Nothing yet: no deposit and no batch.")
    else:
        columns = ("side", "reference", "linked_amount", "item_date", "rule", "status", "explanation")
        links["row"] = links["side"] + links["fact_id"]
        chosen = ui.table(links, "links", row_id="row", columns=columns)
        if chosen is not None:
            ui.way(chosen["side"], chosen["fact_id"])
ui.raw(paid, "Raw segments of the remittance")
if paid["source"] == "835":
    with st.expander("Conformance to the X12 guide (pyx12)", icon=":material/rule:"):
        st.caption("Shown beside the file; it never decides what is loaded. Remark codes newer than 2014 are reported.")
        if st.button("Check the file", key="check_conformance"):
            said = conformance_of_file(ui.store(), paid["file_id"])
            if said.empty:
                ui.all_clear("pyx12 has nothing to say against this file.")
            else:
                ui.table(said, "conformance", columns=("severity", "code", "location", "message"))
