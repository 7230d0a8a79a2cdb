"""A real browser for the proofs about pages: Chromium without a window, or the test is skipped with its reason."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from proof.tools import tool

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


def needs_a_browser() -> None:
    """Skip a test, or fail it with CI set, where there is no browser to be driven."""
    untried = "pages were not tried in a browser"
    tool("chromium", untried)
    tool("chromedriver", untried)
    if not os.environ.get("CI"):
        pytest.importorskip("selenium", reason=f"selenium is not installed (.ci/browser.txt): {untried}")


@contextlib.contextmanager
def driver_of() -> Iterator[Any]:
    """A browser with nothing in its profile; it ends with the block."""
    from selenium import webdriver

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = tool("chromium", "")
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService(tool("chromedriver", ""))
        driver = webdriver.Chrome(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()
