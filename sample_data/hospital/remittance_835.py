"""Remittances as 835 files: 005010X221A1, each payer with its own delimiters and habits."""

from dataclasses import dataclass, field
from datetime import date

from .calendar import ymd
from .cents import x12_number
from .payers import Payer
from .people import routing_number
from .records import Claim, Remittance, ServiceLine
from .world import DOCTOR_NPI, HOSPITAL, HOSPITAL_NPI, HOSPITAL_ROUTING, HOSPITAL_TIN, OPERATING

Segment = list[str]


@dataclass
class Counts:
    """What a written 835 file holds, counted while it is written; amounts as they stand in the file."""

    remittances: int = 0
    claims: int = 0
    service_lines: int = 0
    adjustments: int = 0
    provider_adjustments: int = 0
    payment_amount: int = 0
    claim_charge_amount: int = 0
    claim_payment_amount: int = 0
    provider_adjustment_amount: int = 0


@dataclass
class Writer:
    """Writes one file: an interchange per payer, a functional group per part of it."""

    day: date
    control: int
    delimiters: str = ""
    """A clearinghouse's own, in place of the payer's."""
    counts: Counts = field(default_factory=Counts)

    def interchanges(self, rows: list[Remittance]) -> str:
        """The file's text."""
        by_payer: dict[str, list[Remittance]] = {}
        for row in rows:
            by_payer.setdefault(row.payer.code, []).append(row)
        return "".join(self._interchange(some) for some in by_payer.values())

    def _interchange(self, rows: list[Remittance]) -> str:
        payer = rows[0].payer
        element, component, repetition, terminator = tuple(self.delimiters or payer.delimiters)
        self.control += 1
        head = [
            "ISA",
            "00",
            " " * 10,
            "00",
            " " * 10,
            "ZZ",
            payer.code.ljust(15),
            "ZZ",
            HOSPITAL_TIN.ljust(15),
            f"{self.day:%y%m%d}",
            "0615",
            repetition,
            "00501",
            f"{self.control:09d}",
            "0",
            "P",
            component,
        ]
        segments: list[Segment] = [head]
        size = -(-len(rows) // payer.groups)
        groups = [rows[start : start + size] for start in range(0, len(rows), size)]
        for number, group in enumerate(groups, 1):
            control = str(self.control * 10 + number)
            segments.append(["GS", "HP", payer.code, HOSPITAL_TIN, ymd(self.day), "0615", control, "X", "005010X221A1"])
            for place, row in enumerate(group, 1):
                segments += self._transaction(row, f"{place:04d}")
            segments.append(["GE", str(len(group)), control])
        segments.append(["IEA", str(len(groups)), f"{self.control:09d}"])
        end = terminator + ("\n" if self.delimiters else payer.line_end)
        return "".join(element.join(segment).replace("\x1f", component) + end for segment in segments)

    def _transaction(self, row: Remittance, control: str) -> list[Segment]:
        self.counts.remittances += 1
        self.counts.payment_amount += row.amount
        body = [["ST", "835", control], *_header(row), *_parties(row)]
        for number, claim in enumerate(row.claims, 1):
            body += [["LX", str(number)], *self._claim(row.payer, claim)]
        body += self._provider_adjustments(row)
        return [*body, ["SE", str(len(body) + 1), control]]

    def _claim(self, payer: Payer, claim: Claim) -> list[Segment]:
        charge = claim.charge + claim.charge_shown_extra
        self.counts.claims += 1
        self.counts.claim_charge_amount += charge
        self.counts.claim_payment_amount += claim.paid
        plain = payer.plain_numbers
        patient = "" if claim.status == "22" else x12_number(claim.group_total("PR"), plain)
        found = [
            [
                "CLP",
                claim.shown_account,
                claim.status,
                x12_number(charge, plain),
                x12_number(claim.paid, plain),
                patient,
                payer.filing,
                claim.icn,
                "11" if claim.is_inpatient else "13",
                "1",
                *(["", "470", "1.9"] if claim.is_inpatient else []),
            ]
        ]
        found += self._adjustments(claim.adjustments, plain)
        found += _claim_details(payer, claim)
        for number, line in enumerate(claim.lines, 1):
            found += self._service(line, number, plain)
        return found

    def _service(self, line: ServiceLine, number: int, plain: bool) -> list[Segment]:
        self.counts.service_lines += 1
        code = "\x1f".join(["HC", line.procedure, *line.modifiers])
        found = [
            [
                "SVC",
                code,
                x12_number(line.charge, plain),
                x12_number(line.paid + line.paid_shown_extra, plain),
                "",
                str(line.units),
            ],
            ["DTM", "472", ymd(line.day)],
        ]
        found += self._adjustments(line.adjustments, plain)
        found.append(["REF", "6R", f"{number:03d}"])
        patient = sum(cents for group, _, cents in line.adjustments if group == "PR")
        if line.paid > 0:
            found.append(["AMT", "B6", x12_number(line.paid + patient, plain)])
        if line.remark:
            found.append(["LQ", "HE", line.remark])
        return found

    def _adjustments(self, rows: list[tuple[str, str, int]], plain: bool) -> list[Segment]:
        """A CAS per group, up to six triplets in each; the empty quantity ends only the last."""
        groups: dict[str, list[tuple[str, int]]] = {}
        for group, reason, cents in rows:
            groups.setdefault(group, []).append((reason, cents))
            self.counts.adjustments += 1
        found = []
        for group, pairs in groups.items():
            segment = ["CAS", group]
            for place, (reason, cents) in enumerate(pairs):
                segment += ([""] if place else []) + [reason, x12_number(cents, plain)]
            found.append(segment)
        return found

    def _provider_adjustments(self, row: Remittance) -> list[Segment]:
        if not row.adjustments:
            return []
        segment = ["PLB", HOSPITAL_NPI, "20261231"]
        for plb in row.adjustments:
            self.counts.provider_adjustments += 1
            self.counts.provider_adjustment_amount += plb.cents
            segment += ["\x1f".join([plb.code, plb.reference]), x12_number(plb.cents, row.payer.plain_numbers)]
        return [segment]


def _header(row: Remittance) -> list[Segment]:
    payer = row.payer
    amount = x12_number(row.amount, payer.plain_numbers)
    if row.amount == 0:
        payment = ["BPR", "H", "0", "C", "NON", *[""] * 11, ymd(row.money_day)]
    elif payer.method == "CHK":
        payment = ["BPR", "C", amount, "C", "CHK", *[""] * 11, ymd(row.money_day)]
    else:
        bank = routing_number(f"0999{int(payer.ein[-4:]):04d}")
        payment = [
            "BPR",
            "I",
            amount,
            "C",
            payer.method,
            payer.format,
            "01",
            bank,
            "DA",
            f"55{payer.ein}",
            payer.payer_id,
            "",
            "01",
            HOSPITAL_ROUTING,
            "DA",
            OPERATING,
            ymd(row.money_day),
        ]
    return [
        payment,
        ["TRN", "1", row.trace, payer.payer_id],
        ["REF", "EV", HOSPITAL_TIN],
        ["DTM", "405", ymd(row.era_day)],
    ]


def _parties(row: Remittance) -> list[Segment]:
    payer = row.payer
    return [
        ["N1", "PR", payer.name],
        ["N3", f"{payer.ein[-3:]} NOWHERE PLAZA"],
        ["N4", "SAMPLETOWN", payer.state, "44999"],
        ["REF", "2U", payer.ein[-5:]],
        ["PER", "CX", "CLAIMS DESK", "TE", "5555550123"],
        ["PER", "BL", "EDI DESK", "TE", "5555550199", "EM", f"EDI@{payer.code}.EXAMPLE"],
        ["N1", "PE", HOSPITAL, "XX", HOSPITAL_NPI],
        ["N3", "1 INVENTED WAY"],
        ["N4", "CEDAR HOLLOW", "OH", "44998"],
        ["REF", "TJ", HOSPITAL_TIN],
    ]


def _claim_details(payer: Payer, claim: Claim) -> list[Segment]:
    """Names, outpatient or inpatient remarks, references, dates and amounts that take no part in balancing."""
    if claim.account is None:
        return [["NM1", "QC", "1", "STRANGER", "ANON", "", "", "", "MI", "ZZX000000000"], ["DTM", "050", "20261020"]]
    account, patient = claim.account, claim.account.patient
    found: list[Segment] = [["NM1", "QC", "1", patient.last, patient.first, "", "", "", "MI", patient.member_id]]
    serial = int(patient.member_id[3:])
    if serial % 7 == 0:
        found.append(["NM1", "IL", "1", patient.last, "GUARANTOR", "", "", "", "MI", patient.member_id])
    if serial % 31 == 0:
        found.append(["NM1", "74", "1", patient.last, patient.first + "E"])
    if serial % 3 == 0:
        found.append(["NM1", "82", "1", "INVENTED", "DOCTOR", "", "", "", "XX", DOCTOR_NPI])
    if claim.crossover_to:
        found.append(["NM1", "TT", "2", claim.crossover_to, "", "", "", "", "PI", "60123"])
    if claim.is_inpatient:
        found.append(["MIA", str((account.service_to - account.service_from).days)])
    elif payer.filing in ("MB", "16"):
        found.append(["MOA", "", "", "MA01"])
    found += _references(claim, serial)
    found += [["DTM", "232", ymd(account.service_from)], ["DTM", "233", ymd(account.service_to)]]
    found.append(["DTM", "050", ymd(account.service_to)])
    if claim.interest:
        found.append(["AMT", "I", x12_number(claim.interest, payer.plain_numbers)])
    if claim.paid > 0 and serial % 2 == 0:
        covered = claim.charge if serial % 4 else claim.paid
        found.append(["AMT", "AU", x12_number(covered, payer.plain_numbers)])
    if serial % 13 == 0:
        found.append(["AMT", "F5", "0"])
    return found


def _references(claim: Claim, serial: int) -> list[Segment]:
    """Original claim number, group, medical record and authorisation; which ones is the member id's luck."""
    found: list[Segment] = []
    if claim.original_icn:
        found.append(["REF", "F8", claim.original_icn])
    if serial % 4 == 0:
        found.append(["REF", "1L", f"GRP{serial % 1000:03d}"])
    if serial % 5 == 0:
        found.append(["REF", "EA", f"MR{serial % 100_000:05d}"])
    if serial % 11 == 0:
        found.append(["REF", "G1", f"AUTH{serial % 10_000:04d}"])
    return found
