"""What students are given tells them nothing of hidden checks, nor of the solution: looked for in whole classes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.pictures import Picture
from grader.report.listing import is_notebook
from grader.results import CheckResult, Evidence, Result, Source

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"

_SHORT = 25
"""Characters: a shorter line, such as `return x`, is anybody's."""


def told(directory: Path, slug: str) -> list[str]:
    """List what the feedback of a class says that it should not: by page, the words."""
    found = []
    for folder in sorted((directory / "submissions").iterdir()):
        result = msgspec.json.decode((folder / "result.json").read_bytes(), type=Result)
        evidence = msgspec.json.decode((folder / "evidence.json").read_bytes(), type=Evidence)
        page = _words(html.unescape(re.sub(r"<[^>]*>", "", (folder / "feedback.html").read_text())))
        allowed = _words("\n".join(_shown(result, evidence)))
        secrets = {_words(text) for text in (*_hidden(result, evidence), *_solution(slug))}
        found += [f"{folder.name}: {text}" for text in sorted(secrets) if text in page and text not in allowed]
    return found


def _shown(result: Result, evidence: Evidence) -> Iterator[str]:
    """List what may be in the page: what is the student's own, and all of the visible checks."""
    yield from (result.message, *result.submission.files)
    if evidence.source is not None:
        yield from _own(evidence.source)
    visible = [check for check in result.checks if check.visibility == "visible"]
    for check in visible:
        yield from _texts(check)
    yield from (
        text for one in evidence.pictures if one.check in {check.id for check in visible} for text in _labels(one)
    )


def _own(source: Source) -> Iterator[str]:
    """List what stands in the student's file; of a notebook in its cells and below them."""
    if not is_notebook(source):
        yield source.text
        return
    for cell in json.loads(source.text):
        yield from (cell["source"], *(text for output in cell.get("outputs", ()) for text in output.values()))


def _hidden(result: Result, evidence: Evidence) -> Iterator[str]:
    hidden = [check for check in result.checks if check.visibility != "visible"]
    for check in hidden:
        yield from (text for text in _texts(check) if text)
    yield from (
        text for one in evidence.pictures if one.check in {check.id for check in hidden} for text in _labels(one)
    )
    yield from (line for text in evidence.details.values() for line in text.splitlines() if len(line) > _SHORT)


def _texts(check: CheckResult) -> Iterator[str]:
    yield from (check.id, check.title, check.message, check.hint or "", (check.mistake or "").replace("-", " "))


def _labels(picture: Picture) -> Iterator[str]:
    yield from (picture.title, picture.y_label, *(one.label for one in picture.series))


def _solution(slug: str) -> Iterator[str]:
    lines = {
        line.strip()
        for path in (SOLUTIONS / slug / "solution.py", SOLUTIONS / slug / "checks.py")
        for line in path.read_text().splitlines()
    }
    stub = (SOLUTIONS.parent / "assignments" / slug / f"{slug}.py").read_text()
    yield from (line for line in lines if len(line) > _SHORT and line not in stub)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
