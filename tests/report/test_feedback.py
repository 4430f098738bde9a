"""What a student sees, and what never reaches the student's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.report.pages import render_feedback
from grader.report.view import feedback_view
from grader.results import CheckResult

if TYPE_CHECKING:
    from tests.report.conftest import MakeCheck, MakeResult, Page

UNSHOWN = ["hidden", "after_due_date", "after_published"]


def _secret(make_check: MakeCheck, visibility: str, outcome: str = "failed") -> CheckResult:
    return make_check(
        "check_MARK_id",
        outcome,
        title="MARK_title",
        covers=("MARK_covers",),
        visibility=visibility,
        message="MARK_message",
        mistake="MARK_mistake",
        hint="MARK_hint",
        seconds=77.125,
        max_points=7.0,
    )


@pytest.mark.parametrize("visibility", UNSHOWN)
@pytest.mark.parametrize(
    "outcome",
    ["passed", "failed", "raised", "timed_out", "crashed", "skipped", "manual", "internal_error"],
)
def test_unshown_check_leaves_no_trace(
    make_check: MakeCheck,
    make_result: MakeResult,
    read_page: Callable[[str], Page],
    visibility: str,
    outcome: str,
) -> None:
    """No field of a check that is not visible is in the page, whatever its outcome."""
    result = make_result(make_check(), _secret(make_check, visibility, outcome), make_check("check_b", "failed"))

    page = render_feedback(result)

    assert "MARK" not in page
    assert "77.125" not in page
    assert "1 more check, worth 7 points, is not shown here." in page
    assert visibility not in read_page(page).text
    assert str(result.seed) not in page


@settings(max_examples=60, deadline=None, database=None)
@given(
    where=st.integers(0, 2),
    visibility=st.sampled_from(UNSHOWN),
    outcome=st.sampled_from(["passed", "failed", "raised", "timed_out", "crashed", "skipped"]),
    text=st.text(min_size=1, max_size=30).map(lambda text: f"§{text}"),
)
def test_page_does_not_depend_on_unshown_checks(
    make_check: MakeCheck, make_result: MakeResult, where: int, visibility: Any, outcome: Any, text: str
) -> None:
    """With the same totals the page is the same to the byte, whatever an unshown check says, and where."""
    shown = [make_check("check_a"), make_check("check_b", "skipped", message="Waits for check_c.")]
    secret = _secret(make_check, "hidden")
    other = msgspec.structs.replace(
        secret,
        id=text,
        title=text,
        covers=(text,),
        outcome=outcome,
        visibility=visibility,
        message=text,
        hint=text,
    )
    before = make_result(*shown, secret, score=2.0, max_score=11.0)
    after = make_result(*shown[:where], other, *shown[where:], score=2.0, max_score=11.0)

    assert render_feedback(before) == render_feedback(after)


@pytest.mark.parametrize("name", ["check_MARK_id", "MARK_title", "MARK_title\n"])
def test_skip_does_not_name_what_it_waits_for_if_that_is_hidden(
    make_check: MakeCheck, make_result: MakeResult, name: str
) -> None:
    """A visible check that waits for a hidden one says so without naming it."""
    waiting = make_check("check_b", "skipped", message=f"Waits for {name}.", hint=f"See {name}.")

    page = render_feedback(make_result(_secret(make_check, "hidden"), waiting))

    assert "MARK" not in page
    assert "Waits for a check that is not shown here and did not pass." in page


def test_skip_names_a_visible_check(make_check: MakeCheck, make_result: MakeResult) -> None:
    """A skipped check says which visible check it waits for, even if a hidden id begins that name."""
    hidden = make_check("check_a", visibility="hidden")
    waiting = make_check("check_b", "skipped", message="Waits for check_a_shape.")

    page = render_feedback(make_result(hidden, make_check("check_a_shape", "failed"), waiting))

    assert "Waits for check_a_shape." in page


def test_a_guess_in_student_text_is_not_answered(make_check: MakeCheck, make_result: MakeResult) -> None:
    """What the student's own code says is shown as it is, so it cannot be used to probe for hidden names."""
    raised = make_check("check_b", "raised", message="ValueError: check_MARK_id")

    page = render_feedback(make_result(_secret(make_check, "hidden"), raised))

    assert "ValueError: check_MARK_id" in page


def test_policy_opens_what_the_assignment_allows(make_check: MakeCheck, make_result: MakeResult) -> None:
    """A policy that allows a visibility shows its checks, and keeps the others unshown."""
    result = make_result(make_check("check_a", visibility="after_due_date"), make_check(visibility="hidden"))

    view = feedback_view(result, policy=frozenset({"visible", "after_due_date"}))

    assert [check.head.id for group in view.groups for check in group.checks] == ["check_a"]
    assert view.not_shown == "1 more check, worth 2 points, is not shown here."


