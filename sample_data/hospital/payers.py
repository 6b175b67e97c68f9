"""Twenty invented payers, each with its own habits."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Payer:
    """A payer: who it is, and how its remittances and its money look and arrive."""

    code: str
    name: str
    company: str
    """As the bank prints it: at most 16 characters."""
    ein: str
    financial_class: str
    filing: str
    """CLP06."""
    method: str = "ACH"
    format: str = "CCP"
    delimiters: str = "*:^~"
    """Element, component, repetition, segment terminator."""
    line_end: str = ""
    trace_style: str = "digits"
    era_lead: int = 0
    """Banking days from the money to the remittance; negative when the remittance comes first."""
    weekdays: str = "01234"
    claims: tuple[int, int] = (2, 5)
    type_code: str = "142"
    text_style: int = 0
    bundle: str = ""
    plain_numbers: bool = False
    state: str = "OH"
    groups: int = 1
    is_paper: bool = False

    @property
    def payer_id(self) -> str:
        """TRN03: 1 and the EIN (with EIN prefixes the tax office does not issue)."""
        return "1" + self.ein

    def trace(self, rng: Random, number: int) -> str:
        """A trace or cheque number in this payer's style, unique by ``number``."""
        styles = {
            "digits": f"{7_100_000_000 + number * 37 + rng.randrange(37)}",
            "zeros": f"{number * 53 + rng.randrange(53):012d}",
            "alpha": f"EFT{number:06d}{rng.choice('ABCDEFGHK')}{rng.randrange(100):02d}",
            "long": f"8261102{number:07d}{rng.randrange(10**8):08d}",
            "very_long": f"PX{number:07d}R{rng.randrange(10**10):010d}T{rng.randrange(10**9):09d}",
            "cheque": f"{410_000 + number * 7 + rng.randrange(7):08d}",
            "short": f"{500_000 + number * 3 + rng.randrange(3)}",
        }
        return styles[self.trace_style]


