"""820 payment orders: what they pay, what does not add up, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analysis.intake import x12_820
from analysis.problems import FileRejected
from tests.files import loaded
from tests.stores import empty_store

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "820"
OUT_OF_BALANCE = {
    "kputnam__stupidedi__summary-bill-payment.edi": Decimal("2250.00"),
    "kputnam__stupidedi__initial-hix-820-optional-outstanding-debt-owed-by-payee.edi": Decimal("-10.00"),
}
"""By adding up RMR04 by hand: the samples whose lines are not the payment."""

SEGMENTS = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*PAYEE          *261102*0800*^*00501*000000001*0*P*:",
    "GS*RA*PAYER*PAYEE*20261102*0800*1*X*005010X218",
    "ST*820*0001*005010X218",
    "BPR*C*95.00*C*ACH*CTX*01*999988880*DA*1234*1999999999**01*999977776*DA*5678*20261102",
    "TRN*1*99345678*1999999999",
    "N1*PE*CEDAR HOLLOW*FI*999999998",
    "N1*PR*TEST PAYER*FI*199999999",
    "ENT*1*2L*FI*199999999",
    "ADX*-5.00*H1",
    "RMR*IV*INV0001*PI*60.00*65.00",
    "ADX*-5.00*01",
    "RMR*IV*INV0002*PI*40.00",
    "SE*11*0001",
    "GE*1*1",
    "IEA*1*000000001",
)


def file_of(*segments: str) -> bytes:
    return ("~".join(segments) + "~").encode()


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the public sample files are not at {CORPUS}")
def test_every_public_sample_is_read_or_refused() -> None:
    """16 of 17; the one of version 3010 has no BPR."""
    for path in sorted(CORPUS.glob("*.edi")):
        if path.name == "kputnam__stupidedi__1.edi":
            with pytest.raises(FileRejected) as refused:
                x12_820.read(path.read_bytes())
            assert refused.value.code == "no_payment"
            continue
        parsed = x12_820.read(path.read_bytes())
        assert parsed.records["claims"] == path.read_bytes().count(b"RMR*"), path.name
        off = [one.amount for one in parsed.findings if one.code == "transaction_out_of_balance"]
        assert off == [amount for name, amount in OUT_OF_BALANCE.items() if name == path.name], path.name


def test_what_a_payment_pays() -> None:
    """An RMR is a claim payment; an ADX before it changes the payment, one after it explains it."""
    parsed = x12_820.read(file_of(*SEGMENTS))
    (payment,) = parsed.tables["remittance"].to_pylist()
    assert (payment["trace_key"], payment["payer_name"], payment["payment_date"]) == (
        "99345678",
        "TEST PAYER",
        date(2026, 11, 2),
    )
    lines = [
        (row["claim_id"], row["paid_amount"], row["charge_amount"])
        for row in parsed.tables["claim_payment"].to_pylist()
    ]
    assert lines == [("INV0001", Decimal("60.00"), Decimal("65.00")), ("INV0002", Decimal("40.00"), None)]
    assert [row["amount"] for row in parsed.tables["provider_adjustment"].to_pylist()] == [Decimal("5.00")]
    assert [row["amount"] for row in parsed.tables["claim_adjustment"].to_pylist()] == [Decimal("5.00")]
    assert parsed.findings == ()


def test_it_waits_for_its_deposit_like_an_835() -> None:
    """A remittance is a remittance: open under its trace and amount, and in balance."""
    with empty_store() as store:
        loaded(store, file_of(*SEGMENTS))
        with store.cursor() as cursor:
            keys = cursor.execute("select trace_key, amount, payer_key_1 from remittance_keys").fetchall()
            balance = cursor.execute("select in_balance from remittance_balances").fetchall()
        assert (keys, balance) == ([("99345678", Decimal("95.00"), "999999999")], [(True,)])


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        pytest.param("BPR*C*95.00", "BPR*C*", "x12_amount", id="no amount"),
        pytest.param("PI*60.00", "PI*sixty", "x12_amount", id="an amount that is none"),
        pytest.param("SE*11*0001~", "", "truncated", id="cut short"),
        pytest.param("ST*820", "ST*835", "other_transaction_set", id="another set"),
    ],
)
def test_what_cannot_be_read_is_refused(before: str, after: str, code: str) -> None:
    """By name, and nothing of the file is read."""
    with pytest.raises(FileRejected) as refused:
        x12_820.read(file_of(*SEGMENTS).replace(before.encode(), after.encode(), 1))
    assert refused.value.code == code
