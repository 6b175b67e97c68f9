"""Posting batches: what the poster keys from a remittance, and the ledger rows it makes."""

from collections.abc import Callable
from datetime import date

from .calendar import AS_OF
from .records import BankItem, Batch, Claim, PostingLine, Remittance
from .world import LOCKBOX, OPERATING, World

POSTERS = ("MFABER", "QTESTER", "RNOONE", "ERABOT")
PLB_ACCOUNT = "GL-2150-PLB"
UNAPPLIED_ACCOUNT = "GL-2190-UNAPPLIED"

Slip = Callable[[Batch], None]


def lines_of(row: Remittance) -> list[PostingLine]:
    """A right posting of a remittance: claims, provider adjustments with the sign turned, the odd rest unapplied."""
    lines = [_claim_line(row, claim) for claim in row.claims if claim.paid != 0]
    lines += [PostingLine(PLB_ACCOUNT, row.trace, "PROVIDER_ADJUSTMENT", -plb.cents) for plb in row.adjustments]
    if row.shown_extra:
        lines.append(PostingLine(UNAPPLIED_ACCOUNT, row.trace, "UNAPPLIED", row.shown_extra))
    return lines


def _claim_line(row: Remittance, claim: Claim) -> PostingLine:
    number = claim.account.number if claim.account else UNAPPLIED_ACCOUNT
    kind = "REVERSAL" if claim.status == "22" else "PAYMENT" if claim.account else "UNAPPLIED"
    source = "SECONDARY" if claim.status == "2" else "PRIMARY"
    return PostingLine(number, row.trace, kind, claim.paid, claim.account, source, claim.group_total("CO", "PI"))


def batch(
    world: World,
    kind: str,
    deposit_date: date,
    posting_date: date,
    payer_name: str,
    control: int,
    lines: list[PostingLine],
    bank_account: str,
) -> Batch:
    """A new batch, keyed as given."""
    number = world.next(f"batch {posting_date}")
    made = Batch(
        f"{kind[0]}{posting_date:%m%d}-{number:03d}",
        kind,
        deposit_date,
        posting_date,
        payer_name,
        control,
        lines,
        bank_account,
        "ERABOT" if kind == "ERA" else world.rng.choice(POSTERS[:3]),
    )
    world.batches.append(made)
    return made


def post(
    world: World,
    rows: list[Remittance],
    deposits: list[BankItem],
    kind: str = "ERA",
    slip: Slip | None = None,
    planted: str = "",
    day: date | None = None,
    link: bool = True,
) -> Batch | None:
    """Post remittances as one batch on the day both halves are there; nothing when that is after as-of."""
    known = [row.era_day for row in rows] + [item.day for item in deposits]
    posting_date = day or max(known)
    if posting_date > AS_OF:
        return None
    names = {row.payer.name for row in rows}
    deposit_date = deposits[0].day if deposits else rows[0].money_day
    bank_account = deposits[0].bank_account if deposits else LOCKBOX if kind == "LOCKBOX" else OPERATING
    made = batch(
        world,
        kind,
        deposit_date,
        posting_date,
        names.pop() if len(names) == 1 else "VARIOUS",
        sum(row.amount for row in rows),
        [line for row in rows for line in lines_of(row)],
        bank_account,
    )
    made.remittances, made.deposits, made.planted = rows, deposits, planted
    if slip:
        slip(made)
    for row in rows:
        row.is_posted = True
    for item in deposits:
        item.is_posted = True
    post_to_ledger(world, made)
    if link:
        link_batch(world, made)
    return made


def link_batch(world: World, made: Batch) -> None:
    """A batch belongs to its bank money, or to its remittance while there is none."""
    rows = [] if made.deposits else made.remittances
    evidence = "reference" if made.remittances else "net_of_fee" if made.planted == "card_fee" else "exact_sum"
    world.link("batch", evidence, made.deposits, rows, [made], made.planted)


def post_to_ledger(world: World, made: Batch) -> None:
    """Payments and reversals as keyed, with the write-offs that come with them."""
    for line in made.lines:
        if line.account is None:
            continue
        payer_name = made.payer_name
        if made.remittances:
            payer_name = next(row.payer.name for row in made.remittances if row.trace == line.reference)
        world.entry(
            line.account,
            made.posting_date,
            "PAYMENT",
            -line.cents,
            line.source,
            "" if line.source == "PATIENT" else payer_name,
            line.reference,
        )
        if line.contractual:
            world.entry(
                line.account, made.posting_date, "ADJUSTMENT", -line.contractual, line.source, payer_name, "CO-45"
            )
