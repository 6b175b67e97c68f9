"""What an unknown table may be: its heading row, its kind, and which of its columns are ours, by headings and values.

A guess is shown to a person and never loads anything by itself.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.days import day
from analysis.intake.cells import tried
from analysis.intake.column_mapping import ColumnMapping, DateOrder, claim_of, day_parts, iso_day, trimmed, turned
from analysis.intake.table_kinds import KINDS, Column, TableKind, normalised
from analysis.intake.tabular import DELIMITERS, TITLE_LINES, Table, head_rows, head_text
from analysis.intake.workbook import Row, is_workbook, sheets
from analysis.money import dollars
from analysis.problems import FileRejected

ROWS_LOOKED_AT = 50
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST_PART = 3
_SURE = 0.8
"""The share of a column's filled cells that must be of a type for the column to be taken for it."""

_OTHER_NAMES: Mapping[str, str] = {
    "bank_account": "account accountnumber accountno acct acctno acctnumber ouraccount",
    "posted_date": "date postdate postingdate transactiondate trandate bookingdate bookdate valuedate asofdate",
    "amount": "amt transactionamount tranamount netamount paymentamount value",
    "credit": "credits creditamount deposit deposits moneyin paidin cr",
    "debit": "debits debitamount withdrawal withdrawals moneyout paidout dr",
    "type_code": "baicode baitype trancode transactioncode code",
    "bank_reference": "bankref reference ref referencenumber refno transactionid",
    "customer_reference": "customerref checknumber chequenumber checkno serialnumber clientreference",
    "description": "details memo narrative text transactiondescription particulars",
    "batch_id": "batch batchnumber batchno batchname",
    "batch_type": "batchkind source",
    "deposit_date": "depdate depositday bankdate",
    "posting_date": "postdate posteddate postingday",
    "payer_name": "payer insurance insurancename payor payorname carrier",
    "control_total": "batchtotal controlamount total expectedtotal",
    "line_number": "line lineno seq sequence",
    "account_number": "account acct accountno acctno patientaccount patientaccountnumber visit visitnumber har invoice"
    " guarantoraccount invoicenumber",
    "reference_number": "reference ref checknumber eftnumber eft trace tracenumber checkeft",
    "transaction_type": "type trantype transtype kind",
    "posted_by": "user userid poster operator",
    "balance": "accountbalance currentbalance bal openbalance outstanding",
    "patient_name": "patient name guarantor guarantorname",
    "date_of_birth": "dob birthdate birthday",
    "financial_class": "fc finclass payerclass",
    "primary_payer_name": "primarypayer primaryinsurance insurance1 payer1",
    "secondary_payer_name": "secondarypayer secondaryinsurance insurance2 payer2",
    "service_from": "servicedate dos fromdate admitdate",
    "service_to": "thrudate todate dischargedate",
    "total_charges": "charges billed billedamount totalbilled",
    "credit_date": "creditsince",
    "last_payment_date": "lastpayment lastpaid lastpaiddate",
    "transaction_id": "transactionnumber tranid id txnid",
    "transaction_date": "date trandate postdate posteddate entrydate",
    "type": "trantype transactiontype kind",
    "reference": "ref referencenumber checknumber",
    "procedure_code": "cpt hcpcs procedure proccode",
    "trace_number": "trace eft eftnumber checknumber checkeft reference tracenumber trn",
    "payment_date": "paiddate checkdate paydate eftdate",
    "payment_amount": "checkamount eftamount totalpaid paymenttotal",
    "claim_id": "claim claimnumber patientcontrolnumber pcn account accountnumber",
    "paid_amount": "paid amountpaid payment claimpaid",
    "charge_amount": "charge charges billed billedamount",
    "receipt_id": "receipt receiptnumber receiptno id",
    "received_date": "date receiptdate received",
    "check_number": "check checkno chequenumber",
    "deposit_slip": "slip depositslipnumber",
}
"""Headings, as they are compared, under which billing systems and banks write our columns."""

_WHOLE_WORDS: Mapping[str, str] = {
    "acct": "account",
    "amt": "amount",
    "bal": "balance",
    "chk": "check",
    "ck": "check",
    "cust": "customer",
    "dep": "deposit",
    "desc": "description",
    "descr": "description",
    "dt": "date",
    "ins": "insurance",
    "nbr": "number",
    "no": "number",
    "num": "number",
    "pmt": "payment",
    "pt": "patient",
    "pymt": "payment",
    "ref": "reference",
    "svc": "service",
    "tran": "transaction",
    "trans": "transaction",
    "trx": "transaction",
    "txn": "transaction",
}
"""Words of headings as they are cut short, each with the whole word."""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a table: the line of its headings, the headings, and the first rows below them."""

    heading_line: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def texts(self, heading: str) -> list[str]:
        """The filled cells of the rows under a heading."""
        place = self.headings.index(heading)
        return [text for _, cells in self.rows if len(cells) > place and (text := cells[place].strip())]


@dataclass(frozen=True, slots=True)
class Guess:
    """What the table may be: kind and columns by heading; `date_order` None where the rows do not tell it."""

    kind: str
    columns: Mapping[str, str]
    missing: tuple[str, ...]
    date_order: DateOrder | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they would load, and each cell that would be refused: line, column and what is wanted."""

    columns: Mapping[str, list[object]]
    lines: tuple[int, ...]
    faults: tuple[tuple[int, str, str], ...]


