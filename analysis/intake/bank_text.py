r"""What a bank line's text tells: traces, who paid, and a description without card numbers.

Pure functions over text. A text arrives in parts (a BAI2 16 and its 88s, or one CSV cell), and banks break it anywhere:

    ["HCCLAIMPMT ZP UHCDComm5044 TRN*1*736886274*1470858530\"]   trace 736886274, company 1470858530
    ["HCCLAIMPMT TRN*1*00012", "345678*1411289245~"]             trace 12345678, company 1411289245
    ["AETNA HCCLAIMPMT TR", "N*1*99345678*1066033492~"]          only joined by nothing: trace 99345678
    ["CIGNA HCCLAIMPMT REF:0099X7"]                              company CIGNA, token 99X7

so every search for a TRN segment reads the parts joined by a blank and joined by nothing.
Source: DOMAIN.md section 2; NACHA CCD+ addenda `TRN*1*<trace>*<payer id>[*<supplement>]~` (or `\`) in 80 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.intake.traces import trace_key

TOKENS_PER_LINE = 24
"""How many candidates a line's free text gives at most, so that one absurd line cannot flood the store."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a remittance's trace: its `trace_key`, and where it was found.

    `found_in`, strongest first: `trn_segment`, `trn_segment_unspaced`, `customer_reference`, `text_token`,
    `bank_reference`.
    """

    trace_key: str
    found_in: str


@dataclass(frozen=True, slots=True)
class LineText:
    """What one bank line says in words: the description (cards masked), who paid, trace candidates, best first, and of
    how many cheques a deposit is."""

    description: str | None
    company_name: str | None
    company_id: str | None
    candidates: tuple[Candidate, ...]
    item_count: int | None = None


def read_line(parts: Sequence[str], bank_reference: str = "", customer_reference: str = "") -> LineText:
    """Everything that the parts of a bank line's text and its two references tell.

    Never fails; each trace key appears once, at its strongest place.
    """
    spaced = " ".join(part.strip() for part in parts if part.strip())
    unspaced = "".join(parts) if len(parts) > 1 else ""
    segments = _segments(spaced, unspaced)
    rest, glued = (mask_cards(_TRN.sub(" ", text)) for text in (spaced, unspaced))
    company_id = next((segment.payer_id for segment in segments if segment.payer_id), None) or _company_id(rest)
    found = [(segment.trace, segment.found_in) for segment in segments]
    found.append((customer_reference, "customer_reference"))
    found.extend((token, "text_token") for token in _tokens(rest, glued, company_id))
    found.append((bank_reference, "bank_reference"))
    best: dict[str, str] = {}
    for text, found_in in found:
        key = trace_key(text) if _has_digit(text) else None
        if key is not None:
            best.setdefault(key, found_in)
    candidates = tuple(Candidate(key, found_in) for key, found_in in best.items())
    return LineText(mask_cards(spaced) or None, _company_name(spaced), company_id, candidates, _item_count(spaced))


@dataclass(frozen=True, slots=True)
class _Segment:
    trace: str
    payer_id: str | None
    is_whole: bool
    found_in: str


_TRN = re.compile(
    r"""TRN\*1\*(?:
        (?P<spread>[^*~\\\s]{1,50}+(?:[ ]{1,50}+(?=[^*~\\\s]{0,50}\d)[^*~\\\s]{1,50}+){0,5}+)[ ]{0,50}
            \*(?P<payer>[0-9A-Z]{9,10})(?![0-9A-Z])
        |(?P<whole>[^*~\\\s]{1,50})(?=[*~\\])(?:\*[^*~\\\s]*)?
        |(?P<stump>[^*~\\\s]{1,50})
    )(?:\*[^*~\\\s]*)?[~\\]?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
"""A trace with its payer's id (blanks inside the trace allowed), a closed one, or what is left of one cut short."""


def _found(text: str, found_in: str) -> Iterator[_Segment]:
    for match in _TRN.finditer(text):
        trace = match["spread"] or match["whole"] or match["stump"]
        yield _Segment(trace, match["payer"] and match["payer"].upper(), match["stump"] is None, found_in)


def _segments(spaced: str, unspaced: str) -> list[_Segment]:
    """The TRN segments, whole ones first; a short stump that an unspaced whole trace completes is left out."""
    glued = [segment for segment in _found(unspaced, "trn_segment_unspaced") if segment.is_whole]
    plain = list(_found(spaced, "trn_segment"))

    def is_short(segment: _Segment) -> bool:
        completed = any(whole.trace.startswith(segment.trace) for whole in glued)
        return completed and not segment.is_whole and len(segment.trace) < 6

    kept = [segment for segment in plain if not is_short(segment)]
    return sorted(kept + glued, key=lambda segment: not segment.is_whole)


_DIGIT = re.compile(r"[0-9]")


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


