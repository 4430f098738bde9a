"""A real browser, and pages in it that may do nothing but be read: no dialog, no request, no error."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.report.conftest import make_check, make_result

__all__ = ["make_check", "make_result"]

Open = Callable[..., Page]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def launched(playwright: Playwright) -> Browser:
    """Start Chromium without a window."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "these tests need Chromium: install it, on Debian by apt-get install chromium"
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Share one browser among the tests of a file."""
    with sync_playwright() as playwright:
        found = launched(playwright)
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open HTML, or a file, in a tab of its own; the test fails on whatever a page must not do."""
    contexts, seen = [], list[str]()

    def open_page(html: str | Path, fragment: str = "", *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        path = html if isinstance(html, Path) else tmp_path / f"page{len(contexts)}.html"
        if isinstance(html, str):
            path.write_text(html, encoding="utf-8")
        watch(page, seen, path.as_uri())
        page.goto(path.as_uri() + fragment)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert seen == []


def watch(page: Page, seen: list[str], address: str) -> None:
    """Note what a page must not do: ask anybody anything, say an error, open a dialog or a window."""

    def dialog(one: Any) -> None:
        seen.append(f"dialog: {one.message}")
        with suppress(Exception):
            one.dismiss()

    page.on("dialog", dialog)
    page.on("popup", lambda one: seen.append(f"window: {one.url}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("console", lambda one: seen.append(f"console: {one.text}") if one.type in ("error", "warning") else None)
    page.on(
        "request",
        lambda one: None if one.url.startswith(("data:", address)) else seen.append(f"request: {one.url}"),
    )


def violations(page: Page) -> list[str]:
    """Ask axe what is wrong with a page for who cannot see it, or not well."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
