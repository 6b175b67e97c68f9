"""Large 835 files for measuring: seeded, balanced at line, claim and transaction, with their totals.

The mix follows the anchors in the plan: 80 % of transactions hold 5 to 20 claims, 17 % 50 to 400, 3 % 1,000 to 4,000;
1 to 6 service lines a claim; PLB on a quarter of the transactions. About 600 bytes a claim.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ISA = (
    "ISA*00*          *00*          *ZZ*BENCHPAYER     *ZZ*BENCHPAYEE     *261102*0800*^*00501*{number:09d}*0*P*:~"
    "GS*HP*BENCHPAYER*BENCHPAYEE*20261102*0800*{number}*X*005010X221A1~"
)


@dataclass(slots=True)
class Totals:
    """What the file holds; money in cents."""

    transactions: int = 0
    claims: int = 0
    lines: int = 0
    adjustments: int = 0
    paid_cents: int = 0
    payment_cents: int = 0
    size_bytes: int = 0


def _dollars(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _claim(rng: random.Random, number: int, totals: Totals, out: list[str]) -> int:
    lines: list[tuple[str, int, int]] = []
    segments: list[str] = []
    charge = paid = patient = 0
    for line in range(rng.randint(1, 6)):
        billed = rng.randint(2_000, 90_000)
        contractual = rng.randint(0, billed // 2)
        owed = rng.choice((0, 0, rng.randint(0, (billed - contractual) // 3)))
        net = billed - contractual - owed
        segments.append(
            f"SVC*HC:{rng.choice(('99213', '99214', '80053', '93000'))}*{_dollars(billed)}*{_dollars(net)}**1"
        )
        segments.append("DTM*472*20261015")
        segments.append(f"CAS*CO*45*{_dollars(contractual)}")
        totals.adjustments += 1
        if owed:
            segments.append(f"CAS*PR*1*{_dollars(owed)}")
            totals.adjustments += 1
        segments.append(f"REF*6R*{number}{line}")
        segments.append(f"AMT*B6*{_dollars(billed - contractual)}")
        if rng.random() < 0.2:
            segments.append("LQ*HE*N130")
        charge, paid, patient = charge + billed, paid + net, patient + owed
        lines.append(("", billed, net))
    owed_text = _dollars(patient) if patient else ""
    out.append(f"CLP*A{number:09d}*1*{_dollars(charge)}*{_dollars(paid)}*{owed_text}*12*ICN{number:010d}*11*1")
    out.append(f"NM1*QC*1*SAMPLE{number % 977}*PERSON{number % 83}****MI*ZZZ{number:09d}")
    out.append(f"NM1*82*2*CEDAR HOLLOW GROUP*****XX*1{number % 999999999:09d}")
    out.append("MOA***MA01")
    out.append(f"REF*EA*MR{number:08d}")
    out.append("DTM*232*20261015")
    out.append("DTM*233*20261015")
    out.append(f"AMT*AU*{_dollars(charge)}")
    out.extend(segments)
    totals.claims += 1
    totals.lines += len(lines)
    return paid


def _transaction(rng: random.Random, number: int, claims: int, totals: Totals) -> str:
    body: list[str] = []
    paid = sum(_claim(rng, number * 10_000 + n, totals, body) for n in range(claims))
    taken = rng.randint(100, 5_000) if rng.random() < 0.25 else 0
    payment = paid - taken
    head = [
        f"ST*835*{number:04d}",
        f"BPR*I*{_dollars(payment)}*C*ACH*CCP*01*999988880*DA*1234*1999999999**01*999977776*DA*5678*20261102",
        f"TRN*1*TRC{number:09d}*1999999999",
        "DTM*405*20261101",
        "N1*PR*BENCH PAYER",
        "N3*1 TEST WAY",
        "N4*TESTVILLE*OH*440010000",
        "PER*BL*SUPPORT*TE*5555550100",
        "N1*PE*CEDAR HOLLOW REGIONAL HOSPITAL*XX*1999999984",
        "REF*TJ*990000000",
        "LX*1",
    ]
    foot = [f"PLB*1999999984*20261231*WO:ICN{number}*{_dollars(taken)}"] if taken else []
    segments = [*head, *body, *foot]
    segments.append(f"SE*{len(segments) + 1}*{number:04d}")
    totals.transactions += 1
    totals.paid_cents += paid
    totals.payment_cents += payment
    return "~".join(segments) + "~"


def _claims_in_transaction(rng: random.Random) -> int:
    draw = rng.random()
    if draw < 0.80:
        return rng.randint(5, 20)
    return rng.randint(50, 400) if draw < 0.97 else rng.randint(1_000, 4_000)


def interchanges(size_bytes: int, seed: int, per_file_bytes: int | None, totals: Totals) -> Iterator[str]:
    """Whole interchanges until `size_bytes` are made: one for all, or one for each `per_file_bytes`."""
    rng = random.Random(seed)
    number = 0
    while totals.size_bytes < size_bytes:
        parts: list[str] = []
        made = 0
        goal = per_file_bytes or size_bytes
        while made < goal:
            number += 1
            claims = _claims_in_transaction(rng) if per_file_bytes is None else rng.randint(5, 40)
            text = _transaction(rng, number, claims, totals)
            parts.append(text)
            made += len(text)
        whole = ISA.format(number=number) + "".join(parts) + f"GE*{len(parts)}*{number}~IEA*1*{number:09d}~"
        totals.size_bytes += len(whole)
        yield whole


def write_one(path: Path, size_bytes: int, seed: int = 1) -> Totals:
    """One 835 file of about `size_bytes` bytes at `path`; returns its totals."""
    totals = Totals()
    path.write_text("".join(interchanges(size_bytes, seed, None, totals)), encoding="ascii")
    return totals


def write_many(folder: Path, size_bytes: int, per_file_bytes: int, seed: int = 1) -> Totals:
    """Files of about `per_file_bytes` each, together about `size_bytes`, in `folder`; returns their totals together."""
    totals = Totals()
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(interchanges(size_bytes, seed, per_file_bytes, totals)):
        (folder / f"{number:05d}.835").write_text(text, encoding="ascii")
    return totals
