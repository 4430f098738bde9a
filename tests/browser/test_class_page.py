"""The page of a class in a real browser: it sorts, searches, filters, prints, and answers staff's questions."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from grader.report.pages import render_index
from grader.report.row import Record, Row, row_of
from grader.results import Outcome, Status
from tests.browser.conftest import Open, violations
from tests.report.conftest import MakeCheck, MakeResult

pytestmark = pytest.mark.slow

RECORD = Record(
    points=1.0, why="", attempt=1, attempts=1, late=False, days_late=0, untimed=False, submitted_at="", notes=(),
    gone=False, same=(),
)  # fmt: skip


@pytest.fixture(scope="module")
def klass(make_check: MakeCheck, make_result: MakeResult) -> list[Row]:
    """Give a class of 240: most pass one check of two, some make a mistake, fail to import, or wait for a person."""

    def row(at: int) -> Row:
        status: Status = "import_error" if at % 60 == 7 else "graded"
        relu: Outcome = "skipped" if status != "graded" else "failed" if at % 6 == 0 else "passed"
        mistake = "sign-wrong" if relu == "failed" and at % 12 == 0 else None
        hard: Outcome = (
            "passed" if at % 10 == 3 and status == "graded" else "failed" if status == "graded" else "skipped"
        )
        checks = [
            make_check("check_relu", relu, mistake=mistake),
            make_check("check_train", hard, title="train is hard", covers=("train",)),
        ]
        if at == 5:
            checks.append(make_check("check_reflection", "manual", title="The reflection", covers=("reflection",)))
        name = {5: "Šárka Waits", 11: "Zoë Müller", 13: "Łukasz Sørensen"}.get(at, f"Student {at:03}")
        score = 0.0 if status != "graded" else float(sum(check.points or 0.0 for check in checks))
        return row_of(make_result(*checks, student=name, name=f"s{at}", status=status, score=score))

    rows = [row(at) for at in range(240)]
    same = ("Student 020", "Student 021")
    for at in (20, 21):
        rows[at] = dataclasses.replace(rows[at], record=dataclasses.replace(RECORD, same=same))
    return rows


@pytest.fixture(scope="module")
def html(klass: Sequence[Row]) -> str:
    """Render the page of the class."""
    return render_index(klass, assignment_title="Mini & <co>")


def test_five_questions_are_answered_by_the_page_alone(html: str, opened: Open) -> None:
    """Who failed to import, which check is too hard, the commonest mistake, who copied, who waits for a person."""
    page = opened(html)
    text = " ".join(page.inner_text("main").split())

    assert "4 could not be imported: Student 007, Student 067, Student 127, Student 187" in text
    assert "hard train is hard 10 % passed" in text
    assert "Commonest mistakes 20 Sign wrong" in text
    assert "2 handed in the same files: Student 020, Student 021" in text
    assert "1 check waits for a person: Šárka Waits (grade review DIR)" in text


def test_search_finds_names_whatever_their_accents(html: str, opened: Open) -> None:
    """A few letters narrow the table, and how many there are is said."""
    page = opened(html)

    page.get_by_label("Search").fill("muller zoe")

    assert page.locator("#submissions tbody tr").count() == 1
    assert page.inner_text("#submissions tbody th") == "Zoë Müller"
    assert page.inner_text("#found") == "1 of 240"
    page.get_by_label("Search").fill("sorensen lukasz")
    assert page.inner_text("#found") == "1 of 240"
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("document.getElementById('found').textContent.startsWith('240')")
    assert page.input_value("#words") == ""


def test_filters_narrow_and_make_a_link(html: str, opened: Open) -> None:
    """Mistake, outcome and failed check together; the address leads there again, and a wrong one does no harm."""
    page = opened(html)

    page.get_by_label("Mistake", exact=True).select_option(label="Sign wrong")
    assert page.inner_text("#found") == "20 of 240"
    page.get_by_label("Failed check").select_option(label="train is hard")
    assert page.url.endswith("#mistake=sign-wrong&failed=check_train")

    again = opened(html, "#mistake=sign-wrong")
    assert again.inner_text("#found") == "20 of 240"
    assert again.locator("#submissions tbody tr").count() == 20
    assert opened(html, "#mistake=%F0%9F&only=nothing&constructor=1").inner_text("#found").startswith("240")


def test_a_link_beside_a_finding_shows_whose_it_is(html: str, opened: Open) -> None:
    """Each of them filters the table."""
    page = opened(html)

    page.locator("#attention + ul a.show").first.click()

    assert page.inner_text("#submissions tbody").startswith("Šárka Waits")
    assert page.inner_text("#found") == "1 of 240"


def test_back_from_a_link_shows_all_again(html: str, opened: Open) -> None:
    """What the table shows is what the address says."""
    page = opened(html)
    page.locator("#attention + ul a.show").first.click()
    assert page.inner_text("#found") == "1 of 240"

    page.go_back()

    page.wait_for_function("document.getElementById('found').textContent.startsWith('240')")
    assert page.input_value("#by-only") == ""
    page.go_forward()
    page.wait_for_function("document.getElementById('found').textContent === '1 of 240'")


def test_a_failed_check_is_found_by_its_name(html: str, opened: Open) -> None:
    """Whole, as the table of checks has it, and also where a row says no more than that all were failed."""
    page = opened(html)
    page.get_by_label("Failed check").select_option(label="Title of check_relu")
    many = page.inner_text("#found")
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("document.getElementById('found').textContent.startsWith('240')")

    page.get_by_label("Search").fill("check_relu")

    assert many.endswith(" of 240")
    assert page.inner_text("#found") == many


def test_what_never_ran_is_at_the_end_of_the_failed(html: str, opened: Open) -> None:
    """In both directions: a file that does not import has not failed the fewest checks."""
    page = opened(html)
    head = page.locator("#submissions th", has_text="failed checks")
    for first in ("none", "all 2"):
        head.get_by_role("button").click()
        page.get_by_role("button", name="Show all").click()
        cells = page.locator("#submissions tbody tr .names, #submissions tbody tr .under").all_inner_texts()
        assert first in cells[0]
        assert cells[-4:] == ["none was run"] * 4
        assert cells.count("none was run") == 4


def test_columns_sort_both_ways(html: str, opened: Open) -> None:
    """By numbers as numbers; the state is told to who does not see the arrow."""
    page = opened(html)
    head = page.locator("#submissions th", has_text="score")

    head.get_by_role("button").click()
    first = [page.locator("#submissions tbody tr td").first.inner_text()]
    head.get_by_role("button").click()
    first.append(page.locator("#submissions tbody tr td").first.inner_text())

    assert first == ["0 / 4", "4 / 4"]
    assert head.get_attribute("aria-sort") == "descending"


def test_few_rows_are_in_the_page_at_a_time(html: str, opened: Open) -> None:
    """A large class stays quick; all of it can be had."""
    page = opened(html)

    assert page.locator("#submissions tbody tr").count() == 100
    page.get_by_role("button", name="Show 100 more").click()
    assert page.locator("#submissions tbody tr").count() == 200
    page.get_by_role("button", name="Show all").click()
    assert page.locator("#submissions tbody tr").count() == 240
    assert page.locator("#rest").is_hidden()


def test_by_keyboard_alone(html: str, opened: Open) -> None:
    """Tab reaches the search, the filters and the heads of the columns; each works with the keyboard."""
    page = opened(html)
    page.focus("#words")

    page.keyboard.type("šárka")
    assert page.inner_text("#found") == "1 of 240"
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 12)"))

    assert "Clear" in reached
    assert "student" in reached
    page.keyboard.press("Enter")


def test_without_javascript_all_is_there(html: str, opened: Open) -> None:
    """Every row can be read, and nothing is offered that would not work."""
    page = opened(html, java_script_enabled=False)

    assert page.locator("#submissions tbody tr").count() == 240
    assert page.locator("#search").is_hidden()
    assert page.locator("a.show").first.is_hidden()


def test_it_prints_whole(html: str, opened: Open) -> None:
    """On paper stand all rows, in black, and no controls."""
    page = opened(html)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    assert page.locator("#submissions tbody tr").count() == 240
    assert page.locator("#search").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert len(page.pdf()) > 20_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_everybody_can_use_it(html: str, opened: Open, scheme: str, width: int) -> None:
    """Axe finds nothing against WCAG 2.2 AA; on a phone nothing sticks out."""
    page = opened(html, width=width, color_scheme=scheme)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_long_name_leaves_the_columns_in_sight(make_check: MakeCheck, make_result: MakeResult, opened: Open) -> None:
    """A file's name without a space is as wide as it may be; who reads the table need not push it aside."""
    rows = [row_of(make_result(make_check("check_relu"), student=name, name=name[:9])) for name in ("ann", "n" * 240)]

    page = opened(render_index(rows, assignment_title="Mini"))

    assert page.evaluate("document.querySelector('#submissions').offsetWidth") < 1280


def test_ten_thousand_rows(klass: Sequence[Row], opened: Open) -> None:
    """A class of ten thousand opens, sorts and searches with a hundred rows in the page at a time.

    How long that takes is measured by `python -m benchmarks.pages`.
    """
    rows = [
        dataclasses.replace(klass[at % len(klass)], id=f"s{at}", student=f"Student {at:05}", record=None)
        for at in range(10_000)
    ]
    page = opened(render_index(rows, assignment_title="Ten thousand"))

    assert page.locator("#submissions tbody tr").count() == 100
    page.get_by_label("Search").fill("0777")
    assert page.inner_text("#found") == "11 of 10000"
    page.get_by_label("Search").fill("")
    page.get_by_label("Mistake", exact=True).select_option(label="Sign wrong")
    assert page.locator("#submissions tbody tr").count() == 100
    assert page.inner_text("#found").startswith("834 of 10000")
    head = page.locator("#submissions th", has_text="student").first
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    assert page.inner_text("#submissions tbody th >> nth=0") == "Student 09996"