_LABELLED = re.compile(
    r"\b(?:TRN|TRACE|TRC|EREF|REF(?:ERENCE)?|EFT|CHECK|CHK|(?<!CO )(?<!ORIG )ID)\.?\s*(?:NO\.?|NUM(?:BER)?|NBR|ID)?"
    r"\s*[:#=]{1,2}\s*([0-9A-Z./-]{0,49}[0-9A-Z](?: [0-9A-Z./-]{0,24}\d[0-9A-Z./-]{0,24}(?![0-9A-Z:])){0,4})",
    re.ASCII,
)
"""A value after its label, and the groups that hold a digit and follow it after one blank each."""
_TOKEN = re.compile(r"[0-9A-Z][0-9A-Z./-]{4,48}[0-9A-Z]", re.ASCII)
_NO_TRACE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d+\.\d{2}|(?:X{4}[ -]?){2}.*", re.ASCII
)
"""Dates, amounts, masked cards."""


def _tokens(spaced: str, unspaced: str, company_id: str | None) -> list[str]:
    """Labelled tokens, then free ones of six characters or more; each holds a digit and is no date, amount or card."""
    found: dict[str, int] = {}  # each token with how many characters its key must have
    for text in (spaced.upper(), unspaced.upper()):
        for match in _LABELLED.finditer(text):
            found.update({match[1]: 1, match[1].partition(" ")[0]: 1})
        for token in _TOKEN.findall(text):
            found.setdefault(token, 6)
    return [
        token
        for token, shortest in found.items()
        if _has_digit(token)
        and token != company_id
        and not _NO_TRACE.fullmatch(token)
        and (shortest == 1 or len(trace_key(token) or "") >= shortest)
    ][:TOKENS_PER_LINE]


_ITEMS = re.compile(r"(?<![0-9A-Z.,/-])([1-9]\d{0,3}) (?:ITEM|CHECK|CHK|CHEQUE)S?\b", re.ASCII | re.IGNORECASE)


def _item_count(text: str) -> int | None:
    """How many cheques the text says the deposit is made of; None where it says nothing."""
    found = _ITEMS.search(text)
    return int(found[1]) if found else None


_ID_LABEL = re.compile(r"\b(?:CO(?:MPANY)?|ORIG(?:INATOR)?)[ .]*ID[ :#=]+([0-9A-Z]{9,10})\b", re.ASCII | re.IGNORECASE)
_ID_EIN = re.compile(r"(?<![0-9A-Z*])(1\d{9})(?![0-9A-Z])", re.ASCII | re.IGNORECASE)
_CLAIM_PAYMENT = re.compile(r"\bHCCLAIMPMT\b", re.ASCII | re.IGNORECASE)


def _company_id(text: str) -> str | None:
    """The payer's id where no TRN segment names it: labelled, or `1` and nine digits beside HCCLAIMPMT."""
    found = _ID_LABEL.search(text) or (_ID_EIN.search(text) if _CLAIM_PAYMENT.search(text) else None)
    return found[1].upper() if found else None


_NAME_LABEL = re.compile(
    r"\b(?:ORIG(?:INATING)? CO(?:MPANY)? NAME|COMPANY NAME|CO NAME|ORIGINATOR(?: NAME)?|ORIG|DBNM)\s*[:=]\s*"
    r"(.{1,60}?)(?=\s{2,}|\s+(?:(?:ORIG|DESC|CO|IND|ENTRY|TRACE)\s+)?[A-Z]{2,12}\s?#?:|[;,]|$)",
    re.ASCII | re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"([A-Z][^*~\\:;]{0,59}?)\s+(?:DES(?:CR)?:\s*)?HCCLAIMPMT\b", re.ASCII | re.IGNORECASE)
_NAME_AFTER = re.compile(r"\bHCCLAIMPMT\s+([A-Z][^*~\\:;]{1,39}?)\s+TRN\*1\*", re.ASCII | re.IGNORECASE)
_LEADING = re.compile(
    r"(?:(?:PRE-?AUTHORIZED|ELECTRONIC|CORPORATE|INCOMING|ACH|CREDITS?|DEPOSIT|RECEIVED|PAYMENT|CCD|CTX|FROM)\b[\s:,/-]*)+",
    re.ASCII | re.IGNORECASE,
)


def _company_name(text: str) -> str | None:
    """Who paid, as the bank spells it: a labelled originator, else what stands before or right after HCCLAIMPMT."""
    found = _NAME_LABEL.search(text)
    if found is None and _CLAIM_PAYMENT.search(text):
        found = _NAME_BEFORE.search(text) or _NAME_AFTER.search(text)
    if found is None:
        return None
    name = found[1]
    if leading := _LEADING.match(name):
        name = name[leading.end() :]
    return mask_cards(" ".join(name.split())) or None


_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?<!TRN\*1\*)"
    r"(?:[2-6]\d{12,18}|[2-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5})"
    r"(?![0-9A-Za-z])",
    re.ASCII,
)


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * 2 if n % 2 else int(digit) for n, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _masked(match: re.Match[str]) -> str:
    run = match[0]
    if not _passes_luhn(re.sub(r"[ -]", "", run)):
        return run
    return re.sub(r"\d", "X", run[:-4]) + run[-4:]


def mask_cards(text: str) -> str:
    """The text, as long as before, with all but the last four digits of every payment card number made `X`.

    A card number is a run of 13 to 19 digits (plain, or in card groups with blanks or dashes) that begins with 2 to 6,
    as payment cards do, and passes Luhn; a trace right after `TRN*1*` is none.
    """
    return _CARD.sub(_masked, text)