def head_of(data: bytes) -> Head | None:
    """The beginning of the table, told from its first rows alone; None where the bytes are no table."""
    try:
        if is_workbook(data):
            found = (
                _head(itertools.islice(sheet.rows, TITLE_LINES + 1 + ROWS_LOOKED_AT))
                for sheet in sheets(data, [], head_only=True)
            )
            return next((head for head in found if head is not None), None)
        text = head_text(data)
        heads = [_head(itertools.islice(head_rows(text, one), TITLE_LINES + 1 + ROWS_LOOKED_AT)) for one in DELIMITERS]
        return max((head for head in heads if head), key=lambda head: len(head.headings), default=None)
    except FileRejected:
        return None


def _head(rows: Iterable[Row]) -> Head | None:
    """The first row of words that is as wide as most rows."""
    filled = [(line, cells) for line, cells in rows if any(map(str.strip, cells))]
    widths = Counter(len(trimmed(cells)) for _, cells in filled)
    for place, (line, cells) in enumerate(filled[: TITLE_LINES + 1]):
        headings = trimmed(cells)
        below = filled[place + 1 :]
        is_wide = len(headings) >= 2 and len(headings) >= widths.most_common(1)[0][0]
        if is_wide and all(_is_word(text) for text in headings if text) and any(headings):
            return Head(line, headings, tuple(below[:ROWS_LOOKED_AT]))
    return None


def _is_word(text: str) -> bool:
    return dollars(text) is None and not _is_day(text) and any(letter.isalpha() for letter in text)


def _is_day(text: str) -> bool:
    return any(day(iso_day(text, order)) is not None for order in ("month_first", "day_first"))


def guess(head: Head, kind: str | None = None) -> Guess:
    """The kind that fits best, or the columns for the kind that is told."""
    kinds = [one for one in KINDS if kind in (None, one.name)]
    columns, best = max(((_columns(head, one), one) for one in kinds), key=lambda found: _fit(*found))
    days = [heading for heading, name in columns.items() if _column(best, name).type == "day"]
    missing = best.missing(frozenset(columns.values()))
    return Guess(best.name, columns, tuple(missing), date_order(head, days))


def _fit(columns: Mapping[str, str], kind: TableKind) -> tuple[float, int]:
    wanted = len(kind.required) + bool(kind.any_of)
    lacking = len(kind.missing(frozenset(columns.values())))
    return (wanted - lacking) / wanted, len(columns)


def _columns(head: Head, kind: TableKind) -> dict[str, str]:
    """Headings and the columns they may be: the same names first, then other names for them, then, for what the kind
    needs, headings that end or begin with one; always only where the cells fit."""
    found: dict[str, str] = {}
    keys = {text: _keys(text) for text in head.headings if text}
    for step in ("own", "other", "part"):
        for column in kind.columns:
            is_needed = column.is_required or column.name in kind.any_of
            if column.name in found.values() or (step == "part" and not is_needed):
                continue
            own, others = normalised(column.name), _OTHER_NAMES.get(column.name, "").split()
            names = {"own": [own], "other": others, "part": [own, *others]}[step]
            free = [text for text in keys if text not in found]
            heading = next(
                (text for name in names for text in free if _is_named(keys[text], name, step == "part")), None
            )
            if heading is not None and _cells_fit(head.texts(heading), column):
                found[heading] = column.name
    return {heading: found[heading] for heading in head.headings if heading in found}


def _keys(heading: str) -> set[str]:
    """The heading as it is compared: as it is written, and with its words written out."""
    words = _WORDS.findall(heading.casefold().replace("#", " number"))
    return {normalised(heading), "".join(_WHOLE_WORDS.get(word, word) for word in words)}


def _is_named(keys: set[str], name: str, in_part: bool) -> bool:
    if not in_part:
        return name in keys
    return len(name) >= _SHORTEST_PART and any(key.startswith(name) or key.endswith(name) for key in keys)


def _cells_fit(texts: Sequence[str], column: Column) -> bool:
    if not texts or column.type in ("text", "choice") or column.is_private:
        return True
    tests = {"money": lambda text: dollars(text) is not None, "day": _is_day, "integer": str.isdigit}
    return sum(map(tests[column.type], texts)) >= _SURE * len(texts)


def _column(kind: TableKind, name: str) -> Column:
    return next(column for column in kind.columns if column.name == name)


def date_order(head: Head, headings: Iterable[str]) -> DateOrder | None:
    """How the days under these headings are written; None where every one could be read both ways."""
    parts = [found for heading in headings for text in head.texts(heading) if (found := day_parts(text))]
    if not parts or any(middle > 12 for _, middle, _ in parts):
        return "month_first"
    return "day_first" if any(first > 12 for first, _, _ in parts) else None


def preview(head: Head, mapping: ColumnMapping) -> Preview:
    """The first rows as they would load through the mapping. Rows of another width are faults too."""
    claim = claim_of(mapping, head.headings)
    width = len(head.headings)
    whole = [(line, cells) for line, cells in head.rows if len(trimmed(cells)) <= width <= len(cells)]
    faults = [(line, "row", f"{width} cells") for line, cells in head.rows if (line, cells) not in whole]
    columns = {
        name: [cells[place].strip() for _, cells in whole]
        for place, name in enumerate(claim.columns)
        if name is not None
    }
    lines = [line for line, _ in whole]
    typed, bad = tried(turned(Table(claim, head.heading_line, lines, columns, (), ()), mapping))
    return Preview({name: typed[name] for name in columns}, tuple(lines), tuple(sorted([*faults, *bad])))
