"""What the bank prints beside a payment, and how it damages the trace in it."""

from random import Random

from .calendar import yymmdd
from .records import Remittance

VENDOR = ("ZELLBROOK PAYMTS", "1970000999")
CLEARINGHOUSE = ("CLEARWELL CLRHSE", VENDOR[1])
"""Pays through the same vendor, under its own name."""


def normal(trace: str) -> str:
    """Upper case, no spaces, no leading zeros: two traces equal in this form carry the same number."""
    return trace.upper().replace(" ", "").lstrip("0")


def shown_trace(rng: Random, trace: str, damage: str) -> str:
    """The trace as the bank prints it after this damage."""
    middle = len(trace) // 2
    if damage == "trace_digit_wrong":
        place = max(index for index, sign in enumerate(trace[:-1]) if sign.isdigit())
        return trace[:place] + str((int(trace[place]) + rng.randint(1, 8)) % 10) + trace[place + 1 :]
    shapes = {
        "trace_zeros_lost": trace.lstrip("0"),
        "trace_cut_15": trace[:15],
        "trace_spaces": f"{trace[:4]} {trace[4 : middle + 2]} {trace[middle + 2 :]}",
        "trace_lower": trace.lower(),
        "trace_suffix": trace[-8:],
    }
    return shapes.get(damage, trace)


def payment_text(rng: Random, row: Remittance, damage: str = "") -> tuple[str, tuple[int, ...], str]:
    """The bank's text for an EFT, where it is cut into 88 records, and the evidence it leaves."""
    payer = row.payer
    company, company_id = VENDOR if damage == "vendor_pays" else (payer.company, payer.payer_id)
    if damage in ("no_trace", "lookalike_no_trace"):
        return f"{company} DES:HCCLAIMPMT INDN:CEDAR HOLLOW RGNL CO ID:{company_id} CCD", (), "payer_amount"
    shown = shown_trace(rng, row.trace, damage)
    nacha = f"0999{rng.randrange(10**4):04d}{rng.randrange(10**7):07d}"
    styles = (
        f"HCCLAIMPMT {company} TRN*1*{shown}*{company_id}\\",
        f"ORIG CO NAME:{company} ORIG ID:{company_id} DESC DATE:{yymmdd(row.money_day)} CO ENTRY DESCR:HCCLAIMPMT "
        f"SEC:{'CTX' if payer.format == 'CTX' else 'CCD'} TRACE#:{nacha} EED:{yymmdd(row.money_day)} "
        f"IND NAME:CEDAR HOLLOW REG TRN*1*{shown}*{company_id}~",
        f"{company} DES:HCCLAIMPMT ID:{shown} INDN:CEDAR HOLLOW, RGNL CO ID:{company_id} PMT INFO:"
        f"TRN*1*{shown}*{company_id}\\",
        f"WIRE TYPE:WIRE IN ORIG:{company} REF:{shown} RFB:HCCLAIMPMT",
    )
    text = styles[0 if damage == "trace_split_88" else payer.text_style]
    evidence = "exact_trace" if normal(shown) == normal(row.trace) else "trace_damaged"
    return text, text_breaks(text, shown, damage == "trace_split_88"), evidence


def text_breaks(text: str, shown: str, inside_trace: bool) -> tuple[int, ...]:
    """Cuts every 80 signs, or once in the middle of the trace."""
    if inside_trace:
        return (text.index("TRN*1*") + 6 + len(shown) // 2,)
    return tuple(range(80, len(text), 80))
