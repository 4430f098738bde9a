"""Feedback and report in a real browser: read, printed, by everybody; and a hostile class, in which nothing runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from grader.pictures import Feedback, Field, Picture, Series, Spot
from grader.report.pages import render_feedback, render_index, render_report
from grader.report.row import row_of
from grader.results import Evidence, Place, Result, Source, SubmissionInfo
from tests.browser.conftest import Open, violations, watch
from tests.report.conftest import MakeCheck, MakeResult

pytestmark = pytest.mark.slow

SOURCE = "import torch\n\n\ndef relu(x):\n    return x.clamp(0, 1)  # up to one\n" + "\n".join(
    f"NUMBER_{at} = '{at}'" for at in range(40)
)
LINE = Series(label="yours", role="student", x=(-1.0, 0.0, 2.0), y=(0.0, 0.0, 1.0))
PICTURES = (
    Picture(check="check_relu", title="relu(x)", x_label="x", y_label="relu(x)", series=(
        LINE, Series(label="reference", role="reference", x=LINE.x, y=(0.0, 0.0, 2.0)),
    )),
    Picture(check="check_relu", title="The loss", x_label="epoch", y_label="loss", log_y=True, series=(
        Series(label="yours", role="student", x=(1.0, 2.0, 3.0), y=(1.0, 0.1, 0.03)),
        Series(label="0.02", role="limit", x=(1.0, 3.0), y=(0.02, 0.02)),
    )),
    Picture(check="check_relu", title="Paths", x_label="u", y_label="v", square=True, series=(LINE,),
            field=Field(label="f", left=-6, right=6, bottom=-6, top=6, columns=2, levels=bytes([0, 90, 180, 255])),
            spots=(Spot(label="minimum 1", x=3, y=2),)),
    Picture(check="check_relu", title="Norms", x_label="", y_label="norm", ticks=("1: 3 x 4", "2: 4 x 1"), series=(
        Series(label="yours", role="student", x=(0.0, 1.0), y=(0.5, 2.0), form="bars"),
    )),
)  # fmt: skip
EVIDENCE = Evidence(
    output="hello\n", source=Source(name="sinenet.py", text=SOURCE), places={"check_tanh": (Place(line=5),)},
    details={"check_relu": "Traceback (most recent call last):\n  ..."}, pictures=PICTURES,
)  # fmt: skip


@pytest.fixture(scope="module")
def result(make_check: MakeCheck, make_result: MakeResult) -> Result:
    """Give a result with every outcome."""
    outcomes = ("passed", "raised", "timed_out", "crashed", "skipped", "manual", "internal_error")
    checks = [make_check(f"check_{name}", name, covers=(name,), message=f"Said of {name}.") for name in outcomes]
    relu = make_check(
        "check_relu", "failed", mistake="sign-wrong", hint="Look at the sign.", message="Wrong in 3 of 9."
    )
    tanh = make_check("check_tanh", "raised", message="ValueError: no (sinenet.py, line 5)")
    return make_result(relu, tanh, *checks[:-1], make_check("check_hidden", "failed", visibility="hidden"))


def page_of(kind: str, result: Result, evidence: Evidence = EVIDENCE) -> str:
    """Render one of the two pages."""
    if kind == "feedback":
        return render_feedback(result, evidence, Feedback(reference=True))
    return render_report(result, evidence)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("kind", ["feedback", "report"])
def test_everybody_can_use_it(kind: str, width: int, scheme: str, result: Result, opened: Open) -> None:
    """Axe finds nothing against WCAG 2.2 AA; on a phone nothing sticks out."""
    page = opened(page_of(kind, result), width=width, color_scheme=scheme)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_to_mend_is_seen_without_scrolling(result: Result, opened: Open) -> None:
    """Score, the mistake's name and the hint stand in the first screen, and the link leads to the check."""
    page = opened(page_of("feedback", result))

    for place in (".score strong", ".notice .lead", ".notice .hint"):
        box = page.locator(place).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 900, place
    assert page.inner_text(".notice .lead") == "Sign wrong"
    assert page.inner_text(".notice .hint") == "Try: Look at the sign."
    page.get_by_role("link", name="Go to this check").click()
    assert page.url.endswith("#check-1")


def test_pictures_have_words(result: Result, opened: Open) -> None:
    """Each picture is an image with a text, and the same words stand below it."""
    page = opened(page_of("feedback", result))
    images = page.locator("svg.drawn[role=img]")

    assert images.count() == 4
    for at, caption in enumerate(page.locator("figcaption").all_inner_texts()):
        assert images.nth(at).get_attribute("aria-label") == caption


