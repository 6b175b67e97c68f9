"""Several insurers paid one account: whom the excess is owed to, by the inverse order of liability."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.credits.known import Known
from analysis.credits.programs import names_program
from analysis.credits.reading import Reading
from analysis.money import ZERO, show


def insurers_together(known: Known) -> Iterator[Reading]:
    """Two insurers together paid more than is allowed."""
    ledger = known.ledger
    beyond = ledger.insurers_paid - ledger.allowed
    if len(ledger.insurers) < 2 or beyond <= ZERO:
        return
    primaries = [payer for payer in ledger.insurers if ledger.sources_of(payer) == {"PRIMARY"}]
    is_placed = known.account["secondary_payer_name"] in primaries
    if len(primaries) == len(ledger.insurers) and not is_placed and all(map(ledger.written_off_by, primaries)):
        yield _several_primaries(known, primaries)
        return
    if ledger.allowed < ZERO:
        return
    owed, why = _first_to_be_refunded(known)
    if owed and ledger.insurers_paid - ledger.insurers[owed] > ledger.allowed:
        owed, why = None, "the others alone paid too much"
    paid = ", ".join(f"{payer} {show(amount)}" for payer, amount in ledger.insurers.items())
    rest = known.credit - beyond
    more = f"; the other {show(rest)} was paid by the patient" if rest > ZERO else ""
    yield Reading(
        "insurers_together",
        "primary_secondary_overpayment",
        "refund_payer" if owed else "review",
        owed,
        owed is not None,
        f"allowed {show(ledger.allowed)}, paid {paid}: {show(beyond)} too much{more}; {why}",
        tuple(one.entry_id for one in ledger.payments if not one.is_patient),
    )


def _several_primaries(known: Known, primaries: list[str]) -> Reading:
    """Each paid and wrote off as if it were the only one: one stays, the others' payments and write-offs go back."""
    ledger = known.ledger
    told = "; ".join(
        f"{payer} paid {show(ledger.insurers[payer])} and wrote {show(ledger.written_off_by(payer))} off"
        for payer in primaries
    )
    return Reading(
        "several_primaries",
        "primary_secondary_overpayment",
        "review",
        None,
        True,
        f"{told}, each as primary: find out who is, send the other's payment back and take its write-off back",
        tuple(one.entry_id for one in ledger.standing if one.payer in primaries),
    )


def _first_to_be_refunded(known: Known) -> tuple[str | None, str]:
    """Whom the excess of several insurers is owed to, by the inverse order of liability, and why."""
    ledger, primary = known.ledger, known.account["payer_name"]
    sources = {payer: ledger.sources_of(payer) for payer in ledger.insurers}
    for order in ("TERTIARY", "SECONDARY"):
        placed = [payer for payer, of in sources.items() if order in of]
        if len(placed) == 1:
            return placed[0], f"the {order.lower()} payer is refunded first"
    medicare = [payer for payer in sources if names_program(payer, "MEDICARE")]
    if len(medicare) == 1 and len(sources) == 2:
        return medicare[0], "both paid as primary, and Medicare pays second beside another insurer"
    others = [payer for payer in sources if payer != primary]
    if primary in sources and len(others) == 1:
        return others[0], "both paid as primary, and the account names the other one"
    return None, "the ledger does not tell who pays first"
