"""The student's own file in the pages: every line, coloured, and marked where a check is about it."""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.report.code import coloured
from grader.report.markdown import markdown_html
from grader.report.notebook import clean_html
from grader.report.pages import render_feedback, render_report
from grader.results import Evidence, Place, Source
from tests.report.conftest import MakeCheck, MakeResult, Page

SOURCE = Source(name="hw.py", text="import torch\n\n\ndef relu(x):\n    return x.clamp(0, 1)\n\n\nrelu = relu\n")
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


def _text(line: object) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", str(line)))


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(st.sampled_from("ab '\"\\\n\t#({[:=.\u2028\x0c\x85é<&"), max_size=60))
def test_colours_change_no_line(text: str) -> None:
    """Whatever the text, valid Python or not: as many lines as it has, each with its own words."""
    lines = coloured(text, None)

    wanted = text.removesuffix("\n").split("\n")
    assert [line.number for line in lines] == list(range(1, len(wanted) + 1))
    for line, own in zip(lines, wanted, strict=True):
        assert re.sub(r"\s|[\u2028\x0c\x85]", "", _text(line.html)) == re.sub(r"\s|[\u2028\x0c\x85]", "", own)


def test_a_long_line_is_whole_or_said_to_be_cut() -> None:
    """A text typed without an end of line is read by a person, to its end."""
    text, data = (f"reflection = '{'word ' * many}END'" for many in (1000, 5000))

    assert "END" in str(coloured(text, None)[0].html)
    assert _text(coloured(data, None)[0].html).endswith(" … (cut)")


@pytest.mark.parametrize("piece", ["x", "\t", "é\x0c"])
def test_a_line_of_data_is_cut(piece: str) -> None:
    """What goes on for pages is no code; the lines after it are as they were."""
    lines = coloured(f"a = 1\n{piece * 30_000}\nb = 2", None)

    assert [len(_text(line.html).removesuffix(" … (cut)")) for line in lines] == [5, 10_000, 5]


