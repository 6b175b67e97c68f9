"""Small files made in tests: an 835 of one claim, a day of bank lines, posting batches, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analysis.store import Store
from analysis.store.loading import Outcome, Source, load


def loaded(store: Store, *files: bytes) -> list[Outcome]:
    """Loads the files in order; every one of them must load."""
    named = [Source(f"file {number}", lambda content=content: content) for number, content in enumerate(files)]
    outcomes = list(load(store, named, "tests"))
    refused = [one for one in outcomes if one.status == "rejected"]
    assert not refused, refused
    return outcomes


_BY_ACH = "ACH*CCP*01*999988880*DA*1234*{payer}**01*999977776*DA*{account}*{day}"


def remittance_835(
    trace: str,
    amount: str,
    *,
    claims: Sequence[tuple[str, str]] = (),
    plb: Sequence[tuple[str, str]] = (),
    control: int = 1,
    payer: str = "1999999999",
    method: str = "ACH",
    payer_name: str = "TEST PAYER",
    bank_account: str = "5678",
    paid_on: str = "20261102",
) -> bytes:
    """A balanced 835: claims (account, paid) charged as paid, PLB (code, amount); one claim of `amount` where none
    is given. `method`: how it is paid, ACH or CHK."""
    by = (
        f"CHK************{paid_on}"
        if method == "CHK"
        else _BY_ACH.format(payer=payer, account=bank_account, day=paid_on)
    )
    body: list[str] = []
    for account, paid in claims or [("ACC1", amount)]:
        body += [
            f"CLP*{account}*1*{paid}*{paid}**12*ICN{account}*11*1",
            "NM1*QC*1*TEST*PATIENT****MI*ZZZ000001",
            f"SVC*HC:99213*{paid}*{paid}**1",
            "DTM*472*20261001",
        ]
    segments = [
        "ST*835*0001",
        f"BPR*I*{amount}*C*{by}",
        f"TRN*1*{trace}*{payer}",
        "DTM*405*20261102",
        f"N1*PR*{payer_name}",
        "N3*1 WAY",
        "N4*TOWN*OH*44001",
        "PER*BL*HELP*TE*5555550100",
        "N1*PE*CEDAR HOLLOW*XX*1999999984",
        "LX*1",
        *body,
    ]
    segments += [f"PLB*1999999984*20261231*{code}:REF{code}*{value}" for code, value in plb]
    segments.append(f"SE*{len(segments) + 1}*0001")
    isa = (
        f"ISA*00*          *00*          *ZZ*PAYER          *ZZ*PAYEE          *261102*0800*^*00501*{control:09d}*0*P*:"
    )
    group = f"GS*HP*PAYER*PAYEE*20261102*0800*{control}*X*005010X221A1"
    return "~".join([isa, group, *segments, f"GE*1*{control}", f"IEA*1*{control:09d}", ""]).encode()


def bai2(*lines: tuple[str, str], day: str = "261102", account: str = "5678") -> bytes:
    """A final previous-day BAI2 file of ACH credits (trace, dollars), with control totals that hold."""
    traced = [("142", amount, f"TEST PAYER HCCLAIMPMT TRN*1*{trace}*1999999999~") for trace, amount in lines]
    return bank_lines(*traced, day=day, account=account)


def lockbox_bai2(*amounts: str, day: str = "261102", account: str = "5678") -> bytes:
    """A final previous-day BAI2 file of lockbox deposits (dollars): cheques, no word of whose; totals that hold."""
    return bank_lines(*[("115", amount, "LOCKBOX DEPOSIT") for amount in amounts], day=day, account=account)


def bank_lines(*lines: tuple[str, str, str], day: str = "261102", account: str = "5678") -> bytes:
    """A final previous-day BAI2 file of lines (type code, dollars, text), with control totals that hold."""
    cents = [int(amount.replace(".", "")) for _, amount, _ in lines]
    details = [
        f"16,{code},{amount},Z,BR{day}{number:03d},,{text}/"
        for number, ((code, _, text), amount) in enumerate(zip(lines, cents, strict=True), start=1)
    ]
    records = [f"02,HOSP,BANK,1,{day},2359,USD,2/", f"03,{account},USD,010,0,,/", *details]
    records.append(f"49,{sum(cents)},{len(details) + 2}/")
    records.append(f"98,{sum(cents)},1,{len(details) + 4}/")
    whole = [f"01,BANK,HOSP,{day},0600,1,80,1,2/", *records, f"99,{sum(cents)},1,{len(records) + 2}/"]
    return ("\n".join(whole) + "\n").encode()


def batch_csv(
    lines: Sequence[tuple[str, str, str, str, str, str]],
    deposit_date: str = "2026-11-02",
    batch_type: str = "ERA",
    payer_name: str = "",
) -> bytes:
    """Posting batches: batch, control total, account, reference, transaction type, amount."""
    head = (
        "batch_id,batch_type,deposit_date,payer_name,control_total,line_number,account_number,reference_number,"
        "transaction_type,amount,bank_account"
    )
    rows = [
        f"{batch},{batch_type},{deposit_date},{payer_name},{control},{number},{account},{reference},{kind},{amount},5678"
        for number, (batch, control, account, reference, kind, amount) in enumerate(lines, start=1)
    ]
    return "\n".join([head, *rows, ""]).encode()


def table_csv(head: str, *rows: str) -> bytes:
    """A comma-separated table."""
    return "\n".join([head, *rows, ""]).encode()


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of `takeback_835`: a negative payment is a reversal (22). Charged as paid unless `charge` says else."""

    account: str
    paid: str
    icn: str = ""
    charge: str = ""
    original: str = ""

    def segments(self) -> list[str]:
        """CLP to SVC, in balance: what is not paid is contractual (CO*45)."""
        charge, is_reversal = self.charge or self.paid, self.paid.startswith("-")
        status = "22" if is_reversal else "1"
        if is_reversal and not charge.startswith("-"):
            charge = f"-{charge}"
        rest = Decimal(charge) - Decimal(self.paid)
        return [
            f"CLP*{self.account}*{status}*{charge}*{self.paid}**12*{self.icn or 'ICN' + self.account}*11*1",
            "NM1*QC*1*TEST*PATIENT****MI*ZZZ000001",
            *([f"REF*F8*{self.original}"] if self.original else []),
            f"SVC*HC:99213*{charge}*{self.paid}**1",
            "DTM*472*20261001",
            *([f"CAS*CO*45*{rest}"] if rest else []),
        ]


