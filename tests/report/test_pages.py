"""Every page: well formed, alone in its file, and inert whatever a student wrote."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import grader
from grader.report.pages import render_feedback, render_index, render_report, templates_directory
from grader.report.row import row_of
from grader.report.staff import report_view
from grader.results import Environment, Evidence, Result, SubmissionInfo

if TYPE_CHECKING:
    from tests.report.conftest import MakeCheck, MakeResult, Page

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}</pre></style>\x1b[31m\u202e\x07\x9b0m"
PAGES = ["report", "feedback", "index"]


def _render(kind: str, result: Result, evidence: Evidence | None = None) -> str:
    if kind == "report":
        return render_report(result, evidence or Evidence())
    if kind == "feedback":
        return render_feedback(result)
    return render_index([row_of(result)], assignment_title=result.assignment)


@pytest.fixture(scope="module")
def plain(make_check: MakeCheck, make_result: MakeResult) -> Result:
    """Give a result with every outcome and every visibility."""
    outcomes = ["passed", "failed", "raised", "timed_out", "crashed", "skipped", "manual", "internal_error"]
    seen = ["visible", "hidden", "after_due_date", "after_published"]
    return make_result(
        *(
            make_check(f"check_{outcome}_{look}", outcome, visibility=look, message="one\ntwo", hint="try")
            for outcome in outcomes
            for look in seen
        )
    )


@pytest.fixture(scope="module")
def hostile(make_check: MakeCheck, make_result: MakeResult) -> tuple[Result, Evidence]:
    """Give a result that is hostile in every string it has."""
    checks = [
        make_check(f"{EVIL}{at}", outcome, title=EVIL, covers=(EVIL,), message=EVIL, mistake=EVIL, hint=EVIL)
        for at, outcome in enumerate(["passed", "failed", "raised", "skipped", "manual"])
    ]
    result = make_result(
        *checks,
        assignment=EVIL,
        submission=SubmissionInfo(id=EVIL, student=EVIL, files=(EVIL, EVIL), sha256=EVIL),
        status="import_error",
        message=EVIL,
        sandbox=(EVIL,),
        environment=Environment(python=EVIL, torch=EVIL, grader=EVIL),
        checks_sha256=EVIL,
    )
    return result, Evidence(output=EVIL, output_cut=True, details={checks[0].id: EVIL, EVIL: EVIL})


@pytest.mark.parametrize("kind", PAGES)
def test_hostile_text_is_inert(kind: str, hostile: tuple[Result, Evidence], read_page: Callable[[str], Page]) -> None:
    """Markup in any field is text: it adds no element, no handler, no template expression, no control."""
    page = read_page(_render(kind, *hostile))

    assert len(page.all("script")) == (1 if kind == "index" else 0)
    assert page.all("img") == []
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert "alert(1)" in page.text
    assert "{{ 7*7 }}" in page.text
    assert "<script>alert" not in page.html
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page.html)
    assert "[31m" not in page.html


@pytest.mark.parametrize("kind", PAGES)
def test_same_elements_whatever_a_student_writes(
    kind: str, make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """A hostile text gives the same tree of elements as a harmless one."""
    trees = []
    for text in ("harmless", EVIL):
        result = make_result(make_check(outcome="failed", message=text, hint=text), student=text, message=text)
        page = read_page(_render(kind, result, Evidence(output=text, details={"check_relu": text})))
        trees.append([tag for tag, _ in page.elements])

    assert trees[0] == trees[1]


@pytest.mark.parametrize("kind", PAGES)
def test_policy_lets_in_the_inline_blocks_and_nothing_else(
    kind: str, plain: Result, read_page: Callable[[str], Page]
) -> None:
    """The policy starts from nothing and its hashes are those of the page's own style and script."""
    page = read_page(_render(kind, plain))

    def hashes(tag: str) -> list[str]:
        digests = [hashlib.sha256(text.encode()).digest() for text in page.inside.get(tag, [])]
        return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]

    assert page.policy["default-src"] == ["'none'"]
    assert hashes("style") == page.policy["style-src"]
    assert (hashes("script") or ["'none'"]) == page.policy["script-src"]
    assert page.policy["base-uri"] == ["'none'"]
    assert page.policy["form-action"] == ["'none'"]
    assert not [1 for _, attributes in page.elements if "style" in attributes]


@pytest.mark.parametrize("kind", PAGES)
def test_page_needs_nothing_from_outside(kind: str, plain: Result) -> None:
    """A page names no address, no source and no import."""
    html = _render(kind, plain)

    for outside in ("http://", "https://", "src=", "@import", "url(", "<link", "<iframe", "<object"):
        assert outside not in html


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_semantic(kind: str, plain: Result, read_page: Callable[[str], Page]) -> None:
    """A page has a language, a title, one h1, no skipped level of heading, scoped heads, unique ids."""
    page = read_page(_render(kind, plain))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]

    assert page.html.startswith("<!doctype html>")
    assert page.all("html") == [{"lang": "en"}]
    assert page.inside["title"][0].strip()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(head.get("scope") in {"col", "row"} for head in page.all("th"))
    assert len(ids) == len(set(ids))
    named = {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a}
    assert named <= set(ids)


