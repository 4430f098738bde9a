"""Markdown of a notebook, as HTML: hostile text costs little time, and whatever it holds, there is a page."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from grader.report.text import OUTPUT_CAP, block

if TYPE_CHECKING:
    from collections.abc import Callable

_OPENERS = ("\\begin{", "\\\\(", "\\\\[")
"""What opens mathematics whose end nbconvert then looks for in all the rest of the text, from each of them anew."""

_MOST_STEPS = 5_000_000
"""Characters that it may look at so; a chapter of formulas needs a tenth of it, and this many take a tenth second."""


def markdown_html(text: str) -> str:
    """Render Markdown as HTML that is still to be cleaned; what cannot be rendered is shown as it was written."""
    steps = len(text) * sum(text.count(opener) for opener in _OPENERS)
    if len(text) <= OUTPUT_CAP and steps <= _MOST_STEPS:
        with suppress(Exception):  # a parser of others, and text that was made to break it: no page may fail by it
            return _renderer()(text)
    return _as_written(text)


def _as_written(text: str) -> str:
    from markupsafe import escape

    return f"<pre>{escape(block(text, OUTPUT_CAP))}</pre>"


@cache
def _renderer() -> Callable[[str], str]:
    """Make a renderer without what would be thrown away anyhow: colours, anchors, pictures."""
    from markupsafe import escape
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    class Renderer(IPythonRenderer):
        def block_code(self, code: str, info: str | None = None) -> str:  # noqa: ARG002 - as it is called
            """Leave colours out: the language is the student's choice, and no page keeps them."""
            return f"<pre><code>{escape(code)}</code></pre>\n"

        def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002 - as above
            """Say that a picture stood here; nbconvert raises an error where one is attached."""
            return f"[picture: {text}]" if text else "[picture]"

    def render(text: str) -> str:
        renderer: Any = Renderer(escape=False, exclude_anchor_links=True)
        return str(MarkdownWithMath(renderer=renderer).render(text))

    return render
