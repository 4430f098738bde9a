"""Render views as pages; the one module that knows jinja2, and it loads it only to render.

A page is one file: its style, and the script of the index, stand in it, and its policy lets no other
style, script or resource in, whatever a student managed to write.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader import __version__
from grader.pictures import Feedback
from grader.report.code import coloured
from grader.report.overview import class_view
from grader.report.row import Row
from grader.report.staff import report_view
from grader.report.view import feedback_view
from grader.results import Evidence, Result

if TYPE_CHECKING:
    from jinja2 import Environment

_NOTHING, _CLOSED = Evidence(), Feedback()
_PAGES = (
    *("base.html", "parts.html", "code.html", "picture.html", "report.html", "feedback.html", "index.html"),
    *("review.html", "review_item.html"),
)
_FILES = ("style.css", "index.js", "review.js")


def render_report(result: Result, evidence: Evidence, feedback: Feedback = _CLOSED) -> str:
    """Render the page that staff get of one submission."""
    view = report_view(result, evidence, feedback)
    return _environment().get_template("report.html").render(view=view, mark=page_mark(feedback))


def render_feedback(result: Result, evidence: Evidence = _NOTHING, feedback: Feedback = _CLOSED) -> str:
    """Render the page that the student gets; `feedback` says what it may show of the solution."""
    view = feedback_view(result, evidence, feedback)
    return _environment().get_template("feedback.html").render(view=view, mark=page_mark(feedback))


def render_index(rows: Sequence[Row], *, assignment_title: str, marked: bool = False) -> str:
    """Render the page of a class, its rows in the order given."""
    view = class_view(rows, assignment_title, marked=marked)
    return _environment().get_template("index.html").render(view=view, mark=page_mark(_CLOSED))


def render_review(view: object) -> str:
    """Render the overview of a review; `view` is of `grader.review.screen`, as the others are of this package."""
    return _environment().get_template("review.html").render(view=view, mark="review")


def render_review_item(view: object) -> str:
    """Render the page on which a person decides on one check."""
    return _environment().get_template("review_item.html").render(view=view, mark="review")


@cache
def page_mark(feedback: Feedback) -> str:
    """Tell pages that were made by these templates, with these settings, from others: it stands in each of them."""
    parts = (__version__, _texts(), feedback)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:16]


def templates_directory() -> Traversable:
    """Find the templates: inside the package in an installed wheel, beside it in a checkout."""
    installed = resources.files("grader") / "templates"
    if (installed / "base.html").is_file():
        return installed
    return Path(__file__).resolve().parents[2] / "templates"


def prepare() -> None:
    """Compile the templates and load Pygments now, once for all processes that will be forked from this one."""
    _environment()
    coloured("", None)


@cache
def _texts() -> dict[str, str]:
    directory = templates_directory()
    return {name: (directory / name).read_text(encoding="utf-8") for name in (*_PAGES, *_FILES)}


@cache
def _environment() -> Environment:
    """Make the one environment of this process, with every template compiled."""
    # Here and not above: `grade --help` and a resume with nothing to do never need it.
    from jinja2 import DictLoader, StrictUndefined
    from jinja2 import Environment as Jinja
    from markupsafe import Markup

    texts = _texts()
    style, script, keys = _small(texts["style.css"]), texts["index.js"], texts["review.js"]
    environment = Jinja(
        loader=DictLoader({name: texts[name] for name in _PAGES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # Files and hashes of ours, nothing of a student's; what is escaped or cleaned elsewhere says so there.
    environment.globals.update(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        keys=Markup(keys),  # noqa: S704 - our own file
        keys_hash=_hash(keys),
    )
    parts = environment.get_template("parts.html").module
    for name in ("student_head", "staff_head", "tag"):
        environment.globals[name] = lru_cache(maxsize=1000)(getattr(parts, name))
    for name in _PAGES:
        environment.get_template(name)
    return environment


def _small(style: str) -> str:
    """Drop comments and spaces: the style stands in two pages of each of ten thousand submissions."""
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"/\*.*?\*/|\s+", " ", style, flags=re.DOTALL)).strip()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