def takeback_835(
    trace: str,
    amount: str,
    claims: Sequence[Claim],
    plb: Sequence[tuple[str, str, str]],
    *,
    day: str = "20261102",
    control: int = 1,
) -> bytes:
    """An 835 sent on `day`: its claims and PLB (code, reference, amount); H and NON where the amount is 0."""
    how = f"H*{amount}*C*NON************{day}" if Decimal(amount) == 0 else f"I*{amount}*C*CHK************{day}"
    segments = [
        "ST*835*0001",
        f"BPR*{how}",
        f"TRN*1*{trace}*1999999999",
        f"DTM*405*{day}",
        "N1*PR*TEST PAYER",
        "N3*1 WAY",
        "N4*TOWN*OH*44001",
        "PER*BL*HELP*TE*5555550100",
        "N1*PE*CEDAR HOLLOW*XX*1999999984",
        "LX*1",
        *(segment for claim in claims for segment in claim.segments()),
        *(f"PLB*1999999984*20261231*{code}:{reference}*{taken}" for code, reference, taken in plb),
    ]
    segments.append(f"SE*{len(segments) + 1}*0001")
    isa = (
        "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PAYEE          "
        f"*{day[2:]}*0800*^*00501*{control:09d}*0*P*:"
    )
    group = f"GS*HP*PAYER*PAYEE*{day}*0800*{control}*X*005010X221A1"
    return "~".join([isa, group, *segments, f"GE*1*{control}", f"IEA*1*{control:09d}", ""]).encode()


@dataclass(frozen=True)
class AchEntry:
    """One entry of an ACH file made in a test: dollars, the trace of its TRN addenda where it has one."""

    dollars: str
    trn: str | None = None
    code: str = "22"
    account: str = "5678"
    trace: str = "091000010000001"
    individual_id: str = ""
    returns: tuple[str, str] | None = None
    """The reason and the trace of the entry that this one returns."""

    def records(self) -> list[str]:
        """The entry (6) and its addenda (7)."""
        cents = int(Decimal(self.dollars) * 100)
        flag = "1" if self.trn or self.returns else "0"
        head = f"6{self.code}072000326{self.account:<17}{cents:010d}{self.individual_id:<15}{'CEDAR HOLLOW':<22}  "
        records = [f"{head}{flag}{self.trace}"]
        if self.trn:
            records.append(f"705{f'TRN*1*{self.trn}*1999999999~':<80}0001{self.trace[-7:]}")
        if self.returns:
            reason, original = self.returns
            records.append(f"799{reason}{original}      07200032{'':<44}{self.trace}")
        return records


def ach(*entries: AchEntry, sec: str = "CCD", settled: str = "261102", company: str = "TEST PAYER") -> bytes:
    """An ACH file of one batch whose controls hold, filled to whole blocks."""
    body = [record for entry in entries for record in entry.records()]
    hashed = sum(int(record[3:11]) for record in body if record[0] == "6") % 10**10
    sums = [
        sum(int(Decimal(one.dollars) * 100) for one in entries if (one.code[1] in "1234") == is_credit)
        for is_credit in (False, True)
    ]
    controls = f"{len(body):06d}{hashed:010d}{sums[0]:012d}{sums[1]:012d}"
    records = [
        f"101 072000326 0910000192611020800A094101{'OUR BANK':<23}{'THEIR BANK':<23}{'':<8}",
        f"5200{company:<16}{'':<20}1999999999{sec}HCCLAIMPMT{'':<6}{settled}   1091000010000001",
        *body,
        f"8200{controls}1999999999{'':<25}091000010000001",
    ]
    blocks = -(-(len(records) + 1) // 10)
    records.append(f"9000001{blocks:06d}{len(body):08d}{hashed:010d}{sums[0]:012d}{sums[1]:012d}{'':<39}")
    records += ["9" * 94] * (blocks * 10 - len(records))
    return "\n".join([*records, ""]).encode()
