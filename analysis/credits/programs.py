"""Medicare and Medicaid by a payer's name: the programs themselves, not the insurers that run plans for them."""

from __future__ import annotations

GOVERNMENT = ("MEDICARE", "MEDICAID")
"""The programs, which are financial classes too, whose overpayments federal law times."""


def names_program(payer: str, *programs: str) -> bool:
    """Whether the payer is one of the programs by its name."""
    return not is_advantage_plan(payer) and any(program in payer.upper() for program in programs)


def is_advantage_plan(payer: str) -> bool:
    """Whether an insurer runs it in Medicare's place."""
    return "ADVANTAGE" in payer.upper()