def test_report_shows_everything(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """Staff see each check's visibility, time, mistake and detail, the output, and how it was graded."""
    check = make_check(
        "check_h", "failed", visibility="hidden", mistake="no-grad", message="m1", hint="h1", seconds=0.25
    )
    evidence = Evidence(output="printed\tthis\n", details={"check_h": "Traceback: here", "import": "loose end"})

    page = read_page(render_report(make_result(check), evidence))

    for shown in (
        *(
            "hidden",
            "check_h",
            "0.250 s",
            "no-grad",
            "m1",
            "h1",
            "Traceback: here",
            "loose end",
            "printed this",
        ),
        *("landlock, seccomp", "Python 3.11.7, torch 2.13.0, grade 0.1.0", "918273645", "5e" * 32, "c4" * 32),
        *("sinenet.py", "2.50 s", "grade run sinenet SUBMISSIONS --only=doe_jane --seed 918273645"),
    ):
        assert shown in page.text
    assert "printed\tthis" in page.html


@pytest.mark.parametrize(("evidence", "cut"), [
    (Evidence(output="x" * 65_536), False),
    (Evidence(output="x" * 65_537), True),
    (Evidence(output="x", output_cut=True), True),
])  # fmt: skip
def test_output_is_marked_when_cut(make_result: MakeResult, evidence: Evidence, cut: bool) -> None:
    """The report shows 64 KiB of output, and says so when there was more."""
    html = render_report(make_result(), evidence)

    assert cut == ("The output was longer" in html)
    assert html.count("x") < 66_000


def test_replay_is_one_safe_command(make_result: MakeResult) -> None:
    """An id with spaces and quotes stays one argument of the command that staff copy."""
    html = render_report(make_result(name="a b; rm -rf '~'"), Evidence())

    assert "&#39;--only=a b; rm -rf &#39;&#34;&#39;&#34;&#39;~" in html


def test_what_went_wrong_can_be_carried_out_again(make_check: MakeCheck, make_result: MakeResult) -> None:
    """Each check that did not pass has its command; one that a person grades has nothing to carry out."""
    outcomes = ["passed", "failed", "skipped", "manual", "internal_error"]

    view = report_view(make_result(*(make_check(f"check_{one}", one) for one in outcomes)), Evidence())

    again = "grade run sinenet SUBMISSIONS --only=doe_jane --seed 918273645 --check=check_{}"
    assert [check.again for check in view.checks] == [
        "", again.format("failed"), again.format("skipped"), "", again.format("internal_error"),
    ]  # fmt: skip


def test_pages_take_little_time(make_check: MakeCheck, make_result: MakeResult) -> None:
    """Both pages of a submission with 30 checks are rendered in well under 10 ms once warm."""
    checks = [make_check(f"check_{at}", "failed", message="m" * 200, hint="h" * 100) for at in range(30)]
    result, evidence = make_result(*checks), Evidence(output="line\n" * 1000)
    spent = []
    for _ in range(10):
        start = time.perf_counter()
        render_report(result, evidence)
        render_feedback(result)
        spent.append(time.perf_counter() - start)

    assert min(spent) < 0.010


def test_hostile_output_takes_little_time(make_result: MakeResult) -> None:
    """No output makes the cleaning slow."""
    for unit in ("\x1b[0", "\x1b]0", "\x1b[" + "0" * 999, "\x9b ", "<", "\r", "\ud800"):
        evidence = Evidence(output=unit * (70_000 // len(unit)))
        start = time.perf_counter()
        render_report(make_result(), evidence)

        assert time.perf_counter() - start < 0.5


def test_templates_are_found_in_an_installed_package(tmp_path: Path) -> None:
    """With the templates inside the package, as the wheel has them, pages render, without torch."""
    package = tmp_path / "grader"
    shutil.copytree(Path(grader.__file__).parent / "report", package / "report")
    for name in ("__init__.py", "results.py", "pictures.py", "errors.py"):
        shutil.copy(Path(grader.__file__).parent / name, package / name)
    shutil.copytree(str(templates_directory()), package / "templates")
    code = (
        "import sys, grader.report.write\n"
        "assert 'jinja2' not in sys.modules\n"
        "from grader.report.pages import render_index, templates_directory\n"
        "print(templates_directory()); render_index([], assignment_title='x')\n"
        "assert 'torch' not in sys.modules\n"
    )

    done = subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert str(package / "templates") == done.stdout.strip()


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_have_contrast(mode: str) -> None:
    """Every colour of text stands out from every ground it is used on by 4.5 to 1, as WCAG AA asks."""
    style = (templates_directory() / "style.css").read_text(encoding="utf-8")
    block = style.split(":root {")[1 if mode == "light" else 2].split("}")[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    pairs = [(text, ground) for text in ("ink", "muted", "link") for ground in ("paper", "card")]
    moods = ("good", "bad", "wait", "ours")
    pairs += [(mood, ground) for mood in moods for ground in (f"{mood}-soft", "paper", "card")]
    pairs += [(text, f"{mood}-soft") for text in ("ink", "muted", "link") for mood in moods]
    code = ("word", "text", "digit", "name")
    pairs += [(one, ground) for one in code for ground in ("card", "paper", *(f"{mood}-soft" for mood in moods))]
    pairs += [(f"c{number}", ground) for number in range(6) for ground in ("paper", "card")]
    for text, ground in pairs:
        dim, bright = sorted((_luminance(colours[text]), _luminance(colours[ground])))

        assert (bright + 0.05) / (dim + 0.05) >= 4.5, (text, ground)