def test_a_failed_check_marks_the_definition(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """The last definition at the top level is the one that was graded; the note leads to the check and back."""
    result = make_result(make_check("check_relu", "failed"), make_check("check_other", "failed", covers=("tanh",)))

    page = read_page(render_feedback(result, Evidence(source=SOURCE)))

    marked = [one for one in page.all("span") if "marked" in one.get("class", "")]
    assert [one["id"] for one in marked] == ["line-8"]
    assert "hw.py; 1 line is marked." in page.text
    assert "✗ failed: Title of check_relu" in page.text
    assert "Title of check_other" not in page.inside["pre"][-1]


def test_a_check_that_raised_shows_the_line(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """Beside the message stand the lines round the innermost one of the student's own."""
    result = make_result(make_check("check_relu", "raised", message="boom"))
    evidence = Evidence(source=SOURCE, places={"check_relu": (Place(line=8), Place(line=5))})

    page = read_page(render_feedback(result, evidence))

    assert [one["href"] for one in page.all("a") if one["href"].startswith("#line")] == ["#line-5"]
    assert "return x.clamp(0, 1)" in page.text.split("Your code")[0]
    assert [one["id"] for one in page.all("span") if "marked" in one.get("class", "") and "id" in one] == ["line-5"]


def test_a_file_that_does_not_import_shows_where(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """The notice holds the line at which the import ended."""
    result = make_result(make_check("check_relu", "skipped"), status="import_error", message="boom", score=0.0)

    page = read_page(render_feedback(result, Evidence(source=SOURCE, places={"": (Place(line=1),)})))

    assert "import torch" in page.text.split("Checks")[0]
    assert "The import ended here." in page.text


@pytest.mark.parametrize("outcome", ["failed", "raised"])
def test_an_unshown_check_marks_nothing(make_check: MakeCheck, make_result: MakeResult, outcome: str) -> None:
    """No mark, no excerpt and no detail of a hidden check is in the feedback: the page is as without it."""
    hidden = make_check("check_relu_hidden", outcome, visibility="hidden", mistake="clamped", message="secret")
    places: dict[str, tuple[Place, ...]] = {"check_relu_hidden": (Place(line=5),)}
    result = make_result(make_check("check_a", covers=("tanh",)), hidden)

    page = render_feedback(result, Evidence(source=SOURCE, places=places, details={"check_relu_hidden": "secret"}))

    assert 'class="row marked' not in page
    assert "secret" not in page
    assert "lamped" not in page
    assert page == render_feedback(result, Evidence(source=SOURCE))


def test_a_recognised_mistake_comes_first(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """Its name, in words, heads the notice, even where another check was lost before it."""
    named = make_check("check_b", "failed", mistake="layers-in-plain-list", hint="Use nn.ModuleList.")
    page = read_page(render_feedback(make_result(make_check("check_a", "failed"), named)))

    notice = page.text.split("Mend this first")[1].split("Checks")[0]
    assert notice.strip().startswith("Layers in plain list Title of check_b")
    assert "Use nn.ModuleList." in notice


def _notebook(*outputs: dict[str, str], source: str = "1", markdown: str = "") -> Evidence:
    cells: list[dict[str, object]] = [
        {"kind": "markdown", "source": markdown},
        {"kind": "code", "source": source, "outputs": list(outputs)},
    ]
    return Evidence(source=Source(name="hw.ipynb", text=json.dumps(cells)))


def test_a_notebook_is_shown_as_handed_in(
    make_result: MakeResult, make_check: MakeCheck, read_page: Callable[[str], Page]
) -> None:
    """Markdown, code, tables, text and pictures, in order."""
    evidence = _notebook(
        {"text/html": "<table><tr><td colspan='2' onclick='x()'>7</td></tr></table>"},
        {"image/png": PNG},
        {"text/plain": "tensor(1.5)"},
        {"left_out": "image/png"},
        source="plot()",
        markdown="# My title\n\nSome *words* and `code`.",
    )

    page = read_page(render_report(make_result(make_check()), evidence))

    for words in ("My title", "Some words and code.", "Cell 1", "plot()", "7", "tensor(1.5)", "too large to be shown"):
        assert words in page.text
    assert page.all("td")[-1] == {"colspan": "2"}
    assert [one["src"] for one in page.all("img")] == [f"data:image/png;base64,{PNG}"]
    assert page.all("img")[0]["alt"] == "A picture below cell 1, as it was handed in"
    assert "¶" not in page.text


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<style>body{display:none}</style>",
    "<p style='position:fixed' class='notice' id='checks'>x</p>",
    "<meta http-equiv=refresh content='0;url=http://x'>",
    "<form action=http://x><input name=a></form>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<base href=http://x><link rel=stylesheet href=http://x>",
    "</main></body><h1>40 of 40</h1>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_of_a_notebook_runs_loads_or_links(
    text: str, make_result: MakeResult, make_check: MakeCheck, read_page: Callable[[str], Page]
) -> None:
    """Whatever stands in Markdown or in outputs: no script, link, style, picture, form, name or heading of theirs."""
    evidence = _notebook({"text/html": text}, {"text/markdown": text}, {"text/plain": text}, markdown=text, source=text)
    result = make_result(make_check())
    plain = _notebook({"text/html": "x"}, {"text/markdown": "x"}, {"text/plain": "x"}, markdown="x", source="x")

    page, like = (read_page(render_feedback(result, one)) for one in (evidence, plain))

    for tag in ("script", "img", "iframe", "svg", "style", "meta", "form", "input", "base", "link", "a", "h1", "math"):
        assert page.all(tag) == like.all(tag)
    assert not [one for _, one in page.elements if any(name.startswith("on") or name == "style" for name in one)]
    assert "notice" not in {one.get("class") for one in page.all("p")}


def test_a_picture_attached_to_markdown_is_told_of(
    make_result: MakeResult, make_check: MakeCheck, read_page: Callable[[str], Page]
) -> None:
    """Pasted into a cell it is no part of the text; it stops no page, and so no class."""
    evidence = _notebook(markdown="Look: ![my *curve*](attachment:image.png) ![](https://x/y.png) and on.")

    page = read_page(render_feedback(make_result(make_check()), evidence))

    assert "Look: [picture: my curve] [picture] and on." in page.text
    assert not page.all("img")


@pytest.mark.parametrize(
    "text",
    ["\\\\(" * 50_000, "\\begin{a}" * 20_000, "<div>" * 30_000, "```perl\n" + "<<A;{" * 8_000 + "\n```"],
    ids=["inline", "environment", "nested", "lexer"],
)
def test_hostile_markdown_takes_little_time(text: str) -> None:
    """What a parser would look through again and again is shown as it was written."""
    start = time.process_time()

    shown = markdown_html(text)

    assert time.process_time() - start < 3
    assert shown.startswith("<pre>")


def test_markdown_that_breaks_its_parser_is_shown_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page, and so no class, hangs on a parser of others."""

    def broken() -> Callable[[str], str]:
        raise RecursionError

    monkeypatch.setattr("grader.report.markdown._renderer", broken)

    assert markdown_html("a <b> c") == "<pre>a &lt;b&gt; c</pre>"


@settings(max_examples=100, deadline=None, database=None)
@given(st.text(st.sampled_from("<>/=\"' &;!-abimgscrptonh1"), max_size=80))
def test_cleaned_html_is_well_formed(text: str) -> None:
    """What comes of any HTML opens and closes its own elements, so that it stays inside of its place in the page."""
    Page(f"<div>{clean_html(text)}</div>")


@pytest.mark.parametrize("data", ["!!!!", "AAAA", PNG[:40], "iVBORw0KGgoAAAANSUhEUgD//////////w=="])
def test_a_picture_that_is_none_is_left_out(
    data: str, make_result: MakeResult, make_check: MakeCheck, read_page: Callable[[str], Page]
) -> None:
    """What is no PNG, or would unpack to billions of pixels, is told in words."""
    page = read_page(render_feedback(make_result(make_check()), _notebook({"image/png": data})))

    assert not page.all("img") or data == PNG[:40]
    assert page.all("img") or "too large to be shown, or damaged" in page.text


def test_evidence_of_an_older_run_still_makes_a_page(make_result: MakeResult, make_check: MakeCheck) -> None:
    """A record without the file, as earlier versions wrote it, makes pages without code."""
    old = msgspec.json.decode(b'{"output": "hi", "output_cut": false, "details": {}}', type=Evidence)

    assert "Your code" not in render_feedback(make_result(make_check()), old)
