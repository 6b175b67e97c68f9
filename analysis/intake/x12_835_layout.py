"""What is kept of an 835, as data: for each store table, its column and where oxedi finds it.

Guide: X12 005010X221A1 (and 004010X091A1, whose elements sit in the same places). Elements are numbered as in the
guide.
A column that oxedi's own 5010 layout already has is named by a string; the others are oxedi column definitions, which
`SPEC` adds to that layout.
"""

from __future__ import annotations

import json
from typing import Any

import oxedi

Definition = str | dict[str, Any]


def _segment(segment: str, element: int, component: int | None = None, **where: str) -> dict[str, Any]:
    """An element of a segment in the table's own loop; `e1="F8"` narrows to the segments whose first element is F8."""
    definition: dict[str, Any] = {"segment": segment, "element": element}
    if component is not None:
        definition["component"] = component
    if where:
        definition["where"] = {name.removeprefix("e"): value for name, value in where.items()}
    return definition


def _named(occurrence: str, element: int) -> dict[str, Any]:
    """An element of an NM1 that oxedi's layout tells apart by its entity code."""
    return {"occurrence": occurrence, "element": element}


def _party(loop: str, segment: str, element: int, **where: str) -> dict[str, Any]:
    """An element of the payer's (1000A) or payee's (1000B) loop."""
    return {"loop": loop, **_segment(segment, element, None, **where)}


REMITTANCE: dict[str, Definition] = {
    "handling_code": "handling_code",
    "payment_amount": "total_payment_amount",
    "credit_debit_flag": "credit_debit_flag",
    "payment_method": "payment_method",
    "payment_format": "payment_format",
    "payer_routing_number": _segment("BPR", 7),
    "payer_bank_account": _segment("BPR", 9),
    "originating_company_id": _segment("BPR", 10),
    "payee_routing_number": _segment("BPR", 13),
    "payee_bank_account": _segment("BPR", 15),
    "payment_date": "payment_date",
    "trace_number": "trace_number",
    "trace_payer_id": "payer_identifier",
    "trace_supplement": _segment("TRN", 4),
    "production_date": "production_date",
    "receiver_reference": "receiver_id",
    "currency": _segment("CUR", 2),
    "payer_name": "payer_name",
    "payer_id_qualifier": "payer_id_qualifier",
    "payer_id": "payer_id",
    "payer_address": "payer_address",
    "payer_city": "payer_city",
    "payer_state": "payer_state",
    "payer_zip": "payer_zip",
    "payer_reference_2u": _party("1000A", "REF", 2, e1="2U"),
    "payer_reference_nf": _party("1000A", "REF", 2, e1="NF"),
    "payer_reference_eo": _party("1000A", "REF", 2, e1="EO"),
    "payer_reference_hi": _party("1000A", "REF", 2, e1="HI"),
    "payer_contact_name": _party("1000A", "PER", 2, e1="CX"),
    "payer_contact_number": _party("1000A", "PER", 4, e1="CX"),
    "payer_technical_contact_name": "payer_technical_contact_name",
    "payer_technical_contact_number": "payer_technical_contact_number",
    "payee_name": "payee_name",
    "payee_id_qualifier": "payee_id_qualifier",
    "payee_id": "payee_id",
    "payee_address": "payee_address",
    "payee_city": "payee_city",
    "payee_state": "payee_state",
    "payee_zip": "payee_zip",
    "payee_tax_id": _party("1000B", "REF", 2, e1="TJ"),
    "payee_reference_pq": _party("1000B", "REF", 2, e1="PQ"),
}

CLAIM: dict[str, Definition] = {
    "claim_id": "claim_id",
    "claim_status": "claim_status",
    "charge_amount": "charge_amount",
    "paid_amount": "payment_amount",
    "patient_responsibility": "patient_responsibility",
    "filing_indicator": "filing_indicator",
    "payer_claim_control_number": "payer_control_number",
    "facility_type": "facility_type",
    "frequency_code": "frequency_code",
    "drg_code": "drg_code",
    "header_number": "header_number",
    "patient_last_name": "patient_last_name",
    "patient_first_name": "patient_first_name",
    "patient_id_qualifier": "patient_id_qualifier",
    "patient_id": "patient_id",
    "insured_last_name": _named("insured_name", 3),
    "insured_first_name": _named("insured_name", 4),
    "insured_id": _named("insured_name", 9),
    "corrected_last_name": _named("corrected_patient_insured_name", 3),
    "corrected_first_name": _named("corrected_patient_insured_name", 4),
    "corrected_id": _named("corrected_patient_insured_name", 9),
    "other_subscriber_last_name": _named("other_subscriber_name", 3),
    "other_subscriber_id": _named("other_subscriber_name", 9),
    "rendering_provider_name": "rendering_provider_name",
    "rendering_provider_id": "rendering_provider_id",
    "crossover_payer_name": _named("crossover_carrier_name", 3),
    "crossover_payer_id": _named("crossover_carrier_name", 9),
    "corrected_priority_payer_name": _named("corrected_priority_payer_name", 3),
    "corrected_priority_payer_id": _named("corrected_priority_payer_name", 9),
    "original_claim_control_number": _segment("REF", 2, e1="F8"),
    "group_number": "group_number",
    "medical_record_number": _segment("REF", 2, e1="EA"),
    "prior_authorization": _segment("REF", 2, e1="G1"),
    "contract_class": _segment("REF", 2, e1="CE"),
    "member_reference": _segment("REF", 2, e1="1W"),
    "statement_from": "statement_from",
    "statement_to": "statement_to",
    "received_date": _segment("DTM", 2, e1="050"),
    "coverage_expired_date": _segment("DTM", 2, e1="036"),
    "coverage_amount": "coverage_amount",
    "interest_amount": _segment("AMT", 2, e1="I"),
    "discount_amount": _segment("AMT", 2, e1="D8"),
    "patient_paid_amount": _segment("AMT", 2, e1="F5"),
}

