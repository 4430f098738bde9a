"""The review in a real browser: by keyboard alone, with double clicks, two tabs and hostile texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from grader.gradebook.book import open_existing
from grader.gradebook.reviews import Reviews
from tests.browser.conftest import violations, watch
from tests.review.conftest import graded_class
from tests.review.serving import Server, serving

__all__ = ["graded_class"]

pytestmark = pytest.mark.slow


@pytest.fixture
def server(graded_class: tuple[Path, Path], tmp_path: Path) -> Iterator[Server]:
    """Serve a class of its own for each test."""
    shutil.copytree(graded_class[1], tmp_path / "out")
    with serving(tmp_path / "out") as found:
        yield found


@pytest.fixture
def tab(browser: Browser, server: Server) -> Iterator[Page]:
    """Open the overview; the test fails on any dialog, error, or request elsewhere."""
    context, seen = browser.new_context(), list[str]()
    page = context.new_page()
    watch(page, seen, server.url)
    page.goto(server.url)
    yield page
    context.close()
    assert seen == []


def _entries(tmp_path: Path) -> list[tuple[str, float | None, str]]:
    with closing(open_existing(tmp_path / "out", None)) as book:
        return [(one.student_id, one.points, one.comment) for one in Reviews(book).history()]


def test_a_class_is_reviewed_by_keyboard_alone(tab: Page, tmp_path: Path) -> None:
    """Full, a comment, save and next; a number, save and next; and then all the rest."""
    tab.get_by_role("link", name="Begin with").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#points")

    tab.keyboard.press("f")
    tab.keyboard.type("Well seen.")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**student=ben**")
    tab.keyboard.type("2")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**student=cho**")
    tab.keyboard.press("z")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector("text=Nothing: all is decided.")

    assert _entries(tmp_path) == [("ann", 5.0, "Well seen."), ("ben", 2.0, ""), ("cho", 0.0, "")]


def test_next_and_previous_by_keys(tab: Page) -> None:
    """Without a decision, from one to the next and back, and to the overview."""
    tab.get_by_role("link", name="Begin with").click()
    tab.keyboard.press("n")
    tab.wait_for_url("**student=ben**")
    tab.keyboard.press("p")
    tab.wait_for_url("**student=ann**")
    tab.keyboard.press("o")
    tab.wait_for_selector("#everybody")


def test_a_double_click_is_one_decision(tab: Page, tmp_path: Path) -> None:
    """Whatever the hand does."""
    tab.get_by_role("link", name="Begin with").click()
    tab.fill("#points", "4")

    tab.get_by_role("button", name="Save and next").dblclick()
    tab.wait_for_url("**student=ben**")

    assert _entries(tmp_path) == [("ann", 4.0, "")]


def test_it_works_without_a_script(browser: Browser, server: Server, tmp_path: Path) -> None:
    """Plain forms and links do it all."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(server.url)
    page.get_by_role("link", name="Begin with").click()
    page.fill("#points", "3.5")
    page.fill("#comment", "Good")

    page.get_by_role("button", name="Save and next").click()

    assert _entries(tmp_path) == [("ann", 3.5, "Good")]
    assert page.locator("#keys").is_hidden()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_everybody_can_use_it(browser: Browser, server: Server, scheme: str, width: int) -> None:
    """Axe finds nothing against WCAG 2.2 AA, on the overview, on a form, and on one that was refused."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page.goto(server.url)
    found = violations(page)
    page.get_by_role("link", name="Begin with").click()
    found += violations(page)
    page.fill("#points", "99")
    page.get_by_role("button", name="Save and next").click()
    page.wait_for_selector("text=Points are a number from 0 to 5.")

    assert found + violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_keys_can_be_turned_off(tab: Page) -> None:
    """For who dictates: then letters do nothing, on the next pages too."""
    tab.get_by_role("link", name="Begin with").click()
    tab.get_by_label("keys").uncheck()
    tab.reload()

    tab.locator("h1").click()
    tab.keyboard.press("n")
    tab.wait_for_timeout(200)

    assert "student=ann" in tab.url
    assert not tab.get_by_label("keys").is_checked()