def test_lines_lead_to_checks_and_back(result: Result, opened: Open) -> None:
    """From a check to its line and from the line to the check."""
    page = opened(page_of("feedback", result))

    page.get_by_role("link", name="Line 5").click()
    assert page.url.endswith("#line-5")
    assert page.evaluate("document.querySelector(':target').textContent.includes('clamp')")
    page.get_by_role("link", name="raised an error: Title of check_tanh").click()
    assert page.url.endswith("#check-2")


@pytest.mark.parametrize("kind", ["feedback", "report"])
def test_it_prints(kind: str, result: Result, opened: Open) -> None:
    """On white paper, wrapped, with all of the code."""
    page = opened(page_of(kind, result), color_scheme="dark")
    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert len(page.pdf()) > 20_000


ATTACKS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "</title></style></script><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% for x in y %}",
    "<meta http-equiv=refresh content='0;url=https://example.com/'>",
    "<iframe src=https://example.com/></iframe><link rel=stylesheet href=https://example.com/x.css>",
    "\u202e\u2066<b>&lt;script&gt;alert(1)",
    "<form action=https://example.com/><button autofocus onfocus=alert(1)>x",
    "<style>@import 'https://example.com/x.css'; * { background: url(https://example.com/y) }</style>",
    "\x00\x1b]0;x\x07<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
]  # fmt: skip


@pytest.mark.parametrize("kind", ["feedback", "report", "index"])
def test_in_a_hostile_class_nothing_runs(
    kind: str, make_check: MakeCheck, make_result: MakeResult, opened: Open
) -> None:
    """With markup in every field that a student has a hand in, no dialog, request, window or error comes of it."""
    results, evidences = [], []
    for at, attack in enumerate(ATTACKS):
        check = make_check("check_relu", "raised", title=attack, message=attack, hint=attack, mistake=attack)
        info = SubmissionInfo(id=f"s{at}", student=attack, files=(attack, f"{attack}.py"), sha256="5e" * 32)
        results.append(make_result(check, submission=info, message=attack, status="graded"))
        series = Series(label=attack, role="student", x=LINE.x, y=LINE.y)
        picture = Picture(check="check_relu", title=attack, x_label=attack, y_label=attack, series=(series,),
                          ticks=(attack,) if at % 2 else (), spots=(Spot(label=attack, x=0, y=0),))  # fmt: skip
        cells = [
            {"kind": "markdown", "source": attack},
            {"kind": "code", "source": attack, "outputs": [
                {"text/html": attack}, {"text/markdown": attack}, {"text/plain": attack}, {"error": attack},
                {"image/png": attack}, {"left_out": attack},
            ]},
        ]  # fmt: skip
        source = Source(name="hw.ipynb", text=json.dumps(cells)) if at % 2 else Source(name=attack, text=attack)
        evidences.append(
            Evidence(output=attack, details={"check_relu": attack, attack: attack}, source=source, pictures=(picture,),
                     places={"check_relu": (Place(line=1, cell=1 if at % 2 else None),)})
        )  # fmt: skip
    pages = [page_of(kind, *pair) for pair in zip(results, evidences, strict=True)] if kind != "index" else [
        render_index([row_of(one) for one in results], assignment_title=ATTACKS[0])
    ]  # fmt: skip

    for html in pages:
        page = opened(html)
        page.wait_for_timeout(30)

        assert page.evaluate("document.querySelectorAll('main script, iframe, form[action], [onerror]').length") == 0
        if kind == "index":
            page.get_by_label("Search").fill("alert")
            assert page.inner_text("#found").endswith(f"of {len(ATTACKS)}")


def test_the_policy_stops_what_would_come_through(browser: Browser, result: Result, tmp_path: Path) -> None:
    """Were markup ever to get into a page, the page's own policy would let no script of it run, and load nothing."""
    bad = "<main><script>window.ran = 1</script><img src='https://example.com/x.png' onerror='window.ran = 2'>"
    path, seen = tmp_path / "page.html", list[str]()
    path.write_text(page_of("feedback", result).replace("<main>", bad, 1), encoding="utf-8")
    page = browser.new_page()
    watch(page, seen, path.as_uri())
    stopped = list[str | None]()
    page.on("requestfailed", lambda one: stopped.append(one.failure))

    page.goto(path.as_uri())
    page.wait_for_timeout(50)

    assert page.evaluate("window.ran") is None
    assert stopped == ["csp"]  # the browser asks its own policy, and nobody else
    assert any("Content Security Policy" in one for one in seen)
    page.close()