PAYERS: tuple[Payer, ...] = (
    Payer(
        "NOVERIA",
        "NOVERIA MEDICARE CONTRACTOR",
        "NOVERIA MEDICARE",
        "890000011",
        "MEDICARE",
        "MB",
        line_end="\n",
        trace_style="long",
        era_lead=-1,
        claims=(3, 6),
        text_style=0,
        groups=2,
    ),
    Payer(
        "MAPLECAID",
        "MAPLELAND STATE MEDICAID",
        "MAPLELAND ST MED",
        "890000022",
        "MEDICAID",
        "MC",
        delimiters="|>!~",
        trace_style="zeros",
        weekdays="13",
        claims=(4, 7),
        text_style=1,
    ),
    Payer(
        "BLUECREST",
        "BLUECREST HEALTH OF MAPLELAND",
        "BLUECREST HEALTH",
        "890000033",
        "BLUE CROSS",
        "12",
        trace_style="alpha",
        era_lead=-1,
        claims=(3, 5),
        text_style=2,
    ),
    Payer(
        "BLUEFED",
        "BLUECREST FEDERAL PROGRAM",
        "BLUECREST FEDRL",
        "890000044",
        "BLUE CROSS",
        "12",
        delimiters="*>^~",
        line_end="\r\n",
        trace_style="alpha",
        weekdays="024",
        text_style=0,
    ),
    Payer(
        "COPPER",
        "COPPERFIELD MUTUAL HEALTH",
        "COPPERFIELD MUTL",
        "890000055",
        "COMMERCIAL",
        "12",
        delimiters="*:!^",
        trace_style="digits",
        weekdays="0134",
        text_style=1,
        plain_numbers=True,
    ),
    Payer(
        "JUNIPER",
        "JUNIPER COMMERCIAL HEALTH",
        "JUNIPER COMM HLT",
        "890000066",
        "COMMERCIAL",
        "12",
        delimiters="|:^~",
        line_end="\n",
        trace_style="zeros",
        era_lead=1,
        weekdays="0124",
        text_style=2,
    ),
    Payer(
        "STONE",
        "STONEBRIDGE EMPLOYERS HEALTH",
        "STONEBRIDGE EMPL",
        "890000077",
        "COMMERCIAL",
        "15",
        format="CTX",
        type_code="164",
        trace_style="very_long",
        weekdays="03",
        text_style=0,
        state="PA",
    ),
    Payer(
        "LARKSPUR",
        "LARKSPUR HEALTH PLAN",
        "LARKSPUR HLTH PL",
        "890000088",
        "COMMERCIAL",
        "HM",
        delimiters="*:^\n",
        trace_style="digits",
        weekdays="0234",
        type_code="165",
        text_style=1,
        state="PA",
    ),
    Payer(
        "HARBOR",
        "HARBORLIGHT MEDICARE ADVANTAGE",
        "HARBORLIGHT MA",
        "890000099",
        "MEDICARE",
        "16",
        trace_style="short",
        era_lead=-2,
        weekdays="0124",
        text_style=2,
        state="FL",
    ),
    Payer(
        "WILLOW",
        "WILLOWMERE COMMUNITY MEDICAID PLAN",
        "WILLOWMERE CMTY",
        "960000101",
        "MEDICAID",
        "HM",
        trace_style="zeros",
        weekdays="024",
        bundle="CLEARWELL",
        plain_numbers=True,
    ),
    Payer(
        "SUMMIT",
        "SUMMIT RIDGE PREFERRED",
        "SUMMIT RIDGE PPO",
        "960000112",
        "COMMERCIAL",
        "12",
        trace_style="alpha",
        weekdays="14",
        bundle="CLEARWELL",
        text_style=1,
        state="KY",
    ),
    Payer(
        "SILVER",
        "SILVERLEAF SUPPLEMENTAL",
        "SILVERLEAF SUPPL",
        "960000123",
        "COMMERCIAL",
        "12",
        trace_style="digits",
        weekdays="24",
        bundle="CLEARWELL",
        text_style=2,
        plain_numbers=True,
    ),
    Payer(
        "PINNACLE",
        "PINNACLE VALE ADMINISTRATORS",
        "PINNACLE VALE AD",
        "960000134",
        "COMMERCIAL",
        "15",
        format="CTX",
        type_code="164",
        trace_style="long",
        era_lead=2,
        weekdays="13",
        state="TX",
    ),
    Payer(
        "GRANDOAK",
        "GRAND OAK GOVERNMENT HEALTH",
        "GRAND OAK GOVT",
        "960000145",
        "COMMERCIAL",
        "CH",
        method="FWT",
        format="",
        type_code="195",
        trace_style="short",
        weekdays="2",
        text_style=3,
        state="TX",
    ),
    Payer(
        "CANDLE",
        "CANDLEWICK HEALTH PARTNERS",
        "CANDLEWICK HLTH",
        "960000156",
        "COMMERCIAL",
        "12",
        method="CHK",
        format="",
        trace_style="short",
        weekdays="",
        type_code="147",
        state="FL",
    ),
    Payer(
        "IRONWOOD",
        "IRONWOOD WORKERS COMPENSATION FUND",
        "IRONWOOD WC FUND",
        "960000167",
        "WORKERS COMP",
        "WC",
        method="CHK",
        format="",
        trace_style="cheque",
        claims=(1, 3),
        weekdays="0124",
        plain_numbers=True,
    ),
    Payer(
        "TALLGRASS",
        "TALLGRASS BENEFIT ADMINISTRATORS",
        "TALLGRASS BENEF",
        "960000178",
        "COMMERCIAL",
        "12",
        method="CHK",
        format="",
        delimiters="*:^~",
        line_end="\n",
        trace_style="cheque",
        claims=(1, 3),
        state="KY",
    ),
    Payer(
        "BRIGHT",
        "BRIGHTWATER STUDENT HEALTH",
        "BRIGHTWATER STUD",
        "960000189",
        "COMMERCIAL",
        "12",
        method="CHK",
        format="",
        delimiters="|:!~",
        trace_style="cheque",
        claims=(1, 2),
        weekdays="134",
    ),
    Payer(
        "QUARRY",
        "QUARRY LANE UNION TRUST",
        "QUARRY LANE UNTR",
        "970000190",
        "COMMERCIAL",
        "12",
        method="CHK",
        format="",
        trace_style="cheque",
        claims=(1, 2),
        weekdays="03",
        is_paper=True,
    ),
    Payer(
        "FERNWOOD",
        "FERNWOOD AUTO CASUALTY",
        "FERNWOOD AUTO CA",
        "970000201",
        "COMMERCIAL",
        "AM",
        method="CHK",
        format="",
        trace_style="cheque",
        claims=(1, 1),
        weekdays="14",
        is_paper=True,
        state="TX",
    ),
)
BY_CODE = {payer.code: payer for payer in PAYERS}
EFT_PAYERS = tuple(payer for payer in PAYERS if payer.method == "ACH")
CHEQUE_PAYERS = tuple(payer for payer in PAYERS if payer.method == "CHK" and payer.weekdays)
