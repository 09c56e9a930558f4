"""A real browser for the pages: Debian's chromium, driven by Playwright, without any way out of the machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
    "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running chromium; tests are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make install")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """A function that opens a page from disk and, at the end, says whether it complained or asked for anything."""
    contexts: list[Any] = []
    noted: list[str] = []

    def open_it(html: str | Path, address: str = "", *, width: int = 1400, height: int = 900, **options: Any) -> Any:
        file = html if isinstance(html, Path) else tmp_path / f"page{len(contexts)}.html"
        if isinstance(html, str):
            file.write_text(html, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True, locale="en-GB", **options
        )
        contexts.append(context)
        page = context.new_page()
        own = file.as_uri()
        page.on("console", lambda message: noted.append(f"console: {message.type} {message.text}"))
        page.on("pageerror", lambda error: noted.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.split("#")[0] == own or request.url.startswith(("data:", "blob:"))
                else noted.append(f"request: {request.url}")
            ),
        )
        page.goto(own + address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert noted == []
