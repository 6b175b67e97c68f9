"""Paper remittances keyed with a batch: the lines of the advice that came with a cheque, to 0.00 against it."""

from __future__ import annotations

import pandas as pd

from analysis.casework.keying import Row, insert_version, open_batch, trimmed
from analysis.match.decisions import Who
from analysis.problems import DecisionRefused
from analysis.store import Store, query
from analysis.store.matches import MatchWriter, write

CLAIM_FIELDS = ("claim_id", "charge_amount", "paid_amount", "patient_responsibility", "payer_claim_control_number")


def keyed_claims(store: Store, batch: int) -> pd.DataFrame:
    """The lines of its paper remittances, void ones too. Grain: one row per line of advice. Units: US dollars."""
    return query(store, "keying/claims", {"keyed_batch_id": batch})


def add_claim(store: Store, batch: int, line_number: int, claim: Row, who: Who) -> int:
    """A line of the paper remittance that came with the cheque is keyed; returns its number.

    Raises `DecisionRefused` without a claim or account number.
    """

    def work(writer: MatchWriter) -> int:
        open_batch(writer, batch)
        _line(writer, batch, line_number)
        told = {name: trimmed(claim.get(name)) for name in CLAIM_FIELDS}
        if told["claim_id"] is None or told["paid_amount"] is None:
            raise DecisionRefused("a line of a remittance has a claim or account number and what was paid, 0.00 too")
        lines = writer.ask("keying/claims", {"keyed_batch_id": batch})
        number = max((one["claim_number"] for one in lines if one["line_number"] == line_number), default=0) + 1
        row = {"keyed_batch_id": batch, "line_number": line_number, "claim_number": number, "version": 1}
        insert_version(writer, "keyed_claim", [{**row, **told, "is_void": False}], who)
        return number

    return write(store, work)


def void_claim(store: Store, batch: int, line_number: int, claim_number: int, version: int, who: Who) -> None:
    """The line of the paper remittance counts no more."""

    def work(writer: MatchWriter) -> None:
        open_batch(writer, batch)
        for claim in writer.ask("keying/claims", {"keyed_batch_id": batch}):
            if (claim["line_number"], claim["claim_number"]) == (line_number, claim_number):
                if claim["version"] != version or claim["is_void"]:
                    raise DecisionRefused("that remittance line was changed since it was shown; look at it again")
                insert_version(
                    writer,
                    "keyed_claim",
                    [{**claim, "keyed_batch_id": batch, "version": version + 1, "is_void": True}],
                    who,
                )
                return
        raise DecisionRefused(f"line {line_number} has no remittance line {claim_number}")

    write(store, work)


def _line(writer: MatchWriter, batch: int, line_number: int) -> Row:
    for line in writer.ask("keying/lines", {"keyed_batch_id": batch}):
        if line["line_number"] == line_number and not line["is_void"]:
            return line
    raise DecisionRefused(f"line {line_number} does not stand in this batch")
