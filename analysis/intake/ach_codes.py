"""ACH codes: what a transaction code and a return code say.

Source: NACHA file format; DOMAIN.md section 3.2. The names are ours.
"""

from __future__ import annotations

CREDITS = frozenset(f"{account}{digit}" for account in "2345" for digit in "1234") | {"81", "83", "85", "87"}
"""Money to the receiving account: 1 a returned credit, 2 a payment, 3 a test without money, 4 advice without money;
from 81 on the operator's advice of what it settled."""

DEBITS = frozenset(f"{account}{digit}" for account in "234" for digit in "6789") | {"55", "56", "82", "84", "86", "88"}
"""Money from the receiving account, in the same order."""

_RETURNS = """
R01 insufficient funds
R02 account closed
R03 no account, or the account is not the named person's
R04 account number not valid
R05 debit to a person's account not authorized as one
R06 returned at the sending bank's request
R07 authorization revoked
R08 payment stopped
R09 uncollected funds
R10 not authorized by the account's holder
R11 not as authorized
R12 account sold to another bank
R13 receiving bank not known
R14 representative payee died
R15 account's holder died
R16 account frozen
R17 entry with questionable or wrong details
R20 account takes no such entries
R21 company id not valid
R22 individual id not valid
R23 credit refused by the receiver
R24 the same entry twice
R29 debit to a company's account not authorized
R31 return allowed by both banks
R61 sent back to the wrong bank
R67 the return came twice
R68 the return came too late
R69 the return's details are wrong
R70 return not allowed
R71 return sent on to the wrong bank
R72 returned late, disputed
R73 returned in time, disputed
R74 return corrected
"""

RETURNS: dict[str, str] = dict(line.split(" ", 1) for line in _RETURNS.strip().splitlines())
"""The reasons that are named one by one."""


def return_reason(code: str) -> str:
    """What the return code says, for people; a code that is not named stands for itself."""
    return f"{code} {RETURNS[code]}" if code in RETURNS else f"{code}, a reason not in our list"