def test_score_counts_unshown_checks(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """The score is of all automatic checks, and manual points are announced apart."""
    result = make_result(
        make_check(),
        make_check("check_h", visibility="hidden"),
        make_check("check_m", "manual", max_points=3.0),
    )

    page = read_page(render_feedback(result))

    assert "4 of 4 points" in page.text
    assert "Up to 3 points more when a person has graded the rest." in page.text
    assert "waits for a person" in page.text


def test_first_thing_to_mend_is_the_first_failure_not_skipped(make_check: MakeCheck, make_result: MakeResult) -> None:
    """The first failed check that is not skipped stands on top, with its message, its hint and a link."""
    result = make_result(
        make_check("check_s", "skipped"),
        make_check("check_p"),
        make_check("check_r", "raised", title="Boom", message="line 3: x\nValueError: y", hint="Look."),
        make_check("check_f", "failed"),
    )

    notice = feedback_view(result).notice

    assert (
        notice.heading,
        notice.sentence,
        notice.hint,
        notice.anchor,
    ) == ("Mend this first", "Boom", "Look.", "check-3")


def test_anchors_do_not_count_unshown_checks(make_check: MakeCheck, make_result: MakeResult) -> None:
    """The link to the first thing to mend leads to an element of the page."""
    page = render_feedback(make_result(_secret(make_check, "hidden"), make_check("check_f", "failed")))

    assert 'href="#check-1"' in page
    assert 'id="check-1"' in page


def test_groups_follow_what_checks_cover(make_check: MakeCheck, make_result: MakeResult) -> None:
    """Checks that cover the same names stand together, in the order in which names first appear."""
    result = make_result(
        make_check("check_a", covers=("net",)),
        make_check("check_b", covers=("train",)),
        make_check("check_c", covers=("net",)),
        make_check("check_d", covers=()),
    )

    groups = [(group.names, [check.head.id for check in group.checks]) for group in feedback_view(result).groups]

    assert groups == [(("net",), ["check_a", "check_c"]), (("train",), ["check_b"]), ((), ["check_d"])]


def test_outcome_is_a_sign_and_a_word(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """Each outcome is told by a sign and by a word, so that colour is never needed."""
    checks = [make_check(f"check_{name}", name) for name in ("passed", "failed", "timed_out", "crashed")]

    text = read_page(render_feedback(make_result(*checks))).text

    for shown in ("✓passed: Title", "✗ failed", "∞ timed out", "⊗ crashed"):
        assert shown in text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("import_error", "could not be imported"),
        ("timed_out", "its time was up"),
        ("out_of_memory", "more memory than it is allowed"),
        ("crashed", "ended before it was done"),
        ("rejected", "could not be accepted"),
    ],
)
def test_status_is_said_in_words_with_its_message(
    make_check: MakeCheck,
    make_result: MakeResult,
    read_page: Callable[[str], Page],
    status: str,
    sentence: str,
) -> None:
    """When the checks did not run, the page says what happened, in words and with the message."""
    result = make_result(make_check(outcome="skipped"), status=status, message="line 3: import torhc")

    text = read_page(render_feedback(result)).text

    assert sentence in text
    assert "line 3: import torhc" in text


@pytest.mark.parametrize("status", ["not_graded", "graded", "import_error"])
def test_no_score_is_not_graded_and_never_zero(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page], status: str
) -> None:
    """A null score is shown as not graded, with the fault put where it is and nothing of our message."""
    broken = make_check(outcome="internal_error", message="MARK solution.py line 3", hint="MARK")
    result = make_result(broken, status=status, message="MARK secret traceback")

    page = read_page(render_feedback(result))

    assert result.score is None
    assert "not graded" in page.text
    assert "The fault is not in your code. Staff have been told." in page.text
    assert "MARK" not in page.html
    assert "0 of" not in page.text


def test_message_of_a_graded_submission_is_a_note(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """What was noted while grading went on, a notebook's cell that raised say, is told to the student."""
    result = make_result(make_check(), message="Raised while the notebook ran: cell 3.")

    assert "Note: Raised while the notebook ran: cell 3." in read_page(render_feedback(result)).text


def test_full_score_has_nothing_to_mend(make_check: MakeCheck, make_result: MakeResult) -> None:
    """With a full score the page says that nothing is left to do."""
    assert feedback_view(make_result(make_check())).notice.heading == "Nothing to mend"


def test_points_lost_out_of_sight_are_not_called_full(make_check: MakeCheck, make_result: MakeResult) -> None:
    """When only unshown checks failed, the page does not say that all is well."""
    notice = feedback_view(make_result(make_check(), make_check("check_h", "failed", visibility="hidden"))).notice

    assert "The points that are missing belong to checks that are not shown." in notice.sentence


def test_a_full_score_is_not_final_while_a_person_is_to_grade(make_check: MakeCheck, make_result: MakeResult) -> None:
    """Points that are still to come are not called done."""
    notice = feedback_view(make_result(make_check(), make_check("check_text", "manual"))).notice

    assert (notice.mood, notice.heading) == ("wait", "Nothing to mend so far")
    assert "nothing left to do" not in notice.sentence


@pytest.mark.parametrize("points", [0.0, 1.0])
def test_points_that_a_person_kept_are_not_said_to_be_out_of_sight(
    points: float, make_check: MakeCheck, make_result: MakeResult
) -> None:
    """The page leads to the check that a person has graded, and does not put it down to hidden ones."""
    decided = make_check("check_text", "manual", points=points, max_points=2.0, message="Too short.")

    view = feedback_view(make_result(make_check(), decided, score=2.0 + points, max_score=4.0))

    assert (view.notice.anchor, view.not_shown) == ("check-2", "")
    assert "A person has graded some of it, and did not give all points" in view.notice.sentence
    assert "not shown" not in view.notice.sentence


def test_a_persons_comment_is_prose(make_check: MakeCheck, make_result: MakeResult) -> None:
    """Of whatever many lines; what a check says in many is code."""
    two = "First.\n\nSecond."
    checks = make_check("check_a", "manual", message=two), make_check("check_b", "failed", message=two)

    (group,) = feedback_view(make_result(*checks)).groups

    assert [check.code for check in group.checks] == [False, True]
