"""`grade review` where something is not as it should be: files in the way, a run that goes on, nobody to ask."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.pictures import Feedback
from grader.report.pages import page_mark
from grader.review.command import ReviewOptions, review
from tests.command import MINI, results, run_mini
from tests.review.serving import begin_run, entries, grades, refused, serving, until

pytestmark = pytest.mark.slow

Place = tuple[Path, Path]


def test_pages_that_cannot_be_written_are_told_and_the_decision_holds(place: Place) -> None:
    """A full disk, or a folder that is not as it was: one sentence, no lost decision; the next start writes them."""
    folder = place[1] / "submissions" / "ann"
    with serving(place[1]) as server:
        form = server.form("ann")
        shutil.rmtree(folder)
        folder.write_text("in the way")
        status, said, _ = server.ask("item", form)
        (place[1] / "index.html").unlink()
        missing = server.ask("index.html")

    assert status == 500
    assert said.startswith("The decision is on record. Its page cannot be written now")
    assert missing[:2] == (404, "There is no such page.")
    assert len(entries(place[1])) == 1
    folder.unlink()
    with serving(place[1]):
        assert results(place[1])["ann"].score == 13.0


def test_a_decision_brings_no_pictures_back(place: Place) -> None:
    """Pages that `grade run --no-pictures` has made stay without, and are not written again at each start."""
    run_mini(place[1], [place[0]], "--no-pictures")
    page = place[1] / "submissions" / "ann" / "feedback.html"
    without = page_mark(Feedback(pictures=False))
    assert without in page.read_text()

    with serving(place[1]) as server:
        server.ask("item", server.form("ann"))
    written = page.stat().st_mtime_ns
    with serving(place[1]):
        assert page.stat().st_mtime_ns == written

    assert "graded by a person" in page.read_text()
    assert without in page.read_text()


def test_who_is_to_be_graded_anew_comes_back(place: Place) -> None:
    """While a run has not come to somebody, the others can be decided on, and nothing that was typed is lost."""
    with serving(place[1]) as server:
        form = server.form("ann")
        assert "0 of 3" in server.ask("")[1]
        begin_run(place[1], "ann")

        status, page, _ = server.ask("")
        assert (status, "0 of 2 decisions made" in page) == (200, True)
        assert server.ask("item?student=ben&check=check_reflection")[0] == 200
        status, said, _ = server.ask("item?student=ann&check=check_reflection")
        assert (status, said) == (503, "ann is to be graded anew: come back when `grade run` is done.")
        status, said, _ = server.ask("item", form)
        assert status == 503
        assert "Not saved" in said
        assert "Well seen." in said

        assert run_mini(place[1], [place[0]]).code == 0
        assert server.ask("item", form)[0] == 303
    assert [one[0] for one in entries(place[1])] == ["ann"]


def test_a_comment_that_no_student_reads_says_so(place: Place) -> None:
    """A hidden check stays hidden, with whatever a person writes about it."""
    with serving(place[1]) as server:
        assert "Comment for the student" in server.ask("item?student=ann&check=check_reflection")[1]
        page = server.ask("item?student=ann&check=check_sum_of_four")[1]
        server.ask("item", server.form("ann", "check_sum_of_four") | {"points": "1"})

    assert "Comment for staff: students are not shown this check" in page
    assert "Well seen." not in (place[1] / "submissions" / "ann" / "feedback.html").read_text()
    assert "Well seen." in (place[1] / "submissions" / "ann" / "report.html").read_text()


def test_the_class_page_is_tried_again(place: Place) -> None:
    """What could not be written a moment after a decision is written at the end."""
    page = place[1] / "index.html"
    with serving(place[1]) as server:
        page.unlink()
        page.mkdir()
        server.ask("item", server.form("ann"))
        assert server.process.stderr is not None
        until(lambda: grades(place[1], "score")["ann"] == "13")
        time.sleep(0.5)
        page.rmdir()

    assert "2 checks wait" in page.read_text()


def test_a_user_without_a_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch, place: Place) -> None:
    """In a container the user may be a number that no name belongs to."""

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nobody)

    with pytest.raises(UsageError, match="Give a name with --as NAME"):
        review(ReviewOptions(place[1], course=MINI))


def test_a_class_that_a_run_has_not_come_to_is_refused(place: Place) -> None:
    """It was graded before, so that it is not said that it never was."""
    begin_run(place[1], "ann", "ben", "cho")

    ran = refused(place[1])

    assert (ran.code, ran.out) == (2, "")
    assert "the last run of mini has come to nobody yet: let it end, or run it again." in ran.err
