"""Results to render, and a reader of pages that is stricter than a browser."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from grader.results import (
    CheckResult,
    Environment,
    Result,
    Seconds,
    SubmissionInfo,
    max_score_of,
    score_of,
)

MakeCheck = Callable[..., CheckResult]
MakeResult = Callable[..., Result]

_VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})


class Page(HTMLParser):
    """A page as its elements and its text; refuses tags that are not closed, or in the wrong order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: dict[str, list[str]] = {}
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and open it, refusing an attribute that is given twice."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: <{tag} {names}>"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)
            self.inside.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last, and nothing else."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> is out of place"

    def handle_data(self, data: str) -> None:
        """Add text to the element that it stands in."""
        if self._open:
            self.inside[self._open[-1]][-1] += data
        if self._open and self._open[-1] not in {"style", "script"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        """Join what a reader sees, in one line."""
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """List the attributes of each element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def policy(self) -> dict[str, list[str]]:
        """Read the page's Content-Security-Policy."""
        (content,) = [
            meta["content"] for meta in self.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"
        ]
        return {part.split()[0]: part.split()[1:] for part in content.split(";")}


@pytest.fixture(scope="session")
def read_page() -> Callable[[str], Page]:
    """Give the strict reader of pages."""
    return Page


@pytest.fixture(scope="session")
def make_check() -> MakeCheck:
    """Give a maker of checks: an id, an outcome, and whatever else is of interest."""

    def make(name: str = "check_relu", outcome: str = "passed", **fields: Any) -> CheckResult:
        null = outcome in {"manual", "internal_error"}
        given = None if null else 2.0 if outcome == "passed" else 0.0
        base: dict[str, Any] = {
            "id": name,
            "title": f"Title of {name}",
            "covers": ("relu",),
            "points": given,
            "max_points": 2.0,
            "outcome": outcome,
            "visibility": "visible",
        }
        return CheckResult(**{**base, **fields})

    return make


@pytest.fixture(scope="session")
def make_result() -> MakeResult:
    """Give a maker of results: the checks, and whatever else is of interest."""

    def make(*checks: CheckResult, student: str = "Doe, Jane", name: str = "doe_jane", **fields: Any) -> Result:
        base: dict[str, Any] = {
            "assignment": "sinenet",
            "submission": SubmissionInfo(id=name, student=student, files=("sinenet.py",), sha256="5e" * 32),
            "status": "graded",
            "score": score_of(checks),
            "max_score": max_score_of(checks),
            "checks": checks,
            "seconds": Seconds(wall=2.5, cpu=1.5),
            "sandbox": ("landlock", "seccomp"),
            "environment": Environment(python="3.11.7", torch="2.13.0", grader="0.1.0"),
            "checks_sha256": "c4" * 32,
            "seed": 918273645,
        }
        return Result(**{**base, **fields})

    return make
