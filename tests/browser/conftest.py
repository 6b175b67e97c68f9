"""A running Tieout on a store of its own, and a browser to drive it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.keepers.tree import ROOT

SECONDS_TO_START = 40
SIZE = {"width": 1440, "height": 1000}
BROWSER: pytest.StashKey[Browser] = pytest.StashKey()
"""Where the running browser is found by the report of a failed test."""


def chromium() -> str:
    """The browser's path. Without one the test is skipped with a reason, and fails on a build server."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get("CI"):
        pytest.fail("no chromium on this build server: apt-get install chromium")
    if found is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    return found


@dataclass
class App:
    """A server of the app, its store and the addresses that its pages asked for."""

    address: str
    store: Path
    requests: list[str] = field(default_factory=list)


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def served(store: Path) -> Iterator[App]:
    """Tieout as a user starts it, on the store at that path."""
    chromium()
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    with (store.parent / "server.log").open("wb") as log:
        environment = {**os.environ, "TIEOUT_STORE": str(store)}
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/_stcore/health", server)
            yield App(address, store)
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """Tieout on an empty store."""
    with served(tmp_path_factory.mktemp("browser") / "tieout.duckdb") as opened:
        yield opened


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """The server answers; an error where it ends or takes too long."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail("the server did not start")


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config):
    """The browser of all tests."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=chromium(), headless=True, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        pytestconfig.stash[BROWSER] = one
        yield one
        del pytestconfig.stash[BROWSER]
        one.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """A failed test's report says what the pages that are still open show."""
    report = yield
    if call.when == "call" and report.failed and BROWSER in item.config.stash:
        pages = [page for context in item.config.stash[BROWSER].contexts for page in context.pages]
        report.sections += [(f"the page {page.url}", _shown(page)) for page in pages]
    return report


def _shown(page: Page) -> str:
    """What the page says; a page that has crashed says nothing."""
    with suppress(Error):
        return page.locator("body").inner_text(timeout=5_000)
    return "(it does not answer)"


@pytest.fixture(scope="session")
def page(app: App, browser):
    """A browser page that notes every request it makes."""
    one = browser.new_page(viewport=SIZE, accept_downloads=True)
    one.set_default_timeout(60_000)
    one.on("request", lambda request: app.requests.append(request.url))
    return one
