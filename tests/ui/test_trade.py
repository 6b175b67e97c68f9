"""On a service company's store no page speaks of patients, claims or insurers; a setting says whose words are used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.trade_words import HOSPITAL, speak
from analysis.ui import store as opened_store
from tests.stores import service_file
from tests.ui.conftest import Opens, opens

FORBIDDEN = re.compile(
    r"patient|claim|hospital|\bEOBs?\b|\b835s?\b|medicare|medicaid|insur|beneficiar|physician|\bCMS\b|\bERA\b|provider",
    re.IGNORECASE,
)
LAWFUL = re.compile(r"unclaimed", re.IGNORECASE)
"""Unclaimed property is a word of the escheat laws, which hold for every trade."""

PAGES = [
    "today",
    "upload",
    "what_came",
    "close_day",
    "worklist",
    "unmatched",
    "variances",
    "keying",
    "deposits",
    "credit_balances",
    "refunds",
]
PAGES += [
    "instructions",
    "trace",
    "remittances",
    "bank_lines",
    "posting_batches",
    "matches",
    "runs",
    "settings",
    "takebacks",
]
UNSEEN = {"id", "key", "form_id", "url", "icon", "element_id", "url_path", "page_script_hash", "form_submit_mode"}
TRADE_CHOICE = "trade"
"""The one place where both trades are named: the setting itself."""


def strings(message: Any) -> Iterator[str]:
    """The texts of a protobuf message, without ids and addresses."""
    for field, value in message.ListFields():
        if field.name in UNSEEN or field.type == field.TYPE_BYTES:
            continue
        many = value if field.is_repeated else [value]
        for one in many:
            if isinstance(one, str):
                yield one
            elif hasattr(one, "ListFields"):
                yield from strings(one)


def seen(app: AppTest) -> list[str]:
    """All that the page shows: texts, labels, helps, choices, headings and cells of tables, words of charts."""
    told: list[str] = []
    for node in app:
        kind, proto = getattr(node, "type", ""), getattr(node, "proto", None)
        if proto is None or getattr(node, "key", None) == TRADE_CHOICE:
            continue
        if kind == "dataframe":
            configured = json.loads(proto.columns or "{}")
            order = list(proto.column_order) or list(node.value.columns)
            told += [str((configured.get(name) or {}).get("label", name)) for name in order]
            told += [cell for name in order for cell in node.value[name] if isinstance(cell, str)]
        elif kind == "plotly_chart":
            told += _texts(json.loads(proto.spec))
        else:
            told += strings(proto)
    return told


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for name, one in value.items() if name not in ("template", "bdata") for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []


def strange(app: AppTest) -> list[str]:
    """What of it is in a hospital's words."""
    return sorted({text[:160] for text in seen(app) if FORBIDDEN.search(LAWFUL.sub("", text))})


@pytest.fixture(scope="module")
def service_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the service company's sample, matched."""
    return service_file(tmp_path_factory.mktemp("trade") / "service.duckdb")


@pytest.fixture
def service(service_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opens]:
    """Opens a page on it; a hospital's words are spoken again afterwards."""
    yield opens(service_path, monkeypatch)
    speak(HOSPITAL)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_speaks_of_patients_or_claims(service: Opens, page: str):
    """Every page of the menu, and the hidden ones that can still be asked for."""
    app = service(page)
    assert not app.exception
    assert len(seen(app)) > 5
    assert strange(app) == []


WITH_ROWS = [
    "what_came",
    "variances",
    "credit_balances",
    "remittances",
    "posting_batches",
    "bank_lines",
    "matches",
    "runs",
]
WITH_ROWS += ["instructions", "settings"]


@pytest.mark.parametrize("page", WITH_ROWS)
def test_nor_does_what_a_chosen_row_opens(service: Opens, page: str):
    """The details under a list, for its first row."""
    app = service(page)
    app.session_state[app.dataframe[0].key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    assert not app.exception
    assert strange(app) == []


DETAILS = {
    "deposit": "select min(bank_transaction_id) from bank_transactions",
    "remittance": "select min(remittance_id) from remittances",
    "claim": "select min(claim_payment_id) from claim_payments",
    "batch": "select min(batch_id) from posting_batches",
    "account": "select min(account_id) from credit_accounts",
}


@pytest.mark.parametrize("page", DETAILS)
def test_nor_does_a_detail(service: Opens, page: str):
    """One deposit, remittance, paid invoice, batch and invoice."""
    service("today")
    with opened_store().cursor() as cursor:
        number = cursor.execute(DETAILS[page]).fetchall()[0][0]
    app = service(page, **{page: str(number)})
    assert not app.exception and not app.info
    assert len(seen(app)) > 10
    assert strange(app) == []


def test_nor_does_a_figure_that_is_opened(service: Opens):
    """Every figure of Today, with its definition and its rows."""
    app = service("today")
    names = [button.key.removeprefix("open_") for button in app.button if (button.key or "").startswith("open_")]
    assert len(names) > 15
    for name in names:
        app.query_params["open"] = name
        app.run()
        assert not app.exception
        assert strange(app) == [], name
