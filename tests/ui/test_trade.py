"""On a service company's store no page speaks of patients, claims or insurers; a setting says whose words are used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.sample import AS_OF
from analysis.summary import morning_of
from analysis.trade import set_trade, trade_changes
from analysis.trade_words import HOSPITAL, SERVICE, speak, spoken
from analysis.ui import menu_of_payers
from analysis.ui import store as opened_store
from analysis.ui.tables import in_words
from analysis.ui.words import label
from tests.stores import service_file
from tests.ui.conftest import Opens, opens

FORBIDDEN = re.compile(
    r"patient|claim|hospital|\bEOBs?\b|\b835s?\b|medicare|medicaid|insur|beneficiar|physician|\bCMS\b|\bERA\b|provider",
    re.IGNORECASE,
)
LAWFUL = re.compile(r"unclaimed|\{\w+\}", re.IGNORECASE)
"""Unclaimed property is a word of the escheat laws, which hold for every trade; letters' fields, in braces, are
the store's."""

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
    "unidentified",
    "rejected_claims",
    "reference",
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
WITH_ROWS += ["instructions", "settings", "unidentified", "reference"]


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


def test_nor_does_any_figure_of_today(service: Opens):
    """Every figure, with its definition, its note and its rows."""
    service("today")
    found = morning_of(opened_store(), AS_OF)
    assert len(found) > 15
    for figure in found:
        rows = in_words(figure.rows[[name for name in figure.asked.columns if name in figure.rows.columns]])
        told = [figure.label, figure.definition, figure.note or "", *map(label, rows.columns)]
        cells = [cell for name in rows.columns for cell in rows[name] if isinstance(cell, str)]
        words = [spoken(one) for one in told] + cells
        assert [one for one in words if FORBIDDEN.search(LAWFUL.sub("", one))] == [], figure.name


def test_the_menu_leaves_out_what_only_a_hospital_has(service: Opens):
    """No page for what payers take back, none for the report to Medicare; a hospital has both."""
    service("today")
    assert menu_of_payers() == "hidden"
    speak(HOSPITAL)
    set_trade(opened_store(), HOSPITAL, "ana", "to see")
    assert menu_of_payers() == "visible"
    set_trade(opened_store(), SERVICE, "ana", "as it was")


def test_a_refund_goes_to_the_customer(service: Opens):
    """Request, queue and history: the payee is the customer, whatever the code inside is called."""
    app = service("credit_balances")
    shown = app.dataframe[0]
    place = list(shown.value["disposition"]).index("Refund customer")
    app.session_state[shown.key] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    app.run()
    kind = next(one for one in app.selectbox if one.label == "Payee is the")
    assert kind.value == "PATIENT" and kind.options == ["Third party", "Customer"]
    assert strange(app) == []


def test_the_trade_is_set_on_the_settings_page(service: Opens):
    """With a reason; who and when stand beside it, and the next page speaks the other words."""
    app = service("settings")
    app.radio(key="trade").set_value(HOSPITAL).run()
    app.text_input(key="trade_reason_reason").set_value("we are a hospital after all")
    next(one for one in app.button if one.label == "Set the trade").click().run()
    assert not app.exception
    told = trade_changes(opened_store())
    assert told["source"].iloc[0] == "we are a hospital after all" and told["set_to"].iloc[0] == "Hospital"
    assert "Patient" in seen(service("credit_balances"))
    set_trade(opened_store(), SERVICE, "ana", "as it was")
    assert "Patient" not in seen(service("credit_balances"))


def test_one_click_loads_the_service_company(empty: Opens):
    """The other button of an empty store: the sample is loaded, matched, and its words are spoken."""
    app = empty("today").button(key="load_service_sample").click().run(timeout=60)
    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric}["= Closing"] == "-276.50"
    assert strange(app) == []
    speak(HOSPITAL)
