"""One claim of a remittance: its lines, its adjustments and its segments."""

from __future__ import annotations

from typing import Any

import streamlit as st

from analysis.tieout.drilldown import claim, claim_adjustments, service_lines
from analysis.trade_words import spoken
from analysis.ui.details import amounts, facts, raw
from analysis.ui.opening import store
from analysis.ui.tables import row_of, table

_FACTS = ("claim_id", "claim_status", "patient_last_name", "patient_first_name", "payer_claim_control_number")
_LINE = (
    "service_date",
    "procedure_code",
    "modifiers",
    "charge_amount",
    "adjustment_amount",
    "paid_amount",
    "difference_amount",
    "allowed_amount",
    "remark_codes",
    "units_paid",
    "revenue_code",
)
_ADJUSTMENT = ("procedure_code", "group_code", "reason_code", "amount", "level", "quantity")
_AMOUNTS = ("charge_amount", "adjustment_amount", "paid_amount", "patient_responsibility", "difference_amount")


def claim_details(chosen: dict[str, Any]) -> None:
    """The claim's amounts, service lines, adjustments and raw segments."""
    facts(chosen, _FACTS, across=5)
    amounts(chosen, _AMOUNTS)
    claim_payment_id = int(chosen["claim_payment_id"])
    lines = service_lines(store(), claim_payment_id)
    adjusted = claim_adjustments(store(), claim_payment_id)
    left, right = st.columns([3, 2])
    with left:
        st.caption("Service lines")
        if lines.empty:
            st.text(spoken("The remittance gives no service lines for this claim."))
        else:
            table(lines, f"claim_lines_{claim_payment_id}", columns=_LINE)
    with right:
        st.caption("Adjustments: a positive amount reduces the payment")
        if adjusted.empty:
            st.text("Paid as charged.")
        else:
            table(adjusted, f"claim_adjustments_{claim_payment_id}", columns=_ADJUSTMENT)
    raw(row_of(claim(store(), claim_payment_id)), "Raw segments of the claim")