INPATIENT_REMARKS = {f"mia{n:02d}": _segment("MIA", n) for n in (5, 20, 21, 22, 23)}
OUTPATIENT_REMARKS = {f"moa{n:02d}": _segment("MOA", n) for n in (3, 4, 5, 6, 7)}
MODIFIERS = {f"modifier_{n}": _segment("SVC", 1, n + 2) for n in (1, 2, 3, 4)}

SERVICE: dict[str, Definition] = {
    "procedure_qualifier": "procedure_qualifier",
    "procedure_code": "procedure_code",
    "revenue_code": _segment("SVC", 4),
    "original_procedure_code": _segment("SVC", 6, 2),
    "charge_amount": "charge_amount",
    "paid_amount": "payment_amount",
    "units_paid": "units_paid",
    "units_billed": "original_units",
    "service_date": "service_date",
    "service_from": _segment("DTM", 2, e1="150"),
    "service_to": _segment("DTM", 2, e1="151"),
    "line_control_number": "line_item_control_number",
    "policy_reference": _segment("REF", 2, e1="0K"),
    "allowed_amount": "allowed_amount",
    "late_filing_reduction": _segment("AMT", 2, e1="KH"),
}

ADJUSTMENT: dict[str, Definition] = {
    "group_code": "group_code",
    "reason_code": "reason_code",
    "amount": "amount",
    "quantity": "quantity",
}

PROVIDER_ADJUSTMENT: dict[str, Definition] = {
    "provider_id": "provider_id",
    "fiscal_period_date": "fiscal_period_date",
    "reason_code": "reason_code",
    "reference_id": "reference_id",
    "amount": "amount",
}

REMARK: dict[str, Definition] = {
    "qualifier": {"element": 1},
    "remark_code": {"element": 2},
}


def _table_columns() -> dict[str, dict[str, Definition]]:
    """The wanted columns of oxedi's tables, by oxedi's names of them."""
    wanted = {
        "payments": REMITTANCE,
        "claims": CLAIM | INPATIENT_REMARKS | OUTPATIENT_REMARKS,
        "services": SERVICE | MODIFIERS,
        "adjustments": ADJUSTMENT,
        "provider_adjustments": PROVIDER_ADJUSTMENT,
    }
    return {
        table: {found if isinstance(found, str) else name: found for name, found in columns.items()}
        for table, columns in wanted.items()
    }


def _free(element: dict[str, Any]) -> None:
    """An element of any length and any code."""
    for rule in ("codes", "min", "max"):
        element.pop(rule, None)
    for component in (element.get("composite") or {}).values():
        _free(component)


def _spec() -> oxedi.Spec:
    """oxedi's 5010 layout with our columns only, and without its own checks.

    Code lists, lengths and balances are left out: conformance is pyx12's to say, the balances are our own SQL, and
    without
    them oxedi reads 1.7 times as fast and is not slowed by a file that breaks them everywhere.
    """
    spec = json.loads(oxedi.Spec.builtin("5010").to_json())
    spec["balancing"] = {}
    for loop in spec["loops"].values():
        for occurrence in loop["occurrences"].values():
            occurrence.pop("codes", None)
    for segment in spec["segments"].values():
        for element in segment["elements"].values():
            _free(element)
    for table, columns in _table_columns().items():
        known = spec["tables"][table]["columns"]
        spec["tables"][table]["columns"] = {
            name: known[name] if isinstance(found, str) else found for name, found in columns.items()
        }
    spec["tables"]["claims"].pop("phi_seed", None)
    spec["tables"]["remarks"] = {"columns": REMARK, "loops": ["2110"], "segment": "LQ"}
    return oxedi.Spec.from_json(json.dumps(spec))


SPEC = _spec()
"""The layout that `x12_835` and `x12_835_regular` read by."""
