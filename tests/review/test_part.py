"""What of a work stands beside the form: all that binds what the check covers, and never less without a word."""

from __future__ import annotations

import html
import json
import re

import pytest

from grader.report.code import CodeLine
from grader.results import Source
from grader.review.part import Part, part_of

HEAD = "import torch\n\n\ndef train():\n    return 1\n\n\n"
TAIL = "\n\ndef last():\n    return 2\n"


def _shown(part: Part) -> str:
    return "\n".join(_text(one) for one in _lines(part))


def _lines(part: Part) -> list[CodeLine]:
    return [one for cell in part.cells for one in cell.lines]


def _text(one: CodeLine) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", str(one.html)))


def _part(text: str) -> Part:
    return part_of(Source(name="hw.py", text=text), ("reflection",))


def _notebook(*cells: tuple[str, str]) -> Source:
    return Source(name="hw.ipynb", text=json.dumps([{"kind": kind, "source": source} for kind, source in cells]))


@pytest.mark.parametrize(
    "text",
    [
        "reflection = '''\nH = 3 underfits.\nlr=0.5: it jumps.\ntrain = best.\ndef x\nTHE END\n'''",
        "if True:\n    reflection = 'the text'",
        "(reflection := 'the text')",
        "title, reflection = 'a', 'the text'",
        "reflection: str = (\n    'one '\n    'two'\n)",
        "for reflection in ['the text']:\n    pass",
        "try:\n    x = 1\nexcept ValueError as e:\n    reflection = 'the text'",
        "@torch.no_grad()\ndef reflection():\n    train = 'not the end'\n    return 'the text'",
    ],
)
def test_all_of_a_statement_is_shown(text: str) -> None:
    """Whatever stands in a string, and however the name is bound; and nothing of what is defined beside it."""
    assert _shown(_part(HEAD + text + TAIL)) == text


def test_every_statement_that_binds_the_name_is_shown() -> None:
    """A text may be put together from several."""
    shown = _part(HEAD + "reflection = 'first'\nx = 1\nreflection += 'second'" + TAIL)

    assert _shown(shown) == "reflection = 'first'\nreflection += 'second'"
    assert [one.number for one in _lines(shown)] == [8, 10]


def test_a_line_of_two_statements_is_shown_once() -> None:
    """However often the name is bound in it."""
    assert _shown(_part(HEAD + "reflection = ''; reflection += 'x'" + TAIL)) == "reflection = ''; reflection += 'x'"


@pytest.mark.parametrize("text", ["x = 1\n", "def f():\n    reflection = 1\n", "# reflection\n", "def x(:\n"])
def test_what_binds_it_nowhere_is_shown_whole(text: str) -> None:
    """So that whoever decides sees what there is."""
    part = _part(text)

    assert part.whole
    assert _shown(part) == text.rstrip("\n")


@pytest.mark.parametrize("text", ["def x(:\nreflection = 1\nmore", "reflection = 1\n!ls", "-" * 20_000 + "reflection"])
def test_what_does_not_parse_is_shown_to_its_end(text: str) -> None:
    """No end of a statement is known there."""
    assert _shown(_part(text)).startswith(text[:9_000])
    assert len(_lines(_part(text))) == text.count("\n") + 1


def test_a_text_in_markdown_is_seen() -> None:
    """Of a notebook that never sets the name, every cell is shown."""
    part = part_of(_notebook(("markdown", "# Mine"), ("code", "x = 1"), ("markdown", "I saw it fit.")), ("reflection",))

    assert part.whole
    assert "I saw it fit." in str(part.cells[2].html)


def test_parts_come_from_several_cells() -> None:
    """One that does not parse is shown whole where it names it, and left out where it does not."""
    cells = [("code", "!ls"), ("code", "reflection = 1\nx = 2"), ("raw", "reflection"), ("code", "%time reflection")]

    part = part_of(_notebook(*cells), ("other", "reflection"))

    assert [cell.title for cell in part.cells] == ["Cell 2", "Cell 3"]
    assert [(one.number, _text(one)) for one in _lines(part)] == [(1, "reflection = 1"), (1, "%time reflection")]


def test_no_file_is_told() -> None:
    """Of what was rejected there is none."""
    assert "No file is on record" in part_of(None, ("reflection",)).said


@pytest.mark.parametrize("text", ["", "[]"])
def test_a_file_of_which_nothing_is_left_is_told(text: str) -> None:
    """Whether there was nothing in it or nothing of it was kept."""
    part = part_of(Source(name="hw.ipynb", text=text, cut=True), ("reflection",))

    assert (part.cells, part.said.split(":")[0]) == ((), "Nothing of hw.ipynb can be shown")


@pytest.mark.parametrize(("many", "cells", "cut"), [(200, 2, False), (201, 2, True), (400, 1, True), (401, 1, True)])
def test_what_is_too_long_says_so(many: int, cells: int, cut: bool) -> None:
    """A page has room for four hundred lines, of all cells."""
    part = part_of(_notebook(("code", "x = 1\n" * many), ("code", "y = 1\n" * many)), ())

    assert (len(part.cells), len(_lines(part))) == (cells, 400)
    assert bool(part.cut) == cut


def test_a_part_of_a_file_that_was_not_kept_whole_says_so() -> None:
    """The name may be bound once more behind what is known."""
    text = HEAD + "reflection = 'first'" + TAIL

    assert "more may follow" in part_of(Source(name="hw.py", text=text, cut=True), ("reflection",)).cut
    assert part_of(Source(name="hw.py", text=text, cut=True), ("other",)).cut
