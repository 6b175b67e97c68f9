"""From a number down to the bytes it came from: deposit, remittance, claim, line, raw segments; batch; account,
ledger."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.store import Store, query
from analysis.store.queries import query_table
from analysis.store.texts import raw_text

__all__ = ["raw_text"]


def deposit(store: Store, bank_transaction_id: int) -> pd.DataFrame:
    """The bank line: one row, none where there is no such line. Units: US dollars, money in positive."""
    return query(store, "drilldown/deposit", {"bank_transaction_id": bank_transaction_id})


def deposit_remittances(store: Store, bank_transaction_id: int) -> pd.DataFrame:
    """The remittances matched to a bank line. Grain: one row per match and remittance. Units: US dollars linked."""
    return query(store, "drilldown/deposit_remittances", {"bank_transaction_id": bank_transaction_id})


def deposit_batches(store: Store, bank_transaction_id: int) -> pd.DataFrame:
    """The posting batches matched to a bank line. Grain: one row per batch. Units: US dollars."""
    return query(store, "drilldown/deposit_batches", {"bank_transaction_id": bank_transaction_id})


def remittance(store: Store, remittance_id: int) -> pd.DataFrame:
    """The remittance with its balances: one row, or none. Units: US dollars."""
    return query(store, "drilldown/remittance", {"remittance_id": remittance_id})


def remittance_links(store: Store, remittance_id: int) -> pd.DataFrame:
    """What a remittance is matched to. Grain: one row per match and other fact. Units: US dollars linked."""
    return query(store, "drilldown/remittance_deposits", {"remittance_id": remittance_id})


def claims(store: Store, remittance_id: int) -> pd.DataFrame:
    """The claims of a remittance. Grain: one row per claim. Units: US dollars."""
    return query(store, "drilldown/claims", {"remittance_id": remittance_id})


def provider_adjustments(store: Store, remittance_id: int) -> pd.DataFrame:
    """The provider adjustments of a remittance. Grain: one row per PLB pair. Units: US dollars, positive reduces it."""
    return query(store, "drilldown/provider_adjustments", {"remittance_id": remittance_id})


def claim(store: Store, claim_payment_id: int) -> pd.DataFrame:
    """One claim and the places its segments span: one row, or none. Units: US dollars."""
    return query(store, "drilldown/claim", {"claim_payment_id": claim_payment_id})


def service_lines(store: Store, claim_payment_id: int) -> pd.DataFrame:
    """The service lines of a claim. Grain: one row per line. Units: US dollars."""
    return query(store, "drilldown/service_lines", {"claim_payment_id": claim_payment_id})


def claim_adjustments(store: Store, claim_payment_id: int) -> pd.DataFrame:
    """The adjustments of a claim. Grain: one row per group, reason and amount. Units: US dollars."""
    return query(store, "drilldown/claim_adjustments", {"claim_payment_id": claim_payment_id})


def batch_lines(store: Store, as_of: date, batch_id: str) -> pd.DataFrame:
    """The posted lines of a batch as told up to that day. Grain: one row per line. Units: US dollars."""
    return query(store, "tieout/batch_lines", {"as_of": as_of, "batch_id": batch_id})


def account(store: Store, account_number: str) -> pd.DataFrame:
    """The account's newest extract: one row, or none. Units: US dollars, a credit balance negative."""
    return query(store, "drilldown/account", {"account_number": account_number})


def account_number(store: Store, account_id: int) -> str | None:
    """The account that a row of an extract is of, by the row's id; None where there is no such row."""
    rows = query_table(store, "drilldown/account_by_id", {"account_id": account_id}).to_pylist()
    return rows[0]["account_number"] if rows else None


def ledger(store: Store, account_number: str) -> pd.DataFrame:
    """The account's ledger with its running balance. Grain: one row per entry. Units: US dollars."""
    return query(store, "drilldown/ledger", {"account_number": account_number})
