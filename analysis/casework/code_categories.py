"""Tieout's own short categories of the trade's codes, made to sort work by. No text of X12 or the AMA stands here.

A category says what kind of work a code makes; what the code itself says stands in the licensed list of a site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_CARC = {
    "patient_share": "1 2 3 66 142 241",
    "contract": "44 45 59 90 91 94 102 103 131 144 161 172 256",
    "withheld": "104 105",
    "capitation": "24",
    "paid_to_patient": "100",
    "bundled": "97 128 231 234 236 243 B10 B14 B15 P14",
    "duplicate": "18 B13",
    "not_covered": "49 51 53 54 55 56 96 114 167 204 272",
    "eligibility": "26 27 31 32 33 34 177 200 258",
    "other_payer": "19 20 21 22 23 109 129 136 275 276 B11 P6",
    "too_late": "29 138 164 B4",
    "necessity": "40 50 58 150 151 152 153 154 186 249 B8",
    "authorisation": "15 39 197 198 210 284 302",
    "missing_data": "4 5 6 7 8 9 10 11 12 13 14 16 107 110 125 140 146 181 182 206 207 208 226 227 250 251 252 A8 B12",
    "provider": "52 170 171 183 184 185 242 B7 B20",
    "limit_reached": "35 119 149 222",
    "government": "74 75 137 209 223 237 253",
    "interest": "85 225",
    "told_elsewhere": "70 78 87 89 101 115 118 130 187 A0 A1 A6 B1 B9 B16 B22",
    "injury_or_liability": "P1 P2 P3 P4 P7 P8 P9 P10 P12 P13",
}
_RARC = {
    "appeal_rights": "MA01 N1",
    "missing_data": (
        "M20 M44 M51 M53 M76 M77 M79 M119 M127 MA27 MA30 MA61 MA63 MA83 MA120 MA130 N4 N26 N29 N56 N382 N479 N517"
    ),
    "necessity": "M25 M26 N115 N386",
    "bundled": "M15 M80 M144 N19 N20 N122",
    "other_payer": "MA04 MA07 MA18 MA64 MA92 N8",
    "corrected_or_taken_back": "MA67 N432",
    "contract": "N14 N45 N381 N442",
    "told_only": "MA13 MA15 N365 N620",
}
_PLB = {
    "taken_back": "WO OB WU",
    "carried_forward": "FB",
    "refund_acknowledged": "72",
    "rebate": "B2",
    "interest": "L6 CR",
    "penalty": "L3 50 51",
    "withheld": "CW E3",
    "levy_or_lien": "IR LE",
    "capitation": "CT",
    "incentive": "BN FC IP",
    "education": "DM GO",
    "settlement": "C5 IS LS PI PL RA",
    "cost_report": "BD CV HM OA RE",
    "loan": "AH AM SL",
    "liability": "TL",
    "early_payment": "90",
    "other": "AP B3 CS J1",
}
_CLAIM_STATUS = {
    "paid": "1 2 3",
    "denied": "4",
    "paid_and_passed_on": "19 20 21",
    "taken_back": "22",
    "passed_on_only": "23",
    "told_only": "25",
}


def _by_code(words: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for category, codes in words.items():
        for code in codes.split():
            assert code not in found, code
            found[code] = category
    return found


CATEGORIES: Mapping[str, Mapping[str, str]] = {
    "CARC": _by_code(_CARC),
    "RARC": _by_code(_RARC),
    "PLB": _by_code(_PLB),
    "CLAIM_STATUS": _by_code(_CLAIM_STATUS),
}
"""By list, the category of each code that has one."""


def category_of(list_name: str, code: str) -> str | None:
    """Tieout's own category of that code; None where it has none."""
    return CATEGORIES.get(list_name, {}).get(code)


def own_codes() -> Iterator[tuple[str, str]]:
    """Every list and code that has a category of Tieout's own."""
    for list_name, codes in CATEGORIES.items():
        for code in codes:
            yield list_name, code
