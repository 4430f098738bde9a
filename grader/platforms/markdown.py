"""A result as a page of GitHub's Markdown: the summary of a job, the text of a release."""

from __future__ import annotations

import html
import re

from grader.platforms import safe
from grader.platforms.answer import Answer, Line
from grader.report.text import line as one_line
from grader.report.text import number

_MOST_CHARACTERS = 100_000
"""A release takes 125,000."""

_WORDS = 2_000
_MARKS = re.compile(r"[^\w ,.;'\"/?%=^\u0080-\U0010ffff]")


def inline(text: str) -> str:
    """Write a text that has no meaning but itself, in one line."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark[0])};", one_line(text)).replace("_", "&#95;")


def quoted(text: str) -> str:
    """Write a text as it stands: no marks, no links, nobody is mentioned."""
    return f"<pre>{html.escape(safe.text(text, _WORDS))}</pre>"


def page(told: Answer) -> str:
    """Write the score, the notes, a table of the checks that may be seen, and what is to be mended."""
    parts = [f"### {inline(told.heading)}", *map(quoted, told.notes)]
    if told.shown:
        parts.append("\n".join(("| Check | Result | Points |", "| --- | --- | --- |", *map(_row, told.shown))))
    parts += [f"**{inline(line.title)}**\n\n{quoted(line.text)}" for line in told.shown if line.text]
    kept: list[str] = []
    for part in parts:
        if sum(map(len, kept)) + len(part) > _MOST_CHARACTERS:
            kept.append("There is more, which is not shown here.")
            break
        kept.append(part)
    return "\n\n".join((*kept, ""))


def _row(line: Line) -> str:
    had = "?" if line.points is None else number(line.points)
    return f"| {inline(line.title)} | {inline(line.word)} | {had} of {number(line.max_points)} |"
